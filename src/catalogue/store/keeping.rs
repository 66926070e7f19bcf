//! Products and packs as staff see and change them, whoever they are for.

use chrono::NaiveDate;

use super::matching::{Hits, find_hits};
use crate::catalogue::rules::keeping::{KeptProduct, KeptUnit, Lack, Owner};
use crate::catalogue::rules::{PackSize, Rounding};
use crate::db::seek::Walk;
use crate::db::{Connection, composed, select, selection, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ProductId, SaleUnitId};
use crate::keys;
use crate::names::sets::ArticleState;
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
    /// Only those of this state.
    pub state: Option<ArticleState>,
    /// The name of what they lack; empty for all.
    pub lack: String,
}

/// True of a product `p` that has no price.
const LACKS_PRICE: &str = "NOT EXISTS (SELECT 1 FROM prices r WHERE r.product_id = p.id)";
/// True of a product `p` that lacks a GTIN, or of which a general pack does.
const LACKS_GTIN: &str = "(p.gtin IS NULL OR EXISTS (SELECT 1 FROM sale_units u WHERE u.product_id = p.id \
     AND u.account_id IS NULL AND u.gtin IS NULL))";
/// True of a product `p` that lies in no warehouse.
const LACKS_STOCK: &str = "NOT EXISTS (SELECT 1 FROM stock s WHERE s.product_id = p.id AND s.on_hand > 0)";

row! {
    struct ProductRow from "products p LEFT JOIN accounts a ON a.id = p.exclusive_account_id" {
        id: ProductId = "p.id",
        sku: String = "p.sku",
        name: String = "p.name",
        base_unit: String = "p.base_unit",
        decimals: i32 = "p.decimals",
        tax_category: String = "p.tax_category",
        description: Option<String> = "p.description",
        gtin: Option<String> = "p.gtin",
        category: Option<String> = "p.category",
        account_id: Option<AccountId> = "p.exclusive_account_id",
        account_code: Option<String> = "a.code",
        account_name: Option<String> = "a.name",
        lead_time_days: i32 = "p.lead_time_days",
        state: ArticleState = "p.state",
        price_on_request: bool = "p.price_on_request",
        lacks_price: bool = LACKS_PRICE,
        lacks_gtin: bool = LACKS_GTIN,
        lacks_stock: bool = LACKS_STOCK,
    }
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
        state: row.state,
        price_on_request: row.price_on_request,
        lacks: lacks.into_iter().filter(|(_, is)| *is).map(|(lack, _)| lack).collect(),
    })
}

/// At most `rows_max` products by number, those behind `after`.
pub fn list_products(
    connection: &mut Connection,
    filter: &ProductFilter,
    walk: &Walk<String>,
    rows_max: i64,
) -> Result<Vec<KeptProduct>> {
    let found = if filter.query.is_empty() {
        "$3 = ''"
    } else {
        match find_hits(connection, &filter.query)? {
            Hits::AtOnce => "p.id IN (SELECT w.id FROM {words $3} w)",
            Hits::BySku => "(SELECT w.words FROM search_words w WHERE w.id = p.id) @@ $3::tsquery",
        }
    };
    let lacking = match Lack::from_name(&filter.lack) {
        None => "1 = 1",
        Some(Lack::Price) => LACKS_PRICE,
        Some(Lack::Gtin) => LACKS_GTIN,
        Some(Lack::Stock) => LACKS_STOCK,
    };
    let among = walk.ids()?;
    let named = among.as_ref().map_or("", |_| "AND p.id {in ids $6}");
    let products = selection::<ProductRow>();
    let statement = composed(format!(
        "{products} WHERE p.sku_order > $1 AND ($2 IS NULL OR p.category = $2) AND ($5 IS NULL OR p.state = $5) AND {found} AND {lacking} \
         {named} ORDER BY p.sku_order LIMIT $4"
    ))
    .bind(keys::ordered(walk.after().map_or("", String::as_str)))
    .bind(filter.category.clone())
    .bind(&filter.query)
    .bind(rows_max)
    .bind(filter.state);
    let statement = match among {
        Some(ids) => statement.bind(ids),
        None => statement,
    };
    let rows: Vec<ProductRow> = statement.rows(connection)?;
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
    let row: Option<ProductRow> = select::<ProductRow>("WHERE p.id = $1").bind(id).first(connection)?;
    row.map(kept_product).transpose()
}

/// The same; nobody else changes it until the transaction ends, nor names it in a new row.
pub fn lock_product(tx: &mut Connection, id: ProductId) -> Result<Option<KeptProduct>> {
    let row: Option<ProductRow> = select::<ProductRow>("WHERE p.id = $1 {postgres: FOR UPDATE OF p}")
        .bind(id)
        .first(tx)?;
    row.map(kept_product).transpose()
}

row! {
    struct UnitRow from "sale_units u JOIN products p ON p.id = u.product_id LEFT JOIN accounts a ON a.id = u.account_id" {
        id: SaleUnitId = "u.id",
        product_id: ProductId = "u.product_id",
        sku: String = "p.sku",
        account_id: Option<AccountId> = "u.account_id",
        account_code: Option<String> = "a.code",
        account_name: Option<String> = "a.name",
        unit: String = "u.unit",
        name: String = "u.name",
        numerator: i64 = "u.numerator",
        denominator: i64 = "u.denominator",
        unit_code: String = "u.unit_code",
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
        max_quantity: row.max_quantity,
        rounding: row.rounding,
        size: PackSize {
            gross_weight_g: row.gross_weight_g,
            length_mm: row.length_mm,
            width_mm: row.width_mm,
            height_mm: row.height_mm,
            layer: row.layer,
        },
        valid_from: row.valid_from,
        is_default: row.is_default,
    })
}

/// The packs of a product: the general ones first, by content.
pub fn list_units(connection: &mut Connection, product_id: ProductId) -> Result<Vec<KeptUnit>> {
    let rows: Vec<UnitRow> = select::<UnitRow>("WHERE u.product_id = $1 ORDER BY u.unit, u.id")
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
    let row: Option<UnitRow> = select::<UnitRow>("WHERE u.id = $1").bind(id).first(connection)?;
    row.map(kept_unit).transpose()
}

/// The same; nobody else changes it until the transaction ends.
pub fn lock_unit(tx: &mut Connection, id: SaleUnitId) -> Result<Option<KeptUnit>> {
    let row: Option<UnitRow> = select::<UnitRow>("WHERE u.id = $1 {lock of u}").bind(id).first(tx)?;
    row.map(kept_unit).transpose()
}

/// The packs that are sold from a day on behind `after` and up to `today`: that day, and when the article was last noted for whom
/// the pack is.
pub fn list_begun(
    connection: &mut Connection,
    (after, today): (NaiveDate, NaiveDate),
) -> Result<Vec<(i64, NaiveDate, Option<i64>)>> {
    sql(
        "SELECT u.id, u.valid_from, (SELECT c.changed_us FROM changes c WHERE c.list = 'catalogue' AND c.id = u.product_id \
         AND c.account_id = COALESCE(u.account_id, p.exclusive_account_id, 0)) \
         FROM sale_units u JOIN products p ON p.id = u.product_id WHERE u.valid_from > $1 AND u.valid_from <= $2",
    )
    .bind(after)
    .bind(today)
    .rows(connection)
}

/// Has packs noted as changed, as they are.
pub fn note_units(tx: &mut Connection, ids: &[i64]) -> Result<()> {
    sql("UPDATE sale_units SET valid_from = valid_from WHERE id {in ids $1}")
        .bind(sets::json(ids)?)
        .run(tx)
        .map(drop)
}

/// True if order lines count in the pack with its content as it is.
pub fn is_ordered(connection: &mut Connection, unit: &KeptUnit) -> Result<bool> {
    let found: Option<i64> = sql(
        "SELECT l.id FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.product_id = $1 AND l.unit = $2 \
         AND l.content_numerator = $3 AND l.content_denominator = $4 AND (CAST($5 AS BIGINT) IS NULL OR o.account_id = $5) LIMIT 1",
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
         AND r.unit = $2 AND (CAST($3 AS BIGINT) IS NULL OR l.account_id = $3) ORDER BY l.code LIMIT 1",
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
