//! Rows of staff who act for accounts.

use crate::clock::Timestamp;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::identity::acting::Acted;
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
    sql(
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

/// Up to `rows_max` rows of an account, the newest first, before `before`.
pub fn list(
    connection: &mut Connection,
    account_id: AccountId,
    before: Option<ActingId>,
    rows_max: i64,
) -> Result<Vec<Acted>> {
    type Row = (ActingId, String, String, Timestamp, Timestamp);
    let rows: Vec<Row> = sql(
        "SELECT f.id, p.name, f.reason, f.started_at, COALESCE(f.ended_at, f.expires_at) \
         FROM actings f JOIN people p ON p.id = f.person_id \
         WHERE f.account_id = $1 AND f.id < $2 ORDER BY f.id DESC LIMIT $3",
    )
    .bind(account_id)
    .bind(before.map_or(i64::MAX, |id| id.0))
    .bind(rows_max)
    .rows(connection)?;
    let acted = |(id, staff, reason, started_at, until)| Acted {
        id,
        staff,
        reason,
        started_at,
        until,
    };
    Ok(rows.into_iter().map(acted).collect())
}

/// Ends the one that is in force in a session: its id, its account, and who acted.
pub fn update_ended(
    tx: &mut Connection,
    session_id: SessionId,
    now: Timestamp,
) -> Result<Option<(ActingId, AccountId, String)>> {
    sql(
        "UPDATE actings SET ended_at = $2 WHERE session_id = $1 AND ended_at IS NULL \
         RETURNING id, account_id, (SELECT p.name FROM people p WHERE p.id = actings.person_id)",
    )
    .bind(session_id.0)
    .bind(now)
    .first(tx)
}
