//! Following the catalogue while early access is given and taken.

use portal::db::{Connection, sql};
use reqwest::Method;
use serde_json::{Value, json};

use super::Mirror;
use super::mirrors::as_if_a_minute_ago;
use crate::bulk::shop;
use crate::client::Client;

async fn follow(copy: &mut Mirror, client: &Client) -> Vec<String> {
    copy.poll(client).await;
    let sku = |row: &Value| row["sku"].as_str().unwrap().to_owned();
    let mut skus: Vec<_> = copy.rows.values().map(sku).collect();
    skus.sort_unstable();
    skus
}

#[tokio::test]
async fn an_article_that_is_kept_from_an_account_goes_and_comes_again() {
    let app = shop().await;
    as_if_a_minute_ago(&app).await;
    let (buyer, rival) = (app.person("ACME", "buyer").await, app.person("RIVAL", "buyer").await);
    let staff = app.staff("catalogue").await;
    let mut copy = Mirror::begin(&buyer, "/products", "id").await;
    let mut theirs = Mirror::begin(&rival, "/products", "id").await;
    let all = follow(&mut copy, &buyer).await;
    assert!(all.contains(&"A-1".to_owned()), "{all:?}");
    let early = json!({"sku": "A-1", "account": "RIVAL", "from": "2026-01-01"});
    let given = staff.post("/supplier/early-access", early).await.expect(201);
    let without: Vec<_> = all.iter().filter(|sku| *sku != "A-1").cloned().collect();
    assert_eq!(follow(&mut copy, &buyer).await, without);
    assert!(follow(&mut theirs, &rival).await.contains(&"A-1".to_owned()));
    copy.same(&buyer, &["price", "availability", "units"]).await;
    let path = format!("/supplier/early-access/{}", given["id"].as_str().unwrap());
    staff.change(Method::DELETE, &path, "*", None).await;
    assert_eq!(follow(&mut copy, &buyer).await, all);
    app.finish().await;
}

#[tokio::test]
async fn nobody_hears_of_an_article_that_was_kept_from_them_all_along() {
    let app = shop().await;
    as_if_a_minute_ago(&app).await;
    let (buyer, rival) = (app.person("ACME", "buyer").await, app.person("RIVAL", "buyer").await);
    let staff = app.staff("catalogue").await;
    // Kept by its category from the day on which it comes.
    let category = json!({"category": "New", "account": "RIVAL", "from": "2026-01-01"});
    staff.post("/supplier/early-access", category).await.expect(201);
    let mut copy = Mirror::begin(&buyer, "/products", "id").await;
    let mut theirs = Mirror::begin(&rival, "/products", "id").await;
    let secret =
        json!({"sku": "N-1", "name": "New", "base_unit": "H87", "decimals": 0, "tax_category": "S", "category": "New"});
    let secret = staff.post("/supplier/products", secret).await.expect(201);
    let path = format!("/supplier/products/{}", secret["id"].as_str().unwrap());
    let change = async |body: Value| {
        let etag = staff.get(&path).await.header("etag").to_owned();
        staff.change(Method::PATCH, &path, &etag, Some(body)).await.expect(200);
    };
    assert_eq!(copy.poll(&buyer).await, Vec::<String>::new());
    assert!(follow(&mut theirs, &rival).await.contains(&"N-1".to_owned()));
    // Neither what is done to it nor its opaque id.
    change(json!({"name": "Newer"})).await;
    assert_eq!(copy.poll(&buyer).await, Vec::<String>::new());
    // Out of its category it is everybody's, and back in it is gone once for who saw it.
    change(json!({"category": "Old"})).await;
    assert!(follow(&mut copy, &buyer).await.contains(&"N-1".to_owned()));
    change(json!({"category": "New"})).await;
    assert_eq!(copy.poll(&buyer).await, [secret["id"].as_str().unwrap()]);
    // Who asks again within some seconds is told once more of what happened, so as if that were a minute ago.
    let back = |tx: &mut Connection| sql("UPDATE changes SET changed_us = changed_us - 60000000 WHERE id <> 0").run(tx);
    app.db().write(back).await.unwrap();
    change(json!({"name": "Newest"})).await;
    assert_eq!(copy.poll(&buyer).await, Vec::<String>::new());
    app.finish().await;
}
