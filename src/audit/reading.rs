//! Reads the record.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::schema::audit_entries;
use crate::error::{Error, Result};
use crate::ids::{AccountId, ActingId, AuditId};

/// Which entries.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// About the object with this outside id.
    pub object: Option<String>,
    /// That concern this account.
    pub account_id: Option<AccountId>,
    /// Of this person or program, as it is recorded.
    pub actor: Option<String>,
    /// This action; with a dot at its end all of a kind.
    pub action: Option<String>,
}

/// An entry as it stands in the record.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Its id.
    pub id: AuditId,
    /// When.
    pub recorded_at: Timestamp,
    /// `per_…` or the program's name.
    pub actor: String,
    /// Set where one of the staff acted for the account.
    pub acting_id: Option<ActingId>,
    /// The account it concerns.
    pub account_id: Option<AccountId>,
    /// What was done.
    pub action: String,
    /// The object's outside id.
    pub object: String,
    /// The id of the request.
    pub request_id: Option<String>,
    /// Before, after, reason.
    pub details: serde_json::Value,
}

type Row = (
    (AuditId, Timestamp, String, Option<ActingId>),
    (Option<AccountId>, String, String, Option<String>, String),
);

/// Up to `rows_max` entries, the newest first, older than the one with the id `before`.
pub fn list(connection: &mut Connection, filter: &Filter, before: Option<i64>, rows_max: i64) -> Result<Vec<Recorded>> {
    let mut query = audit_entries::table
        .order(audit_entries::id.desc())
        .limit(rows_max)
        .select((
            (
                audit_entries::id,
                audit_entries::recorded_at,
                audit_entries::actor,
                audit_entries::acting_id,
            ),
            (
                audit_entries::account_id,
                audit_entries::action,
                audit_entries::object,
                audit_entries::request_id,
                audit_entries::details,
            ),
        ))
        .into_boxed();
    if let Some(object) = &filter.object {
        query = query.filter(audit_entries::object.eq(object));
    }
    if let Some(account_id) = filter.account_id {
        query = query.filter(audit_entries::account_id.eq(account_id));
    }
    if let Some(actor) = &filter.actor {
        query = query.filter(audit_entries::actor.eq(actor));
    }
    if let Some(action) = &filter.action {
        query = match action.strip_suffix('.') {
            // The sign behind the dot is the slash.
            Some(kind) => query.filter(
                audit_entries::action
                    .gt(action)
                    .and(audit_entries::action.lt(format!("{kind}/"))),
            ),
            None => query.filter(audit_entries::action.eq(action)),
        };
    }
    if let Some(before) = before {
        query = query.filter(audit_entries::id.lt(before));
    }
    query.load::<Row>(connection)?.into_iter().map(recorded).collect()
}

fn recorded(((id, recorded_at, actor, acting_id), rest): Row) -> Result<Recorded> {
    let (account_id, action, object, request_id, details) = rest;
    Ok(Recorded {
        id,
        recorded_at,
        actor,
        acting_id,
        account_id,
        action,
        object,
        request_id,
        details: serde_json::from_str(&details).map_err(Error::internal)?,
    })
}
