//! People, passwords, sessions and tokens: signing in, staying signed in, signing out.
//!
//! - [`people`]: adding, changing and ending people
//! - [`passwords`]: hashing them; a new one, with the old one or with a link by mail
//! - [`factors`]: the second factor, beside the password
//! - [`passkeys`]: what stands in for the codes of an authenticator
//! - [`confirming`]: proving once more who one is, before what needs a fresh proof
//! - [`staff`]: the supplier's people, as their admins see them
//! - [`own_sessions`]: what somebody is signed in with
//! - [`acting`]: staff who act for an account
//! - [`clients`]: programs that sign in by themselves
//! - [`caller`]: who sends a request, and what their roles let them do
//! - [`one_time`]: the tokens of mails
//! - [`telling`]: what changed of somebody's access is told to them
//! - [`power`]: what somebody may do, where work is done later than it was asked for
//! - [`key_keeping`]: the keys that sign
//! - [`throttling`]: guessing gets slow

pub mod acting;
pub mod api;
mod attempts;
mod bearer;
pub mod caller;
pub mod clients;
pub mod confirming;
pub mod factors;
mod failing;
pub mod idempotency;
pub mod key_keeping;
pub mod one_time;
pub mod pages;
pub mod passkeys;
mod outcome;
pub mod own_sessions;
pub mod passwords;
pub mod people;
pub mod power;
mod refusals;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod sessions;
mod signing_in;
pub mod staff;
mod store;
pub mod telling;
pub mod throttling;
pub mod tokens;
pub mod words;

use serde_json::json;

use self::rules::{KEPT_IDLE, Rotation};
use self::signing_in::pair;
use self::tokens::{Bearer, Keys, fingerprint};
use crate::audit::{self, Actor, Entry, Origin, Who};
use crate::clock::{self, Timestamp};
use crate::db::{Connection, Database};
use crate::error::{Code, Error, Result};
use crate::ids::SessionId;

pub use self::passwords::store::delete_expired as delete_password_resets;
pub use self::people::{
    Contact, Employment, NewPerson, add_person, all_staff, end_person, find_by_email, find_person, names, staff_in_role,
};
pub use self::signing_in::{
    Attempt, Entered, From, PageSession, Second, SecondProof, Tokens, finish, finish_to_pages, sign_in,
    sign_in_to_pages,
};
pub use self::store::{delete_failures, delete_idempotency_keys, delete_sessions};

/// What is told to whoever needs a fresh proof of who they are.
pub fn prove_again() -> Error {
    Error::refused(Code::StepUpRequired, sentences::prove_again())
}

/// Exchanges a refresh token for the next pair. A token used before ends its whole session: somebody has a copy.
pub async fn refresh(db: &Database, keys: &Keys, token: &str, origin: Origin) -> Result<Tokens> {
    let refresh_token = tokens::new_refresh_token();
    let (old_hash, new_hash) = (fingerprint(token), fingerprint(&refresh_token));
    let bearer = db
        .write(move |tx| rotate(tx, &old_hash, &new_hash, &origin, clock::now()))
        .await?;
    let bearer =
        bearer.ok_or_else(|| Error::unauthenticated(Code::InvalidRefreshToken, sentences::bad_refresh_token()))?;
    pair(db, keys, bearer, refresh_token).await
}

fn rotate(
    tx: &mut Connection,
    old_hash: &str,
    new_hash: &str,
    origin: &Origin,
    now: Timestamp,
) -> Result<Option<Bearer>> {
    let Some((bearer, facts)) = store::find_refresh_token(tx, old_hash, now)? else {
        return Ok(None);
    };
    let Bearer {
        person_id, session_id, ..
    } = bearer;
    let rotation = match rules::rotation(facts, now) {
        // Two requests with one token at the same time: the second one finds it used.
        Rotation::Rotate if !store::update_used(tx, old_hash, now)? => Rotation::EndSession,
        decided => decided,
    };
    match rotation {
        Rotation::Rotate => {
            store::insert_refresh_token(tx, new_hash, session_id, now)?;
            store::update_session_used(tx, session_id, now, now + KEPT_IDLE)?;
            Ok(Some(bearer))
        }
        Rotation::EndSession => {
            tracing::warn!(person = %person_id, session = %session_id, "a used refresh token came again");
            let actor = Actor::visitor(origin.clone());
            end(tx, &actor, session_id, "session.end_reused", now)?;
            Ok(None)
        }
        Rotation::Refuse => Ok(None),
    }
}

/// Ends the session of a refresh token and returns which it was; an unknown token ends nothing.
pub fn sign_out_by_token(
    tx: &mut Connection,
    token: &str,
    origin: &Origin,
    now: Timestamp,
) -> Result<Option<SessionId>> {
    let Some((bearer, _)) = store::find_refresh_token(tx, &fingerprint(token), now)? else {
        return Ok(None);
    };
    let Bearer {
        person_id, session_id, ..
    } = bearer;
    let actor = Actor::new(Who::Person(person_id), Some(origin.clone()));
    sign_out(tx, &actor, session_id, now)?;
    Ok(Some(session_id))
}

/// Ends a session, and what its person did for an account.
pub fn sign_out(tx: &mut Connection, actor: &Actor, session: SessionId, now: Timestamp) -> Result<()> {
    end(tx, actor, session, "session.sign_out", now)
}

fn end(tx: &mut Connection, actor: &Actor, session: SessionId, action: &'static str, now: Timestamp) -> Result<()> {
    let Some(account_id) = store::update_session_ended(tx, session, now)? else {
        return Ok(());
    };
    let acted_for = acting::stop(tx, actor, &[session], now)?;
    let entry = Entry {
        action,
        account_id: account_id.or(acted_for),
        object: session.to_string(),
        details: json!({}),
    };
    audit::record(tx, actor, &entry, now)
}
