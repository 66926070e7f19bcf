//! Returns in words and signs, for pages.

use super::rules::{Return, State};
use crate::names::sets::Side;
use crate::quantity::Quantity;
use crate::web::{Chip, Shape, Shell, Tone};

/// Where a return stands.
pub fn state_chip(shell: &Shell, state: State) -> Chip {
    let (tone, shape) = match state {
        State::Announced => (Tone::Info, Shape::Ring),
        State::Received => (Tone::Warn, Shape::Half),
        State::Inspected => (Tone::Ok, Shape::Half),
        State::Closed => (Tone::Ok, Shape::Dot),
    };
    Chip::new(tone, shape, shell.name("return-state", state.name()))
}

/// A line as a page shows it.
#[derive(Debug)]
pub struct Row {
    pub number: i32,
    pub article: String,
    pub name: String,
    pub quantity: String,
    /// The base unit.
    pub unit: String,
    /// To stock, kept apart, thrown away; empty until it is inspected.
    pub found: [String; 3],
}

/// The lines as that side sees them: the account by its own numbers.
pub fn rows(shell: &Shell, returned: &Return, to: Side) -> Vec<Row> {
    let row = |line: &super::rules::ReturnLine| {
        let base = |steps: i64| Quantity::new(steps, line.base_decimals);
        let found = |steps: Option<i64>| {
            let text = steps.map(|steps| shell.quantity(base(steps), &line.base_unit));
            text.unwrap_or_default()
        };
        let own = line.customer_part_number.clone().filter(|_| to == Side::Account);
        let all = base(line.quantity.base_steps);
        Row {
            number: line.position,
            article: own.unwrap_or_else(|| line.sku.clone()),
            name: line.name.clone(),
            quantity: shell.quantity(line.quantity.ordered, &line.unit_code),
            unit: shell.language.unit(&line.base_unit, all),
            found: [
                found(line.found.map(|one| one.to_stock)),
                found(line.found.map(|one| one.quarantine)),
                found(line.found.map(|one| one.scrap)),
            ],
        }
    };
    returned.lines.iter().map(row).collect()
}
