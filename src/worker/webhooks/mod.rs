//! Webhooks leave. Events are queued for endpoints; each endpoint that is due is a lane of its own, held by one worker at a
//! time, so that none waits for another. A worker that dies lets its lanes go within seconds; what was sent and not
//! stored is sent again under the same id.

mod lane;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actix_web::web::Data;
use chrono::TimeDelta;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;
use url::Url;

use self::lane::Lane;
use super::Ended;
use crate::clock::{self, Timestamp};
use crate::db::Database;
use crate::error::{Error, Result};
use crate::measures;
use crate::outbound::Courier;
use crate::state::AppState;
use crate::webhooks::{self, queueing, settling};

/// How often a worker looks whether somebody else left it something to do.
const POLL: Duration = Duration::from_millis(500);
/// How long it waits for more events to come: one look at ten is cheaper than ten.
const GATHER: Duration = Duration::from_millis(25);
/// How long it waits after the database did not answer.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// How long a lane is held; then another worker takes it. What a worker that dies had in hand waits so long.
const LEASE: TimeDelta = TimeDelta::seconds(3);
/// How often what is held is held for longer.
const RENEWAL: Duration = Duration::from_millis(500);
/// Lanes at a time to endpoints that do well.
const LANES_MAX: usize = 64;
/// Lanes at a time to endpoints that fail, so that those never take the place of the others.
const FAILING_LANES_MAX: usize = 32;

/// The present, for a step that began at a moment of its caller's choice.
#[derive(Debug, Clone, Copy)]
struct Clock {
    from: Timestamp,
    started: Instant,
}

impl Clock {
    fn now(self) -> Timestamp {
        self.from + TimeDelta::from_std(self.started.elapsed()).unwrap_or_default()
    }
}

/// What a step did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stepped {
    /// Events looked at.
    pub events: usize,
    /// Attempts made.
    pub attempts: usize,
}

impl Stepped {
    /// True when there was something to do.
    pub fn did_anything(self) -> bool {
        self.events + self.attempts > 0
    }
}

/// The leases of lanes that run, and whether each is to a failing endpoint.
#[derive(Debug, Clone, Default)]
struct Leases(Arc<Mutex<Vec<(i64, bool)>>>);

/// A lane that runs.
#[derive(Debug)]
struct Running {
    leases: Leases,
    own: (i64, bool),
}

impl Leases {
    fn held(&self) -> MutexGuard<'_, Vec<(i64, bool)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn all(&self) -> Vec<i64> {
        self.held().iter().map(|(lease, _)| *lease).collect()
    }

    fn count(&self, is_failing: bool) -> usize {
        self.held().iter().filter(|(_, failing)| *failing == is_failing).count()
    }

    fn add(&self, own: (i64, bool)) -> Running {
        self.held().push(own);
        Running {
            leases: self.clone(),
            own,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut held = self.leases.held();
        if let Some(place) = held.iter().position(|one| *one == self.own) {
            held.swap_remove(place);
        }
    }
}

/// Sends webhooks.
#[derive(Debug)]
pub struct Webhooks {
    state: Data<AppState>,
    courier: Courier,
    /// Where the portal is for whoever reads a webhook.
    public_url: Url,
    leases: Leases,
}

impl Webhooks {
    /// With nothing in hand.
    pub fn new(state: Data<AppState>, courier: Courier, public_url: Url) -> Self {
        Self {
            state,
            courier,
            public_url,
            leases: Leases::default(),
        }
    }

    fn db(&self) -> &Database {
        &self.state.db
    }

    /// Queues what happened, and sends what is due until nothing more is. `now` is the moment it begins.
    pub async fn step(&self, now: Timestamp) -> Result<Stepped> {
        let mut stepped = Stepped {
            events: self.queue(now).await?,
            attempts: 0,
        };
        let mut lanes = JoinSet::new();
        self.take(&mut lanes, now).await?;
        while let Some(ended) = lanes.join_next().await {
            stepped.attempts += ended.map_err(Error::internal)?;
        }
        Ok(stepped)
    }

    /// Queues the next events; how many were looked at.
    async fn queue(&self, now: Timestamp) -> Result<usize> {
        let mut looked_at = 0;
        if self.db().read(webhooks::is_any_orphan).await? {
            self.db().write(move |tx| settling::switch_off_orphans(tx, now)).await?;
        }
        // A look costs nothing; the transaction would take a lock each time.
        if self.db().read(webhooks::is_event_waiting).await? {
            let (events, queued) = self.db().write(move |tx| queueing::step(tx, now)).await?;
            looked_at += events;
            tracing::debug!(events, queued, "webhooks queued");
        }
        if self.db().read(webhooks::is_replay_waiting).await? {
            looked_at += self.db().write(move |tx| queueing::replay_step(tx, now)).await?;
        }
        Ok(looked_at)
    }

    /// Takes what lanes are due, as far as there is room beside those that run: failing ones and others.
    async fn take(&self, lanes: &mut JoinSet<usize>, now: Timestamp) -> Result<()> {
        let waits = move |connection: &mut _| webhooks::is_lane_waiting(connection, now);
        if !self.db().read(waits).await? {
            return Ok(());
        }
        for (is_failing, lanes_max) in [(false, LANES_MAX), (true, FAILING_LANES_MAX)] {
            let room = lanes_max.saturating_sub(self.leases.count(is_failing));
            if room == 0 {
                continue;
            }
            let rows_max = i64::try_from(room).map_err(Error::internal)?;
            let lease = i64::from_le_bytes(clock::random_bytes());
            // From the moment of the writing on: it may wait for others.
            let asked = Instant::now();
            let claim = move |tx: &mut _| {
                let now = now + TimeDelta::from_std(asked.elapsed()).map_err(Error::internal)?;
                webhooks::claim(tx, is_failing, lease, (now, LEASE), rows_max)
            };
            let taken = self.db().write(claim).await?;
            let clock = Clock {
                from: now,
                started: Instant::now(),
            };
            for id in taken {
                let running = self.leases.add((lease, is_failing));
                let lane = Lane {
                    db: self.db().clone(),
                    courier: self.courier.clone(),
                    public_url: self.public_url.clone(),
                    held: (id, lease),
                    clock,
                };
                lanes.spawn(clock::taken().live(async move {
                    let attempts = lane.run().await;
                    drop(running);
                    attempts
                }));
            }
        }
        Ok(())
    }

    /// Works until the process is asked to end. What is in hand then is sent again, here or elsewhere.
    pub async fn run(self, mut ended: Ended) {
        let mut lanes = JoinSet::new();
        let mut writes = self.db().writes();
        let renewal = tokio::spawn(clock::taken().live(hold_on(self.db().clone(), self.leases.clone())));
        while !*ended.borrow_and_update() {
            let mut wait = POLL;
            if self.state.readiness.is_ready() {
                let worked = self.work(&mut lanes).await;
                measures::ran("webhooks", worked.is_ok(), clock::real());
                match worked {
                    Ok(0) => {}
                    Ok(_) => wait = GATHER,
                    Err(error) => {
                        tracing::warn!(%error, "webhooks could not go on; it is tried again");
                        wait = AFTER_FAILURE;
                    }
                }
            }
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = writes.next() => tokio::time::sleep(GATHER).await,
                Some(_) = lanes.join_next() => {}
                _ = ended.changed() => {}
            }
        }
        let leases = self.leases.all();
        lanes.shutdown().await;
        renewal.abort();
        let let_go = self.db().write(move |tx| webhooks::let_go(tx, &leases)).await;
        if let Err(error) = let_go {
            tracing::warn!(%error, "lanes of webhooks could not be let go; they wait for the end of their leases");
        }
    }

    async fn work(&self, lanes: &mut JoinSet<usize>) -> Result<usize> {
        let now = clock::now();
        let events = self.queue(now).await?;
        self.take(lanes, clock::now()).await?;
        Ok(events)
    }
}

/// Holds the lanes that run for longer. Where that fails another worker takes them and sends the same again.
async fn hold_on(db: Database, leases: Leases) {
    let mut beat = tokio::time::interval(RENEWAL);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        let held = leases.all();
        if held.is_empty() {
            continue;
        }
        // From the moment of the writing on: it may have waited for others.
        let renew = move |tx: &mut _| webhooks::renew(tx, &held, clock::now() + LEASE);
        if let Err(error) = db.write(renew).await {
            tracing::warn!(%error, "lanes of webhooks could not be held");
        }
    }
}
