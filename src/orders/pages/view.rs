//! How orders and their lines are told on pages: every number written out in the reader's language. Other pages print
//! orders by it too.

pub use crate::catalogue::view::amount;
use crate::languages::Language;
use crate::money::Currency;
use crate::orders::rules::{Order, OrderClass, OrderLine, State};
use crate::pricing;
use crate::web::{Chip, Shape, Shell, Tone};

/// `2.61 / 100 pieces`
pub fn price_text(language: Language, line: &OrderLine, currency: Currency) -> String {
    let code = if line.price_unit == line.unit {
        &line.unit_code
    } else {
        &line.base_unit
    };
    pricing::view::price_text(language, line.unit_price, line.price_base, code, currency)
}

/// Why a line costs what it costs, a sentence each.
pub fn why(shell: &Shell, line: &OrderLine, currency: Currency) -> Vec<String> {
    pricing::view::why(shell, &line.explanation, line.unit_price, &line.base_unit, currency)
}

/// The word for where an order stands.
pub fn state_chip(shell: &Shell, state: State) -> Chip {
    let (tone, shape) = match state {
        State::PendingApproval | State::Placed => (Tone::Info, Shape::Ring),
        State::OnHold => (Tone::Warn, Shape::Diamond),
        State::Accepted | State::Shipped => (Tone::Info, Shape::Dot),
        State::PartlyShipped => (Tone::Info, Shape::Half),
        State::Delivered => (Tone::Ok, Shape::Dot),
        State::Closed => (Tone::Neutral, Shape::Dot),
        State::Rejected => (Tone::Bad, Shape::Diamond),
        State::Cancelled => (Tone::Neutral, Shape::Diamond),
    };
    Chip::new(tone, shape, shell.name("order-state", state.name()))
}

/// The word for how urgent an order is; nothing for the usual.
pub fn class_chip(shell: &Shell, class: OrderClass) -> Option<Chip> {
    let tone = match class {
        OrderClass::Standard => return None,
        OrderClass::Priority => Tone::Priority,
        OrderClass::Critical => Tone::Bad,
    };
    Some(Chip::new(
        tone,
        Shape::Square,
        shell.name("preview-class", class.name()),
    ))
}

/// The word for how far a line is.
pub fn line_chip(shell: &Shell, order: &Order, line: &OrderLine) -> Chip {
    let whole = line.quantity.base_steps;
    let (tone, shape, key) = if line.cancelled == whole {
        (Tone::Neutral, Shape::Diamond, "order-line-cancelled")
    } else if line.shipped + line.cancelled == whole {
        (Tone::Ok, Shape::Dot, "order-line-shipped")
    } else if !order.state.is_served() {
        (Tone::Neutral, Shape::Ring, "order-line-held")
    } else if line.backordered == 0 && line.shipped > 0 {
        (Tone::Info, Shape::Half, "order-line-part-shipped")
    } else if line.backordered == 0 {
        (Tone::Ok, Shape::Ring, "order-line-reserved")
    } else if line.reserved + line.shipped > 0 {
        (Tone::Warn, Shape::Half, "order-line-part")
    } else {
        (Tone::Warn, Shape::Ring, "order-line-backordered")
    };
    Chip::new(tone, shape, shell.t(key))
}

/// How much of a line is where, a phrase each: `8 shipped`, `4 wait for stock`.
pub fn progress(shell: &Shell, line: &OrderLine) -> Vec<String> {
    let parts = [
        ("order-part-shipped", line.shipped),
        ("order-part-reserved", line.reserved),
        ("order-part-backordered", line.backordered),
        ("order-part-cancelled", line.cancelled),
        ("order-part-invoiced", line.invoiced),
    ];
    let there = parts.into_iter().filter(|(_, steps)| *steps > 0);
    there
        .map(|(key, steps)| {
            let quantity = shell.language.quantity(line.part(steps).ordered);
            shell.t1(key, "quantity", quantity)
        })
        .collect()
}

/// What the account gets of a line that waits for stock, and when.
pub fn shortage(shell: &Shell, line: &OrderLine) -> String {
    let got = line.part(line.reserved + line.shipped).ordered;
    let all = amount(shell.language, line.quantity.ordered, &line.unit_code);
    let places = [
        ("number", line.position.into()),
        ("got", shell.language.quantity(got).into()),
        ("all", all.into()),
        (
            "rest",
            shell.language.quantity(line.part(line.backordered).ordered).into(),
        ),
    ];
    let key = if got.steps == 0 {
        "order-short-none"
    } else {
        "order-short-part"
    };
    shell.language.text_with(key, &places)
}
