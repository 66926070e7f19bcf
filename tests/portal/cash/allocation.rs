//! Receipts serve the queue, each decision is written down, and everybody reads as much of it as concerns them.

use serde_json::{Value, json};

use super::{Shop, id, line, progress, reread, texts};
use crate::client::unique;

#[tokio::test]
async fn a_receipt_serves_by_rank_and_tells_why() {
    let shop = Shop::open().await;
    let place = async |buyer: &crate::client::Client, quantity: &str| {
        let lines = json!({"lines": [line("RARE", "H87", quantity)]});
        buyer.place_order(lines).await.expect(201)
    };
    place(&shop.gold, "50").await;
    let silver = place(&shop.silver, "60").await;
    let gold = place(&shop.gold, "20").await;
    assert_eq!(silver["lines"][0]["allocation"], Value::Null);
    assert_eq!(
        reread(&shop.silver, &silver).await["lines"][0]["allocation"],
        "0 of 60 now; the rest waits for stock"
    );
    let desk = shop
        .service
        .get(&format!("/supplier/orders/{}", id(&silver)))
        .await
        .expect(200);
    let reason = desk["queue"][0]["reason"].as_str().unwrap();
    assert!(
        reason.starts_with("rank 2 of 2: silver, standard, waits since "),
        "{reason}"
    );

    let receipt = shop.receive("RARE", "60").await;
    let served = receipt["served"].as_array().unwrap();
    assert_eq!(texts(&receipt["served"], "order_id"), [id(&gold), id(&silver)]);
    assert_eq!(texts(&receipt["served"], "quantity"), ["20", "40"]);
    let reason = served[1]["reason"].as_str().unwrap();
    assert!(
        reason.starts_with("rank 2 of 2: silver, standard, waits since "),
        "{reason}"
    );

    let order = reread(&shop.silver, &silver).await;
    assert_eq!(progress(&order, 0), ["40", "20", "0", "0"]);
    assert_eq!(
        order["lines"][0]["allocation"],
        "40 of 60 now; orders with a higher rank came first"
    );
    assert_eq!(order["lines"][0]["promised_date"], Value::Null);
    let order = reread(&shop.gold, &gold).await;
    assert_eq!(order["lines"][0]["allocation"], Value::Null);
    assert!(order["lines"][0]["promised_date"].is_string());

    let decisions = shop.service.get("/supplier/allocations?sku=RARE").await.expect(200);
    let last = decisions["data"].as_array().unwrap().last().unwrap();
    assert_eq!(last["cause"], "goods_received");
    assert_eq!(last["waiting"], 2);
    assert_eq!(last["replayed_equal"], true);
    assert_eq!(
        last["stock"],
        json!([{"warehouse": "NORTH", "on_hand": "110", "reserved": "50"}])
    );
    let path = format!("/supplier/orders/{}/allocations", id(&silver));
    let own = shop.service.get(&path).await.expect(200);
    assert_eq!(own["data"].as_array().unwrap().len(), 1);
    shop.app.finish().await;
}

#[tokio::test]
async fn boxes_are_served_whole_and_the_next_takes_the_rest() {
    let shop = Shop::open().await;
    shop.gold
        .place_order(json!({"lines": [line("RARE", "H87", "50")]}))
        .await
        .expect(201);
    let boxes = json!({"lines": [line("RARE", "BX12", "2")]});
    let boxes = shop.gold.place_order(boxes).await.expect(201);
    let pieces = json!({"lines": [line("RARE", "H87", "5")]});
    let pieces = shop.silver.place_order(pieces).await.expect(201);
    shop.receive("RARE", "15").await;
    assert_eq!(progress(&reread(&shop.gold, &boxes).await, 0), ["12", "12", "0", "0"]);
    assert_eq!(progress(&reread(&shop.silver, &pieces).await, 0), ["3", "2", "0", "0"]);
    let order = reread(&shop.gold, &boxes).await;
    assert_eq!(order["lines"][0]["allocation"], "1 of 2 now; the rest waits for stock");
    shop.app.finish().await;
}

#[tokio::test]
async fn a_receipt_is_booked_once_under_its_key_and_refused_whole() {
    let shop = Shop::open().await;
    let key = unique();
    let body =
        json!({"warehouse": "SOUTH", "lines": [{"sku": "RARE", "quantity": 7}, {"sku": "CABLE", "quantity": "2.50"}]});
    let first = shop
        .warehouse
        .post_with_key("/supplier/receipts", &key, body.clone())
        .await;
    let first = first.expect(201);
    let again = shop
        .warehouse
        .post_with_key("/supplier/receipts", &key, body.clone())
        .await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.expect(201), first);
    let stock = shop.warehouse.get("/supplier/stock?sku=RARE").await.expect(200);
    assert_eq!(texts(&stock["data"], "on_hand"), ["50", "7"]);
    let bad = json!({"warehouse": "WEST", "lines": [
        {"sku": "NOTHING", "quantity": "1"}, {"sku": "RARE", "quantity": "0.5"}, {"sku": "RARE", "quantity": "0"},
        {"sku": "CABLE", "quantity": "-1"}]});
    let faults = shop
        .warehouse
        .post_with_key("/supplier/receipts", &unique(), bad)
        .await
        .faults();
    let faults: Vec<_> = faults.iter().map(|(at, code)| (at.as_str(), code.as_str())).collect();
    assert_eq!(
        faults,
        [
            ("/warehouse", "unknown_warehouse"),
            ("/lines/0/sku", "unknown_sku"),
            ("/lines/1/quantity", "quantity_invalid"),
            ("/lines/2/quantity", "quantity_invalid"),
            ("/lines/3/quantity", "quantity_invalid"),
        ]
    );
    let no_key = shop.warehouse.post("/supplier/receipts", body).await;
    no_key.problem(400, "idempotency_key_required");
    shop.app.finish().await;
}
