//! REST of what could be sent instead of what waits, for staff: they propose, the account says yes.

use actix_web::{HttpResponse, get, post, web};
use serde::Deserialize;

use super::proposing::New;
use super::shapes::{OrderSubstitutesView, ProposeSubstitute, SubstituteProposalView};
use super::{proposing, stand};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, OptionalBody, PathId, PathIds, created};
use crate::identity::caller::{MayReadDesk, MaySteer, Staff};
use crate::identity::idempotency;
use crate::ids::{OrderId, OrderLineId, ProposalId};
use crate::orders;
use crate::state::AppState;

/// What could be sent instead of what waits of an order
///
/// As its account reads it.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierOrderSubstitutes", responses((status = 200, body = OrderSubstitutesView)))]
#[get("/supplier/orders/{id}/substitutes")]
pub async fn get_order_substitutes(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<OrderId>,
) -> Result<web::Json<OrderSubstitutesView>> {
    let read = move |connection: &mut Connection| {
        let order = orders::get_for_staff(connection, id)?;
        stand(connection, order, now())
    };
    Ok(web::Json(state.db.read(read).await?.into()))
}

/// Propose something else instead of what waits
///
/// The account reads it and says yes or no; nothing is sent instead without its yes. What was proposed for the line before is taken
/// back.
#[utoipa::path(tag = "supplier", operation_id = "proposeSubstitute", security(("bearer" = ["orders.steer"])), request_body = ProposeSubstitute,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new proposal")),
    responses(
        (status = 201, body = SubstituteProposalView, headers(("Location" = String, description = "Path of what could be sent instead"))),
        (status = 409, description = "Nothing of the line waits", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/orders/{id}/lines/{line}/substitute")]
pub async fn propose_substitute(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathIds(order_id, line_id): PathIds<OrderId, OrderLineId>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<ProposeSubstitute>,
) -> Result<HttpResponse> {
    let (ids, sent) = ((order_id, line_id), (order_id.to_string(), line_id.to_string(), &body));
    let route = "POST /api/v1/supplier/orders/{id}/lines/{line}/substitute";
    let key = idempotency::Request::new(staff.person_id, route, key, &sent)?;
    let (actor, new) = (staff.actor(), New::from(body));
    let write = move |tx: &mut Connection| proposing::propose(tx, Some(&key), ids, &new, &actor, now());
    let (proposal, replayed) = state.db.write(write).await?;
    let path = format!("/api/v1/supplier/orders/{}/substitutes", proposal.order_id);
    Ok(created(Some(path), replayed, SubstituteProposalView::from(proposal)))
}

/// Nothing to say.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawSubstitute {}

/// Take back what is proposed
///
/// Until the account has decided. An empty body will do.
#[utoipa::path(tag = "supplier", operation_id = "withdrawSubstitute", security(("bearer" = ["orders.steer"])), request_body = Option<WithdrawSubstitute>, responses(
    (status = 200, body = SubstituteProposalView),
    (status = 409, description = "It is decided, or taken back already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/substitute-proposals/{id}/withdraw")]
pub async fn withdraw_substitute(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathId(id): PathId<ProposalId>,
    OptionalBody(WithdrawSubstitute {}): OptionalBody<WithdrawSubstitute>,
) -> Result<web::Json<SubstituteProposalView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| proposing::withdraw(tx, id, &actor, now());
    Ok(web::Json(state.db.write(write).await?.into()))
}
