//! Changes of orders of ACME.

use serde_json::json;

use super::world::{World, id};
use crate::client::unique;

impl World {
    /// A change that waits for the supplier.
    pub async fn change(&self) -> String {
        let order = self.steered("accept").await;
        let path = format!("/orders/{order}/changes");
        let change = json!({"note": "of ACME", "reason": "ACME wants it so"});
        let asked = self.member("buyer").post_with_key(&path, &unique(), change).await;
        id(&asked.expect(201))
    }
}
