//! Proving once more who one is, before what needs a fresh proof: with a code where there is a second factor, else with the
//! password. Wrong ones count as they do at the sign-in.

use std::net::IpAddr;

use serde_json::json;

use super::bearer::Bearer;
use super::caller::{Access, Caller};
use super::passwords::changing::Sources;
use super::rules::WORKING_DAY;
use super::rules::webauthn::Party;
use super::{factors, passkeys, sentences, store};
use crate::audit::{self, Actor, tallies};
use crate::clock::{self, Timestamp};
use crate::db::{Connection, Database};
use crate::error::{Code, Error, Result};
use crate::ids::{PersonId, SessionId};

/// What somebody proves themselves with, as typed; the other one is empty.
#[derive(Default)]
pub struct Proof {
    pub password: String,
    pub code: String,
    /// The answer of a passkey, what it was to sign, and at which host.
    pub passkey: Option<(passkeys::Answer, String, Party)>,
}

/// What a session gets by a proof: another token, in place of the one before.
#[derive(Debug, Clone, Copy)]
pub struct Renewed {
    /// Whom it names.
    pub bearer: Bearer,
    /// When the session ends by age.
    pub expires_at: Timestamp,
    /// The browser keeps it beyond a working day.
    pub is_kept: bool,
}

/// Takes the proof; the session is fresh from now on, and those of its tokens that were made before end within a minute. Wrong: a fault at `/code` or `/password`, or
/// [`Error::Throttled`].
pub async fn confirm(
    db: &Database,
    access: &Access,
    caller: &Caller,
    proof: Proof,
    address: Option<IpAddr>,
) -> Result<Renewed> {
    let (person_id, session_id) = (caller.person_id, caller.session_id);
    let has_factor = db
        .read(move |connection| Ok(factors::status(connection, person_id)?.since.is_some()))
        .await?;
    let missing = match has_factor {
        true if proof.code.is_empty() && proof.passkey.is_none() => Some("/code"),
        false if proof.password.is_empty() => Some("/password"),
        _ => None,
    };
    if let Some(pointer) = missing {
        return Err(Error::invalid(pointer, Code::Required, sentences::code_or_password()));
    }
    let outcome = match (has_factor, proof.passkey) {
        (true, Some(passkey)) => by_passkey(db, access, caller, passkey).await,
        (true, None) => by_code(db, caller.actor(), (person_id, session_id), proof.code).await,
        (false, _) => by_password(db, access, caller, proof.password, address).await,
    };
    match &outcome {
        Ok(_) => {
            access.sessions.forget(session_id).await;
            tracing::info!(person = %person_id, session = %session_id, "proved once more");
        }
        Err(error) => tracing::info!(person = %person_id, reason = error.code().name(), "a proof failed"),
    }
    outcome
}

async fn by_passkey(
    db: &Database,
    access: &Access,
    caller: &Caller,
    (answer, token, party): (passkeys::Answer, String, Party),
) -> Result<Renewed> {
    let asked = access.keys.verify_passkey(db, &token).await?;
    let (person_id, session_id) = (caller.person_id, caller.session_id);
    let actor = caller.actor();
    let own = asked.filter(|(asked, _)| asked.session_id == session_id && asked.person_id == person_id);
    let Some((_, proven_before)) = own else {
        return Err(challenge_over());
    };
    let write = move |tx: &mut Connection| {
        let now = clock::now();
        if let Err(refused) = passkeys::prove(tx, person_id, &answer, (&token, &party), now)? {
            return tell(tx, &actor, person_id, now).map(|()| Err(refused));
        }
        // What was asked before the session's last proof is over: an answer is good once.
        match store::update_session_proven_again(tx, session_id, proven_before, now)? {
            true => record(tx, &actor, (person_id, session_id), "passkey", now).map(Ok),
            false => Ok(Err(challenge_over())),
        }
    };
    db.write(write).await?
}

/// Failed proofs of a person that the record tells each in an hour.
const FAILURES_TOLD: i64 = 10;

/// Writes down that a proof failed, as far as the record tells of it.
fn tell(tx: &mut Connection, actor: &Actor, person_id: PersonId, now: Timestamp) -> Result<()> {
    let times = tallies::count(tx, &format!("confirm {person_id}"), now)?;
    if !tallies::is_told(times, FAILURES_TOLD) {
        return Ok(());
    }
    let person = store::people::find(tx, person_id)?.ok_or(Error::NotFound)?;
    let entry = audit::Entry {
        action: "person.confirm_failed",
        account_id: person.account_id,
        object: person_id.to_string(),
        details: json!({ "times": times }),
    };
    audit::record(tx, actor, &entry, now)
}

/// Writes down that somebody proved once more who they are, and by what; what their session gets by it.
fn record(
    tx: &mut Connection,
    actor: &Actor,
    (person_id, session_id): (PersonId, SessionId),
    by: &'static str,
    now: Timestamp,
) -> Result<Renewed> {
    let person = store::people::find(tx, person_id)?.ok_or(Error::NotFound)?;
    let entry = audit::Entry {
        action: "session.confirm",
        account_id: person.account_id,
        object: session_id.to_string(),
        details: json!({ "by": by }),
    };
    audit::record(tx, actor, &entry, now)?;
    let (created_at, expires_at) = store::update_session_renewed(tx, session_id, now)?;
    Ok(Renewed {
        bearer: Bearer {
            person_id,
            session_id,
            renewed_at: Some(now),
        },
        expires_at,
        is_kept: expires_at - created_at > WORKING_DAY,
    })
}

fn challenge_over() -> Error {
    Error::unauthenticated(Code::ChallengeOver, sentences::challenge_over())
}

async fn by_code(
    db: &Database,
    actor: Actor,
    (person_id, session_id): (PersonId, SessionId),
    code: String,
) -> Result<Renewed> {
    let write = move |tx: &mut Connection| {
        let now = clock::now();
        if let Err(refused) = factors::prove(tx, &actor, person_id, &code, now)? {
            return tell(tx, &actor, person_id, now).map(|()| Err(refused));
        }
        store::update_session_proven(tx, session_id, now)?;
        record(tx, &actor, (person_id, session_id), "code", now).map(Ok)
    };
    db.write(write).await?
}

async fn by_password(
    db: &Database,
    access: &Access,
    caller: &Caller,
    password: String,
    address: Option<IpAddr>,
) -> Result<Renewed> {
    let (actor, person_id, session_id) = (caller.actor(), caller.person_id, caller.session_id);
    let (source, known) = db
        .read(move |connection| {
            let person = store::people::find(connection, person_id)?.ok_or(Error::NotFound)?;
            let source = Sources::of(&person.email, address, session_id);
            source.refuse_if_throttled(connection, clock::now())?;
            let credentials = store::find_credentials_of(connection, person_id)?;
            Ok((source, credentials.ok_or(Error::NotFound)?.password_hash))
        })
        .await?;
    let matches = access.passwords.verify(password, Some(known)).await?;
    let write = move |tx: &mut Connection| {
        let now = clock::now();
        source.lock(tx)?;
        match source.refuse_if_throttled(tx, now) {
            Err(error @ Error::Throttled { .. }) => Ok(Err(error)),
            Err(error) => Err(error),
            Ok(()) if matches => {
                store::update_session_proven(tx, session_id, now)?;
                record(tx, &actor, (person_id, session_id), "password", now).map(Ok)
            }
            Ok(()) => {
                tell(tx, &actor, person_id, now)?;
                source.refuse(tx, "/password", now).map(Err)
            }
        }
    };
    db.write(write).await?
}
