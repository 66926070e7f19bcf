//! Changes of orders in words, for both sides: what one does, where it stands, and the form for one.

pub mod form;
mod written;

use super::rules::State;
use crate::catalogue::words::amount;
use crate::events::payloads::{ChangedField, ChangedLine, OrderDifference, OrderSums};
use crate::money::{Currency, Money};
use crate::names::sets::{LineChange, OrderField};
use crate::orders::words::state_name;
use crate::quantity::{Decimal, Quantity};
use crate::web::{Area, Chip, Shape, Shell, Tone};

/// Decimals that a quantity of an event may have.
const DECIMALS_MAX: u8 = 9;

/// Where a change stands.
pub fn state_chip(shell: &Shell, state: State) -> Chip {
    let (tone, shape) = match state {
        State::Requested => (Tone::Warn, Shape::Ring),
        State::Applied => (Tone::Ok, Shape::Dot),
        State::Refused => (Tone::Bad, Shape::Diamond),
        State::Withdrawn => (Tone::Neutral, Shape::Diamond),
    };
    Chip::new(tone, shape, shell.name("order-change-state", state.name()))
}

/// A line that a change is about.
pub struct Line {
    pub number: i32,
    pub article: String,
    pub name: String,
    pub chip: Chip,
    pub was: String,
    pub is: String,
    pub was_net: String,
    pub net: String,
    pub arrives: String,
    /// That it is sent instead of another line.
    pub instead: String,
}

/// What a change does.
pub struct Told {
    pub lines: Vec<Line>,
    /// What it is called, what it was and what it is: of the head, then of the sum.
    pub rows: Vec<(String, String, String)>,
}

fn quantity(shell: &Shell, text: Option<&String>, unit_code: &str) -> String {
    let Some(text) = text else {
        return shell.t("change-nothing");
    };
    match Decimal::parse(text).and_then(|number| number.scaled(DECIMALS_MAX)) {
        Ok(steps) => amount(shell.language, Quantity::new(steps, DECIMALS_MAX), unit_code),
        Err(_) => text.clone(),
    }
}

fn line_chip(shell: &Shell, change: LineChange) -> Chip {
    let (tone, shape) = match change {
        LineChange::Added => (Tone::Ok, Shape::Square),
        LineChange::Raised => (Tone::Info, Shape::Half),
        LineChange::Lowered => (Tone::Warn, Shape::Half),
        LineChange::Removed => (Tone::Bad, Shape::Diamond),
        LineChange::Replaced => (Tone::Info, Shape::Ring),
    };
    Chip::new(tone, shape, shell.name("change-line", change.name()))
}

fn line(shell: &Shell, line: &ChangedLine, currency: Option<Currency>) -> Line {
    let money = |text: &Option<String>| {
        let text = text.clone().unwrap_or_default();
        let money = currency.and_then(|currency| Money::parse(&text, currency).ok());
        money.map_or(text, |money| shell.language.amount(money))
    };
    Line {
        number: line.position,
        article: match (&line.customer_part_number, shell.area) {
            (Some(own), Area::Portal) => own.clone(),
            _ => line.sku.clone(),
        },
        name: line.name.clone(),
        chip: line_chip(shell, line.change),
        was: quantity(shell, line.was_quantity.as_ref(), &line.unit_code),
        is: quantity(shell, line.quantity.as_ref(), &line.unit_code),
        was_net: money(&line.was_net),
        net: money(&line.net),
        instead: match line.instead_of {
            Some(position) => shell.t1("change-instead-of", "number", position),
            None => String::new(),
        },
        arrives: match (line.change, line.promised_date) {
            (_, Some(day)) => shell.day(day),
            (LineChange::Removed | LineChange::Replaced, None) => String::new(),
            (_, None) => shell.t("line-supply-waiting-text"),
        },
    }
}

fn field(shell: &Shell, field: &ChangedField) -> (String, String, String) {
    let text = |value: &Option<String>| match (field.field, value) {
        (_, None) => shell.t("change-nothing"),
        (OrderField::RequestedDate, Some(day)) => day.parse().map_or_else(|_| day.clone(), |day| shell.day(day)),
        (OrderField::OrderClass, Some(class)) => shell.name("order-class", class),
        (OrderField::ShipTo | OrderField::Note, Some(value)) => value.clone(),
    };
    let label = shell.name("change-field", field.field.name());
    (label, text(&field.was), text(&field.is))
}

/// What a change does, line by line and in sum.
pub fn told(shell: &Shell, difference: &OrderDifference) -> Told {
    let currency = Currency::from_code(&difference.currency);
    let money = |text: Option<&String>| {
        let text = text?;
        let money = currency.and_then(|currency| Money::parse(text, currency).ok());
        Some(money.map_or_else(|| text.clone(), |money| shell.money(money)))
    };
    let row = |key: &str, of: &dyn Fn(&OrderSums) -> Option<String>| {
        let (was, is) = (of(&difference.was)?, of(&difference.is)?);
        Some((shell.t(key), was, is))
    };
    let arrival = |sums: &OrderSums| {
        let day = sums.arrives_on.map(|day| shell.day(day));
        Some(day.unwrap_or_else(|| shell.t("change-no-day")))
    };
    let called_off = |sums: &OrderSums| match &sums.cancelled_total {
        None if difference.is.cancelled_total.is_none() => None,
        None => Some(shell.t("change-nothing")),
        amount => money(amount.as_ref()),
    };
    let sums = [
        row("word-net", &|sums| money(Some(&sums.net_total))),
        row("preview-tax", &|sums| money(sums.tax_total.as_ref())),
        row("word-total", &|sums| money(sums.gross_total.as_ref())),
        row("order-cancelled-part", &called_off),
        row("change-arrives", &arrival),
        row("word-state", &|sums| Some(state_name(shell, sums.state))),
    ];
    let fields = difference.fields.iter().map(|one| field(shell, one));
    Told {
        lines: difference.lines.iter().map(|one| line(shell, one, currency)).collect(),
        rows: fields.chain(sums.into_iter().flatten()).collect(),
    }
}
