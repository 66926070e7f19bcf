//! Mails leave through a server: taken, refused, cut off, slow, down.

use std::time::Duration;

use chrono::TimeDelta;
use portal::clock;
use portal::mail::{Mailer, parse_smtp_url};
use portal::worker::Worker;

use super::server::{Deed, Server, Taken};
use super::{order, shop, stored};
use crate::app::{TestApp, run_until_idle};

const PATIENCE: Duration = Duration::from_secs(60);

fn worker(app: &TestApp, server: &Server, patience: Duration) -> Worker {
    app.worker(Mailer::smtp(parse_smtp_url(&server.url).unwrap(), patience).unwrap())
}

/// A shop whose one buyer placed so many orders; their mails wait.
async fn with_orders(count: usize) -> (TestApp, String) {
    let app = shop().await;
    let email = app.add_person("ACME", "buyer").await;
    app.mails().await;
    let buyer = app.sign_in(&email).await;
    for number in 1..=count {
        order(&buyer, &format!("PO-{number}")).await;
    }
    (app, email)
}

fn message_id(mail: &Taken) -> String {
    let found = mail.text.lines().find_map(|line| line.strip_prefix("Message-ID: "));
    found.unwrap().to_owned()
}

#[tokio::test]
async fn a_server_gets_whole_mails_over_one_connection() {
    let (app, email) = with_orders(3).await;
    let server = Server::start().await;
    run_until_idle(&mut worker(&app, &server, PATIENCE), clock::now()).await;
    let taken = server.taken();
    assert_eq!(taken.len(), 3);
    for (mail, message) in taken.iter().zip(stored(&app).await) {
        assert_eq!(mail.to, email);
        assert_eq!(message_id(mail), format!("<{}@portal.example>", message.id));
        assert!(mail.text.contains("multipart/alternative"), "{}", mail.text);
    }
    assert_eq!(server.connections(), 1);
    app.finish().await;
}

#[tokio::test]
async fn whatever_goes_wrong_a_mail_is_tried_again_under_the_same_id() {
    for (deed, is_taken_twice, told) in [
        (Deed::RefuseRecipient("450 mailbox busy"), false, "450"),
        (Deed::RefuseRecipient("550 no such user"), false, "550"),
        (Deed::RefuseMail("451 try later"), false, "451"),
        (Deed::RefuseMail("554 it looks like spam"), false, "554"),
        (Deed::HangUpAfterMail, true, ""),
    ] {
        let (app, _) = with_orders(1).await;
        let server = Server::start().await;
        let mut worker = worker(&app, &server, PATIENCE);
        server.next([deed]);
        let now = clock::now();
        run_until_idle(&mut worker, now).await;
        let message = stored(&app).await.remove(0);
        assert_eq!((message.state.as_str(), message.attempts), ("due", 1), "{deed:?}");
        let error = message.last_error.unwrap();
        assert!(error.contains(told), "{deed:?}: {error}");
        run_until_idle(&mut worker, now + TimeDelta::minutes(1)).await;
        let message = stored(&app).await.remove(0);
        assert_eq!((message.state.as_str(), message.attempts), ("sent", 2), "{deed:?}");
        let ids: Vec<_> = server.taken().iter().map(message_id).collect();
        assert_eq!(ids.len(), if is_taken_twice { 2 } else { 1 }, "{deed:?}");
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        app.check().await;
    }
}

#[tokio::test]
async fn a_mail_that_is_refused_does_not_hold_up_the_others() {
    let (app, _) = with_orders(5).await;
    let server = Server::start().await;
    server.next([
        Deed::RefuseRecipient("550 no such user"),
        Deed::RefuseMail("451 try later"),
    ]);
    run_until_idle(&mut worker(&app, &server, PATIENCE), clock::now()).await;
    assert_eq!(server.taken().len(), 3);
}

#[tokio::test]
async fn a_server_that_is_down_costs_one_mail_an_attempt() {
    let (app, _) = with_orders(6).await;
    let server = Server::start().await;
    server.set_down(true);
    let mut worker = worker(&app, &server, PATIENCE);
    let mut now = clock::now();
    for _ in 0..3 {
        run_until_idle(&mut worker, now).await;
        // Nothing while the pause lasts.
        run_until_idle(&mut worker, now).await;
        now += TimeDelta::seconds(10);
    }
    let attempts: i32 = stored(&app).await.iter().map(|message| message.attempts).sum();
    assert_eq!(attempts, 3);
    server.set_down(false);
    run_until_idle(&mut worker, now + TimeDelta::minutes(10)).await;
    assert_eq!(server.taken().len(), 6);
    app.finish().await;
}

#[tokio::test]
async fn a_server_that_is_slow_is_waited_for() {
    let (app, _) = with_orders(2).await;
    let server = Server::start().await;
    server.next([Deed::TakeSlowly(Duration::from_millis(700))]);
    run_until_idle(&mut worker(&app, &server, PATIENCE), clock::now()).await;
    assert_eq!(server.taken().len(), 2);
    app.finish().await;
}

#[tokio::test]
async fn a_server_that_is_too_slow_spoils_no_other_mail() {
    let (app, _) = with_orders(2).await;
    let server = Server::start().await;
    server.next([Deed::TakeSlowly(Duration::from_secs(3))]);
    let mut worker = worker(&app, &server, Duration::from_millis(500));
    let now = clock::now();
    run_until_idle(&mut worker, now).await;
    run_until_idle(&mut worker, now + TimeDelta::minutes(1)).await;
    let taken = server.taken();
    assert_eq!(taken.len(), 2, "{taken:#?}");
    for mail in &taken {
        assert_eq!(mail.text.matches("Message-ID:").count(), 1, "{}", mail.text);
        assert!(!mail.text.contains("NOOP"), "{}", mail.text);
    }
    assert!(stored(&app).await.iter().all(|message| message.state == "sent"));
}
