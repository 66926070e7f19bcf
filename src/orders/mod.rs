//! One pipeline for orders of every channel.
//!
//! - [`planning`]: what a request comes to: prices, tax, credit, stock
//! - [`placing`]: preview and place
//! - [`cancelling`]: calling off
//! - [`allocation`]: freed stock serves the lines that wait

pub mod allocation;
pub mod api;
pub mod cancelling;
pub mod checks;
pub mod files;
pub mod placing;
pub mod planning;
pub mod rules;
pub mod store;

pub use cancelling::cancel;
pub use placing::{Placed, place, preview};
pub use planning::{OrderRequest, Orderer, RequestedLine};
pub use store::Filter;

use self::rules::Order;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrderId};

/// The order of the account with its lines.
pub fn get(connection: &mut Connection, account_id: AccountId, id: OrderId) -> Result<Order> {
    store::find(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// Heads of orders of the account, the newest first, behind `after`.
pub fn list(
    connection: &mut Connection,
    account_id: AccountId,
    filter: &Filter,
    after: Option<OrderId>,
    limit: i64,
) -> Result<Vec<Order>> {
    store::list(connection, account_id, filter, after, limit)
}
