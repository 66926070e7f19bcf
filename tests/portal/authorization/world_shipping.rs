//! What is packed and shipped for ACME.

use serde_json::json;

use super::world::{World, id};
use crate::client::unique;

impl World {
    /// True for paths of what is packed and shipped.
    pub fn is_of_shipping(path: &str) -> bool {
        let folders = [
            "/packages",
            "/packings",
            "/carriers",
            "/delivery-proofs",
            "/consignments",
        ];
        path == "/shipments/{id}/labels" || folders.iter().any(|folder| path.starts_with(folder))
    }

    /// What the `{id}` of such a path names.
    pub async fn of_shipping(&self, path: &str) -> String {
        match path {
            "/shipments/{id}/labels" => self.packed_shipment().await,
            "/packings" => self.steered("accept").await,
            path if path.starts_with("/packages/{id}") => self.package().await,
            path if path.starts_with("/packings/{id}") => self.packing(path.ends_with("/labels")).await,
            "/consignments" => self.consignment(false).await,
            "/consignments/{id}/proof" => {
                let consignment = self.consignment(false).await;
                let path = format!("/supplier/consignments/{consignment}/deliver");
                self.staff("admin").post(&path, json!({})).await.expect(200);
                consignment
            }
            path if path.starts_with("/consignments/{id}") => self.consignment(path.ends_with("/labels")).await,
            path if path.starts_with("/carriers/{id}") => self.carrier().await,
            path if path.starts_with("/delivery-proofs/{id}") => self.delivery_proof().await,
            _ => String::new(),
        }
    }

    /// What of an order of ACME is being packed; in a carton where that is wanted.
    pub async fn packing(&self, is_packed: bool) -> String {
        let order = self.steered("accept").await;
        let packing = self.made("packings", json!({"order_id": order})).await;
        if is_packed {
            self.put_in_carton(&format!("/supplier/packings/{packing}/packages"))
                .await;
        }
        packing
    }

    /// Two orders of ACME that left together; with an empty carton where that is wanted.
    pub async fn consignment(&self, is_packed: bool) -> String {
        let (first, second) = (self.steered("accept").await, self.steered("accept").await);
        let orders = json!({"orders": [{"order_id": first}, {"order_id": second}]});
        let consignment = self.made("consignments", orders).await;
        if is_packed {
            self.put_in_carton(&format!("/supplier/consignments/{consignment}/packages"))
                .await;
        }
        consignment
    }

    /// A shipment to ACME with an empty carton.
    pub async fn packed_shipment(&self) -> String {
        let shipment = self.shipment().await;
        self.put_in_carton(&format!("/supplier/shipments/{shipment}/packages"))
            .await;
        shipment
    }

    /// A package of a shipment to ACME.
    pub async fn package(&self) -> String {
        let shipment = self.shipment().await;
        self.put_in_carton(&format!("/supplier/shipments/{shipment}/packages"))
            .await
    }

    async fn put_in_carton(&self, path: &str) -> String {
        let body = json!({"kind": "CT"});
        let added = self.staff("admin").post_with_key(path, &unique(), body).await;
        id(&added.expect(201)["packages"][0])
    }

    pub async fn carrier(&self) -> String {
        self.made("carriers", json!({"code": unique(), "name": "A carrier"}))
            .await
    }

    /// A shipment to ACME that arrived.
    pub async fn arrived(&self) -> String {
        let shipment = self.shipment().await;
        let path = format!("/supplier/shipments/{shipment}/deliver");
        self.staff("admin").post(&path, json!({})).await.expect(200);
        shipment
    }

    /// A paper that shows that a shipment to ACME arrived.
    pub async fn delivery_proof(&self) -> String {
        let shipment = self.arrived().await;
        let desk = self.staff("admin");
        let path = format!("/supplier/shipments/{shipment}");
        let pdf = "%PDF-1.7\nstartxref\n0\n%%EOF";
        let body = format!(
            "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.pdf\"\r\n\r\n{pdf}\r\n--b--\r\n"
        );
        let kind = [("content-type", "multipart/form-data; boundary=b")];
        let added = desk
            .send_bytes(&format!("{path}/proof"), &kind, body.into_bytes())
            .await;
        id(&added.expect(201)["proofs"][0])
    }
}
