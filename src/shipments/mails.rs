//! Mails about deliveries: to whoever placed the order and the account's buyers and admins.

use serde_json::Value;

use crate::accounts::audiences::Audiences;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::Happened;
use crate::ids::OrderId;
use crate::languages::Argument;
use crate::mail::Draft;
use crate::mail::letter::{Letter, Link};
use crate::mail::rules::Kind;
use crate::mail::writing::Writing;
use crate::orders::mails::words::{event_lines, text};
use crate::orders::mails::{of_origin, origins};

/// The mails of events about deliveries.
pub fn drafts(connection: &mut Connection, audiences: &mut Audiences, events: &[&Happened]) -> Result<Vec<Draft>> {
    let created: Vec<_> = events.iter().filter(|event| event.kind == "shipment.created").collect();
    let order_of = |event: &Happened| event.text("order_id").parse::<OrderId>().ok();
    let ids: Vec<_> = created.iter().filter_map(|event| order_of(event)).collect();
    let origins = origins(connection, &ids)?;
    let mut drafts = Vec::new();
    for event in created {
        let origin = order_of(event).and_then(|id| origins.get(&id));
        drafts.extend(of_origin(connection, audiences, event, Kind::Shipped, origin)?);
    }
    Ok(drafts)
}

/// What the mail says.
pub fn letter(writing: &Writing, kind: Kind, event: &Happened) -> Result<Letter> {
    if kind != Kind::Shipped {
        return Err(Error::internal(format!("{} is no mail of a delivery", kind.name())));
    }
    let order = event.text("order_number");
    let words: &[(&'static str, Argument<'_>)] = &[
        ("po", event.text("po_number").into()),
        ("number", order.into()),
        ("shipment", event.text("number").into()),
    ];
    let quantity = |line: &Value| vec![writing.quantity_of(text(line, "quantity"), text(line, "unit"))];
    let facts = [
        writing.fact("mail-fact-po", event.text("po_number")),
        writing.fact("mail-fact-shipment", event.text("number")),
        writing.fact("mail-fact-ship-to", event.text("ship_to")),
        writing.fact("mail-fact-carrier", event.text("carrier")),
        writing.fact("mail-fact-tracking", event.text("tracking_number")),
    ];
    Ok(Letter {
        subject: writing.text_with("mail-shipped-subject", words),
        headline: writing.text_with("mail-shipped-headline", words),
        paragraphs: vec![writing.text("mail-shipped-next")],
        facts: facts.into_iter().flatten().collect(),
        table: Some(event_lines(writing, event, &["mail-column-quantity"], quantity)),
        link: Some(Link {
            label: writing.text_with("mail-order-link", words),
            url: writing.link(&format!("/orders/{}", event.text("order_id"))),
        }),
        thread: Some(event.text("order_id").to_owned()).filter(|id| !id.is_empty()),
    })
}
