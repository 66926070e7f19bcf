//! The desk sees every mail and can have it sent again.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use portal::clock;
use portal::mail::{Mailer, Memory, SendError};
use serde_json::{Value, json};

use super::{header, order, shop};
use crate::app::{ATTEMPTS_MAX, run_until_idle};
use crate::client::unique;

fn column(list: &Value, name: &str) -> Vec<String> {
    let rows = list["data"].as_array().unwrap().iter();
    rows.map(|row| row[name].as_str().unwrap_or("none").to_owned())
        .collect()
}

#[tokio::test]
async fn messages_are_listed_by_state_account_and_kind() {
    let app = shop().await;
    let desk = app.staff("customer_service").await;
    let (acme, rival) = (app.person("ACME", "buyer").await, app.person("RIVAL", "buyer").await);
    for client in [&acme, &rival, &acme] {
        order(client, &format!("PO-{}", unique())).await;
    }
    app.mails().await;
    order(&acme, &format!("PO-{}", unique())).await;
    let all = desk.get("/supplier/messages").await.expect(200);
    assert_eq!(
        column(&all, "state"),
        ["sent", "sent", "sent"],
        "the last order is not looked at yet"
    );
    assert_eq!(column(&all, "account"), ["ACME", "RIVAL", "ACME"], "the newest first");
    let one = &all["data"][0];
    assert!(one["id"].as_str().unwrap().starts_with("msg_"), "{one}");
    assert!(one["recipient"].as_str().unwrap().contains('@'), "{one}");
    assert!(one["subject"].as_str().unwrap().starts_with("[PO-"), "{one}");
    assert!(
        one["sent_at"].is_string() && one["next_attempt_at"].is_null() && one["last_error"].is_null(),
        "{one}"
    );
    for (query, count) in [
        ("state=sent", 3),
        ("state=due", 0),
        ("account=RIVAL", 1),
        ("account=NOBODY", 0),
        ("kind=order_placed", 3),
        ("kind=order_placed&account=ACME&state=sent", 2),
        ("kind=shipped", 0),
    ] {
        let list = desk.get(&format!("/supplier/messages?{query}")).await.expect(200);
        assert_eq!(list["data"].as_array().unwrap().len(), count, "{query}");
    }
    for query in ["state=lost", "kind=newsletter"] {
        let faults = desk.get(&format!("/supplier/messages?{query}")).await.faults();
        let pointer = format!("/{}", query.split('=').next().unwrap());
        assert_eq!(faults, [(pointer, "value_invalid".to_owned())]);
    }
    let first = desk.get("/supplier/messages?limit=2").await.expect(200);
    let next = first["next_cursor"].as_str().unwrap();
    let rest = desk
        .get(&format!("/supplier/messages?limit=2&cursor={next}"))
        .await
        .expect(200);
    let ids: BTreeSet<_> = [column(&first, "id"), column(&rest, "id")]
        .concat()
        .into_iter()
        .collect();
    assert_eq!((ids.len(), rest["next_cursor"].is_null()), (3, true));
}

#[tokio::test]
async fn a_mail_that_was_sent_goes_out_once_more_as_another_one() {
    let app = shop().await;
    let desk = app.staff("customer_service").await;
    let buyer = app.person("ACME", "buyer").await;
    order(&buyer, "PO-1").await;
    let first = app.mails().await.remove(0);
    let resend = format!("/supplier/messages/{}/resend", first.name);
    let due = desk.post(&resend, json!({})).await.expect(200);
    assert_eq!((&due["state"], &due["attempts"]), (&json!("due"), &json!(0)));
    assert!(due["next_attempt_at"].is_string() && due["sent_at"].is_null(), "{due}");
    desk.post(&resend, json!({})).await.problem(409, "message_due");
    let second = app.mails().await.remove(0);
    assert_eq!(second.texts.subject, first.texts.subject);
    assert_ne!(header(&second, "Message-ID"), header(&first, "Message-ID"));
    assert_eq!(header(&second, "References"), header(&first, "References"));
    let unknown = format!("/supplier/messages/{}/resend", portal::ids::MessageId::new());
    desk.post(&unknown, json!({})).await.problem(404, "not_found");
    app.finish().await;
}

#[tokio::test]
async fn a_mail_that_was_given_up_is_tried_anew_under_its_own_id() {
    let app = shop().await;
    let desk = app.staff("key_account_manager").await;
    let buyer = app.person("ACME", "buyer").await;
    order(&buyer, "PO-1").await;
    let sent = Memory::default();
    let mut worker = app.worker(Mailer::Memory(sent.clone()));
    sent.fail((0..ATTEMPTS_MAX).map(|_| SendError::Refused("550 no such user".to_owned())));
    let mut now = clock::now();
    for _ in 0..ATTEMPTS_MAX {
        run_until_idle(&mut worker, now).await;
        now += TimeDelta::hours(2);
    }
    let parked = desk.get("/supplier/messages?state=parked").await.expect(200);
    let message = &parked["data"][0];
    assert_eq!(message["last_error"], "550 no such user");
    assert_eq!(message["attempts"], ATTEMPTS_MAX);
    let id = message["id"].as_str().unwrap();
    desk.post(&format!("/supplier/messages/{id}/resend"), json!({}))
        .await
        .expect(200);
    let mail = app.mails().await.remove(0);
    assert_eq!(mail.name, id);
    app.finish().await;
}
