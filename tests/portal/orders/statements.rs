//! The number of statements does not grow with the number of lines or rows.

use serde_json::json;

use super::{cancel, line, order, shop};
use crate::app::TestApp;
use crate::client::{Client, unique};

const ARTICLES: usize = 1_000;

/// How many statements `asked`, one request of the client, takes. A session is looked up again after some seconds: the
/// request before it leaves it known.
async fn statements(app: &TestApp, client: &Client, asked: impl AsyncFn()) -> u64 {
    let before = app.statements_before(&[client]).await;
    asked().await;
    app.db().statements() - before
}

async fn stocked() -> (TestApp, Client) {
    let app = shop().await;
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
    let stock = rows("warehouse,sku,on_hand", |n| format!("NORTH,A{n:04},100000"));
    app.import(&[
        ("products.csv", &products),
        ("prices.csv", &prices),
        ("stock.csv", &stock),
    ])
    .await;
    let buyer = app.person("GOLD", "buyer").await;
    (app, buyer)
}

fn lines(count: usize) -> Vec<serde_json::Value> {
    (0..count).map(|n| line(&format!("A{n:04}"), "H87", "1")).collect()
}

#[tokio::test]
async fn an_order_takes_the_same_statements_for_any_number_of_lines() {
    let (app, buyer) = stocked().await;
    // The first order of an account makes what later ones find.
    buyer.place_order(order(&lines(1))).await.expect(201);
    let of = async |count| {
        statements(&app, &buyer, async || {
            buyer.place_order(order(&lines(count))).await.expect(201);
        })
        .await
    };
    assert_eq!(of(10).await, of(ARTICLES).await);
}

#[tokio::test]
async fn a_preview_and_a_quote_take_the_same_statements_for_any_number_of_lines() {
    let (app, buyer) = stocked().await;
    for path in ["/orders/preview", "/prices/quote"] {
        let of = async |count| {
            let mut body = json!({ "lines": lines(count) });
            if path == "/orders/preview" {
                body["po_number"] = json!("PO-1");
            }
            statements(&app, &buyer, async || {
                buyer.post(path, body.clone()).await.expect(200);
            })
            .await
        };
        assert_eq!(of(10).await, of(ARTICLES).await, "{path}");
    }
}

#[tokio::test]
async fn a_page_of_products_takes_the_same_statements_for_any_number_of_rows() {
    let (app, buyer) = stocked().await;
    for query in ["", "&q=part"] {
        let of = async |limit: u32| {
            statements(&app, &buyer, async || {
                buyer.get(&format!("/products?limit={limit}{query}")).await.expect(200);
            })
            .await
        };
        assert_eq!(of(2).await, of(200).await, "{query}");
    }
}

#[tokio::test]
async fn reading_printing_and_cancelling_take_the_same_statements_for_any_number_of_lines() {
    let (app, buyer) = stocked().await;
    let of = async |count| {
        let placed = buyer.place_order(order(&lines(count))).await.expect(201);
        let path = format!("/orders/{}", placed["id"].as_str().unwrap());
        let reading = statements(&app, &buyer, async || {
            buyer.get(&path).await.expect(200);
        });
        let reading = reading.await;
        let printing = statements(&app, &buyer, async || {
            assert_eq!(buyer.get(&format!("{path}/pdf")).await.status, 200);
        });
        let printing = printing.await;
        let cancelling = statements(&app, &buyer, async || {
            cancel(&buyer, &placed).await;
        });
        (reading, printing, cancelling.await)
    };
    assert_eq!(of(10).await, of(ARTICLES).await);
}

#[tokio::test]
async fn changing_takes_the_same_statements_for_any_number_of_lines() {
    let (app, buyer) = stocked().await;
    let of = async |count: usize| {
        let placed = buyer.place_order(order(&lines(count))).await.expect(201);
        let set = |line: &serde_json::Value| json!({"order_line_id": line["id"], "quantity": "2"});
        let mut changed: Vec<_> = placed["lines"].as_array().unwrap().iter().map(set).collect();
        changed[0] = json!({"order_line_id": placed["lines"][0]["id"], "remove": true});
        changed.push(line("A0999", "H87", "3"));
        let (id, body) = (placed["id"].as_str().unwrap(), json!({ "lines": changed }));
        let previewing = statements(&app, &buyer, async || {
            let path = format!("/orders/{id}/changes/preview");
            buyer.post(&path, body.clone()).await.expect(200);
        })
        .await;
        let changing = statements(&app, &buyer, async || {
            let path = format!("/orders/{id}/changes");
            buyer.post_with_key(&path, &unique(), body.clone()).await.expect(201);
        })
        .await;
        (previewing, changing)
    };
    of(5).await;
    assert_eq!(of(10).await, of(ARTICLES - 1).await);
}
