//! Which invoice took the place of which.

use super::rules::{AmountCredited, CreditNoteReason, Prices};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, CreditNoteId, InvoiceId, PaymentId, ShipmentId};
use crate::row;

row! {
    /// That an invoice was corrected.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct CorrectionRow in invoice_corrections {
        pub corrected_id: InvoiceId,
        pub invoice_id: InvoiceId,
        pub account_id: AccountId,
        pub credit_note_id: CreditNoteId,
        pub reason: String,
        pub prices: Prices,
        pub corrected_at: Timestamp,
        pub corrected_by: String,
    }
}

pub fn insert(batch: &mut Batch, row: &CorrectionRow) -> Result<()> {
    batch.add(insertion(std::slice::from_ref(row))?);
    Ok(())
}

/// The correction by which the account's invoice took the place of another.
pub fn find(
    connection: &mut Connection,
    account_id: AccountId,
    corrected_id: InvoiceId,
) -> Result<Option<CorrectionRow>> {
    select::<CorrectionRow>("WHERE account_id = $1 AND corrected_id = $2")
        .bind(account_id)
        .bind(corrected_id)
        .first(connection)
}

/// From now on this is the invoice of the shipment.
pub fn update_billed(batch: &mut Batch, shipment_id: ShipmentId, invoice_id: InvoiceId) {
    batch.add(
        sql("UPDATE billed_shipments SET invoice_id = $2 WHERE shipment_id = $1")
            .bind(shipment_id)
            .bind(invoice_id),
    );
}

/// Amounts of the invoice's lines that were credited without goods.
pub fn list_amounts(connection: &mut Connection, invoice_id: InvoiceId) -> Result<Vec<AmountCredited>> {
    let rows: Vec<(i32, String, CreditNoteReason)> = sql(
        "SELECT l.position, c.number, c.reason FROM credit_notes c JOIN credit_note_lines l ON l.credit_note_id = c.id \
         WHERE c.invoice_id = $1 AND l.quantity IS NULL ORDER BY c.id, l.position",
    )
    .bind(invoice_id)
    .rows(connection)?;
    let amount = |(position, credit_note, reason)| AmountCredited {
        position,
        credit_note,
        reason,
    };
    Ok(rows.into_iter().map(amount).collect())
}

/// The number of an invoice of a price difference of this one that is not credited as a whole.
pub fn find_difference(connection: &mut Connection, invoice_id: InvoiceId) -> Result<Option<String>> {
    sql(
        "SELECT i.number FROM invoices i WHERE i.preceding_id = $1 AND i.kind = 'price_difference' AND i.gross_minor > \
         (SELECT COALESCE(SUM(c.gross_minor), 0) FROM credit_notes c WHERE c.invoice_id = i.id) ORDER BY i.id LIMIT 1",
    )
    .bind(invoice_id)
    .first(connection)
}

/// What payments settle of an invoice, the first first: payment, minor units, and what of the payment settles nothing.
pub fn list_paid(connection: &mut Connection, invoice_id: InvoiceId) -> Result<Vec<(PaymentId, i64, i64)>> {
    sql(
        "SELECT p.id, CAST(a.applied AS BIGINT), p.unapplied_minor FROM (SELECT payment_id, SUM(amount_minor) AS applied \
         FROM payment_applications WHERE invoice_id = $1 GROUP BY payment_id HAVING SUM(amount_minor) > 0) a \
         JOIN payments p ON p.id = a.payment_id ORDER BY p.id",
    )
    .bind(invoice_id)
    .rows(connection)
}

/// Adds to what of payments settles nothing.
pub fn add_unapplied(batch: &mut Batch, parts: &[(PaymentId, i64)]) -> Result<()> {
    if parts.is_empty() {
        return Ok(());
    }
    batch.add(
        sql(
            "UPDATE payments SET unapplied_minor = payments.unapplied_minor + d.minor \
             FROM {tuples $1: id bigint, minor bigint} d WHERE payments.id = d.id",
        )
        .bind(sets::json(parts)?),
    );
    Ok(())
}
