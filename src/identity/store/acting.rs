//! Rows of staff who act for accounts.

use crate::clock::Timestamp;
use crate::db::{Connection, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, ActingId, PersonId, SessionId};
use crate::row;

row! {
    /// A row to be stored.
    #[derive(Debug)]
    pub struct NewActing<'a> into actings {
        pub id: ActingId,
        pub session_id: SessionId,
        pub person_id: PersonId,
        pub account_id: AccountId,
        /// Why.
        pub reason: &'a str,
        pub started_at: Timestamp,
        /// When it ends by itself.
        pub expires_at: Timestamp,
    }
}

row! {
    /// One time in which somebody acted for an account.
    #[derive(Debug, Clone)]
    pub struct Acted from "actings f JOIN people p ON p.id = f.person_id" {
        pub id: ActingId = "f.id",
        pub staff: String = "p.name",
        /// Why.
        pub reason: String = "f.reason",
        pub started_at: Timestamp = "f.started_at",
        /// Until when: when it was ended, or when it ended or ends by itself.
        pub until: Timestamp = "COALESCE(f.ended_at, f.expires_at)",
    }
}

/// Up to `rows_max` times in which somebody acted for an account, the newest first, before `before`.
pub fn list(
    connection: &mut Connection,
    account_id: AccountId,
    before: Option<ActingId>,
    rows_max: i64,
) -> Result<Vec<Acted>> {
    select::<Acted>("WHERE f.account_id = $1 AND f.id < $2 ORDER BY f.id DESC LIMIT $3")
        .bind(account_id)
        .bind(before.map_or(i64::MAX, |id| id.0))
        .bind(rows_max)
        .rows(connection)
}

/// Ends those that are in force in these sessions: their ids, their accounts, and who acted.
pub fn update_ended(
    tx: &mut Connection,
    sessions: &[SessionId],
    now: Timestamp,
) -> Result<Vec<(ActingId, AccountId, String)>> {
    sql(
        "UPDATE actings SET ended_at = $2 WHERE session_id {in ids $1} AND ended_at IS NULL \
         RETURNING id, account_id, (SELECT p.name FROM people p WHERE p.id = actings.person_id)",
    )
    .bind(sets::json(sessions)?)
    .bind(now)
    .rows(tx)
}
