//! Whatever frees stock serves the waiting lines in the same transaction, in the order of the queue.

use chrono_tz::Tz;

use super::planning::promised_on;
use super::rules::OrderClass;
use super::rules::allocation::{Rank, Served, Waiting, serve};
use super::rules::order::portion;
use super::store::{self, WaitingRow};
use crate::accounts::rules::Tier;
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Error, Result};
use crate::ids::ProductId;
use crate::inventory::rules::StockBook;
use crate::inventory::{self, Purpose};
use crate::quantity::Content;

/// Serves the lines that wait for these products from whatever is free of them. Call it in the transaction that raised
/// the stock. Locks the products' stock.
pub fn serve_products(tx: &mut Connection, product_ids: &[ProductId], zone: Tz, now: Timestamp) -> Result<Vec<Served>> {
    let mut stock = inventory::load(tx, product_ids, Purpose::Change)?;
    let served = serve_waiting(tx, &mut stock, product_ids, zone, now)?;
    let mut batch = Batch::new();
    inventory::save(&mut batch, &stock)?;
    batch.run(tx)?;
    Ok(served)
}

/// The same on stock that is locked already; the caller saves `stock`.
pub(super) fn serve_waiting(
    tx: &mut Connection,
    stock: &mut StockBook,
    product_ids: &[ProductId],
    zone: Tz,
    now: Timestamp,
) -> Result<Vec<Served>> {
    let free: Vec<_> = product_ids
        .iter()
        .copied()
        .filter(|id| stock.of(*id).iter().any(|row| row.free() > 0))
        .collect();
    if free.is_empty() {
        return Ok(Vec::new());
    }
    let waiting = store::list_waiting(tx, &free)?
        .into_iter()
        .map(waiting)
        .collect::<Result<Vec<_>>>()?;
    let served = serve(waiting, stock);
    let today = day_in(zone, now);
    let rows: Vec<_> = served
        .iter()
        .map(|line| {
            let date = if line.is_complete {
                promised_on(today, line.lead_time_days)
            } else {
                None
            };
            (line.order_line_id, line.quantity, date)
        })
        .collect();
    let mut batch = Batch::new();
    store::update_served(&mut batch, &rows)?;
    let takes: Vec<_> = served
        .iter()
        .flat_map(|line| line.takes.iter().map(|take| (line.order_line_id, *take)))
        .collect();
    store::add_reservations(&mut batch, &takes)?;
    batch.run(tx)?;
    Ok(served)
}

fn waiting(row: WaitingRow) -> Result<Waiting> {
    let (
        (order_line_id, product_id, order_id, position),
        (tier, order_class, requested_on, queued_at),
        (backordered, unit, base_unit, numerator, denominator, base_decimals, lead_time_days),
    ) = row;
    let unreadable = || Error::internal(format!("{order_line_id} can't be ranked"));
    let content = Content::new(numerator, denominator).ok_or_else(unreadable)?;
    let base_decimals = u8::try_from(base_decimals).map_err(Error::internal)?;
    Ok(Waiting {
        order_line_id,
        product_id,
        rank: Rank {
            tier: Tier::from_name(&tier).ok_or_else(unreadable)?,
            order_class: OrderClass::from_name(&order_class).ok_or_else(unreadable)?,
            without_date: requested_on.is_none(),
            requested_on,
            queued_at,
            order_id,
            position,
        },
        backordered,
        portion: portion(&unit, &base_unit, content, base_decimals),
        lead_time_days,
    })
}
