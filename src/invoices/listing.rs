//! Looking for invoices of an account.

use chrono::NaiveDate;

use super::rules::Invoice;
use super::rules::due::soon;
use super::store;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::AccountId;
use crate::ledger::open_items::{self, Sums};
use crate::money::Money;

/// Beyond this many nobody counts on: the list says "more than".
pub const COUNT_MAX: i64 = 10_000;

/// What is open of the account today, and how many invoices it has in all (at most one more than [`COUNT_MAX`]).
pub fn sums(connection: &mut Connection, account_id: AccountId, today: NaiveDate) -> Result<(Sums, i64)> {
    let sums = open_items::sums(connection, account_id, today, soon(today))?;
    Ok((sums, store::count(connection, account_id, COUNT_MAX)?))
}

/// The payments that settled an invoice of the account: when, what the payer wrote, how much.
pub fn settlements(
    connection: &mut Connection,
    account_id: AccountId,
    invoice: &Invoice,
) -> Result<Vec<(NaiveDate, Option<String>, Money)>> {
    store::list_settlements(connection, account_id, invoice)
}
