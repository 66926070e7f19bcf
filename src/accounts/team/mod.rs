//! The team behind an account.

pub mod api;
pub mod editing;
pub mod files;
pub mod pages;
pub mod rules;
pub(in crate::accounts) mod store;
pub mod supplier_api;
pub mod supplier_pages;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::accounts;
use crate::accounts::rules::Team;
use crate::accounts::sites::Site;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::AccountId;

/// Everybody behind an account.
pub fn of_account(connection: &mut Connection, account_id: AccountId) -> Result<Team> {
    store::find(connection, account_id)
}

/// The day by which absences count: today in the supplier's zone.
pub fn today(connection: &mut Connection, now: Timestamp) -> Result<NaiveDate> {
    let supplier = accounts::store::find_supplier(connection)?;
    Ok(day_in(supplier.map_or(Tz::UTC, |supplier| supplier.time_zone), now))
}

/// Every site of an account, in file order.
pub fn all_sites(connection: &mut Connection, account_id: AccountId) -> Result<Vec<Site>> {
    accounts::list_sites(connection, account_id, None, i64::MAX)
}
