//! What shipments do to their order: stock leaves, lines and order go on, and close when all is paid.

use std::collections::HashMap;

use super::allocation;
use super::credit;
use super::recording::{add_event, event, head};
use super::rules::choices::{Torn, torn};
use super::rules::{Action, Order, State};
use super::sentences;
use super::store;
pub use super::store::update_invoiced as invoice;
use crate::accounts::credit::rules::{CreditCheck, CreditPoint, Exceeded};
use crate::accounts::terms;
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events;
use crate::events::payloads::{OrderClosed, OrderDelivered, OrderReopened};
use crate::ids::{AccountId, OrderId, OrderLineId};
use crate::inventory::rules::{StockBook, Take};
use crate::inventory::{self, MovementOrigin, Purpose};
use crate::ledger;

/// Orders closed or opened with one statement.
const MOVED_AT_ONCE: i64 = 1_000;

/// An order that may be shipped, locked with the stock of its products.
#[derive(Debug)]
pub struct Shippable {
    /// The order with its lines.
    pub order: Order,
    /// What is reserved for its lines, by line and stock.
    pub reserved: Vec<(OrderLineId, Take)>,
    /// A limit of credit that it exceeds though it may leave.
    exceeded: Option<Exceeded>,
    stock: StockBook,
}

/// Locks an order of any account for shipping: `NotFound` where there is none, `order_state` before it is accepted or
/// when all of it left.
///
/// With a moment its credit is looked at as of then: `credit_exceeded` where it does not suffice and is to.
pub fn lock_for_shipping(tx: &mut Connection, id: OrderId, leaves_at: Option<Timestamp>) -> Result<Shippable> {
    let account_id = store::find_account(tx, id)?.ok_or(Error::NotFound)?;
    store::lock(tx, account_id, id)?;
    // The account before the stock: everybody locks in this order.
    let exceeded = match leaves_at {
        Some(now) => exceeded(tx, account_id, id, now)?,
        None => None,
    };
    let product_ids = store::list_products(tx, id)?;
    let stock = inventory::load(tx, &product_ids, Purpose::Change)?;
    // With the stock locked nobody serves its lines any more.
    let order = store::find(tx, account_id, id)?.ok_or(Error::NotFound)?;
    if order.state.after(Action::ShipPart).is_none() {
        let (number, state) = (order.number, order.state.name());
        let detail = match order.state {
            State::Placed => sentences::accept_before_shipping(number, state),
            State::OnHold => sentences::release_before_shipping(number, state),
            _ => sentences::cannot_ship(number, state),
        };
        return Err(Error::conflict(Code::OrderStateForbids, detail));
    }
    let reserved = allocation::store::list_reservations(tx, id)?;
    let reserved = reserved.into_iter().map(|(line, _, take)| (line, take)).collect();
    Ok(Shippable {
        order,
        reserved,
        exceeded,
        stock,
    })
}

/// A limit of credit that a locked order exceeds though it may leave.
fn exceeded(tx: &mut Connection, account_id: AccountId, id: OrderId, now: Timestamp) -> Result<Option<Exceeded>> {
    let terms = terms::load(tx, account_id)?;
    if terms.credit.at_shipment == CreditCheck::Off {
        return Ok(None);
    }
    match store::find(tx, account_id, id)? {
        Some(order) if order.state.after(Action::ShipPart).is_some() => credit::at_shipment(tx, &order, &terms, now),
        _ => Ok(None),
    }
}

/// Locks orders by id, looks at the credit of each, then locks the stock of all their products: whoever locks them again one by
/// one waits for nobody. Which of them there are; `credit_exceeded` where the credit of one does not suffice and is to.
pub fn lock_together(tx: &mut Connection, ids: &[OrderId], leaves_at: Timestamp) -> Result<Vec<OrderId>> {
    let found = store::lock_all(tx, None, ids)?;
    for id in &found {
        let account_id = store::find_account(tx, *id)?.ok_or(Error::NotFound)?;
        exceeded(tx, account_id, *id, leaves_at)?;
    }
    let product_ids = store::list_products_of(tx, &found)?;
    inventory::load(tx, &product_ids, Purpose::Change)?;
    Ok(found)
}

/// Locks orders of the account by id, without their stock.
pub fn lock_orders(tx: &mut Connection, account_id: AccountId, ids: &[OrderId]) -> Result<()> {
    store::lock_all(tx, Some(account_id), ids).map(drop)
}

/// Refuses what would take away from a locked order while something of it is being packed.
pub fn must_not_be_packed(tx: &mut Connection, order: &Order) -> Result<()> {
    // Nothing is packed before an order is accepted.
    if order.state.after(Action::ShipPart).is_none() || !store::is_being_packed(tx, order.id)? {
        return Ok(());
    }
    let detail = sentences::order_being_packed(order.number);
    Err(Error::conflict(Code::BeingPacked, detail))
}

/// The parts of lines leave: line, base steps, from which stock. What leaves was reserved.
pub fn ship(
    tx: &mut Connection,
    shippable: Shippable,
    parts: &[(OrderLineId, i64, Vec<Take>)],
    origin: &MovementOrigin,
    actor: &Actor,
) -> Result<State> {
    let Shippable {
        order,
        mut stock,
        exceeded,
        ..
    } = shippable;
    let gone: i64 = parts.iter().map(|(_, steps, _)| steps).sum();
    let left: i64 = order.lines.iter().map(|line| line.reserved + line.backordered).sum();
    let leaves = parts.iter().map(|(id, steps, _)| (*id, *steps)).collect();
    if let Some(torn) = torn(&order, &leaves) {
        let detail = match torn {
            Torn::Order => sentences::ships_complete(order.number),
            Torn::Line(position) => sentences::line_ships_complete(position),
        };
        return Err(Error::conflict(Code::ShipsComplete, detail));
    }
    let action = if gone == left {
        Action::ShipRest
    } else {
        Action::ShipPart
    };
    let state = order.state.after(action);
    let state = state.ok_or_else(|| Error::internal(format!("{} can't be shipped", order.id)))?;
    let products: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line.product_id)).collect();
    let mut taken = Vec::new();
    for (line_id, _, takes) in parts {
        let product_id = products
            .get(line_id)
            .ok_or_else(|| Error::internal(format!("{line_id} is no line of it")))?;
        for take in takes {
            stock.ship(*product_id, *take);
            taken.push((*line_id, *take));
        }
    }
    allocation::store::take_from_reservations(tx, &taken)?;
    let mut batch = Batch::new();
    let shipped: Vec<_> = parts.iter().map(|(id, steps, _)| (*id, *steps)).collect();
    store::update_shipped(&mut batch, &shipped)?;
    store::update_state(&mut batch, &order, state);
    inventory::save_moved(&mut batch, &stock, origin)?;
    if let Some(exceeded) = exceeded {
        credit::warn(&mut batch, &order, (CreditPoint::Shipment, exceeded), actor, origin.at);
    }
    batch.run(tx)?;
    Ok(state)
}

/// All shipments of a locked order arrived.
pub fn deliver(tx: &mut Connection, order: &Order, now: Timestamp) -> Result<()> {
    let Some(state) = order.state.after(Action::Deliver) else {
        return Ok(());
    };
    ledger::lock_exposure(tx, order.account_id)?;
    let mut batch = Batch::new();
    store::update_state(&mut batch, order, state);
    add_event(&mut batch, order, OrderDelivered { order: head(order) }, now);
    batch.run(tx)?;
    close_settled(tx, order.account_id, now)
}

/// Closes the account's orders that are delivered, invoiced and paid. The account's exposure is locked already.
pub fn close_settled(tx: &mut Connection, account_id: AccountId, now: Timestamp) -> Result<()> {
    let told = |order: &Order| event(order, OrderClosed { order: head(order) });
    move_on(
        tx,
        account_id,
        (State::Delivered, Action::Close),
        store::list_settled,
        told,
        now,
    )
}

/// Closes orders of several accounts that are delivered, invoiced and paid: as many statements as of one. The accounts' exposures are
/// locked already.
pub fn close_settled_of(tx: &mut Connection, account_ids: &[AccountId], now: Timestamp) -> Result<()> {
    if account_ids.is_empty() {
        return Ok(());
    }
    let closed = State::Delivered.after(Action::Close);
    let to = closed.ok_or_else(|| Error::internal("delivered orders can't be closed"))?;
    loop {
        let found = store::list_settled_of(tx, account_ids, MOVED_AT_ONCE)?;
        if found.is_empty() {
            return Ok(());
        }
        let ids: Vec<_> = found.iter().map(|order| order.id).collect();
        let told: Vec<_> = found
            .iter()
            .map(|order| event(order, OrderClosed { order: head(order) }))
            .collect();
        let mut batch = Batch::new();
        store::update_states_of(&mut batch, &ids, to)?;
        events::record_all(&mut batch, &told, now)?;
        batch.run(tx)?;
    }
}

/// Opens the account's closed orders of which something is to be paid again. The account's exposure is locked already.
pub fn reopen_unsettled(tx: &mut Connection, account_id: AccountId, now: Timestamp) -> Result<()> {
    let told = |order: &Order| event(order, OrderReopened { order: head(order) });
    move_on(
        tx,
        account_id,
        (State::Closed, Action::Reopen),
        store::list_unsettled,
        told,
        now,
    )
}

/// Heads of at most so many of an account's orders.
type Find = fn(&mut Connection, AccountId, i64) -> Result<Vec<Order>>;

/// Takes a step with every order that `find` finds, until it finds none.
fn move_on(
    tx: &mut Connection,
    account_id: AccountId,
    (from, action): (State, Action),
    find: Find,
    told: impl Fn(&Order) -> events::Entry,
    now: Timestamp,
) -> Result<()> {
    let to = from.after(action);
    let to = to.ok_or_else(|| Error::internal(format!("{} orders take no such step", from.name())))?;
    loop {
        let found = find(tx, account_id, MOVED_AT_ONCE)?;
        if found.is_empty() {
            return Ok(());
        }
        let ids: Vec<_> = found.iter().map(|order| order.id).collect();
        let events: Vec<_> = found.iter().map(&told).collect();
        let mut batch = Batch::new();
        store::update_states(&mut batch, account_id, &ids, to)?;
        events::record_all(&mut batch, &events, now)?;
        batch.run(tx)?;
    }
}
