//! Price lists and their rows as staff see and change them, whoever they are for.

use chrono::NaiveDate;

use super::validity;
use crate::accounts::rules::Tier;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, composed, patterns, select, selection, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, PriceId, PriceListId, ProductId};
use crate::money::{Currency, UnitPrice};
use crate::pricing::rules::keeping::{KeptList, KeptPrice, Owner};
use crate::pricing::rules::{Level, Method, Scale};
use crate::quantity::Quantity;
use crate::{binds, row};

/// Which lists to show.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct ListFilter {
    /// Part of the code or the name.
    pub text: Option<String>,
    /// Only lists of this kind.
    pub kind: Option<String>,
    /// Only those kept for the account with this code.
    pub account: Option<String>,
}

row! {
    struct ListRow from "price_lists l LEFT JOIN accounts a ON a.id = l.account_id LEFT JOIN contracts c ON c.id = l.contract_id" {
        id: PriceListId = "l.id",
        code: String = "l.code",
        name: String = "l.name",
        currency: String = "l.currency",
        kind: Level = "l.kind",
        account_id: Option<AccountId> = "l.account_id",
        account_code: Option<String> = "a.code",
        account_name: Option<String> = "a.name",
        tier: Option<Tier> = "l.tier",
        rank: i32 = "l.rank",
        valid_from: NaiveDate = "l.valid_from",
        valid_to: NaiveDate = "l.valid_to",
        contract: Option<String> = "c.code",
        site: Option<String> = "l.site",
        scale: Scale = "l.scale",
        method: Method = "l.method",
        prices: i64 = "(SELECT COUNT(*) FROM prices r WHERE r.price_list_id = l.id)",
    }
}

fn currency(code: &str, of: &str) -> Result<Currency> {
    Currency::from_code(code).ok_or_else(|| Error::internal(format!("price list {of}: currency {code}")))
}

fn kept_list(row: ListRow) -> Result<KeptList> {
    let owner = Owner::of(row.account_id, row.account_code, row.account_name);
    Ok(KeptList {
        id: row.id,
        currency: currency(&row.currency, &row.code)?,
        code: row.code,
        name: row.name,
        kind: row.kind,
        owner,
        tier: row.tier,
        rank: row.rank,
        validity: validity(row.valid_from, row.valid_to),
        contract: row.contract,
        site: row.site,
        scale: row.scale,
        method: row.method,
        prices: row.prices,
    })
}

/// At most `rows_max` lists by code, those behind `after`.
pub fn list_lists(
    connection: &mut Connection,
    filter: &ListFilter,
    walk: &Walk<String>,
    rows_max: i64,
) -> Result<Vec<KeptList>> {
    let like = filter.text.as_ref().map(|text| {
        let escaped = text.to_lowercase().replace('\\', "\\\\");
        format!("%{}%", escaped.replace('%', "\\%").replace('_', "\\_"))
    });
    let among = walk.ids()?;
    let (named, list) = (
        among.as_ref().map_or("", |_| "AND l.id {in ids $6}"),
        selection::<ListRow>(),
    );
    let statement = composed(format!(
        "{list} WHERE l.code > $1 AND ($2 IS NULL OR l.kind = $2) AND (CAST($3 AS TEXT) IS NULL OR a.code_key {{in texts $3}}) \
         AND ($4 IS NULL OR lower(l.code) LIKE $4 ESCAPE '\\' OR lower(l.name) LIKE $4 ESCAPE '\\' \
         OR lower(a.name) LIKE $4 ESCAPE '\\') {named} ORDER BY l.code LIMIT $5",
    ))
    .bind(walk.after().map_or("", String::as_str))
    .bind(filter.kind.clone())
    .bind(filter.account.as_deref().map(patterns::key))
    .bind(like)
    .bind(rows_max);
    let statement = match among {
        Some(ids) => statement.bind(ids),
        None => statement,
    };
    let rows: Vec<ListRow> = statement.rows(connection)?;
    rows.into_iter().map(kept_list).collect()
}

/// The list with this id.
pub fn find_list(connection: &mut Connection, id: PriceListId) -> Result<Option<KeptList>> {
    let row: Option<ListRow> = select::<ListRow>("WHERE l.id = $1").bind(id).first(connection)?;
    row.map(kept_list).transpose()
}

/// The list with this id; nobody else changes it until the transaction ends.
pub fn lock_list(tx: &mut Connection, id: PriceListId) -> Result<Option<KeptList>> {
    let row: Option<ListRow> = select::<ListRow>("WHERE l.id = $1 {lock of l}").bind(id).first(tx)?;
    row.map(kept_list).transpose()
}

/// The list with this code, or with one that is the same.
pub fn find_list_by_code(connection: &mut Connection, code: &str) -> Result<Option<KeptList>> {
    // What is exactly it sorts first.
    let row: Option<ListRow> = select::<ListRow>("WHERE l.code_key {in texts $1} ORDER BY l.code_key LIMIT 1")
        .bind(patterns::key(code))
        .first(connection)?;
    row.map(kept_list).transpose()
}

row! {
    struct PriceRow from "prices r JOIN price_lists l ON l.id = r.price_list_id JOIN products p ON p.id = r.product_id" {
        id: PriceId = "r.id",
        list_id: PriceListId = "r.price_list_id",
        list_code: String = "l.code",
        currency: String = "l.currency",
        account_id: Option<AccountId> = "l.account_id",
        product_id: ProductId = "r.product_id",
        sku: String = "p.sku",
        name: String = "p.name",
        base_unit: String = "p.base_unit",
        decimals: i32 = "p.decimals",
        unit: String = "r.unit",
        min_quantity: i64 = "r.min_quantity",
        price_micros: i64 = "r.price_micros",
        price_base: i32 = "r.price_base",
        valid_from: NaiveDate = "r.valid_from",
        valid_to: NaiveDate = "r.valid_to",
        price_group: Option<String> = "r.price_group",
    }
}

fn kept_price(row: PriceRow) -> Result<KeptPrice> {
    let decimals = u8::try_from(row.decimals).map_err(Error::internal)?;
    Ok(KeptPrice {
        id: row.id,
        list_id: row.list_id,
        currency: currency(&row.currency, &row.list_code)?,
        list_code: row.list_code,
        account_id: row.account_id,
        product_id: row.product_id,
        sku: row.sku,
        name: row.name,
        base_unit: row.base_unit,
        unit: row.unit,
        min_quantity: Quantity::new(row.min_quantity, decimals),
        price: UnitPrice {
            micros: row.price_micros,
        },
        price_base: row.price_base,
        validity: validity(row.valid_from, row.valid_to),
        price_group: row.price_group,
    })
}

fn kept_prices(rows: Vec<PriceRow>) -> Result<Vec<KeptPrice>> {
    rows.into_iter().map(kept_price).collect()
}

/// Where a page of rows ends: product, unit, break, first day.
pub type Place = (ProductId, String, i64, NaiveDate);

/// At most `rows_max` rows of a list by product, those behind `after`; with `words` (see
/// [`crate::catalogue::rules::search_words`] and [`search_query`]) only of products that have them all.
pub fn list_prices(
    connection: &mut Connection,
    list_id: PriceListId,
    query: &str,
    walk: Walk<Place>,
    rows_max: i64,
) -> Result<Vec<KeptPrice>> {
    let mut seek = Seek::new(connection, &selection::<PriceRow>());
    seek.and("r.price_list_id = $1", binds![list_id]);
    if !query.is_empty() {
        seek.and("r.product_id IN (SELECT w.id FROM {words $1} w)", binds![query]);
    }
    let keys = ["r.product_id", "r.unit", "r.min_quantity", "r.valid_from"];
    let walk =
        walk.map(|(product_id, unit, min_quantity, valid_from)| binds![product_id, unit, min_quantity, valid_from]);
    let rows = seek.part(keys, Way::Up, "r.id", walk, rows_max)?.rows(connection)?;
    kept_prices(rows)
}

/// The prices with these ids, of any list.
pub fn list_prices_among(connection: &mut Connection, account: Option<&str>, ids: &str) -> Result<Vec<KeptPrice>> {
    let mut seek = Seek::new(connection, &selection::<PriceRow>());
    seek.and("r.id {in ids $1}", binds![ids]);
    seek.of_account("l.account_id", account);
    kept_prices(seek.all().rows(connection)?)
}

/// Id and code of the list that comes behind `after`, or of the list with that code; of the lists kept for an account where its code is
/// named.
pub fn find_next_list(
    connection: &mut Connection,
    account: Option<&str>,
    after: &str,
    is_itself: bool,
) -> Result<Option<(PriceListId, String)>> {
    let mut seek = Seek::new(connection, "SELECT l.id, l.code FROM price_lists l");
    seek.of_account("l.account_id", account);
    if is_itself {
        seek.and("l.code = $1", binds![after]);
        return seek.page(["l.code"], Way::Up, None, 1).first(connection);
    }
    seek.page(["l.code"], Way::Up, Some(binds![after]), 1).first(connection)
}

/// Every row of a product, by list; at most `rows_max`.
pub fn list_of_product(connection: &mut Connection, product_id: ProductId, rows_max: i64) -> Result<Vec<KeptPrice>> {
    let rows =
        select::<PriceRow>("WHERE r.product_id = $1 ORDER BY l.code, r.unit, r.min_quantity, r.valid_from LIMIT $2")
            .bind(product_id)
            .bind(rows_max)
            .rows(connection)?;
    kept_prices(rows)
}

/// The row with this id.
pub fn find_price(connection: &mut Connection, id: PriceId) -> Result<Option<KeptPrice>> {
    let row: Option<PriceRow> = select::<PriceRow>("WHERE r.id = $1").bind(id).first(connection)?;
    row.map(kept_price).transpose()
}

/// The rows with these ids by id; nobody else changes them until the transaction ends.
pub fn lock_prices(tx: &mut Connection, ids: &[PriceId]) -> Result<Vec<KeptPrice>> {
    let rows = select::<PriceRow>("WHERE r.id {in ids $1} ORDER BY r.id {lock of r}")
        .bind(sets::json(ids)?)
        .rows(tx)?;
    kept_prices(rows)
}

/// Takes a row out.
pub fn delete_price(tx: &mut Connection, id: PriceId) -> Result<()> {
    sql("DELETE FROM prices WHERE id = $1").bind(id).run(tx).map(drop)
}

/// Id, list, product, unit, break, first day.
type Keyed = (PriceId, PriceListId, ProductId, String, i64, NaiveDate);

/// Id and key of every row that these products have in these lists.
pub fn list_keys(
    connection: &mut Connection,
    product_ids: &[ProductId],
    list_ids: &[PriceListId],
) -> Result<Vec<Keyed>> {
    sql(
        "SELECT r.id, r.price_list_id, r.product_id, r.unit, r.min_quantity, r.valid_from FROM prices r WHERE \
         r.product_id {in ids $1} AND r.price_list_id {in ids $2}",
    )
    .bind(sets::json(product_ids)?)
    .bind(sets::json(list_ids)?)
    .rows(connection)
}
