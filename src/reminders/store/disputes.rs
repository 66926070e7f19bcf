//! Invoices that are disputed: somebody of the supplier said so, or the account claims something of what they bill.

use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::db::{Connection, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId};
use crate::row;

row! {
    /// Why an invoice is disputed.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Dispute {
        pub invoice_id: InvoiceId,
        /// What somebody of the supplier said.
        pub reason: Option<String>,
        /// Number of the first claim about it of which something may become yet.
        pub claim: Option<String>,
    }
}

impl Dispute {
    /// Both, as far as there is either.
    pub fn why(&self) -> String {
        match (&self.reason, &self.claim) {
            (Some(reason), Some(claim)) => format!("{reason} ({claim})"),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => String::new(),
        }
    }
}

/// Disputes an invoice; false where it is disputed already.
pub fn insert_dispute(
    tx: &mut Connection,
    (account_id, invoice_id): (AccountId, InvoiceId),
    reason: &str,
    by: &str,
    now: Timestamp,
) -> Result<bool> {
    let inserted = sql(
        "INSERT INTO invoice_disputes (invoice_id, account_id, reason, disputed_at, disputed_by) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    )
    .bind(invoice_id)
    .bind(account_id)
    .bind(reason)
    .bind(now)
    .bind(by)
    .run(tx)?;
    Ok(inserted == 1)
}

/// Ends the dispute of an invoice; false where there is none.
pub fn delete_dispute(tx: &mut Connection, invoice_id: InvoiceId) -> Result<bool> {
    let deleted = sql("DELETE FROM invoice_disputes WHERE invoice_id = $1")
        .bind(invoice_id)
        .run(tx)?;
    Ok(deleted == 1)
}

/// Why an invoice is disputed, if it is. A claim is about the shipment, which may have been billed only later.
pub fn find_dispute(connection: &mut Connection, invoice_id: InvoiceId) -> Result<Option<Dispute>> {
    let found: Option<Dispute> = sql(
        "SELECT i.id, (SELECT d.reason FROM invoice_disputes d WHERE d.invoice_id = i.id), \
         (SELECT MIN(c.number) FROM claims c WHERE c.shipment_id = i.shipment_id \
         AND c.state IN ({claim_state open}, {claim_state in_review}, {claim_state accepted}, \
         {claim_state partly_accepted})) FROM invoices i WHERE i.id = $1",
    )
    .bind(invoice_id)
    .first(connection)?;
    Ok(found.filter(|one| one.reason.is_some() || one.claim.is_some()))
}

/// Which of these accounts' invoices are disputed, and why.
pub fn list_disputes(connection: &mut Connection, account_ids: &[AccountId]) -> Result<HashMap<InvoiceId, Dispute>> {
    let rows: Vec<Dispute> = sql("SELECT d.invoice_id, MAX(d.reason), MIN(d.claim) FROM ( \
         SELECT invoice_id, reason, NULL AS claim FROM invoice_disputes WHERE account_id {in ids $1} UNION ALL \
         SELECT i.id, NULL, c.number FROM claims c JOIN invoices i ON i.shipment_id = c.shipment_id \
         WHERE c.account_id {in ids $1} AND c.state IN ({claim_state open}, {claim_state in_review}, {claim_state accepted}, \
         {claim_state partly_accepted})) d \
         GROUP BY d.invoice_id")
    .bind(sets::json(account_ids)?)
    .rows(connection)?;
    Ok(rows.into_iter().map(|one| (one.invoice_id, one)).collect())
}
