//! An order is in the form that its changes made, and each of them has its event.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Everything about changes of orders that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = revisions(connection)?;
    breaches.extend(told(connection)?);
    Ok(breaches)
}

fn revisions(connection: &mut Connection) -> Result<Vec<Breach>> {
    // What was called off of an order is a revision of it, but where that belongs to its placing or to a change. Its event tells the
    // revision; older ones don't, and of them what was not to wait was none.
    let rows: Vec<(i64, i64, i64)> = sql(
        "SELECT q.number, q.stored, q.derived FROM (SELECT o.number, CAST(o.revision AS BIGINT) AS stored, \
         CAST(1 + COALESCE(c.changes, 0) + COALESCE(e.ended, 0) AS BIGINT) AS derived FROM orders o \
         LEFT JOIN (SELECT order_id, COUNT(*) AS changes FROM order_changes \
         WHERE state = {order_change_state applied} GROUP BY order_id) c ON c.order_id = o.id \
         LEFT JOIN (SELECT subject_id, COUNT(*) AS ended FROM events WHERE type = 'order.rest_cancelled' \
         AND (data{postgres: ::json}->>'revision' IS NOT NULL OR COALESCE(data{postgres: ::json}->>'ended_by', '') <> 'cancel_rest') \
         GROUP BY subject_id) e ON e.subject_id = o.id) q \
         WHERE q.stored <> q.derived ORDER BY q.number",
    )
    .rows(connection)?;
    let breach = |(number, stored, derived): (i64, i64, i64)| {
        Breach::differs(
            "each change of an order makes it another revision",
            format!("order {number}"),
            stored,
            derived,
        )
    };
    Ok(rows.into_iter().map(breach).collect())
}

fn told(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, i64, i64)> = sql(
        "SELECT o.number, CAST(c.changes AS BIGINT), CAST(COALESCE(e.events, 0) AS BIGINT) FROM orders o \
         JOIN (SELECT order_id, COUNT(*) AS changes FROM order_changes \
         WHERE state = {order_change_state applied} GROUP BY order_id) c \
         ON c.order_id = o.id LEFT JOIN (SELECT subject_id, COUNT(*) AS events FROM events WHERE type = 'order.changed' \
         GROUP BY subject_id) e ON e.subject_id = o.id WHERE c.changes <> COALESCE(e.events, 0) ORDER BY o.number",
    )
    .rows(connection)?;
    let breach = |(number, stored, derived): (i64, i64, i64)| {
        Breach::differs(
            "each change of an order has one order.changed event",
            format!("order {number}"),
            derived,
            stored,
        )
    };
    Ok(rows.into_iter().map(breach).collect())
}
