//! What an account usually decides about what is not there, and lines that say otherwise than their order.

use chrono::TimeDelta;
use portal::clock;
use portal::worker::ending;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, id, line, progress, reread, today};
use crate::client::{Client, unique};

const PATH: &str = "/account/order-choices";

fn day(days: i64) -> Value {
    json!(today() + TimeDelta::days(days))
}

fn saying(mut line: Value, said: &Value) -> Value {
    for (name, value) in said.as_object().unwrap() {
        line[name.as_str()] = value.clone();
    }
    line
}

/// `delivery`, `backorder` and `cancel_after` of an order or a line.
fn said(of: &Value) -> [Value; 3] {
    ["delivery", "backorder", "cancel_after"].map(|name| of[name].clone())
}

async fn put(client: &Client, choices: Value) -> Value {
    client.change(Method::PUT, PATH, "*", Some(choices)).await.expect(200)
}

async fn events(client: &Client, kind: &str) -> Vec<Value> {
    let events = client.get("/events?limit=200").await.expect(200);
    let all = events["data"].as_array().unwrap().iter();
    all.filter(|event| event["type"] == kind).cloned().collect()
}

#[tokio::test]
async fn an_order_that_says_nothing_does_what_its_account_usually_does() {
    let shop = Shop::open().await;
    let before = shop.gold.get(PATH).await.expect(200);
    assert_eq!(
        before,
        json!({"delivery": "partial", "backorder": "wait", "cancel_after_days": null})
    );
    put(
        &shop.gold,
        json!({"delivery": "complete", "backorder": "until", "cancel_after_days": 10}),
    )
    .await;
    let plain = json!({"lines": [line("RARE", "H87", "60")]});
    let order = shop.gold.place_order(plain.clone()).await.expect(201);
    assert_eq!(said(&order), [json!("complete"), json!("until"), day(10)]);
    assert_eq!(said(&order["lines"][0]), said(&order));
    let mut asked = plain.clone();
    asked["po_number"] = json!("PREVIEWED");
    let preview = shop.gold.post("/orders/preview", asked).await.expect(200);
    assert_eq!(said(&preview), said(&order));
    // Each member goes before what is usual.
    let mut other = plain.clone();
    other["backorder"] = json!("wait");
    let other = shop.gold.place_order(other).await.expect(201);
    assert_eq!(said(&other), [json!("complete"), json!("wait"), Value::Null]);
    let mut other = plain.clone();
    other["delivery"] = json!("partial");
    other["cancel_after"] = day(3);
    let other = shop.gold.place_order(other).await.expect(201);
    assert_eq!(said(&other), [json!("partial"), json!("until"), day(3)]);
    // Another account goes on as it did.
    let theirs = shop.silver.place_order(plain).await.expect(201);
    assert_eq!(said(&theirs), [json!("partial"), json!("wait"), Value::Null]);
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn what_an_account_usually_does_is_changed_by_its_admin_by_staff_and_by_a_file() {
    let shop = Shop::open().await;
    for (choices, code) in [
        (json!({"delivery": "partial", "backorder": "until"}), "required"),
        (
            json!({"delivery": "partial", "backorder": "wait", "cancel_after_days": 3}),
            "value_invalid",
        ),
        (
            json!({"delivery": "partial", "backorder": "until", "cancel_after_days": 366}),
            "value_invalid",
        ),
    ] {
        let answer = shop.gold.change(Method::PUT, PATH, "*", Some(choices)).await;
        assert_eq!(answer.faults(), [("/cancel_after_days".to_owned(), code.to_owned())]);
    }
    let buyer = shop.app.person("GOLD", "buyer").await;
    let wanted = json!({"delivery": "complete", "backorder": "cancel_rest"});
    let refused = buyer.change(Method::PUT, PATH, "*", Some(wanted.clone())).await;
    refused.problem(403, "forbidden");
    let tag = buyer.get(PATH).await.header("ETag").to_owned();
    shop.gold
        .change(Method::PUT, PATH, &tag, Some(wanted))
        .await
        .expect(200);
    let stale = json!({"delivery": "partial", "backorder": "wait"});
    let stale = shop.gold.change(Method::PUT, PATH, &tag, Some(stale)).await;
    stale.problem(412, "precondition_failed");

    let staff = shop.app.staff("admin").await;
    let account = shop.gold.get("/account").await.expect(200);
    let path = format!("/supplier/accounts/{}", id(&account));
    let detail = staff.get(&path).await.expect(200);
    assert_eq!(
        (&detail["delivery"], &detail["backorder"], &detail["cancel_after_days"]),
        (&json!("complete"), &json!("cancel_rest"), &Value::Null)
    );
    let change = json!({"backorder": "until", "cancel_after_days": 14});
    staff.change(Method::PATCH, &path, "*", Some(change)).await.expect(200);
    let usual = shop.gold.get(PATH).await.expect(200);
    assert_eq!(
        usual,
        json!({"delivery": "complete", "backorder": "until", "cancel_after_days": 14})
    );
    // What waits without an end has no days.
    let change = json!({"backorder": "wait"});
    staff.change(Method::PATCH, &path, "*", Some(change)).await.expect(200);
    assert_eq!(shop.gold.get(PATH).await.expect(200)["cancel_after_days"], Value::Null);

    let head = "account,name,country,currency,tier,payment_terms_days,credit_limit";
    let gold = "GOLD,Gold Works,NL,EUR,gold,30,";
    let rows = format!("{head},delivery,backorder,cancel_after_days\n{gold},,until,7\n");
    shop.app.import(&[("accounts.csv", &rows)]).await;
    let usual = shop.gold.get(PATH).await.expect(200);
    assert_eq!(
        usual,
        json!({"delivery": "partial", "backorder": "until", "cancel_after_days": 7})
    );
    // A file without the columns leaves them.
    shop.app.import(&[("accounts.csv", &format!("{head}\n{gold}\n"))]).await;
    assert_eq!(shop.gold.get(PATH).await.expect(200), usual);
    let rows = format!("{head},backorder,cancel_after_days\n{gold},wait,7\n");
    let report = shop
        .app
        .try_import(&[("accounts.csv", &rows)], Default::default())
        .await;
    let faults: Vec<_> = report
        .faults
        .iter()
        .map(|fault| (fault.column.to_string(), fault.code.name()))
        .collect();
    assert_eq!(faults, [("cancel_after_days".to_owned(), "value_invalid")]);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_line_that_is_delivered_complete_leaves_at_once_in_whole() {
    let shop = Shop::open().await;
    let rare = saying(line("RARE", "H87", "60"), &json!({"delivery": "complete"}));
    let order = json!({"lines": [rare, line("BOLT", "H87", "10")]});
    let order = shop.gold.place_order(order).await.expect(201);
    assert_eq!(order["delivery"], "partial");
    assert_eq!(order["lines"][0]["delivery"], "complete");
    assert_eq!(order["lines"][1]["delivery"], "partial");
    shop.accept(&order).await;
    let lines = json!([{"order_line_id": order["lines"][0]["id"], "quantity": "50"}]);
    let part = shop.try_ship(json!({"order_id": id(&order), "lines": lines})).await;
    part.problem(409, "ships_complete");
    let picks = shop.warehouse.get("/supplier/pick-list").await.expect(200);
    let skus: Vec<_> = picks["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pick| &pick["sku"])
        .collect();
    assert_eq!(skus, [&json!("BOLT")]);
    // All that may leave leaves; the line stays whole.
    shop.ship(&order).await;
    let after = reread(&shop.gold, &order).await;
    assert_eq!(progress(&after, 0), ["50", "10", "0", "0"]);
    assert_eq!(progress(&after, 1), ["0", "0", "10", "0"]);
    shop.receive("RARE", "10").await;
    let picks = shop.warehouse.get("/supplier/pick-list").await.expect(200);
    assert_eq!(picks["data"].as_array().unwrap().len(), 1);
    shop.ship(&order).await;
    assert_eq!(reread(&shop.gold, &order).await["state"], "shipped");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn a_line_of_a_complete_order_may_leave_in_parts() {
    let shop = Shop::open().await;
    let rare = saying(line("RARE", "H87", "60"), &json!({"delivery": "partial"}));
    let order = json!({"delivery": "complete", "lines": [rare, line("FOOD", "H87", "101"), line("BOLT", "H87", "10")]});
    let order = shop.gold.place_order(order).await.expect(201);
    shop.accept(&order).await;
    // FOOD waits for one more, and BOLT with it; RARE goes by itself.
    shop.ship(&order).await;
    let after = reread(&shop.gold, &order).await;
    assert_eq!(progress(&after, 0), ["0", "10", "50", "0"]);
    assert_eq!(progress(&after, 2), ["10", "0", "0", "0"]);
    let lines = json!([{"order_line_id": order["lines"][2]["id"], "quantity": "10"}]);
    let early = shop.try_ship(json!({"order_id": id(&order), "lines": lines})).await;
    early.problem(409, "ships_complete");
    shop.receive("FOOD", "1").await;
    shop.ship(&order).await;
    let after = reread(&shop.gold, &order).await;
    assert_eq!(progress(&after, 1), ["0", "0", "101", "0"]);
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn promises_of_a_line_that_leaves_whole_are_not_split() {
    let shop = Shop::open().await;
    let expected =
        json!({"reference": "PO-9", "warehouse": "NORTH", "sku": "RARE", "quantity": "100", "expected_on": day(20)});
    shop.warehouse
        .post_with_key("/supplier/expected-receipts", &unique(), expected)
        .await
        .expect(201);
    let whole = saying(line("RARE", "H87", "30"), &json!({"delivery": "complete"}));
    let order = json!({"lines": [line("RARE", "H87", "40"), whole]});
    let order = shop.gold.place_order(order).await.expect(201);
    let promises = order["lines"][1]["promises"].as_array().unwrap();
    assert_eq!(promises.len(), 1, "{promises:?}");
    assert_eq!(promises[0]["quantity"], "30");
    assert_eq!(promises[0]["date"], order["lines"][1]["promised_date"]);
    let mut parted = json!({"lines": [line("RARE", "H87", "10")]});
    parted["lines"][0]["delivery"] = json!("partial");
    shop.gold.place_order(parted).await.expect(201);
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_not_there_of_a_line_is_called_off_where_the_line_says_so() {
    let shop = Shop::open().await;
    let rare = saying(line("RARE", "H87", "60"), &json!({"backorder": "cancel_rest"}));
    let order = json!({"lines": [rare, line("FOOD", "H87", "120")]});
    let order = shop.gold.place_order(order).await.expect(201);
    assert_eq!(progress(&order, 0), ["50", "0", "0", "0"]);
    assert_eq!(order["lines"][0]["cancelled"], "10");
    assert_eq!(progress(&order, 1), ["100", "20", "0", "0"]);
    assert_eq!(order["lines"][1]["backorder"], "wait");
    let told = events(&shop.gold, "order.rest_cancelled").await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (&told[0]["data"]["by"], &told[0]["data"]["ended_by"]),
        (&json!("account"), &json!("cancel_rest"))
    );
    // A line says that it waits though the order says that nothing does.
    let waits = saying(line("RARE", "H87", "5"), &json!({"backorder": "wait"}));
    let other = json!({"backorder": "cancel_rest", "lines": [waits, line("FOOD", "H87", "1")]});
    let other = shop.gold.place_order(other).await.expect(201);
    assert_eq!(progress(&other, 0), ["0", "5", "0", "0"]);
    assert_eq!(other["lines"][1]["cancelled"], "1");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn lines_wait_until_their_own_day() {
    let shop = Shop::open().await;
    let short = saying(line("RARE", "H87", "60"), &json!({"cancel_after": day(2)}));
    let long = saying(line("FOOD", "H87", "120"), &json!({"backorder": "wait"}));
    let order = json!({"cancel_after": day(6), "lines": [short, long, line("CABLE", "MTR", "600")]});
    let order = shop.gold.place_order(order).await.expect(201);
    assert_eq!(said(&order["lines"][0]), [json!("partial"), json!("until"), day(2)]);
    assert_eq!(said(&order["lines"][1]), [json!("partial"), json!("wait"), Value::Null]);
    assert_eq!(said(&order["lines"][2]), [json!("partial"), json!("until"), day(6)]);
    let step = async |days: i64| {
        let then = clock::now() + TimeDelta::days(days);
        ending::step(shop.app.db(), then).await.unwrap()
    };
    assert_eq!(step(1).await, 0);
    assert_eq!(step(4).await, 1);
    assert_eq!(step(4).await, 0);
    let after = reread(&shop.gold, &order).await;
    assert_eq!(progress(&after, 0), ["50", "0", "0", "0"]);
    assert_eq!(progress(&after, 2), ["500", "100", "0", "0"]);
    assert_eq!(step(8).await, 1);
    let after = reread(&shop.gold, &order).await;
    assert_eq!(progress(&after, 1), ["100", "20", "0", "0"]);
    assert_eq!(progress(&after, 2), ["500", "0", "0", "0"]);
    let told = events(&shop.gold, "order.rest_cancelled").await;
    let ended: Vec<_> = told.iter().map(|event| &event["data"]["ended_by"]).collect();
    assert_eq!(ended, [&json!("cancel_after"), &json!("cancel_after")]);
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn an_order_whose_last_day_is_over_is_told_as_the_accounts_own_choice() {
    let shop = Shop::open().await;
    shop.gold
        .place_order(json!({"lines": [line("RARE", "H87", "50")]}))
        .await
        .expect(201);
    let order = json!({"cancel_after": day(2), "lines": [line("RARE", "H87", "5")]});
    let order = shop.gold.place_order(order).await.expect(201);
    shop.app.mails().await;
    let then = clock::now() + TimeDelta::days(4);
    assert_eq!(ending::step(shop.app.db(), then).await.unwrap(), 1);
    assert_eq!(reread(&shop.gold, &order).await["state"], "cancelled");
    let told = events(&shop.gold, "order.cancelled").await;
    assert_eq!(
        (
            &told[0]["data"]["by"],
            &told[0]["data"]["ended_by"],
            &told[0]["data"]["reason"]
        ),
        (&json!("account"), &json!("cancel_after"), &Value::Null)
    );
    let mails = shop.app.mails().await;
    let texts: Vec<_> = mails.iter().map(|mail| mail.texts.text.replace('\n', " ")).collect();
    let ended = "as your company chose: the last day on which it waited is over";
    assert!(texts.iter().any(|text| text.contains(ended)), "{texts:?}");
    let page = shop.app.browse_as("GOLD", "viewer").await;
    let html = page.page(&format!("/orders/{}", id(&order))).await;
    assert!(html.contains("as your company chose"), "{html}");
    assert!(!html.contains("cancelled by the supplier"), "{html}");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn changes_keep_what_lines_decide_and_new_lines_decide_themselves() {
    let shop = Shop::open().await;
    let rare = saying(
        line("RARE", "H87", "40"),
        &json!({"delivery": "complete", "cancel_after": day(5)}),
    );
    let order = json!({"lines": [rare, line("BOLT", "H87", "10")]});
    let order = shop.gold.place_order(order).await.expect(201);
    let path = format!("/orders/{}/changes", id(&order));
    let more = json!({"order_line_id": order["lines"][0]["id"], "quantity": "70"});
    let added = saying(line("FOOD", "H87", "130"), &json!({"backorder": "cancel_rest"}));
    let change = json!({"lines": [more, added]});
    let done = shop.gold.post_with_key(&path, &unique(), change).await.expect(201);
    assert_eq!(done["state"], "applied");
    let after = reread(&shop.gold, &order).await;
    assert_eq!(said(&after["lines"][0]), [json!("complete"), json!("until"), day(5)]);
    assert_eq!(after["lines"][0]["quantity"], "70");
    assert_eq!(progress(&after, 2), ["100", "0", "0", "0"]);
    assert_eq!(after["lines"][2]["cancelled"], "30");
    // Of a line that stands nothing is decided by a change.
    let wrong = json!({"lines": [{"order_line_id": order["lines"][0]["id"], "quantity": "71", "delivery": "partial"}]});
    let wrong = shop.gold.post_with_key(&path, &unique(), wrong).await;
    assert_eq!(wrong.faults(), [("/lines/0".to_owned(), "one_key_needed".to_owned())]);
    let past = saying(line("BOLT", "H87", "1"), &json!({"cancel_after": day(-2)}));
    let past = shop
        .gold
        .post_with_key(&path, &unique(), json!({ "lines": [past] }))
        .await;
    assert_eq!(
        past.faults(),
        [("/lines/0/cancel_after".to_owned(), "date_in_past".to_owned())]
    );
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn lines_that_contradict_themselves_are_named() {
    let shop = Shop::open().await;
    let faulty = |said: Value| saying(line("BOLT", "H87", "1"), &said);
    let order = json!({"lines": [
        faulty(json!({"backorder": "until"})),
        faulty(json!({"backorder": "cancel_rest", "cancel_after": day(4)})),
        faulty(json!({"cancel_after": day(-2)})),
        faulty(json!({"delivery": "complete"})),
    ]});
    let faults = shop.gold.place_order(order).await.faults();
    let at = |line: usize, code: &str| (format!("/lines/{line}/cancel_after"), code.to_owned());
    assert_eq!(
        faults,
        [at(0, "required"), at(1, "value_invalid"), at(2, "date_in_past")]
    );
    let unknown = json!({"lines": [faulty(json!({"delivery": "never"}))]});
    assert_eq!(shop.gold.place_order(unknown).await.status, 422);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_change_is_as_long_as_the_account_is_entitled_to() {
    let shop = Shop::open().await;
    let rows = "account,tier,order_class,per_month,lines_max\nGOLD,,priority,1,2\n";
    shop.app.import(&[("entitlements.csv", rows)]).await;
    let order = json!({"order_class": "priority", "lines": [line("BOLT", "H87", "1"), line("FOOD", "H87", "1")]});
    let order = shop.gold.place_order(order).await.expect(201);
    let path = format!("/orders/{}/changes", id(&order));
    let longer = json!({"lines": [line("CABLE", "MTR", "1")]});
    for path in [format!("{path}/preview"), path.clone()] {
        let refused = shop.gold.post_with_key(&path, &unique(), longer.clone()).await;
        assert_eq!(refused.faults()[0].1, "entitlement_lines", "{path}");
    }
    // One for another is no line more, and the one order of the month is this one.
    let swapped = json!({"lines": [
        {"order_line_id": order["lines"][1]["id"], "remove": true}, line("CABLE", "MTR", "1"),
    ]});
    shop.gold.post_with_key(&path, &unique(), swapped).await.expect(201);
    // A standard order of three lines does not become a priority one.
    let standard = json!({"lines": [line("BOLT", "H87", "1"), line("FOOD", "H87", "1"), line("CABLE", "MTR", "1")]});
    let standard = shop.gold.place_order(standard).await.expect(201);
    let path = format!("/orders/{}/changes", id(&standard));
    let refused = shop
        .gold
        .post_with_key(&path, &unique(), json!({"order_class": "priority"}))
        .await;
    assert!(refused.faults()[0].1.starts_with("entitlement_"));
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn what_ends_as_a_hold_is_released_is_a_revision_of_the_order() {
    let shop = Shop::open().await;
    let rare = saying(line("RARE", "H87", "60"), &json!({"backorder": "cancel_rest"}));
    let order = json!({"lines": [rare, line("BOLT", "H87", "10")]});
    let order = shop.gold.place_order(order).await.expect(201);
    // What was not there as it was placed belongs to the form it was placed in.
    assert_eq!(
        (&order["revision"], progress(&order, 0)),
        (&json!(1), ["50", "0", "0", "0"])
    );
    let path = format!("/supplier/orders/{}", id(&order));
    let reason = json!({"reason": "asked by telephone"});
    shop.service
        .post(&format!("{path}/hold"), reason.clone())
        .await
        .expect(200);
    let others = json!({"lines": [line("RARE", "H87", "20")]});
    shop.silver.place_order(others).await.expect(201);
    shop.service.post(&format!("{path}/release"), reason).await.expect(200);
    let after = reread(&shop.gold, &order).await;
    assert_eq!(progress(&after, 0), ["30", "0", "0", "0"]);
    assert_eq!(
        (&after["lines"][0]["cancelled"], &after["revision"]),
        (&json!("30"), &json!(2))
    );
    let told = events(&shop.gold, "order.rest_cancelled").await;
    let mut revisions: Vec<_> = told.iter().map(|event| event["data"]["revision"].as_i64()).collect();
    revisions.sort_unstable();
    assert_eq!(revisions, [None, Some(2)]);
    shop.app.check().await;
    shop.app.finish().await;
}
