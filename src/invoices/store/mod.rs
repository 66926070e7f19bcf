//! Invoices with their lines and tax tables. Every query of an account's takes the account.

mod list;
mod rows;

pub use self::list::{count, list, list_settlements};
use self::rows::{LineRow, OpenRow, TaxRow};
use super::rules::Invoice;
use crate::binds;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Batch, Connection, insertion, select, selection, sets, sql, violations};
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
    batch.add(insertion(&rows::line_rows(invoice)?)?);
    batch.add(insertion(&rows::tax_rows(invoice))?);
    Ok(())
}

/// What a failed insert means: a shipment is invoiced once.
pub fn explain_insert(error: Error, invoice: &Invoice) -> Error {
    if violations::is_unique_violation(&error, "billed_shipments_pkey", &["shipment_id"]) {
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

/// The number of the invoice of a shipment of the account: the one that holds.
pub fn find_number_of_shipment(
    connection: &mut Connection,
    account_id: AccountId,
    shipment_id: ShipmentId,
) -> Result<Option<String>> {
    sql(
        "SELECT i.number FROM billed_shipments b JOIN invoices i ON i.id = b.invoice_id \
         WHERE i.account_id = $1 AND b.shipment_id = $2",
    )
    .bind(account_id)
    .bind(shipment_id)
    .first(connection)
}

/// The invoice of a shipment of the account that holds, once there is one.
pub fn find_of_shipment(
    connection: &mut Connection,
    account_id: AccountId,
    shipment_id: ShipmentId,
) -> Result<Option<InvoiceId>> {
    sql(
        "SELECT i.id FROM billed_shipments b JOIN invoices i ON i.id = b.invoice_id \
         WHERE i.account_id = $1 AND b.shipment_id = $2",
    )
    .bind(account_id)
    .bind(shipment_id)
    .first(connection)
}

/// The invoice of the account with its lines and tax table.
pub fn find(connection: &mut Connection, account_id: AccountId, id: InvoiceId) -> Result<Option<Invoice>> {
    let found = select::<OpenRow>("WHERE i.account_id = $1 AND i.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)?;
    let Some(row) = found else { return Ok(None) };
    let mut invoice = rows::invoice(row)?;
    let lines: Vec<LineRow> = select::<LineRow>("WHERE invoice_id = $1 ORDER BY position")
        .bind(id)
        .rows(connection)?;
    let taxes: Vec<TaxRow> = select::<TaxRow>("WHERE invoice_id = $1 ORDER BY category, rate_ppm")
        .bind(id)
        .rows(connection)?;
    let currency = invoice.currency;
    let lines = lines.into_iter().map(|row| rows::line(row, currency));
    invoice.lines = lines.collect::<Result<_>>()?;
    invoice.taxes = taxes.into_iter().map(rows::tax).collect();
    Ok(Some(invoice))
}

/// Invoices of every account with lines and taxes, by id behind `after`: for checks.
pub fn list_whole(connection: &mut Connection, after: InvoiceId, limit: i64) -> Result<Vec<Invoice>> {
    list_whole_of(connection, Scope::All, Walk::Behind(after), limit)
}

/// The same of whom the scope is for.
pub fn list_whole_of(
    connection: &mut Connection,
    scope: Scope,
    walk: Walk<InvoiceId>,
    limit: i64,
) -> Result<Vec<Invoice>> {
    let mut seek = Seek::new(connection, &selection::<OpenRow>());
    seek.and_if("i.account_id = $1", scope.account_id());
    let found: Vec<OpenRow> = seek
        .part(["i.id"], Way::Up, "i.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    let mut invoices: Vec<_> = found.into_iter().map(rows::invoice).collect::<Result<_>>()?;
    let ids: Vec<_> = invoices.iter().map(|invoice: &Invoice| invoice.id).collect();
    if ids.is_empty() {
        return Ok(invoices);
    }
    let ids = sets::json(&ids)?;
    let lines: Vec<LineRow> = select::<LineRow>("WHERE invoice_id {in ids $1} ORDER BY invoice_id, position")
        .bind(ids.as_str())
        .rows(connection)?;
    let taxes: Vec<TaxRow> = select::<TaxRow>("WHERE invoice_id {in ids $1} ORDER BY invoice_id, category, rate_ppm")
        .bind(ids)
        .rows(connection)?;
    let (mut lines, mut taxes) = (lines.into_iter().peekable(), taxes.into_iter().peekable());
    for invoice in &mut invoices {
        let (id, currency) = (invoice.id, invoice.currency);
        let own = std::iter::from_fn(|| lines.next_if(|line| line.invoice_id == id));
        invoice.lines = own.map(|row| rows::line(row, currency)).collect::<Result<_>>()?;
        let own = std::iter::from_fn(|| taxes.next_if(|tax| tax.invoice_id == id));
        invoice.taxes = own.map(rows::tax).collect();
    }
    Ok(invoices)
}
