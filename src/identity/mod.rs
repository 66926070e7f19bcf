//! People, passwords, sessions and tokens: signing in, staying signed in, signing out.
//!
//! - [`people`]: adding, changing and ending people
//! - [`passwords`]: hashing them; a new one, with the old one or with a link by mail
//! - [`own_sessions`]: what somebody is signed in with
//! - [`acting`]: staff who act for an account
//! - [`caller`]: who sends a request, and what their roles let them do
//! - [`one_time`]: the tokens of mails
//! - [`telling`]: what changed of somebody's access is told to them
//! - [`throttling`]: guessing gets slow

pub mod acting;
pub mod api;
pub mod caller;
pub mod idempotency;
pub mod one_time;
pub mod pages;
pub mod own_sessions;
pub mod passwords;
pub mod people;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod sessions;
mod store;
pub mod telling;
mod throttling;
pub mod tokens;
pub mod words;

use std::net::IpAddr;
use std::time::Duration;

use self::rules::{ACCESS_LIFETIME, Rotation, SESSION_LIFETIME};
use self::store::{Credentials, NewSession};
use self::throttling::Source;
use self::tokens::{Bearer, Keys, fingerprint};
use crate::clock::{self, Timestamp};
use crate::db::{Connection, Database, insert};
use crate::error::{Code, Error, Result};
use crate::ids::SessionId;

pub use self::passwords::store::delete_expired as delete_password_resets;
pub use self::people::{
    Contact, Employment, NewPerson, add_person, all_staff, end_person, find_by_email, find_person, names, staff_in_role,
};
pub use self::store::{delete_failures, delete_idempotency_keys, delete_sessions};

/// Somebody who wants to sign in.
pub struct Attempt {
    /// Mail address as typed.
    pub email: String,
    /// Password as typed.
    pub password: String,
    /// The address the connection comes from.
    pub address: Option<IpAddr>,
    /// What the program that signs in calls itself.
    pub user_agent: Option<String>,
    /// What the browser keeps of a sign-in before, see [`PageSession::device`].
    pub device: Option<String>,
}

/// What a browser keeps of a sign-in.
#[derive(Debug)]
pub struct PageSession {
    /// The text of the session's cookie.
    pub cookie: String,
    /// The text of the cookie by which the device is known to the person's next sign-in.
    pub device: String,
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

/// Signs a program in. Unknown, ended or wrong: the same `invalid_credentials` after the same time. Too many failures:
/// [`Error::Throttled`], whatever the password.
pub async fn sign_in(db: &Database, queue: &passwords::Queue, keys: &Keys, attempt: Attempt) -> Result<Tokens> {
    let refresh_token = tokens::new_refresh_token();
    let grant = Grant {
        token_hash: Some(fingerprint(&refresh_token)),
        lifetime: SESSION_LIFETIME,
    };
    let bearer = prove(db, queue, keys, attempt, grant).await?;
    pair(db, keys, bearer, refresh_token).await
}

/// Signs a person in to the pages, as [`sign_in`] does; the cookie is good until the session ends.
/// `keep`: for [`SESSION_LIFETIME`] instead of [`rules::WORKING_DAY`].
pub async fn sign_in_to_pages(
    db: &Database,
    queue: &passwords::Queue,
    keys: &Keys,
    attempt: Attempt,
    keep: bool,
) -> Result<PageSession> {
    let grant = Grant {
        token_hash: None,
        lifetime: if keep { SESSION_LIFETIME } else { rules::WORKING_DAY },
    };
    let lifetime = grant.lifetime;
    let bearer = prove(db, queue, keys, attempt, grant).await?;
    Ok(PageSession {
        cookie: keys.issue_cookie(db, bearer, clock::now() + lifetime).await?,
        device: keys.issue_device(db, bearer).await?,
    })
}

/// What a session gets at its beginning.
struct Grant {
    /// The fingerprint of its refresh token, for programs.
    token_hash: Option<String>,
    lifetime: chrono::TimeDelta,
}

/// Compares the password and begins the session.
async fn prove(db: &Database, queue: &passwords::Queue, keys: &Keys, attempt: Attempt, grant: Grant) -> Result<Bearer> {
    let email = rules::normal_email(&attempt.email);
    let device = match &attempt.device {
        Some(cookie) => keys.verify_device(db, cookie).await?,
        None => None,
    };
    let anywhere = Source::of_sign_in(&email, attempt.address);
    let asked = email.clone();
    // Asked before a hash is computed, so that a flood costs little.
    let (source, delay, credentials) = db
        .read(move |connection| {
            let credentials = store::find_credentials(connection, &asked)?;
            let person_id = credentials.as_ref().map(|known| known.person_id);
            let known_by = device.filter(|device| Some(device.person_id) == person_id);
            let source = match known_by {
                Some(device) => anywhere.clone().at_device(device.session_id),
                None => anywhere.clone(),
            };
            let delay = source.refuse_if_throttled(connection, clock::now())?;
            let delay = if known_by.is_some() { Duration::ZERO } else { delay };
            Ok((source, delay, credentials))
        })
        .await?;
    queue.slow_down(&email, delay).await?;

    let known = credentials
        .as_ref()
        .map(|credentials| credentials.password_hash.clone());
    let matches = queue.verify(attempt.password, known).await?;
    let proven = credentials.filter(|credentials| matches && credentials.in_force);

    let start = Start {
        proven,
        grant,
        user_agent: attempt.user_agent,
        address: attempt.address.map(|address| address.to_canonical().to_string()),
    };
    let outcome = db.write(move |tx| settle(tx, &source, &start, clock::now())).await?;
    match outcome {
        Outcome::SignedIn(bearer) => {
            tracing::info!(person = %bearer.person_id, session = %bearer.session_id, "signed in");
            Ok(bearer)
        }
        Outcome::Failed(error) => {
            tracing::info!(address = ?attempt.address, reason = error.code().name(), "a sign-in failed");
            Err(error)
        }
    }
}

/// What a session begins with.
struct Start {
    /// Whose password was right.
    proven: Option<Credentials>,
    grant: Grant,
    user_agent: Option<String>,
    address: Option<String>,
}

/// How an attempt ended; failures are stored too, so they are no errors of the transaction.
enum Outcome {
    SignedIn(Bearer),
    Failed(Error),
}

/// Starts the session or writes the failure down. Asks again about throttling: guesses made at the same time all
/// passed the first question, so from here on those of one person go one after the other. A failure counts itself.
fn settle(tx: &mut Connection, source: &Source, start: &Start, now: Timestamp) -> Result<Outcome> {
    source.lock(tx)?;
    // The password may have been changed while it was compared; a session of the old one must not begin after that.
    let proven = match &start.proven {
        Some(known) if store::update_last_sign_in(tx, known.person_id, &known.password_hash, now)? => Some(known),
        _ => None,
    };
    if proven.is_none() {
        source.count(tx, now)?;
    }
    match (source.refuse_if_throttled(tx, now), proven) {
        (Err(error @ Error::Throttled { .. }), _) => Ok(Outcome::Failed(error)),
        (Err(error), _) => Err(error),
        (Ok(_), None) => Ok(Outcome::Failed(invalid_credentials())),
        (Ok(_), Some(known)) => {
            let session = NewSession {
                id: SessionId::new(),
                person_id: known.person_id,
                created_at: now,
                expires_at: now + start.grant.lifetime,
                user_agent: start.user_agent.as_deref(),
                address: start.address.as_deref(),
            };
            let (person_id, session_id) = (session.person_id, session.id);
            insert(tx, &[session])?;
            if let Some(token_hash) = &start.grant.token_hash {
                store::insert_refresh_token(tx, token_hash, session_id, now)?;
            }
            Ok(Outcome::SignedIn(Bearer { person_id, session_id }))
        }
    }
}

fn invalid_credentials() -> Error {
    Error::unauthenticated(Code::InvalidCredentials, sentences::wrong_credentials())
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
    let bearer =
        bearer.ok_or_else(|| Error::unauthenticated(Code::InvalidRefreshToken, sentences::bad_refresh_token()))?;
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

/// Ends the session of a refresh token and returns which it was; an unknown token ends nothing.
pub fn sign_out_by_token(tx: &mut Connection, token: &str, now: Timestamp) -> Result<Option<SessionId>> {
    let Some((session_id, ..)) = store::find_refresh_token(tx, &fingerprint(token))? else {
        return Ok(None);
    };
    sign_out(tx, session_id, now)?;
    Ok(Some(session_id))
}

/// Ends a session, and what its person did for an account.
pub fn sign_out(tx: &mut Connection, session: SessionId, now: Timestamp) -> Result<()> {
    store::acting::update_ended(tx, session, now)?;
    store::update_session_ended(tx, session, now)
}
