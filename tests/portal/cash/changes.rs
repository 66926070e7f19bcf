//! Orders are changed: at once until they are taken on, on request after that; what is left over serves others.

use serde_json::{Value, json};

use super::{Shop, id, line, progress, reread};
use crate::client::{Answer, Client, unique};

pub(super) async fn change(client: &Client, order: &Value, body: Value) -> Answer {
    let path = format!("/orders/{}/changes", id(order));
    client.post_with_key(&path, &unique(), body).await
}

async fn preview(client: &Client, order: &Value, body: Value) -> Answer {
    client
        .post(&format!("/orders/{}/changes/preview", id(order)), body)
        .await
}

pub(super) async fn by_staff(shop: &Shop, order: &Value, body: Value) -> Answer {
    let path = format!("/supplier/orders/{}/changes", id(order));
    shop.service.post_with_key(&path, &unique(), body).await
}

pub(super) async fn exposure(client: &Client) -> Value {
    client.get("/account").await.expect(200)["exposure"].clone()
}

pub(super) fn set(order: &Value, index: usize, quantity: &str) -> Value {
    json!({"order_line_id": order["lines"][index]["id"], "quantity": quantity})
}

fn remove(order: &Value, index: usize) -> Value {
    json!({"order_line_id": order["lines"][index]["id"], "remove": true})
}

pub(super) async fn placed(client: &Client, lines: &[Value]) -> Value {
    client.place_order(json!({ "lines": lines })).await.expect(201)
}

/// The kinds of events about an order, in their order.
async fn told(client: &Client, order: &Value) -> Vec<String> {
    let events = client.get("/events?limit=200").await.expect(200);
    let about = events["data"].as_array().unwrap().iter();
    let about = about.filter(|event| event["subject"] == order["id"]);
    about.map(|event| event["type"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_buyer_changes_an_order_that_nobody_took_on_and_what_is_free_serves_others() {
    let shop = Shop::open().await;
    let order = placed(&shop.gold, &[line("RARE", "H87", "50"), line("FOOD", "H87", "10")]).await;
    assert_eq!(order["revision"], 1);
    let waits = placed(&shop.silver, &[line("RARE", "H87", "5")]).await;
    assert_eq!(progress(&waits, 0), ["0", "5", "0", "0"]);
    // 30 of 50 rare parts, the biscuits go, 200 bolts come: 300 and 14.67 net.
    let body = json!({
        "lines": [set(&order, 0, "30"), remove(&order, 1), line("BOLT", "CT100", "2")],
        "order_class": "priority", "note": "By noon", "reason": "we planned anew",
    });
    let foreseen = preview(&shop.gold, &order, body.clone()).await.expect(200);
    assert_eq!(
        (&foreseen["outcome"], &foreseen["revision"]),
        (&json!("applied"), &json!(2))
    );
    assert_eq!(reread(&shop.gold, &order).await["revision"], 1);
    let answer = change(&shop.gold, &order, body).await;
    assert!(answer.header("location").starts_with("/api/v1/order-changes/och_"));
    let done = answer.expect(201);
    assert_eq!((&done["state"], &done["revision"]), (&json!("applied"), &json!(2)));
    let mut difference = done["difference"].clone();
    for line in difference["lines"].as_array_mut().unwrap() {
        if line["change"] == "added" {
            line["order_line_id"] = Value::Null;
        }
    }
    assert_eq!(difference, foreseen["difference"], "what was foreseen is what was done");
    let kinds: Vec<_> = difference["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["change"])
        .collect();
    assert_eq!(kinds, ["lowered", "removed", "added"]);

    let after = reread(&shop.gold, &order).await;
    assert_eq!(after, done["order"]);
    assert_eq!(
        (&after["state"], &after["order_class"]),
        (&json!("placed"), &json!("priority"))
    );
    assert_eq!(after["lines"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&after["lines"][0]["quantity"], progress(&after, 0)),
        (&json!("30"), ["30", "0", "0", "0"])
    );
    assert_eq!(
        (&after["lines"][1]["position"], progress(&after, 1)),
        (&json!(3), ["200", "0", "0", "0"])
    );
    assert_eq!(
        (&after["net_total"], &after["gross_total"]),
        (&json!("314.67"), &json!("380.75"))
    );
    assert_eq!(exposure(&shop.gold).await, "380.75");
    assert_eq!(progress(&reread(&shop.silver, &waits).await, 0), ["5", "0", "0", "0"]);
    assert_eq!(told(&shop.gold, &order).await, ["order.placed", "order.changed"]);

    // It goes on to its end.
    shop.accept(&order).await;
    let shipment = shop.ship(&order).await;
    shop.deliver(&shipment).await;
    assert_eq!(shop.invoice(&shipment).await["gross_total"], "380.75");
    shop.pay("GOLD", "380.75").await;
    assert_eq!(reread(&shop.gold, &order).await["state"], "closed");
    change(&shop.gold, &order, json!({"note": "too late"}))
        .await
        .problem(409, "order_state");
    shop.app.finish().await;
}

#[tokio::test]
async fn what_stays_keeps_its_price_and_more_at_another_price_is_a_line_of_its_own() {
    let shop = Shop::open().await;
    let order = placed(&shop.gold, &[line("RARE", "H87", "10"), line("FOOD", "H87", "10")]).await;
    // More at the same price is the same line.
    let same = change(&shop.gold, &order, json!({"lines": [set(&order, 1, "12")]}))
        .await
        .expect(201);
    assert_eq!(same["order"]["lines"][1]["quantity"], "12");
    assert_eq!(same["order"]["lines"].as_array().unwrap().len(), 2);
    shop.app
        .import(&[(
            "prices.csv",
            "price_list,sku,unit,min_quantity,price,price_base\nBASE,RARE,H87,1,12,1\n",
        )])
        .await;
    let body = json!({"lines": [set(&order, 0, "15")]});
    let more = change(&shop.gold, &order, body).await.expect(201)["order"].clone();
    let prices: Vec<_> = more["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (&line["sku"], &line["quantity"], &line["unit_price"], &line["net"]))
        .collect();
    assert_eq!(
        json!(prices),
        json!([
            ["RARE", "10", "10", "100.00"],
            ["FOOD", "12", "1.05", "12.60"],
            ["RARE", "5", "12", "60.00"]
        ])
    );
    // Less of it keeps the price it had.
    let less = change(&shop.gold, &order, json!({"lines": [set(&more, 0, "4")]}))
        .await
        .expect(201);
    assert_eq!(
        (&less["order"]["lines"][0]["net"], &less["revision"]),
        (&json!("40.00"), &json!(4))
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn after_it_is_accepted_a_change_is_asked_for_and_the_supplier_decides() {
    let shop = Shop::open().await;
    let order = shop
        .accepted(&shop.gold, &[line("RARE", "H87", "20"), line("FOOD", "H87", "10")])
        .await;
    let body = json!({"lines": [set(&order, 0, "5")], "reason": "too many"});
    let foreseen = preview(&shop.gold, &order, body.clone()).await.expect(200);
    assert_eq!(foreseen["outcome"], "requested");
    let asked = change(&shop.gold, &order, body.clone()).await.expect(201);
    assert_eq!(
        (&asked["state"], &asked["revision"]),
        (&json!("requested"), &Value::Null)
    );
    assert_eq!(reread(&shop.gold, &order).await["lines"][0]["quantity"], "20");
    change(&shop.gold, &order, body).await.problem(409, "change_open");

    let list = shop
        .service
        .get("/supplier/order-changes?state=requested")
        .await
        .expect(200);
    assert_eq!(
        (&list["data"][0]["id"], &list["data"][0]["account"]),
        (&asked["id"], &json!("GOLD"))
    );
    let path = format!("/supplier/order-changes/{}", id(&asked));
    let faults = shop
        .service
        .post(&format!("{path}/refuse"), json!({"reason": " "}))
        .await
        .faults();
    assert_eq!(faults, [("/reason".to_owned(), "required".to_owned())]);
    let refused = shop
        .service
        .post(&format!("{path}/refuse"), json!({"reason": "packed"}))
        .await
        .expect(200);
    assert_eq!(
        (&refused["state"], &refused["decision_reason"]),
        (&json!("refused"), &json!("packed"))
    );
    shop.service
        .post(&format!("{path}/accept"), json!({}))
        .await
        .problem(409, "change_state");

    let again = change(&shop.gold, &order, json!({"lines": [set(&order, 1, "3")]}))
        .await
        .expect(201);
    let own = format!("/order-changes/{}", id(&again));
    shop.silver.get(&own).await.problem(404, "not_found");
    shop.gold.post(&format!("{own}/withdraw"), json!({})).await.expect(200);
    shop.gold
        .post(&format!("{own}/withdraw"), json!({}))
        .await
        .problem(409, "change_state");

    let third = change(&shop.gold, &order, json!({"lines": [set(&order, 0, "5")]}))
        .await
        .expect(201);
    let path = format!("/supplier/order-changes/{}/accept", id(&third));
    let accepted = shop.service.post(&path, json!({"reason": "gladly"})).await.expect(200);
    assert_eq!(
        (&accepted["state"], &accepted["revision"]),
        (&json!("applied"), &json!(2))
    );
    let after = reread(&shop.gold, &order).await;
    assert_eq!(
        (&after["state"], &after["lines"][0]["quantity"]),
        (&json!("accepted"), &json!("5"))
    );
    assert_eq!(
        told(&shop.gold, &order).await,
        [
            "order.placed",
            "order.accepted",
            "order.change_requested",
            "order.change_refused",
            "order.change_requested",
            "order.change_withdrawn",
            "order.change_requested",
            "order.changed"
        ]
    );
    let mails = shop.app.mails().await;
    let subjects: Vec<_> = mails.iter().map(|mail| mail.texts.subject.as_str()).collect();
    assert!(
        subjects.iter().any(|subject| subject.contains("change refused")),
        "{subjects:?}"
    );
    assert!(
        subjects.iter().any(|subject| subject.contains("changed, revision 2")),
        "{subjects:?}"
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn nothing_that_has_left_is_changed_and_staff_change_the_rest() {
    let shop = Shop::open().await;
    let order = shop
        .accepted(&shop.gold, &[line("RARE", "H87", "60"), line("FOOD", "H87", "10")])
        .await;
    shop.ship_part(&order, 0, "20").await;
    let faults = by_staff(&shop, &order, json!({"lines": [set(&order, 0, "40")]}))
        .await
        .faults();
    assert_eq!(faults, [("/reason".to_owned(), "required".to_owned())]);
    let with = |line: Value| json!({"lines": [line], "reason": "as agreed"});
    by_staff(&shop, &order, with(set(&order, 0, "19")))
        .await
        .problem(409, "order_state");
    by_staff(&shop, &order, with(remove(&order, 0)))
        .await
        .problem(409, "order_state");
    let other = json!({"ship_to": "NOWHERE", "reason": "moved"});
    let faults = by_staff(&shop, &order, other).await.faults();
    assert_eq!(faults, [("/ship_to".to_owned(), "unknown_ship_to".to_owned())]);
    let done = by_staff(&shop, &order, with(set(&order, 0, "40"))).await.expect(201);
    assert_eq!(done["by"], "supplier");
    let after = reread(&shop.gold, &order).await;
    // 10 of them waited: they are the first to go.
    assert_eq!(
        (&after["state"], progress(&after, 0)),
        (&json!("partly_shipped"), ["20", "0", "20", "0"])
    );
    let both = json!({"lines": [set(&order, 0, "20"), remove(&order, 1)], "reason": "all of it"});
    by_staff(&shop, &order, both)
        .await
        .problem(422, "nothing_would_be_left");
    by_staff(
        &shop,
        &order,
        json!({"lines": [set(&order, 0, "40")], "reason": "again"}),
    )
    .await
    .problem(422, "nothing_to_change");
    let shipment = shop.ship(&order).await;
    assert_eq!(reread(&shop.gold, &order).await["state"], "shipped");
    shop.deliver(&shipment).await;
    shop.app.finish().await;
}

#[tokio::test]
async fn a_change_above_the_credit_limit_holds_the_order_and_less_lets_it_go_on() {
    let shop = Shop::open().await;
    let tight = shop.app.person("TIGHT", "admin").await;
    // 10 rare parts are 121.00 gross: exactly the limit.
    let order = placed(&tight, &[line("RARE", "H87", "10")]).await;
    assert_eq!(order["state"], "placed");
    let foreseen = preview(&tight, &order, json!({"lines": [set(&order, 0, "11")]}))
        .await
        .expect(200);
    assert_eq!(
        (&foreseen["hold_reasons"], &foreseen["difference"]["is"]["state"]),
        (&json!(["credit_limit"]), &json!("on_hold"))
    );
    let held = change(&tight, &order, json!({"lines": [set(&order, 0, "11")]}))
        .await
        .expect(201);
    assert_eq!(
        (&held["order"]["state"], progress(&held["order"], 0)),
        (&json!("on_hold"), ["0", "11", "0", "0"])
    );
    assert_eq!(exposure(&tight).await, "0.00");
    let freed = change(&tight, &order, json!({"lines": [set(&order, 0, "9")]}))
        .await
        .expect(201);
    assert_eq!(
        (&freed["order"]["state"], progress(&freed["order"], 0)),
        (&json!("placed"), ["9", "0", "0", "0"])
    );
    assert_eq!(exposure(&tight).await, "108.90");
    assert_eq!(
        told(&tight, &order).await,
        [
            "order.placed",
            "order.changed",
            "order.on_hold",
            "order.released",
            "order.changed"
        ]
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn another_place_brings_its_tax_and_another_day_no_one_asks_twice() {
    let shop = Shop::open().await;
    shop.app
        .import(&[(
            "sites.csv",
            "account,site,name,country\nGOLD,MAIN,Main,NL\nGOLD,BERN,Bern,CH\n",
        )])
        .await;
    let order = placed(&shop.gold, &[line("RARE", "H87", "10")]).await;
    assert_eq!(
        (&order["ship_to"], &order["tax_total"]),
        (&json!("MAIN"), &json!("21.00"))
    );
    let key = unique();
    let path = format!("/orders/{}/changes", id(&order));
    let body = json!({"ship_to": "BERN", "requested_date": "2099-01-31"});
    let first = shop.gold.post_with_key(&path, &key, body.clone()).await.expect(201);
    assert_eq!(
        (&first["order"]["ship_to"], &first["order"]["tax_total"]),
        (&json!("BERN"), &json!("0.00"))
    );
    let again = shop.gold.post_with_key(&path, &key, body).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.expect(201)["id"], first["id"]);
    shop.gold
        .post_with_key(&path, &key, json!({"note": "another"}))
        .await
        .problem(422, "idempotency_key_reused");
    let gone = change(&shop.gold, &order, json!({"requested_date": null}))
        .await
        .expect(201);
    assert_eq!(gone["order"]["requested_date"], Value::Null);
    let faults = change(&shop.gold, &order, json!({"requested_date": "2020-01-01"}))
        .await
        .faults();
    assert_eq!(faults, [("/requested_date".to_owned(), "date_in_past".to_owned())]);
    shop.app.finish().await;
}
