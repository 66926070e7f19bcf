//! Calendars as they are kept.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::rules::{Calendars, Weekdays, WorkingCalendar};
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, select, selection, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, CalendarId, SiteId};
use crate::{binds, row};

row! {
    struct CalendarRow from "calendars c LEFT JOIN warehouses w ON w.id = c.warehouse_id \
        LEFT JOIN sites s ON s.id = c.site_id LEFT JOIN accounts a ON a.id = s.account_id" {
        weekdays: i32 = "c.weekdays",
        cut_off: Option<i32> = "c.cut_off",
        transit_days: Option<i32> = "c.transit_days",
        warehouse: Option<String> = "w.code",
        site_id: Option<SiteId> = "c.site_id",
        time_zone: Option<String> = "a.time_zone",
        holidays: Option<String> = "(SELECT {json h.day} FROM holidays h WHERE h.calendar_id = c.id)",
    }
}

/// The calendars of the supplier, of its warehouses and of these sites; `zone` is the supplier's.
pub fn load(connection: &mut Connection, zone: Tz, site_ids: &[SiteId]) -> Result<Calendars> {
    let rows: Vec<CalendarRow> = select::<CalendarRow>("WHERE (c.site_id IS NULL OR c.site_id {in ids $1})")
        .bind(sets::json(site_ids)?)
        .rows(connection)?;
    let mut calendars = Calendars::none(zone);
    for row in rows {
        let own_zone = row.time_zone.as_deref().map(str::parse::<Tz>);
        let days = row.holidays.as_deref().map(serde_json::from_str::<BTreeSet<NaiveDate>>);
        let calendar = WorkingCalendar {
            weekdays: Weekdays::of_bits(row.weekdays).ok_or_else(|| Error::internal("a calendar without a day"))?,
            holidays: days.transpose().map_err(Error::internal)?.unwrap_or_default(),
            cut_off: row.cut_off,
            transit_days: row.transit_days,
            zone: own_zone.transpose().map_err(Error::internal)?.unwrap_or(zone),
        };
        match (row.warehouse, row.site_id) {
            (Some(code), _) => drop(calendars.of_warehouses.insert(code, calendar)),
            (None, Some(site_id)) => drop(calendars.of_sites.insert(site_id, calendar)),
            (None, None) => calendars.of_supplier = Some(calendar),
        }
    }
    Ok(calendars)
}

row! {
    /// A calendar as staff see it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Kept from "calendars c LEFT JOIN warehouses w ON w.id = c.warehouse_id \
        LEFT JOIN sites s ON s.id = c.site_id LEFT JOIN accounts a ON a.id = s.account_id" {
        pub id: CalendarId = "c.id",
        pub code: String = "c.code",
        /// Code of the warehouse it is of.
        pub warehouse: Option<String> = "w.code",
        pub account_id: Option<AccountId> = "s.account_id",
        /// Code of the account whose site it is of.
        pub account: Option<String> = "a.code",
        pub site: Option<String> = "s.code",
        pub weekdays: i32 = "c.weekdays",
        pub cut_off: Option<i32> = "c.cut_off",
        pub transit_days: Option<i32> = "c.transit_days",
        /// How many holidays it has.
        pub holidays: i64 = "(SELECT COUNT(*) FROM holidays h WHERE h.calendar_id = c.id)",
    }
}

/// At most `limit` calendars by code behind `after`; for staff.
pub fn list(connection: &mut Connection, after: &str, limit: i64) -> Result<Vec<Kept>> {
    select::<Kept>("WHERE c.code > $1 ORDER BY c.code LIMIT $2")
        .bind(after)
        .bind(limit)
        .rows(connection)
}

/// A calendar with its days off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    pub kept: Kept,
    /// In their order.
    pub holidays: Vec<NaiveDate>,
}

/// The weekdays' bits, the cut-off's minute, days on the way.
pub type Hours = (i32, Option<i32>, Option<i32>);

/// Whose calendars to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Filter {
    /// Code of a warehouse.
    pub warehouse: Option<String>,
    /// Code of an account: those of its sites.
    pub account: Option<String>,
}

/// At most `limit` calendars by id, with their days off; for staff.
pub fn list_whole(
    connection: &mut Connection,
    filter: &Filter,
    walk: Walk<CalendarId>,
    limit: i64,
) -> Result<Vec<Calendar>> {
    let mut seek = Seek::new(connection, &selection::<Kept>());
    seek.and_if("w.code = $1", filter.warehouse.clone());
    seek.and_if("a.code = $1", filter.account.clone());
    let found: Vec<Kept> = seek
        .part(["c.id"], Way::Up, "c.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    with_holidays(connection, found)
}

fn with_holidays(connection: &mut Connection, found: Vec<Kept>) -> Result<Vec<Calendar>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = found.iter().map(|kept| kept.id).collect();
    let rows: Vec<(CalendarId, NaiveDate)> =
        sql("SELECT calendar_id, day FROM holidays WHERE calendar_id {in ids $1} ORDER BY calendar_id, day")
            .bind(sets::json(&ids)?)
            .rows(connection)?;
    let whole = |kept: Kept| {
        let own = rows.iter().filter(|(id, _)| *id == kept.id);
        Calendar {
            holidays: own.map(|(_, day)| *day).collect(),
            kept,
        }
    };
    Ok(found.into_iter().map(whole).collect())
}

/// A calendar with its days off.
pub fn find(connection: &mut Connection, id: CalendarId) -> Result<Option<Calendar>> {
    let found: Vec<Kept> = select::<Kept>("WHERE c.id = $1").bind(id).rows(connection)?;
    Ok(with_holidays(connection, found)?.pop())
}

/// Locks a calendar until the transaction ends.
pub fn lock(tx: &mut Connection, id: CalendarId) -> Result<()> {
    let found: Option<i64> = sql("SELECT id FROM calendars WHERE id = $1 {lock}")
        .bind(id)
        .first(tx)?;
    match found {
        Some(_) => Ok(()),
        None => Err(Error::NotFound),
    }
}

/// When a calendar works.
pub fn update(tx: &mut Connection, id: CalendarId, (weekdays, cut_off, transit_days): Hours) -> Result<()> {
    sql("UPDATE calendars SET weekdays = $2, cut_off = $3, transit_days = $4 WHERE id = $1")
        .bind(id)
        .bind(i64::from(weekdays))
        .bind(cut_off.map(i64::from))
        .bind(transit_days.map(i64::from))
        .run(tx)
        .map(drop)
}

/// The days off of a calendar, all of them anew.
pub fn replace_holidays(tx: &mut Connection, id: CalendarId, days: &[NaiveDate]) -> Result<()> {
    let days = sets::json(&days.iter().map(|day| (id, *day)).collect::<Vec<_>>())?;
    sql("DELETE FROM holidays WHERE calendar_id = $1 AND day NOT IN \
         (SELECT d.day FROM {tuples $2: calendar bigint, day date} d)")
    .bind(id)
    .bind(days.as_str())
    .run(tx)?;
    sql("INSERT INTO holidays (calendar_id, day) SELECT d.calendar, d.day FROM {tuples $1: calendar bigint, day date} d \
         WHERE true ON CONFLICT (calendar_id, day) DO NOTHING")
    .bind(days)
    .run(tx)
    .map(drop)
}

/// Removes a calendar with its days off.
pub fn delete(tx: &mut Connection, id: CalendarId) -> Result<()> {
    sql("DELETE FROM holidays WHERE calendar_id = $1").bind(id).run(tx)?;
    sql("DELETE FROM calendars WHERE id = $1").bind(id).run(tx).map(drop)
}
