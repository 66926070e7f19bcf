//! Which feature makes the mails of which event, and writes them.

use crate::accounts::audiences::Audiences;
use crate::accounts::correspondence::Correspondence;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::Happened;
use crate::events::rules::noun;
use crate::mail::letter::Letter;
use crate::mail::writing::Writing;
use crate::mail::{Draft, Message};
use crate::{accounts, invoices, orders, shipments};

/// How a feature makes the mails of its events, as things are at a moment.
type Drafts = fn(&mut Connection, &mut Audiences, &[&Happened], Timestamp) -> Result<Vec<Draft>>;

/// The features that mail, with the first parts of their events' types.
const FEATURES: [(&[&str], Drafts); 4] = [
    (&["invitation", "mail", "password_reset"], accounts::mails::drafts),
    (&["order"], |connection, audiences, events, _| {
        orders::mails::drafts(connection, audiences, events)
    }),
    (&["shipment"], |connection, audiences, events, _| {
        shipments::mails::drafts(connection, audiences, events)
    }),
    (&["invoice", "payment"], |connection, audiences, events, _| {
        invoices::mails::drafts(connection, audiences, events)
    }),
];

/// The mails that these events make.
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[Happened],
    now: Timestamp,
) -> Result<Vec<Draft>> {
    let mut all = Vec::new();
    for (nouns, drafts) in FEATURES {
        let own: Vec<_> = events
            .iter()
            .filter(|event| nouns.contains(&noun(&event.kind)))
            .collect();
        if !own.is_empty() {
            all.extend(drafts(connection, audiences, &own, now)?);
        }
    }
    Ok(all)
}

/// What the mail about `event` says; `None` once there is no use in sending it.
pub fn letter(
    connection: &mut Connection,
    writing: &Writing,
    sides: &Correspondence,
    message: &Message,
    event: &Happened,
) -> Result<Option<Letter>> {
    let letter = match noun(&event.kind) {
        "invitation" | "mail" | "password_reset" => {
            return accounts::mails::letter(connection, writing, sides, message, event);
        }
        "order" => orders::mails::letter(connection, writing, sides, message, event),
        "shipment" => shipments::mails::letter(writing, message.kind, event),
        "invoice" | "payment" => invoices::mails::letter(writing, message.kind, event),
        other => Err(Error::internal(format!("nobody writes mails about {other}"))),
    };
    letter.map(Some)
}
