//! Price lists and price rows.

pub mod keeping;

use chrono::NaiveDate;

use super::rules::{Level, PriceList, PriceRow, Validity};
use crate::db::{Connection, Statement, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, PriceListId, ProductId};
use crate::money::UnitPrice;

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

/// The lists that apply to an account of `tier` on the day, in its currency.
pub fn applicable_lists(
    connection: &mut Connection,
    account_id: AccountId,
    tier: &str,
    currency: &str,
    on: NaiveDate,
) -> Result<Vec<PriceList>> {
    let rows: Vec<(PriceListId, String, String, i32, NaiveDate, NaiveDate)> =
        sql("SELECT id, code, kind, rank, valid_from, valid_to FROM price_lists \
         WHERE (account_id = $1 OR (account_id IS NULL AND kind = 'base') \
         OR (account_id IS NULL AND kind = 'tier' AND tier = $2)) \
         AND currency = $3 AND valid_from <= $4 AND valid_to >= $4")
        .bind(account_id)
        .bind(tier)
        .bind(currency)
        .bind(on)
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

macro_rules! rows_of {
    ($from:literal) => {
        concat!(
            "SELECT r.product_id, r.price_list_id, r.unit, r.min_quantity, r.price_micros, r.price_base, r.valid_from, \
             r.valid_to FROM ",
            $from,
            " r.valid_from <= $3 AND r.valid_to >= $3"
        )
    };
}

/// The rows of these lists for these products that are valid on the day.
pub fn rows(
    connection: &mut Connection,
    product_ids: &[ProductId],
    list_ids: &[PriceListId],
    on: NaiveDate,
) -> Result<Vec<(ProductId, PriceRow)>> {
    type Row = (ProductId, PriceListId, String, i64, i64, i32, NaiveDate, NaiveDate);
    // The ids of the lists are a parameter: joined, they became a filter that read every contract of a product.
    let rows: Vec<Row> = Statement::per_engine(
        rows_of!(
            "json_each($1) k CROSS JOIN json_each($2) l CROSS JOIN prices r \
             ON r.product_id = k.value AND r.price_list_id = l.value WHERE"
        ),
        rows_of!(
            "prices r WHERE r.product_id = ANY(ARRAY(SELECT json_array_elements_text($1::json)::bigint)) \
             AND r.price_list_id = ANY(ARRAY(SELECT json_array_elements_text($2::json)::bigint)) AND"
        ),
    )
    .bind(sets::json(product_ids)?)
    .bind(sets::json(list_ids)?)
    .bind(on)
    .rows(connection)?;
    let row = |(product_id, price_list_id, unit, min_quantity, micros, price_base, from, to)| {
        let price = UnitPrice { micros };
        (
            product_id,
            PriceRow {
                price_list_id,
                unit,
                min_quantity,
                price,
                price_base,
                validity: validity(from, to),
            },
        )
    };
    Ok(rows.into_iter().map(row).collect())
}
