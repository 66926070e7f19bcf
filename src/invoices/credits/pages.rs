//! Credit notes in the portal: the list, one credit note, its paper. The desk's stand on the same parts.

use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use super::rules::CreditLine;
use super::{Applied, CreditNote, Filter, api};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{Params, PathId};
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::CreditNoteId;
use crate::invoices::credits;
use crate::money::Money;
use crate::pricing::view::price_text;
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::export::{Column, Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;

const PATH: &str = "/credit-notes";

/// Which credit notes, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    q: String,
    cursor: Option<String>,
}

impl ListParams {
    fn filter(&self) -> Filter {
        Filter {
            text: filled(&self.q),
            ..Filter::default()
        }
    }
}

/// Columns of a credit note.
pub(super) const CREDIT_NOTE: &[Column<CreditNote>] = &[
    ("number", |credit| Value::text(&credit.number)),
    ("invoice_number", |credit| Value::text(&credit.invoice_number)),
    ("po_number", |credit| Value::text(&credit.po_number)),
    ("order_number", |credit| Value::text(credit.order_number.to_string())),
    ("issued_on", |credit| Value::Day(credit.issued_on)),
    ("reason", |credit| Value::text(credit.reason.name())),
    ("note", |credit| Value::maybe(credit.note.as_ref(), Value::text)),
    ("currency", |credit| Value::text(credit.currency.code())),
    ("net_total", |credit| Value::number(credit.net)),
    ("tax_total", |credit| Value::number(credit.tax)),
    ("gross_total", |credit| Value::number(credit.gross)),
    ("on_account", |credit| Value::number(credit.open)),
];

const FILE: Export<CreditNote> = Export {
    name: "credit-notes",
    columns: &[CREDIT_NOTE],
};

/// What a reason is called.
pub(super) fn reason(shell: &Shell, credit: &CreditNote) -> String {
    shell.name("credit-reason", credit.reason.name())
}

fn row(shell: &Shell, credit: &CreditNote) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", credit.id), &credit.number),
        Cell::text(shell.day(credit.issued_on)),
        Cell::link(format!("/invoices/{}", credit.invoice_id), &credit.invoice_number),
        Cell::text(&credit.po_number),
        Cell::text(reason(shell, credit)),
        Cell::text(shell.money(credit.gross)),
        Cell::text(shell.money(credit.open)),
    ]
}

/// My credit notes
#[get("/credit-notes")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (shell, scope) = (&visitor.shell, Scope::Account(visitor.customer.account_id));
    let cursor = params.cursor.as_deref();
    let read = move |connection: &mut Connection, filter: &Filter, after, limit| {
        credits::list(connection, scope, filter, after, limit)
    };
    let part = Part::read(&state.db, cursor, params.filter(), |credit| credit.id, read).await?;
    let list = List::new(shell, PATH)
        .by_text("q", "credits-text", &params.q)
        .column("credit-note-head", "id nowrap")
        .column("word-issued", "")
        .column("word-invoice", "")
        .column("word-po-number", "p3")
        .column("word-reason", "p3")
        .column("word-total", "num")
        .column("desk-pay-rest", "num")
        .rows(part.rows.iter().map(|credit| row(shell, credit)))
        .none("credits-none")
        .none_found("credits-none-found")
        .export()
        .counted("credits-shown", &part)
        .saved(views::of(&state.db, visitor.customer.person_id, PATH).await?);
    ListPage::new("credit-notes", list)
        .below("/invoices", "invoices")
        .action("/rebates", "rebates")
        .action("/statement", "statement")
        .answer()
}

/// The credit notes of the list as a file
#[get("/credit-notes/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    request: HttpRequest,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (filter, scope) = (params.filter(), Scope::Account(visitor.customer.account_id));
    let read = move |connection: &mut _| credits::list(connection, scope, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &visitor.shell, &request, rows).await
}

struct Line {
    number: i32,
    article: String,
    name: String,
    quantity: String,
    price: String,
    tax: String,
    net: String,
}

/// What the desk has more on the page.
#[derive(Default)]
pub(super) struct OfDesk {
    /// Address and name of the account.
    pub account: Option<(String, String)>,
    /// Invoices to settle with the rest: value and text.
    pub invoices: Vec<(String, String)>,
    /// Where its rest is paid back.
    pub refund: Option<String>,
    /// How far its file is on its way to an access point.
    pub file: Option<String>,
}

#[derive(Template)]
#[template(path = "invoices/templates/credit_note.html")]
struct CreditNotePage<'a> {
    shell: &'a Shell,
    /// Where credit notes, invoices and orders are listed; each is below.
    lists: [&'static str; 3],
    link: String,
    credit: &'a CreditNote,
    reason: String,
    issued: String,
    currency: String,
    price_label: String,
    lines: Vec<Line>,
    net: String,
    /// Label and amount.
    taxes: Vec<(String, String)>,
    gross: String,
    rest: String,
    /// Link, number and amount.
    applied: Vec<(String, String, String)>,
    /// What of it was paid back.
    refunded: Option<String>,
    desk: OfDesk,
}

fn line(shell: &Shell, CreditLine { line, is_amount }: &CreditLine) -> Line {
    let (language, currency) = (shell.language, line.net.currency);
    let code = match line.price_unit == line.unit {
        true => &line.unit_code,
        false => &line.base_unit,
    };
    Line {
        number: line.position,
        article: line.customer_part_number.clone().unwrap_or_else(|| line.sku.clone()),
        name: line.name.clone(),
        quantity: match is_amount {
            true => shell.t("credit-an-amount"),
            false => shell.quantity(line.quantity.ordered, &line.unit_code),
        },
        price: match is_amount {
            true => String::new(),
            false => price_text(language, line.unit_price, line.price_base, code, currency),
        },
        tax: language.percent(line.treatment.rate_ppm),
        net: language.amount(line.net),
    }
}

/// The page of a credit note: in the portal, or on the desk.
pub(super) fn page(
    shell: &Shell,
    lists: [&'static str; 3],
    (credit, applied): (&CreditNote, Vec<Applied>),
    desk: OfDesk,
) -> Result<HttpResponse> {
    let [own, invoices, _] = lists;
    let taxes = credit.taxes.iter().map(|tax| {
        let rate = shell.language.percent(tax.group.treatment.rate_ppm);
        let base = shell.language.amount(Money::new(tax.group.base_minor, credit.currency));
        let amount = shell
            .language
            .amount(Money::new(tax.group.amount_minor, credit.currency));
        (shell.t2("desk-tax-of", "rate", rate, "base", base), amount)
    });
    let refunded = credits::refunded(credit, &applied);
    let applied = applied.into_iter().map(|(id, number, amount)| {
        let amount = shell.money(amount);
        (format!("{invoices}/{id}"), number, amount)
    });
    shell.page(&CreditNotePage {
        shell,
        lists,
        link: format!("{own}/{}", credit.id),
        reason: reason(shell, credit),
        issued: shell.day(credit.issued_on),
        currency: credit.currency.code().to_owned(),
        price_label: shell.t1(
            if desk.account.is_some() {
                "desk-price"
            } else {
                "line-price"
            },
            "currency",
            credit.currency.code(),
        ),
        lines: credit.lines.iter().map(|one| line(shell, one)).collect(),
        net: shell.language.amount(credit.net),
        taxes: taxes.collect(),
        gross: shell.language.amount(credit.gross),
        rest: shell.money(credit.open),
        applied: applied.collect(),
        refunded: (refunded.minor > 0).then(|| shell.money(refunded)),
        credit,
        desk,
    })
}

/// One of my credit notes
#[get("/credit-notes/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<CreditNoteId>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| {
        let credit = credits::get(connection, account_id, id)?;
        let applied = credits::applied(connection, &credit)?;
        Ok((credit, applied))
    };
    let (credit, applied) = state.db.read(read).await?;
    let lists = [PATH, "/invoices", "/orders"];
    page(&visitor.shell, lists, (&credit, applied), OfDesk::default())
}

/// The credit note on paper
#[get("/credit-notes/{id}/pdf")]
pub async fn print(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<CreditNoteId>,
) -> Result<HttpResponse> {
    api::print(&state, visitor.customer.account_id, id).await
}
