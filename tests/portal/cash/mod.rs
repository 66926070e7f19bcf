//! From the queue to the money: staff steer, receive, ship, invoice and book; accounts follow.

mod allocation;
mod bank;
mod bank_overlaps;
mod changes;
mod changes_at_random;
mod changes_in_part;
mod changes_pages;
mod changes_raced;
mod charges;
mod choices;
mod choices_of_lines;
mod claim_breaches;
mod claim_files;
mod claim_replacements;
mod claim_sights;
mod claims;
mod claims_at_random;
mod contracts;
mod corrections;
mod corrections_at_random;
mod credit_checks;
mod credit_groups;
mod credits;
mod credits_as_einvoices;
mod days_of_lists;
mod einvoices;
mod einvoices_several;
mod invoices;
mod parallel;
mod payments;
mod price_corrections;
mod price_rules;
mod quotas;
mod quotas_parallel;
mod quotas_shared;
mod quotas_weights;
mod rebate_agreements;
mod rebates;
mod reminders;
mod reminders_at_random;
mod reminders_disputes;
mod reminders_holds;
mod reminders_policies;
mod rest;
mod returns;
mod returns_credited;
mod returns_made_good;
mod shipments;
mod settling;
mod shipping;
mod statements;
mod steering;
mod substitutes;
mod substitutes_offered;
mod trade;
mod transports;

use chrono::{NaiveDate, TimeDelta};
use portal::clock;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::{Client, unique};

/// BOLT: 0.50 a piece or in cartons of 100; CABLE: metres with two decimals at 0.333 a metre; FOOD: reduced rate. GOLD is
/// served before SILVER. FAR lies in another country of the EU, OVERSEAS outside.
const FILES: &[(&str, &str)] = &[
    (
        "supplier.csv",
        "name,country,currency,vat_id,street,city,postal_code,iban,bic,time_zone\n\
         The Supplier,NL,EUR,NL001234567B01,Kade 1,Rotterdam,3011,NL91ABNA0417164300,ABNANL2A,Europe/Amsterdam\n",
    ),
    ("tax_rates.csv", "country,category,rate\nNL,AA,9\n"),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,vat_id\n\
         GOLD,Gold Works,NL,EUR,gold,30,,\nSILVER,Silver Works,NL,EUR,silver,14,,\n\
         TIGHT,Tight Works,NL,EUR,bronze,30,121.00,\nFAR,Fern GmbH,DE,EUR,gold,30,,DE123456789\n\
         OVERSEAS,Overseas Inc,US,USD,gold,60,,\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,lead_time_days,gtin\n\
         BOLT,Bolt,H87,0,S,2,4006381333931\nCABLE,Cable,MTR,2,S,0,\nFOOD,Biscuits,H87,0,AA,0,\nRARE,Rare part,H87,0,S,3,\n\
         EXEMPT,Course,H87,0,E,0,\n",
    ),
    (
        "units.csv",
        "sku,unit,name,base_quantity\nBOLT,CT100,Carton of 100,100\nRARE,BX12,Box of 12,12\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account\nBASE,List prices,EUR,base,\nUSD,Dollar prices,USD,base,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price,price_base\n\
         BASE,BOLT,H87,1,7.333,100\nBASE,CABLE,MTR,0.01,0.333,1\nBASE,FOOD,H87,1,1.05,1\nBASE,RARE,H87,1,10,1\n\
         BASE,EXEMPT,H87,1,99,1\nUSD,BOLT,H87,1,0.6,1\n",
    ),
    (
        "stock.csv",
        "warehouse,sku,on_hand\n\
         NORTH,BOLT,1000\nSOUTH,BOLT,500\nNORTH,CABLE,500\nNORTH,FOOD,100\nNORTH,RARE,50\nNORTH,EXEMPT,10\n",
    ),
];

/// A shop with its staff and a buyer of GOLD.
struct Shop {
    app: TestApp,
    gold: Client,
    silver: Client,
    service: Client,
    warehouse: Client,
    finance: Client,
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
            finance: app.staff("finance").await,
            app,
        }
    }

    async fn step(&self, order: &Value, step: &str, body: Value) -> Value {
        let path = format!("/supplier/orders/{}/{step}", id(order));
        self.service.post(&path, body).await.expect(200)
    }

    async fn accept(&self, order: &Value) -> Value {
        self.step(order, "accept", json!({})).await
    }

    async fn hold(&self, order: &Value) -> Value {
        self.step(order, "hold", json!({"reason": "The address looks wrong."}))
            .await
    }

    async fn release(&self, order: &Value) -> Value {
        self.step(order, "release", json!({"reason": "The address is right."}))
            .await
    }

    /// Places and accepts.
    async fn accepted(&self, buyer: &Client, lines: &[Value]) -> Value {
        let order = buyer.place_order(json!({ "lines": lines })).await.expect(201);
        self.accept(&order).await
    }

    async fn receive(&self, sku: &str, quantity: &str) -> Value {
        let body = json!({"warehouse": "NORTH", "lines": [{"sku": sku, "quantity": quantity}]});
        self.warehouse
            .post_with_key("/supplier/receipts", &unique(), body)
            .await
            .expect(201)
    }

    /// Ships all that is reserved.
    async fn ship(&self, order: &Value) -> Value {
        self.try_ship(json!({"order_id": id(order)})).await.expect(201)
    }

    /// Ships a quantity of the line at `index`, in its unit.
    async fn ship_part(&self, order: &Value, index: usize, quantity: &str) -> Value {
        let lines = json!([{"order_line_id": order["lines"][index]["id"], "quantity": quantity}]);
        self.try_ship(json!({"order_id": id(order), "lines": lines}))
            .await
            .expect(201)
    }

    async fn try_ship(&self, body: Value) -> crate::client::Answer {
        self.warehouse
            .post_with_key("/supplier/shipments", &unique(), body)
            .await
    }

    async fn deliver(&self, shipment: &Value) -> Value {
        let path = format!("/supplier/shipments/{}/deliver", id(shipment));
        self.warehouse.post(&path, json!({})).await.expect(200)
    }

    async fn invoice(&self, shipment: &Value) -> Value {
        let body = json!({"shipment_id": id(shipment)});
        self.finance
            .post_with_key("/supplier/invoices", &unique(), body)
            .await
            .expect(201)
    }

    async fn pay(&self, account: &str, amount: &str) -> Value {
        self.finance
            .post_with_key("/supplier/payments", &unique(), payment(account, amount))
            .await
            .expect(201)
    }
}

/// Today where the supplier is, which is another day than in UTC for an hour or two of each.
fn today() -> NaiveDate {
    clock::day_in(chrono_tz::Europe::Amsterdam, clock::now())
}

/// A day that has been, not long ago.
fn lately() -> NaiveDate {
    today() - TimeDelta::days(10)
}

fn payment(account: &str, amount: &str) -> Value {
    json!({"account": account, "amount": amount, "currency": "EUR", "received_on": lately()})
}

fn id(object: &Value) -> &str {
    object["id"].as_str().unwrap()
}

fn line(sku: &str, unit: &str, quantity: &str) -> Value {
    json!({"sku": sku, "unit": unit, "quantity": quantity})
}

async fn reread(client: &Client, order: &Value) -> Value {
    client.get(&format!("/orders/{}", id(order))).await.expect(200)
}

/// What is reserved, waits, left and is invoiced of the line at `index`.
fn progress(order: &Value, index: usize) -> [&str; 4] {
    ["reserved", "backordered", "shipped", "invoiced"].map(|name| order["lines"][index][name].as_str().unwrap())
}

/// The texts of `name` in a list.
fn texts<'a>(list: &'a Value, name: &str) -> Vec<&'a str> {
    let rows = list.as_array().unwrap().iter();
    rows.map(|row| row[name].as_str().unwrap()).collect()
}
