//! Orders in words and signs, for pages: the same for buyer and desk, but where something waits for the supplier.

use super::board::rules::Cover;
use super::rules::order::{LinePromise, PromiseKind};
use super::rules::{
    BackorderChoice, Choices, DeliveryChoice, HoldReason, Order, OrderClass, OrderLine, Source, State, Wishes,
};
use crate::catalogue::words::amount;
use crate::languages::Language;
use crate::money::Currency;
use crate::pricing::view::{self as prices, price_text};
use crate::web::{Area, Chip, Shape, Shell, Tone};

/// Label and text of each text that a buyer wrote on the order.
pub fn order_texts(shell: &Shell, order: &Order) -> Vec<(String, String)> {
    let shown = |(name, text): (&str, &str)| (shell.name("order-text", name), text.to_owned());
    order.texts.written().map(shown).chain(choices(shell, order)).collect()
}

/// What is decided of a line other than of its order, in phrases.
pub fn wishes(shell: &Shell, own: Wishes) -> Vec<String> {
    let delivery = own
        .delivery
        .map(|delivery| shell.name("line-delivery", delivery.name()));
    let waits = match (own.backorder, own.cancel_after) {
        (_, Some(day)) => Some(shell.t1("line-backorder-until-day", "day", shell.day(day))),
        (Some(backorder), None) => Some(shell.name("line-backorder", backorder.name())),
        (None, None) => None,
    };
    delivery.into_iter().chain(waits).collect()
}

/// What is sent instead of a line, and what a line is sent instead of, in sentences.
pub fn instead(shell: &Shell, order: &Order, line: &OrderLine) -> Vec<String> {
    let base = |of: &OrderLine, steps| amount(shell.language, of.base_quantity(steps), &of.base_unit);
    let number = |of: &OrderLine| match (&of.customer_part_number, shell.area == Area::Desk) {
        (Some(own), false) => own.clone(),
        _ => of.sku.clone(),
    };
    let other = line.instead.and_then(|instead| {
        let other = order.lines.iter().find(|other| other.id == instead.line_id)?;
        let words = [
            ("quantity", base(other, instead.quantity).into()),
            ("article", number(other).into()),
            ("number", other.position.into()),
        ];
        Some(shell.language.text_with("line-sent-instead-of", &words))
    });
    let sent = order.sent_instead_of(line.id).map(|(sent, instead)| {
        let words = [
            ("quantity", base(line, instead.quantity).into()),
            (
                "amount",
                amount(shell.language, sent.quantity.ordered, &sent.unit_code).into(),
            ),
            ("article", number(sent).into()),
            ("number", sent.position.into()),
        ];
        shell.language.text_with("line-sent-as", &words)
    });
    other.into_iter().chain(sent).collect()
}

/// What the buyer decided about what is not there, as far as it is not what everybody gets: label and text.
fn choices(shell: &Shell, order: &Order) -> Vec<(String, String)> {
    let Choices {
        delivery,
        backorder,
        cancel_after,
    } = order.choices;
    let own = [
        (delivery != DeliveryChoice::default())
            .then(|| (shell.t("order-delivery"), shell.name("order-delivery", delivery.name()))),
        // What waits until a day is told with its day.
        (backorder == BackorderChoice::CancelRest).then(|| {
            (
                shell.t("order-backorder"),
                shell.name("order-backorder", backorder.name()),
            )
        }),
        cancel_after.map(|day| (shell.t("order-cancel-after"), shell.day(day))),
    ];
    own.into_iter().flatten().collect()
}

/// `60 on 3 Dec, 40 on 12 Dec (expected goods)`: what of a line is promised for when, where some of it is of what is expected.
pub fn expected(shell: &Shell, line: &OrderLine) -> Option<String> {
    let promises = line.promises();
    if !promises.iter().any(|promise| promise.kind == PromiseKind::Expected) {
        return None;
    }
    let part = |promise: &LinePromise| {
        let key = match promise.kind {
            PromiseKind::Stock => "line-supply-part-now",
            PromiseKind::Expected => "line-supply-part-expected",
        };
        let quantity = shell.language.quantity(line.part(promise.quantity).ordered);
        shell.t2(key, "quantity", quantity, "day", shell.day(promise.on))
    };
    let mut parts: Vec<_> = promises.iter().map(part).collect();
    let covered: i64 = line.expected.iter().map(|part| part.quantity).sum();
    if covered < line.backordered {
        let later = line.part(line.backordered - covered).ordered;
        let later = amount(shell.language, later, &line.unit_code);
        parts.push(shell.t1("line-supply-part-later", "quantity", later));
    }
    Some(parts.join(", "))
}

/// Where an order stands; what is held or to be accepted is the desk's to mend.
pub fn state_chip(shell: &Shell, state: State) -> Chip {
    let (tone, shape) = match state {
        State::PendingApproval | State::Placed => (Tone::Info, Shape::Ring),
        State::OnHold if shell.area == Area::Desk => (Tone::Bad, Shape::Diamond),
        State::OnHold => (Tone::Warn, Shape::Diamond),
        State::Accepted | State::Shipped => (Tone::Info, Shape::Dot),
        State::PartlyShipped => (Tone::Info, Shape::Half),
        State::Delivered => (Tone::Ok, Shape::Dot),
        State::Closed => (Tone::Neutral, Shape::Dot),
        State::Rejected => (Tone::Bad, Shape::Diamond),
        State::Cancelled => (Tone::Neutral, Shape::Diamond),
    };
    Chip::new(tone, shape, state_name(shell, state))
}

/// What the state is called.
pub fn state_name(shell: &Shell, state: State) -> String {
    match (state, shell.area) {
        (State::Placed, Area::Desk) => shell.t("order-state-to-accept"),
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
    Some(Chip::new(tone, Shape::Square, shell.name("order-class", class.name())))
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

/// How far a line has come; what is short is the desk's to mend.
pub fn line_chip(shell: &Shell, order: &Order, line: &OrderLine) -> Chip {
    let base = line.quantity.base_steps;
    let (tone, shape, key) = if line.cancelled == base {
        (Tone::Neutral, Shape::Diamond, "cancelled")
    } else if line.invoiced == base && shell.area == Area::Desk {
        (Tone::Ok, Shape::Dot, "invoiced")
    } else if line.shipped + line.cancelled == base {
        (Tone::Ok, Shape::Dot, "shipped")
    } else if !order.state.is_served() {
        (Tone::Neutral, Shape::Ring, "held")
    } else if line.backordered > 0 && line.reserved + line.shipped > 0 {
        (Tone::Warn, Shape::Half, "part-backordered")
    } else if line.backordered > 0 && shell.area == Area::Desk {
        (Tone::Bad, Shape::Diamond, "backordered")
    } else if line.backordered > 0 {
        (Tone::Warn, Shape::Ring, "backordered")
    } else if line.shipped > 0 {
        (Tone::Info, Shape::Half, "part-shipped")
    } else {
        (Tone::Ok, Shape::Ring, "reserved")
    };
    Chip::new(tone, shape, shell.name("order-line", key))
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

/// By whom an order was placed that names nobody.
pub fn unnamed(shell: &Shell, source: Option<Source>, otherwise: &str) -> String {
    shell.t(match source {
        Some(Source::Punchout) => "order-by-punchout",
        Some(Source::Claim) => "order-by-claim",
        None => otherwise,
    })
}

/// Why a line of a placed order costs what it costs, a sentence each: what comes once more has no price.
pub fn why_of_order(shell: &Shell, order: &Order, line: &OrderLine) -> Vec<String> {
    match &order.claim {
        Some((_, number)) if line.unit_price.micros == 0 => vec![shell.t1("why-claim", "number", number.as_str())],
        _ => why(shell, line, order.currency),
    }
}

/// Why a line costs what it costs, a sentence each.
pub fn why(shell: &Shell, line: &OrderLine, currency: Currency) -> Vec<String> {
    prices::why(shell, &line.explanation, line.unit_price, &line.base_unit, currency)
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

/// What the account gets of a line that waits for stock, and when. What is called off of it is none of it.
pub fn shortage(shell: &Shell, line: &OrderLine) -> String {
    let got = line.part(line.reserved + line.shipped).ordered;
    let all = line.part(line.quantity.base_steps - line.cancelled).ordered;
    let all = amount(shell.language, all, &line.unit_code);
    let day = line.promised_on.map(|day| shell.day(day));
    let key = match (got.steps, line.leaves_whole(), day.is_some()) {
        (0, _, false) => "order-short-none",
        (0, _, true) => "order-short-none-by",
        (_, true, false) => "order-short-whole",
        (_, true, true) => "order-short-whole-by",
        (_, false, false) => "order-short-part",
        (_, false, true) => "order-short-part-by",
    };
    let places = [
        ("number", line.position.into()),
        ("got", shell.language.quantity(got).into()),
        ("all", all.into()),
        (
            "rest",
            shell.language.quantity(line.part(line.backordered).ordered).into(),
        ),
        ("day", day.unwrap_or_default().into()),
    ];
    shell.language.text_with(key, &places)
}
