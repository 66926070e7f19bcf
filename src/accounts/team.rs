//! The team behind an account, and the accounts that one of the staff serves.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::rules::{Account, Site, Team};
use super::store;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, PersonId};

/// Everybody behind an account.
pub fn of_account(connection: &mut Connection, account_id: AccountId) -> Result<Team> {
    store::team::find(connection, account_id)
}

/// The day by which absences count: today in the supplier's zone.
pub fn today(connection: &mut Connection, now: Timestamp) -> Result<NaiveDate> {
    let supplier = store::find_supplier(connection)?;
    Ok(day_in(supplier.map_or(Tz::UTC, |supplier| supplier.time_zone), now))
}

/// An account as one of the staff sees it.
#[derive(Debug, Clone)]
pub struct Served {
    /// The account.
    pub account: Account,
    /// What they do for it, by position; nothing where they don't belong to its team.
    pub functions: Vec<String>,
}

/// Up to `rows_max` accounts by code behind `after`; `only_mine`: those whose team the person belongs to.
pub fn list_served(
    connection: &mut Connection,
    person_id: PersonId,
    only_mine: bool,
    after: &str,
    rows_max: i64,
) -> Result<Vec<Served>> {
    let accounts = store::list(connection, only_mine.then_some(person_id), after, rows_max)?;
    let ids: Vec<_> = accounts.iter().map(|account| account.id).collect();
    let mut functions = HashMap::<_, Vec<_>>::new();
    for (account_id, function) in store::team::list_functions(connection, person_id, &ids)? {
        functions.entry(account_id).or_default().push(function);
    }
    let served = accounts.into_iter().map(|account| Served {
        functions: functions.remove(&account.id).unwrap_or_default(),
        account,
    });
    Ok(served.collect())
}

/// Every site of an account, in file order.
pub fn all_sites(connection: &mut Connection, account_id: AccountId) -> Result<Vec<Site>> {
    store::list_sites(connection, account_id, None, i64::MAX)
}
