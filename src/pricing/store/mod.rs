//! Price lists and price rows.

pub mod keeping;

use chrono::NaiveDate;

use super::rules::{Level, PriceList, PriceRow, Validity};
use crate::db::{Connection, select, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, PriceListId, ProductId};
use crate::money::UnitPrice;
use crate::row;

/// Open validity is stored as the first and the last day there are.
pub const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a day");
/// See [`FIRST_DAY`].
pub const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");

fn validity(from: NaiveDate, to: NaiveDate) -> Validity {
    Validity {
        from: (from != FIRST_DAY).then_some(from),
        to: (to != LAST_DAY).then_some(to),
    }
}

/// The lists that apply to an account of `tier` on one of the days, both included, in its currency.
pub fn applicable_lists(
    connection: &mut Connection,
    account_id: AccountId,
    tier: &str,
    currency: &str,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<PriceList>> {
    let rows: Vec<(PriceListId, String, String, i32, NaiveDate, NaiveDate)> =
        // A list of a contract holds within its days, and only once it is signed and until it ends.
        sql("SELECT l.id, l.code, l.kind, l.rank, \
         CASE WHEN c.valid_from > l.valid_from THEN c.valid_from ELSE l.valid_from END, \
         CASE WHEN COALESCE(c.ends_on, c.valid_to) < l.valid_to THEN COALESCE(c.ends_on, c.valid_to) ELSE l.valid_to END \
         FROM price_lists l LEFT JOIN contracts c ON c.id = l.contract_id \
         WHERE (l.account_id = $1 OR (l.account_id IS NULL AND l.kind = 'base') \
         OR (l.account_id IS NULL AND l.kind = 'tier' AND l.tier = $2)) \
         AND l.currency = $3 AND l.valid_from <= $4 AND l.valid_to >= $5 \
         AND (l.contract_id IS NULL OR (c.state IN ({contract_state signed}, {contract_state active}) \
         AND c.valid_from <= $4 AND COALESCE(c.ends_on, c.valid_to) >= $5))")
        .bind(account_id)
        .bind(tier)
        .bind(currency)
        .bind(to)
        .bind(from)
        .rows(connection)?;
    rows.into_iter()
        .map(|(id, code, kind, rank, from, to)| {
            let level =
                Level::from_name(&kind).ok_or_else(|| Error::internal(format!("price list {code}: kind {kind}")))?;
            Ok(PriceList {
                id,
                code,
                level,
                rank,
                validity: validity(from, to),
            })
        })
        .collect()
}

row! {
    struct ProductPriceRow from "prices r" {
        product_id: ProductId = "r.product_id",
        price_list_id: PriceListId = "r.price_list_id",
        unit: String = "r.unit",
        min_quantity: i64 = "r.min_quantity",
        price_micros: i64 = "r.price_micros",
        price_base: i32 = "r.price_base",
        valid_from: NaiveDate = "r.valid_from",
        valid_to: NaiveDate = "r.valid_to",
    }
}

/// The rows of these lists for these products that are valid on one of the days, both included.
pub fn rows(
    connection: &mut Connection,
    product_ids: &[ProductId],
    list_ids: &[PriceListId],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<(ProductId, PriceRow)>> {
    // The ids of the lists are a parameter: joined, they became a filter that read every contract of a product.
    let rows: Vec<ProductPriceRow> = select::<ProductPriceRow>(
        "WHERE r.product_id {in ids $1} AND r.price_list_id {in ids $2} AND r.valid_from <= $3 AND r.valid_to >= $4",
    )
    .bind(sets::json(product_ids)?)
    .bind(sets::json(list_ids)?)
    .bind(to)
    .bind(from)
    .rows(connection)?;
    let row = |row: ProductPriceRow| {
        let price = PriceRow {
            price_list_id: row.price_list_id,
            unit: row.unit,
            min_quantity: row.min_quantity,
            price: UnitPrice {
                micros: row.price_micros,
            },
            price_base: row.price_base,
            validity: validity(row.valid_from, row.valid_to),
        };
        (row.product_id, price)
    };
    Ok(rows.into_iter().map(row).collect())
}
