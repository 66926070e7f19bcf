//! Refunds on the desk: the list, one refund, the form for a new one, and taking it back.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::rules::Source;
use super::{Filter, Part as Taken, Refund, Request};
use crate::accounts;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::identity::idempotency;
use crate::ids::RefundId;
use crate::invoices::refunds;
use crate::money::Money;
use crate::state::AppState;
use crate::views;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Banner, Chip, Fields, Form, Shape, Shell, Tone, see_other};

const PATH: &str = "/desk/refunds";

/// Which refunds, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    account: String,
    q: String,
    cursor: Option<String>,
}

impl ListParams {
    fn filter(&self) -> Filter {
        Filter {
            account: filled(&self.account),
            text: filled(&self.q),
            ..Filter::default()
        }
    }
}

fn state_chip(shell: &Shell, refund: &Refund) -> Chip {
    let (tone, shape, key) = match (refund.reversed_at, refund.bank_entry_id) {
        (Some(_), _) => (Tone::Neutral, Shape::Dot, "reversed"),
        (None, Some(_)) => (Tone::Ok, Shape::Dot, "left"),
        (None, None) => (Tone::Info, Shape::Ring, "booked"),
    };
    Chip::new(tone, shape, shell.name("refund-state", key))
}

const FILE: Export<Refund> = Export {
    name: "refunds",
    columns: &[&[
        ("id", |refund| Value::text(refund.id.to_string())),
        ("account", |refund| Value::text(&refund.account)),
        ("paid_on", |refund| Value::Day(refund.paid_on)),
        ("reference", |refund| {
            Value::maybe(refund.reference.as_ref(), Value::text)
        }),
        ("iban", |refund| Value::maybe(refund.iban.as_ref(), Value::text)),
        ("currency", |refund| Value::text(refund.amount.currency.code())),
        ("amount", |refund| Value::number(refund.amount)),
        ("bank_entry_id", |refund| {
            Value::maybe(refund.bank_entry_id, |id| Value::text(id.to_string()))
        }),
        ("recorded_at", |refund| Value::Moment(refund.recorded_at)),
        ("reversed_at", |refund| Value::maybe(refund.reversed_at, Value::Moment)),
    ]],
};

fn row(shell: &Shell, refund: &Refund) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", refund.id), shell.day(refund.paid_on)),
        Cell::text(&refund.account),
        Cell::text(refund.reference.clone().unwrap_or_default()),
        Cell::text(shell.money(refund.amount)),
        Cell::chip(state_chip(shell, refund)),
    ]
}

/// Refunds
#[get("/desk/refunds")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (shell, cursor, filter) = (&desk.shell, params.cursor.as_deref(), params.filter());
    let part = Part::read(&state.db, cursor, filter, |refund: &Refund| refund.id, refunds::list).await?;
    let list = List::new(shell, PATH)
        .by_text("q", "refunds-filter", &params.q)
        .by_text("account", "desk-filter-account", &params.account)
        .column("refund-paid", "id nowrap")
        .column("word-account", "")
        .column("word-reference", "")
        .column("desk-pay-amount-head", "num")
        .column("word-state", "")
        .rows(part.rows.iter().map(|refund| row(shell, refund)))
        .none("refunds-empty")
        .export()
        .counted("refunds-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("refunds", list)
        .primary_if(desk.may::<MayKeepBooks>(), "/desk/refunds/new", "refund-new")
        .action("/desk/payments", "word-payments")
        .answer()
}

/// The refunds of the list as a file
#[get("/desk/refunds/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let read = move |connection: &mut _| refunds::list(connection, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// Whose money goes back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewParams {
    account: String,
    payment: String,
    credit_note: String,
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_refund_new.html")]
struct NewPage<'a> {
    shell: &'a Shell,
    form: Form,
    /// Code of the account, once it is known.
    code: String,
    account: String,
    currency: String,
    /// What is on account.
    left: String,
    today: String,
}

async fn new_page(state: &AppState, shell: &Shell, code: String, mut form: Form) -> Result<HttpResponse> {
    let asked = code.clone();
    let read = move |connection: &mut Connection| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        let account = accounts::find_by_code(connection, asked.trim())?;
        let left = match &account {
            Some(account) => refunds::available(connection, account.id)?,
            None => 0,
        };
        Ok((account, left, today))
    };
    let (account, left, today) = state.db.read(read).await?;
    let today = today.to_string();
    if account.is_none() && !code.trim().is_empty() {
        form.note(
            "account",
            shell.t1("desk-pay-unknown-account", "account", code.as_str()),
        );
    }
    let stored = [("paid_on", today.as_str()), ("account", code.as_str())];
    let form = form.or(&Form::of(shell, stored));
    let page = match account {
        Some(account) => NewPage {
            shell,
            form,
            currency: account.currency.code().to_owned(),
            left: shell.money(Money::new(left, account.currency)),
            account: account.name,
            code: account.code,
            today,
        },
        None => NewPage {
            shell,
            form,
            code: String::new(),
            account: String::new(),
            currency: String::new(),
            left: String::new(),
            today,
        },
    };
    shell.page_with(page.form.status(), &page)
}

/// A form for money that is paid back
#[get("/desk/refunds/new")]
pub async fn ask(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    Query(params): Query<NewParams>,
) -> Result<HttpResponse> {
    let values = [("payment_id", params.payment), ("credit_note_id", params.credit_note)];
    new_page(&state, &desk.shell, params.account, Form::of(&desk.shell, values)).await
}

/// Books money that is paid back
#[post("/desk/refunds")]
pub async fn book(state: web::Data<AppState>, desk: Desk<MayKeepBooks>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let (code, currency) = (form.value("account").to_owned(), form.value("currency").to_owned());
    let key = form.fields().form_key()?;
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/refunds", key, &form.content())?;
    let (amount, paid_on) = (form.amount("amount", &currency), form.day("paid_on"));
    let (Some(amount), Some(paid_on)) = (amount, paid_on) else {
        return new_page(&state, shell, code, form).await;
    };
    let request = Request {
        account: code.clone(),
        amount,
        currency,
        paid_on,
        reference: form.filled("reference"),
        iban: form.filled("iban"),
        payment_id: form.filled("payment_id").map(|id| id.parse().ok()),
        credit_note_id: form.filled("credit_note_id").map(|id| id.parse().ok()),
    };
    let actor = desk.staff.actor();
    let write = move |tx: &mut Connection| refunds::pay_back(tx, &key, &request, &actor, now());
    match state.db.write(write).await {
        Ok((booked, _)) => {
            let text = shell.t1("refund-booked", "amount", shell.money(booked.refund.amount));
            Ok(see_other(format!("{PATH}/{}", booked.refund.id))
                .flash(Tone::Ok, text)
                .into())
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) => {
            new_page(&state, shell, code, form.refused(shell, error)?).await
        }
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_refund.html")]
struct RefundPage<'a> {
    shell: &'a Shell,
    link: String,
    title: String,
    state: Chip,
    banners: Vec<Banner>,
    account: String,
    account_link: String,
    paid: String,
    recorded: String,
    reference: String,
    iban: String,
    amount: String,
    bank_entry: Option<String>,
    /// Link, text and amount.
    parts: Vec<(String, String, String)>,
    may_reverse: bool,
    form: Form,
}

async fn page<R>(state: &AppState, desk: &Desk<R>, id: RefundId, may: bool, form: Form) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let booked = state.db.read(move |connection| refunds::get(connection, id)).await?;
    let refund = &booked.refund;
    let mut banners = Vec::new();
    if let Some(at) = refund.reversed_at {
        let text = shell.t1("refund-reversed-at", "moment", shell.moment(at));
        banners.push(Banner::new(Tone::Neutral, text).with_details(refund.reversal_reason.clone()));
    }
    let part = |part: &Taken| match part.source {
        Source::Payment(id) => (
            format!("/desk/payments/{id}"),
            shell.t("write-off-payment"),
            shell.money(part.amount),
        ),
        Source::CreditNote(id) => (
            format!("/desk/credit-notes/{id}"),
            part.number.clone().unwrap_or_default(),
            shell.money(part.amount),
        ),
    };
    let amount = shell.money(refund.amount);
    let page = RefundPage {
        shell,
        link: format!("{PATH}/{id}"),
        title: shell.t2(
            "refund-of",
            "amount",
            amount.as_str(),
            "account",
            refund.account.as_str(),
        ),
        state: state_chip(shell, refund),
        banners,
        account: refund.account.clone(),
        account_link: format!("/desk/accounts/{}", refund.account_id),
        paid: shell.day(refund.paid_on),
        recorded: shell.moment(refund.recorded_at),
        reference: refund.reference.clone().unwrap_or_default(),
        iban: refund.iban.clone().unwrap_or_default(),
        amount,
        bank_entry: refund.bank_entry_id.map(|id| format!("/desk/bank/{id}")),
        parts: booked.parts.iter().map(part).collect(),
        may_reverse: may && refund.reversed_at.is_none() && refund.bank_entry_id.is_none(),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// One refund
#[get("/desk/refunds/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<RefundId>,
) -> Result<HttpResponse> {
    let may = desk.may::<MayKeepBooks>();
    page(&state, &desk, id, may, Form::new(&desk.shell)).await
}

/// Takes a refund back
#[post("/desk/refunds/{id}/reverse")]
pub async fn reverse(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<RefundId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let reason = fields.get("reason").to_owned();
    let write = move |tx: &mut Connection| refunds::reverse(tx, id, &reason, &actor, now());
    let to = see_other(format!("{PATH}/{id}"));
    match state.db.write(write).await {
        Ok(_) => Ok(to.flash(Tone::Ok, shell.t("refund-reversed-now")).into()),
        Err(error @ Error::Invalid(_)) => {
            let form = Form::sent(shell, fields).refused(shell, error)?;
            page(&state, &desk, id, true, form).await
        }
        Err(error @ Error::Conflict { .. }) => Ok(to.flash(Tone::Warn, shell.error_text(&error)).into()),
        Err(error) => Err(error),
    }
}
