//! Orders through REST, from a shop small enough to reckon by hand.

mod article_states;
mod credit;
mod crowd;
mod early_access;
mod entitlements;
mod keys;
mod limits;
mod lists;
mod papers;
mod placing;
mod previews;
mod promises;
mod queue;
mod releasing;
mod replays;
mod scans;
mod statements;
mod stock;
mod strangers;

use chrono::NaiveDate;
use portal::clock;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::Client;

/// BOLT: 0.50 a piece, 250 + 150 on hand; CABLE: metres with two decimals; RARE and SCARCE: 50 each. TIGHT may owe
/// 121.00, everybody else anything.
const FILES: &[(&str, &str)] = &[
    (
        "supplier.csv",
        "name,country,currency,time_zone\nThe Supplier,NL,EUR,Europe/Amsterdam\n",
    ),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\n\
         GOLD,Gold Works,NL,EUR,gold,30,\nSILVER,Silver Works,NL,EUR,silver,30,\nTIGHT,Tight Works,NL,EUR,bronze,30,121.00\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,gtin\n\
         BOLT,Bolt,H87,0,S,4006381333931\nCABLE,Cable,MTR,2,S,\nRARE,Rare part,H87,0,S,\nSCARCE,Scarce part,H87,0,S,\n",
    ),
    (
        "units.csv",
        "sku,unit,name,base_quantity,min_quantity,multiple\n\
         BOLT,CT100,Carton of 100,100,1,1\nCABLE,ROL,Roll of 50 m,50,2,2\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account\nBASE,List prices,EUR,base,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price\n\
         BASE,BOLT,H87,1,0.5\nBASE,CABLE,MTR,0.01,1.2\nBASE,RARE,H87,1,10\nBASE,SCARCE,H87,1,10\n",
    ),
    (
        "stock.csv",
        "warehouse,sku,on_hand\n\
         NORTH,BOLT,250\nSOUTH,BOLT,150\nNORTH,CABLE,500\nNORTH,RARE,50\nNORTH,SCARCE,50\n",
    ),
];

pub async fn shop() -> TestApp {
    let app = TestApp::start().await;
    app.import(FILES).await;
    app
}

/// Today where the supplier is.
fn today() -> NaiveDate {
    clock::day_in(chrono_tz::Europe::Amsterdam, clock::now())
}

fn line(sku: &str, unit: &str, quantity: &str) -> Value {
    json!({"sku": sku, "unit": unit, "quantity": quantity})
}

fn order(lines: &[Value]) -> Value {
    json!({ "lines": lines })
}

async fn cancel(client: &Client, order: &Value) -> Value {
    let path = format!("/orders/{}/cancel", order["id"].as_str().unwrap());
    client.post(&path, json!({})).await.expect(200)
}

async fn reread(client: &Client, order: &Value) -> Value {
    let path = format!("/orders/{}", order["id"].as_str().unwrap());
    client.get(&path).await.expect(200)
}

/// What is reserved and what waits of the only line, in base units.
fn served(order: &Value) -> (&str, &str) {
    let line = &order["lines"][0];
    (
        line["reserved"].as_str().unwrap(),
        line["backordered"].as_str().unwrap(),
    )
}
