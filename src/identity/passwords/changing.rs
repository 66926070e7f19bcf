//! A new password for somebody who is signed in and knows the old one.

use std::net::IpAddr;

use serde_json::json;

use crate::audit::{self, Actor, Origin, tallies};
use crate::clock::{self, Timestamp};
use crate::db::{Connection, Database};
use crate::error::{Code, Error, Result};
use crate::identity::passwords::{self, Queue, resetting};
use crate::identity::sentences;
use crate::identity::store;
use crate::identity::telling;
use crate::identity::throttling::Source;
use crate::ids::{PersonId, SessionId};
use crate::names::sets::AccessChange;

/// Where the password until now stands in a request.
const CURRENT: &str = "/current_password";

pub struct PasswordChange {
    pub person_id: PersonId,
    /// The session that stays.
    pub session_id: SessionId,
    /// The password until now, as typed.
    pub current: String,
    /// The next one.
    pub new: String,
    /// In which request, and where it comes from.
    pub origin: Origin,
    /// For the audit record.
    pub actor: Actor,
}

/// Sets the new password and ends the person's other sessions; which they were. A wrong current password counts as a
/// failed sign-in: a session left open is no place to guess in.
pub async fn change(db: &Database, queue: &Queue, change: PasswordChange) -> Result<Vec<SessionId>> {
    if let Some(fault) = passwords::form_fault("/new_password", &change.new) {
        return Err(Error::Invalid(vec![fault]));
    }
    let (person_id, session_id, address) = (change.person_id, change.session_id, change.origin.address);
    let (source, known, context) = db
        .read(move |connection| {
            let person = store::people::find(connection, person_id)?.ok_or(Error::NotFound)?;
            let source = Sources::of(&person.email, address, session_id);
            source.refuse_if_throttled(connection, clock::now())?;
            let credentials = store::find_credentials(connection, &person.email)?;
            let context = passwords::context(connection, &person.email, &person.name, person.account_id)?;
            Ok((source, credentials.ok_or(Error::NotFound)?.password_hash, context))
        })
        .await?;
    if let Some(fault) = queue.fault("/new_password", &change.new, context).await? {
        return Err(Error::Invalid(vec![fault]));
    }
    let matches = queue.verify(change.current, Some(known.clone())).await?;
    let settled = if matches {
        let settling = Settling {
            person_id,
            kept: change.session_id,
            known,
            hash: queue.hash(change.new).await?,
            actor: change.actor,
        };
        db.write(move |tx| settle(tx, &source, &settling, clock::now())).await?
    } else {
        let failed = Failed {
            person_id,
            actor: change.actor,
        };
        db.write(move |tx| refuse(tx, &source, &failed, clock::now()).map(Err))
            .await?
    };
    settled.inspect_err(|error| {
        tracing::info!(person = %person_id, ?address, reason = error.code().name(), "a change of password failed");
    })
}

struct Settling {
    person_id: PersonId,
    kept: SessionId,
    known: String,
    hash: String,
    actor: Actor,
}

/// Where guesses are counted: a failed change is a failed sign-in at its address, and a session that was left open or
/// stolen is no place to guess in, from whatever address.
pub(in crate::identity) struct Sources {
    address: Source,
    session: Source,
}

impl Sources {
    /// Of a person with this mail address in this session, who calls from `address`.
    pub fn of(email: &str, address: Option<IpAddr>, session_id: SessionId) -> Self {
        let address = Source::of_sign_in(email, address);
        Self {
            session: address.clone().in_session(session_id),
            address,
        }
    }

    pub fn refuse_if_throttled(&self, connection: &mut Connection, now: Timestamp) -> Result<()> {
        self.address.refuse_if_throttled(connection, now)?;
        self.session.refuse_if_throttled(connection, now).map(drop)
    }

    /// Both are of one person, whose failures one lock holds.
    pub fn lock(&self, tx: &mut Connection) -> Result<()> {
        self.address.lock(tx)
    }

    fn count(&self, tx: &mut Connection, now: Timestamp) -> Result<()> {
        self.address.count(tx, now)?;
        self.session.count(tx, now)
    }

    /// Counts the failure; the refusal it gets, at the password's place.
    pub fn refuse(&self, tx: &mut Connection, pointer: &str, now: Timestamp) -> Result<Error> {
        self.lock(tx)?;
        self.count(tx, now)?;
        match self.refuse_if_throttled(tx, now) {
            Err(error @ Error::Throttled { .. }) => Ok(error),
            Err(error) => Err(error),
            Ok(()) => Ok(Error::invalid(
                pointer,
                Code::WrongPassword,
                sentences::not_your_password(),
            )),
        }
    }
}

/// Whose change failed.
struct Failed {
    person_id: PersonId,
    actor: Actor,
}

/// Counts the failure and writes it down; the refusal it gets.
fn refuse(tx: &mut Connection, source: &Sources, failed: &Failed, now: Timestamp) -> Result<Error> {
    record(tx, failed, now)?;
    source.refuse(tx, CURRENT, now)
}

/// Failures of a person that the record tells each in an hour.
const FAILURES_TOLD: i64 = 10;

fn record(tx: &mut Connection, failed: &Failed, now: Timestamp) -> Result<()> {
    let times = tallies::count(tx, &format!("password {}", failed.person_id), now)?;
    if !tallies::is_told(times, FAILURES_TOLD) {
        return Ok(());
    }
    let person = store::people::find(tx, failed.person_id)?.ok_or(Error::NotFound)?;
    let entry = audit::Entry {
        action: "person.change_password_failed",
        account_id: person.account_id,
        object: failed.person_id.to_string(),
        details: json!({ "times": times }),
    };
    audit::record(tx, &failed.actor, &entry, now)
}

/// Sessions that ended, or the refusal, whose count is stored too.
type Settled = Result<Vec<SessionId>>;

fn settle(tx: &mut Connection, source: &Sources, change: &Settling, now: Timestamp) -> Result<Settled> {
    source.lock(tx)?;
    match source.refuse_if_throttled(tx, now) {
        Err(error @ Error::Throttled { .. }) => return Ok(Err(error)),
        other => drop(other?),
    }
    let id = change.person_id;
    // Of two changes at once the second one finds another password than it compared with.
    if !store::people::update_password(tx, id, Some(&change.known), &change.hash)? {
        let failed = Failed {
            person_id: id,
            actor: change.actor.clone(),
        };
        return refuse(tx, source, &failed, now).map(Err);
    }
    let ended = resetting::settle_password(tx, &change.actor, id, Some(change.kept), now)?;
    let person = store::people::find(tx, id)?.ok_or(Error::NotFound)?;
    let entry = audit::Entry {
        action: "person.change_password",
        account_id: person.account_id,
        object: id.to_string(),
        details: json!({ "sessions_ended": ended.len() }),
    };
    audit::record(tx, &change.actor, &entry, now)?;
    telling::tell(tx, &person, AccessChange::Password, id, &[], now)?;
    Ok(Ok(ended))
}
