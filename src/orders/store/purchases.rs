//! What an account bought of products.

use chrono::NaiveDate;

use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderId, ProductId};
use crate::money::UnitPrice;
use crate::quantity::Quantity;
use crate::row;

row! {
    /// A line of an order of the account.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Purchase {
        pub order_id: OrderId,
        pub number: i64,
        pub placed_on: NaiveDate,
        /// The ordered unit.
        pub unit: String,
        /// Its UN/ECE Rec 20/21 code.
        pub unit_code: String,
        /// How many of it.
        pub quantity: Quantity,
        /// For `price_base` × `price_unit`.
        pub unit_price: UnitPrice,
        /// The unit the price is kept for.
        pub price_unit: String,
        /// How many of it the price buys.
        pub price_base: i32,
        /// Minor units.
        pub net_minor: i64,
    }
}

/// The products the account ordered since a day, in no order; orders that came to nothing don't count.
pub fn list_bought_products(
    connection: &mut Connection,
    account_id: AccountId,
    since: NaiveDate,
) -> Result<Vec<ProductId>> {
    sql(
        "SELECT DISTINCT l.product_id FROM orders o JOIN order_lines l ON l.order_id = o.id \
         WHERE o.account_id = $1 AND o.placed_on >= $2 AND o.state NOT {in order_states void} AND l.base_quantity > 0",
    )
    .bind(account_id)
    .bind(since)
    .rows(connection)
}

/// Lines that order the product in the latest `orders` orders of the account, the newest first, at most `limit`. What came once
/// more for a claim was not bought.
pub fn list_purchases(
    connection: &mut Connection,
    account_id: AccountId,
    product_id: ProductId,
    orders: i64,
    limit: i64,
) -> Result<Vec<Purchase>> {
    sql(
        "SELECT o.id, o.number, o.placed_on, l.unit, l.unit_code, l.quantity, l.unit_decimals, l.price_micros, \
         l.price_unit, l.price_base, l.net_minor FROM (SELECT id, number, placed_on, source FROM orders WHERE account_id = \
         $1 AND state NOT {in order_states void} ORDER BY id DESC LIMIT $3) o {cross} order_lines l ON \
         l.order_id = o.id WHERE l.product_id = $2 AND l.base_quantity > 0 AND COALESCE(o.source, '') <> 'claim' ORDER BY o.id DESC, l.position LIMIT $4",
    )
    .bind(account_id)
    .bind(product_id)
    .bind(orders)
    .bind(limit)
    .rows(connection)
}

/// Base steps of the product by month (`2026-11`) in the latest `orders` orders of the account since a day, without what came once more
/// for a claim.
pub fn list_bought_months(
    connection: &mut Connection,
    account_id: AccountId,
    product_id: ProductId,
    since: NaiveDate,
    orders: i64,
) -> Result<Vec<(String, i64)>> {
    sql(
        "SELECT substr(CAST(o.placed_on AS TEXT), 1, 7), CAST(SUM(l.base_quantity) AS BIGINT) FROM (SELECT id, \
         placed_on, source FROM orders WHERE account_id = $1 AND state NOT {in order_states void} ORDER BY id DESC \
         LIMIT $3) o {cross} order_lines l ON l.order_id = o.id WHERE l.product_id = $2 AND o.placed_on >= $4 \
         AND COALESCE(o.source, '') <> 'claim' GROUP BY 1 ORDER BY 1",
    )
    .bind(account_id)
    .bind(product_id)
    .bind(orders)
    .bind(since)
    .rows(connection)
}
