//! What invoiced lines are now: what is left of them, and how far their invoices are settled.

use chrono::NaiveDate;

use crate::db::{Connection, select, sets};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId, InvoiceLineId, ProductId};
use crate::money::Currency;
use crate::row;

row! {
    /// A line of an invoice as an agreement looks at it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Fact from "invoices i JOIN open_items o ON o.invoice_id = i.id JOIN invoice_lines l ON l.invoice_id = i.id \
        JOIN order_lines q ON q.id = l.order_line_id JOIN products p ON p.id = q.product_id" {
        pub account_id: AccountId = "i.account_id",
        pub invoice_id: InvoiceId = "i.id",
        pub line_id: InvoiceLineId = "l.id",
        /// When its goods were invoiced first: an invoice that takes the place of another counts for its day.
        pub day: NaiveDate = "(SELECT MIN(f.issued_on) FROM invoices f WHERE f.shipment_id = i.shipment_id)",
        pub currency: Currency = "i.currency",
        pub product_id: ProductId = "q.product_id",
        pub category: Option<String> = "p.category",
        /// What is left of it without tax; rebates take nothing away.
        pub left_minor: i64 = "CAST(l.net_minor - COALESCE((SELECT SUM(k.net_minor) FROM credit_notes c \
            JOIN credit_note_lines k ON k.credit_note_id = c.id WHERE c.invoice_id = i.id AND k.invoice_line_id = l.id \
            AND c.reason <> 'rebate'), 0) AS BIGINT)",
        /// What is left of its invoice with tax; rebates take nothing away.
        pub gross_minor: i64 = "CAST(i.gross_minor - COALESCE((SELECT SUM(c.gross_minor) FROM credit_notes c \
            WHERE c.invoice_id = i.id AND c.reason <> 'rebate'), 0) AS BIGINT)",
        /// What of its invoice is not settled.
        pub open_minor: i64 = "o.open_minor",
    }
}

/// The lines of these invoices of the accounts, the oldest invoice first.
pub fn list_of_invoices(
    connection: &mut Connection,
    account_ids: &[AccountId],
    invoice_ids: &[InvoiceId],
) -> Result<Vec<Fact>> {
    select::<Fact>("WHERE i.id {in ids $2} AND i.account_id {in ids $1} ORDER BY i.id, l.position")
        .bind(sets::json(account_ids)?)
        .bind(sets::json(invoice_ids)?)
        .rows(connection)
}

/// All lines that the account was invoiced on a day or later, the oldest invoice first.
pub fn list_since(connection: &mut Connection, account_id: AccountId, from: NaiveDate) -> Result<Vec<Fact>> {
    select::<Fact>("WHERE i.account_id = $1 AND i.issued_on >= $2 ORDER BY i.id, l.position")
        .bind(account_id)
        .bind(from)
        .rows(connection)
}
