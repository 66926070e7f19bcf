//! Invoices with their lines and tax tables. Every query of an account's takes the account.

mod list;
mod payments;
mod rows;

use diesel::prelude::*;

pub use self::list::{count, list, list_settlements};
pub use self::payments::{
    count_unmatched, find_payment, find_payment_account, insert_payment, list_applied_minor, list_payments,
    unapplied_minor, update_reversed, update_unapplied,
};
use self::rows::{HeadRow, LineRow, TaxRow};
use super::rules::Invoice;
use crate::db::schema::{invoice_lines, invoice_taxes, invoices, open_items};
use crate::db::{Batch, Connection, insertion, sets, sql, violations};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, InvoiceId, ProductId, ShipmentId};
use crate::invoices::sentences;

/// The next invoice number of a year. The row stays locked until the transaction ends, so numbers have no gap: take it
/// as late as possible.
pub fn next_sequence(tx: &mut Connection, year: i32) -> Result<i64> {
    sql("INSERT INTO invoice_numbers (year, last) VALUES ($1, 1) \
         ON CONFLICT (year) DO UPDATE SET last = invoice_numbers.last + 1 RETURNING last")
    .bind(i64::from(year))
    .one(tx)
}

/// Stores an invoice with its lines and tax table; see [`explain_insert`].
pub fn insert(batch: &mut Batch, invoice: &Invoice) -> Result<()> {
    batch.add(insertion(&[rows::invoice_row(invoice)?])?);
    batch.add(insertion(&rows::line_rows(invoice))?);
    batch.add(insertion(&rows::tax_rows(invoice))?);
    Ok(())
}

/// What a failed insert means: a shipment is invoiced once.
pub fn explain_insert(error: Error, invoice: &Invoice) -> Error {
    if violations::is_unique_violation(&error, "invoices_shipment", &["shipment_id"]) {
        return already_invoiced(invoice.shipment_number, None);
    }
    error
}

/// The answer to a shipment that has an invoice.
pub fn already_invoiced(shipment_number: i64, number: Option<&str>) -> Error {
    let detail = match number {
        Some(invoice) => sentences::invoiced_already_by(shipment_number, invoice),
        None => sentences::invoiced_already(shipment_number),
    };
    Error::conflict(Code::AlreadyInvoiced, detail)
}

/// Tax category of each product and the GTIN the account knows it by.
pub fn list_products(
    connection: &mut Connection,
    account_id: AccountId,
    product_ids: &[ProductId],
) -> Result<Vec<(ProductId, String, Option<String>)>> {
    sql(
        "SELECT p.id, p.tax_category, COALESCE(a.label_gtin, p.gtin) FROM products p LEFT JOIN assortment a ON \
         a.account_id = $1 AND a.product_id = p.id WHERE p.id {in ids $2}",
    )
    .bind(account_id)
    .bind(sets::json(product_ids)?)
    .rows(connection)
}

/// Whose invoice it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: InvoiceId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM invoices WHERE id = $1")
        .bind(id)
        .first(connection)
}

/// The number of the invoice of a shipment of the account.
pub fn find_number_of_shipment(
    connection: &mut Connection,
    account_id: AccountId,
    shipment_id: ShipmentId,
) -> Result<Option<String>> {
    sql("SELECT number FROM invoices WHERE account_id = $1 AND shipment_id = $2")
        .bind(account_id)
        .bind(shipment_id)
        .first(connection)
}

/// The invoice of the account with its lines and tax table.
pub fn find(connection: &mut Connection, account_id: AccountId, id: InvoiceId) -> Result<Option<Invoice>> {
    let head = invoices::table
        .inner_join(open_items::table)
        .filter(invoices::account_id.eq(account_id).and(invoices::id.eq(id)))
        .select((invoices::all_columns, open_items::open_minor))
        .first::<(HeadRow, i64)>(connection)
        .optional()?;
    let Some((head, open_minor)) = head else {
        return Ok(None);
    };
    let lines: Vec<LineRow> = invoice_lines::table
        .filter(invoice_lines::invoice_id.eq(id))
        .order(invoice_lines::position)
        .load(connection)?;
    let taxes: Vec<TaxRow> = invoice_taxes::table
        .filter(invoice_taxes::invoice_id.eq(id))
        .order((invoice_taxes::category, invoice_taxes::rate_ppm))
        .load(connection)?;
    let mut invoice = rows::invoice(head, open_minor)?;
    let currency = invoice.currency;
    invoice.lines = lines
        .into_iter()
        .map(|row| rows::line(row, currency))
        .collect::<Result<_>>()?;
    invoice.taxes = taxes.into_iter().map(rows::tax).collect();
    Ok(Some(invoice))
}

/// Invoices of every account with lines and taxes, by id behind `after`: for checks.
pub fn list_whole(connection: &mut Connection, after: InvoiceId, limit: i64) -> Result<Vec<Invoice>> {
    let found: Vec<(HeadRow, i64)> = invoices::table
        .inner_join(open_items::table)
        .filter(invoices::id.gt(after))
        .order(invoices::id)
        .limit(limit)
        .select((invoices::all_columns, open_items::open_minor))
        .load(connection)?;
    let Some((last, _)) = found.last() else {
        return Ok(Vec::new());
    };
    let lines: Vec<LineRow> = invoice_lines::table
        .filter(
            invoice_lines::invoice_id
                .gt(after)
                .and(invoice_lines::invoice_id.le(last.id)),
        )
        .order((invoice_lines::invoice_id, invoice_lines::position))
        .load(connection)?;
    let taxes: Vec<TaxRow> = invoice_taxes::table
        .filter(
            invoice_taxes::invoice_id
                .gt(after)
                .and(invoice_taxes::invoice_id.le(last.id)),
        )
        .order((
            invoice_taxes::invoice_id,
            invoice_taxes::category,
            invoice_taxes::rate_ppm,
        ))
        .load(connection)?;
    let (mut lines, mut taxes) = (lines.into_iter().peekable(), taxes.into_iter().peekable());
    let whole = |(head, open_minor): (HeadRow, i64)| {
        let mut invoice = rows::invoice(head, open_minor)?;
        let (id, currency) = (invoice.id, invoice.currency);
        let own = std::iter::from_fn(|| lines.next_if(|line| line.invoice_id == id));
        invoice.lines = own.map(|row| rows::line(row, currency)).collect::<Result<_>>()?;
        let own = std::iter::from_fn(|| taxes.next_if(|tax| tax.invoice_id == id));
        invoice.taxes = own.map(rows::tax).collect();
        Ok(invoice)
    };
    found.into_iter().map(whole).collect()
}
