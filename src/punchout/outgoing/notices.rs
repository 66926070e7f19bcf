//! The ship notice: what is on its way, line by line of the purchase order, and in which packages it lies.

use std::collections::HashMap;

use super::documents::{Written, reference, sum, unit, whole};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::ShipmentId;
use crate::punchout::amending::{Numbering, purchase_of};
use crate::punchout::cxml::{Element, writing};
use crate::punchout::setup::{PunchoutSetup, Setup};
use crate::quantity::Quantity;
use crate::shipments::packages::rules::{Of, Package};
use crate::shipments::rules::{Shipment, ShipmentLine};
use crate::{orders, shipments};

/// Says what is on its way.
pub fn ship_notice(tx: &mut Connection, setup: &Setup, id: ShipmentId, now: Timestamp) -> Result<Option<Written>> {
    if setup.setup.ship_notice_url.is_none() {
        return Ok(None);
    }
    let shipment = shipments::get(tx, setup.account_id, id)?;
    let Some(purchase) = purchase_of(tx, setup.account_id, shipment.order_id, now)? else {
        return Ok(None);
    };
    let order = orders::get(tx, setup.account_id, shipment.order_id)?;
    let packages = shipments::packages::list(tx, setup.account_id, Of::Shipment(id))?;
    let is_complete = order.lines.iter().all(|line| line.to_leave() == 0);
    let own = &setup.setup;
    let header = Element::new("ShipNoticeHeader")
        .with("shipmentID", shipment.number.to_string())
        .with("operation", "new")
        .with("noticeDate", writing::moment(now))
        .with("shipmentDate", writing::moment(shipment.shipped_at))
        .with("shipmentType", "actual")
        .with("fulfillmentType", if is_complete { "complete" } else { "partial" });
    // An article stands once under each number of the buyer, whatever lines of ours it is.
    let numbering = Numbering::of(&purchase, &order)?;
    let mut items: Vec<(String, Vec<&ShipmentLine>)> = Vec::new();
    let mut places = HashMap::new();
    for line in &shipment.lines {
        let number = numbering.number(line.order_line_id, line.position);
        let place = *places
            .entry((number.clone(), line.product_id, line.unit.as_str()))
            .or_insert(items.len());
        match items.get_mut(place) {
            Some((_, lines)) => lines.push(line),
            None => items.push((number, vec![line])),
        }
    }
    let items = (1_usize..).zip(&items).filter_map(|(place, (number, lines))| {
        let first = lines.first()?;
        let quantity = sum(lines.iter().map(|line| line.quantity.ordered));
        let item_id = Element::new("ItemID").holding(Element::text_of("SupplierPartID", &first.sku));
        let item = Element::new("ShipNoticeItem")
            .with("quantity", quantity.to_string())
            .with("lineNumber", number)
            .with("shipNoticeLineNumber", place.to_string())
            .holding(item_id)
            .holding(unit(own, &first.unit_code))
            .holding_all(packages.iter().filter_map(|package| packaging(own, package, lines)));
        Some(item)
    });
    let portion = Element::new("ShipNoticePortion")
        .holding(reference(&purchase))
        .holding_all(items);
    let inner = Element::new("ShipNoticeRequest")
        .holding(header)
        .holding_all(control(&shipment))
        .holding(portion);
    let payload_id = writing::payload_id(now);
    Ok(Some(Written {
        document: whole(setup, inner, &payload_id, now),
        payload_id,
        kind: "ShipNoticeRequest",
        module: "Fulfill",
        reference: shipment.number.to_string(),
        order_id: shipment.order_id,
    }))
}

/// Who carries it, under which number.
fn control(shipment: &Shipment) -> Option<Element> {
    let (carrier, tracking) = shipment.carrier.as_ref().zip(shipment.tracking_number.as_ref())?;
    let number = Element::text_of("ShipmentIdentifier", tracking)
        .with("domain", "trackingNumber")
        .with_some("trackingURL", shipment.tracking_url.clone());
    let control = Element::new("ShipControl")
        .holding(Element::text_of("CarrierIdentifier", carrier).with("domain", "companyName"))
        .holding(number);
    Some(control)
}

/// A package, as far as something of these lines lies in it: its kind, size and number, and how much of them.
fn packaging(setup: &PunchoutSetup, package: &Package, lines: &[&ShipmentLine]) -> Option<Element> {
    let first = lines.first()?;
    let inside = package
        .items
        .iter()
        .filter(|item| lines.iter().any(|line| line.order_line_id == item.order_line_id));
    let quantity = sum(inside.map(|item| item.quantity.ordered));
    if quantity.steps == 0 {
        return None;
    }
    let size = package.size;
    let dimension = |kind: &str, quantity: Option<String>, code: &str| {
        let quantity = quantity?;
        let dimension = Element::new("Dimension").with("quantity", quantity).with("type", kind);
        Some(dimension.holding(unit(setup, code)))
    };
    let length = |side: Option<i32>| side.map(|side| side.to_string());
    let dimensions = [
        // Grams, told in kilograms.
        dimension(
            "weight",
            size.weight_grams.map(|grams| Quantity::new(grams, 3).to_string()),
            "KGM",
        ),
        dimension("length", length(size.length_mm), "MMT"),
        dimension("width", length(size.width_mm), "MMT"),
        dimension("height", length(size.height_mm), "MMT"),
    ];
    let dispatched = Element::new("DispatchQuantity")
        .with("quantity", quantity.to_string())
        .holding(unit(setup, &first.unit_code));
    let packaging = Element::new("Packaging")
        .holding(Element::text_of("PackagingCode", package.kind.name()).with("xml:lang", "en"))
        .holding_all(dimensions.into_iter().flatten())
        .holding(Element::text_of("PackageTypeCodeIdentifierCode", package.kind.name()))
        .holding(Element::text_of("ShippingContainerSerialCode", &package.sscc))
        .holding(dispatched);
    Some(packaging)
}
