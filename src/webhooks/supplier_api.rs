//! REST: webhooks of the supplier, for its own programs.

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
use crate::identity::caller::{Confirmed, MayManageStaff, Staff};
use crate::ids::{WebhookDeliveryId, WebhookEndpointId};
use crate::state::AppState;
use crate::webhooks;

impl Staff<MayManageStaff> {
    /// For what keeps the supplier's endpoints.
    pub(super) fn webhook_keeper(&self) -> Keeper {
        Keeper {
            account_id: None,
            actor: self.actor(),
            // It has no feed of events that another scope would open.
            hears: Some(Audience::Supplier),
        }
    }
}

/// Webhook endpoints of the supplier
///
/// Where events are sent to, in the order in which they were added.
#[utoipa::path(tag = "webhooks", operation_id = "listSupplierWebhookEndpoints", security(("bearer" = ["staff.manage"])), params(FollowedPage), responses(
    (status = 200, body = List<WebhookEndpointView>, description = "A page of endpoints"),
))]
#[get("/supplier/webhook-endpoints")]
pub async fn list_endpoints(
    state: Data<AppState>,
    staff: Staff<MayManageStaff>,
    params: Params<FollowedPage>,
) -> Result<Json<List<WebhookEndpointView>>> {
    shapes::list(&state, staff.webhook_keeper().account_id, params).await
}

/// Add a webhook endpoint of the supplier
///
/// It gets everybody's events from now on, but for those about a person's own access; at most 20 endpoints. The answer shows the secret that signs them, once.
#[utoipa::path(tag = "webhooks", operation_id = "addSupplierWebhookEndpoint", security(("bearer" = ["staff.manage"])), request_body = NewWebhookEndpoint, responses(
    (status = 201, body = WebhookEndpointView, description = "The endpoint with its secret", headers(("ETag" = String, description = "Wanted back by If-Match"))),
    (status = 409, description = "`too_many_endpoints`: there may be 20", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/webhook-endpoints")]
pub async fn add_endpoint(
    state: Data<AppState>,
    staff: Confirmed<Staff<MayManageStaff>>,
    Body(new): Body<NewWebhookEndpoint>,
) -> Result<HttpResponse> {
    shapes::add(&state, staff.webhook_keeper(), new, "supplier/webhook-endpoints").await
}

/// One webhook endpoint of the supplier
#[utoipa::path(tag = "webhooks", operation_id = "getSupplierWebhookEndpoint", security(("bearer" = ["staff.manage"])), responses(
    (status = 200, body = WebhookEndpointView, description = "The endpoint", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/webhook-endpoints/{id}")]
pub async fn get_endpoint(
    state: Data<AppState>,
    staff: Staff<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    shapes::get(&state, staff.webhook_keeper().account_id, id).await
}

/// Change a webhook endpoint of the supplier
#[utoipa::path(tag = "webhooks", operation_id = "changeSupplierWebhookEndpoint", security(("bearer" = ["staff.manage"])), request_body = ChangeWebhookEndpoint,
    params(("If-Match" = String, Header, description = "The endpoint's ETag")),
    responses((status = 200, body = WebhookEndpointView, description = "The endpoint", headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/supplier/webhook-endpoints/{id}")]
pub async fn change_endpoint(
    state: Data<AppState>,
    staff: Confirmed<Staff<MayManageStaff>>,
    PathId(id): PathId<WebhookEndpointId>,
    IfMatch(expected): IfMatch,
    Body(change): Body<ChangeWebhookEndpoint>,
) -> Result<HttpResponse> {
    shapes::change(&state, staff.webhook_keeper(), id, expected, change).await
}

/// Remove a webhook endpoint of the supplier
///
/// Nothing is sent to it any more, and its deliveries are forgotten.
#[utoipa::path(tag = "webhooks", operation_id = "removeSupplierWebhookEndpoint", security(("bearer" = ["staff.manage"])),
    params(("If-Match" = String, Header, description = "The endpoint's ETag")),
    responses((status = 204, description = "Removed")))]
#[delete("/supplier/webhook-endpoints/{id}")]
pub async fn remove_endpoint(
    state: Data<AppState>,
    staff: Staff<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    shapes::remove(&state, staff.webhook_keeper(), id, expected).await
}

/// Rotate the secret of a webhook endpoint of the supplier
///
/// The answer shows the new secret, once. The one before signs beside it for a day, or as long as is asked for, so that
/// nothing is lost while it is exchanged.
#[utoipa::path(tag = "webhooks", operation_id = "rotateSupplierWebhookSecret", security(("bearer" = ["staff.manage"])), request_body = RotateWebhookSecret, responses(
    (status = 200, body = WebhookEndpointView, description = "The endpoint with its new secret"),
))]
#[post("/supplier/webhook-endpoints/{id}/rotate-secret")]
pub async fn rotate_secret(
    state: Data<AppState>,
    staff: Confirmed<Staff<MayManageStaff>>,
    PathId(id): PathId<WebhookEndpointId>,
    OptionalBody(body): OptionalBody<RotateWebhookSecret>,
) -> Result<HttpResponse> {
    shapes::rotate(&state, staff.webhook_keeper(), id, body).await
}

/// Retire the old secret of a webhook endpoint of the supplier
///
/// Only the new one signs from now on.
#[utoipa::path(tag = "webhooks", operation_id = "retireSupplierWebhookSecret", security(("bearer" = ["staff.manage"])), responses(
    (status = 200, body = WebhookEndpointView, description = "The endpoint"),
))]
#[post("/supplier/webhook-endpoints/{id}/retire-secret")]
pub async fn retire_secret(
    state: Data<AppState>,
    staff: Staff<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    let keeper = staff.webhook_keeper();
    shapes::act(&state, false, move |tx, now| webhooks::retire(tx, &keeper, id, now)).await
}

/// Switch a webhook endpoint on of the supplier
///
/// What waited is sent, and what happens from now on. What happened while it was off a replay brings.
#[utoipa::path(tag = "webhooks", operation_id = "enableSupplierWebhookEndpoint", security(("bearer" = ["staff.manage"])), responses(
    (status = 200, body = WebhookEndpointView, description = "The endpoint"),
    (status = 409, description = "`webhook_state`: it is on", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/webhook-endpoints/{id}/enable")]
pub async fn enable_endpoint(
    state: Data<AppState>,
    staff: Staff<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    let keeper = staff.webhook_keeper();
    shapes::act(&state, false, move |tx, now| webhooks::enable(tx, &keeper, id, now)).await
}

/// Switch a webhook endpoint off of the supplier
///
/// Nothing is sent to it, and what happens meanwhile is not kept for it.
#[utoipa::path(tag = "webhooks", operation_id = "disableSupplierWebhookEndpoint", security(("bearer" = ["staff.manage"])), responses(
    (status = 200, body = WebhookEndpointView, description = "The endpoint"),
    (status = 409, description = "`webhook_state`: it is off", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/webhook-endpoints/{id}/disable")]
pub async fn disable_endpoint(
    state: Data<AppState>,
    staff: Staff<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    let keeper = staff.webhook_keeper();
    shapes::act(&state, false, move |tx, now| webhooks::disable(tx, &keeper, id, now)).await
}

/// Test a webhook endpoint of the supplier
///
/// Queues an event of the type `webhook.test`, which is tried once; the delivery tells what came of it.
#[utoipa::path(tag = "webhooks", operation_id = "testSupplierWebhookEndpoint", security(("bearer" = ["staff.manage"])), responses(
    (status = 202, body = WebhookDeliveryView, description = "The delivery to look at"),
    (status = 409, description = "`webhook_state`: the endpoint is off", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/webhook-endpoints/{id}/test")]
pub async fn test_endpoint(
    state: Data<AppState>,
    staff: Staff<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
) -> Result<HttpResponse> {
    shapes::test(&state, staff.webhook_keeper(), id).await
}

/// Replay events to a webhook endpoint of the supplier
///
/// Sends the events of a span of time once more, also those from before the endpoint was there, with the ids they had.
/// At most 100,000 events.
#[utoipa::path(tag = "webhooks", operation_id = "replaySupplierWebhooks", security(("bearer" = ["staff.manage"])), request_body = ReplayWebhooks, responses(
    (status = 202, body = WebhookReplayView, description = "How many events are sent"),
    (status = 409, description = "`webhook_state`: the endpoint is off, or a replay runs", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/webhook-endpoints/{id}/replay")]
pub async fn replay_events(
    state: Data<AppState>,
    staff: Staff<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
    Body(span): Body<ReplayWebhooks>,
) -> Result<HttpResponse> {
    shapes::replay(&state, staff.webhook_keeper(), id, span).await
}

/// Deliveries to a webhook endpoint of the supplier
///
/// The newest first; settled ones are kept for 30 days.
#[utoipa::path(tag = "webhooks", operation_id = "listSupplierWebhookDeliveries", security(("bearer" = ["staff.manage"])), params(ListWebhookDeliveries), responses(
    (status = 200, body = List<WebhookDeliveryView>, description = "A page of deliveries"),
))]
#[get("/supplier/webhook-endpoints/{id}/deliveries")]
pub async fn list_deliveries(
    state: Data<AppState>,
    staff: Staff<MayManageStaff>,
    PathId(id): PathId<WebhookEndpointId>,
    Params(params): Params<ListWebhookDeliveries>,
) -> Result<Json<List<WebhookDeliveryView>>> {
    shapes::deliveries(&state, (staff.webhook_keeper().account_id, id), params).await
}

/// One webhook delivery of the supplier
///
/// With its attempts.
#[utoipa::path(tag = "webhooks", operation_id = "getSupplierWebhookDelivery", security(("bearer" = ["staff.manage"])), responses(
    (status = 200, body = WebhookDeliveryView, description = "The delivery"),
))]
#[get("/supplier/webhook-deliveries/{id}")]
pub async fn get_delivery(
    state: Data<AppState>,
    staff: Staff<MayManageStaff>,
    PathId(id): PathId<WebhookDeliveryId>,
) -> Result<Json<WebhookDeliveryView>> {
    shapes::delivery(&state, staff.webhook_keeper().account_id, id).await
}

/// Send a webhook delivery again of the supplier
///
/// One that was delivered or given up goes out once more, with the same `webhook-id` and with all its attempts before it.
#[utoipa::path(tag = "webhooks", operation_id = "resendSupplierWebhookDelivery", security(("bearer" = ["staff.manage"])), responses(
    (status = 200, body = WebhookDeliveryView, description = "The delivery"),
    (status = 409, description = "`webhook_state`: it waits already, or the endpoint is off", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/webhook-deliveries/{id}/resend")]
pub async fn resend_delivery(
    state: Data<AppState>,
    staff: Staff<MayManageStaff>,
    PathId(id): PathId<WebhookDeliveryId>,
) -> Result<Json<WebhookDeliveryView>> {
    shapes::resend(&state, staff.webhook_keeper(), id).await
}
