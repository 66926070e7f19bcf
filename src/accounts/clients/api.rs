//! REST: the programs of my account that sign in by themselves.

use actix_web::web::Data;
use actix_web::{Responder, delete, get, patch, post};

use crate::error::Result;
use crate::http::{Body, FollowedPage, IfMatch, List, Params, PathId, PathIds};
use crate::identity::caller::{Access, Confirmed, Customer, MayManage};
use crate::identity::clients::shapes::{AddClient, ChangeClient, ClientView, ClientWithSecret};
use crate::identity::clients::view;
use crate::ids::{ClientId, ClientSecretId};
use crate::state::AppState;

const PATH: &str = "/clients";

/// The programs of my account
///
/// Whoever was added first comes first; revoked ones too.
#[utoipa::path(tag = "clients", operation_id = "listClients", security(("bearer" = ["account.manage"])), params(FollowedPage), responses(
    (status = 200, body = List<ClientView>, description = "A page of programs"),
))]
#[get("/clients")]
pub async fn list(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    params: Params<FollowedPage>,
) -> Result<impl Responder> {
    view::list(&state, Some(customer.account_id), params.0).await
}

/// Add a program to my account
///
/// Its secret is shown once, in this answer; a program with public keys gets none. Needs a fresh proof of who asks.
#[utoipa::path(tag = "clients", operation_id = "addClient", security(("bearer" = ["account.manage"])), request_body = AddClient, responses(
    (status = 201, body = ClientWithSecret, description = "Added"),
    (status = 409, description = "`too_many_clients`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/clients")]
pub async fn add(
    customer: Confirmed<Customer<MayManage>>,
    state: Data<AppState>,
    body: Body<AddClient>,
) -> Result<impl Responder> {
    view::add(&state, customer.actor(), Some(customer.account_id), PATH, body.0).await
}

/// One program of my account
///
/// With its secrets in force, of which only the ends are known.
#[utoipa::path(tag = "clients", operation_id = "getClient", security(("bearer" = ["account.manage"])), responses(
    (status = 200, body = ClientView, description = "The program", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/clients/{id}")]
pub async fn get(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    PathId(client): PathId<ClientId>,
) -> Result<impl Responder> {
    view::show(&state, Some(customer.account_id), client).await
}

/// Change a program of my account
///
/// Narrower scopes and networks hold within five seconds, on every node. Needs a fresh proof of who asks.
#[utoipa::path(tag = "clients", operation_id = "changeClient", security(("bearer" = ["account.manage"])), request_body = ChangeClient,
    params(("If-Match" = String, Header, description = "The program's ETag")), responses(
    (status = 200, body = ClientView, description = "The program", headers(("ETag" = String, description = "Wanted back by If-Match"))),
    (status = 409, description = "`client_revoked`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[patch("/clients/{id}")]
pub async fn change(
    customer: Confirmed<Customer<MayManage>>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(client): PathId<ClientId>,
    IfMatch(expected): IfMatch,
    body: Body<ChangeClient>,
) -> Result<impl Responder> {
    let ids = (Some(customer.account_id), client);
    view::change((&state, &access), customer.actor(), ids, expected, body.0).await
}

/// Give a program of my account a new secret
///
/// Shown once, in this answer. Two are good at a time, so that a program moves from one to the next without a gap; a third is refused, naming the one to retire.
#[utoipa::path(tag = "clients", operation_id = "addClientSecret", security(("bearer" = ["account.manage"])), responses(
    (status = 201, body = ClientWithSecret, description = "The program and the secret"),
    (status = 409, description = "`too_many_secrets`, `client_revoked`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/clients/{id}/secrets")]
pub async fn add_secret(
    customer: Confirmed<Customer<MayManage>>,
    state: Data<AppState>,
    PathId(client): PathId<ClientId>,
) -> Result<impl Responder> {
    view::add_secret(&state, customer.actor(), (Some(customer.account_id), client), PATH).await
}

/// Retire a secret of a program of my account
///
/// It gets no token any more; those it got are good for the ten minutes they have.
#[utoipa::path(tag = "clients", operation_id = "retireClientSecret", security(("bearer" = ["account.manage"])), responses(
    (status = 204, description = "Retired"),
))]
#[delete("/clients/{id}/secrets/{which}")]
pub async fn retire_secret(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    PathIds(client, secret): PathIds<ClientId, ClientSecretId>,
) -> Result<impl Responder> {
    view::retire_secret(&state, customer.actor(), Some(customer.account_id), (client, secret)).await
}

/// Revoke a program of my account
///
/// For good: its secrets get no token, and its tokens open nothing within five seconds, on every node.
#[utoipa::path(tag = "clients", operation_id = "revokeClient", security(("bearer" = ["account.manage"])), responses(
    (status = 200, body = ClientView, description = "The program", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/clients/{id}/revoke")]
pub async fn revoke(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(client): PathId<ClientId>,
) -> Result<impl Responder> {
    view::revoke((&state, &access), customer.actor(), (Some(customer.account_id), client)).await
}
