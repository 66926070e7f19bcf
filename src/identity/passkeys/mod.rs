//! Passkeys: a second factor that a browser asks an authenticator for, bound to the portal's host, so that no other site
//! can ask for it. Any number of them stands beside the codes; recovery codes are for the day on which all are gone.
//!
//! What is to be signed is the fingerprint of a signed text of ours, so nothing is kept between asking and the answer. Each
//! is good once: one of a sign-in begins one session, one that proves somebody once more is older than that proof from then
//! on, and a passkey is added once.

pub mod pages;
mod store;

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use self::store::NewPasskey;
pub use self::store::{PasskeyRow, list};
use super::factors::{self, Codes};
use super::rules::webauthn::{self, ALGORITHMS, Party, Passkey};
use super::{people, sentences, telling};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::violations::is_unique_violation;
use crate::db::{Connection, insert};
use crate::error::{Code, Error, Result};
use crate::ids::{PasskeyId, PersonId, SessionId};
use crate::names::sets::AccessChange;

/// Passkeys of a person at most.
const PASSKEYS_MAX: usize = 20;
/// Characters of what a passkey is called.
pub const NAME_CHARS_MAX: usize = 100;
/// How long an authenticator may take, in milliseconds.
const TIMEOUT_MS: u32 = 120_000;

/// What a browser answers, each part in base 64 for URLs.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// What the authenticator calls the passkey.
    pub credential: String,
    /// What the browser was asked for.
    pub client_data: String,
    /// What the authenticator says.
    pub data: String,
    pub signature: String,
}

/// What is to be signed for a text of ours, as the browser is given it.
pub fn challenge_of(token: &str) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(format!("passkey\0{token}")))
}

/// What a browser needs to make a passkey.
pub fn creation(party: &Party, token: &str, person: (PersonId, &str, &str), known: &[PasskeyRow]) -> Value {
    let (id, email, name) = person;
    let algorithms: Vec<_> = ALGORITHMS
        .iter()
        .map(|alg| json!({ "type": "public-key", "alg": alg }))
        .collect();
    json!({
        "challenge": challenge_of(token),
        "rp": { "id": party.id, "name": party.id },
        "user": { "id": BASE64URL_NOPAD.encode(id.to_string().as_bytes()), "name": email, "displayName": name },
        "pubKeyCredParams": algorithms,
        "excludeCredentials": credentials(known),
        "authenticatorSelection": { "residentKey": "preferred", "userVerification": "preferred" },
        "attestation": "none",
        "timeout": TIMEOUT_MS,
    })
}

/// What a browser needs to use one of these passkeys.
pub fn request(party: &Party, token: &str, known: &[PasskeyRow]) -> Value {
    json!({
        "challenge": challenge_of(token),
        "rpId": party.id,
        "allowCredentials": credentials(known),
        "userVerification": "preferred",
        "timeout": TIMEOUT_MS,
    })
}

fn credentials(known: &[PasskeyRow]) -> Vec<Value> {
    let credential = |row: &PasskeyRow| json!({ "type": "public-key", "id": row.credential_id });
    known.iter().map(credential).collect()
}

fn decoded(text: &str) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_bytes()).unwrap_or_default()
}

fn refused() -> Error {
    Error::invalid("/passkey", Code::PasskeyRefused, sentences::passkey_refused())
}

/// Adds the passkey that an authenticator made for `token`; recovery codes where it is the person's first factor. Their
/// other sessions end then: they were begun without one.
pub fn add(
    tx: &mut Connection,
    actor: &Actor,
    (person_id, session_id): (PersonId, SessionId),
    (name, answer): (&str, &Answer),
    (token, party): (&str, &Party),
    now: Timestamp,
) -> Result<Codes> {
    let person = people::lock(tx, person_id)?;
    let is_first = factors::status(tx, person_id)?.since.is_none();
    if store::list(tx, person_id)?.len() >= PASSKEYS_MAX {
        return Err(Error::conflict(
            Code::TooManyPasskeys,
            sentences::too_many_passkeys(PASSKEYS_MAX),
        ));
    }
    let (client_data, data) = (decoded(&answer.client_data), decoded(&answer.data));
    let made = webauthn::made(&client_data, &data, &challenge_of(token), party).ok_or_else(refused)?;
    let (credential_id, public_key) = (BASE64URL_NOPAD.encode(&made.id), BASE64URL_NOPAD.encode(&made.key));
    let row = NewPasskey {
        id: PasskeyId::new(),
        person_id,
        credential_id: &credential_id,
        public_key: &public_key,
        counter: made.counter,
        name,
        created_at: now,
    };
    let id = row.id;
    insert(tx, &[row]).map_err(|error| {
        match is_unique_violation(&error, "passkeys_credential", &["credential_id"]) {
            true => refused(),
            false => error,
        }
    })?;
    let entry = audit::Entry {
        action: "passkey.add",
        account_id: person.account_id,
        object: person_id.to_string(),
        details: json!({ "passkey": id.to_string(), "name": name }),
    };
    audit::record(tx, actor, &entry, now)?;
    telling::tell(tx, &person, AccessChange::PasskeyAdded, person_id, &[], now)?;
    match is_first {
        true => factors::begin_with_codes(tx, actor, person_id, session_id, now),
        false => Ok(Codes::default()),
    }
}

/// Takes a passkey away; `NotFound` for others'. Recovery codes go with the last factor.
pub fn remove(tx: &mut Connection, actor: &Actor, person_id: PersonId, id: PasskeyId, now: Timestamp) -> Result<()> {
    let person = people::lock(tx, person_id)?;
    let name = store::delete(tx, person_id, id)?.ok_or(Error::NotFound)?;
    if factors::status(tx, person_id)?.since.is_none() {
        factors::forget(tx, person_id)?;
    }
    let entry = audit::Entry {
        action: "passkey.remove",
        account_id: person.account_id,
        object: person_id.to_string(),
        details: json!({ "passkey": id.to_string(), "name": name }),
    };
    audit::record(tx, actor, &entry, now)?;
    telling::tell(tx, &person, AccessChange::PasskeyRemoved, person_id, &[], now)
}

/// Takes the answer of one of a person's passkeys to `token`; the refusal is an inner error.
pub(in crate::identity) fn prove(
    tx: &mut Connection,
    person_id: PersonId,
    answer: &Answer,
    (token, party): (&str, &Party),
    now: Timestamp,
) -> Result<Result<()>> {
    let Some(row) = store::find(tx, person_id, &answer.credential)? else {
        return Ok(Err(refused()));
    };
    let passkey = Passkey {
        id: decoded(&row.credential_id),
        key: decoded(&row.public_key),
        counter: row.counter,
    };
    let (client_data, data) = (decoded(&answer.client_data), decoded(&answer.data));
    let challenge = challenge_of(token);
    let used = webauthn::used(
        &passkey,
        &client_data,
        &data,
        &decoded(&answer.signature),
        (&challenge, party),
    );
    Ok(match used {
        // Of two requests with one answer of an authenticator that counts, the second finds it used.
        Some(counter) if store::update_used(tx, &row, counter, now)? => Ok(()),
        _ => Err(refused()),
    })
}

/// Takes all passkeys of a person away; true if there were any.
pub(in crate::identity) fn forget(tx: &mut Connection, person_id: PersonId) -> Result<bool> {
    Ok(store::delete_all(tx, person_id)? > 0)
}
