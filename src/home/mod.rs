//! What shows several features together.

pub mod api;
mod store;
pub mod supplier_api;

use crate::db::Connection;
use crate::error::Result;
use crate::events::{self, Happened};
use crate::ids::{AccountId, EventId, OrderId};
use crate::orders;

/// Everything that happened to an order of the account, to its shipments, its invoices and their payments: the newest
/// first, older than `before`.
pub fn timeline(
    connection: &mut Connection,
    account_id: AccountId,
    order_id: OrderId,
    before: Option<EventId>,
    limit: i64,
) -> Result<Vec<Happened>> {
    orders::must_exist(connection, account_id, order_id)?;
    let subjects = store::list_subjects(connection, account_id, order_id)?;
    events::list_about(connection, account_id, &subjects, before, limit)
}
