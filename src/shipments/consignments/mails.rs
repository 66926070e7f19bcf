//! Mails about what left together: one for all its orders, to whoever placed them and the account's buyers and admins.

use crate::accounts::audiences::Audiences;
use crate::db::Connection;
use crate::error::Result;
use crate::events::payloads::{ConsignedLine, ConsignmentDispatched, ConsignmentHead};
use crate::events::{ConsignmentEvent, Happened};
use crate::ids::ConsignmentId;
use crate::languages::Argument;
use crate::mail::Draft;
use crate::mail::letter::{Letter, Link};
use crate::mail::rules::Kind;
use crate::mail::writing::Writing;
use crate::orders::mails::words::{event_line, lines};
use crate::orders::mails::{of_origin, origins};

/// The mails of events about consignments.
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[(&Happened, &ConsignmentEvent)],
) -> Result<Vec<Draft>> {
    let dispatched = events.iter().filter_map(|(event, about)| match about {
        ConsignmentEvent::Dispatched(dispatched) => Some((*event, &dispatched.consignment)),
        ConsignmentEvent::Changed(_) | ConsignmentEvent::Delivered(_) => None,
    });
    let dispatched: Vec<_> = dispatched.collect();
    if dispatched.is_empty() {
        return Ok(Vec::new());
    }
    let shipments = dispatched.iter().flat_map(|(_, head)| &head.shipments);
    let ids: Vec<_> = shipments.map(|shipment| shipment.order_id).collect();
    let origins = origins(connection, &ids)?;
    let mut drafts: Vec<Draft> = Vec::new();
    for (event, head) in dispatched {
        let mut own: Vec<Draft> = Vec::new();
        for shipment in &head.shipments {
            let of_order = of_origin(
                connection,
                audiences,
                event,
                Kind::Shipped,
                origins.get(&shipment.order_id),
            )?;
            // Everybody hears of it once, however many of its orders they placed.
            let is_new = |draft: &Draft| !own.iter().any(|there| there.email == draft.email);
            let new: Vec<_> = of_order.into_iter().filter(is_new).collect();
            own.extend(new);
        }
        drafts.extend(own);
    }
    Ok(drafts)
}

/// What the mail says.
pub fn letter(writing: &Writing, event: &Happened, about: &ConsignmentEvent) -> Result<Letter> {
    match about {
        ConsignmentEvent::Dispatched(dispatched) => Ok(sent(writing, event, dispatched)),
        ConsignmentEvent::Changed(_) | ConsignmentEvent::Delivered(_) => Err(crate::error::Error::internal(
            "only what leaves is told by mail of a consignment",
        )),
    }
}

/// The account's own numbers of its orders.
fn own_numbers(head: &ConsignmentHead) -> String {
    let numbers: Vec<_> = head
        .shipments
        .iter()
        .map(|shipment| shipment.po_number.as_str())
        .collect();
    numbers.join(", ")
}

fn sent(writing: &Writing, event: &Happened, dispatched: &ConsignmentDispatched) -> Letter {
    let head = &dispatched.consignment;
    let words: &[(&'static str, Argument<'_>)] = &[
        ("count", head.shipments.len().into()),
        ("consignment", head.number.as_str().into()),
    ];
    let row = |line: &ConsignedLine| {
        let cells = vec![line.po_number.clone(), writing.quantity_of(&line.quantity, &line.unit)];
        event_line(&line.name, &line.sku, line.customer_part_number.as_deref(), cells)
    };
    let packages: Vec<_> = dispatched
        .packages
        .iter()
        .map(|package| package.sscc.as_str())
        .collect();
    let facts = [
        writing.fact("word-own-number", own_numbers(head)),
        writing.fact("word-delivery", head.number.as_str()),
        writing.fact("mail-fact-ship-to", head.ship_to.as_str()),
        writing.fact("word-carrier", head.carrier.as_deref().unwrap_or_default()),
        writing.fact("word-tracking", head.tracking_number.as_deref().unwrap_or_default()),
        writing.fact("mail-fact-track", head.tracking_url.as_deref().unwrap_or_default()),
        writing.fact("packages", packages.join(", ").as_str()),
    ];
    let rows = dispatched.lines.iter().map(row);
    Letter {
        subject: writing.text_with("mail-consignment-subject", words),
        headline: writing.text_with("mail-consignment-headline", words),
        paragraphs: vec![writing.text("mail-shipped-next")],
        facts: facts.into_iter().flatten().collect(),
        table: Some(lines(writing, &["word-own-number", "word-quantity"], rows)),
        link: Some(Link {
            label: writing.text_with("mail-consignment-link", words),
            url: writing.link(&format!("/consignments/{}", ConsignmentId(event.subject_id))),
        }),
        thread: Some(ConsignmentId(event.subject_id).to_string()),
    }
}
