//! Booking money that came in: first whose it is, then how much and what for.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::accounts;
use crate::accounts::rules::Account;
use crate::clock::{day_in, now};
use crate::error::{Code, Error, FieldError, Result};
use crate::identity::caller::{Desk, MayKeepBooks};
use crate::identity::idempotency;
use crate::invoices::payments::{self, PaymentRequest};
use crate::ledger::open_items::{self, OpenItem, Owing};
use crate::money::{Currency, Money};
use crate::orders::view::typed_number;
use crate::state::AppState;
use crate::web::components::address;
use crate::web::{Banner, Fields, Shell, Tone, form_key, see_other};

/// Accounts that owe, to choose from.
const OWING_MAX: i64 = 100;

/// Whose money, and what for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    account: String,
    invoice: String,
}

struct Debtor {
    link: String,
    name: String,
    invoices: String,
    open: String,
    due: String,
    is_late: bool,
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_payment_account.html")]
struct AccountPage<'a> {
    shell: &'a Shell,
    account: String,
    fault: String,
    debtors: Vec<Debtor>,
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_payment_new.html")]
struct BookingPage<'a> {
    shell: &'a Shell,
    banners: Vec<Banner>,
    form_key: String,
    code: String,
    account: String,
    currency: String,
    today: String,
    /// Value and text.
    invoices: Vec<(String, String)>,
    open: String,
    amount: String,
    received_on: String,
    invoice: String,
    reference: String,
    faults: Vec<(&'static str, String)>,
}

impl BookingPage<'_> {
    fn fault(&self, name: &str) -> &str {
        let found = self.faults.iter().find(|(field, _)| *field == name);
        found.map_or("", |(_, text)| text)
    }
}

/// The open invoices of an account to choose from, the oldest first.
pub(super) fn choices(shell: &Shell, items: &[OpenItem], currency: Currency) -> Vec<(String, String)> {
    let mut choices = vec![(String::new(), shell.t("desk-pay-oldest"))];
    choices.extend(items.iter().map(|item| {
        let places = [
            ("number", item.number.clone().into()),
            ("open", shell.money(Money::new(item.open_minor, currency)).into()),
            ("day", shell.day(item.due_on).into()),
        ];
        let text = shell.language.text_with("desk-pay-choice", &places);
        (item.invoice_id.to_string(), text)
    }));
    choices
}

async fn ask_account(state: &AppState, shell: &Shell, account: &str) -> Result<HttpResponse> {
    let read = |connection: &mut _| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        Ok((open_items::list_owing(connection, OWING_MAX)?, today))
    };
    let (owing, today) = state.db.read(read).await?;
    let debtor = |owing: &Owing| Debtor {
        link: address("/desk/payments/new", [("account", owing.account.as_str())]),
        name: owing.name.clone(),
        invoices: shell.t1("desk-invoices-shown", "count", owing.invoices),
        open: match Currency::from_code(&owing.currency) {
            Some(currency) => shell.money(Money::new(owing.open_minor, currency)),
            None => String::new(),
        },
        due: shell.day(owing.due_on),
        is_late: owing.due_on < today,
    };
    let fault = match account.is_empty() {
        true => String::new(),
        false => shell.t1("desk-pay-unknown-account", "account", account),
    };
    let status = match fault.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = AccountPage {
        shell,
        account: account.to_owned(),
        fault,
        debtors: owing.iter().map(debtor).collect(),
    };
    shell.page_with(status, &page)
}

/// The form, as it was typed.
#[derive(Default)]
struct Typed {
    amount: String,
    received_on: Option<String>,
    invoice: String,
    reference: String,
}

async fn page(
    state: &AppState,
    shell: &Shell,
    account: Account,
    typed: Typed,
    faults: &[FieldError],
) -> Result<HttpResponse> {
    let account_id = account.id;
    let read = move |connection: &mut _| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        Ok((open_items::list_open(connection, account_id)?, today))
    };
    let (items, today) = state.db.read(read).await?;
    let mut named = Vec::new();
    let mut banners = Vec::new();
    for fault in faults {
        let field = ["amount", "received_on", "invoice_id", "reference"]
            .into_iter()
            .find(|field| fault.pointer == format!("/{field}"));
        match field {
            Some(field) => named.push((field, shell.fault(fault))),
            None => banners.push(Banner::new(Tone::Bad, shell.fault(fault))),
        }
    }
    if !named.is_empty() {
        let details = named.iter().map(|(_, text)| text.clone());
        banners.insert(
            0,
            Banner::new(Tone::Bad, shell.t("desk-pay-not-booked")).with_details(details),
        );
    }
    let open_minor = items.iter().map(|item| item.open_minor).sum();
    let status = match faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = BookingPage {
        shell,
        banners,
        form_key: form_key(),
        currency: account.currency.code().to_owned(),
        invoices: choices(shell, &items, account.currency),
        open: shell.money(Money::new(open_minor, account.currency)),
        code: account.code,
        account: account.name,
        amount: typed.amount,
        today: today.to_string(),
        received_on: typed.received_on.unwrap_or_else(|| today.to_string()),
        invoice: typed.invoice,
        reference: typed.reference,
        faults: named,
    };
    shell.page_with(status, &page)
}

/// A form for new money
#[get("/desk/payments/new")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let query = query.into_inner();
    let code = query.account.trim().to_owned();
    let asked = code.clone();
    let account = state
        .db
        .read(move |connection| accounts::find_by_code(connection, &asked))
        .await?;
    let Some(account) = account else {
        return ask_account(&state, &desk.shell, &code).await;
    };
    let typed = Typed {
        invoice: query.invoice,
        ..Typed::default()
    };
    page(&state, &desk.shell, account, typed, &[]).await
}

/// What makes two sendings of the form the same.
#[derive(Serialize)]
struct Sent<'a> {
    account: &'a str,
    amount: &'a str,
    received_on: &'a str,
    invoice: &'a str,
    reference: &'a str,
}

/// Books money that came in
#[post("/desk/payments")]
pub async fn book(state: web::Data<AppState>, desk: Desk<MayKeepBooks>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let code = fields.get("account").to_owned();
    let asked = code.clone();
    let account = state
        .db
        .read(move |connection| accounts::find_by_code(connection, &asked))
        .await?;
    let Some(account) = account else {
        return ask_account(&state, shell, &code).await;
    };
    let sent = Sent {
        account: &code,
        amount: fields.get("amount"),
        received_on: fields.get("received_on"),
        invoice: fields.get("invoice"),
        reference: fields.get("reference"),
    };
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/payments", fields.form_key()?, &sent)?;
    let mut faults = Vec::new();
    let amount = match typed_number(shell.language, fields.get("amount")) {
        Ok(Some(amount)) => amount,
        Ok(None) => {
            faults.push(FieldError::new("/amount", Code::Required, "How much came in?"));
            String::new()
        }
        Err(fault) => {
            faults.push(FieldError::new("/amount", Code::ValueInvalid, fault.detail));
            String::new()
        }
    };
    let received_on: Option<NaiveDate> = fields.get("received_on").parse().ok();
    if received_on.is_none() {
        let detail = "Write the day as year-month-day, for example 2026-11-25.";
        faults.push(FieldError::new("/received_on", Code::ValueInvalid, detail));
    }
    let typed = Typed {
        amount: fields.get("amount").to_owned(),
        received_on: Some(fields.get("received_on").to_owned()),
        invoice: fields.get("invoice").to_owned(),
        reference: fields.get("reference").to_owned(),
    };
    let Some(received_on) = received_on.filter(|_| faults.is_empty()) else {
        return page(&state, shell, account, typed, &faults).await;
    };
    let request = PaymentRequest {
        account: code,
        amount,
        currency: account.currency.code().to_owned(),
        received_on,
        invoice_id: fields.filled("invoice").map(|id| id.parse().ok()),
        reference: fields.filled("reference").map(str::to_owned),
    };
    let actor = desk.staff.actor();
    let booked = state
        .db
        .write(move |tx| payments::receive(tx, &key, &request, &actor, now()))
        .await;
    match booked {
        Ok((booked, _)) => {
            let text = shell.t1("desk-pay-booked", "invoices", booked.applied.len());
            let to = format!("/desk/payments/{}", booked.payment.id);
            Ok(see_other(to).flash(Tone::Ok, text).into())
        }
        Err(Error::Invalid(faults)) => page(&state, shell, account, typed, &faults).await,
        Err(Error::Refused {
            code: Code::IdempotencyKeyReused,
            ..
        }) => Ok(see_other("/desk/payments")
            .flash(Tone::Warn, shell.t("desk-form-sent-before"))
            .into()),
        Err(error @ Error::Conflict { .. }) => Ok(see_other("/desk/payments")
            .flash(Tone::Bad, shell.error_text(&error))
            .into()),
        Err(error) => Err(error),
    }
}
