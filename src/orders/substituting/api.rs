//! REST of what could be sent instead of what waits, for accounts and partners.

use actix_web::{HttpResponse, get, post, web};
use serde::Deserialize;

use super::proposing;
use super::shapes::{OrderSubstitutesView, SubstituteProposalView, TakeSubstitute};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, JsonText, MaybeIfMatch, OptionalBody, PathId, PathIds, created_text};
use crate::identity::caller::{Customer, MayOrder, MayRead};
use crate::identity::idempotency;
use crate::ids::{OrderId, OrderLineId, ProposalId};
use crate::orders::changes::shapes::{OrderChangeAnswer, OrderChangePreview};
use crate::state::AppState;

/// What could be sent instead of what waits
///
/// For each line of which something waits for stock: what the supplier proposes, successors and alternatives, with how much of them
/// and what that costs today. Only articles that you may order. Nothing is sent instead without your yes.
#[utoipa::path(tag = "orders", operation_id = "getOrderSubstitutes", responses((status = 200, body = OrderSubstitutesView)))]
#[get("/orders/{id}/substitutes")]
pub async fn get_order_substitutes(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<OrderId>,
) -> Result<web::Json<OrderSubstitutesView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection| super::standing(connection, account_id, id, now());
    Ok(web::Json(state.db.read(read).await?.into()))
}

/// Preview what is sent instead of what waits
///
/// What it would come to: lines, prices, tax, credit and dates, and whether it is done at once or asked for. Changes nothing.
#[utoipa::path(tag = "orders", operation_id = "previewSubstitute", security(("bearer" = ["account.order"])), request_body = TakeSubstitute, responses(
    (status = 200, body = OrderChangePreview),
    (status = 409, description = "The line does not wait for so much, or the order is too far on", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/orders/{id}/lines/{line}/substitute/preview")]
pub async fn preview_substitute(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    PathIds(order_id, line_id): PathIds<OrderId, OrderLineId>,
    Body(body): Body<TakeSubstitute>,
) -> Result<JsonText> {
    let (account_id, wish, ids) = (customer.account_id, body.wish(), (order_id, line_id));
    let read = move |connection: &mut Connection| super::preview(connection, account_id, ids, &wish, now());
    let preview = state.db.read(read).await?;
    let lines = preview.difference.lines.len();
    let view = move || Ok(OrderChangePreview::from(preview));
    state.long_bodies.write(lines, view).await
}

/// Take something else instead of what waits
///
/// A change of the order: the line keeps what was ordered and says what is sent, the article that is sent is a line of its own at
/// today's price. Until the supplier takes the order on, and of what the supplier proposed, it is done at once, state `applied`; else
/// the supplier is asked, state `requested`.
#[utoipa::path(tag = "orders", operation_id = "takeSubstitute", security(("bearer" = ["account.order"])), request_body = TakeSubstitute,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new yes"),
        ("If-Match" = Option<String>, Header, description = "The order's `ETag`; may be left out")),
    responses(
        (status = 201, body = OrderChangeAnswer, headers(("Location" = String, description = "Path of the change"))),
        (status = 409, description = "The line does not wait for so much, it costs something else, or the order is too far on", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/orders/{id}/lines/{line}/substitute")]
pub async fn take_substitute(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    PathIds(order_id, line_id): PathIds<OrderId, OrderLineId>,
    IdempotencyKey(key): IdempotencyKey,
    MaybeIfMatch(seen): MaybeIfMatch,
    Body(body): Body<TakeSubstitute>,
) -> Result<HttpResponse> {
    let (ids, sent) = ((order_id, line_id), (order_id.to_string(), line_id.to_string(), &body));
    let route = "POST /api/v1/orders/{id}/lines/{line}/substitute";
    let key = idempotency::Request::new(customer.person_id, route, key, &sent)?;
    let (account_id, actor, wish) = (customer.account_id, customer.actor(), body.wish());
    let write =
        move |tx: &mut Connection| super::take(tx, account_id, ids, &wish, (&key, seen.as_ref()), &actor, now());
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

/// Why it is not wanted.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineSubstitute {
    /// 1,000 characters at most.
    reason: Option<String>,
}

/// Decline what the supplier proposes
///
/// The line waits on. An empty body will do.
#[utoipa::path(tag = "orders", operation_id = "declineSubstitute", security(("bearer" = ["account.order"])), request_body = Option<DeclineSubstitute>, responses(
    (status = 200, body = SubstituteProposalView),
    (status = 409, description = "It is decided, or taken back already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/substitute-proposals/{id}/decline")]
pub async fn decline_substitute(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    PathId(id): PathId<ProposalId>,
    OptionalBody(body): OptionalBody<DeclineSubstitute>,
) -> Result<web::Json<SubstituteProposalView>> {
    let (account_id, actor) = (customer.account_id, customer.actor());
    let write =
        move |tx: &mut Connection| proposing::decline(tx, account_id, id, body.reason.as_deref(), &actor, now());
    Ok(web::Json(state.db.write(write).await?.into()))
}
