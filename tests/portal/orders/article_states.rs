//! Articles that are phased out, of which only what is in stock can be ordered, and those that have ended.

use reqwest::Method;
use serde_json::{Value, json};

use super::{cancel, line, order, reread, served, shop};
use crate::app::TestApp;
use crate::client::Client;

const FAULTY: &str = "/lines/0/quantity";

async fn product(staff: &Client, sku: &str) -> Value {
    let page = staff.get(&format!("/supplier/products?q={sku}")).await.expect(200);
    page["data"][0].clone()
}

async fn set(app: &TestApp, sku: &str, state: &str) {
    let staff = app.staff("catalogue").await;
    let path = format!(
        "/supplier/products/{}",
        product(&staff, sku).await["id"].as_str().unwrap()
    );
    let changed = staff.change(Method::PATCH, &path, "*", Some(json!({ "state": state })));
    assert_eq!(changed.await.expect(200)["state"], state);
}

async fn skus(buyer: &Client, query: &str) -> Vec<String> {
    let page = buyer.get(&format!("/products?{query}")).await.expect(200);
    let rows = page["data"].as_array().unwrap().iter();
    rows.map(|row| row["sku"].as_str().unwrap().to_owned()).collect()
}

fn fault(pointer: &str, code: &str) -> Vec<(String, String)> {
    vec![(pointer.to_owned(), code.to_owned())]
}

#[tokio::test]
async fn of_what_is_phased_out_there_is_only_what_is_in_stock() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    set(&app, "RARE", "phase_out").await;
    assert_eq!(skus(&buyer, "q=RARE").await, ["RARE"]);
    let of = |quantities: &[&str]| {
        let lines: Vec<_> = quantities
            .iter()
            .map(|quantity| line("RARE", "H87", quantity))
            .collect();
        order(&lines)
    };
    let refused = buyer.place_order(of(&["51"])).await;
    let told = refused.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
    assert!(told.contains("only 50 H87 are left"), "{told}");
    assert_eq!(refused.faults(), fault(FAULTY, "exceeds_stock"));
    let preview = json!({"po_number": "P", "lines": [line("RARE", "H87", "51")]});
    assert_eq!(
        buyer.post("/orders/preview", preview).await.faults(),
        fault(FAULTY, "exceeds_stock")
    );
    // The lines of one order share what there is.
    let shared = buyer.place_order(of(&["30", "30"])).await;
    assert_eq!(shared.faults(), fault("/lines/1/quantity", "exceeds_stock"));
    let placed = buyer.place_order(of(&["20", "30"])).await.expect(201);
    assert_eq!(served(&placed), ("20", "0"));
    assert_eq!(
        buyer.place_order(of(&["1"])).await.faults(),
        fault(FAULTY, "exceeds_stock")
    );
    cancel(&buyer, &placed).await;
    buyer.place_order(of(&["50"])).await.expect(201);
}

#[tokio::test]
async fn an_order_over_the_credit_limit_takes_no_more_than_there_is_either() {
    let app = shop().await;
    let tight = app.person("TIGHT", "buyer").await;
    set(&app, "BOLT", "phase_out").await;
    let refused = tight.place_order(order(&[line("BOLT", "H87", "401")])).await;
    assert_eq!(refused.faults(), fault(FAULTY, "exceeds_stock"));
    let held = tight
        .place_order(order(&[line("BOLT", "H87", "400")]))
        .await
        .expect(201);
    assert_eq!(held["state"], "on_hold");
}

#[tokio::test]
async fn what_has_ended_is_in_no_catalogue_and_its_orders_go_on() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let waiting = buyer.place_order(order(&[line("RARE", "H87", "80")])).await.expect(201);
    assert_eq!(served(&waiting), ("50", "30"));
    let (everything, id) = (skus(&buyer, "").await, buyer.get("/products?q=RARE").await.expect(200));
    set(&app, "RARE", "ended").await;
    let left: Vec<_> = everything.into_iter().filter(|sku| sku != "RARE").collect();
    assert_eq!(skus(&buyer, "").await, left);
    assert_eq!(skus(&buyer, "q=RARE").await, Vec::<String>::new());
    let path = format!("/products/{}", id["data"][0]["id"].as_str().unwrap());
    assert_eq!(buyer.get(&path).await.expect(200)["state"], "ended");
    let refused = buyer.place_order(order(&[line("RARE", "H87", "1")])).await;
    assert_eq!(refused.faults(), fault("/lines/0/sku", "article_ended"));
    let quote = json!({"lines": [line("RARE", "H87", "1")]});
    assert_eq!(
        buyer.post("/prices/quote", quote).await.faults(),
        fault("/lines/0/sku", "article_ended")
    );
    assert_eq!(served(&reread(&buyer, &waiting).await), ("50", "30"));
    assert_eq!(cancel(&buyer, &waiting).await["state"], "cancelled");
}

#[tokio::test]
async fn files_set_states_and_leave_them_where_they_bring_none() {
    let app = shop().await;
    let staff = app.staff("catalogue").await;
    let head = "sku,name,base_unit,decimals,tax_category";
    let with_state = format!("{head},state\nRARE,Rare,H87,0,S,ended\nSCARCE,Scarce,H87,0,S,\n");
    app.import(&[("products.csv", &with_state)]).await;
    let without = format!("{head}\nRARE,Rare part,H87,0,S\n");
    app.import(&[("products.csv", &without)]).await;
    let found = staff.get("/supplier/products?state=ended").await.expect(200);
    let told: Vec<_> = found["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (&row["sku"], &row["name"]))
        .collect();
    assert_eq!(told, [(&json!("RARE"), &json!("Rare part"))]);
    assert_eq!(product(&staff, "SCARCE").await["state"], "active");
    let wrong = format!("{head},state\nRARE,Rare,H87,0,S,gone\n");
    let report = app.try_import(&[("products.csv", &wrong)], Default::default()).await;
    let faults: Vec<_> = report.faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].contains("products.csv:2: state: value_invalid"), "{faults:?}");
}
