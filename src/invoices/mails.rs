//! Mails about money: to those who pay.

use serde_json::Value;

use crate::accounts::audiences::{Audiences, Wanted};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::Happened;
use crate::identity::rules::AccountRole;
use crate::ids::InvoiceId;
use crate::languages::Argument;
use crate::mail::Draft;
use crate::mail::letter::{Letter, Line, Lines, Link};
use crate::mail::rules::Kind;
use crate::mail::writing::Writing;
use crate::orders::mails::words;

const PAYING: &[AccountRole] = &[AccountRole::Finance];

/// The mails of events about invoices and payments.
pub fn drafts(connection: &mut Connection, audiences: &mut Audiences, events: &[&Happened]) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for event in events {
        let kind = match event.kind.as_str() {
            "invoice.issued" => Kind::Invoiced,
            "payment.received" => Kind::PaymentReceived,
            _ => continue,
        };
        let wanted = Wanted {
            kind,
            roles: PAYING,
            cause: None,
            site: Some(event.text("ship_to")).filter(|site| !site.is_empty()),
        };
        drafts.extend(audiences.of_members(connection, event, &wanted)?);
    }
    Ok(drafts)
}

/// What the mail says.
pub fn letter(writing: &Writing, kind: Kind, event: &Happened) -> Result<Letter> {
    match kind {
        Kind::Invoiced => Ok(invoiced(writing, event)),
        Kind::PaymentReceived => Ok(payment_received(writing, event)),
        other => Err(Error::internal(format!("{} is no mail about money", other.name()))),
    }
}

fn invoiced(writing: &Writing, event: &Happened) -> Letter {
    let money = |name| writing.money_of(event.text(name), event.text("currency"));
    let words: &[(&'static str, Argument<'_>)] = &[
        ("po", event.text("po_number").into()),
        ("invoice", event.text("number").into()),
        ("order", event.text("order_number").into()),
        ("amount", money("gross_total").into()),
        ("due", writing.day_of(event.text("due_on")).into()),
    ];
    let facts = [
        writing.fact("mail-fact-po", event.text("po_number")),
        writing.fact("mail-fact-order", event.text("order_number")),
        writing.fact("mail-fact-issued", writing.day_of(event.text("issued_on"))),
        writing.fact("mail-fact-due", writing.day_of(event.text("due_on"))),
        writing.fact("mail-fact-net", money("net_total")),
        writing.fact("mail-fact-tax", money("tax_total")),
        writing.fact("mail-fact-gross", money("gross_total")),
    ];
    Letter {
        subject: writing.text_with("mail-invoiced-subject", words),
        headline: writing.text_with("mail-invoiced-headline", words),
        paragraphs: vec![writing.text_with("mail-invoiced-next", words)],
        facts: facts.into_iter().flatten().collect(),
        table: None,
        link: Some(Link {
            label: writing.text_with("mail-invoice-link", words),
            url: writing.link(&format!("/invoices/{}", InvoiceId(event.subject_id))),
        }),
        thread: Some(event.text("order_id").to_owned()).filter(|id| !id.is_empty()),
    }
}

fn payment_received(writing: &Writing, event: &Happened) -> Letter {
    let money = |amount: &str| writing.money_of(amount, event.text("currency"));
    let reference = event.text("reference");
    let words: &[(&'static str, Argument<'_>)] = &[
        ("reference", reference.into()),
        ("amount", money(event.text("amount")).into()),
        ("date", writing.day_of(event.text("received_on")).into()),
        ("rest", money(event.text("on_account")).into()),
    ];
    let subject = match reference {
        "" => "mail-payment-subject",
        _ => "mail-payment-reference-subject",
    };
    let applied = event.data.get("applied").and_then(Value::as_array);
    let row = |part: &Value| Line {
        name: words::text(part, "number").to_owned(),
        number: String::new(),
        cells: vec![money(words::text(part, "amount"))],
    };
    let lines = words::lines(writing, &["mail-column-paid"], applied.into_iter().flatten().map(row));
    let has_rest = event.text("on_account").contains(|c: char| ('1'..='9').contains(&c));
    let mut paragraphs = Vec::new();
    if !lines.rows.is_empty() {
        paragraphs.push(writing.text("mail-payment-applied"));
    }
    if has_rest {
        paragraphs.push(writing.text_with("mail-payment-rest", words));
    }
    Letter {
        subject: writing.text_with(subject, words),
        headline: writing.text_with("mail-payment-headline", words),
        paragraphs,
        facts: writing.fact("mail-fact-reference", reference).into_iter().collect(),
        table: (!lines.rows.is_empty()).then(|| Lines {
            item: writing.text("mail-column-invoice"),
            ..lines
        }),
        link: Some(Link {
            label: writing.text("mail-statement-link"),
            url: writing.link("/statement"),
        }),
        thread: None,
    }
}
