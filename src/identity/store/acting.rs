//! Rows of staff who act for accounts.

use diesel::sql_types::{BigInt, Text, Untyped};

use crate::clock::Timestamp;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::{AccountId, ActingId, PersonId, SessionId};

/// A row to be stored.
#[derive(Debug, Clone, Copy)]
pub struct NewActing<'a> {
    /// Its id.
    pub id: ActingId,
    /// In which session.
    pub session_id: SessionId,
    /// Who.
    pub person_id: PersonId,
    /// For which account.
    pub account_id: AccountId,
    /// Why.
    pub reason: &'a str,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// Stores a row; the session has no other one in force.
pub fn insert(tx: &mut Connection, row: &NewActing<'_>, now: Timestamp) -> Result<()> {
    sql::<Untyped>(
        "INSERT INTO actings (id, session_id, person_id, account_id, reason, started_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(row.id.0)
    .bind(row.session_id.0)
    .bind(row.person_id)
    .bind(row.account_id)
    .bind(row.reason)
    .bind(now)
    .bind(row.expires_at)
    .run(tx)
    .map(drop)
}

/// Ends the one that is in force in a session: its id, its account, and who acted.
pub fn update_ended(
    tx: &mut Connection,
    session_id: SessionId,
    now: Timestamp,
) -> Result<Option<(ActingId, AccountId, String)>> {
    sql::<(BigInt, BigInt, Text)>(
        "UPDATE actings SET ended_at = $2 WHERE session_id = $1 AND ended_at IS NULL \
         RETURNING id, account_id, (SELECT p.name FROM people p WHERE p.id = actings.person_id)",
    )
    .bind(session_id.0)
    .bind(now)
    .first(tx)
}
