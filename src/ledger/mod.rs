//! What an account has committed and owes; credit is decided here.

pub mod checks;
pub mod rules;
pub mod store;

use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::Result;
use crate::ids::{AccountId, OrderId};

/// What counts against the account's credit limit, minor units: the gross of its orders from placed to delivered that
/// is not invoiced yet.
pub fn exposure(connection: &mut Connection, account_id: AccountId) -> Result<i64> {
    Ok(store::find_balance(connection, account_id)?.unwrap_or(0))
}

/// [`exposure`], locked until the transaction ends.
pub fn lock_exposure(tx: &mut Connection, account_id: AccountId) -> Result<i64> {
    store::lock_balance(tx, account_id)
}

/// An order was placed: its gross is committed. The account's exposure is locked already.
pub fn commit(batch: &mut Batch, account_id: AccountId, order_id: OrderId, minor: i64, now: Timestamp) {
    let entry = store::Entry {
        account_id,
        kind: "order_committed",
        committed_minor: minor,
        order_id,
    };
    store::post(batch, entry, now);
}

/// A placed order was cancelled: its gross is free again. The account's exposure is locked already.
pub fn release(batch: &mut Batch, account_id: AccountId, order_id: OrderId, minor: i64, now: Timestamp) {
    let entry = store::Entry {
        account_id,
        kind: "order_released",
        committed_minor: -minor,
        order_id,
    };
    store::post(batch, entry, now);
}
