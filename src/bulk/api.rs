//! REST: bulk jobs of an account.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};

use super::Sender;
use super::rules::Kind;
use super::shapes::{self, BulkJobView, BulkResultView, ListBulkJobs, ListBulkResults, SendRows};
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{IdempotencyKey, List, Params, PathId, RowsBody};
use crate::identity::caller::{Customer, CustomerRight, MayOrder, MayRead};
use crate::ids::BulkJobId;
use crate::orders::api::shapes::OrderRow;
use crate::state::AppState;

fn sender<R: CustomerRight>(customer: &Customer<R>) -> Sender {
    Sender {
        person_id: customer.person_id,
        account_id: Some(customer.account_id),
        actor: customer.actor(),
    }
}

/// Place many orders
///
/// An order a line, each as `POST /orders` takes it with its `Idempotency-Key` as `idempotency_key`: a line that comes again, here
/// or by itself, makes no second order. At most 1,000,000 lines and 512 MiB, packed by gzip or not. The orders are placed one by
/// one beside the requests; the job tells how far that is, its results what became of each line.
#[utoipa::path(tag = "orders", operation_id = "sendOrders", security(("bearer" = ["account.order"])),
    params(SendRows, ("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new body")),
    request_body(content = OrderRow, content_type = "application/x-ndjson"),
    responses(
        (status = 202, body = BulkJobView, description = "The job", headers(("Location" = String, description = "Path of the job"), ("ETag" = String, description = "Its version"))),
        (status = 409, description = "Too many jobs wait, or a twin of the request still runs", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/bulk/orders")]
pub async fn send_orders(
    state: Data<AppState>,
    customer: Customer<MayOrder>,
    IdempotencyKey(key): IdempotencyKey,
    Params(params): Params<SendRows>,
    body: RowsBody,
) -> Result<HttpResponse> {
    let route = ("POST /api/v1/bulk/orders", key);
    shapes::receive(
        &state,
        sender(&customer),
        (Kind::Orders, params),
        route,
        (body, "bulk-jobs"),
    )
    .await
}

/// My bulk jobs
///
/// The newest first. They are kept for 30 days.
#[utoipa::path(tag = "orders", operation_id = "listBulkJobs", params(ListBulkJobs), responses(
    (status = 200, body = List<BulkJobView>, description = "A page of jobs"),
))]
#[get("/bulk-jobs")]
pub async fn list_jobs(
    state: Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListBulkJobs>,
) -> Result<Json<List<BulkJobView>>> {
    shapes::list(&state, Scope::Account(customer.account_id), params).await
}

/// One bulk job
#[utoipa::path(tag = "orders", operation_id = "getBulkJob", responses(
    (status = 200, body = BulkJobView, description = "The job", headers(("ETag" = String, description = "Its version"))),
))]
#[get("/bulk-jobs/{id}")]
pub async fn get_job(
    state: Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<BulkJobId>,
) -> Result<HttpResponse> {
    shapes::get(&state, Scope::Account(customer.account_id), id).await
}

/// The results of a bulk job
///
/// A JSON object a line for each row that was looked at, in their order; the last line is `{"end":true,…}` with their number, and
/// where it is missing the answer broke off.
#[utoipa::path(tag = "orders", operation_id = "getBulkResults", params(ListBulkResults), responses(
    (status = 200, body = BulkResultView, content_type = "application/x-ndjson", description = "The rows"),
))]
#[get("/bulk-jobs/{id}/results")]
pub async fn get_results(
    state: Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<BulkJobId>,
    Params(params): Params<ListBulkResults>,
) -> Result<HttpResponse> {
    shapes::results(state, Scope::Account(customer.account_id), id, params).await
}

/// Cancel a bulk job
///
/// What is written stays; the rest will not be.
#[utoipa::path(tag = "orders", operation_id = "cancelBulkJob", security(("bearer" = ["account.order"])), responses(
    (status = 200, body = BulkJobView, description = "The job"),
    (status = 409, description = "`bulk_job_state`: it is over", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/bulk-jobs/{id}/cancel")]
pub async fn cancel_job(
    state: Data<AppState>,
    customer: Customer<MayOrder>,
    PathId(id): PathId<BulkJobId>,
) -> Result<Json<BulkJobView>> {
    shapes::cancel(&state, Scope::Account(customer.account_id), customer.actor(), id).await
}
