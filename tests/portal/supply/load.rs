//! Many lines that wait for one product, and the number of statements.

use portal::db::sql;
use serde_json::json;

use super::{Shop, day, place};

/// Lines that wait for SPARE, ten to an order.
const WAITING: usize = 10_000;
const LINES: usize = 500;

#[tokio::test]
async fn ten_thousand_lines_that_wait_are_served_by_receipts_and_promised_the_rest() {
    let shop = Shop::open().await;
    shop.expect("PO-1", "SPARE", "6000", 10).await;
    shop.expect("PO-2", "SPARE", "9000", 20).await;
    let lines: Vec<_> = (0..LINES)
        .map(|_| json!({"sku": "SPARE", "unit": "H87", "quantity": "1"}))
        .collect();
    for _ in 0..WAITING / LINES {
        shop.silver.place_order(json!({ "lines": lines })).await.expect(201);
    }
    for _ in 0..4 {
        let receipt = shop.receive("SPARE", "50", Some("PO-1")).await.expect(201);
        assert_eq!(receipt["served"].as_array().unwrap().len(), 50);
    }
    let promised = shop
        .app
        .db()
        .read(|connection| sql("SELECT CAST(SUM(quantity) AS BIGINT) FROM order_line_promises").one::<i64>(connection));
    assert_eq!(promised.await.unwrap(), 10_000 - 200);
    shop.app.check().await;
}

#[tokio::test]
async fn the_number_of_statements_does_not_grow_with_what_waits() {
    let shop = Shop::open().await;
    let expected = shop.expect("PO-1", "SPARE", "100", 10).await;
    // Whoever asks for the first time is looked at more closely.
    place(&shop.gold, "SPARE", "H87", "1").await;
    let mut counts = Vec::new();
    for (round, waiting) in [2, 20].into_iter().enumerate() {
        for _ in 0..waiting {
            place(&shop.silver, "SPARE", "H87", "1").await;
        }
        let before = shop.app.statements_before(&[&shop.gold, &shop.warehouse]).await;
        place(&shop.gold, "SPARE", "H87", "1").await;
        let placed = shop.app.db().statements();
        let change = json!({"expected_on": day(20 + u64::try_from(round).unwrap())});
        shop.change(&expected, change).await.expect(200);
        let changed = shop.app.db().statements();
        shop.receive("SPARE", "1", Some("PO-1")).await.expect(201);
        let received = shop.app.db().statements();
        counts.push((placed - before, changed - placed, received - changed));
    }
    assert_eq!(counts[0], counts[1]);
    shop.app.finish().await;
}
