//! Everything of a kind, a line each.

use serde_json::{Value, json};

use super::{NDJSON, shop};
use crate::app::TestApp;
use crate::client::Client;
use crate::trade;

/// The lines of an export: what was found, and the cursors between.
async fn export(client: &Client, path: &str) -> (Vec<Value>, Vec<String>) {
    let answer = client.get(path).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, NDJSON),
        "{path}: {}",
        answer.text
    );
    let (mut found, mut cursors) = (Vec::new(), Vec::new());
    let mut lines: Vec<Value> = answer
        .text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let end = lines.pop().unwrap();
    for line in lines {
        match line["cursor"].as_str() {
            Some(cursor) => cursors.push(cursor.to_owned()),
            None => found.push(line),
        }
    }
    assert_eq!(
        (&end["end"], &end["rows"]),
        (&json!(true), &json!(found.len())),
        "{path}"
    );
    (found, cursors)
}

/// Products A-0001 to A-1201 beside those of the shop, each with a price.
async fn large_shop() -> TestApp {
    let app = shop().await;
    let products: String = (1..=1201).map(|n| format!("B-{n:04},Part {n},H87,0,S\n")).collect();
    let prices: String = (1..=1201).map(|n| format!("BASE,B-{n:04},H87,0,{n}\n")).collect();
    app.import(&[
        (
            "products.csv",
            &format!("sku,name,base_unit,decimals,tax_category\n{products}"),
        ),
        (
            "prices.csv",
            &format!("price_list,sku,unit,min_quantity,price\n{prices}"),
        ),
    ])
    .await;
    app
}

#[tokio::test]
async fn an_export_goes_on_where_it_was_cut_off() {
    let app = large_shop().await;
    let (buyer, desk) = (app.person("ACME", "viewer").await, app.staff("finance").await);
    for (client, path, rows, key) in [
        (&buyer, "/export/products", 1204, "sku"),
        (&buyer, "/export/prices", 1204, "sku"),
        (&buyer, "/export/stock", 1204, "sku"),
        (&desk, "/supplier/export/products", 1204, "sku"),
        (&desk, "/supplier/export/prices", 1203, "id"),
    ] {
        let (all, cursors) = export(client, path).await;
        assert_eq!((all.len(), cursors.len()), (rows, 3), "{path}");
        let mut keys: Vec<_> = all.iter().map(|row| row[key].to_string()).collect();
        let (rest, _) = export(client, &format!("{path}?after={}", cursors[1])).await;
        assert_eq!(rest, all[1000..], "{path}");
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), rows, "{path}: each once");
        let faults = client.get(&format!("{path}?after=nonsense")).await.faults();
        assert_eq!(faults, [("/after".to_owned(), "cursor_invalid".to_owned())], "{path}");
        let (nothing, none) = export(client, &format!("{path}?after={}", cursors[2])).await;
        assert!(nothing.is_empty() && none.is_empty(), "{path}");
    }
    // A cursor of another export is none.
    let (_, cursors) = export(&buyer, "/export/products").await;
    let path = format!("/export/prices?after={}", cursors[0]);
    assert_eq!(buyer.get(&path).await.faults()[0].1, "cursor_invalid");
}

#[tokio::test]
async fn records_are_those_that_are_read_one_by_one() {
    let app = shop().await;
    let (buyer, stranger) = (app.person("ACME", "buyer").await, app.person("RIVAL", "buyer").await);
    let desk = app.staff("admin").await;
    for client in [&buyer, &stranger] {
        for sku in ["A-1", "A-2"] {
            let order = json!({"lines": [{"sku": sku, "unit": "H87", "quantity": "3"}]});
            client.place_order(order).await.expect(201);
        }
    }
    let (orders, _) = export(&buyer, "/export/orders").await;
    assert_eq!(orders.len(), 2);
    for order in &orders {
        let one = buyer
            .get(&format!("/orders/{}", order["id"].as_str().unwrap()))
            .await
            .expect(200);
        assert_eq!(
            (&one["lines"][0]["sku"], &one["net_total"]),
            (&order["lines"][0]["sku"], &order["net_total"])
        );
    }
    let (all, _) = export(&desk, "/supplier/export/orders").await;
    let accounts: Vec<_> = all.iter().map(|order| order["account"].as_str().unwrap()).collect();
    assert_eq!(accounts, ["ACME", "ACME", "RIVAL", "RIVAL"]);
    let (products, _) = export(&buyer, "/export/products").await;
    assert_eq!(Value::from(products), buyer.get("/products").await.expect(200)["data"]);
    let (stock, _) = export(&desk, "/supplier/export/stock").await;
    assert_eq!(
        Value::from(stock),
        desk.get("/supplier/stock").await.expect(200)["data"]
    );
    assert!(export(&buyer, "/export/invoices").await.0.is_empty());
    assert!(export(&desk, "/supplier/export/invoices").await.0.is_empty());
}

/// Each price of the export, and the quantity just below the next, is what a quote gives.
async fn as_quoted(client: &Client) -> usize {
    let (prices, _) = export(client, "/export/prices").await;
    let mut asked = Vec::new();
    for unit in &prices {
        for step in unit["prices"].as_array().unwrap() {
            asked.push((unit, step));
        }
    }
    for asked in asked.chunks(500) {
        let lines: Vec<_> = asked
            .iter()
            .map(|(unit, step)| json!({"product_id": unit["product_id"], "unit": unit["unit"], "quantity": step["from"]}))
            .collect();
        let quote = client.post("/prices/quote", json!({"lines": lines})).await.expect(200);
        for ((unit, step), line) in asked.iter().zip(quote["lines"].as_array().unwrap()) {
            for field in ["unit_price", "price_unit", "price_base", "pack_price"] {
                assert_eq!(step[field], line[field], "{field} of {unit}");
            }
            assert_eq!(unit["currency"], quote["currency"]);
        }
    }
    asked.len()
}

#[tokio::test]
async fn prices_are_those_of_a_quote_for_every_article_of_several_accounts() {
    for folder in trade::folders() {
        let app = TestApp::start().await;
        app.import_folder_without(&folder, "orders.csv").await;
        let admin = app.staff("admin").await;
        let accounts = admin.get("/supplier/accounts?limit=200").await.expect(200);
        let mut steps = 0;
        for account in accounts["data"].as_array().unwrap().iter().take(3) {
            let buyer = app.person(account["code"].as_str().unwrap(), "buyer").await;
            steps += as_quoted(&buyer).await;
        }
        assert!(steps > 0, "{}", folder.display());
    }
}
