//! One return in the portal: what is to come back, its label, what was found.

use actix_web::{HttpResponse, get, web};
use askama::Template;

use super::api::print;
use super::rules::Return;
use super::words::{self, Row};
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::ReturnId;
use crate::names::sets::Side;
use crate::state::AppState;
use crate::web::{Chip, Shell};

#[derive(Template)]
#[template(path = "claims/templates/return.html")]
struct ReturnPage<'a> {
    shell: &'a Shell,
    link: String,
    returned: &'a Return,
    chip: Chip,
    announced: String,
    rows: Vec<Row>,
    is_inspected: bool,
}

/// One of my returns
#[get("/returns/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ReturnId>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| super::get(connection, account_id, id);
    let returned = state.db.read(read).await?;
    let shell = &visitor.shell;
    shell.page(&ReturnPage {
        shell,
        link: format!("/returns/{id}"),
        chip: words::state_chip(shell, returned.state),
        announced: shell.day(returned.announced_on),
        rows: words::rows(shell, &returned, Side::Account),
        is_inspected: returned.inspected_at.is_some(),
        returned: &returned,
    })
}

/// The label of a return
#[get("/returns/{id}/pdf")]
pub async fn print_label(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ReturnId>,
) -> Result<HttpResponse> {
    print(&state, visitor.customer.account_id, id).await
}
