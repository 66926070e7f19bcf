//! Calendars: on which days the supplier and its warehouses send, until when on a day, how long goods are on the way and on which
//! days a site takes them.

pub mod files;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod store;
pub mod supplier_pages;

use chrono_tz::Tz;

use self::rules::{Calendars, Weekdays};
pub use self::store::{Calendar, Filter, Kept, delete, find, list, list_whole, lock, replace_holidays, update};
use crate::accounts::windows;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::SiteId;

/// The calendars of the supplier, of its warehouses and of these sites, and the weekdays on which these take goods in; `zone` is the
/// supplier's.
pub fn load(connection: &mut Connection, zone: Tz, site_ids: &[SiteId]) -> Result<Calendars> {
    let mut calendars = store::load(connection, zone, site_ids)?;
    for (site_id, windows) in windows::list_of_sites(connection, site_ids)? {
        if let Some(weekdays) = Weekdays::of_numbers(windows.iter().map(|window| window.weekday)) {
            calendars.take_in_on(site_id, weekdays);
        }
    }
    Ok(calendars)
}
