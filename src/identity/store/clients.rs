//! Rows of programs that sign in by themselves, of their secrets and of the assertions they used.
//!
//! Each has a row in `people` with the same id, whose access has ended: it gives the name and stands where somebody is
//! named as having done something. Whoever looks for people with access passes it by.

use chrono::NaiveDate;

use crate::binds;
use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, select, selection, sets, sql};
use crate::error::Result;
use crate::identity::rules::client_keys::KeySet;
use crate::identity::rules::clients::Settings;
use crate::identity::rules::scopes;
use crate::ids::{AccountId, ClientId, ClientSecretId, PersonId};
use crate::row;

row! {
    /// A program as the database has it.
    #[derive(Debug, Clone)]
    pub struct ClientRow from "clients c JOIN people p ON p.id = c.id LEFT JOIN accounts a ON a.id = c.account_id" {
        pub id: ClientId = "c.id",
        /// None: the supplier's own.
        pub account_id: Option<AccountId> = "c.account_id",
        pub name: String = "p.name",
        pub description: String = "c.description",
        /// Names of scopes, parted by blanks.
        pub scopes: String = "c.scopes",
        /// Networks, parted by blanks.
        pub networks: String = "c.networks",
        /// A JWK set.
        pub public_keys: Option<String> = "c.public_keys",
        pub requests_per_minute: Option<i64> = "c.requests_per_minute",
        pub expires_on: Option<NaiveDate> = "c.expires_on",
        /// `per_…` or `command`.
        pub created_by: String = "c.created_by",
        pub created_at: Timestamp = "c.created_at",
        pub revoked_at: Option<Timestamp> = "c.revoked_at",
        pub version: i64 = "c.version",
        pub last_used_at: Option<Timestamp> = "c.last_used_at",
        pub last_used_from: Option<String> = "c.last_used_from",
        pub account_is_open: bool = "a.closed_at IS NULL",
        /// Some of its tokens are good for nothing any more.
        pub has_revoked_tokens: bool = "EXISTS (SELECT 1 FROM revoked_tokens t WHERE t.client_id = c.id)",
    }
}

row! {
    /// A secret in force.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct SecretRow from "client_secrets s" {
        pub id: ClientSecretId = "s.id",
        pub client_id: ClientId = "s.client_id",
        /// SHA-256 in hex.
        pub secret_hash: String = "s.secret_hash",
        pub last_four: String = "s.last_four",
        pub created_at: Timestamp = "s.created_at",
    }
}

/// The program with this id.
pub fn find(connection: &mut Connection, id: ClientId) -> Result<Option<ClientRow>> {
    select::<ClientRow>("WHERE c.id = $1").bind(id).first(connection)
}

/// The same, locked until the transaction ends.
pub fn lock(tx: &mut Connection, id: ClientId) -> Result<Option<ClientRow>> {
    select::<ClientRow>("WHERE c.id = $1 {lock of c}").bind(id).first(tx)
}

/// Up to `rows_max` programs of an account, or of the supplier, the oldest first, those behind `after`.
pub fn list(
    connection: &mut Connection,
    account_id: Option<AccountId>,
    after: impl Into<Walk<ClientId>>,
    rows_max: i64,
) -> Result<Vec<ClientRow>> {
    let mut seek = Seek::new(connection, &selection::<ClientRow>());
    match account_id {
        Some(account_id) => seek.and("c.account_id = $1", binds![account_id]),
        None => seek.and("c.account_id IS NULL", []),
    }
    let walk = after.into().map(|id| binds![id]);
    seek.part(["c.id"], Way::Up, "c.id", walk, rows_max)?.rows(connection)
}

/// The secrets in force of these programs, the oldest first.
pub fn list_secrets(connection: &mut Connection, ids: &[ClientId]) -> Result<Vec<SecretRow>> {
    select::<SecretRow>("WHERE s.client_id {in ids $1} AND s.retired_at IS NULL ORDER BY s.id")
        .bind(sets::json(ids)?)
        .rows(connection)
}

/// How many programs of an account, or of the supplier, are not revoked.
pub fn count(connection: &mut Connection, account_id: Option<AccountId>) -> Result<i64> {
    match account_id {
        Some(account_id) => {
            sql("SELECT COUNT(*) FROM clients WHERE account_id = $1 AND revoked_at IS NULL").bind(account_id)
        }
        None => sql("SELECT COUNT(*) FROM clients WHERE account_id IS NULL AND revoked_at IS NULL"),
    }
    .one(connection)
}

/// Which of these people are programs.
pub fn list_among(connection: &mut Connection, ids: &[PersonId]) -> Result<Vec<PersonId>> {
    sql("SELECT id FROM clients WHERE id {in ids $1}")
        .bind(sets::json(ids)?)
        .rows(connection)
}

/// Stores a program, with the row that stands for it among people.
pub fn insert(
    tx: &mut Connection,
    id: ClientId,
    account_id: Option<AccountId>,
    settings: &Settings,
    created_by: &str,
    now: Timestamp,
) -> Result<()> {
    // No mail address, no password, no role, and ended from the beginning.
    sql(
        "INSERT INTO people (id, email, name, password_hash, account_id, created_at, ended_at) \
         VALUES ($1, $2, $3, '', $4, $5, $5)",
    )
    .bind(id)
    .bind(id.to_string())
    .bind(&settings.name)
    .bind(account_id)
    .bind(now)
    .run(tx)?;
    sql(
        "INSERT INTO clients (id, account_id, description, scopes, networks, public_keys, requests_per_minute, \
         expires_on, created_by, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
    )
    .bind(id)
    .bind(account_id)
    .bind(&settings.description)
    .bind(scopes::written(&settings.scopes))
    .bind(settings.networks.join(" "))
    .bind(keys_text(&settings.keys)?)
    .bind(settings.requests_per_minute)
    .bind(settings.expires_on)
    .bind(created_by)
    .bind(now)
    .run(tx)
    .map(drop)
}

/// Stores what was set of a locked program; its version grows.
pub fn update(tx: &mut Connection, id: ClientId, settings: &Settings) -> Result<()> {
    sql("UPDATE people SET name = $2 WHERE id = $1")
        .bind(id)
        .bind(&settings.name)
        .run(tx)?;
    sql(
        "UPDATE clients SET description = $2, scopes = $3, networks = $4, public_keys = $5, requests_per_minute = $6, \
         expires_on = $7, version = version + 1 WHERE id = $1",
    )
    .bind(id)
    .bind(&settings.description)
    .bind(scopes::written(&settings.scopes))
    .bind(settings.networks.join(" "))
    .bind(keys_text(&settings.keys)?)
    .bind(settings.requests_per_minute)
    .bind(settings.expires_on)
    .run(tx)
    .map(drop)
}

fn keys_text(keys: &KeySet) -> Result<Option<String>> {
    let text = (!keys.keys.is_empty()).then(|| serde_json::to_string(keys));
    text.transpose().map_err(crate::error::Error::internal)
}

/// Ends a locked program and all its secrets.
pub fn update_revoked(tx: &mut Connection, id: ClientId, now: Timestamp) -> Result<()> {
    sql("UPDATE clients SET revoked_at = $2, version = version + 1 WHERE id = $1")
        .bind(id)
        .bind(now)
        .run(tx)?;
    sql("UPDATE client_secrets SET retired_at = $2 WHERE client_id = $1 AND retired_at IS NULL")
        .bind(id)
        .bind(now)
        .run(tx)
        .map(drop)
}

/// Writes down that a program is used, and from where.
pub fn update_used(tx: &mut Connection, id: ClientId, address: Option<&str>, now: Timestamp) -> Result<()> {
    sql("UPDATE clients SET last_used_at = $2, last_used_from = $3 \
         WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)")
    .bind(id)
    .bind(now)
    .bind(address.map(str::to_owned))
    .unheard()
    .run(tx)
    .map(drop)
}

/// Adds a secret.
pub fn insert_secret(tx: &mut Connection, secret: &SecretRow) -> Result<()> {
    sql("INSERT INTO client_secrets (id, client_id, secret_hash, last_four, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(secret.id)
        .bind(secret.client_id)
        .bind(&secret.secret_hash)
        .bind(&secret.last_four)
        .bind(secret.created_at)
        .run(tx)
        .map(drop)
}

/// Ends a secret.
pub fn update_retired(tx: &mut Connection, id: ClientSecretId, now: Timestamp) -> Result<()> {
    sql("UPDATE client_secrets SET retired_at = $2 WHERE id = $1")
        .bind(id)
        .bind(now)
        .run(tx)
        .map(drop)
}

/// Writes down that an assertion was used; false where it was before. What is over is forgotten on the way.
pub fn insert_assertion(
    tx: &mut Connection,
    id: ClientId,
    jti_hash: &str,
    expires_at: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    sql("DELETE FROM client_assertions WHERE client_id = $1 AND expires_at < $2")
        .bind(id)
        .bind(now)
        .run(tx)?;
    let inserted = sql(
        "INSERT INTO client_assertions (client_id, jti_hash, expires_at) VALUES ($1, $2, $3) \
         ON CONFLICT (client_id, jti_hash) DO NOTHING",
    )
    .bind(id)
    .bind(jti_hash)
    .bind(expires_at)
    .run(tx)?;
    Ok(inserted == 1)
}

/// Fingerprints of the tokens that the program gave back and that have not ended by themselves.
pub fn list_revoked_tokens(connection: &mut Connection, id: ClientId, now: Timestamp) -> Result<Vec<String>> {
    sql("SELECT jti_hash FROM revoked_tokens WHERE client_id = $1 AND expires_at >= $2")
        .bind(id)
        .bind(now)
        .rows(connection)
}

/// Writes down that a token is good for nothing any more; false where it was before. What ended by itself is forgotten on the
/// way.
pub fn insert_revoked_token(
    tx: &mut Connection,
    id: ClientId,
    jti_hash: &str,
    expires_at: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    sql("DELETE FROM revoked_tokens WHERE client_id = $1 AND expires_at < $2")
        .bind(id)
        .bind(now)
        .run(tx)?;
    let inserted = sql(
        "INSERT INTO revoked_tokens (client_id, jti_hash, expires_at) VALUES ($1, $2, $3) \
         ON CONFLICT (client_id, jti_hash) DO NOTHING",
    )
    .bind(id)
    .bind(jti_hash)
    .bind(expires_at)
    .run(tx)?;
    Ok(inserted > 0)
}
