//! The items of an order confirmation: each of the buyer's numbers once, with what of it comes when and at which price, what is sent
//! instead of it, and what does not come.

use std::collections::{HashMap, HashSet};

use super::documents::{price_basis, sum, unit};
use crate::ids::{OrderLineId, ProductId};
use crate::orders::rules::{Order, OrderLine};
use crate::punchout::cxml::{Element, writing};
use crate::punchout::rules::lines;
use crate::punchout::rules::prices::Price;
use crate::punchout::setup::PunchoutSetup;
use crate::quantity::Quantity;

/// An order that is confirmed.
pub(super) struct Confirming<'a> {
    setup: &'a PunchoutSetup,
    /// The buyer's, by the positions of lines.
    numbers: Vec<String>,
    /// Of the order's articles that have one.
    categories: HashMap<ProductId, String>,
    order: &'a Order,
    /// What is sent instead of lines.
    instead: HashMap<OrderLineId, Vec<&'a OrderLine>>,
    told: Told<'a>,
}

/// What of an order is told.
#[derive(Debug, Clone, Copy)]
pub(super) enum Told<'a> {
    /// All of it.
    Whole,
    /// That these lines come on another day: the items that they are, as the differences that a confirmation of type `detail` has.
    Days(&'a HashSet<OrderLineId>),
}

impl<'a> Confirming<'a> {
    pub(super) fn of(
        setup: &'a PunchoutSetup,
        numbers: Vec<String>,
        categories: HashMap<ProductId, String>,
        order: &'a Order,
        told: Told<'a>,
    ) -> Self {
        let mut instead = HashMap::<_, Vec<_>>::new();
        for line in &order.lines {
            if let Some(of) = line.instead {
                instead.entry(of.line_id).or_default().push(line);
            }
        }
        Self {
            setup,
            numbers,
            categories,
            order,
            instead,
            told,
        }
    }

    /// True if a line has another day, or what is sent instead of it and stands with it.
    fn is_told(&self, line: &OrderLine) -> bool {
        match self.told {
            Told::Whole => true,
            Told::Days(moved) => {
                let sent = self.sent_instead(line).map(|(other, _)| self.last_of(other));
                moved.contains(&line.id) || sent.into_iter().any(|sent| moved.contains(&sent.id))
            }
        }
    }

    fn is_unnamed(&self, line: &OrderLine) -> bool {
        lines::is_unnamed_substitute(&self.numbers, line)
    }

    /// What the header says of the items, and each item of what comes: an article instead of another has its place in `detail` alone.
    pub(super) fn kind(&self) -> &'static str {
        let is_all = matches!(self.told, Told::Whole) && !self.order.lines.iter().any(|line| self.is_unnamed(line));
        match is_all {
            true => "allDetail",
            false => "detail",
        }
    }

    /// Each of the buyer's numbers once, with all lines of ours that are its own. What is sent instead of a line and has no number yet
    /// stands with that line.
    pub(super) fn items(&self) -> Vec<Element> {
        let mut items: Vec<(String, Vec<&OrderLine>)> = Vec::new();
        let mut places = HashMap::new();
        let of_items = |line: &&OrderLine| !self.is_unnamed(line) && self.confirmed_quantity(line).steps > 0;
        for line in self.order.lines.iter().filter(of_items) {
            let number = lines::number_of(&self.numbers, &self.order.lines, line);
            let place = *places.entry(number.clone()).or_insert(items.len());
            match items.get_mut(place) {
                Some((_, lines)) => lines.push(line),
                None => items.push((number, vec![line])),
            }
        }
        items
            .into_iter()
            .filter(|(_, lines)| lines.iter().any(|line| self.is_told(line)))
            .map(|(number, lines)| self.item(&number, &lines))
            .collect()
    }

    fn item(&self, number: &str, lines: &[&OrderLine]) -> Element {
        let code = lines.first().map(|line| line.unit_code.as_str()).unwrap_or_default();
        let quantity = sum(lines.iter().map(|line| self.confirmed_quantity(line)));
        Element::new("ConfirmationItem")
            .with("lineNumber", number)
            .with("quantity", quantity.to_string())
            .holding(unit(self.setup, code))
            .holding_all(lines.iter().flat_map(|line| self.statuses(number, line)))
    }

    /// What is sent instead of a line, and how much of the line's unit it stands for.
    fn sent_instead<'b>(&'b self, line: &'b OrderLine) -> impl Iterator<Item = (&'b OrderLine, Quantity)> {
        let sent = self.instead.get(&line.id).into_iter().flatten();
        sent.filter_map(move |other| Some((*other, line.part(other.instead?.quantity).ordered)))
    }

    /// What was ordered, without what the buyer has under a number by the name of what is sent instead.
    fn confirmed_quantity(&self, line: &OrderLine) -> Quantity {
        let named = self.sent_instead(line).filter(|(other, _)| !self.is_unnamed(other));
        let named = named.fold(0_i64, |steps, (_, part)| steps.saturating_add(part.steps));
        let ordered = line.quantity.ordered;
        Quantity::new(ordered.steps.saturating_sub(named), ordered.decimals)
    }

    /// Of a line: what of it comes when and at which price, what is sent instead of it, and what does not come.
    fn statuses(&self, number: &str, line: &OrderLine) -> Vec<Element> {
        let decimals = line.quantity.ordered.decimals;
        let gone = line.part(line.cancelled).ordered.steps;
        let coming = Quantity::new(line.quantity.ordered.steps.saturating_sub(gone), decimals);
        let (mut statuses, mut rejected) = (Vec::new(), gone);
        if coming.steps > 0 {
            let price = writing::money_of(
                &line.unit_price.to_string(),
                self.setup.currency(self.order.currency.code()),
            );
            // A price that is for something else than one ordered unit has no place in a status.
            let is_plain = line.price_unit == line.unit && line.price_base == 1;
            let status = self
                .status(self.kind_of(line), coming, line)
                .with_some("deliveryDate", promised(line));
            statuses.push(status.holding_all(is_plain.then(|| Element::new("UnitPrice").holding(price))));
        }
        for (other, part) in self.sent_instead(line) {
            let sent = self.last_of(other);
            let is_coming = sent.quantity.base_steps > sent.cancelled;
            match (self.is_unnamed(other), is_coming) {
                (false, _) => rejected = rejected.saturating_sub(part.steps),
                (true, false) => {}
                (true, true) => {
                    let comes = still_to_come(sent, part.steps);
                    rejected = rejected.saturating_sub(comes);
                    let status = self
                        .status("detail", Quantity::new(comes, decimals), line)
                        .with_some("deliveryDate", promised(sent));
                    statuses.push(status.holding(self.substitute(number, sent)));
                }
            }
        }
        if rejected > 0 {
            statuses.push(self.status("reject", Quantity::new(rejected, decimals), line));
        }
        statuses
    }

    /// What is said of what comes of a line: where days are told and it has none, that it waits.
    fn kind_of(&self, line: &OrderLine) -> &'static str {
        match self.told {
            Told::Days(_) if line.promised_on.is_none() && line.backordered > 0 => "backordered",
            _ => self.kind(),
        }
    }

    fn status(&self, kind: &str, quantity: Quantity, line: &OrderLine) -> Element {
        Element::new("ConfirmationStatus")
            .with("type", kind)
            .with("quantity", quantity.to_string())
            .holding(unit(self.setup, &line.unit_code))
    }

    /// What is sent in the end, where something else is sent instead of what was to be sent instead.
    fn last_of<'b>(&'b self, line: &'b OrderLine) -> &'b OrderLine {
        let mut last = line;
        for _ in &self.order.lines {
            match self.sent_instead(last).next() {
                Some((next, _)) if last.quantity.base_steps == last.cancelled => last = next,
                _ => break,
            }
        }
        last
    }

    /// The article that is sent instead, as a line of a basket.
    fn substitute(&self, number: &str, line: &OrderLine) -> Element {
        let gone = line.part(line.cancelled).ordered;
        let coming = Quantity::new(
            line.quantity.ordered.steps.saturating_sub(gone.steps),
            line.quantity.ordered.decimals,
        );
        let price = Price {
            price: line.unit_price,
            base: line.price_base,
            unit: &line.price_unit,
            ordered: &line.unit,
            content: line.content,
            base_unit: &line.base_unit,
        };
        let money = writing::money_of(
            &line.unit_price.to_string(),
            self.setup.currency(self.order.currency.code()),
        );
        let category = self.categories.get(&line.product_id).map(String::as_str);
        let (domain, code) = self.setup.classification(category);
        let detail = Element::new("ItemDetail")
            .holding(Element::new("UnitPrice").holding(money))
            .holding(Element::new("Description").with("xml:lang", "en").text(&line.name))
            .holding(unit(self.setup, &line.unit_code))
            .holding_all(price_basis(self.setup, &price, &line.unit_code))
            .holding(Element::text_of("Classification", code).with("domain", domain));
        Element::new("ItemIn")
            .with("quantity", coming.to_string())
            .with("lineNumber", number)
            .holding(Element::new("ItemID").holding(Element::text_of("SupplierPartID", &line.sku)))
            .holding(detail)
    }
}

fn promised(line: &OrderLine) -> Option<String> {
    line.promised_on.map(|day| format!("{day}T00:00:00+00:00"))
}

/// How much of what a line is sent instead of comes by it still: as large a share as of the line itself.
fn still_to_come(sent: &OrderLine, steps: i64) -> i64 {
    let all = i128::from(sent.quantity.base_steps.max(1));
    let left = i128::from(sent.quantity.base_steps.saturating_sub(sent.cancelled));
    i64::try_from(i128::from(steps) * left / all).unwrap_or(steps)
}
