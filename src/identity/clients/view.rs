//! What REST answers about programs, the same for those of accounts and the supplier's own.

use actix_web::HttpResponse;
use actix_web::web::Json;

use super::shapes::{AddClient, ChangeClient, ClientView, ClientWithSecret};
use super::{Change, Client, NewSecret};
use crate::audit::Actor;
use crate::clock;
use crate::db::changes::Followed;
use crate::error::Result;
use crate::http::{FollowedPage, List, created, etag};
use crate::identity::caller::Access;
use crate::identity::clients;
use crate::identity::rules::clients::Given;
use crate::ids::{AccountId, ClientId, ClientSecretId};
use crate::state::AppState;
use crate::version::Expected;

/// Whose programs: of an account, or the supplier's own.
pub type Owner = Option<AccountId>;

fn answer(client: Client) -> HttpResponse {
    let tag = etag(client.version);
    HttpResponse::Ok().insert_header(tag).json(ClientView::from(client))
}

/// Shown once, so nothing on the way keeps it.
fn with_secret(path: &str, (client, secret): (Client, Option<NewSecret>)) -> HttpResponse {
    let path = format!("/api/v1{path}/{}", client.id);
    created(Some(path), false, ClientWithSecret::new(client, secret))
}

/// A page of programs.
pub async fn list(state: &AppState, owner: Owner, params: FollowedPage) -> Result<Json<List<ClientView>>> {
    let page = params.page();
    let read = move |connection: &mut _, walk, rows_max| clients::list(connection, owner, walk, rows_max);
    let list = (Followed::of("clients", owner), &("clients", owner));
    let id = |client: &Client| client.id;
    Ok(Json(
        page.list(&state.db, list, read, (id, id, ClientView::from)).await?,
    ))
}

/// One of them.
pub async fn show(state: &AppState, owner: Owner, id: ClientId) -> Result<HttpResponse> {
    let read = move |connection: &mut _| clients::get(connection, owner, id);
    Ok(answer(state.db.read(read).await?))
}

/// Adds one; `path` is where they stand below the version.
pub async fn add(state: &AppState, actor: Actor, owner: Owner, path: &str, body: AddClient) -> Result<HttpResponse> {
    let given = Given::from(body);
    let write = move |tx: &mut _| clients::add(tx, &actor, owner, &given, clock::now());
    Ok(with_secret(path, state.db.write(write).await?))
}

/// Changes one.
pub async fn change(
    (state, access): (&AppState, &Access),
    actor: Actor,
    (owner, id): (Owner, ClientId),
    expected: Expected,
    body: ChangeClient,
) -> Result<HttpResponse> {
    let change = Change::from(body);
    let write = move |tx: &mut _| clients::change(tx, &actor, owner, id, &expected, &change, clock::now());
    let client = state.db.write(write).await?;
    access.clients.forget(id).await;
    Ok(answer(client))
}

/// Gives one a new secret.
pub async fn add_secret(
    state: &AppState,
    actor: Actor,
    (owner, id): (Owner, ClientId),
    path: &str,
) -> Result<HttpResponse> {
    let write = move |tx: &mut _| clients::add_secret(tx, &actor, owner, id, clock::now());
    let (client, secret) = state.db.write(write).await?;
    Ok(with_secret(path, (client, Some(secret))))
}

/// Takes a secret back.
pub async fn retire_secret(
    state: &AppState,
    actor: Actor,
    owner: Owner,
    ids: (ClientId, ClientSecretId),
) -> Result<HttpResponse> {
    let write = move |tx: &mut _| clients::retire_secret(tx, &actor, owner, ids, clock::now());
    state.db.write(write).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ends one.
pub async fn revoke(
    (state, access): (&AppState, &Access),
    actor: Actor,
    (owner, id): (Owner, ClientId),
) -> Result<HttpResponse> {
    let write = move |tx: &mut _| clients::revoke(tx, &actor, owner, id, clock::now());
    let client = state.db.write(write).await?;
    access.clients.forget(id).await;
    Ok(answer(client))
}
