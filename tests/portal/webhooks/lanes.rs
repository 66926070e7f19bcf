//! One endpoint never waits for another, and what a dead worker had in hand others send.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use portal::clock;
use portal::db::sql;
use portal::ids::OrderId;
use portal::webhooks;
use tokio::sync::watch;

use super::{Deed, Hooked, Receiver, another_worker, endpoint, id};

/// Waits for `count` events; what is sent once more doesn't count.
async fn all_of(receiver: &Receiver, count: usize) {
    let arrived = || {
        receiver
            .got()
            .iter()
            .map(|got| got.id().to_owned())
            .collect::<HashSet<_>>()
    };
    receiver.until(count).await;
    tokio::time::timeout(Duration::from_secs(20), async {
        while arrived().len() < count {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    })
    .await
    .expect("all arrive");
}

#[tokio::test]
async fn endpoints_that_hang_or_fail_delay_no_other() {
    const EVENTS: i64 = 40;
    let hooked = Hooked::start().await;
    let (acme, staff) = (hooked.admin("ACME").await, hooked.staff().await);
    let hanging = Receiver::doing(|_| Deed::Hang).await;
    let failing = Receiver::doing(|_| Deed::status(500)).await;
    let gone = Receiver::doing(|_| Deed::status(410)).await;
    let healthy = [Receiver::start().await, Receiver::start().await];
    for receiver in [&hanging, &failing, &gone, &healthy[0]] {
        endpoint(&acme, &receiver.url).await;
    }
    let of_supplier = serde_json::json!({"url": healthy[1].url, "kinds": ["order.accepted"]});
    staff.post("/supplier/webhook-endpoints", of_supplier).await.expect(201);
    let (end, ended) = watch::channel(false);
    let workers = [another_worker(&hooked.app), another_worker(&hooked.app)];
    let running: Vec<_> = workers
        .into_iter()
        .map(|worker| tokio::spawn(worker.run(ended.clone())))
        .collect();
    let started = Instant::now();
    for number in 0..EVENTS {
        hooked.accept("ACME", OrderId(number % 10)).await;
    }
    for receiver in &healthy {
        all_of(receiver, usize::try_from(EVENTS).unwrap()).await;
    }
    // A request that hangs is given up after twenty seconds, and there are more of them than go out at a time.
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    assert!(hanging.connections() > 0 && failing.got().len() >= 3);
    for receiver in &healthy {
        let got = receiver.got();
        for subject in (0..10).map(|number| OrderId(number).to_string()) {
            let mut of_one: Vec<_> = got
                .iter()
                .filter(|got| got.body()["subject"] == subject.as_str())
                .map(|got| got.id().to_owned())
                .collect();
            // A worker that is held up for seconds is relieved by the other, which sends the same: the first time counts.
            let mut seen = HashSet::new();
            of_one.retain(|id| seen.insert(id.clone()));
            assert!(of_one.len() == 4 && of_one.is_sorted(), "{of_one:?}");
        }
    }
    end.send(true).unwrap();
    for worker in running {
        worker.await.unwrap();
    }
    let held = hooked.app.db().read(|connection| {
        sql("SELECT COUNT(*) FROM webhook_endpoints WHERE lease IS NOT NULL").one::<i64>(connection)
    });
    assert_eq!(held.await.unwrap(), 0, "what is in hand at the end is let go");
}

#[tokio::test]
async fn what_a_dead_worker_held_another_sends() {
    let hooked = Hooked::start().await;
    let (admin, receiver) = (hooked.admin("ACME").await, Receiver::start().await);
    endpoint(&admin, &receiver.url).await;
    hooked.accept("ACME", OrderId(1)).await;
    let now = clock::now();
    // Another process queued it, took the endpoint, sent and died before it wrote that down.
    let died = hooked.app.db().write(move |tx| {
        webhooks::queueing::step(tx, now)?;
        webhooks::claim(tx, false, 7, (now, TimeDelta::seconds(10)), 10)
    });
    assert_eq!(died.await.unwrap().len(), 1);
    hooked.send_at(now + TimeDelta::seconds(9)).await;
    assert_eq!(receiver.got().len(), 0, "it is held");
    // One that lives goes on holding it.
    let renewed = hooked
        .app
        .db()
        .write(move |tx| webhooks::renew(tx, &[7], now + TimeDelta::seconds(15)));
    assert_eq!(renewed.await.unwrap(), 1);
    hooked.send_at(now + TimeDelta::seconds(12)).await;
    assert_eq!(receiver.got().len(), 0);
    hooked.send_at(now + TimeDelta::seconds(16)).await;
    assert_eq!(receiver.got().len(), 1);
    hooked.app.check().await;
}

#[tokio::test]
async fn an_endpoint_that_fails_is_asked_by_one_delivery_and_what_waited_follows_at_once() {
    let hooked = Hooked::start().await;
    let admin = hooked.admin("ACME").await;
    let is_well = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let answers = is_well.clone();
    let receiver = Receiver::doing(move |_| match answers.load(std::sync::atomic::Ordering::Relaxed) {
        true => Deed::status(200),
        false => Deed::status(503),
    })
    .await;
    let made = endpoint(&admin, &receiver.url).await;
    for number in 0..100 {
        hooked.accept("ACME", OrderId(number)).await;
    }
    let now = clock::now();
    hooked.send_at(now).await;
    let first = receiver.got().len();
    assert!(
        (3..=16).contains(&first),
        "{first}: a few at a time, and none after the third failure"
    );
    hooked.send_at(now + TimeDelta::minutes(10)).await;
    assert_eq!(receiver.got().len(), first + 1);
    hooked.send_at(now + TimeDelta::minutes(20)).await;
    assert_eq!(receiver.got().len(), first + 2);
    is_well.store(true, std::sync::atomic::Ordering::Relaxed);
    hooked.send_at(now + TimeDelta::minutes(30)).await;
    assert_eq!(
        receiver.got().len(),
        first + 2 + 100,
        "whatever each of them had still to wait"
    );
    let seen = admin
        .get(&format!("/webhook-endpoints/{}", id(&made)))
        .await
        .expect(200);
    assert_eq!(
        (seen["failures"].as_i64(), seen["waiting"].as_i64()),
        (Some(0), Some(0))
    );
    hooked.app.check().await;
}
