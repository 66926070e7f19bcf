//! Webhooks under load: twenty endpoints of two accounts and the supplier of which some hang, hang up, fail, answer 500 or 410, two
//! workers, one of which is killed again and again, and a database whose every session is cut as by a restart. Each event arrives at
//! least once at all that are well, in the order of its subject, and nowhere else.
//!
//! `PORTAL_WEBHOOK_EVENTS=100000` sends as many events; `PORTAL_WEBHOOK_RATE` says how many in a second (200). Of so many, 99 of a hundred
//! reach healthy endpoints within two seconds, too: of a few, a worker that is killed holds up too large a part.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use portal::clock::{self, Timestamp};
use portal::db::{Engine, sql};
use portal::events::Entry;
use portal::events::payloads::OrderAccepted;
use portal::ids::{AccountId, OrderId};
use serde_json::{Value, json};

use super::{Deed, Got, Hooked, Receiver};
use crate::fresh::{end_all_sessions, engine};
use crate::made_up::head;
use crate::program::Installation;

const EVENTS: usize = 400;
/// Events a second.
const RATE: usize = 200;
/// In one transaction.
const AT_ONCE: usize = 20;
const SUBJECTS: i64 = 50;
/// What all that are well must have within.
const PATIENCE: Duration = Duration::from_secs(120);
/// From so many on the time is held against the promise.
const MEASURED: usize = 10_000;
const P99_MS: i64 = 2_000;

fn wanted(name: &str, usual: usize) -> usize {
    std::env::var_os(name).map_or(usual, |text| text.to_str().unwrap().parse().unwrap())
}

/// What an endpoint got, in the order in which it came.
#[derive(Debug, Default)]
struct Heard {
    /// Ids of events by subject.
    by_subject: BTreeMap<String, Vec<String>>,
    ids: BTreeSet<String>,
    /// Milliseconds from the event to its first arrival.
    took_ms: Vec<i64>,
}

impl Heard {
    fn note(&mut self, got: &Got) {
        let body = got.body();
        let subject = body["subject"].as_str().unwrap().to_owned();
        let happened: Timestamp = chrono::DateTime::parse_from_rfc3339(body["timestamp"].as_str().unwrap())
            .unwrap()
            .naive_utc();
        if self.ids.insert(got.id().to_owned()) {
            self.took_ms.push((clock::now() - happened).num_milliseconds());
        }
        self.by_subject.entry(subject).or_default().push(got.id().to_owned());
    }
}

/// An endpoint and what it does with what it hears.
struct Ear {
    receiver: Receiver,
    heard: Arc<Mutex<Heard>>,
    /// Of an account, or the supplier's.
    of: Option<&'static str>,
    manner: Manner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Well,
    /// Fails in the beginning, then is well.
    Recovering,
    Hanging,
    HangingUp,
    Failing,
    Gone,
}

impl Ear {
    async fn start((of, manner): (Option<&'static str>, Manner), is_over: Arc<AtomicBool>) -> Self {
        let heard = Arc::<Mutex<Heard>>::default();
        let (notes, began) = (heard.clone(), Instant::now());
        let receiver = Receiver::forgetting(move |got| {
            let deed = match manner {
                Manner::Well => Deed::status(204),
                Manner::Recovering if began.elapsed() > Duration::from_secs(2) => Deed::status(200),
                Manner::Recovering | Manner::Failing => Deed::status(500),
                // What hangs costs its time; that was seen by then.
                Manner::Hanging if is_over.load(Ordering::Relaxed) => Deed::status(410),
                Manner::Hanging => Deed::Hang,
                Manner::HangingUp => Deed::HangUp,
                Manner::Gone => Deed::status(410),
            };
            if matches!(deed, Deed::Answer(200..300, ..)) {
                notes.lock().unwrap().note(got);
            }
            deed
        });
        Self {
            receiver: receiver.await,
            heard,
            of,
            manner,
        }
    }

    fn count(&self) -> usize {
        self.heard.lock().unwrap().ids.len()
    }
}

/// Twenty endpoints: eleven are well, of each account four and of the supplier three.
const EARS: &[(Option<&str>, Manner)] = &[
    (Some("ACME"), Manner::Well),
    (Some("ACME"), Manner::Hanging),
    (Some("ACME"), Manner::Well),
    (Some("ACME"), Manner::Failing),
    (Some("ACME"), Manner::Well),
    (Some("ACME"), Manner::Gone),
    (Some("ACME"), Manner::Well),
    (Some("ACME"), Manner::Recovering),
    (Some("RIVAL"), Manner::Well),
    (Some("RIVAL"), Manner::HangingUp),
    (Some("RIVAL"), Manner::Well),
    (Some("RIVAL"), Manner::Hanging),
    (Some("RIVAL"), Manner::Well),
    (Some("RIVAL"), Manner::Failing),
    (Some("RIVAL"), Manner::Well),
    (Some("RIVAL"), Manner::Recovering),
    (None, Manner::Well),
    (None, Manner::Well),
    (None, Manner::Well),
    (None, Manner::Gone),
];

/// The next events: of ACME on even places, of RIVAL on odd ones, each account's own subjects.
fn entries(from: usize, to: usize, accounts: [AccountId; 2]) -> Vec<Entry> {
    let entry = |place: usize| {
        let own = place % 2;
        let number = i64::try_from(place / 2).unwrap() % SUBJECTS;
        let order = OrderId(number + 1_000 * i64::try_from(own).unwrap());
        Entry::new(Some(accounts[own]), order, OrderAccepted { order: head(order) })
    };
    (from..to).map(entry).collect()
}

fn is_of(account: &str, subject: &str) -> bool {
    let own = |number: i64| OrderId(number + if account == "ACME" { 0 } else { 1_000 }).to_string();
    (0..SUBJECTS).any(|number| own(number) == subject)
}

fn percentile(mut values: Vec<i64>, part: usize) -> i64 {
    values.sort_unstable();
    let place = (values.len() * part / 100).min(values.len().saturating_sub(1));
    values.get(place).copied().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_hangs_or_fails_and_whatever_is_killed_the_others_hear_everything_in_order() {
    let (events, rate) = (
        wanted("PORTAL_WEBHOOK_EVENTS", EVENTS),
        wanted("PORTAL_WEBHOOK_RATE", RATE),
    );
    let hooked = Hooked::start().await;
    let mut ears = Vec::new();
    let is_over = Arc::<AtomicBool>::default();
    for ear in EARS {
        ears.push(Ear::start(*ear, is_over.clone()).await);
    }
    let (acme, rival, staff) = (
        hooked.admin("ACME").await,
        hooked.admin("RIVAL").await,
        hooked.staff().await,
    );
    for ear in &ears {
        let (client, path) = match ear.of {
            Some("ACME") => (&acme, "/webhook-endpoints"),
            Some(_) => (&rival, "/webhook-endpoints"),
            None => (&staff, "/supplier/webhook-endpoints"),
        };
        let body = json!({"url": ear.receiver.url, "kinds": ["order.accepted"]});
        client.post(path, body).await.expect(201);
    }
    let accounts = [hooked.account_id("ACME").await, hooked.account_id("RIVAL").await];
    let installation = Installation::on(hooked.app.db().target());
    let worker = || installation.work_with(&["--webhook-hosts", "127.0.0.1"]);
    let (steady, mut doomed) = (worker(), worker());
    let began = Instant::now();
    let (mut sent, mut kills, mut restarts) = (0, 0, 0);
    while sent < events {
        let to = (sent + AT_ONCE).min(events);
        hooked.happen_all(entries(sent, to, accounts)).await;
        sent = to;
        // Killed four times on the way, in the middle of what it does; another one takes its place.
        if sent * 5 / events > kills && kills < 4 {
            doomed.kill();
            doomed = worker();
            kills += 1;
        }
        // In the middle nobody has a session any more.
        if sent * 2 >= events && restarts == 0 && engine() == Engine::Postgres {
            end_all_sessions(hooked.app.db());
            restarts += 1;
        }
        let due = Duration::from_secs_f64(sent as f64 / rate as f64);
        tokio::time::sleep(due.saturating_sub(began.elapsed())).await;
    }
    let share = |ear: &Ear| if ear.of.is_some() { events / 2 } else { events };
    let well = || ears.iter().filter(|ear| ear.manner == Manner::Well);
    let (waited, patience) = (Instant::now(), PATIENCE + began.elapsed());
    while well().any(|ear| ear.count() < share(ear)) {
        let missing: Vec<_> = well().map(|ear| share(ear) - ear.count()).collect();
        assert!(waited.elapsed() < patience, "still missing: {missing:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let took = began.elapsed();
    for process in [steady, doomed] {
        process.terminate();
        assert!(process.ended().success());
    }
    is_over.store(true, Ordering::Relaxed);
    // Who recovered hears the rest once it is asked again, hours later.
    for hours in [1, 6, 24] {
        hooked.send_at(clock::now() + TimeDelta::hours(hours)).await;
    }
    // After some hundred attempts a lane lets others go first: much takes several turns.
    let recovering = || ears.iter().filter(|ear| ear.manner == Manner::Recovering);
    let waited = Instant::now();
    while recovering().any(|ear| ear.count() < share(ear)) && waited.elapsed() < patience {
        hooked.send_at(clock::now() + TimeDelta::hours(24)).await;
    }
    let mut healthy = Vec::new();
    for (place, ear) in ears.iter().enumerate() {
        let heard = ear.heard.lock().unwrap();
        match ear.manner {
            Manner::Well | Manner::Recovering => assert_eq!(heard.ids.len(), share(ear), "{place} {:?}", ear.manner),
            _ => assert_eq!(heard.ids.len(), 0, "{place} {:?}", ear.manner),
        }
        for (subject, ids) in &heard.by_subject {
            if let Some(account) = ear.of {
                assert!(
                    is_of(account, subject),
                    "{place} is told of {subject}, which is a stranger's"
                );
            }
            assert!(ids.is_sorted(), "{place} {subject} {ids:?}");
        }
        if ear.manner == Manner::Well {
            healthy.extend(heard.took_ms.iter().copied());
        }
    }
    let p99 = percentile(healthy.clone(), 99);
    eprintln!(
        "{events} events to {} endpoints in {:.1} s, {kills} kills, {restarts} restarts of the database: healthy endpoints p50 {} ms, p99 {p99} ms, last {} ms",
        ears.len(),
        took.as_secs_f64(),
        percentile(healthy.clone(), 50),
        percentile(healthy, 100),
    );
    assert!(events < MEASURED || p99 < P99_MS, "p99 {p99} ms");
    // Whoever is gone is asked no more.
    let states = hooked.app.db().read(|connection| {
        sql("SELECT COUNT(*) FROM webhook_endpoints WHERE disabled_at IS NOT NULL").one::<i64>(connection)
    });
    assert!(states.await.unwrap() >= 2);
    let listed = acme.get("/webhook-endpoints").await.expect(200);
    let gone = |endpoint: &&Value| endpoint["state"] != "active";
    assert!(listed["data"].as_array().unwrap().iter().filter(gone).count() >= 1);
}
