//! Credit is looked at as an order is placed, accepted and shipped, as set; finance lets it go on.

use reqwest::Method;
use serde_json::{Value, json};

use super::changes::{change, set};
use super::{Shop, id, line, reread, texts};
use crate::client::unique;

fn one() -> Value {
    json!({"lines": [line("EXEMPT", "H87", "1")]})
}

impl Shop {
    async fn checks(&self, order: &str, acceptance: &str, shipment: &str) {
        let body = json!({"check_order": order, "check_acceptance": acceptance, "check_shipment": shipment, "insurance": "warn"});
        let put = self
            .finance
            .change(Method::PUT, "/supplier/credit-settings", "*", Some(body.clone()));
        assert_eq!(put.await.expect(200), body);
    }

    async fn try_accept(&self, order: &Value) -> crate::client::Answer {
        self.service
            .post(&format!("/supplier/orders/{}/accept", id(order)), json!({}))
            .await
    }

    /// Finance lets an order go on.
    async fn let_go(&self, order: &Value) -> Value {
        let path = format!("/supplier/orders/{}/release", id(order));
        self.finance
            .post(&path, json!({"reason": "They pay tomorrow."}))
            .await
            .expect(200)
    }
}

#[tokio::test]
async fn an_order_above_the_limit_goes_on_is_held_or_refused_as_it_is_placed() {
    let shop = Shop::open().await;
    shop.set_limit("GOLD", json!("98.99")).await;
    assert_eq!(shop.gold.place_order(one()).await.expect(201)["state"], "on_hold");
    shop.checks("off", "off", "off").await;
    let first = shop.gold.place_order(one()).await.expect(201);
    assert_eq!(first["state"], "placed");
    shop.checks("warn", "off", "off").await;
    let warned = shop.gold.place_order(one()).await.expect(201);
    assert_eq!(warned["state"], "placed");
    let audit = shop
        .app
        .staff("admin")
        .await
        .get("/supplier/audit?action=order.credit")
        .await
        .expect(200);
    let told = &audit["data"][0];
    assert_eq!(
        (&told["object"], audit["data"].as_array().unwrap().len()),
        (&warned["id"], 1)
    );
    assert_eq!(
        (
            &told["details"]["point"],
            &told["details"]["over"],
            &told["details"]["limit_of"]
        ),
        (&json!("order"), &json!("99.01"), &json!("account"))
    );
    let feed = shop.gold.get("/events?limit=200").await.expect(200);
    assert!(!texts(&feed["data"], "type").contains(&"order.credit_exceeded"));

    shop.checks("refuse", "off", "off").await;
    shop.gold.place_order(one()).await.problem(409, "credit_exceeded");
    let po = unique();
    let asked = json!({"po_number": &po, "lines": [line("EXEMPT", "H87", "1")]});
    shop.gold
        .post("/orders/preview", asked.clone())
        .await
        .problem(409, "credit_exceeded");
    // A refused one leaves nothing behind: the same number and key are free once there is room.
    let key = unique();
    shop.gold
        .post_with_key("/orders", &key, asked.clone())
        .await
        .problem(409, "credit_exceeded");
    shop.set_limit("GOLD", json!("500.00")).await;
    assert_eq!(
        shop.gold.post_with_key("/orders", &key, asked).await.expect(201)["state"],
        "placed"
    );
    // What an account has of its own goes before what holds for all.
    shop.set_limit("GOLD", json!("1.00")).await;
    shop.set_credit("GOLD", json!({"check_order": "hold"})).await;
    assert_eq!(shop.gold.place_order(one()).await.expect(201)["state"], "on_hold");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn an_order_is_looked_at_as_it_is_accepted() {
    let shop = Shop::open().await;
    let order = shop.gold.place_order(one()).await.expect(201);
    shop.set_limit("GOLD", json!("98.99")).await;
    shop.checks("hold", "refuse", "off").await;
    shop.try_accept(&order).await.problem(409, "credit_exceeded");
    assert_eq!(reread(&shop.gold, &order).await["state"], "placed");
    shop.checks("hold", "hold", "off").await;
    let held = shop.try_accept(&order).await.expect(200);
    assert_eq!(
        (&held["state"], &held["hold_reasons"]),
        (&json!("on_hold"), &json!(["credit_limit"]))
    );
    assert_eq!(
        shop.credit_of("GOLD").await["exposure"],
        "0.00",
        "an order on hold is no exposure"
    );
    // Only finance lets it go on, and then nobody asks again.
    shop.service
        .post(
            &format!("/supplier/orders/{}/release", id(&order)),
            json!({"reason": "please"}),
        )
        .await
        .problem(403, "forbidden");
    assert_eq!(shop.let_go(&order).await["state"], "placed");
    assert_eq!(shop.try_accept(&order).await.expect(200)["state"], "accepted");
    // Within the limit nothing is asked.
    let silver = shop.silver.place_order(one()).await.expect(201);
    assert_eq!(shop.try_accept(&silver).await.expect(200)["state"], "accepted");
    shop.checks("off", "warn", "off").await;
    let warned = shop.gold.place_order(one()).await.expect(201);
    assert_eq!(shop.try_accept(&warned).await.expect(200)["state"], "accepted");
    let audit = shop
        .app
        .staff("admin")
        .await
        .get("/supplier/audit?action=order.credit")
        .await
        .expect(200);
    assert_eq!(audit["data"][0]["details"]["point"], "acceptance");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn goods_do_not_leave_above_the_limit_where_that_is_set() {
    let shop = Shop::open().await;
    let order = shop.accepted(&shop.gold, &[line("EXEMPT", "H87", "2")]).await;
    shop.set_limit("GOLD", json!("100.00")).await;
    shop.checks("hold", "off", "refuse").await;
    let body = json!({"order_id": id(&order)});
    shop.try_ship(body.clone()).await.problem(409, "credit_exceeded");
    assert_eq!(reread(&shop.gold, &order).await["state"], "accepted");
    shop.warehouse
        .post_with_key("/supplier/packings", &unique(), body.clone())
        .await
        .problem(409, "credit_exceeded");

    shop.checks("hold", "off", "hold").await;
    let key = unique();
    let refused = shop
        .warehouse
        .post_with_key("/supplier/shipments", &key, body.clone())
        .await;
    refused.problem(409, "credit_exceeded");
    let held = reread(&shop.gold, &order).await;
    assert_eq!(
        (&held["state"], &held["hold_reasons"]),
        (&json!("on_hold"), &json!(["credit_limit"]))
    );
    assert_eq!(shop.let_go(&order).await["state"], "placed");
    shop.accept(&order).await;
    // The same key is free: nothing came of it before.
    assert_eq!(
        shop.warehouse
            .post_with_key("/supplier/shipments", &key, body)
            .await
            .expect(201)["state"],
        "shipped"
    );

    // An order of which something left is not held; the rest stays.
    shop.set_limit("SILVER", json!("500.00")).await;
    let parts = shop.accepted(&shop.silver, &[line("EXEMPT", "H87", "2")]).await;
    shop.ship_part(&parts, 0, "1").await;
    shop.set_limit("SILVER", json!("100.00")).await;
    shop.try_ship(json!({"order_id": id(&parts)}))
        .await
        .problem(409, "credit_exceeded");
    assert_eq!(reread(&shop.silver, &parts).await["state"], "partly_shipped");
    // A payment on account makes room.
    shop.pay("SILVER", "98.00").await;
    shop.ship(&parts).await;

    shop.checks("off", "off", "warn").await;
    let warned = shop.accepted(&shop.gold, &[line("EXEMPT", "H87", "1")]).await;
    shop.ship(&warned).await;
    let audit = shop
        .app
        .staff("admin")
        .await
        .get("/supplier/audit?action=order.credit")
        .await
        .expect(200);
    assert_eq!(
        (&audit["data"][0]["object"], &audit["data"][0]["details"]["point"]),
        (&warned["id"], &json!("shipment"))
    );
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn a_change_that_costs_more_than_the_group_may_owe_is_held_or_refused() {
    let shop = Shop::open().await;
    shop.set_credit("GOLD", json!({"group_limit": "198.00"})).await;
    shop.set_credit("SILVER", json!({"parent": "GOLD"})).await;
    shop.gold.place_order(one()).await.expect(201);
    let order = shop.silver.place_order(one()).await.expect(201);
    let more = json!({"lines": [set(&order, 0, "2")]});
    shop.checks("refuse", "off", "off").await;
    change(&shop.silver, &order, more.clone())
        .await
        .problem(409, "order_state");
    assert_eq!(reread(&shop.silver, &order).await["gross_total"], "99.00");
    shop.checks("hold", "off", "off").await;
    change(&shop.silver, &order, more).await.expect(201);
    let held = reread(&shop.silver, &order).await;
    assert_eq!(
        (&held["state"], &held["gross_total"]),
        (&json!("on_hold"), &json!("198.00"))
    );
    shop.app.check().await;
    shop.app.finish().await;
}
