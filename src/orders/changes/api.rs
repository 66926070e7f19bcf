//! REST of changes of orders for accounts and partners.

use actix_web::{HttpResponse, get, post, web};
use serde::Deserialize;

use super::rules::State;
use super::rules::listing::Filter;
use super::shapes::{ChangeOrder, OrderChangeAnswer, OrderChangePreview, OrderChangeView, page_of};
use super::{Sent, deciding};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Code, Error, Result};
use crate::http::{
    Body, IdempotencyKey, JsonText, Limit, List, MaybeIfMatch, OptionalBody, Page, Params, PathId, Since, created_text,
    filled,
};
use crate::identity::caller::{Customer, MayOrder, MayRead};
use crate::identity::idempotency;
use crate::ids::{OrderChangeId, OrderId};
use crate::names::sets::Side;
use crate::sentences::no_order_id;
use crate::state::AppState;

/// Preview a change of an order
///
/// What it would come to: lines, prices, tax, credit and dates, and whether it is made at once or asked for. Refuses what changing
/// would refuse and changes nothing.
#[utoipa::path(tag = "orders", operation_id = "previewOrderChange", security(("bearer" = ["account.order"])), request_body = ChangeOrder, responses(
    (status = 200, body = OrderChangePreview),
    (status = 409, description = "The order is too far on", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/orders/{id}/changes/preview")]
pub async fn preview_change(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    PathId(id): PathId<OrderId>,
    Body(body): Body<ChangeOrder>,
) -> Result<JsonText> {
    let (account_id, request) = (customer.account_id, body.request()?);
    let read =
        move |connection: &mut Connection| super::preview(connection, (account_id, Side::Account), id, &request, now());
    let preview = state.db.read(read).await?;
    let lines = preview.difference.lines.len();
    let view = move || Ok(OrderChangePreview::from(preview));
    state.long_bodies.write(lines, view).await
}

/// Change an order
///
/// Until the supplier takes the order on it is changed at once, state `applied`; after that the supplier is asked, state `requested`.
/// What stays keeps its price, what is added has today's: where that is another, it is a line of its own. Nothing that has left is
/// changed. With `If-Match` only the version of the order that was read is changed.
#[utoipa::path(tag = "orders", operation_id = "changeOrder", security(("bearer" = ["account.order"])), request_body = ChangeOrder,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new change"),
        ("If-Match" = Option<String>, Header, description = "The order's `ETag`; may be left out")),
    responses(
        (status = 201, body = OrderChangeAnswer, headers(("Location" = String, description = "Path of the change"))),
        (status = 409, description = "The order is too far on, a change waits for the supplier, or a twin of the request still runs", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/orders/{id}/changes")]
pub async fn change_order(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    PathId(id): PathId<OrderId>,
    IdempotencyKey(key): IdempotencyKey,
    MaybeIfMatch(seen): MaybeIfMatch,
    Body(body): Body<ChangeOrder>,
) -> Result<HttpResponse> {
    let sent = (id.to_string(), &body);
    let key = idempotency::Request::new(customer.person_id, "POST /api/v1/orders/{id}/changes", key, &sent)?;
    let (account_id, actor, request) = (customer.account_id, customer.actor(), body.request()?);
    let write = move |tx: &mut Connection| {
        let sent = Sent {
            request: &request,
            reason: body.reason.as_deref(),
            key: Some(&key),
            seen: seen.as_ref(),
            is_agreed: false,
        };
        super::change(tx, (account_id, Side::Account), id, sent, &actor, now())
    };
    let done = state.db.write(write).await?;
    let path = format!("/api/v1/order-changes/{}", done.change.id);
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
pub struct ListOrderChanges {
    /// Only of this order.
    order_id: Option<String>,
    /// Only in this state.
    #[param(inline)]
    state: Option<State>,
    /// Only those in which this is found: their order's number, or a part of your purchase order number.
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

/// The order that a parameter names.
pub(super) fn order_of(text: Option<String>) -> Result<Option<OrderId>> {
    let read = |text: String| {
        let id = text.parse().ok();
        id.ok_or_else(|| Error::invalid("/order_id", Code::ValueInvalid, no_order_id(&text)))
    };
    text.map(read).transpose()
}

/// Changes of my orders
///
/// Made, asked for, refused and taken back; the newest first.
#[utoipa::path(tag = "orders", operation_id = "listOrderChanges", params(ListOrderChanges), responses((status = 200, body = List<OrderChangeView>)))]
#[get("/order-changes")]
pub async fn list_changes(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListOrderChanges>,
) -> Result<web::Json<List<OrderChangeView>>> {
    let filter = Filter {
        account: None,
        order_id: order_of(params.order_id)?,
        state: params.state,
        text: filled(params.q),
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let scope = Scope::Account(customer.account_id);
    let list = page_of(&state, scope, filter, page, OrderChangeView::from);
    Ok(web::Json(list.await?))
}

/// One change of an order
#[utoipa::path(tag = "orders", operation_id = "getOrderChange", responses((status = 200, body = OrderChangeView)))]
#[get("/order-changes/{id}")]
pub async fn get_change(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<OrderChangeId>,
) -> Result<web::Json<OrderChangeView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection| super::get(connection, account_id, id);
    Ok(web::Json(state.db.read(read).await?.into()))
}

/// Nothing to say.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawOrderChange {}

/// Withdraw a change of an order
///
/// While it waits for the supplier. An empty body will do.
#[utoipa::path(tag = "orders", operation_id = "withdrawOrderChange", security(("bearer" = ["account.order"])), request_body = Option<WithdrawOrderChange>, responses(
    (status = 200, body = OrderChangeView),
    (status = 409, description = "It is decided, or withdrawn already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/order-changes/{id}/withdraw")]
pub async fn withdraw_change(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    PathId(id): PathId<OrderChangeId>,
    OptionalBody(WithdrawOrderChange {}): OptionalBody<WithdrawOrderChange>,
) -> Result<web::Json<OrderChangeView>> {
    let (account_id, actor) = (customer.account_id, customer.actor());
    let write = move |tx: &mut Connection| deciding::withdraw(tx, account_id, id, &actor, now());
    Ok(web::Json(state.db.write(write).await?.into()))
}
