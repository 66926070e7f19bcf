//! One pipeline for orders of every channel.
//!
//! - [`planning`]: what a request comes to: prices, tax, credit, stock
//! - [`placing`]: preview and place
//! - [`steering`]: staff accept, hold and release
//! - [`board`]: the orders that are not done yet, as staff look at them
//! - [`shipping`]: lines leave, arrive, are invoiced, and close
//! - [`cancelling`]: calling off, whole or in part
//! - [`ending`]: calling off what waits, as its buyer decided
//! - [`substituting`]: what waits is sent as something else, with its buyer's yes
//! - [`changes`]: other quantities, lines, place, day or class
//! - [`receipts`]: goods come in
//! - [`quotas`]: what of stock is kept for whom, and how what is scarce is shared
//! - [`promising`]: what of waiting lines is promised of what is expected
//! - [`expecting`]: what is expected
//! - [`allocation`]: freed stock serves the lines that wait; who waits for which product
//! - [`listing`]: looking for orders
//! - [`purchases`]: what an account bought
//! - [`documents`]: an order on paper
//! - [`entitlements`]: who may use which order class, how often a month

pub mod allocation;
pub mod api;
pub mod board;
pub mod calendars;
pub mod cancelling;
pub mod changes;
pub mod checks;
pub mod credit;
pub mod documents;
pub mod expecting;
pub mod ending;
pub mod entitlements;
pub mod files;
pub mod listing;
pub mod mails;
pub mod pages;
pub mod placing;
pub mod planning;
pub mod promising;
pub mod purchases;
pub mod quotas;
pub mod receipts;
mod recording;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod shipping;
pub mod steering;
pub mod store;
pub mod substituting;
pub mod supplier_api;
pub mod supplier_pages;
pub mod words;

pub use allocation::{Recorded, list_decisions_of_cause, list_decisions_of_order};
pub use cancelling::{cancel, cancel_as_staff};
pub use placing::{Placed, Preview, place, preview};
pub use planning::{Estimate, OrderRequest, Orderer, RequestedLine, estimate};
pub use rules::listing::{Filter, Keys, Sort};
pub use steering::{Releasing, accept, hold, hold_also, lock, release};
pub use store::{Listed, Owner, heads, list, list_among};

use std::collections::HashMap;

use self::allocation::Queue;
use self::allocation::rules::Others;
use self::rules::{Order, Source};
use crate::db::Connection;
use crate::db::seek::{Scope, Walk};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrderId, OrderLineId, ProductId};

/// Whole orders by id behind `after`, of whom the scope is for.
pub fn list_whole(connection: &mut Connection, scope: Scope, walk: Walk<OrderId>, limit: i64) -> Result<Vec<Order>> {
    store::list_whole_of(connection, scope, walk, limit)
}

/// The order of the account with its lines.
pub fn get(connection: &mut Connection, account_id: AccountId, id: OrderId) -> Result<Order> {
    store::find(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// These orders of the account with their lines, by id: as many statements for any number of them.
pub fn list_of(connection: &mut Connection, account_id: AccountId, ids: &[OrderId]) -> Result<Vec<Order>> {
    let found = heads(connection, ids)?.into_values().map(|listed| listed.order);
    let mut orders: Vec<_> = found.filter(|order| order.account_id == account_id).collect();
    orders.sort_unstable_by_key(|order| order.id);
    store::load_lines(connection, account_id, &mut orders)?;
    Ok(orders)
}

/// Those waiting lines of the order that saw stock go to others, and how; asks only if lines wait.
pub fn passed_over(connection: &mut Connection, order: &Order) -> Result<Vec<(OrderLineId, Others)>> {
    let waits = order.state.is_served() && order.lines.iter().any(|line| line.backordered > 0);
    if waits {
        allocation::passed_over(connection, order.id)
    } else {
        Ok(Vec::new())
    }
}

/// All lines that wait for the products that lines of the order wait for.
pub fn waiting_beside(connection: &mut Connection, order: &Order) -> Result<Queue> {
    let waits = order.lines.iter().filter(|line| line.backordered > 0);
    let mut product_ids: Vec<_> = waits.map(|line| line.product_id).collect();
    product_ids.sort_unstable();
    product_ids.dedup();
    if product_ids.is_empty() || !order.state.is_served() {
        return Ok(Queue::default());
    }
    Queue::load(connection, &product_ids)
}

/// How many orders of these accounts are not shipped whole yet; nothing of those that have none.
pub fn count_open(connection: &mut Connection, account_ids: &[AccountId]) -> Result<HashMap<AccountId, i64>> {
    Ok(store::count_open(connection, account_ids)?.into_iter().collect())
}

/// Whose order it is: for staff, who name no account.
pub fn account_of(connection: &mut Connection, id: OrderId) -> Result<AccountId> {
    store::find_account(connection, id)?.ok_or(Error::NotFound)
}

/// True if one of these orders is held for money, for staff.
pub fn are_held_for_money(connection: &mut Connection, ids: &[OrderId]) -> Result<bool> {
    let heads = heads(connection, ids)?;
    Ok(heads
        .values()
        .any(|listed| rules::rights::needs_fresh_proof(&listed.order.hold_reasons)))
}

/// The numbers of these orders, for staff.
pub fn numbers(connection: &mut Connection, ids: &[OrderId]) -> Result<HashMap<OrderId, i64>> {
    let heads = heads(connection, ids)?;
    Ok(heads
        .into_iter()
        .map(|(id, listed)| (id, listed.order.number))
        .collect())
}

/// An order with its lines, for staff.
pub fn get_for_staff(connection: &mut Connection, id: OrderId) -> Result<Order> {
    let account_id = account_of(connection, id)?;
    get(connection, account_id, id)
}

/// Notes by which way an order came that was placed in this transaction.
pub fn note_source(tx: &mut Connection, id: OrderId, source: Source) -> Result<()> {
    store::update_source(tx, id, source)
}

/// The unit in which the account last ordered each of these products, as far as it did among its latest orders.
pub fn last_units(
    connection: &mut Connection,
    account_id: AccountId,
    product_ids: &[ProductId],
) -> Result<HashMap<ProductId, String>> {
    if product_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut units = HashMap::new();
    for (product_id, unit) in store::list_last_units(connection, account_id, product_ids)? {
        units.entry(product_id).or_insert(unit);
    }
    Ok(units)
}
