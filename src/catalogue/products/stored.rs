//! What is stored about products that a file or a form names.

use std::collections::HashSet;

use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::ProductId;

/// Of these products those whose quantities and prices are stored.
pub(super) fn used_among(connection: &mut Connection, ids: &str) -> Result<HashSet<ProductId>> {
    let used: Vec<ProductId> = sql(
        "SELECT k.value FROM {ids $1} k WHERE EXISTS (SELECT 1 FROM sale_units WHERE product_id = k.value) \
         OR EXISTS (SELECT 1 FROM prices WHERE product_id = k.value) \
         OR EXISTS (SELECT 1 FROM stock WHERE product_id = k.value) \
         OR EXISTS (SELECT 1 FROM order_lines WHERE product_id = k.value)",
    )
    .bind(ids)
    .rows(connection)?;
    Ok(used.into_iter().collect())
}

/// Of pairs of product and account the products that another account has in its assortment.
pub(super) fn seen_by_others(connection: &mut Connection, exclusive: &str) -> Result<HashSet<ProductId>> {
    let seen: Vec<ProductId> = sql(
        "SELECT DISTINCT a.product_id FROM {tuples $1: product_id bigint, account_id bigint} k {cross} assortment a \
         ON a.product_id = k.product_id AND a.account_id <> k.account_id",
    )
    .bind(exclusive)
    .rows(connection)?;
    Ok(seen.into_iter().collect())
}
