//! One of the staff works in the portal as an account, to help: said why, told to the account, for an hour at most. It
//! belongs to their session and ends with it.

use std::sync::Arc;

use chrono::TimeDelta;

use super::rules::AccountRole;
pub use super::store::acting::{Acted, list};
use super::{people, store};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Connection, insert};
use crate::error::{Code, Error, Result};
use crate::events::payloads::{ActingEnded, ActingStarted};
use crate::events::{self, Payload};
use crate::ids::{AccountId, ActingId, PersonId, SessionId};
use crate::sentences::{at_most_characters, say_why};

/// How long it lasts at most.
pub const LIFETIME: TimeDelta = TimeDelta::hours(1);
/// Characters of a reason.
pub const REASON_CHARS_MAX: usize = 500;

/// What staff may do while they act for an account: order, and what every role may. Never its people, never approvals.
pub const ROLES: &[AccountRole] = &[AccountRole::Buyer];

/// What is in force in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// Its id, which entries of the audit record carry.
    pub id: ActingId,
    pub account_id: AccountId,
    /// The name of who acts.
    pub staff: Arc<str>,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

impl Acting {
    /// As the record has it.
    pub fn recorded(&self) -> audit::Acting {
        audit::Acting {
            id: self.id,
            staff: self.staff.clone(),
        }
    }
}

/// Begins to act for an account, instead of for another one. The account must be open; that is for the caller to see.
pub fn start(
    tx: &mut Connection,
    actor: &Actor,
    (session_id, person_id): (SessionId, PersonId),
    account_id: AccountId,
    reason: &str,
    now: Timestamp,
) -> Result<ActingId> {
    match reason.chars().count() {
        0 => return Err(Error::invalid("/reason", Code::Required, say_why())),
        1..=REASON_CHARS_MAX => {}
        _ => {
            let detail = at_most_characters(REASON_CHARS_MAX);
            return Err(Error::invalid("/reason", Code::ValueTooLong, detail));
        }
    }
    stop(tx, actor, &[session_id], now)?;
    let person = people::find_person(tx, person_id)?.ok_or(Error::NotFound)?;
    let (id, expires_at) = (ActingId::new(), now + LIFETIME);
    let row = store::acting::NewActing {
        id,
        session_id,
        person_id,
        account_id,
        reason,
        started_at: now,
        expires_at,
    };
    insert(tx, &[row])?;
    let started = ActingStarted {
        staff: person.name,
        reason: reason.to_owned(),
        expires_at: crate::clock::rfc3339(expires_at),
    };
    record(tx, actor, "acting.start", (account_id, id), started, now)?;
    Ok(id)
}

/// Ends what is in force in the sessions; for which account the last one was.
pub fn stop(tx: &mut Connection, actor: &Actor, sessions: &[SessionId], now: Timestamp) -> Result<Option<AccountId>> {
    let mut last = None;
    if sessions.is_empty() {
        return Ok(last);
    }
    for (id, account_id, staff) in store::acting::update_ended(tx, sessions, now)? {
        record(tx, actor, "acting.stop", (account_id, id), ActingEnded { staff }, now)?;
        last = Some(account_id);
    }
    Ok(last)
}

fn record<P: Payload<Subject = AccountId>>(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    (account_id, id): (AccountId, ActingId),
    payload: P,
    now: Timestamp,
) -> Result<()> {
    let happened = events::Entry::new(Some(account_id), account_id, payload);
    let entry = audit::Entry {
        action,
        account_id: Some(account_id),
        object: id.to_string(),
        details: happened.event.data(),
    };
    audit::record(tx, actor, &entry, now)?;
    events::recording(&happened, now).run(tx).map(drop)
}
