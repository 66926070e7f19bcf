//! The team behind an account.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::rules::{Site, Team};
use super::store;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::AccountId;

/// Everybody behind an account.
pub fn of_account(connection: &mut Connection, account_id: AccountId) -> Result<Team> {
    store::team::find(connection, account_id)
}

/// The day by which absences count: today in the supplier's zone.
pub fn today(connection: &mut Connection, now: Timestamp) -> Result<NaiveDate> {
    let supplier = store::find_supplier(connection)?;
    Ok(day_in(supplier.map_or(Tz::UTC, |supplier| supplier.time_zone), now))
}

/// Every site of an account, in file order.
pub fn all_sites(connection: &mut Connection, account_id: AccountId) -> Result<Vec<Site>> {
    store::list_sites(connection, account_id, None, i64::MAX)
}
