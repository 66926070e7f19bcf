//! When goods arrive that lie in a warehouse or come into one.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::calendars;
use crate::calendars::rules::{Calendars, There};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::SiteId;
use crate::orders::allocation::rules::Waiting;

/// The calendars that matter, and the present.
#[derive(Debug, Clone)]
pub struct Delivery {
    calendars: Calendars,
    now: Timestamp,
}

impl Delivery {
    /// Without calendars every day works.
    pub fn every_day(zone: Tz, now: Timestamp) -> Self {
        Self {
            calendars: Calendars::none(zone),
            now,
        }
    }

    /// To these sites.
    pub fn to_sites(connection: &mut Connection, site_ids: &[SiteId], zone: Tz, now: Timestamp) -> Result<Self> {
        let calendars = calendars::load(connection, zone, site_ids)?;
        Ok(Self { calendars, now })
    }

    /// To the sites of these lines; asks only if there are any.
    pub fn load(connection: &mut Connection, waiting: &[Waiting], zone: Tz, now: Timestamp) -> Result<Self> {
        if waiting.is_empty() {
            return Ok(Self::every_day(zone, now));
        }
        let mut site_ids: Vec<_> = waiting.iter().filter_map(|line| line.site_id).collect();
        site_ids.sort_unstable();
        site_ids.dedup();
        Self::to_sites(connection, &site_ids, zone, now)
    }

    /// When goods arrive that lie in these warehouses: the last of them. Of none as of the supplier.
    pub fn stocked<'a>(
        &self,
        lead_time_days: i32,
        warehouses: impl IntoIterator<Item = &'a str>,
        site: Option<SiteId>,
    ) -> Option<NaiveDate> {
        let arrives = |code| self.calendars.arrives(There::Now(self.now), lead_time_days, code, site);
        let mut days = warehouses.into_iter().map(|code| arrives(Some(code))).peekable();
        match days.peek() {
            None => arrives(None),
            // One without a day has none.
            Some(_) => days.collect::<Option<Vec<_>>>()?.into_iter().max(),
        }
    }

    /// When goods arrive that come into a warehouse on a day.
    pub fn expected(
        &self,
        on: NaiveDate,
        lead_time_days: i32,
        warehouse: &str,
        site: Option<SiteId>,
    ) -> Option<NaiveDate> {
        self.calendars
            .arrives(There::On(on), lead_time_days, Some(warehouse), site)
    }
}
