//! Money that is not what an invoice asks for: less by a cash discount, by a small difference or by charges; for many at once; too
//! much and paid back; and the statement of a month.

mod allocations;
mod at_random;
mod bank_files;
mod breaches;
mod discounts;
mod monthly;
mod qr_bills;
mod refunds;
mod write_offs;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use portal::audit::Actor;
use portal::clock;
use portal::identity::idempotency;
use portal::ids::{PersonId, ShipmentId};
use portal::invoices;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, id, line, texts, today};
use crate::client::{Answer, Client, unique};

fn days_ago(days: i64) -> NaiveDate {
    today() - TimeDelta::days(days)
}

impl Shop {
    async fn account_path(&self, code: &str, below: &str) -> String {
        let all = self.finance.get("/supplier/accounts").await.expect(200);
        let mut rows = all["data"].as_array().unwrap().iter();
        let row = rows.find(|row| row["code"] == code).unwrap();
        format!("/supplier/accounts/{}/{below}", id(row))
    }

    async fn try_terms(&self, code: &str, steps: Value, mail: &str) -> Answer {
        let path = self.account_path(code, "payment-terms").await;
        let body = json!({"cash_discount": steps, "statement_mail": mail});
        let headers = [("content-type", "application/json")];
        self.finance
            .send(Method::PUT, &path, &headers, Some(body.to_string()))
            .await
    }

    /// Lets an account keep these percentages within these days.
    async fn discounts(&self, code: &str, steps: &[(i64, &str)]) {
        let steps: Vec<_> = steps
            .iter()
            .map(|(days, percent)| json!({"days": days, "percent": percent}))
            .collect();
        self.try_terms(code, json!(steps), "off").await.expect(200);
    }

    async fn try_settings(&self, change: Value) -> Answer {
        let mut body = json!({"tolerances": [], "cash_discount_grace_days": 0, "bank_charges": "supplier"});
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let headers = [("content-type", "application/json")];
        self.finance
            .send(
                Method::PUT,
                "/supplier/settlement-settings",
                &headers,
                Some(body.to_string()),
            )
            .await
    }

    /// Differences up to so much are given up.
    async fn tolerance(&self, amount: &str) {
        let change = json!({"tolerances": [{"currency": "EUR", "amount": amount}]});
        self.try_settings(change).await.expect(200);
    }

    /// An invoice of these lines that was issued so many days ago.
    async fn issued(&self, days: i64, lines: &[Value]) -> Value {
        let order = self.accepted(&self.gold, lines).await;
        let shipment = self.ship(&order).await;
        self.deliver(&shipment).await;
        let shipment: ShipmentId = id(&shipment).parse().unwrap();
        let me = self.finance.get("/me").await.expect(200);
        let person: PersonId = id(&me).parse().unwrap();
        // At noon it is the same day everywhere here, whichever clocks held then.
        let then = match days {
            0 => clock::now(),
            _ => days_ago(days).and_time(NaiveTime::MIN) + TimeDelta::hours(12),
        };
        let issue = move |tx: &mut _| {
            let key = idempotency::Request::new(person, "POST /api/v1/supplier/invoices", unique(), &shipment.0)?;
            invoices::issue(tx, &key, Some(shipment), &Actor::person(person), then)
        };
        let (invoice, _) = self.app.db().write(issue).await.unwrap();
        self.finance
            .get(&format!("/supplier/invoices/{}", invoice.id))
            .await
            .expect(200)
    }

    /// One over 121.00.
    async fn round(&self, days: i64) -> Value {
        self.issued(days, &[line("RARE", "H87", "10")]).await
    }

    async fn try_receive(&self, body: Value) -> Answer {
        self.finance.post_with_key("/supplier/payments", &unique(), body).await
    }

    /// Books what an account paid for an invoice on a day.
    async fn received(&self, invoice: &Value, amount: &str, on: NaiveDate) -> Value {
        let body = json!({"account": "GOLD", "amount": amount, "currency": "EUR", "received_on": on, "invoice_id": id(invoice)});
        self.try_receive(body).await.expect(201)
    }

    /// How an invoice stands and what is open of it.
    async fn stands(&self, invoice: &Value) -> (String, String) {
        let now = self.gold.get(&format!("/invoices/{}", id(invoice))).await.expect(200);
        let text = |name: &str| now[name].as_str().unwrap().to_owned();
        (text("state"), text("open_amount"))
    }

    async fn write_offs(&self, query: &str) -> Vec<Value> {
        let list = self
            .finance
            .get(&format!("/supplier/write-offs?limit=200{query}"))
            .await
            .expect(200);
        list["data"].as_array().unwrap().clone()
    }

    async fn try_grant(&self, invoice: &Value, kind: &str, amount: Option<&str>) -> Answer {
        let mut body = json!({"invoice_id": id(invoice), "kind": kind, "reason": "As agreed."});
        if let Some(amount) = amount {
            body["amount"] = json!(amount);
        }
        self.finance
            .post_with_key("/supplier/write-offs", &unique(), body)
            .await
    }

    async fn take_back(&self, what: &str, one: &Value) -> Answer {
        let path = format!("/supplier/{what}/{}/reverse", id(one));
        self.finance.post(&path, json!({"reason": "A slip."})).await
    }
}

fn stand(state: &str, open: &str) -> (String, String) {
    (state.to_owned(), open.to_owned())
}

/// Kinds of the entries of an account's statement, and what each changes.
async fn entries(client: &Client) -> Vec<(String, String)> {
    let statement = client.get("/account/statement?limit=200").await.expect(200);
    let rows = statement["entries"]["data"].as_array().unwrap().iter();
    rows.map(|row| {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        (text("kind"), text("amount"))
    })
    .collect()
}
