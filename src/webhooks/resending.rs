//! What people ask for about deliveries: to see them, a test, one or a span of time once more.

use chrono::TimeDelta;
use serde_json::json;

use super::rules::{DeliveryState, KEPT_DAYS, REPLAY_EVENTS_MAX, TEST};
use super::store::{self, AttemptRow, DeliveryRow};
use super::{Keeper, find, lock_enabled, queueing, record, sentences};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::events;
use crate::ids::{self, AccountId, EventId, WebhookDeliveryId, WebhookEndpointId};

/// Tests of an endpoint that may be asked for in a minute.
const TESTS_A_MINUTE: i64 = 10;
/// Attempts of a delivery that are shown.
const ATTEMPTS_SHOWN: i64 = 100;

/// Queues a test, which is tried once and before anything else.
pub fn test(tx: &mut Connection, keeper: &Keeper, id: WebhookEndpointId, now: Timestamp) -> Result<DeliveryRow> {
    let row = lock_enabled(tx, keeper, id)?;
    let since = WebhookDeliveryId(ids::first_at(now - TimeDelta::minutes(1)));
    if store::count_tests(tx, id, since)? >= TESTS_A_MINUTE {
        return Err(Error::Throttled { retry_after_s: 60 });
    }
    let delivery_id = WebhookDeliveryId::new();
    let test = store::NewDelivery {
        id: delivery_id,
        endpoint_id: id,
        event_id: None,
        kind: TEST.to_owned(),
        // About nothing else, so that it waits for nothing.
        subject_id: delivery_id.0,
        sequence: 0,
        state: DeliveryState::Due,
        attempts: 0,
        next_attempt_at: row.created_at,
        created_at: now,
    };
    store::enqueue(tx, &[test])?;
    store::hurry(tx, id, now)?;
    record(
        tx,
        &keeper.actor,
        "webhook_endpoint.test",
        &row,
        json!({ "delivery": delivery_id.to_string() }),
        now,
    )?;
    store::lock_delivery(tx, delivery_id)?.ok_or(Error::NotFound)
}

/// Has a delivery that is settled sent once more.
pub fn resend(tx: &mut Connection, keeper: &Keeper, id: WebhookDeliveryId, now: Timestamp) -> Result<DeliveryRow> {
    let found = delivery(tx, keeper.account_id, id)?;
    // First the endpoint, as everybody does.
    let row = lock_enabled(tx, keeper, found.endpoint_id)?;
    let found = store::lock_delivery(tx, id)?.ok_or(Error::NotFound)?;
    if found.settled_at.is_none() {
        return Err(Error::conflict(Code::WebhookStateForbids, sentences::delivery_waits()));
    }
    store::requeue(tx, id, now)?;
    store::promote(tx, &[(row.id, found.subject_id)])?;
    store::hurry(tx, row.id, now)?;
    let details = json!({ "delivery": id.to_string(), "was": found.state });
    record(tx, &keeper.actor, "webhook_endpoint.resend", &row, details, now)?;
    delivery(tx, keeper.account_id, id)
}

/// A delivery of an endpoint of the account, or of the supplier.
pub fn delivery(
    connection: &mut Connection,
    account_id: Option<AccountId>,
    id: WebhookDeliveryId,
) -> Result<DeliveryRow> {
    store::find_delivery(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// The last attempts of a delivery, the newest first.
pub fn attempts(connection: &mut Connection, id: WebhookDeliveryId) -> Result<Vec<AttemptRow>> {
    store::list_attempts(connection, id, ATTEMPTS_SHOWN)
}

/// Deliveries of an endpoint, the newest first.
pub fn deliveries(
    connection: &mut Connection,
    (account_id, id): (Option<AccountId>, WebhookEndpointId),
    state: Option<DeliveryState>,
    after: Option<WebhookDeliveryId>,
    rows_max: i64,
) -> Result<Vec<DeliveryRow>> {
    find(connection, account_id, id)?;
    store::list_deliveries(connection, id, state, after, rows_max)
}

/// Has the events of a span sent, once more or for the first time, in their order; how many it are.
pub fn replay(
    tx: &mut Connection,
    keeper: &Keeper,
    id: WebhookEndpointId,
    (from, to): (Timestamp, Timestamp),
    now: Timestamp,
) -> Result<i64> {
    let row = lock_enabled(tx, keeper, id)?;
    if row.replay_until.is_some() {
        return Err(Error::conflict(Code::WebhookStateForbids, sentences::replay_runs()));
    }
    let to = to.min(now);
    if from >= to {
        return Err(Error::invalid("/from", Code::ValueInvalid, sentences::span_is_none()));
    }
    if from < now - TimeDelta::days(KEPT_DAYS) {
        return Err(Error::invalid(
            "/from",
            Code::ValueInvalid,
            sentences::span_too_long(KEPT_DAYS),
        ));
    }
    let span = (EventId(ids::first_at(from) - 1), EventId(ids::first_at(to)));
    let ears = queueing::ears(&row)?;
    let counts = events::count_of_span(tx, row.account_id, span, REPLAY_EVENTS_MAX + 1)?;
    if counts.iter().map(|(_, count)| count).sum::<i64>() > REPLAY_EVENTS_MAX {
        let detail = sentences::too_many_events(REPLAY_EVENTS_MAX);
        return Err(Error::invalid("/to", Code::ValueInvalid, detail));
    }
    let count = counts
        .iter()
        .filter(|(kind, _)| ears.hears(kind))
        .map(|(_, count)| count)
        .sum();
    store::set_replay(tx, id, Some(span))?;
    let details = json!({ "from": from, "to": to, "events": count });
    record(tx, &keeper.actor, "webhook_endpoint.replay", &row, details, now)?;
    Ok(count)
}
