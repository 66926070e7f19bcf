//! Articles of assortments, and mails about orders.

use serde_json::json;

use super::world::{World, id};
use crate::client::unique;

impl World {
    /// A new product in the assortment of the other account, so that ACME goes on seeing what it sees.
    pub(super) async fn assortment_row(&self) -> String {
        let sku = format!("ROW-{}", unique());
        let product = json!({"sku": sku, "name": "A product", "base_unit": "H87", "tax_category": "S"});
        let desk = self.staff("admin");
        desk.post("/supplier/products", product).await.expect(201);
        let put = json!({"account": "RIVAL", "articles": [{"sku": sku}, {"sku": "SHARED"}, {"sku": "RIVAL-ONLY"}]});
        desk.post("/supplier/assortments", put).await.expect(200);
        let path = format!("/supplier/assortments?account=RIVAL&q={sku}");
        id(&desk.get(&path).await.expect(200)["data"][0])
    }

    /// A mail about a new order that was sent just now.
    pub(super) async fn sent_message(&self) -> String {
        let line = json!([{"sku": "SHARED", "unit": "H87", "quantity": "1"}]);
        let order = self.member("buyer").place_order(json!({"lines": line})).await;
        order.expect(201);
        self.app().mails().await;
        let messages = self
            .staff("admin")
            .get("/supplier/messages?state=sent&limit=1")
            .await
            .expect(200);
        messages["data"][0]["id"].as_str().unwrap().to_owned()
    }
}
