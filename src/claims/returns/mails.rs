//! Mails about returns: what is to come back, and what was found, to who filed the claim and those who order.

use crate::accounts::audiences::{Audiences, Wanted};
use crate::db::Connection;
use crate::error::Result;
use crate::events::payloads::{ReturnChanged, ReturnedLine};
use crate::events::{Happened, ReturnEvent};
use crate::ids::ReturnId;
use crate::languages::Argument;
use crate::mail::Draft;
use crate::mail::letter::{Letter, Link};
use crate::mail::rules::Kind;
use crate::mail::writing::Writing;
use crate::names::sets::ReturnState;
use crate::orders::mails::ORDERING;
use crate::orders::mails::words::{event_line, lines};

/// Which mail tells a step: what is to come back, what was found, that nothing came. That goods arrived makes none, nor that a
/// return is closed whose findings were told.
fn key(changed: &ReturnChanged) -> Option<&'static str> {
    let is_inspected = changed.lines.iter().any(|line| line.to_stock.is_some());
    match changed.state {
        ReturnState::Announced => Some("mail-return-announced"),
        ReturnState::Inspected => Some("mail-return-inspected"),
        ReturnState::Closed if !is_inspected => Some("mail-return-closed"),
        ReturnState::Received | ReturnState::Closed => None,
    }
}

/// The mails of events about returns.
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[(&Happened, &ReturnEvent)],
) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for (event, ReturnEvent::Changed(changed)) in events {
        if key(changed).is_none() {
            continue;
        }
        let wanted = Wanted {
            kind: Kind::ClaimAnswered,
            roles: ORDERING,
            cause: None,
            site: Some(changed.ship_to.as_str()),
        };
        drafts.extend(audiences.of_account(connection, event, &wanted)?);
    }
    Ok(drafts)
}

/// What the mail says.
pub fn letter(writing: &Writing, event: &Happened, ReturnEvent::Changed(changed): &ReturnEvent) -> Letter {
    let key = key(changed).unwrap_or("mail-return-inspected");
    let words: &[(&'static str, Argument<'_>)] = &[
        ("number", changed.number.as_str().into()),
        ("po", changed.po_number.as_str().into()),
    ];
    let next = writing.text_with(&format!("{key}-next"), words);
    // What the account was told stands in the first mail alone.
    let note = changed.note.clone().filter(|_| changed.state == ReturnState::Announced);
    let paragraphs = note.into_iter().chain([next]);
    let facts = [
        writing.fact("claim-head", changed.claim_number.clone().unwrap_or_default()),
        writing.fact("word-own-number", changed.po_number.as_str()),
        writing.fact("mail-fact-order", changed.order_number.as_str()),
        writing.fact("word-delivery", changed.shipment_number.as_str()),
    ];
    Letter {
        subject: writing.text_with(&format!("{key}-subject"), words),
        headline: writing.text_with(&format!("{key}-headline"), words),
        paragraphs: paragraphs.collect(),
        facts: facts.into_iter().flatten().collect(),
        table: Some(table(writing, changed)),
        link: Some(Link {
            label: writing.text_with("mail-return-link", words),
            url: writing.link(&format!("/returns/{}", ReturnId(event.subject_id))),
        }),
        thread: Some(changed.order_id.to_string()),
    }
}

fn table(writing: &Writing, changed: &ReturnChanged) -> crate::mail::letter::Lines {
    let is_inspected = changed.state == ReturnState::Inspected;
    let row = |line: &ReturnedLine| {
        let base = |text: &Option<String>| writing.quantity_of(text.as_deref().unwrap_or("0"), &line.base_unit);
        let mut cells = vec![writing.quantity_of(&line.quantity, &line.unit)];
        if is_inspected {
            cells.extend([base(&line.to_stock), base(&line.quarantine), base(&line.scrap)]);
        }
        event_line(&line.name, &line.sku, line.customer_part_number.as_deref(), cells)
    };
    let columns: &[&str] = match is_inspected {
        true => &["word-quantity", "return-to-stock", "return-quarantine", "return-scrap"],
        false => &["word-quantity"],
    };
    lines(writing, columns, changed.lines.iter().map(row))
}
