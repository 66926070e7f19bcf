//! REST of what is being packed, for supplier staff.

use actix_web::{HttpResponse, get, patch, post, web};
use serde::{Deserialize, Serialize};

use super::Correction;
use super::rules::{Filter, Packing, State};
use super::shapes::{PackingHeadView, PackingView};
use crate::clock::now;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{
    Body, IdempotencyKey, IfMatch, Limit, List, OptionalBody, Page, Params, PathId, Since, created, versioned,
};
use crate::identity::caller::{MayMoveGoods, MayReadDesk, Staff};
use crate::identity::idempotency;
use crate::ids::PackingId;
use crate::kept;
use crate::shipments::api::{ShipmentView, order_id};
use crate::shipments::supplier_api::{CreateShipmentLine, named};
use crate::shipments::{ShipmentRequest, held_for_credit};
use crate::state::AppState;

/// What is to be packed.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenPacking {
    /// An accepted order, or one that is partly shipped.
    order_id: String,
    /// All that is reserved and not being packed if left out.
    #[schema(min_items = 1, max_items = 5000)]
    lines: Option<Vec<CreateShipmentLine>>,
    /// 100 characters at most.
    carrier: Option<String>,
    /// 100 characters at most.
    tracking_number: Option<String>,
}

fn answer(packing: Packing) -> HttpResponse {
    let version = packing.version;
    versioned(HttpResponse::Ok(), version, &PackingView::from(packing))
}

/// Begin to pack
///
/// What of an order is picked and has not left: its pieces stay reserved, no other shipment takes them, and the order is not held,
/// cancelled or shortened meanwhile. It can be corrected until it leaves. The same request with the same `Idempotency-Key` has one
/// effect.
#[utoipa::path(tag = "supplier", operation_id = "openPacking", security(("bearer" = ["goods.move"])), request_body = OpenPacking,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new packing")),
    responses(
        (status = 201, body = PackingView, headers(("Location" = String, description = "Its path"))),
        (status = 409, description = "The order is not accepted, or nothing of it is reserved that is not being packed", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/packings")]
pub async fn open_packing(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<OpenPacking>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/packings", key, &body)?;
    let actor = staff.actor();
    let request = ShipmentRequest {
        order_id: body.order_id.parse().ok(),
        lines: body.lines.map(named),
        carrier: body.carrier,
        tracking_number: body.tracking_number,
        packages: Vec::new(),
    };
    let (order_id, by) = (request.order_id, actor.clone());
    let write = move |tx: &mut Connection| super::open(tx, &key, &request, &actor, now());
    let opened = state.db.write(write).await;
    let (packing, replayed) = held_for_credit(&state.db, opened, order_id, &by, now()).await?;
    let path = format!("/api/v1/supplier/packings/{}", packing.id);
    Ok(created(Some(path), replayed, PackingView::from(packing)))
}

/// Which packings to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListPackings {
    /// Only of this order.
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

/// What is being packed, and was
///
/// The first opened first, without their lines.
#[utoipa::path(tag = "supplier", operation_id = "listPackings", params(ListPackings), responses((status = 200, body = List<PackingHeadView>)))]
#[get("/supplier/packings")]
pub async fn list_packings(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListPackings>,
) -> Result<web::Json<List<PackingHeadView>>> {
    let filter = Filter {
        state: params.state,
        order_id: order_id(params.order_id)?,
    };
    let asked = filter.clone();
    let read = move |connection: &mut _, walk, fetch| super::list(connection, Scope::All, &asked, walk, fetch);
    let id = |packing: &Packing| packing.id;
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let list = (Followed::all("packings"), &filter);
    let list = page.list(&state.db, list, read, (id, id, PackingHeadView::from));
    Ok(web::Json(list.await?))
}

/// What of an order is being packed
#[utoipa::path(tag = "supplier", operation_id = "getPacking", responses(
    (status = 200, body = PackingView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/packings/{id}")]
pub async fn get_packing(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<PackingId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| super::get_for_staff(connection, id);
    Ok(answer(state.db.read(read).await?))
}

/// What to correct; what is left out stays.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectPacking {
    /// All lines anew; never less of one than lies in packages.
    #[schema(min_items = 1, max_items = 5000)]
    lines: Option<Vec<CreateShipmentLine>>,
    /// Null = none. 100 characters at most.
    #[serde(default, deserialize_with = "kept::text")]
    carrier: Option<String>,
    /// Null = none. 100 characters at most.
    #[serde(default, deserialize_with = "kept::text")]
    tracking_number: Option<String>,
}

/// Correct what is being packed
#[utoipa::path(tag = "supplier", operation_id = "correctPacking", security(("bearer" = ["goods.move"])), request_body = CorrectPacking,
    params(("If-Match" = String, Header, description = "Its ETag")),
    responses(
        (status = 200, body = PackingView, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "It has left, or came to nothing", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[patch("/supplier/packings/{id}")]
pub async fn correct_packing(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<PackingId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<CorrectPacking>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let correction = Correction {
        carrier: body.carrier,
        tracking_number: body.tracking_number,
        lines: body.lines.map(named),
    };
    let write = move |tx: &mut Connection| super::correct(tx, id, &expected, &correction, &actor, now());
    Ok(answer(state.db.write(write).await?))
}

/// Nothing to say.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotePacking {}

/// Say that nothing is packed after all
///
/// What was reserved stays reserved for the order, the packages are taken away. An empty body will do.
#[utoipa::path(tag = "supplier", operation_id = "cancelPacking", security(("bearer" = ["goods.move"])), request_body = Option<NotePacking>, responses(
    (status = 200, body = PackingView),
    (status = 409, description = "It has left, or came to nothing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/packings/{id}/cancel")]
pub async fn cancel_packing(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<PackingId>,
    OptionalBody(NotePacking {}): OptionalBody<NotePacking>,
) -> Result<web::Json<PackingView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::cancel(tx, id, &actor, now());
    Ok(web::Json(PackingView::from(state.db.write(write).await?)))
}

/// Ship what was packed
///
/// It becomes a shipment with its packages, all of it packed or none. The same request with the same `Idempotency-Key` has one effect.
/// An empty body will do.
#[utoipa::path(tag = "supplier", operation_id = "dispatchPacking", security(("bearer" = ["goods.move"])), request_body = Option<NotePacking>,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new shipment")),
    responses(
        (status = 201, body = ShipmentView, headers(("Location" = String, description = "Path of the shipment"))),
        (status = 409, description = "It has left, came to nothing, or a part of it lies in no package", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/packings/{id}/dispatch")]
pub async fn dispatch_packing(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<PackingId>,
    IdempotencyKey(key): IdempotencyKey,
    OptionalBody(NotePacking {}): OptionalBody<NotePacking>,
) -> Result<HttpResponse> {
    let route = "POST /api/v1/supplier/packings/{id}/dispatch";
    let key = idempotency::Request::new(staff.person_id, route, key, &id.to_string())?;
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::dispatch(tx, &key, id, &actor, now());
    let (shipment, replayed) = state.db.write(write).await?;
    let path = format!("/api/v1/supplier/shipments/{}", shipment.id);
    Ok(created(Some(path), replayed, ShipmentView::from(shipment)))
}
