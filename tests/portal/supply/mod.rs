//! Dates that hold: what is expected, what of it is promised to whom, and when it arrives.

mod calendars;
mod files;
mod load;
mod promises;
mod receipts;
mod year;

use chrono::{Days, NaiveDate};
use portal::clock;
use portal::worker::promises as worker;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::{Answer, Client, unique};

/// PART: pieces or boxes of 10, two days of lead time; SPARE: none of it there. GOLD is served before SILVER.
const FILES: &[(&str, &str)] = &[
    ("supplier.csv", "name,country,currency\nThe Supplier,NL,EUR\n"),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\n\
         GOLD,Gold Works,NL,EUR,gold,30,\nSILVER,Silver Works,NL,EUR,silver,14,\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,lead_time_days\nPART,Part,H87,0,S,2\nSPARE,Spare part,H87,0,S,0\n",
    ),
    (
        "units.csv",
        "sku,unit,name,base_quantity\nPART,BX10,Box of 10,10\nSPARE,BX10,Box of 10,10\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account\nBASE,List prices,EUR,base,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price,price_base\nBASE,PART,H87,1,2,1\nBASE,SPARE,H87,1,3,1\n",
    ),
    ("stock.csv", "warehouse,sku,on_hand\nNORTH,PART,60\nSOUTH,PART,0\n"),
];

struct Shop {
    app: TestApp,
    gold: Client,
    silver: Client,
    service: Client,
    warehouse: Client,
}

impl Shop {
    async fn open() -> Self {
        let app = TestApp::start().await;
        app.import(FILES).await;
        Self {
            gold: app.person("GOLD", "admin").await,
            silver: app.person("SILVER", "admin").await,
            service: app.staff("customer_service").await,
            warehouse: app.staff("warehouse").await,
            app,
        }
    }

    /// Expects so much of a product into NORTH on a day from today.
    async fn expect(&self, reference: &str, sku: &str, quantity: &str, days: u64) -> Value {
        let new = json!({"reference": reference, "warehouse": "NORTH", "sku": sku, "quantity": quantity, "expected_on": day(days)});
        self.warehouse
            .post("/supplier/expected-receipts", new)
            .await
            .expect(201)
    }

    async fn change(&self, expected: &Value, change: Value) -> Answer {
        let path = path_of(expected);
        let etag = self.warehouse.get(&path).await.header("etag").to_owned();
        self.warehouse.change(Method::PATCH, &path, &etag, Some(change)).await
    }

    async fn close(&self, expected: &Value) {
        let path = path_of(expected);
        let etag = self.warehouse.get(&path).await.header("etag").to_owned();
        let answer = self.warehouse.change(Method::DELETE, &path, &etag, None).await;
        assert_eq!(answer.status, 204, "{}", answer.text);
    }

    async fn receive(&self, sku: &str, quantity: &str, reference: Option<&str>) -> Answer {
        let mut line = json!({"sku": sku, "quantity": quantity});
        if let Some(reference) = reference {
            line["reference"] = json!(reference);
        }
        let body = json!({"warehouse": "NORTH", "lines": [line]});
        self.warehouse
            .post_with_key("/supplier/receipts", &unique(), body)
            .await
    }

    async fn review(&self) -> usize {
        worker::review(self.app.db(), clock::now()).await.unwrap()
    }

    /// How often each order of an account was told that its promise changed.
    async fn told(&self, client: &Client) -> Vec<Value> {
        self.app.mails().await;
        let mut told = Vec::new();
        let mut after = String::new();
        loop {
            let feed = client.get(&format!("/events?limit=200{after}")).await.expect(200);
            let rows = feed["data"].as_array().unwrap();
            let Some(last) = rows.last() else { return told };
            after = format!("&after={}", last["id"].as_str().unwrap());
            told.extend(
                rows.iter()
                    .filter(|row| row["type"] == "order.promise_changed")
                    .cloned(),
            );
        }
    }
}

fn path_of(expected: &Value) -> String {
    format!("/supplier/expected-receipts/{}", expected["id"].as_str().unwrap())
}

/// So many days from today, in the supplier's zone.
fn day(days: u64) -> NaiveDate {
    clock::now().date() + Days::new(days)
}

async fn place(client: &Client, sku: &str, unit: &str, quantity: &str) -> Value {
    let lines = json!({"lines": [{"sku": sku, "unit": unit, "quantity": quantity}]});
    client.place_order(lines).await.expect(201)
}

async fn reread(client: &Client, order: &Value) -> Value {
    let path = format!("/orders/{}", order["id"].as_str().unwrap());
    client.get(&path).await.expect(200)
}

/// Day and quantity of each part that is promised of a line, with `+` for what is expected.
fn parts(line: &Value) -> Vec<String> {
    let part = |part: &Value| {
        let sign = if part["kind"] == "expected" { "+" } else { "" };
        format!(
            "{sign}{} on {}",
            part["quantity"].as_str().unwrap(),
            part["date"].as_str().unwrap()
        )
    };
    line["promises"].as_array().unwrap().iter().map(part).collect()
}
