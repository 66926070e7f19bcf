//! The orders that are not done yet, counted for the desk, and how far stock covers them.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::db::{Connection, composed, sets, sql};
use crate::error::Result;
use crate::ids::OrderId;
use crate::orders::board::rules::{Counts, Cover};
use crate::orders::rules::promise::Outstanding;

/// True of orders `o` of which a promise is at risk, as [`Outstanding::is_at_risk`] says: today is `$1`, soon `$2`.
pub const AT_RISK: &str = "EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id \
     AND (l.backordered > 0 OR l.reserved > 0) \
     AND (l.promised_on <= $1 OR (l.backordered > 0 AND l.promised_on IS NULL AND o.requested_on <= $2)))";

/// How far stock covers these orders.
pub fn list_cover(connection: &mut Connection, ids: &[OrderId]) -> Result<HashMap<OrderId, Cover>> {
    type Row = (OrderId, i64, i64, i64, i64, Option<NaiveDate>, Option<NaiveDate>);
    let rows: Vec<Row> = sql("SELECT l.order_id, COUNT(*), \
         CAST(SUM(CASE WHEN l.reserved > 0 THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN l.reserved + l.backordered > 0 THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN l.backordered > 0 AND l.promised_on IS NULL THEN 1 ELSE 0 END) AS BIGINT), \
         MIN(CASE WHEN l.reserved + l.backordered > 0 THEN l.promised_on END), \
         MAX(CASE WHEN l.reserved + l.backordered > 0 THEN l.promised_on END) \
         FROM order_lines l WHERE l.order_id {in ids $1} GROUP BY l.order_id")
    .bind(sets::json(ids)?)
    .rows(connection)?;
    let cover = |(id, of_order, ready, lines, waiting, first, last)| {
        let outstanding = Outstanding {
            lines,
            waiting,
            first,
            last,
        };
        let cover = Cover {
            lines: of_order,
            ready,
            outstanding,
        };
        (id, cover)
    };
    Ok(rows.into_iter().map(cover).collect())
}

/// How many orders each view shows.
pub fn count_board(connection: &mut Connection, today: NaiveDate, soon: NaiveDate) -> Result<Counts> {
    let (open, to_accept, at_risk, short, to_ship, on_hold) = composed(
        [
            "SELECT COUNT(*) - CAST(COALESCE(SUM(q.on_hold), 0) AS BIGINT), \
         CAST(COALESCE(SUM(q.to_accept), 0) AS BIGINT), CAST(COALESCE(SUM(q.at_risk), 0) AS BIGINT), \
         CAST(COALESCE(SUM(q.short), 0) AS BIGINT), CAST(COALESCE(SUM(q.to_ship), 0) AS BIGINT), \
         CAST(COALESCE(SUM(q.on_hold), 0) AS BIGINT) FROM (SELECT \
         CASE WHEN o.state = {order_state on_hold} THEN 1 ELSE 0 END AS on_hold, \
         CASE WHEN o.state = {order_state placed} THEN 1 ELSE 0 END AS to_accept, \
         CASE WHEN o.state <> {order_state on_hold} AND ",
            AT_RISK,
            " THEN 1 ELSE 0 END AS at_risk, CASE WHEN o.state <> {order_state on_hold} AND EXISTS \
         (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.backordered > 0) THEN 1 ELSE 0 END AS short, \
         CASE WHEN o.state {in order_states to_ship} AND EXISTS \
         (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.reserved > 0) THEN 1 ELSE 0 END AS to_ship \
         FROM orders o WHERE o.state {in order_states on_board}) q",
        ]
        .concat(),
    )
    .bind(today)
    .bind(soon)
    .one(connection)?;
    Ok(Counts {
        open,
        to_accept,
        at_risk,
        short,
        to_ship,
        on_hold,
    })
}
