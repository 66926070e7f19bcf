//! Invoices with their lines and tax tables. Every query of an account's takes the account.

mod lists;
mod payments;
mod rows;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

pub use self::lists::{Search, Sort, count, list_settlements, search};
pub use self::payments::{
    count_unmatched, find_payment, find_payment_account, insert_payment, list_applied_minor, list_payments,
    list_unmatched, unapplied_minor, update_reversed, update_unapplied,
};
use self::rows::{HeadRow, LineRow, TaxRow};
use super::rules::{Invoice, State};
use crate::db::schema::{invoice_lines, invoice_taxes, invoices, open_items};
use crate::db::{Batch, Connection, Statement, insertion, patterns, sets, sql, violations};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, InvoiceId, OrderId, ProductId, ShipmentId};
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

/// Which invoices a list shows.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Filter {
    /// How far it is paid.
    pub state: Option<&'static str>,
    /// Of this order.
    pub order_id: Option<OrderId>,
    /// Due before this day and not paid.
    pub overdue_on: Option<NaiveDate>,
    /// Part of its number, of the account's own number, of the account's code or name; or the order's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

macro_rules! has_text {
    () => {
        " AND ($6 IS NULL OR i.order_number = $7 OR lower(i.number) LIKE $6 ESCAPE '\\' \
         OR lower(i.po_number) LIKE $6 ESCAPE '\\' OR i.account_id IN (SELECT a.id FROM accounts a \
         WHERE lower(a.code) LIKE $6 ESCAPE '\\' OR lower(a.name) LIKE $6 ESCAPE '\\'))"
    };
}

macro_rules! unpaid {
    ($join:literal, $part:literal) => {
        concat!(
            "SELECT o.invoice_id FROM open_items o ",
            $join,
            " invoices i ON i.id = o.invoice_id WHERE o.open_minor > 0 AND o.invoice_id < $1 \
             AND ($2 IS NULL OR o.account_id = $2) AND ($3 IS NULL OR o.due_on < $3) AND ($5 IS NULL OR o.order_id = $5)",
            $part,
            has_text!(),
            " ORDER BY o.invoice_id DESC LIMIT $4"
        )
    };
    // The first table of a CROSS JOIN is the outer one on SQLite; few items are open, and they have an index.
    ($part:literal) => {
        Statement::per_engine(unpaid!("CROSS JOIN", $part), unpaid!("JOIN", $part))
    };
}

macro_rules! paid {
    ($of:literal) => {
        concat!(
            "SELECT i.id FROM invoices i WHERE ",
            $of,
            " AND i.id < $1 AND $3 IS NULL \
             AND EXISTS (SELECT 1 FROM open_items o WHERE o.invoice_id = i.id AND o.open_minor = 0)",
            has_text!(),
            " ORDER BY i.id DESC LIMIT $4"
        )
    };
}

/// At most `limit` ids of invoices that have the text and are paid as far as the filter says, the newest first.
fn list_ids(
    connection: &mut Connection,
    account_id: Option<AccountId>,
    filter: &Filter,
    after: Option<InvoiceId>,
    limit: i64,
) -> Result<Vec<InvoiceId>> {
    let statement = match filter.state.and_then(State::from_name) {
        None if filter.overdue_on.is_some() => unpaid!(""),
        None => sql(concat!(
            "SELECT i.id FROM invoices i WHERE i.id < $1 AND ($2 IS NULL OR i.account_id = $2) AND $3 IS NULL \
             AND ($5 IS NULL OR i.order_id = $5)",
            has_text!(),
            " ORDER BY i.id DESC LIMIT $4"
        )),
        Some(State::Open) => unpaid!(" AND o.open_minor = i.gross_minor"),
        Some(State::PartPaid) => unpaid!(" AND o.open_minor < i.gross_minor"),
        Some(State::Paid) => match (account_id, filter.order_id) {
            (_, Some(_)) => sql(paid!("i.order_id = $5 AND ($2 IS NULL OR i.account_id = $2)")),
            (Some(_), None) => sql(paid!("i.account_id = $2 AND $5 IS NULL")),
            (None, None) => sql(paid!("$2 IS NULL AND $5 IS NULL")),
        },
    };
    statement
        .bind(after.map_or(i64::MAX, |id| id.0))
        .bind(account_id.map(|id| id.0))
        .bind(filter.overdue_on)
        .bind(limit)
        .bind(filter.order_id.map(|id| id.0))
        .bind(filter.text.as_deref().map(patterns::holding_lower))
        .bind(filter.text.as_deref().map_or(-1, patterns::number))
        .rows(connection)
}

/// Heads of invoices, the newest first, behind `after`; without an account for staff only.
pub fn list(
    connection: &mut Connection,
    account_id: Option<AccountId>,
    filter: &Filter,
    after: Option<InvoiceId>,
    limit: i64,
) -> Result<Vec<Invoice>> {
    let mut query = invoices::table
        .inner_join(open_items::table)
        .order(invoices::id.desc())
        .limit(limit)
        .select((invoices::all_columns, open_items::open_minor))
        .into_boxed();
    if let Some(account_id) = account_id {
        query = query.filter(invoices::account_id.eq(account_id));
    }
    if filter.state.is_some() || filter.overdue_on.is_some() || filter.text.is_some() {
        let ids = list_ids(connection, account_id, filter, after, limit)?;
        query = query.filter(invoices::id.eq_any(ids));
    }
    if let Some(order_id) = filter.order_id {
        query = query.filter(invoices::order_id.eq(order_id));
    }
    if let Some(after) = after {
        query = query.filter(invoices::id.lt(after));
    }
    let found: Vec<(HeadRow, i64)> = query.load(connection)?;
    found
        .into_iter()
        .map(|(head, open_minor)| rows::invoice(head, open_minor))
        .collect()
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
