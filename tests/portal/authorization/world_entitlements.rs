//! Entitlements to order classes, early access, discounts and order minimums.

use portal::db::sql;
use serde_json::json;

use super::world::{World, id};
use crate::client::unique;

impl World {
    /// Nobody is entitled to anything any more, so that anybody can be; for a path of one, one that is.
    pub(super) async fn entitlement(&self, path: &str) -> String {
        let delete = |tx: &mut _| sql("DELETE FROM entitlements").run(tx);
        self.app().db().write(delete).await.unwrap();
        if !path.contains("{id}") {
            return String::new();
        }
        let entitlement = json!({"tier": "gold", "order_class": "critical", "per_month": 4});
        let made = self.staff("admin").post("/supplier/entitlements", entitlement).await;
        id(&made.expect(201))
    }

    pub(super) async fn discount(&self) -> String {
        let discount =
            json!({"discount": unique(), "name": "A discount", "kind": "percent", "value": "5", "category": unique()});
        let made = self.staff("admin").post("/supplier/discounts", discount).await;
        id(&made.expect(201))
    }

    /// No account has a minimum any more, so that one can be set; for a path of one, one that is.
    pub(super) async fn order_minimum(&self, path: &str) -> String {
        let delete = |tx: &mut _| sql("DELETE FROM order_minimums").run(tx);
        self.app().db().write(delete).await.unwrap();
        if !path.contains("{id}") {
            return String::new();
        }
        let minimum = json!({"account": "ACME", "minimum": "0.01"});
        let made = self.staff("admin").post("/supplier/order-minimums", minimum).await;
        id(&made.expect(201))
    }

    pub(super) async fn early_access(&self) -> String {
        let early = json!({"category": unique(), "from": "2026-12-12"});
        let made = self.staff("admin").post("/supplier/early-access", early).await;
        id(&made.expect(201))
    }
}
