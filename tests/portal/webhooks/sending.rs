//! What is sent, by what it is signed, in which order, and what becomes of failures.

use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::TimeDelta;
use data_encoding::BASE64;
use portal::clock;
use portal::ids::OrderId;
use ring::hmac;
use serde_json::json;
use standardwebhooks::Webhook;

use super::receiver::Got;
use super::{Deed, Hooked, Receiver, endpoint, id};

/// By the words of the specification, and by nothing that the portal uses.
fn signed(got: &Got, secret: &str) -> String {
    let key = BASE64
        .decode(secret.strip_prefix("whsec_").unwrap().as_bytes())
        .unwrap();
    let text = format!("{}.{}.{}", got.id(), got.header("webhook-timestamp"), got.text);
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), text.as_bytes());
    format!("v1,{}", BASE64.encode(tag.as_ref()))
}

fn order(number: i64) -> OrderId {
    OrderId(number)
}

#[tokio::test]
async fn an_endpoint_gets_what_happens_as_the_feed_has_it_and_signed() {
    let hooked = Hooked::start().await;
    let (admin, receiver) = (hooked.admin("ACME").await, Receiver::start().await);
    hooked.accept("ACME", order(1)).await;
    let endpoint = endpoint(&admin, &receiver.url).await;
    hooked.accept("ACME", order(2)).await;
    hooked.send().await;
    let got = receiver.got();
    assert_eq!(got.len(), 1, "what happened before it was there is left out");
    let feed = admin.get("/events").await.expect(200);
    let event = feed["data"].as_array().unwrap().last().unwrap().clone();
    let body = got[0].body();
    for (ours, theirs) in [
        ("id", "id"),
        ("type", "type"),
        ("version", "version"),
        ("timestamp", "occurred_at"),
        ("subject", "subject"),
        ("data", "data"),
    ] {
        assert_eq!(body[ours], event[theirs], "{ours}");
    }
    assert_eq!(
        (got[0].id(), got[0].header("content-type")),
        (id(&event), "application/json")
    );
    assert_eq!((body["content"].as_str(), body.get("account")), (Some("full"), None));
    let secret = endpoint["secret"].as_str().unwrap();
    assert_eq!(got[0].header("webhook-signature"), signed(&got[0], secret));
    Webhook::new(secret)
        .unwrap()
        .verify(got[0].text.as_bytes(), &got[0].headers)
        .unwrap();
    let seen = admin
        .get(&format!("/webhook-endpoints/{}", id(&endpoint)))
        .await
        .expect(200);
    assert_eq!(
        (&seen["secret"], &seen["failures"], &seen["waiting"]),
        (&json!(null), &json!(0), &json!(0))
    );
    assert!(seen["last_success_at"].is_string());
    hooked.send().await;
    assert_eq!(receiver.got().len(), 1);
    hooked.app.check().await;
}

#[tokio::test]
async fn what_is_about_one_object_arrives_in_order_and_holds_nothing_else_up() {
    let hooked = Hooked::start().await;
    let admin = hooked.admin("ACME").await;
    let first = order(1).to_string();
    let failures = AtomicUsize::new(2);
    let about = first.clone();
    let receiver = Receiver::doing(move |got| {
        let fails = got.body()["subject"] == about.as_str();
        let is_left = |left: usize| left.checked_sub(1);
        match fails
            && failures
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, is_left)
                .is_ok()
        {
            true => Deed::status(500),
            false => Deed::status(200),
        }
    })
    .await;
    endpoint(&admin, &receiver.url).await;
    for number in [1, 1, 2, 1] {
        hooked.accept("ACME", order(number)).await;
    }
    let now = clock::now();
    hooked.send_at(now).await;
    let state = |state: &str, attempts| (state.to_owned(), attempts);
    assert_eq!(
        hooked.states().await,
        [
            state("due", 1),
            state("behind", 0),
            state("delivered", 1),
            state("behind", 0)
        ]
    );
    hooked.send_at(now + TimeDelta::seconds(7)).await;
    assert_eq!(receiver.got().len(), 3, "tried after five seconds");
    hooked.send_at(now + TimeDelta::seconds(60)).await;
    assert_eq!(receiver.got().len(), 3, "and then not for five minutes");
    hooked.send_at(now + TimeDelta::seconds(400)).await;
    let all: Vec<_> = receiver
        .got()
        .iter()
        .filter(|got| got.body()["subject"] == first.as_str())
        .map(|got| got.id().to_owned())
        .collect();
    assert_eq!(all.len(), 5);
    assert!(
        all[0] == all[1] && all[1] == all[2] && all[2] < all[3] && all[3] < all[4],
        "{all:?}"
    );
    assert!(hooked.states().await.iter().all(|(state, _)| state == "delivered"));
    hooked.app.check().await;
}

#[tokio::test]
async fn an_endpoint_that_is_gone_is_switched_off_and_its_admins_are_told() {
    let hooked = Hooked::start().await;
    let admin = hooked.admin("ACME").await;
    let receiver = Receiver::doing(|_| Deed::status(410)).await;
    let endpoint = endpoint(&admin, &receiver.url).await;
    hooked.accept("ACME", order(1)).await;
    hooked.send().await;
    hooked.accept("ACME", order(2)).await;
    hooked.send_at(clock::now() + TimeDelta::hours(1)).await;
    assert_eq!(receiver.got().len(), 1);
    let path = format!("/webhook-endpoints/{}", id(&endpoint));
    let seen = admin.get(&path).await.expect(200);
    assert_eq!(
        (seen["state"].as_str(), seen["disabled_because"].as_str()),
        (Some("disabled"), Some("gone"))
    );
    admin
        .post(&format!("{path}/test"), json!({}))
        .await
        .problem(409, "webhook_state");
    let mails = hooked.app.mails().await;
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].texts.subject.contains("switched off"),
        "{}",
        mails[0].texts.subject
    );
    assert!(
        mails[0]
            .texts
            .text
            .contains(&path.replace("/webhook-endpoints/", "/webhooks/")),
        "{}",
        mails[0].texts.text
    );
    let entries = hooked
        .staff()
        .await
        .get("/supplier/audit?action=webhook_endpoint.disable")
        .await
        .expect(200);
    assert_eq!(entries["data"][0]["details"]["because"], "gone");
    // What waited is sent once somebody switches it on.
    admin.post(&format!("{path}/enable"), json!({})).await.expect(200);
    hooked.send().await;
    assert_eq!(receiver.got().len(), 2);
}

#[tokio::test]
async fn an_endpoint_that_asks_for_time_gets_it() {
    let hooked = Hooked::start().await;
    let admin = hooked.admin("ACME").await;
    let asked = AtomicUsize::new(0);
    let receiver = Receiver::doing(move |_| match asked.fetch_add(1, Ordering::Relaxed) {
        0 => Deed::Answer(429, "retry-after: 120\r\n", Vec::new()),
        _ => Deed::status(200),
    })
    .await;
    endpoint(&admin, &receiver.url).await;
    hooked.accept("ACME", order(1)).await;
    let now = clock::now();
    hooked.send_at(now).await;
    hooked.accept("ACME", order(2)).await;
    hooked.send_at(now + TimeDelta::seconds(100)).await;
    assert_eq!(receiver.got().len(), 1, "nothing else goes there meanwhile");
    hooked.send_at(now + TimeDelta::seconds(130)).await;
    assert_eq!(receiver.got().len(), 3);
}

#[tokio::test]
async fn both_secrets_sign_while_one_is_exchanged() {
    let hooked = Hooked::start().await;
    let (admin, receiver) = (hooked.admin("ACME").await, Receiver::start().await);
    let made = endpoint(&admin, &receiver.url).await;
    let path = format!("/webhook-endpoints/{}", id(&made));
    let rotated = admin
        .post(&format!("{path}/rotate-secret"), json!({}))
        .await
        .expect(200);
    let (old, new) = (made["secret"].as_str().unwrap(), rotated["secret"].as_str().unwrap());
    assert_ne!(old, new);
    assert!(rotated["old_secret_until"].is_string());
    hooked.accept("ACME", order(1)).await;
    hooked.send().await;
    let got = receiver.got().remove(0);
    let both = format!("{} {}", signed(&got, new), signed(&got, old));
    assert_eq!(got.header("webhook-signature"), both);
    for secret in [old, new] {
        Webhook::new(secret)
            .unwrap()
            .verify(got.text.as_bytes(), &got.headers)
            .unwrap();
    }
    // A day later the new one signs alone.
    hooked.accept("ACME", order(2)).await;
    hooked.send_at(clock::now() + TimeDelta::hours(25)).await;
    let got = receiver.got().remove(1);
    assert_eq!(got.header("webhook-signature"), signed(&got, new));
    // Or at once, where somebody wants it so.
    let again = admin
        .post(&format!("{path}/rotate-secret"), json!({}))
        .await
        .expect(200);
    let retired = admin
        .post(&format!("{path}/retire-secret"), json!({}))
        .await
        .expect(200);
    assert_eq!(
        (&retired["old_secret_until"], &retired["secret"]),
        (&json!(null), &json!(null))
    );
    let never = admin
        .post(&format!("{path}/rotate-secret"), json!({"old_secret_hours": 0}))
        .await
        .expect(200);
    assert_eq!(never["old_secret_until"], json!(null));
    assert_ne!(again["secret"], never["secret"]);
    let faults = admin
        .post(&format!("{path}/rotate-secret"), json!({"old_secret_hours": 73}))
        .await
        .faults();
    assert_eq!(faults, [("/old_secret_hours".to_owned(), "value_invalid".to_owned())]);
    hooked.accept("ACME", order(3)).await;
    hooked.send().await;
    let got = receiver.got().remove(2);
    assert_eq!(
        got.header("webhook-signature"),
        signed(&got, never["secret"].as_str().unwrap())
    );
}

#[tokio::test]
async fn attempts_end_after_three_days_and_the_owners_are_told_once() {
    let hooked = Hooked::start().await;
    let admin = hooked.admin("ACME").await;
    let is_well = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let answers = is_well.clone();
    let receiver = Receiver::doing(move |_| match answers.load(Ordering::Relaxed) {
        true => Deed::status(200),
        false => Deed::Answer(500, "", b"no \x1b[31mroom".to_vec()),
    })
    .await;
    let made = endpoint(&admin, &receiver.url).await;
    for number in [1, 2] {
        hooked.accept("ACME", order(number)).await;
    }
    let started = clock::now();
    let mut now = started;
    while hooked.states().await.iter().any(|(state, _)| state != "parked") || hooked.states().await.is_empty() {
        hooked.send_at(now).await;
        now += TimeDelta::minutes(20);
        assert!(now - started < TimeDelta::hours(110), "{:?}", hooked.states().await);
    }
    assert!(now - started > TimeDelta::hours(72), "{}", now - started);
    assert_eq!(receiver.got().len(), 20);
    let mails = hooked.app.mails().await;
    assert_eq!(mails.len(), 1, "not one for each delivery");
    assert!(
        mails[0].texts.subject.starts_with("Webhooks fail"),
        "{}",
        mails[0].texts.subject
    );
    // Each attempt is kept, with the beginning of the answer.
    let path = format!("/webhook-endpoints/{}", id(&made));
    let parked = admin.get(&format!("{path}/deliveries?state=parked")).await.expect(200);
    assert_eq!(parked["data"].as_array().unwrap().len(), 2);
    let first = format!("/webhook-deliveries/{}", id(&parked["data"][1]));
    let delivery = admin.get(&first).await.expect(200);
    let attempts = delivery["attempts"].as_array().unwrap();
    assert_eq!((attempts.len(), delivery["attempts_made"].as_i64()), (10, Some(10)));
    assert_eq!(
        (&attempts[0]["answer"], &attempts[0]["status"]),
        (&json!("no [31mroom"), &json!(500))
    );
    assert_eq!(
        (&attempts[0]["error"], &delivery["last_error"]),
        (&json!("status"), &json!("status"))
    );
    // One is sent again, by hand; what is well is told no more of.
    is_well.store(true, Ordering::Relaxed);
    let again = admin.post(&format!("{first}/resend"), json!({})).await.expect(200);
    assert_eq!(again["state"], "due");
    admin
        .post(&format!("{first}/resend"), json!({}))
        .await
        .problem(409, "webhook_state");
    hooked.send_at(now).await;
    let delivery = admin.get(&first).await.expect(200);
    assert_eq!(
        (delivery["state"].as_str(), delivery["attempts_made"].as_i64()),
        (Some("delivered"), Some(1))
    );
    assert_eq!(delivery["attempts"].as_array().unwrap().len(), 11);
    assert_eq!(
        receiver.got()[20].id(),
        delivery["event"].as_str().unwrap(),
        "the id stays the same"
    );
    hooked.app.check().await;
}

#[tokio::test]
async fn an_endpoint_without_a_success_for_five_days_is_switched_off() {
    let hooked = Hooked::start().await;
    let admin = hooked.admin("ACME").await;
    let receiver = Receiver::doing(|_| Deed::HangUp).await;
    let made = endpoint(&admin, &receiver.url).await;
    let started = clock::now();
    for day in 0..7 {
        hooked.accept("ACME", order(day)).await;
        hooked.send_at(started + TimeDelta::days(day)).await;
    }
    let seen = admin
        .get(&format!("/webhook-endpoints/{}", id(&made)))
        .await
        .expect(200);
    assert_eq!(seen["disabled_because"], "given_up");
    let mails = hooked.app.mails().await;
    assert!(mails.last().unwrap().texts.subject.contains("switched off"));
    let deliveries = admin
        .get(&format!("/webhook-endpoints/{}/deliveries", id(&made)))
        .await
        .expect(200);
    assert_eq!(
        deliveries["data"].as_array().unwrap().last().unwrap()["last_error"],
        "broken"
    );
}

#[tokio::test]
async fn a_thin_endpoint_gets_what_to_ask_for() {
    let hooked = Hooked::start().await;
    let (admin, receiver) = (hooked.admin("ACME").await, Receiver::start().await);
    let body = json!({"url": receiver.url, "content": "thin", "kinds": ["order.accepted"]});
    admin.post("/webhook-endpoints", body).await.expect(201);
    hooked.accept("ACME", order(7)).await;
    hooked.send().await;
    let subject = order(7).to_string();
    let url = format!("https://portal.example/api/v1/orders/{subject}");
    assert_eq!(receiver.got()[0].body()["data"], json!({"id": subject, "url": url}));
}
