//! What programs did in a sandbox, and what was asked for to happen to them. These rows are in the sandbox's own database.

use crate::clock::Timestamp;
use crate::db::{Connection, insert, select, sql};
use crate::error::Result;
use crate::ids::{AccountId, EventId, OrderId};
use crate::row;
use crate::sandbox::rules::Failure;

row! {
    /// A request and how it was answered.
    #[derive(Debug, Clone)]
    pub struct RequestRow in sandbox_requests {
        pub id: i64,
        /// By the real clock.
        pub requested_at: Timestamp,
        pub method: String,
        pub path: String,
        pub query: String,
        pub status: i32,
        pub idempotency_key: Option<String>,
        pub user_agent: Option<String>,
        /// The failure that was made.
        pub failure: Option<Failure>,
        pub request_id: String,
    }
}

row! {
    /// A failure that the next requests meet.
    #[derive(Debug, Clone)]
    pub struct FailureRow in sandbox_failures {
        pub id: i64,
        pub failure: Failure,
        pub times: i64,
        /// Only orders that are placed meet it.
        pub is_of_orders: bool,
    }
}

row! {
    /// A scenario that was begun.
    #[derive(Debug, Clone)]
    pub struct RunRow from "sandbox_runs" {
        /// Its name.
        pub scenario: String = "scenario",
        /// By the real clock.
        pub begun_at: Timestamp = "begun_at",
        /// The order, or the event, that it is about.
        pub subject: Option<String> = "subject",
        /// What endpoints answered, as JSON.
        pub deliveries: String = "deliveries",
    }
}

pub fn insert_request(tx: &mut Connection, row: RequestRow) -> Result<()> {
    insert(tx, &[row])
}

/// The newest requests, oldest of them first.
pub fn list_requests(connection: &mut Connection, rows_max: i64) -> Result<Vec<RequestRow>> {
    let mut rows = select::<RequestRow>("ORDER BY id DESC LIMIT $1")
        .bind(rows_max)
        .rows(connection)?;
    rows.reverse();
    Ok(rows)
}

/// Forgets what came before the newest.
pub fn delete_old(tx: &mut Connection, rows_kept: i64) -> Result<()> {
    sql("DELETE FROM sandbox_requests WHERE id <= \
         (SELECT id FROM sandbox_requests ORDER BY id DESC LIMIT 1 OFFSET $1)")
    .bind(rows_kept)
    .run(tx)
    .map(drop)
}

pub fn list_failures(connection: &mut Connection) -> Result<Vec<FailureRow>> {
    select::<FailureRow>("ORDER BY id").rows(connection)
}

pub fn insert_failure(tx: &mut Connection, row: FailureRow) -> Result<()> {
    insert(tx, &[row])
}

pub fn clear_failures(tx: &mut Connection) -> Result<()> {
    sql("DELETE FROM sandbox_failures").run(tx).map(drop)
}

/// Uses one of the failures up; false where somebody was faster.
pub fn take_failure(tx: &mut Connection, id: i64) -> Result<bool> {
    let left: Option<i64> =
        sql("UPDATE sandbox_failures SET times = times - 1 WHERE id = $1 AND times > 0 RETURNING times")
            .bind(id)
            .first(tx)?;
    if left == Some(0) {
        sql("DELETE FROM sandbox_failures WHERE id = $1").bind(id).run(tx)?;
    }
    Ok(left.is_some())
}

pub fn list_runs(connection: &mut Connection) -> Result<Vec<RunRow>> {
    select::<RunRow>("ORDER BY scenario").rows(connection)
}

pub fn store_run(tx: &mut Connection, row: &RunRow) -> Result<()> {
    sql(
        "INSERT INTO sandbox_runs (scenario, begun_at, subject, deliveries) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (scenario) DO UPDATE SET begun_at = excluded.begun_at, subject = excluded.subject, \
         deliveries = excluded.deliveries",
    )
    .bind(row.scenario.as_str())
    .bind(row.begun_at)
    .bind(row.subject.clone())
    .bind(row.deliveries.as_str())
    .run(tx)
    .map(drop)
}

/// The last order of the account that may still go on.
pub fn last_order(connection: &mut Connection, account_id: AccountId, states: &[&str]) -> Result<Option<OrderId>> {
    sql("SELECT id FROM orders WHERE account_id = $1 AND state {in texts $2} ORDER BY id DESC LIMIT 1")
        .bind(account_id)
        .bind(crate::db::sets::json(states)?)
        .first(connection)
}

/// The last event of the account that is in the feed of all its programs.
pub fn last_event(connection: &mut Connection, account_id: AccountId) -> Result<Option<EventId>> {
    sql(
        "SELECT id FROM events WHERE account_id = $1 AND type NOT IN ('password_reset.requested', 'access.changed', 'mail.parked', \
         'webhook_endpoint.failing', 'webhook_endpoint.disabled', 'invitation.created', 'member.added', 'member.changed', \
         'member.removed') ORDER BY id DESC LIMIT 1",
    )
    .bind(account_id)
    .first(connection)
}
