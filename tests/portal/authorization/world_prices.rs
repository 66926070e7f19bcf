//! Prices, costs, and price changes of somebody who decides on none.

use portal::clock;
use portal::worker::price_changes;
use serde_json::json;

use super::world::{World, id};
use crate::client::unique;

impl World {
    pub(super) async fn price_list(&self) -> String {
        let list = json!({"code": format!("L-{}", unique()), "name": "A list", "currency": "EUR", "kind": "base"});
        let answer = self.staff("admin").post("/supplier/price-lists", list).await;
        id(&answer.expect(201))
    }

    pub(super) async fn price(&self) -> String {
        let price =
            json!({"price_list": "BASE", "sku": "SHARED", "unit": "H87", "min_quantity": unique(), "price": "1"});
        id(&self.staff("admin").post("/supplier/prices", price).await.expect(201))
    }

    pub(super) async fn cost(&self) -> String {
        let cost = json!({"sku": "SHARED", "cost": "1.85", "currency": "EUR"});
        id(&self.staff("admin").post("/supplier/costs", cost).await.expect(200))
    }

    /// A price change as far as it must be for what is asked of it.
    pub(super) async fn price_change(&self, path: &str) -> String {
        let author = self.app().staff("pricing").await;
        let plan = json!({"title": "Spring", "effective_on": "2099-04-01"});
        let change = id(&author.post("/supplier/price-changes", plan).await.expect(201));
        let to = |step: &str| format!("/supplier/price-changes/{change}/{step}");
        let rows = json!({"rows": [{"price_list": "BASE", "sku": "SHARED", "unit": "H87", "min_quantity": "1", "price": "7"}]});
        let rows_path = to("rows");
        let put = author.send(reqwest::Method::PUT, &rows_path, &[], Some(rows.to_string()));
        put.await.expect(200);
        let is = |step: &str| path.ends_with(step);
        if is("/submit") || is("/approve") || is("/reject") || is("/roll-back") {
            author.post(&to("preview"), json!({})).await.expect(202);
            while price_changes::step(self.app().db(), clock::now()).await.unwrap() {}
        }
        if is("/approve") || is("/reject") || is("/roll-back") {
            author.post(&to("submit"), json!({})).await.expect(200);
        }
        if is("/roll-back") {
            let approver = self.app().staff("finance").await;
            approver.post(&to("approve"), json!({})).await.expect(200);
        }
        change
    }
}
