//! The programs of my account on its pages.

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};
use serde::Deserialize;

use crate::error::Result;
use crate::http::{PathId, PathIds};
use crate::identity::caller::{Access, Confirmed, MayManage, Visitor};
use crate::identity::clients::words::{self, Place};
use crate::ids::{ClientId, ClientSecretId};
use crate::state::AppState;
use crate::web::Fields;
use crate::web::list::ListPage;

const PATH: &str = "/clients";

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

fn place(visitor: &Visitor<MayManage>) -> Place {
    Place {
        owner: Some(visitor.customer.account_id),
        path: PATH.to_owned(),
        above: vec![("/account".to_owned(), visitor.shell.t("nav-account"))],
        notice: None,
        to_confirm: None,
    }
}

/// The programs
#[get("/clients")]
pub async fn list(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let place = place(&visitor);
    let part = words::read(&state, place.owner, params.cursor.as_deref()).await?;
    ListPage::new("clients", words::list(&visitor.shell, &place, &part))
        .among(PATH)
        .lead("clients-text")
        .primary("/clients/new", "client-new")
        .answer()
}

/// The form for a new one
#[get("/clients/new")]
pub async fn new(visitor: Visitor<MayManage>) -> Result<HttpResponse> {
    let place = place(&visitor);
    words::new(&visitor.shell, &place, None)
}

/// Adds one
#[post("/clients")]
pub async fn add(
    state: Data<AppState>,
    visitor: Confirmed<Visitor<MayManage>>,
    fields: Fields,
) -> Result<HttpResponse> {
    let place = place(&visitor);
    words::add(&state, &visitor.shell, visitor.customer.actor(), &place, fields).await
}

/// One of them
#[get("/clients/{id}")]
pub async fn show(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(client): PathId<ClientId>,
) -> Result<HttpResponse> {
    let place = place(&visitor);
    words::one(&state, &visitor.shell, &place, client, None, None).await
}

/// Changes one
#[post("/clients/{id}")]
pub async fn change(
    state: Data<AppState>,
    access: Data<Access>,
    visitor: Confirmed<Visitor<MayManage>>,
    PathId(client): PathId<ClientId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let place = place(&visitor);
    words::change(
        (&state, &access),
        &visitor.shell,
        visitor.customer.actor(),
        (&place, client),
        fields,
    )
    .await
}

/// Gives one a new secret
#[post("/clients/{id}/secrets")]
pub async fn add_secret(
    state: Data<AppState>,
    visitor: Confirmed<Visitor<MayManage>>,
    PathId(client): PathId<ClientId>,
) -> Result<HttpResponse> {
    let place = place(&visitor);
    words::add_secret(&state, &visitor.shell, visitor.customer.actor(), &place, client).await
}

/// Retires a secret
#[post("/clients/{id}/secrets/{which}/retire")]
pub async fn retire_secret(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathIds(client, secret): PathIds<ClientId, ClientSecretId>,
) -> Result<HttpResponse> {
    let place = place(&visitor);
    words::retire_secret(
        &state,
        &visitor.shell,
        visitor.customer.actor(),
        &place,
        (client, secret),
    )
    .await
}

/// Asks whether one shall end
#[get("/clients/{id}/revoke")]
pub async fn ask_revoke(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(client): PathId<ClientId>,
) -> Result<HttpResponse> {
    let place = place(&visitor);
    words::ask_revoke(&state, &visitor.shell, &place, client).await
}

/// Ends one
#[post("/clients/{id}/revoke")]
pub async fn revoke(
    state: Data<AppState>,
    access: Data<Access>,
    visitor: Visitor<MayManage>,
    PathId(client): PathId<ClientId>,
) -> Result<HttpResponse> {
    let place = place(&visitor);
    words::revoke(
        (&state, &access),
        &visitor.shell,
        visitor.customer.actor(),
        &place,
        client,
    )
    .await
}
