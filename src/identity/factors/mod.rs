//! The second factor: codes of an authenticator, asked for after the password, and recovery codes for somebody whose
//! authenticator is gone.
//!
//! The secret lies in the database as it is. Whoever reads the database has the signing keys and can be anybody without
//! any code; a key beside it would only look like protection.

pub mod api;
pub mod pages;
mod store;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::passkeys::{self, PasskeyRow};
use super::rules::totp::{self, RECOVERY_BYTES, RECOVERY_CODES, RECOVERY_LEFT_FEW, SECRET_BYTES};
use super::rules::{self, Person};
use super::throttling::Source;
use super::tokens::fingerprint;
use super::{acting, people, sentences, telling};
use crate::audit::{self, Actor};
use crate::clock::{self, Timestamp};
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids::{PersonId, SessionId};
use crate::names::sets::AccessChange;

/// How it stands with somebody's second factor.
#[derive(Debug, Clone, Default)]
pub struct Status {
    /// Since when one is in force.
    pub since: Option<Timestamp>,
    /// Since when codes of an authenticator are.
    pub authenticator: Option<Timestamp>,
    pub passkeys: Vec<PasskeyRow>,
    /// Recovery codes that are left.
    pub codes_left: i64,
    /// The secret of one that waits for its first code.
    pub pending: Option<String>,
}

impl Status {
    /// True where there is little left for the day on which the authenticator is gone.
    pub fn has_few_codes(&self) -> bool {
        self.since.is_some() && self.codes_left <= RECOVERY_LEFT_FEW
    }
}

/// How it stands with a person's second factor.
pub fn status(connection: &mut Connection, person_id: PersonId) -> Result<Status> {
    let factor = store::find(connection, person_id)?;
    let passkeys = passkeys::list(connection, person_id)?;
    let authenticator = factor.as_ref().and_then(|factor| factor.confirmed_at);
    let all = passkeys.iter().map(|passkey| passkey.created_at).chain(authenticator);
    Ok(Status {
        since: all.min(),
        authenticator,
        codes_left: store::count_codes(connection, person_id)?,
        pending: factor
            .filter(|factor| waits(factor, clock::now()))
            .map(|factor| factor.secret),
        passkeys,
    })
}

/// How long a secret waits for its first code.
const PENDING_LIFETIME: chrono::TimeDelta = chrono::TimeDelta::minutes(15);

/// True of a secret that is not in force yet and still may be.
fn waits(factor: &store::Factor, now: Timestamp) -> bool {
    factor.confirmed_at.is_none() && factor.created_at + PENDING_LIFETIME > now
}

/// What is told of a name to an authenticator, in characters.
const URI_CHARS_MAX: usize = 40;

/// What an authenticator reads: who asks for the codes, of whom, and what they are made of.
pub fn uri(issuer: &str, name: &str, secret: &str) -> String {
    // An authenticator shows the beginning, and what is to be scanned must not grow beyond a code.
    let plain = |text: &str| {
        let text: String = text.chars().take(URI_CHARS_MAX).collect();
        utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string()
    };
    let (issuer, name) = (plain(issuer), plain(name));
    format!("otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}")
}

/// What the portal is called in an authenticator: as the supplier.
pub fn issuer(connection: &mut Connection) -> Result<String> {
    let (supplier, ..) = super::passwords::store::names_about(connection, None)?;
    Ok(supplier.unwrap_or_else(|| "Portal".to_owned()))
}

/// A new secret for a person, not in force before its first code: [`confirm`]. Conflict where they have a factor.
pub fn begin(tx: &mut Connection, person_id: PersonId, now: Timestamp) -> Result<String> {
    people::lock(tx, person_id)?;
    let secret = totp::secret_text(&clock::random_bytes::<SECRET_BYTES>());
    match store::insert_pending(tx, person_id, &secret, now)? {
        true => Ok(secret),
        false => Err(Error::conflict(Code::SecondFactorSet, sentences::second_factor_set())),
    }
}

/// Puts a secret in force by its first code; the recovery codes, which are shown once. The person's other sessions end:
/// they were begun without it. A wrong code is an inner error: it counts.
pub fn confirm(
    tx: &mut Connection,
    actor: &Actor,
    (person_id, session_id): (PersonId, SessionId),
    code: &str,
    now: Timestamp,
) -> Result<Result<Codes>> {
    let person = people::lock(tx, person_id)?;
    let factor = store::find(tx, person_id)?;
    match &factor {
        Some(factor) if waits(factor, now) => {}
        Some(factor) if factor.confirmed_at.is_some() => {
            return Err(Error::conflict(Code::SecondFactorSet, sentences::second_factor_set()));
        }
        _ => return Err(Error::conflict(Code::SecondFactorNone, sentences::second_factor_none())),
    }
    if let Err(refused) = take(tx, actor, (person_id, Taken::First), code, now)? {
        return Ok(Err(refused));
    }
    store::update_confirmed(tx, person_id, now)?;
    let made = begin_with_codes(tx, actor, person_id, session_id, now)?;
    record(tx, actor, "second_factor.add", &person, now)?;
    telling::tell(tx, &person, AccessChange::SecondFactorAdded, person_id, &[], now)?;
    Ok(Ok(made))
}

/// What a factor begins with: recovery codes. The person's other sessions end.
pub(in crate::identity) fn begin_with_codes(
    tx: &mut Connection,
    actor: &Actor,
    person_id: PersonId,
    session_id: SessionId,
    now: Timestamp,
) -> Result<Codes> {
    let codes = new_codes(tx, person_id)?;
    let ended = super::store::update_sessions_ended(tx, person_id, Some(session_id), now)?;
    acting::stop(tx, actor, &ended, now)?;
    super::store::update_session_proven(tx, session_id, now)?;
    Ok(Codes { codes, ended })
}

/// Recovery codes, and the sessions that ended.
#[derive(Debug, Default)]
pub struct Codes {
    pub codes: Vec<String>,
    pub ended: Vec<SessionId>,
}

/// How old a proof may be that stands in for a code where somebody has passkeys alone.
const PROOF_INSTEAD_OF_CODE: chrono::TimeDelta = chrono::TimeDelta::minutes(15);

/// New recovery codes instead of those a person has, for a code. Whoever has passkeys alone has none to give, and needs a
/// proof of who they are of these minutes.
pub fn renew_codes(
    tx: &mut Connection,
    actor: &Actor,
    (person_id, proven_at): (PersonId, Timestamp),
    code: &str,
    now: Timestamp,
) -> Result<Result<Vec<String>>> {
    let person = people::lock(tx, person_id)?;
    let status = status(tx, person_id)?;
    let by_passkey = code.is_empty() && status.since.is_some() && status.authenticator.is_none();
    if by_passkey && rules::is_stale(proven_at, Some(PROOF_INSTEAD_OF_CODE), now) {
        return Err(super::prove_again());
    }
    if !by_passkey && let Err(refused) = prove(tx, actor, person_id, code, now)? {
        return Ok(Err(refused));
    }
    let codes = new_codes(tx, person_id)?;
    record(tx, actor, "second_factor.renew_codes", &person, now)?;
    telling::tell(tx, &person, AccessChange::RecoveryCodesRenewed, person_id, &[], now)?;
    Ok(Ok(codes))
}

/// What is left once an authenticator is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    pub keeps_passkeys: bool,
}

/// Takes a person's authenticator away, for a code. Conflict where there is none.
pub fn remove(
    tx: &mut Connection,
    actor: &Actor,
    person_id: PersonId,
    code: &str,
    now: Timestamp,
) -> Result<Result<Left>> {
    let person = people::lock(tx, person_id)?;
    if status(tx, person_id)?.authenticator.is_none() {
        return Err(Error::conflict(Code::SecondFactorNone, sentences::second_factor_none()));
    }
    if let Err(refused) = prove(tx, actor, person_id, code, now)? {
        return Ok(Err(refused));
    }
    store::delete(tx, person_id)?;
    let keeps_passkeys = status(tx, person_id)?.since.is_some();
    if !keeps_passkeys {
        store::delete_codes(tx, person_id)?;
    }
    record(tx, actor, "second_factor.remove", &person, now)?;
    let what = match keeps_passkeys {
        true => AccessChange::AuthenticatorRemoved,
        false => AccessChange::SecondFactorRemoved,
    };
    telling::tell(tx, &person, what, person_id, &[], now)?;
    Ok(Ok(Left { keeps_passkeys }))
}

/// Who resets a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// An admin.
    Person(PersonId),
    /// Whoever has the machine.
    Command,
}

/// Takes somebody else's second factor away: they lost it, and told an admin. Their sessions end; which they were.
/// Conflict where they have none.
pub fn reset(
    tx: &mut Connection,
    actor: &Actor,
    by: By,
    person_id: PersonId,
    now: Timestamp,
) -> Result<Vec<SessionId>> {
    if by == By::Person(person_id) {
        // Whoever stole a session takes no factor away by it.
        return Err(Error::conflict(Code::SecondFactorOwn, sentences::second_factor_own()));
    }
    let person = people::lock(tx, person_id)?;
    if !forget(tx, person_id)? {
        return Err(Error::conflict(Code::SecondFactorNone, sentences::second_factor_none()));
    }
    let ended = super::store::update_sessions_ended(tx, person_id, None, now)?;
    acting::stop(tx, actor, &ended, now)?;
    record(tx, actor, "second_factor.reset", &person, now)?;
    let by = match by {
        By::Person(id) => id,
        By::Command => person_id,
    };
    telling::tell(tx, &person, AccessChange::SecondFactorReset, by, &[], now)?;
    Ok(ended)
}

/// Takes all factors and codes of a person away; true if one was in force.
pub(in crate::identity) fn forget(tx: &mut Connection, person_id: PersonId) -> Result<bool> {
    store::delete_codes(tx, person_id)?;
    let had_passkeys = passkeys::forget(tx, person_id)?;
    Ok(store::delete(tx, person_id)? || had_passkeys)
}

/// Takes a code of the authenticator or a recovery code. The refusal is an inner error: a wrong code is counted, and the
/// count must stay.
pub(in crate::identity) fn prove(
    tx: &mut Connection,
    actor: &Actor,
    person_id: PersonId,
    typed: &str,
    now: Timestamp,
) -> Result<Result<()>> {
    if status(tx, person_id)?.since.is_none() {
        return Err(Error::conflict(Code::SecondFactorNone, sentences::second_factor_none()));
    }
    take(tx, actor, (person_id, Taken::InForce), typed, now)
}

/// Of which secret codes are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// One that waits for its first.
    First,
    InForce,
}

fn take(
    tx: &mut Connection,
    actor: &Actor,
    (person_id, taken): (PersonId, Taken),
    typed: &str,
    now: Timestamp,
) -> Result<Result<()>> {
    let source = Source::of_code(person_id);
    source.lock(tx)?;
    match source.refuse_if_throttled(tx, now) {
        Err(error @ Error::Throttled { .. }) => return Ok(Err(error)),
        other => drop(other?),
    }
    if is_taken(tx, actor, (person_id, taken), typed, now)? {
        return Ok(Ok(()));
    }
    source.count(tx, now)?;
    match source.refuse_if_throttled(tx, now) {
        Err(error @ Error::Throttled { .. }) => Ok(Err(error)),
        Err(error) => Err(error),
        Ok(_) => Ok(Err(Error::invalid("/code", Code::WrongCode, sentences::wrong_code()))),
    }
}

fn is_taken(
    tx: &mut Connection,
    actor: &Actor,
    (person_id, taken): (PersonId, Taken),
    typed: &str,
    now: Timestamp,
) -> Result<bool> {
    let factor = store::find(tx, person_id)?;
    let factor = factor.filter(|factor| (taken == Taken::First) == factor.confirmed_at.is_none());
    let step = factor.and_then(|factor| totp::step_of(&factor.secret, typed, factor.last_step, now));
    if let Some(step) = step {
        // Of two requests with one code the second finds its step taken.
        return store::update_step(tx, person_id, step);
    }
    let Some(code) = totp::normal_recovery_code(typed).filter(|_| taken == Taken::InForce) else {
        return Ok(false);
    };
    if !store::update_code_used(tx, person_id, &fingerprint(&code), now)? {
        return Ok(false);
    }
    let person = people::lock(tx, person_id)?;
    record(tx, actor, "second_factor.use_recovery_code", &person, now)?;
    telling::tell(tx, &person, AccessChange::RecoveryCodeUsed, person_id, &[], now)?;
    Ok(true)
}

fn new_codes(tx: &mut Connection, person_id: PersonId) -> Result<Vec<String>> {
    let code = |_| totp::recovery_code(&clock::random_bytes::<RECOVERY_BYTES>());
    let codes: Vec<_> = (0..RECOVERY_CODES).map(code).collect();
    let normal = codes.iter().filter_map(|code| totp::normal_recovery_code(code));
    let hashes: Vec<_> = normal.map(|code| fingerprint(&code)).collect();
    store::replace_codes(tx, person_id, &hashes)?;
    Ok(codes)
}

fn record(tx: &mut Connection, actor: &Actor, action: &'static str, person: &Person, now: Timestamp) -> Result<()> {
    let entry = audit::Entry {
        action,
        account_id: person.account_id,
        object: person.id.to_string(),
        details: json!({}),
    };
    audit::record(tx, actor, &entry, now)
}
