//! The clock of a sandbox, the supplier who acts, and people who look in.

use std::time::Duration;

use chrono::TimeDelta;
use portal::clock;
use serde_json::json;
use standardwebhooks::Webhook;

use super::{Boxed, bolts, id};
use crate::webhooks::Receiver;

#[tokio::test]
async fn a_clock_that_is_set_ahead_brings_other_prices_and_days() {
    let boxed = Boxed::start().await;
    let next_month = (clock::now() + TimeDelta::days(31)).date();
    let later = format!("price_list,name,currency,kind,account,valid_from\nNEXT,Next,EUR,contract,ACME,{next_month}\n");
    let prices = "price_list,sku,unit,min_quantity,price\nNEXT,NUT,H87,1,0.50\n";
    boxed
        .app
        .import(&[("price_lists.csv", &later), ("prices.csv", prices)])
        .await;
    boxed.keep("refresh").await;
    let program = boxed.program().await;
    let before = program.quote("NUT", "H87", "10").await["net"].clone();
    let ahead = program.post("/sandbox/clock", json!({"days": 40})).await.expect(200);
    assert_eq!(ahead["days_ahead"], 40);
    // The same token still opens: what proves something goes by the real clock.
    let after = program.quote("NUT", "H87", "10").await["net"].clone();
    assert_ne!(before, after);
    assert_eq!(after, "5.00");
    let order = program.place_order(bolts("10")).await.expect(201);
    let placed: chrono::DateTime<chrono::Utc> = order["placed_at"].as_str().unwrap().parse().unwrap();
    let ahead = placed.naive_utc() - clock::now();
    assert!((39..=40).contains(&ahead.num_days()), "{ahead}");
    // The portal's clock is where it was.
    let real = boxed.admin.quote("NUT", "H87", "10").await["net"].clone();
    assert_eq!(real, before);
    for days in [0, -3, 2_000] {
        let refused = program.post("/sandbox/clock", json!({"days": days})).await;
        refused.problem(422, "validation_failed");
    }
    // What is issued then is due then.
    for act in ["ship", "invoice"] {
        let path = format!("/sandbox/orders/{}/act", id(&order));
        program.post(&path, json!({"act": act})).await.expect(200);
    }
    let invoice = program.get("/invoices").await.expect(200)["data"][0].clone();
    let due: chrono::NaiveDate = invoice["due_on"].as_str().unwrap().parse().unwrap();
    assert!((due - clock::now().date()).num_days() >= 68, "{invoice}");
    assert_eq!(invoice["state"], "open", "{invoice}");
    program.post("/sandbox/clock", json!({"days": 40})).await.expect(200);
    let overdue = program.get("/invoices?view=overdue").await.expect(200);
    assert_eq!(overdue["data"].as_array().unwrap().len(), 1, "{overdue}");
}

#[tokio::test]
async fn the_supplier_acts_and_each_step_comes_by_webhook() {
    let boxed = Boxed::start().await;
    let program = boxed.program().await;
    let receiver = Receiver::start().await;
    let endpoint = program
        .post("/webhook-endpoints", json!({"url": receiver.url}))
        .await
        .expect(201);
    boxed
        .admin
        .post("/sandbox/clock", json!({"days": 20}))
        .await
        .expect(200);
    let order = program.place_order(bolts("10")).await.expect(201);
    let act = async |act: &str, state: &str| {
        let path = format!("/sandbox/orders/{}/act", id(&order));
        let done = program.post(&path, json!({"act": act})).await.expect(200);
        assert_eq!(done["state"], state, "{act}");
    };
    act("accept", "accepted").await;
    act("ship_part", "partly_shipped").await;
    act("ship", "shipped").await;
    act("deliver", "delivered").await;
    act("invoice", "delivered").await;
    act("pay", "closed").await;
    let rejected = program.place_order(bolts("10")).await.expect(201);
    let path = format!("/sandbox/orders/{}/act", id(&rejected));
    assert_eq!(
        program.post(&path, json!({"act": "reject"})).await.expect(200)["state"],
        "cancelled"
    );
    program
        .post(&path, json!({"act": "ship"}))
        .await
        .problem(409, "order_state");
    program
        .post(&path, json!({"act": "eat"}))
        .await
        .problem(422, "validation_failed");
    let all = |kind: &str| receiver.of_all("type").iter().any(|got| got == kind);
    let expected = [
        "order.placed",
        "order.accepted",
        "shipment.created",
        "invoice.issued",
        "order.closed",
        "order.cancelled",
    ];
    let arrives = async {
        while !expected.iter().all(|kind| all(kind)) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let arrived = tokio::time::timeout(Duration::from_secs(20), arrives).await;
    assert!(arrived.is_ok(), "{:?}", receiver.of_all("type"));
    // Signed by the real clock, so that a library takes it.
    let got = receiver.got().remove(0);
    let webhook = Webhook::new(endpoint["secret"].as_str().unwrap()).unwrap();
    webhook.verify(got.text.as_bytes(), &got.headers).unwrap();
    // Where it says to ask is inside the sandbox.
    let thin = json!({"url": receiver.url, "content": "thin"});
    program.post("/webhook-endpoints", thin).await.expect(201);
    program.place_order(bolts("1")).await.expect(201);
    let is_thin = || {
        receiver
            .got()
            .iter()
            .any(|got| got.text.contains(&format!("{}/api/v1/orders/", boxed.path)))
    };
    let arrives = async {
        while !is_thin() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), arrives)
        .await
        .expect("a thin one");
}

#[tokio::test]
async fn people_look_in_and_see_that_nothing_is_real() {
    let boxed = Boxed::start().await;
    let program = boxed.program().await;
    let order = program.place_order(bolts("3")).await.expect(201);
    let page = format!("/orders/{}", id(&order));
    let browser = boxed.app.browse_as("ACME", "admin").await.at(&boxed.node.base);
    assert_eq!(browser.get(&page).await.status, 404);
    assert!(browser.page("/sandbox").await.contains(&boxed.path));
    assert_eq!(browser.post("/sandbox/look-in", &[]).await.goes_to(), "/");
    let shown = browser.page(&page).await;
    assert!(
        shown.contains("This is the sandbox") && shown.contains("SANDBOX"),
        "{shown}"
    );
    assert!(browser.page("/clients").await.contains("Nightly"));
    // Adding a program there wants no password, and adds it there.
    let fields = [("name", "Inside"), ("scopes", "orders:read")];
    assert_eq!(browser.post("/clients", &fields).await.status, 200);
    let desk = boxed.app.browse_staff("admin").await.at(&boxed.node.base);
    assert!(!desk.page("/desk/orders").await.contains(id(&order)));
    let look_in = format!("/desk/accounts/{}/sandbox/look-in", boxed.account);
    assert_eq!(desk.post(&look_in, &[]).await.goes_to(), "/desk");
    let board = desk.page("/desk/orders").await;
    assert!(
        board.contains("This is the sandbox") && board.contains(id(&order)),
        "{board}"
    );
    for (browser, to) in [(&browser, "/sandbox"), (&desk, "/desk")] {
        assert_eq!(browser.post("/sandbox/leave", &[]).await.goes_to(), to);
    }
    assert_eq!(browser.get(&page).await.status, 404);
    assert!(!browser.page("/").await.contains("This is the sandbox"));
    assert!(!browser.page("/clients").await.contains("Inside"));
    assert!(!desk.page("/desk/orders").await.contains(id(&order)));
    // Who is signed out of the portal is out of the sandbox, too.
    assert_eq!(browser.post("/sandbox/look-in", &[]).await.goes_to(), "/");
    assert_eq!(browser.get(&page).await.status, 200);
    browser.post("/sign-out", &[]).await.goes_to();
    let out = async { while browser.get(&page).await.status != 303 {} };
    tokio::time::timeout(Duration::from_secs(5), out).await.expect("out");
}

#[tokio::test]
async fn a_form_from_a_sandbox_does_nothing_outside_of_it() {
    let boxed = Boxed::start().await;
    let desk = boxed.app.browse_staff("admin").await.at(&boxed.node.base);
    let look_in = format!("/desk/accounts/{}/sandbox/look-in", boxed.account);
    assert_eq!(desk.post(&look_in, &[]).await.goes_to(), "/desk");
    let html = desk.page("/desk/payments/new?account=ACME").await;
    let value = |name: &str| {
        let (_, behind) = html.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        behind.split_once('"').unwrap().0.to_owned()
    };
    let (key, day) = (value("form_key"), value("received_on"));
    let form = [
        ("form_key", key.as_str()),
        ("account", "ACME"),
        ("amount", "5"),
        ("received_on", day.as_str()),
    ];
    // The sandbox it was opened in is gone, and what it was to book was nobody's money.
    boxed.keep("reset").await;
    assert_eq!(desk.post("/desk/payments", &form).await.goes_to(), "/");
    // Sent once more it arrives in the portal, which knows it for none of its own.
    assert_eq!(desk.post("/desk/payments", &form).await.status, 400);
    let payments = boxed.staff.get("/supplier/payments").await.expect(200);
    assert_eq!(payments["data"], json!([]));
}
