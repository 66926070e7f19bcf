//! The edges of credit: no limit, a limit of nothing, and two nodes that decide at once.

use futures::future::join;
use serde_json::{Value, json};

use super::{line, order, served, shop};
use crate::client::Client;

fn bolts(quantity: &str) -> Value {
    order(&[line("BOLT", "H87", quantity)])
}

async fn standing(buyer: &Client) -> [Value; 3] {
    let account = buyer.get("/account").await.expect(200);
    ["credit_limit", "exposure", "available"].map(|name| account[name].clone())
}

#[tokio::test]
async fn a_limit_of_nothing_holds_everything() {
    let app = shop().await;
    app.import(&[(
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\nTIGHT,Tight Works,NL,EUR,bronze,30,0\n",
    )])
    .await;
    let buyer = app.person("TIGHT", "buyer").await;
    let held = buyer.place_order(bolts("1")).await.expect(201);
    assert_eq!(held["state"], "on_hold");
    assert_eq!(held["hold_reasons"], json!(["credit_limit"]));
    assert_eq!(served(&held), ("0", "1"));
    assert_eq!(
        standing(&buyer).await,
        [json!("0.00"), json!("0.00"), json!("0.00")],
        "what is on hold is no exposure"
    );
    app.finish().await;
}

#[tokio::test]
async fn without_a_limit_nothing_is_held() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let large = buyer.place_order(bolts("100000000")).await.expect(201);
    assert_eq!(
        (&large["state"], &large["hold_reasons"]),
        (&json!("placed"), &json!([]))
    );
    assert_eq!(
        standing(&buyer).await,
        [Value::Null, json!("60500000.00"), Value::Null],
        "exposure is counted without a limit too"
    );
    app.finish().await;
}

#[tokio::test]
async fn two_nodes_that_decide_on_the_last_credit_at_once_hold_one_order() {
    let app = shop().await;
    let other = app.another_node().await;
    let here = app.person("TIGHT", "buyer").await;
    let there = app.person("TIGHT", "buyer").await.at(&other.anonymous());
    let (one, two) = join(here.place_order(bolts("150")), there.place_order(bolts("150"))).await;
    let mut orders = [one.expect(201), two.expect(201)];
    orders.sort_by_key(|order| order["state"].as_str().unwrap().to_owned());
    let [held, placed] = &orders;
    assert_eq!(
        (&held["state"], &placed["state"]),
        (&json!("on_hold"), &json!("placed"))
    );
    assert_eq!(held["hold_reasons"], json!(["credit_limit"]));
    assert_eq!(placed["hold_reasons"], json!([]));
    assert_eq!(standing(&here).await, [json!("121.00"), json!("90.75"), json!("30.25")]);
    app.finish().await;
}
