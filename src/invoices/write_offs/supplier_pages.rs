//! What is settled without money, on the desk: the list, one entry, granting it on an invoice, and taking it back.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::{Filter, Request, WriteOff, why};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::identity::idempotency;
use crate::ids::{InvoiceId, WriteOffId};
use crate::invoices::write_offs;
use crate::money::Money;
use crate::names::sets::WriteOffKind;
use crate::state::AppState;
use crate::views;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Banner, Chip, Fields, Form, Shape, Shell, Tone, see_other};

const PATH: &str = "/desk/write-offs";
const VIEWS: [&str; 4] = ["", "cash_discount", "small_difference", "bank_charges"];

/// Which entries, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    account: String,
    q: String,
    cursor: Option<String>,
}

impl ListParams {
    fn view(&self) -> &'static str {
        VIEWS.into_iter().find(|view| *view == self.view).unwrap_or_default()
    }

    fn filter(&self) -> Filter {
        Filter {
            account: filled(&self.account),
            kind: WriteOffKind::from_name(self.view()),
            text: filled(&self.q),
            ..Filter::default()
        }
    }
}

fn amount(found: &WriteOff) -> Money {
    Money::new(found.own.amount_minor, found.own.currency)
}

fn tax(found: &WriteOff) -> Money {
    Money::new(found.tax_minor, found.own.currency)
}

fn state_chip(shell: &Shell, found: &WriteOff) -> Chip {
    match found.own.reversed_at {
        Some(_) => Chip::new(Tone::Neutral, Shape::Dot, shell.t("write-off-reversed")),
        None => Chip::new(Tone::Ok, Shape::Dot, shell.t("write-off-counts")),
    }
}

/// Why it was given up, in words.
fn reason(shell: &Shell, found: &WriteOff) -> String {
    let said = why(found).map(|why| shell.say(&why));
    said.or_else(|| found.own.reason.clone()).unwrap_or_default()
}

const FILE: Export<WriteOff> = Export {
    name: "write-offs",
    columns: &[&[
        ("id", |one| Value::text(one.own.id.to_string())),
        ("account", |one| Value::text(&one.account)),
        ("invoice_number", |one| Value::text(&one.number)),
        ("kind", |one| Value::text(one.own.kind.name())),
        ("booked_on", |one| Value::Day(one.own.booked_on)),
        ("currency", |one| Value::text(one.own.currency.code())),
        ("amount", |one| Value::number(amount(one))),
        ("tax_amount", |one| Value::number(tax(one))),
        ("payment_id", |one| {
            Value::maybe(one.own.payment_id, |id| Value::text(id.to_string()))
        }),
        ("reason", |one| Value::maybe(one.own.reason.as_ref(), Value::text)),
        ("recorded_at", |one| Value::Moment(one.own.recorded_at)),
        ("recorded_by", |one| Value::text(&one.own.recorded_by)),
        ("reversed_at", |one| Value::maybe(one.own.reversed_at, Value::Moment)),
    ]],
};

fn row(shell: &Shell, found: &WriteOff) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", found.own.id), shell.day(found.own.booked_on)),
        Cell::text(&found.account),
        Cell::link(format!("/desk/invoices/{}", found.own.invoice_id), &found.number),
        Cell::text(shell.name("write-off-kind", found.own.kind.name())),
        Cell::text(reason(shell, found)),
        Cell::text(shell.money(amount(found))),
        Cell::chip(state_chip(shell, found)),
    ]
}

/// What is settled without money
#[get("/desk/write-offs")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (shell, cursor, filter) = (&desk.shell, params.cursor.as_deref(), params.filter());
    let part = Part::read(&state.db, cursor, filter, |one: &WriteOff| one.own.id, write_offs::list).await?;
    let list = List::new(shell, PATH)
        .keep("view", params.view())
        .by_text("q", "write-offs-filter", &params.q)
        .by_text("account", "desk-filter-account", &params.account)
        .column("write-off-booked", "id nowrap")
        .column("word-account", "")
        .column("word-invoice", "")
        .column("write-off-kind", "")
        .column("word-reason", "p3")
        .column("desk-pay-amount-head", "num")
        .column("word-state", "")
        .rows(part.rows.iter().map(|one| row(shell, one)))
        .none("write-offs-empty")
        .export()
        .counted("write-offs-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("write-offs", list)
        .views("write-offs-view", &VIEWS)
        .action("/desk/payments", "word-payments")
        .action("/desk/settlement-settings", "settlement-settings")
        .answer()
}

/// The entries of the list as a file
#[get("/desk/write-offs/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let read = move |connection: &mut _| write_offs::list(connection, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_write_off.html")]
struct WriteOffPage<'a> {
    shell: &'a Shell,
    link: String,
    title: String,
    state: Chip,
    banners: Vec<Banner>,
    account: String,
    account_link: String,
    invoice: String,
    invoice_link: String,
    booked: String,
    reason: String,
    recorded: String,
    amount: String,
    payment: Option<String>,
    /// Rate, net and tax.
    taxes: Vec<(String, String, String)>,
    may_reverse: bool,
    form: Form,
}

async fn page<R>(state: &AppState, desk: &Desk<R>, id: WriteOffId, may: bool, form: Form) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read =
        move |connection: &mut Connection| Ok((write_offs::get(connection, id)?, write_offs::taxes(connection, id)?));
    let (found, taxes) = state.db.read(read).await?;
    let own = &found.own;
    let money = |minor| shell.money(Money::new(minor, own.currency));
    let mut banners = Vec::new();
    if let Some(at) = own.reversed_at {
        let text = shell.t1("write-off-reversed-at", "moment", shell.moment(at));
        banners.push(Banner::new(Tone::Neutral, text).with_details(own.reversal_reason.clone()));
    }
    let rate = |tax: &write_offs::TaxRow| shell.language.percent(tax.rate_ppm);
    let page = WriteOffPage {
        shell,
        link: format!("{PATH}/{id}"),
        title: shell.t2(
            "write-off-of",
            "kind",
            shell.name("write-off-kind", own.kind.name()),
            "amount",
            shell.money(amount(&found)),
        ),
        state: state_chip(shell, &found),
        banners,
        account: found.account.clone(),
        account_link: format!("/desk/accounts/{}", own.account_id),
        invoice: found.number.clone(),
        invoice_link: format!("/desk/invoices/{}", own.invoice_id),
        booked: shell.day(own.booked_on),
        reason: reason(shell, &found),
        recorded: shell.moment(own.recorded_at),
        amount: shell.money(amount(&found)),
        payment: own.payment_id.map(|id| format!("/desk/payments/{id}")),
        taxes: taxes
            .iter()
            .map(|tax| {
                (
                    format!("{} %", rate(tax)),
                    money(tax.base_minor),
                    money(tax.amount_minor),
                )
            })
            .collect(),
        may_reverse: may && own.reversed_at.is_none(),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// One entry
#[get("/desk/write-offs/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<WriteOffId>,
) -> Result<HttpResponse> {
    let may = desk.may::<MayKeepBooks>();
    page(&state, &desk, id, may, Form::new(&desk.shell)).await
}

/// Settles something of an invoice without money
#[post("/desk/invoices/{id}/write-off")]
pub async fn grant(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<InvoiceId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let mut form = Form::sent(shell, fields);
    let to = format!("/desk/invoices/{id}");
    let currency = form.value("currency").to_owned();
    let amount = match form.filled("amount") {
        Some(_) => form.amount("amount", &currency),
        None => None,
    };
    let kind = WriteOffKind::from_name(form.value("kind"));
    let (Some(kind), false) = (kind, form.is_refused()) else {
        let text = [form.fault("amount").to_owned(), shell.t("write-off-choose")];
        let text = text.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        return Ok(see_other(to).flash(Tone::Bad, text).into());
    };
    let (key, sent) = (form.fields().form_key()?, (id.to_string(), form.content()));
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/invoices/{id}/write-off", key, &sent)?;
    let request = Request {
        invoice_id: Some(id),
        kind,
        amount,
        reason: form.text("reason").to_owned(),
    };
    let write = move |tx: &mut Connection| write_offs::grant(tx, &key, &request, &actor, now());
    match state.db.write(write).await {
        Ok((booked, _)) => {
            let told = shell.t2(
                "write-off-booked-now",
                "kind",
                shell.name("write-off-kind", booked.own.kind.name()),
                "amount",
                shell.money(Money::new(booked.own.amount_minor, booked.own.currency)),
            );
            Ok(see_other(to).flash(Tone::Ok, told).into())
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) => {
            Ok(see_other(to).flash(Tone::Bad, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}

/// Takes it back
#[post("/desk/write-offs/{id}/reverse")]
pub async fn reverse(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<WriteOffId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let reason = fields.get("reason").to_owned();
    let write = move |tx: &mut Connection| write_offs::reverse(tx, id, &reason, &actor, now());
    let to = see_other(format!("{PATH}/{id}"));
    match state.db.write(write).await {
        Ok(_) => Ok(to.flash(Tone::Ok, shell.t("write-off-reversed-now")).into()),
        Err(error @ Error::Invalid(_)) => {
            let form = Form::sent(shell, fields).refused(shell, error)?;
            page(&state, &desk, id, true, form).await
        }
        Err(error @ Error::Conflict { .. }) => Ok(to.flash(Tone::Warn, shell.error_text(&error)).into()),
        Err(error) => Err(error),
    }
}
