//! How orders and their lines are told on pages: every number written out in the reader's language. Other pages print
//! orders by it too.

use crate::languages::Language;
use crate::money::{Currency, UnitPrice};
use crate::orders::rules::{Order, OrderClass, OrderLine, State};
use crate::quantity::Quantity;
use crate::web::{Chip, Shape, Shell, Tone};

/// `16 cartons`: a quantity with the word for its unit.
pub fn amount(language: Language, quantity: Quantity, unit_code: &str) -> String {
    format!(
        "{}\u{a0}{}",
        language.quantity(quantity),
        language.unit(unit_code, quantity)
    )
}

/// `2.61 / 100 pieces`
pub fn price_text(language: Language, line: &OrderLine, currency: Currency) -> String {
    let base = Quantity::new(line.price_base.into(), 0);
    let code = if line.price_unit == line.unit {
        &line.unit_code
    } else {
        &line.base_unit
    };
    let unit = language.unit(code, base);
    let price = language.price(line.unit_price, currency.exponent());
    match line.price_base {
        1 => format!("{price} / {unit}"),
        _ => format!("{price} / {} {unit}", language.quantity(base)),
    }
}

/// Why a line costs what it costs, a sentence each.
pub fn why(shell: &Shell, line: &OrderLine, currency: Currency) -> Vec<String> {
    let (language, explanation) = (shell.language, &line.explanation);
    let level = shell.name("why-level", explanation.level.name());
    let mut sentences = vec![shell.t2("why-list", "level", level, "list", explanation.price_list.as_str())];
    if !matches!(explanation.min_quantity.as_str(), "0" | "1") {
        let from = language.decimal(&explanation.min_quantity);
        let unit = language.unit(&line.base_unit, Quantity::new(2, 0));
        sentences.push(shell.t2("why-from", "quantity", from, "unit", unit));
    }
    if let Some(list) = explanation
        .list_price
        .as_deref()
        .and_then(|price| UnitPrice::parse(price).ok())
        && list != line.unit_price
    {
        sentences.push(shell.t1("why-list-price", "price", language.price(list, currency.exponent())));
    }
    match (explanation.valid_from, explanation.valid_to) {
        (_, Some(to)) => sentences.push(shell.t1("why-until", "day", language.date(to))),
        (Some(from), None) => sentences.push(shell.t1("why-since", "day", language.date(from))),
        (None, None) => {}
    }
    sentences
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
