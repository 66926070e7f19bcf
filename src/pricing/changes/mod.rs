//! Price changes: prices that are to hold from a day on. What they come to is looked at before; another person than their authors
//! approves them; they stand in the lists before their day and hold from it on; they are taken back to exactly what was.
//!
//! - [`ruling`]: rows by a rule, of prices that are there
//! - [`previewing`]: what it comes to, by what was bought in the last twelve months
//! - [`deciding`]: sent in, approved, rejected, rolled back
//! - [`announcing`], [`mails`]: buyers are told of prices to come
//! - [`applying`]: rows go into their lists and come out again, some at a time

pub mod announcing;
pub mod applying;
pub mod deciding;
pub mod mails;
pub mod previewing;
pub mod ruling;
pub mod rules;
pub mod sentences;
mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use self::rules::{NOTE_MAX, NOTICE_DAYS_MAX, ROWS_MAX, SENT_MAX, State, TITLE_MAX, must_be_ahead, must_be_open};
use self::store::NewRow;
pub use self::store::{AccountSum, Change, NamedSum, Row};
use super::files::price_lists::PriceLists;
use super::files::prices::{self, PriceRow};
use crate::accounts;
use crate::audit::{self, Actor, Entry};
use crate::catalogue::products::files::Products;
use crate::catalogue::units::files::Units;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{PriceChangeId, PriceChangeRowId};
use crate::kept::{self, DecimalText, IntegerText};
use crate::sheets::numbers::NumberStyle;
use crate::sheets::{Layout, Progress, Sheet};

/// Rows of a price change as a file, and as they are pasted.
pub const LAYOUT: Layout = Layout {
    file: "price_changes.csv",
    required: &["price_list", "sku", "unit", "min_quantity", "price"],
    optional: &["price_base"],
    decimals: &["price", "min_quantity"],
};
const COLUMNS: [&[&str]; 2] = [LAYOUT.required, LAYOUT.optional];
/// Faults of rows that are told at once.
const FAULTS_MAX: usize = 100;

/// What a price change is for and when it holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanPriceChange)]
pub struct Plan {
    /// 1 to 120 characters.
    #[schema(example = "Spring 2027")]
    pub title: String,
    /// Why; 500 characters at most.
    #[schema(max_length = 500)]
    pub note: Option<String>,
    /// First day of its prices; not before today.
    #[schema(value_type = String, format = Date)]
    pub effective_on: NaiveDate,
    /// So many days before it, buyers of accounts whose contract or list it changes get a mail; none, if left out. 0 to 365.
    #[schema(value_type = Option<i64>)]
    pub notice_days: Option<i64>,
}

/// A price that is to hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PriceChangeRowBody)]
pub struct SentRow {
    /// Code of the list.
    #[schema(example = "C-NORD")]
    price_list: String,
    sku: String,
    /// The product's base unit or one of its sale units.
    #[schema(example = "H87")]
    unit: String,
    /// In base units; 0 where it is left out.
    min_quantity: Option<DecimalText>,
    /// Above zero, at most six decimals.
    #[schema(example = "2.95")]
    price: DecimalText,
    /// 1, 10, 100 or 1000; 1 where it is left out.
    #[schema(value_type = Option<i64>)]
    price_base: Option<IntegerText>,
}

impl SentRow {
    fn cells(&self) -> Result<kept::Row> {
        let mut row = self.clone();
        if row.min_quantity.as_ref().is_none_or(|least| least.0.is_empty()) {
            row.min_quantity = Some(DecimalText("0".to_owned()));
        }
        kept::row(&row, &COLUMNS)
    }
}

impl Change {
    /// Everybody who made it, changed its rows or sent it in.
    pub fn everybody(&self) -> Vec<String> {
        serde_json::from_str(&self.authors).unwrap_or_default()
    }

    fn note_author(&mut self, actor: &Actor) -> Result<()> {
        let mut authors = self.everybody();
        let author = actor.to_string();
        if !authors.contains(&author) {
            authors.push(author);
            self.authors = serde_json::to_string(&authors).map_err(Error::internal)?;
        }
        Ok(())
    }
}

/// The supplier's day.
pub fn today(connection: &mut Connection, now: Timestamp) -> Result<NaiveDate> {
    Ok(day_in(accounts::supplier_zone(connection)?, now))
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    change: &Change,
    (action, details): (&'static str, serde_json::Value),
    now: Timestamp,
) -> Result<()> {
    let entry = Entry {
        action,
        account_id: None,
        object: change.id.to_string(),
        details,
    };
    audit::record(tx, actor, &entry, now)
}

/// A plan that can be kept, its texts without blanks around them.
fn checked(plan: &Plan, today: NaiveDate) -> Result<Plan> {
    let title = plan.title.trim();
    if title.is_empty() || title.chars().count() > TITLE_MAX {
        return Err(Error::invalid(
            "/title",
            Code::ValueInvalid,
            sentences::price_change_title(),
        ));
    }
    let note = plan.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > NOTE_MAX) {
        let detail = sentences::price_change_note(NOTE_MAX);
        return Err(Error::invalid("/note", Code::ValueInvalid, detail));
    }
    must_be_ahead(plan.effective_on, today)?;
    if plan
        .notice_days
        .is_some_and(|days| !(0..=NOTICE_DAYS_MAX).contains(&days))
    {
        let detail = sentences::price_change_notice(NOTICE_DAYS_MAX);
        return Err(Error::invalid("/notice_days", Code::ValueInvalid, detail));
    }
    Ok(Plan {
        title: title.to_owned(),
        note: note.map(str::to_owned),
        ..plan.clone()
    })
}

fn notice(plan: &Plan) -> Result<Option<i32>> {
    plan.notice_days.map(i32::try_from).transpose().map_err(Error::internal)
}

/// Makes a price change without rows.
pub fn create(tx: &mut Connection, plan: &Plan, actor: &Actor, now: Timestamp) -> Result<Change> {
    let plan = checked(plan, today(tx, now)?)?;
    let change = Change {
        id: PriceChangeId::new(),
        notice_days: notice(&plan)?,
        title: plan.title,
        note: plan.note,
        state: State::Draft,
        effective_on: plan.effective_on,
        row_count: 0,
        authors: serde_json::to_string(&[actor.to_string()]).map_err(Error::internal)?,
        created_at: now,
        created_by: actor.to_string(),
        submitted_at: None,
        submitted_by: None,
        decided_at: None,
        decided_by: None,
        decision_note: None,
        applied_at: None,
        rolled_back_at: None,
        rolled_back_by: None,
        work: None,
        work_at: 0,
        preview: None,
        preview_run: 0,
        preview_at: 0,
        previewed_at: None,
        announced_at: None,
    };
    store::insert_change(tx, &change)?;
    let details = json!({ "title": change.title, "effective_on": change.effective_on });
    record(tx, actor, &change, ("price_change.create", details), now)?;
    Ok(change)
}

/// The one with this id.
pub fn get(connection: &mut Connection, id: PriceChangeId) -> Result<Change> {
    store::find(connection, id)?.ok_or(Error::NotFound)
}

/// At most `limit`, the newest first.
pub fn list(connection: &mut Connection, walk: impl Into<Walk<PriceChangeId>>, limit: i64) -> Result<Vec<Change>> {
    store::list(connection, walk.into(), limit)
}

/// At most `limit` of its rows, in the order in which they came.
pub fn list_rows(
    connection: &mut Connection,
    id: PriceChangeId,
    walk: impl Into<Walk<PriceChangeRowId>>,
    limit: i64,
) -> Result<Vec<Row>> {
    store::list_rows(connection, id, walk.into(), limit)
}

fn lock(tx: &mut Connection, id: PriceChangeId) -> Result<Change> {
    store::lock(tx, id)?.ok_or(Error::NotFound)
}

/// Locks one whose rows and day can be changed.
fn lock_open(tx: &mut Connection, id: PriceChangeId) -> Result<Change> {
    let change = lock(tx, id)?;
    must_be_open(change.state, &change.title)?;
    Ok(change)
}

/// What was known of it is not so any more.
fn forget_preview(tx: &mut Connection, change: &mut Change) -> Result<()> {
    store::delete_sums(tx, change.id)?;
    change.preview = None;
    change.preview_run += 1;
    change.previewed_at = None;
    Ok(())
}

/// Changes what it is for and when it holds.
pub fn plan(tx: &mut Connection, id: PriceChangeId, plan: &Plan, actor: &Actor, now: Timestamp) -> Result<Change> {
    let plan = checked(plan, today(tx, now)?)?;
    let mut change = lock_open(tx, id)?;
    if change.effective_on != plan.effective_on {
        forget_preview(tx, &mut change)?;
    }
    change.notice_days = notice(&plan)?;
    change.title = plan.title;
    change.note = plan.note;
    change.effective_on = plan.effective_on;
    change.note_author(actor)?;
    store::update(tx, &change)?;
    let details =
        json!({ "title": change.title, "effective_on": change.effective_on, "notice_days": change.notice_days });
    record(tx, actor, &change, ("price_change.change", details), now)?;
    Ok(change)
}

/// What rows are checked against.
struct Facts {
    lists: PriceLists,
    products: Products,
    units: Units,
}

impl Facts {
    fn load(connection: &mut Connection, skus: &[&str]) -> Result<Self> {
        let products = Products::with_skus(connection, skus)?;
        Ok(Self {
            lists: PriceLists::load(connection)?,
            units: Units::of_products(connection, &products.ids())?,
            products,
        })
    }
}

/// Puts rows into it, in the places of those with the same list, product, unit and break.
fn put(tx: &mut Connection, id: PriceChangeId, rows: &[PriceRow], actor: &Actor, now: Timestamp) -> Result<Change> {
    let mut change = lock_open(tx, id)?;
    let row = |row: &PriceRow| NewRow {
        id: PriceChangeRowId::new(),
        change_id: id,
        price_list_id: row.price_list_id,
        product_id: row.product_id,
        unit: row.unit.to_string(),
        min_quantity: row.min_quantity,
        price_micros: row.price_micros,
        price_base: row.price_base,
    };
    // Of rows with the same key the last one counts: PostgreSQL refuses to write one row twice.
    let mut seen = HashSet::new();
    let mut rows: Vec<_> = rows.iter().rev().filter(|row| seen.insert(row.key())).collect();
    rows.reverse();
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    put_new(tx, &mut change, &rows, actor)?;
    let details = json!({ "title": change.title, "rows": rows.len() });
    record(tx, actor, &change, ("price_change.rows", details), now)?;
    Ok(change)
}

/// The same of rows that are checked.
fn put_new(tx: &mut Connection, change: &mut Change, rows: &[NewRow], actor: &Actor) -> Result<()> {
    store::put_rows(tx, rows)?;
    let count = store::count_rows(tx, change.id)?;
    if count > ROWS_MAX {
        let detail = sentences::price_change_too_many_rows(ROWS_MAX);
        return Err(Error::invalid("/rows", Code::TooManyLines, detail));
    }
    change.row_count = i32::try_from(count).map_err(Error::internal)?;
    change.note_author(actor)?;
    forget_preview(tx, change)?;
    store::update(tx, change)
}

/// Puts rows that REST sent or somebody typed. All of them, or none.
pub fn put_rows(
    tx: &mut Connection,
    id: PriceChangeId,
    sent: &[SentRow],
    actor: &Actor,
    now: Timestamp,
) -> Result<Change> {
    if sent.len() > SENT_MAX {
        let detail = sentences::price_change_too_many_rows(SENT_MAX);
        return Err(Error::invalid("/rows", Code::TooManyLines, detail));
    }
    let skus: Vec<_> = sent.iter().map(|row| row.sku.as_str()).collect();
    let facts = Facts::load(tx, &skus)?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for (place, row) in sent.iter().enumerate() {
        match prices::read(&row.cells()?, &facts.lists, &facts.products, &facts.units) {
            Ok(row) => rows.push(row),
            Err(found) => faults.extend(found.into_iter().map(|mut fault| {
                fault.pointer = format!("/rows/{place}{}", fault.pointer);
                fault
            })),
        }
        if faults.len() >= FAULTS_MAX {
            break;
        }
    }
    match faults.is_empty() {
        true => put(tx, id, &rows, actor, now),
        false => Err(Error::Invalid(faults)),
    }
}

/// Puts rows of a file, or of what was pasted: with a header, as in `prices.csv`. All of them, or none.
pub fn put_file(
    tx: &mut Connection,
    id: PriceChangeId,
    (text, numbers): (&[u8], Option<NumberStyle>),
    actor: &Actor,
    now: Timestamp,
) -> Result<Change> {
    let mut sheet = Sheet::open(&LAYOUT, text.to_vec(), numbers, &Progress::hidden());
    let cells = sheet.cells_of(&["sku"]);
    let skus: Vec<_> = cells
        .iter()
        .filter_map(|(_, cells)| cells.first().map(String::as_str))
        .collect();
    let facts = Facts::load(tx, &skus)?;
    let rows = prices::rows(&mut sheet, &facts.lists, &facts.products, &facts.units);
    let faults: Vec<_> = sheet.into_faults().into_iter().take(FAULTS_MAX).collect();
    if !faults.is_empty() {
        let fault = |fault: &crate::sheets::report::Fault| {
            let row = i64::try_from(fault.row).unwrap_or(i64::MAX);
            let detail = sentences::price_change_row(row, fault.remedy_outside_a_file());
            FieldError::new("/rows", fault.code, detail)
        };
        return Err(Error::Invalid(faults.iter().map(fault).collect()));
    }
    if rows.is_empty() {
        return Err(Error::invalid("/rows", Code::Required, sentences::price_change_empty()));
    }
    put(tx, id, &rows, actor, now)
}

/// Takes all rows out of it.
pub fn clear(tx: &mut Connection, id: PriceChangeId, actor: &Actor, now: Timestamp) -> Result<Change> {
    let mut change = lock_open(tx, id)?;
    store::delete_rows(tx, id)?;
    change.row_count = 0;
    change.note_author(actor)?;
    forget_preview(tx, &mut change)?;
    store::update(tx, &change)?;
    let details = json!({ "title": change.title, "rows": 0 });
    record(tx, actor, &change, ("price_change.rows", details), now)?;
    Ok(change)
}
