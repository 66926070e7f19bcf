//! Contracts with ACME.

use reqwest::Method;
use serde_json::json;

use super::world::{World, id};
use crate::client::unique;

impl World {
    /// A contract as far on as the path needs it: a draft, or on offer.
    pub async fn contract(&self, path: &str) -> String {
        let draft = json!({
            "contract": unique(), "account": "ACME", "name": "Frame", "currency": "EUR", "valid_from": "2026-01-01",
            "valid_to": "2036-12-31",
        });
        let desk = self.staff("admin");
        let made = desk.post("/supplier/contracts", draft).await;
        let tag = made.header("etag").to_owned();
        let contract = id(&made.expect(201));
        let turnover = json!({"commitments": [{"commitment": "turnover", "kind": "value", "scope": "all", "period": "year", "committed": "100.00"}]});
        let at = format!("/supplier/contracts/{contract}/commitments");
        let put = desk.change(Method::PUT, &at, &tag, Some(turnover)).await;
        let tag = put.header("etag").to_owned();
        put.expect(200);
        let stays_draft = path.contains("/offer")
            || path.contains("/commitments")
            || path.contains("/edit")
            || path.contains("/remove");
        let is_of_staff = path.starts_with("/supplier") || path.starts_with("/desk");
        let acts = path.contains("/countersign") || path.contains("/terminate");
        if !is_of_staff || (acts && !stays_draft) {
            let at = format!("/supplier/contracts/{contract}/offer");
            desk.change(Method::POST, &at, &tag, None).await.expect(200);
        }
        contract
    }

    /// The path with a commitment of the contract in it.
    pub async fn with_commitment(&self, path: String, contract: &str) -> String {
        if !path.contains("{commitment}") {
            return path;
        }
        let found = self
            .staff("admin")
            .get(&format!("/supplier/contracts/{contract}"))
            .await;
        let commitment = id(&found.expect(200)["commitments"][0]);
        path.replace("{commitment}", &commitment)
    }
}
