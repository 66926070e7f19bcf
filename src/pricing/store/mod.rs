//! Price lists and price rows.

pub mod keeping;

use chrono::NaiveDate;

use super::rules::discounts::{Discount, DiscountKind, DiscountMode};
use super::rules::{Level, Method, PriceList, PriceRow, Scale, Validity};
use crate::db::{Connection, select, sets};
use crate::error::Result;
use crate::ids::{AccountId, PriceListId, ProductId, SiteId};
use crate::money::UnitPrice;
use crate::names::sets::OrderClass;
use crate::row;

/// Open validity is stored as the first and the last day there are.
pub const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a day");
/// See [`FIRST_DAY`].
pub const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");

pub(super) fn validity(from: NaiveDate, to: NaiveDate) -> Validity {
    Validity {
        from: (from != FIRST_DAY).then_some(from),
        to: (to != LAST_DAY).then_some(to),
    }
}

row! {
    struct AppliedRow from "price_lists l LEFT JOIN sites s ON s.account_id = l.account_id AND s.code = l.site \
        LEFT JOIN contracts c ON c.id = l.contract_id" {
        id: PriceListId = "l.id",
        code: String = "l.code",
        kind: Level = "l.kind",
        rank: i32 = "l.rank",
        // A list of a contract holds within its days, and only once it is signed and until it ends: on these days also when it is over.
        valid_from: NaiveDate = "CASE WHEN c.valid_from > l.valid_from THEN c.valid_from ELSE l.valid_from END",
        valid_to: NaiveDate = "CASE WHEN COALESCE(c.ends_on, c.valid_to) < l.valid_to THEN COALESCE(c.ends_on, c.valid_to) \
            ELSE l.valid_to END",
        site_id: Option<SiteId> = "s.id",
        site: Option<String> = "l.site",
        is_of_first_site: bool = "s.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sites f WHERE f.account_id = l.account_id \
            AND f.id < s.id)",
        scale: Scale = "l.scale",
        method: Method = "l.method",
    }
}

/// The lists that apply to an account of `tier` on one of the days, both included, in its currency, wherever they are for; and whether that is
/// its first site.
pub fn applicable_lists(
    connection: &mut Connection,
    account_id: AccountId,
    tier: &str,
    currency: &str,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<(PriceList, bool)>> {
    let rows: Vec<AppliedRow> = select::<AppliedRow>(
        "WHERE (l.account_id = $1 OR (l.account_id IS NULL AND l.kind = 'base') \
         OR (l.account_id IS NULL AND l.kind = 'tier' AND l.tier = $2)) \
         AND l.currency = $3 AND l.valid_from <= $4 AND l.valid_to >= $5 \
         AND (l.contract_id IS NULL OR (c.signed_at IS NOT NULL \
         AND c.valid_from <= $4 AND COALESCE(c.ends_on, c.valid_to) >= $5))",
    )
    .bind(account_id)
    .bind(tier)
    .bind(currency)
    .bind(to)
    .bind(from)
    .rows(connection)?;
    let list = |row: AppliedRow| {
        let list = PriceList {
            id: row.id,
            code: row.code,
            level: row.kind,
            rank: row.rank,
            validity: validity(row.valid_from, row.valid_to),
            site: row.site_id.zip(row.site),
            scale: row.scale,
            method: row.method,
        };
        (list, row.is_of_first_site)
    };
    Ok(rows.into_iter().map(list).collect())
}

row! {
    struct GivenRow from "discounts d" {
        code: String = "d.code",
        name: String = "d.name",
        position: i32 = "d.position",
        kind: DiscountKind = "d.kind",
        value: i64 = "d.value",
        mode: DiscountMode = "d.mode",
        category: Option<String> = "d.category",
        order_class: Option<OrderClass> = "d.order_class",
        valid_from: NaiveDate = "d.valid_from",
        valid_to: NaiveDate = "d.valid_to",
    }
}

/// The discounts that an account may get on one of the days, both included, in their order.
pub fn discounts(
    connection: &mut Connection,
    account_id: AccountId,
    currency: &str,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Discount>> {
    let rows: Vec<GivenRow> = select::<GivenRow>(
        "WHERE (d.account_id = $1 OR d.account_id IS NULL) AND (d.currency IS NULL OR d.currency = $2) \
         AND d.valid_from <= $3 AND d.valid_to >= $4 ORDER BY d.position, d.code",
    )
    .bind(account_id)
    .bind(currency)
    .bind(to)
    .bind(from)
    .rows(connection)?;
    let discount = |row: GivenRow| Discount {
        code: row.code,
        name: row.name,
        position: row.position,
        kind: row.kind,
        value: row.value,
        mode: row.mode,
        category: row.category,
        order_class: row.order_class,
        validity: validity(row.valid_from, row.valid_to),
    };
    Ok(rows.into_iter().map(discount).collect())
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
        price_group: Option<String> = "r.price_group",
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
            price_group: row.price_group,
        };
        (row.product_id, price)
    };
    Ok(rows.into_iter().map(row).collect())
}
