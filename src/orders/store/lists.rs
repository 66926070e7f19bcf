//! What a list tells of its orders beside their heads: how many there are, what they wait for, their lines.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::rows::{self, LineRow};
use crate::db::schema::{order_lines, orders};
use crate::db::{Connection, Statement, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderId};
use crate::orders::rules::{Order, State};

/// What an order's lines still wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// Lines that wait for stock.
    pub waiting: i64,
    /// The last day anything of it that isn't shipped is promised for.
    pub promised_on: Option<NaiveDate>,
}

/// How many orders of the account are in each state; beyond `count_max` of one it counts no further.
pub fn count_states(connection: &mut Connection, account_id: AccountId, count_max: i64) -> Result<Vec<(State, i64)>> {
    let names = State::ALL.map(State::name);
    let found: Vec<(String, i64)> = Statement::per_engine(
        "SELECT s.value, (SELECT count(*) FROM (SELECT 1 FROM orders WHERE account_id = $1 AND state = s.value LIMIT $3)) \
         FROM json_each($2) s",
        "SELECT s.value, (SELECT count(*) FROM (SELECT 1 FROM orders WHERE account_id = $1 AND state = s.value LIMIT $3) f) \
         FROM json_array_elements_text($2::json) s(value)",
    )
    .bind(account_id)
    .bind(sets::json(&names)?)
    .bind(count_max + 1)
    .rows(connection)?;
    let counted = found.into_iter();
    Ok(counted
        .filter_map(|(name, count)| Some((State::from_name(&name)?, count)))
        .collect())
}

/// What lines of these orders of the account still wait for.
pub fn list_outlooks(
    connection: &mut Connection,
    account_id: AccountId,
    ids: &[OrderId],
) -> Result<Vec<(OrderId, Outlook)>> {
    macro_rules! outlooks {
        ($of:literal) => {
            concat!(
                "SELECT l.order_id, CAST(SUM(CASE WHEN l.backordered > 0 THEN 1 ELSE 0 END) AS BIGINT), \
                 MAX(CASE WHEN l.reserved > 0 OR l.backordered > 0 THEN l.promised_on END) \
                 FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.account_id = $1 AND o.id ",
                $of,
                " GROUP BY l.order_id"
            )
        };
    }
    let found: Vec<(OrderId, i64, Option<NaiveDate>)> = Statement::per_engine(
        outlooks!("IN (SELECT value FROM json_each($2))"),
        outlooks!("= ANY(ARRAY(SELECT json_array_elements_text($2::json)::bigint))"),
    )
    .bind(account_id)
    .bind(sets::json(ids)?)
    .rows(connection)?;
    let outlook = |(id, waiting, promised_on)| (id, Outlook { waiting, promised_on });
    Ok(found.into_iter().map(outlook).collect())
}

/// Puts the lines of these orders of the account into them.
pub fn load_lines(connection: &mut Connection, account_id: AccountId, heads: &mut [Order]) -> Result<()> {
    let ids: Vec<_> = heads.iter().map(|order| order.id).collect();
    let found: Vec<LineRow> = order_lines::table
        .inner_join(orders::table)
        .filter(
            orders::account_id
                .eq(account_id)
                .and(order_lines::order_id.eq_any(&ids)),
        )
        .order((order_lines::order_id, order_lines::position))
        .select(order_lines::all_columns)
        .load(connection)?;
    let mut of_order: HashMap<OrderId, Vec<LineRow>> = HashMap::new();
    for row in found {
        of_order.entry(row.order_id).or_default().push(row);
    }
    for order in heads {
        let rows = of_order.remove(&order.id).unwrap_or_default().into_iter();
        order.lines = rows.map(|row| rows::line(row, order.currency)).collect::<Result<_>>()?;
    }
    Ok(())
}

/// How many orders of these accounts wait for something or are under way.
pub fn count_open(connection: &mut Connection, account_ids: &[AccountId]) -> Result<Vec<(AccountId, i64)>> {
    sql(
        "SELECT account_id, COUNT(*) FROM orders WHERE state IN ('pending_approval', 'on_hold', 'placed', \
         'accepted', 'partly_shipped') AND account_id {in ids $1} GROUP BY account_id",
    )
    .bind(sets::json(account_ids)?)
    .rows(connection)
}
