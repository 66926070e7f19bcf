//! What the team behind an account reads about an order.

use super::words::{about, facts, of_order_with, order_lines};
use crate::accounts::correspondence::Correspondence;
use crate::events::payloads::OrderOnHold;
use crate::languages::Argument;
use crate::mail::letter::{Fact, Letter, Link};
use crate::mail::writing::Writing;
use crate::orders::rules::promise::{Arrival, Outstanding};
use crate::orders::rules::{HoldReason, Order};

/// A critical order came in.
pub fn critical(writing: &Writing, sides: &Correspondence, order: &Order) -> Letter {
    let (code, name) = account(sides);
    let waiting = match Outstanding::of(order).arrival() {
        Arrival::Waiting(lines) => lines,
        Arrival::By(_) | Arrival::Gone => 0,
    };
    let words: &[(&'static str, Argument<'_>)] = &[
        ("code", code.into()),
        ("account", name.into()),
        ("waiting", waiting.into()),
    ];
    let next = if waiting == 0 {
        "mail-critical-covered"
    } else {
        "mail-critical-waiting"
    };
    Letter {
        subject: of_order_with(writing, "mail-critical-subject", order, words),
        headline: of_order_with(writing, "mail-critical-headline", order, words),
        paragraphs: vec![of_order_with(writing, next, order, words)],
        table: Some(order_lines(writing, order)),
        ..at_the_desk(writing, sides, order, None)
    }
}

/// An order waits for somebody of the supplier.
pub fn on_hold(writing: &Writing, sides: &Correspondence, order: &Order, held: &OrderOnHold) -> Letter {
    let (code, name) = account(sides);
    let words: &[(&'static str, Argument<'_>)] = &[("code", code.into()), ("account", name.into())];
    let key = if held.hold_reasons.contains(&HoldReason::Overdue) {
        "mail-team-hold-overdue"
    } else if held.hold_reasons.contains(&HoldReason::CreditLimit) {
        "mail-team-hold-credit"
    } else {
        "mail-team-hold-manual"
    };
    Letter {
        subject: of_order_with(writing, &format!("{key}-subject"), order, words),
        headline: of_order_with(writing, "mail-team-hold-headline", order, words),
        paragraphs: vec![of_order_with(writing, &format!("{key}-next"), order, words)],
        ..at_the_desk(
            writing,
            sides,
            order,
            writing.fact("word-reason", held.reason.as_deref().unwrap_or_default()),
        )
    }
}

pub(in crate::orders) fn account(sides: &Correspondence) -> (&str, &str) {
    sides.account.as_ref().map_or(("", ""), |(code, name)| (code, name))
}

pub(in crate::orders) fn at_the_desk(
    writing: &Writing,
    sides: &Correspondence,
    order: &Order,
    first: Option<Fact>,
) -> Letter {
    let letter = about(writing, order);
    let account = writing.fact("word-account", sides.account_name());
    Letter {
        facts: account.into_iter().chain(first).chain(facts(writing, order)).collect(),
        link: letter.link.map(|link| Link {
            url: writing.link(&format!("/desk/orders/{}", order.id)),
            ..link
        }),
        ..letter
    }
}
