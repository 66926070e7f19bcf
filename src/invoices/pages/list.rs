//! All invoices of the account, what is open first.

use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use serde::Deserialize;

use super::view::{chip, due};
use crate::accounts;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{Page, Params};
use crate::identity::caller::{MayRead, Visitor};
use crate::invoices::rules::Invoice;
use crate::invoices::rules::listing::View;
use crate::invoices::{self, COUNT_MAX, Filter, Keys, Sort};
use crate::ledger::open_items::Sums;
use crate::money::{Currency, Money};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::components::address;
use crate::web::export::{Cell, Format, ROWS_MAX, Sheet, too_many};
use crate::web::list::{Cell as TableCell, List, ListPage};
use crate::web::lists::{Tab, count_text, typed_day};

const PATH: &str = "/invoices";
/// Which part of the list somebody asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    view: String,
    q: String,
    from: String,
    to: String,
    sort: String,
    cursor: Option<String>,
}

impl Asked {
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
            text: Some(self.q.trim().to_owned()).filter(|text| !text.is_empty()),
            from,
            to,
            ..self.view().filter(today)
        };
        (filter, [from_fault, to_fault])
    }

    fn query(&self) -> [(&str, &str); 4] {
        [
            ("view", self.view.as_str()),
            ("q", self.q.trim()),
            ("from", self.from.trim()),
            ("to", self.to.trim()),
        ]
    }
}

fn row(shell: &Shell, invoice: &Invoice, today: NaiveDate) -> Vec<TableCell> {
    vec![
        TableCell::link(format!("{PATH}/{}", invoice.id), &invoice.number),
        TableCell::text(shell.day(invoice.issued_on)),
        TableCell::text(shell.day(invoice.due_on)).and_under(due(shell, invoice, today)),
        TableCell::mono(&invoice.po_number),
        TableCell::link(
            format!("/orders/{}", invoice.order_id),
            invoice.order_number.to_string(),
        ),
        TableCell::link(
            format!("/shipments/{}", invoice.shipment_id),
            invoice.shipment_number.to_string(),
        ),
        TableCell::text(shell.money(invoice.gross)),
        TableCell::text(shell.money(invoice.open)),
        TableCell::chip(chip(shell, invoice, today)),
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
    Params(asked): Params<Asked>,
) -> Result<HttpResponse> {
    let (shell, account_id) = (&visitor.shell, visitor.customer.account_id);
    let today = today(&state).await?;
    let ((filter, [from_fault, to_fault]), sort) = (asked.filter(shell, today), asked.sort());
    let page = Page::shown(asked.cursor.clone());
    // A cursor of another filter begins the list anew.
    let after: Option<Keys> = page.after(&(&filter, sort)).unwrap_or_default();
    let (sought, fetch, scope) = (filter.clone(), page.fetch(), Scope::Account(account_id));
    let read = move |connection: &mut Connection| {
        let invoices = invoices::list(connection, scope, &sought, sort, after.as_ref(), fetch)?;
        let sums = invoices::sums(connection, account_id, today)?;
        Ok((invoices, sums, accounts::get(connection, account_id)?.currency))
    };
    let (invoices, (sums, all), currency) = state.db.read(read).await?;
    let (invoices, next) = page.cut(&(&filter, sort), invoices, Keys::of)?;
    let told = shell.t1("invoices-shown", "count", invoices.len());
    let mut list = List::new(shell, PATH)
        .keep("view", asked.view().name())
        .sorted(sort.name())
        .by_text("q", "invoices-text", &asked.q)
        .by_day("from", "invoices-from", &asked.from, &from_fault)
        .by_day("to", "list-to", &asked.to, &to_fault)
        .column("invoices-number", "id nowrap");
    list = match sort.is_by_due() {
        true => list
            .column("invoices-issued", "p3")
            .sorting_column("invoices-due", "", ("due", "due_last")),
        false => list
            .sorting_column("invoices-issued", "", ("oldest", "newest"))
            .column("invoices-due", ""),
    };
    let list = list
        .column("preview-po", "")
        .column("orders-number", "p3")
        .column("shipments-number", "p3")
        .column("preview-total", "num")
        .column("invoices-open", "num")
        .column("orders-state", "")
        .rows(invoices.iter().map(|invoice| row(shell, invoice, today)))
        .none("invoices-none")
        .none_found("invoices-none-found")
        .file("CSV", "/invoices/export.csv")
        .file("XLSX", "/invoices/export.xlsx")
        .pages(told, asked.cursor.as_deref(), next.as_deref())
        .saved(views::of(&state.db, visitor.customer.person_id, PATH).await?);
    ListPage::new("invoices", list)
        .primary("/statement", "statement")
        .tiles(tiles(shell, &sums, currency))
        .tabs(tabs(shell, asked.view(), &sums, all))
        .answer()
}

const COLUMNS: &[&str] = &[
    "number",
    "state",
    "po_number",
    "order_number",
    "shipment_number",
    "issued_on",
    "due_on",
    "currency",
    "net_total",
    "tax_total",
    "gross_total",
    "open_amount",
];

fn cells(invoice: &Invoice) -> Vec<Cell> {
    vec![
        Cell::text(&invoice.number),
        Cell::text(invoice.state().name()),
        Cell::text(&invoice.po_number),
        Cell::text(invoice.order_number.to_string()),
        Cell::text(invoice.shipment_number.to_string()),
        Cell::Day(invoice.issued_on),
        Cell::Day(invoice.due_on),
        Cell::text(invoice.currency.code()),
        Cell::number(invoice.net),
        Cell::number(invoice.tax),
        Cell::number(invoice.gross),
        Cell::number(invoice.open),
    ]
}

/// The invoices of the list as a file
#[get("/invoices/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    format: web::Path<String>,
    Params(asked): Params<Asked>,
) -> Result<HttpResponse> {
    let format = Format::from_ending(&format)?;
    let (filter, _) = asked.filter(&visitor.shell, today(&state).await?);
    let (scope, sort) = (Scope::Account(visitor.customer.account_id), asked.sort());
    let limit = i64::try_from(ROWS_MAX + 1).unwrap_or(i64::MAX);
    let read = move |connection: &mut Connection| invoices::list(connection, scope, &filter, sort, None, limit);
    let invoices = state.db.read(read).await?;
    if invoices.len() > ROWS_MAX {
        return Ok(too_many(&visitor.shell, address(PATH, asked.query())));
    }
    let rows = invoices.iter().map(cells).collect();
    Sheet::new("invoices", COLUMNS, rows)
        .into_answer(&state.cpu, format)
        .await
}
