//! Labels of packages, on paper and for label printers.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::rules::label::{Bars, Label};
use super::rules::{Of, Package, lines_of, zpl};
use super::{Contents, of_any};
use crate::accounts::parties::Parties;
use crate::accounts::{parties, windows};
use crate::db::Connection;
use crate::documents::paper::{Amount, Document, PackageLabel, PackageLabels, Packed, Paper, Symbol};
use crate::error::{Code, Error, Result};
use crate::ids::{OrderLineId, PackageId};
use crate::languages::Language;
use crate::orders::documents::must_have_seller;
use crate::orders::rules::Order;
use crate::quantity::Quantity;
use crate::shipments::{self, carriers, consignments, packing, sentences};

/// Labels, and whose they are.
#[derive(Debug)]
pub struct Labels {
    pub labels: Vec<Label>,
    pub language: Language,
    /// Of the shipment, or of the order while it is being packed.
    pub number: String,
    pub printed_on: NaiveDate,
    pub parties: Parties,
}

/// What is known of all packages of something: the number of its shipment, carrier and tracking number.
struct Carriage {
    shipment_number: Option<String>,
    carrier: Option<String>,
    tracking_number: Option<String>,
}

fn carriage(connection: &mut Connection, of: Of) -> Result<Carriage> {
    Ok(match of {
        Of::Shipment(id) => {
            let shipment = shipments::get_for_staff(connection, id)?;
            Carriage {
                shipment_number: Some(shipment.number.to_string()),
                carrier: shipment.carrier,
                tracking_number: shipment.tracking_number,
            }
        }
        Of::Consignment(id) => {
            let consignment = consignments::get_for_staff(connection, id)?;
            Carriage {
                shipment_number: Some(consignment.number.to_string()),
                carrier: consignment.carrier,
                tracking_number: consignment.tracking_number,
            }
        }
        Of::Packing(id) => {
            let packing = packing::get_for_staff(connection, id)?;
            Carriage {
                shipment_number: None,
                carrier: packing.carrier,
                tracking_number: packing.tracking_number,
            }
        }
    })
}

/// The labels of all packages of something, or of one of them; in the account's language.
pub fn labels(connection: &mut Connection, of: Of, only: Option<PackageId>) -> Result<Labels> {
    let contents = of_any(connection, of)?;
    let Contents { orders, packages, .. } = &contents;
    let order = orders.first().ok_or(Error::NotFound)?;
    let Some(first) = packages.first() else {
        let detail = sentences::package_none(order.number);
        return Err(Error::conflict(Code::ShipmentStateForbids, detail));
    };
    let printed_on = first.packed_at.date();
    let parties = parties::load(connection, order.account_id, order.site_id)?;
    must_have_seller(&parties)?;
    let language = Language::from_locale(&parties.locale);
    let windows = windows::of_site(connection, order.account_id, order.site_id)?;
    let windows = windows::text(&windows, language);
    let carriage = carriage(connection, of)?;
    let carrier = carriers::called(connection, carriage.carrier)?;
    let lines: Vec<OrderLineId> = packages
        .iter()
        .flat_map(|package| package.items.iter().map(|item| item.order_line_id))
        .collect();
    let gtins = super::list_gtins(connection, order.account_id, &lines)?;
    let count = packages.len();
    let label = |(place, package): (usize, &Package)| {
        let own = orders_of(orders, package);
        Label {
            sscc: package.sscc.clone(),
            from: address(&parties.seller.address),
            to: address(&parties.ship_to),
            windows: windows.clone(),
            po_number: listed(own.iter().map(|order| order.po_number.clone())),
            order_number: listed(own.iter().map(|order| order.number.to_string())),
            shipment_number: carriage.shipment_number.clone(),
            carrier: carrier.clone(),
            tracking_number: carriage.tracking_number.clone(),
            place: (place, count),
            weight_grams: package.size.weight_grams,
            content: content(package, &gtins),
        }
    };
    let wanted = (1..)
        .zip(packages)
        .filter(|(_, package)| only.is_none_or(|only| only == package.id));
    Ok(Labels {
        labels: wanted.map(label).collect(),
        language,
        number: carriage
            .shipment_number
            .clone()
            .unwrap_or_else(|| order.number.to_string()),
        printed_on,
        parties,
    })
}

/// Whose lines lie in a package; nothing in it is for all.
fn orders_of<'a>(orders: &'a [Order], package: &Package) -> Vec<&'a Order> {
    let is_in = |order: &&Order| {
        let lies = |item: &super::rules::Item| order.lines.iter().any(|line| line.id == item.order_line_id);
        package.items.is_empty() || package.items.iter().any(lies)
    };
    orders.iter().filter(is_in).collect()
}

fn listed(numbers: impl Iterator<Item = String>) -> String {
    numbers.collect::<Vec<_>>().join(", ")
}

/// The GTIN of what lies in a package and how many, where it is one article in whole units.
fn content(package: &Package, gtins: &HashMap<OrderLineId, String>) -> Option<(String, i64)> {
    let [item] = package.items.as_slice() else { return None };
    let gtin = gtins.get(&item.order_line_id)?;
    let count = item.quantity.ordered;
    (count.decimals == 0).then(|| (gtin.clone(), count.steps))
}

/// Name, street, town and country.
fn address(of: &crate::parties::Address) -> Vec<String> {
    let town: Vec<_> = [&of.postal_code, &of.city]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let lines = [
        Some(of.name.clone()),
        of.street.clone(),
        Some(town.join(" ")),
        Some(of.country.clone()),
    ];
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect()
}

/// What labels call their parts.
pub fn words(language: Language) -> zpl::Words {
    let word = |name: &str| language.text(&format!("label-{name}"));
    zpl::Words {
        from: word("from"),
        to: word("to"),
        po_number: word("po-number"),
        order: word("order"),
        shipment: word("shipment"),
        package: word("package"),
        weight: word("weight"),
        carrier: word("carrier"),
        windows: word("windows"),
    }
}

fn symbol(bars: Bars) -> Symbol {
    Symbol {
        width: bars.symbol.modules(),
        bars: bars.symbol.bars(),
        printed: bars.printed,
    }
}

/// The same as a paper, one label a page.
pub fn paper(connection: &mut Connection, of: Of, only: Option<PackageId>) -> Result<Paper> {
    let labels = labels(connection, of, only)?;
    let paper_of = |label: Label| {
        let weight = label.weight_grams.map(zpl::kilograms);
        let carrier = [label.carrier.clone(), label.tracking_number.clone()];
        let carrier = carrier.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let facts = [
            ("po-number", Some(label.po_number.clone())),
            ("order", Some(label.order_number.clone())),
            ("shipment", label.shipment_number.clone()),
            ("carrier", Some(carrier).filter(|text| !text.is_empty())),
            ("windows", label.windows.clone()),
            ("weight", weight),
        ];
        let sscc = label.sscc_bars();
        let sscc = sscc.ok_or_else(|| Error::internal(format!("{} has no bars", label.sscc)))?;
        Ok(PackageLabel {
            facts: facts
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?)))
                .collect(),
            place: label.place,
            others: label.other_bars().into_iter().map(symbol).collect(),
            sscc: symbol(sscc),
        })
    };
    Ok(Paper {
        xml: None,
        language: labels.language,
        document: Document::PackageLabels(PackageLabels {
            number: labels.number,
            printed_on: labels.printed_on,
            seller: labels.parties.seller,
            ship_to: labels.parties.ship_to,
            labels: labels.labels.into_iter().map(paper_of).collect::<Result<_>>()?,
        }),
    })
}

/// The packages of a delivery as its note tells of them.
pub fn packed(orders: &[Order], packages: &[Package]) -> Vec<Packed> {
    let lines = lines_of(orders);
    // Lines of several orders have the same positions.
    let order_of = |item: &super::rules::Item| {
        let lies = |order: &&Order| order.lines.iter().any(|line| line.id == item.order_line_id);
        let order = orders.iter().find(lies).filter(|_| orders.len() > 1);
        order.map(|order| order.number.to_string())
    };
    let one = |package: &Package| Packed {
        position: package.position,
        sscc: package.sscc.clone(),
        kind: package.kind.name(),
        weight_grams: package.size.weight_grams,
        sides: [package.size.length_mm, package.size.width_mm, package.size.height_mm],
        items: package
            .items
            .iter()
            .filter_map(|item| {
                let line = lines.get(&item.order_line_id)?;
                let amount = Amount {
                    quantity: item.quantity.ordered,
                    base_quantity: Quantity::new(item.quantity.base_steps, line.base_decimals),
                    unit_code: line.unit_code.clone(),
                    base_unit: line.base_unit.clone(),
                };
                let position = line.position.to_string();
                let place = order_of(item).map_or(position.clone(), |number| format!("{number}/{position}"));
                Some((place, amount))
            })
            .collect(),
    };
    packages.iter().map(one).collect()
}
