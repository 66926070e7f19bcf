//! Held orders that are released: what was held for money needs a fresh proof of who does it, and what is gone is told.

use portal::db::sql;
use portal::ids::OrderId;
use reqwest::Method;
use reqwest::header::LOCATION;
use serde_json::{Value, json};

use super::{line, order, reread, served, shop};
use crate::app::{PASSWORD, TestApp};
use crate::client::Client;
use crate::people::run;

async fn release(staff: &Client, order: &Value) -> crate::client::Answer {
    let path = format!("/supplier/orders/{}/release", order["id"].as_str().unwrap());
    staff.post(&path, json!({"reason": "agreed"})).await
}

async fn placed(app: &TestApp, account: &str, sku: &str, quantity: &str) -> Value {
    let buyer = app.person(account, "buyer").await;
    buyer
        .place_order(order(&[line(sku, "H87", quantity)]))
        .await
        .expect(201)
}

async fn version_of(app: &TestApp, order: &Value) -> i64 {
    let id: OrderId = order["id"].as_str().unwrap().parse().unwrap();
    let read = move |connection: &mut _| sql("SELECT version FROM orders WHERE id = $1").bind(id).one(connection);
    app.db().read(read).await.unwrap()
}

#[tokio::test]
async fn what_was_held_for_money_is_released_by_a_fresh_proof() {
    let app = shop().await;
    let (finance, service) = (app.staff("finance").await, app.staff("customer_service").await);
    let desk = app.browse_staff("finance").await;
    let credit = placed(&app, "TIGHT", "BOLT", "400").await;
    assert_eq!(credit["state"], "on_hold");
    let manual = placed(&app, "GOLD", "BOLT", "1").await;
    let hold = format!("/supplier/orders/{}/hold", manual["id"].as_str().unwrap());
    service.post(&hold, json!({"reason": "asked for"})).await.expect(200);

    run(&app, "UPDATE sessions SET proven_at = '2020-01-01 00:00:00'").await;
    let node = app.another_node().await;
    let (finance, service) = (finance.at(&node.anonymous()), service.at(&node.anonymous()));
    release(&finance, &credit).await.problem(403, "step_up_required");
    // What lends nothing needs none.
    release(&service, &manual).await.expect(200);

    let desk = desk.at(&node.base);
    let path = format!("/desk/orders/{}/release", credit["id"].as_str().unwrap());
    let version = version_of(&app, &credit).await.to_string();
    let asked = desk.post(&path, &[("version", &version), ("reason", "agreed")]).await;
    assert_eq!(asked.status, 307, "{}", asked.html);
    assert!(
        asked.headers[LOCATION]
            .to_str()
            .unwrap()
            .starts_with("/confirm?to=%2Fdesk%2Forders%2F")
    );
    let ticked = format!("{}.{version}", credit["id"].as_str().unwrap());
    let fields = [("do", "release"), ("order", ticked.as_str()), ("reason", "agreed")];
    assert_eq!(desk.post("/desk/queue/steer", &fields).await.status, 307);

    let proven = finance.post("/me/confirm", json!({"password": PASSWORD})).await;
    assert_eq!(proven.status, 204, "{}", proven.text);
    assert_eq!(release(&finance, &credit).await.expect(200)["state"], "placed");
    assert_eq!(
        desk.post("/desk/queue/steer", &fields).await.status,
        200,
        "it is held no more"
    );
}

#[tokio::test]
async fn of_two_held_orders_the_last_of_an_article_is_released_once() {
    let app = shop().await;
    let (one, other) = (
        placed(&app, "TIGHT", "RARE", "30").await,
        placed(&app, "TIGHT", "RARE", "30").await,
    );
    assert_eq!((&one["state"], &other["state"]), (&json!("on_hold"), &json!("on_hold")));
    let catalogue = app.staff("catalogue").await;
    let found = catalogue.get("/supplier/products?q=RARE").await.expect(200);
    let path = format!("/supplier/products/{}", found["data"][0]["id"].as_str().unwrap());
    let ended = catalogue.change(Method::PATCH, &path, "*", Some(json!({"state": "phase_out"})));
    ended.await.expect(200);

    let finance = app.staff("finance").await;
    release(&finance, &one).await.expect(200);
    let refused = release(&finance, &other).await.problem(422, "exceeds_stock");
    let detail = refused["detail"].as_str().unwrap();
    assert!(detail.contains("only 20 H87 are left"), "{detail}");
    let buyer = app.person("TIGHT", "buyer").await;
    assert_eq!(served(&reread(&buyer, &one).await), ("30", "0"));
    assert_eq!(reread(&buyer, &other).await["state"], "on_hold", "nothing was done");
    // An article that comes again is waited for.
    let comes = catalogue.change(Method::PATCH, &path, "*", Some(json!({"state": "active"})));
    comes.await.expect(200);
    release(&finance, &other).await.expect(200);
    assert_eq!(served(&reread(&buyer, &other).await), ("20", "10"));
}
