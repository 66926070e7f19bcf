//! Beginning and ending to act for an account.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::Head;
use crate::accounts;
use crate::accounts::acting as act;
use crate::clock;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::acting;
use crate::identity::caller::{Access, Anyone, Confirmed, Desk, MayManagePeople};
use crate::ids::AccountId;
use crate::state::AppState;
use crate::web::{Fields, Form, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "accounts/templates/act_for.html")]
struct ActForPage<'a> {
    shell: &'a Shell,
    head: Head,
    form: Form,
}

async fn page(state: &AppState, desk: &Desk<MayManagePeople>, id: AccountId, form: Form) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| accounts::get(connection, id);
    let account = state.db.read(read).await?;
    let page = ActForPage {
        shell: &desk.shell,
        head: Head::new(desk, &account, ""),
        form,
    };
    desk.shell.page_with(page.form.status(), &page)
}

/// Asks why
#[get("/desk/accounts/{id}/act-for")]
pub async fn ask(
    state: web::Data<AppState>,
    desk: Desk<MayManagePeople>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    page(&state, &desk, id, Form::default()).await
}

/// Begins to act for the account
#[post("/desk/accounts/{id}/act-for")]
pub async fn start(
    state: web::Data<AppState>,
    access: web::Data<Access>,
    desk: Confirmed<Desk<MayManagePeople>>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (editor, session_id) = (desk.staff.editor(), desk.session_id);
    let session = (session_id, desk.staff.person_id);
    let reason = fields.get("reason").to_owned();
    let started = state
        .db
        .write(move |tx| act::start(tx, &editor, session, id, &reason, clock::now()))
        .await;
    match started {
        Ok(()) => {
            access.sessions.forget(session_id).await;
            Ok(see_other("/").into())
        }
        Err(error) => {
            let form = Form::sent(&desk.shell, fields).refused(&desk.shell, error)?;
            page(&state, &desk, id, form).await
        }
    }
}

/// Stops acting
#[post("/stop-acting")]
pub async fn stop(state: web::Data<AppState>, access: web::Data<Access>, anyone: Anyone) -> Result<HttpResponse> {
    let (actor, session_id) = (anyone.caller.actor(), anyone.caller.session_id);
    let stopped = state
        .db
        .write(move |tx| acting::stop(tx, &actor, &[session_id], clock::now()))
        .await?;
    access.sessions.forget(session_id).await;
    match stopped {
        Some(id) => {
            let text = anyone.shell.t("acting-stopped");
            Ok(see_other(format!("/desk/accounts/{id}")).flash(Tone::Ok, text).into())
        }
        None => Ok(see_other("/").into()),
    }
}
