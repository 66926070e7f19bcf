//! What travels together as paper: one delivery note over the lines of all its orders, without prices.

use std::collections::HashMap;

use super::rules::Consignment;
use crate::accounts::{parties, windows};
use crate::db::Connection;
use crate::documents::paper::{Amount, Article, DeliveryNote, DeliveryNoteLine, Document, Paper};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ConsignmentId, OrderLineId};
use crate::languages::Language;
use crate::orders;
use crate::orders::documents::must_have_seller;
use crate::orders::rules::{Order, OrderLine};
use crate::quantity::Quantity;
use crate::shipments::carriers;
use crate::shipments::documents::instead_of;
use crate::shipments::packages;
use crate::shipments::packages::rules::{Of, lines_of};
use crate::shipments::rules::{Shipment, ShipmentLine};

/// The delivery note of a consignment of the account, in the account's language.
pub fn note(connection: &mut Connection, account_id: AccountId, id: ConsignmentId) -> Result<Paper> {
    let consignment = super::get(connection, account_id, id)?;
    let orders = orders::list_of(connection, account_id, &consignment.order_ids())?;
    let site_id = orders.first().ok_or(Error::NotFound)?.site_id;
    let parties = parties::load(connection, account_id, site_id)?;
    must_have_seller(&parties)?;
    let language = Language::from_locale(&parties.locale);
    let windows = windows::of_site(connection, account_id, site_id)?;
    let packages = packages::list(connection, account_id, Of::Consignment(id))?;
    Ok(Paper {
        xml: None,
        language,
        document: Document::DeliveryNote(DeliveryNote {
            number: consignment.number.to_string(),
            shipped_on: consignment.shipped_on,
            po_number: listed(&consignment, |shipment| shipment.po_number.clone()),
            order_number: listed(&consignment, |shipment| shipment.order_number.to_string()),
            carrier: carriers::called(connection, consignment.carrier.clone())?,
            tracking_number: consignment.tracking_number.clone(),
            seller: parties.seller,
            buyer: parties.buyer,
            ship_to: parties.ship_to,
            windows: windows::text(&windows, language),
            packages: packages::documents::packed(&orders, &packages),
            lines: note_lines(&consignment, &orders),
        }),
    })
}

fn listed(consignment: &Consignment, of: impl Fn(&Shipment) -> String) -> String {
    consignment.shipments.iter().map(of).collect::<Vec<_>>().join(", ")
}

fn note_lines(consignment: &Consignment, orders: &[Order]) -> Vec<DeliveryNoteLine> {
    let ordered = lines_of(orders);
    let lines = consignment.shipments.iter().flat_map(|shipment| {
        let ordered = &ordered;
        let line = move |line: &ShipmentLine| note_line(shipment, line, ordered);
        shipment.lines.iter().map(line)
    });
    lines.collect()
}

fn note_line(shipment: &Shipment, line: &ShipmentLine, ordered: &HashMap<OrderLineId, &OrderLine>) -> DeliveryNoteLine {
    let own = ordered.get(&line.order_line_id);
    DeliveryNoteLine {
        order: Some((shipment.order_number.to_string(), shipment.po_number.clone())),
        position: own.map_or(line.position, |own| own.position),
        ordered: own.map_or(line.quantity.ordered, |own| own.quantity.ordered),
        instead_of: own.and_then(|own| instead_of(ordered, own)),
        article: Article {
            name: line.name.clone(),
            customer_part_number: line.customer_part_number.clone(),
            sku: line.sku.clone(),
            gtin: None,
        },
        amount: Amount {
            quantity: line.quantity.ordered,
            base_quantity: Quantity::new(line.quantity.base_steps, line.base_decimals),
            unit_code: line.unit_code.clone(),
            base_unit: line.base_unit.clone(),
        },
    }
}
