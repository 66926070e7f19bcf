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

/// The mails of events about returns: that goods arrived or a return is closed makes none.
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[(&Happened, &ReturnEvent)],
) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for (event, ReturnEvent::Changed(changed)) in events {
        if !matches!(changed.state, ReturnState::Announced | ReturnState::Inspected) {
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
    let key = match changed.state {
        ReturnState::Announced => "mail-return-announced",
        _ => "mail-return-inspected",
    };
    let words: &[(&'static str, Argument<'_>)] = &[
        ("number", changed.number.as_str().into()),
        ("po", changed.po_number.as_str().into()),
    ];
    let next = writing.text_with(&format!("{key}-next"), words);
    let paragraphs = changed.note.clone().into_iter().chain([next]);
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
