//! What staff give of calendars: read from JSON or a form and, as cells of a row, checked as the import file is.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::calendars::rules::{Weekdays, cut_off_text};
use crate::calendars::{Calendar, files};
use crate::kept::{self, IntegerText};

/// The columns of a row.
pub(super) const COLUMNS: [&[&str]; 2] = [files::LAYOUT.required, files::LAYOUT.optional];

/// A calendar of a warehouse, of an account's site, or of the supplier where neither is named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateCalendar)]
pub struct NewCalendar {
    /// At most 64 characters; never changes.
    #[schema(example = "NORTH")]
    pub(super) calendar: String,
    /// Code of the warehouse that sends by it.
    pub(super) warehouse: Option<String>,
    /// Code of the account whose site takes goods by it.
    pub(super) account: Option<String>,
    /// Code of that site.
    pub(super) site: Option<String>,
    /// Days of the week on which it works: `mon-fri`, `mon tue wed`, `1-5` with Monday as 1, or a sign for each day, `1111100`.
    #[schema(example = "mon-fri")]
    pub(super) weekdays: String,
    /// Until when on a day, such as `14:30`: from then on today is over. In the supplier's time zone, of a site in its account's.
    #[schema(example = "14:30")]
    pub(super) cut_off: Option<String>,
    /// Working days on the way, at most 365.
    #[schema(value_type = Option<i64>)]
    pub(super) transit_days: Option<IntegerText>,
}

/// What to change of a calendar; what is left out stays, null empties. Whose it is stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeCalendar)]
pub struct CalendarChange {
    /// As in a new one.
    weekdays: Option<String>,
    #[serde(default, deserialize_with = "kept::text")]
    cut_off: Option<String>,
    #[serde(default, deserialize_with = "emptied")]
    #[schema(value_type = Option<i64>)]
    transit_days: Option<IntegerText>,
}

/// A number that null empties.
fn emptied<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<IntegerText>, D::Error> {
    let given: Option<IntegerText> = Option::deserialize(deserializer)?;
    Ok(Some(given.unwrap_or_else(|| IntegerText(String::new()))))
}

/// The days off of a calendar, all of them.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    /// Days on which it does not work though the weekday is one of its; each once.
    #[schema(max_items = 1000)]
    pub days: Vec<NaiveDate>,
}

impl From<&Calendar> for NewCalendar {
    fn from(calendar: &Calendar) -> Self {
        let kept = &calendar.kept;
        let weekdays = Weekdays::of_bits(kept.weekdays).map(Weekdays::names);
        Self {
            calendar: kept.code.clone(),
            warehouse: kept.warehouse.clone(),
            account: kept.account.clone(),
            site: kept.site.clone(),
            weekdays: weekdays.unwrap_or_default().join(" "),
            cut_off: kept.cut_off.map(cut_off_text),
            transit_days: kept.transit_days.map(|days| IntegerText(days.to_string())),
        }
    }
}
