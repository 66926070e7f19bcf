//! REST: webhooks of my account.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, patch, post};

use super::Keeper;
use super::rules::Audience;
use super::shapes::{
    self, ChangeWebhookEndpoint, ListWebhookDeliveries, NewWebhookEndpoint, ReplayWebhooks, RotateWebhookSecret,
    WebhookDeliveryView, WebhookEndpointView, WebhookReplayView,
};
use crate::error::Result;
use crate::http::{Body, FollowedPage, IfMatch, List, OptionalBody, Params, PathId};
use crate::identity::caller::{Confirmed, Customer, MayManage};
use crate::identity::rules::scopes::Scope;
use crate::ids::{WebhookDeliveryId, WebhookEndpointId};
use crate::state::AppState;
use crate::webhooks;

impl Customer<MayManage> {
    /// For what keeps the account's endpoints.
    pub(super) fn webhook_keeper(&self) -> Keeper {
        Keeper {
            account_id: Some(self.account_id),
            actor: self.actor(),
            hears: self.has(Scope::EventsRead).then(|| match self.has(Scope::MembersRead) {
                true => Audience::Managers,
                false => Audience::Members,
            }),
        }
    }
}

/// Webhook endpoints of my account
///
/// Where events are sent to, in the order in which they were added.
#[utoipa::path(tag = "webhooks", operation_id = "listWebhookEndpoints", security(("bearer" = ["account.manage"])), params(FollowedPage), responses(
    (status = 200, body = List<WebhookEndpointView>, description = "A page of endpoints"),
))]
#[get("/webhook-endpoints")]
pub async fn list_endpoints(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    params: Params<FollowedPage>,
) -> Result<Json<List<WebhookEndpointView>>> {
    shapes::list(&state, customer.webhook_keeper().account_id, params).await
}

/// Add a webhook endpoint of my account
///
/// It gets the account's events from now on, as far as they may be told to its admins; at most 20 endpoints. The answer shows the secret that signs them, once.
#[utoipa::path(tag = "webhooks", operation_id = "addWebhookEndpoint", security(("bearer" = ["account.manage"])), request_body = NewWebhookEndpoint, responses(
    (status = 201, body = WebhookEndpointView, description = "The endpoint with its secret", headers(("ETag" = String, description = "Wanted back by If-Match"))),
    (status = 409, description = "`too_many_endpoints`: there may be 20", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/webhook-endpoints")]
pub async fn add_endpoint(
    state: Data<AppState>,
    customer: Confirmed<Customer<MayManage>>,
    Body(new): Body<NewWebhookEndpoint>,
) -> Result<HttpResponse> {
    shapes::add(&state, customer.webhook_keeper(), new, "webhook-endpoints").await
}

/// One webhook endpoint of my account
#[utoipa::path(tag = "webhooks", operation_id = "getWebhookEndpoint", security(("bearer" = ["account.manage"])), responses(
    (status = 200, body = WebhookEndpointView, description = "The endpoint", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/webhook-endpoints/{id}")]
pub async fn get_endpoint(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    shapes::get(&state, customer.webhook_keeper().account_id, id).await
}

/// Change a webhook endpoint of my account
#[utoipa::path(tag = "webhooks", operation_id = "changeWebhookEndpoint", security(("bearer" = ["account.manage"])), request_body = ChangeWebhookEndpoint,
    params(("If-Match" = String, Header, description = "The endpoint's ETag")),
    responses((status = 200, body = WebhookEndpointView, description = "The endpoint", headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/webhook-endpoints/{id}")]
pub async fn change_endpoint(
    state: Data<AppState>,
    customer: Confirmed<Customer<MayManage>>,
    PathId(id): PathId<WebhookEndpointId>,
    IfMatch(expected): IfMatch,
    Body(change): Body<ChangeWebhookEndpoint>,
) -> Result<HttpResponse> {
    shapes::change(&state, customer.webhook_keeper(), id, expected, change).await
}

/// Remove a webhook endpoint of my account
///
/// Nothing is sent to it any more, and its deliveries are forgotten.
#[utoipa::path(tag = "webhooks", operation_id = "removeWebhookEndpoint", security(("bearer" = ["account.manage"])),
    params(("If-Match" = String, Header, description = "The endpoint's ETag")),
    responses((status = 204, description = "Removed")))]
#[delete("/webhook-endpoints/{id}")]
pub async fn remove_endpoint(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    shapes::remove(&state, customer.webhook_keeper(), id, expected).await
}

/// Rotate the secret of a webhook endpoint of my account
///
/// The answer shows the new secret, once. The one before signs beside it for a day, or as long as is asked for, so that
/// nothing is lost while it is exchanged.
#[utoipa::path(tag = "webhooks", operation_id = "rotateWebhookSecret", security(("bearer" = ["account.manage"])), request_body = RotateWebhookSecret, responses(
    (status = 200, body = WebhookEndpointView, description = "The endpoint with its new secret"),
))]
#[post("/webhook-endpoints/{id}/rotate-secret")]
pub async fn rotate_secret(
    state: Data<AppState>,
    customer: Confirmed<Customer<MayManage>>,
    PathId(id): PathId<WebhookEndpointId>,
    OptionalBody(body): OptionalBody<RotateWebhookSecret>,
) -> Result<HttpResponse> {
    shapes::rotate(&state, customer.webhook_keeper(), id, body).await
}

/// Retire the old secret of a webhook endpoint of my account
///
/// Only the new one signs from now on.
#[utoipa::path(tag = "webhooks", operation_id = "retireWebhookSecret", security(("bearer" = ["account.manage"])), responses(
    (status = 200, body = WebhookEndpointView, description = "The endpoint"),
))]
#[post("/webhook-endpoints/{id}/retire-secret")]
pub async fn retire_secret(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    let keeper = customer.webhook_keeper();
    shapes::act(&state, false, move |tx, now| webhooks::retire(tx, &keeper, id, now)).await
}

/// Switch a webhook endpoint on of my account
///
/// What waited is sent, and what happens from now on. What happened while it was off a replay brings.
#[utoipa::path(tag = "webhooks", operation_id = "enableWebhookEndpoint", security(("bearer" = ["account.manage"])), responses(
    (status = 200, body = WebhookEndpointView, description = "The endpoint"),
    (status = 409, description = "`webhook_state`: it is on", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/webhook-endpoints/{id}/enable")]
pub async fn enable_endpoint(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    let keeper = customer.webhook_keeper();
    shapes::act(&state, false, move |tx, now| webhooks::enable(tx, &keeper, id, now)).await
}

/// Switch a webhook endpoint off of my account
///
/// Nothing is sent to it, and what happens meanwhile is not kept for it.
#[utoipa::path(tag = "webhooks", operation_id = "disableWebhookEndpoint", security(("bearer" = ["account.manage"])), responses(
    (status = 200, body = WebhookEndpointView, description = "The endpoint"),
    (status = 409, description = "`webhook_state`: it is off", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/webhook-endpoints/{id}/disable")]
pub async fn disable_endpoint(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    let keeper = customer.webhook_keeper();
    shapes::act(&state, false, move |tx, now| webhooks::disable(tx, &keeper, id, now)).await
}

/// Test a webhook endpoint of my account
///
/// Queues an event of the type `webhook.test`, which is tried once; the delivery tells what came of it.
#[utoipa::path(tag = "webhooks", operation_id = "testWebhookEndpoint", security(("bearer" = ["account.manage"])), responses(
    (status = 202, body = WebhookDeliveryView, description = "The delivery to look at"),
    (status = 409, description = "`webhook_state`: the endpoint is off", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/webhook-endpoints/{id}/test")]
pub async fn test_endpoint(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    shapes::test(&state, customer.webhook_keeper(), id).await
}

/// Replay events to a webhook endpoint of my account
///
/// Sends the events of a span of time once more, also those from before the endpoint was there, with the ids they had.
/// At most 100,000 events.
#[utoipa::path(tag = "webhooks", operation_id = "replayWebhooks", security(("bearer" = ["account.manage"])), request_body = ReplayWebhooks, responses(
    (status = 202, body = WebhookReplayView, description = "How many events are sent"),
    (status = 409, description = "`webhook_state`: the endpoint is off, or a replay runs", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/webhook-endpoints/{id}/replay")]
pub async fn replay_events(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
    Body(span): Body<ReplayWebhooks>,
) -> Result<HttpResponse> {
    shapes::replay(&state, customer.webhook_keeper(), id, span).await
}

/// Deliveries to a webhook endpoint of my account
///
/// The newest first; settled ones are kept for 30 days.
#[utoipa::path(tag = "webhooks", operation_id = "listWebhookDeliveries", security(("bearer" = ["account.manage"])), params(ListWebhookDeliveries), responses(
    (status = 200, body = List<WebhookDeliveryView>, description = "A page of deliveries"),
))]
#[get("/webhook-endpoints/{id}/deliveries")]
pub async fn list_deliveries(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    PathId(id): PathId<WebhookEndpointId>,
    Params(params): Params<ListWebhookDeliveries>,
) -> Result<Json<List<WebhookDeliveryView>>> {
    shapes::deliveries(&state, (customer.webhook_keeper().account_id, id), params).await
}

/// One webhook delivery of my account
///
/// With its attempts.
#[utoipa::path(tag = "webhooks", operation_id = "getWebhookDelivery", security(("bearer" = ["account.manage"])), responses(
    (status = 200, body = WebhookDeliveryView, description = "The delivery"),
))]
#[get("/webhook-deliveries/{id}")]
pub async fn get_delivery(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    PathId(id): PathId<WebhookDeliveryId>,
) -> Result<Json<WebhookDeliveryView>> {
    shapes::delivery(&state, customer.webhook_keeper().account_id, id).await
}

/// Send a webhook delivery again of my account
///
/// One that was delivered or given up goes out once more, with the same `webhook-id` and with all its attempts before it.
#[utoipa::path(tag = "webhooks", operation_id = "resendWebhookDelivery", security(("bearer" = ["account.manage"])), responses(
    (status = 200, body = WebhookDeliveryView, description = "The delivery"),
    (status = 409, description = "`webhook_state`: it waits already, or the endpoint is off", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/webhook-deliveries/{id}/resend")]
pub async fn resend_delivery(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    PathId(id): PathId<WebhookDeliveryId>,
) -> Result<Json<WebhookDeliveryView>> {
    shapes::resend(&state, customer.webhook_keeper(), id).await
}
