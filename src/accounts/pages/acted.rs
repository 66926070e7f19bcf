//! Who of the supplier acted for the account, when and why.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Deserialize;

use crate::db::Connection;
use crate::error::Result;
use crate::identity::acting::{self, Acted};
use crate::identity::caller::{MayRead, Visitor};
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};

const PATH: &str = "/account/acted-for";

/// Where the list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

const FILE: Export<Acted> = Export {
    name: "acted-for",
    columns: &[&[
        ("started_at", |acted| Value::Moment(acted.started_at)),
        ("until", |acted| Value::Moment(acted.until)),
        ("staff", |acted| Value::text(&acted.staff)),
        ("reason", |acted| Value::text(&acted.reason)),
    ]],
};

/// Who acted for the account
#[get("/account/acted-for")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (shell, account_id) = (&visitor.shell, visitor.customer.account_id);
    let read = |connection: &mut _, account_id: &_, before, limit| acting::list(connection, *account_id, before, limit);
    let part = Part::read(
        &state.db,
        params.cursor.as_deref(),
        account_id,
        |acted: &Acted| acted.id,
        read,
    )
    .await?;
    let row = |acted: &Acted| {
        vec![
            Cell::text(shell.moment(acted.started_at)),
            Cell::text(shell.moment(acted.until)),
            Cell::text(&acted.staff),
            Cell::text(&acted.reason),
        ]
    };
    let list = List::new(shell, PATH)
        .column("word-from", "id")
        .column("acting-until", "")
        .column("word-who", "")
        .column("word-why", "")
        .rows(part.rows.iter().map(row))
        .none("acting-none")
        .export()
        .counted("acting-shown", &part);
    ListPage::new("acting-list", list)
        .below("/account", "nav-account")
        .lead("acting-list-text")
        .answer()
}

/// The same as a file
#[get("/account/acted-for/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| acting::list(connection, account_id, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &visitor.shell, &request, rows).await
}
