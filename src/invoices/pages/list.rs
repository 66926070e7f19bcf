//! All invoices of the account, what is open first.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::view::{chip, due};
use crate::accounts;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Limit, Page, Params};
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::{AccountId, InvoiceId, OrderId, ShipmentId};
use crate::invoices::listing::{self, COUNT_MAX, soon};
use crate::invoices::rules::Invoice;
use crate::invoices::{Search, Sort};
use crate::ledger::open_items::Sums;
use crate::money::{Currency, Money};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::export::{Cell, Format, ROWS_MAX, Sheet, too_many};
use crate::web::lists::{Heading, Tab, count_text, typed_day};
use crate::web::{Chip, Pager, Shell};

const PATH: &str = "/invoices";
/// The views of the list; the first one is shown where none is named.
const VIEWS: [&str; 5] = ["open", "overdue", "due-soon", "paid", "all"];

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
    fn view(&self) -> &'static str {
        let [open, ..] = VIEWS;
        VIEWS.into_iter().find(|view| *view == self.view).unwrap_or(open)
    }

    fn is_open(&self) -> bool {
        !matches!(self.view(), "paid" | "all")
    }

    /// The name of the sort that is shown; open ones go by the day they are due, all others by issue.
    fn sort(&self) -> (&'static str, Sort) {
        match (self.is_open(), self.sort.as_str()) {
            (true, "due-last") => ("due-last", Sort::DueLast),
            (true, _) => ("due", Sort::DueFirst),
            (false, "oldest") => ("oldest", Sort::Oldest),
            (false, _) => ("newest", Sort::Newest),
        }
    }

    /// What is sought, and the faults of the fields `from` and `to`; the list is then shown without them.
    fn search(&self, shell: &Shell, today: NaiveDate) -> (Search, [String; 2]) {
        let day = |text: &str| match typed_day(shell, text) {
            Ok(day) => (day, String::new()),
            Err(fault) => (None, fault),
        };
        let ((from, from_fault), (to, to_fault)) = (day(&self.from), day(&self.to));
        let (due_from, due_to) = match self.view() {
            "overdue" => (None, today.pred_opt()),
            "due-soon" => (Some(today), Some(soon(today))),
            _ => (None, None),
        };
        let search = Search {
            is_paid: self.view() == "paid",
            due_from,
            due_to,
            text: Some(self.q.trim().to_owned()).filter(|text| !text.is_empty()),
            from,
            to,
            sort: self.sort().1,
        };
        (search, [from_fault, to_fault])
    }

    fn query(&self) -> [(&str, &str); 4] {
        [
            ("view", self.view.as_str()),
            ("q", self.q.trim()),
            ("from", self.from.trim()),
            ("to", self.to.trim()),
        ]
    }

    fn is_filtered(&self) -> bool {
        self.query().iter().skip(1).any(|(_, value)| !value.is_empty())
    }
}

struct Row {
    id: InvoiceId,
    number: String,
    po_number: String,
    order_id: OrderId,
    order_number: i64,
    shipment_id: ShipmentId,
    shipment_number: i64,
    issued: String,
    due_on: String,
    due: String,
    gross: String,
    open: String,
    chip: Chip,
}

#[derive(Template)]
#[template(path = "invoices/templates/list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    asked: &'a Asked,
    view: &'static str,
    sort: &'static str,
    tabs: Vec<Tab>,
    tiles: Vec<(String, String)>,
    faults: [String; 2],
    is_filtered: bool,
    clear: String,
    rows: Vec<Row>,
    issued: Option<Heading>,
    due: Option<Heading>,
    files: Vec<(&'static str, String)>,
    pager: Pager,
}

fn row(shell: &Shell, invoice: &Invoice, today: NaiveDate) -> Row {
    Row {
        id: invoice.id,
        number: invoice.number.clone(),
        po_number: invoice.po_number.clone(),
        order_id: invoice.order_id,
        order_number: invoice.order_number,
        shipment_id: invoice.shipment_id,
        shipment_number: invoice.shipment_number,
        issued: shell.day(invoice.issued_on),
        due_on: shell.day(invoice.due_on),
        due: due(shell, invoice, today),
        gross: shell.money(invoice.gross),
        open: shell.money(invoice.open),
        chip: chip(shell, invoice, today),
    }
}

fn tabs(shell: &Shell, view: &str, sums: &Sums, all: i64) -> Vec<Tab> {
    let paid = if all > COUNT_MAX { all } else { all - sums.open.0 };
    let tab = |name: &'static str| {
        let count = match name {
            "open" => sums.open.0,
            "overdue" => sums.overdue.0,
            "due-soon" => sums.due_soon.0,
            "paid" => paid,
            _ => all,
        };
        Tab {
            text: shell.name("invoices-view", name),
            count: count_text(shell, count, COUNT_MAX),
            path: address(PATH, [("view", name)]),
            is_current: name == view,
        }
    };
    VIEWS.into_iter().map(tab).collect()
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
    let (search, faults) = asked.search(shell, today);
    let page = Page::new(Limit::default(), asked.cursor.clone());
    // A cursor of another filter begins the list anew.
    let after: Option<(NaiveDate, i64)> = page.after(&search).unwrap_or_default();
    let (sought, fetch) = (search.clone(), page.fetch());
    let read = move |connection: &mut Connection| {
        let after = after.map(|(day, id)| (day, InvoiceId(id)));
        let invoices = listing::find(connection, account_id, &sought, after, fetch)?;
        let sums = listing::sums(connection, account_id, today)?;
        Ok((invoices, sums, accounts::get(connection, account_id)?.currency))
    };
    let (invoices, (sums, all), currency) = state.db.read(read).await?;
    let keys = |invoice: &Invoice| {
        let (day, id) = search.sort.keys(invoice);
        (day, id.0)
    };
    let (invoices, next) = page.cut(&search, invoices, keys)?;
    let (query, (sort, _)) = (asked.query(), asked.sort());
    let sorted: Vec<_> = query.iter().copied().chain([("sort", sort)]).collect();
    let heading = |key: &str, ways| Heading::new(shell.t(key), "", PATH, &query, ways, sort);
    let file = |ending: &'static str| {
        let path = format!("/invoices/export.{}", ending.to_lowercase());
        (ending, address(&path, sorted.iter().copied()))
    };
    let told = shell.t1("invoices-shown", "count", invoices.len());
    let page = ListPage {
        shell,
        view: asked.view(),
        sort,
        tabs: tabs(shell, asked.view(), &sums, all),
        tiles: tiles(shell, &sums, currency),
        faults,
        is_filtered: asked.is_filtered(),
        clear: address(PATH, [("view", asked.view.as_str())]),
        rows: invoices.iter().map(|invoice| row(shell, invoice, today)).collect(),
        issued: (!asked.is_open()).then(|| heading("invoices-issued", ("oldest", "newest"))),
        due: asked.is_open().then(|| heading("invoices-due", ("due", "due-last"))),
        files: ["CSV", "XLSX"].map(file).to_vec(),
        pager: Pager::new(shell, PATH, &sorted, asked.cursor.as_deref(), next.as_deref(), told),
        asked: &asked,
    };
    shell.page(&page)
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

async fn all_sought(state: &AppState, account_id: AccountId, search: Search) -> Result<Vec<Invoice>> {
    let limit = i64::try_from(ROWS_MAX + 1).unwrap_or(i64::MAX);
    state
        .db
        .read(move |connection| listing::find(connection, account_id, &search, None, limit))
        .await
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
    let (search, _) = asked.search(&visitor.shell, today(&state).await?);
    let invoices = all_sought(&state, visitor.customer.account_id, search).await?;
    if invoices.len() > ROWS_MAX {
        return Ok(too_many(&visitor.shell, address(PATH, asked.query())));
    }
    let rows = invoices.iter().map(cells).collect();
    Sheet::new("invoices", COLUMNS, rows)
        .into_answer(&state.cpu, format)
        .await
}
