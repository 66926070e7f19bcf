//! Rows of signing keys.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::schema::signing_keys;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::per_backend;

/// A signing key.
#[derive(Clone)]
pub struct SigningKey {
    pub id: i64,
    pub secret: Vec<u8>,
    pub created_at: Timestamp,
    /// Since when it proves no token.
    pub retired_at: Option<Timestamp>,
}

/// The signing keys, oldest first.
pub fn list_signing_keys(connection: &mut Connection) -> Result<Vec<SigningKey>> {
    let columns = (
        signing_keys::id,
        signing_keys::secret,
        signing_keys::created_at,
        signing_keys::retired_at,
    );
    let rows: Vec<(i64, Vec<u8>, Timestamp, Option<Timestamp>)> = signing_keys::table
        .select(columns)
        .order(signing_keys::id)
        .load(connection)?;
    let key = |(id, secret, created_at, retired_at)| SigningKey {
        id,
        secret,
        created_at,
        retired_at,
    };
    Ok(rows.into_iter().map(key).collect())
}

/// Adds a signing key with this id; of two at once the second fails.
pub fn insert_signing_key(tx: &mut Connection, id: i64, secret: &[u8], now: Timestamp) -> Result<()> {
    let row = (
        signing_keys::id.eq(id),
        signing_keys::secret.eq(secret),
        signing_keys::created_at.eq(now),
    );
    per_backend!(tx, inner => diesel::insert_into(signing_keys::table)
        .values(row)
        .execute(inner))?;
    Ok(())
}

/// Has a signing key prove nothing any more.
pub fn update_key_retired(tx: &mut Connection, id: i64, now: Timestamp) -> Result<()> {
    sql("UPDATE signing_keys SET retired_at = $2 WHERE id = $1 AND retired_at IS NULL")
        .bind(id)
        .bind(now)
        .run(tx)
        .map(drop)
}

/// Inserts the first signing key unless another node was faster: it always has the id 1.
pub fn insert_first_signing_key(tx: &mut Connection, secret: &[u8], now: Timestamp) -> Result<()> {
    let row = (
        signing_keys::id.eq(1_i64),
        signing_keys::secret.eq(secret),
        signing_keys::created_at.eq(now),
    );
    per_backend!(tx, inner => diesel::insert_into(signing_keys::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(inner))?;
    Ok(())
}
