//! What of a locked order leaves as a shipment: its lines, its packages, its stock.

use std::collections::HashMap;

use super::packages::rules::{Asked, Of, Package};
use super::packing::Packing;
use super::rules::{Part, Shipment, ShipmentLine, State};
use super::{carriers, packages, store};
use crate::accounts;
use crate::audit::Actor;
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Error, Result};
use crate::events::payloads::ShipmentCreated;
use crate::ids::{ConsignmentId, PackageId, ShipmentId, ShipmentLineId};
use crate::inventory::MovementOrigin;
use crate::orders::rules::Order;
use crate::orders::shipping::{self, Shippable};

/// The packages of a shipment that leaves.
pub(in crate::shipments) enum Packed<'a> {
    /// To be numbered.
    New(&'a [Asked]),
    /// They were packed before.
    Before(&'a Packing),
    /// It travels with others, which share packages: by the consignment and its number.
    With(ConsignmentId, i64),
}

/// Parts of a locked order leave as a shipment.
pub(in crate::shipments) fn leave(
    tx: &mut Connection,
    (id, shippable): (ShipmentId, Shippable),
    parts: Vec<Part>,
    (carrier, tracking_number): (Option<String>, Option<String>),
    packed: Packed<'_>,
    (actor, now): (&Actor, Timestamp),
) -> Result<Shipment> {
    let order = &shippable.order;
    let zone = accounts::supplier_zone(tx)?;
    let shipment = Shipment {
        id,
        account_id: order.account_id,
        account: accounts::get(tx, order.account_id)?.code,
        order_id: order.id,
        order_number: order.number,
        po_number: order.po_number.clone(),
        ship_to: order.ship_to.clone(),
        number: store::next_number(tx)?,
        state: State::Shipped,
        tracking_url: carriers::tracking_url(tx, carrier.as_deref(), tracking_number.as_deref())?,
        carrier,
        tracking_number,
        line_count: i32::try_from(parts.len()).map_err(Error::internal)?,
        shipped_at: now,
        shipped_on: day_in(zone, now),
        delivered_at: None,
        received_by: None,
        version: 1,
        consignment: match packed {
            Packed::With(id, number) => Some((id, number)),
            Packed::New(_) | Packed::Before(_) => None,
        },
        invoice: None,
        lines: lines(order, &parts),
    };
    let mut batch = Batch::new();
    store::insert(&mut batch, &shipment)?;
    let packages = match packed {
        Packed::With(..) => Vec::new(),
        Packed::New(asked) => new_packages(tx, &mut batch, (order, &shipment), asked, (actor, now))?,
        Packed::Before(packing) => {
            packages::hand_over(&mut batch, packing.id, id);
            packages::list(tx, packing.account_id, Of::Packing(packing.id))?
        }
    };
    let payload = ShipmentCreated {
        packages: packages::told(&packages),
        ..super::created(&shipment, order.order_class)
    };
    super::record(&mut batch, &shipment, "shipment.create", payload, actor, now);
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
    shipping::ship(tx, shippable, &parts, &origin, actor)?;
    batch.run(tx)?;
    Ok(shipment)
}

/// The parts as lines of a shipment.
fn lines(order: &Order, parts: &[Part]) -> Vec<ShipmentLine> {
    let ordered: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line)).collect();
    let line = |(position, part): (i32, &Part)| {
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
    };
    (1..).zip(parts).filter_map(line).collect()
}

/// The packages of a shipment that was packed before anybody told the portal.
fn new_packages(
    tx: &mut Connection,
    batch: &mut Batch,
    (order, shipment): (&Order, &Shipment),
    asked: &[Asked],
    (actor, now): (&Actor, Timestamp),
) -> Result<Vec<Package>> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let load = packages::load_of(shipment);
    let at = |(place, one): (usize, &Asked)| (format!("/packages/{place}"), one.clone());
    let asked: Vec<_> = asked.iter().enumerate().map(at).collect();
    let checked = packages::rules::check(std::slice::from_ref(order), &load, &[], &asked).map_err(Error::Invalid)?;
    let of = (shipment.account_id, load.of);
    let packages = packages::numbered(tx, of, (PackageId::new(), &[]), checked, now)?;
    packages::store_new(batch, &packages, actor)?;
    let contents = packages::Contents {
        orders: vec![order.clone()],
        load,
        packages,
    };
    packages::must_be_whole(&contents)?;
    Ok(contents.packages)
}
