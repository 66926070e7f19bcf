//! The supplier's own programs on the desk.

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};
use serde::Deserialize;

use super::words::{self, Place};
use crate::error::Result;
use crate::http::{PathId, PathIds};
use crate::identity::caller::{Access, Confirmed, Desk, MayManageStaff};
use crate::ids::{ClientId, ClientSecretId};
use crate::state::AppState;
use crate::web::list::ListPage;
use crate::web::{Fields, Shell};

const PATH: &str = "/desk/clients";

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

fn place(shell: &Shell) -> Place {
    Place {
        owner: None,
        path: PATH.to_owned(),
        above: vec![("/desk/staff".to_owned(), shell.t("nav-staff"))],
        notice: None,
        to_confirm: None,
    }
}

/// The programs
#[get("/desk/clients")]
pub async fn list(
    state: Data<AppState>,
    desk: Desk<MayManageStaff>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let place = place(&desk.shell);
    let part = words::read(&state, place.owner, params.cursor.as_deref()).await?;
    ListPage::new("clients", words::list(&desk.shell, &place, &part))
        .below("/desk/staff", "nav-staff")
        .lead("clients-of-supplier-text")
        .primary("/desk/clients/new", "client-new")
        .answer()
}

/// The form for a new one
#[get("/desk/clients/new")]
pub async fn new(desk: Desk<MayManageStaff>) -> Result<HttpResponse> {
    let place = place(&desk.shell);
    words::new(&desk.shell, &place, None)
}

/// Adds one
#[post("/desk/clients")]
pub async fn add(state: Data<AppState>, desk: Confirmed<Desk<MayManageStaff>>, fields: Fields) -> Result<HttpResponse> {
    let place = place(&desk.shell);
    words::add(&state, &desk.shell, desk.staff.actor(), &place, fields).await
}

/// One of them
#[get("/desk/clients/{id}")]
pub async fn show(
    state: Data<AppState>,
    desk: Desk<MayManageStaff>,
    PathId(client): PathId<ClientId>,
) -> Result<HttpResponse> {
    let place = place(&desk.shell);
    words::one(&state, &desk.shell, &place, client, None, None).await
}

/// Changes one
#[post("/desk/clients/{id}")]
pub async fn change(
    state: Data<AppState>,
    access: Data<Access>,
    desk: Confirmed<Desk<MayManageStaff>>,
    PathId(client): PathId<ClientId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let place = place(&desk.shell);
    words::change(
        (&state, &access),
        &desk.shell,
        desk.staff.actor(),
        (&place, client),
        fields,
    )
    .await
}

/// Gives one a new secret
#[post("/desk/clients/{id}/secrets")]
pub async fn add_secret(
    state: Data<AppState>,
    desk: Confirmed<Desk<MayManageStaff>>,
    PathId(client): PathId<ClientId>,
) -> Result<HttpResponse> {
    let place = place(&desk.shell);
    words::add_secret(&state, &desk.shell, desk.staff.actor(), &place, client).await
}

/// Retires a secret
#[post("/desk/clients/{id}/secrets/{which}/retire")]
pub async fn retire_secret(
    state: Data<AppState>,
    desk: Desk<MayManageStaff>,
    PathIds(client, secret): PathIds<ClientId, ClientSecretId>,
) -> Result<HttpResponse> {
    let place = place(&desk.shell);
    words::retire_secret(&state, &desk.shell, desk.staff.actor(), &place, (client, secret)).await
}

/// Asks whether one shall end
#[get("/desk/clients/{id}/revoke")]
pub async fn ask_revoke(
    state: Data<AppState>,
    desk: Desk<MayManageStaff>,
    PathId(client): PathId<ClientId>,
) -> Result<HttpResponse> {
    let place = place(&desk.shell);
    words::ask_revoke(&state, &desk.shell, &place, client).await
}

/// Ends one
#[post("/desk/clients/{id}/revoke")]
pub async fn revoke(
    state: Data<AppState>,
    access: Data<Access>,
    desk: Desk<MayManageStaff>,
    PathId(client): PathId<ClientId>,
) -> Result<HttpResponse> {
    let place = place(&desk.shell);
    words::revoke((&state, &access), &desk.shell, desk.staff.actor(), &place, client).await
}
