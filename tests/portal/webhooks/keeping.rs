//! Endpoints are added, changed and removed by those who may; each gets its own account's events and no others.

use chrono::TimeDelta;
use portal::clock;
use portal::db::sql;
use portal::events::Entry;
use portal::events::payloads::{AccessChanged, MemberRemoved, PasswordResetRequested};
use portal::ids::{MessageId, OrderId, PasswordResetId, PersonId};
use portal::names::sets::AccessChange;
use portal::worker::housekeeping;
use reqwest::Method;
use serde_json::json;

use super::{Deed, Hooked, Receiver, endpoint, id};
use crate::clients;
use crate::made_up::parked;

/// Events of which each concerns somebody else.
async fn happen(hooked: &Hooked) {
    let acme = Some(hooked.account_id("ACME").await);
    let changed = AccessChanged {
        what: AccessChange::Password,
        by: None,
        roles: Vec::new(),
    };
    let removed = MemberRemoved {
        email: "a@acme.example".to_owned(),
        name: "Ada".to_owned(),
    };
    hooked
        .happen_all(vec![
            Entry::new(acme, PersonId(1), changed),
            Entry::new(acme, PasswordResetId(2), PasswordResetRequested {}),
            Entry::new(None, MessageId(3), parked()),
            Entry::new(acme, PersonId(4), removed),
        ])
        .await;
    hooked.accept("ACME", OrderId(5)).await;
    hooked.accept("RIVAL", OrderId(6)).await;
}

#[tokio::test]
async fn an_account_gets_its_own_events_and_the_supplier_all_that_are_nobodys_own() {
    let hooked = Hooked::start().await;
    let (acme, rival, staff) = (
        hooked.admin("ACME").await,
        hooked.admin("RIVAL").await,
        hooked.staff().await,
    );
    let [to_acme, to_rival, to_supplier, to_some] = [
        Receiver::start().await,
        Receiver::start().await,
        Receiver::start().await,
        Receiver::start().await,
    ];
    endpoint(&acme, &to_acme.url).await;
    endpoint(&rival, &to_rival.url).await;
    staff
        .post("/supplier/webhook-endpoints", json!({"url": to_supplier.url}))
        .await
        .expect(201);
    let some = json!({"url": to_some.url, "kinds": ["mail.parked"]});
    staff.post("/supplier/webhook-endpoints", some).await.expect(201);
    happen(&hooked).await;
    hooked.send().await;
    let sorted = |receiver: &Receiver| {
        let mut kinds = receiver.of_all("type");
        kinds.sort();
        kinds
    };
    assert_eq!(sorted(&to_acme), ["member.removed", "order.accepted"]);
    assert_eq!(sorted(&to_rival), ["order.accepted"]);
    assert_eq!(to_rival.subjects(), [OrderId(6).to_string()]);
    assert_eq!(
        sorted(&to_supplier),
        ["mail.parked", "member.removed", "order.accepted", "order.accepted"]
    );
    assert_eq!(sorted(&to_some), ["mail.parked"]);
    let accounts = to_supplier.of_all("account");
    assert_eq!(accounts.iter().filter(|id| id.starts_with("acc_")).count(), 3);
    hooked.app.check().await;
}

#[tokio::test]
async fn strangers_find_nothing() {
    let hooked = Hooked::start().await;
    let (acme, rival, staff) = (
        hooked.admin("ACME").await,
        hooked.admin("RIVAL").await,
        hooked.staff().await,
    );
    let receiver = Receiver::start().await;
    let made = endpoint(&acme, &receiver.url).await;
    hooked.accept("ACME", OrderId(1)).await;
    hooked.send().await;
    let path = format!("/webhook-endpoints/{}", id(&made));
    let deliveries = acme.get(&format!("{path}/deliveries")).await.expect(200);
    let delivery = format!("/webhook-deliveries/{}", id(&deliveries["data"][0]));
    for (who, prefix) in [(&rival, ""), (&staff, "/supplier")] {
        let at = |rest: &str| format!("{prefix}{rest}");
        assert_eq!(who.get(&at("/webhook-endpoints")).await.expect(200)["data"], json!([]));
        who.get(&at(&path)).await.problem(404, "not_found");
        who.get(&at(&format!("{path}/deliveries")))
            .await
            .problem(404, "not_found");
        who.get(&at(&delivery)).await.problem(404, "not_found");
        who.post(&at(&format!("{delivery}/resend")), json!({}))
            .await
            .problem(404, "not_found");
        for act in ["enable", "disable", "test", "rotate-secret", "retire-secret"] {
            who.post(&at(&format!("{path}/{act}")), json!({}))
                .await
                .problem(404, "not_found");
        }
        let span = json!({"from": "2026-01-01T00:00:00Z"});
        who.post(&at(&format!("{path}/replay")), span)
            .await
            .problem(404, "not_found");
        let change = json!({"url": receiver.url});
        who.change(Method::PATCH, &at(&path), "*", Some(change))
            .await
            .problem(404, "not_found");
        who.change(Method::DELETE, &at(&path), "*", None)
            .await
            .problem(404, "not_found");
    }
    acme.get(&format!("/supplier{path}")).await.problem(403, "forbidden");
    let buyer = hooked.app.person("ACME", "buyer").await;
    buyer.get(&path).await.problem(403, "forbidden");
}

#[tokio::test]
async fn what_is_wrong_with_an_endpoint_is_told_at_once() {
    let hooked = Hooked::start().await;
    let admin = hooked.admin("ACME").await;
    let wrong = json!({
        "url": "http://erp.example/", "description": "x".repeat(201), "content": "fat",
        "kinds": ["order.placed", "order.lost", "order.placed", "access.changed", "mail.parked"],
    });
    let faults = admin.post("/webhook-endpoints", wrong.clone()).await.faults();
    let fault = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    assert_eq!(
        faults,
        [
            fault("/url", "url_refused"),
            fault("/description", "value_too_long"),
            fault("/content", "value_invalid"),
            fault("/kinds/1", "unknown_event_type"),
            fault("/kinds/2", "value_invalid"),
            fault("/kinds/3", "unknown_event_type"),
            fault("/kinds/4", "unknown_event_type"),
        ]
    );
    let problem = admin.post("/webhook-endpoints", wrong).await.json();
    let detail = problem["errors"][3]["detail"].as_str().unwrap();
    assert!(
        detail.contains("order.accepted") && !detail.contains("access.changed"),
        "{detail}"
    );
    let none = json!({"url": "https://erp.example/", "kinds": []});
    assert_eq!(
        admin.post("/webhook-endpoints", none).await.faults(),
        [fault("/kinds", "required")]
    );
}

#[tokio::test]
async fn an_endpoint_is_changed_by_its_version_and_removed_with_all_it_had() {
    let hooked = Hooked::start().await;
    let (admin, receiver) = (hooked.admin("ACME").await, Receiver::start().await);
    let made = endpoint(&admin, &receiver.url).await;
    let path = format!("/webhook-endpoints/{}", id(&made));
    let change = json!({"kinds": ["order.placed"], "content": "thin"});
    let stale = admin.change(Method::PATCH, &path, "\"7\"", Some(change.clone())).await;
    stale.problem(412, "precondition_failed");
    let changed = admin
        .change(Method::PATCH, &path, "\"1\"", Some(change))
        .await
        .expect(200);
    assert_eq!(
        (&changed["kinds"], &changed["content"]),
        (&json!(["order.placed"]), &json!("thin"))
    );
    assert_eq!(
        (&changed["description"], &changed["etag"]),
        (&json!("ERP"), &json!("\"2\""))
    );
    hooked.accept("ACME", OrderId(1)).await;
    hooked.send().await;
    assert_eq!(receiver.got().len(), 0, "it wants another type");
    let all = admin
        .change(Method::PATCH, &path, "\"2\"", Some(json!({"kinds": null})))
        .await
        .expect(200);
    assert_eq!(all["kinds"], json!(null));
    hooked.accept("ACME", OrderId(2)).await;
    hooked.send().await;
    assert_eq!(receiver.got().len(), 1);
    // Switched off, nothing is kept for it.
    admin.post(&format!("{path}/disable"), json!({})).await.expect(200);
    admin
        .post(&format!("{path}/disable"), json!({}))
        .await
        .problem(409, "webhook_state");
    hooked.accept("ACME", OrderId(3)).await;
    hooked.send().await;
    admin.post(&format!("{path}/enable"), json!({})).await.expect(200);
    admin
        .post(&format!("{path}/enable"), json!({}))
        .await
        .problem(409, "webhook_state");
    hooked.send().await;
    assert_eq!(receiver.got().len(), 1);
    assert_eq!(admin.change(Method::DELETE, &path, "*", None).await.status, 204);
    admin.get(&path).await.problem(404, "not_found");
    hooked.accept("ACME", OrderId(4)).await;
    while housekeeping::step(hooked.app.db(), clock::now()).await.unwrap() > 0 {}
    let left = hooked.app.db().read(|connection| {
        sql(
            "SELECT (SELECT COUNT(*) FROM webhook_endpoints) + (SELECT COUNT(*) FROM webhook_deliveries) \
             + (SELECT COUNT(*) FROM webhook_attempts)",
        )
        .one::<i64>(connection)
    });
    assert_eq!(left.await.unwrap(), 0, "housekeeping deletes it");
}

#[tokio::test]
async fn there_may_be_twenty_endpoints() {
    let hooked = Hooked::start().await;
    let admin = hooked.admin("ACME").await;
    for _ in 0..20 {
        endpoint(&admin, "https://erp.example/hooks").await;
    }
    let more = json!({"url": "https://erp.example/hooks"});
    admin
        .post("/webhook-endpoints", more.clone())
        .await
        .problem(409, "too_many_endpoints");
    hooked
        .admin("RIVAL")
        .await
        .post("/webhook-endpoints", more)
        .await
        .expect(201);
    let page = admin.get("/webhook-endpoints?limit=15").await.expect(200);
    let rest = admin
        .get(&format!(
            "/webhook-endpoints?cursor={}",
            page["next_cursor"].as_str().unwrap()
        ))
        .await
        .expect(200);
    assert_eq!(rest["data"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn a_test_tells_what_came_of_it() {
    let hooked = Hooked::start().await;
    let admin = hooked.admin("ACME").await;
    let receiver = Receiver::doing(|_| Deed::Answer(418, "", b"short and stout".to_vec())).await;
    let made = endpoint(&admin, &receiver.url).await;
    let path = format!("/webhook-endpoints/{}", id(&made));
    let test = admin.post(&format!("{path}/test"), json!({})).await.expect(202);
    assert_eq!(
        (test["type"].as_str(), &test["event"]),
        (Some("webhook.test"), &json!(null))
    );
    assert_eq!(test["subject"], made["id"]);
    hooked.send_at(clock::now() + TimeDelta::hours(1)).await;
    assert_eq!(receiver.got().len(), 1, "it is tried once");
    assert_eq!(receiver.got()[0].body()["data"], json!({"endpoint": made["id"]}));
    let delivery = admin
        .get(&format!("/webhook-deliveries/{}", id(&test)))
        .await
        .expect(200);
    assert_eq!(
        (delivery["state"].as_str(), delivery["last_status"].as_i64()),
        (Some("parked"), Some(418))
    );
    assert_eq!(delivery["attempts"][0]["answer"], "short and stout");
    let seen = admin.get(&path).await.expect(200);
    assert_eq!(seen["failures"], 0, "it says nothing of how the endpoint does");
    assert_eq!(hooked.app.mails().await.len(), 0);
    for _ in 1..10 {
        admin.post(&format!("{path}/test"), json!({})).await.expect(202);
    }
    let too_many = admin.post(&format!("{path}/test"), json!({})).await;
    too_many.problem(429, "throttled");
}

#[tokio::test]
async fn a_span_is_sent_again_also_from_before_the_endpoint_was_there() {
    let hooked = Hooked::start().await;
    let (admin, receiver) = (hooked.admin("ACME").await, Receiver::start().await);
    let acme = hooked.account_id("ACME").await;
    let accepted = |number: i64| {
        let order = OrderId(number % 3);
        let accepted = portal::events::payloads::OrderAccepted {
            order: crate::made_up::head(order),
        };
        Entry::new(Some(acme), order, accepted)
    };
    // More than are queued at a time.
    hooked.happen_all((0..450).map(accepted).collect()).await;
    hooked.accept("RIVAL", OrderId(9)).await;
    hooked.send().await;
    let wanted = json!({"url": receiver.url, "kinds": ["order.accepted"]});
    let made = admin.post("/webhook-endpoints", wanted).await.expect(201);
    let path = format!("/webhook-endpoints/{}/replay", id(&made));
    let from = clock::rfc3339(clock::now() - TimeDelta::hours(1));
    let replay = admin.post(&path, json!({"from": from})).await.expect(202);
    assert_eq!(replay["events"], 450);
    admin
        .post(&path, json!({"from": from}))
        .await
        .problem(409, "webhook_state");
    hooked.send().await;
    let got = receiver.got();
    assert_eq!(got.len(), 450);
    for subject in (0..3).map(|number| OrderId(number).to_string()) {
        let of_one: Vec<_> = got
            .iter()
            .filter(|got| got.body()["subject"] == subject.as_str())
            .map(|got| got.id().to_owned())
            .collect();
        assert!(of_one.len() == 150 && of_one.is_sorted(), "{subject}");
    }
    // Once more, by the same ids.
    assert_eq!(
        admin.post(&path, json!({"from": from})).await.expect(202)["events"],
        450
    );
    hooked.send().await;
    let ids: std::collections::BTreeSet<_> = receiver.got().iter().map(|got| got.id().to_owned()).collect();
    assert_eq!((receiver.got().len(), ids.len()), (900, 450));
    for (span, pointer) in [
        (json!({"from": "yesterday"}), "/from"),
        (json!({"from": from, "to": "soon"}), "/to"),
        (json!({"from": "2020-01-01T00:00:00Z"}), "/from"),
        (json!({"from": from, "to": "2020-01-01T00:00:00Z"}), "/from"),
    ] {
        let faults = admin.post(&path, span).await.faults();
        assert_eq!(faults, [(pointer.to_owned(), "value_invalid".to_owned())]);
    }
    hooked.app.check().await;
}

/// What a program adds hears no more than the program may read.
#[tokio::test]
async fn a_program_hears_by_an_endpoint_what_it_may_read_and_nothing_more() {
    let hooked = Hooked::start().await;
    let admin = hooked.admin("ACME").await;
    let body = json!({"url": "http://127.0.0.1:9/hooks", "kinds": ["order.placed"]});
    let (program, secret) = clients::add(&admin, "/clients", &["webhooks:read", "webhooks:write", "events:read"]).await;
    let blind = clients::token(&hooked.node.anonymous(), &program, &secret, "webhooks:write").await;
    let problem = blind.post("/webhook-endpoints", body.clone()).await;
    let problem = problem.problem(403, "insufficient_scope");
    assert_eq!(problem["params"]["scope"], "events:read");

    // Without members:read it may not even name what tells of people.
    let reader = clients::token(&hooked.node.anonymous(), &program, &secret, "").await;
    let about_people = json!({"url": "http://127.0.0.1:9/hooks", "kinds": ["member.added"]});
    let faults = reader.post("/webhook-endpoints", about_people).await.faults();
    assert_eq!(faults, [("/kinds/0".to_owned(), "unknown_event_type".to_owned())]);
    let own = reader.post("/webhook-endpoints", body.clone()).await.expect(201);
    let path = |endpoint: &serde_json::Value| format!("/webhook-endpoints/{}", endpoint["id"].as_str().unwrap());
    reader
        .post(&format!("{}/test", path(&own)), json!({}))
        .await
        .expect(202);

    // An endpoint that people added hears more: the program may neither lead it elsewhere nor have it hear the past.
    let theirs = admin.post("/webhook-endpoints", body).await.expect(201);
    let elsewhere = json!({"url": "http://127.0.0.1:8/hooks"});
    let moved = reader.change(Method::PATCH, &path(&theirs), "*", Some(elsewhere)).await;
    assert_eq!(
        moved.problem(403, "insufficient_scope")["params"]["scope"],
        "members:read"
    );
    let span = json!({"from": "2026-11-01T00:00:00Z", "to": "2026-11-30T00:00:00Z"});
    let replayed = reader.post(&format!("{}/replay", path(&theirs)), span).await;
    replayed.problem(403, "insufficient_scope");

    // Once it is revoked nobody hears what it wanted to: its endpoint is switched off and the admins are told.
    hooked.app.mails().await;
    let revoke = format!("/clients/{}/revoke", program);
    admin.post(&revoke, json!({})).await.expect(200);
    hooked.send().await;
    let own = admin.get(&path(&own)).await.expect(200);
    assert_eq!(
        (&own["state"], &own["disabled_because"]),
        (&json!("disabled"), &json!("program_revoked"))
    );
    assert_eq!(admin.get(&path(&theirs)).await.expect(200)["state"], "enabled");
    let told = hooked.app.mails().await.into_iter();
    assert_eq!(
        told.filter(|mail| mail.texts.subject.contains("Webhooks are switched off"))
            .count(),
        1
    );
}

/// What it hears is told by the order in which things were stored, not by when they began.
#[tokio::test]
async fn what_began_before_an_endpoint_was_there_and_ended_afterwards_is_heard() {
    let hooked = Hooked::start().await;
    let (admin, receiver) = (hooked.admin("ACME").await, Receiver::start().await);
    let acme = hooked.account_id("ACME").await;
    let accepted = |number: i64| {
        let accepted = portal::events::payloads::OrderAccepted {
            order: crate::made_up::head(OrderId(number)),
        };
        Entry::new(Some(acme), OrderId(number), accepted)
    };
    hooked.happen(accepted(1)).await;
    endpoint(&admin, &receiver.url).await;
    hooked
        .happen_at(vec![accepted(2)], clock::now() - TimeDelta::minutes(5))
        .await;
    hooked.send().await;
    assert_eq!(receiver.subjects(), [OrderId(2).to_string()]);
}
