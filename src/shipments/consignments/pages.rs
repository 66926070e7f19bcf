//! What travels together, for accounts: where it is, which orders are in it, its packages.

use actix_web::{HttpResponse, get, web};
use askama::Template;

use super::api::print_note;
use super::rules::Consignment;
use crate::accounts;
use crate::catalogue::words::amount;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::ConsignmentId;
use crate::shipments::packages;
use crate::shipments::packages::rules::{Package, lines_of, sscc};
use crate::shipments::packages::supplier_pages::what;
use crate::shipments::words::state_chip;
use crate::state::AppState;
use crate::web::{Chip, Shell};

/// The shipment of one of the orders.
struct Part {
    link: String,
    number: String,
    order_link: String,
    order_number: String,
    po_number: String,
    /// Article, name and quantity.
    lines: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "shipments/templates/consignment.html")]
struct ConsignmentPage<'a> {
    shell: &'a Shell,
    id: ConsignmentId,
    number: String,
    chip: Chip,
    site: String,
    shipped: String,
    arrived: Option<String>,
    carrier: String,
    tracking: String,
    link_out: Option<String>,
    received_by: Option<String>,
    parts: Vec<Part>,
    /// Number, SSCC, what it is, and what lies in it.
    packages: Vec<(i32, String, String, Vec<String>)>,
    /// Path and name.
    proofs: Vec<(String, String)>,
}

/// Each order's part of it.
fn parts(shell: &Shell, consignment: &Consignment) -> Vec<Part> {
    let part = |shipment: &crate::shipments::rules::Shipment| Part {
        link: format!("/shipments/{}", shipment.id),
        number: shipment.number.to_string(),
        order_link: format!("/orders/{}", shipment.order_id),
        order_number: shipment.order_number.to_string(),
        po_number: shipment.po_number.clone(),
        lines: shipment
            .lines
            .iter()
            .map(|line| {
                let article = line.customer_part_number.as_ref().unwrap_or(&line.sku);
                let quantity = amount(shell.language, line.quantity.ordered, &line.unit_code);
                (article.clone(), line.name.clone(), quantity)
            })
            .collect(),
    };
    consignment.shipments.iter().map(part).collect()
}

/// The packages, with what lies in each of which order.
fn shown(shell: &Shell, contents: &packages::Contents) -> Vec<(i32, String, String, Vec<String>)> {
    let lines = lines_of(&contents.orders);
    let order_of = |id| {
        let has = |order: &&crate::orders::rules::Order| order.lines.iter().any(|line| line.id == id);
        contents.orders.iter().find(has).map(|order| order.po_number.as_str())
    };
    let one = |package: &Package| {
        let items = package.items.iter().filter_map(|item| {
            let line = lines.get(&item.order_line_id)?;
            let article = line.customer_part_number.as_ref().unwrap_or(&line.sku);
            let quantity = amount(shell.language, item.quantity.ordered, &line.unit_code);
            let order = order_of(line.id).unwrap_or_default();
            Some(format!("{order} · {article} {}: {quantity}", line.name))
        });
        (
            package.position,
            sscc::printed(&package.sscc),
            what(shell, package.kind, package.size),
            items.collect(),
        )
    };
    contents.packages.iter().map(one).collect()
}

/// One of my consignments
#[get("/consignments/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ConsignmentId>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| {
        let consignment = super::get(connection, account_id, id)?;
        let site = accounts::ship_to(connection, account_id, Some(&consignment.ship_to))?;
        let contents = packages::contents(connection, consignment.load())?;
        let proofs = super::proofs(connection, &consignment)?;
        Ok((consignment, site, contents, proofs))
    };
    let (consignment, site, contents, proofs) = state.db.read(read).await?;
    let shell = &visitor.shell;
    let page = ConsignmentPage {
        shell,
        id,
        number: consignment.number.to_string(),
        chip: state_chip(shell, consignment.state),
        parts: parts(shell, &consignment),
        packages: shown(shell, &contents),
        shipped: shell.moment(consignment.shipped_at),
        arrived: consignment.delivered_at.map(|at| shell.moment(at)),
        site: site.map_or(consignment.ship_to, |site| site.name),
        carrier: consignment.carrier.unwrap_or_default(),
        tracking: consignment.tracking_number.unwrap_or_default(),
        link_out: consignment.tracking_url,
        received_by: consignment.received_by,
        proofs: proofs
            .into_iter()
            .map(|file| (format!("/delivery-proofs/{}", file.id), file.name))
            .collect(),
    };
    shell.page(&page)
}

/// The delivery note over all of it
#[get("/consignments/{id}/note.pdf")]
pub async fn print(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ConsignmentId>,
) -> Result<HttpResponse> {
    print_note(&state, visitor.customer.account_id, id).await
}
