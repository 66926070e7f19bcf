//! REST of changes of orders for supplier staff.

use actix_web::{HttpResponse, get, post, web};
use serde::Deserialize;

use super::api::order_of;
use super::rules::State;
use super::rules::listing::Filter;
use super::shapes::{ChangeOrder, OrderChangeAnswer, OrderChangePreview, SupplierOrderChangeView, page_of};
use super::{Sent, deciding};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{
    Body, IdempotencyKey, JsonText, Limit, List, MaybeIfMatch, OptionalBody, Page, Params, PathId, Since, created_text,
    filled,
};
use crate::identity::caller::{MayReadDesk, MaySteer, Staff};
use crate::identity::idempotency;
use crate::ids::{OrderChangeId, OrderId};
use crate::names::sets::Side;
use crate::orders;
use crate::state::AppState;

/// Preview a change of an order of any account
///
/// What it would come to; changes nothing.
#[utoipa::path(tag = "supplier", operation_id = "previewSupplierOrderChange", security(("bearer" = ["orders.steer"])), request_body = ChangeOrder, responses(
    (status = 200, body = OrderChangePreview),
    (status = 409, description = "The order is too far on", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/orders/{id}/changes/preview")]
pub async fn preview_change(
    state: web::Data<AppState>,
    _staff: Staff<MaySteer>,
    PathId(id): PathId<OrderId>,
    Body(body): Body<ChangeOrder>,
) -> Result<JsonText> {
    let request = body.request()?;
    let read = move |connection: &mut Connection| {
        let account_id = orders::account_of(connection, id)?;
        super::preview(connection, (account_id, Side::Supplier), id, &request, now())
    };
    let preview = state.db.read(read).await?;
    let lines = preview.difference.lines.len();
    let view = move || Ok(OrderChangePreview::from(preview));
    state.long_bodies.write(lines, view).await
}

/// Change an order for the supplier
///
/// Until all of it has left, at once; with a reason that the account reads. What stays keeps its price, what is added has today's.
#[utoipa::path(tag = "supplier", operation_id = "changeSupplierOrder", security(("bearer" = ["orders.steer"])), request_body = ChangeOrder,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new change"),
        ("If-Match" = Option<String>, Header, description = "The order's `ETag`; may be left out")),
    responses(
        (status = 201, body = OrderChangeAnswer, headers(("Location" = String, description = "Path of the change"))),
        (status = 409, description = "The order is too far on, or a twin of the request still runs", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/orders/{id}/changes")]
pub async fn change_order(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathId(id): PathId<OrderId>,
    IdempotencyKey(key): IdempotencyKey,
    MaybeIfMatch(seen): MaybeIfMatch,
    Body(body): Body<ChangeOrder>,
) -> Result<HttpResponse> {
    let sent = (id.to_string(), &body);
    let route = "POST /api/v1/supplier/orders/{id}/changes";
    let key = idempotency::Request::new(staff.person_id, route, key, &sent)?;
    let (actor, request) = (staff.actor(), body.request()?);
    let write = move |tx: &mut Connection| {
        let account_id = orders::account_of(tx, id)?;
        let sent = Sent {
            request: &request,
            reason: body.reason.as_deref(),
            key: Some(&key),
            seen: seen.as_ref(),
            is_agreed: false,
        };
        super::change(tx, (account_id, Side::Supplier), id, sent, &actor, now())
    };
    let done = state.db.write(write).await?;
    let path = format!("/api/v1/supplier/order-changes/{}", done.change.id);
    let (replayed, lines) = (done.replayed, done.order.lines.len());
    let view = move || Ok(OrderChangeAnswer::from(done));
    Ok(created_text(
        path,
        replayed,
        state.long_bodies.write_stored(lines, view).await?,
    ))
}

/// Which changes to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSupplierOrderChanges {
    /// Only of the account with this code.
    account: Option<String>,
    /// Only of this order.
    order_id: Option<String>,
    /// Only in this state: `requested` for those to decide.
    #[param(inline)]
    state: Option<State>,
    /// Only those in which this is found: their order's number, a part of its purchase order number, of the account's name or code.
    q: Option<String>,
    /// Only what was added or changed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Changes of orders of all accounts
///
/// Made, asked for, refused and taken back; the newest first.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierOrderChanges", params(ListSupplierOrderChanges), responses((status = 200, body = List<SupplierOrderChangeView>)))]
#[get("/supplier/order-changes")]
pub async fn list_changes(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListSupplierOrderChanges>,
) -> Result<web::Json<List<SupplierOrderChangeView>>> {
    let filter = Filter {
        account: params.account,
        order_id: order_of(params.order_id)?,
        state: params.state,
        text: filled(params.q),
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let list = page_of(&state, Scope::All, filter, page, SupplierOrderChangeView::from);
    Ok(web::Json(list.await?))
}

/// One change of an order of any account
#[utoipa::path(tag = "supplier", operation_id = "getSupplierOrderChange", responses((status = 200, body = SupplierOrderChangeView)))]
#[get("/supplier/order-changes/{id}")]
pub async fn get_change(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<OrderChangeId>,
) -> Result<web::Json<SupplierOrderChangeView>> {
    let read = move |connection: &mut Connection| super::get_for_staff(connection, id);
    Ok(web::Json(state.db.read(read).await?.into()))
}

/// What is said to a change that is taken on.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptOrderChange {
    /// 1,000 characters at most; the account reads it.
    reason: Option<String>,
}

/// Accept a change of an order
///
/// The order is changed as was asked, at the prices of the day it was asked for. An empty body will do.
#[utoipa::path(tag = "supplier", operation_id = "acceptOrderChange", security(("bearer" = ["orders.steer"])), request_body = Option<AcceptOrderChange>, responses(
    (status = 200, body = SupplierOrderChangeView),
    (status = 409, description = "It is decided, or the order is too far on", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/order-changes/{id}/accept")]
pub async fn accept_change(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathId(id): PathId<OrderChangeId>,
    OptionalBody(body): OptionalBody<AcceptOrderChange>,
) -> Result<web::Json<SupplierOrderChangeView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| deciding::accept(tx, id, body.reason.as_deref(), &actor, now());
    Ok(web::Json(state.db.write(write).await?.into()))
}

/// Why a change is refused.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseOrderChange {
    /// 1 to 1,000 characters; the account reads it.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
}

/// Refuse a change of an order
///
/// The order stays as it is.
#[utoipa::path(tag = "supplier", operation_id = "refuseOrderChange", security(("bearer" = ["orders.steer"])), request_body = RefuseOrderChange, responses(
    (status = 200, body = SupplierOrderChangeView),
    (status = 409, description = "It is decided, or withdrawn already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/order-changes/{id}/refuse")]
pub async fn refuse_change(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathId(id): PathId<OrderChangeId>,
    Body(body): Body<RefuseOrderChange>,
) -> Result<web::Json<SupplierOrderChangeView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| deciding::refuse(tx, id, &body.reason, &actor, now());
    Ok(web::Json(state.db.write(write).await?.into()))
}
