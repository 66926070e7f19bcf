//! The sandbox of an account on the desk: staff make it, bring it up to date, begin it anew and close it, and see what the
//! account's programs have shown.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::pages::{Shown, shown};
use super::view::{self, looking_in};
use crate::accounts;
use crate::accounts::sandboxes::SandboxRow;
use crate::accounts::words::{Head, Reader};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Database;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayManageAccounts};
use crate::ids::AccountId;
use crate::state::AppState;
use crate::web::{Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "sandbox/templates/desk.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    head: Head,
    shown: Option<Shown>,
    may_keep: bool,
}

fn path(id: AccountId) -> String {
    format!("/desk/accounts/{id}/sandbox")
}

/// The sandbox of an account
#[get("/desk/accounts/{id}/sandbox")]
pub async fn show(state: Data<AppState>, desk: Reader, PathId(id): PathId<AccountId>) -> Result<HttpResponse> {
    let account = state.db.read(move |connection| accounts::get(connection, id)).await?;
    let shell = &desk.shell;
    let shown = match view::report(&state, id).await {
        Err(Error::NotFound) => None,
        report => {
            let report = report?;
            let (_, row) = view::of_account(&state, id).await?;
            Some(shown(shell, &row, report))
        }
    };
    let head = Head::new(&desk, &account, "sandbox");
    shell.page(&DeskPage {
        shell,
        may_keep: head.may_account,
        head,
        shown,
    })
}

type Work = fn(&Database, AccountId, &Actor, Timestamp) -> Result<SandboxRow>;

async fn keep(
    state: &AppState,
    desk: &Desk<MayManageAccounts>,
    id: AccountId,
    work: Work,
    told: &str,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let answer = match view::keep(state, id, desk.staff.actor(), work).await {
        Ok(_) => see_other(path(id)).flash(Tone::Ok, shell.t(told)),
        Err(error @ Error::Conflict { .. }) => see_other(path(id)).flash(Tone::Bad, shell.error_text(&error)),
        Err(error) => return Err(error),
    };
    Ok(answer.into())
}

/// Makes one
#[post("/desk/accounts/{id}/sandbox")]
pub async fn add(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    keep(&state, &desk, id, super::add, "sandbox-added").await
}

/// Brings it up to date
#[post("/desk/accounts/{id}/sandbox/refresh")]
pub async fn refresh(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    keep(&state, &desk, id, super::refresh, "sandbox-refreshed-now").await
}

/// Begins it anew
#[post("/desk/accounts/{id}/sandbox/reset")]
pub async fn reset(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    keep(&state, &desk, id, super::reset, "sandbox-reset-now").await
}

/// Closes it
#[post("/desk/accounts/{id}/sandbox/close")]
pub async fn close(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    keep(&state, &desk, id, super::close, "sandbox-closed").await
}

/// Leads the reader into the sandbox
#[post("/desk/accounts/{id}/sandbox/look-in")]
pub async fn look_in(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    let (sandbox, _) = view::of_account(&state, id).await?;
    let roles = desk.staff.roles.iter().map(|role| role.name()).collect();
    let cookie = looking_in::begin(&state, &sandbox, (desk.staff.person_id, None), roles).await?;
    let mut answer: HttpResponse = see_other("/desk").into();
    answer.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(answer)
}
