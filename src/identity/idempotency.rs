//! A request repeated with the same key has one effect: its row is inserted first, in the transaction of the effect.

use data_encoding::HEXLOWER;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::sentences;
use crate::clock::Timestamp;
use crate::db::{Connection, sql, violations};
use crate::error::{Code, Error, Result};
use crate::ids::PersonId;

/// How long a key is kept.
pub const KEPT_DAYS: i64 = 7;

/// A request that carries a key.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who sent it.
    pub person_id: PersonId,
    /// Method and path template: `POST /api/v1/orders`.
    pub route: &'static str,
    /// The key as sent.
    pub key: String,
    /// SHA-256 of the parsed request, in hexadecimal.
    pub hash: String,
}

impl Request {
    /// The request that `person_id` sent to `route` under `key`. The hash is the same for bodies that mean the same:
    /// fields in their order, numbers as written.
    pub fn new(person_id: PersonId, route: &'static str, key: String, body: &impl Serialize) -> Result<Self> {
        let parsed = serde_json::to_vec(body).map_err(Error::internal)?;
        Ok(Self {
            person_id,
            route,
            key,
            hash: HEXLOWER.encode(&Sha256::digest(parsed)),
        })
    }
}

/// What to do with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// It is new; go on and create the object with the id that was given.
    Fresh,
    /// It was done; answer with the object that was created then.
    Replay(i64),
}

/// True where the key was claimed for some request and is still kept.
pub fn is_known(tx: &mut Connection, person_id: PersonId, (route, key): (&str, &str), now: Timestamp) -> Result<bool> {
    sql("SELECT EXISTS (SELECT 1 FROM idempotency_keys WHERE person_id = $1 AND route = $2 AND key = $3 AND created_at >= $4)")
        .bind(person_id)
        .bind(route)
        .bind(key)
        .bind(now - chrono::TimeDelta::days(KEPT_DAYS))
        .one(tx)
}

/// Claims the key for the object `new_id`. A twin that still runs is waited for (up to 5 s, then
/// [`Code::RequestInProgress`]); if it is refused, its transaction gives the key back. Another request under the same
/// key is refused with [`Code::IdempotencyKeyReused`].
pub fn begin(tx: &mut Connection, request: &Request, new_id: i64, now: Timestamp) -> Result<Begun> {
    let inserted = sql(
        "INSERT INTO idempotency_keys (person_id, route, key, request_hash, created_id, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (person_id, route, key) DO UPDATE \
         SET request_hash = excluded.request_hash, created_id = excluded.created_id, created_at = excluded.created_at \
         WHERE idempotency_keys.created_at < $7 RETURNING created_id",
    )
    .bind(request.person_id)
    .bind(request.route)
    .bind(request.key.as_str())
    .bind(request.hash.as_str())
    .bind(new_id)
    .bind(now)
    .bind(now - chrono::TimeDelta::days(KEPT_DAYS))
    .first::<i64>(tx);
    match inserted {
        Ok(Some(_)) => return Ok(Begun::Fresh),
        Ok(None) => {}
        Err(error) if violations::is_lock_timeout(&error) => {
            let detail = sentences::request_running();
            return Err(Error::conflict(Code::RequestInProgress, detail));
        }
        Err(error) => return Err(error),
    }
    let (hash, created_id): (String, i64) =
        sql("SELECT request_hash, created_id FROM idempotency_keys WHERE person_id = $1 AND route = $2 AND key = $3")
            .bind(request.person_id)
            .bind(request.route)
            .bind(request.key.as_str())
            .one(tx)?;
    if hash != request.hash {
        let detail = sentences::key_reused();
        return Err(Error::refused(Code::IdempotencyKeyReused, detail));
    }
    Ok(Begun::Replay(created_id))
}
