//! What becomes of a message: retried, given up, sent once more after a crash, never lost.

use chrono::TimeDelta;
use portal::clock::{self, Timestamp};
use portal::db::sql;
use portal::mail::{self, Failure, Mailer, Memory, SendError};
use tokio::sync::watch;

use super::{order, shop, stored};
use crate::app::{ATTEMPTS_MAX, TestApp, run_until_idle};

/// A shop whose one buyer placed so many orders, with their messages queued and not tried.
async fn queued(count: usize) -> TestApp {
    let app = shop().await;
    let buyer = app.person("ACME", "buyer").await;
    app.mails().await;
    for number in 1..=count {
        order(&buyer, &format!("PO-{number}")).await;
    }
    // A worker that is asked to end queues what happened and begins nothing.
    let (_end, ended) = watch::channel(true);
    let mut worker = app.worker(Mailer::Memory(Memory::default()));
    worker.step(clock::now(), &ended).await.unwrap();
    assert_eq!(stored(&app).await.len(), count);
    app
}

async fn next_attempt_at(app: &TestApp) -> Timestamp {
    let read = app
        .db()
        .read(|connection| sql("SELECT next_attempt_at FROM messages WHERE kind = 'order_placed'").one(connection));
    read.await.unwrap()
}

async fn events_of(app: &TestApp, kind: &'static str) -> i64 {
    let read = app.db().read(move |connection| {
        sql("SELECT count(*) FROM events WHERE type = $1")
            .bind(kind)
            .one(connection)
    });
    read.await.unwrap()
}

fn refused() -> SendError {
    SendError::Refused("550 no such user".to_owned())
}

#[tokio::test]
async fn a_worker_that_is_asked_to_end_leaves_its_messages_to_others() {
    let app = queued(3).await;
    let leased = app.db().read(|connection| {
        sql("SELECT count(*) FROM messages WHERE lease IS NOT NULL OR attempts > 0").one::<i64>(connection)
    });
    assert_eq!(leased.await.unwrap(), 0);
    assert_eq!(app.mails().await.len(), 3);
    app.finish().await;
}

#[tokio::test]
async fn a_crash_between_sending_and_marking_sends_that_one_again_under_the_same_id() {
    let app = queued(3).await;
    let now = clock::now();
    // Another process leased all three, sent the first one and died.
    let died = app.db().write(move |tx| {
        let ids = mail::lease(tx, 7, now, TimeDelta::seconds(15), 10)?;
        mail::confirm(tx, ids[0], 7, now, TimeDelta::seconds(25))
    });
    let in_hand = died.await.unwrap().unwrap();
    let sent = Memory::default();
    let mut worker = app.worker(Mailer::Memory(sent.clone()));
    run_until_idle(&mut worker, now + TimeDelta::seconds(5)).await;
    assert_eq!(sent.take().len(), 0, "all are held");
    run_until_idle(&mut worker, now + TimeDelta::seconds(16)).await;
    let names: Vec<_> = sent.take().into_iter().map(|mail| mail.name).collect();
    assert_eq!(names.len(), 2, "those that waited for their turn go first");
    run_until_idle(&mut worker, now + TimeDelta::seconds(26)).await;
    let again = sent.take();
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].name, in_hand.id.to_string());
    let attempts: Vec<_> = stored(&app).await.iter().map(|message| message.attempts).collect();
    assert_eq!(attempts, [2, 1, 1]);
    // Whoever comes back from the dead finds that it is done.
    let late = app.db().write(move |tx| {
        let failure = Failure {
            error: "late".to_owned(),
            subject: None,
            is_obsolete: false,
            is_final: false,
        };
        let failed = mail::settle_failed(tx, &in_hand, &failure, 1, 0, now)?;
        Ok((mail::settle_sent(tx, &in_hand, "late", now)?, failed))
    });
    assert_eq!(late.await.unwrap(), (false, None));
    app.finish().await;
}

#[tokio::test]
async fn a_message_is_held_by_one_worker() {
    let app = queued(2).await;
    let now = clock::now();
    let lease = |lease, at| {
        app.db()
            .write(move |tx| mail::lease(tx, lease, at, TimeDelta::seconds(15), 10))
    };
    let first = lease(1, now).await.unwrap();
    assert_eq!((first.len(), lease(2, now).await.unwrap().len()), (2, 0));
    let second = lease(2, now + TimeDelta::seconds(16)).await.unwrap();
    assert_eq!(second, first, "the oldest first, and all again once the lease is over");
    let id = first[0];
    let confirm = |lease| {
        app.db()
            .write(move |tx| mail::confirm(tx, id, lease, now, TimeDelta::seconds(25)).map(|held| held.is_some()))
    };
    assert_eq!((confirm(1).await.unwrap(), confirm(2).await.unwrap()), (false, true));
    app.db().write(|tx| mail::release(tx, 2)).await.unwrap();
    assert_eq!(lease(3, now).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_mail_that_always_fails_is_tried_ever_more_rarely_and_then_given_up() {
    let app = queued(1).await;
    app.staff_named("ada@northwind.example", "admin").await;
    let sent = Memory::default();
    let mut worker = app.worker(Mailer::Memory(sent.clone()));
    sent.fail((0..ATTEMPTS_MAX).map(|_| refused()));
    let mut now = clock::now();
    let mut waits = Vec::new();
    for attempt in 1..ATTEMPTS_MAX {
        run_until_idle(&mut worker, now).await;
        let message = stored(&app).await.remove(0);
        assert_eq!((message.state.as_str(), message.attempts), ("due", attempt));
        let next = next_attempt_at(&app).await;
        waits.push((next - now).num_seconds());
        // Not a moment before.
        run_until_idle(&mut worker, next - TimeDelta::milliseconds(1)).await;
        assert_eq!(stored(&app).await[0].attempts, attempt);
        now = next;
    }
    for (wait, least) in waits
        .iter()
        .zip([1, 5, 30, 120, 600, 1_800, 3_600, 3_600, 3_600, 3_600, 3_600])
    {
        assert!((least..=least + least / 4 + 1).contains(wait), "{waits:?}");
    }
    run_until_idle(&mut worker, now).await;
    let messages = stored(&app).await;
    assert_eq!(
        (messages[0].state.as_str(), messages[0].attempts),
        ("parked", ATTEMPTS_MAX)
    );
    assert_eq!(messages[0].last_error.as_deref(), Some("550 no such user"));
    assert_eq!(events_of(&app, "mail.parked").await, 1);
    // The supplier learns of it.
    let mails = sent.take();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].email, "ada@northwind.example");
    assert!(
        mails[0].texts.subject.contains(&messages[0].email),
        "{}",
        mails[0].texts.subject
    );
    assert!(
        mails[0].texts.text.contains("It failed 12 times"),
        "{}",
        mails[0].texts.text
    );
    assert!(
        mails[0].texts.text.contains("550 no such user"),
        "{}",
        mails[0].texts.text
    );
    app.check().await;
}

#[tokio::test]
async fn nobody_is_told_of_a_dead_letter_about_a_dead_letter() {
    let app = queued(1).await;
    app.staff_named("ada@northwind.example", "admin").await;
    let sent = Memory::default();
    let mut worker = app.worker(Mailer::Memory(sent.clone()));
    sent.fail((0..100).map(|_| refused()));
    let mut now = clock::now();
    for _ in 0..40 {
        run_until_idle(&mut worker, now).await;
        now += TimeDelta::hours(2);
    }
    let states: Vec<_> = stored(&app)
        .await
        .into_iter()
        .map(|message| (message.kind, message.state))
        .collect();
    let parked = |kind: &str| (kind.to_owned(), "parked".to_owned());
    assert_eq!(states, [parked("order_placed"), parked("dead_letter")]);
    assert_eq!(events_of(&app, "mail.parked").await, 1);
    app.check().await;
}

#[tokio::test]
async fn a_way_that_is_closed_keeps_the_others_attempts() {
    let app = queued(5).await;
    let sent = Memory::default();
    let mut worker = app.worker(Mailer::Memory(sent.clone()));
    sent.fail([SendError::Unreachable("no route".to_owned())]);
    let now = clock::now();
    run_until_idle(&mut worker, now).await;
    let attempts = async || -> Vec<i32> { stored(&app).await.iter().map(|message| message.attempts).collect() };
    assert_eq!(attempts().await, [1, 0, 0, 0, 0]);
    run_until_idle(&mut worker, now + TimeDelta::milliseconds(900)).await;
    assert_eq!(attempts().await, [1, 0, 0, 0, 0]);
    run_until_idle(&mut worker, now + TimeDelta::seconds(3)).await;
    assert_eq!(attempts().await, [2, 1, 1, 1, 1]);
    app.finish().await;
}

#[tokio::test]
async fn a_mail_to_no_address_is_given_up_at_once() {
    let app = queued(1).await;
    let spoil = app.db().write(|tx| sql("UPDATE messages SET email = 'nobody'").run(tx));
    spoil.await.unwrap();
    assert!(app.mails().await.is_empty());
    let message = stored(&app).await.remove(0);
    assert_eq!((message.state.as_str(), message.attempts), ("parked", 1));
    assert!(message.last_error.unwrap().contains("is no mail address"));
}

#[tokio::test]
async fn what_was_sent_long_ago_is_deleted_and_what_was_not_stays() {
    let app = queued(2).await;
    let sent = Memory::default();
    sent.fail([refused()]);
    run_until_idle(&mut app.worker(Mailer::Memory(sent)), clock::now()).await;
    let now = clock::now();
    for (days, left) in [(89, 2), (91, 1)] {
        portal::worker::housekeeping::step(app.db(), now + TimeDelta::days(days))
            .await
            .unwrap();
        assert_eq!(stored(&app).await.len(), left, "after {days} days");
    }
}
