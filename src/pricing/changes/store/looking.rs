//! What previews are made of, and what they come to.

use chrono::NaiveDate;

use crate::db::{Connection, insert, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, PriceChangeId, PriceListId, ProductId, SiteId};
use crate::money::{Currency, UnitPrice};
use crate::names::sets::OrderClass;
use crate::pricing::rules::{PriceRow, Validity};
use crate::pricing::store::LAST_DAY;
use crate::quantity::Quantity;
use crate::row;

/// The next account whose prices it may change, behind one.
pub fn next_account(connection: &mut Connection, id: PriceChangeId, after: i64) -> Result<Option<AccountId>> {
    sql(
        "SELECT a.id FROM accounts a WHERE a.id > $2 AND a.closed_at IS NULL AND EXISTS (SELECT 1 FROM price_lists l \
         WHERE l.currency = a.currency AND (l.account_id = a.id OR (l.account_id IS NULL AND (l.kind = 'base' \
         OR (l.kind = 'tier' AND l.tier = a.tier)))) AND EXISTS (SELECT 1 FROM price_change_rows r WHERE r.change_id = $1 \
         AND r.price_list_id = l.id)) ORDER BY a.id LIMIT 1",
    )
    .bind(id)
    .bind(after)
    .first(connection)
}

row! {
    /// Equal lines that an account ordered.
    #[derive(Debug, Clone)]
    pub struct Bought {
        pub product_id: ProductId,
        pub unit: String,
        pub content_numerator: i64,
        pub content_denominator: i64,
        /// All of a line, with what was called off of it.
        pub quantity: Quantity,
        pub base_quantity: i64,
        /// Base steps that were called off.
        pub cancelled: i64,
        pub site_id: SiteId,
        pub order_class: OrderClass,
        pub lines: i64,
    }
}

/// What an account ordered in these days of products of the price change, without what was cancelled; equal lines once.
pub fn list_bought(
    connection: &mut Connection,
    (id, account_id): (PriceChangeId, AccountId),
    list_ids: &[PriceListId],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Bought>> {
    sql(
        "SELECT o.product_id, o.unit, o.content_numerator, o.content_denominator, \
         o.quantity, o.unit_decimals, o.base_quantity, o.cancelled, r.site_id, r.order_class, COUNT(*) \
         FROM orders r JOIN order_lines o \
         ON o.order_id = r.id WHERE r.account_id = $2 AND r.placed_on > $4 AND r.placed_on <= $5 \
         AND r.state NOT IN ({order_state cancelled}, {order_state rejected}) AND o.cancelled < o.base_quantity \
         AND EXISTS (SELECT 1 FROM price_change_rows c WHERE c.change_id = $1 AND c.product_id = o.product_id \
         AND c.price_list_id {in ids $3}) GROUP BY o.product_id, o.unit, o.content_numerator, o.content_denominator, \
         o.quantity, o.unit_decimals, o.base_quantity, o.cancelled, r.site_id, r.order_class",
    )
    .bind(id)
    .bind(account_id)
    .bind(sets::json(list_ids)?)
    .bind(from)
    .bind(to)
    .rows(connection)
}

row! {
    /// A line of an open draft.
    #[derive(Debug, Clone)]
    pub struct Drafted {
        pub draft_id: i64,
        pub product_id: ProductId,
        pub unit: String,
        pub quantity: String,
    }
}

/// Lines of open drafts of an account with products of the price change.
pub fn list_drafted(
    connection: &mut Connection,
    (id, account_id): (PriceChangeId, AccountId),
    list_ids: &[PriceListId],
) -> Result<Vec<Drafted>> {
    sql(
        "SELECT d.id, l.product_id, l.unit_text, l.quantity_text FROM drafts d JOIN draft_lines l ON l.draft_id = d.id \
         WHERE d.account_id = $2 AND d.order_id IS NULL AND EXISTS (SELECT 1 FROM price_change_rows c WHERE c.change_id = $1 \
         AND c.product_id = l.product_id AND c.price_list_id {in ids $3})",
    )
    .bind(id)
    .bind(account_id)
    .bind(sets::json(list_ids)?)
    .rows(connection)
}

/// The rows of a price change for these products in these lists, as they would stand there.
pub fn list_put(
    connection: &mut Connection,
    id: PriceChangeId,
    product_ids: &[ProductId],
    list_ids: &[PriceListId],
) -> Result<Vec<(ProductId, PriceRow)>> {
    row! {
        struct Put from "price_change_rows r JOIN price_changes c ON c.id = r.change_id" {
            product_id: ProductId = "r.product_id",
            price_list_id: PriceListId = "r.price_list_id",
            unit: String = "r.unit",
            min_quantity: i64 = "r.min_quantity",
            price: UnitPrice = "r.price_micros",
            price_base: i32 = "r.price_base",
            from: NaiveDate = "c.effective_on",
            until: Option<NaiveDate> = holding!("valid_to"),
            price_group: Option<String> = holding!("price_group"),
        }
    }
    let rows: Vec<Put> =
        select::<Put>("WHERE r.change_id = $1 AND r.product_id {in ids $2} AND r.price_list_id {in ids $3}")
            .bind(id)
            .bind(sets::json(product_ids)?)
            .bind(sets::json(list_ids)?)
            .rows(connection)?;
    let put = |row: Put| {
        let price = PriceRow {
            price_list_id: row.price_list_id,
            unit: row.unit,
            min_quantity: row.min_quantity,
            price: row.price,
            price_base: row.price_base,
            price_group: row.price_group,
            validity: Validity {
                from: Some(row.from),
                to: row.until.filter(|until| *until != LAST_DAY),
            },
        };
        (row.product_id, price)
    };
    Ok(rows.into_iter().map(put).collect())
}

row! {
    /// What a price change comes to for an account, minor units.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct AccountSum in price_change_previews {
        pub change_id: PriceChangeId,
        pub account_id: AccountId,
        pub currency: Currency,
        /// Lines whose price is another.
        pub line_count: i32,
        /// Lines that were looked at.
        pub looked_count: i32,
        pub before_minor: i64,
        pub after_minor: i64,
        /// Of lines whose cost is known.
        pub costed_before_minor: i64,
        pub costed_after_minor: i64,
        pub cost_minor: i64,
        pub under_floor: i32,
        pub blocked: i32,
        pub draft_count: i32,
    }
}

row! {
    /// The same with the account's name.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct NamedSum from "price_change_previews v JOIN accounts a ON a.id = v.account_id" {
        pub code: String = "a.code",
        pub name: String = "a.name",
        pub sum: AccountSum = "v.*",
    }
}

pub fn delete_sums(tx: &mut Connection, id: PriceChangeId) -> Result<()> {
    sql("DELETE FROM price_change_previews WHERE change_id = $1")
        .bind(id)
        .run(tx)
        .map(drop)
}

pub fn insert_sum(tx: &mut Connection, sum: &AccountSum) -> Result<()> {
    insert(tx, std::slice::from_ref(sum))
}

/// What it comes to for each account, the biggest loss first.
pub fn list_sums(connection: &mut Connection, id: PriceChangeId) -> Result<Vec<NamedSum>> {
    select::<NamedSum>("WHERE v.change_id = $1 ORDER BY v.after_minor - v.before_minor, a.code")
        .bind(id)
        .rows(connection)
}

/// Contracts that hold on its day in which a price rises, with how many.
pub fn list_broken(connection: &mut Connection, id: PriceChangeId) -> Result<Vec<(String, i64)>> {
    sql(concat!(
        "SELECT l.code, COUNT(*) FROM price_change_rows r JOIN price_changes c ON c.id = r.change_id \
             JOIN price_lists l ON l.id = r.price_list_id JOIN prices w ON w.id = COALESCE((SELECT e.id FROM prices e \
             WHERE e.id = r.price_id), ",
        holding!("id"),
        ") WHERE r.change_id = $1 AND l.kind = 'contract' AND l.valid_from <= c.effective_on \
             AND l.valid_to >= c.effective_on AND r.price_micros * COALESCE(r.was_base, w.price_base) > \
             COALESCE(r.was_micros, w.price_micros) * r.price_base GROUP BY l.code ORDER BY l.code"
    ))
    .bind(id)
    .rows(connection)
}
