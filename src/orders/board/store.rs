//! The orders that are not done yet, counted for the desk, and how far stock covers them.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::db::{Connection, composed, sets, sql};
use crate::error::Result;
use crate::ids::OrderId;
use crate::orders::board::rules::{Counts, Cover};
use crate::orders::rules::promise::Outstanding;

/// True of orders `o` of which a promise is at risk, as [`Outstanding::is_at_risk`] says: today is `$1`, soon `$2`. Of lines that leave
/// together the last day counts.
pub const AT_RISK: &str = "(EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id \
     AND (l.backordered > 0 OR l.reserved > 0) \
     AND ((l.promised_on <= $1 AND (l.delivery IS NOT NULL OR o.delivery <> 'complete')) \
     OR (l.backordered > 0 AND l.promised_on IS NULL AND o.requested_on <= $2))) \
     OR (o.delivery = 'complete' AND EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id \
     AND (l.backordered > 0 OR l.reserved > 0) AND l.delivery IS NULL AND l.promised_on <= $1) \
     AND NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND (l.backordered > 0 OR l.reserved > 0) \
     AND l.delivery IS NULL AND (l.promised_on IS NULL OR l.promised_on > $1))) \
     OR (o.delivery = 'complete' AND o.requested_on <= $2 AND EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id \
     AND l.backordered > 0 AND l.delivery IS NULL) AND EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id \
     AND (l.backordered > 0 OR l.reserved > 0) AND l.delivery IS NULL AND l.promised_on IS NULL)))";

/// How far stock covers these orders. Lines that leave together have the day of the last of them, none where one has none.
pub fn list_cover(connection: &mut Connection, ids: &[OrderId]) -> Result<HashMap<OrderId, Cover>> {
    type Day = Option<NaiveDate>;
    type Row = (OrderId, i64, i64, i64, i64, Day, Day, Day, i64, i64);
    let rows: Vec<Row> = sql("SELECT q.order_id, COUNT(*), \
         CAST(SUM(CASE WHEN q.reserved > 0 THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN q.reserved + q.backordered > 0 THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN q.backordered > 0 AND q.along = 0 AND q.promised_on IS NULL THEN 1 ELSE 0 END) AS BIGINT), \
         MIN(CASE WHEN q.reserved + q.backordered > 0 AND q.along = 0 THEN q.promised_on END), \
         MAX(CASE WHEN q.reserved + q.backordered > 0 AND q.along = 0 THEN q.promised_on END), \
         MAX(CASE WHEN q.reserved + q.backordered > 0 AND q.along = 1 THEN q.promised_on END), \
         CAST(SUM(CASE WHEN q.reserved + q.backordered > 0 AND q.along = 1 AND q.promised_on IS NULL THEN 1 ELSE 0 END) \
         AS BIGINT), CAST(SUM(CASE WHEN q.backordered > 0 AND q.along = 1 THEN 1 ELSE 0 END) AS BIGINT) \
         FROM (SELECT l.order_id, l.reserved, l.backordered, l.promised_on, \
         CASE WHEN l.delivery IS NULL AND o.delivery = 'complete' THEN 1 ELSE 0 END AS along \
         FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.order_id {in ids $1}) q GROUP BY q.order_id")
    .bind(sets::json(ids)?)
    .rows(connection)?;
    let cover = |(id, of_order, ready, lines, waiting, first, last, together, open, along): Row| {
        let together = together.filter(|_| open == 0);
        let outstanding = Outstanding {
            lines,
            waiting: if open == 0 { waiting } else { waiting + along },
            first: [first, together].into_iter().flatten().min(),
            last: last.max(together),
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
