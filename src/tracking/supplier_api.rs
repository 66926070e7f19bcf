//! REST of an order as the desk follows it.

use actix_web::{post, web};

use super::ending;
use super::shapes::CancelRest;
use crate::clock::now;
use crate::error::Result;
use crate::http::{Body, MaybeIdempotencyKey, MaybeIfMatch, PathId};
use crate::identity::caller::{MaySteer, Staff};
use crate::identity::idempotency;
use crate::ids::OrderId;
use crate::names::sets::Side;
use crate::orders::cancelling::Ending;
use crate::orders::supplier_api::shapes::SupplierOrderView;
use crate::state::AppState;

/// Cancel the rest of an order for the supplier
///
/// What of lines is still to leave, once the order is placed: all of it, a quantity, or with `what` `waiting` only what waits. What was reserved serves the lines that wait; an order of which
/// all else has left is shipped, and delivered or closed if that is so of what has left.
#[utoipa::path(tag = "supplier", operation_id = "cancelRestOfSupplierOrder", security(("bearer" = ["orders.steer"])), request_body = CancelRest,
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters; with one the same request has one effect"),
        ("If-Match" = Option<String>, Header, description = "The order's `ETag`; may be left out")),
    responses(
    (status = 200, body = SupplierOrderView),
    (status = 409, description = "No such line can be cancelled, or all of the order would be", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/orders/{id}/cancel-rest")]
pub async fn cancel_rest(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathId(id): PathId<OrderId>,
    MaybeIdempotencyKey(key): MaybeIdempotencyKey,
    MaybeIfMatch(seen): MaybeIfMatch,
    Body(body): Body<CancelRest>,
) -> Result<web::Json<SupplierOrderView>> {
    let key = key.map(|key| {
        let sent = (id.to_string(), &body);
        let route = "POST /api/v1/supplier/orders/{id}/cancel-rest";
        idempotency::Request::new(staff.person_id, route, key, &sent)
    });
    let key = key.transpose()?;
    let (actor, lines) = (staff.actor(), body.wanted()?);
    let write = move |tx: &mut _| {
        let ending = Ending {
            lines: &lines,
            what: body.what,
            reason: body.reason.as_deref(),
            by: Side::Supplier,
            ended_by: None,
            is_of_form: false,
        };
        let sent = ending::Sent {
            key: key.as_ref(),
            seen: seen.as_ref(),
        };
        let order = ending::cancel_rest_as_staff(tx, id, (ending, sent), &actor, now())?;
        SupplierOrderView::load(tx, order)
    };
    Ok(web::Json(state.db.write(write).await?))
}
