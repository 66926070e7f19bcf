//! The orders that are not done yet, ranked and counted for the desk.

use chrono::NaiveDate;
use diesel::sql_types::{BigInt, Date, Nullable};

use super::desk::{FIRST_KEYS, QueueKeys};
use crate::db::{Connection, Statement, patterns, sets, sql};
use crate::error::Result;
use crate::ids::OrderId;
use crate::orders::rules::board::{Board, Counts, Cover};

/// Which orders a view of the desk lists.
#[derive(Debug, Clone, Copy)]
pub struct BoardFilter<'a> {
    /// Which view.
    pub board: Board,
    /// Of the account with this code.
    pub account: Option<&'a str>,
    /// A number, part of a purchase order number, of an account's name or code.
    pub text: Option<&'a str>,
    /// Today, for the supplier.
    pub today: NaiveDate,
    /// Up to this day a line that waits is a promise at risk.
    pub soon: NaiveDate,
}

macro_rules! at_risk {
    ($order:literal, $requested_on:literal, $today:literal, $soon:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = ",
            $order,
            " AND (l.backordered > 0 OR l.reserved > 0) AND (l.promised_on <= ",
            $today,
            " OR (l.backordered > 0 AND ",
            $requested_on,
            " <= ",
            $soon,
            ")))"
        )
    };
}

/// At most `limit` orders of a view by rank behind `after`, each with its place among all that are in the same queue.
pub fn list_board(
    connection: &mut Connection,
    filter: BoardFilter<'_>,
    after: Option<&QueueKeys>,
    limit: i64,
) -> Result<Vec<(OrderId, i64)>> {
    macro_rules! ranked {
        ($states:literal) => {
            concat!(
                "SELECT q.id, q.place FROM (SELECT r.*, ROW_NUMBER() OVER (ORDER BY r.tier_rank, r.class_rank, \
                 r.wanted_on, r.queued_at, r.id) AS place FROM (\
                 SELECT o.id, o.number, o.state, o.po_key, o.queued_at, a.code, a.name, \
                 COALESCE(o.requested_on, '9999-12-31') AS wanted_on, \
                 CASE a.tier WHEN 'platinum' THEN 0 WHEN 'gold' THEN 1 WHEN 'silver' THEN 2 ELSE 3 END AS tier_rank, \
                 CASE o.order_class WHEN 'critical' THEN 0 WHEN 'priority' THEN 1 ELSE 2 END AS class_rank \
                 FROM orders o JOIN accounts a ON a.id = o.account_id WHERE o.state IN (",
                $states,
                ")) r) q WHERE (q.tier_rank, q.class_rank, q.wanted_on, q.queued_at, q.id) > ($1, $2, $3, $4, $5) \
                 AND ($6 IS NULL OR q.code = $6) AND ($7 IS NULL OR q.number = $8 OR q.po_key LIKE $7 ESCAPE '\\' \
                 OR lower(q.name) LIKE $7 ESCAPE '\\' OR lower(q.code) LIKE $7 ESCAPE '\\') \
                 AND ($9 <> 'to_accept' OR q.state = 'placed') \
                 AND ($9 <> 'short' OR EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = q.id AND l.backordered > 0)) \
                 AND ($9 <> 'to_ship' OR (q.state <> 'placed' AND EXISTS \
                 (SELECT 1 FROM order_lines l WHERE l.order_id = q.id AND l.reserved > 0))) \
                 AND ($9 <> 'at_risk' OR ",
                at_risk!("q.id", "q.wanted_on", "$10", "$11"),
                ") ORDER BY q.place LIMIT $12"
            )
        };
    }
    // Written out: of a parameter the planner doesn't know that few orders are in these states.
    let ranked = match filter.board {
        Board::OnHold => sql(ranked!("'on_hold'")),
        _ => sql::<(BigInt, BigInt)>(ranked!("'placed', 'accepted', 'partly_shipped'")),
    };
    let keys = after.unwrap_or(&FIRST_KEYS);
    let (tier, class) = keys.importance;
    ranked
        .bind(i64::from(tier))
        .bind(i64::from(class))
        .bind(keys.requested_on)
        .bind(keys.queued_at)
        .bind(keys.id)
        .bind(filter.account.map(str::to_owned))
        .bind(filter.text.map(patterns::holding_lower))
        .bind(filter.text.map_or(-1, patterns::number))
        .bind(filter.board.name())
        .bind(filter.today)
        .bind(filter.soon)
        .bind(limit)
        .rows(connection)
}

/// How far stock covers these orders.
pub fn list_cover(connection: &mut Connection, ids: &[OrderId]) -> Result<Vec<Cover>> {
    type Row = (OrderId, i64, i64, i64, Option<NaiveDate>, Option<NaiveDate>);
    macro_rules! cover {
        ($from:literal) => {
            concat!(
                "SELECT l.order_id, COUNT(*), \
                 CAST(SUM(CASE WHEN l.backordered > 0 THEN 1 ELSE 0 END) AS BIGINT), \
                 CAST(SUM(CASE WHEN l.reserved > 0 THEN 1 ELSE 0 END) AS BIGINT), \
                 MIN(CASE WHEN l.reserved + l.backordered > 0 THEN l.promised_on END), \
                 MAX(CASE WHEN l.reserved + l.backordered > 0 THEN l.promised_on END) FROM ",
                $from,
                " GROUP BY l.order_id"
            )
        };
    }
    let rows: Vec<Row> = Statement::<(BigInt, BigInt, BigInt, BigInt, Nullable<Date>, Nullable<Date>)>::per_engine(
        cover!("json_each($1) k CROSS JOIN order_lines l ON l.order_id = k.value"),
        cover!("order_lines l WHERE l.order_id = ANY(ARRAY(SELECT json_array_elements_text($1::json)::bigint))"),
    )
    .bind(sets::json(ids)?)
    .rows(connection)?;
    let cover = |(order_id, lines, waiting, ready, first_promise, last_promise)| Cover {
        order_id,
        lines,
        waiting,
        ready,
        first_promise,
        last_promise,
    };
    Ok(rows.into_iter().map(cover).collect())
}

/// How many orders each view shows.
pub fn count_board(connection: &mut Connection, today: NaiveDate, soon: NaiveDate) -> Result<Counts> {
    type Columns = (BigInt, BigInt, BigInt, BigInt, BigInt, BigInt);
    let (open, to_accept, at_risk, short, to_ship, on_hold) = sql::<Columns>(concat!(
        "SELECT COUNT(*) - CAST(COALESCE(SUM(q.on_hold), 0) AS BIGINT), \
         CAST(COALESCE(SUM(q.to_accept), 0) AS BIGINT), CAST(COALESCE(SUM(q.at_risk), 0) AS BIGINT), \
         CAST(COALESCE(SUM(q.short), 0) AS BIGINT), CAST(COALESCE(SUM(q.to_ship), 0) AS BIGINT), \
         CAST(COALESCE(SUM(q.on_hold), 0) AS BIGINT) FROM (SELECT \
         CASE WHEN o.state = 'on_hold' THEN 1 ELSE 0 END AS on_hold, \
         CASE WHEN o.state = 'placed' THEN 1 ELSE 0 END AS to_accept, \
         CASE WHEN o.state <> 'on_hold' AND ",
        at_risk!("o.id", "o.requested_on", "$1", "$2"),
        " THEN 1 ELSE 0 END AS at_risk, CASE WHEN o.state <> 'on_hold' AND EXISTS \
         (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.backordered > 0) THEN 1 ELSE 0 END AS short, \
         CASE WHEN o.state IN ('accepted', 'partly_shipped') AND EXISTS \
         (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.reserved > 0) THEN 1 ELSE 0 END AS to_ship \
         FROM orders o WHERE o.state IN ('placed', 'accepted', 'partly_shipped', 'on_hold')) q"
    ))
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
