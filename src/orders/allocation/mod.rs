//! Whatever frees stock serves the waiting lines in the same transaction, in the order of the queue. Each decision is
//! written down with what it was made from, and those whose promise changed learn of it.

pub mod foreseeing;
pub mod overruling;
pub mod rules;
pub mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use chrono_tz::Tz;

use self::rules::{CauseName, Decision, Others, Rank, Share, Waiting, decide};
use self::store::WaitingRow;
pub use self::store::{Recorded, Short, list_decisions, list_decisions_of_cause, list_decisions_of_order, list_short};
use super::promising::{self, Delivery, Served};
use super::rules::order::portion;
use super::store::{Listed, heads};
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Error, Result};
use crate::ids::{OrderId, OrderLineId, ProductId, QuotaId, ReceiptId, SiteId};
use crate::inventory::quotas::rules::Mode;
use crate::inventory::quotas::{self, Use};
use crate::inventory::rules::{StockBook, Take};
use crate::inventory::{self, Purpose};
use crate::measures;
use crate::quantity::Content;

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
    /// There is less of an order, or more.
    OrderChanged(OrderId),
    StockCounted,
    GoodsReceived(ReceiptId),
    /// The release day of a quota came.
    QuotaReleased(QuotaId),
    /// Quotas or modes were changed.
    QuotaChanged,
}

impl Cause {
    /// The name and id under which it is recorded.
    pub fn recorded(self) -> (CauseName, Option<i64>) {
        match self {
            Self::OrderPlaced(id) => (CauseName::OrderPlaced, Some(id.0)),
            Self::OrderCancelled(id) => (CauseName::OrderCancelled, Some(id.0)),
            Self::OrderHeld(id) => (CauseName::OrderHeld, Some(id.0)),
            Self::OrderReleased(id) => (CauseName::OrderReleased, Some(id.0)),
            Self::OrderChanged(id) => (CauseName::OrderChanged, Some(id.0)),
            Self::StockCounted => (CauseName::StockCounted, None),
            Self::GoodsReceived(id) => (CauseName::GoodsReceived, Some(id.0)),
            Self::QuotaReleased(id) => (CauseName::QuotaReleased, Some(id.0)),
            Self::QuotaChanged => (CauseName::QuotaChanged, None),
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
    let _timed = measures::timed(measures::ALLOCATION, ("cause", cause.recorded().0.name()));
    let is_free = |id: &ProductId| stock.of(*id).iter().any(|row| row.free() > 0);
    let free: BTreeSet<_> = product_ids.iter().copied().filter(is_free).collect();
    let outlook = promising::look(tx, product_ids, day_in(zone, now))?;
    let asked: BTreeSet<_> = free.iter().chain(outlook.products()).copied().collect();
    if asked.is_empty() {
        return Ok(());
    }
    quotas::apply(tx, stock, &Vec::from_iter(asked.iter().copied()), day_in(zone, now))?;
    let waiting = list_waiting(tx, &Vec::from_iter(asked))?;
    let mut by_product = BTreeMap::<ProductId, Vec<Waiting>>::new();
    for line in waiting.iter().filter(|line| free.contains(&line.product_id)) {
        by_product.entry(line.product_id).or_default().push(line.clone());
    }
    let decided = |(id, lines)| decide(id, lines, stock);
    let decisions: Vec<_> = by_product.into_iter().map(decided).collect();
    let delivery = Delivery::load(tx, &waiting, zone, now)?;
    let mut batch = Batch::new();
    store::insert_decisions(&mut batch, &decisions, cause.recorded(), now)?;
    let shares: Vec<_> = decisions.iter().flat_map(Decision::served).collect();
    let served = shares.iter().map(|(line, share)| {
        let served = Served {
            quantity: share.quantity,
            promised_on: stocked(line, &share.takes, stock, &delivery),
        };
        (line.order_line_id, served)
    });
    let served: HashMap<_, _> = served.collect();
    let drawn = shares.iter().flat_map(|(line, share)| draws(share, line.has));
    inventory::quotas::add_uses(&mut batch, &drawn.collect::<Vec<_>>())?;
    let takes = |(line, share): &(&Waiting, &Share)| {
        let id = line.order_line_id;
        let on = served.get(&id).and_then(|served| served.promised_on);
        share.takes.iter().map(move |take| (id, *take, on)).collect::<Vec<_>>()
    };
    store::add_reservations(&mut batch, &shares.iter().flat_map(takes).collect::<Vec<_>>())?;
    let left = waiting.iter().filter_map(|line| {
        let got = served.get(&line.order_line_id).map_or(0, |served| served.quantity);
        let left = line.backordered - got;
        (left > 0).then_some((line, left))
    });
    let parts = outlook.parts(&left.collect::<Vec<_>>(), stock, &delivery);
    // What becomes of an order by what is done to it is told with that.
    let untold = match cause {
        Cause::OrderReleased(id) | Cause::OrderChanged(id) | Cause::OrderCancelled(id) => Some(id),
        _ => None,
    };
    outlook.renewed(parts).store(tx, &served, batch, (untold, now))
}

/// What a line draws of quotas by its share; `had` is what it had before, in base steps.
pub(super) fn draws(share: &Share, had: i64) -> impl Iterator<Item = Use> {
    share.drawn.iter().map(move |drawn| Use {
        quota_id: drawn.quota_id,
        starts_on: drawn.starts_on,
        order_line_id: share.order_line_id,
        quantity: drawn.quantity,
        had,
    })
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

/// All lines that wait for some products, and how each product is handed out.
#[derive(Debug, Default)]
pub struct Queue {
    /// By product, then by rank.
    lines: Vec<Waiting>,
    /// Of those that are not handed out by rank alone.
    modes: HashMap<ProductId, Mode>,
}

impl Queue {
    /// The lines that wait for these products.
    pub fn load(connection: &mut Connection, product_ids: &[ProductId]) -> Result<Self> {
        let mut lines = list_waiting(connection, product_ids)?;
        lines.sort_by_key(|line| (line.product_id, line.rank));
        let modes = modes(connection, product_ids)?;
        Ok(Self { lines, modes })
    }

    /// The lines of an order in its own order: the place of each from 1, among how many, handed out by which mode.
    pub fn places_of(&self, order_id: OrderId) -> Vec<((usize, usize, Mode), &Waiting)> {
        let products = self.lines.chunk_by(|a, b| a.product_id == b.product_id);
        let lines = products.flat_map(|lines| (1..).zip(lines).map(move |(place, line)| (place, lines.len(), line)));
        let own = lines.filter(|(_, _, line)| line.rank.order_id == order_id);
        let mode = |id| self.modes.get(&id).copied().unwrap_or_default();
        let mut places: Vec<_> = own
            .map(|(place, of, line)| ((place, of, mode(line.product_id)), line))
            .collect();
        places.sort_by_key(|(_, line)| line.rank.position);
        places
    }
}

/// The modes of those of these products that have one.
fn modes(connection: &mut Connection, product_ids: &[ProductId]) -> Result<HashMap<ProductId, Mode>> {
    if product_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = quotas::list_modes_of(connection, product_ids)?;
    Ok(found.into_iter().map(|(id, mode, _)| (id, mode)).collect())
}

/// Those waiting lines of an order that saw stock go to others since they wait, and how.
pub fn passed_over(connection: &mut Connection, order_id: OrderId) -> Result<Vec<(OrderLineId, Others)>> {
    let lines = store::list_passed_over(connection, order_id)?;
    let product_ids: Vec<_> = lines.iter().map(|(_, product_id)| *product_id).collect();
    let modes = modes(connection, &product_ids)?;
    let how = |(line_id, product_id)| match modes.get(&product_id) {
        None | Some(Mode::Strict) => (line_id, Others::ByRank),
        Some(Mode::FairShare | Mode::Proportional) => (line_id, Others::Shared),
    };
    Ok(lines.into_iter().map(how).collect())
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

/// These lines, whether they wait or not.
fn list_lines(connection: &mut Connection, ids: &[OrderLineId]) -> Result<Vec<Waiting>> {
    let rows = store::list_lines(connection, ids)?;
    rows.into_iter().map(waiting).collect()
}

/// The day for which what a line got is promised.
pub(super) fn stocked(line: &Waiting, takes: &[Take], stock: &StockBook, delivery: &Delivery) -> Option<NaiveDate> {
    stocked_at(
        (line.product_id, line.lead_time_days, line.site_id),
        takes,
        stock,
        delivery,
    )
}

/// The same for a product, the days it needs and a site.
pub(super) fn stocked_at(
    (product_id, lead_time_days, site_id): (ProductId, i32, Option<SiteId>),
    takes: &[Take],
    stock: &StockBook,
    delivery: &Delivery,
) -> Option<NaiveDate> {
    let rows = stock.of(product_id);
    let of_take = |take: &Take| {
        rows.iter()
            .find(|row| row.id == take.stock_id)
            .map(|row| row.warehouse.as_str())
    };
    delivery.stocked(lead_time_days, takes.iter().filter_map(of_take), site_id)
}

fn waiting(row: WaitingRow) -> Result<Waiting> {
    let unreadable = || Error::internal(format!("{} can't be ranked", row.id));
    let content = Content::new(row.content_numerator, row.content_denominator).ok_or_else(unreadable)?;
    Ok(Waiting {
        order_line_id: row.id,
        product_id: row.product_id,
        account_id: Some(row.account_id),
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
        site_id: Some(row.site_id),
        has: row.has,
    })
}
