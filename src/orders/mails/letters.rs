//! What an account's people read about an order.

use serde_json::Value;

use super::words::{
    about, by_arrival, event_lines, facts, line_count, of_order, of_order_with, order_lines, text, told_day_or_open,
};
use crate::events::Happened;
use crate::mail::letter::Letter;
use crate::mail::writing::Writing;
use crate::orders::rules::Order;

/// It was stored, in whatever state.
pub fn placed(writing: &Writing, order: &Order, event: &Happened) -> Letter {
    let (subject, headline, paragraphs) = match event.text("state") {
        "on_hold" => (
            of_order(writing, "mail-placed-held-subject", order),
            of_order(writing, "mail-placed-held-headline", order),
            vec![writing.text("mail-hold-means")],
        ),
        "pending_approval" => (
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
pub fn on_hold(writing: &Writing, order: &Order, event: &Happened) -> Letter {
    let reasons = hold_reasons(event);
    let for_credit = reasons.contains(&"credit_limit");
    let key = if for_credit {
        "mail-hold-credit"
    } else {
        "mail-hold-manual"
    };
    Letter {
        subject: of_order(writing, &format!("{key}-subject"), order),
        headline: of_order(writing, "mail-hold-headline", order),
        paragraphs: vec![writing.text(&format!("{key}-why")), writing.text("mail-hold-means")],
        facts: reason_and_head(writing, order, event),
        ..about(writing, order)
    }
}

/// Why an order is on hold, by name.
pub fn hold_reasons(event: &Happened) -> Vec<&str> {
    let reasons = event.data.get("hold_reasons").and_then(Value::as_array);
    reasons.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn reason_and_head(writing: &Writing, order: &Order, event: &Happened) -> Vec<crate::mail::letter::Fact> {
    let reason = writing.fact("mail-fact-reason", event.text("reason"));
    reason.into_iter().chain(facts(writing, order)).collect()
}

/// It goes on.
pub fn released(writing: &Writing, order: &Order, event: &Happened) -> Letter {
    Letter {
        subject: by_arrival(writing, "mail-released-subject", order),
        headline: of_order(writing, "mail-released-headline", order),
        paragraphs: vec![by_arrival(writing, "mail-arrival", order)],
        facts: reason_and_head(writing, order, event),
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
pub fn cancelled(writing: &Writing, order: &Order, event: &Happened) -> Letter {
    let headline = match event.text("by") {
        "supplier" => "mail-cancelled-by-supplier",
        _ => "mail-cancelled-by-account",
    };
    Letter {
        subject: of_order(writing, "mail-cancelled-subject", order),
        headline: of_order(writing, headline, order),
        paragraphs: vec![of_order(writing, "mail-cancelled-means", order)],
        facts: reason_and_head(writing, order, event),
        ..about(writing, order)
    }
}

/// Lines that waited were served.
pub fn promise_changed(writing: &Writing, order: &Order, event: &Happened) -> Letter {
    let reserved = |line: &Value| {
        let unit = text(line, "base_unit");
        let words = [
            ("part", writing.language.decimal(text(line, "reserved")).into()),
            ("whole", writing.quantity_of(text(line, "quantity"), unit).into()),
        ];
        writing.text_with("mail-part-of-whole", &words)
    };
    let cells = |line: &Value| {
        vec![
            reserved(line),
            told_day_or_open(writing, line, "was"),
            told_day_or_open(writing, line, "promised_date"),
        ]
    };
    Letter {
        subject: by_arrival(writing, "mail-promise-subject", order),
        headline: of_order_with(
            writing,
            "mail-promise-headline",
            order,
            &[("lines", line_count(event).into())],
        ),
        paragraphs: vec![by_arrival(writing, "mail-arrival", order)],
        table: Some(event_lines(
            writing,
            event,
            &["mail-column-reserved", "mail-column-was", "mail-column-now"],
            cells,
        )),
        ..about(writing, order)
    }
}

/// Something had to wait for stock.
pub fn short(writing: &Writing, order: &Order, event: &Happened) -> Letter {
    let lines = [("lines", line_count(event).into())];
    let cells = |line: &Value| {
        let unit = text(line, "base_unit");
        ["quantity", "reserved", "backordered"]
            .map(|name| writing.quantity_of(text(line, name), unit))
            .to_vec()
    };
    Letter {
        subject: of_order_with(writing, "mail-short-subject", order, &lines),
        headline: of_order_with(writing, "mail-short-headline", order, &lines),
        paragraphs: vec![writing.text("mail-short-next")],
        table: Some(event_lines(
            writing,
            event,
            &["mail-column-ordered", "mail-column-reserved", "mail-column-waits"],
            cells,
        )),
        ..about(writing, order)
    }
}
