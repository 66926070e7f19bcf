//! Invoices while the program dies: every shipment gets one, and the numbers have no gap.

use std::sync::Arc;
use std::time::Duration;

use portal::db::Engine;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{PASSWORD, TIMEOUT, email_of, set_up};
use crate::client::{Client, unique};
use crate::fresh::{Fresh, engine};
use crate::program::Installation;

const SHIPMENTS: usize = 96;
/// Clients that issue invoices at the same time.
const CLIENTS: usize = 16;
const KILLS: usize = 3;
const STAFF: &str = "ledger@supplier.example";

pub async fn sign_in(base: &str, email: &str) -> Client {
    let client = Client::anonymous(base);
    let credentials = json!({"email": email, "password": PASSWORD});
    let tokens = client.post("/auth/login", credentials).await.expect(200);
    client.with_token(tokens["access_token"].as_str().unwrap())
}

/// Shipments that are not invoiced yet.
async fn shipments(base: &str) -> Vec<String> {
    let (buyer, staff) = (sign_in(base, &email_of(0)).await, sign_in(base, STAFF).await);
    let mut made = Vec::new();
    for _ in 0..SHIPMENTS {
        let line = json!({"sku": "TAPE", "unit": "H87", "quantity": "1"});
        let order = buyer.place_order(json!({"lines": [line]})).await.expect(201);
        let accept = format!("/supplier/orders/{}/accept", order["id"].as_str().unwrap());
        staff.post(&accept, json!({})).await.expect(200);
        let ship = json!({"order_id": order["id"]});
        let shipment = staff
            .post_with_key("/supplier/shipments", &unique(), ship)
            .await
            .expect(201);
        made.push(shipment["id"].as_str().unwrap().to_owned());
    }
    made
}

/// Asks for the invoice of a shipment under one key until it is acknowledged, at whatever address is served.
async fn invoice(http: reqwest::Client, address: watch::Receiver<String>, token: String, shipment: String) -> String {
    loop {
        let base = address.borrow().clone();
        let asked = http
            .post(format!("{base}/api/v1/supplier/invoices"))
            .bearer_auth(&token)
            .header("Idempotency-Key", format!("invoice-{shipment}"))
            .json(&json!({"shipment_id": shipment}))
            .send()
            .await;
        if let Ok(answer) = asked
            && answer.status().as_u16() == 201
            && let Ok(invoice) = answer.json::<Value>().await
        {
            return invoice["number"].as_str().unwrap().to_owned();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn all_are_issued(installation: &Installation) {
    set_up(installation);
    let add = [
        "user",
        "add",
        "--email",
        STAFF,
        "--staff-role",
        "admin",
        "--password-stdin",
    ];
    installation.succeed(&add, &format!("{PASSWORD}\n"));
    let mut serving = installation.serve();
    let shipments = shipments(&serving.base).await;
    let credentials = json!({"email": STAFF, "password": PASSWORD});
    let tokens = Client::anonymous(&serving.base)
        .post("/auth/login", credentials)
        .await
        .expect(200);
    let token = tokens["access_token"].as_str().unwrap().to_owned();
    let (address, served) = watch::channel(serving.base.clone());
    let gate = Arc::new(tokio::sync::Semaphore::new(CLIENTS));
    let mut asked = JoinSet::new();
    for shipment in shipments {
        let (gate, served, token) = (gate.clone(), served.clone(), token.clone());
        asked.spawn(async move {
            let _turn = gate.acquire_owned().await.unwrap();
            invoice(crate::client::http_client().build().unwrap(), served, token, shipment).await
        });
    }
    let mut numbers = Vec::new();
    while let Some(number) = asked.join_next().await {
        numbers.push(number.unwrap());
        // In the middle of the others.
        if numbers.len() % (SHIPMENTS / (KILLS + 1)) == 0 && numbers.len() < SHIPMENTS {
            serving.kill();
            serving = tokio::task::block_in_place(|| installation.serve());
            address.send(serving.base.clone()).unwrap();
        }
    }
    serving.terminate();
    assert_eq!(serving.ended().code(), Some(0));
    numbers.sort();
    let sequences: Vec<usize> = numbers
        .iter()
        .map(|number| number.split_once('-').unwrap().1.parse().unwrap())
        .collect();
    assert_eq!(sequences, (1..=SHIPMENTS).collect::<Vec<_>>());
    installation.succeed(&["check"], "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invoices_issued_while_the_program_is_killed_have_no_gap() {
    let run = async {
        match engine() {
            Engine::Sqlite => all_are_issued(&Installation::by_default()).await,
            Engine::Postgres => {
                let fresh = Fresh::migrated();
                all_are_issued(&Installation::on(fresh.db().target())).await;
            }
        }
    };
    tokio::time::timeout(TIMEOUT, run).await.expect("it comes to an end");
}
