//! Invoices of all accounts, the newest first.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::accounts;
use crate::clock::{day_in, now};
use crate::db::seek::Scope;
use crate::error::Result;
use crate::identity::caller::{Desk, MayReadDesk};
use crate::invoices::pages::list::INVOICE;
use crate::invoices::rules::listing::View;
use crate::invoices::rules::{Invoice, State};
use crate::invoices::{self, Filter, Keys, Sort, words};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;

const PATH: &str = "/desk/invoices";
const VIEWS: [&str; 5] = ["", "overdue", "open", "part_paid", "paid"];

/// Which invoices, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    account: String,
    q: String,
    sort: String,
    cursor: Option<String>,
}

impl ListParams {
    fn view(&self) -> &'static str {
        VIEWS.into_iter().find(|view| *view == self.view).unwrap_or_default()
    }

    /// What is paid isn't due.
    fn sort(&self) -> Sort {
        let by_due = !matches!(self.view(), "" | "paid");
        match self.sort.as_str() {
            "oldest" => Sort::Oldest,
            "due" if by_due => Sort::Due,
            "due_last" if by_due => Sort::DueLast,
            _ => Sort::Newest,
        }
    }

    fn filter(&self, today: NaiveDate) -> Filter {
        let of_view = if self.view() == "overdue" {
            View::Overdue
        } else {
            View::All
        };
        Filter {
            state: State::from_name(self.view()),
            account: filled(&self.account),
            text: filled(&self.q),
            ..of_view.filter(today)
        }
    }
}

fn row(shell: &Shell, invoice: &Invoice, today: NaiveDate) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", invoice.id), &invoice.number),
        Cell::text(&invoice.buyer.address.name),
        Cell::link(
            format!("/desk/orders/{}", invoice.order_id),
            invoice.order_number.to_string(),
        ),
        Cell::text(shell.day(invoice.issued_on)),
        Cell::text(shell.day(invoice.due_on)).and_under(words::due(shell, invoice, today)),
        Cell::text(shell.money(invoice.gross)),
        Cell::text(shell.money(invoice.open)),
        Cell::chip(words::state_chip(shell, invoice, today)),
    ]
}

const FILE: Export<Invoice> = Export {
    name: "invoices",
    columns: &[
        &[
            ("account", |invoice| Value::text(&invoice.buyer.code)),
            ("account_name", |invoice| Value::text(&invoice.buyer.address.name)),
        ],
        INVOICE,
    ],
};

async fn today(state: &AppState) -> Result<NaiveDate> {
    Ok(day_in(state.db.read(accounts::supplier_zone).await?, now()))
}

/// Invoices
#[get("/desk/invoices")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (shell, view, sort) = (&desk.shell, params.view(), params.sort());
    let today = today(&state).await?;
    let part = Part::read(
        &state.db,
        params.cursor.as_deref(),
        (params.filter(today), sort),
        Keys::of,
        |connection, (filter, sort), after: Option<Keys>, limit| {
            invoices::list(connection, Scope::All, filter, *sort, after, limit)
        },
    )
    .await?;
    let mut list = List::new(shell, PATH)
        .keep("view", view)
        .sorted(sort.name())
        .by_text("q", "desk-filter-invoices", &params.q)
        .by_text("account", "desk-filter-account", &params.account)
        .column("word-invoice", "id nowrap")
        .column("word-account", "")
        .column("word-order", "")
        .sorting_column("word-issued", "p3", ("oldest", "newest"));
    list = match view {
        "" | "paid" => list.column("word-due", ""),
        _ => list.sorting_column("word-due", "", ("due", "due_last")),
    };
    let list = list
        .column("desk-gross", "num p3")
        .column("word-open", "num")
        .column("word-state", "")
        .rows(part.rows.iter().map(|invoice| row(shell, invoice, today)))
        .none("desk-invoices-empty")
        .none_found("desk-invoices-none-found")
        .export()
        .counted("desk-invoices-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("invoices", list)
        .action("/desk/shipments?view=to_invoice", "desk-to-invoice")
        .views("desk-invoices-view", &VIEWS)
        .answer()
}

/// The invoices of the list as a file
#[get("/desk/invoices/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (filter, sort) = (params.filter(today(&state).await?), params.sort());
    let read = move |connection: &mut _| invoices::list(connection, Scope::All, &filter, sort, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}
