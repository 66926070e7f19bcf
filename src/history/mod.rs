//! What happened, read back: the feed of events, the timeline of an order, the audit record, the mails that went out.

pub mod api;
pub mod following;
pub mod routes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::{self, Happened};
use crate::ids::{AccountId, EventId, OrderId};

/// Everything that happened to an order of the account, to its shipments, its invoices and their payments: the newest
/// first, older than `before`.
pub fn timeline(
    connection: &mut Connection,
    account_id: AccountId,
    order_id: OrderId,
    before: Option<EventId>,
    limit: i64,
) -> Result<Vec<Happened>> {
    let subjects = store::list_subjects(connection, account_id, order_id)?;
    // The order itself is among them, if the account has it.
    if subjects.is_empty() {
        return Err(Error::NotFound);
    }
    events::list_about(connection, account_id, &subjects, before, limit)
}
