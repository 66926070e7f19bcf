//! Rows in bulk: taken in, worked off beside the requests, told row by row; and everything of a kind, given out.

mod columns;
mod exports;
mod killed;
mod orders;
mod rows;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portal::cpu::{Pool, Priority};
use portal::worker::bulk;
use reqwest::Method;
use serde_json::Value;

use crate::app::TestApp;
use crate::client::{Answer, Client, unique};

pub const NDJSON: &str = "application/x-ndjson";
pub const CSV: &str = "text/csv";

/// Products, a list and people who buy.
pub const SHOP: &[(&str, &str)] = &[
    ("tax_rates.csv", "country,category,rate\nNL,S,21\n"),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category\nA-1,Bolt,H87,0,S\nA-2,Nut,H87,0,S\nA-3,Washer,H87,0,S\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account\nBASE,Base,EUR,base,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price\nBASE,A-1,H87,0,1\nBASE,A-2,H87,0,2\n",
    ),
    ("stock.csv", "warehouse,sku,on_hand\nNORTH,A-1,1000\nNORTH,A-2,1000\n"),
];

pub async fn shop() -> TestApp {
    let app = TestApp::with_accounts().await;
    app.import(SHOP).await;
    app
}

/// Sends rows of a media type under a key of their own.
pub async fn send(client: &Client, path: &str, media_type: &str, body: &str) -> Answer {
    send_under(client, path, (media_type, &format!("key-{}", unique())), body).await
}

pub async fn send_under(client: &Client, path: &str, (media_type, key): (&str, &str), body: &str) -> Answer {
    let headers = [("content-type", media_type), ("Idempotency-Key", key)];
    client.send(Method::POST, path, &headers, Some(body.to_owned())).await
}

/// Does all the work that waits.
pub async fn work(app: &TestApp) {
    let pool = Pool::new("bulk", 1, Priority::Patient).unwrap();
    while bulk::step(app.db(), &pool, &Arc::new(AtomicBool::new(false)))
        .await
        .unwrap()
    {}
}

/// The job that was answered.
pub async fn job(client: &Client, answered: &Value, prefix: &str) -> Value {
    let path = format!("{prefix}/bulk-jobs/{}", answered["id"].as_str().unwrap());
    client.get(&path).await.expect(200)
}

/// The lines of its results, without the last.
pub async fn results(client: &Client, answered: &Value, (prefix, query): (&str, &str)) -> Vec<Value> {
    let path = format!("{prefix}/bulk-jobs/{}/results{query}", answered["id"].as_str().unwrap());
    let answer = client.get(&path).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, NDJSON),
        "{}",
        answer.text
    );
    let mut lines: Vec<Value> = answer
        .text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let last = lines.pop().unwrap();
    assert_eq!(
        (&last["end"], &last["rows"]),
        (&true.into(), &lines.len().into()),
        "{last}"
    );
    lines
}

/// Rows, accepted, rejected, unchanged, and the state.
pub fn counts(job: &Value) -> (i64, i64, i64, i64, &str) {
    let count = |name: &str| job[name].as_i64().unwrap();
    let state = job["state"].as_str().unwrap();
    (
        count("rows"),
        count("accepted"),
        count("rejected"),
        count("unchanged"),
        state,
    )
}
