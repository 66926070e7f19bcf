//! Who did what to which object: append-only, written in the transaction of the change.

use std::fmt;

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::schema::audit_entries;
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

/// Writes `entry` down.
pub fn record(tx: &mut Connection, actor: &Actor, entry: &Entry, now: Timestamp) -> Result<()> {
    diesel::insert_into(audit_entries::table)
        .values((
            audit_entries::id.eq(AuditId::new()),
            audit_entries::recorded_at.eq(now),
            audit_entries::actor.eq(actor.to_string()),
            audit_entries::account_id.eq(entry.account_id),
            audit_entries::action.eq(entry.action),
            audit_entries::object.eq(&entry.object),
            audit_entries::request_id.eq(&actor.request_id),
            audit_entries::details.eq(entry.details.to_string()),
        ))
        .execute(tx)?;
    Ok(())
}
