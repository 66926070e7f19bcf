//! Every event reaches each endpoint that hears of it, or is visible as waiting or given up.

use super::queueing::CURSOR;
use super::store;
use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::{WebhookDeliveryId, WebhookEndpointId};

/// Everything about webhooks that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = cursor(connection)?;
    breaches.extend(stuck(connection)?);
    breaches.extend(states(connection)?);
    breaches.extend(asleep(connection)?);
    Ok(breaches)
}

fn cursor(connection: &mut Connection) -> Result<Vec<Breach>> {
    let (given, looked_at): (i64, i64) = sql("SELECT (SELECT value FROM counters WHERE name = 'event_sequence'), \
         (SELECT value FROM counters WHERE name = 'webhook_sequence')")
    .one(connection)?;
    let check = "webhooks are made of events that have a number";
    let breach = || Breach::differs(check, format!("counter {CURSOR}"), looked_at, given);
    Ok((looked_at > given).then(breach).into_iter().collect())
}

/// What is behind something has something before it.
fn stuck(connection: &mut Connection) -> Result<Vec<Breach>> {
    let breach = |id: WebhookDeliveryId| Breach {
        check: "a webhook that is behind another has one before it",
        object: id.to_string(),
        detail: "nothing about the same object is due".to_owned(),
    };
    Ok(store::list_unfinished(connection)?.into_iter().map(breach).collect())
}

fn states(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<WebhookDeliveryId> = sql("SELECT id FROM webhook_deliveries WHERE NOT (\
           (state IN ({webhook_delivery_state due}, {webhook_delivery_state behind}) AND settled_at IS NULL) OR \
           (state IN ({webhook_delivery_state delivered}, {webhook_delivery_state parked}) \
                AND settled_at IS NOT NULL AND attempts > 0)) ORDER BY id")
    .rows(connection)?;
    let breach = |id: WebhookDeliveryId| Breach {
        check: "a webhook waits or is settled",
        object: id.to_string(),
        detail: "its state and the moment of its end contradict each other".to_owned(),
    };
    Ok(rows.into_iter().map(breach).collect())
}

/// What is due is looked for.
fn asleep(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<WebhookEndpointId> = sql(
        "SELECT e.id FROM webhook_endpoints e WHERE e.state = {webhook_endpoint_state enabled} \
         AND e.due_at IS NULL AND e.lease IS NULL \
         AND EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.endpoint_id = e.id \
              AND d.state = {webhook_delivery_state due}) ORDER BY e.id",
    )
    .rows(connection)?;
    let breach = |id: WebhookEndpointId| Breach {
        check: "an endpoint with webhooks that are due is due",
        object: id.to_string(),
        detail: "nobody would look at it".to_owned(),
    };
    Ok(rows.into_iter().map(breach).collect())
}
