//! Endpoints and deliveries for the rows of webhooks.

use portal::db::sql;
use portal::ids::WebhookDeliveryId;
use reqwest::Method;
use serde_json::{Value, json};

use super::world::World;

fn id(thing: &Value) -> String {
    thing["id"].as_str().unwrap().to_owned()
}

impl World {
    /// What a path of webhooks may name: of the supplier, or of ACME; the only one there is, for there may be few.
    pub async fn webhook(&self, path: &str) -> String {
        let is_staffs = path.starts_with("/supplier") || path.starts_with("/desk");
        let (keeper, prefix) = match is_staffs {
            true => (self.staff("admin"), "/supplier"),
            false => (self.member("admin"), ""),
        };
        let all = format!("{prefix}/webhook-endpoints");
        let before = keeper.get(&format!("{all}?limit=100")).await.expect(200);
        for endpoint in before["data"].as_array().unwrap() {
            let path = format!("{all}/{}", id(endpoint));
            assert_eq!(keeper.change(Method::DELETE, &path, "*", None).await.status, 204);
        }
        let made = keeper
            .post(&all, json!({"url": "https://erp.acme.example/hooks"}))
            .await;
        let endpoint = format!("{all}/{}", id(&made.expect(201)));
        if path.ends_with("/enable") {
            keeper.post(&format!("{endpoint}/disable"), json!({})).await.expect(200);
        }
        if !path.contains("deliveries/{id}") {
            return endpoint.rsplit('/').next().unwrap().to_owned();
        }
        let delivery = id(&keeper.post(&format!("{endpoint}/test"), json!({})).await.expect(202));
        let settled: WebhookDeliveryId = delivery.parse().unwrap();
        let settle = move |tx: &mut _| {
            sql("UPDATE webhook_deliveries SET state = 'parked', attempts = 1, settled_at = created_at WHERE id = $1")
                .bind(settled)
                .run(tx)
        };
        assert_eq!(self.app().db().write(settle).await.unwrap(), 1);
        delivery
    }
}
