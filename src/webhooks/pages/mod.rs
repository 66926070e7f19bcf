//! Pages of webhooks: the account's own, kept by its admins. What they show stands in [`room`], which the desk uses too.

pub mod room;

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};

use self::room::{Act, DeliveryParams, ListParams, Room};
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Confirmed, MayManage, Visitor};
use crate::ids::{WebhookDeliveryId, WebhookEndpointId};
use crate::state::AppState;
use crate::web::Fields;

fn room<'a>(state: &'a AppState, visitor: &'a Visitor<MayManage>) -> Room<'a> {
    Room {
        state,
        shell: &visitor.shell,
        keeper: visitor.customer.webhook_keeper(),
        path: "/webhooks",
        may_change: true,
    }
}

/// The endpoints events are sent to
#[get("/webhooks")]
pub async fn list(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    room(&state, &visitor).list(params).await
}

/// A form for a new endpoint
#[get("/webhooks/new")]
pub async fn new(state: Data<AppState>, visitor: Visitor<MayManage>) -> Result<HttpResponse> {
    room(&state, &visitor).new_form()
}

/// Adds an endpoint and shows its secret, once
#[post("/webhooks")]
pub async fn add(
    state: Data<AppState>,
    visitor: Confirmed<Visitor<MayManage>>,
    fields: Fields,
) -> Result<HttpResponse> {
    room(&state, &visitor).add(fields).await
}

/// One endpoint
#[get("/webhooks/{id}")]
pub async fn show(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    room(&state, &visitor).show(id, None, None).await
}

/// Changes an endpoint
#[post("/webhooks/{id}")]
pub async fn change(
    state: Data<AppState>,
    visitor: Confirmed<Visitor<MayManage>>,
    PathId(id): PathId<WebhookEndpointId>,
    fields: Fields,
) -> Result<HttpResponse> {
    room(&state, &visitor).change(id, fields).await
}

/// Gives an endpoint a new secret and shows it, once
#[post("/webhooks/{id}/rotate")]
pub async fn rotate(
    state: Data<AppState>,
    visitor: Confirmed<Visitor<MayManage>>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    room(&state, &visitor).rotate(id).await
}

/// Has the old secret sign no more
#[post("/webhooks/{id}/retire")]
pub async fn retire(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    room(&state, &visitor).act(id, Act::Retire).await
}

/// Switches an endpoint on
#[post("/webhooks/{id}/enable")]
pub async fn enable(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    room(&state, &visitor).act(id, Act::Enable).await
}

/// Switches an endpoint off
#[post("/webhooks/{id}/disable")]
pub async fn disable(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    room(&state, &visitor).act(id, Act::Disable).await
}

/// Removes an endpoint
#[post("/webhooks/{id}/remove")]
pub async fn remove(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
    fields: Fields,
) -> Result<HttpResponse> {
    room(&state, &visitor).remove(id, fields).await
}

/// Sends a test
#[post("/webhooks/{id}/test")]
pub async fn test(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    room(&state, &visitor).test(id).await
}

/// Has the events of a span of time sent again
#[post("/webhooks/{id}/replay")]
pub async fn replay(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
    fields: Fields,
) -> Result<HttpResponse> {
    room(&state, &visitor).replay(id, fields).await
}

/// What was sent to an endpoint, and what waits
#[get("/webhooks/{id}/deliveries")]
pub async fn deliveries(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
    Query(params): Query<DeliveryParams>,
) -> Result<HttpResponse> {
    room(&state, &visitor).deliveries(id, params).await
}

/// One delivery and its attempts
#[get("/webhooks/deliveries/{id}")]
pub async fn delivery(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<WebhookDeliveryId>,
) -> Result<HttpResponse> {
    room(&state, &visitor).delivery(id).await
}

/// Sends a delivery again
#[post("/webhooks/deliveries/{id}/resend")]
pub async fn resend(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<WebhookDeliveryId>,
) -> Result<HttpResponse> {
    room(&state, &visitor).resend(id).await
}
