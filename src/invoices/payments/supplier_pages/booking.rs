//! Booking money that came in: first whose it is, then how much and what for.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts;
use crate::accounts::rules::Account;
use crate::clock::{day_in, now};
use crate::error::Result;
use crate::identity::caller::{Desk, MayKeepBooks};
use crate::identity::idempotency;
use crate::ids::{InvoiceId, ReminderId};
use crate::invoices::payments::words::{self, Row};
use crate::invoices::payments::{self, PaymentRequest};
use crate::ledger::charges::{self, OpenCharge};
use crate::ledger::open_items::{self, OpenItem, Owing};
use crate::money::{Currency, Money};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::{Fields, Form, Shell, Tone, see_other};

/// Accounts that owe, to choose from.
const OWING_MAX: i64 = 100;

/// Whose money, and what for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageParams {
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
    form: Form,
    debtors: Vec<Debtor>,
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_payment_new.html")]
struct BookingPage<'a> {
    shell: &'a Shell,
    form: Form,
    code: String,
    account: String,
    currency: String,
    today: String,
    /// Value and text.
    invoices: Vec<(String, String)>,
    open: String,
    /// What is open, to say of each how much is paid.
    allocations: Vec<Row>,
}

/// The open invoices of an account to choose from, the oldest first.
pub(in crate::invoices) fn choices(
    shell: &Shell,
    (items, owed): (&[OpenItem], &[OpenCharge]),
    currency: Currency,
) -> Vec<(String, String)> {
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
    choices.extend(owed.iter().map(|charge| {
        let open = shell.money(Money::new(charge.open_minor, currency));
        let text = shell.t2("desk-pay-choice-charge", "number", charge.number.clone(), "open", open);
        (charge.reminder_id.to_string(), text)
    }));
    choices
}

/// What somebody chose of them: an invoice or a reminder.
pub(super) fn named(chosen: Option<&str>) -> (Option<Option<InvoiceId>>, Option<Option<ReminderId>>) {
    match chosen {
        None => (None, None),
        Some(id) => match id.parse::<ReminderId>() {
            Ok(id) => (None, Some(Some(id))),
            Err(_) => (Some(id.parse().ok()), None),
        },
    }
}

async fn ask_account(state: &AppState, shell: &Shell, account: String) -> Result<HttpResponse> {
    let read = |connection: &mut _| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        Ok((open_items::list_owing(connection, OWING_MAX)?, today))
    };
    let (owing, today) = state.db.read(read).await?;
    let debtor = |owing: &Owing| Debtor {
        link: address("/desk/payments/new", [("account", owing.account.as_str())]),
        name: owing.name.clone(),
        invoices: shell.t1("desk-invoices-shown", "count", owing.invoices),
        open: shell.money(Money::new(owing.open_minor, owing.currency)),
        due: shell.day(owing.due_on),
        is_late: owing.due_on < today,
    };
    let mut form = Form::of(shell, [("account", account.as_str())]);
    if !account.is_empty() {
        form.note(
            "account",
            shell.t1("desk-pay-unknown-account", "account", account.as_str()),
        );
    }
    shell.page_with(
        form.status(),
        &AccountPage {
            shell,
            form,
            debtors: owing.iter().map(debtor).collect(),
        },
    )
}

async fn page(state: &AppState, shell: &Shell, account: Account, form: Form) -> Result<HttpResponse> {
    let account_id = account.id;
    let read = move |connection: &mut _| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        let items = open_items::list_open(connection, account_id)?;
        let known = words::read(connection, &items)?;
        Ok((items, charges::list_open(connection, account_id)?, known, today))
    };
    let (items, owed, known, today) = state.db.read(read).await?;
    let today = today.to_string();
    let charged = owed.iter().map(|charge| charge.open_minor);
    let open_minor = items.iter().map(|item| item.open_minor).chain(charged).sum();
    shell.page_with(
        form.status(),
        &BookingPage {
            shell,
            allocations: words::rows(shell, &form, &items, &known, account.currency),
            form: form.or(&Form::of(shell, [("received_on", today.as_str())])),
            currency: account.currency.code().to_owned(),
            invoices: choices(shell, (&items, &owed), account.currency),
            open: shell.money(Money::new(open_minor, account.currency)),
            code: account.code,
            account: account.name,
            today,
        },
    )
}

/// A form for new money
#[get("/desk/payments/new")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    query: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let query = query.into_inner();
    let code = query.account.trim().to_owned();
    let asked = code.clone();
    let account = state
        .db
        .read(move |connection| accounts::find_by_code(connection, &asked))
        .await?;
    let Some(account) = account else {
        return ask_account(&state, &desk.shell, code).await;
    };
    let form = Form::of(&desk.shell, [("invoice_id", query.invoice)]);
    page(&state, &desk.shell, account, form).await
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
        return ask_account(&state, shell, code).await;
    };
    let mut form = Form::sent(shell, fields);
    let key = form.fields().form_key()?;
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/payments", key, &form.content())?;
    let (amount, received_on) = (form.amount("amount", account.currency.code()), form.day("received_on"));
    let allocations = words::written(&mut form, account.currency);
    let (Some(amount), Some(received_on), false) = (amount, received_on, form.is_refused()) else {
        return page(&state, shell, account, form).await;
    };
    let named = named(form.filled("invoice_id").as_deref());
    let request = PaymentRequest {
        account: code,
        amount,
        currency: account.currency.code().to_owned(),
        received_on,
        invoice_id: named.0,
        reminder_id: named.1,
        reference: form.filled("reference"),
        allocations,
    };
    let actor = desk.staff.actor();
    let booked = state
        .db
        .write(move |tx| payments::receive(tx, &key, &request, &actor, now()))
        .await;
    match booked {
        Ok((booked, _)) => {
            let text = shell.t1("desk-pay-booked", "invoices", booked.applied.len());
            let (tone, text) = match booked.warning().or_else(|| booked.late.first().cloned()) {
                Some(warning) => (Tone::Warn, shell.say(&warning)),
                None => (Tone::Ok, text),
            };
            let to = format!("/desk/payments/{}", booked.payment.id);
            Ok(see_other(to).flash(tone, text).into())
        }
        Err(error) => page(&state, shell, account, form.refused(shell, error)?).await,
    }
}
