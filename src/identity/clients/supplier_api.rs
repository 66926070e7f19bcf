//! REST for supplier staff: the supplier's own programs, such as its ERP.

use actix_web::web::Data;
use actix_web::{Responder, delete, get, patch, post};

use super::shapes::{AddClient, ChangeClient, ClientView, ClientWithSecret};
use super::view;
use crate::error::Result;
use crate::http::{Body, FollowedPage, IfMatch, List, Params, PathId, PathIds};
use crate::identity::caller::{Access, Confirmed, MayManageStaff, Staff};
use crate::ids::{ClientId, ClientSecretId};
use crate::state::AppState;

const PATH: &str = "/supplier/clients";

/// The supplier's own programs
///
/// Whoever was added first comes first; revoked ones too.
#[utoipa::path(tag = "supplier", operation_id = "listClientsOfSupplier", security(("bearer" = ["staff.manage"])), params(FollowedPage), responses(
    (status = 200, body = List<ClientView>, description = "A page of programs"),
))]
#[get("/supplier/clients")]
pub async fn list(
    _admin: Staff<MayManageStaff>,
    state: Data<AppState>,
    params: Params<FollowedPage>,
) -> Result<impl Responder> {
    view::list(&state, None, params.0).await
}

/// Add a program of the supplier
///
/// Its secret is shown once, in this answer; a program with public keys gets none. Needs a fresh proof of who asks.
#[utoipa::path(tag = "supplier", operation_id = "addClientOfSupplier", security(("bearer" = ["staff.manage"])), request_body = AddClient, responses(
    (status = 201, body = ClientWithSecret, description = "Added"),
    (status = 409, description = "`too_many_clients`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/clients")]
pub async fn add(
    admin: Confirmed<Staff<MayManageStaff>>,
    state: Data<AppState>,
    body: Body<AddClient>,
) -> Result<impl Responder> {
    view::add(&state, admin.actor(), None, PATH, body.0).await
}

/// One program of the supplier
///
/// With its secrets in force, of which only the ends are known.
#[utoipa::path(tag = "supplier", operation_id = "getClientOfSupplier", security(("bearer" = ["staff.manage"])), responses(
    (status = 200, body = ClientView, description = "The program", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/clients/{id}")]
pub async fn get(
    _admin: Staff<MayManageStaff>,
    state: Data<AppState>,
    PathId(client): PathId<ClientId>,
) -> Result<impl Responder> {
    view::show(&state, None, client).await
}

/// Change a program of the supplier
///
/// Narrower scopes and networks hold within five seconds, on every node. Needs a fresh proof of who asks.
#[utoipa::path(tag = "supplier", operation_id = "changeClientOfSupplier", security(("bearer" = ["staff.manage"])), request_body = ChangeClient,
    params(("If-Match" = String, Header, description = "The program's ETag")), responses(
    (status = 200, body = ClientView, description = "The program", headers(("ETag" = String, description = "Wanted back by If-Match"))),
    (status = 409, description = "`client_revoked`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[patch("/supplier/clients/{id}")]
pub async fn change(
    admin: Confirmed<Staff<MayManageStaff>>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(client): PathId<ClientId>,
    IfMatch(expected): IfMatch,
    body: Body<ChangeClient>,
) -> Result<impl Responder> {
    let ids = (None, client);
    view::change((&state, &access), admin.actor(), ids, expected, body.0).await
}

/// Give a program of the supplier a new secret
///
/// Shown once, in this answer. Two are good at a time, so that a program moves from one to the next without a gap; a third is refused, naming the one to retire.
#[utoipa::path(tag = "supplier", operation_id = "addClientSecretOfSupplier", security(("bearer" = ["staff.manage"])), responses(
    (status = 201, body = ClientWithSecret, description = "The program and the secret"),
    (status = 409, description = "`too_many_secrets`, `client_revoked`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/clients/{id}/secrets")]
pub async fn add_secret(
    admin: Confirmed<Staff<MayManageStaff>>,
    state: Data<AppState>,
    PathId(client): PathId<ClientId>,
) -> Result<impl Responder> {
    view::add_secret(&state, admin.actor(), (None, client), PATH).await
}

/// Retire a secret of a program of the supplier
///
/// It gets no token any more; those it got are good for the ten minutes they have.
#[utoipa::path(tag = "supplier", operation_id = "retireClientSecretOfSupplier", security(("bearer" = ["staff.manage"])), responses(
    (status = 204, description = "Retired"),
))]
#[delete("/supplier/clients/{id}/secrets/{which}")]
pub async fn retire_secret(
    admin: Staff<MayManageStaff>,
    state: Data<AppState>,
    PathIds(client, secret): PathIds<ClientId, ClientSecretId>,
) -> Result<impl Responder> {
    view::retire_secret(&state, admin.actor(), None, (client, secret)).await
}

/// Revoke a program of the supplier
///
/// For good: its secrets get no token, and its tokens open nothing within five seconds, on every node.
#[utoipa::path(tag = "supplier", operation_id = "revokeClientOfSupplier", security(("bearer" = ["staff.manage"])), responses(
    (status = 200, body = ClientView, description = "The program", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/clients/{id}/revoke")]
pub async fn revoke(
    admin: Staff<MayManageStaff>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(client): PathId<ClientId>,
) -> Result<impl Responder> {
    view::revoke((&state, &access), admin.actor(), (None, client)).await
}
