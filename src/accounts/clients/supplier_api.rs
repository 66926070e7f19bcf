//! REST for supplier staff: the programs of an account that sign in by themselves.

use actix_web::web::Data;
use actix_web::{Responder, delete, get, patch, post};

use crate::accounts;
use crate::error::Result;
use crate::http::{Body, FollowedPage, IfMatch, List, Params, PathId, PathIds, PathIdsOfThree};
use crate::identity::caller::{Access, Confirmed, MayManagePeople, Staff};
use crate::identity::clients::shapes::{AddClient, ChangeClient, ClientView, ClientWithSecret};
use crate::identity::clients::view;
use crate::ids::{AccountId, ClientId, ClientSecretId};
use crate::state::AppState;

fn path(account: AccountId) -> String {
    format!("/supplier/accounts/{account}/clients")
}

/// The programs of an account
///
/// Whoever was added first comes first; revoked ones too.
#[utoipa::path(tag = "supplier", operation_id = "listClientsAsStaff", security(("bearer" = ["accounts.people"])), params(FollowedPage), responses(
    (status = 200, body = List<ClientView>, description = "A page of programs"),
))]
#[get("/supplier/accounts/{id}/clients")]
pub async fn list(
    _staff: Staff<MayManagePeople>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    params: Params<FollowedPage>,
) -> Result<impl Responder> {
    state.db.read(move |connection| accounts::get(connection, id)).await?;
    view::list(&state, Some(id), params.0).await
}

/// Add a program to an account
///
/// Its secret is shown once, in this answer; a program with public keys gets none. Needs a fresh proof of who asks.
#[utoipa::path(tag = "supplier", operation_id = "addClientAsStaff", security(("bearer" = ["accounts.people"])), request_body = AddClient, responses(
    (status = 201, body = ClientWithSecret, description = "Added"),
    (status = 409, description = "`too_many_clients`, `account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/accounts/{id}/clients")]
pub async fn add(
    staff: Confirmed<Staff<MayManagePeople>>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    body: Body<AddClient>,
) -> Result<impl Responder> {
    state
        .db
        .read(move |connection| accounts::get_open(connection, id))
        .await?;
    view::add(&state, staff.actor(), Some(id), &path(id), body.0).await
}

/// One program of an account
///
/// With its secrets in force, of which only the ends are known.
#[utoipa::path(tag = "supplier", operation_id = "getClientAsStaff", security(("bearer" = ["accounts.people"])), responses(
    (status = 200, body = ClientView, description = "The program", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/accounts/{id}/clients/{client}")]
pub async fn get(
    _staff: Staff<MayManagePeople>,
    state: Data<AppState>,
    PathIds(id, client): PathIds<AccountId, ClientId>,
) -> Result<impl Responder> {
    view::show(&state, Some(id), client).await
}

/// Change a program of an account
///
/// Narrower scopes and networks hold within five seconds, on every node. Needs a fresh proof of who asks.
#[utoipa::path(tag = "supplier", operation_id = "changeClientAsStaff", security(("bearer" = ["accounts.people"])), request_body = ChangeClient,
    params(("If-Match" = String, Header, description = "The program's ETag")), responses(
    (status = 200, body = ClientView, description = "The program", headers(("ETag" = String, description = "Wanted back by If-Match"))),
    (status = 409, description = "`client_revoked`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[patch("/supplier/accounts/{id}/clients/{client}")]
pub async fn change(
    staff: Confirmed<Staff<MayManagePeople>>,
    state: Data<AppState>,
    access: Data<Access>,
    PathIds(id, client): PathIds<AccountId, ClientId>,
    IfMatch(expected): IfMatch,
    body: Body<ChangeClient>,
) -> Result<impl Responder> {
    let ids = (Some(id), client);
    view::change((&state, &access), staff.actor(), ids, expected, body.0).await
}

/// Give a program of an account a new secret
///
/// Shown once, in this answer. Two are good at a time, so that a program moves from one to the next without a gap; a third is refused, naming the one to retire.
#[utoipa::path(tag = "supplier", operation_id = "addClientSecretAsStaff", security(("bearer" = ["accounts.people"])), responses(
    (status = 201, body = ClientWithSecret, description = "The program and the secret"),
    (status = 409, description = "`too_many_secrets`, `client_revoked`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/accounts/{id}/clients/{client}/secrets")]
pub async fn add_secret(
    staff: Confirmed<Staff<MayManagePeople>>,
    state: Data<AppState>,
    PathIds(id, client): PathIds<AccountId, ClientId>,
) -> Result<impl Responder> {
    view::add_secret(&state, staff.actor(), (Some(id), client), &path(id)).await
}

/// Retire a secret of a program of an account
///
/// It gets no token any more; those it got are good for the ten minutes they have.
#[utoipa::path(tag = "supplier", operation_id = "retireClientSecretAsStaff", security(("bearer" = ["accounts.people"])), responses(
    (status = 204, description = "Retired"),
))]
#[delete("/supplier/accounts/{id}/clients/{client}/secrets/{which}")]
pub async fn retire_secret(
    staff: Staff<MayManagePeople>,
    state: Data<AppState>,
    PathIdsOfThree(id, client, secret): PathIdsOfThree<AccountId, ClientId, ClientSecretId>,
) -> Result<impl Responder> {
    view::retire_secret(&state, staff.actor(), Some(id), (client, secret)).await
}

/// Revoke a program of an account
///
/// For good: its secrets get no token, and its tokens open nothing within five seconds, on every node.
#[utoipa::path(tag = "supplier", operation_id = "revokeClientAsStaff", security(("bearer" = ["accounts.people"])), responses(
    (status = 200, body = ClientView, description = "The program", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/accounts/{id}/clients/{client}/revoke")]
pub async fn revoke(
    staff: Staff<MayManagePeople>,
    state: Data<AppState>,
    access: Data<Access>,
    PathIds(id, client): PathIds<AccountId, ClientId>,
) -> Result<impl Responder> {
    view::revoke((&state, &access), staff.actor(), (Some(id), client)).await
}
