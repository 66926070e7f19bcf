//! Price changes, their rows and their previews, and what these are made of.

use chrono::NaiveDate;
use serde::Serialize;

use super::rules::State;
use crate::binds;
use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::sets::{Kind, Table};
use crate::db::{Connection, Stored, insert, select, selection, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, PriceChangeId, PriceChangeRowId, PriceId, PriceListId, ProductId};
use crate::money::{Currency, UnitPrice};
use crate::names::states::{PreviewState, PriceChangeOutcome, PriceChangeWork};
use crate::quantity::Quantity;
use crate::row;

row! {
    /// A price change without its rows.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Change in price_changes {
        pub id: PriceChangeId,
        pub title: String,
        pub note: Option<String>,
        pub state: State,
        pub effective_on: NaiveDate,
        /// So many days before it buyers of lists kept for accounts are told; none: they are not.
        pub notice_days: Option<i32>,
        pub row_count: i32,
        /// As JSON.
        pub authors: String,
        pub created_at: Timestamp,
        pub created_by: String,
        pub submitted_at: Option<Timestamp>,
        pub submitted_by: Option<String>,
        pub decided_at: Option<Timestamp>,
        pub decided_by: Option<String>,
        pub decision_note: Option<String>,
        pub applied_at: Option<Timestamp>,
        pub rolled_back_at: Option<Timestamp>,
        pub rolled_back_by: Option<String>,
        pub work: Option<PriceChangeWork>,
        /// The last row that was worked on.
        pub work_at: i64,
        pub preview: Option<PreviewState>,
        pub preview_run: i64,
        /// The last account that was looked at.
        pub preview_at: i64,
        pub previewed_at: Option<Timestamp>,
        pub announced_at: Option<Timestamp>,
    }
}

row! {
    #[derive(Debug)]
    pub struct NewRow into price_change_rows {
        pub id: PriceChangeRowId,
        pub change_id: PriceChangeId,
        pub price_list_id: PriceListId,
        pub product_id: ProductId,
        pub unit: String,
        pub min_quantity: i64,
        pub price_micros: i64,
        pub price_base: i32,
    }
}

/// What no two rows of a price change share.
const ROW_KEY: [&str; 5] = ["change_id", "product_id", "price_list_id", "unit", "min_quantity"];

/// The row that holds on the day without the price change, of those with the key of `r`.
macro_rules! holding {
    ($column:literal) => {
        concat!(
            "(SELECT h.",
            $column,
            " FROM prices h WHERE h.product_id = r.product_id AND h.price_list_id = r.price_list_id AND h.unit = r.unit \
             AND h.min_quantity = r.min_quantity AND h.valid_from <= c.effective_on AND h.valid_to >= c.effective_on \
             ORDER BY h.valid_from DESC LIMIT 1)"
        )
    };
}

mod looking;

pub use self::looking::{
    AccountSum, Bought, Drafted, NamedSum, delete_sums, insert_sum, list_bought, list_broken, list_drafted, list_put,
    list_sums, next_account,
};

row! {
    /// A row with what it is about.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Row from "price_change_rows r JOIN price_changes c ON c.id = r.change_id \
        JOIN price_lists l ON l.id = r.price_list_id JOIN products p ON p.id = r.product_id" {
        pub id: PriceChangeRowId = "r.id",
        pub list_code: String = "l.code",
        pub currency: Currency = "l.currency",
        pub sku: String = "p.sku",
        pub name: String = "p.name",
        pub base_unit: String = "p.base_unit",
        pub unit: String = "r.unit",
        pub min_quantity: Quantity = "r.min_quantity, p.decimals",
        pub price: UnitPrice = "r.price_micros",
        pub price_base: i32 = "r.price_base",
        /// What holds on its day without it.
        pub was_micros: Option<i64> = concat!("CASE WHEN r.outcome IS NULL THEN ", holding!("price_micros"), " ELSE r.was_micros END"),
        pub was_base: Option<i32> = concat!("CASE WHEN r.outcome IS NULL THEN ", holding!("price_base"), " ELSE r.was_base END"),
        pub outcome: Option<PriceChangeOutcome> = "r.outcome",
    }
}

pub fn insert_change(tx: &mut Connection, change: &Change) -> Result<()> {
    insert(tx, std::slice::from_ref(change))
}

/// Stores a locked price change as it is now.
pub fn update(tx: &mut Connection, change: &Change) -> Result<()> {
    Change::TABLE.update(tx, std::slice::from_ref(change)).map(drop)
}

pub fn find(connection: &mut Connection, id: PriceChangeId) -> Result<Option<Change>> {
    select::<Change>("WHERE id = $1").bind(id).first(connection)
}

/// The same; nobody else changes it until the transaction ends.
pub fn lock(tx: &mut Connection, id: PriceChangeId) -> Result<Option<Change>> {
    select::<Change>("WHERE id = $1 {lock}").bind(id).first(tx)
}

/// At most `limit`, the newest first.
pub fn list(connection: &mut Connection, walk: Walk<PriceChangeId>, limit: i64) -> Result<Vec<Change>> {
    Seek::new(connection, &selection::<Change>())
        .part(["id"], Way::Down, "id", walk.map(|id| binds![id]), limit)?
        .rows(connection)
}

/// At most `limit` rows, in the order in which they came.
pub fn list_rows(
    connection: &mut Connection,
    id: PriceChangeId,
    walk: Walk<PriceChangeRowId>,
    limit: i64,
) -> Result<Vec<Row>> {
    let mut seek = Seek::new(connection, &selection::<Row>());
    seek.and("r.change_id = $1", binds![id]);
    seek.part(["r.id"], Way::Up, "r.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)
}

/// Stores rows in the places of those with their keys.
pub fn put_rows(tx: &mut Connection, rows: &[NewRow]) -> Result<()> {
    let upsert = NewRow::TABLE.upsert(&ROW_KEY, None, &["price_micros", "price_base"]);
    upsert.run(tx, &sets::json(rows)?).map(drop)
}

pub fn delete_rows(tx: &mut Connection, id: PriceChangeId) -> Result<()> {
    sql("DELETE FROM price_change_rows WHERE change_id = $1")
        .bind(id)
        .run(tx)
        .map(drop)
}

pub fn count_rows(connection: &mut Connection, id: PriceChangeId) -> Result<i64> {
    sql("SELECT COUNT(*) FROM price_change_rows WHERE change_id = $1")
        .bind(id)
        .one(connection)
}

row! {
    /// A price that a rule looks at.
    #[derive(Debug, Clone)]
    pub struct Ruled from "prices p JOIN products a ON a.id = p.product_id JOIN price_lists l ON l.id = p.price_list_id" {
        pub id: PriceId = "p.id",
        pub price_list_id: PriceListId = "p.price_list_id",
        pub list_code: String = "l.code",
        pub product_id: ProductId = "p.product_id",
        pub sku: String = "a.sku",
        pub unit: String = "p.unit",
        pub min_quantity: i64 = "p.min_quantity",
        pub price: UnitPrice = "p.price_micros",
        pub price_base: i32 = "p.price_base",
    }
}

/// The prices of these lists that hold on a day, of products of these categories, or of all; behind one, at most so many.
pub fn list_ruled(
    connection: &mut Connection,
    (list_ids, categories): (&[PriceListId], &[String]),
    on: NaiveDate,
    after: PriceId,
    limit: i64,
) -> Result<Vec<Ruled>> {
    select::<Ruled>(
        "WHERE p.price_list_id {in ids $1} AND (CAST($2 AS TEXT) IS NULL OR a.category {in texts $2}) AND p.valid_from <= $3 \
         AND p.valid_to >= $3 AND p.id > $4 AND NOT EXISTS (SELECT 1 FROM prices n WHERE n.product_id = p.product_id \
         AND n.price_list_id = p.price_list_id AND n.unit = p.unit AND n.min_quantity = p.min_quantity \
         AND n.valid_from > p.valid_from AND n.valid_from <= $3 AND n.valid_to >= $3) ORDER BY p.id LIMIT $5",
    )
    .bind(sets::json(list_ids)?)
    .bind((!categories.is_empty()).then(|| sets::json(categories)).transpose()?)
    .bind(on)
    .bind(after)
    .bind(limit)
    .rows(connection)
}

/// The first price change that the worker has something to do with.
pub fn find_working(connection: &mut Connection) -> Result<Option<PriceChangeId>> {
    sql("SELECT id FROM price_changes WHERE work IS NOT NULL ORDER BY id LIMIT 1").first(connection)
}

/// The first whose preview is to be worked out.
pub fn find_previewing(connection: &mut Connection) -> Result<Option<Change>> {
    select::<Change>("WHERE preview = 'running' ORDER BY id LIMIT 1").first(connection)
}

row! {
    /// A row that is put into its list.
    #[derive(Debug, Clone)]
    pub struct Applied from "price_change_rows r JOIN price_changes c ON c.id = r.change_id \
        JOIN price_lists l ON l.id = r.price_list_id JOIN products p ON p.id = r.product_id \
        LEFT JOIN prices e ON e.product_id = r.product_id AND e.price_list_id = r.price_list_id AND e.unit = r.unit \
        AND e.min_quantity = r.min_quantity AND e.valid_from = c.effective_on" {
        pub id: PriceChangeRowId = "r.id",
        pub price_list_id: PriceListId = "r.price_list_id",
        pub list_code: String = "l.code",
        pub account_id: Option<AccountId> = "l.account_id",
        pub product_id: ProductId = "r.product_id",
        pub sku: String = "p.sku",
        pub unit: String = "r.unit",
        pub min_quantity: Quantity = "r.min_quantity, p.decimals",
        pub price: UnitPrice = "r.price_micros",
        pub price_base: i32 = "r.price_base",
        /// What stands at its key already.
        pub there: Option<PriceId> = "e.id",
        pub was_micros: Option<i64> = holding!("price_micros"),
        pub was_base: Option<i32> = holding!("price_base"),
        pub until: Option<NaiveDate> = holding!("valid_to"),
        pub price_group: Option<String> = holding!("price_group"),
    }
}

/// Rows behind one, at most so many.
pub fn list_to_apply(tx: &mut Connection, id: PriceChangeId, after: i64, limit: i64) -> Result<Vec<Applied>> {
    select::<Applied>("WHERE r.change_id = $1 AND r.id > $2 ORDER BY r.id LIMIT $3")
        .bind(id)
        .bind(after)
        .bind(limit)
        .rows(tx)
}

row! {
    /// A row that is taken back, and what stands in the list now.
    #[derive(Debug, Clone)]
    pub struct Undone from "price_change_rows r JOIN price_changes c ON c.id = r.change_id \
        JOIN price_lists l ON l.id = r.price_list_id JOIN products p ON p.id = r.product_id LEFT JOIN prices e ON e.id = r.price_id" {
        pub id: PriceChangeRowId = "r.id",
        pub price_id: Option<PriceId> = "r.price_id",
        pub list_code: String = "l.code",
        pub account_id: Option<AccountId> = "l.account_id",
        pub sku: String = "p.sku",
        pub unit: String = "r.unit",
        pub min_quantity: Quantity = "r.min_quantity, p.decimals",
        pub price: UnitPrice = "r.price_micros",
        pub price_base: i32 = "r.price_base",
        pub undo_micros: Option<i64> = "r.undo_micros",
        pub undo_base: Option<i32> = "r.undo_base",
        /// True where the price is the one that the row put there.
        pub is_as_put: bool = "COALESCE(e.price_micros = r.price_micros AND e.price_base = r.price_base AND e.unit = r.unit \
            AND e.min_quantity = r.min_quantity AND e.valid_from = c.effective_on, false)",
        pub is_there: bool = "e.id IS NOT NULL",
    }
}

/// Rows that stand in their lists, behind one, at most so many.
pub fn list_to_undo(tx: &mut Connection, id: PriceChangeId, after: i64, limit: i64) -> Result<Vec<Undone>> {
    select::<Undone>("WHERE r.change_id = $1 AND r.price_id IS NOT NULL AND r.id > $2 ORDER BY r.id LIMIT $3")
        .bind(id)
        .bind(after)
        .bind(limit)
        .rows(tx)
}

/// A price as it is set again.
#[derive(Debug, Serialize)]
pub struct Reset {
    pub id: PriceId,
    pub price_micros: i64,
    pub price_base: i32,
}

static RESET: Table = Table::new(
    "prices",
    &[
        ("id", Kind::BigInt),
        ("price_micros", Kind::BigInt),
        ("price_base", Kind::Integer),
    ],
);

/// Sets prices of rows that are there.
pub fn reset_prices(tx: &mut Connection, rows: &[Reset]) -> Result<()> {
    RESET.update(tx, rows).map(drop)
}

pub fn delete_prices(tx: &mut Connection, ids: &[PriceId]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    sql("DELETE FROM prices WHERE id {in ids $1}")
        .bind(sets::json(ids)?)
        .run(tx)
        .map(drop)
}

row! {
    /// What became of a row that was put into its list.
    #[derive(Debug)]
    pub struct Done into price_change_rows {
        pub id: PriceChangeRowId,
        pub was_micros: Option<i64>,
        pub was_base: Option<i32>,
        pub price_id: Option<PriceId>,
        pub undo_micros: Option<i64>,
        pub undo_base: Option<i32>,
        pub outcome: Option<PriceChangeOutcome>,
    }
}

row! {
    /// What became of a row that was taken back.
    #[derive(Debug)]
    pub struct Taken into price_change_rows {
        pub id: PriceChangeRowId,
        pub outcome: Option<PriceChangeOutcome>,
    }
}

pub fn note_applied(tx: &mut Connection, rows: &[Done]) -> Result<()> {
    Done::TABLE.update(tx, rows).map(drop)
}

pub fn note_undone(tx: &mut Connection, rows: &[Taken]) -> Result<()> {
    Taken::TABLE.update(tx, rows).map(drop)
}

/// Rows of one list, at most so many.
pub fn list_rows_of(
    connection: &mut Connection,
    id: PriceChangeId,
    list_id: PriceListId,
    limit: i64,
) -> Result<Vec<Row>> {
    select::<Row>("WHERE r.change_id = $1 AND r.price_list_id = $2 ORDER BY p.sku, r.unit, r.min_quantity LIMIT $3")
        .bind(id)
        .bind(list_id)
        .bind(limit)
        .rows(connection)
}

/// Those in the lists that buyers are to be told of and were not yet.
pub fn list_untold(connection: &mut Connection) -> Result<Vec<Change>> {
    select::<Change>(
        "WHERE state = {price_change_state applied} AND notice_days IS NOT NULL AND announced_at IS NULL ORDER BY id",
    )
    .rows(connection)
}

/// Lists of accounts that it changes, with how many prices of each.
pub fn list_account_lists(
    connection: &mut Connection,
    id: PriceChangeId,
) -> Result<Vec<(AccountId, PriceListId, String, i64)>> {
    sql(
        "SELECT l.account_id, l.id, l.code, COUNT(*) FROM price_change_rows r JOIN price_lists l ON l.id = r.price_list_id \
         WHERE r.change_id = $1 AND l.account_id IS NOT NULL GROUP BY l.account_id, l.id, l.code ORDER BY l.id",
    )
    .bind(id)
    .rows(connection)
}
