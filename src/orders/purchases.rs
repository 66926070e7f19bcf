//! What an account bought: which products lately, and when and how much of one of them.

use chrono::{Months, NaiveDate};

use super::rules::months::{first_day, months};
use super::store;
pub use super::store::Purchase;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, ProductId};

/// Months that count as lately.
pub const MONTHS: u32 = 12;
/// Orders that are looked through for a product: the account's latest.
pub const ORDERS_MAX: i64 = 1_000;

/// The first day that counts as lately.
pub fn since(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(Months::new(MONTHS)).unwrap_or(today)
}

/// The products the account ordered lately.
pub fn list_products(connection: &mut Connection, account_id: AccountId, today: NaiveDate) -> Result<Vec<ProductId>> {
    let mut ids = store::list_bought_products(connection, account_id, since(today))?;
    ids.sort_unstable();
    Ok(ids)
}

/// The latest lines with the product among the account's latest [`ORDERS_MAX`] orders.
pub fn list_of_product(
    connection: &mut Connection,
    account_id: AccountId,
    product_id: ProductId,
    limit: i64,
) -> Result<Vec<Purchase>> {
    store::list_purchases(connection, account_id, product_id, ORDERS_MAX, limit)
}

/// How much of the product was ordered in each of the last twelve months, base steps, among the same orders.
pub fn list_months(
    connection: &mut Connection,
    account_id: AccountId,
    product_id: ProductId,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, i64)>> {
    let found = store::list_bought_months(connection, account_id, product_id, first_day(today), ORDERS_MAX)?;
    Ok(months(today, &found))
}
