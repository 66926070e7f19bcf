//! The statements of a worker: events are queued, an endpoint is held while something is sent to it, what came of it is
//! stored. All are bounded, and all go along an index that knows only what still waits.

use chrono::TimeDelta;

use super::endpoints::EndpointRow;
use crate::clock::Timestamp;
use crate::db::{Connection, Stored, insert, select, sets, sql};
use crate::error::Result;
use crate::ids::{EventId, WebhookAttemptId, WebhookDeliveryId, WebhookEndpointId};
use crate::row;
use crate::webhooks::rules::{DeliveryState, FAILING};

row! {
    /// A delivery to be queued.
    #[derive(Debug, Clone)]
    pub struct NewDelivery into webhook_deliveries {
        pub id: WebhookDeliveryId,
        pub endpoint_id: WebhookEndpointId,
        pub event_id: Option<EventId>,
        pub kind: String,
        pub subject_id: i64,
        pub sequence: i64,
        pub state: DeliveryState,
        pub attempts: i32,
        pub next_attempt_at: Timestamp,
        pub created_at: Timestamp,
    }
}

/// True when an event waits to be queued: one without a number, or one behind the cursor.
pub fn is_event_waiting(connection: &mut Connection) -> Result<bool> {
    sql("SELECT EXISTS (SELECT 1 FROM events WHERE sequence IS NULL) OR \
         (SELECT value FROM counters WHERE name = 'event_sequence') > \
         (SELECT value FROM counters WHERE name = 'webhook_sequence')")
    .one(connection)
}

/// True when a replay runs.
pub fn is_replay_waiting(connection: &mut Connection) -> Result<bool> {
    sql(
        "SELECT EXISTS (SELECT 1 FROM webhook_endpoints WHERE state = {webhook_endpoint_state enabled} \
         AND replay_until IS NOT NULL)",
    )
    .one(connection)
}

/// Queues deliveries, each in the state that [`hold`] leaves room for. One that is there and settled is sent once more; one
/// that waits stays as it is.
pub fn enqueue(tx: &mut Connection, rows: &[NewDelivery]) -> Result<usize> {
    if rows.is_empty() {
        return Ok(0);
    }
    sql(
        "INSERT INTO webhook_deliveries (id, endpoint_id, event_id, kind, subject_id, sequence, state, attempts, \
           next_attempt_at, created_at) \
         SELECT id, endpoint_id, event_id, kind, subject_id, sequence, state, 0, next_attempt_at, created_at FROM \
           {rows $1: id bigint, endpoint_id bigint, event_id bigint, kind text, subject_id bigint, sequence bigint, \
           state text, next_attempt_at timestamp, created_at timestamp} AS rows WHERE true \
         ON CONFLICT (endpoint_id, event_id) DO UPDATE SET state = excluded.state, attempts = 0, \
           next_attempt_at = excluded.next_attempt_at, settled_at = NULL \
         WHERE webhook_deliveries.state = {webhook_delivery_state delivered} \
              OR webhook_deliveries.state = {webhook_delivery_state parked}",
    )
    .bind(sets::json(rows)?)
    .run(tx)
}

/// Of these endpoints and objects those of which something is due already: what comes now is behind it.
pub fn hold(tx: &mut Connection, pairs: &[(WebhookEndpointId, i64)]) -> Result<Vec<(WebhookEndpointId, i64)>> {
    sql(
        "SELECT p.endpoint_id, p.subject_id FROM {tuples $1: endpoint_id bigint, subject_id bigint} p \
         WHERE EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.endpoint_id = p.endpoint_id \
           AND d.subject_id = p.subject_id AND d.state = {webhook_delivery_state due})",
    )
    .bind(sets::json(pairs)?)
    .rows(tx)
}

/// Of each of these endpoints and objects of which nothing is due any more, the next that is behind becomes due.
pub fn promote(tx: &mut Connection, pairs: &[(WebhookEndpointId, i64)]) -> Result<usize> {
    sql("UPDATE webhook_deliveries SET state = {webhook_delivery_state due} WHERE id IN (\
           SELECT (SELECT d.id FROM webhook_deliveries d WHERE d.endpoint_id = p.endpoint_id \
             AND d.subject_id = p.subject_id AND d.state = {webhook_delivery_state behind} ORDER BY d.sequence LIMIT 1) \
           FROM {tuples $1: endpoint_id bigint, subject_id bigint} p \
           WHERE NOT EXISTS (SELECT 1 FROM webhook_deliveries u WHERE u.endpoint_id = p.endpoint_id \
             AND u.subject_id = p.subject_id AND u.state = {webhook_delivery_state due}))")
    .bind(sets::json(pairs)?)
    .run(tx)
}

/// Has these endpoints looked at now, or once their pause is over.
pub fn wake(tx: &mut Connection, ids: &[WebhookEndpointId], now: Timestamp) -> Result<()> {
    sql(
        "UPDATE webhook_endpoints SET due_at = CASE WHEN paused_until > $2 THEN paused_until ELSE $2 END \
         WHERE id {in ids $1} AND (due_at IS NULL OR due_at > $2)",
    )
    .bind(sets::json(ids)?)
    .bind(now)
    .run(tx)?;
    Ok(())
}

/// Has an endpoint looked at now, whatever pause it is in: somebody asks for it.
pub fn hurry(tx: &mut Connection, id: WebhookEndpointId, now: Timestamp) -> Result<()> {
    sql("UPDATE webhook_endpoints SET due_at = $2, paused_until = NULL WHERE id = $1")
        .bind(id)
        .bind(now)
        .run(tx)?;
    Ok(())
}

/// True when an endpoint that nobody holds is due.
pub fn is_lane_waiting(connection: &mut Connection, now: Timestamp) -> Result<bool> {
    sql(
        "SELECT EXISTS (SELECT 1 FROM webhook_endpoints WHERE state = {webhook_endpoint_state enabled} AND due_at <= $1 \
         AND (leased_until IS NULL OR leased_until <= $1))",
    )
    .bind(now)
    .one(connection)
}

/// Holds up to `rows_max` endpoints that are due, failing ones or others, for `time`: nobody else sends to them meanwhile.
/// Passes over those that another worker is taking right now.
pub fn claim(
    tx: &mut Connection,
    is_failing: bool,
    lease: i64,
    (now, time): (Timestamp, TimeDelta),
    rows_max: i64,
) -> Result<Vec<WebhookEndpointId>> {
    let failing = sql(
        "UPDATE webhook_endpoints SET lease = $1, leased_until = $3 WHERE id IN (SELECT id FROM webhook_endpoints \
         WHERE state = {webhook_endpoint_state enabled} AND due_at <= $2 AND (leased_until IS NULL \
         OR leased_until <= $2) AND failures >= $5 ORDER BY due_at LIMIT $4 {lock skip locked}) RETURNING id",
    );
    let others = sql(
        "UPDATE webhook_endpoints SET lease = $1, leased_until = $3 WHERE id IN (SELECT id FROM webhook_endpoints \
         WHERE state = {webhook_endpoint_state enabled} AND due_at <= $2 AND (leased_until IS NULL \
         OR leased_until <= $2) AND failures < $5 ORDER BY due_at LIMIT $4 {lock skip locked}) RETURNING id",
    );
    let statement = if is_failing { failing } else { others };
    statement
        .bind(lease)
        .bind(now)
        .bind(now + time)
        .bind(rows_max)
        .bind(i64::from(FAILING))
        .rows(tx)
}

/// Holds what is held under these leases for longer.
pub fn renew(tx: &mut Connection, leases: &[i64], until: Timestamp) -> Result<usize> {
    // In the order in which all are locked while events are queued, so that neither waits for the other in a circle.
    sql(
        "UPDATE webhook_endpoints SET leased_until = $2 WHERE id IN (SELECT id FROM webhook_endpoints \
         WHERE lease {in ids $1} ORDER BY id {lock})",
    )
    .bind(sets::json(leases)?)
    .bind(until)
    .run(tx)
}

/// Lets go what is held under these leases, as it is.
pub fn let_go(tx: &mut Connection, leases: &[i64]) -> Result<usize> {
    sql(
        "UPDATE webhook_endpoints SET lease = NULL, leased_until = NULL WHERE id IN (SELECT id FROM webhook_endpoints \
         WHERE lease {in ids $1} ORDER BY id {lock})",
    )
    .bind(sets::json(leases)?)
    .run(tx)
}

row! {
    /// A delivery that is due.
    #[derive(Debug, Clone)]
    pub struct Held from "webhook_deliveries" {
        pub id: WebhookDeliveryId = "id",
        pub event_id: Option<EventId> = "event_id",
        pub subject_id: i64 = "subject_id",
        pub attempts: i32 = "attempts",
    }
}

/// The endpoint, if it is held under this lease.
pub fn lock_lane(tx: &mut Connection, id: WebhookEndpointId, lease: i64) -> Result<Option<EndpointRow>> {
    select::<EndpointRow>("WHERE id = $1 AND lease = $2 AND state <> {webhook_endpoint_state removed} {lock}")
        .bind(id)
        .bind(lease)
        .first(tx)
}

/// The same to be read only.
pub fn find_held(connection: &mut Connection, id: WebhookEndpointId, lease: i64) -> Result<Option<EndpointRow>> {
    select::<EndpointRow>("WHERE id = $1 AND lease = $2 AND state = {webhook_endpoint_state enabled}")
        .bind(id)
        .bind(lease)
        .first(connection)
}

/// The next deliveries of an endpoint: those that wait longest first.
pub fn list_next(
    connection: &mut Connection,
    id: WebhookEndpointId,
    now: Timestamp,
    rows_max: i64,
) -> Result<Vec<Held>> {
    select::<Held>(
        "WHERE endpoint_id = $1 AND state = {webhook_delivery_state due} AND next_attempt_at <= $2 \
         ORDER BY next_attempt_at, id LIMIT $3",
    )
    .bind(id)
    .bind(now)
    .bind(rows_max)
    .rows(connection)
}

row! {
    /// What an attempt leaves of a delivery.
    #[derive(Debug, Clone)]
    pub struct Outcome into webhook_deliveries {
        pub id: WebhookDeliveryId,
        pub state: DeliveryState,
        pub attempts: i32,
        pub next_attempt_at: Timestamp,
        pub settled_at: Option<Timestamp>,
        pub last_status: Option<i32>,
        pub last_error: Option<String>,
    }
}

/// Stores what became of deliveries that are due.
pub fn settle(tx: &mut Connection, outcomes: &[Outcome]) -> Result<()> {
    sql(
        "UPDATE webhook_deliveries SET state = rows.state, attempts = rows.attempts, \
           next_attempt_at = rows.next_attempt_at, settled_at = rows.settled_at, last_status = rows.last_status, \
           last_error = rows.last_error \
         FROM {rows $1: id bigint, state text, attempts integer, next_attempt_at timestamp, settled_at timestamp, \
           last_status integer, last_error text} AS rows \
         WHERE webhook_deliveries.id = rows.id AND webhook_deliveries.state = {webhook_delivery_state due}",
    )
    .bind(sets::json(outcomes)?)
    .run(tx)?;
    Ok(())
}

row! {
    /// An attempt that was made.
    #[derive(Debug, Clone)]
    pub struct NewAttempt into webhook_attempts {
        pub id: WebhookAttemptId,
        pub delivery_id: WebhookDeliveryId,
        pub attempted_at: Timestamp,
        pub duration_ms: i32,
        pub status: Option<i32>,
        pub error: Option<String>,
        pub answer: Option<String>,
    }
}

pub fn store_attempts(tx: &mut Connection, attempts: &[NewAttempt]) -> Result<()> {
    insert(tx, attempts)
}

row! {
    /// How an endpoint does after some attempts.
    #[derive(Debug, Clone)]
    pub struct HealthRow into webhook_endpoints {
        pub id: WebhookEndpointId,
        pub failures: i32,
        pub failing_since: Option<Timestamp>,
        pub last_success_at: Option<Timestamp>,
        pub told_at: Option<Timestamp>,
        pub paused_until: Option<Timestamp>,
    }
}

pub fn update_health(tx: &mut Connection, row: HealthRow) -> Result<()> {
    HealthRow::TABLE.update(tx, &[row])?;
    Ok(())
}

/// Attempts after which a delivery isn't hurried any more.
const SWEPT_ATTEMPTS_MAX: i64 = 3;

/// What waits for another attempt is due at once: the endpoint is back. What failed often is no matter of the endpoint being
/// away, and keeps to its own times: else it would be given up in minutes where an endpoint refuses some and takes others.
pub fn sweep(tx: &mut Connection, id: WebhookEndpointId, now: Timestamp) -> Result<usize> {
    sql(
        "UPDATE webhook_deliveries SET next_attempt_at = $2 WHERE endpoint_id = $1 \
         AND state = {webhook_delivery_state due} AND next_attempt_at > $2 AND attempts <= $3",
    )
    .bind(id)
    .bind(now)
    .bind(SWEPT_ATTEMPTS_MAX)
    .run(tx)
}

/// Lets an endpoint go that is held under this lease; it is due when the first of its deliveries is, and not before `from`
/// and the end of its pause. False where somebody else has it.
pub fn release(tx: &mut Connection, id: WebhookEndpointId, lease: i64, from: Timestamp) -> Result<bool> {
    let changed = sql(
        "UPDATE webhook_endpoints SET lease = NULL, leased_until = NULL, due_at = (\
           SELECT CASE WHEN n.first IS NULL THEN NULL WHEN paused_until > $3 AND paused_until > n.first THEN paused_until \
             WHEN n.first < $3 THEN $3 ELSE n.first END \
           FROM (SELECT MIN(d.next_attempt_at) AS first FROM webhook_deliveries d WHERE d.endpoint_id = $1 \
             AND d.state = {webhook_delivery_state due}) AS n) WHERE id = $1 AND lease = $2",
    )
    .bind(id)
    .bind(lease)
    .bind(from)
    .run(tx)?;
    Ok(changed == 1)
}
