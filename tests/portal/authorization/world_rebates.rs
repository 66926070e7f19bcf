//! Rebates that were agreed with ACME.

use chrono::Months;
use portal::clock;
use portal::worker::rebates as worker;
use serde_json::json;

use super::world::World;
use crate::client::unique;

impl World {
    /// An agreement by which something was accrued, or what is proposed of one once its year is over.
    pub(super) async fn agreed(&self, path: &str) -> String {
        self.invoice().await;
        let code = unique();
        let agreement = json!({
            "rebate": code, "account": "ACME", "name": "A rebate", "currency": "EUR", "period": "year",
            "method": "retroactive", "basis": "invoiced", "scope": "all", "valid_from": "2025-01-01",
            "tiers": [{"threshold": "0", "rate": "1"}],
        });
        let id = self.made("rebate-agreements", agreement).await;
        if !path.starts_with("/rebate-settlements") {
            return id;
        }
        worker::step(self.app().db(), clock::now() + Months::new(14))
            .await
            .unwrap();
        let found = self
            .staff("admin")
            .get("/supplier/rebate-settlements?state=proposed")
            .await
            .expect(200);
        let mut rows = found["data"].as_array().unwrap().iter();
        let row = rows.find(|row| row["agreement_id"] == id).unwrap();
        row["id"].as_str().unwrap().to_owned()
    }
}
