//! What belongs to another account answers exactly like what does not exist.

use portal::ids::{OrderId, ProductId};
use reqwest::Method;
use serde_json::{Value, json};

use super::{line, order, shop};
use crate::app::TestApp;
use crate::client::{Answer, Client};

/// SILVER alone sees SECRET, as its number S-1; GOLD sees BOLT, as its number G-1; SILVER has a pallet of its own.
async fn parted_shop() -> TestApp {
    let app = shop().await;
    app.import(&[
        (
            "products.csv",
            "sku,name,base_unit,decimals,tax_category,gtin,exclusive_account\nSECRET,Secret part,H87,0,S,96385074,SILVER\n",
        ),
        (
            "units.csv",
            "sku,unit,name,base_quantity,account\nBOLT,PAL,Pallet of SILVER,200,SILVER\n",
        ),
        (
            "prices.csv",
            "price_list,sku,unit,min_quantity,price\nBASE,SECRET,H87,1,3\n",
        ),
        (
            "assortment.csv",
            "account,sku,customer_part_number\nGOLD,BOLT,G-1\nSILVER,SECRET,S-1\nSILVER,BOLT,S-2\n",
        ),
    ])
    .await;
    app
}

/// Everything an answer tells, but for the request's own id, the time and the name that was asked for.
fn without_name(answer: &Answer, name: &str) -> (u16, Vec<(String, String)>, String) {
    let own = ["x-request-id", "date", "content-length"];
    let headers = answer
        .headers
        .iter()
        .filter(|(header, _)| !own.contains(&header.as_str()))
        .map(|(header, value)| (header.to_string(), value.to_str().unwrap().to_owned()));
    let mut body = answer.json();
    if let Some(id) = body.get_mut("request_id") {
        *id = Value::Null;
    }
    (answer.status, headers.collect(), body.to_string().replace(name, "NAME"))
}

/// Quote, preview and order of one piece of what `key` names `name`.
async fn asked(buyer: &Client, key: &str, name: &str) -> Vec<(u16, Vec<(String, String)>, String)> {
    let lines = json!([{key: name, "unit": "H87", "quantity": "1"}]);
    let wanted = json!({"po_number": "PO-1", "lines": lines});
    [
        buyer.post("/prices/quote", json!({ "lines": lines })).await,
        buyer.post("/orders/preview", wanted.clone()).await,
        buyer.post_with_key("/orders", "the-key", wanted).await,
    ]
    .iter()
    .map(|answer| without_name(answer, name))
    .collect()
}

#[tokio::test]
async fn an_article_of_another_account_is_unknown_by_every_key() {
    let app = parted_shop().await;
    let (gold, silver) = (app.person("GOLD", "buyer").await, app.person("SILVER", "buyer").await);
    let products = silver.get("/products?q=secret").await.expect(200);
    let id = products["data"][0]["id"].as_str().unwrap().to_owned();
    let unknown_id = ProductId::new().to_string();
    for (key, theirs, nobodys) in [
        ("sku", "SECRET", "NOBODY"),
        ("sku", "CABLE", "NOBODY"),
        ("customer_part_number", "S-1", "S-9"),
        ("customer_part_number", "S-2", "S-9"),
        ("gtin", "96385074", "12345670"),
        ("product_id", id.as_str(), unknown_id.as_str()),
    ] {
        let of_theirs = asked(&gold, key, theirs).await;
        let nobody = asked(&gold, key, nobodys).await;
        assert_eq!(of_theirs, nobody, "{key} {theirs}");
        assert!(
            of_theirs
                .iter()
                .all(|(status, _, body)| *status == 422 && body.contains("unknown_sku"))
        );
    }
    // The owner gets it.
    let quoted = silver.quote("SECRET", "H87", "1").await;
    assert_eq!(quoted["net"], "3.00");
}

#[tokio::test]
async fn an_article_of_another_account_is_not_found_in_the_catalogue() {
    let app = parted_shop().await;
    let (gold, silver) = (app.person("GOLD", "viewer").await, app.person("SILVER", "viewer").await);
    let found = silver.get("/products?q=secret").await.expect(200);
    let theirs = found["data"][0]["id"].as_str().unwrap().to_owned();
    let nobodys = ProductId::new().to_string();
    let wanted = without_name(&gold.get(&format!("/products/{nobodys}")).await, &nobodys);
    assert_eq!(wanted.0, 404);
    assert_eq!(
        without_name(&gold.get(&format!("/products/{theirs}")).await, &theirs),
        wanted
    );
    assert_eq!(without_name(&gold.get("/products/nonsense").await, "nonsense"), wanted);
    for words in ["secret", "SECRET", "S-1", "96385074", "cable"] {
        let page = gold.get(&format!("/products?q={words}")).await.expect(200);
        assert_eq!(page, json!({"data": [], "next_cursor": null}), "{words}");
    }
}

#[tokio::test]
async fn a_unit_of_another_account_is_unknown_and_not_offered() {
    let app = parted_shop().await;
    let gold = app.person("GOLD", "buyer").await;
    let of = async |unit: &str| {
        let lines = json!({"lines": [line("BOLT", unit, "1")]});
        without_name(&gold.post("/prices/quote", lines).await, unit)
    };
    let theirs = of("PAL").await;
    assert_eq!(theirs, of("NONE").await);
    assert!(!theirs.2.contains("PAL"), "{}", theirs.2);
    let products = gold.get("/products").await.expect(200);
    assert!(!products.to_string().contains("PAL"), "{products}");
}

#[tokio::test]
async fn an_order_of_another_account_is_not_found() {
    let app = parted_shop().await;
    let (gold, silver) = (app.person("GOLD", "buyer").await, app.person("SILVER", "buyer").await);
    let mut wanted = order(&[line("BOLT", "H87", "1")]);
    wanted["po_number"] = json!("PO-7");
    let placed = silver.place_order(wanted.clone()).await.expect(201);
    let theirs = placed["id"].as_str().unwrap();
    let nobodys = OrderId::new().to_string();
    for (method, rest) in [(Method::GET, ""), (Method::POST, "/cancel")] {
        let mut answers = Vec::new();
        for id in [theirs, &nobodys, "ord_1", "nonsense"] {
            let answer = gold
                .send(method.clone(), &format!("/orders/{id}{rest}"), &[], None)
                .await;
            answers.push(without_name(&answer, id));
        }
        assert_eq!(answers[0].0, 404);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    }
    let listed = gold.get("/orders?po_number=PO-7").await.expect(200);
    assert_eq!(listed, json!({"data": [], "next_cursor": null}));
    // Their purchase order number is free to everybody else.
    gold.place_order(wanted).await.expect(201);
}
