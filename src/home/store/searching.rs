//! Objects of an account by what people know of them. Every query takes the account; those for staff name none.

use chrono::NaiveDate;

use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::AccountId;

/// Orders, shipments and invoices that are looked through for a part of a number: the account's latest of each.
pub const LATEST: i64 = 5_000;

/// What a found row is, and its id as a number.
pub type Exact = (String, i64);

/// What has exactly this number: an order or shipment by its `number`, an order by its purchase order number `po_key`,
/// an invoice by its number, a shipment by what the carrier calls it.
pub fn list_exact(
    connection: &mut Connection,
    account_id: AccountId,
    number: Option<i64>,
    po_key: &str,
    text: &str,
) -> Result<Vec<Exact>> {
    sql("SELECT 'order', id FROM orders WHERE number = $2 AND account_id = $1 \
         UNION SELECT 'order', id FROM orders WHERE account_id = $1 AND po_key = $3 \
         AND state NOT {in order_states void} \
         UNION SELECT 'shipment', id FROM shipments WHERE number = $2 AND account_id = $1 \
         UNION SELECT 'shipment', id FROM shipments WHERE account_id = $1 AND tracking_number = $4 \
         AND tracking_number IS NOT NULL \
         UNION SELECT 'invoice', id FROM invoices WHERE number = $4 AND account_id = $1")
    .bind(account_id)
    .bind(number)
    .bind(po_key)
    .bind(text)
    .rows(connection)
}

/// A row with a number that has the text: id, number, the account's number of the order or what the carrier calls the
/// shipment, day.
pub type Numbered = (i64, String, String, NaiveDate);

/// The latest orders with the text in a number.
pub fn list_orders(connection: &mut Connection, account_id: AccountId, key: &str, limit: i64) -> Result<Vec<Numbered>> {
    sql(
        "SELECT o.id, CAST(o.number AS TEXT), o.po_number, o.placed_on FROM (SELECT id, number, po_number, po_key, placed_on \
         FROM orders WHERE account_id = $1 ORDER BY id DESC LIMIT $4) o \
         WHERE replace(o.po_key, $2, '') <> o.po_key OR replace(CAST(o.number AS TEXT), $2, '') <> CAST(o.number AS TEXT) \
         ORDER BY o.id DESC LIMIT $3",
    )
    .bind(account_id)
    .bind(key)
    .bind(limit)
    .bind(LATEST)
    .rows(connection)
}

/// The latest shipments with the text in a number.
pub fn list_shipments(
    connection: &mut Connection,
    account_id: AccountId,
    key: &str,
    limit: i64,
) -> Result<Vec<Numbered>> {
    sql(
        "SELECT s.id, CAST(s.number AS TEXT), COALESCE(s.tracking_number, ''), s.shipped_on FROM (SELECT id, number, \
         tracking_number, shipped_on FROM shipments WHERE account_id = $1 ORDER BY id DESC LIMIT $4) s \
         WHERE replace(lower(s.tracking_number), $2, '') <> lower(s.tracking_number) \
         OR replace(CAST(s.number AS TEXT), $2, '') <> CAST(s.number AS TEXT) ORDER BY s.id DESC LIMIT $3",
    )
    .bind(account_id)
    .bind(key)
    .bind(limit)
    .bind(LATEST)
    .rows(connection)
}

/// The latest invoices with the text in a number.
pub fn list_invoices(
    connection: &mut Connection,
    account_id: AccountId,
    key: &str,
    limit: i64,
) -> Result<Vec<Numbered>> {
    sql(
        "SELECT i.id, i.number, i.po_number, i.issued_on FROM (SELECT id, number, po_number, issued_on FROM invoices \
         WHERE account_id = $1 ORDER BY id DESC LIMIT $4) i \
         WHERE replace(i.number, $2, '') <> i.number OR replace(lower(i.po_number), $2, '') <> lower(i.po_number) \
         ORDER BY i.id DESC LIMIT $3",
    )
    .bind(account_id)
    .bind(key)
    .bind(limit)
    .bind(LATEST)
    .rows(connection)
}
