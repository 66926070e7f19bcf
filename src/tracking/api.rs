//! REST of an order as its account follows it.

use actix_web::{post, web};

use super::ending;
use super::shapes::CancelRest;
use crate::clock::now;
use crate::error::Result;
use crate::http::{MaybeIdempotencyKey, MaybeIfMatch, OptionalBody, PathId};
use crate::identity::caller::{Customer, MayOrder};
use crate::identity::idempotency;
use crate::ids::OrderId;
use crate::names::sets::Side;
use crate::orders::api::shapes::OrderView;
use crate::orders::cancelling::Ending;
use crate::state::AppState;

/// Cancel the rest of an order
///
/// Of lines of which nothing has left, once the order is placed; of others what waits for stock. All of a line, a quantity of it, or
/// with `what` `waiting` only what waits. What was reserved serves the lines that wait; an order of which all else has left is shipped.
/// An empty body will do.
#[utoipa::path(tag = "orders", operation_id = "cancelRestOfOrder", security(("bearer" = ["account.order"])), request_body = Option<CancelRest>,
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters; with one the same request has one effect"),
        ("If-Match" = Option<String>, Header, description = "The order's `ETag`; may be left out")),
    responses(
    (status = 200, body = OrderView),
    (status = 409, description = "No such line can be cancelled, or all of the order would be", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/orders/{id}/cancel-rest")]
pub async fn cancel_rest(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    PathId(id): PathId<OrderId>,
    MaybeIdempotencyKey(key): MaybeIdempotencyKey,
    MaybeIfMatch(seen): MaybeIfMatch,
    OptionalBody(body): OptionalBody<CancelRest>,
) -> Result<web::Json<OrderView>> {
    let key = key.map(|key| {
        let sent = (id.to_string(), &body);
        idempotency::Request::new(customer.person_id, "POST /api/v1/orders/{id}/cancel-rest", key, &sent)
    });
    let key = key.transpose()?;
    let (account_id, actor, lines) = (customer.account_id, customer.actor(), body.wanted()?);
    let write = move |tx: &mut _| {
        let ending = Ending {
            lines: &lines,
            what: body.what,
            reason: body.reason.as_deref(),
            by: Side::Account,
            ended_by: None,
            is_of_form: false,
        };
        let sent = ending::Sent {
            key: key.as_ref(),
            seen: seen.as_ref(),
        };
        ending::cancel_rest_once(tx, account_id, id, (ending, sent), &actor, now())
    };
    Ok(web::Json(OrderView::from(state.db.write(write).await?)))
}
