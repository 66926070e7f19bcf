//! Credit: exactly the limit is allowed, what is above is held.

use serde_json::{Value, json};

use super::{cancel, line, order, served, shop};

/// 242.00 with tax for 400; so 121.00 is 200 bolts.
fn bolts(quantity: &str) -> Value {
    order(&[line("BOLT", "H87", quantity)])
}

#[tokio::test]
async fn exactly_the_limit_is_allowed_and_one_piece_more_is_held() {
    let app = shop().await;
    let buyer = app.person("TIGHT", "buyer").await;
    let full = buyer.place_order(bolts("200")).await.expect(201);
    assert_eq!(full["gross_total"], "121.00");
    assert_eq!(full["state"], "placed");
    let account = buyer.get("/account").await.expect(200);
    let standing = ["credit_limit", "exposure", "available"].map(|name| account[name].as_str().unwrap());
    assert_eq!(standing, ["121.00", "121.00", "0.00"]);
    let held = buyer.place_order(bolts("1")).await.expect(201);
    assert_eq!(held["state"], "on_hold");
    assert_eq!(held["hold_reasons"], json!(["credit_limit"]));
    assert_eq!(served(&held), ("0", "1"));
    app.finish().await;
}

#[tokio::test]
async fn a_cancelled_order_gives_its_credit_back() {
    let app = shop().await;
    let buyer = app.person("TIGHT", "buyer").await;
    let full = buyer.place_order(bolts("200")).await.expect(201);
    cancel(&buyer, &full).await;
    let again = buyer.place_order(bolts("200")).await.expect(201);
    assert_eq!(again["state"], "placed");
    app.finish().await;
}

#[tokio::test]
async fn a_held_order_takes_no_credit_and_can_be_cancelled() {
    let app = shop().await;
    let buyer = app.person("TIGHT", "buyer").await;
    let held = buyer.place_order(bolts("201")).await.expect(201);
    assert_eq!(held["state"], "on_hold");
    let placed = buyer.place_order(bolts("200")).await.expect(201);
    assert_eq!(placed["state"], "placed");
    assert_eq!(cancel(&buyer, &held).await["state"], "cancelled");
    app.finish().await;
}

#[tokio::test]
async fn of_two_orders_after_the_last_credit_one_is_held() {
    let app = shop().await;
    let buyer = app.person("TIGHT", "buyer").await;
    let requests = (0..6).map(|_| buyer.place_order(bolts("120")));
    let mut states = Vec::new();
    for answer in futures::future::join_all(requests).await {
        states.push(answer.expect(201)["state"].as_str().unwrap().to_owned());
    }
    let placed = states.iter().filter(|state| *state == "placed").count();
    let held = states.iter().filter(|state| *state == "on_hold").count();
    assert_eq!((placed, held), (1, 5), "{states:?}");
    app.finish().await;
}
