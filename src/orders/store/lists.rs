//! Lists of an account's orders: any sort, any filter, page by page. Each sort walks an index of its own that holds what
//! is filtered by too.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};
use serde::Serialize;

use super::rows::{self, LineRow, OrderRow};
use crate::db::schema::{order_lines, orders, sites};
use crate::db::{Connection, Statement, sets};
use crate::error::Result;
use crate::ids::{AccountId, OrderId, SiteId};
use crate::orders::rules::order::po_key;
use crate::orders::rules::{Order, State};

/// The first day of the calendar here.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a day of the calendar");
/// Where orders without a wanted day stand: behind all others.
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day of the calendar");

/// In which order a list goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Sort {
    /// The last placed first.
    #[default]
    Newest,
    /// The first placed first.
    Oldest,
    /// The first wanted first, those without a day last.
    WantedFirst,
    /// Those without a wanted day first, then the last wanted.
    WantedLast,
}

impl Sort {
    fn is_by_wish(self) -> bool {
        matches!(self, Self::WantedFirst | Self::WantedLast)
    }

    fn is_ascending(self) -> bool {
        matches!(self, Self::Oldest | Self::WantedFirst)
    }

    /// Where the order stands in a list that goes this way.
    pub fn keys(self, order: &Order) -> (NaiveDate, OrderId) {
        let day = if self.is_by_wish() {
            order.requested_on.unwrap_or(LAST_DAY)
        } else {
            order.placed_on
        };
        (day, order.id)
    }
}

/// Which orders of an account somebody looks for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Search {
    /// Names of states; any of them.
    pub states: Vec<&'static str>,
    /// Part of the account's number, without regard to case, or the whole of ours.
    pub text: Option<String>,
    /// Goes to this site.
    pub site_id: Option<SiteId>,
    /// Placed on this day or later.
    pub from: Option<NaiveDate>,
    /// Placed on this day or before.
    pub to: Option<NaiveDate>,
    /// In which order.
    pub sort: Sort,
}

impl Search {
    /// True if only states are named.
    pub fn is_of_states(&self) -> bool {
        self.text.is_none() && self.site_id.is_none() && self.from.is_none() && self.to.is_none()
    }
}

/// What an order's lines still wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// Lines that wait for stock.
    pub waiting: i64,
    /// The last day anything of it that isn't shipped is promised for.
    pub promised_on: Option<NaiveDate>,
}

/// How the rows are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// Along the index of the sort: quick where much of it is sought.
    BySort,
    /// By the states of open orders, sorted then: quick where few are open. Only for open states.
    ByOpenStates,
}

// `+`: SQLite must leave the index of this column alone.
macro_rules! sought {
    (sqlite, $where:literal, $placed:literal) => {
        concat!(
            "FROM orders ",
            $where,
            " account_id = $1 AND ",
            $placed,
            " >= $2 AND ",
            $placed,
            " <= $3 AND ($4 IS NULL OR +state IN (SELECT value FROM json_each($4))) AND ($5 IS NULL OR site_id = $5) \
             AND ($6 IS NULL OR number = $7 OR instr(po_key, $6) > 0)"
        )
    };
    (postgres, $where:literal, $placed:literal) => {
        concat!(
            "FROM orders ",
            $where,
            " account_id = $1 AND placed_on >= $2 AND placed_on <= $3 \
             AND ($4 IS NULL OR state = ANY(ARRAY(SELECT json_array_elements_text($4::json)))) \
             AND ($5 IS NULL OR site_id = $5) AND ($6 IS NULL OR number = $7 OR strpos(po_key, $6) > 0)"
        )
    };
    // SQLite would rather read the whole of an index that holds all columns.
    (open sqlite, $placed:literal) => {
        sought!(
            sqlite,
            "INDEXED BY orders_by_state \
             WHERE state IN ('pending_approval', 'on_hold', 'placed', 'accepted', 'partly_shipped') AND",
            $placed
        )
    };
    (open postgres, $placed:literal) => {
        sought!(
            postgres,
            "WHERE state IN ('pending_approval', 'on_hold', 'placed', 'accepted', 'partly_shipped') AND",
            $placed
        )
    };
}

macro_rules! behind {
    ($day:literal, $behind:literal, $way:literal) => {
        concat!(
            " AND (",
            $day,
            ", id) ",
            $behind,
            " ($8, $9) ORDER BY ",
            $day,
            " ",
            $way,
            ", id ",
            $way,
            " LIMIT $10"
        )
    };
    (+ $day:literal, $behind:literal, $way:literal) => {
        concat!(
            " AND (+",
            $day,
            ", id) ",
            $behind,
            " ($8, $9) ORDER BY +",
            $day,
            " ",
            $way,
            ", id ",
            $way,
            " LIMIT $10"
        )
    };
}

// By the days `$sqlite` and `$postgres` of an order; `$placed` are the days of placing.
macro_rules! sorted {
    ($plan:expr, $placed:literal, $sqlite:literal, $postgres:literal, $behind:literal, $way:literal) => {
        match $plan {
            Plan::BySort => Statement::<BigInt>::per_engine(
                concat!("SELECT id ", sought!(sqlite, "WHERE", $placed), behind!($sqlite, $behind, $way)),
                concat!("SELECT id ", sought!(postgres, "WHERE", $placed), behind!($postgres, $behind, $way)),
            ),
            Plan::ByOpenStates => Statement::<BigInt>::per_engine(
                concat!("SELECT id ", sought!(open sqlite, "+placed_on"), behind!(+ $sqlite, $behind, $way)),
                concat!("SELECT id ", sought!(open postgres, "placed_on"), behind!($postgres, $behind, $way)),
            ),
        }
    };
}

fn bound<Row>(statement: Statement<Row>, account_id: AccountId, search: &Search) -> Result<Statement<Row>> {
    let text = search.text.as_deref().map(po_key).filter(|text| !text.is_empty());
    let number = text.as_deref().and_then(|text| text.parse::<i64>().ok());
    let states = match search.states.len() {
        all if all == State::ALL.len() => None,
        _ => Some(sets::json(&search.states)?),
    };
    Ok(statement
        .bind(account_id)
        .bind(search.from.unwrap_or(FIRST_DAY))
        .bind(search.to.unwrap_or(LAST_DAY))
        .bind(states)
        .bind(search.site_id.map(|id| id.0))
        .bind(text)
        .bind(number))
}

/// At most `limit` ids of the account's orders behind `after`.
pub fn search(
    connection: &mut Connection,
    account_id: AccountId,
    search: &Search,
    plan: Plan,
    after: Option<(NaiveDate, OrderId)>,
    limit: i64,
) -> Result<Vec<OrderId>> {
    let statement = match search.sort {
        Sort::Newest => sorted!(plan, "placed_on", "placed_on", "placed_on", "<", "DESC"),
        Sort::Oldest => sorted!(plan, "placed_on", "placed_on", "placed_on", ">", "ASC"),
        Sort::WantedFirst => sorted!(
            plan,
            "+placed_on",
            "COALESCE(requested_on, '9999-12-31')",
            "COALESCE(requested_on, DATE '9999-12-31')",
            ">",
            "ASC"
        ),
        Sort::WantedLast => sorted!(
            plan,
            "+placed_on",
            "COALESCE(requested_on, '9999-12-31')",
            "COALESCE(requested_on, DATE '9999-12-31')",
            "<",
            "DESC"
        ),
    };
    let start = if search.sort.is_ascending() {
        (FIRST_DAY, OrderId(0))
    } else {
        (LAST_DAY, OrderId(i64::MAX))
    };
    let (day, id) = after.unwrap_or(start);
    // Where the list goes by the day of placing, no other days than those from the cursor on need be walked.
    let mut left = search.clone();
    match search.sort {
        Sort::Newest => left.to = Some(left.to.map_or(day, |to| to.min(day))),
        Sort::Oldest => left.from = Some(left.from.map_or(day, |from| from.max(day))),
        Sort::WantedFirst | Sort::WantedLast => {}
    }
    bound(statement, account_id, &left)?
        .bind(day)
        .bind(id)
        .bind(limit)
        .rows(connection)
}

/// Heads of these orders of the account, sorted.
pub fn list_sought(
    connection: &mut Connection,
    account_id: AccountId,
    ids: &[OrderId],
    sort: Sort,
) -> Result<Vec<Order>> {
    let found: Vec<(OrderRow, String)> = orders::table
        .inner_join(sites::table)
        .filter(orders::account_id.eq(account_id).and(orders::id.eq_any(ids)))
        .select((orders::all_columns, sites::code))
        .load(connection)?;
    let mut found = found
        .into_iter()
        .map(|(row, ship_to)| rows::order(row, ship_to, Vec::new()))
        .collect::<Result<Vec<_>>>()?;
    found.sort_by_key(|order| sort.keys(order));
    if !sort.is_ascending() {
        found.reverse();
    }
    Ok(found)
}

/// How many orders are sought; beyond `count_max` it counts no further.
pub fn count(connection: &mut Connection, account_id: AccountId, search: &Search, count_max: i64) -> Result<i64> {
    let statement = Statement::<BigInt>::per_engine(
        concat!(
            "SELECT count(*) FROM (SELECT 1 ",
            sought!(sqlite, "WHERE", "placed_on"),
            " LIMIT $8) AS found"
        ),
        concat!(
            "SELECT count(*) FROM (SELECT 1 ",
            sought!(postgres, "WHERE", "placed_on"),
            " LIMIT $8) AS found"
        ),
    );
    bound(statement, account_id, search)?
        .bind(count_max + 1)
        .one(connection)
}

/// How many orders of the account are in each state; beyond `count_max` of one it counts no further.
pub fn count_states(connection: &mut Connection, account_id: AccountId, count_max: i64) -> Result<Vec<(State, i64)>> {
    let names = State::ALL.map(State::name);
    let found: Vec<(String, i64)> = Statement::<(Text, BigInt)>::per_engine(
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
    let found: Vec<(OrderId, i64, Option<NaiveDate>)> = Statement::<(BigInt, BigInt, Nullable<Date>)>::per_engine(
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_states_of_the_plan_are_the_open_ones() {
        let names: Vec<_> = State::OPEN.iter().map(|state| format!("'{}'", state.name())).collect();
        let states = format!("state IN ({})", names.join(", "));
        for text in [sought!(open sqlite, "placed_on"), sought!(open postgres, "placed_on")] {
            assert!(text.contains(&states), "{text}");
        }
    }
}
