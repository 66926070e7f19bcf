//! All invoices of the account, what is open first.

use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::accounts;
use crate::clock::{day_in, now};
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::Params;
use crate::identity::caller::{MayRead, Visitor};
use crate::invoices::rules::Invoice;
use crate::invoices::rules::listing::View;
use crate::invoices::words::{due, state_chip};
use crate::invoices::{self, COUNT_MAX, Filter, Keys, Sort};
use crate::ledger::open_items::Sums;
use crate::money::{Currency, Money};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::components::address;
use crate::web::export::{Column, Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::{Tab, count_text, filled, typed_day};

const PATH: &str = "/invoices";

/// Which part of the list somebody asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    q: String,
    from: String,
    to: String,
    sort: String,
    cursor: Option<String>,
}

impl ListParams {
    fn view(&self) -> View {
        View::from_name(&self.view).unwrap_or_default()
    }

    fn sort(&self) -> Sort {
        let [first, other] = self.view().sorts();
        match Sort::from_name(&self.sort) {
            Some(sort) if sort == other => other,
            _ => first,
        }
    }

    /// What is sought, and the faults of the fields `from` and `to`; the list is then shown without them.
    fn filter(&self, shell: &Shell, today: NaiveDate) -> (Filter, [String; 2]) {
        let day = |text: &str| match typed_day(shell, text) {
            Ok(day) => (day, String::new()),
            Err(fault) => (None, fault),
        };
        let ((from, from_fault), (to, to_fault)) = (day(&self.from), day(&self.to));
        let filter = Filter {
            text: filled(&self.q),
            from,
            to,
            ..self.view().filter(today)
        };
        (filter, [from_fault, to_fault])
    }
}

fn row(shell: &Shell, invoice: &Invoice, today: NaiveDate) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", invoice.id), &invoice.number),
        Cell::text(shell.day(invoice.issued_on)),
        Cell::text(shell.day(invoice.due_on)).and_under(due(shell, invoice, today)),
        Cell::mono(&invoice.po_number),
        Cell::link(
            format!("/orders/{}", invoice.order_id),
            invoice.order_number.to_string(),
        ),
        Cell::link(
            format!("/shipments/{}", invoice.shipment_id),
            invoice.shipment_number.to_string(),
        ),
        Cell::text(shell.money(invoice.gross)),
        Cell::text(shell.money(invoice.open)),
        Cell::chip(state_chip(shell, invoice, today)),
    ]
}

fn tabs(shell: &Shell, shown: View, sums: &Sums, all: i64) -> Vec<Tab> {
    let paid = if all > COUNT_MAX { all } else { all - sums.open.0 };
    let tab = |view: View| {
        let count = match view {
            View::Open => sums.open.0,
            View::Overdue => sums.overdue.0,
            View::DueSoon => sums.due_soon.0,
            View::Paid => paid,
            View::All => all,
        };
        Tab {
            text: shell.name("invoices-view", view.name()),
            count: count_text(shell, count, COUNT_MAX),
            path: address(PATH, [("view", view.name())]),
            is_current: view == shown,
        }
    };
    View::ALL.into_iter().map(tab).collect()
}

fn tiles(shell: &Shell, sums: &Sums, currency: Currency) -> Vec<(String, String)> {
    let tile = |key: &str, minor| (shell.t(key), shell.money(Money::new(minor, currency)));
    vec![
        tile("invoices-sum-open", sums.open.1),
        tile("invoices-sum-overdue", sums.overdue.1),
        tile("invoices-sum-due-soon", sums.due_soon.1),
    ]
}

async fn today(state: &AppState) -> Result<NaiveDate> {
    Ok(day_in(state.db.read(accounts::supplier_zone).await?, now()))
}

/// My invoices
#[get("/invoices")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (shell, account_id) = (&visitor.shell, visitor.customer.account_id);
    let today = today(&state).await?;
    let ((filter, [from_fault, to_fault]), sort) = (params.filter(shell, today), params.sort());
    let (part, ((sums, all), currency)) = Part::read_with(
        &state.db,
        params.cursor.as_deref(),
        (filter, sort),
        Keys::of,
        move |connection, (filter, sort), after: Option<Keys>, limit| {
            let scope = Scope::Account(account_id);
            let invoices = invoices::list(connection, scope, filter, *sort, after, limit)?;
            let sums = invoices::sums(connection, account_id, today)?;
            Ok((invoices, (sums, accounts::get(connection, account_id)?.currency)))
        },
    )
    .await?;
    let mut list = List::new(shell, PATH)
        .keep("view", params.view().name())
        .sorted(sort.name())
        .by_text("q", "invoices-text", &params.q)
        .by_day("from", "invoices-from", &params.from, &from_fault)
        .by_day("to", "list-to", &params.to, &to_fault)
        .column("word-invoice", "id nowrap");
    list = match sort.is_by_due() {
        true => list
            .column("word-issued", "p3")
            .sorting_column("word-due", "", ("due", "due_last")),
        false => list
            .sorting_column("word-issued", "", ("oldest", "newest"))
            .column("word-due", ""),
    };
    let list = list
        .column("word-po-number", "")
        .column("word-order", "p3")
        .column("word-delivery", "p3")
        .column("word-total", "num")
        .column("word-open", "num")
        .column("word-state", "")
        .rows(part.rows.iter().map(|invoice| row(shell, invoice, today)))
        .none("invoices-none")
        .none_found("invoices-none-found")
        .export()
        .counted("invoices-shown", &part)
        .saved(views::of(&state.db, visitor.customer.person_id, PATH).await?);
    ListPage::new("invoices", list)
        .action("/credit-notes", "credit-notes")
        .action("/reminders", "reminders")
        .primary("/statement", "statement")
        .tiles(tiles(shell, &sums, currency))
        .tabs(tabs(shell, params.view(), &sums, all))
        .answer()
}

/// Columns of an invoice.
pub(in crate::invoices) const INVOICE: &[Column<Invoice>] = &[
    ("number", |invoice| Value::text(&invoice.number)),
    ("state", |invoice| Value::text(invoice.state().name())),
    ("po_number", |invoice| Value::text(&invoice.po_number)),
    ("order_number", |invoice| Value::text(invoice.order_number.to_string())),
    ("shipment_number", |invoice| {
        Value::text(invoice.shipment_number.to_string())
    }),
    ("issued_on", |invoice| Value::Day(invoice.issued_on)),
    ("due_on", |invoice| Value::Day(invoice.due_on)),
    ("currency", |invoice| Value::text(invoice.currency.code())),
    ("net_total", |invoice| Value::number(invoice.net)),
    ("tax_total", |invoice| Value::number(invoice.tax)),
    ("gross_total", |invoice| Value::number(invoice.gross)),
    ("open_amount", |invoice| Value::number(invoice.open)),
];

const FILE: Export<Invoice> = Export {
    name: "invoices",
    columns: &[INVOICE],
};

/// The invoices of the list as a file
#[get("/invoices/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    request: HttpRequest,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (filter, _) = params.filter(&visitor.shell, today(&state).await?);
    let (scope, sort) = (Scope::Account(visitor.customer.account_id), params.sort());
    let read = move |connection: &mut _| invoices::list(connection, scope, &filter, sort, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &visitor.shell, &request, rows).await
}
