//! Mails about changes of orders: what is another, or is refused, to the account; what it asks for to its team.

use crate::accounts::correspondence::Correspondence;
use crate::events::payloads::{
    ChangedLine, OrderChangeRefused, OrderChangeRequested, OrderChangeWithdrawn, OrderChanged, OrderDifference,
    OrderSubstituteDeclined, OrderSubstituteProposed,
};
use crate::languages::Argument;
use crate::mail::letter::{Fact, Letter, Lines, Link};
use crate::mail::writing::Writing;
use crate::money::{Currency, Money};
use crate::names::sets::{OrderField, Side};
use crate::orders::mails::team::{account, at_the_desk};
use crate::orders::mails::words::{about, by_arrival, day_or_open, event_line, facts, lines, of_order, of_order_with};
use crate::orders::rules::Order;

/// The order is another.
pub fn changed(writing: &Writing, order: &Order, changed: &OrderChanged) -> Letter {
    let headline = match (changed.by, changed.on_request) {
        (Side::Supplier, _) => "mail-changed-by-supplier",
        (Side::Account, true) => "mail-changed-on-request",
        (Side::Account, false) => "mail-changed-by-account",
    };
    let revision: &[(&'static str, Argument<'_>)] = &[("revision", changed.revision.into())];
    let reason = writing.fact("word-reason", changed.reason.clone().unwrap_or_default());
    Letter {
        subject: of_order_with(writing, "mail-changed-subject", order, revision),
        headline: of_order_with(writing, headline, order, revision),
        paragraphs: vec![by_arrival(writing, "mail-arrival", order)],
        facts: [
            reason.into_iter().collect::<Vec<_>>(),
            told(writing, &changed.difference),
            facts(writing, order),
        ]
        .concat(),
        table: table(writing, &changed.difference),
        ..about(writing, order)
    }
}

/// The supplier does not take a change on.
pub fn refused(writing: &Writing, order: &Order, refused: &OrderChangeRefused) -> Letter {
    let reason = writing.fact("word-reason", refused.reason.as_str());
    Letter {
        subject: of_order(writing, "mail-change-refused-subject", order),
        headline: of_order(writing, "mail-change-refused-headline", order),
        paragraphs: vec![of_order(writing, "mail-change-refused-next", order)],
        facts: reason.into_iter().chain(told(writing, &refused.difference)).collect(),
        table: table(writing, &refused.difference),
        ..about(writing, order)
    }
}

/// The account asks for a change.
pub fn requested(writing: &Writing, sides: &Correspondence, order: &Order, asked: &OrderChangeRequested) -> Letter {
    let (code, name) = account(sides);
    let words: &[(&'static str, Argument<'_>)] = &[("code", code.into()), ("account", name.into())];
    let reason = writing.fact("word-reason", asked.reason.clone().unwrap_or_default());
    let letter = at_the_desk(writing, sides, order, reason);
    Letter {
        subject: of_order_with(writing, "mail-change-requested-subject", order, words),
        headline: of_order_with(writing, "mail-change-requested-headline", order, words),
        paragraphs: vec![of_order_with(writing, "mail-change-requested-next", order, words)],
        facts: letter
            .facts
            .into_iter()
            .chain(told(writing, &asked.difference))
            .collect(),
        table: table(writing, &asked.difference),
        link: letter.link.map(|link| Link {
            url: writing.link(&format!("/desk/order-changes/{}", asked.change_id)),
            ..link
        }),
        thread: letter.thread,
    }
}

/// It took that back.
pub fn withdrawn(writing: &Writing, sides: &Correspondence, order: &Order, _: &OrderChangeWithdrawn) -> Letter {
    let (code, name) = account(sides);
    let words: &[(&'static str, Argument<'_>)] = &[("code", code.into()), ("account", name.into())];
    Letter {
        subject: of_order_with(writing, "mail-change-withdrawn-subject", order, words),
        headline: of_order_with(writing, "mail-change-withdrawn-headline", order, words),
        paragraphs: vec![of_order_with(writing, "mail-change-withdrawn-next", order, words)],
        ..at_the_desk(writing, sides, order, None)
    }
}

/// The supplier proposes something else instead of what waits.
pub fn substitute_proposed(writing: &Writing, order: &Order, proposed: &OrderSubstituteProposed) -> Letter {
    let waits = writing.quantity_of(&proposed.waits, &proposed.base_unit);
    let amount = writing.quantity_of(&proposed.quantity, &proposed.unit_code);
    let words: &[(&'static str, Argument<'_>)] = &[
        ("line", proposed.position.into()),
        ("sku", proposed.sku.as_str().into()),
        ("waits", waits.as_str().into()),
        ("amount", amount.as_str().into()),
        ("substitute", proposed.substitute.as_str().into()),
        ("name", proposed.substitute_name.as_str().into()),
    ];
    let note = writing.fact("substitute-note", proposed.note.clone().unwrap_or_default());
    let letter = about(writing, order);
    Letter {
        subject: of_order_with(writing, "mail-substitute-subject", order, words),
        headline: of_order_with(writing, "mail-substitute-headline", order, words),
        paragraphs: vec![
            of_order_with(writing, "mail-substitute-offer", order, words),
            of_order_with(writing, "mail-substitute-next", order, words),
        ],
        facts: note.into_iter().chain(facts(writing, order)).collect(),
        link: letter.link.map(|link| Link {
            url: writing.link(&format!("/orders/{}/substitutes", order.id)),
            ..link
        }),
        ..about(writing, order)
    }
}

/// The account does not want what was proposed.
pub fn substitute_declined(
    writing: &Writing,
    sides: &Correspondence,
    order: &Order,
    declined: &OrderSubstituteDeclined,
) -> Letter {
    let (code, name) = account(sides);
    let words: &[(&'static str, Argument<'_>)] = &[
        ("code", code.into()),
        ("account", name.into()),
        ("line", declined.position.into()),
    ];
    let reason = writing.fact("word-reason", declined.reason.clone().unwrap_or_default());
    Letter {
        subject: of_order_with(writing, "mail-substitute-declined-subject", order, words),
        headline: of_order_with(writing, "mail-substitute-declined-headline", order, words),
        paragraphs: vec![of_order_with(writing, "mail-substitute-declined-next", order, words)],
        ..at_the_desk(writing, sides, order, reason)
    }
}

/// What of the head and of the sum is another.
fn told(writing: &Writing, difference: &OrderDifference) -> Vec<Fact> {
    let field = |field: &crate::events::payloads::ChangedField| {
        let text = |value: &Option<String>| match (field.field, value) {
            (_, None) => writing.text("change-nothing"),
            (OrderField::RequestedDate, Some(day)) => day.parse().map_or_else(|_| day.clone(), |day| writing.day(day)),
            (OrderField::OrderClass, Some(class)) => writing.text(&format!("mail-class-{class}")),
            (OrderField::ShipTo | OrderField::Note, Some(value)) => value.clone(),
        };
        let (was, is) = (text(&field.was), text(&field.is));
        let words = [("was", was.as_str().into()), ("is", is.as_str().into())];
        let key = format!("change-field-{}", field.field.name().replace('_', "-"));
        writing.fact(&key, writing.text_with("change-from-to", &words))
    };
    let fields = difference.fields.iter().filter_map(field);
    let money = |amount: &str| {
        let currency = Currency::from_code(&difference.currency);
        let money = currency.and_then(|currency| Money::parse(amount, currency).ok());
        money.map_or_else(|| amount.to_owned(), |money| writing.language.money(money))
    };
    let sum = |sums: &crate::events::payloads::OrderSums| {
        money(sums.gross_total.as_deref().unwrap_or(sums.net_total.as_str()))
    };
    let (was, is) = (sum(&difference.was), sum(&difference.is));
    let words = [("was", was.as_str().into()), ("is", is.as_str().into())];
    let total = writing.fact("word-total", writing.text_with("change-from-to", &words));
    fields.chain(total.filter(|_| was != is)).collect()
}

fn table(writing: &Writing, difference: &OrderDifference) -> Option<Lines> {
    let row = |line: &ChangedLine| {
        let quantity = |text: &Option<String>| match text {
            Some(text) => writing.quantity_of(text, &line.unit_code),
            None => writing.text("change-nothing"),
        };
        let cells = vec![
            quantity(&line.was_quantity),
            quantity(&line.quantity),
            day_or_open(writing, line.promised_date),
        ];
        event_line(&line.name, &line.sku, line.customer_part_number.as_deref(), cells)
    };
    let columns = ["mail-column-was", "mail-column-now", "mail-column-arrives"];
    (!difference.lines.is_empty()).then(|| lines(writing, &columns, difference.lines.iter().map(row)))
}
