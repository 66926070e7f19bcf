//! Packing: what of an order is picked and packed and has not left. Its pieces stay reserved for the order, and no other shipment
//! takes them. It can be corrected until it leaves, and then becomes a shipment with its packages.
//!
//! While something of an order is being packed, the order is not held, cancelled or shortened: whoever wants that says first that
//! the packing comes to nothing.

pub mod checks;
pub mod rules;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashMap;

use serde_json::json;

pub use self::rules::{Filter, Packing, Picked, State};
pub use self::store::{list, list_picked as picked};
use super::packages::rules::packed;
use super::rules::{Part, Shipment, less_picked, parts, taken};
use super::{Packed, ShipmentRequest, carriage_faults, leave, lock_order, nothing_to_ship, packages, sentences, text};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, OrderLineId, PackingId, ShipmentId};
use crate::orders;
use crate::orders::rules::Order;
use crate::orders::shipping::Shippable;
use crate::version::Expected;

/// One of the account with its lines.
pub fn get(connection: &mut Connection, account_id: AccountId, id: PackingId) -> Result<Packing> {
    store::find(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// One of whoever's, for staff.
pub fn get_for_staff(connection: &mut Connection, id: PackingId) -> Result<Packing> {
    let account_id = store::find_account(connection, id)?.ok_or(Error::NotFound)?;
    get(connection, account_id, id)
}

fn must_be_open(packing: &Packing) -> Result<()> {
    match packing.state {
        State::Open => Ok(()),
        state => {
            let detail = sentences::packing_state_forbids(packing.order_number, state.name());
            Err(Error::conflict(Code::PackingStateForbids, detail))
        }
    }
}

/// Locks the order of what is being packed, and reads it, if it has not left.
pub(in crate::shipments) fn lock_open(tx: &mut Connection, id: PackingId) -> Result<Packing> {
    let head = get_for_staff(tx, id)?;
    orders::lock(tx, head.account_id, head.order_id)?;
    let packing = get(tx, head.account_id, id)?;
    must_be_open(&packing)?;
    Ok(packing)
}

/// The parts as what is being packed.
fn picks(order: &Order, parts: &[Part]) -> Vec<Picked> {
    let lines: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line)).collect();
    let pick = |part: &Part| {
        let line = lines.get(&part.order_line_id)?;
        Some(Picked {
            order_line_id: line.id,
            position: line.position,
            sku: line.sku.clone(),
            name: line.name.clone(),
            unit: line.unit.clone(),
            unit_code: line.unit_code.clone(),
            quantity: part.quantity,
        })
    };
    parts.iter().filter_map(pick).collect()
}

/// Begins to pack an accepted order or a part of it. The same request has one effect; the flag says whether it is a repetition.
pub fn open(
    tx: &mut Connection,
    key: &idempotency::Request,
    request: &ShipmentRequest,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Packing, bool)> {
    let id = PackingId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((get_for_staff(tx, PackingId(created))?, true));
    }
    super::check_texts(request)?;
    let Shippable { order, reserved, .. } = lock_order(tx, request.order_id, Some(now))?;
    let picked = store::list_picked(tx, order.id)?;
    let free = less_picked(&order, &picked);
    let parts = parts(&free, &reserved, request.lines.as_deref()).map_err(Error::Invalid)?;
    if parts.is_empty() {
        return Err(nothing_to_ship(&order, &picked));
    }
    let packing = Packing {
        id,
        account_id: order.account_id,
        account: accounts::get(tx, order.account_id)?.code,
        order_id: order.id,
        order_number: order.number,
        po_number: order.po_number.clone(),
        ship_to: order.ship_to.clone(),
        state: State::Open,
        carrier: text(&request.carrier),
        tracking_number: text(&request.tracking_number),
        opened_at: now,
        closed_at: None,
        shipment: None,
        version: 1,
        lines: picks(&order, &parts),
    };
    let mut batch = Batch::new();
    store::insert(&mut batch, &packing, &actor.to_string())?;
    let details = json!({ "order_number": order.number.to_string(), "lines": packing.lines.len() });
    batch.add(audit::recording(actor, &entry(&packing, "packing.open", details), now));
    batch.run(tx)?;
    Ok((packing, false))
}

fn entry(packing: &Packing, action: &'static str, details: serde_json::Value) -> audit::Entry {
    audit::Entry {
        action,
        account_id: Some(packing.account_id),
        object: packing.id.to_string(),
        details,
    }
}

/// What to correct; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct Correction {
    /// Empty takes it away.
    pub carrier: Option<String>,
    /// Empty takes it away.
    pub tracking_number: Option<String>,
    /// All lines anew.
    pub lines: Option<Vec<(Option<OrderLineId>, String)>>,
}

/// Corrects what is being packed.
pub fn correct(
    tx: &mut Connection,
    id: PackingId,
    expected: &Expected,
    correction: &Correction,
    actor: &Actor,
    now: Timestamp,
) -> Result<Packing> {
    let head = get_for_staff(tx, id)?;
    let Shippable { order, reserved, .. } = lock_order(tx, Some(head.order_id), None)?;
    let before = get(tx, head.account_id, id)?;
    must_be_open(&before)?;
    expected.check(before.version)?;
    let mut faults = carriage_faults(correction.carrier.as_deref(), correction.tracking_number.as_deref());
    let mut lines = before.lines.clone();
    if let Some(named) = &correction.lines {
        if named.is_empty() {
            return Err(Error::invalid(
                "/lines",
                Code::Required,
                sentences::name_lines_or_none(),
            ));
        }
        let mut picked = store::list_picked(tx, order.id)?;
        for own in &before.lines {
            if let Some(sum) = picked.get_mut(&own.order_line_id) {
                *sum = sum.saturating_sub(own.quantity.base_steps);
            }
        }
        let parts = parts(&less_picked(&order, &picked), &reserved, Some(named)).map_err(Error::Invalid)?;
        lines = picks(&order, &parts);
        let packages = packages::list(tx, before.account_id, before.load().of)?;
        let wanted: Vec<_> = lines.iter().map(|line| (line.order_line_id, line.quantity)).collect();
        faults.extend(rules::packed_beyond(&order, &wanted, &packed(&packages)));
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let corrected = |given: &Option<String>, before: &Option<String>| match given {
        Some(_) => text(given),
        None => before.clone(),
    };
    let after = Packing {
        carrier: corrected(&correction.carrier, &before.carrier),
        tracking_number: corrected(&correction.tracking_number, &before.tracking_number),
        lines,
        ..before
    };
    store::update(tx, &after)?;
    let details =
        json!({ "lines": after.lines.len(), "carrier": after.carrier, "tracking_number": after.tracking_number });
    audit::record(tx, actor, &entry(&after, "packing.correct", details), now)?;
    get(tx, after.account_id, id)
}

/// Nothing is packed after all: what was reserved stays reserved for the order, the packages are taken away.
pub fn cancel(tx: &mut Connection, id: PackingId, actor: &Actor, now: Timestamp) -> Result<Packing> {
    let packing = lock_open(tx, id)?;
    let packages = packages::list(tx, packing.account_id, packing.load().of)?;
    packages::remove_all(tx, &packages)?;
    store::update_closed(tx, &packing, (State::Cancelled, None), now)?;
    let details = json!({ "packages": packages.len() });
    audit::record(tx, actor, &entry(&packing, "packing.cancel", details), now)?;
    get(tx, packing.account_id, id)
}

/// What was packed leaves as a shipment. The same request has one effect; the flag says whether it is a repetition.
pub fn dispatch(
    tx: &mut Connection,
    key: &idempotency::Request,
    id: PackingId,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Shipment, bool)> {
    let shipment_id = ShipmentId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, shipment_id.0, now)? {
        return Ok((super::get_for_staff(tx, ShipmentId(created))?, true));
    }
    let head = get_for_staff(tx, id)?;
    must_be_open(&head)?;
    let shippable = lock_order(tx, Some(head.order_id), Some(now))?;
    let packing = get(tx, head.account_id, id)?;
    must_be_open(&packing)?;
    let faults = rules::reserved_below(&shippable.order, &packing.lines);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let packages = packages::list(tx, packing.account_id, packing.load().of)?;
    packages::must_be_whole(&packages::Contents {
        orders: vec![shippable.order.clone()],
        load: packing.load(),
        packages,
    })?;
    let parts = taken(&shippable.reserved, packing.load().lines);
    let carriage = (packing.carrier.clone(), packing.tracking_number.clone());
    let shipment = leave(
        tx,
        (shipment_id, shippable),
        parts,
        carriage,
        Packed::Before(&packing),
        (actor, now),
    )?;
    store::update_closed(tx, &packing, (State::Dispatched, Some(shipment_id)), now)?;
    Ok((shipment, false))
}
