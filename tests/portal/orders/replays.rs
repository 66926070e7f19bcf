//! `Idempotency-Key` under pressure: twins at once, twins that differ, twins on two nodes.

use futures::future::join_all;
use serde_json::{Value, json};

use super::{line, order, shop};
use crate::app::TestApp;
use crate::client::{Answer, Client};

const TWINS: usize = 20;

fn wanted(quantity: &str) -> Value {
    let mut wanted = order(&[line("BOLT", "H87", quantity)]);
    wanted["po_number"] = json!("PO-1");
    wanted
}

async fn orders_of(buyer: &Client) -> usize {
    let listed = buyer.get("/orders").await.expect(200);
    listed["data"].as_array().unwrap().len()
}

/// One order, answered to everybody alike; all but one of the answers are marked as replays.
async fn assert_one_order(app: &TestApp, buyer: &Client, answers: Vec<Answer>) {
    let replays = answers
        .iter()
        .filter(|answer| answer.header("idempotency-replayed") == "true")
        .count();
    assert_eq!(replays, answers.len() - 1);
    let locations: Vec<_> = answers.iter().map(|answer| answer.header("location")).collect();
    assert!(
        locations.iter().all(|location| *location == locations[0]),
        "{locations:?}"
    );
    let orders: Vec<_> = answers.into_iter().map(|answer| answer.expect(201)).collect();
    assert!(orders.iter().all(|order| *order == orders[0]), "{orders:?}");
    assert_eq!(orders_of(buyer).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn of_twenty_twins_nineteen_are_replays() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let twins = (0..TWINS).map(|_| buyer.post_with_key("/orders", "the-key", wanted("10")));
    let answers = join_all(twins).await;
    assert_one_order(&app, &buyer, answers).await;
}

#[tokio::test]
async fn twins_on_two_nodes_are_one_order() {
    let app = shop().await;
    let other = app.another_node().await;
    let here = app.person("GOLD", "buyer").await;
    let there = here.at(&other.anonymous());
    let nodes = [&here, &there];
    let twins = (0..TWINS).map(|number| nodes[number % 2].post_with_key("/orders", "the-key", wanted("10")));
    let answers = join_all(twins).await;
    assert_one_order(&app, &here, answers).await;
}

#[tokio::test]
async fn of_requests_that_differ_under_one_key_one_counts() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let requests = (1..=TWINS).map(|number| {
        let mut wanted = wanted(&number.to_string());
        wanted["po_number"] = json!(format!("PO-{number}"));
        buyer.post_with_key("/orders", "the-key", wanted)
    });
    let answers = join_all(requests).await;
    let (placed, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!(placed.len(), 1);
    for answer in refused {
        answer.problem(422, "idempotency_key_reused");
    }
    assert_eq!(orders_of(&buyer).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn refused_twins_leave_their_key_free() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let taken = buyer.place_order(wanted("1")).await.expect(201);
    let twins = (0..TWINS).map(|_| buyer.post_with_key("/orders", "the-key", wanted("10")));
    for answer in join_all(twins).await {
        answer.problem(409, "po_number_used");
    }
    super::cancel(&buyer, &taken).await;
    let placed = buyer.post_with_key("/orders", "the-key", wanted("10")).await;
    assert_eq!(placed.header("idempotency-replayed"), "");
    placed.expect(201);
    app.finish().await;
}

#[tokio::test]
async fn a_key_counts_only_where_one_is_asked_for() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let key = "the-key";
    buyer
        .post_with_key("/orders/preview", key, wanted("10"))
        .await
        .expect(200);
    let placed = buyer.post_with_key("/orders", key, wanted("20")).await.expect(201);
    let cancel = format!("/orders/{}/cancel", placed["id"].as_str().unwrap());
    buyer.post_with_key(&cancel, key, json!({})).await.expect(200);
}
