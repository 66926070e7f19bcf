//! Where the people of an account begin: what needs them first, nothing of others, and a way to begin.

use serde_json::json;

use super::drafts::statements;
use super::quick_order::{paste, shop};

fn screws(quantity: &str) -> serde_json::Value {
    json!({"lines": [{"sku": "HS-440", "unit": "CT", "quantity": quantity}]})
}

#[tokio::test]
async fn a_new_account_is_told_how_to_begin() {
    let (app, buyer) = shop().await;
    let html = buyer.page("/").await;
    assert!(
        html.contains("Look at your products") && html.contains("Start a quick order"),
        "{html}"
    );
    assert!(!html.contains("Ordered over 12 months"), "nothing to draw yet: {html}");
    let viewer = app.browse_as("NORD", "viewer").await;
    let html = viewer.page("/").await;
    assert!(
        html.contains("Look at your products") && !html.contains("/quick-order/upload"),
        "{html}"
    );
}

#[tokio::test]
async fn what_needs_the_account_comes_first() {
    let (app, buyer) = shop().await;
    let client = app.person("NORD", "buyer").await;
    // 100,000 pieces lie there: 200 cartons are 100,000, so the second order waits.
    client.place_order(screws("190")).await.expect(201);
    let short = client.place_order(screws("20")).await.expect(201);
    paste(&buyer, "NW-40012;16;CT\nNW-4O012;1").await;
    let html = buyer.page("/").await;
    for expected in [
        &format!("One line of order {}", short["number"].as_str().unwrap()) as &str,
        "1 of 2 lines need you before they can be ordered.",
        "Ordered over 12 months",
        "2 orders are not finished.",
        "Latest orders",
    ] {
        assert!(html.contains(expected), "{expected}: {html}");
    }
    let viewer = app.browse_as("NORD", "viewer").await;
    let html = viewer.page("/").await;
    assert!(
        !html.contains("lines need you") && html.contains("One line of order"),
        "{html}"
    );
    let rival = app.browse_as("RIVAL", "buyer").await;
    let html = rival.page("/").await;
    assert!(
        html.contains("Look at your products") && !html.contains("One line"),
        "{html}"
    );
    app.finish().await;
}

#[tokio::test]
async fn an_order_above_the_credit_limit_and_the_limit_itself_are_named() {
    let (app, buyer) = shop().await;
    app.import(&[(
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\nNORD,Nordwind,NL,EUR,gold,30,1000\n",
    )])
    .await;
    let client = app.person("NORD", "buyer").await;
    client.place_order(screws("60")).await.expect(201);
    let held = client.place_order(screws("100")).await.expect(201);
    assert_eq!(held["state"], "on_hold");
    let html = buyer.page("/").await;
    assert!(
        html.contains("is above your credit limit and starts once it is released."),
        "{html}"
    );
    assert!(
        html.contains("of your credit limit of EUR\u{a0}1,000.00 are left."),
        "{html}"
    );
    app.finish().await;
}

#[tokio::test]
async fn home_takes_the_same_statements_for_any_account() {
    let (app, buyer) = shop().await;
    let before = statements(&app, async || drop(buyer.page("/").await)).await;
    let client = app.person("NORD", "buyer").await;
    for _ in 0..7 {
        client.place_order(screws("4")).await.expect(201);
    }
    let after = statements(&app, async || drop(buyer.page("/").await)).await;
    assert_eq!(before, after);
    app.finish().await;
}

#[tokio::test]
async fn german_readers_read_german() {
    let (app, _) = shop().await;
    app.import(&[(
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,locale\nNORD,Nordwind,NL,EUR,gold,30,100000,de\n",
    )])
    .await;
    let client = app.person("NORD", "buyer").await;
    client.place_order(screws("4")).await.expect(201);
    let buyer = app.browse_as("NORD", "buyer").await;
    let html = buyer.page("/").await;
    assert!(
        html.contains("Im Moment ist nichts zu tun.") && html.contains("In 12 Monaten bestellt"),
        "{html}"
    );
    app.finish().await;
}
