//! Claims, returns and their credit, rebates, credit notes, corrections, payments, refunds and reversals while the program dies: each
//! happens once, and everything adds up.

use std::collections::BTreeSet;
use std::time::Duration;

use portal::db::Engine;
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};

use super::invoices::sign_in;
use super::{PASSWORD, TIMEOUT, set_up};
use crate::client::{http_client, unique};
use crate::fresh::{Fresh, engine};
use crate::program::Installation;

const ACCOUNTS: usize = 4;
/// Acts of each account.
const ACTS: usize = 45;
const KILLS: usize = 3;
const STAFF: &str = "books@supplier.example";

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        // Knuth's linear congruential generator.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(most).unwrap()).unwrap()
    }

    fn of(&mut self, all: &[Value]) -> Option<Value> {
        match all.len() {
            0 => None,
            count => all.get(self.below(count)).cloned(),
        }
    }
}

/// An account that trades while the program dies.
struct Trade {
    http: reqwest::Client,
    served: watch::Receiver<String>,
    code: String,
    buyer: String,
    staff: String,
    chance: Chance,
    shipments: Vec<Value>,
    invoices: Vec<Value>,
    payments: Vec<Value>,
    refunds: Vec<Value>,
    done: usize,
}

impl Trade {
    /// Asks under one key until there is an answer, at whatever address is served; what was made, or none where it was refused.
    async fn ask(&self, token: &str, path: &str, body: &Value, key: &str) -> Option<Value> {
        loop {
            let base = self.served.borrow().clone();
            let sent = self.http.post(format!("{base}/api/v1{path}")).bearer_auth(token);
            let asked = sent.header("Idempotency-Key", key).json(body).send().await;
            if let Ok(answer) = asked {
                let status = answer.status().as_u16();
                if let Ok(text) = answer.text().await
                    && status < 500
                {
                    assert!(
                        matches!(status, 200 | 201 | 409 | 422),
                        "{path} {body}: {status} {text}"
                    );
                    return (status < 300).then(|| serde_json::from_str(&text).unwrap());
                }
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Has staff do something, now and then once more: that has the first answer and no other effect.
    async fn act(&mut self, path: &str, body: Value) -> Option<Value> {
        let key = unique();
        let made = self.ask(&self.staff, path, &body, &key).await;
        if let Some(made) = &made {
            self.done += 1;
            if self.chance.below(3) == 0 && !path.ends_with("/decide") && made["id"].is_string() {
                let again = self.ask(&self.staff, path, &body, &key).await;
                assert!(
                    again.is_none_or(|again| again["id"] == made["id"]),
                    "{path} {body} made another one"
                );
            }
        }
        made
    }

    async fn sell(&mut self) -> Option<()> {
        let tape = (3 + self.chance.below(6)).to_string();
        let lines = json!({"po_number": unique(), "lines": [
            {"sku": "TAPE", "unit": "H87", "quantity": tape}, {"sku": "BOLT", "unit": "H87", "quantity": "3"},
        ]});
        let order = self.ask(&self.buyer, "/orders", &lines, &unique()).await?;
        let accept = format!("/supplier/orders/{}/accept", order["id"].as_str()?);
        self.ask(&self.staff, &accept, &json!({}), &unique()).await;
        let shipment = self
            .act("/supplier/shipments", json!({"order_id": order["id"]}))
            .await?;
        let invoice = self
            .act("/supplier/invoices", json!({"shipment_id": shipment["id"]}))
            .await?;
        self.shipments.push(shipment);
        self.invoices.push(invoice);
        Some(())
    }

    async fn claim(&mut self) -> Option<()> {
        let shipment = self.chance.of(&self.shipments)?;
        let lines = json!([{"position": 1, "quantity": (1 + self.chance.below(2)).to_string()}]);
        let body = json!({
            "shipment_id": shipment["id"], "kind": "damaged", "wish": "credit", "text": "Broken.", "lines": lines,
        });
        let claim = self.ask(&self.buyer, "/claims", &body, &unique()).await?;
        let own = format!("/supplier/claims/{}", claim["id"].as_str()?);
        self.act(&format!("{own}/decide"), json!({ "lines": lines })).await;
        if self.chance.below(2) == 0 {
            self.act(&format!("{own}/settle"), json!({"outcome": "credit"})).await?;
            return Some(());
        }
        self.send_back(json!({"claim_id": claim["id"]})).await
    }

    /// Announced, received, looked at and credited.
    async fn send_back(&mut self, what: Value) -> Option<()> {
        let returned = self.act("/supplier/returns", what).await?;
        let own = format!("/supplier/returns/{}", returned["id"].as_str()?);
        self.act(&format!("{own}/receive"), json!({})).await;
        let found = json!({"position": 1, "scrap": returned["lines"][0]["quantity"]});
        self.act(
            &format!("{own}/inspect"),
            json!({"warehouse": "SOUTH", "lines": [found]}),
        )
        .await;
        self.act(&format!("{own}/credit"), json!({})).await?;
        Some(())
    }

    async fn credit(&mut self) -> Option<()> {
        let invoice = self.chance.of(&self.invoices)?;
        let mut body = json!({"invoice_id": invoice["id"], "reason": "goodwill"});
        match self.chance.below(5) {
            0 => {}
            1 => body["lines"] = json!([{"position": 2, "net": "0.07"}]),
            _ => body["lines"] = json!([{"position": 1, "quantity": "1"}]),
        }
        self.act("/supplier/credit-notes", body).await?;
        Some(())
    }

    async fn rebate(&mut self) -> Option<()> {
        let today = portal::clock::now().date();
        let mut body = json!({"account": self.code, "from": today - chrono::TimeDelta::days(3), "to": today});
        body["again"] = json!(self.chance.below(3) > 0);
        match self.chance.below(2) {
            0 => body["percent"] = json!(format!("{}.5", self.chance.below(6))),
            _ => body["net"] = json!(format!("{}.{:02}", self.chance.below(4), 1 + self.chance.below(99))),
        }
        self.act("/supplier/rebates", body).await?;
        Some(())
    }

    async fn pay(&mut self) -> Option<()> {
        let amount = format!("{}.{:02}", self.chance.below(30), 1 + self.chance.below(99));
        let mut body = json!({
            "account": self.code, "amount": amount, "currency": "EUR",
            "received_on": portal::clock::now().date() - chrono::TimeDelta::days(1),
        });
        if self.chance.below(2) == 0 {
            body["invoice_id"] = self.chance.of(&self.invoices)?["id"].clone();
        }
        let payment = self.act("/supplier/payments", body).await?;
        self.payments.push(payment);
        Some(())
    }

    async fn take_back(&mut self) -> Option<()> {
        let (what, one) = match self.chance.below(3) {
            0 => ("refunds", self.chance.of(&self.refunds)?),
            _ => ("payments", self.chance.of(&self.payments)?),
        };
        let path = format!("/supplier/{what}/{}/reverse", one["id"].as_str()?);
        self.act(&path, json!({"reason": "No cover"})).await?;
        Some(())
    }

    async fn pay_back(&mut self) -> Option<()> {
        let amount = format!("{}.{:02}", self.chance.below(3), 1 + self.chance.below(99));
        let today = portal::clock::now().date() - chrono::TimeDelta::days(1);
        let body = json!({"account": self.code, "amount": amount, "currency": "EUR", "paid_on": today});
        let refund = self.act("/supplier/refunds", body).await?;
        self.refunds.push(refund);
        Some(())
    }

    async fn correct(&mut self) -> Option<()> {
        let invoice = self.chance.of(&self.invoices)?;
        let path = format!("/supplier/invoices/{}/correct", invoice["id"].as_str()?);
        let body = json!({"reason": "It was wrong", "prices": "as_invoiced"});
        let corrected = self.act(&path, body).await?;
        self.invoices.push(corrected["invoice"].clone());
        Some(())
    }

    async fn once(&mut self) {
        match self.chance.below(14) {
            0..=2 => self.sell().await,
            3 | 4 => self.claim().await,
            5 | 6 => match self.chance.of(&self.shipments) {
                Some(shipment) => {
                    let lines = json!([{"position": 1, "quantity": "1"}]);
                    self.send_back(json!({"shipment_id": shipment["id"], "lines": lines}))
                        .await
                }
                None => None,
            },
            7 => self.credit().await,
            8 => self.rebate().await,
            9 | 10 => self.pay().await,
            11 => self.take_back().await,
            12 => self.pay_back().await,
            _ => self.correct().await,
        };
    }

    async fn all(mut self, told: mpsc::UnboundedSender<()>) -> usize {
        for _ in 0..ACTS {
            self.once().await;
            // Nobody listens any more once all kills were done.
            let _ = told.send(());
        }
        self.done
    }
}

/// Accounts without a limit, each with a buyer, and somebody who may do anything.
fn people(installation: &Installation) {
    let add = |arguments: &[&str]| {
        let all = [&["user", "add"][..], arguments, &["--password-stdin"][..]].concat();
        installation.succeed(&all, &format!("{PASSWORD}\n"));
    };
    let folder = tempfile::TempDir::new().unwrap();
    let head = "account,name,country,currency,tier,payment_terms_days,credit_limit\n".to_owned();
    let rows = (0..ACCOUNTS).map(|number| format!("K{number},Kill {number},NL,EUR,gold,30,\n"));
    std::fs::write(
        folder.path().join("accounts.csv"),
        rows.fold(head, |all, row| all + &row),
    )
    .unwrap();
    installation.succeed(&["import", folder.path().to_str().unwrap()], "");
    for number in 0..ACCOUNTS {
        let (email, account) = (format!("kill-{number}@works.example"), format!("K{number}"));
        add(&["--email", &email, "--account", &account, "--role", "admin"]);
    }
    add(&["--email", STAFF, "--staff-role", "admin"]);
}

/// The numbers of a series are 1, 2, 3 and so on.
async fn is_gapless(staff: &crate::client::Client, list: &str) {
    let (mut places, mut path) = (BTreeSet::new(), format!("/supplier/{list}?limit=100"));
    loop {
        let page = staff.get(&path).await.expect(200);
        for row in page["data"].as_array().unwrap() {
            let number = row["number"].as_str().unwrap();
            places.insert(number.rsplit_once('-').unwrap().1.parse::<usize>().unwrap());
        }
        match page["next_cursor"].as_str() {
            Some(next) => path = format!("/supplier/{list}?limit=100&cursor={next}"),
            None => break,
        }
    }
    assert!(!places.is_empty(), "{list}");
    assert!(places.iter().copied().eq(1..=places.len()), "{list}: {places:?}");
}

async fn all_adds_up(installation: &Installation) {
    set_up(installation);
    people(installation);
    let mut serving = installation.serve();
    let staff = sign_in(&serving.base, STAFF).await.token().unwrap().to_owned();
    let (address, served) = watch::channel(serving.base.clone());
    let (told, mut acts) = mpsc::unbounded_channel();
    let mut trades = Vec::new();
    for number in 0..ACCOUNTS {
        let buyer = sign_in(&serving.base, &format!("kill-{number}@works.example")).await;
        let trade = Trade {
            http: http_client().build().unwrap(),
            served: served.clone(),
            code: format!("K{number}"),
            buyer: buyer.token().unwrap().to_owned(),
            staff: staff.clone(),
            chance: Chance(20_261_203 + u64::try_from(number).unwrap()),
            shipments: Vec::new(),
            invoices: Vec::new(),
            payments: Vec::new(),
            refunds: Vec::new(),
            done: 0,
        };
        trades.push(tokio::spawn(trade.all(told.clone())));
    }
    drop(told);
    let mut count = 0;
    while acts.recv().await.is_some() {
        count += 1;
        // In the middle of the others.
        if count % (ACCOUNTS * ACTS / (KILLS + 1)) == 0 && count < ACCOUNTS * ACTS {
            serving.kill();
            serving = tokio::task::block_in_place(|| installation.serve());
            address.send(serving.base.clone()).unwrap();
        }
    }
    let mut done = 0;
    for trade in trades {
        done += trade.await.unwrap();
    }
    assert!(done > ACCOUNTS * ACTS / 2, "{done} done");
    let staff = crate::client::Client::anonymous(&serving.base).with_token(&staff);
    for list in ["invoices", "credit-notes", "claims", "returns"] {
        is_gapless(&staff, list).await;
    }
    serving.terminate();
    assert_eq!(serving.ended().code(), Some(0));
    installation.succeed(&["check"], "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_acts_while_the_program_is_killed_happen_once_and_add_up() {
    let run = async {
        match engine() {
            Engine::Sqlite => all_adds_up(&Installation::by_default()).await,
            Engine::Postgres => {
                let fresh = Fresh::migrated();
                all_adds_up(&Installation::on(fresh.db().target())).await;
            }
        }
    };
    tokio::time::timeout(TIMEOUT, run).await.expect("it comes to an end");
}
