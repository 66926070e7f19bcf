//! What an account's people read about an order.

use super::words::{
    ARRIVAL, about, by_arrival, day_or_open, days_of, event_line, facts, lines, of_order, of_order_with, order_lines,
};
use crate::events::payloads::{
    CancelledLine, OrderCancelled, OrderOnHold, OrderPlaced, OrderPromiseChanged, OrderReleased, OrderRestCancelled,
    OrderShort, PromisedLine, ShortLine,
};
use crate::mail::letter::{Fact, Letter};
use crate::mail::writing::Writing;
use crate::names::sets::{EndedBy, Side};
use crate::orders::rules::{HoldReason, Order, OrderLine, State};

/// It was stored, in whatever state.
pub fn placed(writing: &Writing, order: &Order, placed: &OrderPlaced) -> Letter {
    let (subject, headline, paragraphs) = match placed.state {
        State::OnHold => (
            of_order(writing, "mail-placed-held-subject", order),
            of_order(writing, "mail-placed-held-headline", order),
            vec![writing.text("mail-hold-means")],
        ),
        State::PendingApproval => (
            of_order(writing, "mail-placed-approval-subject", order),
            of_order(writing, "mail-placed-approval-headline", order),
            vec![writing.text("mail-placed-approval-means")],
        ),
        _ => (
            by_arrival(writing, "mail-placed-subject", order),
            of_order(writing, "mail-placed-headline", order),
            vec![
                by_arrival(writing, "mail-arrival", order),
                writing.text("mail-placed-next"),
            ],
        ),
    };
    Letter {
        subject,
        headline,
        paragraphs,
        facts: facts(writing, order),
        table: Some(order_lines(writing, order)),
        ..about(writing, order)
    }
}

/// It waits for somebody of the supplier.
pub fn on_hold(writing: &Writing, order: &Order, held: &OrderOnHold) -> Letter {
    let key = if held.hold_reasons.contains(&HoldReason::Overdue) {
        "mail-hold-overdue"
    } else if held.hold_reasons.contains(&HoldReason::CreditLimit) {
        "mail-hold-credit"
    } else {
        "mail-hold-manual"
    };
    Letter {
        subject: of_order(writing, &format!("{key}-subject"), order),
        headline: of_order(writing, "mail-hold-headline", order),
        paragraphs: vec![writing.text(&format!("{key}-why")), writing.text("mail-hold-means")],
        facts: reason_and_head(writing, order, held.reason.as_deref()),
        ..about(writing, order)
    }
}

fn reason_and_head(writing: &Writing, order: &Order, reason: Option<&str>) -> Vec<Fact> {
    let reason = writing.fact("word-reason", reason.unwrap_or_default());
    reason.into_iter().chain(facts(writing, order)).collect()
}

/// It goes on.
pub fn released(writing: &Writing, order: &Order, released: &OrderReleased) -> Letter {
    Letter {
        subject: by_arrival(writing, "mail-released-subject", order),
        headline: of_order(writing, "mail-released-headline", order),
        paragraphs: vec![by_arrival(writing, "mail-arrival", order)],
        facts: reason_and_head(writing, order, Some(&released.reason)),
        table: Some(order_lines(writing, order)),
        ..about(writing, order)
    }
}

/// The supplier took it on.
pub fn accepted(writing: &Writing, order: &Order) -> Letter {
    Letter {
        subject: by_arrival(writing, "mail-accepted-subject", order),
        headline: of_order(writing, "mail-accepted-headline", order),
        paragraphs: vec![
            by_arrival(writing, "mail-arrival", order),
            writing.text("mail-accepted-next"),
        ],
        facts: facts(writing, order),
        table: Some(order_lines(writing, order)),
        ..about(writing, order)
    }
}

/// It was called off, by either side.
pub fn cancelled(writing: &Writing, order: &Order, cancelled: &OrderCancelled) -> Letter {
    let headline = match (cancelled.by, cancelled.ended_by) {
        (_, Some(EndedBy::CancelAfter)) => "mail-cancelled-cancel-after",
        (_, Some(EndedBy::CancelRest)) => "mail-cancelled-cancel-rest",
        (Side::Supplier, None) => "mail-cancelled-by-supplier",
        (Side::Account, None) => "mail-cancelled-by-account",
    };
    Letter {
        subject: of_order(writing, "mail-cancelled-subject", order),
        headline: of_order(writing, headline, order),
        paragraphs: vec![of_order(writing, "mail-cancelled-means", order)],
        facts: reason_and_head(writing, order, cancelled.reason.as_deref()),
        ..about(writing, order)
    }
}

/// What of lines was still to leave was called off, by either side.
pub fn rest_cancelled(writing: &Writing, order: &Order, cancelled: &OrderRestCancelled) -> Letter {
    let count = [("lines", cancelled.lines.len().into())];
    let headline = match (cancelled.by, cancelled.ended_by) {
        (_, Some(EndedBy::CancelAfter)) => "mail-rest-cancelled-cancel-after",
        (_, Some(EndedBy::CancelRest)) => "mail-rest-cancelled-cancel-rest",
        (Side::Supplier, None) => "mail-rest-cancelled-by-supplier",
        (Side::Account, None) => "mail-rest-cancelled-by-account",
    };
    // Which form of the order its paper says.
    let revision = Some(order.revision).filter(|revision| *revision > 1);
    let revision = revision.and_then(|revision| writing.fact("order-revision", revision.to_string()));
    let row = |line: &CancelledLine| {
        let cells = vec![writing.quantity_of(&line.quantity, &line.base_unit)];
        event_line(&line.name, &line.sku, line.customer_part_number.as_deref(), cells)
    };
    Letter {
        subject: of_order_with(writing, "mail-rest-cancelled-subject", order, &count),
        headline: of_order_with(writing, headline, order, &count),
        paragraphs: match order.lines.iter().any(|line| line.to_leave() > 0) {
            true if order.state.is_served() => vec![
                writing.text("mail-rest-cancelled-means"),
                by_arrival(writing, ARRIVAL, order),
            ],
            true => vec![writing.text("mail-rest-cancelled-means")],
            false => vec![writing.text("mail-rest-cancelled-all")],
        },
        facts: revision
            .into_iter()
            .chain(reason_and_head(writing, order, cancelled.reason.as_deref()))
            .collect(),
        table: Some(lines(
            writing,
            &["mail-column-cancelled"],
            cancelled.lines.iter().map(row),
        )),
        ..about(writing, order)
    }
}

/// Lines that waited were served, or are promised for another day.
pub fn promise_changed(writing: &Writing, order: &Order, change: &OrderPromiseChanged) -> Letter {
    let row = |line: &PromisedLine| {
        let words = [
            ("part", writing.language.decimal(&line.reserved).into()),
            ("whole", writing.quantity_of(&line.quantity, &line.base_unit).into()),
        ];
        // Of a line that comes in parts another part may come on another day though the last stays.
        let own = order.lines.iter().find(|own| own.id == line.order_line_id);
        let is_told = |own: &&OrderLine| own.promised_on == line.promised_date;
        let own = own.filter(is_told);
        let now = own.map_or_else(|| day_or_open(writing, line.promised_date), |own| days_of(writing, own));
        let cells = vec![
            writing.text_with("mail-part-of-whole", &words),
            day_or_open(writing, line.was),
            now,
        ];
        event_line(&line.name, &line.sku, line.customer_part_number.as_deref(), cells)
    };
    // Others only come on another day, such as what leaves with them.
    let got = |line: &&PromisedLine| line.served.as_deref() != Some("0");
    let (headline, count) = match change.lines.iter().filter(got).count() {
        0 => ("mail-promise-moved-headline", change.lines.len()),
        served => ("mail-promise-headline", served),
    };
    Letter {
        subject: by_arrival(writing, "mail-promise-subject", order),
        headline: of_order_with(writing, headline, order, &[("lines", count.into())]),
        paragraphs: vec![by_arrival(writing, ARRIVAL, order)],
        table: Some(lines(
            writing,
            &["word-reserved", "mail-column-was", "mail-column-now"],
            change.lines.iter().map(row),
        )),
        ..about(writing, order)
    }
}

/// Something had to wait for stock.
pub fn short(writing: &Writing, order: &Order, short: &OrderShort) -> Letter {
    let count = [("lines", short.lines.len().into())];
    let is_expected = order.lines.iter().any(|line| !line.expected.is_empty());
    let row = |line: &ShortLine| {
        let quantities = [&line.quantity, &line.reserved, &line.backordered];
        let mut cells = quantities
            .map(|quantity| writing.quantity_of(quantity, &line.base_unit))
            .to_vec();
        if is_expected {
            let now = order.lines.iter().find(|own| own.id == line.order_line_id);
            cells.push(day_or_open(writing, now.and_then(|own| own.promised_on)));
        }
        event_line(&line.name, &line.sku, line.customer_part_number.as_deref(), cells)
    };
    let mut columns = vec!["word-ordered", "word-reserved", "mail-column-waits"];
    columns.extend(is_expected.then_some("mail-column-arrives"));
    Letter {
        subject: of_order_with(writing, "mail-short-subject", order, &count),
        headline: of_order_with(writing, "mail-short-headline", order, &count),
        paragraphs: vec![match is_expected {
            true => by_arrival(writing, ARRIVAL, order),
            false => writing.text("mail-short-next"),
        }],
        table: Some(lines(writing, &columns, short.lines.iter().map(row))),
        ..about(writing, order)
    }
}
