//! Calendars as they are kept.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::rules::{Calendars, Weekdays, WorkingCalendar};
use crate::db::{Connection, select, sets};
use crate::error::{Error, Result};
use crate::ids::{CalendarId, SiteId};
use crate::row;

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
    #[derive(Debug, Clone)]
    pub struct Kept from "calendars c LEFT JOIN warehouses w ON w.id = c.warehouse_id \
        LEFT JOIN sites s ON s.id = c.site_id LEFT JOIN accounts a ON a.id = s.account_id" {
        pub id: CalendarId = "c.id",
        pub code: String = "c.code",
        /// Code of the warehouse it is of.
        pub warehouse: Option<String> = "w.code",
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
