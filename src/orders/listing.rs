//! Looking for orders of an account.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::rules::{Order, State};
use super::store::{self, Outlook, Search};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, OrderId};

/// Beyond this many nobody counts on: the list says "more than".
pub const COUNT_MAX: i64 = 10_000;

/// A part of a list.
#[derive(Debug)]
pub struct Found {
    /// Heads with what their lines wait for.
    pub orders: Vec<(Order, Option<Outlook>)>,
    /// How many are sought in all; beyond [`COUNT_MAX`] not exactly.
    pub matching: i64,
    /// How many the account has in each state, at most one more than [`COUNT_MAX`].
    pub states: Vec<(State, i64)>,
}

/// At most `limit` orders of the account that are sought, behind `after`.
pub fn find(
    connection: &mut Connection,
    account_id: AccountId,
    search: &Search,
    after: Option<(NaiveDate, OrderId)>,
    limit: i64,
) -> Result<Found> {
    let orders = store::search(connection, account_id, search, after, limit)?;
    let fetched = i64::try_from(orders.len()).unwrap_or(i64::MAX);
    let ids: Vec<_> = orders
        .iter()
        .filter(|order| order.state.is_served())
        .map(|order| order.id)
        .collect();
    let outlooks: HashMap<_, _> = match ids.is_empty() {
        true => HashMap::new(),
        false => store::list_outlooks(connection, account_id, &ids)?
            .into_iter()
            .collect(),
    };
    let states = store::count_states(connection, account_id, COUNT_MAX)?;
    let matching = if search.is_of_states() {
        let sought = states.iter().filter(|(state, _)| search.states.contains(&state.name()));
        sought.map(|(_, count)| count).sum()
    } else if after.is_none() && fetched < limit {
        // All of them are here.
        fetched
    } else {
        store::count(connection, account_id, search, COUNT_MAX)?
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
    store::search(connection, account_id, search, None, limit)
}

/// The account's orders that are sought with their lines; nothing where there are `limit` lines or more.
pub fn list_with_lines(
    connection: &mut Connection,
    account_id: AccountId,
    search: &Search,
    limit: i64,
) -> Result<Option<Vec<Order>>> {
    // Every order has a line.
    let mut orders = store::search(connection, account_id, search, None, limit)?;
    let count: i64 = orders.iter().map(|order| i64::from(order.line_count)).sum();
    if count >= limit {
        return Ok(None);
    }
    store::load_lines(connection, account_id, &mut orders)?;
    Ok(Some(orders))
}
