//! Who did what to which object: append-only, written in the transaction of the change.

use std::fmt;

use diesel::sql_types::Untyped;

use crate::clock::Timestamp;
use crate::db::{Connection, Statement, sql};
use crate::error::Result;
use crate::ids::{AccountId, AuditId, PersonId};

/// Who acts, and in which request.
#[derive(Debug, Clone)]
pub struct Actor {
    /// A person or a program.
    pub who: Who,
    /// The request's id, for people.
    pub request_id: Option<String>,
}

/// A person or a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Somebody who signed in.
    Person(PersonId),
    /// A command or a job: `import`, `command`, `worker`.
    Program(&'static str),
}

impl Actor {
    /// A command or a job.
    pub fn program(name: &'static str) -> Self {
        Self {
            who: Who::Program(name),
            request_id: None,
        }
    }
}

/// `per_…` or the program's name.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.who {
            Who::Person(id) => write!(f, "{id}"),
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

/// The change that writes `entry` down.
pub fn recording(actor: &Actor, entry: &Entry, now: Timestamp) -> Statement<Untyped> {
    sql(
        "INSERT INTO audit_entries (id, recorded_at, actor, account_id, action, object, request_id, details) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(AuditId::new().0)
    .bind(now)
    .bind(actor.to_string())
    .bind(entry.account_id.map(|id| id.0))
    .bind(entry.action)
    .bind(&entry.object)
    .bind(actor.request_id.clone())
    .bind(entry.details.to_string())
}

/// Writes `entry` down.
pub fn record(tx: &mut Connection, actor: &Actor, entry: &Entry, now: Timestamp) -> Result<()> {
    recording(actor, entry, now).run(tx).map(drop)
}
