//! Orders of ACME of which something waits, and what could be sent instead.

use portal::db::sql;
use serde_json::json;

use super::world::{World, id};
use crate::client::unique;

impl World {
    /// Nothing is offered instead of SHARED any more, so that something can be; for a path of one, one that is.
    pub(super) async fn substitute(&self, path: &str) -> String {
        let delete = |tx: &mut _| {
            sql("DELETE FROM substitutes WHERE product_id IN (SELECT id FROM products WHERE sku = 'SHARED')").run(tx)
        };
        self.app().db().write(delete).await.unwrap();
        if !path.contains("{id}") {
            return String::new();
        }
        let substitute = json!({"sku": "SHARED", "substitute": "ACME-ONLY", "kind": "alternative"});
        let made = self.staff("admin").post("/supplier/substitutes", substitute).await;
        id(&made.expect(201))
    }

    /// An order of an article that nothing is there of.
    pub(super) async fn waiting(&self) -> String {
        let line = json!([{"sku": "ACME-SCARCE", "unit": "H87", "quantity": "1"}]);
        let order = json!({"po_number": format!("ACME-{}", unique()), "lines": line});
        id(&self.member("buyer").place_order(order).await.expect(201))
    }

    /// The first line of the order in a path's `{line}`.
    pub(super) async fn with_line(&self, path: String, order: &str) -> String {
        if !path.contains("{line}") {
            return path;
        }
        let order = self.staff("admin").get(&format!("/supplier/orders/{order}")).await;
        path.replace("{line}", &id(&order.expect(200)["lines"][0]))
    }

    /// Something that is proposed instead of what waits.
    pub(super) async fn proposal(&self) -> String {
        let order = self.waiting().await;
        let path = format!("/supplier/orders/{order}/lines/{{line}}/substitute");
        let path = self.with_line(path, &order).await;
        let admin = self.staff("admin");
        let made = admin.post_with_key(&path, &unique(), json!({"sku": "SHARED"})).await;
        id(&made.expect(201))
    }
}
