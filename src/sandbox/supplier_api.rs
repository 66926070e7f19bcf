//! REST for supplier staff: the sandbox of an account.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, post};

use super::shapes::{ConformanceView, SandboxView};
use super::view;
use crate::accounts;
use crate::error::Result;
use crate::http::{PathId, created};
use crate::identity::caller::{MayManageAccounts, MayReadDesk, Staff};
use crate::ids::AccountId;
use crate::state::AppState;

/// The sandbox of an account
#[utoipa::path(tag = "supplier", operation_id = "getSupplierSandbox", responses(
    (status = 200, body = SandboxView, description = "The sandbox"),
))]
#[get("/supplier/accounts/{id}/sandbox")]
pub async fn show(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<AccountId>,
) -> Result<Json<SandboxView>> {
    let row = view::portal_of(&state)
        .read(move |connection| super::of_account(connection, id))
        .await?;
    Ok(Json(row.into()))
}

/// Make a sandbox of an account
///
/// A twin with the account's terms, sites, catalogue, units and prices, and plenty of stock of its own. Nothing that happens
/// there is in the portal.
#[utoipa::path(tag = "supplier", operation_id = "addSandbox", security(("bearer" = ["accounts.manage"])), responses(
    (status = 201, body = SandboxView, description = "The sandbox"),
    (status = 409, description = "`sandbox_state`: there is one; `account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/accounts/{id}/sandbox")]
pub async fn add(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    let row = view::keep(&state, id, staff.actor(), super::add).await?;
    let path = format!("/api/v1/supplier/accounts/{id}/sandbox");
    Ok(created(Some(path), false, SandboxView::from(row)))
}

/// Refresh the sandbox of an account
///
/// Takes over what changed of the account, its catalogue and its prices, and fills the stock up. Orders stay.
#[utoipa::path(tag = "supplier", operation_id = "refreshSandbox", security(("bearer" = ["accounts.manage"])), responses(
    (status = 200, body = SandboxView, description = "The sandbox"),
))]
#[post("/supplier/accounts/{id}/sandbox/refresh")]
pub async fn refresh(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<Json<SandboxView>> {
    Ok(Json(
        view::keep(&state, id, staff.actor(), super::refresh).await?.into(),
    ))
}

/// Reset the sandbox of an account
///
/// Everything that happened there is gone, and its clock is the real one. Programs, endpoints and passed scenarios stay.
#[utoipa::path(tag = "supplier", operation_id = "resetSandbox", security(("bearer" = ["accounts.manage"])), responses(
    (status = 200, body = SandboxView, description = "The sandbox"),
))]
#[post("/supplier/accounts/{id}/sandbox/reset")]
pub async fn reset(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<Json<SandboxView>> {
    Ok(Json(view::keep(&state, id, staff.actor(), super::reset).await?.into()))
}

/// Close the sandbox of an account
///
/// It is gone with everything in it.
#[utoipa::path(tag = "supplier", operation_id = "closeSandbox", security(("bearer" = ["accounts.manage"])), responses(
    (status = 204, description = "Closed"),
))]
#[delete("/supplier/accounts/{id}/sandbox")]
pub async fn close(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    view::keep(&state, id, staff.actor(), super::close).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What an account's programs have shown
#[utoipa::path(tag = "supplier", operation_id = "getSupplierConformance", responses(
    (status = 200, body = ConformanceView, description = "The report"),
))]
#[get("/supplier/accounts/{id}/sandbox/conformance")]
pub async fn conformance(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<AccountId>,
) -> Result<Json<ConformanceView>> {
    state.db.read(move |connection| accounts::get(connection, id)).await?;
    Ok(Json(ConformanceView::new(view::report(&state, id).await?)))
}
