//! Money that is paid back, and what is settled without money.

use serde_json::json;

use super::world::World;

impl World {
    pub(super) async fn payment(&self) -> String {
        let payment = json!({"account": "ACME", "amount": "1", "currency": "EUR", "received_on": "2026-11-02"});
        self.made("payments", payment).await
    }

    /// A payment of which something is on account: of RIVAL, which owes nothing, while ACME is reminded of what it owes.
    pub(super) async fn on_account(&self) -> String {
        self.more_than_owed("RIVAL").await
    }

    /// A payment over more than an account owes.
    pub(super) async fn more_than_owed(&self, account: &str) -> String {
        let all = json!({"account": account, "amount": "1000000", "currency": "EUR", "received_on": "2026-11-02"});
        self.made("payments", all).await
    }

    pub(super) async fn refund(&self) -> String {
        let payment = self.on_account().await;
        let refund = json!({"account": "RIVAL", "amount": "0.01", "currency": "EUR", "paid_on": "2026-11-02", "payment_id": payment});
        self.made("refunds", refund).await
    }

    pub(super) async fn write_off(&self) -> String {
        let invoice = self.invoice().await;
        let charges = json!({"invoice_id": invoice, "kind": "bank_charges", "amount": "0.01", "reason": "kept"});
        self.made("write-offs", charges).await
    }
}
