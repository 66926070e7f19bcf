//! Whatever frees stock serves the waiting lines in the same transaction, in the order of the queue. Each decision is
//! written down with what it was made from, and those whose promise changed learn of it.

pub mod rules;
pub mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use self::rules::{CauseName, Decision, Rank, Share, Waiting, decide, reason_for_account};
pub use self::store::{Recorded, Short, list_decisions, list_decisions_of_cause, list_decisions_of_order, list_short};
use self::store::{ServedRow, WaitingRow};
use super::recording::head_of;
use super::rules::order::portion;
use super::store::{Listed, heads};
use crate::catalogue::rules::{OrderQuantity, promised_on};
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Error, Result};
use crate::events::payloads::{OrderPromiseChanged, PromisedLine};
use crate::events::{self, Entry};
use crate::ids::{AccountId, OrderId, OrderLineId, ProductId, ReceiptId};
use crate::inventory::rules::StockBook;
use crate::inventory::{self, Purpose};
use crate::quantity::{Content, Quantity};

/// What made stock free, or asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A new order takes what nobody waits for.
    OrderPlaced(OrderId),
    /// An order was called off.
    OrderCancelled(OrderId),
    /// An order was put on hold.
    OrderHeld(OrderId),
    /// An order came back into the queue.
    OrderReleased(OrderId),
    StockCounted,
    GoodsReceived(ReceiptId),
}

impl Cause {
    /// The name and id under which it is recorded.
    pub fn recorded(self) -> (CauseName, Option<i64>) {
        match self {
            Self::OrderPlaced(id) => (CauseName::OrderPlaced, Some(id.0)),
            Self::OrderCancelled(id) => (CauseName::OrderCancelled, Some(id.0)),
            Self::OrderHeld(id) => (CauseName::OrderHeld, Some(id.0)),
            Self::OrderReleased(id) => (CauseName::OrderReleased, Some(id.0)),
            Self::StockCounted => (CauseName::StockCounted, None),
            Self::GoodsReceived(id) => (CauseName::GoodsReceived, Some(id.0)),
        }
    }
}

/// Serves the lines that wait for these products from whatever is free of them. Call it in the transaction that raised
/// the stock. Locks the products' stock.
pub fn serve_products(
    tx: &mut Connection,
    product_ids: &[ProductId],
    cause: Cause,
    zone: Tz,
    now: Timestamp,
) -> Result<()> {
    let mut stock = inventory::load(tx, product_ids, Purpose::Change)?;
    serve_waiting(tx, &mut stock, product_ids, cause, zone, now)?;
    let mut batch = Batch::new();
    inventory::save(&mut batch, &stock)?;
    batch.run(tx)
}

/// The same on stock that is locked already; the caller saves `stock`.
pub(super) fn serve_waiting(
    tx: &mut Connection,
    stock: &mut StockBook,
    product_ids: &[ProductId],
    cause: Cause,
    zone: Tz,
    now: Timestamp,
) -> Result<()> {
    let is_free = |id: &ProductId| stock.of(*id).iter().any(|row| row.free() > 0);
    let free: Vec<_> = product_ids.iter().copied().filter(is_free).collect();
    if free.is_empty() {
        return Ok(());
    }
    let mut waiting = HashMap::<ProductId, Vec<Waiting>>::new();
    for line in list_waiting(tx, &free)? {
        waiting.entry(line.product_id).or_default().push(line);
    }
    let of_product = |id: ProductId| waiting.remove(&id).map(|lines| decide(id, lines, stock));
    let decisions: Vec<_> = free.into_iter().filter_map(of_product).collect();
    let today = day_in(zone, now);
    let mut batch = Batch::new();
    store::insert_decisions(&mut batch, &decisions, cause.recorded(), now)?;
    let served: Vec<_> = decisions.iter().flat_map(Decision::served).collect();
    if !served.is_empty() {
        let line_ids: Vec<_> = served.iter().map(|(line, _)| line.order_line_id).collect();
        let before = store::list_served(tx, &line_ids)?;
        let rows: Vec<_> = served
            .iter()
            .map(|(line, share)| (line.order_line_id, share.quantity, promise(line, share, today)))
            .collect();
        store::update_served(&mut batch, &rows)?;
        let takes = |(line, share): &(&Waiting, &Share)| {
            let id = line.order_line_id;
            share.takes.iter().map(move |take| (id, *take)).collect::<Vec<_>>()
        };
        store::add_reservations(&mut batch, &served.iter().flat_map(takes).collect::<Vec<_>>())?;
        events::record_all(&mut batch, &changed_promises(before, &rows, cause), now)?;
    }
    batch.run(tx)
}

/// The lines that wait for these products, as the rules know them.
pub fn list_waiting(connection: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<Waiting>> {
    let rows = store::list_waiting(connection, product_ids)?;
    rows.into_iter().map(waiting).collect()
}

/// How many lines wait for each of these products, and for how many base steps.
pub fn sum_waiting(connection: &mut Connection, product_ids: &[ProductId]) -> Result<HashMap<ProductId, (i64, i64)>> {
    let sums = store::sum_waiting(connection, product_ids)?;
    Ok(sums
        .into_iter()
        .map(|(id, lines, steps)| (id, (lines, steps)))
        .collect())
}

/// The lines that wait for a product by rank, and the heads of their orders.
pub fn list_waiting_for(
    connection: &mut Connection,
    product_id: ProductId,
) -> Result<(Vec<Waiting>, HashMap<OrderId, Listed>)> {
    let mut lines = list_waiting(connection, &[product_id])?;
    lines.sort_by_key(|line| line.rank);
    let ids: Vec<_> = lines.iter().map(|line| line.rank.order_id).collect();
    let heads = heads(connection, &ids)?;
    Ok((lines, heads))
}

/// The date a line is promised for after its share: none while it still waits for some.
pub(super) fn promise(line: &Waiting, share: &Share, today: NaiveDate) -> Option<NaiveDate> {
    if share.is_complete() {
        promised_on(today, line.lead_time_days)
    } else {
        None
    }
}

/// One event for each order with served lines, but for the order that is just released: its release says so.
fn changed_promises(
    before: Vec<ServedRow>,
    served: &[(OrderLineId, i64, Option<NaiveDate>)],
    cause: Cause,
) -> Vec<Entry> {
    let served: HashMap<_, _> = served
        .iter()
        .map(|(id, quantity, promised)| (*id, (*quantity, *promised)))
        .collect();
    let mut changes: Vec<(AccountId, OrderPromiseChanged)> = Vec::new();
    for line in before {
        let order_id = line.order_id;
        if cause == Cause::OrderReleased(order_id) {
            continue;
        }
        let Some((quantity, promised)) = served.get(&line.id) else {
            continue;
        };
        let promised_line = served_line(&line, *quantity, *promised);
        match changes.last_mut() {
            Some((_, change)) if change.order.order_id == order_id => change.lines.push(promised_line),
            _ => {
                let order = head_of(order_id, line.number, (line.po_number, line.ship_to), line.order_class);
                let lines = vec![promised_line];
                changes.push((line.account_id, OrderPromiseChanged { order, lines }));
            }
        }
    }
    let entry = |(account_id, change): (AccountId, OrderPromiseChanged)| {
        Entry::new(Some(account_id), change.order.order_id, change)
    };
    changes.into_iter().map(entry).collect()
}

fn served_line(line: &ServedRow, quantity: i64, promised: Option<NaiveDate>) -> PromisedLine {
    let base = |steps| Quantity::new(steps, line.base_decimals).to_string();
    let ordered = OrderQuantity {
        ordered: Quantity::new(line.quantity, line.unit_decimals),
        base_steps: line.base_quantity,
    };
    let covered = line.reserved + line.shipped + quantity;
    PromisedLine {
        order_line_id: line.id,
        position: line.position,
        sku: line.sku.clone(),
        customer_part_number: line.customer_part_number.clone(),
        name: line.name.clone(),
        unit: line.unit.clone(),
        base_unit: line.base_unit.clone(),
        quantity: base(line.base_quantity),
        reserved: base(line.reserved + quantity),
        backordered: base(line.backordered - quantity),
        was: line.promised_on,
        promised_date: promised,
        reason: reason_for_account(covered, ordered, line.backordered > quantity).to_string(),
    }
}

fn waiting(row: WaitingRow) -> Result<Waiting> {
    let unreadable = || Error::internal(format!("{} can't be ranked", row.id));
    let content = Content::new(row.content_numerator, row.content_denominator).ok_or_else(unreadable)?;
    Ok(Waiting {
        order_line_id: row.id,
        product_id: row.product_id,
        rank: Rank {
            tier: row.tier,
            order_class: row.order_class,
            requested_on: row.requested_on,
            queued_at: row.queued_at,
            order_id: row.order_id,
            position: row.position,
        },
        backordered: row.backordered,
        portion: portion(&row.unit, &row.base_unit, content, row.base_decimals),
        lead_time_days: row.lead_time_days,
    })
}
