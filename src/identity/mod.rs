//! People, passwords, sessions and tokens: signing in, staying signed in, signing out.

pub mod api;
pub mod idempotency;
pub mod passwords;
pub mod rules;
pub mod sessions;
mod store;
pub mod tokens;

use std::net::IpAddr;

use serde_json::json;

use self::rules::{ACCESS_LIFETIME, AccountRole, FAILURE_WINDOW, Rotation, SESSION_LIFETIME, StaffRole};
use self::tokens::{Bearer, Keys, fingerprint};
use crate::audit::{self, Actor};
use crate::clock::{self, Timestamp};
use crate::db::violations::is_unique_violation;
use crate::db::{Connection, Database};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, PersonId, SessionId};

pub use self::store::{delete_failures, delete_idempotency_keys, delete_sessions, find_by_email, find_person};

/// Somebody who wants to sign in.
pub struct Attempt {
    /// Mail address as typed.
    pub email: String,
    /// Password as typed.
    pub password: String,
    /// The address the connection comes from.
    pub address: Option<IpAddr>,
}

/// What a signed-in person gets.
#[derive(Debug)]
pub struct Tokens {
    /// Proves who calls for [`ACCESS_LIFETIME`].
    pub access_token: String,
    /// Gets the next pair, once.
    pub refresh_token: String,
    /// Seconds the access token is good for.
    pub expires_in_s: i64,
}

/// Signs a person in. Unknown, ended or wrong: the same `invalid_credentials` after the same time. Too many failures:
/// [`Error::Throttled`], whatever the password.
pub async fn sign_in(db: &Database, queue: &passwords::Queue, keys: &Keys, attempt: Attempt) -> Result<Tokens> {
    let email = rules::normal_email(&attempt.email);
    let source = Source::new(&email, attempt.address);
    // Asked before a hash is computed, so that a flood costs little.
    let asked = source.clone();
    let credentials = db
        .read(move |connection| {
            asked.refuse_if_throttled(connection, clock::now())?;
            store::find_credentials(connection, &email)
        })
        .await?;

    let known = credentials
        .as_ref()
        .map(|credentials| credentials.password_hash.clone());
    let matches = queue.verify(attempt.password, known).await?;
    let person_id = credentials
        .filter(|credentials| matches && credentials.in_force)
        .map(|credentials| credentials.person_id);

    let refresh_token = tokens::new_refresh_token();
    let token_hash = fingerprint(&refresh_token);
    let outcome = db
        .write(move |tx| settle(tx, &source, person_id, &token_hash, clock::now()))
        .await?;
    match outcome {
        Outcome::SignedIn(bearer) => {
            tracing::info!(person = %bearer.person_id, session = %bearer.session_id, "signed in");
            pair(db, keys, bearer, refresh_token).await
        }
        Outcome::Failed(error) => {
            tracing::info!(address = ?attempt.address, reason = error.code().name(), "a sign-in failed");
            Err(error)
        }
    }
}

/// How an attempt ended; failures are stored too, so they are no errors of the transaction.
enum Outcome {
    SignedIn(Bearer),
    Failed(Error),
}

/// Starts the session or writes the failure down. Asks again about throttling: guesses made at the same time all
/// passed the first question, so from here on those of one person go one after the other. A failure counts itself.
fn settle(
    tx: &mut Connection,
    source: &Source,
    person_id: Option<PersonId>,
    token_hash: &str,
    now: Timestamp,
) -> Result<Outcome> {
    store::lock_failures(tx, &source.email_hash)?;
    if person_id.is_none() {
        store::insert_failure(tx, &source.email_hash, &source.address, now)?;
    }
    match (source.refuse_if_throttled(tx, now), person_id) {
        (Err(error @ Error::Throttled { .. }), _) => Ok(Outcome::Failed(error)),
        (Err(error), _) => Err(error),
        (Ok(()), None) => Ok(Outcome::Failed(invalid_credentials())),
        (Ok(()), Some(person_id)) => {
            let session_id = SessionId::new();
            store::insert_session(tx, session_id, person_id, now, now + SESSION_LIFETIME)?;
            store::insert_refresh_token(tx, token_hash, session_id, now)?;
            Ok(Outcome::SignedIn(Bearer { person_id, session_id }))
        }
    }
}

fn invalid_credentials() -> Error {
    Error::unauthenticated(Code::InvalidCredentials, "Mail address or password is wrong.")
}

/// What failures are counted by.
#[derive(Debug, Clone)]
struct Source {
    email_hash: String,
    address: String,
}

impl Source {
    fn new(email: &str, address: Option<IpAddr>) -> Self {
        Self {
            email_hash: fingerprint(email),
            address: address.map(counted_address).unwrap_or_default(),
        }
    }

    fn refuse_if_throttled(&self, connection: &mut Connection, now: Timestamp) -> Result<()> {
        let failures = store::find_failures(connection, &self.email_hash, &self.address, now - FAILURE_WINDOW)?;
        match rules::throttled(failures, now) {
            Some(retry_after_s) => Err(Error::Throttled { retry_after_s }),
            None => Ok(()),
        }
    }
}

/// An IPv6 host has a whole /64 to choose its addresses from, so that counts as one.
fn counted_address(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

async fn pair(db: &Database, keys: &Keys, bearer: Bearer, refresh_token: String) -> Result<Tokens> {
    Ok(Tokens {
        access_token: keys.issue(db, bearer, clock::now()).await?,
        refresh_token,
        expires_in_s: ACCESS_LIFETIME.num_seconds(),
    })
}

/// Exchanges a refresh token for the next pair. A token used before ends its whole session: somebody has a copy.
pub async fn refresh(db: &Database, keys: &Keys, token: &str) -> Result<Tokens> {
    let refresh_token = tokens::new_refresh_token();
    let (old_hash, new_hash) = (fingerprint(token), fingerprint(&refresh_token));
    let bearer = db
        .write(move |tx| rotate(tx, &old_hash, &new_hash, clock::now()))
        .await?;
    let bearer = bearer.ok_or_else(|| {
        Error::unauthenticated(
            Code::InvalidRefreshToken,
            "The refresh token is unknown, used or expired. Sign in again.",
        )
    })?;
    pair(db, keys, bearer, refresh_token).await
}

fn rotate(tx: &mut Connection, old_hash: &str, new_hash: &str, now: Timestamp) -> Result<Option<Bearer>> {
    let Some((session_id, person_id, facts)) = store::find_refresh_token(tx, old_hash)? else {
        return Ok(None);
    };
    let rotation = match rules::rotation(facts, now) {
        // Two requests with one token at the same time: the second one finds it used.
        Rotation::Rotate if !store::update_used(tx, old_hash, now)? => Rotation::EndSession,
        decided => decided,
    };
    match rotation {
        Rotation::Rotate => {
            store::insert_refresh_token(tx, new_hash, session_id, now)?;
            Ok(Some(Bearer { person_id, session_id }))
        }
        Rotation::EndSession => {
            tracing::warn!(person = %person_id, session = %session_id, "a used refresh token came again");
            store::update_session_ended(tx, session_id, now)?;
            Ok(None)
        }
        Rotation::Refuse => Ok(None),
    }
}

/// Ends the session of a refresh token and tells which it was; an unknown token ends nothing.
pub fn sign_out_by_token(tx: &mut Connection, token: &str, now: Timestamp) -> Result<Option<SessionId>> {
    let Some((session_id, ..)) = store::find_refresh_token(tx, &fingerprint(token))? else {
        return Ok(None);
    };
    sign_out(tx, session_id, now)?;
    Ok(Some(session_id))
}

/// Ends a session.
pub fn sign_out(tx: &mut Connection, session: SessionId, now: Timestamp) -> Result<()> {
    store::update_session_ended(tx, session, now)
}

/// Whom a new person works for.
#[derive(Debug, Clone, Copy)]
pub enum Employment {
    /// An account.
    Account(AccountId, AccountRole),
    /// The supplier.
    Staff(StaffRole),
}

/// Somebody to be added.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Mail address as typed.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// Made by [`passwords::hash`] outside the transaction.
    pub password_hash: String,
    /// Where they work and as what.
    pub employment: Employment,
}

/// Adds an active person. The mail address is used once and for all: `duplicate_key` otherwise.
pub fn add_person(tx: &mut Connection, actor: &Actor, person: &NewPerson, now: Timestamp) -> Result<PersonId> {
    let (account_id, role) = match person.employment {
        Employment::Account(account_id, role) => (Some(account_id), role.name()),
        Employment::Staff(role) => (None, role.name()),
    };
    let row = store::NewPerson {
        id: PersonId::new(),
        email: rules::normal_email(&person.email),
        name: person.name.clone(),
        password_hash: person.password_hash.clone(),
        account_id,
        role,
    };
    store::insert_person(tx, &row, now).map_err(|error| {
        if is_unique_violation(&error, "people_email", &["email"]) {
            let detail = format!("There is a person with the mail address {} already.", row.email);
            Error::refused(Code::DuplicateKey, detail)
        } else {
            error
        }
    })?;
    let entry = audit::Entry {
        action: "person.add",
        account_id,
        object: row.id.to_string(),
        details: json!({ "email": row.email, "role": role }),
    };
    audit::record(tx, actor, &entry, now)?;
    Ok(row.id)
}

/// Ends a person's access for good, with all their sessions. `NotFound` for an unknown address; doing it twice
/// changes nothing.
pub fn end_person(tx: &mut Connection, actor: &Actor, email: &str, now: Timestamp) -> Result<PersonId> {
    let found = store::find_by_email(tx, &rules::normal_email(email))?;
    let (id, account_id, ended_at) = found.ok_or(Error::NotFound)?;
    if ended_at.is_some() {
        return Ok(id);
    }
    store::update_person_ended(tx, id, now)?;
    store::update_sessions_ended(tx, id, now)?;
    let entry = audit::Entry {
        action: "person.end",
        account_id,
        object: id.to_string(),
        details: json!({}),
    };
    audit::record(tx, actor, &entry, now)?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_host_count_together() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(counted_address(address.parse().expect("an address")), expected);
        }
    }
}
