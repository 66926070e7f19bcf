//! Packs of products, by REST.

use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::catalogue::inputs::{NewUnit, UnitChange};
use crate::catalogue::rules::Rounding;
use crate::catalogue::rules::keeping::KeptUnit;
use crate::catalogue::units;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Body, IfMatch, PathId, etag};
use crate::identity::caller::{MayKeepCatalogue, MayReadDesk, Staff};
use crate::ids::{ProductId, SaleUnitId};
use crate::state::AppState;

/// A pack as the supplier keeps it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplierUnitView {
    #[schema(example = "unt_0BGK1J3Z00004")]
    id: String,
    sku: String,
    /// The product's own key.
    #[schema(example = "XCT")]
    unit: String,
    /// Code of the account whose own pack it is; null for all.
    #[schema(required)]
    account: Option<String>,
    name: String,
    /// Base units in one; null if that is no decimal.
    #[schema(required, example = "200")]
    base_quantity: Option<String>,
    /// Base units in one are numerator / denominator.
    numerator: i64,
    denominator: i64,
    /// UN/ECE Rec 20/21 code for documents.
    unit_code: String,
    /// 14 digits
    #[schema(required)]
    gtin: Option<String>,
    /// Fewest that can be ordered.
    min_quantity: i64,
    /// Ordered in multiples of this many.
    multiple: i64,
    /// True for the pack that a line without a unit means.
    is_default: bool,
    /// Most that can be ordered with one line; null for no bound.
    #[schema(required)]
    max_quantity: Option<i64>,
    rounding: Rounding,
    /// With packing.
    #[schema(required, example = "12.5")]
    gross_weight_kg: Option<String>,
    #[schema(required)]
    length_mm: Option<i64>,
    #[schema(required)]
    width_mm: Option<i64>,
    #[schema(required)]
    height_mm: Option<i64>,
    /// Units of the next smaller pack that make a layer of this one.
    #[schema(required)]
    layer: Option<i64>,
    /// The first day it is sold; null where it always was.
    #[schema(required)]
    valid_from: Option<NaiveDate>,
}

impl From<KeptUnit> for SupplierUnitView {
    fn from(unit: KeptUnit) -> Self {
        Self {
            id: unit.id.to_string(),
            sku: unit.sku,
            unit: unit.unit,
            account: unit.owner.map(|owner| owner.code),
            name: unit.name,
            base_quantity: unit.content.as_decimal().map(|content| content.to_string()),
            numerator: unit.content.numerator(),
            denominator: unit.content.denominator(),
            unit_code: unit.unit_code,
            gtin: unit.gtin,
            min_quantity: unit.min_quantity,
            multiple: unit.multiple,
            is_default: unit.is_default,
            max_quantity: unit.max_quantity,
            rounding: unit.rounding,
            gross_weight_kg: unit.size.gross_weight_kg(),
            length_mm: unit.size.length_mm,
            width_mm: unit.size.width_mm,
            height_mm: unit.size.height_mm,
            layer: unit.size.layer,
            valid_from: unit.valid_from,
        }
    }
}

/// Give a product a pack
///
/// Checked as a row of `units.csv`.
#[utoipa::path(tag = "supplier", operation_id = "createUnit", security(("bearer" = ["catalogue.keep"])), request_body = NewUnit, responses(
    (status = 201, body = SupplierUnitView, headers(("Location" = String, description = "Path of the pack"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/products/{id}/units")]
pub async fn create_unit(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    PathId(id): PathId<ProductId>,
    Body(new): Body<NewUnit>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let make = move |tx: &mut Connection| units::add(tx, &actor, id, &new, now());
    let unit = state.db.write(make).await?;
    Ok(HttpResponse::Created()
        .insert_header(("Location", format!("/api/v1/supplier/units/{}", unit.id)))
        .insert_header(etag(units::version(&unit)))
        .json(SupplierUnitView::from(unit)))
}

/// One pack
#[utoipa::path(tag = "supplier", operation_id = "getUnit", responses(
    (status = 200, body = SupplierUnitView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/units/{id}")]
pub async fn get_unit(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<SaleUnitId>,
) -> Result<HttpResponse> {
    let unit = state.db.read(move |connection| units::get(connection, id)).await?;
    let tag = etag(units::version(&unit));
    Ok(HttpResponse::Ok().insert_header(tag).json(SupplierUnitView::from(unit)))
}

/// Change a pack
///
/// Product, key and account stay; the content too once orders count in it.
#[utoipa::path(tag = "supplier", operation_id = "changeUnit", security(("bearer" = ["catalogue.keep"])), request_body = UnitChange,
    params(("If-Match" = String, Header, description = "The ETag of the pack")),
    responses((status = 200, body = SupplierUnitView, headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/supplier/units/{id}")]
pub async fn change_unit(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    PathId(id): PathId<SaleUnitId>,
    IfMatch(expected): IfMatch,
    Body(wanted): Body<UnitChange>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut Connection| units::change(tx, &actor, id, &expected, &wanted, now());
    let unit = state.db.write(change).await?;
    let tag = etag(units::version(&unit));
    Ok(HttpResponse::Ok().insert_header(tag).json(SupplierUnitView::from(unit)))
}

/// Remove a pack
///
/// Refused while price lists or orders have it.
#[utoipa::path(tag = "supplier", operation_id = "removeUnit", security(("bearer" = ["catalogue.keep"])),
    params(("If-Match" = String, Header, description = "The ETag of the pack")),
    responses(
        (status = 204, description = "It can be ordered no more"),
        (status = 422, description = "Price lists or orders have it", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[delete("/supplier/units/{id}")]
pub async fn remove_unit(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    PathId(id): PathId<SaleUnitId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let remove = move |tx: &mut Connection| units::remove(tx, &actor, id, &expected, now());
    state.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}
