//! `Idempotency-Key`: one effect for each key.

use reqwest::Method;
use serde_json::json;

use super::{line, order, shop};

fn wanted() -> serde_json::Value {
    let mut wanted = order(&[line("BOLT", "H87", "10")]);
    wanted["po_number"] = json!("PO-1");
    wanted
}

#[tokio::test]
async fn a_repeated_request_gets_the_same_order() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let first = buyer.post_with_key("/orders", "the-key", wanted()).await;
    assert_eq!(first.header("idempotency-replayed"), "");
    // The same after parsing: another order of the members, a number instead of its text.
    let rewritten = r#"{"lines": [{"quantity": 10, "unit": "H87", "sku": "BOLT"}], "po_number": "PO-1"}"#;
    let headers = [("Idempotency-Key", "the-key")];
    let second = buyer
        .send(Method::POST, "/orders", &headers, Some(rewritten.to_owned()))
        .await;
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(second.header("location"), first.header("location"));
    assert_eq!(first.expect(201), second.expect(201));
}

#[tokio::test]
async fn a_replay_shows_the_order_as_it_stands() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let placed = buyer.post_with_key("/orders", "the-key", wanted()).await.expect(201);
    let cancelled = super::cancel(&buyer, &placed).await;
    let replayed = buyer.post_with_key("/orders", "the-key", wanted()).await;
    assert_eq!(replayed.expect(201), cancelled);
}

#[tokio::test]
async fn a_key_used_for_something_else_is_refused() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    buyer.post_with_key("/orders", "the-key", wanted()).await.expect(201);
    let other = order(&[line("BOLT", "H87", "11")]);
    let mut other_body = other;
    other_body["po_number"] = json!("PO-2");
    let refused = buyer.post_with_key("/orders", "the-key", other_body).await;
    refused.problem(422, "idempotency_key_reused");
}

#[tokio::test]
async fn a_refused_request_leaves_its_key_free() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let mut wrong = wanted();
    wrong["lines"][0]["sku"] = json!("NOTHING");
    buyer.post_with_key("/orders", "the-key", wrong).await.faults();
    buyer.post_with_key("/orders", "the-key", wanted()).await.expect(201);
}

#[tokio::test]
async fn a_key_belongs_to_its_person() {
    let app = shop().await;
    let (one, other) = (app.person("GOLD", "buyer").await, app.person("GOLD", "admin").await);
    let first = one.post_with_key("/orders", "the-key", wanted()).await.expect(201);
    let mut second = wanted();
    second["po_number"] = json!("PO-2");
    let second = other.post_with_key("/orders", "the-key", second).await.expect(201);
    assert_ne!(first["id"], second["id"]);
}

#[tokio::test]
async fn a_key_must_be_there_and_well_formed() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let without = buyer.post("/orders", wanted()).await;
    without.problem(400, "idempotency_key_required");
    for key in ["", "with space", &"x".repeat(256)] {
        let answer = buyer.post_with_key("/orders", key, wanted()).await;
        answer.problem(400, "idempotency_key_required");
    }
    let longest = "x".repeat(255);
    buyer.post_with_key("/orders", &longest, wanted()).await.expect(201);
}

#[tokio::test]
async fn twenty_parallel_requests_with_one_key_place_one_order() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let requests = (0..20).map(|_| buyer.post_with_key("/orders", "the-key", wanted()));
    let answers = futures::future::join_all(requests).await;
    let mut orders: Vec<_> = answers.into_iter().map(|answer| answer.expect(201)).collect();
    orders.dedup();
    assert_eq!(orders.len(), 1);
    let listed = buyer.get("/orders").await.expect(200);
    assert_eq!(listed["data"].as_array().unwrap().len(), 1);
    app.finish().await;
}
