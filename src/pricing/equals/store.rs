//! Looks for prices of equal standing.

use chrono::NaiveDate;

use super::{Equals, Place, Side};
use crate::binds;
use crate::db::seek::{Seek, Way};
use crate::db::{Connection, selection};
use crate::error::Result;
use crate::ids::{PriceId, PriceListId};
use crate::money::{Currency, UnitPrice};
use crate::pricing::rules::Level;
use crate::pricing::store::FIRST_DAY;
use crate::quantity::Quantity;
use crate::row;

// The lists first: there are few pairs of lists that stand equal, and many rows.
row! {
    struct PairRow from "price_lists l {cross} price_lists m ON m.kind = l.kind AND m.rank = l.rank AND m.currency = l.currency \
        AND COALESCE(m.account_id, 0) = COALESCE(l.account_id, 0) AND COALESCE(m.tier, '') = COALESCE(l.tier, '') \
        AND COALESCE(m.site, '') = COALESCE(l.site, '') AND m.id > l.id \
        AND m.valid_from <= l.valid_to AND l.valid_from <= m.valid_to \
        {cross} prices a ON a.price_list_id = l.id \
        {cross} prices b ON b.price_list_id = m.id AND b.product_id = a.product_id AND b.unit = a.unit \
        AND b.min_quantity = a.min_quantity AND b.valid_from = a.valid_from \
        JOIN products p ON p.id = a.product_id" {
        one_id: PriceId = "a.id",
        other_id: PriceId = "b.id",
        one_list_id: PriceListId = "l.id",
        other_list_id: PriceListId = "m.id",
        one_list: String = "l.code",
        other_list: String = "m.code",
        one_micros: i64 = "a.price_micros",
        other_micros: i64 = "b.price_micros",
        one_base: i32 = "a.price_base",
        other_base: i32 = "b.price_base",
        sku: String = "p.sku",
        unit: String = "a.unit",
        min_quantity: i64 = "a.min_quantity",
        decimals: u8 = "p.decimals",
        valid_from: NaiveDate = "a.valid_from",
        currency: Currency = "l.currency",
        kind: Level = "l.kind",
    }
}

/// At most `limit` pairs, those behind `after`.
pub fn list(connection: &mut Connection, after: Option<Place>, limit: i64) -> Result<Vec<Equals>> {
    let mut seek = Seek::new(connection, &selection::<PairRow>());
    // Of the same price it doesn't matter which one holds, if both are reckoned alike.
    seek.and(
        "(CAST(a.price_micros AS NUMERIC) * b.price_base <> CAST(b.price_micros AS NUMERIC) * a.price_base \
         OR l.method <> m.method OR l.scale <> m.scale)",
        [],
    );
    let after = after.map(|(one, other)| binds![one, other]);
    let rows: Vec<PairRow> = seek.page(["a.id", "b.id"], Way::Up, after, limit).rows(connection)?;
    let pair = |row: PairRow| Equals {
        sku: row.sku,
        unit: row.unit,
        min_quantity: Quantity::new(row.min_quantity, row.decimals),
        valid_from: (row.valid_from != FIRST_DAY).then_some(row.valid_from),
        currency: row.currency,
        kind: row.kind,
        one: Side {
            id: row.one_id,
            list_id: row.one_list_id,
            list: row.one_list,
            price: UnitPrice { micros: row.one_micros },
            price_base: row.one_base,
        },
        other: Side {
            id: row.other_id,
            list_id: row.other_list_id,
            list: row.other_list,
            price: UnitPrice {
                micros: row.other_micros,
            },
            price_base: row.other_base,
        },
    };
    Ok(rows.into_iter().map(pair).collect())
}
