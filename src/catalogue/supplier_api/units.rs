//! Packs of products, by REST.

use actix_web::web::Data;
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::keeping::units;
use crate::catalogue::rules::keeping::{KeptUnit, Values};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Body, DecimalText, IfMatch, PathId, etag, given, put};
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
        }
    }
}

/// A new pack.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateUnit {
    /// The product's own key, at most 16 characters; never changes.
    #[schema(example = "XCT")]
    unit: String,
    name: String,
    /// Base units in one, or `numerator` and `denominator`.
    #[schema(example = "200")]
    base_quantity: Option<DecimalText>,
    numerator: Option<i64>,
    denominator: Option<i64>,
    /// UN/ECE Rec 20/21; the key where it is left out.
    unit_code: Option<String>,
    /// 8, 12, 13 or 14 digits.
    gtin: Option<String>,
    /// 1 where it is left out.
    min_quantity: Option<i64>,
    /// 1 where it is left out.
    multiple: Option<i64>,
    /// Code of the account whose own pack it is to be.
    account: Option<String>,
}

fn number(number: Option<i64>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

impl CreateUnit {
    fn values(self) -> Values {
        let text = Option::unwrap_or_default;
        vec![
            ("unit", self.unit),
            ("name", self.name),
            (
                "base_quantity",
                self.base_quantity.map_or_else(String::new, |text| text.0),
            ),
            ("numerator", number(self.numerator)),
            ("denominator", number(self.denominator)),
            ("unit_code", text(self.unit_code)),
            ("gtin", text(self.gtin)),
            ("min_quantity", number(self.min_quantity)),
            ("multiple", number(self.multiple)),
            ("account", text(self.account)),
        ]
    }
}

/// What to change of a pack; what is left out stays, null empties.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeUnit {
    name: Option<String>,
    /// Base units in one; stays once orders count in the pack.
    base_quantity: Option<DecimalText>,
    numerator: Option<i64>,
    denominator: Option<i64>,
    /// UN/ECE Rec 20/21
    unit_code: Option<String>,
    /// 8, 12, 13 or 14 digits.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    gtin: Option<Option<String>>,
    min_quantity: Option<i64>,
    multiple: Option<i64>,
}

impl ChangeUnit {
    fn values(self) -> Values {
        let mut values = Vec::new();
        put(&mut values, "name", self.name.map(Some));
        put(
            &mut values,
            "base_quantity",
            self.base_quantity.map(|text| Some(text.0)),
        );
        put(&mut values, "numerator", self.numerator.map(Some));
        put(&mut values, "denominator", self.denominator.map(Some));
        put(&mut values, "unit_code", self.unit_code.map(Some));
        put(&mut values, "gtin", self.gtin);
        put(&mut values, "min_quantity", self.min_quantity.map(Some));
        put(&mut values, "multiple", self.multiple.map(Some));
        values
    }
}

/// Give a product a pack
///
/// Checked as a row of `units.csv`.
#[utoipa::path(tag = "supplier", operation_id = "createUnit", request_body = CreateUnit, responses(
    (status = 201, body = SupplierUnitView, headers(("Location" = String, description = "Path of the pack"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/products/{id}/units")]
pub async fn create_unit(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    PathId(id): PathId<ProductId>,
    Body(body): Body<CreateUnit>,
) -> Result<HttpResponse> {
    let (actor, values) = (staff.actor(), body.values());
    let make = move |tx: &mut Connection| units::add(tx, &actor, id, &values, now());
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
#[utoipa::path(tag = "supplier", operation_id = "changeUnit", request_body = ChangeUnit,
    params(("If-Match" = String, Header, description = "The ETag of the pack")),
    responses((status = 200, body = SupplierUnitView, headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/supplier/units/{id}")]
pub async fn change_unit(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    PathId(id): PathId<SaleUnitId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<ChangeUnit>,
) -> Result<HttpResponse> {
    let (actor, changes) = (staff.actor(), body.values());
    let change = move |tx: &mut Connection| units::change(tx, &actor, id, &expected, &changes, now());
    let unit = state.db.write(change).await?;
    let tag = etag(units::version(&unit));
    Ok(HttpResponse::Ok().insert_header(tag).json(SupplierUnitView::from(unit)))
}

/// Remove a pack
///
/// Refused while price lists or orders have it.
#[utoipa::path(tag = "supplier", operation_id = "removeUnit",
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
