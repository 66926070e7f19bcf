//! One delivery: where it is, what is in it.

use std::collections::HashMap;

use actix_web::{HttpResponse, get, web};
use askama::Template;

use crate::accounts;
use crate::catalogue::words::amount;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{MayOrder, MayRead, Visitor};
use crate::ids::{InvoiceId, OrderId, OrderLineId, ShipmentId};
use crate::orders;
use crate::orders::rules::OrderLine;
use crate::quantity::Quantity;
use crate::shipments;
use crate::shipments::api::print_note;
use crate::shipments::packages::rules::{Of, sscc};
use crate::shipments::packages::supplier_pages::what;
use crate::shipments::rules::ShipmentLine;
use crate::shipments::words::state_chip;
use crate::shipments::{packages, proof};
use crate::state::AppState;
use crate::web::{Chip, Shell};

struct Line {
    number: i32,
    article: String,
    name: String,
    sku: String,
    quantity: String,
    base: Option<String>,
    ordered: String,
}

#[derive(Template)]
#[template(path = "shipments/templates/detail.html")]
struct DetailPage<'a> {
    shell: &'a Shell,
    id: ShipmentId,
    number: String,
    chip: Chip,
    order_id: OrderId,
    order_number: i64,
    po_number: String,
    site: String,
    /// Path and number of what it travels with.
    consignment: Option<(String, String)>,
    shipped: String,
    arrived: String,
    expected: Option<String>,
    carrier: String,
    tracking: String,
    link: Option<String>,
    invoice: Option<(String, String)>,
    lines: Vec<Line>,
    /// Number, SSCC, what it is, and what lies in it.
    packages: Vec<(i32, String, String, Vec<String>)>,
    received_by: Option<String>,
    /// Path and name.
    proofs: Vec<(String, String)>,
    may_claim: bool,
}

fn line(shell: &Shell, ordered: &HashMap<OrderLineId, &OrderLine>, line: ShipmentLine) -> Line {
    let ordered = ordered.get(&line.order_line_id);
    let base = Quantity::new(line.quantity.base_steps, line.base_decimals);
    let article = line.customer_part_number.clone().unwrap_or_else(|| line.sku.clone());
    Line {
        number: ordered.map_or(line.position, |ordered| ordered.position),
        article,
        quantity: amount(shell.language, line.quantity.ordered, &line.unit_code),
        base: (line.unit != line.base_unit).then(|| amount(shell.language, base, &line.base_unit)),
        ordered: ordered
            .map(|ordered| amount(shell.language, ordered.quantity.ordered, &ordered.unit_code))
            .unwrap_or_default(),
        name: line.name,
        sku: line.sku,
    }
}

/// A package of it.
fn package(
    shell: &Shell,
    ordered: &HashMap<OrderLineId, &OrderLine>,
    package: &packages::rules::Package,
) -> (i32, String, String, Vec<String>) {
    let items = package.items.iter().filter_map(|item| {
        let line = ordered.get(&item.order_line_id)?;
        let article = line.customer_part_number.as_ref().unwrap_or(&line.sku);
        let quantity = amount(shell.language, item.quantity.ordered, &line.unit_code);
        Some(format!("{article} {}: {quantity}", line.name))
    });
    (
        package.position,
        sscc::printed(&package.sscc),
        what(shell, package.kind, package.size),
        items.collect(),
    )
}

/// One of my deliveries
#[get("/shipments/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ShipmentId>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| {
        let shipment = shipments::get(connection, account_id, id)?;
        let order = orders::get(connection, account_id, shipment.order_id)?;
        let site = accounts::ship_to(connection, account_id, Some(&order.ship_to))?;
        let promises = shipments::promises(connection, account_id, &[id])?;
        let packages = packages::list(connection, account_id, Of::Shipment(id))?;
        let proofs = proof::of(connection, &shipment)?;
        let expected = promises.get(&id).copied();
        Ok((shipment, order, site, expected, (packages, proofs)))
    };
    let (shipment, order, site, promised_on, (packages, proofs)) = state.db.read(read).await?;
    let shell = &visitor.shell;
    let ordered: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line)).collect();
    let carrier = shipment.carrier.unwrap_or_default();
    let tracking = shipment.tracking_number.unwrap_or_default();
    let page = DetailPage {
        shell,
        id,
        may_claim: visitor.may::<MayOrder>(),
        number: shipment.number.to_string(),
        chip: state_chip(shell, shipment.state),
        order_id: shipment.order_id,
        order_number: shipment.order_number,
        po_number: shipment.po_number,
        site: site.map_or(shipment.ship_to, |site| site.name),
        consignment: shipment
            .consignment
            .map(|(id, number)| (format!("/consignments/{id}"), number.to_string())),
        shipped: shell.moment(shipment.shipped_at),
        arrived: shipment.delivered_at.map(|at| shell.moment(at)).unwrap_or_default(),
        expected: promised_on
            .filter(|_| shipment.delivered_at.is_none())
            .map(|on| shell.day(on)),
        link: shipment.tracking_url,
        received_by: shipment.received_by,
        proofs: proofs
            .into_iter()
            .map(|file| (format!("/delivery-proofs/{}", file.id), file.name))
            .collect(),
        packages: packages.iter().map(|one| package(shell, &ordered, one)).collect(),
        carrier,
        tracking,
        invoice: shipment
            .invoice
            .map(|(id, number)| (format!("/invoices/{}", InvoiceId(id)), number)),
        lines: shipment
            .lines
            .into_iter()
            .map(|one| line(shell, &ordered, one))
            .collect(),
    };
    shell.page(&page)
}

/// The delivery note
#[get("/shipments/{id}/note.pdf")]
pub async fn print(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ShipmentId>,
) -> Result<HttpResponse> {
    print_note(&state, visitor.customer.account_id, id).await
}
