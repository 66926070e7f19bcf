//! The programs of an account on the desk.

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use crate::accounts;
use crate::accounts::rules::Account;
use crate::accounts::sandboxes;
use crate::accounts::sandboxes::rules::{Scenario, open};
use crate::accounts::supplier_pages::Head;
use crate::error::Result;
use crate::http::{PathId, PathIds, PathIdsOfThree};
use crate::identity::caller::{Access, Confirmed, Desk, MayManagePeople};
use crate::identity::clients::words::{self, Place};
use crate::ids::{AccountId, ClientId, ClientSecretId};
use crate::state::AppState;
use crate::web::list::List;
use crate::web::{Banner, Fields, Shell, Tone};

#[derive(Template)]
#[template(path = "accounts/templates/clients.html")]
struct ClientsPage<'a> {
    shell: &'a Shell,
    head: Head,
    new: String,
    notice: Option<Banner>,
    clients: List<'a>,
}

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

async fn account(state: &AppState, id: AccountId) -> Result<Account> {
    state.db.read(move |connection| accounts::get(connection, id)).await
}

async fn place(state: &AppState, shell: &Shell, id: AccountId) -> Result<Place> {
    let account = account(state, id).await?;
    let of_account = format!("/desk/accounts/{id}");
    let sandbox = state
        .db
        .read(move |connection| sandboxes::find_of(connection, id))
        .await?;
    let (notice, to_confirm) = standing(shell, sandbox.map(|row| open(&row.passed)));
    Ok(Place {
        notice: Some(notice),
        to_confirm,
        owner: Some(id),
        path: format!("{of_account}/clients"),
        above: vec![
            ("/desk/accounts".to_owned(), shell.t("nav-accounts")),
            (of_account, account.name),
        ],
    })
}

/// What is known of the account's programs, and what has to be confirmed where they are not ready.
fn standing(shell: &Shell, open: Option<Vec<Scenario>>) -> (Banner, Option<String>) {
    match open.as_deref() {
        None => (Banner::new(Tone::Neutral, shell.t("sandbox-programs-none")), None),
        Some([]) => (Banner::new(Tone::Ok, shell.t("sandbox-programs-ready")), None),
        Some(open) => {
            let names: Vec<_> = open
                .iter()
                .map(|one| shell.name("sandbox-scenario", one.name()))
                .collect();
            let text = shell.t1("sandbox-programs-open", "scenarios", names.join("; "));
            (Banner::new(Tone::Warn, text), Some(shell.t("sandbox-programs-confirm")))
        }
    }
}

/// The programs
#[get("/desk/accounts/{id}/clients")]
pub async fn list(
    state: Data<AppState>,
    desk: Desk<MayManagePeople>,
    PathId(id): PathId<AccountId>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let account = account(&state, id).await?;
    let place = place(&state, &desk.shell, id).await?;
    let part = words::read(&state, place.owner, params.cursor.as_deref()).await?;
    let page = ClientsPage {
        shell: &desk.shell,
        head: Head::new(&desk, &account, "clients"),
        new: format!("{}/new", place.path),
        notice: place.notice.clone(),
        clients: words::list(&desk.shell, &place, &part).headed("clients-heading", "clients"),
    };
    desk.shell.page(&page)
}

/// The form for a new one
#[get("/desk/accounts/{id}/clients/new")]
pub async fn new(
    state: Data<AppState>,
    desk: Desk<MayManagePeople>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    state
        .db
        .read(move |connection| accounts::get_open(connection, id))
        .await?;
    let place = place(&state, &desk.shell, id).await?;
    words::new(&desk.shell, &place, None)
}

/// Adds one
#[post("/desk/accounts/{id}/clients")]
pub async fn add(
    state: Data<AppState>,
    desk: Confirmed<Desk<MayManagePeople>>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    state
        .db
        .read(move |connection| accounts::get_open(connection, id))
        .await?;
    let place = place(&state, &desk.shell, id).await?;
    words::add(&state, &desk.shell, desk.staff.actor(), &place, fields).await
}

/// One of them
#[get("/desk/accounts/{id}/clients/{client}")]
pub async fn show(
    state: Data<AppState>,
    desk: Desk<MayManagePeople>,
    PathIds(id, client): PathIds<AccountId, ClientId>,
) -> Result<HttpResponse> {
    let place = place(&state, &desk.shell, id).await?;
    words::one(&state, &desk.shell, &place, client, None, None).await
}

/// Changes one
#[post("/desk/accounts/{id}/clients/{client}")]
pub async fn change(
    state: Data<AppState>,
    access: Data<Access>,
    desk: Confirmed<Desk<MayManagePeople>>,
    PathIds(id, client): PathIds<AccountId, ClientId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let place = place(&state, &desk.shell, id).await?;
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
#[post("/desk/accounts/{id}/clients/{client}/secrets")]
pub async fn add_secret(
    state: Data<AppState>,
    desk: Confirmed<Desk<MayManagePeople>>,
    PathIds(id, client): PathIds<AccountId, ClientId>,
) -> Result<HttpResponse> {
    let place = place(&state, &desk.shell, id).await?;
    words::add_secret(&state, &desk.shell, desk.staff.actor(), &place, client).await
}

/// Retires a secret
#[post("/desk/accounts/{id}/clients/{client}/secrets/{which}/retire")]
pub async fn retire_secret(
    state: Data<AppState>,
    desk: Desk<MayManagePeople>,
    PathIdsOfThree(id, client, secret): PathIdsOfThree<AccountId, ClientId, ClientSecretId>,
) -> Result<HttpResponse> {
    let place = place(&state, &desk.shell, id).await?;
    words::retire_secret(&state, &desk.shell, desk.staff.actor(), &place, (client, secret)).await
}

/// Asks whether one shall end
#[get("/desk/accounts/{id}/clients/{client}/revoke")]
pub async fn ask_revoke(
    state: Data<AppState>,
    desk: Desk<MayManagePeople>,
    PathIds(id, client): PathIds<AccountId, ClientId>,
) -> Result<HttpResponse> {
    let place = place(&state, &desk.shell, id).await?;
    words::ask_revoke(&state, &desk.shell, &place, client).await
}

/// Ends one
#[post("/desk/accounts/{id}/clients/{client}/revoke")]
pub async fn revoke(
    state: Data<AppState>,
    access: Data<Access>,
    desk: Desk<MayManagePeople>,
    PathIds(id, client): PathIds<AccountId, ClientId>,
) -> Result<HttpResponse> {
    let place = place(&state, &desk.shell, id).await?;
    words::revoke((&state, &access), &desk.shell, desk.staff.actor(), &place, client).await
}
