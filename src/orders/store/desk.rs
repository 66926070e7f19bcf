//! Orders of every account, for staff.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde::{Deserialize, Serialize};

use super::rows::{self, OrderRow};
use crate::accounts::rules::Tier;
use crate::clock::Timestamp;
use crate::db::schema::{accounts, orders, sites};
use crate::db::{Connection, Statement, patterns, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderId};
use crate::orders::rules::Order;

/// Where orders without a requested date stand: behind all others.
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day of the calendar");

/// Before the first order there can be.
pub(super) static FIRST_KEYS: QueueKeys = QueueKeys {
    importance: (-1, -1),
    requested_on: NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day of the calendar"),
    queued_at: Timestamp::new(
        NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day of the calendar"),
        chrono::NaiveTime::MIN,
    ),
    id: OrderId(0),
};

/// Which orders of the desk come first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum DeskSort {
    /// The newest.
    #[default]
    Newest,
    /// The oldest.
    Oldest,
    /// Those to be served first, by the queue's rank.
    ByPriority,
}

/// Which orders the desk lists.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskFilter {
    /// In this state.
    pub state: Option<String>,
    /// Of the account with this code.
    pub account: Option<String>,
    /// In which order.
    pub sort: DeskSort,
    /// A number, part of a purchase order number, of an account's name or code; not by priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Where an order stands in the list, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueKeys {
    /// Tier and class, best first.
    pub importance: (i32, i32),
    /// The requested date; the last day there is where none is.
    pub requested_on: NaiveDate,
    /// When it came into the queue.
    pub queued_at: Timestamp,
    /// The order.
    pub id: OrderId,
}

/// An order in a list of the desk.
#[derive(Debug, Clone)]
pub struct Queued {
    /// Where it stands.
    pub keys: QueueKeys,
    /// Code, name and tier of its account.
    pub account: (String, String, String),
    /// Its head.
    pub order: Order,
}

/// At most `limit` orders behind `after`.
pub fn list_for_desk(
    connection: &mut Connection,
    filter: &DeskFilter,
    after: Option<&QueueKeys>,
    limit: i64,
) -> Result<Vec<Queued>> {
    let after_id = after.map(|keys| keys.id);
    match &filter.text {
        _ if filter.sort == DeskSort::ByPriority => list_by_priority(connection, filter, after, limit),
        Some(text) => list_found(connection, filter, text, after_id, limit),
        None => list_by_age(connection, filter, after_id, limit),
    }
}

type HeadRow = (OrderRow, String, (String, String, String));

fn queued((row, ship_to, account): HeadRow) -> Result<Queued> {
    let order = rows::order(row, ship_to, Vec::new())?;
    let tier = Tier::from_name(&account.2).map_or(i32::MAX, Tier::rank);
    Ok(Queued {
        keys: QueueKeys {
            importance: (tier, order.order_class.rank()),
            requested_on: order.requested_on.unwrap_or(LAST_DAY),
            queued_at: order.queued_at,
            id: order.id,
        },
        account,
        order,
    })
}

macro_rules! heads {
    () => {
        orders::table
            .inner_join(sites::table)
            .inner_join(accounts::table)
            .select((
                orders::all_columns,
                sites::code,
                (accounts::code, accounts::name, accounts::tier),
            ))
    };
}

fn list_by_age(
    connection: &mut Connection,
    filter: &DeskFilter,
    after: Option<OrderId>,
    limit: i64,
) -> Result<Vec<Queued>> {
    let mut query = heads!().limit(limit).into_boxed();
    if let Some(state) = &filter.state {
        query = query.filter(orders::state.eq(state));
    }
    if let Some(account) = &filter.account {
        query = query.filter(accounts::code.eq(account));
    }
    query = match filter.sort {
        DeskSort::Oldest => query
            .filter(orders::id.gt(after.unwrap_or(OrderId(0))))
            .order(orders::id.asc()),
        _ => query
            .filter(orders::id.lt(after.unwrap_or(OrderId(i64::MAX))))
            .order(orders::id.desc()),
    };
    let found: Vec<HeadRow> = query.load(connection)?;
    found.into_iter().map(queued).collect()
}

/// Only what waits for staff is ranked, so the sort stays small however many orders there are.
fn list_by_priority(
    connection: &mut Connection,
    filter: &DeskFilter,
    after: Option<&QueueKeys>,
    limit: i64,
) -> Result<Vec<Queued>> {
    let keys = after.unwrap_or(&FIRST_KEYS);
    let (tier, class) = keys.importance;
    let states = match &filter.state {
        Some(state) => sets::json(&[state])?,
        None => sets::json(&["placed", "accepted", "partly_shipped"])?,
    };
    macro_rules! ranked {
        ($states:literal) => {
            concat!(
                "SELECT id FROM (SELECT o.id, o.queued_at, COALESCE(o.requested_on, '9999-12-31') AS requested_on, \
                 CASE a.tier WHEN 'platinum' THEN 0 WHEN 'gold' THEN 1 WHEN 'silver' THEN 2 ELSE 3 END AS tier_rank, \
                 CASE o.order_class WHEN 'critical' THEN 0 WHEN 'priority' THEN 1 ELSE 2 END AS class_rank \
                 FROM orders o JOIN accounts a ON a.id = o.account_id WHERE o.state IN (",
                $states,
                ") AND ($2 IS NULL OR a.code = $2)) q \
                 WHERE (tier_rank, class_rank, requested_on, queued_at, id) > ($3, $4, $5, $6, $7) \
                 ORDER BY tier_rank, class_rank, requested_on, queued_at, id LIMIT $8"
            )
        };
    }
    let ids: Vec<OrderId> = Statement::<BigInt>::per_engine(
        ranked!("SELECT value FROM json_each($1)"),
        ranked!("SELECT json_array_elements_text($1::json)"),
    )
    .bind(states)
    .bind(filter.account.clone())
    .bind(i64::from(tier))
    .bind(i64::from(class))
    .bind(keys.requested_on)
    .bind(keys.queued_at)
    .bind(keys.id)
    .bind(limit)
    .rows(connection)?;
    list_heads(connection, &ids)
}

/// The heads of these orders, by rank.
pub fn list_heads(connection: &mut Connection, ids: &[OrderId]) -> Result<Vec<Queued>> {
    let found: Vec<HeadRow> = heads!().filter(orders::id.eq_any(ids)).load(connection)?;
    let mut heads = found.into_iter().map(queued).collect::<Result<Vec<_>>>()?;
    heads.sort_by(|a, b| {
        let key = |q: &Queued| (q.keys.importance, q.keys.requested_on, q.keys.queued_at, q.keys.id);
        key(a).cmp(&key(b))
    });
    Ok(heads)
}

/// How many orders of these accounts wait for something or are under way.
pub fn count_open(connection: &mut Connection, account_ids: &[AccountId]) -> Result<Vec<(AccountId, i64)>> {
    Statement::<(BigInt, BigInt)>::per_engine(
        "SELECT account_id, COUNT(*) FROM orders \
         WHERE state IN ('pending_approval', 'on_hold', 'placed', 'accepted', 'partly_shipped') \
           AND account_id IN (SELECT value FROM json_each($1)) GROUP BY account_id",
        "SELECT account_id, COUNT(*) FROM orders \
         WHERE state IN ('pending_approval', 'on_hold', 'placed', 'accepted', 'partly_shipped') \
           AND account_id = ANY(ARRAY(SELECT json_array_elements_text($1::json)::bigint)) GROUP BY account_id",
    )
    .bind(sets::json(account_ids)?)
    .rows(connection)
}

/// The orders in which `text` is found.
fn list_found(
    connection: &mut Connection,
    filter: &DeskFilter,
    text: &str,
    after: Option<OrderId>,
    limit: i64,
) -> Result<Vec<Queued>> {
    macro_rules! found {
        ($behind:literal, $way:literal) => {
            concat!(
                "SELECT o.id FROM orders o JOIN accounts a ON a.id = o.account_id WHERE o.id ",
                $behind,
                " $1 AND ($2 IS NULL OR o.state = $2) AND ($3 IS NULL OR a.code = $3) \
                 AND (o.number = $4 OR o.po_key LIKE $5 ESCAPE '\\' OR lower(a.code) LIKE $5 ESCAPE '\\' \
                 OR lower(a.name) LIKE $5 ESCAPE '\\') ORDER BY o.id ",
                $way,
                " LIMIT $6"
            )
        };
    }
    let is_ascending = filter.sort == DeskSort::Oldest;
    let (statement, start) = match is_ascending {
        true => (found!(">", "ASC"), 0),
        false => (found!("<", "DESC"), i64::MAX),
    };
    let ids: Vec<OrderId> = sql::<BigInt>(statement)
        .bind(after.map_or(start, |id| id.0))
        .bind(filter.state.clone())
        .bind(filter.account.clone())
        .bind(patterns::number(text))
        .bind(patterns::holding_lower(text))
        .bind(limit)
        .rows(connection)?;
    let mut heads = list_heads(connection, &ids)?;
    heads.sort_by_key(|queued| queued.order.id);
    if !is_ascending {
        heads.reverse();
    }
    Ok(heads)
}
