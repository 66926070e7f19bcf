//! A new password for somebody who forgot the old one: by a link that only their mailbox gets.

use serde_json::json;

use crate::audit::{self, Actor, Origin, Who};
use crate::clock::{self, Timestamp};
use crate::db::{Connection, Database, in_savepoint, insert};
use crate::error::{Error, Result};
use crate::events::payloads::PasswordResetRequested;
use crate::events::{self, Entry};
use crate::identity::acting;
use crate::identity::one_time::{self, Purpose, Secrets, fingerprint};
use crate::identity::passwords::store::{self as resets, NewReset};
use crate::identity::passwords::{self, Queue};
use crate::identity::rules::{self, RESET_LIFETIME, TokenState};
use crate::identity::store;
use crate::identity::telling;
use crate::identity::throttling::Source;
use crate::ids::{PasswordResetId, PersonId, SessionId};
use crate::languages::Language;
use crate::names::sets::AccessChange;

/// Asks for a link to be sent. Whether anybody has the address, neither the answer tells nor the time it takes. Too often for one address or from one: [`Error::Throttled`].
pub fn request(tx: &mut Connection, email: &str, origin: &Origin, now: Timestamp) -> Result<()> {
    let email = rules::normal_email(email);
    let source = Source::of_reset(&email, origin.address);
    source.lock(tx)?;
    source.count(tx, now)?;
    // A refusal takes the count back, so that asking again does not make the wait longer.
    source.refuse_if_throttled(tx, now)?;
    let (id, nonce) = (PasswordResetId::new(), one_time::nonce());
    let secrets = Secrets::load_or_make(tx, now)?;
    let token = one_time::token(secrets.current()?, Purpose::PasswordReset, id.0, &nonce)?;
    let known = store::find_credentials(tx, &email)?.filter(|credentials| credentials.in_force);
    // For an address that nobody has, the same is done for somebody else and undone, so that it takes as long.
    let stand_in = store::people::find_first(tx)?;
    let known = known.map(|credentials| credentials.person_id);
    let Some(person_id) = known.or(stand_in) else {
        return Ok(());
    };
    let token_hash = fingerprint(&token);
    in_savepoint(tx, known.is_some(), &mut |tx| {
        let person = store::people::find(tx, person_id)?.ok_or(Error::NotFound)?;
        let reset = NewReset {
            id,
            person_id,
            nonce: &nonce,
            token_hash: &token_hash,
            created_at: now,
            expires_at: now + RESET_LIFETIME,
        };
        insert(tx, &[reset])?;
        let requested = Entry::new(person.account_id, id, PasswordResetRequested {});
        events::recording(&requested, now).run(tx)?;
        let entry = audit::Entry {
            action: "password_reset.request",
            account_id: person.account_id,
            object: person_id.to_string(),
            details: json!({ "reset": id.to_string() }),
        };
        audit::record(tx, &Actor::visitor(origin.clone()), &entry, now)
    })
}

/// What the mail with the link needs.
#[derive(Debug, Clone)]
pub struct ResetMail {
    /// Who gets it.
    pub person_id: PersonId,
    /// Their mail address.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they read.
    pub language: Language,
    /// What stands in the link behind `/reset/`.
    pub token: String,
    /// Until when the link is good.
    pub expires_at: Timestamp,
}

/// What the mail of the event's subject needs; `None` once there is no use in sending it.
pub fn mail(connection: &mut Connection, id: PasswordResetId, now: Timestamp) -> Result<Option<ResetMail>> {
    let Some(reset) = resets::find(connection, id)? else {
        return Ok(None);
    };
    if rules::token_state(reset.facts(), now) != TokenState::Good {
        return Ok(None);
    }
    let secrets = Secrets::load(connection)?;
    let token = secrets.token(Purpose::PasswordReset, id.0, &reset.nonce, &reset.token_hash)?;
    Ok(token.map(|token| ResetMail {
        person_id: reset.person_id,
        email: reset.email,
        name: reset.name,
        language: Language::of(reset.language, reset.account_locale.as_deref()),
        token,
        expires_at: reset.expires_at,
    }))
}

/// Sets the new password with the token of a mail, once, and ends all sessions of the person; who it is and which they
/// were. Nobody is signed in by it, and no failure before it counts any more.
pub async fn reset(
    db: &Database,
    queue: &Queue,
    token: &str,
    password: String,
    origin: Origin,
) -> Result<(PersonId, Vec<SessionId>)> {
    if let Some(fault) = passwords::form_fault("/new_password", &password) {
        return Err(Error::Invalid(vec![fault]));
    }
    let token_hash = fingerprint(token);
    // Asked before a hash is computed, so that made-up tokens cost little.
    let asked = token_hash.clone();
    let context = db
        .read(move |connection| {
            let id = find_good(connection, &asked, clock::now())?;
            let person = store::people::find(connection, id)?.ok_or(Error::NotFound)?;
            passwords::context(connection, &person.email, &person.name, person.account_id)
        })
        .await?;
    if let Some(fault) = queue.fault("/new_password", &password, context).await? {
        return Err(Error::Invalid(vec![fault]));
    }
    let hash = queue.hash(password).await?;
    let settled = db
        .write(move |tx| settle(tx, &token_hash, &hash, &origin, clock::now()))
        .await?;
    let (person_id, ended) = settled;
    tracing::info!(person = %person_id, "a password was reset");
    Ok((person_id, ended))
}

/// Refuses a token that would set no password. Changes nothing: mail scanners follow links.
pub fn look_up(connection: &mut Connection, token: &str, now: Timestamp) -> Result<()> {
    let token_hash = fingerprint(token);
    find_good(connection, &token_hash, now).map(drop)
}

fn find_good(connection: &mut Connection, token_hash: &str, now: Timestamp) -> Result<PersonId> {
    let reset = resets::find_by_token(connection, token_hash)?.ok_or_else(one_time::unknown)?;
    one_time::refuse_unless_good(rules::token_state(reset.facts(), now))?;
    Ok(reset.person_id)
}

fn settle(
    tx: &mut Connection,
    token_hash: &str,
    password_hash: &str,
    origin: &Origin,
    now: Timestamp,
) -> Result<(PersonId, Vec<SessionId>)> {
    let id = find_good(tx, token_hash, now)?;
    // Everything that ends access takes the person first. Of two requests at once the other one waits here and then
    // finds the token used.
    store::people::lock(tx, id)?;
    if !resets::update_used(tx, token_hash, now)? {
        one_time::refuse_unless_good(TokenState::Used)?;
    }
    if !store::people::update_password(tx, id, None, password_hash)? {
        one_time::refuse_unless_good(TokenState::Withdrawn)?;
    }
    let actor = Actor::new(Who::Person(id), Some(origin.clone()));
    let ended = settle_password(tx, &actor, id, None, now)?;
    let person = store::people::find(tx, id)?.ok_or(Error::NotFound)?;
    Source::of_sign_in(&person.email, None).forget(tx)?;
    let entry = audit::Entry {
        action: "person.reset_password",
        account_id: person.account_id,
        object: id.to_string(),
        details: json!({ "sessions_ended": ended.len() }),
    };
    audit::record(tx, &actor, &entry, now)?;
    telling::tell(tx, &person, AccessChange::PasswordReset, id, &[], now)?;
    Ok((id, ended))
}

/// After a new password: links to set another one are used up, and sessions of the old one end but `kept`.
pub(in crate::identity) fn settle_password(
    tx: &mut Connection,
    actor: &Actor,
    id: PersonId,
    kept: Option<SessionId>,
    now: Timestamp,
) -> Result<Vec<SessionId>> {
    resets::update_all_used(tx, id, now)?;
    let ended = store::update_sessions_ended(tx, id, kept, now)?;
    acting::stop(tx, actor, &ended, now)?;
    Ok(ended)
}
