//! `portal check` finds events and messages that were changed by hand, whichever way.

use portal::clock;
use portal::db::sql;
use portal::mail::{self, Mailer, Memory, SendError};

use super::{order, shop, stored};
use crate::app::{ATTEMPTS_MAX, TestApp, outside_the_runtime, run_until_idle};

const MAILS: &str = "an event has all its mails";
const STATE: &str = "a message is due, sent or parked";
const LEASE: &str = "a lease has a holder and an end";
const SILENT: &str = "a parked message is an event";
const NUMBER: &str = "no event has a number that was not given out";
const AHEAD: &str = "mails are made of events that have a number";

/// One message that was sent, one that was given up, one that is due.
async fn mailed() -> TestApp {
    let app = shop().await;
    let buyer = app.person("ACME", "buyer").await;
    order(&buyer, "PO-1").await;
    app.mails().await;
    order(&buyer, "PO-2").await;
    let kept = Memory::default();
    let mut worker = app.worker(Mailer::Memory(kept.clone()));
    let refusals = usize::try_from(ATTEMPTS_MAX).unwrap();
    kept.fail(std::iter::repeat_n(SendError::Refused("550".to_owned()), refusals));
    let mut now = clock::now();
    for _ in 0..refusals {
        run_until_idle(&mut worker, now).await;
        now += chrono::TimeDelta::hours(2);
    }
    order(&buyer, "PO-3").await;
    kept.fail([SendError::Refused("451".to_owned())]);
    run_until_idle(&mut worker, clock::now()).await;
    let states: Vec<_> = stored(&app).await.into_iter().map(|message| message.state).collect();
    assert_eq!(states, ["sent", "parked", "due"]);
    app.check().await;
    app
}

/// Asserts that after `statement`, which is undone again, exactly the promises of `broken` are found broken.
fn is_found(app: &TestApp, statement: &'static str, broken: &[&str]) {
    let changed = || {
        app.db().rehearse_now(move |tx| {
            assert!(sql(statement).run(tx)? > 0, "{statement} changed nothing");
            mail::checks::run(tx)
        })
    };
    let breaches = outside_the_runtime(changed).unwrap();
    let mut found: Vec<_> = breaches.iter().map(|breach| breach.check).collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, broken, "{statement}: {breaches:#?}");
}

#[tokio::test]
async fn a_message_that_is_lost_or_one_too_many_is_found() {
    let app = mailed().await;
    is_found(&app, "DELETE FROM messages WHERE state = 'sent'", &[MAILS]);
    is_found(&app, "DELETE FROM messages WHERE state = 'due'", &[MAILS]);
    is_found(&app, "UPDATE events SET mails = NULL WHERE mails > 0", &[MAILS]);
    is_found(&app, "UPDATE events SET mails = mails + 1 WHERE mails > 0", &[MAILS]);
}

#[tokio::test]
async fn a_message_in_no_state_at_all_is_found() {
    let app = mailed().await;
    for statement in [
        "UPDATE messages SET state = 'gone' WHERE state = 'due'",
        "UPDATE messages SET state = 'sent' WHERE state = 'due'",
        "UPDATE messages SET sent_at = NULL WHERE state = 'sent'",
        "UPDATE messages SET last_error = NULL WHERE state = 'parked'",
    ] {
        is_found(&app, statement, &[STATE]);
    }
}

#[tokio::test]
async fn a_lease_that_nobody_holds_or_that_never_ends_is_found() {
    let app = mailed().await;
    for statement in [
        "UPDATE messages SET lease = 7 WHERE state = 'due'",
        "UPDATE messages SET leased_until = created_at WHERE state = 'due'",
        "UPDATE messages SET lease = 7, leased_until = '2999-01-01 00:00:00' WHERE state = 'due'",
    ] {
        is_found(&app, statement, &[LEASE]);
    }
}

#[tokio::test]
async fn what_was_given_up_in_silence_is_found() {
    let app = mailed().await;
    is_found(&app, "DELETE FROM events WHERE type = 'mail.parked'", &[SILENT]);
}

#[tokio::test]
async fn a_counter_that_was_turned_is_found() {
    let app = mailed().await;
    let back = "UPDATE counters SET value = value - 1 WHERE name = 'event_sequence'";
    is_found(&app, back, &[AHEAD, NUMBER]);
    let ahead = "UPDATE counters SET value = value + 1 WHERE name = 'mail_sequence'";
    is_found(&app, ahead, &[AHEAD]);
}
