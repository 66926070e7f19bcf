//! Mails about deliveries: to whoever placed the order and the account's buyers and admins.

use crate::accounts::audiences::Audiences;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::payloads::{ShipmentCreated, ShippedLine};
use crate::events::{Happened, ShipmentEvent};
use crate::languages::Argument;
use crate::mail::Draft;
use crate::mail::letter::{Letter, Link};
use crate::mail::rules::Kind;
use crate::mail::writing::Writing;
use crate::orders::mails::words::{event_line, lines};
use crate::orders::mails::{of_origin, origins};

/// The mails of events about deliveries.
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[(&Happened, &ShipmentEvent)],
) -> Result<Vec<Draft>> {
    let created = events.iter().filter_map(|(event, about)| match about {
        // What travels with others is told once for all of it.
        ShipmentEvent::Created(created) if created.shipment.consignment_number.is_some() => None,
        ShipmentEvent::Created(created) => Some((*event, created.shipment.order_id)),
        ShipmentEvent::Changed(_) | ShipmentEvent::Delivered(_) => None,
    });
    let created: Vec<_> = created.collect();
    let ids: Vec<_> = created.iter().map(|(_, order_id)| *order_id).collect();
    let origins = origins(connection, &ids)?;
    let mut drafts = Vec::new();
    for (event, order_id) in created {
        let origin = origins.get(&order_id);
        drafts.extend(of_origin(connection, audiences, event, Kind::Shipped, origin)?);
    }
    Ok(drafts)
}

/// What the mail says.
pub fn letter(writing: &Writing, kind: Kind, event: &ShipmentEvent) -> Result<Letter> {
    match (kind, event) {
        (Kind::Shipped, ShipmentEvent::Created(created)) => Ok(shipped(writing, created)),
        (other, _) => Err(Error::internal(format!("{other} is no mail of a delivery"))),
    }
}

fn shipped(writing: &Writing, created: &ShipmentCreated) -> Letter {
    let shipment = &created.shipment;
    let words: &[(&'static str, Argument<'_>)] = &[
        ("po", shipment.po_number.as_str().into()),
        ("number", shipment.order_number.as_str().into()),
        ("shipment", shipment.number.as_str().into()),
    ];
    let row = |line: &ShippedLine| {
        let cells = vec![writing.quantity_of(&line.quantity, &line.unit)];
        event_line(&line.name, &line.sku, line.customer_part_number.as_deref(), cells)
    };
    let numbers: Vec<_> = created.packages.iter().map(|package| package.sscc.as_str()).collect();
    let facts = [
        writing.fact("word-own-number", shipment.po_number.as_str()),
        writing.fact("word-delivery", shipment.number.as_str()),
        writing.fact("mail-fact-ship-to", shipment.ship_to.as_str()),
        writing.fact("word-carrier", shipment.carrier.as_deref().unwrap_or_default()),
        writing.fact("word-tracking", shipment.tracking_number.as_deref().unwrap_or_default()),
        writing.fact("mail-fact-track", shipment.tracking_url.as_deref().unwrap_or_default()),
        writing.fact("packages", numbers.join(", ").as_str()),
    ];
    Letter {
        subject: writing.text_with("mail-shipped-subject", words),
        headline: writing.text_with("mail-shipped-headline", words),
        paragraphs: vec![writing.text("mail-shipped-next")],
        facts: facts.into_iter().flatten().collect(),
        table: Some(lines(writing, &["word-quantity"], created.lines.iter().map(row))),
        link: Some(Link {
            label: writing.text_with("mail-order-link", words),
            url: writing.link(&format!("/orders/{}", shipment.order_id)),
        }),
        thread: Some(shipment.order_id.to_string()),
    }
}
