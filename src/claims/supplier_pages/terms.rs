//! How many days there are to answer claims of accounts that have no agreement of their own.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::claims::deciding;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::identity::caller::{Desk, MayManageAccounts, MayReadDesk};
use crate::state::AppState;
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/claim-terms";

#[derive(Template)]
#[template(path = "claims/templates/desk_terms.html")]
struct TermsPage<'a> {
    shell: &'a Shell,
    may_set: bool,
    days: i32,
    form: Form,
}

async fn page<R>(state: &AppState, desk: &Desk<R>, typed: Option<Form>) -> Result<HttpResponse> {
    let days = state.db.read(deciding::answer_days).await?;
    let shell = &desk.shell;
    let page = TermsPage {
        shell,
        may_set: desk.may::<MayManageAccounts>(),
        days,
        form: typed.unwrap_or_else(|| Form::of(shell, [("answer_days", days.to_string())])),
    };
    shell.page_with(page.form.status(), &page)
}

/// Days to answer claims
#[get("/desk/claim-terms")]
pub async fn show(state: web::Data<AppState>, desk: Desk<MayReadDesk>) -> Result<HttpResponse> {
    page(&state, &desk, None).await
}

/// Says how many
#[post("/desk/claim-terms")]
pub async fn set(state: web::Data<AppState>, desk: Desk<MayManageAccounts>, fields: Fields) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let mut form = Form::sent(shell, fields);
    let text = form.value("answer_days").to_owned();
    let Ok(days) = text.parse::<i32>() else {
        let fault = match text.is_empty() {
            true => shell.t("form-required"),
            false => shell.t1("form-number-bad", "typed", text.as_str()),
        };
        form.note("answer_days", fault);
        return page(&state, &desk, Some(form)).await;
    };
    let write = move |tx: &mut Connection| deciding::set_answer_days(tx, None, Some(days), &actor, now());
    match state.db.write(write).await {
        Ok(()) => Ok(see_other(PATH).flash(Tone::Ok, shell.t("claim-terms-saved")).into()),
        Err(error) => page(&state, &desk, Some(form.refused(shell, error)?)).await,
    }
}
