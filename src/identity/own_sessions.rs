//! What somebody is signed in with: their sessions, and ending one of them.

use serde_json::json;

use super::rules::Person;
pub use super::store::{OwnSession, list_own_sessions as list};
use super::telling;
use super::{acting, store};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::ids::{AccountId, PersonId, SessionId};
use crate::names::sets::AccessChange;

/// Ends one session of a person; `NotFound` for others' sessions and those that have ended.
pub fn end(
    tx: &mut Connection,
    actor: &Actor,
    account_id: Option<AccountId>,
    person_id: PersonId,
    id: SessionId,
    now: Timestamp,
) -> Result<()> {
    if !store::update_own_session_ended(tx, person_id, id, now)? {
        return Err(Error::NotFound);
    }
    acting::stop(tx, actor, &[id], now)?;
    let entry = audit::Entry {
        action: "session.end",
        account_id,
        object: id.to_string(),
        details: json!({}),
    };
    audit::record(tx, actor, &entry, now)
}

/// Ends all sessions of somebody else, who is told; which they were.
pub fn end_all(
    tx: &mut Connection,
    actor: &Actor,
    by: PersonId,
    person: &Person,
    now: Timestamp,
) -> Result<Vec<SessionId>> {
    let ended = store::update_sessions_ended(tx, person.id, None, now)?;
    if !ended.is_empty() {
        acting::stop(tx, actor, &ended, now)?;
        let entry = audit::Entry {
            action: "session.end_all",
            account_id: person.account_id,
            object: person.id.to_string(),
            details: json!({ "sessions_ended": ended.len() }),
        };
        audit::record(tx, actor, &entry, now)?;
        telling::tell(tx, person, AccessChange::SessionsEnded, by, &[], now)?;
    }
    Ok(ended)
}

/// Ends all sessions of a person but `kept`; which they were.
pub fn end_others(
    tx: &mut Connection,
    actor: &Actor,
    account_id: Option<AccountId>,
    person_id: PersonId,
    kept: SessionId,
    now: Timestamp,
) -> Result<Vec<SessionId>> {
    let ended = store::update_sessions_ended(tx, person_id, Some(kept), now)?;
    if !ended.is_empty() {
        acting::stop(tx, actor, &ended, now)?;
        let entry = audit::Entry {
            action: "session.end_others",
            account_id,
            object: person_id.to_string(),
            details: json!({ "sessions_ended": ended.len() }),
        };
        audit::record(tx, actor, &entry, now)?;
    }
    Ok(ended)
}
