//! What is sent next to an endpoint, and what comes of it: deliveries are settled or wait for another attempt, the next about
//! the same object becomes due, the endpoint's health is kept, its owners learn of trouble once.

use std::collections::HashMap;

use serde_json::json;
use url::Url;

use super::rules::{self, Because, DeliveryState, Health, State, Verdict};
use super::store::{self, EndpointRow, HealthRow, Held, NewAttempt, Outcome};
use super::{payload, signing};
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, rfc3339};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::payloads::{WebhookDisabled, WebhookFailing};
use crate::events::{self, Entry, Happened};
use crate::ids::{EventId, WebhookAttemptId, WebhookDeliveryId, WebhookEndpointId};
use crate::outbound::{Answer, Failure};

/// A request that is ready to be signed and sent.
#[derive(Debug, Clone)]
pub struct Parcel {
    held: Held,
    /// `webhook-id`
    pub id: String,
    pub body: String,
}

impl Parcel {
    pub fn delivery_id(&self) -> WebhookDeliveryId {
        self.held.id
    }

    /// The headers of an attempt that is made now.
    pub fn headers(
        &self,
        endpoint: &EndpointRow,
        now: Timestamp,
        signed_at: Timestamp,
    ) -> Result<Vec<(&'static str, String)>> {
        let old = endpoint.old_secret.as_deref();
        let old = old.filter(|_| endpoint.old_secret_until.is_some_and(|until| until > now));
        let secrets: Vec<_> = std::iter::once(endpoint.secret.as_str()).chain(old).collect();
        signing::headers(&self.id, signed_at.and_utc().timestamp(), &self.body, &secrets)
    }
}

/// An endpoint and the next that it is sent.
#[derive(Debug, Clone)]
pub struct Load {
    pub endpoint: EndpointRow,
    pub parcels: Vec<Parcel>,
}

/// How an endpoint does.
pub fn health(row: &EndpointRow) -> Health {
    Health {
        failures: row.failures,
        failing_since: row.failing_since,
        last_success_at: row.last_success_at,
    }
}

/// The next that an endpoint is sent, if it is held under this lease; one that fails gets one at a time.
pub fn load(
    connection: &mut Connection,
    (id, lease): (WebhookEndpointId, i64),
    public_url: &Url,
    now: Timestamp,
    rows_max: i64,
) -> Result<Option<Load>> {
    let Some(endpoint) = store::find_held(connection, id, lease)? else {
        return Ok(None);
    };
    let rows_max = if health(&endpoint).is_failing() { 1 } else { rows_max };
    let held = store::list_next(connection, id, now, rows_max)?;
    let ids: Vec<EventId> = held.iter().filter_map(|held| held.event_id).collect();
    let happened = events::list_by_id(connection, &ids)?;
    let happened: HashMap<EventId, Happened> = happened.into_iter().map(|event| (event.id, event)).collect();
    let mut parcels = Vec::new();
    for held in held {
        let (id, body) = match held.event_id {
            None => (
                held.id.to_string(),
                payload::of_test(held.id, &endpoint.id.to_string(), now)?,
            ),
            Some(event_id) => {
                let event = happened.get(&event_id);
                let event = event.ok_or_else(|| Error::internal(format!("{event_id} is gone")))?;
                let body = payload::of_event(event, endpoint.content, endpoint.audience, public_url)?;
                (event_id.to_string(), body)
            }
        };
        parcels.push(Parcel { held, id, body });
    }
    Ok(Some(Load { endpoint, parcels }))
}

/// An attempt that was made.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub parcel: Parcel,
    /// Of the endpoint as it was sent to.
    pub version: i64,
    pub at: Timestamp,
    pub duration_ms: i32,
    pub answer: Result<Answer, Failure>,
    /// Spreads what failed together.
    pub jitter: u8,
}

/// What became of a delivery by one attempt.
struct Judged {
    outcome: Outcome,
    attempt: NewAttempt,
    /// Nothing for a test: it says nothing of how the endpoint does.
    is_success: Option<bool>,
    is_gone: bool,
    pause_until: Option<Timestamp>,
}

fn judge(attempt: &Attempt, now: Timestamp) -> Judged {
    let held = &attempt.parcel.held;
    let is_test = held.event_id.is_none();
    let (status, verdict, failure) = match &attempt.answer {
        Err(failure) => (None, Verdict::Failed, Some(*failure)),
        Ok(answer) => match rules::verdict(answer.status) {
            Verdict::Delivered => (Some(answer.status), Verdict::Delivered, None),
            other => (Some(answer.status), other, Some(Failure::Status)),
        },
    };
    let answer = attempt.answer.as_ref().ok();
    let asked = answer.and_then(|answer| rules::asked_pause(answer.status, answer.retry_after.as_deref(), now));
    let attempts = held.attempts.saturating_add(1);
    let (state, next_attempt_at) = match (verdict, rules::wait(attempts, attempt.jitter)) {
        (Verdict::Delivered, _) => (DeliveryState::Delivered, now),
        (_, Some(wait)) if !is_test => (DeliveryState::Due, now + asked.map_or(wait, |asked| asked.max(wait))),
        _ => (DeliveryState::Parked, now),
    };
    let (status, error) = (status.map(i32::from), failure.map(|failure| failure.name().to_owned()));
    Judged {
        outcome: Outcome {
            id: held.id,
            state,
            attempts,
            next_attempt_at,
            settled_at: (state != DeliveryState::Due).then_some(now),
            last_status: status,
            last_error: error.clone(),
        },
        attempt: NewAttempt {
            id: WebhookAttemptId::new(),
            delivery_id: held.id,
            attempted_at: attempt.at,
            duration_ms: attempt.duration_ms,
            status,
            error,
            answer: answer
                .map(|answer| rules::kept_answer(&answer.body))
                .filter(|text| !text.is_empty()),
        },
        is_success: match verdict {
            Verdict::Delivered => Some(true),
            _ => (!is_test).then_some(false),
        },
        is_gone: verdict == Verdict::Gone && !is_test,
        pause_until: asked.filter(|_| !is_test).map(|asked| now + asked),
    }
}

/// What a step left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settled {
    pub delivered: u64,
    pub failed: u64,
    pub parked: u64,
    /// The endpoint gets one at a time.
    pub is_failing: bool,
    /// It gets nothing more now: it was switched off, or wants a pause.
    pub is_over: bool,
}

/// Stores attempts to an endpoint that is held under this lease, in the order in which they ended. Nothing where somebody
/// else has it by now: they send the same again.
pub fn settle(
    tx: &mut Connection,
    (id, lease): (WebhookEndpointId, i64),
    attempts: &[Attempt],
    now: Timestamp,
) -> Result<Option<Settled>> {
    let Some(endpoint) = store::lock_lane(tx, id, lease)? else {
        return Ok(None);
    };
    let judged: Vec<_> = attempts.iter().map(|attempt| judge(attempt, now)).collect();
    // It was changed meanwhile: what an answer says of the endpoint, it says of how that was.
    let is_as_sent_to = attempts.iter().all(|attempt| attempt.version == endpoint.version);
    let outcomes: Vec<_> = judged.iter().map(|one| one.outcome.clone()).collect();
    store::settle(tx, &outcomes)?;
    store::store_attempts(tx, &judged.iter().map(|one| one.attempt.clone()).collect::<Vec<_>>())?;
    let settled = attempts.iter().zip(&outcomes);
    let settled = settled.filter(|(_, outcome)| outcome.state != DeliveryState::Due);
    let pairs: Vec<_> = settled
        .map(|(attempt, _)| (id, attempt.parcel.held.subject_id))
        .collect();
    if !pairs.is_empty() {
        store::promote(tx, &pairs)?;
    }
    let before = health(&endpoint);
    let told = judged.iter().filter_map(|one| one.is_success);
    let after = told.fold(before, |health, is_success| health.after(is_success, now));
    let has_success = judged.iter().any(|one| one.is_success == Some(true));
    if before.is_failing() && has_success {
        store::sweep(tx, id, now)?;
    }
    let asked = judged.iter().filter_map(|one| one.pause_until).max();
    let pause = Some(now + rules::pause(after.failures)).filter(|_| after.is_failing());
    // What was asked for stays asked for, until the endpoint is back from a failure.
    let asked_before = endpoint.paused_until.filter(|until| *until > now);
    let asked_before = asked_before.filter(|_| !(before.is_failing() && has_success));
    let paused_until = asked.max(asked_before).max(pause);
    let count = |state| outcomes.iter().filter(|outcome| outcome.state == state).count();
    let is_parked = |one: &&Judged| one.outcome.state == DeliveryState::Parked && one.is_success == Some(false);
    let parked = judged.iter().rev().find(is_parked);
    let told_before = endpoint.told_at.filter(|_| !has_success);
    let is_told = parked.is_some() && told_before.is_none() && after.failures > 0;
    store::update_health(
        tx,
        HealthRow {
            id,
            failures: after.failures,
            failing_since: after.failing_since,
            last_success_at: after.last_success_at,
            told_at: if is_told { Some(now) } else { told_before },
            paused_until,
        },
    )?;
    let because = match endpoint.state {
        State::Disabled => None,
        State::Enabled if is_as_sent_to && judged.iter().any(|one| one.is_gone) => Some(Because::Gone),
        State::Enabled => after.is_hopeless(now).then_some(Because::GivenUp),
    };
    if let Some(because) = because {
        switch_off(tx, &endpoint, because, now)?;
    } else if let Some(parked) = parked.filter(|_| is_told) {
        let failing = WebhookFailing {
            account_id: endpoint.account_id,
            url: endpoint.url.clone(),
            failing_since: after.failing_since.map(rfc3339),
            error: parked.outcome.last_error.clone().unwrap_or_default(),
            status: parked.outcome.last_status,
        };
        // In nobody's feed.
        events::recording(&Entry::new(None, id, failing), now).run(tx)?;
    }
    let wide = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let (delivered, parked) = (count(DeliveryState::Delivered), count(DeliveryState::Parked));
    Ok(Some(Settled {
        delivered: wide(delivered),
        failed: wide(outcomes.len() - delivered),
        parked: wide(parked),
        is_failing: after.is_failing(),
        is_over: because.is_some()
            || !is_as_sent_to
            || endpoint.state == State::Disabled
            || paused_until.is_some_and(|until| until > now),
    }))
}

/// Switches off what programs that were revoked had added; how many endpoints it were.
pub fn switch_off_orphans(tx: &mut Connection, now: Timestamp) -> Result<usize> {
    let orphans = store::list_orphans(tx)?;
    for endpoint in &orphans {
        switch_off(tx, endpoint, Because::ProgramRevoked, now)?;
    }
    Ok(orphans.len())
}

fn switch_off(tx: &mut Connection, endpoint: &EndpointRow, because: Because, now: Timestamp) -> Result<()> {
    store::update_state(tx, endpoint.id, Some(because), now)?;
    let entry = audit::Entry {
        action: "webhook_endpoint.disable",
        account_id: endpoint.account_id,
        object: endpoint.id.to_string(),
        details: json!({ "because": because }),
    };
    audit::record(tx, &Actor::program("worker"), &entry, now)?;
    let disabled = WebhookDisabled {
        account_id: endpoint.account_id,
        url: endpoint.url.clone(),
        because,
    };
    // In nobody's feed.
    events::recording(&Entry::new(None, endpoint.id, disabled), now).run(tx)?;
    Ok(())
}

/// Lets an endpoint go; false where somebody else has it by now.
pub fn release(tx: &mut Connection, (id, lease): (WebhookEndpointId, i64), now: Timestamp) -> Result<bool> {
    // Locked, so that nothing is queued while it is reckoned when it is due.
    match store::lock_lane(tx, id, lease)? {
        Some(_) => store::release(tx, id, lease, now),
        None => Ok(false),
    }
}
