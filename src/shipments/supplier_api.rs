//! REST of shipments for supplier staff.

use actix_web::{HttpResponse, get, patch, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::api::{ShipmentHeadView, ShipmentView, order_id, page_of, print_note, told};
use super::packages::rules::Asked;
use super::packages::shapes::PackageInput;
use super::proof::rules::Arrival;
use super::rules::State;
use super::{Filter, ShipmentRequest, Sort, documents, held_for_credit, proof};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{
    Body, IdempotencyKey, IfMatch, Limit, List, OptionalBody, Page, Params, PathId, Pdf, Since, created, filled,
    versioned,
};
use crate::identity::caller::{MayMoveGoods, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::{OrderLineId, ShipmentId};
use crate::kept::{self, DecimalText};
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
    /// What it is packed into: all of it, or nothing is said of it. Each gets the next SSCC of the supplier's GS1 company prefix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 999)]
    packages: Option<Vec<PackageInput>>,
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

/// Lines as they are named: each with its quantity as written.
pub(super) fn named(lines: Vec<CreateShipmentLine>) -> Vec<(Option<OrderLineId>, String)> {
    let line = |line: CreateShipmentLine| (line.order_line_id.parse().ok(), line.quantity.0);
    lines.into_iter().map(line).collect()
}

/// Ship
///
/// An accepted order, in whole or in part; only what is reserved can leave. The same request with the same
/// `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "createShipment", security(("bearer" = ["goods.move"])), request_body = CreateShipment,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new shipment")),
    responses(
        (status = 201, body = ShipmentView, headers(("Location" = String, description = "Path of the shipment"))),
        (status = 409, description = "The order is not accepted, nothing of it is reserved that is not being packed, a part of it lies in no package, or the supplier has no GS1 company prefix", body = crate::problem::Problem, content_type = "application/problem+json"),
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
    let request = ShipmentRequest {
        order_id: body.order_id.parse().ok(),
        lines: body.lines.map(named),
        carrier: body.carrier,
        tracking_number: body.tracking_number,
        packages: body.packages.unwrap_or_default().into_iter().map(Asked::from).collect(),
    };
    let (order_id, by) = (request.order_id, actor.clone());
    let write = move |tx: &mut Connection| super::ship(tx, &key, &request, &actor, now());
    let shipped = state.db.write(write).await;
    let (shipment, replayed) = held_for_credit(&state.db, shipped, order_id, &by, now()).await?;
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
#[utoipa::path(tag = "supplier", operation_id = "getSupplierShipment", responses(
    (status = 200, body = StaffShipmentView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/shipments/{id}")]
pub async fn get_shipment(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ShipmentId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let shipment = super::get_for_staff(connection, id)?;
        let note = documents::note_so_far(connection, shipment.account_id, id)?;
        let version = shipment.version;
        Ok((told(connection, shipment)?, version, note))
    };
    let (shipment, version, note) = state.db.read(read).await?;
    let warning = note.and_then(|note| documents::warning(&state.press, &note));
    let view = StaffShipmentView {
        shipment,
        warnings: warning.iter().map(Warning::from).collect(),
    };
    Ok(versioned(HttpResponse::Ok(), version, &view))
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

/// What to correct; what is left out stays.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectShipment {
    /// Null = none. 100 characters at most.
    #[serde(default, deserialize_with = "kept::text")]
    carrier: Option<String>,
    /// Null = none. 100 characters at most.
    #[serde(default, deserialize_with = "kept::text")]
    tracking_number: Option<String>,
}

impl CorrectShipment {
    /// Carrier and tracking number.
    pub(super) fn carriage(&self) -> (Option<&str>, Option<&str>) {
        (self.carrier.as_deref(), self.tracking_number.as_deref())
    }
}

/// Correct a shipment
///
/// Its carrier and tracking number, until it has arrived. The account is told by an event.
#[utoipa::path(tag = "supplier", operation_id = "correctShipment", security(("bearer" = ["goods.move"])), request_body = CorrectShipment,
    params(("If-Match" = String, Header, description = "The shipment's ETag")),
    responses(
        (status = 200, body = ShipmentView, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "It is delivered already", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[patch("/supplier/shipments/{id}")]
pub async fn correct_shipment(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<ShipmentId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<CorrectShipment>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::correct(tx, id, &expected, body.carriage(), &actor, now());
    let shipment = state.db.write(write).await?;
    let version = shipment.version;
    Ok(versioned(HttpResponse::Ok(), version, &ShipmentView::from(shipment)))
}

/// How it arrived.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliverShipment {
    /// Who took it in, 100 characters at most.
    #[schema(max_length = 100)]
    received_by: Option<String>,
    /// When, not before it left and not in the future; now if left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    delivered_at: Option<DateTime<Utc>>,
}

impl From<DeliverShipment> for Arrival {
    fn from(body: DeliverShipment) -> Self {
        Self {
            received_by: body.received_by,
            delivered_at: body.delivered_at.map(|at| at.naive_utc()),
        }
    }
}

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
    OptionalBody(body): OptionalBody<DeliverShipment>,
) -> Result<web::Json<ShipmentView>> {
    let (actor, arrival) = (staff.actor(), Arrival::from(body));
    let write = move |tx: &mut Connection| proof::arrive(tx, id, &arrival, &actor, now());
    Ok(web::Json(ShipmentView::from(state.db.write(write).await?)))
}
