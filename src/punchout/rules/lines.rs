//! Lines of a purchase order and lines of ours: which is which by the buyer's numbers, and what a newer version asks for.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::HashMap;

use crate::ids::ProductId;
use crate::orders::changes::rules::{Added, AskedLine, least};
use crate::orders::rules::OrderLine;
use crate::quantity::{Decimal, Quantity};

/// Added to the position of a line that the buyer did not name, where its number is taken.
const BESIDE: i32 = 100_000;

/// A line of a purchase order, as far as it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The buyer's.
    pub number: String,
    /// None where there is no such article.
    pub product_id: Option<ProductId>,
    /// As the buyer wrote it.
    pub sku: String,
    /// Of ours; none where it is none of the article's.
    pub unit: Option<String>,
    /// What to call it otherwise.
    pub unit_named: Option<String>,
    /// As written.
    pub quantity: String,
    pub note: Option<String>,
}

impl Item {
    fn is(&self, line: &OrderLine) -> bool {
        self.product_id == Some(line.product_id) && self.unit.as_deref() == Some(line.unit.as_str())
    }
}

/// The number that the buyer gave to the line in this position, if one was given.
fn named(numbers: &[String], position: i32) -> Option<&String> {
    let place = usize::try_from(position.saturating_sub(1)).unwrap_or(usize::MAX);
    numbers.get(place).filter(|number| !number.is_empty())
}

/// True of a line that is sent instead of another one and that the buyer has not named since.
pub fn is_unnamed_substitute(numbers: &[String], line: &OrderLine) -> bool {
    line.instead.is_some() && named(numbers, line.position).is_none()
}

/// The buyer's number of the line in this position; of a line that the buyer did not name its position, or a number beside
/// the buyer's where that is taken.
pub fn number_at(numbers: &[String], position: i32) -> String {
    if let Some(number) = named(numbers, position) {
        return number.clone();
    }
    let own = position.to_string();
    match numbers.contains(&own) {
        true => position.saturating_add(BESIDE).to_string(),
        false => own,
    }
}

/// The same of a line among those of its order: what is sent instead of a line goes by that line's number until the buyer gives it one.
pub fn number_of(numbers: &[String], lines: &[OrderLine], line: &OrderLine) -> String {
    let mut known = line;
    for _ in lines {
        match origin(lines, known) {
            Some(of) if is_unnamed_substitute(numbers, known) => known = of,
            _ => break,
        }
    }
    number_at(numbers, known.position)
}

/// The line that this one is sent instead of.
fn origin<'a>(lines: &'a [OrderLine], line: &OrderLine) -> Option<&'a OrderLine> {
    let instead = line.instead?;
    lines.iter().find(|other| other.id == instead.line_id)
}

/// True if a line is sent instead of the other, or of what is sent instead of that.
fn stands_for(lines: &[OrderLine], line: &OrderLine, other: &OrderLine) -> bool {
    let mut at = line;
    for _ in lines {
        match origin(lines, at) {
            Some(of) if of.id == other.id => return true,
            Some(of) => at = of,
            None => return false,
        }
    }
    false
}

/// What has to be asked of the order so that it becomes the purchase order; beside each the place of the item it is for.
pub fn asked(lines: &[OrderLine], numbers: &[String], items: &[Item]) -> Vec<(AskedLine, Option<usize>)> {
    let mut asked = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let of_item: Vec<_> = lines
            .iter()
            .filter(|line| number_of(numbers, lines, line) == item.number)
            .collect();
        let (same, others): (Vec<_>, Vec<_>) = of_item.into_iter().partition(|line| item.is(line));
        // What is sent instead stays as long as the line does.
        let stays = |line: &OrderLine| same.iter().any(|own| stands_for(lines, line, own));
        let goes = others.into_iter().filter(|line| can_go(line) && !stays(line));
        asked.extend(goes.map(|line| (gone(line), Some(place))));
        let more = match same.is_empty() {
            true => vec![added(item)],
            false => resized(&same, &item.quantity),
        };
        asked.extend(more.into_iter().map(|asked| (asked, Some(place))));
    }
    let is_named = |line: &&OrderLine| {
        let number = number_of(numbers, lines, line);
        items.iter().any(|item| item.number == number)
    };
    let left = lines.iter().filter(|line| can_go(line) && !is_named(line));
    asked.extend(left.map(|line| (gone(line), None)));
    asked
}

/// False of a line of which all was called off. What has left can't be taken back: that is said when it is asked for.
fn can_go(line: &OrderLine) -> bool {
    line.to_leave() > 0 || line.shipped > 0
}

/// All of a line is to go.
fn gone(line: &OrderLine) -> AskedLine {
    AskedLine::Set {
        line: Some(line.id),
        quantity: None,
    }
}

fn added(item: &Item) -> AskedLine {
    AskedLine::Add(Added {
        sku: Some(item.sku.clone()),
        // What is no unit of the article is refused by its name.
        unit: Some(
            item.unit
                .clone()
                .or_else(|| item.unit_named.clone())
                .unwrap_or_default(),
        ),
        quantity: item.quantity.clone(),
        note: item.note.clone(),
        ..Added::default()
    })
}

/// The lines of one number with so much in all of them. What is more goes to the last of them, what is less from it.
fn resized(lines: &[&OrderLine], quantity: &str) -> Vec<AskedLine> {
    let decimals = lines
        .iter()
        .map(|line| line.quantity.ordered.decimals)
        .max()
        .unwrap_or_default();
    let set = |line: &OrderLine, quantity: Option<String>| AskedLine::Set {
        line: Some(line.id),
        quantity,
    };
    let is_of = |quantity: Quantity| Decimal::parse(&quantity.to_string()).ok()?.scaled(decimals).ok();
    let steps: Option<Vec<_>> = lines.iter().map(|line| is_of(line.quantity.ordered)).collect();
    let wanted = Decimal::parse(quantity)
        .ok()
        .and_then(|wanted| wanted.scaled(decimals).ok());
    let (Some(steps), Some(wanted)) = (steps, wanted) else {
        // What can't be read, or is finer than the unit, is refused where lines are read.
        return lines
            .iter()
            .take(1)
            .map(|line| set(line, Some(quantity.to_owned())))
            .collect();
    };
    let total = steps.iter().fold(0_i64, |sum, steps| sum.saturating_add(*steps));
    let text = |steps: i64| Some(Quantity::new(steps, decimals).to_string());
    let mut more = wanted.saturating_sub(total);
    let mut asked = Vec::new();
    for (line, steps) in lines.iter().zip(steps).rev() {
        if more > 0 {
            asked.push(set(line, text(steps.saturating_add(more))));
            more = 0;
        } else if more < 0 {
            let least = is_of(least(line).ordered).unwrap_or_default();
            let goes = steps.saturating_sub(least).min(more.saturating_neg());
            more = more.saturating_add(goes);
            if goes > 0 {
                let left = steps.saturating_sub(goes);
                asked.push(set(line, text(left).filter(|_| left > 0)));
            }
        }
    }
    if more < 0 {
        // More has left than is to be ordered: said of the first line.
        let first = lines.iter().take(1);
        return first.map(|line| set(line, Some(quantity.to_owned()))).collect();
    }
    asked
}

/// The buyer's numbers, with those of lines that came since: each belongs to the first item of its article and unit of which
/// something has no line yet. What is sent instead of a line has none of its own until an item names it.
pub fn extended(numbers: &[String], lines: &[OrderLine], items: &[Item]) -> Vec<String> {
    let mut numbers = numbers.to_vec();
    let mut steps: HashMap<(String, ProductId), i64> = HashMap::new();
    let (known, mut new): (Vec<_>, Vec<_>) = lines.iter().partition(|line| named(&numbers, line.position).is_some());
    // What was asked for comes before what is sent instead of something.
    new.sort_by_key(|line| line.instead.is_some());
    for line in known {
        let in_all = steps
            .entry((number_at(&numbers, line.position), line.product_id))
            .or_default();
        *in_all = in_all.saturating_add(scaled(&line.quantity.ordered.to_string()));
    }
    for line in new {
        let place = usize::try_from(line.position.saturating_sub(1)).unwrap_or_default();
        while numbers.len() < place {
            let position = i32::try_from(numbers.len()).unwrap_or(i32::MAX).saturating_add(1);
            numbers.push(number_at(&numbers, position));
        }
        let lacks = |item: &&Item| {
            let has = steps.get(&(item.number.clone(), line.product_id));
            item.is(line) && has.copied().unwrap_or_default() < scaled(&item.quantity)
        };
        let number = match items.iter().find(lacks) {
            Some(item) => item.number.clone(),
            None if line.instead.is_some() => String::new(),
            None => number_at(&numbers, line.position),
        };
        let in_all = steps.entry((number.clone(), line.product_id)).or_default();
        *in_all = in_all.saturating_add(scaled(&line.quantity.ordered.to_string()));
        match numbers.get_mut(place) {
            Some(known) => *known = number,
            None => numbers.push(number),
        }
    }
    numbers
}

/// A quantity as a number that can be added up; nothing where it is none.
fn scaled(text: &str) -> i64 {
    let read = Decimal::parse(text).ok().and_then(|read| read.scaled(6).ok());
    read.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::changes::rules::tests::line;
    use crate::orders::rules::Instead;

    /// A line of the same article in this position.
    fn order_line(position: i64, pieces: i64) -> OrderLine {
        OrderLine {
            product_id: ProductId(1),
            sku: "S1".to_owned(),
            ..line(position, [0, pieces, 0, 0], 1_000_000)
        }
    }

    fn item(number: &str, line: &OrderLine, quantity: &str) -> Item {
        Item {
            number: number.to_owned(),
            product_id: Some(line.product_id),
            sku: line.sku.clone(),
            unit: Some(line.unit.clone()),
            unit_named: None,
            quantity: quantity.to_owned(),
            note: None,
        }
    }

    fn numbers(of: &[&str]) -> Vec<String> {
        of.iter().map(|number| (*number).to_owned()).collect()
    }

    fn quantities(asked: &[(AskedLine, Option<usize>)]) -> Vec<Option<String>> {
        let of = |(asked, _): &(AskedLine, Option<usize>)| match asked {
            AskedLine::Set { quantity, .. } => quantity.clone(),
            AskedLine::Add(added) | AskedLine::Instead { added, .. } => Some(format!("+{}", added.quantity)),
        };
        asked.iter().map(of).collect()
    }

    #[test]
    fn a_line_without_a_number_has_one_that_no_other_has() {
        let known = numbers(&["10", "3"]);
        let of: Vec<_> = (1..=4).map(|position| number_at(&known, position)).collect();
        assert_eq!(of, ["10", "3", "100003", "4"]);
    }

    #[test]
    fn only_what_is_otherwise_is_asked_for() {
        let (first, second) = (order_line(1, 5), order_line(2, 7));
        let lines = [first.clone(), second.clone()];
        let known = numbers(&["10", "20"]);
        let same = [item("10", &first, "5.0"), item("20", &second, "7")];
        assert!(asked(&lines, &known, &same).is_empty());
        let more = [item("10", &first, "6"), item("30", &second, "1")];
        let of = asked(&lines, &known, &more);
        assert_eq!(quantities(&of), [Some("6".to_owned()), Some("+1".to_owned()), None]);
        assert_eq!(
            of.iter().map(|(_, place)| *place).collect::<Vec<_>>(),
            [Some(0), Some(1), None]
        );
        // Another article under the number: the line goes and another one comes.
        let mut other = item("10", &first, "5");
        other.unit = Some("BOX".to_owned());
        let of = asked(&lines, &known, &[other, item("20", &second, "7")]);
        assert_eq!(quantities(&of), [None, Some("+5".to_owned())]);
    }

    #[test]
    fn a_line_that_was_called_off_is_not_asked_for_again() {
        let off = OrderLine {
            product_id: ProductId(1),
            ..line(1, [0, 0, 0, 5], 1_000_000)
        };
        let lines = [off, order_line(2, 7)];
        let [_, second] = &lines;
        let known = numbers(&["10", "20"]);
        assert!(asked(&lines, &known, &[item("20", second, "7")]).is_empty());
    }

    #[test]
    fn lines_of_one_number_are_one_quantity() {
        let (first, second) = (order_line(1, 5), order_line(2, 7));
        let lines = [first.clone(), second];
        let known = numbers(&["10", "10"]);
        for (wanted, expected) in [
            ("12", vec![]),
            ("15", vec![Some("10".to_owned())]),
            ("9", vec![Some("4".to_owned())]),
            ("3", vec![None, Some("3".to_owned())]),
            ("x", vec![Some("x".to_owned())]),
        ] {
            assert_eq!(
                quantities(&asked(&lines, &known, &[item("10", &first, wanted)])),
                expected,
                "{wanted}"
            );
        }
    }

    /// Three of five pieces in the first line are sent as two of another article in the second.
    fn replaced() -> [OrderLine; 2] {
        let first = OrderLine {
            product_id: ProductId(1),
            sku: "S1".to_owned(),
            ..line(1, [2, 0, 0, 3], 1_000_000)
        };
        let second = OrderLine {
            instead: Some(Instead {
                line_id: first.id,
                quantity: 3,
            }),
            ..line(2, [2, 0, 0, 0], 1_000_000)
        };
        [first, second]
    }

    #[test]
    fn what_is_sent_instead_stays_as_long_as_the_line_it_is_sent_instead_of() {
        let lines = replaced();
        let [first, second] = &lines;
        let known = numbers(&["10"]);
        assert_eq!(number_of(&known, &lines, second), "10");
        assert!(is_unnamed_substitute(&known, second) && !is_unnamed_substitute(&known, first));
        // The same once more; and with a new line whose number is the place of what is sent instead.
        assert!(asked(&lines, &known, &[item("10", first, "5")]).is_empty());
        let of = asked(&lines, &known, &[item("10", first, "5"), item("2", first, "7")]);
        assert_eq!(quantities(&of), [Some("+7".to_owned())]);
        // Without the line it goes, too.
        let of = asked(&lines, &known, &[item("20", first, "1")]);
        assert_eq!(quantities(&of), [Some("+1".to_owned()), None, None]);
        assert_eq!(extended(&known, &lines, &[item("10", first, "5")]), ["10", ""]);
    }

    #[test]
    fn a_buyer_who_names_what_is_sent_instead_gets_it_once() {
        let lines = replaced();
        let [_, second] = &lines;
        for known in [numbers(&["10"]), numbers(&["10", ""])] {
            let items = [item("10", second, "2")];
            // What is left of the first goes, the second stays.
            let of = asked(&lines, &known, &items);
            assert_eq!(of, [(gone(&lines[0]), Some(0))]);
            assert_eq!(extended(&known, &lines, &items), ["10", "10"]);
        }
        let mut wholly = replaced();
        wholly[0].reserved = 0;
        let named = numbers(&["10", "10"]);
        assert!(asked(&wholly, &named, &[item("10", second, "2")]).is_empty());
        let more = asked(&wholly, &named, &[item("10", second, "3")]);
        assert_eq!(quantities(&more), [Some("3".to_owned())]);
    }

    #[test]
    fn lines_that_came_since_belong_to_what_has_no_line_yet() {
        let lines = [order_line(1, 5), order_line(3, 2), order_line(4, 1)];
        let [first, ..] = &lines;
        let items = [item("10", first, "7"), item("20", first, "1")];
        let known = numbers(&["10"]);
        assert_eq!(extended(&known, &lines, &items), ["10", "2", "10", "20"]);
    }
}
