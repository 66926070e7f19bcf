//! Invoices of all accounts, the newest first.

use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::accounts;
use crate::clock::{day_in, now};
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::Page;
use crate::identity::caller::{Desk, MayReadDesk};
use crate::invoices::rules::listing::View;
use crate::invoices::rules::{Invoice, State};
use crate::invoices::{self, Filter, Keys, Sort, view};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::components::address;
use crate::web::list::{Cell, List, ListPage};
use crate::web::lists::Tab;

const PATH: &str = "/desk/invoices";
const VIEWS: [&str; 5] = ["", "overdue", "open", "part_paid", "paid"];

/// Which invoices, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    view: String,
    account: String,
    q: String,
    sort: String,
    cursor: String,
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
        Cell::text(shell.day(invoice.due_on)).and_under(view::due(shell, invoice, today)),
        Cell::text(shell.money(invoice.gross)),
        Cell::text(shell.money(invoice.open)),
        Cell::chip(view::state_chip(shell, invoice, today)),
    ]
}

/// Invoices
#[get("/desk/invoices")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let query = query.into_inner();
    let shell = &desk.shell;
    let view = VIEWS.into_iter().find(|view| *view == query.view).unwrap_or_default();
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let (account, text, cursor) = (filled(&query.account), filled(&query.q), filled(&query.cursor));
    let sort = match query.sort.as_str() {
        "oldest" => Sort::Oldest,
        "due" => Sort::Due,
        "due_last" => Sort::DueLast,
        _ => Sort::Newest,
    };
    // What is paid isn't due.
    let sort = if sort.is_by_due() && matches!(view, "" | "paid") {
        Sort::Newest
    } else {
        sort
    };
    let marks = (view, account.clone(), text.clone(), sort);
    let page = Page::shown(cursor.clone());
    let (after, fetch): (Option<Keys>, _) = (page.after(&marks)?, page.fetch());
    let asked = (account.clone(), text.clone());
    let read = move |connection: &mut _| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        let of_view = if view == "overdue" { View::Overdue } else { View::All };
        let (account, text) = asked.clone();
        let filter = Filter {
            state: State::from_name(view),
            account,
            text,
            ..of_view.filter(today)
        };
        let found = invoices::list(connection, Scope::All, &filter, sort, after.as_ref(), fetch)?;
        Ok((found, today))
    };
    let (found, today) = state.db.read(read).await?;
    let (found, next) = page.cut(&marks, found, Keys::of)?;
    let (code, text) = (account.unwrap_or_default(), text.unwrap_or_default());
    let tab = |name: &'static str| {
        let key = if name.is_empty() { "all" } else { name };
        Tab {
            path: address(PATH, [("view", name), ("account", code.as_str()), ("q", text.as_str())]),
            text: shell.name("desk-invoices-view", key),
            count: String::new(),
            is_current: name == view,
        }
    };
    let shown = shell.t1("desk-invoices-shown", "count", found.len());
    let mut list = List::new(shell, PATH)
        .keep("view", view)
        .sorted(sort.name())
        .by_text("q", "desk-filter-invoices", &text)
        .by_text("account", "desk-filter-account", &code)
        .column("desk-invoice", "id nowrap")
        .column("desk-account", "")
        .column("desk-order", "")
        .sorting_column("desk-issued-on", "p3", ("oldest", "newest"));
    list = match view {
        "" | "paid" => list.column("desk-due", ""),
        _ => list.sorting_column("desk-due", "", ("due", "due_last")),
    };
    let list = list
        .column("desk-gross", "num p3")
        .column("desk-open-amount", "num")
        .column("desk-state", "")
        .rows(found.iter().map(|invoice| row(shell, invoice, today)))
        .none("desk-invoices-empty")
        .none_found("desk-invoices-none-found")
        .pages(shown, cursor.as_deref(), next.as_deref())
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("desk-invoices", list)
        .action("/desk/shipments?view=to_invoice", "desk-to-invoice")
        .tabs(VIEWS.map(tab))
        .answer()
}
