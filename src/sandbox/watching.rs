//! What programs send to a sandbox, and which failures they meet there.

use super::rules::{Failure, TIMES_MAX};
use super::sentences;
use super::store;
pub use super::store::{FailureRow, RequestRow};
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids;

/// Requests that are remembered.
const KEPT: i64 = 2_000;
/// Failures that may wait.
const WAITING_MAX: usize = 20;
/// What places an order.
pub const PLACES: (&str, &str) = ("POST", "/orders");

/// Writes a request down.
pub fn note(tx: &mut Connection, row: RequestRow) -> Result<()> {
    store::insert_request(tx, row)?;
    store::delete_old(tx, KEPT)
}

/// The failures that wait.
pub fn waiting(connection: &mut Connection) -> Result<Vec<FailureRow>> {
    store::list_failures(connection)
}

/// Has the next requests, or the next orders, meet a failure; no failure and they meet none any more.
pub fn arm(tx: &mut Connection, failure: Failure, times: i64, is_of_orders: bool) -> Result<()> {
    let is_full = store::list_failures(tx)?.len() >= WAITING_MAX;
    if !(1..=TIMES_MAX).contains(&times) || is_full {
        let detail = sentences::sandbox_times(TIMES_MAX);
        return Err(Error::invalid("/times", Code::ValueInvalid, detail));
    }
    let id = ids::next();
    store::insert_failure(
        tx,
        FailureRow {
            id,
            failure,
            times,
            is_of_orders,
        },
    )
}

/// Has nothing fail any more.
pub fn disarm(tx: &mut Connection) -> Result<()> {
    store::clear_failures(tx)
}

/// True where a request would meet one of these.
pub fn is_met(waiting: &[FailureRow], method: &str, path: &str) -> bool {
    waiting.iter().any(|row| fits(row, method, path))
}

fn fits(row: &FailureRow, method: &str, path: &str) -> bool {
    let is_own = path.starts_with("/sandbox");
    !is_own && (!row.is_of_orders || (method, path) == PLACES)
}

/// The failure that this request meets; it is used up by that.
pub fn take(tx: &mut Connection, method: &str, path: &str) -> Result<Option<Failure>> {
    for row in store::list_failures(tx)? {
        if fits(&row, method, path) && store::take_failure(tx, row.id)? {
            return Ok(Some(row.failure));
        }
    }
    Ok(None)
}
