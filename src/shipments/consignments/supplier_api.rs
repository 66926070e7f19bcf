//! REST of what travels together for supplier staff.

use actix_web::{HttpResponse, get, patch, post, web};
use serde::Deserialize;

use super::api::{page_of, print_note};
use super::rules::{Asked, Consignment, Filter, State};
use super::shapes::{ConsignmentHeadView, ConsignmentView, CreateConsignment, shown};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{
    Body, IdempotencyKey, IfMatch, Limit, List, OptionalBody, Page, Params, PathId, Pdf, Since, Upload, created,
    versioned,
};
use crate::identity::caller::{MayMoveGoods, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::ConsignmentId;
use crate::shipments::api::order_id;
use crate::shipments::held_for_credit;
use crate::shipments::packages;
use crate::shipments::packages::rules::{Asked as AskedPackage, Of};
use crate::shipments::packages::shapes::{AddPackages, PackagesView, labels};
use crate::shipments::packages::supplier_api::LabelParams;
use crate::shipments::proof::shapes::{DeliveryProofForm, receive};
use crate::shipments::supplier_api::{CorrectShipment, DeliverShipment};
use crate::state::AppState;

/// Ship orders together
///
/// Several orders of one account to one of its sites leave in one transaction or not at all: each has a shipment of its own, which is
/// invoiced on its own; packages, carrier, delivery note, labels, mail and arrival are those of all. Only what is reserved can leave.
/// The same request with the same `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "createConsignment", security(("bearer" = ["goods.move"])), request_body = CreateConsignment,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new consignment")),
    responses(
        (status = 201, body = ConsignmentView, headers(("Location" = String, description = "Path of the consignment"))),
        (status = 409, description = "An order is not accepted, nothing of it is reserved that is not being packed, a part lies in no package, or the supplier has no GS1 company prefix", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/consignments")]
pub async fn create_consignment(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<CreateConsignment>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/consignments", key, &body)?;
    let (actor, asked) = (staff.actor(), Asked::from(body));
    let (ids, by) = (asked.order_ids(), actor.clone());
    let write = move |tx: &mut Connection| {
        let (consignment, replayed) = super::dispatch(tx, &key, &asked, &actor, now())?;
        let id = consignment.id;
        Ok((id, shown(tx, consignment)?, replayed))
    };
    let sent = state.db.write(write).await;
    let (id, view, replayed) = held_for_credit(&state.db, sent, ids, &by, now()).await?;
    let path = format!("/api/v1/supplier/consignments/{id}");
    Ok(created(Some(path), replayed, view))
}

/// Which consignments to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSupplierConsignments {
    /// Only of the account with this code.
    account: Option<String>,
    /// Only with a shipment of this order.
    order_id: Option<String>,
    /// Only in this state.
    #[param(inline)]
    state: Option<State>,
    /// Only what was added or changed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Consignments of all accounts
///
/// The last that left first, without their shipments.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierConsignments", params(ListSupplierConsignments), responses((status = 200, body = List<ConsignmentHeadView>)))]
#[get("/supplier/consignments")]
pub async fn list_consignments(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListSupplierConsignments>,
) -> Result<web::Json<List<ConsignmentHeadView>>> {
    let filter = Filter {
        state: params.state,
        account: params.account,
        order_id: order_id(params.order_id)?,
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    page_of(&state, Scope::All, filter, page).await
}

async fn answer(state: &AppState, consignment: Consignment) -> Result<HttpResponse> {
    let version = consignment.version;
    let view = state
        .db
        .read(move |connection| shown(connection, consignment.clone()))
        .await?;
    Ok(versioned(HttpResponse::Ok(), version, &view))
}

/// One consignment of any account
#[utoipa::path(tag = "supplier", operation_id = "getSupplierConsignment", responses(
    (status = 200, body = ConsignmentView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/consignments/{id}")]
pub async fn get_consignment(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ConsignmentId>,
) -> Result<HttpResponse> {
    let found = state
        .db
        .read(move |connection| super::get_for_staff(connection, id))
        .await?;
    answer(&state, found).await
}

/// The delivery note of a consignment of any account
///
/// One over the lines of all its orders, in the account's language, without prices.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierConsignmentPdf", responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
    (status = 409, description = "The supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/consignments/{id}/pdf")]
pub async fn get_consignment_pdf(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ConsignmentId>,
) -> Result<HttpResponse> {
    let found = state
        .db
        .read(move |connection| super::get_for_staff(connection, id))
        .await?;
    print_note(&state, found.account_id, id).await
}

/// Correct a consignment
///
/// Carrier and tracking number of it and of all its shipments, until it has arrived. The account is told by an event.
#[utoipa::path(tag = "supplier", operation_id = "correctConsignment", security(("bearer" = ["goods.move"])), request_body = CorrectShipment,
    params(("If-Match" = String, Header, description = "The consignment's ETag")),
    responses(
        (status = 200, body = ConsignmentView, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "It is delivered already", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[patch("/supplier/consignments/{id}")]
pub async fn correct_consignment(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<ConsignmentId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<CorrectShipment>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::correct(tx, id, &expected, body.carriage(), &actor, now());
    let corrected = state.db.write(write).await?;
    answer(&state, corrected).await
}

/// Mark a consignment as delivered
///
/// All its shipments at once; each of its orders is delivered with its last shipment. An empty body will do.
#[utoipa::path(tag = "supplier", operation_id = "deliverConsignment", security(("bearer" = ["goods.move"])), request_body = Option<DeliverShipment>, responses(
    (status = 200, body = ConsignmentView),
    (status = 409, description = "It is delivered already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/consignments/{id}/deliver")]
pub async fn deliver_consignment(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<ConsignmentId>,
    OptionalBody(body): OptionalBody<DeliverShipment>,
) -> Result<web::Json<ConsignmentView>> {
    let (actor, arrival) = (staff.actor(), body.into());
    let write = move |tx: &mut Connection| {
        let delivered = super::arrive(tx, id, &arrival, &actor, now())?;
        shown(tx, delivered)
    };
    Ok(web::Json(state.db.write(write).await?))
}

/// Add pictures or papers that show that a consignment arrived
///
/// They are of each of its shipments. JPEG, PNG and PDF: what is in a file counts, not what it is called. At most 10 MB a file, 64
/// million points a picture, 10 files of a consignment and 32 MB a request. The account sees them.
#[utoipa::path(tag = "supplier", operation_id = "addConsignmentProof", security(("bearer" = ["goods.move"])),
    request_body(content = DeliveryProofForm, content_type = "multipart/form-data"), responses(
    (status = 201, body = ConsignmentView),
    (status = 409, description = "It has not arrived, or has too many files", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/consignments/{id}/proof")]
pub async fn add_proof(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<ConsignmentId>,
    form: Upload,
) -> Result<HttpResponse> {
    let files = receive(&state, form).await?;
    let actor = staff.actor();
    let write = move |tx: &mut Connection| {
        let consignment = super::add_proof(tx, id, &files, &actor, now())?;
        shown(tx, consignment)
    };
    Ok(created(None, false, state.db.write(write).await?))
}

/// Packages of a consignment of any account
#[utoipa::path(tag = "supplier", operation_id = "listSupplierConsignmentPackages", responses((status = 200, body = PackagesView)))]
#[get("/supplier/consignments/{id}/packages")]
pub async fn list_packages(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ConsignmentId>,
) -> Result<web::Json<PackagesView>> {
    let read = move |connection: &mut _| packages::of_any(connection, Of::Consignment(id));
    Ok(web::Json(PackagesView::from(&state.db.read(read).await?)))
}

/// Pack a consignment
///
/// Adds a package, or `count` of the same, until it has arrived; lines of any of its orders lie in one. The same request with the same
/// `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "packConsignment", security(("bearer" = ["goods.move"])), request_body = AddPackages,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new package")),
    responses(
        (status = 201, body = PackagesView),
        (status = 409, description = "It has arrived, or the supplier has no GS1 company prefix", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/consignments/{id}/packages")]
pub async fn pack_consignment(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<ConsignmentId>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<AddPackages>,
) -> Result<HttpResponse> {
    let route = "POST /api/v1/supplier/consignments/{id}/packages";
    let key = idempotency::Request::new(staff.person_id, route, key, &(id.to_string(), &body))?;
    let (actor, asked) = (staff.actor(), AskedPackage::from(body));
    let write = move |tx: &mut Connection| packages::add(tx, &key, Of::Consignment(id), &asked, &actor, now());
    let (contents, replayed) = state.db.write(write).await?;
    Ok(created(None, replayed, PackagesView::from(&contents)))
}

/// The labels of all packages of a consignment
#[utoipa::path(tag = "supplier", operation_id = "getConsignmentLabels", params(LabelParams), responses(
    (status = 200, description = "The labels", content((Pdf = "application/pdf"), (String = "text/plain"))),
    (status = 409, description = "It has no packages, or the supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/consignments/{id}/labels")]
pub async fn get_labels(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ConsignmentId>,
    Params(params): Params<LabelParams>,
) -> Result<HttpResponse> {
    labels(&state, Of::Consignment(id), None, params.format()).await
}
