//! What is shipped of a line is the sum of its shipments, and left the stock.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Everything about shipments that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = shipped_of_lines(connection)?;
    breaches.extend(moved(connection)?);
    breaches.extend(delivered(connection)?);
    breaches.extend(super::packages::checks::run(connection)?);
    breaches.extend(super::packing::checks::run(connection)?);
    breaches.extend(super::consignments::checks::run(connection)?);
    Ok(breaches)
}

fn shipped_of_lines(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, i64, i64, i64)> = sql(
        "SELECT o.number, CAST(l.position AS BIGINT), l.shipped, CAST(COALESCE(s.shipped, 0) AS BIGINT) \
         FROM order_lines l JOIN orders o ON o.id = l.order_id \
         LEFT JOIN (SELECT order_line_id, SUM(base_quantity) AS shipped FROM shipment_lines GROUP BY order_line_id) s \
         ON s.order_line_id = l.id WHERE l.shipped <> COALESCE(s.shipped, 0) ORDER BY o.number, l.position",
    )
    .rows(connection)?;
    let breach = |(number, position, stored, derived)| {
        let object = format!("order {number} line {position}");
        Breach::differs(
            "what is shipped of a line is the sum of its shipments",
            object,
            stored,
            derived,
        )
    };
    Ok(rows.into_iter().map(breach).collect())
}

fn moved(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, i64, i64)> = sql(
        "SELECT s.number, CAST(COALESCE(l.shipped, 0) AS BIGINT), CAST(COALESCE(m.moved, 0) AS BIGINT) FROM shipments s \
         LEFT JOIN (SELECT shipment_id, SUM(base_quantity) AS shipped FROM shipment_lines GROUP BY shipment_id) l \
         ON l.shipment_id = s.id \
         LEFT JOIN (SELECT cause_id, -SUM(quantity) AS moved FROM stock_movements WHERE kind = 'shipment' \
         GROUP BY cause_id) m ON m.cause_id = s.id \
         WHERE COALESCE(l.shipped, 0) <> COALESCE(m.moved, 0) ORDER BY s.number",
    )
    .rows(connection)?;
    let breach = |(number, stored, derived): (i64, i64, i64)| {
        Breach::differs(
            "what a shipment took left the stock",
            format!("shipment {number}"),
            stored,
            derived,
        )
    };
    Ok(rows.into_iter().map(breach).collect())
}

/// An order's state follows from what is shipped and what arrived.
fn delivered(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, String)> = sql(
        "SELECT o.number, o.state FROM orders o WHERE o.state {in order_states left} \
         AND (EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.reserved + l.backordered > 0) \
         OR (o.state <> {order_state shipped} AND EXISTS (SELECT 1 FROM shipments s \
         WHERE s.order_id = o.id AND s.state <> {shipment_state delivered}))) ORDER BY o.number",
    )
    .rows(connection)?;
    let breach = |(number, state): (i64, String)| Breach {
        check: "an order is as far as its shipments",
        object: format!("order {number}"),
        detail: format!("{state}, but something of it is still to leave or to arrive"),
    };
    Ok(rows.into_iter().map(breach).collect())
}
