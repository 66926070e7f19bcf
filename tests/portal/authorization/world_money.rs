//! Invoices, and what becomes of them that are not paid.

use portal::clock;
use portal::db::sql;
use reqwest::Method;
use serde_json::json;

use super::world::{World, id};
use crate::client::unique;

impl World {
    pub(super) async fn invoice(&self) -> String {
        let shipment = self.shipment().await;
        self.made("invoices", json!({"shipment_id": shipment})).await
    }

    pub(super) async fn credit_note(&self) -> String {
        let invoice = self.invoice().await;
        self.made("credit-notes", json!({"invoice_id": invoice, "reason": "goodwill"}))
            .await
    }

    pub(super) async fn disputed(&self) -> String {
        let invoice = self.invoice().await;
        let path = format!("/supplier/invoices/{invoice}/dispute");
        self.staff("admin")
            .post(&path, json!({"reason": "damaged"}))
            .await
            .expect(200);
        invoice
    }

    pub(super) async fn reminder_policy(&self) -> String {
        let level = json!({"days_overdue": 1, "fee": "5.00"});
        let policy = json!({"code": unique(), "name": "A policy", "currency": "EUR", "levels": [level]});
        id(&self
            .staff("admin")
            .post("/supplier/reminder-policies", policy)
            .await
            .expect(201))
    }

    /// A run that proposes to remind ACME of an invoice that is late.
    pub(super) async fn reminder_run(&self) -> String {
        let admin = self.staff("admin");
        let policy = self.reminder_policy().await;
        let policy = admin
            .get(&format!("/supplier/reminder-policies/{policy}"))
            .await
            .expect(200);
        let settings = format!("/supplier/accounts/{}/reminder-settings", self.account().await);
        let own = json!({"policy": policy["code"]});
        admin.change(Method::PUT, &settings, "*", Some(own)).await.expect(200);
        let invoice: portal::ids::InvoiceId = self.invoice().await.parse().unwrap();
        let late = move |tx: &mut _| {
            sql("UPDATE open_items SET due_on = $2 WHERE invoice_id = $1")
                .bind(invoice)
                .bind(clock::now().date() - chrono::TimeDelta::days(10))
                .run(tx)
        };
        assert_eq!(self.app().db().write(late).await.unwrap(), 1);
        self.made("reminder-runs", json!({})).await
    }

    pub(super) async fn reminder(&self) -> String {
        let admin = self.staff("admin");
        let path = format!("/supplier/reminder-runs/{}/release", self.reminder_run().await);
        admin.post(&path, json!({})).await.expect(200);
        let reminders = admin.get("/supplier/reminders?account=ACME&limit=1").await.expect(200);
        id(&reminders["data"][0])
    }
}
