//! Shipments: what left for an account, in whole or in part, and whether it arrived.

pub mod api;
pub mod carriers;
pub mod checks;
pub mod consignments;
pub mod documents;
mod leaving;
pub mod mails;
pub mod packages;
pub mod packing;
pub mod pages;
pub mod picking;
pub mod proof;
pub mod routes;
pub mod rules;
pub mod sentences;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod words;

use std::collections::HashMap;

use chrono::NaiveDate;

use self::leaving::{Packed, leave};
use self::packages::rules::{Asked, Of};
use self::rules::{CARRIER_CHARS_MAX, Shipment, ShipmentLine, State};
pub use self::rules::{Filter, Sort};
pub use self::store::{count_uninvoiced, list};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection, Database};
use crate::error::{Code, Error, FieldError, Result};
use crate::events::payloads::{ShipmentChanged, ShipmentCreated, ShipmentHead, ShippedLine};
use crate::events::{self, Payload};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, OrderId, OrderLineId, ShipmentId};
use crate::orders;
use crate::orders::rules::{Order, OrderClass};
use crate::orders::shipping::{self, Shippable};
use crate::version::Expected;

/// What is to leave.
#[derive(Debug, Clone)]
pub struct ShipmentRequest {
    /// The order; none where its id is ill-formed.
    pub order_id: Option<OrderId>,
    /// Line (none where its id is ill-formed) and quantity in its unit, as written; all that is reserved if nothing is
    /// said.
    pub lines: Option<Vec<(Option<OrderLineId>, String)>>,
    /// Who carries it.
    pub carrier: Option<String>,
    /// What the carrier calls it.
    pub tracking_number: Option<String>,
    /// What it is packed into: all of it, or nothing is said of it.
    pub packages: Vec<Asked>,
}

/// Ships an accepted order or a part of it. The same request has one effect; the flag says whether it is a repetition.
pub fn ship(
    tx: &mut Connection,
    key: &idempotency::Request,
    request: &ShipmentRequest,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Shipment, bool)> {
    let id = ShipmentId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((get_for_staff(tx, ShipmentId(created))?, true));
    }
    check_texts(request)?;
    let shippable = lock_order(tx, request.order_id, Some(now))?;
    let Shippable { order, reserved, .. } = &shippable;
    let picked = packing::picked(tx, order.id)?;
    let free = rules::less_picked(order, &picked);
    let parts = rules::parts(&free, reserved, request.lines.as_deref()).map_err(Error::Invalid)?;
    if parts.is_empty() {
        return Err(nothing_to_ship(order, &picked));
    }
    let carriage = (text(&request.carrier), text(&request.tracking_number));
    let packed = Packed::New(&request.packages);
    let shipment = leave(tx, (id, shippable), parts, carriage, packed, (actor, now))?;
    Ok((shipment, false))
}

/// Locks the order that somebody named, for shipping; with a moment its credit is looked at.
fn lock_order(tx: &mut Connection, id: Option<OrderId>, leaves_at: Option<Timestamp>) -> Result<Shippable> {
    let unknown = || Error::invalid("/order_id", Code::UnknownOrder, sentences::no_order());
    match shipping::lock_for_shipping(tx, id.ok_or_else(unknown)?, leaves_at) {
        Err(Error::NotFound) => Err(unknown()),
        locked => locked,
    }
}

/// What came of goods that were to leave: where the credit of one of the orders did not suffice, it is put on hold as far as that is set. A
/// refused request changes nothing, so this is a change of its own; whoever dies before it asks again and gets the same answer.
pub async fn held_for_credit<T>(
    db: &Database,
    done: Result<T>,
    orders: impl IntoIterator<Item = OrderId>,
    actor: &Actor,
    now: Timestamp,
) -> Result<T> {
    if let Err(error) = &done
        && error.code() == Code::CreditExceeded
    {
        for id in orders {
            let actor = actor.clone();
            db.write(move |tx| orders::credit::hold_unshipped(tx, id, &actor, now))
                .await?;
        }
    }
    done
}

/// Nothing is reserved, or all of it is being packed.
fn nothing_to_ship(order: &Order, picked: &HashMap<OrderLineId, i64>) -> Error {
    match picked.is_empty() {
        true => Error::conflict(Code::NothingToShip, sentences::nothing_reserved(order.number)),
        false => Error::conflict(Code::BeingPacked, sentences::all_being_packed(order.number)),
    }
}

fn text(given: &Option<String>) -> Option<String> {
    given
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// What is too long of carrier and tracking number.
fn carriage_faults(carrier: Option<&str>, tracking_number: Option<&str>) -> Vec<FieldError> {
    let mut faults = Vec::new();
    for (field, value) in [("carrier", carrier), ("tracking_number", tracking_number)] {
        let chars = value.map_or(0, |text| text.chars().count());
        if chars > CARRIER_CHARS_MAX {
            let detail = sentences::carrier_too_long(chars, CARRIER_CHARS_MAX);
            faults.push(FieldError::new(format!("/{field}"), Code::ValueTooLong, detail));
        }
    }
    faults
}

fn check_texts(request: &ShipmentRequest) -> Result<()> {
    let mut faults = carriage_faults(request.carrier.as_deref(), request.tracking_number.as_deref());
    if request.lines.as_ref().is_some_and(Vec::is_empty) {
        let detail = sentences::name_lines_or_none();
        faults.push(FieldError::new("/lines", Code::Required, detail));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(faults))
    }
}

/// What every event about a shipment says of it.
fn head(shipment: &Shipment, order_class: OrderClass) -> ShipmentHead {
    ShipmentHead {
        order_id: shipment.order_id,
        number: shipment.number.to_string(),
        order_number: shipment.order_number.to_string(),
        po_number: shipment.po_number.clone(),
        ship_to: shipment.ship_to.clone(),
        order_class,
        carrier: shipment.carrier.clone(),
        tracking_number: shipment.tracking_number.clone(),
        tracking_url: shipment.tracking_url.clone(),
        consignment_number: shipment.consignment.map(|(_, number)| number.to_string()),
    }
}

fn created(shipment: &Shipment, order_class: OrderClass) -> ShipmentCreated {
    let line = |line: &ShipmentLine| ShippedLine {
        position: line.position,
        sku: line.sku.clone(),
        customer_part_number: line.customer_part_number.clone(),
        name: line.name.clone(),
        unit: line.unit.clone(),
        quantity: line.quantity.ordered.to_string(),
    };
    ShipmentCreated {
        shipment: head(shipment, order_class),
        lines: shipment.lines.iter().map(line).collect(),
        packages: Vec::new(),
    }
}

/// Adds an event about a shipment, and the act behind it to the audit record.
fn record<P: Payload<Subject = ShipmentId>>(
    batch: &mut Batch,
    shipment: &Shipment,
    action: &'static str,
    payload: P,
    actor: &Actor,
    now: Timestamp,
) {
    let event = events::Entry::new(Some(shipment.account_id), shipment.id, payload);
    audit::record_with_event(batch, actor, action, &event, now);
}

/// Marks a shipment as arrived, when it is told; its order is delivered with its last one.
pub fn deliver(tx: &mut Connection, id: ShipmentId, actor: &Actor, now: Timestamp) -> Result<Shipment> {
    proof::arrive(tx, id, &proof::rules::Arrival::default(), actor, now)
}

/// Refuses what is done to a shipment that travels with others: it is done to all of them at once.
fn must_travel_alone(shipment: &Shipment) -> Result<()> {
    match shipment.consignment {
        None => Ok(()),
        Some((_, consignment)) => {
            let detail = sentences::shipment_consigned(shipment.number, consignment);
            Err(Error::conflict(Code::ShipmentStateForbids, detail))
        }
    }
}

/// Corrects who carries a shipment and what they call it, until it has arrived. What is left out stays, an empty text takes it
/// away.
pub fn correct(
    tx: &mut Connection,
    id: ShipmentId,
    expected: &Expected,
    (carrier, tracking_number): (Option<&str>, Option<&str>),
    actor: &Actor,
    now: Timestamp,
) -> Result<Shipment> {
    let before = get_for_staff(tx, id)?;
    let order = orders::lock(tx, before.account_id, before.order_id)?;
    let before = get(tx, before.account_id, id)?;
    must_travel_alone(&before)?;
    if before.state != State::Shipped {
        let detail = sentences::delivered_already(before.number);
        return Err(Error::conflict(Code::ShipmentStateForbids, detail));
    }
    expected.check(before.version)?;
    let faults = carriage_faults(carrier, tracking_number);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let corrected = |given: Option<&str>, stored: &Option<String>| match given {
        Some(given) => text(&Some(given.to_owned())),
        None => stored.clone(),
    };
    let (carrier, tracking_number) = (
        corrected(carrier, &before.carrier),
        corrected(tracking_number, &before.tracking_number),
    );
    let after = Shipment {
        tracking_url: carriers::tracking_url(tx, carrier.as_deref(), tracking_number.as_deref())?,
        carrier,
        tracking_number,
        ..before
    };
    let packages = packages::list(tx, after.account_id, Of::Shipment(id))?;
    let mut batch = Batch::new();
    store::update_carriage(&mut batch, &after);
    let payload = ShipmentChanged {
        shipment: head(&after, order.order_class),
        packages: packages::told(&packages),
    };
    record(&mut batch, &after, "shipment.correct", payload, actor, now);
    batch.run(tx)?;
    get(tx, after.account_id, id)
}

/// A locked order of which all has left is delivered once each of its shipments arrived.
pub fn finish_order(tx: &mut Connection, order: &orders::rules::Order, now: Timestamp) -> Result<()> {
    match store::has_undelivered(tx, order.account_id, order.id)? {
        true => Ok(()),
        false => shipping::deliver(tx, order, now),
    }
}

/// The shipment of the account with its lines.
pub fn get(connection: &mut Connection, account_id: AccountId, id: ShipmentId) -> Result<Shipment> {
    store::find(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// Whose shipment it is: for staff, who name no account.
pub fn account_of(connection: &mut Connection, id: ShipmentId) -> Result<AccountId> {
    store::find_account(connection, id)?.ok_or(Error::NotFound)
}

/// A shipment with its lines, for staff.
pub fn get_for_staff(connection: &mut Connection, id: ShipmentId) -> Result<Shipment> {
    let account_id = account_of(connection, id)?;
    get(connection, account_id, id)
}

/// Beyond this many nobody counts on: the list says "more than".
pub const COUNT_MAX: i64 = 10_000;

/// How many shipments the account has in each state, at most one more than [`COUNT_MAX`].
pub fn count(connection: &mut Connection, account_id: AccountId) -> Result<Vec<(State, i64)>> {
    let states = [State::Shipped, State::Delivered].into_iter();
    states
        .map(|state| Ok((state, store::count(connection, account_id, state, COUNT_MAX)?)))
        .collect()
}

/// When these shipments of the account should arrive: the last day that their lines are promised for.
pub fn promises(
    connection: &mut Connection,
    account_id: AccountId,
    ids: &[ShipmentId],
) -> Result<HashMap<ShipmentId, NaiveDate>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(store::list_promises(connection, account_id, ids)?.into_iter().collect())
}
