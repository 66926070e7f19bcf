//! Rows of deliveries and attempts as people see them, and what becomes of old ones.

use crate::clock::Timestamp;
use crate::db::seek::{Seek, Way};
use crate::db::{Connection, select, selection, sql};
use crate::error::Result;
use crate::ids::{AccountId, EventId, WebhookAttemptId, WebhookDeliveryId, WebhookEndpointId};
use crate::webhooks::rules::DeliveryState;
use crate::{binds, row};

row! {
    /// A delivery.
    #[derive(Debug, Clone)]
    pub struct DeliveryRow from "webhook_deliveries d" {
        pub id: WebhookDeliveryId = "d.id",
        pub endpoint_id: WebhookEndpointId = "d.endpoint_id",
        /// Nothing for a test.
        pub event_id: Option<EventId> = "d.event_id",
        pub kind: String = "d.kind",
        pub subject_id: i64 = "d.subject_id",
        pub state: DeliveryState = "d.state",
        /// Since it was queued, or sent again, last.
        pub attempts: i32 = "d.attempts",
        pub next_attempt_at: Timestamp = "d.next_attempt_at",
        pub created_at: Timestamp = "d.created_at",
        pub settled_at: Option<Timestamp> = "d.settled_at",
        pub last_status: Option<i32> = "d.last_status",
        pub last_error: Option<String> = "d.last_error",
    }
}

row! {
    /// An attempt.
    #[derive(Debug, Clone)]
    pub struct AttemptRow from "webhook_attempts" {
        pub id: WebhookAttemptId = "id",
        pub attempted_at: Timestamp = "attempted_at",
        pub duration_ms: i32 = "duration_ms",
        pub status: Option<i32> = "status",
        pub error: Option<String> = "error",
        pub answer: Option<String> = "answer",
    }
}

/// Deliveries of an endpoint, the newest first, behind `after`.
pub fn list_deliveries(
    connection: &mut Connection,
    endpoint_id: WebhookEndpointId,
    state: Option<DeliveryState>,
    after: Option<WebhookDeliveryId>,
    rows_max: i64,
) -> Result<Vec<DeliveryRow>> {
    let mut seek = Seek::new(connection, &selection::<DeliveryRow>());
    seek.and("d.endpoint_id = $1", binds![endpoint_id]);
    seek.and_if("d.state = $1", state);
    seek.page(["d.id"], Way::Down, after.map(|id| binds![id]), rows_max)
        .rows(connection)
}

/// A delivery of an endpoint of the account, or of the supplier.
pub fn find_delivery(
    connection: &mut Connection,
    account_id: Option<AccountId>,
    id: WebhookDeliveryId,
) -> Result<Option<DeliveryRow>> {
    select::<DeliveryRow>(
        "WHERE d.id = $1 AND EXISTS (SELECT 1 FROM webhook_endpoints e WHERE e.id = d.endpoint_id \
         AND COALESCE(e.account_id, 0) = $2 AND e.state <> {webhook_endpoint_state removed})",
    )
    .bind(id)
    .bind(account_id.map_or(0, |id| id.0))
    .first(connection)
}

/// A delivery, locked until the transaction ends.
pub fn lock_delivery(tx: &mut Connection, id: WebhookDeliveryId) -> Result<Option<DeliveryRow>> {
    select::<DeliveryRow>("WHERE d.id = $1 {lock}").bind(id).first(tx)
}

/// The attempts of a delivery, the newest first.
pub fn list_attempts(connection: &mut Connection, id: WebhookDeliveryId, rows_max: i64) -> Result<Vec<AttemptRow>> {
    select::<AttemptRow>("WHERE delivery_id = $1 ORDER BY id DESC LIMIT $2")
        .bind(id)
        .bind(rows_max)
        .rows(connection)
}

/// Tests of an endpoint since a moment, by the ids that it gave.
pub fn count_tests(connection: &mut Connection, id: WebhookEndpointId, since: WebhookDeliveryId) -> Result<i64> {
    sql("SELECT COUNT(*) FROM webhook_deliveries WHERE endpoint_id = $1 AND id > $2 AND event_id IS NULL")
        .bind(id)
        .bind(since)
        .one(connection)
}

/// Has a settled delivery wait again, behind what is due already about the same object.
pub fn requeue(tx: &mut Connection, id: WebhookDeliveryId, now: Timestamp) -> Result<()> {
    sql(
        "UPDATE webhook_deliveries SET state = {webhook_delivery_state behind}, attempts = 0, next_attempt_at = $2, settled_at = NULL \
         WHERE id = $1 AND settled_at IS NOT NULL",
    )
    .bind(id)
    .bind(now)
    .run(tx)?;
    Ok(())
}

/// Deletes attempts from before a moment, at most so many.
pub fn delete_attempts(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql(
        "DELETE FROM webhook_attempts WHERE id IN (SELECT id FROM webhook_attempts WHERE attempted_at < $1 \
         ORDER BY attempted_at LIMIT $2)",
    )
    .bind(before)
    .bind(rows_max)
    .run(tx)
}

/// Deletes deliveries settled before a moment, at most so many.
pub fn delete_old(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql(
        "DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE settled_at IS NOT NULL \
         AND settled_at < $1 ORDER BY settled_at LIMIT $2)",
    )
    .bind(before)
    .bind(rows_max)
    .run(tx)
}

/// Deletes deliveries of endpoints that were removed, at most so many.
pub fn delete_removed(tx: &mut Connection, rows_max: i64) -> Result<usize> {
    sql(
        "DELETE FROM webhook_deliveries WHERE id IN (SELECT d.id FROM webhook_endpoints e {cross} webhook_deliveries d \
         ON d.endpoint_id = e.id WHERE e.state = {webhook_endpoint_state removed} LIMIT $1)",
    )
    .bind(rows_max)
    .run(tx)
}

/// What is behind where nothing about the same object is due: it would wait for ever.
pub fn list_unfinished(connection: &mut Connection) -> Result<Vec<WebhookDeliveryId>> {
    sql(
        "SELECT b.id FROM webhook_deliveries b WHERE b.state = {webhook_delivery_state behind} \
         AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d \
         WHERE d.endpoint_id = b.endpoint_id AND d.subject_id = b.subject_id AND d.state = {webhook_delivery_state due}) \
         AND NOT EXISTS (SELECT 1 FROM webhook_endpoints e WHERE e.id = b.endpoint_id \
              AND e.state = {webhook_endpoint_state removed}) ORDER BY b.id",
    )
    .rows(connection)
}
