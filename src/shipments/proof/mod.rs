//! Proof of delivery: who took a shipment in and when, with pictures and signed papers.

pub mod api;
pub mod rules;
pub mod shapes;
mod store;
pub mod supplier_api;

use serde_json::json;

use self::rules::{Arrival, FILES_MAX};
use super::rules::{Action, Shipment, State};
use super::{finish_order, head, record, sentences};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::ShipmentDelivered;
use crate::ids::{AccountId, DeliveryProofId, ShipmentId};
use crate::orders;
use crate::orders::rules::Order;
use crate::values::attachments::{MediaType, cleaned};

/// A picture or paper without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHead {
    pub id: DeliveryProofId,
    pub name: String,
    pub media_type: String,
    pub byte_count: i64,
    pub added_at: Timestamp,
}

/// One to be given out.
#[derive(Debug)]
pub struct Proof {
    pub name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// One that was looked into.
#[derive(Debug, Clone)]
pub struct Checked {
    name: String,
    media_type: MediaType,
    bytes: Vec<u8>,
}

/// Looks into files as they were sent, name and bytes; all faults at once.
pub fn check(sent: Vec<(String, Vec<u8>)>) -> Result<Vec<Checked>> {
    // A form with a field for files that was left empty sends one without a name.
    let is_sent = |(name, bytes): &(String, Vec<u8>)| !name.is_empty() || !bytes.is_empty();
    let sent: Vec<_> = sent.into_iter().filter(is_sent).collect();
    if sent.is_empty() {
        return Err(Error::invalid("/files", Code::Required, sentences::proof_no_files()));
    }
    let (mut checked, mut faults) = (Vec::new(), Vec::new());
    for (place, (name, bytes)) in sent.into_iter().enumerate() {
        match rules::check(&format!("/files/{place}"), &name, &bytes) {
            Ok(media_type) => checked.push(Checked {
                name: cleaned(&name, media_type),
                media_type,
                bytes,
            }),
            Err(fault) => faults.push(fault),
        }
    }
    match faults.is_empty() {
        true => Ok(checked),
        false => Err(Error::Invalid(faults)),
    }
}

/// Marks a shipment as arrived, with who took it in and when; its order is delivered with its last one.
pub fn arrive(
    tx: &mut Connection,
    id: ShipmentId,
    arrival: &Arrival,
    actor: &Actor,
    now: Timestamp,
) -> Result<Shipment> {
    let before = super::get_for_staff(tx, id)?;
    let order = orders::lock(tx, before.account_id, before.order_id)?;
    // Read again under the order's lock.
    let shipment = super::get(tx, before.account_id, id)?;
    super::must_travel_alone(&shipment)?;
    arrive_locked(tx, (&order, shipment), arrival, actor, now)
}

/// The same where the order is locked, and the shipment read since.
pub(in crate::shipments) fn arrive_locked(
    tx: &mut Connection,
    (order, shipment): (&Order, Shipment),
    arrival: &Arrival,
    actor: &Actor,
    now: Timestamp,
) -> Result<Shipment> {
    let Some(state) = shipment.state.after(Action::Deliver) else {
        let detail = sentences::delivered_already(shipment.number);
        return Err(Error::conflict(Code::ShipmentStateForbids, detail));
    };
    let received_by = arrival.received_by.as_deref().map(str::trim);
    let arrival = Arrival {
        received_by: received_by.filter(|name| !name.is_empty()).map(str::to_owned),
        ..arrival.clone()
    };
    let faults = rules::faults(&arrival, shipment.shipped_at, now);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut batch = Batch::new();
    let (by, at) = (arrival.received_by.as_deref(), arrival.delivered_at.unwrap_or(now));
    super::store::update_delivered(&mut batch, &shipment, state, by, at);
    let payload = ShipmentDelivered {
        shipment: head(&shipment, order.order_class),
        received_by: arrival.received_by.clone(),
    };
    record(&mut batch, &shipment, "shipment.deliver", payload, actor, now);
    batch.run(tx)?;
    finish_order(tx, order, now)?;
    super::get(tx, shipment.account_id, shipment.id)
}

/// Adds pictures and papers to a shipment that arrived.
pub fn add(tx: &mut Connection, id: ShipmentId, files: &[Checked], actor: &Actor, now: Timestamp) -> Result<Shipment> {
    let before = super::get_for_staff(tx, id)?;
    orders::lock(tx, before.account_id, before.order_id)?;
    let shipment = super::get(tx, before.account_id, id)?;
    if shipment.state != State::Delivered {
        let detail = sentences::proof_before_arrival(shipment.number);
        return Err(Error::conflict(Code::ShipmentStateForbids, detail));
    }
    let there = store::list(tx, shipment.account_id, id)?.len();
    if there + files.len() > FILES_MAX {
        let detail = sentences::proof_too_many(FILES_MAX);
        return Err(Error::conflict(Code::TooManyFiles, detail));
    }
    for file in files {
        let new = store::NewFile {
            id: DeliveryProofId::new(),
            name: &file.name,
            media_type: file.media_type.name(),
            bytes: &file.bytes,
        };
        store::insert(tx, (shipment.account_id, id), &new, now)?;
    }
    let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
    let entry = audit::Entry {
        action: "shipment.add_proof",
        account_id: Some(shipment.account_id),
        object: id.to_string(),
        details: json!({ "files": names }),
    };
    audit::record(tx, actor, &entry, now)?;
    Ok(shipment)
}

/// The pictures and papers of a shipment of the account, without their bytes.
pub fn list(connection: &mut Connection, account_id: AccountId, id: ShipmentId) -> Result<Vec<FileHead>> {
    store::list(connection, account_id, id)
}

/// The same of a shipment that is read; one that has not arrived has none.
pub fn of(connection: &mut Connection, shipment: &Shipment) -> Result<Vec<FileHead>> {
    match shipment.state {
        State::Shipped => Ok(Vec::new()),
        State::Delivered => list(connection, shipment.account_id, shipment.id),
    }
}

/// One of the account.
pub fn get(connection: &mut Connection, account_id: AccountId, id: DeliveryProofId) -> Result<Proof> {
    let found = store::find(connection, account_id, id)?;
    let (name, media_type, bytes) = found.ok_or(Error::NotFound)?;
    Ok(Proof {
        name,
        media_type,
        bytes,
    })
}

/// One of whoever's, for staff.
pub fn get_for_staff(connection: &mut Connection, id: DeliveryProofId) -> Result<Proof> {
    let account_id = store::find_account(connection, id)?.ok_or(Error::NotFound)?;
    get(connection, account_id, id)
}
