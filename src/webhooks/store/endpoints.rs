//! Rows of endpoints.

use chrono::TimeDelta;

use crate::clock::Timestamp;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Connection, insert, select, selection, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, ClientId, EventId, WebhookEndpointId};
use crate::webhooks::rules::{Audience, Because, Content, State};
use crate::{binds, row};

row! {
    /// An endpoint that stands: not one that was removed.
    #[derive(Clone)]
    pub struct EndpointRow from "webhook_endpoints" {
        pub id: WebhookEndpointId = "id",
        /// Nothing for the supplier's own.
        pub account_id: Option<AccountId> = "account_id",
        pub url: String = "url",
        pub description: String = "description",
        pub content: Content = "content",
        pub audience: Audience = "audience",
        /// A JSON array of types; nothing for all.
        pub kinds: Option<String> = "kinds",
        pub state: State = "state",
        pub disabled_because: Option<Because> = "disabled_because",
        pub disabled_at: Option<Timestamp> = "disabled_at",
        pub secret: String = "secret",
        pub old_secret: Option<String> = "old_secret",
        pub old_secret_until: Option<Timestamp> = "old_secret_until",
        pub version: i64 = "version",
        pub created_at: Timestamp = "created_at",
        pub failures: i32 = "failures",
        pub failing_since: Option<Timestamp> = "failing_since",
        pub last_success_at: Option<Timestamp> = "last_success_at",
        /// When its owners were told that it fails.
        pub told_at: Option<Timestamp> = "told_at",
        pub paused_until: Option<Timestamp> = "paused_until",
        pub replay_after: Option<EventId> = "replay_after",
        pub replay_until: Option<EventId> = "replay_until",
        /// The number of the last event that it doesn't hear of.
        pub heard_after: i64 = "heard_after",
    }
}

row! {
    /// A new endpoint.
    pub struct NewEndpoint<'a> into webhook_endpoints {
        pub id: WebhookEndpointId,
        pub account_id: Option<AccountId>,
        pub url: &'a str,
        pub description: &'a str,
        pub content: Content,
        pub audience: Audience,
        pub kinds: Option<String>,
        pub state: State,
        pub secret: &'a str,
        pub version: i64,
        pub created_at: Timestamp,
        pub failures: i32,
        pub heard_after: i64,
        pub client_id: Option<ClientId>,
    }
}

/// Without its secrets, which an address may be one of.
impl std::fmt::Debug for EndpointRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EndpointRow")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

pub fn insert_endpoint(tx: &mut Connection, row: NewEndpoint<'_>) -> Result<()> {
    insert(tx, &[row])
}

/// The owner as one number: accounts have none that is 0.
fn owner(scope: Option<AccountId>) -> i64 {
    scope.map_or(0, |id| id.0)
}

/// An endpoint of the account, or of the supplier.
pub fn find(
    connection: &mut Connection,
    account_id: Option<AccountId>,
    id: WebhookEndpointId,
) -> Result<Option<EndpointRow>> {
    select::<EndpointRow>(
        "WHERE id = $1 AND COALESCE(account_id, 0) = $2 AND state <> {webhook_endpoint_state removed}",
    )
    .bind(id)
    .bind(owner(account_id))
    .first(connection)
}

/// The same, locked until the transaction ends.
pub fn lock(tx: &mut Connection, account_id: Option<AccountId>, id: WebhookEndpointId) -> Result<Option<EndpointRow>> {
    select::<EndpointRow>(
        "WHERE id = $1 AND COALESCE(account_id, 0) = $2 \
         AND state <> {webhook_endpoint_state removed} {lock}",
    )
    .bind(id)
    .bind(owner(account_id))
    .first(tx)
}

/// How many endpoints the account, or the supplier, has.
pub fn count(connection: &mut Connection, account_id: Option<AccountId>) -> Result<i64> {
    match account_id {
        Some(id) => sql("SELECT COUNT(*) FROM webhook_endpoints WHERE account_id = $1 \
             AND state <> {webhook_endpoint_state removed}")
        .bind(id),
        None => sql("SELECT COUNT(*) FROM webhook_endpoints WHERE account_id IS NULL \
             AND state <> {webhook_endpoint_state removed}"),
    }
    .one(connection)
}

/// The endpoints of one side, in the order in which they were made.
pub fn list(
    connection: &mut Connection,
    account_id: Option<AccountId>,
    after: impl Into<Walk<WebhookEndpointId>>,
    rows_max: i64,
) -> Result<Vec<EndpointRow>> {
    let mut seek = Seek::new(connection, &selection::<EndpointRow>());
    match account_id.map_or(Scope::All, Scope::Account) {
        Scope::Account(id) => seek.and("account_id = $1", binds![id]),
        Scope::All => seek.and("account_id IS NULL", []),
    }
    seek.and("state <> {webhook_endpoint_state removed}", []);
    let walk = after.into().map(|id| binds![id]);
    seek.part(["id"], Way::Up, "id", walk, rows_max)?.rows(connection)
}

/// True when some endpoint is sent something.
pub fn is_any_enabled(connection: &mut Connection) -> Result<bool> {
    sql("SELECT EXISTS (SELECT 1 FROM webhook_endpoints WHERE state = {webhook_endpoint_state enabled})")
        .one(connection)
}

/// The endpoints that are sent what happens at these accounts, the supplier's among them, none of an account that is
/// closed; locked in the order of their ids until the transaction ends: what is queued for them and what is settled come
/// one after the other.
pub fn list_enabled(tx: &mut Connection, account_ids: &[AccountId]) -> Result<Vec<EndpointRow>> {
    select::<EndpointRow>(
        "WHERE state = {webhook_endpoint_state enabled} AND (account_id IS NULL OR account_id IN (SELECT a.id \
         FROM {ids $1} k JOIN accounts a ON a.id = k.value WHERE a.closed_at IS NULL)) ORDER BY id {lock}",
    )
    .bind(sets::json(account_ids)?)
    .rows(tx)
}

/// Endpoints that are still sent what happens though the program that added them was revoked, locked.
pub fn list_orphans(tx: &mut Connection) -> Result<Vec<EndpointRow>> {
    select::<EndpointRow>(
        "WHERE state = {webhook_endpoint_state enabled} AND client_id IN (SELECT id FROM clients \
         WHERE revoked_at IS NOT NULL) ORDER BY id {lock}",
    )
    .rows(tx)
}

/// True when there are such endpoints.
pub fn is_any_orphan(connection: &mut Connection) -> Result<bool> {
    sql(
        "SELECT EXISTS (SELECT 1 FROM webhook_endpoints e JOIN clients c ON c.id = e.client_id \
         WHERE e.state = {webhook_endpoint_state enabled} AND c.revoked_at IS NOT NULL)",
    )
    .one(connection)
}

/// Those of them whose replay runs.
pub fn list_replaying(tx: &mut Connection) -> Result<Vec<EndpointRow>> {
    select::<EndpointRow>(
        "WHERE state = {webhook_endpoint_state enabled} AND replay_until IS NOT NULL \
         ORDER BY id {lock}",
    )
    .rows(tx)
}

/// Of these endpoints: how many deliveries wait.
pub fn list_standing(connection: &mut Connection, ids: &[WebhookEndpointId]) -> Result<Vec<(WebhookEndpointId, i64)>> {
    // Counted up to a bound: an endpoint that was away for days has very many.
    sql(
        "SELECT k.value, (SELECT COUNT(*) FROM (SELECT 1 FROM webhook_deliveries d WHERE d.endpoint_id = k.value \
           AND d.state = {webhook_delivery_state due} LIMIT 1001) AS due) + (SELECT COUNT(*) FROM (SELECT 1 \
           FROM webhook_deliveries d \
           WHERE d.endpoint_id = k.value AND d.state = {webhook_delivery_state behind} LIMIT 1001) AS behind) \
                FROM {ids $1} k",
    )
    .bind(sets::json(ids)?)
    .rows(connection)
}

/// Stores what people may change.
pub fn update(tx: &mut Connection, row: &EndpointRow) -> Result<()> {
    sql("UPDATE webhook_endpoints SET url = $2, description = $3, content = $4, kinds = $5, version = version + 1 WHERE id = $1")
        .bind(row.id)
        .bind(&row.url)
        .bind(&row.description)
        .bind(row.content)
        .bind(row.kinds.clone())
        .run(tx)?;
    Ok(())
}

/// Gives an endpoint a new secret; the one before signs beside it for `time`. Without `new` only the old one goes.
pub fn update_secrets(
    tx: &mut Connection,
    id: WebhookEndpointId,
    new: Option<&str>,
    (now, time): (Timestamp, TimeDelta),
) -> Result<()> {
    let statement = match new {
        Some(secret) => sql(
            "UPDATE webhook_endpoints SET old_secret = secret, old_secret_until = $2, secret = $3, version = version + 1 \
             WHERE id = $1",
        )
        .bind(id)
        .bind(now + time)
        .bind(secret),
        None => sql(
            "UPDATE webhook_endpoints SET old_secret = NULL, old_secret_until = NULL, version = version + 1 WHERE id = $1",
        )
        .bind(id),
    };
    statement.run(tx)?;
    Ok(())
}

/// Switches an endpoint on, or off for a reason. One that is switched on is tried at once.
pub fn update_state(tx: &mut Connection, id: WebhookEndpointId, off: Option<Because>, now: Timestamp) -> Result<()> {
    match off {
        Some(because) => sql(
            "UPDATE webhook_endpoints SET state = {webhook_endpoint_state disabled}, disabled_because = $2, disabled_at = $3, \
             version = version + 1 WHERE id = $1",
        )
        .bind(id)
        .bind(because)
        .bind(now),
        None => sql(
            "UPDATE webhook_endpoints SET state = {webhook_endpoint_state enabled}, disabled_because = NULL, \
             disabled_at = NULL, failures = 0, \
             failing_since = NULL, told_at = NULL, paused_until = NULL, due_at = $2, version = version + 1 WHERE id = $1",
        )
        .bind(id)
        .bind(now),
    }
    .run(tx)?;
    Ok(())
}

/// Takes an endpoint away; what waits for it is deleted later, a little at a time.
pub fn remove(tx: &mut Connection, id: WebhookEndpointId) -> Result<()> {
    sql(
        "UPDATE webhook_endpoints SET state = {webhook_endpoint_state removed}, old_secret = NULL, secret = '', due_at = NULL, lease = NULL, \
         leased_until = NULL, replay_after = NULL, replay_until = NULL WHERE id = $1",
    )
    .bind(id)
    .run(tx)?;
    Ok(())
}

/// Deletes endpoints that were removed and have no deliveries any more.
pub fn delete_empty(tx: &mut Connection, rows_max: i64) -> Result<usize> {
    sql(
        "DELETE FROM webhook_endpoints WHERE id IN (SELECT id FROM webhook_endpoints e \
         WHERE e.state = {webhook_endpoint_state removed} \
         AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.endpoint_id = e.id) LIMIT $1)",
    )
    .bind(rows_max)
    .run(tx)
}

/// Notes how far a replay is; nothing once it is over.
pub fn set_replay(tx: &mut Connection, id: WebhookEndpointId, span: Option<(EventId, EventId)>) -> Result<()> {
    sql("UPDATE webhook_endpoints SET replay_after = $2, replay_until = $3 WHERE id = $1")
        .bind(id)
        .bind(span.map(|(after, _)| after))
        .bind(span.map(|(_, until)| until))
        .run(tx)?;
    Ok(())
}
