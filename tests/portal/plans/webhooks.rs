//! What a worker sends for webhooks reads no table of deliveries whole: it costs the same however many wait for an endpoint
//! that is gone.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use portal::clock;
use portal::db::Connection;
use portal::error::Result;
use portal::ids::{OrderId, WebhookEndpointId};
use portal::webhooks::rules::DeliveryState;
use portal::webhooks::settling::{self, Attempt};
use portal::webhooks::{self, queueing};

use super::{Plan, explained};
use crate::webhooks::{Hooked, endpoint, id};

/// Explains what `work` sends where it may write.
async fn sent(
    hooked: &Hooked,
    work: impl Fn(&mut Connection) -> Result<()> + Clone + Send + Sync + 'static,
) -> Vec<Plan> {
    let explaining = hooked.app.db().write(move |tx| {
        if let Connection::Postgres(inner) = tx {
            // The few rows of a test would be read whole; so they are only where no index leads to them.
            inner.batch_execute("SET LOCAL enable_seqscan = off")?;
        }
        explained(tx, &work)
    });
    explaining.await.unwrap()
}

/// No table of events, deliveries or attempts is read whole, along an index or not.
fn walk_indexes(plans: &[Plan]) {
    assert!(!plans.is_empty());
    let whole = |step: &str| {
        let step = step.trim();
        let names = ["webhook_deliveries", "webhook_attempts", "events", " d", " b", " u"];
        let is_scan = step
            .strip_prefix("SCAN ")
            .map(|rest| rest.split(' ').next().unwrap_or_default().to_owned());
        let scanned = is_scan
            .is_some_and(|name| names.iter().any(|own| own.trim() == name) && !step.contains("events_unsequenced"));
        scanned
            || names
                .iter()
                .take(3)
                .any(|own| step.contains(&format!("Seq Scan on {own}")))
    };
    let faults: Vec<_> = plans
        .iter()
        .filter(|plan| plan.steps.lines().any(whole))
        .map(ToString::to_string)
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[tokio::test]
async fn queueing_holding_loading_settling_and_letting_go() {
    let hooked = Hooked::start().await;
    let admin = hooked.admin("ACME").await;
    let made = endpoint(&admin, "https://erp.example/hooks").await;
    let own: WebhookEndpointId = id(&made).parse().unwrap();
    for number in [1, 1, 2] {
        hooked.accept("ACME", OrderId(number)).await;
    }
    let now = clock::now();
    let plans = sent(&hooked, move |tx| {
        webhooks::is_event_waiting(tx)?;
        queueing::step(tx, now)?;
        webhooks::is_lane_waiting(tx, now)?;
        webhooks::claim(tx, false, 7, (now, TimeDelta::seconds(10)), 10)?;
        webhooks::renew(tx, &[7], now + TimeDelta::seconds(10))?;
        let url = "https://portal.example/".parse().unwrap();
        let load = settling::load(tx, (own, 7), &url, now, 10)?.unwrap();
        assert_eq!(load.parcels.len(), 2);
        let attempt = |parcel| Attempt {
            version: 1,
            parcel,
            at: now,
            duration_ms: 1,
            answer: Ok(portal::outbound::Answer {
                status: 200,
                retry_after: None,
                body: Vec::new(),
            }),
            jitter: 0,
        };
        let attempts: Vec<_> = load.parcels.into_iter().map(attempt).collect();
        settling::settle(tx, (own, 7), &attempts, now)?.unwrap();
        assert!(settling::release(tx, (own, 7), now)?);
        Ok(())
    })
    .await;
    walk_indexes(&plans);
    for (part, index) in [
        ("ORDER BY next_attempt_at, id", "webhook_deliveries_due"),
        ("d.state = 'behind'", "webhook_deliveries_behind"),
        ("MIN(d.next_attempt_at)", "webhook_deliveries_due"),
        ("RETURNING id", "webhook_endpoints_due"),
    ] {
        let plan = plans
            .iter()
            .find(|plan| plan.text.contains(part))
            .unwrap_or_else(|| panic!("{part} is not sent"));
        assert!(plan.steps.contains(index), "not along {index}: {plan}");
    }
    let account_id = Some(hooked.account_id("ACME").await);
    let own_pages = sent(&hooked, move |tx| {
        webhooks::list(tx, account_id, None, 10)?;
        webhooks::deliveries(tx, (account_id, own), None, None, 10)?;
        webhooks::deliveries(tx, (account_id, own), Some(DeliveryState::Parked), None, 10)?;
        webhooks::delete_attempts(tx, now, 10)?;
        webhooks::delete_old(tx, now, 10)?;
        webhooks::delete_removed(tx, now, 10)?;
        Ok(())
    })
    .await;
    walk_indexes(&own_pages);
}
