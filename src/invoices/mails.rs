//! Mails about money: to those who pay.

use crate::accounts::audiences::{Audiences, Wanted};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::payloads::{
    AppliedPart, CreditNoteIssued, InvoiceIssued, PaidCharge, PaymentReceived, RebateTierReached, RefundBooked,
    StatementMailed,
};
use crate::events::{CreditNoteEvent, Happened, InvoiceEvent, PaymentEvent, RebateEvent, RefundEvent, StatementEvent};
use crate::identity::rules::AccountRole;
use crate::ids::{CreditNoteId, InvoiceId};
use crate::languages::Argument;
use crate::mail::Draft;
use crate::mail::letter::{Letter, Line, Lines, Link};
use crate::mail::rules::Kind;
use crate::mail::writing::Writing;
use crate::names::sets::InvoiceKind;
use crate::orders::mails::words;

const PAYING: &[AccountRole] = &[AccountRole::Finance];

/// What a mail about money is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'e> {
    Invoice(&'e InvoiceEvent),
    CreditNote(&'e CreditNoteEvent),
    Payment(&'e PaymentEvent),
    Refund(&'e RefundEvent),
    Rebate(&'e RebateEvent),
    Statement(&'e StatementEvent),
}

/// The mails of events about invoices and payments.
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[(&Happened, About<'_>)],
) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for (event, about) in events {
        let (kind, site) = match about {
            About::Invoice(InvoiceEvent::Issued(issued)) => (Kind::Invoiced, Some(issued.ship_to.as_str())),
            // Its credit note and the invoice in its place have a mail each.
            About::Invoice(InvoiceEvent::Corrected(_)) => continue,
            About::CreditNote(CreditNoteEvent::Issued(_)) => (Kind::Credited, None),
            About::Payment(PaymentEvent::Received(_)) => (Kind::PaymentReceived, None),
            About::Refund(RefundEvent::Booked(_)) => (Kind::Refunded, None),
            About::Statement(StatementEvent::Mailed(_)) => (Kind::Statement, None),
            About::Rebate(RebateEvent::TierReached(_)) => (Kind::Rebate, None),
            // Its credit notes have a mail each.
            About::Rebate(RebateEvent::Settled(_)) => continue,
            About::Payment(PaymentEvent::Reversed(_)) | About::Refund(RefundEvent::Reversed(_)) => continue,
        };
        let wanted = Wanted {
            kind,
            roles: PAYING,
            cause: None,
            site,
        };
        drafts.extend(audiences.of_account(connection, event, &wanted)?);
    }
    Ok(drafts)
}

/// What the mail says.
pub fn letter(writing: &Writing, kind: Kind, event: &Happened, about: About<'_>) -> Result<Letter> {
    match (kind, about) {
        (Kind::Invoiced, About::Invoice(InvoiceEvent::Issued(issued))) => {
            Ok(invoiced(writing, InvoiceId(event.subject_id), issued))
        }
        (Kind::Credited, About::CreditNote(CreditNoteEvent::Issued(issued))) => {
            Ok(credited(writing, CreditNoteId(event.subject_id), issued))
        }
        (Kind::PaymentReceived, About::Payment(PaymentEvent::Received(received))) => {
            Ok(payment_received(writing, received))
        }
        (Kind::Refunded, About::Refund(RefundEvent::Booked(booked))) => Ok(refunded(writing, booked)),
        (Kind::Statement, About::Statement(StatementEvent::Mailed(mailed))) => Ok(statement(writing, mailed)),
        (Kind::Rebate, About::Rebate(RebateEvent::TierReached(reached))) => Ok(tier_reached(writing, reached)),
        (other, _) => Err(Error::internal(format!(
            "{other} is no mail about {}",
            event.event.kind()
        ))),
    }
}

fn invoiced(writing: &Writing, id: InvoiceId, issued: &InvoiceIssued) -> Letter {
    let money = |amount: &str| writing.money_of(amount, &issued.currency);
    let words: &[(&'static str, Argument<'_>)] = &[
        ("po", issued.po_number.as_str().into()),
        ("invoice", issued.number.as_str().into()),
        ("order", issued.order_number.as_str().into()),
        ("amount", money(&issued.gross_total).into()),
        ("due", writing.day(issued.due_on).into()),
        (
            "preceding",
            issued.preceding_number.as_deref().unwrap_or_default().into(),
        ),
    ];
    let facts = [
        writing.fact("word-own-number", issued.po_number.as_str()),
        writing.fact("mail-fact-order", issued.order_number.as_str()),
        writing.fact("word-issued", writing.day(issued.issued_on)),
        writing.fact("word-due", writing.day(issued.due_on)),
        writing.fact("word-net", money(&issued.net_total)),
        writing.fact("mail-fact-tax", money(&issued.tax_total)),
        writing.fact("mail-fact-gross", money(&issued.gross_total)),
    ];
    let [subject, headline, next] = match issued.kind {
        Some(InvoiceKind::Corrected) => [
            "mail-corrected-subject",
            "mail-corrected-headline",
            "mail-corrected-next",
        ],
        Some(InvoiceKind::PriceDifference) => [
            "mail-invoiced-subject",
            "mail-difference-headline",
            "mail-difference-next",
        ],
        Some(InvoiceKind::Invoice) | None => ["mail-invoiced-subject", "mail-invoiced-headline", "mail-invoiced-next"],
    };
    Letter {
        subject: writing.text_with(subject, words),
        headline: writing.text_with(headline, words),
        paragraphs: vec![writing.text_with(next, words)],
        facts: facts.into_iter().flatten().collect(),
        table: None,
        link: Some(Link {
            label: writing.text_with("mail-invoice-link", words),
            url: writing.link(&format!("/invoices/{id}")),
        }),
        thread: Some(issued.order_id.to_string()),
    }
}

fn credited(writing: &Writing, id: CreditNoteId, issued: &CreditNoteIssued) -> Letter {
    let money = |amount: &str| writing.money_of(amount, &issued.currency);
    let words: &[(&'static str, Argument<'_>)] = &[
        ("po", issued.po_number.as_str().into()),
        ("number", issued.number.as_str().into()),
        ("invoice", issued.invoice_number.as_str().into()),
        ("amount", money(&issued.gross_total).into()),
        ("rest", money(&issued.on_account).into()),
    ];
    let facts = [
        writing.fact(
            "word-reason",
            writing.text(&format!("credit-reason-{}", issued.reason.name().replace('_', "-"))),
        ),
        writing.fact("credit-note-text", issued.note.clone().unwrap_or_default()),
        writing.fact("word-own-number", issued.po_number.as_str()),
        writing.fact("word-invoice", issued.invoice_number.as_str()),
        writing.fact("word-issued", writing.day(issued.issued_on)),
        writing.fact("word-net", money(&issued.net_total)),
        writing.fact("mail-fact-tax", money(&issued.tax_total)),
        writing.fact("mail-fact-gross", money(&issued.gross_total)),
    ];
    let has_rest = issued.on_account.contains(|c: char| ('1'..='9').contains(&c));
    let next = if has_rest {
        "mail-credited-rest"
    } else {
        "mail-credited-next"
    };
    Letter {
        subject: writing.text_with("mail-credited-subject", words),
        headline: writing.text_with("mail-credited-headline", words),
        paragraphs: vec![writing.text_with(next, words)],
        facts: facts.into_iter().flatten().collect(),
        table: None,
        link: Some(Link {
            label: writing.text_with("mail-credit-link", words),
            url: writing.link(&format!("/credit-notes/{id}")),
        }),
        thread: Some(issued.order_id.to_string()),
    }
}

fn payment_received(writing: &Writing, received: &PaymentReceived) -> Letter {
    let money = |amount: &str| writing.money_of(amount, &received.currency);
    let reference = received.reference.as_deref().unwrap_or_default();
    let words: &[(&'static str, Argument<'_>)] = &[
        ("reference", reference.into()),
        ("amount", money(&received.amount).into()),
        ("date", writing.day(received.received_on).into()),
        ("rest", money(&received.on_account).into()),
    ];
    let subject = match reference {
        "" => "mail-payment-subject",
        _ => "mail-payment-reference-subject",
    };
    let row = |part: &AppliedPart| Line {
        name: part.number.clone(),
        number: String::new(),
        cells: vec![money(&part.amount)],
    };
    let charge = |part: &PaidCharge| Line {
        name: writing.text_with("mail-payment-charge", &[("number", part.number.as_str().into())]),
        number: String::new(),
        cells: vec![money(&part.amount)],
    };
    let rows = received
        .applied
        .iter()
        .map(row)
        .chain(received.charges.iter().map(charge));
    let lines = words::lines(writing, &["mail-column-paid"], rows);
    let has_rest = received.on_account.contains(|c: char| ('1'..='9').contains(&c));
    let mut paragraphs = Vec::new();
    if let Some(number) = &received.paid_already {
        paragraphs.push(writing.text_with("mail-payment-paid-already", &[("invoice", number.as_str().into())]));
    }
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
        facts: writing.fact("word-reference", reference).into_iter().collect(),
        table: (!lines.rows.is_empty()).then(|| Lines {
            item: writing.text("word-invoice"),
            ..lines
        }),
        link: Some(Link {
            label: writing.text("mail-statement-link"),
            url: writing.link("/statement"),
        }),
        thread: None,
    }
}

fn refunded(writing: &Writing, booked: &RefundBooked) -> Letter {
    let money = |amount: &str| writing.money_of(amount, &booked.currency);
    let words: &[(&'static str, Argument<'_>)] = &[
        ("amount", money(&booked.amount).into()),
        ("date", writing.day(booked.paid_on).into()),
        ("rest", money(&booked.on_account).into()),
    ];
    let has_rest = booked.on_account.contains(|c: char| ('1'..='9').contains(&c));
    let rest = has_rest.then(|| writing.text_with("mail-refund-rest", words));
    Letter {
        subject: writing.text_with("mail-refund-subject", words),
        headline: writing.text_with("mail-refund-headline", words),
        paragraphs: rest.into_iter().collect(),
        facts: writing
            .fact("word-reference", booked.reference.as_deref().unwrap_or_default())
            .into_iter()
            .collect(),
        link: Some(Link {
            label: writing.text("mail-statement-link"),
            url: writing.link("/statement"),
        }),
        ..Letter::default()
    }
}

fn statement(writing: &Writing, mailed: &StatementMailed) -> Letter {
    let money = |amount: &str| writing.money_of(amount, &mailed.currency);
    let words: &[(&'static str, Argument<'_>)] = &[
        ("from", writing.day(mailed.from).into()),
        ("to", writing.day(mailed.to).into()),
        ("opening", money(&mailed.opening_balance).into()),
        ("closing", money(&mailed.closing_balance).into()),
    ];
    Letter {
        subject: writing.text_with("mail-statement-subject", words),
        headline: writing.text_with("mail-statement-headline", words),
        paragraphs: vec![writing.text("mail-statement-next")],
        facts: [
            writing.fact("mail-statement-opening", money(&mailed.opening_balance)),
            writing.fact("mail-statement-closing", money(&mailed.closing_balance)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        link: Some(Link {
            label: writing.text("mail-statement-link"),
            url: writing.link(&format!("/statement?from={}&to={}", mailed.from, mailed.to)),
        }),
        ..Letter::default()
    }
}

fn tier_reached(writing: &Writing, reached: &RebateTierReached) -> Letter {
    let money = |amount: &str| writing.money_of(amount, &reached.currency);
    let words: &[(&'static str, Argument<'_>)] = &[
        ("name", reached.name.as_str().into()),
        ("rate", reached.rate.as_str().into()),
        ("threshold", money(&reached.threshold).into()),
        ("to", writing.day(reached.to).into()),
    ];
    Letter {
        subject: writing.text_with("mail-rebate-subject", words),
        headline: writing.text_with("mail-rebate-headline", words),
        paragraphs: vec![writing.text_with("mail-rebate-next", words)],
        facts: [
            writing.fact("mail-rebate-turnover", money(&reached.turnover)),
            writing.fact("mail-rebate-accrued", money(&reached.accrued)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        link: Some(Link {
            label: writing.text("mail-rebate-link"),
            url: writing.link("/rebates"),
        }),
        ..Letter::default()
    }
}
