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

/// How many statements there were before the next step of somebody.
async fn before(shop: &Shop) -> u64 {
    let people = [&shop.service, &shop.warehouse, &shop.finance, &shop.gold];
    shop.app.statements_before(&people).await
}

/// How many statements each step of an order of `count` lines takes: hold, release, accept, a receipt that serves all
/// its lines, shipment, delivery, invoice, payment, and reading it.
async fn steps(shop: &Shop, count: usize) -> Vec<(&'static str, u64)> {
    let lines: Vec<_> = (0..count)
        .map(|n| json!({"sku": format!("A{n:04}"), "unit": "H87", "quantity": "10"}))
        .collect();
    let order = shop.gold.place_order(json!({ "lines": lines })).await.expect(201);
    let mut counts = Vec::new();
    macro_rules! counted {
        ($step:literal, $taken:expr) => {{
            let before = before(shop).await;
            let made = $taken.await;
            counts.push(($step, shop.app.db().statements() - before));
            made
        }};
    }
    counted!("hold", shop.hold(&order));
    counted!("release", shop.release(&order));
    counted!("accept", shop.accept(&order));
    let arrived: Vec<_> = (0..count)
        .map(|n| json!({"sku": format!("A{n:04}"), "quantity": "5"}))
        .collect();
    let receipt = json!({"warehouse": "NORTH", "lines": arrived});
    let (path, key) = ("/supplier/receipts", unique());
    let receipt = counted!("receipt", shop.warehouse.post_with_key(path, &key, receipt)).expect(201);
    assert_eq!(receipt["served"].as_array().unwrap().len(), count);
    let shipment = counted!("shipment", shop.ship(&order));
    counted!("delivery", shop.deliver(&shipment));
    let invoice = counted!("invoice", shop.invoice(&shipment));
    counted!("payment", shop.pay("GOLD", invoice["gross_total"].as_str().unwrap()));
    let read: Value = counted!("read", shop.gold.get(&format!("/invoices/{}", id(&invoice)))).expect(200);
    assert_eq!(read["state"], "paid");
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

/// The least of each step.
fn least(rounds: &[Vec<(&'static str, u64)>]) -> Vec<(&'static str, u64)> {
    let of = |(place, (step, first)): (usize, &(&'static str, u64))| {
        let least = rounds.iter().map(|counts| counts[place].1).min();
        (*step, least.unwrap_or(*first))
    };
    rounds[0].iter().enumerate().map(of).collect()
}

#[tokio::test]
async fn each_step_takes_the_same_statements_for_any_number_of_lines() {
    let shop = stocked().await;
    let (mut few, mut many) = (Vec::new(), Vec::new());
    // A session may run out of what is known of it just before a step, which then looks it up: that happens to a step now and then.
    // What grows with the lines does so each time.
    for _ in 0..4 {
        few.push(steps(&shop, 3).await);
        many.push(steps(&shop, ARTICLES).await);
        if least(&few) == least(&many) {
            break;
        }
    }
    assert_eq!(least(&few), least(&many));
    shop.app.finish().await;
}
