//! The way to one endpoint: what it is sent next is loaded, sent a few at a time and stored as it ends. An endpoint that fails
//! gets one at a time, with pauses.

use std::collections::{HashSet, VecDeque};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};
use tracing::Instrument;
use tracing::field::Empty;
use url::Url;

use super::Clock;
use crate::clock::{self, Timestamp};
use crate::db::Database;
use crate::error::{Error, Result};
use crate::ids::{WebhookDeliveryId, WebhookEndpointId};
use crate::measures;
use crate::outbound::Courier;
use crate::traces;
use crate::webhooks::EndpointRow;
use crate::webhooks::settling::{self, Attempt, Load, Parcel, Settled};

/// Deliveries loaded at a time.
const BATCH_ROWS: i64 = 50;
/// Requests to one endpoint at a time. They are about different objects.
const IN_FLIGHT_MAX: usize = 8;
/// Attempts stored in one transaction.
const SETTLED_MAX: usize = 25;
/// How long an attempt that ended waits for others, to be stored with them.
const GATHER: Duration = Duration::from_millis(10);
/// Attempts after which a lane lets others go first.
const ATTEMPTS_MAX: usize = 500;
/// The same by time: an endpoint that is slow shall not hold a lane that others wait for.
const TIME_MAX: Duration = Duration::from_secs(30);

/// An endpoint in hand.
#[derive(Debug)]
pub(super) struct Lane {
    pub db: Database,
    pub courier: Courier,
    pub public_url: Url,
    /// The endpoint, and the lease under which it is held.
    pub held: (WebhookEndpointId, i64),
    pub clock: Clock,
}

/// Requests on their way.
type Flying = FuturesUnordered<BoxFuture<'static, Attempt>>;

/// What of an endpoint is in memory.
#[derive(Default)]
struct Hand {
    endpoint: Option<EndpointRow>,
    queue: VecDeque<Parcel>,
    flying: Flying,
    /// Loaded and not stored yet.
    taken: HashSet<WebhookDeliveryId>,
    is_failing: bool,
    /// It gets nothing more: it wants a pause, or was switched off.
    is_over: bool,
    attempts: usize,
}

impl Lane {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Sends until nothing is due or the endpoint wants a pause, then lets it go; how many attempts it were.
    pub(super) async fn run(self) -> usize {
        let mut hand = Hand::default();
        if let Err(error) = self.send(&mut hand).await {
            tracing::warn!(%error, endpoint = %self.held.0, "webhooks of an endpoint could not go on");
        }
        // Requests that still fly are given up here; what they are about is sent again.
        drop(hand.flying);
        let (held, now) = (self.held, self.now());
        let released = self.db.write(move |tx| settling::release(tx, held, now)).await;
        if let Err(error) = released {
            tracing::warn!(%error, endpoint = %held.0, "an endpoint waits for the end of its lease");
        }
        hand.attempts
    }

    async fn send(&self, hand: &mut Hand) -> Result<()> {
        let started = Instant::now();
        loop {
            let wants_more =
                hand.queue.is_empty() && !hand.is_over && hand.attempts < ATTEMPTS_MAX && started.elapsed() < TIME_MAX;
            if wants_more && !self.load(hand).await? {
                return Ok(());
            }
            self.launch(hand);
            let Some(first) = hand.flying.next().await else {
                return Ok(());
            };
            let ended = self.gather(hand, first).await;
            let Some(settled) = self.settle(hand, ended).await? else {
                tracing::warn!(endpoint = %self.held.0, "an endpoint took so long that another worker sends to it too");
                return Ok(());
            };
            hand.is_failing = settled.is_failing;
            hand.is_over |= settled.is_over;
            if hand.is_failing || hand.is_over {
                // What flies already is awaited.
                for parcel in hand.queue.drain(..) {
                    hand.taken.remove(&parcel.delivery_id());
                }
            }
        }
    }

    /// Loads what is due beside what is in hand; false where the endpoint is held by somebody else or switched off.
    async fn load(&self, hand: &mut Hand) -> Result<bool> {
        if hand.is_failing && !hand.taken.is_empty() {
            return Ok(true);
        }
        let (held, url, now) = (self.held, self.public_url.clone(), self.now());
        // What flies is still due, and comes along.
        let rows_max = BATCH_ROWS + i64::try_from(hand.taken.len()).map_err(Error::internal)?;
        let load = move |connection: &mut _| settling::load(connection, held, &url, now, rows_max);
        let Some(Load { endpoint, parcels }) = self.db.read(load).await? else {
            return Ok(false);
        };
        hand.is_failing = settling::health(&endpoint).is_failing();
        hand.endpoint = Some(endpoint);
        for parcel in parcels {
            if hand.taken.insert(parcel.delivery_id()) {
                hand.queue.push_back(parcel);
            }
        }
        Ok(true)
    }

    fn launch(&self, hand: &mut Hand) {
        let room = if hand.is_failing { 1 } else { IN_FLIGHT_MAX };
        while hand.flying.len() < room
            && let Some(endpoint) = &hand.endpoint
            && let Some(parcel) = hand.queue.pop_front()
        {
            hand.attempts += 1;
            hand.flying.push(Box::pin(attempt(
                self.courier.clone(),
                endpoint.clone(),
                parcel,
                self.clock,
            )));
        }
    }

    /// What ends together is stored together.
    async fn gather(&self, hand: &mut Hand, first: Attempt) -> Vec<Attempt> {
        let mut ended = vec![first];
        // A failure is stored at once: it may be the one that stops the others.
        let is_taken = |attempt: &Attempt| {
            attempt
                .answer
                .as_ref()
                .is_ok_and(|answer| (200..300).contains(&answer.status))
        };
        while ended.len() < SETTLED_MAX && ended.iter().all(is_taken) {
            self.launch(hand);
            match tokio::time::timeout(GATHER, hand.flying.next()).await {
                Ok(Some(next)) => ended.push(next),
                Ok(None) | Err(_) => break,
            }
        }
        ended
    }

    async fn settle(&self, hand: &mut Hand, ended: Vec<Attempt>) -> Result<Option<Settled>> {
        let ids: Vec<_> = ended.iter().map(|attempt| attempt.parcel.delivery_id()).collect();
        let (held, now) = (self.held, self.now());
        let settle = move |tx: &mut _| settling::settle(tx, held, &ended, now);
        let settled = self.db.write(settle).await?;
        for id in ids {
            hand.taken.remove(&id);
        }
        if let Some(settled) = &settled {
            metrics::counter!(measures::WEBHOOKS_DELIVERED).increment(settled.delivered);
            metrics::counter!(measures::WEBHOOKS_FAILED).increment(settled.failed);
            metrics::counter!(measures::WEBHOOKS_PARKED).increment(settled.parked);
        }
        Ok(settled)
    }
}

async fn attempt(courier: Courier, endpoint: EndpointRow, parcel: Parcel, present: Clock) -> Attempt {
    // Whoever gets it holds the moment against their own clock.
    let (at, started) = (present.now(), Instant::now());
    let signed_at = at - clock::ahead();
    let answer = match parcel.headers(&endpoint, at, signed_at) {
        Ok(headers) => {
            let span = tracing::debug_span!(
                target: traces::TARGET, "webhook", endpoint = %endpoint.id, webhook = parcel.id, error = Empty
            );
            let sending = courier.post(&endpoint.url, &headers, parcel.body.clone());
            let answer = sending.instrument(span.clone()).await;
            if let Err(failure) = &answer {
                span.record("error", failure.name());
            }
            answer
        }
        Err(error) => {
            tracing::error!(%error, endpoint = %endpoint.id, "a webhook can't be signed");
            Err(crate::outbound::Failure::Broken)
        }
    };
    let took = started.elapsed();
    metrics::histogram!(measures::WEBHOOK_SECONDS).record(took.as_secs_f64());
    tracing::debug!(endpoint = %endpoint.id, webhook = parcel.id, status = answer.as_ref().ok().map(|a| a.status), "a webhook was tried");
    let [jitter] = clock::random_bytes();
    Attempt {
        parcel,
        version: endpoint.version,
        at,
        duration_ms: i32::try_from(took.as_millis()).unwrap_or(i32::MAX),
        answer,
        jitter,
    }
}
