//! Reservations, and the lines that wait for stock.

use chrono::NaiveDate;

use crate::clock::Timestamp;
use crate::db::{Batch, Connection, Statement, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderId, OrderLineId, ProductId, StockId};
use crate::inventory::rules::Take;

/// Adds to what is reserved for lines.
pub fn add_reservations(batch: &mut Batch, takes: &[(OrderLineId, Take)]) -> Result<()> {
    if takes.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = takes
        .iter()
        .map(|(line, take)| (line, take.stock_id, take.quantity))
        .collect();
    let change = sql(
        "INSERT INTO reservations (order_line_id, stock_id, quantity) SELECT d.line, d.stock, d.quantity FROM \
         {tuples $1: line bigint, stock bigint, quantity bigint} d WHERE true ON CONFLICT (order_line_id, stock_id) \
         DO UPDATE SET quantity = reservations.quantity + excluded.quantity",
    )
    .bind(sets::json(&rows)?);
    batch.add(change);
    Ok(())
}

/// What is reserved for the lines of an order: line, product and from where.
pub fn list_reservations(tx: &mut Connection, order_id: OrderId) -> Result<Vec<(OrderLineId, ProductId, Take)>> {
    let rows: Vec<(OrderLineId, ProductId, StockId, i64)> = sql(
        "SELECT r.order_line_id, l.product_id, r.stock_id, r.quantity FROM order_lines l \
         JOIN reservations r ON r.order_line_id = l.id WHERE l.order_id = $1 ORDER BY r.order_line_id, r.stock_id",
    )
    .bind(order_id)
    .rows(tx)?;
    Ok(rows
        .into_iter()
        .map(|(line, product, stock_id, quantity)| (line, product, Take { stock_id, quantity }))
        .collect())
}

/// Takes from what is reserved for lines; a reservation that nothing is left of goes.
pub fn take_from_reservations(tx: &mut Connection, takes: &[(OrderLineId, Take)]) -> Result<()> {
    let rows: Vec<_> = takes
        .iter()
        .map(|(line, take)| (line, take.stock_id, take.quantity))
        .collect();
    let rows = sets::json(&rows)?;
    // What would fall to zero goes first: a reservation is never empty.
    sql(
        "DELETE FROM reservations WHERE (order_line_id, stock_id, quantity) IN (SELECT d.line, d.stock, d.quantity \
         FROM {tuples $1: line bigint, stock bigint, quantity bigint} d)",
    )
    .bind(rows.as_str())
    .run(tx)?;
    sql(
        "UPDATE reservations SET quantity = quantity - d.taken FROM {tuples $1: line bigint, stock bigint, taken \
         bigint} d WHERE order_line_id = d.line AND stock_id = d.stock",
    )
    .bind(rows)
    .run(tx)?;
    Ok(())
}

/// Frees everything reserved for an order.
pub fn delete_reservations(batch: &mut Batch, order_id: OrderId) {
    let change =
        sql("DELETE FROM reservations WHERE order_line_id IN (SELECT id FROM order_lines WHERE order_id = $1)")
            .bind(order_id);
    batch.add(change);
}

/// A line of the queue as it is stored: line, product, order, position; tier, class, requested date, queue time;
/// backordered, ordered unit, base unit, content (numerator, denominator), base decimals, lead time.
pub type WaitingRow = (
    (OrderLineId, ProductId, OrderId, i32),
    (String, String, Option<NaiveDate>, Timestamp),
    (i64, String, String, i64, i64, i32, i32),
);

macro_rules! waiting_lines {
    ($from:literal, $of_products:literal) => {
        concat!(
            "SELECT l.id, l.product_id, l.order_id, l.position, a.tier, o.order_class, o.requested_on, o.queued_at, \
             l.backordered, l.unit, l.base_unit, l.content_numerator, l.content_denominator, l.base_decimals, \
             l.lead_time_days FROM ",
            $from,
            " JOIN orders o ON o.id = l.order_id JOIN accounts a ON a.id = o.account_id \
             WHERE l.backordered > 0 AND o.state IN ('placed', 'accepted', 'partly_shipped')",
            $of_products
        )
    };
}

/// Every line that waits for one of these products. Their stock is locked, so none is served meanwhile.
pub fn list_waiting(tx: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<WaitingRow>> {
    Statement::per_engine(
        waiting_lines!("json_each($1) k CROSS JOIN order_lines l ON l.product_id = k.value", ""),
        waiting_lines!(
            "order_lines l",
            " AND l.product_id = ANY(ARRAY(SELECT json_array_elements_text($1::json)::bigint))"
        ),
    )
    .bind(sets::json(product_ids)?)
    .rows(tx)
}

/// Moves quantities of lines from backordered to reserved; the date is set where a line now waits for nothing.
pub fn update_served(batch: &mut Batch, served: &[(OrderLineId, i64, Option<NaiveDate>)]) -> Result<()> {
    if served.is_empty() {
        return Ok(());
    }
    let change = sql(
        "UPDATE order_lines SET reserved = reserved + d.quantity, backordered = backordered - d.quantity, \
         promised_on = d.promised_on FROM {tuples $1: id bigint, quantity bigint, promised_on date} d WHERE \
         order_lines.id = d.id",
    )
    .bind(sets::json(served)?);
    batch.add(change);
    Ok(())
}

/// A line that is served, as it was before, with the head of its order: order, account, number; purchase order number,
/// class, site; line, position, sku, customer part number, name; unit, base unit, unit decimals, base decimals; ordered,
/// base quantity, reserved, backordered, shipped; promised date.
pub type ServedRow = (
    (OrderId, AccountId, i64, String, String, String),
    (OrderLineId, i32, String, Option<String>, String),
    (String, String, i32, i32),
    (i64, i64, i64, i64, i64, Option<NaiveDate>),
);

/// The lines with these ids, by order and position.
pub fn list_served(tx: &mut Connection, line_ids: &[OrderLineId]) -> Result<Vec<ServedRow>> {
    macro_rules! lines {
        ($from:literal, $of:literal) => {
            concat!(
                "SELECT o.id, o.account_id, o.number, o.po_number, o.order_class, s.code, l.id, l.position, l.sku, \
                 l.customer_part_number, l.name, l.unit, l.base_unit, l.unit_decimals, l.base_decimals, l.quantity, \
                 l.base_quantity, l.reserved, l.backordered, l.shipped, l.promised_on FROM ",
                $from,
                " JOIN orders o ON o.id = l.order_id JOIN sites s ON s.id = o.site_id ",
                $of,
                " ORDER BY o.id, l.position"
            )
        };
    }
    Statement::per_engine(
        lines!("json_each($1) k CROSS JOIN order_lines l ON l.id = k.value", ""),
        lines!(
            "order_lines l",
            "WHERE l.id = ANY(ARRAY(SELECT json_array_elements_text($1::json)::bigint))"
        ),
    )
    .bind(sets::json(line_ids)?)
    .rows(tx)
}

/// A product that orders wait for: product, sku, name, base unit, decimals; lines that wait, what they wait for, since
/// when the oldest of them is in the queue.
pub type ShortRow = ((ProductId, String, String, String, i32), (i64, i64, Timestamp));

/// Products that lines of any account wait for, by number behind `after`; for staff.
pub fn list_short(connection: &mut Connection, after: &str, limit: i64) -> Result<Vec<ShortRow>> {
    sql(
        "SELECT p.id, p.sku, p.name, p.base_unit, p.decimals, COUNT(*), CAST(SUM(l.backordered) AS BIGINT), \
         MIN(o.queued_at) FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN products p ON p.id = l.product_id \
         WHERE l.backordered > 0 AND o.state IN ('placed', 'accepted', 'partly_shipped') AND p.sku > $1 \
         GROUP BY p.id, p.sku, p.name, p.base_unit, p.decimals ORDER BY p.sku LIMIT $2",
    )
    .bind(after)
    .bind(limit)
    .rows(connection)
}

/// How many lines of any account wait for each of these products, and for how much.
pub fn sum_waiting(connection: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<(ProductId, i64, i64)>> {
    macro_rules! sums {
        ($from:literal, $of:literal) => {
            concat!(
                "SELECT l.product_id, COUNT(*), CAST(SUM(l.backordered) AS BIGINT) FROM ",
                $from,
                " JOIN orders o ON o.id = l.order_id WHERE l.backordered > 0 \
                 AND o.state IN ('placed', 'accepted', 'partly_shipped')",
                $of,
                " GROUP BY l.product_id"
            )
        };
    }
    Statement::per_engine(
        sums!("json_each($1) k CROSS JOIN order_lines l ON l.product_id = k.value", ""),
        sums!(
            "order_lines l",
            " AND l.product_id = ANY(ARRAY(SELECT json_array_elements_text($1::json)::bigint))"
        ),
    )
    .bind(sets::json(product_ids)?)
    .rows(connection)
}
