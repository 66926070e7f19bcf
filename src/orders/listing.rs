//! Looking for orders.

use std::collections::HashMap;

use super::board;
use super::rules::listing::{Filter, Keys, Sort};
use super::rules::promise::Outstanding;
use super::rules::{Order, State};
use super::store::{self, Listed};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::ids::AccountId;

/// Beyond this many of a state nobody counts on: the list says "more than".
pub const COUNT_MAX: i64 = 10_000;
/// The same for what a filter leaves.
pub const MATCHING_MAX: i64 = 1_000;

/// A part of an account's list.
#[derive(Debug)]
pub struct Found {
    /// Heads with what is still to leave of those that are served.
    pub orders: Vec<(Listed, Option<Outstanding>)>,
    /// How many are sought in all; beyond [`COUNT_MAX`], or [`MATCHING_MAX`] where more than states is named, not exactly.
    pub matching: i64,
    /// How many the account has in each state, at most one more than [`COUNT_MAX`].
    pub states: Vec<(State, i64)>,
}

/// At most `limit` orders of the account that are sought, behind `after`.
pub fn find(
    connection: &mut Connection,
    account_id: AccountId,
    filter: &Filter,
    sort: Sort,
    after: Option<&Keys>,
    limit: i64,
) -> Result<Found> {
    let scope = Scope::Account(account_id);
    let states = store::count_states(connection, account_id, COUNT_MAX)?;
    let is_sought = |state: &State| filter.states.is_empty() || filter.states.contains(state);
    let of_states = states.iter().filter(|(state, _)| is_sought(state));
    let of_states = of_states.map(|(_, count)| count).sum();
    let filter = &Filter {
        counted: Some(of_states),
        ..filter.clone()
    };
    let is_counted_too = after.is_none() && !filter.is_of_states();
    // One walk finds the first page and tells how many there are.
    let most = if is_counted_too {
        limit.max(MATCHING_MAX + 1)
    } else {
        limit
    };
    let mut ids = store::list_ids(connection, scope, filter, sort, after, most)?;
    let matching = if filter.is_of_states() {
        of_states
    } else if is_counted_too {
        i64::try_from(ids.len()).unwrap_or(i64::MAX)
    } else {
        store::count(connection, scope, filter, MATCHING_MAX)?
    };
    ids.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let orders = store::of_ids(connection, ids)?;
    let served = orders.iter().filter(|listed| listed.order.state.is_served());
    let served: Vec<_> = served.map(|listed| listed.order.id).collect();
    let covers = match served.is_empty() {
        true => HashMap::new(),
        false => board::store::list_cover(connection, &served)?,
    };
    let orders = orders.into_iter().map(|listed| {
        let cover = covers.get(&listed.order.id);
        (listed, cover.map(|cover| cover.outstanding))
    });
    Ok(Found {
        orders: orders.collect(),
        matching,
        states,
    })
}

/// The account's orders that are sought with their lines; nothing where there are `limit` lines or more.
pub fn list_with_lines(
    connection: &mut Connection,
    account_id: AccountId,
    filter: &Filter,
    sort: Sort,
    limit: i64,
) -> Result<Option<Vec<Order>>> {
    // Every order has a line.
    let listed = store::list(connection, Scope::Account(account_id), filter, sort, None, limit)?;
    let mut orders: Vec<_> = listed.into_iter().map(|listed| listed.order).collect();
    let count: i64 = orders.iter().map(|order| i64::from(order.line_count)).sum();
    if count >= limit {
        return Ok(None);
    }
    store::load_lines(connection, account_id, &mut orders)?;
    Ok(Some(orders))
}
