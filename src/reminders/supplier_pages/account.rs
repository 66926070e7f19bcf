//! How an account is reminded: its policy, what is disputed and promised, and whether its orders are held.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use chrono::NaiveDate;

use crate::accounts;
use crate::accounts::rules::Account;
use crate::accounts::words::Head;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks, MayManageAccounts, MayReadDesk};
use crate::identity::idempotency;
use crate::ids::{AccountId, InvoiceId};
use crate::ledger::open_items::{self, OpenItem};
use crate::money::Money;
use crate::reminders::disputes::{self, Dispute};
use crate::reminders::promises::{self, Promise, PromiseRequest};
use crate::reminders::rules::{Policy, PromiseState};
use crate::reminders::settings::{self, AccountSettings};
use crate::reminders::{holds, policies};
use crate::state::AppState;
use crate::web::{Banner, Fields, Form, Shell, Tone, see_other};

/// Promises that are shown.
const PROMISES_MAX: i64 = 20;

struct Row {
    id: String,
    link: String,
    number: String,
    due: String,
    open: String,
    level: String,
    /// Why.
    disputed: Option<String>,
    /// Somebody of the supplier said so.
    is_said: bool,
}

#[derive(Template)]
#[template(path = "reminders/templates/account.html")]
struct AccountPage<'a> {
    shell: &'a Shell,
    head: Head,
    form: Form,
    banners: Vec<Banner>,
    policies: Vec<(String, String)>,
    policy: String,
    excluded: String,
    rows: Vec<Row>,
    /// Day, state, what is open, note.
    promises: Vec<(String, String, String, String)>,
    may_keep: bool,
    may_stop: bool,
}

struct Known {
    account: Account,
    own: AccountSettings,
    policies: Vec<Policy>,
    open: Vec<(OpenItem, Option<Dispute>)>,
    promises: Vec<Promise>,
    today: NaiveDate,
}

fn read(connection: &mut Connection, id: AccountId) -> Result<Known> {
    let account = accounts::get(connection, id)?;
    let disputed = disputes::of_account(connection, id)?;
    let open = open_items::list_open(connection, id)?.into_iter();
    let open = open.map(|item| {
        let why = disputed.get(&item.invoice_id).cloned();
        (item, why)
    });
    Ok(Known {
        open: open.collect(),
        own: settings::of_account(connection, id)?,
        policies: policies::list(connection, Walk::First, i64::MAX)?,
        promises: promises::list(connection, Some(&account.code), Walk::First, PROMISES_MAX)?,
        today: day_in(accounts::supplier_zone(connection)?, now()),
        account,
    })
}

fn banners(shell: &Shell, own: &AccountSettings, today: NaiveDate) -> Vec<Banner> {
    let mut banners = Vec::new();
    if let Some(since) = own.held_since {
        let text = shell.t1("reminder-held-since", "moment", shell.moment(since));
        banners.push(Banner::new(Tone::Bad, text));
    } else if let Some(told) = own.told_on {
        let text = shell.t1("reminder-hold-told", "day", shell.day(told));
        banners.push(Banner::new(Tone::Warn, text));
    }
    if let Some(until) = own.stopped_until.filter(|until| *until >= today) {
        let text = shell.t1("reminder-hold-stopped", "day", shell.day(until));
        banners.push(Banner::new(Tone::Info, text).with_details(own.stop_reason.clone()));
    }
    banners
}

async fn page<R>(state: &AppState, desk: &Desk<R>, id: AccountId, form: Form) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let known = state.db.read(move |connection| read(connection, id)).await?;
    let money = |minor| shell.money(Money::new(minor, known.account.currency));
    let row = |(item, told): &(OpenItem, Option<Dispute>)| Row {
        id: item.invoice_id.to_string(),
        link: format!("/desk/invoices/{}", item.invoice_id),
        number: item.number.clone(),
        due: shell.day(item.due_on),
        open: money(item.open_minor),
        level: match item.reminder_level {
            0 => String::new(),
            level => shell.name("reminder-level", &level.to_string()),
        },
        disputed: told.as_ref().map(Dispute::why),
        is_said: told.as_ref().is_some_and(|one| one.reason.is_some()),
    };
    let promise = |promise: &Promise| {
        let state = PromiseState::of(promise.open_minor, promise.promised_on, known.today);
        (
            shell.day(promise.promised_on),
            shell.name("promise-state", state.name()),
            money(promise.open_minor),
            promise.note.clone().unwrap_or_default(),
        )
    };
    let mut choices = vec![(String::new(), shell.t("reminder-policy-house"))];
    choices.extend(
        known
            .policies
            .iter()
            .map(|policy| (policy.code.clone(), policy.name.clone())),
    );
    let head = Head::new(desk, &known.account, "reminders");
    shell.page_with(
        form.status(),
        &AccountPage {
            shell,
            may_keep: desk.may::<MayKeepBooks>(),
            may_stop: desk.may::<MayManageAccounts>(),
            head,
            banners: banners(shell, &known.own, known.today),
            policies: choices,
            policy: known.own.policy.clone().unwrap_or_default(),
            excluded: known.own.excluded.clone().unwrap_or_default(),
            rows: known.open.iter().map(row).collect(),
            promises: known.promises.iter().map(promise).collect(),
            form,
        },
    )
}

/// How an account is reminded
#[get("/desk/accounts/{id}/reminders")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    page(&state, &desk, id, Form::new(&desk.shell)).await
}

/// What came of a form of the page.
async fn settled<R>(
    state: &AppState,
    desk: &Desk<R>,
    id: AccountId,
    form: Form,
    (done, key): (Result<()>, &str),
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let to = see_other(format!("/desk/accounts/{id}/reminders"));
    match done {
        Ok(()) => Ok(to.flash(Tone::Ok, shell.t(key)).into()),
        Err(error @ Error::Conflict { .. }) => Ok(to.flash(Tone::Warn, shell.error_text(&error)).into()),
        Err(error @ Error::Invalid(_)) => page(state, desk, id, form.refused(shell, error)?).await,
        Err(error) => Err(error),
    }
}

/// Sets policy and exclusion
#[post("/desk/accounts/{id}/reminders")]
pub async fn set(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let form = Form::sent(&desk.shell, fields);
    let (policy, excluded) = (form.filled("policy"), form.filled("excluded"));
    let write = move |tx: &mut Connection| {
        let own = (policy.as_deref(), excluded.as_deref());
        settings::set_of_account(tx, id, own, &actor, now()).map(drop)
    };
    let done = state.db.write(write).await;
    settled(&state, &desk, id, form, (done, "reminder-set")).await
}

/// Keeps orders from being held
#[post("/desk/accounts/{id}/reminders/stop-hold")]
pub async fn stop_hold(
    state: web::Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let mut form = Form::sent(&desk.shell, fields);
    let Some(until) = form.day("until") else {
        return page(&state, &desk, id, form).await;
    };
    let reason = form.text("reason").to_owned();
    let write = move |tx: &mut Connection| holds::stop(tx, id, (until, &reason), &actor, now());
    let done = state.db.write(write).await;
    settled(&state, &desk, id, form, (done, "reminder-hold-stopped-now")).await
}

/// Records a promise to pay
#[post("/desk/accounts/{id}/reminders/promise")]
pub async fn record_promise(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let mut form = Form::sent(&desk.shell, fields);
    let key = form.fields().form_key()?;
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/promises", key, &form.content())?;
    let Some(promised_on) = form.day("promised_on") else {
        return page(&state, &desk, id, form).await;
    };
    let invoices: Vec<Option<InvoiceId>> = form.fields().all("invoices").map(|id| id.parse().ok()).collect();
    let note = form.filled("note");
    let write = move |tx: &mut Connection| {
        let request = PromiseRequest {
            account: accounts::get(tx, id)?.code,
            invoices: invoices.clone(),
            promised_on,
            note: note.clone(),
        };
        promises::record(tx, &key, &request, &actor, now()).map(drop)
    };
    let done = state.db.write(write).await;
    settled(&state, &desk, id, form, (done, "promise-recorded")).await
}

/// Disputes an invoice, or ends its dispute
#[post("/desk/accounts/{id}/reminders/dispute")]
pub async fn dispute(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let invoice: InvoiceId = fields.parse("invoice")?;
    let form = Form::sent(&desk.shell, fields);
    let (reason, is_end) = (form.text("why").to_owned(), form.is("do", "settle"));
    let write = move |tx: &mut Connection| match is_end {
        true => disputes::settle(tx, invoice, &reason, &actor, now()),
        false => disputes::dispute(tx, invoice, &reason, &actor, now()),
    };
    let done = state.db.write(write).await;
    settled(&state, &desk, id, form, (done, "dispute-noted")).await
}
