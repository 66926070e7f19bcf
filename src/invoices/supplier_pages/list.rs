//! Invoices of all accounts, the newest first.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::accounts;
use crate::clock::{day_in, now};
use crate::error::Result;
use crate::http::cursor;
use crate::identity::caller::{Desk, MayReadDesk};
use crate::ids::InvoiceId;
use crate::invoices::rules::{Invoice, State};
use crate::invoices::{self, Filter, view};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::{Chip, Pager, Shell};

/// Invoices on a page.
const ROWS: usize = 50;
const PATH: &str = "/desk/invoices";
const VIEWS: [&str; 5] = ["", "overdue", "open", "part_paid", "paid"];

/// Which invoices, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    view: String,
    account: String,
    q: String,
    cursor: String,
}

struct Row {
    link: String,
    number: String,
    buyer: String,
    order_link: String,
    order_number: String,
    issued: String,
    due: String,
    due_under: String,
    gross: String,
    open: String,
    state: Chip,
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_invoices.html")]
struct InvoicesPage<'a> {
    shell: &'a Shell,
    tabs: Vec<(String, String, bool)>,
    view: &'static str,
    text: String,
    is_filtered: bool,
    /// The view without a filter.
    clear: String,
    account: String,
    rows: Vec<Row>,
    pager: Pager,
}

fn row(shell: &Shell, invoice: &Invoice, today: NaiveDate) -> Row {
    Row {
        link: format!("{PATH}/{}", invoice.id),
        number: invoice.number.clone(),
        buyer: invoice.buyer.address.name.clone(),
        order_link: format!("/desk/orders/{}", invoice.order_id),
        order_number: invoice.order_number.to_string(),
        issued: shell.day(invoice.issued_on),
        due: shell.day(invoice.due_on),
        due_under: view::due(shell, invoice, today),
        gross: shell.money(invoice.gross),
        open: shell.money(invoice.open),
        state: view::state_chip(shell, invoice, today),
    }
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
    let code = query.account.trim().to_owned();
    let text = query.q.trim().to_owned();
    let marks = (view, code.clone(), text.clone());
    let shown_from = Some(query.cursor.as_str()).filter(|text| !text.is_empty());
    let after: Option<i64> = match shown_from {
        Some(text) => Some(cursor::decode(&marks, text)?),
        None => None,
    };
    let (after, asked) = (after.map(InvoiceId), code.clone());
    let sought = Some(text.clone()).filter(|text| !text.is_empty());
    let limit = i64::try_from(ROWS).unwrap_or(i64::MAX) + 1;
    let read = move |connection: &mut _| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        let filter = Filter {
            state: State::from_name(view).map(State::name),
            order_id: None,
            overdue_on: (view == "overdue").then_some(today),
            text: sought.clone(),
        };
        if asked.is_empty() {
            return Ok((invoices::list_for_staff(connection, &filter, after, limit)?, today));
        }
        let found = match accounts::find_by_code(connection, &asked)? {
            Some(account) => invoices::list(connection, account.id, &filter, after, limit)?,
            None => Vec::new(),
        };
        Ok((found, today))
    };
    let (mut found, today) = state.db.read(read).await?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let next = match found.last() {
        Some(last) if more => Some(cursor::encode(&marks, &last.id.0)?),
        _ => None,
    };
    let tab = |name: &'static str| {
        let key = if name.is_empty() { "all" } else { name };
        (
            address(PATH, [("view", name), ("account", code.as_str()), ("q", text.as_str())]),
            shell.name("desk-invoices-view", key),
            name == view,
        )
    };
    let shown = shell.t1("desk-invoices-shown", "count", found.len());
    let parameters = [("view", view), ("account", code.as_str()), ("q", text.as_str())];
    let page = InvoicesPage {
        shell,
        tabs: VIEWS.map(tab).to_vec(),
        view,
        rows: found.iter().map(|invoice| row(shell, invoice, today)).collect(),
        pager: Pager::new(shell, PATH, &parameters, shown_from, next.as_deref(), shown),
        clear: address(PATH, [("view", view)]),
        is_filtered: !code.is_empty() || !text.is_empty(),
        account: code.clone(),
        text: text.clone(),
    };
    shell.page(&page)
}
