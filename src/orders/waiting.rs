//! Who waits for which product, for staff.

use std::collections::HashMap;

use super::allocation;
use super::rules::allocation::Waiting;
use super::store::{self, Listed};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::ids::{OrderId, ProductId};
use crate::quantity::Quantity;

/// A product that orders wait for.
#[derive(Debug, Clone)]
pub struct Short {
    /// The product.
    pub product_id: ProductId,
    /// Its number.
    pub sku: String,
    /// What it is called.
    pub name: String,
    /// UN/ECE Rec 20 code.
    pub base_unit: String,
    /// How many lines wait.
    pub lines: i64,
    /// For how much.
    pub waiting: Quantity,
    /// Since when the oldest of them is in the queue.
    pub since: Timestamp,
}

/// Products that lines wait for, by number behind `after`.
pub fn list_short(connection: &mut Connection, after: &str, limit: i64) -> Result<Vec<Short>> {
    let short = |row: store::ShortRow| {
        Ok(Short {
            product_id: row.product_id,
            sku: row.sku,
            name: row.name,
            base_unit: row.base_unit,
            lines: row.lines,
            waiting: Quantity::new(row.steps, u8::try_from(row.decimals).map_err(Error::internal)?),
            since: row.since,
        })
    };
    store::list_short(connection, after, limit)?
        .into_iter()
        .map(short)
        .collect()
}

/// How many lines wait for each of these products, and for how many base steps.
pub fn sums(connection: &mut Connection, product_ids: &[ProductId]) -> Result<HashMap<ProductId, (i64, i64)>> {
    let sums = store::sum_waiting(connection, product_ids)?;
    Ok(sums
        .into_iter()
        .map(|(id, lines, steps)| (id, (lines, steps)))
        .collect())
}

/// The lines that wait for a product by rank, and the heads of their orders.
pub fn of_product(
    connection: &mut Connection,
    product_id: ProductId,
) -> Result<(Vec<Waiting>, HashMap<OrderId, Listed>)> {
    let mut lines = allocation::list_waiting(connection, &[product_id])?;
    lines.sort_by_key(|line| line.rank);
    let ids: Vec<_> = lines.iter().map(|line| line.rank.order_id).collect();
    let heads = store::heads(connection, &ids)?;
    Ok((lines, heads))
}
