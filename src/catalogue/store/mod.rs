//! Products, sale units and assortments as an account may see them. Every query takes the account: what lies outside
//! its assortment, or is exclusive to another account, is not there.

mod categories;
pub mod keeping;
mod matching;
mod opening;

pub use self::categories::{Category, list_categories};
use self::matching::{HITS_MAX, Hits, first_by_sku, seen_on_postgres, worded_on_postgres};
pub use self::matching::{list_by_words, list_numbers, match_words, query as search_query};
use chrono::NaiveDate;
use chrono_tz::Tz;

use super::rules::{Article, PackSize, Rounding, SaleUnit, units_of};
use crate::clock::{day_in, now};
use crate::db::seek::Walk;
use crate::db::{Connection, Engine, Statement, composed, patterns, select, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ProductId};
use crate::keys;
use crate::names::sets::ArticleState;
use crate::quantity::Content;
use crate::row;

/// What an article is looked up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// The supplier's number.
    Sku,
    /// The account's own number.
    CustomerPartNumber,
    /// A GTIN of 14 digits: the product's, a sale unit's or the label's.
    Gtin,
    /// The product's id, as its number.
    ProductId,
}

row! {
    struct ArticleRow {
        key: String,
        id: ProductId,
        sku: String,
        customer_part_number: Option<String>,
        name: String,
        label_name: Option<String>,
        label_brand: Option<String>,
        description: Option<String>,
        category: Option<String>,
        tax_category: String,
        lead_time_days: i32,
        base_unit: String,
        decimals: i32,
        gtin: Option<String>,
        label_gtin: Option<String>,
        state: ArticleState,
        orderable_from: Option<NaiveDate>,
        price_on_request: bool,
    }
}

/// What the account `$2` sees of `products`, which has products as `p`; `rest` follows the conditions.
fn visible_articles(key: &str, products: &str, rest: &str) -> Statement {
    let (orderable_from, open) = (opening::orderable_from(), opening::open());
    composed(format!(
        "SELECT {key}, p.id, p.sku, a.customer_part_number, p.name, a.label_name, a.label_brand, p.description, p.category, \
         p.tax_category, p.lead_time_days, p.base_unit, p.decimals, p.gtin, a.label_gtin, p.state, {orderable_from}, p.price_on_request FROM {products} \
         LEFT JOIN assortment a ON a.account_id = $2 AND a.product_id = p.id \
         WHERE (p.exclusive_account_id IS NULL OR p.exclusive_account_id = $2) \
         AND (a.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM assortment mine WHERE mine.account_id = $2)) AND {open} {rest}"
    ))
}

/// PostgreSQL takes the set as an array: joined to it, it reads the whole table. SQLite reads the set first.
const AMONG: (&str, &str) = (
    "{sqlite: json_each($1) k CROSS JOIN} products p",
    "AND p.id {sqlite: = CAST(k.value AS INTEGER)}{postgres: {in ids $1}}",
);

fn by_key(kind: KeyKind) -> Statement {
    match kind {
        KeyKind::Sku => visible_articles("p.sku_key", "products p", "AND p.sku_key {in texts $1}"),
        KeyKind::CustomerPartNumber => visible_articles(
            "own.part_key",
            "assortment own {cross} products p ON p.id = own.product_id",
            "AND own.account_id = $2 AND own.part_key {in texts $1}",
        ),
        KeyKind::Gtin => visible_articles(
            "k.value",
            "(SELECT g.value, q.id FROM {texts $1} g {cross} products q ON q.gtin = g.value \
             UNION SELECT g.value, u.product_id FROM {texts $1} g {cross} sale_units u ON u.gtin = g.value \
             UNION SELECT g.value, l.product_id FROM {texts $1} g {cross} assortment l \
             ON l.account_id = $2 AND l.label_gtin = g.value) k {cross} products p ON p.id = k.id",
            "",
        ),
        KeyKind::ProductId => visible_articles("CAST(p.id AS TEXT)", AMONG.0, AMONG.1),
    }
}

/// The articles of the account behind `values`, each with the value that found it: numbers as they are compared. A GTIN
/// may find an article by a sale unit that the account has replaced; the caller looks at the units.
pub fn find_by_key(
    connection: &mut Connection,
    account_id: AccountId,
    kind: KeyKind,
    values: &[String],
) -> Result<Vec<(String, Article)>> {
    let is_typed = matches!(kind, KeyKind::Sku | KeyKind::CustomerPartNumber);
    let looked_up = match is_typed {
        true => sets::json(&keys::all_wanted(values.iter().map(String::as_str)))?,
        false => sets::json(values)?,
    };
    let rows: Vec<ArticleRow> = by_key(kind).bind(looked_up).bind(account_id).rows(connection)?;
    let found = with_units(connection, account_id, rows)?;
    if !is_typed {
        return Ok(found);
    }
    let meant = keys::meant(values, found).into_iter();
    Ok(meant.map(|(value, article)| (value.clone(), article)).collect())
}

/// What a page of the catalogue shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words of [`super::rules::search_words`]; each must begin a word of the article.
    pub words: Vec<String>,
    /// Exactly this category.
    pub category: Option<String>,
    /// Only articles whose sku sorts behind this one.
    pub after_sku: Option<String>,
    /// Only these, whatever they are.
    pub among: Option<Vec<ProductId>>,
}

impl Filter {
    /// A part of all there is.
    pub fn part(walk: Walk<String>) -> Self {
        Self {
            among: walk.among().map(|ids| ids.iter().copied().map(ProductId).collect()),
            after_sku: walk.after().cloned(),
            ..Self::default()
        }
    }
}

/// Those of these products that belong to nobody else, that the account's assortment, where it has one, holds, and that early access
/// does not keep from it: what it saw of them it may be told that it is gone. From whom something is kept anew has a note of its own.
pub fn known_among(connection: &mut Connection, account_id: AccountId, ids: &[i64]) -> Result<Vec<i64>> {
    sql("SELECT k.value FROM {ids $1} k LEFT JOIN products p ON p.id = k.value \
         WHERE (NOT EXISTS (SELECT 1 FROM assortment mine WHERE mine.account_id = $2) \
         OR EXISTS (SELECT 1 FROM assortment a WHERE a.account_id = $2 AND a.product_id = k.value)) \
         AND (NOT EXISTS (SELECT 1 FROM early_access e WHERE e.product_id = p.id OR e.category = p.category) \
         OR EXISTS (SELECT 1 FROM early_access e JOIN accounts w ON w.id = $2 \
         WHERE (e.product_id = p.id OR e.category = p.category) AND (e.account_id = w.id OR e.tier = w.tier \
         OR (e.account_id IS NULL AND e.tier IS NULL))))")
    .bind(sets::json(ids)?)
    .bind(account_id)
    .rows(connection)
}

/// What a page is taken from beside the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Among {
    All,
    Few,
    /// More than PostgreSQL had better look up one by one.
    Many,
}

/// True of a product `p` that catalogues show.
const STILL_SOLD: &str = "p.state <> {article_state ended}";

/// The statement of a page: all the account sees or what has the words, all of it or only a set (`$6`).
fn page_of(words: Option<Hits>, among: Among) -> Statement {
    let page = |products: &str, with: &str| {
        let rest = format!(
            "AND {STILL_SOLD} AND p.sku_order > $3 AND ($4 IS NULL OR p.category = $4) {with} ORDER BY p.sku_order LIMIT $5"
        );
        visible_articles("''", products, &rest)
    };
    // On PostgreSQL: the page itself, taken in the order of the sku until it is full.
    let walked = |with: &str| {
        let seen = seen_on_postgres();
        let conditions = format!("($4 IS NULL OR p.category = $4) AND {STILL_SOLD} AND {seen} AND {with}");
        page(
            &format!("{} p", first_by_sku("WHERE sku_order > $3", &conditions, "$5")),
            "",
        )
    };
    // IS TRUE has the set read once and each product looked up in it; as a mere IN it would be joined and sorted.
    let in_the_set = "(p.id IN (SELECT json_array_elements_text($6::json)::bigint)) IS TRUE";
    let (few, of_few) = (AMONG.0.replace("$1", "$6"), AMONG.1.replace("$1", "$6"));
    let has_words = "AND p.id IN (SELECT w.id FROM {words $1} w UNION SELECT s.product_id FROM {words $1} w \
                     {cross} assortment s ON s.id = w.id WHERE s.account_id = $2)";
    match (words, among) {
        (None, Among::All) => page("products p", "AND $1 = ''"),
        (None, Among::Few) => page(&few, &format!("AND $1 = '' {of_few}")),
        (None, Among::Many) => walked(&format!("$1 = '' AND {in_the_set}")),
        (Some(Hits::AtOnce), Among::All) => page("products p", has_words),
        (Some(Hits::AtOnce), Among::Few | Among::Many) => page(&few, &format!("{has_words} {of_few}")),
        (Some(Hits::BySku), Among::All) => walked(&worded_on_postgres("$1")),
        (Some(Hits::BySku), Among::Few) => page(&few, &format!("{of_few} AND {}", worded_on_postgres("$1"))),
        (Some(Hits::BySku), Among::Many) => walked(&format!("{in_the_set} AND {}", worded_on_postgres("$1"))),
    }
}

/// At most `limit` articles of the account by sku, but those that have ended.
pub fn list(connection: &mut Connection, account_id: AccountId, filter: &Filter, limit: i64) -> Result<Vec<Article>> {
    let query = matching::query(connection.engine(), &filter.words);
    let hits = match filter.words.is_empty() {
        true => None,
        false => Some(matching::find_hits(connection, &query)?),
    };
    let among = match &filter.among {
        None => Among::All,
        Some(ids) if connection.engine() == Engine::Postgres && ids.len() > usize::from(HITS_MAX) => Among::Many,
        Some(_) => Among::Few,
    };
    let rows: Vec<ArticleRow> = page_of(hits, among)
        .bind(query)
        .bind(account_id)
        .bind(keys::ordered(filter.after_sku.as_deref().unwrap_or_default()))
        .bind(filter.category.clone())
        .bind(limit)
        .bind(sets::json(filter.among.as_deref().unwrap_or_default())?)
        .rows(connection)?;
    Ok(with_units(connection, account_id, rows)?
        .into_iter()
        .map(|(_, article)| article)
        .collect())
}

row! {
    struct UnitRow from "sale_units u" {
        product_id: ProductId = "u.product_id",
        account_id: Option<AccountId> = "u.account_id",
        unit: String = "u.unit",
        unit_code: String = "u.unit_code",
        name: String = "u.name",
        numerator: i64 = "u.numerator",
        denominator: i64 = "u.denominator",
        gtin: Option<String> = "u.gtin",
        min_quantity: i64 = "u.min_quantity",
        multiple: i64 = "u.multiple",
        max_quantity: Option<i64> = "u.max_quantity",
        rounding: Rounding = "u.rounding",
        gross_weight_g: Option<i64> = "u.gross_weight_g",
        length_mm: Option<i64> = "u.length_mm",
        width_mm: Option<i64> = "u.width_mm",
        height_mm: Option<i64> = "u.height_mm",
        layer: Option<i64> = "u.layer",
        valid_from: Option<NaiveDate> = "u.valid_from",
        is_default: bool = "u.is_default",
    }
}

fn with_units(
    connection: &mut Connection,
    account_id: AccountId,
    rows: Vec<ArticleRow>,
) -> Result<Vec<(String, Article)>> {
    let mut product_ids: Vec<ProductId> = rows.iter().map(|row| row.id).collect();
    product_ids.sort_unstable();
    product_ids.dedup();
    let units: Vec<UnitRow> =
        select::<UnitRow>("WHERE u.product_id {in ids $1} AND (u.account_id IS NULL OR u.account_id = $2)")
            .bind(sets::json(&product_ids)?)
            .bind(account_id)
            .rows(connection)?;
    let units = sold(connection, units)?;
    let mut by_product = std::collections::HashMap::<ProductId, Vec<(Option<AccountId>, SaleUnit)>>::new();
    for row in units {
        by_product
            .entry(row.product_id)
            .or_default()
            .push((row.account_id, sale_unit(row)?));
    }
    rows.into_iter()
        .map(|mut row| {
            // The same product found by two keys needs its units twice.
            let packs = by_product.get(&row.id).cloned().unwrap_or_default();
            Ok((std::mem::take(&mut row.key), article(row, packs)?))
        })
        .collect()
}

/// The packs that are sold by today, where the supplier is. The zone is asked for only where a pack has a first day.
fn sold(connection: &mut Connection, units: Vec<UnitRow>) -> Result<Vec<UnitRow>> {
    if units.iter().all(|unit| unit.valid_from.is_none()) {
        return Ok(units);
    }
    let zone: Option<String> = sql("SELECT s.time_zone FROM supplier s LIMIT 1").first(connection)?;
    let zone = zone.map_or(Ok(Tz::UTC), |zone| zone.parse()).map_err(Error::internal)?;
    let today = day_in(zone, now());
    let is_sold = |unit: &UnitRow| unit.valid_from.is_none_or(|from| from <= today);
    Ok(units.into_iter().filter(is_sold).collect())
}

fn sale_unit(row: UnitRow) -> Result<SaleUnit> {
    let content = Content::new(row.numerator, row.denominator)
        .ok_or_else(|| Error::internal(format!("sale unit {} of {} has no content", row.unit, row.product_id)))?;
    Ok(SaleUnit {
        unit: row.unit,
        unit_code: row.unit_code,
        name: row.name,
        content,
        gtin: row.gtin,
        min_quantity: row.min_quantity,
        multiple: row.multiple,
        max_quantity: row.max_quantity,
        rounding: row.rounding,
        size: PackSize {
            gross_weight_g: row.gross_weight_g,
            length_mm: row.length_mm,
            width_mm: row.width_mm,
            height_mm: row.height_mm,
            layer: row.layer,
        },
        is_default: row.is_default,
        is_base: false,
    })
}

fn article(row: ArticleRow, packs: Vec<(Option<AccountId>, SaleUnit)>) -> Result<Article> {
    let base = SaleUnit::base(&row.base_unit, row.label_gtin.or(row.gtin));
    Ok(Article {
        product_id: row.id,
        sku: row.sku,
        customer_part_number: row.customer_part_number,
        private_label: row.label_name.is_some() || row.label_brand.is_some(),
        name: row.label_name.unwrap_or(row.name),
        brand: row.label_brand,
        description: row.description,
        category: row.category,
        tax_category: row.tax_category,
        lead_time_days: row.lead_time_days,
        base_unit: row.base_unit,
        decimals: u8::try_from(row.decimals).map_err(Error::internal)?,
        state: row.state,
        orderable_from: row.orderable_from,
        price_on_request: row.price_on_request,
        units: units_of(base, packs),
    })
}

/// The number of the product that is meant by this one; the same where there is none. For staff.
pub fn meant_sku(connection: &mut Connection, sku: &str) -> Result<String> {
    let found: Option<String> =
        sql("SELECT p.sku FROM products p WHERE p.sku_key {in texts $1} ORDER BY p.sku_key LIMIT 1")
            .bind(patterns::key(sku))
            .first(connection)?;
    Ok(found.unwrap_or_else(|| sku.to_owned()))
}

/// Which of these products come no more: of them there is what is in stock, whoever may see them.
pub fn list_coming_no_more(connection: &mut Connection, ids: &[ProductId]) -> Result<Vec<ProductId>> {
    sql("SELECT p.id FROM products p WHERE p.id {in ids $1} AND p.state <> {article_state active}")
        .bind(sets::json(ids)?)
        .rows(connection)
}

/// Ids and decimals of the products that are meant by these numbers, whoever may see them, each with the number as it
/// was given; for staff.
pub fn list_by_skus(connection: &mut Connection, skus: &[String]) -> Result<Vec<(String, Meant)>> {
    let rows: Vec<(String, String, ProductId, i32)> =
        sql("SELECT p.sku_key, p.sku, p.id, p.decimals FROM products p WHERE p.sku_key {in texts $1}")
            .bind(sets::json(&keys::all_wanted(skus.iter().map(String::as_str)))?)
            .rows(connection)?;
    let rows = rows
        .into_iter()
        .map(|(key, sku, id, decimals)| (key, Meant { sku, id, decimals }));
    let found = keys::meant(skus, rows.collect()).into_iter();
    Ok(found.map(|(typed, meant)| (typed.clone(), meant)).collect())
}

/// The article that is meant by a SKU somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// Its own SKU.
    pub sku: String,
    pub id: ProductId,
    /// Decimals of its base unit.
    pub decimals: i32,
}
