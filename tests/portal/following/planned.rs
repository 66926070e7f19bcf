//! Following what is kept for some, when goods leave and when sites take them in.

use portal::clock;
use portal::db::{Connection, sql};
use portal::worker::quotas;
use reqwest::Method;
use serde_json::{Value, json};

use super::Mirror;
use super::mirrors::{as_if_a_minute_ago, export};
use crate::app::TestApp;
use crate::bulk::shop;
use crate::client::Client;

/// What is told to be in stock of articles since a moment, and what to ask with next.
async fn stock(client: &Client, since: &str) -> (Vec<(String, String)>, String) {
    let (lines, next) = export(client, &format!("/export/stock?updated_since={since}")).await;
    let told = |line: &Value| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&line["sku"]), text(&line["availability"]["quantity"]))
    };
    (lines.iter().map(told).collect(), next)
}

async fn begun(app: &TestApp) -> (Client, Client) {
    as_if_a_minute_ago(app).await;
    // The goods are there for long.
    let back = |tx: &mut Connection| sql("UPDATE changes SET changed_us = changed_us - 60000000 WHERE id <> 0").run(tx);
    app.db().write(back).await.unwrap();
    (app.person("ACME", "buyer").await, app.person("RIVAL", "buyer").await)
}

#[tokio::test]
async fn whoever_follows_what_is_in_stock_hears_of_what_is_kept_for_others() {
    let app = shop().await;
    let (buyer, rival) = begun(&app).await;
    let manager = app.staff("key_account_manager").await;
    let (_, since) = export(&buyer, "/export/stock").await;
    let told = |sku: &str, quantity: &str| vec![(sku.to_owned(), quantity.to_owned())];
    let quota =
        json!({"quota": "Q", "scope": "sku", "key": "A-1", "account": "RIVAL", "period": "month", "quantity": "400"});
    let kept = manager.post("/supplier/quotas", quota).await.expect(201);
    let (found, since) = stock(&buyer, &since).await;
    assert_eq!(found, told("A-1", "600"));
    let path = format!("/supplier/quotas/{}", kept["id"].as_str().unwrap());
    let send = async |method: Method, body: Option<Value>| {
        let etag = manager.get(&path).await.header("etag").to_owned();
        let answer = manager.change(method, &path, &etag, body).await;
        assert!(matches!(answer.status, 200 | 204), "{}", answer.text);
    };
    send(Method::PATCH, Some(json!({"quantity": "250"}))).await;
    let (found, since) = stock(&buyer, &since).await;
    assert_eq!(found, told("A-1", "750"));
    send(Method::DELETE, None).await;
    let (found, since) = stock(&buyer, &since).await;
    assert_eq!(found, told("A-1", "1000"));
    // By a file and for a category: all its articles, for everybody.
    let products =
        "sku,name,base_unit,decimals,tax_category,category\nA-1,Bolt,H87,0,S,Scarce\nA-2,Nut,H87,0,S,Scarce\n";
    app.import(&[("products.csv", products)]).await;
    let (_, since) = stock(&buyer, &since).await;
    let (_, theirs) = export(&rival, "/export/stock").await;
    let quotas = "quota,scope,key,account,period,quantity\nQ-CAT,category,Scarce,RIVAL,month,100\n";
    app.import(&[("quotas.csv", quotas)]).await;
    let (mut found, _) = stock(&buyer, &since).await;
    found.sort_unstable();
    assert_eq!(found, [told("A-1", "900"), told("A-2", "900")].concat());
    let (mut found, _) = stock(&rival, &theirs).await;
    found.sort_unstable();
    assert_eq!(found, [told("A-1", "1000"), told("A-2", "1000")].concat());
    app.finish().await;
}

#[tokio::test]
async fn calendars_are_followed_with_their_days_off() {
    let app = shop().await;
    as_if_a_minute_ago(&app).await;
    let warehouse = app.staff("warehouse").await;
    let mut copy = Mirror::begin(&warehouse, "/supplier/calendars", "id").await;
    let new = json!({"calendar": "NORTH", "warehouse": "NORTH", "weekdays": "mon-fri"});
    let path = warehouse
        .post("/supplier/calendars", new)
        .await
        .header("location")
        .to_owned();
    let path = path.trim_start_matches("/api/v1").to_owned();
    copy.poll(&warehouse).await;
    copy.same(&warehouse, &[]).await;
    let send = async |method: Method, part: &str, body: Option<Value>| {
        let etag = warehouse.get(&path).await.header("etag").to_owned();
        let answer = warehouse.change(method, &format!("{path}{part}"), &etag, body).await;
        assert!(matches!(answer.status, 200 | 204), "{}", answer.text);
    };
    for days in [json!(["2030-12-25", "2030-12-26"]), json!(["2030-12-25"])] {
        send(Method::PUT, "/holidays", Some(json!({ "days": days }))).await;
        copy.poll(&warehouse).await;
        copy.same(&warehouse, &[]).await;
    }
    send(Method::PATCH, "", Some(json!({"weekdays": "mon-sat"}))).await;
    copy.poll(&warehouse).await;
    copy.same(&warehouse, &[]).await;
    send(Method::DELETE, "", None).await;
    assert_eq!(copy.poll(&warehouse).await.len(), 1);
    copy.same(&warehouse, &[]).await;
    app.finish().await;
}

#[tokio::test]
async fn sites_are_followed_with_when_they_take_goods_in() {
    let app = shop().await;
    as_if_a_minute_ago(&app).await;
    let (buyer, rival) = begun(&app).await;
    let mut copy = Mirror::begin(&buyer, "/account/sites", "id").await;
    let mut theirs = Mirror::begin(&rival, "/account/sites", "id").await;
    let site = copy.rows.values().next().unwrap()["code"].as_str().unwrap().to_owned();
    for rows in ["mon,08:00,12:00", "mon,08:00,11:00"] {
        let file = format!("account,site,weekday,from,to\nACME,{site},{rows}\n");
        app.import(&[("delivery_windows.csv", &file)]).await;
        copy.poll(&buyer).await;
        copy.same(&buyer, &[]).await;
        assert!(copy.rows.values().any(|row| row["delivery_windows"] != json!([])));
    }
    let before = theirs.rows.clone();
    assert_eq!(theirs.poll(&rival).await, Vec::<String>::new());
    assert_eq!(theirs.rows, before);
    app.finish().await;
}

#[tokio::test]
async fn a_pack_that_begins_on_its_day_is_told_on_that_day_once() {
    let app = shop().await;
    let today = clock::now().date();
    let units = format!(
        "sku,unit,name,base_quantity,account,valid_from\nA-1,BOX,Box,10,ACME,{today}\nA-2,BOX,Box,10,ACME,2199-01-01\n"
    );
    app.import(&[("units.csv", &units)]).await;
    // All of that was told before the day began.
    let back = |tx: &mut Connection| {
        sql("UPDATE changes SET changed_us = changed_us - CAST(259200 AS BIGINT) * 1000000").run(tx)
    };
    app.db().write(back).await.unwrap();
    let (buyer, rival) = (app.person("ACME", "buyer").await, app.person("RIVAL", "buyer").await);
    let mut copy = Mirror::begin(&buyer, "/products", "id").await;
    let mut theirs = Mirror::begin(&rival, "/products", "id").await;
    for rows in [&mut copy.rows, &mut theirs.rows] {
        rows.clear();
    }
    assert_eq!(quotas::note_packs(app.db(), clock::now()).await.unwrap(), 1);
    assert_eq!(quotas::note_packs(app.db(), clock::now()).await.unwrap(), 0);
    copy.poll(&buyer).await;
    let skus: Vec<_> = copy.rows.values().map(|row| row["sku"].as_str().unwrap()).collect();
    assert_eq!(skus, ["A-1"]);
    theirs.poll(&rival).await;
    assert!(theirs.rows.is_empty(), "{:?}", theirs.rows);
    app.finish().await;
}
