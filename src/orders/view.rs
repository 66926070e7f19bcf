//! Orders in words and signs, for pages.

use super::board::rules::Cover;
use super::rules::{HoldReason, Order, OrderClass, OrderLine, State};
use crate::accounts::rules::Tier;
use crate::languages::Language;
use crate::money::Currency;
use crate::pricing::view::price_text;
use crate::web::{Chip, Shape, Shell, Tone};

/// Label and text of each text that a buyer wrote on the order.
pub fn order_texts(shell: &Shell, order: &Order) -> Vec<(String, String)> {
    let shown = |(name, text): (&str, &str)| (shell.name("order-text", name), text.to_owned());
    order.texts.written().map(shown).collect()
}

/// Where an order stands, for staff.
pub fn state_chip(shell: &Shell, state: State) -> Chip {
    let (tone, shape) = match state {
        State::PendingApproval => (Tone::Neutral, Shape::Ring),
        State::Placed => (Tone::Info, Shape::Ring),
        State::OnHold => (Tone::Bad, Shape::Diamond),
        State::Accepted => (Tone::Info, Shape::Dot),
        State::PartlyShipped => (Tone::Info, Shape::Half),
        State::Shipped | State::Delivered => (Tone::Ok, Shape::Dot),
        State::Closed | State::Cancelled | State::Rejected => (Tone::Neutral, Shape::Dot),
    };
    Chip::new(tone, shape, state_name(shell, state))
}

/// What the state is called.
pub fn state_name(shell: &Shell, state: State) -> String {
    match state {
        State::Placed => shell.t("desk-order-state-placed"),
        _ => shell.name("order-state", state.name()),
    }
}

/// How urgent an order is, where it is not the usual.
pub fn class_chip(shell: &Shell, class: OrderClass) -> Option<Chip> {
    let tone = match class {
        OrderClass::Critical => Tone::Bad,
        OrderClass::Priority => Tone::Priority,
        OrderClass::Standard => return None,
    };
    Some(Chip::new(tone, Shape::Square, shell.name("desk-class", class.name())))
}

/// How much an account matters.
pub fn tier_chip(shell: &Shell, tier: Tier) -> Chip {
    Chip::new(Tone::Priority, Shape::Square, shell.name("tier", tier.name()))
}

/// How far stock covers an order that is in the queue.
pub fn cover_chip(shell: &Shell, cover: &Cover, state: State) -> Chip {
    if !state.is_served() {
        return Chip::new(Tone::Neutral, Shape::Ring, shell.t("desk-cover-nothing-reserved"));
    }
    let covered = cover.lines - cover.outstanding.waiting;
    if cover.outstanding.waiting == 0 {
        return Chip::new(Tone::Ok, Shape::Dot, shell.t("desk-cover-all"));
    }
    let text = shell.t2("desk-cover-part", "covered", covered, "lines", cover.lines);
    match covered == 0 && cover.ready == 0 {
        true => Chip::new(Tone::Bad, Shape::Diamond, text),
        false => Chip::new(Tone::Warn, Shape::Half, text),
    }
}

/// How far a line has come.
pub fn line_chip(shell: &Shell, order: &Order, line: &OrderLine) -> Chip {
    let base = line.quantity.base_steps;
    let (tone, shape, key) = if line.cancelled == base {
        (Tone::Neutral, Shape::Dot, "cancelled")
    } else if line.invoiced == base {
        (Tone::Ok, Shape::Dot, "invoiced")
    } else if line.shipped + line.cancelled == base {
        (Tone::Ok, Shape::Dot, "shipped")
    } else if !order.state.is_served() && order.state != State::Shipped {
        (Tone::Neutral, Shape::Ring, "held")
    } else if line.backordered > 0 && line.reserved + line.shipped > 0 {
        (Tone::Warn, Shape::Half, "part-backordered")
    } else if line.backordered > 0 {
        (Tone::Bad, Shape::Diamond, "backordered")
    } else if line.shipped > 0 {
        (Tone::Info, Shape::Half, "part-shipped")
    } else {
        (Tone::Info, Shape::Dot, "reserved")
    };
    Chip::new(tone, shape, shell.t(&format!("desk-line-{key}")))
}

/// Why an order is on hold.
pub fn hold_reason(shell: &Shell, reason: HoldReason) -> String {
    shell.name("desk-hold", reason.name())
}

/// `2.61 / 100 pieces`
pub fn price(language: Language, line: &OrderLine, currency: Currency) -> String {
    let code = match line.price_unit == line.unit {
        true => &line.unit_code,
        false => &line.base_unit,
    };
    price_text(language, line.unit_price, line.price_base, code, currency)
}
