//! Looking for invoices of an account.

use chrono::{NaiveDate, TimeDelta};

use super::rules::Invoice;
use super::rules::due::SOON_DAYS;
use super::store::{self, Search};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId};
use crate::ledger::open_items::{self, Sums};
use crate::money::Money;

/// Beyond this many nobody counts on: the list says "more than".
pub const COUNT_MAX: i64 = 10_000;

/// The last day on which something is due soon.
pub fn soon(today: NaiveDate) -> NaiveDate {
    today
        .checked_add_signed(TimeDelta::days(SOON_DAYS))
        .unwrap_or(NaiveDate::MAX)
}

/// At most `limit` invoices of the account that are sought, behind `after`.
pub fn find(
    connection: &mut Connection,
    account_id: AccountId,
    search: &Search,
    after: Option<(NaiveDate, InvoiceId)>,
    limit: i64,
) -> Result<Vec<Invoice>> {
    store::search(connection, account_id, search, after, limit)
}

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
