//! REST of shipments for supplier staff.

use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};

use super::api::{ShipmentHeadView, ShipmentView, order_id, page_of, print_note};
use super::rules::State;
use super::{Filter, ShipmentRequest, Sort, documents};
use crate::clock::now;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, Limit, List, OptionalBody, Page, Params, PathId, Pdf, Since, created, filled};
use crate::identity::caller::{MayMoveGoods, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::ShipmentId;
use crate::kept::DecimalText;
use crate::problem::Warning;
use crate::state::AppState;

/// What leaves.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateShipment {
    /// An accepted order, or one that is partly shipped.
    order_id: String,
    /// All that is reserved if left out.
    #[schema(min_items = 1, max_items = 5000)]
    lines: Option<Vec<CreateShipmentLine>>,
    /// 100 characters at most.
    carrier: Option<String>,
    /// 100 characters at most.
    tracking_number: Option<String>,
}

/// A part of an order's line.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateShipmentLine {
    order_line_id: String,
    /// In the line's unit; at most what is reserved.
    #[schema(example = "2")]
    quantity: DecimalText,
}

/// Ship
///
/// An accepted order, in whole or in part; only what is reserved can leave. The same request with the same
/// `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "createShipment", security(("bearer" = ["goods.move"])), request_body = CreateShipment,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new shipment")),
    responses(
        (status = 201, body = ShipmentView, headers(("Location" = String, description = "Path of the shipment"))),
        (status = 409, description = "The order is not accepted, or nothing of it is reserved", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/shipments")]
pub async fn create_shipment(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<CreateShipment>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/shipments", key, &body)?;
    let actor = staff.actor();
    let line = |line: CreateShipmentLine| (line.order_line_id.parse().ok(), line.quantity.0);
    let request = ShipmentRequest {
        order_id: body.order_id.parse().ok(),
        lines: body.lines.map(|lines| lines.into_iter().map(line).collect()),
        carrier: body.carrier,
        tracking_number: body.tracking_number,
    };
    let (shipment, replayed) = state
        .db
        .write(move |tx| super::ship(tx, &key, &request, &actor, now()))
        .await?;
    let path = format!("/api/v1/supplier/shipments/{}", shipment.id);
    Ok(created(Some(path), replayed, ShipmentView::from(shipment)))
}

/// Which shipments to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSupplierShipments {
    /// Only of this order.
    order_id: Option<String>,
    /// Only in this state.
    #[param(inline)]
    state: Option<State>,
    /// Only of the account with this code.
    account: Option<String>,
    /// True: only those that are not invoiced.
    to_invoice: Option<bool>,
    /// Only those in which this is found: their number or their order's, a part of the tracking number, of the purchase
    /// order number, of the account's name or code.
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

/// Shipments of all accounts
///
/// Without their lines.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierShipments", params(ListSupplierShipments), responses((status = 200, body = List<ShipmentHeadView>)))]
#[get("/supplier/shipments")]
pub async fn list_shipments(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListSupplierShipments>,
) -> Result<web::Json<List<ShipmentHeadView>>> {
    let filter = Filter {
        state: params.state,
        account: params.account,
        order_id: order_id(params.order_id)?,
        to_invoice: params.to_invoice == Some(true),
        text: filled(params.q),
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    page_of(&state, Scope::All, filter, params.sort, page).await
}

/// One shipment of any account
#[utoipa::path(tag = "supplier", operation_id = "getSupplierShipment", responses((status = 200, body = StaffShipmentView)))]
#[get("/supplier/shipments/{id}")]
pub async fn get_shipment(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ShipmentId>,
) -> Result<web::Json<StaffShipmentView>> {
    let read = move |connection: &mut _| {
        let shipment = super::get_for_staff(connection, id)?;
        let note = documents::note_so_far(connection, shipment.account_id, id)?;
        Ok((shipment, note))
    };
    let (shipment, note) = state.db.read(read).await?;
    let warning = note.and_then(|note| documents::warning(&state.press, &note));
    Ok(web::Json(StaffShipmentView {
        shipment: ShipmentView::from(shipment),
        warnings: warning.iter().map(Warning::from).collect(),
    }))
}

/// A shipment as staff see it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct StaffShipmentView {
    #[serde(flatten)]
    shipment: ShipmentView,
    /// `no_font`: letters that its papers and its invoice can't show.
    warnings: Vec<Warning>,
}

/// The delivery note of a shipment of any account
///
/// In the account's language, without prices.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierShipmentPdf", responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
    (status = 409, description = "The supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/shipments/{id}/pdf")]
pub async fn get_shipment_pdf(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ShipmentId>,
) -> Result<HttpResponse> {
    let owner = state
        .db
        .read(move |connection| super::account_of(connection, id))
        .await?;
    print_note(&state, owner, id).await
}

/// Nothing to say.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliverShipment {}

/// Mark a shipment as delivered
///
/// With the last shipment of a shipped order the order is delivered. An empty body will do.
#[utoipa::path(tag = "supplier", operation_id = "deliverShipment", security(("bearer" = ["goods.move"])), request_body = Option<DeliverShipment>, responses(
    (status = 200, body = ShipmentView),
    (status = 409, description = "It is delivered already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/shipments/{id}/deliver")]
pub async fn deliver_shipment(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<ShipmentId>,
    OptionalBody(DeliverShipment {}): OptionalBody<DeliverShipment>,
) -> Result<web::Json<ShipmentView>> {
    let actor = staff.actor();
    let shipment = state.db.write(move |tx| super::deliver(tx, id, &actor, now())).await?;
    Ok(web::Json(ShipmentView::from(shipment)))
}
