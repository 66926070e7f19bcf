//! What of waiting lines is promised of what is expected.

use crate::db::{Batch, Connection, insertion, sets, sql};
use crate::error::Result;
use crate::ids::{ExpectedReceiptId, OrderId, OrderLineId, ProductId};
use crate::row;
use chrono::NaiveDate;

/// Those of these products of which something is expected or promised.
pub fn list_concerned(connection: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<ProductId>> {
    sql(
        "SELECT e.product_id FROM expected_receipts e WHERE e.product_id {in ids $1} \
         AND e.state = {expected_receipt_state open} \
         UNION SELECT p.product_id FROM order_line_promises p WHERE p.product_id {in ids $1} ORDER BY 1",
    )
    .bind(sets::json(product_ids)?)
    .rows(connection)
}

row! {
    /// A part of a line.
    #[derive(Debug, Clone, Copy)]
    pub struct PartRow in order_line_promises {
        pub order_line_id: OrderLineId,
        pub expected_receipt_id: ExpectedReceiptId,
        pub product_id: ProductId,
        /// Base steps.
        pub quantity: i64,
        pub promised_on: NaiveDate,
    }
}

/// All that is promised of what is expected of these products, line by line in the order of the days.
pub fn list_of_products(connection: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<PartRow>> {
    crate::db::select::<PartRow>(
        "WHERE product_id {in ids $1} ORDER BY order_line_id, promised_on, expected_receipt_id",
    )
    .bind(sets::json(product_ids)?)
    .rows(connection)
}

row! {
    /// A part of a line, of stock where no receipt is named.
    #[derive(Debug, Clone, Copy)]
    pub struct AnyPart {
        pub order_line_id: OrderLineId,
        pub expected_receipt_id: Option<ExpectedReceiptId>,
        /// Base steps.
        pub quantity: i64,
        pub promised_on: NaiveDate,
    }
}

/// All that is promised to the waiting lines of these orders, by day.
pub fn list_of_orders(connection: &mut Connection, order_ids: &[OrderId]) -> Result<Vec<AnyPart>> {
    sql(
        "SELECT p.order_line_id, p.expected_receipt_id, p.quantity, p.promised_on FROM order_lines l \
         JOIN order_line_promises p ON p.order_line_id = l.id WHERE l.order_id {in ids $1} AND l.backordered > 0 \
         UNION ALL SELECT r.order_line_id, NULL, r.quantity, r.promised_on FROM order_lines l \
         JOIN reservations r ON r.order_line_id = l.id WHERE l.order_id {in ids $1} AND l.backordered > 0 \
         AND r.promised_on IS NOT NULL ORDER BY 1, 4, 2",
    )
    .bind(sets::json(order_ids)?)
    .rows(connection)
}

/// Takes back whatever is promised of what is expected to these lines.
pub fn delete(tx: &mut Connection, line_ids: &[OrderLineId]) -> Result<()> {
    if line_ids.is_empty() {
        return Ok(());
    }
    sql("DELETE FROM order_line_promises WHERE order_line_id {in ids $1}")
        .bind(sets::json(line_ids)?)
        .run(tx)
        .map(drop)
}

/// Promises parts to lines that have none.
pub fn insert(batch: &mut Batch, parts: &[PartRow]) -> Result<()> {
    if !parts.is_empty() {
        batch.add(insertion(parts)?);
    }
    Ok(())
}

/// How a line stands now: what of it is moved from waiting to reserved, and the day of all of it.
pub type Standing = (OrderLineId, i64, Option<NaiveDate>);

/// Moves quantities of lines from backordered to reserved, and sets the day of the whole line.
pub fn update_standing(batch: &mut Batch, lines: &[Standing]) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let change = sql(
        "UPDATE order_lines SET reserved = reserved + d.quantity, backordered = backordered - d.quantity, \
         promised_on = d.promised_on FROM {tuples $1: id bigint, quantity bigint, promised_on date} d \
         WHERE order_lines.id = d.id",
    )
    .bind(sets::json(lines)?);
    batch.add(change);
    Ok(())
}

/// Marks all products of which something is promised or expected: their promises are to be made again.
pub fn mark_all(tx: &mut Connection) -> Result<()> {
    sql(
        "INSERT INTO promises_due (product_id) SELECT e.product_id FROM expected_receipts e \
         WHERE e.state = {expected_receipt_state open} \
         UNION SELECT p.product_id FROM order_line_promises p WHERE true ORDER BY product_id \
         ON CONFLICT (product_id) DO UPDATE SET product_id = excluded.product_id",
    )
    .run(tx)
    .map(drop)
}

/// At most `limit` products whose promises are to be made again: they are marked, or what was promised is late.
pub fn list_due(connection: &mut Connection, today: NaiveDate, limit: i64) -> Result<Vec<ProductId>> {
    sql(
        "SELECT product_id FROM (SELECT m.product_id FROM promises_due m UNION SELECT e.product_id FROM expected_receipts e \
         WHERE e.state = {expected_receipt_state open} AND e.expected_on < $1 AND EXISTS (SELECT 1 \
         FROM order_line_promises p WHERE p.expected_receipt_id = e.id)) due ORDER BY product_id LIMIT $2",
    )
    .bind(today)
    .bind(limit)
    .rows(connection)
}

/// They are made again.
pub fn unmark(tx: &mut Connection, product_ids: &[ProductId]) -> Result<()> {
    sql("DELETE FROM promises_due WHERE product_id {in ids $1}")
        .bind(sets::json(product_ids)?)
        .run(tx)
        .map(drop)
}

/// What of each of these products is expected and promised to nobody yet, by day: what is confirmed and not late.
pub fn list_unpromised(
    connection: &mut Connection,
    product_ids: &[ProductId],
    today: NaiveDate,
) -> Result<Vec<(ProductId, NaiveDate, String, i64)>> {
    sql(
        "SELECT q.product_id, q.expected_on, q.code, q.rest FROM (SELECT e.product_id, e.expected_on, e.id, w.code, \
         e.quantity - e.received - COALESCE((SELECT CAST(SUM(p.quantity) AS BIGINT) FROM order_line_promises p \
         WHERE p.expected_receipt_id = e.id), 0) AS rest FROM expected_receipts e JOIN warehouses w ON w.id = e.warehouse_id \
         WHERE e.product_id {in ids $1} AND e.state = {expected_receipt_state open} AND e.confirmed = $3 \
         AND e.expected_on >= $2) q WHERE q.rest > 0 ORDER BY q.expected_on, q.id",
    )
    .bind(sets::json(product_ids)?)
    .bind(today)
    .bind(true)
    .rows(connection)
}
