//! Products and packs as staff see and change them, whoever they are for.

use super::matching::{Hits, find_hits};
use crate::catalogue::rules::keeping::{KeptProduct, KeptUnit, Lack, Owner};
use crate::db::{Connection, Statement, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ProductId, SaleUnitId};
use crate::quantity::Content;
use crate::row;

/// Categories that are offered to choose from.
const CATEGORIES_MAX: i64 = 500;

/// Which products to show.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct ProductFilter {
    /// What the search of the engine takes, see [`super::search_query`]; empty for all.
    pub query: String,
    /// Exactly this category.
    pub category: Option<String>,
    /// The name of what they lack; empty for all.
    pub lack: String,
}

row! {
    struct ProductRow {
        id: ProductId,
        sku: String,
        name: String,
        base_unit: String,
        decimals: i32,
        tax_category: String,
        description: Option<String>,
        gtin: Option<String>,
        category: Option<String>,
        account_id: Option<AccountId>,
        account_code: Option<String>,
        account_name: Option<String>,
        lead_time_days: i32,
        lacks_price: i64,
        lacks_gtin: i64,
        lacks_stock: i64,
    }
}

macro_rules! lacks {
    ("price") => {
        "NOT EXISTS (SELECT 1 FROM prices r WHERE r.product_id = p.id)"
    };
    ("gtin") => {
        "(p.gtin IS NULL OR EXISTS (SELECT 1 FROM sale_units u WHERE u.product_id = p.id \
         AND u.account_id IS NULL AND u.gtin IS NULL))"
    };
    ("stock") => {
        "NOT EXISTS (SELECT 1 FROM stock s WHERE s.product_id = p.id AND s.on_hand > 0)"
    };
}

macro_rules! products {
    ($rest:expr) => {
        concat!(
            "SELECT p.id, p.sku, p.name, p.base_unit, p.decimals, p.tax_category, p.description, p.gtin, p.category, \
             p.exclusive_account_id, a.code, a.name, p.lead_time_days, CAST(CASE WHEN ",
            lacks!("price"),
            " THEN 1 ELSE 0 END AS BIGINT), CAST(CASE WHEN ",
            lacks!("gtin"),
            " THEN 1 ELSE 0 END AS BIGINT), CAST(CASE WHEN ",
            lacks!("stock"),
            " THEN 1 ELSE 0 END AS BIGINT) FROM products p LEFT JOIN accounts a ON a.id = p.exclusive_account_id ",
            $rest
        )
    };
}

macro_rules! filtered {
    ($found:literal) => {
        concat!(
            "WHERE p.sku > $1 AND ($2 IS NULL OR p.category = $2) AND ",
            $found,
            " AND ($4 = '' OR ($4 = 'price' AND ",
            lacks!("price"),
            ") OR ($4 = 'gtin' AND ",
            lacks!("gtin"),
            ") OR ($4 = 'stock' AND ",
            lacks!("stock"),
            ")) ORDER BY p.sku LIMIT $5"
        )
    };
}

fn kept_product(row: ProductRow) -> Result<KeptProduct> {
    let lacks = [
        (Lack::Price, row.lacks_price),
        (Lack::Gtin, row.lacks_gtin),
        (Lack::Stock, row.lacks_stock),
    ];
    Ok(KeptProduct {
        id: row.id,
        sku: row.sku,
        name: row.name,
        base_unit: row.base_unit,
        decimals: u8::try_from(row.decimals).map_err(Error::internal)?,
        tax_category: row.tax_category,
        description: row.description,
        gtin: row.gtin,
        category: row.category,
        exclusive: Owner::of(row.account_id, row.account_code, row.account_name),
        lead_time_days: row.lead_time_days,
        lacks: lacks
            .into_iter()
            .filter(|(_, is)| *is == 1)
            .map(|(lack, _)| lack)
            .collect(),
    })
}

/// At most `rows_max` products by number, those behind `after`.
pub fn list_products(
    connection: &mut Connection,
    filter: &ProductFilter,
    after: &str,
    rows_max: i64,
) -> Result<Vec<KeptProduct>> {
    let statement: Statement = if filter.query.is_empty() {
        sql(products!(filtered!("$3 = ''")))
    } else {
        match find_hits(connection, &filter.query)? {
            Hits::AtOnce => Statement::per_engine(
                products!(filtered!(
                    "p.id IN (SELECT rowid FROM search_words WHERE words MATCH $3)"
                )),
                products!(filtered!(
                    "p.id IN (SELECT w.id FROM search_words w WHERE w.words  $3::tsquery)"
                )),
            ),
            Hits::BySku => sql(products!(filtered!(
                "(SELECT w.words FROM search_words w WHERE w.id = p.id)  $3::tsquery"
            ))),
        }
    };
    let rows: Vec<ProductRow> = statement
        .bind(after)
        .bind(filter.category.clone())
        .bind(&filter.query)
        .bind(&filter.lack)
        .bind(rows_max)
        .rows(connection)?;
    rows.into_iter().map(kept_product).collect()
}

/// The categories there are, by name.
pub fn list_categories(connection: &mut Connection) -> Result<Vec<String>> {
    sql("SELECT DISTINCT category FROM products WHERE category IS NOT NULL ORDER BY category LIMIT $1")
        .bind(CATEGORIES_MAX)
        .rows(connection)
}

/// The product with this id.
pub fn find_product(connection: &mut Connection, id: ProductId) -> Result<Option<KeptProduct>> {
    let row: Option<ProductRow> = sql(products!("WHERE p.id = $1")).bind(id).first(connection)?;
    row.map(kept_product).transpose()
}

/// The same; nobody else changes it until the transaction ends, nor names it in a new row.
pub fn lock_product(tx: &mut Connection, id: ProductId) -> Result<Option<KeptProduct>> {
    let row: Option<ProductRow> = Statement::per_engine(
        products!("WHERE p.id = $1"),
        products!("WHERE p.id = $1 FOR UPDATE OF p"),
    )
    .bind(id)
    .first(tx)?;
    row.map(kept_product).transpose()
}

row! {
    struct UnitRow {
        id: SaleUnitId,
        product_id: ProductId,
        sku: String,
        account_id: Option<AccountId>,
        account_code: Option<String>,
        account_name: Option<String>,
        unit: String,
        name: String,
        numerator: i64,
        denominator: i64,
        unit_code: String,
        gtin: Option<String>,
        min_quantity: i64,
        multiple: i64,
    }
}

macro_rules! units {
    ($rest:literal) => {
        concat!(
            "SELECT u.id, u.product_id, p.sku, u.account_id, a.code, a.name, u.unit, u.name, u.numerator, \
             u.denominator, u.unit_code, u.gtin, u.min_quantity, u.multiple FROM sale_units u \
             JOIN products p ON p.id = u.product_id LEFT JOIN accounts a ON a.id = u.account_id ",
            $rest
        )
    };
}

fn kept_unit(row: UnitRow) -> Result<KeptUnit> {
    let content = Content::new(row.numerator, row.denominator)
        .ok_or_else(|| Error::internal(format!("sale unit {} of {} has no content", row.unit, row.sku)))?;
    Ok(KeptUnit {
        id: row.id,
        product_id: row.product_id,
        sku: row.sku,
        owner: Owner::of(row.account_id, row.account_code, row.account_name),
        unit: row.unit,
        name: row.name,
        content,
        unit_code: row.unit_code,
        gtin: row.gtin,
        min_quantity: row.min_quantity,
        multiple: row.multiple,
    })
}

/// The packs of a product: the general ones first, by content.
pub fn list_units(connection: &mut Connection, product_id: ProductId) -> Result<Vec<KeptUnit>> {
    let rows: Vec<UnitRow> = sql(units!("WHERE u.product_id = $1 ORDER BY u.unit, u.id"))
        .bind(product_id)
        .rows(connection)?;
    let mut units = rows.into_iter().map(kept_unit).collect::<Result<Vec<_>>>()?;
    units.sort_by(|a, b| {
        let terms = |unit: &KeptUnit| {
            (
                i128::from(unit.content.numerator()),
                i128::from(unit.content.denominator()),
            )
        };
        let ((an, ad), (bn, bd)) = (terms(a), terms(b));
        let owner = |unit: &KeptUnit| unit.owner.as_ref().map(|owner| owner.code.clone());
        owner(a).cmp(&owner(b)).then((an * bd).cmp(&(bn * ad)))
    });
    Ok(units)
}

/// The pack with this id.
pub fn find_unit(connection: &mut Connection, id: SaleUnitId) -> Result<Option<KeptUnit>> {
    let row: Option<UnitRow> = sql(units!("WHERE u.id = $1")).bind(id).first(connection)?;
    row.map(kept_unit).transpose()
}

/// The same; nobody else changes it until the transaction ends.
pub fn lock_unit(tx: &mut Connection, id: SaleUnitId) -> Result<Option<KeptUnit>> {
    let row: Option<UnitRow> = Statement::per_engine(
        units!("WHERE u.id = $1"),
        units!("WHERE u.id = $1 FOR NO KEY UPDATE OF u"),
    )
    .bind(id)
    .first(tx)?;
    row.map(kept_unit).transpose()
}

/// True if order lines count in the pack with its content as it is.
pub fn is_ordered(connection: &mut Connection, unit: &KeptUnit) -> Result<bool> {
    let found: Option<i64> = sql(
        "SELECT l.id FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.product_id = $1 AND l.unit = $2 \
         AND l.content_numerator = $3 AND l.content_denominator = $4 AND ($5 IS NULL OR o.account_id = $5) LIMIT 1",
    )
    .bind(unit.product_id)
    .bind(&unit.unit)
    .bind(unit.content.numerator())
    .bind(unit.content.denominator())
    .bind(unit.owner.as_ref().map(|owner| owner.id.0))
    .first(connection)?;
    Ok(found.is_some())
}

/// The list that has a price for the pack, if one has: any list for a general pack, the account's for its own.
pub fn find_list_with_price(connection: &mut Connection, unit: &KeptUnit) -> Result<Option<String>> {
    sql(
        "SELECT l.code FROM prices r JOIN price_lists l ON l.id = r.price_list_id WHERE r.product_id = $1 \
         AND r.unit = $2 AND ($3 IS NULL OR l.account_id = $3) ORDER BY l.code LIMIT 1",
    )
    .bind(unit.product_id)
    .bind(&unit.unit)
    .bind(unit.owner.as_ref().map(|owner| owner.id.0))
    .first(connection)
}

/// Takes a pack away.
pub fn delete_unit(tx: &mut Connection, id: SaleUnitId) -> Result<()> {
    sql("DELETE FROM sale_units WHERE id = $1").bind(id).run(tx).map(drop)
}
