//! Who did what to which object: append-only, written in the transaction of the change.
//!
//! - [`actions`]: what is done, by name
//! - [`origin`]: the request in which it was done
//! - [`reading`]: the record read back
//! - [`sealing`], [`checks`]: the record as a chain, and whether it is whole
//! - [`redacting`]: what stands in an entry has to go, and the chain stays whole
//! - [`tallies`]: what anybody can cause is counted

pub mod actions;
pub mod checks;
mod history;
mod origin;
pub mod reading;
pub mod redacting;
pub mod sealing;
pub mod tallies;

use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde_json::json;

use crate::clock::Timestamp;
use crate::db::{Batch, Connection, Statement, select, sets, sql};
use crate::error::Result;
use crate::events;
use crate::ids::{AccountId, ActingId, AuditId, ClientId, PersonId};
use crate::row;

pub use self::history::{Change, list_about, record_all, row_of};
pub use self::origin::Origin;
pub use self::reading::Recorded;

/// Who acts, and in which request.
#[derive(Debug, Clone)]
pub struct Actor {
    /// A person or a program.
    pub who: Who,
    /// The request, for people.
    pub origin: Option<Origin>,
    /// Set while one of the staff acts for an account.
    pub acting: Option<Acting>,
}

/// In whose name somebody acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// The entry that says why is about this id.
    pub id: ActingId,
    /// The name of who acts.
    pub staff: Arc<str>,
}

/// Who acts before anybody is known.
const VISITOR: &str = "visitor";

/// A person or a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Somebody who signed in.
    Person(PersonId),
    /// A program that signs in by itself.
    Client(ClientId),
    /// A command or a job: `import`, `command`, `worker`.
    Program(&'static str),
}

impl Actor {
    /// A command or a job.
    pub fn program(name: &'static str) -> Self {
        Self::new(Who::Program(name), None)
    }

    /// Somebody outside any request.
    pub fn person(id: PersonId) -> Self {
        Self::new(Who::Person(id), None)
    }

    /// Somebody who acts for themselves, in this request.
    pub fn new(who: Who, origin: Option<Origin>) -> Self {
        Self {
            who,
            origin,
            acting: None,
        }
    }

    /// Somebody who calls and is not known: `visitor`.
    pub fn visitor(origin: Origin) -> Self {
        Self::new(Who::Program(VISITOR), Some(origin))
    }

    fn request_id(&self) -> Option<&str> {
        self.origin.as_ref().map(|origin| &*origin.request_id)
    }

    fn address(&self) -> Option<String> {
        self.origin.as_ref().and_then(Origin::address_text)
    }
}

/// `per_…`, `cli_…` or the program's name.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.who {
            Who::Person(id) => write!(f, "{id}"),
            Who::Client(id) => write!(f, "{id}"),
            Who::Program(name) => f.write_str(name),
        }
    }
}

/// One act.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What was done: `order.cancel`.
    pub action: &'static str,
    /// The account it concerns.
    pub account_id: Option<AccountId>,
    /// The object's outside id.
    pub object: String,
    /// Before, after, reason: whatever a reader will ask for.
    pub details: serde_json::Value,
}

impl Entry {
    /// That something that is kept was added, changed or removed: what it was and what it is, as far as there is such.
    pub fn kept<Thing: Serialize>(
        action: &'static str,
        account_id: Option<AccountId>,
        object: String,
        before: Option<&Thing>,
        after: Option<&Thing>,
    ) -> Self {
        Self {
            action,
            account_id,
            object,
            details: json!({ "before": before, "after": after }),
        }
    }
}

/// The change that writes `entry` down.
pub fn recording(actor: &Actor, entry: &Entry, now: Timestamp) -> Statement {
    sql("INSERT INTO audit_entries \
           (id, recorded_at, actor, account_id, action, object, request_id, details, acting_id, address) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(AuditId::new().0)
    .bind(now)
    .bind(actor.to_string())
    .bind(entry.account_id.map(|id| id.0))
    .bind(entry.action)
    .bind(&entry.object)
    .bind(actor.request_id().map(str::to_owned))
    .bind(entry.details.to_string())
    .bind(actor.acting.as_ref().map(|acting| acting.id.0))
    .bind(actor.address())
}

/// Adds an event and the act that made it happen; the details of the act are the event's data.
pub fn record_with_event(
    batch: &mut Batch,
    actor: &Actor,
    action: &'static str,
    event: &events::Entry,
    now: Timestamp,
) {
    batch.add(events::recording(event, now));
    let entry = Entry {
        action,
        account_id: event.account_id,
        object: event.subject(),
        details: event.event.data(),
    };
    batch.add(recording(actor, &entry, now));
}

/// Writes `entry` down.
pub fn record(tx: &mut Connection, actor: &Actor, entry: &Entry, now: Timestamp) -> Result<()> {
    recording(actor, entry, now).run(tx).map(drop)
}

row! {
    /// Who did something to an object, and when.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Done from "audit_entries" {
        /// The object's outside id.
        pub object: String = "object",
        pub recorded_at: Timestamp = "recorded_at",
        /// `per_…`, `cli_…` or the program's name.
        pub actor: String = "actor",
    }
}

/// What was done to these objects of an account.
pub fn list_done(connection: &mut Connection, account_id: AccountId, objects: &[String]) -> Result<Vec<Done>> {
    select::<Done>("WHERE account_id = $1 AND object {in texts $2} ORDER BY id")
        .bind(account_id)
        .bind(sets::json(objects)?)
        .rows(connection)
}
