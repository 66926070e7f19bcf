//! Shipments in whole and in part.

use serde_json::json;

use super::{Shop, id, line, progress, reread, texts};
use crate::client::unique;

#[tokio::test]
async fn an_order_leaves_in_parts_and_arrives() {
    let shop = Shop::open().await;
    let order = shop
        .accepted(&shop.gold, &[line("BOLT", "CT100", "12"), line("CABLE", "MTR", "2.5")])
        .await;
    let first = shop.ship_part(&order, 0, "7").await;
    assert_eq!(first["state"], "shipped");
    assert_eq!(texts(&first["lines"], "quantity"), ["7"]);
    assert_eq!(texts(&first["lines"], "base_quantity"), ["700"]);
    let after = reread(&shop.gold, &order).await;
    assert_eq!(after["state"], "partly_shipped");
    assert_eq!(progress(&after, 0), ["500", "0", "700", "0"]);
    let rest = shop.ship(&order).await;
    assert_eq!(texts(&rest["lines"], "quantity"), ["5", "2.5"]);
    let after = reread(&shop.gold, &order).await;
    assert_eq!(after["state"], "shipped");
    assert_eq!(progress(&after, 1), ["0", "0", "2.5", "0"]);
    let stock = shop.warehouse.get("/supplier/stock?sku=BOLT").await.expect(200);
    let on_hand: i64 = texts(&stock["data"], "on_hand")
        .iter()
        .map(|text| text.parse::<i64>().unwrap())
        .sum();
    assert_eq!(on_hand, 300);

    let delivered = shop.deliver(&first).await;
    assert_eq!(delivered["state"], "delivered");
    assert_eq!(reread(&shop.gold, &order).await["state"], "shipped");
    shop.deliver(&rest).await;
    assert_eq!(reread(&shop.gold, &order).await["state"], "delivered");
    let again = format!("/supplier/shipments/{}/deliver", id(&rest));
    shop.warehouse
        .post(&again, json!({}))
        .await
        .problem(409, "shipment_state");

    let listed = shop
        .gold
        .get(&format!("/shipments?order_id={}", id(&order)))
        .await
        .expect(200);
    assert_eq!(texts(&listed["data"], "id"), [id(&rest), id(&first)]);
    assert_eq!(shop.silver.get("/shipments").await.expect(200)["data"], json!([]));
    shop.app.finish().await;
}

#[tokio::test]
async fn only_what_is_reserved_of_an_accepted_order_leaves() {
    let shop = Shop::open().await;
    let order = json!({"lines": [line("RARE", "H87", "60"), line("BOLT", "CT100", "2")]});
    let order = shop.gold.place_order(order).await.expect(201);
    let ship = |lines: serde_json::Value| shop.try_ship(json!({"order_id": id(&order), "lines": lines}));
    let (rare, bolt) = (&order["lines"][0]["id"], &order["lines"][1]["id"]);
    let early = ship(json!([{"order_line_id": bolt, "quantity": "1"}])).await;
    let problem = early.problem(409, "order_state");
    assert!(
        problem["detail"].as_str().unwrap().contains("accept it first"),
        "{problem}"
    );
    shop.accept(&order).await;
    let faults = ship(json!([
        {"order_line_id": rare, "quantity": "51"},
        {"order_line_id": bolt, "quantity": "0.5"},
        {"order_line_id": "lin_nothing", "quantity": "1"},
        {"order_line_id": bolt, "quantity": "1"},
        {"order_line_id": bolt, "quantity": "1"},
        {"order_line_id": bolt, "quantity": "many"},
    ]))
    .await
    .faults();
    let faults: Vec<_> = faults.iter().map(|(at, code)| (at.as_str(), code.as_str())).collect();
    assert_eq!(
        faults,
        [
            ("/lines/0/quantity", "not_reserved"),
            ("/lines/1/quantity", "quantity_not_whole"),
            ("/lines/2/order_line_id", "unknown_line"),
            ("/lines/4/order_line_id", "duplicate_key"),
            ("/lines/5/quantity", "quantity_invalid"),
        ]
    );
    for order_id in ["nonsense".to_owned(), portal::ids::OrderId::new().to_string()] {
        let faults = shop.try_ship(json!({ "order_id": order_id })).await.faults();
        assert_eq!(faults, [("/order_id".to_owned(), "unknown_order".to_owned())]);
    }
    shop.ship(&order).await;
    assert_eq!(progress(&reread(&shop.gold, &order).await, 0), ["0", "10", "50", "0"]);
    let empty = shop.try_ship(json!({"order_id": id(&order)})).await;
    empty.problem(409, "nothing_to_ship");
    let cancel = format!("/supplier/orders/{}/cancel", id(&order));
    shop.service
        .post(&cancel, json!({}))
        .await
        .problem(409, "order_not_cancellable");
    shop.receive("RARE", "10").await;
    shop.ship(&order).await;
    assert_eq!(reread(&shop.gold, &order).await["state"], "shipped");
    shop.app.finish().await;
}

#[tokio::test]
async fn a_shipment_is_made_once_under_its_key() {
    let shop = Shop::open().await;
    let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "10")]).await;
    let (key, body) = (
        unique(),
        json!({"order_id": id(&order), "carrier": "DHL", "tracking_number": "JD01"}),
    );
    let first = shop
        .warehouse
        .post_with_key("/supplier/shipments", &key, body.clone())
        .await;
    let first = first.expect(201);
    assert_eq!(
        (first["carrier"].as_str(), first["tracking_number"].as_str()),
        (Some("DHL"), Some("JD01"))
    );
    let again = shop.warehouse.post_with_key("/supplier/shipments", &key, body).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.expect(201), first);
    let other = json!({"order_id": id(&order)});
    let other = shop.warehouse.post_with_key("/supplier/shipments", &key, other).await;
    other.problem(422, "idempotency_key_reused");
    shop.app.finish().await;
}
