//! Shipments: what left for an account, in whole or in part, and whether it arrived.

pub mod api;
pub mod checks;
pub mod documents;
pub mod mails;
pub mod pages;
pub mod routes;
pub mod rules;
pub mod sentences;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod words;

use std::collections::HashMap;

use chrono::NaiveDate;

use self::rules::{Action, CARRIER_CHARS_MAX, Shipment, ShipmentLine, State};
pub use self::rules::{Filter, Sort};
pub use self::store::{count_uninvoiced, list};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, FieldError, Result};
use crate::events::payloads::{ShipmentCreated, ShipmentDelivered, ShipmentHead, ShippedLine};
use crate::events::{self, Payload};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, OrderId, OrderLineId, ShipmentId, ShipmentLineId};
use crate::inventory::MovementOrigin;
use crate::orders;
use crate::orders::rules::OrderClass;
use crate::orders::shipping::{self, Shippable};

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
    let unknown = || Error::invalid("/order_id", Code::UnknownOrder, sentences::no_order());
    let order_id = request.order_id.ok_or_else(unknown)?;
    let shippable = match shipping::lock_for_shipping(tx, order_id) {
        Err(Error::NotFound) => return Err(unknown()),
        locked => locked?,
    };
    let Shippable { order, reserved, .. } = &shippable;
    let parts = rules::parts(order, reserved, request.lines.as_deref()).map_err(Error::Invalid)?;
    if parts.is_empty() {
        let detail = sentences::nothing_reserved(order.number);
        return Err(Error::conflict(Code::NothingToShip, detail));
    }
    let zone = accounts::supplier_zone(tx)?;
    let ordered: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line)).collect();
    let lines = (1..).zip(&parts).filter_map(|(position, part)| {
        let line = ordered.get(&part.order_line_id)?;
        Some(ShipmentLine {
            id: ShipmentLineId::new(),
            position,
            order_line_id: line.id,
            product_id: line.product_id,
            sku: line.sku.clone(),
            customer_part_number: line.customer_part_number.clone(),
            name: line.name.clone(),
            unit: line.unit.clone(),
            unit_code: line.unit_code.clone(),
            base_unit: line.base_unit.clone(),
            base_decimals: line.base_decimals,
            quantity: part.quantity,
        })
    });
    let shipment = Shipment {
        id,
        account_id: order.account_id,
        account: accounts::get(tx, order.account_id)?.code,
        order_id,
        order_number: order.number,
        po_number: order.po_number.clone(),
        ship_to: order.ship_to.clone(),
        number: store::next_number(tx)?,
        state: State::Shipped,
        carrier: text(&request.carrier),
        tracking_number: text(&request.tracking_number),
        line_count: i32::try_from(parts.len()).map_err(Error::internal)?,
        shipped_at: now,
        shipped_on: day_in(zone, now),
        delivered_at: None,
        invoice: None,
        lines: lines.collect(),
    };
    let mut batch = Batch::new();
    store::insert(&mut batch, &shipment)?;
    let payload = created(&shipment, order.order_class);
    record(&mut batch, &shipment, "shipment.create", payload, actor, now);
    let origin = MovementOrigin {
        kind: "shipment",
        cause_id: Some(id.0),
        actor: actor.to_string(),
        at: now,
    };
    let parts: Vec<_> = parts
        .into_iter()
        .map(|part| (part.order_line_id, part.quantity.base_steps, part.takes))
        .collect();
    shipping::ship(tx, shippable, &parts, &origin)?;
    batch.run(tx)?;
    Ok((shipment, false))
}

fn text(given: &Option<String>) -> Option<String> {
    given
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn check_texts(request: &ShipmentRequest) -> Result<()> {
    let mut faults = Vec::new();
    for (field, value) in [
        ("carrier", &request.carrier),
        ("tracking_number", &request.tracking_number),
    ] {
        let chars = value.as_deref().map_or(0, |text| text.chars().count());
        if chars > CARRIER_CHARS_MAX {
            let detail = sentences::carrier_too_long(chars, CARRIER_CHARS_MAX);
            faults.push(FieldError::new(format!("/{field}"), Code::ValueTooLong, detail));
        }
    }
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

/// Marks a shipment as arrived; its order is delivered with its last one.
pub fn deliver(tx: &mut Connection, id: ShipmentId, actor: &Actor, now: Timestamp) -> Result<Shipment> {
    let account_id = store::find_account(tx, id)?.ok_or(Error::NotFound)?;
    let head = store::find(tx, account_id, id)?.ok_or(Error::NotFound)?;
    let order = orders::lock(tx, account_id, head.order_id)?;
    // Read again under the order's lock.
    let shipment = store::find(tx, account_id, id)?.ok_or(Error::NotFound)?;
    let Some(state) = shipment.state.after(Action::Deliver) else {
        let detail = sentences::delivered_already(shipment.number);
        return Err(Error::conflict(Code::ShipmentStateForbids, detail));
    };
    let mut batch = Batch::new();
    store::update_delivered(&mut batch, &shipment, state, now);
    let payload = ShipmentDelivered {
        shipment: self::head(&shipment, order.order_class),
    };
    record(&mut batch, &shipment, "shipment.deliver", payload, actor, now);
    batch.run(tx)?;
    finish_order(tx, &order, now)?;
    store::find(tx, account_id, id)?.ok_or(Error::NotFound)
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
