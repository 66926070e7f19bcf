//! Reminders while the program dies: a release is whole or nothing, and each reminder is mailed once to each who gets it.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use portal::db::{Connection, Database, Engine, sql};
use portal::ids::InvoiceId;
use serde_json::{Value, json};

use super::invoices::sign_in;
use super::{BUYERS, PASSWORD, TIMEOUT, email_of, set_up};
use crate::client::{Client, unique};
use crate::fresh::{Fresh, engine};
use crate::program::Installation;

const ROUNDS: u64 = 6;
const STAFF: &str = "reminding@supplier.example";

/// Lets five days pass for all that is open, while nothing runs.
fn let_pass(installation: &Installation) {
    let pass = |tx: &mut Connection| {
        let rows: Vec<(InvoiceId, NaiveDate, Option<NaiveDate>)> =
            sql("SELECT invoice_id, due_on, reminded_on FROM open_items").rows(tx)?;
        for (invoice, due, reminded) in rows {
            let due = due.min(portal::clock::now().date()) - TimeDelta::days(5);
            sql("UPDATE open_items SET due_on = $2, reminded_on = $3 WHERE invoice_id = $1")
                .bind(invoice)
                .bind(due)
                .bind(reminded.map(|on| on - TimeDelta::days(5)))
                .run(tx)?;
        }
        Ok(())
    };
    let database = Database::open(installation.target(), 2).unwrap();
    tokio::task::block_in_place(|| database.write_now(pass)).unwrap();
}

/// A new invoice of each account.
async fn invoice(base: &str, staff: &Client) {
    for buyer in 0..2 {
        let buyer = sign_in(base, &email_of(buyer)).await;
        let line = json!({"sku": "TAPE", "unit": "H87", "quantity": "1"});
        let order = buyer.place_order(json!({"lines": [line]})).await.expect(201);
        let accept = format!("/supplier/orders/{}/accept", order["id"].as_str().unwrap());
        staff.post(&accept, json!({})).await.expect(200);
        let mut made = json!({"order_id": order["id"]});
        for (what, name) in [("shipments", "shipment_id"), ("invoices", "")] {
            let path = format!("/supplier/{what}");
            let one = staff.post_with_key(&path, &unique(), made).await.expect(201);
            made = json!({name: one["id"]});
        }
    }
}

/// Asks for the release of a run and is gone before the answer.
async fn release(base: String, token: String, path: String) {
    let asked = crate::client::http_client().build().unwrap();
    let asked = asked.post(format!("{base}/api/v1{path}")).bearer_auth(token).send();
    drop(asked.await);
}

async fn all_are_sent(installation: &Installation) {
    set_up(installation);
    let role = [
        "user",
        "add",
        "--email",
        STAFF,
        "--staff-role",
        "admin",
        "--password-stdin",
    ];
    installation.succeed(&role, &format!("{PASSWORD}\n"));
    let mut serving = installation.serve();
    let mut staff = sign_in(&serving.base, STAFF).await;
    let levels = [1, 2, 3].map(|days| json!({"days_overdue": days, "days_between": 1, "fee": "1.00"}));
    let policy = json!({"code": "HOUSE", "name": "House", "currency": "EUR", "levels": levels});
    staff.post("/supplier/reminder-policies", policy).await.expect(201);
    let settings = json!({"default_policy": "HOUSE", "automatic": "off"});
    staff
        .change(reqwest::Method::PUT, "/supplier/reminder-settings", "*", Some(settings))
        .await
        .expect(200);
    for round in 0..ROUNDS {
        invoice(&serving.base, &staff).await;
        serving.kill();
        let_pass(installation);
        serving = tokio::task::block_in_place(|| installation.serve());
        staff = staff.at(&Client::anonymous(&serving.base));
        let run = staff
            .post_with_key("/supplier/reminder-runs", &unique(), json!({}))
            .await
            .expect(201);
        let path = format!("/supplier/reminder-runs/{}", run["id"].as_str().unwrap());
        let token = staff.token().unwrap().to_owned();
        let asked = tokio::spawn(release(serving.base.clone(), token, format!("{path}/release")));
        // A different moment each time.
        tokio::time::sleep(Duration::from_millis(round * 4)).await;
        serving.kill();
        asked.await.unwrap();
        serving = tokio::task::block_in_place(|| installation.serve());
        staff = staff.at(&Client::anonymous(&serving.base));
        let mut run = staff.get(&path).await.expect(200);
        if run["state"] == "proposed" {
            run = staff.post(&format!("{path}/release"), json!({})).await.expect(200);
        }
        assert_eq!(run["state"], "released");
        let reminded = run["accounts"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["reminder_number"].is_string());
        assert_eq!(reminded.count(), 2, "{run}");
    }
    let sent = staff.get("/supplier/reminders?limit=200").await.expect(200);
    let numbers: Vec<String> = sent["data"].as_array().unwrap().iter().map(number).collect();
    assert_eq!(u64::try_from(numbers.len()).unwrap(), 2 * ROUNDS);
    // Nobody of an account is of finance, so all its buyers get the mail.
    let each = BUYERS / 2;
    loop {
        let mut mailed = BTreeMap::<&str, usize>::new();
        let mails = installation.mails();
        for (_, mail) in &mails {
            if let Some(number) = numbers
                .iter()
                .find(|number| mail.contains(&format!("reminder-{number}.pdf")))
            {
                *mailed.entry(number).or_default() += 1;
            }
        }
        assert!(mailed.values().all(|count| *count <= each), "{mailed:?}");
        if mailed.len() == numbers.len() && mailed.values().all(|count| *count == each) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    serving.terminate();
    assert_eq!(serving.ended().code(), Some(0));
    installation.succeed(&["check"], "");
}

fn number(reminder: &Value) -> String {
    reminder["number"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reminders_released_while_the_program_is_killed_are_sent_once() {
    let run = async {
        match engine() {
            Engine::Sqlite => all_are_sent(&Installation::by_default()).await,
            Engine::Postgres => {
                let fresh = Fresh::migrated();
                all_are_sent(&Installation::on(fresh.db().target())).await;
            }
        }
    };
    tokio::time::timeout(TIMEOUT, run).await.expect("it comes to an end");
}
