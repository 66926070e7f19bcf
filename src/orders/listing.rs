//! Looking for orders of an account.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::rules::{Order, State};
use super::store::{self, Outlook, Plan, Search};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, OrderId};

/// Beyond this many of a state nobody counts on: the list says "more than".
pub const COUNT_MAX: i64 = 10_000;
/// The same for what a filter leaves.
pub const MATCHING_MAX: i64 = 1_000;
/// Up to so many open orders are found by their states and sorted, more along the sort's index.
const OPEN_MAX: i64 = 2_000;

/// A part of a list.
#[derive(Debug)]
pub struct Found {
    /// Heads with what their lines wait for.
    pub orders: Vec<(Order, Option<Outlook>)>,
    /// How many are sought in all; beyond [`COUNT_MAX`], or [`MATCHING_MAX`] where more than states is named, not exactly.
    pub matching: i64,
    /// How many the account has in each state, at most one more than [`COUNT_MAX`].
    pub states: Vec<(State, i64)>,
}

/// How many of these states are sought, and how to find them.
fn plan(search: &Search, states: &[(State, i64)]) -> (i64, Plan) {
    let sought = || states.iter().filter(|(state, _)| search.states.contains(&state.name()));
    let count = sought().map(|(_, count)| count).sum();
    let is_open = sought().all(|(state, _)| State::OPEN.contains(state));
    let plan = if is_open && count <= OPEN_MAX {
        Plan::ByOpenStates
    } else {
        Plan::BySort
    };
    (count, plan)
}

/// At most `limit` orders of the account that are sought, behind `after`.
pub fn find(
    connection: &mut Connection,
    account_id: AccountId,
    search: &Search,
    after: Option<(NaiveDate, OrderId)>,
    limit: i64,
) -> Result<Found> {
    let states = store::count_states(connection, account_id, COUNT_MAX)?;
    let (of_states, plan) = plan(search, &states);
    let is_counted_too = after.is_none() && !search.is_of_states();
    // One walk finds the first page and tells how many there are.
    let most = if is_counted_too {
        limit.max(MATCHING_MAX + 1)
    } else {
        limit
    };
    let mut ids = store::search(connection, account_id, search, plan, after, most)?;
    let matching = if search.is_of_states() {
        of_states
    } else if is_counted_too {
        i64::try_from(ids.len()).unwrap_or(i64::MAX)
    } else {
        store::count(connection, account_id, search, MATCHING_MAX)?
    };
    ids.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let orders = store::list_sought(connection, account_id, &ids, search.sort)?;
    let served: Vec<_> = orders
        .iter()
        .filter(|order| order.state.is_served())
        .map(|order| order.id)
        .collect();
    let outlooks: HashMap<_, _> = match served.is_empty() {
        true => HashMap::new(),
        false => store::list_outlooks(connection, account_id, &served)?
            .into_iter()
            .collect(),
    };
    let orders = orders.into_iter().map(|order| {
        let outlook = outlooks.get(&order.id).copied();
        (order, outlook)
    });
    Ok(Found {
        orders: orders.collect(),
        matching,
        states,
    })
}

/// At most `limit` heads of the account's orders that are sought.
pub fn list(connection: &mut Connection, account_id: AccountId, search: &Search, limit: i64) -> Result<Vec<Order>> {
    let ids = store::search(connection, account_id, search, Plan::BySort, None, limit)?;
    store::list_sought(connection, account_id, &ids, search.sort)
}

/// The account's orders that are sought with their lines; nothing where there are `limit` lines or more.
pub fn list_with_lines(
    connection: &mut Connection,
    account_id: AccountId,
    search: &Search,
    limit: i64,
) -> Result<Option<Vec<Order>>> {
    // Every order has a line.
    let mut orders = list(connection, account_id, search, limit)?;
    let count: i64 = orders.iter().map(|order| i64::from(order.line_count)).sum();
    if count >= limit {
        return Ok(None);
    }
    store::load_lines(connection, account_id, &mut orders)?;
    Ok(Some(orders))
}
