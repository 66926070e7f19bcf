//! Consignments: what of several orders of an account leaves for one of its sites together.
//!
//! Each order has a shipment of its own, as ever, with its own invoice and its own lines; what is done to all of them at once is
//! done here: they leave in one transaction or not at all, share packages, a carrier, a delivery note and one arrival. Whoever does
//! something locks the orders by id, then the stock, so two never wait in a circle.

pub mod api;
pub mod checks;
pub mod documents;
pub mod mails;
pub mod pages;
pub mod rules;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashMap;

use self::rules::{Asked, AskedOrder, Consignment, State};
pub use self::store::{Gathering, find_site, list, list_gatherings};
use super::leaving::{Packed, leave};
use super::packages::rules::{Asked as AskedPackage, Of, Package};
use super::packages::{Contents, must_be_whole, numbered, store_new, told};
use super::proof::rules::Arrival;
use super::rules::{Action, Part, Shipment, less_picked, parts};
use super::{carriage_faults, carriers, nothing_to_ship, packages, packing, proof, sentences, text};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, FieldError, Result};
use crate::events::payloads::{
    ConsignedLine, ConsignedShipment, ConsignmentChanged, ConsignmentDelivered, ConsignmentDispatched, ConsignmentHead,
};
use crate::events::{self, Payload};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, ConsignmentId, OrderId, PackageId, ShipmentId, SiteId};
use crate::orders;
use crate::orders::rules::Order;
use crate::orders::shipping::{self, Shippable};
use crate::version::Expected;

/// One of the account with its shipments and their lines.
pub fn get(connection: &mut Connection, account_id: AccountId, id: ConsignmentId) -> Result<Consignment> {
    let head = store::find(connection, account_id, id)?.ok_or(Error::NotFound)?;
    let shipments = super::store::list_consigned(connection, account_id, id)?;
    Ok(Consignment { shipments, ..head })
}

/// One of whoever's, for staff.
pub fn get_for_staff(connection: &mut Connection, id: ConsignmentId) -> Result<Consignment> {
    let account_id = store::find_account(connection, id)?.ok_or(Error::NotFound)?;
    get(connection, account_id, id)
}

/// Orders of which something may leave for a site together, with their lines; what is being packed of them is not told.
pub fn ready(connection: &mut Connection, site: &Gathering, limit: i64) -> Result<Vec<Order>> {
    let ids = store::list_ready(connection, site.site_id, limit)?;
    match ids.is_empty() {
        true => Ok(Vec::new()),
        false => orders::list_of(connection, site.account_id, &ids),
    }
}

/// What of several orders is to leave together leaves: all of it or nothing. The same request has one effect; the flag says
/// whether it is a repetition.
pub fn dispatch(
    tx: &mut Connection,
    key: &idempotency::Request,
    asked: &Asked,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Consignment, bool)> {
    let id = ConsignmentId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((get_for_staff(tx, ConsignmentId(created))?, true));
    }
    let mut faults = rules::faults(&asked.orders);
    faults.extend(carriage_faults(
        asked.carrier.as_deref(),
        asked.tracking_number.as_deref(),
    ));
    must_be_none(faults)?;
    let orders = lock_and_check(tx, &asked.orders, now)?;
    let first = orders.first().ok_or(Error::NotFound)?;
    let head = head_of(tx, (id, first), asked, now)?;
    store::insert(tx, &head, first.site_id)?;
    leave_all(tx, &head, &asked.orders, (actor, now))?;
    let consignment = get(tx, head.account_id, id)?;
    let mut batch = Batch::new();
    let packages = new_packages(tx, &mut batch, (orders, &consignment), &asked.packages, (actor, now))?;
    let payload = ConsignmentDispatched {
        consignment: told_head(&consignment),
        lines: told_lines(&consignment, tx)?,
        packages: told(&packages),
    };
    record(&mut batch, &consignment, "consignment.dispatch", payload, (actor, now));
    batch.run(tx)?;
    Ok((consignment, false))
}

fn must_be_none(faults: Vec<FieldError>) -> Result<()> {
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(faults)),
    }
}

/// What is to leave of an order that is locked; with a moment its credit is looked at.
fn parts_of(
    tx: &mut Connection,
    asked: &AskedOrder,
    at: &str,
    leaves_at: Option<Timestamp>,
) -> Result<(Shippable, Result<Vec<Part>>)> {
    let id = asked.order_id.ok_or(Error::NotFound)?;
    let shippable = shipping::lock_for_shipping(tx, id, leaves_at)?;
    let Shippable { order, reserved, .. } = &shippable;
    let picked = packing::picked(tx, order.id)?;
    let free = less_picked(order, &picked);
    let below = |fault: FieldError| FieldError {
        pointer: format!("{at}{}", fault.pointer),
        ..fault
    };
    let parts = match parts(&free, reserved, asked.lines.as_deref()) {
        Err(faults) => Err(Error::Invalid(faults.into_iter().map(below).collect())),
        Ok(parts) if parts.is_empty() => Err(nothing_to_ship(order, &picked)),
        Ok(parts) => Ok(parts),
    };
    Ok((shippable, parts))
}

/// Locks the orders and looks at each before anything is done: all faults of all of them at once. In the order of the request.
fn lock_and_check(tx: &mut Connection, asked: &[AskedOrder], now: Timestamp) -> Result<Vec<Order>> {
    let ids: Vec<OrderId> = asked.iter().filter_map(|order| order.order_id).collect();
    let locked = shipping::lock_together(tx, &ids, now)?;
    let unknown = |(place, order): (usize, &AskedOrder)| {
        let is_known = order.order_id.is_some_and(|id| locked.contains(&id));
        let at = format!("/orders/{place}/order_id");
        (!is_known).then(|| FieldError::new(at, Code::UnknownOrder, sentences::no_order()))
    };
    must_be_none(asked.iter().enumerate().filter_map(unknown).collect())?;
    let (mut orders, mut faults) = (Vec::with_capacity(asked.len()), Vec::new());
    for (place, one) in asked.iter().enumerate() {
        let (shippable, parts) = parts_of(tx, one, &format!("/orders/{place}"), None)?;
        orders.push(shippable.order);
        match parts {
            Ok(_) => {}
            Err(Error::Invalid(own)) => faults.extend(own),
            Err(error) => return Err(error),
        }
    }
    faults.extend(rules::elsewhere(&orders.iter().collect::<Vec<_>>()));
    must_be_none(faults)?;
    Ok(orders)
}

fn head_of(
    tx: &mut Connection,
    (id, first): (ConsignmentId, &Order),
    asked: &Asked,
    now: Timestamp,
) -> Result<Consignment> {
    let (carrier, tracking_number) = (text(&asked.carrier), text(&asked.tracking_number));
    Ok(Consignment {
        id,
        account_id: first.account_id,
        account: accounts::get(tx, first.account_id)?.code,
        ship_to: first.ship_to.clone(),
        number: super::store::next_number(tx)?,
        state: State::Shipped,
        tracking_url: carriers::tracking_url(tx, carrier.as_deref(), tracking_number.as_deref())?,
        carrier,
        tracking_number,
        shipment_count: i32::try_from(asked.orders.len()).map_err(Error::internal)?,
        shipped_at: now,
        shipped_on: day_in(accounts::supplier_zone(tx)?, now),
        delivered_at: None,
        received_by: None,
        version: 1,
        shipments: Vec::new(),
    })
}

/// The orders leave one after the other, by id: each sees the stock as the one before left it.
fn leave_all(
    tx: &mut Connection,
    head: &Consignment,
    asked: &[AskedOrder],
    (actor, now): (&Actor, Timestamp),
) -> Result<()> {
    let mut by_id: Vec<_> = asked.iter().collect();
    by_id.sort_unstable_by_key(|order| order.order_id);
    for one in by_id {
        let (shippable, parts) = parts_of(tx, one, "", Some(now))?;
        let carriage = (head.carrier.clone(), head.tracking_number.clone());
        let with = Packed::With(head.id, head.number);
        leave(tx, (ShipmentId::new(), shippable), parts?, carriage, with, (actor, now))?;
    }
    Ok(())
}

/// The packages of what was packed before anybody told the portal: their items are of any of the orders.
fn new_packages(
    tx: &mut Connection,
    batch: &mut Batch,
    (orders, consignment): (Vec<Order>, &Consignment),
    asked: &[AskedPackage],
    (actor, now): (&Actor, Timestamp),
) -> Result<Vec<Package>> {
    let (false, Some(home)) = (asked.is_empty(), consignment.home()) else {
        return Ok(Vec::new());
    };
    let load = consignment.load();
    let at = |(place, one): (usize, &AskedPackage)| (format!("/packages/{place}"), one.clone());
    let asked: Vec<_> = asked.iter().enumerate().map(at).collect();
    let checked = packages::rules::check(&orders, &load, &[], &asked).map_err(Error::Invalid)?;
    let kept_with = (consignment.account_id, Of::Shipment(home));
    let packages = numbered(tx, kept_with, (PackageId::new(), &[]), checked, now)?;
    store_new(batch, &packages, actor)?;
    let contents = Contents { orders, load, packages };
    must_be_whole(&contents)?;
    Ok(contents.packages)
}

/// Locks the orders of a consignment by id, and reads it, if it has not arrived.
pub(in crate::shipments) fn lock_on_its_way(tx: &mut Connection, id: ConsignmentId) -> Result<Consignment> {
    let consignment = lock(tx, id)?;
    match consignment.state {
        State::Shipped => Ok(consignment),
        State::Delivered => Err(delivered_already(&consignment)),
    }
}

fn delivered_already(consignment: &Consignment) -> Error {
    let detail = sentences::consignment_delivered(consignment.number);
    Error::conflict(Code::ShipmentStateForbids, detail)
}

fn lock(tx: &mut Connection, id: ConsignmentId) -> Result<Consignment> {
    let before = get_for_staff(tx, id)?;
    shipping::lock_orders(tx, before.account_id, &before.order_ids())?;
    // As it is with its orders locked.
    get(tx, before.account_id, id)
}

/// Corrects who carries it and what they call it, until it has arrived. What is left out stays, an empty text takes it away.
pub fn correct(
    tx: &mut Connection,
    id: ConsignmentId,
    expected: &Expected,
    (carrier, tracking_number): (Option<&str>, Option<&str>),
    actor: &Actor,
    now: Timestamp,
) -> Result<Consignment> {
    let before = lock_on_its_way(tx, id)?;
    expected.check(before.version)?;
    must_be_none(carriage_faults(carrier, tracking_number))?;
    let corrected = |given: Option<&str>, stored: &Option<String>| match given {
        Some(given) => text(&Some(given.to_owned())),
        None => stored.clone(),
    };
    let (carrier, tracking_number) = (
        corrected(carrier, &before.carrier),
        corrected(tracking_number, &before.tracking_number),
    );
    let after = Consignment {
        tracking_url: carriers::tracking_url(tx, carrier.as_deref(), tracking_number.as_deref())?,
        carrier,
        tracking_number,
        ..before
    };
    let packages = packages::list(tx, after.account_id, Of::Consignment(id))?;
    let mut batch = Batch::new();
    store::update_carriage(&mut batch, &after);
    let carriage = (after.carrier.as_deref(), after.tracking_number.as_deref());
    super::store::update_carriage_of(&mut batch, (after.account_id, id), &carriage);
    note_change(&mut batch, &after, "consignment.correct", &packages, (actor, now));
    batch.run(tx)?;
    get(tx, after.account_id, id)
}

/// Its packages are these by now: it and its shipments are told as changed.
pub(in crate::shipments) fn note_packages(
    batch: &mut Batch,
    consignment: &Consignment,
    action: &'static str,
    packages: &[Package],
    (actor, now): (&Actor, Timestamp),
) {
    store::touch(batch, consignment);
    note_change(batch, consignment, action, packages, (actor, now));
}

fn note_change(
    batch: &mut Batch,
    consignment: &Consignment,
    action: &'static str,
    packages: &[Package],
    (actor, now): (&Actor, Timestamp),
) {
    let payload = ConsignmentChanged {
        consignment: told_head(consignment),
        packages: told(packages),
    };
    record(batch, consignment, action, payload, (actor, now));
}

/// All of it arrived, with who took it in and when; each of its orders is delivered with its last shipment.
pub fn arrive(
    tx: &mut Connection,
    id: ConsignmentId,
    arrival: &Arrival,
    actor: &Actor,
    now: Timestamp,
) -> Result<Consignment> {
    let before = lock(tx, id)?;
    let Some(state) = before.state.after(Action::Deliver) else {
        return Err(delivered_already(&before));
    };
    let orders = orders::list_of(tx, before.account_id, &before.order_ids())?;
    let of_shipment: HashMap<_, _> = orders.iter().map(|order| (order.id, order)).collect();
    for shipment in before.shipments.iter().cloned() {
        let order = of_shipment.get(&shipment.order_id).copied().ok_or(Error::NotFound)?;
        proof::arrive_locked(tx, (order, shipment), arrival, actor, now)?;
    }
    let received_by = text(&arrival.received_by);
    let mut batch = Batch::new();
    let at = arrival.delivered_at.unwrap_or(now);
    store::update_delivered(&mut batch, &before, state, received_by.as_deref(), at);
    let payload = ConsignmentDelivered {
        consignment: told_head(&before),
        received_by,
    };
    record(&mut batch, &before, "consignment.deliver", payload, (actor, now));
    batch.run(tx)?;
    get(tx, before.account_id, id)
}

/// Adds pictures and papers to one that arrived: they are of each of its shipments.
pub fn add_proof(
    tx: &mut Connection,
    id: ConsignmentId,
    files: &[proof::Checked],
    actor: &Actor,
    now: Timestamp,
) -> Result<Consignment> {
    let consignment = lock(tx, id)?;
    let home = consignment.home().ok_or(Error::NotFound)?;
    proof::add(tx, home, files, actor, now)?;
    Ok(consignment)
}

/// The pictures and papers of one, without their bytes.
pub fn proofs(connection: &mut Connection, consignment: &Consignment) -> Result<Vec<proof::FileHead>> {
    match (consignment.state, consignment.home()) {
        (State::Delivered, Some(home)) => proof::list(connection, consignment.account_id, home),
        _ => Ok(Vec::new()),
    }
}

fn told_head(consignment: &Consignment) -> ConsignmentHead {
    let one = |shipment: &Shipment| ConsignedShipment {
        shipment_id: shipment.id,
        number: shipment.number.to_string(),
        order_id: shipment.order_id,
        order_number: shipment.order_number.to_string(),
        po_number: shipment.po_number.clone(),
    };
    ConsignmentHead {
        number: consignment.number.to_string(),
        ship_to: consignment.ship_to.clone(),
        carrier: consignment.carrier.clone(),
        tracking_number: consignment.tracking_number.clone(),
        tracking_url: consignment.tracking_url.clone(),
        shipments: consignment.shipments.iter().map(one).collect(),
    }
}

/// What is in it, line by line of the orders.
fn told_lines(consignment: &Consignment, tx: &mut Connection) -> Result<Vec<ConsignedLine>> {
    let orders = orders::list_of(tx, consignment.account_id, &consignment.order_ids())?;
    let positions: HashMap<_, _> = orders
        .iter()
        .flat_map(|order| order.lines.iter().map(|line| (line.id, line.position)))
        .collect();
    let lines = consignment.shipments.iter().flat_map(|shipment| {
        shipment.lines.iter().map(|line| ConsignedLine {
            order_number: shipment.order_number.to_string(),
            po_number: shipment.po_number.clone(),
            position: positions.get(&line.order_line_id).copied().unwrap_or(line.position),
            sku: line.sku.clone(),
            customer_part_number: line.customer_part_number.clone(),
            name: line.name.clone(),
            unit: line.unit.clone(),
            quantity: line.quantity.ordered.to_string(),
        })
    });
    Ok(lines.collect())
}

/// Adds an event about a consignment, and the act behind it to the audit record.
fn record<P: Payload<Subject = ConsignmentId>>(
    batch: &mut Batch,
    consignment: &Consignment,
    action: &'static str,
    payload: P,
    (actor, now): (&Actor, Timestamp),
) {
    let event = events::Entry::new(Some(consignment.account_id), consignment.id, payload);
    audit::record_with_event(batch, actor, action, &event, now);
}

/// The sites to which something of several orders may leave, at most so many; for staff.
pub const GATHERINGS_MAX: i64 = 100;

/// A site to which something may leave; for staff.
pub fn site(connection: &mut Connection, id: SiteId) -> Result<Gathering> {
    find_site(connection, id)?.ok_or(Error::NotFound)
}
