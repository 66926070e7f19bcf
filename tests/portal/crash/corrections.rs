//! Corrections of invoices while the program dies: each happens once as a whole, or not at all.

use std::collections::BTreeSet;
use std::time::Duration;

use portal::db::Engine;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::invoices::sign_in;
use super::{PASSWORD, TIMEOUT, email_of, set_up};
use crate::client::unique;
use crate::fresh::{Fresh, engine};
use crate::program::Installation;

const INVOICES: usize = 36;
const KILLS: usize = 2;
const STAFF: &str = "mender@supplier.example";

/// Invoices, every other one paid.
async fn invoices(base: &str) -> Vec<String> {
    let (buyer, staff) = (sign_in(base, &email_of(0)).await, sign_in(base, STAFF).await);
    let account = buyer.get("/account").await.expect(200);
    let mut made = Vec::new();
    for number in 0..INVOICES {
        let line = json!({"sku": "TAPE", "unit": "H87", "quantity": "1"});
        let order = buyer.place_order(json!({"lines": [line]})).await.expect(201);
        let accept = format!("/supplier/orders/{}/accept", order["id"].as_str().unwrap());
        staff.post(&accept, json!({})).await.expect(200);
        let ship = json!({"order_id": order["id"]});
        let shipment = staff
            .post_with_key("/supplier/shipments", &unique(), ship)
            .await
            .expect(201);
        let body = json!({"shipment_id": shipment["id"]});
        let invoice = staff
            .post_with_key("/supplier/invoices", &unique(), body)
            .await
            .expect(201);
        if number % 2 == 0 {
            let paid = json!({
                "account": account["code"], "amount": invoice["gross_total"], "currency": invoice["currency"],
                "received_on": invoice["issued_on"], "invoice_id": invoice["id"],
            });
            staff
                .post_with_key("/supplier/payments", &unique(), paid)
                .await
                .expect(201);
        }
        made.push(invoice["id"].as_str().unwrap().to_owned());
    }
    made
}

/// Asks for the correction under one key until it is acknowledged, at whatever address is served: the numbers of its two documents.
async fn correct(http: reqwest::Client, address: watch::Receiver<String>, token: String, id: String) -> [String; 2] {
    loop {
        let base = address.borrow().clone();
        let asked = http
            .post(format!("{base}/api/v1/supplier/invoices/{id}/correct"))
            .bearer_auth(&token)
            .header("Idempotency-Key", format!("correct-{id}"))
            .json(&json!({"reason": "A wrong number", "po_number": format!("PO-{id}")}))
            .send()
            .await;
        if let Ok(answer) = asked
            && answer.status().as_u16() == 201
            && let Ok(made) = answer.json::<Value>().await
        {
            let number = |document: &str| made[document]["number"].as_str().unwrap().to_owned();
            return [number("invoice"), number("credit_note")];
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn all_are_corrected(installation: &Installation) {
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
    let invoices = invoices(&serving.base).await;
    let token = sign_in(&serving.base, STAFF).await.token().unwrap().to_owned();
    let (address, served) = watch::channel(serving.base.clone());
    let mut asked = JoinSet::new();
    for id in invoices {
        let (served, token) = (served.clone(), token.clone());
        asked.spawn(async move { correct(crate::client::http_client().build().unwrap(), served, token, id).await });
    }
    let (mut right, mut credits) = (BTreeSet::new(), BTreeSet::new());
    while let Some(numbers) = asked.join_next().await {
        let [invoice, credit] = numbers.unwrap();
        right.insert(invoice);
        credits.insert(credit);
        // In the middle of the others.
        if right.len() % (INVOICES / (KILLS + 1)) == 0 && right.len() < INVOICES {
            serving.kill();
            serving = tokio::task::block_in_place(|| installation.serve());
            address.send(serving.base.clone()).unwrap();
        }
    }
    serving.terminate();
    assert_eq!(serving.ended().code(), Some(0));
    assert_eq!((right.len(), credits.len()), (INVOICES, INVOICES));
    // The last of each series is the last number that was given.
    assert!(
        right.last().unwrap().ends_with(&format!("-{:06}", 2 * INVOICES)),
        "{right:?}"
    );
    assert!(
        credits.last().unwrap().ends_with(&format!("-{INVOICES:06}")),
        "{credits:?}"
    );
    installation.succeed(&["check"], "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invoices_corrected_while_the_program_is_killed_are_corrected_once() {
    let run = async {
        match engine() {
            Engine::Sqlite => all_are_corrected(&Installation::by_default()).await,
            Engine::Postgres => {
                let fresh = Fresh::migrated();
                all_are_corrected(&Installation::on(fresh.db().target())).await;
            }
        }
    };
    tokio::time::timeout(TIMEOUT, run).await.expect("it comes to an end");
}
