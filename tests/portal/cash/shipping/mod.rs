//! Shipping as warehouses do it: packages and their labels, packing before something leaves, pick lists, carriers, delivery
//! windows, proof of delivery.

mod carriers;
mod consignment_pages;
mod consignments;
mod packages;
mod packing;
mod pages;
mod picking;
mod proofs;
mod windows;

use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, id, line, progress, reread, texts};
use crate::client::{Answer, unique};

/// What GS1 gave the supplier of these tests.
const PREFIX: &str = "4012345";

impl Shop {
    /// The same with a company prefix.
    async fn numbering() -> Self {
        let shop = Self::open().await;
        shop.set_prefix(PREFIX).await.expect(200);
        shop
    }

    /// Says with which prefix packages are numbered.
    async fn set_prefix(&self, prefix: &str) -> Answer {
        let admin = self.app.staff("admin").await;
        let body = json!({ "gs1_company_prefix": prefix }).to_string();
        let kind = [("content-type", "application/json")];
        admin
            .send(Method::PUT, "/supplier/shipping-settings", &kind, Some(body))
            .await
    }

    /// Adds packages to what lies at this path.
    async fn pack(&self, path: &str, body: Value) -> Answer {
        self.warehouse
            .post_with_key(&format!("{path}/packages"), &unique(), body)
            .await
    }

    /// Begins to pack.
    async fn try_open(&self, body: Value) -> Answer {
        self.warehouse
            .post_with_key("/supplier/packings", &unique(), body)
            .await
    }

    async fn no_breach(&self) {
        let found = self
            .app
            .db()
            .read(portal::cli::check::everything)
            .await
            .expect("checked");
        assert!(found.is_empty(), "{found:?}");
    }
}

fn path_of(shipment: &Value) -> String {
    format!("/supplier/shipments/{}", id(shipment))
}

fn packing_path(packing: &Value) -> String {
    format!("/supplier/packings/{}", id(packing))
}

/// The line of an order and a quantity of it.
fn item(order: &Value, index: usize, quantity: &str) -> Value {
    json!({"order_line_id": order["lines"][index]["id"], "quantity": quantity})
}
