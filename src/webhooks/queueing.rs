//! Events become deliveries: the cursor and the endpoints are locked while the next events are looked at, and the cursor
//! moves in the transaction that queues them.

use std::collections::HashSet;

use super::rules::{DeliveryState, Ears};
use super::store::{self, EndpointRow, NewDelivery};
use crate::clock::Timestamp;
use crate::db::{Connection, counters};
use crate::error::{Error, Result};
use crate::events::{self, Happened, SEQUENCE};
use crate::ids::{WebhookDeliveryId, WebhookEndpointId};

/// The counter of the last event that was looked at for webhooks.
pub const CURSOR: &str = "webhook_sequence";
/// Events looked at in one transaction.
const EVENTS_MAX: i64 = 200;

/// What of the events somebody's endpoint hears.
pub(super) fn ears(row: &EndpointRow) -> Result<Ears> {
    let kinds = row.kinds.as_deref().map(serde_json::from_str).transpose();
    Ok(Ears {
        audience: row.audience,
        kinds: kinds.map_err(Error::internal)?,
    })
}

/// The number of the latest event that is committed. Nobody else queues or adds endpoints until the transaction ends, so
/// an endpoint that is added in it hears of every later one, however long ago that began.
pub(super) fn latest(tx: &mut Connection) -> Result<i64> {
    counters::lock(tx, CURSOR)?;
    while events::sequence(tx)? > 0 {}
    counters::lock(tx, SEQUENCE)
}

/// Queues the next events for the endpoints that hear of them; how many were looked at, and how many deliveries it came
/// to.
pub fn step(tx: &mut Connection, now: Timestamp) -> Result<(usize, usize)> {
    let cursor = counters::lock(tx, CURSOR)?;
    events::sequence(tx)?;
    if !store::is_any_enabled(tx)? {
        // Nobody hears: nothing needs to be read.
        let last = counters::lock(tx, SEQUENCE)?;
        counters::update(tx, CURSOR, last)?;
        return Ok((usize::try_from(last - cursor).unwrap_or(0), 0));
    }
    let happened = events::list_after(tx, cursor, EVENTS_MAX)?;
    let Some(last) = happened.last() else { return Ok((0, 0)) };
    let accounts: HashSet<_> = happened.iter().filter_map(|event| event.account_id).collect();
    let mut wanted = Vec::new();
    for endpoint in &store::list_enabled(tx, &Vec::from_iter(accounts))? {
        let ears = ears(endpoint)?;
        let hears = |event: &&Happened| {
            // What happened before it was there, a replay brings.
            event.sequence > endpoint.heard_after && is_heard(endpoint, &ears, event)
        };
        wanted.extend(happened.iter().filter(hears).map(|event| (endpoint.id, event)));
    }
    let queued = queue(tx, &wanted, now)?;
    counters::update(tx, CURSOR, last.sequence)?;
    Ok((happened.len(), queued))
}

/// Queues the next events of replays; how many were looked at.
pub fn replay_step(tx: &mut Connection, now: Timestamp) -> Result<usize> {
    let mut looked_at = 0;
    for endpoint in store::list_replaying(tx)? {
        let (Some(after), Some(until)) = (endpoint.replay_after, endpoint.replay_until) else {
            continue;
        };
        let happened = events::list_of_span(tx, endpoint.account_id, (after, until), EVENTS_MAX)?;
        let ears = ears(&endpoint)?;
        let heard = happened.iter().filter(|event| is_heard(&endpoint, &ears, event));
        let mut wanted: Vec<_> = heard.map(|event| (endpoint.id, event)).collect();
        // Ids are made before their transaction is over; what came first is told by the number.
        wanted.sort_by_key(|(_, event)| event.sequence);
        queue(tx, &wanted, now)?;
        let is_over = i64::try_from(happened.len()).map_err(Error::internal)? < EVENTS_MAX;
        let next = happened.last().filter(|_| !is_over).map(|last| (last.id, until));
        store::set_replay(tx, endpoint.id, next)?;
        looked_at += happened.len().max(1);
    }
    Ok(looked_at)
}

/// An account's endpoint only ever hears of its own.
fn is_heard(endpoint: &EndpointRow, ears: &Ears, event: &Happened) -> bool {
    (endpoint.account_id.is_none() || endpoint.account_id == event.account_id) && ears.hears(event.event.kind())
}

/// Queues events for endpoints, which are locked. Of what is about one object the first is due, the others are behind it.
fn queue(tx: &mut Connection, wanted: &[(WebhookEndpointId, &Happened)], now: Timestamp) -> Result<usize> {
    if wanted.is_empty() {
        return Ok(0);
    }
    let pair = |(id, event): &(WebhookEndpointId, &Happened)| (*id, event.subject_id);
    let pairs: HashSet<_> = wanted.iter().map(pair).collect();
    let held = store::hold(tx, &Vec::from_iter(pairs))?;
    let mut held: HashSet<_> = held.into_iter().collect();
    let row = |one: &(WebhookEndpointId, &Happened)| {
        let (endpoint_id, event) = *one;
        NewDelivery {
            id: WebhookDeliveryId::new(),
            endpoint_id,
            event_id: Some(event.id),
            // Of a type that this program knows, or the name it has: it lives as long as the events.
            kind: event.event.kind().to_owned(),
            subject_id: event.subject_id,
            sequence: event.sequence,
            state: match held.insert(pair(one)) {
                true => DeliveryState::Due,
                false => DeliveryState::Behind,
            },
            attempts: 0,
            next_attempt_at: now,
            created_at: now,
        }
    };
    let rows: Vec<_> = wanted.iter().map(row).collect();
    let queued = store::enqueue(tx, &rows)?;
    let ids: HashSet<_> = wanted.iter().map(|(id, _)| *id).collect();
    store::wake(tx, &Vec::from_iter(ids), now)?;
    Ok(queued)
}
