//! Signing keys: a new one signs from now on, those before it go on proving what they signed, until they are retired.
//!
//! A retired key proves no access token, no cookie, no device and no link against a kind of mail. The tokens of invitations
//! and of new passwords that were derived from it stay good: whoever has the key without the database can't make one, for a
//! random number of the row goes in.

use serde_json::json;

use super::rules::SESSION_LIFETIME;
use super::sentences;
use super::store::keys::{self as stored, SigningKey};
use crate::audit::{self, Actor};
use crate::clock::{self, Timestamp};
use crate::db::Connection;
use crate::error::{Code, Error, Result};

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It signs.
    Signs,
    /// It proves what it signed, at the latest until then.
    Proves(Timestamp),
    /// It proves nothing since then.
    Retired(Timestamp),
}

/// A key as it is told.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    pub id: i64,
    pub created_at: Timestamp,
    pub does: Use,
}

/// All keys, oldest first.
pub fn list(connection: &mut Connection) -> Result<Vec<Told>> {
    let keys = stored::list_signing_keys(connection)?;
    Ok(keys
        .iter()
        .enumerate()
        .map(|(index, key)| told(key, keys.get(index + 1)))
        .collect())
}

/// Since when the key signs that signs now; nothing before the first start.
pub fn signs_since(connection: &mut Connection) -> Result<Option<Timestamp>> {
    Ok(stored::list_signing_keys(connection)?.last().map(|key| key.created_at))
}

/// A key that another one followed has signed sessions that may last for so long.
fn told(key: &SigningKey, next: Option<&SigningKey>) -> Told {
    let does = match (key.retired_at, next) {
        (Some(at), _) => Use::Retired(at),
        (None, None) => Use::Signs,
        (None, Some(next)) => Use::Proves(next.created_at + SESSION_LIFETIME),
    };
    Told {
        id: key.id,
        created_at: key.created_at,
        does,
    }
}

/// Makes the key that signs from now on, on every node within seconds; its id.
pub fn rotate(tx: &mut Connection, actor: &Actor, now: Timestamp) -> Result<i64> {
    let keys = stored::list_signing_keys(tx)?;
    let id = keys.last().map_or(1, |key| key.id + 1);
    stored::insert_signing_key(tx, id, &clock::random_bytes::<32>(), now)?;
    record(tx, actor, "key.rotate", id, now)?;
    Ok(id)
}

/// Has a key prove nothing any more. Refused for the one that signs, and, unless `now_already`, while sessions that it
/// signed may go on.
pub fn retire(tx: &mut Connection, actor: &Actor, id: i64, now_already: bool, now: Timestamp) -> Result<()> {
    let key = list(tx)?.into_iter().find(|key| key.id == id).ok_or(Error::NotFound)?;
    match key.does {
        Use::Signs => Err(Error::conflict(Code::KeyInUse, sentences::key_signs())),
        Use::Proves(until) if until > now && !now_already => {
            let until = crate::clock::rfc3339(until);
            Err(Error::conflict(Code::KeyInUse, sentences::key_proves(until)))
        }
        Use::Retired(_) => Ok(()),
        Use::Proves(_) => {
            stored::update_key_retired(tx, id, now)?;
            record(tx, actor, "key.retire", id, now)
        }
    }
}

fn record(tx: &mut Connection, actor: &Actor, action: &'static str, id: i64, now: Timestamp) -> Result<()> {
    let entry = audit::Entry {
        action,
        account_id: None,
        object: format!("key {id}"),
        details: json!({}),
    };
    audit::record(tx, actor, &entry, now)
}
