//! Returns in the portal: the list, and one with what is to come back, its label and what was found.

use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use super::Filter;
use super::api::print;
use super::rules::{Return, State};
use super::supplier_pages::RETURN;
use super::words::{self, Row};
use crate::claims::returns;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{Params, PathId};
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::ReturnId;
use crate::names::sets::Side;
use crate::state::AppState;
use crate::views;
use crate::web::export::{Export, READ_MAX};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Chip, Shell};

const PATH: &str = "/returns";

/// Which returns, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    q: String,
    state: String,
    cursor: Option<String>,
}

impl ListParams {
    fn filter(&self) -> Filter {
        Filter {
            state: State::from_name(&self.state),
            text: filled(&self.q),
            ..Filter::default()
        }
    }
}

const FILE: Export<Return> = Export {
    name: "returns",
    columns: &[RETURN],
};

fn row(shell: &Shell, returned: &Return) -> Vec<Cell> {
    let claim = match &returned.claim {
        Some((id, number)) => Cell::link(format!("/claims/{id}"), number),
        None => Cell::text(""),
    };
    vec![
        Cell::link(format!("{PATH}/{}", returned.id), &returned.number),
        Cell::text(shell.day(returned.announced_on)),
        Cell::mono(&returned.po_number),
        claim,
        Cell::link(
            format!("/shipments/{}", returned.shipment_id),
            returned.shipment_number.to_string(),
        ),
        Cell::chip(words::state_chip(shell, returned.state)),
    ]
}

/// My returns
#[get("/returns")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (shell, scope) = (&visitor.shell, Scope::Account(visitor.customer.account_id));
    let read = move |connection: &mut Connection, filter: &Filter, after, limit| {
        returns::list(connection, scope, filter, after, limit)
    };
    let cursor = params.cursor.as_deref();
    let part = Part::read(
        &state.db,
        cursor,
        params.filter(),
        |returned: &Return| returned.id,
        read,
    )
    .await?;
    let states = State::ALL.map(|state| (state.name().to_owned(), shell.name("return-state", state.name())));
    let list = List::new(shell, PATH)
        .by_text("q", "return-head", &params.q)
        .by_choice("state", "word-state", &params.state, "returns-any", states)
        .column("return-head", "id nowrap")
        .column("return-announced", "")
        .column("word-po-number", "p3")
        .column("claim-head", "p3")
        .column("word-delivery", "")
        .column("word-state", "")
        .rows(part.rows.iter().map(|returned| row(shell, returned)))
        .none("returns-none")
        .none_step("/claims", "returns-to-claims")
        .none_found("desk-returns-empty")
        .export()
        .counted("returns-shown", &part)
        .saved(views::of(&state.db, visitor.customer.person_id, PATH).await?);
    ListPage::new("returns", list).below("/claims", "claims").answer()
}

/// The returns of the list as a file
#[get("/returns/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    request: HttpRequest,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (filter, scope) = (params.filter(), Scope::Account(visitor.customer.account_id));
    let read = move |connection: &mut _| returns::list(connection, scope, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &visitor.shell, &request, rows).await
}

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
