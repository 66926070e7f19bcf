//! Claims of ACME.

use serde_json::json;

use super::world::{World, id};
use crate::client::unique;

impl World {
    /// A claim of ACME that nobody has looked at.
    pub async fn claim(&self) -> String {
        let shipment = self.shipment().await;
        let claim = json!({"shipment_id": shipment, "kind": "quality", "wish": "repair", "text": "It rattles.", "lines": [{"position": 1}]});
        let filed = self.member("buyer").post_with_key("/claims", &unique(), claim).await;
        id(&filed.expect(201))
    }

    /// One of which everything is right.
    pub async fn accepted_claim(&self) -> String {
        let claim = self.claim().await;
        let lines = json!({"lines": [{"position": 1, "quantity": "1"}]});
        let path = format!("/supplier/claims/{claim}/decide");
        self.staff("admin").post(&path, lines).await.expect(200);
        claim
    }

    /// A return to ACME's supplier, as far on as it is inspected where that is wanted.
    pub async fn returned(&self, is_here: bool) -> String {
        let shipment = self.shipment().await;
        self.returned_of(&shipment, is_here).await
    }

    async fn returned_of(&self, shipment: &str, is_here: bool) -> String {
        let body = json!({"shipment_id": shipment, "lines": [{"position": 1}]});
        let returned = self.made("returns", body).await;
        if is_here {
            let path = format!("/supplier/returns/{returned}/receive");
            self.staff("admin").post(&path, json!({})).await.expect(200);
        }
        returned
    }

    /// One of which something can be credited.
    pub async fn returned_to_credit(&self) -> String {
        let shipment = self.shipment().await;
        self.made("invoices", json!({"shipment_id": shipment})).await;
        let returned = self.returned_of(&shipment, true).await;
        let found = json!({"warehouse": "NORTH", "lines": [{"position": 1, "to_stock": "1"}]});
        let path = format!("/supplier/returns/{returned}/inspect");
        self.staff("admin").post(&path, found).await.expect(200);
        returned
    }

    /// A paper of a claim.
    pub async fn claim_file(&self) -> String {
        let path = format!("/claims/{}/files", self.claim().await);
        let pdf = "%PDF-1.7\nstartxref\n0\n%%EOF";
        let body = format!(
            "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.pdf\"\r\n\r\n{pdf}\r\n--b--\r\n"
        );
        let kind = [("content-type", "multipart/form-data; boundary=b")];
        let added = self.member("buyer").send_bytes(&path, &kind, body.into_bytes()).await;
        id(&added.expect(201)["files"][0])
    }
}
