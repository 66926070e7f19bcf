//! REST of packages and their labels for supplier staff.

use actix_web::{HttpResponse, delete, get, post, put, web};
use serde::{Deserialize, Serialize};

use super::rules::{Asked, Of};
use super::shapes::{AddPackages, Format, PackageInput, PackageView, PackagesView, labels, package};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, IfMatch, Params, PathId, Pdf, created, versioned};
use crate::identity::caller::{MayManageAccounts, MayMoveGoods, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::{PackageId, PackingId, ShipmentId};
use crate::state::AppState;

async fn list(state: &AppState, of: Of) -> Result<web::Json<PackagesView>> {
    let read = move |connection: &mut _| super::of_any(connection, of);
    Ok(web::Json(PackagesView::from(&state.db.read(read).await?)))
}

async fn add(
    state: &AppState,
    staff: &Staff<MayMoveGoods>,
    (key, of): (idempotency::Request, Of),
    body: AddPackages,
) -> Result<HttpResponse> {
    let (actor, asked) = (staff.actor(), Asked::from(body));
    let write = move |tx: &mut Connection| super::add(tx, &key, of, &asked, &actor, now());
    let (contents, replayed) = state.db.write(write).await?;
    Ok(created(None, replayed, PackagesView::from(&contents)))
}

/// Packages of a shipment of any account
#[utoipa::path(tag = "supplier", operation_id = "listSupplierShipmentPackages", responses((status = 200, body = PackagesView)))]
#[get("/supplier/shipments/{id}/packages")]
pub async fn list_of_shipment(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ShipmentId>,
) -> Result<web::Json<PackagesView>> {
    list(&state, Of::Shipment(id)).await
}

/// Pack a shipment
///
/// Adds a package, or `count` of the same, until the shipment has arrived. Each gets the next SSCC of the supplier's GS1 company prefix.
/// Of a line never more than lies in no other package. The same request with the same `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "packShipment", security(("bearer" = ["goods.move"])), request_body = AddPackages,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new package")),
    responses(
        (status = 201, body = PackagesView),
        (status = 409, description = "It has arrived, or the supplier has no GS1 company prefix", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/shipments/{id}/packages")]
pub async fn pack_shipment(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<ShipmentId>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<AddPackages>,
) -> Result<HttpResponse> {
    let route = "POST /api/v1/supplier/shipments/{id}/packages";
    let key = idempotency::Request::new(staff.person_id, route, key, &(id.to_string(), &body))?;
    add(&state, &staff, (key, Of::Shipment(id)), body).await
}

/// Packages of what is being packed
#[utoipa::path(tag = "supplier", operation_id = "listPackingPackages", responses((status = 200, body = PackagesView)))]
#[get("/supplier/packings/{id}/packages")]
pub async fn list_of_packing(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<PackingId>,
) -> Result<web::Json<PackagesView>> {
    list(&state, Of::Packing(id)).await
}

/// Pack what is to leave
///
/// The same as of a shipment that left.
#[utoipa::path(tag = "supplier", operation_id = "packPacking", security(("bearer" = ["goods.move"])), request_body = AddPackages,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new package")),
    responses(
        (status = 201, body = PackagesView),
        (status = 409, description = "It has left, or the supplier has no GS1 company prefix", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/packings/{id}/packages")]
pub async fn pack_packing(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<PackingId>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<AddPackages>,
) -> Result<HttpResponse> {
    let route = "POST /api/v1/supplier/packings/{id}/packages";
    let key = idempotency::Request::new(staff.person_id, route, key, &(id.to_string(), &body))?;
    add(&state, &staff, (key, Of::Packing(id)), body).await
}

/// One package
#[utoipa::path(tag = "supplier", operation_id = "getPackage", responses(
    (status = 200, body = PackageView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/packages/{id}")]
pub async fn get_package(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<PackageId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| super::of_package(connection, id);
    let (found, contents) = state.db.read(read).await?;
    Ok(versioned(
        HttpResponse::Ok(),
        found.version,
        &package(&found, &contents),
    ))
}

/// Change a package
///
/// What it is, how heavy and large, and all that lies in it; its SSCC stays.
#[utoipa::path(tag = "supplier", operation_id = "changePackage", security(("bearer" = ["goods.move"])), request_body = PackageInput,
    params(("If-Match" = String, Header, description = "The package's ETag")),
    responses(
        (status = 200, body = PackageView, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "What it belongs to has arrived", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[put("/supplier/packages/{id}")]
pub async fn change_package(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<PackageId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<PackageInput>,
) -> Result<HttpResponse> {
    let (actor, asked) = (staff.actor(), Asked::from(body));
    let write = move |tx: &mut Connection| super::change(tx, id, &expected, &asked, &actor, now());
    let (changed, contents) = state.db.write(write).await?;
    Ok(versioned(
        HttpResponse::Ok(),
        changed.version,
        &package(&changed, &contents),
    ))
}

/// Remove a package
///
/// What lay in it is not packed any more. Nothing else ever gets its SSCC.
#[utoipa::path(tag = "supplier", operation_id = "removePackage", security(("bearer" = ["goods.move"])),
    params(("If-Match" = String, Header, description = "The package's ETag")),
    responses(
        (status = 204, description = "Removed"),
        (status = 409, description = "What it belongs to has arrived", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[delete("/supplier/packages/{id}")]
pub async fn remove_package(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<PackageId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::remove(tx, id, &expected, &actor, now());
    state.db.write(write).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What labels are written in.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LabelParams {
    /// `pdf` if left out.
    #[serde(default)]
    #[param(inline, required = false)]
    format: Format,
}

impl LabelParams {
    /// What was asked for.
    pub fn format(&self) -> Format {
        self.format
    }
}

/// The label of a package
///
/// With its SSCC as GS1-128, sender and receiver: A6 as PDF, or ZPL II for label printers.
#[utoipa::path(tag = "supplier", operation_id = "getPackageLabel", params(LabelParams), responses(
    (status = 200, description = "The label", content((Pdf = "application/pdf"), (String = "text/plain"))),
    (status = 409, description = "The supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/packages/{id}/label")]
pub async fn get_label(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<PackageId>,
    Params(params): Params<LabelParams>,
) -> Result<HttpResponse> {
    let (_, of) = state.db.read(move |connection| super::place_of(connection, id)).await?;
    labels(&state, of, Some(id), params.format).await
}

/// The labels of all packages of a shipment
#[utoipa::path(tag = "supplier", operation_id = "getShipmentLabels", params(LabelParams), responses(
    (status = 200, description = "The labels", content((Pdf = "application/pdf"), (String = "text/plain"))),
    (status = 409, description = "It has no packages, or the supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/shipments/{id}/labels")]
pub async fn get_labels_of_shipment(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ShipmentId>,
    Params(params): Params<LabelParams>,
) -> Result<HttpResponse> {
    labels(&state, Of::Shipment(id), None, params.format).await
}

/// The labels of all packages of what is being packed
#[utoipa::path(tag = "supplier", operation_id = "getPackingLabels", params(LabelParams), responses(
    (status = 200, description = "The labels", content((Pdf = "application/pdf"), (String = "text/plain"))),
    (status = 409, description = "It has no packages, or the supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/packings/{id}/labels")]
pub async fn get_labels_of_packing(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<PackingId>,
    Params(params): Params<LabelParams>,
) -> Result<HttpResponse> {
    labels(&state, Of::Packing(id), None, params.format).await
}

/// How the supplier ships.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShippingSettings {
    /// What GS1 gave the supplier, 4 to 12 digits; packages are numbered with it. Null = none.
    #[schema(required, example = "4012345", pattern = "^[0-9]{4,12}$")]
    gs1_company_prefix: Option<String>,
}

/// How the supplier ships
#[utoipa::path(tag = "supplier", operation_id = "getShippingSettings", responses((status = 200, body = ShippingSettings)))]
#[get("/supplier/shipping-settings")]
pub async fn get_settings(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
) -> Result<web::Json<ShippingSettings>> {
    let gs1_company_prefix = state.db.read(super::company_prefix).await?;
    Ok(web::Json(ShippingSettings { gs1_company_prefix }))
}

/// Say how the supplier ships
///
/// Packages are numbered with the new prefix from now on; the numbers of those there are stay.
#[utoipa::path(tag = "supplier", operation_id = "putShippingSettings", security(("bearer" = ["accounts.manage"])), request_body = ShippingSettings,
    responses(
        (status = 200, body = ShippingSettings),
        (status = 409, description = "The supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[put("/supplier/shipping-settings")]
pub async fn put_settings(
    state: web::Data<AppState>,
    staff: Staff<MayManageAccounts>,
    Body(body): Body<ShippingSettings>,
) -> Result<web::Json<ShippingSettings>> {
    let (actor, prefix) = (staff.actor(), body.gs1_company_prefix);
    let write = move |tx: &mut Connection| {
        super::set_company_prefix(tx, prefix.as_deref(), &actor, now())?;
        super::company_prefix(tx)
    };
    let gs1_company_prefix = state.db.write(write).await?;
    Ok(web::Json(ShippingSettings { gs1_company_prefix }))
}
