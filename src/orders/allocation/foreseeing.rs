//! What would become of stock that isn't there yet: the decision that a receipt would make now.

use std::collections::HashMap;

use super::rules::{Decision, decide};
use super::{Listed, heads, list_waiting};
use crate::accounts;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids::{OrderId, ProductId, StockId};
use crate::inventory::quotas;
use crate::inventory::rules::{Stock, StockBook};
use crate::inventory::{self, Purpose};
use crate::orders::sentences;

/// Who would get what of it.
#[derive(Debug)]
pub struct Foreseen {
    pub decision: Decision,
    /// The heads of the orders that would be served.
    pub heads: HashMap<OrderId, Listed>,
    /// What would be free behind it, whoever it is kept for.
    pub left: i64,
}

/// What would become of so many more base steps of a product in a warehouse, or in whichever is named first. Changes nothing.
pub fn foresee(
    connection: &mut Connection,
    product_id: ProductId,
    quantity: i64,
    warehouse: Option<&str>,
    now: Timestamp,
) -> Result<Foreseen> {
    let today = day_in(accounts::supplier_zone(connection)?, now);
    let warehouse = match warehouse {
        Some(code) => {
            let unknown = || Error::invalid("/warehouse", Code::UnknownWarehouse, sentences::no_warehouse(code));
            Some(inventory::find_warehouse(connection, code)?.ok_or_else(unknown)?)
        }
        None => inventory::list_warehouses(connection)?.into_iter().next(),
    };
    let warehouse = warehouse.unwrap_or_default();
    let mut rows: Vec<_> = inventory::load(connection, &[product_id], Purpose::Preview)?
        .into_rows()
        .collect();
    match rows.iter_mut().find(|row| row.warehouse == warehouse) {
        Some(row) => row.on_hand = row.on_hand.saturating_add(quantity),
        None => rows.push(Stock {
            id: StockId(0),
            product_id,
            warehouse,
            on_hand: quantity,
            reserved: 0,
        }),
    }
    let mut book = StockBook::new(rows).that_has_policies(true);
    quotas::apply(connection, &mut book, &[product_id], today)?;
    let waiting = list_waiting(connection, &[product_id])?;
    let decision = decide(product_id, waiting, &mut book);
    let order_ids: Vec<_> = decision.served().map(|(line, _)| line.rank.order_id).collect();
    Ok(Foreseen {
        heads: heads(connection, &order_ids)?,
        left: book.free(product_id),
        decision,
    })
}
