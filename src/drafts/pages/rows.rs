//! The lines of a draft as the page prints them: every number written out in the reader's language.

use super::filling::{Fill, fills};
use super::sentences;
use crate::catalogue::rules::{Article, SaleUnit};
use crate::catalogue::words::amount;
pub(super) use crate::catalogue::words::unit_name;
use crate::drafts::reading::{Sheet, SheetLine};
use crate::drafts::rules::keys::Suggestion;
use crate::drafts::rules::problems::{Mend, PackChoice, Problem};
use crate::drafts::rules::supply::{Supply, next_break, pack_price, supply};
use crate::languages::Language;
use crate::orders::rules::{BackorderChoice, DeliveryChoice, OrderLine, Wishes};
use crate::orders::words::{price, why, wishes};
use crate::quantity::{Decimal, Quantity};
use crate::substitutes::offering::Offer;
use crate::substitutes::words::{Told, told};
use crate::web::{Chip, Shape, Shell, Tone};

/// A line of the table.
#[derive(Debug)]
pub(super) struct Row {
    pub id: String,
    pub number: usize,
    /// As typed.
    pub key: String,
    pub quantity: String,
    pub unit: String,
    pub note: String,
    /// The article, once it is known.
    pub article: Option<ArticleCell>,
    /// Value, text and whether it is chosen.
    pub units: Vec<(String, String, bool)>,
    pub unit_text: String,
    /// Where the unit comes from, if nobody named it.
    pub unit_origin: Option<String>,
    pub good: Option<GoodCells>,
    pub problem: Option<ProblemCell>,
    /// Number and id of the line it could be merged with.
    pub twin: Option<(usize, String)>,
    /// What could be taken instead: value and text of the button, and what is said beside it.
    pub offers: Vec<(String, String, Told)>,
    pub choices: ChoiceCells,
    /// What would fill packs and layers, the least first.
    pub fills: Vec<Fill>,
}

/// What is decided of a line other than of the whole.
#[derive(Debug)]
pub(super) struct ChoiceCells {
    /// In words; empty where nothing is.
    pub text: String,
    /// As they are kept.
    pub delivery: String,
    pub backorder: String,
    pub cancel_after: String,
    /// Value, text and whether it is chosen.
    pub deliveries: Vec<(String, String, bool)>,
    pub backorders: Vec<(String, String, bool)>,
}

/// The names of a set to choose from, and none of them first.
fn offered(shell: &Shell, set: &str, names: &[&str], chosen: &str) -> Vec<(String, String, bool)> {
    let none = (String::new(), shell.t("line-as-order"), chosen.is_empty());
    let name = |name: &&str| ((*name).to_owned(), shell.name(set, name), *name == chosen);
    std::iter::once(none).chain(names.iter().map(name)).collect()
}

fn choice_cells(shell: &Shell, line: &SheetLine) -> ChoiceCells {
    let Wishes {
        delivery,
        backorder,
        cancel_after,
    } = line.line.choices;
    let delivery = delivery.map_or("", DeliveryChoice::name);
    let backorder = backorder.map_or("", BackorderChoice::name);
    ChoiceCells {
        text: wishes(shell, line.line.choices).join(", "),
        deliveries: offered(shell, "order-delivery", DeliveryChoice::NAMES, delivery),
        backorders: offered(shell, "order-backorder", BackorderChoice::NAMES, backorder),
        delivery: delivery.to_owned(),
        backorder: backorder.to_owned(),
        cancel_after: cancel_after.map(|day| day.to_string()).unwrap_or_default(),
    }
}

/// What could be taken instead of a line: value and text of the button, and what is said beside it.
pub(super) fn offer_button(shell: &Shell, id: &str, offer: &Offer) -> (String, String, Told) {
    let told = told(shell, offer);
    let value = format!("instead:{id}:{}:{}:{}", told.product_id, told.unit, told.quantity);
    (value, told.button.clone(), told)
}

/// What a line is about.
#[derive(Debug)]
pub(super) struct ArticleCell {
    pub number: String,
    pub name: String,
    /// Brand, our number, what was typed.
    pub under: Vec<String>,
}

/// What a good line comes to.
#[derive(Debug)]
pub(super) struct GoodCells {
    /// `8,000 pieces`
    pub base: String,
    pub price: String,
    /// `13.05 a carton`
    pub pack_price: Option<String>,
    pub why: Vec<String>,
    pub net: String,
    /// Text, value of the button, text of the button.
    pub more: Option<(String, String, String)>,
    pub best: bool,
    pub promise: Vec<String>,
    pub chip: Chip,
}

/// What is wrong with a line.
#[derive(Debug)]
pub(super) struct ProblemCell {
    pub text: String,
    /// Value and text of buttons.
    pub mends: Vec<(String, String)>,
    pub is_quantity: bool,
}

/// A plain decimal as the language writes it.
pub(super) fn number(language: Language, plain: &str) -> String {
    match Decimal::parse(plain) {
        Ok(_) => language.decimal(plain),
        Err(_) => plain.to_owned(),
    }
}

/// The rows of these lines of a draft.
pub(super) fn rows<'a>(shell: &Shell, sheet: &Sheet, lines: impl Iterator<Item = &'a SheetLine>) -> Vec<Row> {
    lines.map(|line| row(shell, sheet, line)).collect()
}

fn row(shell: &Shell, sheet: &Sheet, line: &SheetLine) -> Row {
    let id = line.line.id.to_string();
    let typed = &line.line.typed;
    let language = shell.language;
    let units = match &line.article {
        Some(article) => units(language, article, line.unit.as_ref(), &typed.unit),
        None => Vec::new(),
    };
    let twin = line.twin.and_then(|number| {
        let earlier = sheet.lines.iter().find(|line| line.number == number)?;
        Some((number, earlier.line.id.to_string()))
    });
    Row {
        number: line.number,
        key: typed.key.clone(),
        quantity: typed.quantity.clone(),
        unit: typed.unit.clone(),
        note: typed.note.clone(),
        article: line
            .article
            .as_ref()
            .map(|article| article_cell(shell, article, &typed.key)),
        unit_text: line
            .unit
            .as_ref()
            .map_or_else(|| typed.unit.clone(), |unit| unit_name(language, unit)),
        unit_origin: line
            .line
            .unit_origin
            .map(|origin| shell.name("draft-unit", origin.name())),
        units,
        good: sheet
            .order_line(line)
            .map(|order_line| good(shell, sheet, &id, order_line)),
        problem: line
            .state
            .as_ref()
            .err()
            .map(|problem| problem_cell(shell, &id, line, problem)),
        offers: line
            .offers
            .iter()
            .map(|offer| offer_button(shell, &id, offer))
            .collect(),
        choices: choice_cells(shell, line),
        fills: fills(shell, line),
        twin,
        id,
    }
}

fn units(language: Language, article: &Article, chosen: Option<&SaleUnit>, typed: &str) -> Vec<(String, String, bool)> {
    let is_chosen = |unit: &SaleUnit| chosen.is_some_and(|chosen| chosen.unit == unit.unit);
    let mut options: Vec<_> = article
        .units
        .iter()
        .map(|unit| {
            // The chosen one keeps what was typed, so that a form that changes nothing changes nothing.
            let value = if is_chosen(unit) { typed } else { unit.unit.as_str() };
            (value.to_owned(), unit_name(language, unit), is_chosen(unit))
        })
        .collect();
    if chosen.is_none() {
        options.insert(0, (typed.to_owned(), typed.to_owned(), true));
    }
    options
}

fn article_cell(shell: &Shell, article: &Article, typed: &str) -> ArticleCell {
    let mut under: Vec<_> = article.brand.iter().cloned().collect();
    let number = match &article.customer_part_number {
        Some(own) => {
            under.push(shell.t1("draft-our-number", "sku", article.sku.as_str()));
            own.clone()
        }
        None => article.sku.clone(),
    };
    if typed != number && typed != article.sku {
        under.push(shell.t1("draft-found-by", "key", typed));
    }
    ArticleCell {
        number,
        name: article.name.clone(),
        under,
    }
}

fn good(shell: &Shell, sheet: &Sheet, id: &str, line: &OrderLine) -> GoodCells {
    let (language, order) = (shell.language, &sheet.estimate.order);
    let currency = order.currency;
    let more = next_break(line).map(|next| {
        let added = amount(language, next.more, &line.unit_code);
        let text = match next.unit_price {
            Some(price) => shell.t2(
                "draft-break",
                "more",
                added,
                "price",
                language.price(price, currency.exponent()),
            ),
            None => shell.t2(
                "draft-break-saves",
                "more",
                added,
                "saves",
                language.decimal(&next.saves),
            ),
        };
        let value = format!("mend:{id}:{}:{}", line.unit, next.total);
        let button = shell.t1("draft-set-to", "quantity", language.quantity(next.total));
        (text, value, button)
    });
    let (promise, chip) = promised(shell, line, supply(line, order.state.is_served()));
    let base = amount(language, line.base_quantity(line.quantity.base_steps), &line.base_unit);
    GoodCells {
        base: match &line.explanation.asked_quantity {
            Some(asked) => shell.t2("draft-rounded", "base", base, "quantity", language.decimal(asked)),
            None => base,
        },
        price: price(language, line, currency),
        pack_price: pack_price(line).filter(|_| line.unit != line.base_unit).map(|price| {
            let unit = language.unit(&line.unit_code, Quantity::new(1, 0));
            shell.t2(
                "draft-pack-price",
                "price",
                language.price(price, currency.exponent()),
                "unit",
                unit,
            )
        }),
        why: why(shell, line, currency),
        net: language.amount(line.net),
        best: more.is_none() && line.explanation.min_quantity.parse().is_ok_and(|from: i64| from > 1),
        more,
        promise,
        chip,
    }
}

/// What is promised of a line, in sentences and in a word.
pub(super) fn promised(shell: &Shell, line: &OrderLine, supply: Supply) -> (Vec<String>, Chip) {
    let language = shell.language;
    let day = |on| match on {
        Some(on) => shell.day(on),
        None => shell.t("draft-day-unknown"),
    };
    match supply {
        Supply::Whole(on) => (
            vec![day(on)],
            Chip::new(Tone::Ok, Shape::Dot, shell.t("line-supply-whole")),
        ),
        Supply::Part {
            now,
            on,
            expected,
            later,
        } => {
            let part = |key: &str, quantity, on| shell.t2(key, "quantity", language.quantity(quantity), "day", day(on));
            let stock = (now.steps > 0).then(|| part("line-supply-part-now", now, on));
            let expected = expected
                .into_iter()
                .map(|(on, quantity)| part("line-supply-part-expected", quantity, Some(on)));
            let waits = || amount(language, later, &line.unit_code);
            let waits = (later.steps > 0).then(|| shell.t1("line-supply-part-later", "quantity", waits()));
            let chip = match now.steps {
                0 => Chip::new(Tone::Info, Shape::Ring, shell.t("line-supply-expected")),
                _ => Chip::new(Tone::Warn, Shape::Half, shell.t("line-supply-part")),
            };
            (stock.into_iter().chain(expected).chain(waits).collect(), chip)
        }
        Supply::Waiting => (
            vec![shell.t("line-supply-waiting-text")],
            Chip::new(Tone::Warn, Shape::Ring, shell.t("line-supply-waiting")),
        ),
        Supply::Held => (
            vec![shell.t("line-supply-held-text")],
            Chip::new(Tone::Neutral, Shape::Ring, shell.t("line-supply-held")),
        ),
    }
}

fn problem_cell(shell: &Shell, id: &str, line: &SheetLine, problem: &Problem) -> ProblemCell {
    let language = shell.language;
    let mends = match problem {
        Problem::Unknown(found) | Problem::Several(found) => {
            found.iter().map(|found| article_mend(id, found)).collect()
        }
        Problem::Ambiguous(mends)
        | Problem::NotWhole(mends)
        | Problem::BelowMinimum(mends)
        | Problem::AboveMaximum(mends)
        | Problem::NotMultiple(mends) => mends.iter().map(|mend| mend_button(language, id, line, mend)).collect(),
        Problem::PackChanged(change) => change
            .choices
            .iter()
            .map(|choice| pack_button(language, id, line, choice))
            .collect(),
        _ => Vec::new(),
    };
    ProblemCell {
        text: sentences::problem(shell, line, problem),
        mends,
        is_quantity: matches!(
            problem,
            Problem::NoQuantity
                | Problem::NotANumber
                | Problem::Ambiguous(_)
                | Problem::NotWhole(_)
                | Problem::BelowMinimum(_)
                | Problem::AboveMaximum(_)
                | Problem::NotMultiple(_)
                | Problem::PackChanged(_)
        ),
    }
}

fn article_mend(id: &str, found: &Suggestion) -> (String, String) {
    (
        format!("article:{id}:{}", found.product_id),
        format!("{} {}", found.number, found.name),
    )
}

fn mend_button(language: Language, id: &str, line: &SheetLine, mend: &Mend) -> (String, String) {
    let unit = line.article.as_ref().and_then(|article| article.unit(&mend.unit));
    let quantity = number(language, &mend.quantity);
    let text = match unit {
        Some(unit) if unit.is_base => {
            let one = if mend.quantity == "1" { 1 } else { 2 };
            format!("{quantity} {}", language.unit(&unit.unit_code, Quantity::new(one, 0)))
        }
        Some(unit) => format!("{quantity} × {}", unit_name(language, unit)),
        None => quantity,
    };
    (format!("mend:{id}:{}:{}", mend.unit, mend.quantity), text)
}

/// The button says what the pack holds, too: what is taken is what the button said.
fn pack_button(language: Language, id: &str, line: &SheetLine, choice: &PackChoice) -> (String, String) {
    let PackChoice { mend, content, base } = choice;
    let (_, text) = mend_button(language, id, line, mend);
    let base_unit = line.article.as_ref().map(|article| article.base_unit.as_str());
    let text = match base_unit.filter(|base_unit| *base_unit != mend.unit) {
        Some(base_unit) => format!("{text} = {}", amount(language, *base, base_unit)),
        None => text,
    };
    let held = format!("{}/{}", content.numerator(), content.denominator());
    (format!("pack:{id}:{}:{held}:{}", mend.unit, mend.quantity), text)
}
