//! `calendars.csv`: a calendar of the supplier, of a warehouse or of an account's site; `holidays.csv`: its days off.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::rules::{TRANSIT_DAYS_MAX, Weekdays, parse_cut_off};
use super::sentences;
use crate::accounts::files::accounts::Accounts;
use crate::accounts::sites::files::Sites;
use crate::db::{Connection, Database, sets, sql};
use crate::error::{Code, FieldError, Result};
use crate::ids::{AccountId, CalendarId};
use crate::kept;
use crate::keys::Keyed;
use crate::limits;
use crate::sheets::plan::{self, CHUNK_ROWS, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file of calendars.
pub const LAYOUT: Layout = Layout {
    file: "calendars.csv",
    required: &["calendar", "weekdays"],
    optional: &["account", "site", "warehouse", "supplier", "cut_off", "transit_days"],
    decimals: &[],
};

/// The file of their days off.
pub const HOLIDAYS: Layout = Layout {
    file: "holidays.csv",
    required: &["calendar", "day"],
    optional: &[],
    decimals: &[],
};

/// What becomes of promises once calendars are others, in the same transaction.
pub type Changed = fn(&mut Connection) -> Result<()>;

/// Whose a calendar is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Whose {
    Supplier,
    Warehouse(String),
    Site(AccountId, String),
}

/// A calendar as it is stored or in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    code: String,
    whose: Whose,
    weekdays: i32,
    cut_off: Option<i32>,
    transit_days: Option<i32>,
}

/// Stored calendars by code, then those of the file too.
pub type Calendars = Keyed<Known>;

/// All stored calendars.
pub fn load(connection: &mut Connection) -> Result<Calendars> {
    type Stored = (
        String,
        Option<String>,
        Option<AccountId>,
        Option<String>,
        i32,
        Option<i32>,
        Option<i32>,
    );
    let rows: Vec<Stored> = sql(
        "SELECT c.code, w.code, s.account_id, s.code, c.weekdays, c.cut_off, c.transit_days FROM calendars c \
         LEFT JOIN warehouses w ON w.id = c.warehouse_id LEFT JOIN sites s ON s.id = c.site_id",
    )
    .rows(connection)?;
    let known = |(code, warehouse, account_id, site, weekdays, cut_off, transit_days): Stored| {
        let whose = match (warehouse, account_id.zip(site)) {
            (Some(warehouse), _) => Whose::Warehouse(warehouse),
            (None, Some((account_id, site))) => Whose::Site(account_id, site),
            (None, None) => Whose::Supplier,
        };
        let known = Known {
            code: code.clone(),
            whose,
            weekdays,
            cut_off,
            transit_days,
        };
        (code, known)
    };
    Ok(rows.into_iter().map(known).collect())
}

#[derive(Debug, Clone, Serialize)]
struct CalendarRow {
    id: CalendarId,
    code: String,
    code_key: String,
    warehouse: Option<String>,
    account_id: Option<AccountId>,
    site: Option<String>,
    weekdays: i32,
    cut_off: Option<i32>,
    transit_days: Option<i32>,
}

impl Row for CalendarRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    /// Whether an order is right does not depend on when it arrives.
    fn concerns(&self, _: &Scope) -> bool {
        false
    }
}

/// What rows of the file are checked against.
pub struct Beside<'a> {
    pub accounts: &'a Accounts,
    pub sites: &'a Sites,
    pub warehouses: &'a Keyed<()>,
}

/// Checks the file of calendars; `calendars` gets its good rows.
pub fn check(
    mut sheet: Sheet,
    beside: &Beside<'_>,
    calendars: &mut Calendars,
    changed: Changed,
) -> Result<plan::Checked> {
    let stored = calendars
        .values()
        .map(|known| (known.whose.clone(), known.code.clone()));
    let mut owners: HashMap<Whose, String> = stored.collect();
    let mut keys = Keys::new();
    let rows = sheet.rows(|cells| read(cells, beside, calendars, &mut owners, &mut keys));
    let mut checked = plan::Checked::new(sheet);
    let mut work = Vec::new();
    for (row, known) in rows {
        match calendars.get(&row.code) {
            None => checked.report.new += 1,
            Some((_, stored)) if *stored == known => {
                checked.report.unchanged += 1;
                continue;
            }
            Some(_) => checked.report.changed += 1,
        }
        calendars.insert(&row.code, known);
        work.push(row);
    }
    checked.add_work(work, move |tx, chunk| {
        sql(
            "INSERT INTO calendars (id, code, code_key, warehouse_id, site_id, weekdays, cut_off, transit_days) \
             SELECT r.id, r.code, r.code_key, w.id, s.id, r.weekdays, r.cut_off, r.transit_days FROM {rows $1: id bigint, \
             code text, code_key text, warehouse text, account_id bigint, site text, weekdays integer, cut_off integer, \
             transit_days integer} r LEFT JOIN warehouses w ON w.code = r.warehouse LEFT JOIN sites s \
             ON s.account_id = r.account_id AND s.code = r.site WHERE true ON CONFLICT (code) DO UPDATE SET \
             warehouse_id = excluded.warehouse_id, site_id = excluded.site_id, weekdays = excluded.weekdays, \
             cut_off = excluded.cut_off, transit_days = excluded.transit_days",
        )
        .bind(chunk.json.as_str())
        .run(tx)?;
        changed(tx)?;
        Ok(Vec::new())
    });
    Ok(checked)
}

/// A calendar that staff add or change, checked as a row of the file.
#[derive(Debug)]
pub struct Checked {
    row: CalendarRow,
    is_stored: bool,
}

impl Checked {
    /// The id that a new one gets.
    pub fn id(&self) -> CalendarId {
        self.row.id
    }

    /// True where there is one with its code.
    pub fn is_stored(&self) -> bool {
        self.is_stored
    }

    /// When it works.
    pub fn hours(&self) -> super::store::Hours {
        (self.row.weekdays, self.row.cut_off, self.row.transit_days)
    }
}

/// Checks one calendar as a row of the file.
pub fn check_one(values: &kept::Row, beside: &Beside<'_>, stored: &Calendars) -> Result<Checked, Vec<FieldError>> {
    let of_stored = stored.values().map(|known| (known.whose.clone(), known.code.clone()));
    let mut owners: HashMap<Whose, String> = of_stored.collect();
    let mut keys = Keys::new();
    let (row, _) = check_row(&LAYOUT, values, |cells| {
        read(cells, beside, stored, &mut owners, &mut keys)
    })?;
    let is_stored = stored.get(&row.code).is_some();
    Ok(Checked { row, is_stored })
}

/// Stores a new one; false where somebody was faster with its code, or with another one of the same.
pub fn insert_one(tx: &mut Connection, checked: &Checked) -> Result<bool> {
    let stored = sql(
        "INSERT INTO calendars (id, code, code_key, warehouse_id, site_id, weekdays, cut_off, transit_days) \
         SELECT r.id, r.code, r.code_key, w.id, s.id, r.weekdays, r.cut_off, r.transit_days FROM {rows $1: id bigint, \
         code text, code_key text, warehouse text, account_id bigint, site text, weekdays integer, cut_off integer, \
         transit_days integer} r LEFT JOIN warehouses w ON w.code = r.warehouse LEFT JOIN sites s \
         ON s.account_id = r.account_id AND s.code = r.site WHERE true ON CONFLICT DO NOTHING",
    )
    .bind(sets::json(&[&checked.row])?)
    .run(tx)?;
    Ok(stored > 0)
}

fn read(
    cells: &mut Cells<'_>,
    beside: &Beside<'_>,
    calendars: &Calendars,
    owners: &mut HashMap<Whose, String>,
    keys: &mut Keys<String>,
) -> Option<(CalendarRow, Known)> {
    let code = cells.code("calendar", limits::CODE);
    let code_key = code.and_then(|code| cells.unlike("calendar", code, calendars));
    let weekdays = cells.parsed(
        "weekdays",
        Code::ValueInvalid,
        sentences::give_weekdays(),
        Weekdays::parse,
    );
    let cut_off = cells.optional_parsed("cut_off", Code::ValueInvalid, sentences::give_cut_off(), parse_cut_off);
    let transit_days = match cells.given("transit_days") {
        None => Some(None),
        Some(_) => cells.integer("transit_days", 0..=TRANSIT_DAYS_MAX).map(Some),
    };
    let whose = whose(cells, beside);
    let (code, code_key, whose) = (code?, code_key?, whose?);
    keys.note(cells, "calendar", code.to_owned())?;
    if let Some(other) = owners.get(&whose).filter(|other| other.as_str() != code) {
        return cells.refuse("calendar", Code::DuplicateKey, sentences::calendar_has_another(other));
    }
    owners.insert(whose.clone(), code.to_owned());
    let stored = calendars.get(code).map(|(_, stored)| stored);
    let transit_days = transit_days?.and_then(|days| i32::try_from(days).ok());
    let known = Known {
        code: code.to_owned(),
        weekdays: weekdays?.bits(),
        cut_off: match cells.has("cut_off") {
            true => cut_off?,
            false => stored.and_then(|stored| stored.cut_off),
        },
        transit_days: match cells.has("transit_days") {
            true => transit_days,
            false => stored.and_then(|stored| stored.transit_days),
        },
        whose,
    };
    let (warehouse, account_id, site) = match &known.whose {
        Whose::Supplier => (None, None, None),
        Whose::Warehouse(code) => (Some(code.clone()), None, None),
        Whose::Site(account_id, code) => (None, Some(*account_id), Some(code.clone())),
    };
    let row = CalendarRow {
        id: CalendarId::new(),
        code: code.to_owned(),
        code_key,
        warehouse,
        account_id,
        site,
        weekdays: known.weekdays,
        cut_off: known.cut_off,
        transit_days: known.transit_days,
    };
    Some((row, known))
}

/// Whose the calendar of a row is: of a site, of a warehouse, else the supplier's.
fn whose(cells: &mut Cells<'_>, beside: &Beside<'_>) -> Option<Whose> {
    let account = beside.accounts.optionally_named(cells, "account");
    let is_suppliers = cells.flag("supplier");
    let (site, warehouse) = (cells.given("site"), cells.given("warehouse"));
    let named = usize::from(site.is_some()) + usize::from(warehouse.is_some()) + usize::from(is_suppliers?);
    if named > 1 {
        return cells.refuse("calendar", Code::ValueInvalid, sentences::calendar_of_one());
    }
    let account = account?;
    match (site, warehouse) {
        (Some(site), _) => {
            let account_id = match account {
                Some(account) => account.id,
                None => only_account_with(beside.sites, site)
                    .or_else(|| cells.refuse("account", Code::Required, sentences::calendar_site_needs_account()))?,
            };
            match beside.sites.get(&account_id).is_some_and(|codes| codes.contains(site)) {
                true => Some(Whose::Site(account_id, site.to_owned())),
                false => cells.refuse(
                    "site",
                    Code::UnknownSite,
                    sentences::calendar_site_unknown(cells.raw("account")),
                ),
            }
        }
        (None, Some(_)) => {
            let unknown = (Code::UnknownWarehouse, sentences::calendar_warehouse_unknown());
            let (code, ()) = cells.named("warehouse", beside.warehouses, unknown)?;
            Some(Whose::Warehouse(code.to_string()))
        }
        (None, None) if account.is_some() => {
            let detail = sentences::calendar_of_whom(cells.raw("account"));
            cells.refuse("site", Code::Required, detail)
        }
        (None, None) => Some(Whose::Supplier),
    }
}

/// The account that alone has a site with this code.
fn only_account_with(sites: &Sites, code: &str) -> Option<AccountId> {
    let mut having = sites
        .iter()
        .filter(|(_, codes)| codes.contains(code))
        .map(|(id, _)| *id);
    let first = having.next()?;
    having.next().is_none().then_some(first)
}

#[derive(Debug, Clone, Serialize)]
struct HolidayRow {
    line: i64,
    calendar: String,
    day: NaiveDate,
}

impl Row for HolidayRow {
    fn id(&self) -> i64 {
        self.line
    }

    fn concerns(&self, _: &Scope) -> bool {
        false
    }
}

/// Checks the file of days off; `calendars` are the stored ones and those of the folder.
pub fn check_holidays(
    db: &Database,
    mut sheet: Sheet,
    calendars: &Calendars,
    changed: Changed,
) -> Result<plan::Checked> {
    let mut keys = Keys::new();
    let mut rows = sheet.rows(|cells| {
        let unknown = (Code::UnknownCalendar, sentences::calendar_unknown());
        let calendar = cells
            .named("calendar", calendars, unknown)
            .map(|(code, _)| code.to_string());
        let day = cells.required("day").and_then(|_| cells.optional_day("day").flatten());
        let (calendar, day) = (calendar?, day?);
        keys.note(cells, "day", (calendar.clone(), day))?;
        let line = i64::try_from(cells.line()).unwrap_or(i64::MAX);
        Some(HolidayRow { line, calendar, day })
    });
    let mut checked = plan::Checked::new(sheet);
    let mut new = Vec::new();
    for rows in rows.chunks_mut(CHUNK_ROWS) {
        let json = sets::json(rows)?;
        let known: Vec<(String, NaiveDate)> = db.read_now(|connection| {
            sql("SELECT c.code, h.day FROM {rows $1: calendar text, day date} r {cross} calendars c ON c.code = r.calendar \
                 {cross} holidays h ON h.calendar_id = c.id AND h.day = r.day")
            .bind(json.as_str())
            .rows(connection)
        })?;
        let known: HashSet<_> = known.into_iter().collect();
        for row in rows {
            match known.contains(&(row.calendar.clone(), row.day)) {
                true => checked.report.unchanged += 1,
                false => {
                    checked.report.new += 1;
                    new.push(row.clone());
                }
            }
        }
    }
    checked.add_work(new, move |tx, chunk| {
        sql(
            "INSERT INTO holidays (calendar_id, day) SELECT c.id, r.day FROM {rows $1: calendar text, day date} r \
             {cross} calendars c ON c.code = r.calendar WHERE true ON CONFLICT (calendar_id, day) DO NOTHING",
        )
        .bind(chunk.json.as_str())
        .run(tx)?;
        changed(tx)?;
        Ok(Vec::new())
    });
    Ok(checked)
}
