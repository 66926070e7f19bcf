//! What does not suffice is shared as it was said; what a receipt would do can be seen before; a decision can be overruled.

use reqwest::Method;
use serde_json::{Value, json};

use super::quotas::manager;
use super::{Shop, id, line, progress, reread, texts, today};
use crate::client::{Client, unique};

async fn share(manager: &Client, sku: &str, mode: &str) {
    let body = json!({"scope": "sku", "key": sku, "mode": mode});
    let answer = manager.send(Method::PUT, "/supplier/allocation-modes", &[], Some(body.to_string()));
    answer.await.expect(200);
}

/// Two accounts wait for 60 each after gold took all fifty.
async fn waiting(shop: &Shop) -> (Value, Value) {
    let place = async |buyer: &Client, quantity: &str| {
        let lines = json!({"lines": [line("RARE", "H87", quantity)]});
        buyer.place_order(lines).await.expect(201)
    };
    place(&shop.gold, "50").await;
    (place(&shop.gold, "60").await, place(&shop.silver, "60").await)
}

#[tokio::test]
async fn what_a_receipt_would_do_is_what_it_does() {
    for (mode, gold_gets, silver_gets) in [
        ("strict", "50", "0"),
        ("fair_share", "30", "20"),
        ("proportional", "25", "25"),
    ] {
        let shop = Shop::open().await;
        let manager = manager(&shop.app).await;
        let (gold, silver) = waiting(&shop).await;
        share(&manager, "RARE", mode).await;
        let asked = json!({"sku": "RARE", "quantity": "50", "warehouse": "NORTH"});
        let foreseen = shop
            .service
            .post("/supplier/allocations/preview", asked)
            .await
            .expect(200);
        assert_eq!((&foreseen["mode"], &foreseen["left"]), (&json!(mode), &json!("0")));
        let told: Vec<_> = texts(&foreseen["served"], "quantity")
            .into_iter()
            .map(str::to_owned)
            .collect();
        let expected: Vec<_> = [gold_gets, silver_gets]
            .into_iter()
            .filter(|gets| *gets != "0")
            .collect();
        assert_eq!(told, expected, "{mode}");
        let receipt = shop.receive("RARE", "50").await;
        assert_eq!(texts(&receipt["served"], "quantity"), expected, "{mode}");
        assert_eq!(progress(&reread(&shop.gold, &gold).await, 0)[0], gold_gets);
        assert_eq!(progress(&reread(&shop.silver, &silver).await, 0)[0], silver_gets);
        let decisions = shop.service.get("/supplier/allocations?sku=RARE").await.expect(200);
        let last = decisions["data"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["mode"], &last["replayed_equal"]), (&json!(mode), &json!(true)));
        shop.app.check().await;
        shop.app.finish().await;
    }
}

#[tokio::test]
async fn staff_give_stock_against_the_queue_and_nobody_is_told_why() {
    let shop = Shop::open().await;
    let (gold, silver) = waiting(&shop).await;
    shop.receive("RARE", "36").await;
    let line_of = |order: &Value| order["lines"][0]["id"].clone();
    let asked =
        json!({"to": line_of(&silver), "from": line_of(&gold), "quantity": "24", "reason": "Their line stands still."});
    let key = unique();
    for _ in 0..2 {
        let order = shop
            .service
            .post_with_key("/supplier/allocations/overrule", &key, asked.clone())
            .await
            .expect(200);
        assert_eq!(progress(&order, 0), ["24", "36", "0", "0"]);
    }
    let (gold, silver) = (reread(&shop.gold, &gold).await, reread(&shop.silver, &silver).await);
    assert_eq!(progress(&gold, 0), ["12", "48", "0", "0"]);
    assert_eq!(gold["lines"][0]["promised_date"], Value::Null);
    for (client, order) in [(&shop.gold, &gold), (&shop.silver, &silver)] {
        let events = client.get("/events?limit=200").await.expect(200);
        let own = events["data"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|event| event["type"] == "order.promise_changed" && event.to_string().contains(id(order)));
        assert!(own.count() >= 1, "{events}");
        assert!(!events.to_string().contains("stands still"));
    }
    let admin = shop.app.staff("admin").await;
    let record = admin
        .get("/supplier/audit?action=allocation.overrule")
        .await
        .expect(200);
    assert_eq!(record["data"][0]["details"]["reason"], "Their line stands still.");

    let again = |to: &Value, from: Option<&Value>, quantity: &str| json!({"to": line_of(to), "from": from.map(&line_of), "quantity": quantity, "reason": "because"});
    let overrule = async |body: Value| {
        shop.service
            .post_with_key("/supplier/allocations/overrule", &unique(), body)
            .await
    };
    overrule(again(&silver, Some(&gold), "13"))
        .await
        .problem(409, "order_state");
    overrule(again(&silver, Some(&gold), "37"))
        .await
        .problem(409, "order_state");
    overrule(again(&silver, None, "1")).await.problem(409, "order_state");
    let faults = overrule(again(&silver, Some(&gold), "0")).await.faults();
    assert_eq!(faults, [("/quantity".to_owned(), "quantity_invalid".to_owned())]);
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_kept_for_a_tier_goes_before_rank() {
    let shop = Shop::open().await;
    let (_, silver) = waiting(&shop).await;
    let manager = manager(&shop.app).await;
    let body =
        json!({"quota": "Q-1", "scope": "sku", "key": "RARE", "tier": "silver", "period": "week", "quantity": "10"});
    let kept = manager.post("/supplier/quotas", body).await.expect(201);
    assert_eq!((&kept["tier"], &kept["account"]), (&json!("silver"), &Value::Null));
    let asked = json!({"sku": "RARE", "quantity": "12"});
    let foreseen = shop
        .service
        .post("/supplier/allocations/preview", asked)
        .await
        .expect(200);
    assert_eq!(texts(&foreseen["served"], "quantity"), ["2", "10"]);
    assert_eq!(progress(&reread(&shop.silver, &silver).await, 0)[0], "0");
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_expected_is_promised_as_it_will_be_shared() {
    let shop = Shop::open().await;
    let (gold, silver) = waiting(&shop).await;
    let day = (today() + chrono::TimeDelta::days(9)).to_string();
    let body = json!({"reference": "PO-9", "warehouse": "NORTH", "sku": "RARE", "quantity": "60", "expected_on": day});
    shop.warehouse
        .post("/supplier/expected-receipts", body)
        .await
        .expect(201);
    let promised = async |client: &Client, order: &Value| {
        let order = reread(client, order).await;
        let parts = order["lines"][0]["promises"].as_array().unwrap().clone();
        let quantity = |part: &Value| part["quantity"].as_str().unwrap().parse::<i64>().unwrap();
        parts.iter().map(quantity).sum::<i64>()
    };
    assert_eq!(
        (promised(&shop.gold, &gold).await, promised(&shop.silver, &silver).await),
        (60, 0)
    );
    let manager = manager(&shop.app).await;
    share(&manager, "RARE", "proportional").await;
    assert_eq!(
        (promised(&shop.gold, &gold).await, promised(&shop.silver, &silver).await),
        (30, 30)
    );
    let body = json!({"quota": "Q-1", "scope": "sku", "key": "RARE", "account": "SILVER", "period": "month", "quantity": "50"});
    manager.post("/supplier/quotas", body).await.expect(201);
    assert_eq!(
        (promised(&shop.gold, &gold).await, promised(&shop.silver, &silver).await),
        (9, 51)
    );
    let mut body = json!({"warehouse": "NORTH", "lines": [{"sku": "RARE", "quantity": "60"}]});
    body["lines"][0]["reference"] = json!("PO-9");
    shop.warehouse
        .post_with_key("/supplier/receipts", &unique(), body)
        .await
        .expect(201);
    assert_eq!(progress(&reread(&shop.gold, &gold).await, 0)[0], "9");
    assert_eq!(progress(&reread(&shop.silver, &silver).await, 0)[0], "51");
    shop.app.check().await;
    shop.app.finish().await;
}
