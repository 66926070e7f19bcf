//! Webhooks on the desk: the supplier's own endpoints. Everybody of the staff reads them, admins keep them.

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};

use super::Keeper;
use super::pages::room::{Act, DeliveryParams, ListParams, Room};
use super::rules::Audience;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Confirmed, Desk, MayManageStaff, MayReadDesk, StaffRight};
use crate::ids::{WebhookDeliveryId, WebhookEndpointId};
use crate::state::AppState;
use crate::web::Fields;

fn room<'a, R: StaffRight>(state: &'a AppState, desk: &'a Desk<R>) -> Room<'a> {
    Room {
        state,
        shell: &desk.shell,
        keeper: Keeper {
            account_id: None,
            actor: desk.staff.actor(),
            hears: Some(Audience::Supplier),
        },
        path: "/desk/webhooks",
        may_change: desk.may::<MayManageStaff>(),
    }
}

/// The endpoints events are sent to
#[get("/desk/webhooks")]
pub async fn list(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    room(&state, &desk).list(params).await
}

/// A form for a new endpoint
#[get("/desk/webhooks/new")]
pub async fn new(state: Data<AppState>, desk: Desk<MayManageStaff>) -> Result<HttpResponse> {
    room(&state, &desk).new_form()
}

/// Adds an endpoint and shows its secret, once
#[post("/desk/webhooks")]
pub async fn add(state: Data<AppState>, desk: Confirmed<Desk<MayManageStaff>>, fields: Fields) -> Result<HttpResponse> {
    room(&state, &desk).add(fields).await
}

/// One endpoint
#[get("/desk/webhooks/{id}")]
pub async fn show(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    room(&state, &desk).show(id, None, None).await
}

/// Changes an endpoint
#[post("/desk/webhooks/{id}")]
pub async fn change(
    state: Data<AppState>,
    desk: Confirmed<Desk<MayManageStaff>>,
    PathId(id): PathId<WebhookEndpointId>,
    fields: Fields,
) -> Result<HttpResponse> {
    room(&state, &desk).change(id, fields).await
}

/// Gives an endpoint a new secret and shows it, once
#[post("/desk/webhooks/{id}/rotate")]
pub async fn rotate(
    state: Data<AppState>,
    desk: Confirmed<Desk<MayManageStaff>>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    room(&state, &desk).rotate(id).await
}

/// Has the old secret sign no more
#[post("/desk/webhooks/{id}/retire")]
pub async fn retire(
    state: Data<AppState>,
    desk: Desk<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    room(&state, &desk).act(id, Act::Retire).await
}

/// Switches an endpoint on
#[post("/desk/webhooks/{id}/enable")]
pub async fn enable(
    state: Data<AppState>,
    desk: Desk<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    room(&state, &desk).act(id, Act::Enable).await
}

/// Switches an endpoint off
#[post("/desk/webhooks/{id}/disable")]
pub async fn disable(
    state: Data<AppState>,
    desk: Desk<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    room(&state, &desk).act(id, Act::Disable).await
}

/// Removes an endpoint
#[post("/desk/webhooks/{id}/remove")]
pub async fn remove(
    state: Data<AppState>,
    desk: Desk<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
    fields: Fields,
) -> Result<HttpResponse> {
    room(&state, &desk).remove(id, fields).await
}

/// Sends a test
#[post("/desk/webhooks/{id}/test")]
pub async fn test(
    state: Data<AppState>,
    desk: Desk<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    room(&state, &desk).test(id).await
}

/// Has the events of a span of time sent again
#[post("/desk/webhooks/{id}/replay")]
pub async fn replay(
    state: Data<AppState>,
    desk: Desk<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
    fields: Fields,
) -> Result<HttpResponse> {
    room(&state, &desk).replay(id, fields).await
}

/// What was sent to an endpoint, and what waits
#[get("/desk/webhooks/{id}/deliveries")]
pub async fn deliveries(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<WebhookEndpointId>,
    Query(params): Query<DeliveryParams>,
) -> Result<HttpResponse> {
    room(&state, &desk).deliveries(id, params).await
}

/// One delivery and its attempts
#[get("/desk/webhooks/deliveries/{id}")]
pub async fn delivery(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<WebhookDeliveryId>,
) -> Result<HttpResponse> {
    room(&state, &desk).delivery(id).await
}

/// Sends a delivery again
#[post("/desk/webhooks/deliveries/{id}/resend")]
pub async fn resend(
    state: Data<AppState>,
    desk: Desk<MayManageStaff>,
    PathId(id): PathId<WebhookDeliveryId>,
) -> Result<HttpResponse> {
    room(&state, &desk).resend(id).await
}
