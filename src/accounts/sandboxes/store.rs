//! Rows of sandboxes.

use crate::clock::Timestamp;
use crate::db::{Connection, insert, select, sql};
use crate::error::Result;
use crate::ids::{AccountId, SandboxId};
use crate::row;

row! {
    /// A sandbox of an account.
    #[derive(Debug, Clone)]
    pub struct SandboxRow in sandboxes {
        pub id: SandboxId,
        pub account_id: AccountId,
        /// Which of the databases it had; each is larger than those before.
        pub generation: i64,
        /// How far its clock is ahead.
        pub ahead_s: i64,
        pub created_at: Timestamp,
        /// `per_…`, `cli_…` or a program's name.
        pub created_by: String,
        pub refreshed_at: Timestamp,
        /// Scenarios that were passed, parted by blanks.
        pub passed: String,
        pub version: i64,
    }
}

/// One that may be used: its account is open.
pub fn find(connection: &mut Connection, id: SandboxId) -> Result<Option<SandboxRow>> {
    select::<SandboxRow>("WHERE id = $1 AND account_id IN (SELECT id FROM accounts WHERE closed_at IS NULL)")
        .bind(id)
        .first(connection)
}

pub fn find_of(connection: &mut Connection, account_id: AccountId) -> Result<Option<SandboxRow>> {
    select::<SandboxRow>("WHERE account_id = $1")
        .bind(account_id)
        .first(connection)
}

/// All that may be used; there are a few.
pub fn list(connection: &mut Connection) -> Result<Vec<SandboxRow>> {
    select::<SandboxRow>("WHERE account_id IN (SELECT id FROM accounts WHERE closed_at IS NULL) ORDER BY id")
        .rows(connection)
}

pub fn store(tx: &mut Connection, row: SandboxRow) -> Result<()> {
    insert(tx, &[row])
}

/// Stores what may change.
pub fn update(tx: &mut Connection, row: &SandboxRow) -> Result<()> {
    sql(
        "UPDATE sandboxes SET generation = $2, ahead_s = $3, refreshed_at = $4, passed = $5, version = version + 1 \
         WHERE id = $1",
    )
    .bind(row.id)
    .bind(row.generation)
    .bind(row.ahead_s)
    .bind(row.refreshed_at)
    .bind(row.passed.as_str())
    .run(tx)
    .map(drop)
}

pub fn delete(tx: &mut Connection, id: SandboxId) -> Result<()> {
    sql("DELETE FROM sandboxes WHERE id = $1").bind(id).run(tx).map(drop)
}

row! {
    /// A database of a sandbox, from before it is made until after it is gone.
    #[derive(Debug, Clone)]
    pub struct DatabaseRow in sandbox_databases {
        pub sandbox_id: SandboxId,
        pub generation: i64,
        /// By the real clock.
        pub noted_at: Timestamp,
    }
}

/// Notes a database, unless it is noted already.
pub fn note_database(tx: &mut Connection, id: SandboxId, generation: i64, now: Timestamp) -> Result<()> {
    sql(
        "INSERT INTO sandbox_databases (sandbox_id, generation, noted_at) VALUES ($1, $2, $3) \
         ON CONFLICT (sandbox_id, generation) DO NOTHING",
    )
    .bind(id)
    .bind(generation)
    .bind(now)
    .run(tx)
    .map(drop)
}

/// The database is gone.
pub fn forget_database(tx: &mut Connection, id: SandboxId, generation: i64) -> Result<()> {
    sql("DELETE FROM sandbox_databases WHERE sandbox_id = $1 AND generation = $2")
        .bind(id)
        .bind(generation)
        .run(tx)
        .map(drop)
}

/// Databases that were noted before a moment and that no sandbox has.
pub fn list_left(connection: &mut Connection, before: Timestamp) -> Result<Vec<DatabaseRow>> {
    select::<DatabaseRow>(
        "WHERE noted_at < $1 AND NOT EXISTS (SELECT 1 FROM sandboxes s \
         WHERE s.id = sandbox_databases.sandbox_id AND s.generation = sandbox_databases.generation) \
         ORDER BY sandbox_id, generation",
    )
    .bind(before)
    .rows(connection)
}
