//! Objects of every account by what staff know of them.

use chrono::NaiveDate;

use super::searching::{Exact, LATEST};
use crate::db::{Connection, patterns, sql};
use crate::error::Result;
use crate::keys;

/// What has exactly this number: an order by its `number`; an order by its purchase order number, an account by its code
/// and a product by its number, all as they are compared (`key`); an invoice by the `text`; a product by its `gtin`.
pub fn list_exact_for_staff(
    connection: &mut Connection,
    number: Option<i64>,
    key: &str,
    text: &str,
    gtin: Option<String>,
) -> Result<Vec<Exact>> {
    // The index of purchase order numbers begins with the account, so each account is asked.
    sql(
        "SELECT 'order', id FROM orders WHERE number = $1 UNION SELECT 'order', o.id FROM accounts a {cross} orders \
         o ON o.account_id = a.id AND o.po_key = $2 AND o.state NOT {in order_states void} UNION SELECT \
         'account', id FROM accounts WHERE code_key = $2 UNION SELECT 'invoice', id FROM invoices WHERE number = \
         $3 UNION SELECT 'shipment', id FROM shipments WHERE number = $1 UNION SELECT 'product', id FROM products \
         WHERE sku_key = $2 UNION SELECT 'product', id FROM products WHERE \
         gtin = $4",
    )
    .bind(number)
    .bind(key)
    .bind(text)
    .bind(gtin)
    .rows(connection)
}

/// Id, code and name of accounts with the text in code or name.
pub fn list_accounts_with(connection: &mut Connection, text: &str, limit: i64) -> Result<Vec<(i64, String, String)>> {
    sql("SELECT id, code, name FROM accounts WHERE search_text LIKE $1 ESCAPE '\\' ORDER BY code LIMIT $2")
        .bind(patterns::holding(&keys::searched(text)))
        .bind(limit)
        .rows(connection)
}

/// An order, a shipment or an invoice: id, number, the account's number of the order or the carrier's of the shipment, the
/// account's name, day.
pub type OfAccount = (i64, String, String, String, NaiveDate);

/// The latest orders with the text in a number.
pub fn list_orders_of_all(connection: &mut Connection, key: &str, limit: i64) -> Result<Vec<OfAccount>> {
    sql(
        "SELECT o.id, CAST(o.number AS TEXT), o.po_number, a.name, o.placed_on FROM (SELECT id, account_id, number, \
         po_number, po_key, placed_on FROM orders ORDER BY id DESC LIMIT $3) o JOIN accounts a ON a.id = o.account_id \
         WHERE replace(o.po_key, $1, '') <> o.po_key OR replace(CAST(o.number AS TEXT), $1, '') <> CAST(o.number AS TEXT) \
         ORDER BY o.id DESC LIMIT $2",
    )
    .bind(key)
    .bind(limit)
    .bind(LATEST)
    .rows(connection)
}

/// The latest shipments with the text in a number.
pub fn list_shipments_of_all(connection: &mut Connection, key: &str, limit: i64) -> Result<Vec<OfAccount>> {
    sql(
        "SELECT s.id, CAST(s.number AS TEXT), COALESCE(s.tracking_number, ''), a.name, s.shipped_on FROM (SELECT id, \
         account_id, number, tracking_number, shipped_on FROM shipments ORDER BY id DESC LIMIT $3) s \
         JOIN accounts a ON a.id = s.account_id WHERE replace(lower(s.tracking_number), $1, '') <> lower(s.tracking_number) \
         OR replace(CAST(s.number AS TEXT), $1, '') <> CAST(s.number AS TEXT) ORDER BY s.id DESC LIMIT $2",
    )
    .bind(key)
    .bind(limit)
    .bind(LATEST)
    .rows(connection)
}

/// The latest invoices with the text in a number.
pub fn list_invoices_of_all(connection: &mut Connection, key: &str, limit: i64) -> Result<Vec<OfAccount>> {
    sql(
        "SELECT i.id, i.number, i.po_number, a.name, i.issued_on FROM (SELECT id, account_id, number, po_number, issued_on \
         FROM invoices ORDER BY id DESC LIMIT $3) i JOIN accounts a ON a.id = i.account_id \
         WHERE replace(i.number, $1, '') <> i.number OR replace(lower(i.po_number), $1, '') <> lower(i.po_number) \
         ORDER BY i.id DESC LIMIT $2",
    )
    .bind(key)
    .bind(limit)
    .bind(LATEST)
    .rows(connection)
}
