//! The form on the desk that pays a rebate.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::RebateRequest;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::identity::caller::{Desk, MayKeepBooks};
use crate::identity::idempotency;
use crate::state::AppState;
use crate::web::components::address;
use crate::web::{Fields, Form, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "invoices/templates/desk_rebate_new.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    form: Form,
}

fn page(shell: &Shell, form: Form) -> Result<HttpResponse> {
    shell.page_with(form.status(), &FormPage { shell, form })
}

/// A form for a rebate
#[get("/desk/rebates/new")]
pub async fn ask(desk: Desk<MayKeepBooks>) -> Result<HttpResponse> {
    page(&desk.shell, Form::new(&desk.shell))
}

/// Pays a rebate
#[post("/desk/rebates")]
pub async fn settle(state: web::Data<AppState>, desk: Desk<MayKeepBooks>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let days = (form.day("from"), form.day("to"));
    let mut number = |name: &str| match form.value(name).is_empty() {
        true => None,
        false => form.number(name),
    };
    let (percent, net) = (number("percent"), number("net"));
    let (Some(from), Some(to)) = days else {
        return page(shell, form);
    };
    if form.is_refused() {
        return page(shell, form);
    }
    let request = RebateRequest {
        account: form.value("account").to_owned(),
        from,
        to,
        percent,
        net,
        note: form.filled("note"),
        again: form.has("again", "1"),
    };
    let sent = (form.fields().form_key()?, form.content());
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/rebates", sent.0, &sent.1)?;
    let (actor, account) = (desk.staff.actor(), request.account.clone());
    let write = move |tx: &mut Connection| super::settle(tx, &key, &request, &actor, now());
    match state.db.write(write).await {
        Ok((rebate, _)) => {
            let text = shell.t1("rebate-paid", "count", rebate.credit_notes.len());
            let to = address("/desk/credit-notes", [("account", account.as_str())]);
            Ok(see_other(to).flash(Tone::Ok, text).into())
        }
        Err(error) => page(shell, form.refused(shell, error)?),
    }
}
