//! REST of carriers for supplier staff.

use actix_web::{HttpResponse, delete, get, patch, post, web};
use serde::{Deserialize, Serialize};

use super::Change;
use super::rules::Carrier;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Body, IfMatch, List, PathId, tag, versioned};
use crate::identity::caller::{MayMoveGoods, MayReadDesk, Staff};
use crate::ids::CarrierId;
use crate::kept;
use crate::state::AppState;
use crate::version::of_content;

/// A carrier.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CarrierView {
    #[schema(example = "car_0B9Q4Z8K2M3N4")]
    id: String,
    /// What shipments may name it by.
    #[schema(example = "RK")]
    code: String,
    /// Another name that shipments may call it.
    #[schema(example = "Rhine Kurier")]
    name: String,
    /// Of https, with `{tracking_number}` where the number goes.
    #[schema(required, example = "https://track.example/{tracking_number}")]
    tracking_url: Option<String>,
    /// What `If-Match` of a change wants.
    #[schema(example = "\"3\"")]
    etag: String,
}

fn view(carrier: Carrier) -> Result<(i64, CarrierView)> {
    let version = of_content(&carrier)?;
    let view = CarrierView {
        id: carrier.id.to_string(),
        code: carrier.code,
        name: carrier.name,
        tracking_url: carrier.tracking_url,
        etag: tag(version),
    };
    Ok((version, view))
}

fn answer(carrier: Carrier) -> Result<HttpResponse> {
    let (version, view) = view(carrier)?;
    Ok(versioned(HttpResponse::Ok(), version, &view))
}

/// Carriers
///
/// By their codes, all on one page.
#[utoipa::path(tag = "supplier", operation_id = "listCarriers", responses((status = 200, body = List<CarrierView>)))]
#[get("/supplier/carriers")]
pub async fn list_carriers(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
) -> Result<web::Json<List<CarrierView>>> {
    let carriers = state.db.read(super::list_all).await?;
    let views = carriers.into_iter().map(|carrier| Ok(view(carrier)?.1));
    Ok(web::Json(List::new(views.collect::<Result<_>>()?, None)))
}

/// A carrier to be added.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddCarrier {
    /// 1 to 64 characters; stays for good.
    #[schema(min_length = 1, max_length = 64, example = "RK")]
    code: String,
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, example = "Rhine Kurier")]
    name: String,
    /// Of https, with `{tracking_number}` once behind its host; shipments by it have no link if left out. 500 characters at most.
    #[schema(example = "https://track.example/{tracking_number}")]
    tracking_url: Option<String>,
}

/// Add a carrier
///
/// Shipments that name its code or name link to where it tells how far they are. The rules are those of `carriers.csv`; 200 at most.
#[utoipa::path(tag = "supplier", operation_id = "addCarrier", security(("bearer" = ["goods.move"])), request_body = AddCarrier,
    responses((status = 201, body = CarrierView, headers(("ETag" = String, description = "Wanted back by If-Match")))))]
#[post("/supplier/carriers")]
pub async fn add_carrier(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    Body(body): Body<AddCarrier>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write =
        move |tx: &mut Connection| super::add(tx, (&body.code, &body.name, body.tracking_url.clone()), &actor, now());
    let (version, view) = view(state.db.write(write).await?)?;
    Ok(versioned(HttpResponse::Created(), version, &view))
}

/// What to change of a carrier; what is left out stays.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCarrier {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// Null = none.
    #[serde(default, deserialize_with = "kept::text")]
    tracking_url: Option<String>,
}

/// Change a carrier
///
/// Shipments that left link to the new address, too.
#[utoipa::path(tag = "supplier", operation_id = "changeCarrier", security(("bearer" = ["goods.move"])), request_body = ChangeCarrier,
    params(("If-Match" = String, Header, description = "The carrier's ETag")),
    responses((status = 200, body = CarrierView, headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/supplier/carriers/{id}")]
pub async fn change_carrier(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<CarrierId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<ChangeCarrier>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| {
        let change = Change {
            name: body.name.clone(),
            tracking_url: body.tracking_url.clone().map(Some),
        };
        super::change(tx, id, &expected, change, &actor, now())
    };
    answer(state.db.write(write).await?)
}

/// Remove a carrier
///
/// Shipments keep its name as plain text.
#[utoipa::path(tag = "supplier", operation_id = "removeCarrier", security(("bearer" = ["goods.move"])),
    params(("If-Match" = String, Header, description = "The carrier's ETag")), responses((status = 204, description = "It is gone")))]
#[delete("/supplier/carriers/{id}")]
pub async fn remove_carrier(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<CarrierId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::remove(tx, id, &expected, &actor, now());
    state.db.write(write).await?;
    Ok(HttpResponse::NoContent().finish())
}
