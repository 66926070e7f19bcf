//! Articles that some see and order earlier: who sees them in which list, and from which day they are ordered.

use reqwest::Method;
use serde_json::{Value, json};

use super::{line, order, shop, today};
use crate::app::TestApp;
use crate::client::Client;

fn day(days: i64) -> String {
    (today() + chrono::TimeDelta::days(days)).to_string()
}

async fn skus(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/products?{query}")).await.expect(200);
    let rows = page["data"].as_array().unwrap().iter();
    rows.map(|row| row["sku"].as_str().unwrap().to_owned()).collect()
}

async fn exported(client: &Client) -> String {
    let answer = client.get("/export/products").await;
    assert_eq!(answer.status, 200);
    answer.text.clone()
}

fn at_sku(code: &str) -> Vec<(String, String)> {
    vec![("/lines/0/sku".to_owned(), code.to_owned())]
}

fn one(sku: &str) -> Value {
    order(&[line(sku, "H87", "1")])
}

/// RARE is GOLD's from yesterday on, the silver tier's in ten days; nobody else is named.
async fn restricted() -> TestApp {
    let app = shop().await;
    let rows = format!(
        "sku,tier,account,from\nRARE,,GOLD,{}\nRARE,silver,,{}\n",
        day(-1),
        day(10)
    );
    app.import(&[("early_access.csv", &rows)]).await;
    app
}

#[tokio::test]
async fn whom_no_row_names_does_not_see_the_article_anywhere() {
    let app = restricted().await;
    let (gold, tight) = (app.person("GOLD", "buyer").await, app.person("TIGHT", "buyer").await);
    assert_eq!(skus(&gold, "").await, ["BOLT", "CABLE", "RARE", "SCARCE"]);
    assert_eq!(skus(&tight, "").await, ["BOLT", "CABLE", "SCARCE"]);
    assert_eq!(skus(&tight, "q=rare").await, Vec::<String>::new());
    assert!(!exported(&tight).await.contains("RARE"));
    let page = gold.get("/products?q=rare").await.expect(200);
    assert_eq!(page["data"][0]["orderable_from"], json!(null));
    let path = format!("/products/{}", page["data"][0]["id"].as_str().unwrap());
    assert_eq!(tight.get(&path).await.status, 404);
    assert_eq!(gold.get(&path).await.status, 200);
    // As one that doesn't exist.
    assert_eq!(tight.place_order(one("RARE")).await.faults(), at_sku("unknown_sku"));
    let quote = json!({"lines": [line("RARE", "H87", "1")]});
    assert_eq!(tight.post("/prices/quote", quote).await.faults(), at_sku("unknown_sku"));
    gold.place_order(one("RARE")).await.expect(201);
    app.finish().await;
}

#[tokio::test]
async fn before_its_day_the_article_is_seen_as_coming_and_not_ordered() {
    let app = restricted().await;
    let silver = app.person("SILVER", "buyer").await;
    let page = silver.get("/products?q=rare").await.expect(200);
    assert_eq!(page["data"][0]["orderable_from"], json!(day(10)));
    let told = silver.place_order(one("RARE")).await;
    assert_eq!(told.json()["errors"][0]["params"]["from"], json!(day(10)));
    assert_eq!(told.faults(), at_sku("not_yet_orderable"));
    let quote = json!({"lines": [line("RARE", "H87", "1")]});
    assert_eq!(
        silver.post("/prices/quote", quote).await.faults(),
        at_sku("not_yet_orderable")
    );
    let preview = json!({"po_number": "P", "lines": [line("RARE", "H87", "1")]});
    assert_eq!(
        silver.post("/orders/preview", preview).await.faults(),
        at_sku("not_yet_orderable")
    );
    // The earliest row that names the account counts.
    let own = format!("sku,account,from\nRARE,SILVER,{}\n", day(0));
    app.import(&[("early_access.csv", &own)]).await;
    silver.place_order(one("RARE")).await.expect(201);
    app.finish().await;
}

#[tokio::test]
async fn an_orders_file_is_refused_as_rest_is() {
    let app = restricted().await;
    let orders = "po_number,account,line,sku,unit,quantity\nP-1,SILVER,1,RARE,H87,1\nP-2,TIGHT,1,RARE,H87,1\n";
    let report = app.try_import(&[("orders.csv", orders)], Default::default()).await;
    let codes: Vec<_> = report.faults.iter().map(|fault| fault.code.name()).collect();
    assert!(
        codes.contains(&"not_yet_orderable") && codes.contains(&"unknown_sku"),
        "{codes:?}"
    );
    // What the folder itself restricts is refused too.
    let rows = format!("sku,account,from\nSCARCE,GOLD,{}\n", day(3));
    let orders = "po_number,account,line,sku,unit,quantity\nP-3,GOLD,1,SCARCE,H87,1\n";
    let report = app
        .try_import(
            &[("early_access.csv", &rows), ("orders.csv", orders)],
            Default::default(),
        )
        .await;
    let codes: Vec<_> = report.faults.iter().map(|fault| fault.code.name()).collect();
    assert_eq!(codes, ["not_yet_orderable"]);
    app.finish().await;
}

#[tokio::test]
async fn a_category_is_restricted_as_its_articles_are() {
    let app = shop().await;
    let products = "sku,name,base_unit,decimals,tax_category,category\n\
         RARE,Rare part,H87,0,S,New\nSCARCE,Scarce part,H87,0,S,New\nBOLT,Bolt,H87,0,S,Old\n";
    let rows = format!("category,tier,account,from\nNew,gold,,{}\nNew,,,{}\n", day(-1), day(5));
    app.import(&[("products.csv", products), ("early_access.csv", &rows)])
        .await;
    let (gold, tight) = (app.person("GOLD", "buyer").await, app.person("TIGHT", "buyer").await);
    gold.place_order(one("SCARCE")).await.expect(201);
    // A row for everybody lets everybody see it coming.
    assert_eq!(skus(&tight, "category=New").await, ["RARE", "SCARCE"]);
    assert_eq!(
        tight.place_order(one("SCARCE")).await.faults(),
        at_sku("not_yet_orderable")
    );
    let staff = app.staff("catalogue").await;
    let listed = staff.get("/supplier/early-access").await.expect(200);
    let all = listed["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["tier"].is_null())
        .unwrap();
    let path = format!("/supplier/early-access/{}", all["id"].as_str().unwrap());
    assert_eq!(staff.change(Method::DELETE, &path, "*", None).await.status, 204);
    assert_eq!(skus(&tight, "category=New").await, Vec::<String>::new());
    assert_eq!(skus(&tight, "").await, ["BOLT", "CABLE"]);
    app.finish().await;
}

#[tokio::test]
async fn staff_give_early_access_and_change_the_day() {
    let app = shop().await;
    let staff = app.staff("catalogue").await;
    let new = json!({"sku": "RARE", "tier": "gold", "from": day(4)});
    let added = staff.post("/supplier/early-access", new.clone()).await.expect(201);
    assert_eq!(
        (&added["sku"], &added["category"], &added["tier"]),
        (&json!("RARE"), &json!(null), &json!("gold"))
    );
    let twice = staff.post("/supplier/early-access", new).await;
    assert_eq!(twice.faults(), [("/sku".to_owned(), "duplicate_key".to_owned())]);
    for (body, pointer, code) in [
        (json!({"tier": "gold", "from": day(1)}), "/sku", "required"),
        (
            json!({"sku": "RARE", "category": "New", "from": day(1)}),
            "/category",
            "value_invalid",
        ),
        (json!({"sku": "NONE", "from": day(1)}), "/sku", "unknown_sku"),
        (
            json!({"sku": "RARE", "tier": "gold", "account": "GOLD", "from": day(1)}),
            "/tier",
            "value_invalid",
        ),
        (json!({"sku": "RARE", "from": "tomorrow"}), "/from", "bad_date"),
    ] {
        let told = staff.post("/supplier/early-access", body.clone()).await;
        assert_eq!(told.faults(), [(pointer.to_owned(), code.to_owned())], "{body}");
    }
    let gold = app.person("GOLD", "buyer").await;
    assert_eq!(
        gold.place_order(one("RARE")).await.faults(),
        at_sku("not_yet_orderable")
    );
    let path = format!("/supplier/early-access/{}", added["id"].as_str().unwrap());
    let etag = staff.get(&path).await.header("etag").to_owned();
    let changed = staff
        .change(Method::PUT, &path, &etag, Some(json!({"from": day(0)})))
        .await;
    assert_eq!(changed.expect(200)["from"], json!(day(0)));
    assert_eq!(
        staff
            .change(Method::PUT, &path, &etag, Some(json!({"from": day(1)})))
            .await
            .status,
        412
    );
    gold.place_order(one("RARE")).await.expect(201);
    app.finish().await;
}

#[tokio::test]
async fn what_can_not_be_ordered_yet_is_promised_for_no_day() {
    let app = restricted().await;
    let (gold, silver) = (app.person("GOLD", "buyer").await, app.person("SILVER", "buyer").await);
    let page = gold.get("/products?q=rare").await.expect(200);
    let path = format!(
        "/products/{}/availability?quantity=5",
        page["data"][0]["id"].as_str().unwrap()
    );
    let now = gold.get(&path).await.expect(200);
    assert_eq!(
        (&now["orderable_from"], &now["open_quantity"]),
        (&json!(null), &json!("0"))
    );
    assert!(now["promised_date"].is_string(), "{now}");
    let later = silver.get(&path).await.expect(200);
    assert_eq!(
        (
            &later["orderable_from"],
            &later["open_quantity"],
            &later["promised_date"],
            &later["promises"]
        ),
        (&json!(day(10)), &json!("5"), &json!(null), &json!([]))
    );
}
