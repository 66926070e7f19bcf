//! Pick lists on the desk: on screen, as a file, on paper.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Deserialize;

use super::rules::{Filter, Pick, Sort};
use crate::accounts::windows;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::identity::caller::{Desk, MayReadDesk};
use crate::shipments::picking;
use crate::state::AppState;
use crate::views;
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Shell, Tone, see_other};

const PATH: &str = "/desk/pick-list";
const VIEWS: [&str; 2] = ["", "location"];

/// Which lines, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    warehouse: String,
    account: String,
    cursor: Option<String>,
}

impl ListParams {
    fn filter(&self) -> Filter {
        Filter {
            warehouse: filled(&self.warehouse),
            account: filled(&self.account),
            sort: Sort::from_name(&self.view).unwrap_or_default(),
        }
    }

    fn view(&self) -> &'static str {
        VIEWS.into_iter().find(|view| *view == self.view).unwrap_or_default()
    }
}

const FILE: Export<Pick> = Export {
    name: "pick-list",
    columns: &[&[
        ("warehouse", |pick| Value::text(&pick.warehouse)),
        ("location", |pick| Value::maybe(pick.location.as_ref(), Value::text)),
        ("sku", |pick| Value::text(&pick.sku)),
        ("name", |pick| Value::text(&pick.name)),
        ("quantity", |pick| Value::text(pick.quantity.ordered.to_string())),
        ("unit", |pick| Value::text(&pick.unit)),
        ("order_number", |pick| Value::text(pick.order_number.to_string())),
        ("position", |pick| Value::number(pick.keys.position)),
        ("po_number", |pick| Value::text(&pick.po_number)),
        ("account", |pick| Value::text(&pick.account.0)),
        ("ship_to", |pick| Value::text(&pick.ship_to)),
        ("requested_date", |pick| Value::maybe(pick.requested_on, Value::Day)),
    ]],
};

fn row(shell: &Shell, pick: &Pick, windows: Option<String>) -> Vec<Cell> {
    vec![
        Cell::mono(pick.location.as_deref().unwrap_or_default()).and_under(pick.warehouse.clone()),
        Cell::mono(&pick.sku).and_under(pick.name.clone()),
        Cell::text(shell.quantity(pick.quantity.ordered, &pick.unit_code)),
        Cell::link(
            format!("/desk/orders/{}", pick.keys.order_id),
            pick.order_number.to_string(),
        )
        .and_under(pick.po_number.clone()),
        Cell::text(&pick.account.1).and_under(pick.ship_to.clone()),
        Cell::text(pick.requested_on.map(|on| shell.day(on)).unwrap_or_default())
            .and_under(windows.unwrap_or_default()),
    ]
}

/// What is to be picked
#[get("/desk/pick-list")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let (part, windows) = Part::read_with(
        &state.db,
        params.cursor.as_deref(),
        params.filter(),
        |pick: &Pick| pick.keys.clone(),
        |connection, filter: &Filter, after, limit| picking::list_with_windows(connection, filter, after, limit),
    )
    .await?;
    let text = |pick: &Pick| {
        let windows = windows.get(&pick.site_id)?;
        windows::text(windows, shell.language)
    };
    let list = List::new(shell, PATH)
        .keep("view", params.view())
        .by_text("warehouse", "pick-warehouse", &params.warehouse)
        .by_text("account", "desk-filter-account", &params.account)
        .column("pick-location", "id")
        .column("line-product", "")
        .column("word-quantity", "")
        .column("word-order", "")
        .column("word-account", "")
        .column("pick-wanted", "p3")
        .rows(part.rows.iter().map(|pick| row(shell, pick, text(pick))))
        .none("pick-none")
        .none_found("pick-none-found")
        .export()
        .counted("pick-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    let mut page = ListPage::new("pick-list", list)
        .views("pick-view", &VIEWS)
        .action("/desk/consignments", "consignments");
    if !params.warehouse.trim().is_empty() {
        let paper = address(
            "/desk/pick-list/pdf",
            [
                ("warehouse", params.warehouse.trim()),
                ("account", params.account.trim()),
                ("view", params.view()),
            ],
        );
        page = page.action(&paper, "pick-print");
    }
    page.answer()
}

/// The lines of the list as a file
#[get("/desk/pick-list/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let read = move |connection: &mut Connection| picking::list(connection, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// The list of a warehouse on paper
#[get("/desk/pick-list/pdf")]
pub async fn print(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (filter, language) = (params.filter(), desk.shell.language);
    let read = move |connection: &mut Connection| picking::paper(connection, &filter, language, now());
    match state.print(read).await {
        Ok(pdf) => Ok(pdf.into()),
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) => {
            let text = desk.shell.error_text(&error);
            Ok(see_other(PATH).flash(Tone::Warn, text).into())
        }
        Err(error) => Err(error),
    }
}
