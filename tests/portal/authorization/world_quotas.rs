//! What is kept for ACME, and how scarce goods are shared.

use reqwest::Method;
use serde_json::json;

use super::world::{World, id};
use crate::client::unique;

impl World {
    /// A new quota of ACME, or a mode of a category.
    pub async fn shared(&self, path: &str) -> String {
        let desk = self.staff("admin");
        if path.starts_with("/quotas") {
            let quota = json!({"quota": unique(), "scope": "category", "key": "None yet", "account": "ACME", "period": "month", "quantity": "5"});
            return id(&desk.post("/supplier/quotas", quota).await.expect(201));
        }
        let mode = json!({"scope": "category", "key": unique(), "mode": "proportional"});
        let answer = desk.send(Method::PUT, "/supplier/allocation-modes", &[], Some(mode.to_string()));
        id(&answer.await.expect(200))
    }
}
