//! Calendars as staff keep them one by one. Whatever changes marks what is promised of expected goods: a worker makes it again
//! within a second or two and tells whoever's promise became another.

pub mod inputs;
pub mod supplier_api;
pub mod supplier_pages;

use chrono::NaiveDate;

use self::inputs::{COLUMNS, CalendarChange, NewCalendar};
use super::promising::mark_all;
use crate::accounts::files::accounts::Accounts;
use crate::accounts::sites;
use crate::audit::{self, Actor, Entry};
use crate::calendars::files::{self, Beside, Checked};
use crate::calendars::{self, Calendar, sentences};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids::CalendarId;
use crate::inventory;
use crate::kept;
use crate::version::Expected;

/// Most days off of a calendar: some decades of them.
pub const HOLIDAYS_MAX: usize = 1_000;

/// What the record keeps of a calendar, and what its version is of.
#[derive(serde::Serialize)]
struct Facts<'a> {
    #[serde(flatten)]
    kept: NewCalendar,
    holidays: &'a [NaiveDate],
}

impl<'a> From<&'a Calendar> for Facts<'a> {
    fn from(calendar: &'a Calendar) -> Self {
        Self {
            kept: calendar.into(),
            holidays: &calendar.holidays,
        }
    }
}

/// The version of a calendar.
pub fn version(calendar: &Calendar) -> i64 {
    kept::version(&Facts::from(calendar))
}

/// A calendar with its days off.
pub fn get(connection: &mut Connection, id: CalendarId) -> Result<Calendar> {
    calendars::find(connection, id)?.ok_or(Error::NotFound)
}

/// Checks what somebody gives as a row of the import file is checked.
fn checked(tx: &mut Connection, cells: &kept::Row) -> Result<Checked> {
    let accounts = Accounts::load(tx)?;
    let known_sites = sites::files::load(tx)?;
    let warehouses = inventory::files::load_warehouses(tx)?;
    let stored = files::load(tx)?;
    let beside = Beside {
        accounts: &accounts,
        sites: &known_sites,
        warehouses: &warehouses,
    };
    files::check_one(cells, &beside, &stored).map_err(Error::Invalid)
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    (before, after): (Option<&Calendar>, Option<&Calendar>),
    now: Timestamp,
) -> Result<()> {
    let Some(calendar) = after.or(before) else {
        return Ok(());
    };
    let (before, after) = (before.map(Facts::from), after.map(Facts::from));
    let object = calendar.kept.id.to_string();
    let entry = Entry::kept(
        action,
        calendar.kept.account_id,
        object,
        before.as_ref(),
        after.as_ref(),
    );
    audit::record(tx, actor, &entry, now)?;
    mark_all(tx)
}

/// Locks a calendar in the version that somebody has seen.
fn lock(tx: &mut Connection, id: CalendarId, expected: &Expected) -> Result<Calendar> {
    calendars::lock(tx, id)?;
    let before = get(tx, id)?;
    expected.check(version(&before))?;
    Ok(before)
}

/// Adds a calendar: one of a warehouse, of a site, and of the supplier.
pub fn add(tx: &mut Connection, new: &NewCalendar, actor: &Actor, now: Timestamp) -> Result<Calendar> {
    let row = checked(tx, &kept::row(new, &COLUMNS)?)?;
    let id = row.id();
    if row.is_stored() || !files::insert_one(tx, &row)? {
        let detail = sentences::calendar_exists(new.calendar.trim());
        return Err(Error::invalid("/calendar", Code::DuplicateKey, detail));
    }
    let after = get(tx, id)?;
    record(tx, actor, "calendar.add", (None, Some(&after)), now)?;
    Ok(after)
}

/// Changes when a calendar works.
pub fn change(
    tx: &mut Connection,
    id: CalendarId,
    expected: &Expected,
    change: &CalendarChange,
    actor: &Actor,
    now: Timestamp,
) -> Result<Calendar> {
    let before = lock(tx, id, expected)?;
    let cells = kept::overlaid(&NewCalendar::from(&before), change, &COLUMNS)?;
    let row = checked(tx, &cells)?;
    calendars::update(tx, id, row.hours())?;
    let after = get(tx, id)?;
    if after != before {
        record(tx, actor, "calendar.change", (Some(&before), Some(&after)), now)?;
    }
    Ok(after)
}

/// Says all days off of a calendar anew.
pub fn set_holidays(
    tx: &mut Connection,
    id: CalendarId,
    expected: &Expected,
    days: &[NaiveDate],
    actor: &Actor,
    now: Timestamp,
) -> Result<Calendar> {
    let before = lock(tx, id, expected)?;
    if days.len() > HOLIDAYS_MAX {
        let detail = sentences::too_many_holidays(days.len(), HOLIDAYS_MAX);
        return Err(Error::invalid("/days", Code::ValueInvalid, detail));
    }
    let mut days = days.to_vec();
    days.sort_unstable();
    days.dedup();
    calendars::replace_holidays(tx, id, &days)?;
    let after = get(tx, id)?;
    if after != before {
        record(tx, actor, "calendar.set_holidays", (Some(&before), Some(&after)), now)?;
    }
    Ok(after)
}

/// Removes a calendar with its days off: whatever it was of works by the supplier's, or every day.
pub fn remove(tx: &mut Connection, id: CalendarId, expected: &Expected, actor: &Actor, now: Timestamp) -> Result<()> {
    let before = lock(tx, id, expected)?;
    calendars::delete(tx, id)?;
    record(tx, actor, "calendar.remove", (Some(&before), None), now)
}
