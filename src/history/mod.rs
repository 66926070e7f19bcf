//! What happened, read back: the feed of events, the timeline of an order, the audit record, the mails that went out, where a document
//! went.

pub mod api;
pub mod routes;
pub mod rules;
pub mod sentences;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod transports;

use std::collections::{BTreeSet, HashMap};

use crate::audit;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::{self, Happened};
use crate::identity::people;
use crate::ids::{AccountId, ClientId, EventId, OrderId};

/// Everything that happened to an order of the account, to its shipments, its invoices and their payments: the newest
/// first, older than `before`.
pub fn timeline(
    connection: &mut Connection,
    account_id: AccountId,
    order_id: OrderId,
    before: Option<EventId>,
    limit: i64,
) -> Result<Vec<Happened>> {
    let subjects = store::list_subjects(connection, account_id, order_id)?;
    // The order itself is among them, if the account has it.
    if subjects.is_empty() {
        return Err(Error::NotFound);
    }
    events::list_about(connection, account_id, &subjects, before, limit)
}

/// Who did something, as the account may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Somebody of the account.
    Member(String),
    /// A program of the account that signs in by itself.
    Client(String),
    /// Somebody of the supplier.
    Staff(String),
    /// An import or a job.
    Program,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub event: Happened,
    /// By whom, where it is known.
    pub who: Option<Who>,
}

/// The newest `limit` entries of the [`timeline`] with who did it.
pub fn follow(connection: &mut Connection, account_id: AccountId, order_id: OrderId, limit: i64) -> Result<Vec<Step>> {
    let events = timeline(connection, account_id, order_id, None, limit)?;
    let objects: BTreeSet<_> = events.iter().map(Happened::subject).collect();
    let done = audit::list_done(connection, account_id, &Vec::from_iter(objects))?;
    let is_client = |actor: &str| actor.parse::<ClientId>().is_ok();
    let ids: BTreeSet<_> = done.iter().filter_map(|done| audit::row_of(&done.actor)).collect();
    let names = people::list_names(connection, &Vec::from_iter(ids))?;
    let names: HashMap<_, _> = names.into_iter().map(|(id, name, of)| (id, (name, of))).collect();
    // An act and its event have the same moment.
    let actors: HashMap<(&str, Timestamp), &str> = done
        .iter()
        .map(|done| ((done.object.as_str(), done.recorded_at), done.actor.as_str()))
        .collect();
    let who = |event: &Happened| {
        let actor = *actors.get(&(event.subject().as_str(), event.occurred_at))?;
        match audit::row_of(actor) {
            None => Some(Who::Program),
            Some(id) => match names.get(&id) {
                Some((name, Some(of))) if *of == account_id && is_client(actor) => Some(Who::Client(name.clone())),
                Some((name, Some(of))) if *of == account_id => Some(Who::Member(name.clone())),
                Some((name, None)) => Some(Who::Staff(name.clone())),
                _ => None,
            },
        }
    };
    let steps = events.iter().map(|event| Step {
        who: who(event),
        event: event.clone(),
    });
    Ok(steps.collect())
}
