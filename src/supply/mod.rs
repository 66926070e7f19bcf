//! What is expected: goods on their way into a warehouse, of an order at a supplier, on a day. What is promised of them, `orders`
//! decides.

pub mod checks;
pub mod files;
pub mod inputs;
pub mod rules;
pub mod sentences;
pub mod store;

pub use store::{Coming, Expected, Filter, Place, add_received, delete, insert, list_coming, lock, lock_named, update};

use chrono::NaiveDate;

use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Error, Result};
use crate::ids::ExpectedReceiptId;

/// At most `limit` of what is expected, by day; `today` is the supplier's.
pub fn list(
    connection: &mut Connection,
    filter: &Filter,
    today: NaiveDate,
    walk: Walk<Place>,
    limit: i64,
) -> Result<Vec<Expected>> {
    store::list(connection, filter, today, walk, limit)
}

/// One expected receipt.
pub fn get(connection: &mut Connection, id: ExpectedReceiptId) -> Result<Expected> {
    store::find(connection, id)?.ok_or(Error::NotFound)
}
