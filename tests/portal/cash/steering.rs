//! Accept, hold, release and cancel by staff.

use serde_json::json;

use super::{Shop, id, line, progress, reread, texts};

#[tokio::test]
async fn a_held_order_frees_its_stock_and_comes_back_at_its_old_place() {
    let shop = Shop::open().await;
    let first = shop
        .gold
        .place_order(json!({"lines": [line("RARE", "H87", "40")]}))
        .await
        .expect(201);
    let second = shop
        .gold
        .place_order(json!({"lines": [line("RARE", "H87", "20")]}))
        .await
        .expect(201);
    assert_eq!(progress(&second, 0), ["10", "10", "0", "0"]);
    let exposure = async || shop.gold.get("/account").await.expect(200)["exposure"].clone();
    assert_eq!(exposure().await, "726.00");

    let held = shop.hold(&first).await;
    assert_eq!(held["state"], "on_hold");
    assert_eq!(held["hold_reasons"], json!(["manual"]));
    assert_eq!(held["hold_note"], "The address looks wrong.");
    assert_eq!(progress(&held, 0), ["0", "40", "0", "0"]);
    assert_eq!(exposure().await, "242.00");
    assert_eq!(progress(&reread(&shop.gold, &second).await, 0), ["20", "0", "0", "0"]);

    let released = shop.release(&first).await;
    assert_eq!(released["state"], "placed");
    assert_eq!(released["hold_reasons"], json!([]));
    assert_eq!(released["hold_note"], json!(null));
    assert_eq!(progress(&released, 0), ["30", "10", "0", "0"]);
    assert_eq!(exposure().await, "726.00");
    // It waits since before the second one, so what comes next is for it.
    shop.receive("RARE", "10").await;
    assert_eq!(progress(&reread(&shop.gold, &first).await, 0), ["40", "0", "0", "0"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_credit_hold_is_released_by_finance_alone() {
    let shop = Shop::open().await;
    let tight = shop.app.person("TIGHT", "buyer").await;
    let lines = json!({"lines": [line("RARE", "H87", "11")]});
    let order = tight.place_order(lines).await.expect(201);
    assert_eq!(order["hold_reasons"], json!(["credit_limit"]));
    let path = format!("/supplier/orders/{}/release", id(&order));
    let body = json!({"reason": "paid in advance"});
    shop.service.post(&path, body.clone()).await.problem(403, "forbidden");
    let released = shop.finance.post(&path, body.clone()).await.expect(200);
    assert_eq!(released["state"], "placed");
    assert_eq!(progress(&released, 0), ["11", "0", "0", "0"]);
    assert_eq!(tight.get("/account").await.expect(200)["exposure"], "133.10");
    shop.finance.post(&path, body).await.problem(409, "order_state");
    // What staff hold, finance does not release.
    shop.hold(&order).await;
    let refused = shop.finance.post(&path, json!({"reason": "paid"})).await;
    refused.problem(403, "forbidden");
    shop.app.finish().await;
}

#[tokio::test]
async fn only_placed_orders_are_accepted_and_only_once() {
    let shop = Shop::open().await;
    let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "10")]).await;
    assert_eq!(order["state"], "accepted");
    assert_eq!(
        order["account"],
        json!({"code": "GOLD", "name": "Gold Works", "tier": "gold"})
    );
    let path = |step: &str| format!("/supplier/orders/{}/{step}", id(&order));
    shop.service
        .post(&path("accept"), json!({}))
        .await
        .problem(409, "order_state");
    // The buyer comes too late, staff don't.
    let cancel = format!("/orders/{}/cancel", id(&order));
    shop.gold
        .post(&cancel, json!({}))
        .await
        .problem(409, "order_not_cancellable");
    let cancelled = shop
        .service
        .post(&path("cancel"), json!({"reason": "out of range"}))
        .await
        .expect(200);
    assert_eq!(cancelled["state"], "cancelled");
    assert_eq!(cancelled["cancel_reason"], "out of range");
    shop.service
        .post(&path("cancel"), json!({}))
        .await
        .problem(409, "order_not_cancellable");
    for step in ["accept", "hold", "release"] {
        let body = if step == "accept" {
            json!({})
        } else {
            json!({"reason": "x"})
        };
        shop.service.post(&path(step), body).await.problem(409, "order_state");
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn a_hold_needs_a_reason() {
    let shop = Shop::open().await;
    let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "10")]).await;
    let path = format!("/supplier/orders/{}/hold", id(&order));
    for (reason, code) in [("  ", "required"), (&"x".repeat(1_001), "value_too_long")] {
        let faults = shop.service.post(&path, json!({ "reason": reason })).await.faults();
        assert_eq!(faults, [("/reason".to_owned(), code.to_owned())]);
    }
    let unknown = format!("/supplier/orders/{}/hold", portal::ids::OrderId::new());
    let missing = shop.service.post(&unknown, json!({"reason": "x"})).await;
    missing.problem(404, "not_found");
}

#[tokio::test]
async fn the_queue_is_listed_by_rank_in_pages() {
    let shop = Shop::open().await;
    let far = shop.app.person("FAR", "buyer").await;
    let mut expected = Vec::new();
    for (place, buyer, class, date) in [
        (4, &shop.silver, "standard", None),
        (1, &shop.gold, "standard", Some("2999-01-01")),
        (0, &far, "critical", None),
        (2, &shop.gold, "standard", None),
        (3, &shop.silver, "priority", None),
    ] {
        let mut order = json!({"order_class": class, "lines": [line("BOLT", "H87", "1")]});
        order["requested_date"] = json!(date);
        let placed = buyer.place_order(order).await.expect(201);
        expected.push((place, placed["number"].as_str().unwrap().to_owned()));
    }
    expected.sort();
    let expected: Vec<_> = expected.into_iter().map(|(_, number)| number).collect();
    let mut found = Vec::new();
    let mut path = "/supplier/orders?sort=priority&limit=2".to_owned();
    loop {
        let page = shop.service.get(&path).await.expect(200);
        found.extend(texts(&page["data"], "number").into_iter().map(str::to_owned));
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/supplier/orders?sort=priority&limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(found, expected);
    let first = &shop
        .service
        .get("/supplier/orders?sort=priority&limit=1")
        .await
        .expect(200)["data"][0];
    let reason = first["rank_reason"].as_str().unwrap();
    assert!(reason.starts_with("gold, critical, waits since "), "{reason}");
    let of_silver = shop
        .service
        .get("/supplier/orders?account=SILVER&state=placed")
        .await
        .expect(200);
    assert_eq!(of_silver["data"].as_array().unwrap().len(), 2);
    let faults = shop.service.get("/supplier/orders?state=lost").await.faults();
    assert_eq!(faults, [("/state".to_owned(), "value_invalid".to_owned())]);
}
