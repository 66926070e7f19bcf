//! REST of shipments for accounts and partners.

use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};

use super::proof::shapes::DeliveryProofView;
use super::rules::{Shipment, ShipmentLine, State};
use super::{Filter, Sort, documents, proof};
use crate::clock::rfc3339;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Scope;
use crate::error::{Code, Error, Result};
use crate::http::{Limit, List, Page, Params, PathId, Pdf, Since, filled};
use crate::identity::caller::{Customer, MayRead};
use crate::ids::{AccountId, InvoiceId, OrderId, ShipmentId};
use crate::quantity::Quantity;
use crate::sentences::no_order_id;
use crate::state::AppState;

/// A shipment.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ShipmentView {
    #[serde(flatten)]
    head: ShipmentHeadView,
    lines: Vec<ShipmentLineView>,
    /// Pictures and papers that show that it arrived.
    proofs: Vec<DeliveryProofView>,
}

/// A shipment without its lines.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ShipmentHeadView {
    #[schema(example = "shp_0B9Q4Z8K2M3N4")]
    id: String,
    /// What people call it.
    #[schema(example = "30017")]
    number: String,
    /// Code of the account.
    account: String,
    order_id: String,
    order_number: String,
    po_number: String,
    /// Code of the site it goes to.
    ship_to: String,
    state: State,
    #[schema(required)]
    carrier: Option<String>,
    #[schema(required)]
    tracking_number: Option<String>,
    /// Where the carrier tells how far it is.
    #[schema(required, example = "https://track.example/1234")]
    tracking_url: Option<String>,
    line_count: i32,
    /// RFC 3339, UTC
    shipped_at: String,
    /// RFC 3339, UTC
    #[schema(required)]
    delivered_at: Option<String>,
    /// Who took it in.
    #[schema(required)]
    received_by: Option<String>,
    /// What it travels with, where something of other orders left for the same site together.
    #[schema(required)]
    consignment_id: Option<String>,
    /// Once it is invoiced.
    #[schema(required)]
    invoice_id: Option<String>,
}

/// A part of an order's line.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ShipmentLineView {
    order_line_id: String,
    position: i32,
    sku: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    name: String,
    unit: String,
    /// In the ordered unit.
    quantity: String,
    base_unit: String,
    base_quantity: String,
}

impl From<Shipment> for ShipmentHeadView {
    fn from(shipment: Shipment) -> Self {
        Self {
            id: shipment.id.to_string(),
            number: shipment.number.to_string(),
            account: shipment.account,
            order_id: shipment.order_id.to_string(),
            order_number: shipment.order_number.to_string(),
            po_number: shipment.po_number,
            ship_to: shipment.ship_to,
            state: shipment.state,
            carrier: shipment.carrier,
            tracking_number: shipment.tracking_number,
            tracking_url: shipment.tracking_url,
            line_count: shipment.line_count,
            shipped_at: rfc3339(shipment.shipped_at),
            delivered_at: shipment.delivered_at.map(rfc3339),
            received_by: shipment.received_by,
            consignment_id: shipment.consignment.map(|(id, _)| id.to_string()),
            invoice_id: shipment.invoice.map(|(id, _)| InvoiceId(id).to_string()),
        }
    }
}

impl From<ShipmentLine> for ShipmentLineView {
    fn from(line: ShipmentLine) -> Self {
        Self {
            order_line_id: line.order_line_id.to_string(),
            position: line.position,
            sku: line.sku,
            customer_part_number: line.customer_part_number,
            name: line.name,
            unit: line.unit,
            quantity: line.quantity.ordered.to_string(),
            base_unit: line.base_unit,
            base_quantity: Quantity::new(line.quantity.base_steps, line.base_decimals).to_string(),
        }
    }
}

impl From<Shipment> for ShipmentView {
    fn from(mut shipment: Shipment) -> Self {
        let lines = std::mem::take(&mut shipment.lines);
        Self {
            head: shipment.into(),
            lines: lines.into_iter().map(ShipmentLineView::from).collect(),
            proofs: Vec::new(),
        }
    }
}

/// A shipment with what shows that it arrived.
pub(super) fn told(connection: &mut Connection, shipment: Shipment) -> Result<ShipmentView> {
    let proofs = proof::of(connection, &shipment)?;
    Ok(ShipmentView {
        proofs: proofs.into_iter().map(DeliveryProofView::from).collect(),
        ..ShipmentView::from(shipment)
    })
}

/// Which shipments to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListShipments {
    /// Only of this order.
    order_id: Option<String>,
    /// Only in this state.
    #[param(inline)]
    state: Option<State>,
    /// Only those in which this is found: their number or their order's, a part of the tracking number or of your
    /// purchase order number.
    q: Option<String>,
    /// `newest` if left out.
    #[param(inline)]
    sort: Option<Sort>,
    /// Only what was added, changed or removed at this moment or later; `sort` has no effect then.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The order whose id this is.
pub(super) fn order_id(text: Option<String>) -> Result<Option<OrderId>> {
    let read = |text: String| {
        let ill_formed = |_| Error::invalid("/order_id", Code::ValueInvalid, no_order_id(&text));
        text.parse::<OrderId>().map_err(ill_formed)
    };
    text.map(read).transpose()
}

/// A page of the list.
pub(super) async fn page_of(
    state: &AppState,
    scope: Scope,
    filter: Filter,
    sort: Option<Sort>,
    page: Page,
) -> Result<web::Json<List<ShipmentHeadView>>> {
    let sort = sort.unwrap_or_default();
    let asked = filter.clone();
    let read = move |connection: &mut _, walk, fetch| super::list(connection, scope, &asked, sort, walk, fetch);
    let id = |shipment: &Shipment| shipment.id;
    let list = (Followed::in_scope("shipments", scope), &(&filter, sort));
    let list = page.list(&state.db, list, read, (id, id, ShipmentHeadView::from));
    Ok(web::Json(list.await?))
}

/// My shipments
///
/// Without their lines.
#[utoipa::path(tag = "shipments", operation_id = "listShipments", params(ListShipments), responses((status = 200, body = List<ShipmentHeadView>)))]
#[get("/shipments")]
pub async fn list_shipments(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListShipments>,
) -> Result<web::Json<List<ShipmentHeadView>>> {
    let filter = Filter {
        state: params.state,
        order_id: order_id(params.order_id)?,
        text: filled(params.q),
        ..Filter::default()
    };
    let scope = Scope::Account(customer.account_id);
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    page_of(&state, scope, filter, params.sort, page).await
}

/// One shipment
#[utoipa::path(tag = "shipments", operation_id = "getShipment", responses((status = 200, body = ShipmentView)))]
#[get("/shipments/{id}")]
pub async fn get_shipment(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ShipmentId>,
) -> Result<web::Json<ShipmentView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection| {
        let shipment = super::get(connection, account_id, id)?;
        told(connection, shipment)
    };
    Ok(web::Json(state.db.read(read).await?))
}

/// Prints the delivery note of a shipment of the account.
pub(super) async fn print_note(state: &AppState, account_id: AccountId, id: ShipmentId) -> Result<HttpResponse> {
    let read = move |connection: &mut _| documents::note(connection, account_id, id);
    Ok(state.print(read).await?.into())
}

/// The delivery note of a shipment
///
/// In the account's language, without prices.
#[utoipa::path(tag = "shipments", operation_id = "getShipmentPdf", responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
    (status = 409, description = "The supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/shipments/{id}/pdf")]
pub async fn get_shipment_pdf(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ShipmentId>,
) -> Result<HttpResponse> {
    print_note(&state, customer.account_id, id).await
}
