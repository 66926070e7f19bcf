//! REST: the sandbox of my account. In the portal these reach the account's sandbox, in the sandbox itself.

use actix_web::HttpResponse;
use actix_web::web::{Data, Json};
use actix_web::{get, post};

use super::rules::{Act, Failure};
use super::shapes::{
    ActInSandbox, AdvanceSandbox, BeginScenario, ConformanceView, MakeSandboxFail, SandboxActView, SandboxFailuresView,
    SandboxView, WaitingFailure,
};
use super::{acting, sentences, view, watching};
use crate::accounts::sandboxes::rules::Scenario;
use crate::clock;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::http::{Body, PathId};
use crate::identity::caller::{Confirmed, Customer, MayManage};
use crate::identity::clients::shapes::{AddClient, ClientWithSecret};
use crate::identity::clients::view as programs;
use crate::ids::{AccountId, OrderId};
use crate::state::AppState;

/// One of these names, or a fault at `pointer`.
pub fn named<T>(pointer: &str, found: Option<T>, names: &[&str]) -> Result<T> {
    found.ok_or_else(|| Error::invalid(pointer, Code::ValueInvalid, sentences::sandbox_names(names)))
}

async fn described(state: &Data<AppState>, account_id: AccountId) -> Result<Json<SandboxView>> {
    let (_, row) = view::of_account(state, account_id).await?;
    Ok(Json(row.into()))
}

/// The sandbox of my account
///
/// Where it is and which day it has. Staff of the supplier make it.
#[utoipa::path(tag = "sandbox", operation_id = "getSandbox", security(("bearer" = ["account.manage"])), responses(
    (status = 200, body = SandboxView, description = "The sandbox"),
    (status = 404, description = "The account has no sandbox", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/sandbox")]
pub async fn show(state: Data<AppState>, customer: Customer<MayManage>) -> Result<Json<SandboxView>> {
    described(&state, customer.account_id).await
}

/// Set the clock of my sandbox ahead
///
/// Prices begin and end, days of delivery and due dates come. It never goes back, except by a reset.
#[utoipa::path(tag = "sandbox", operation_id = "advanceSandbox", security(("bearer" = ["account.manage"])), request_body = AdvanceSandbox, responses(
    (status = 200, body = SandboxView, description = "The sandbox"),
    (status = 404, description = "The account has no sandbox", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/sandbox/clock")]
pub async fn advance(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    Body(body): Body<AdvanceSandbox>,
) -> Result<Json<SandboxView>> {
    view::advance(&state, customer.account_id, body.days, customer.actor()).await?;
    described(&state, customer.account_id).await
}

/// Have the supplier act in my sandbox
///
/// Accepts, ships, delivers, invoices an order of the sandbox, books its payment or calls it off, by the rules of the desk.
#[utoipa::path(tag = "sandbox", operation_id = "actInSandbox", security(("bearer" = ["account.manage"])), request_body = ActInSandbox, responses(
    (status = 200, body = SandboxActView, description = "The order then"),
    (status = 409, description = "The state of the order does not allow it", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/sandbox/orders/{id}/act")]
pub async fn act(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    PathId(id): PathId<OrderId>,
    Body(body): Body<ActInSandbox>,
) -> Result<Json<SandboxActView>> {
    let wanted = named("/act", Act::from_name(&body.act), Act::NAMES)?;
    let (sandbox, row) = view::of_account(&state, customer.account_id).await?;
    let stage = view::stage(&row);
    let write = move |tx: &mut Connection| acting::act(tx, stage, id, wanted, clock::now());
    let order = view::within(&sandbox, write).await?;
    Ok(Json(SandboxActView {
        order_id: order.id.to_string(),
        act: wanted,
        state: order.state,
    }))
}

async fn failures(sandbox: &AppState) -> Result<Json<SandboxFailuresView>> {
    let waiting = sandbox.db.read(watching::waiting).await?;
    let view = |row: watching::FailureRow| WaitingFailure {
        failure: row.failure,
        times: row.times,
        only_orders: row.is_of_orders,
    };
    Ok(Json(SandboxFailuresView {
        failures: waiting.into_iter().map(view).collect(),
    }))
}

/// Failures that wait in my sandbox
#[utoipa::path(tag = "sandbox", operation_id = "listSandboxFailures", security(("bearer" = ["account.manage"])), responses(
    (status = 200, body = SandboxFailuresView, description = "What the next requests meet"),
    (status = 404, description = "The account has no sandbox", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/sandbox/failures")]
pub async fn list_failures(state: Data<AppState>, customer: Customer<MayManage>) -> Result<Json<SandboxFailuresView>> {
    let (sandbox, _) = view::of_account(&state, customer.account_id).await?;
    failures(&sandbox).await
}

/// Have requests to my sandbox fail
///
/// The next so many requests, or orders, meet the failure. A request can also ask for one itself, by the header
/// `Sandbox-Failure`. Operations of the sandbox itself meet none.
#[utoipa::path(tag = "sandbox", operation_id = "makeSandboxFail", security(("bearer" = ["account.manage"])), request_body = MakeSandboxFail, responses(
    (status = 200, body = SandboxFailuresView, description = "What the next requests meet"),
    (status = 404, description = "The account has no sandbox", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/sandbox/failures")]
pub async fn fail(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    Body(body): Body<MakeSandboxFail>,
) -> Result<Json<SandboxFailuresView>> {
    let failure = named("/failure", Failure::named(&body.failure), Failure::NAMES)?;
    let (sandbox, _) = view::of_account(&state, customer.account_id).await?;
    let write = move |tx: &mut Connection| match body.times {
        0 => watching::disarm(tx),
        times => watching::arm(tx, failure, times, body.only_orders),
    };
    sandbox.db.write(write).await?;
    failures(&sandbox).await
}

/// What my programs have shown
///
/// Each scenario with its state, what it awaits and what it was judged by. When all are passed a program is ready for
/// production.
#[utoipa::path(tag = "sandbox", operation_id = "getConformance", security(("bearer" = ["account.manage"])), responses(
    (status = 200, body = ConformanceView, description = "The report"),
    (status = 404, description = "The account has no sandbox", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/sandbox/conformance")]
pub async fn conformance(state: Data<AppState>, customer: Customer<MayManage>) -> Result<Json<ConformanceView>> {
    let report = view::report(&state, customer.account_id).await?;
    Ok(Json(ConformanceView::new(report)))
}

/// Begin a scenario
///
/// From now on it is judged by what the program sends to the sandbox. Scenarios about webhooks send theirs at once to the
/// first endpoint that is on, and answer once that has answered.
#[utoipa::path(tag = "sandbox", operation_id = "beginScenario", security(("bearer" = ["account.manage"])), request_body = BeginScenario, responses(
    (status = 200, body = ConformanceView, description = "The report"),
    (status = 409, description = "`sandbox_state`: an order or a webhook endpoint is missing", body = crate::problem::Problem, content_type = "application/problem+json"),
    (status = 404, description = "The account has no sandbox", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/sandbox/conformance")]
pub async fn begin(
    state: Data<AppState>,
    customer: Customer<MayManage>,
    Body(body): Body<BeginScenario>,
) -> Result<Json<ConformanceView>> {
    let scenario = named("/scenario", Scenario::from_name(&body.scenario), Scenario::NAMES)?;
    view::begin(&state, customer.account_id, scenario).await?;
    let report = view::report(&state, customer.account_id).await?;
    Ok(Json(ConformanceView::new(report)))
}

/// Add a program to my sandbox
///
/// Its id and secret get tokens in the sandbox and nowhere else. The secret is shown once. Needs a fresh proof of who asks.
#[utoipa::path(tag = "sandbox", operation_id = "addSandboxClient", security(("bearer" = ["account.manage"])), request_body = AddClient, responses(
    (status = 201, body = ClientWithSecret, description = "Added"),
    (status = 409, description = "`too_many_clients`", body = crate::problem::Problem, content_type = "application/problem+json"),
    (status = 404, description = "The account has no sandbox", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/sandbox/clients")]
pub async fn add_client(
    state: Data<AppState>,
    customer: Confirmed<Customer<MayManage>>,
    Body(body): Body<AddClient>,
) -> Result<HttpResponse> {
    let (sandbox, _) = view::of_account(&state, customer.account_id).await?;
    programs::add(&sandbox, customer.actor(), Some(customer.account_id), "/clients", body).await
}
