//! The number of statements does not grow with the number of lines.

use serde_json::{Value, json};

use super::{Shop, id};
use crate::client::unique;

const ARTICLES: usize = 300;

async fn stocked() -> Shop {
    let shop = Shop::open().await;
    let rows = |head: &str, row: fn(usize) -> String| {
        let rows: Vec<_> = (0..ARTICLES).map(row).collect();
        format!("{head}\n{}\n", rows.join("\n"))
    };
    let products = rows("sku,name,base_unit,decimals,tax_category", |n| {
        format!("A{n:04},Part {n},H87,0,S")
    });
    let prices = rows("price_list,sku,unit,min_quantity,price", |n| {
        format!("BASE,A{n:04},H87,1,1.5")
    });
    let stock = rows("warehouse,sku,on_hand", |n| format!("NORTH,A{n:04},5"));
    shop.app
        .import(&[
            ("products.csv", &products),
            ("prices.csv", &prices),
            ("stock.csv", &stock),
        ])
        .await;
    shop
}

/// How many statements each step of an order of `count` lines takes: hold, release, accept, a receipt that serves all
/// its lines, shipment, delivery, invoice, payment, and reading it.
async fn steps(shop: &Shop, count: usize) -> Vec<(&'static str, u64)> {
    let lines: Vec<_> = (0..count)
        .map(|n| json!({"sku": format!("A{n:04}"), "unit": "H87", "quantity": "10"}))
        .collect();
    let order = shop.gold.place_order(json!({ "lines": lines })).await.expect(201);
    let mut counts = Vec::new();
    let mut before = shop.app.db().statements();
    let mut counted = |step: &'static str| {
        let after = shop.app.db().statements();
        counts.push((step, after - before));
        before = after;
    };
    shop.hold(&order).await;
    counted("hold");
    shop.release(&order).await;
    counted("release");
    shop.accept(&order).await;
    counted("accept");
    let arrived: Vec<_> = (0..count)
        .map(|n| json!({"sku": format!("A{n:04}"), "quantity": "5"}))
        .collect();
    let receipt = json!({"warehouse": "NORTH", "lines": arrived});
    let receipt = shop
        .warehouse
        .post_with_key("/supplier/receipts", &unique(), receipt)
        .await
        .expect(201);
    assert_eq!(receipt["served"].as_array().unwrap().len(), count);
    counted("receipt");
    let shipment = shop.ship(&order).await;
    counted("shipment");
    shop.deliver(&shipment).await;
    counted("delivery");
    let invoice = shop.invoice(&shipment).await;
    counted("invoice");
    shop.pay("GOLD", invoice["gross_total"].as_str().unwrap()).await;
    counted("payment");
    let read: Value = shop.gold.get(&format!("/invoices/{}", id(&invoice))).await.expect(200);
    assert_eq!(read["state"], "paid");
    counted("read");
    // What was shipped is gone: the next round finds the same stock.
    let arrived: Vec<_> = (0..count)
        .map(|n| json!({"sku": format!("A{n:04}"), "quantity": "5"}))
        .collect();
    let refill = json!({"warehouse": "NORTH", "lines": arrived});
    shop.warehouse
        .post_with_key("/supplier/receipts", &unique(), refill)
        .await
        .expect(201);
    counts
}

#[tokio::test]
async fn each_step_takes_the_same_statements_for_any_number_of_lines() {
    let shop = stocked().await;
    // The fewest of some tries: a session may be looked up in between.
    let mut fewest: Vec<(&str, u64, u64)> = Vec::new();
    for round in 0..3 {
        let (few, many) = (steps(&shop, 3).await, steps(&shop, ARTICLES).await);
        for (index, ((step, few), (_, many))) in few.into_iter().zip(many).enumerate() {
            if round == 0 {
                fewest.push((step, few, many));
            } else {
                fewest[index].1 = fewest[index].1.min(few);
                fewest[index].2 = fewest[index].2.min(many);
            }
        }
    }
    for (step, few, many) in fewest {
        assert_eq!(few, many, "{step}");
    }
    shop.app.finish().await;
}
