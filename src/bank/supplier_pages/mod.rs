//! The bank on the desk: what waits for somebody, one entry with what speaks for and against what is proposed.

pub mod files;

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts;
use crate::bank::deciding::{self, Booking};
use crate::bank::rules::{Direction, State};
use crate::bank::{self, EntryFilter, Movement};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::ids::{BankEntryId, BankStatementId};
use crate::invoices::payments::words;
use crate::ledger::open_items;
use crate::money::Money;
use crate::state::AppState;
use crate::views;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Chip, Fields, Form, Shape, Shell, Tone, see_other};

const PATH: &str = "/desk/bank";
const STATEMENTS: &str = "/desk/bank/statements";
const VIEWS: [&str; 4] = ["", "booked", "ignored", "every"];

/// Which entries, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    account: String,
    statement: String,
    q: String,
    cursor: Option<String>,
}

impl ListParams {
    fn view(&self) -> &'static str {
        VIEWS.into_iter().find(|view| *view == self.view).unwrap_or_default()
    }

    fn filter(&self) -> EntryFilter {
        let states = match self.view() {
            "" => vec![State::Proposed, State::Unknown],
            "booked" => vec![State::Booked],
            "ignored" => vec![State::Ignored],
            _ => Vec::new(),
        };
        let statement = filled(&self.statement);
        EntryFilter {
            states,
            account: filled(&self.account),
            statement_id: statement.map(|id| id.parse().unwrap_or(BankStatementId(0))),
            text: filled(&self.q),
            ..EntryFilter::default()
        }
    }
}

fn state_chip(shell: &Shell, state: State) -> Chip {
    let (tone, shape) = match state {
        State::Proposed => (Tone::Info, Shape::Half),
        State::Unknown => (Tone::Warn, Shape::Ring),
        State::Booked => (Tone::Ok, Shape::Dot),
        State::Ignored | State::Outgoing => (Tone::Neutral, Shape::Dot),
    };
    Chip::new(tone, shape, shell.name("bank-entry-state", state.name()))
}

/// The amount; below zero where money went out.
fn amount(movement: &Movement) -> Money {
    let row = &movement.row.own;
    let minor = match row.direction {
        Direction::Credit => row.amount_minor,
        Direction::Debit => row.amount_minor.saturating_neg(),
    };
    Money::new(minor, row.currency)
}

fn payer(movement: &Movement) -> String {
    let row = &movement.row.own;
    row.payer_name
        .clone()
        .or_else(|| row.payer_iban.clone())
        .unwrap_or_default()
}

/// The numbers of the invoices that it may pay.
fn numbers(movement: &Movement) -> String {
    let numbers: Vec<&str> = movement.proposed.iter().map(|(_, number, _)| number.as_str()).collect();
    numbers.join(", ")
}

const FILE: Export<Movement> = Export {
    name: "bank-entries",
    columns: &[&[
        ("id", |one| Value::text(one.row.own.id.to_string())),
        ("statement_id", |one| Value::text(one.row.own.statement_id.to_string())),
        ("bank_account", |one| Value::text(&one.row.bank_account)),
        ("state", |one| Value::text(one.row.own.state.name())),
        ("booked_on", |one| Value::Day(one.row.own.booked_on)),
        ("value_on", |one| Value::maybe(one.row.own.value_on, Value::Day)),
        ("currency", |one| Value::text(one.row.own.currency.code())),
        ("amount", |one| Value::number(amount(one))),
        ("payer_name", |one| {
            Value::maybe(one.row.own.payer_name.as_ref(), Value::text)
        }),
        ("payer_iban", |one| {
            Value::maybe(one.row.own.payer_iban.as_ref(), Value::text)
        }),
        ("reference", |one| {
            Value::maybe(one.row.own.reference.as_ref(), Value::text)
        }),
        ("remittance", |one| Value::text(&one.row.own.remittance)),
        ("end_to_end_id", |one| {
            Value::maybe(one.row.own.end_to_end_id.as_ref(), Value::text)
        }),
        ("account", |one| Value::maybe(one.row.account.as_ref(), Value::text)),
        ("proposed", |one| Value::text(numbers(one))),
        ("payment_id", |one| {
            Value::maybe(one.row.own.payment_id, |id| Value::text(id.to_string()))
        }),
        ("note", |one| Value::maybe(one.row.own.note.as_ref(), Value::text)),
        ("decided_at", |one| Value::maybe(one.row.own.decided_at, Value::Moment)),
        ("decided_by", |one| {
            Value::maybe(one.row.own.decided_by.as_ref(), Value::text)
        }),
    ]],
};

fn row(shell: &Shell, movement: &Movement) -> Vec<Cell> {
    let own = &movement.row.own;
    let said = own
        .reference
        .clone()
        .unwrap_or_else(|| own.remittance.replace('\n', " "));
    vec![
        Cell::link(format!("{PATH}/{}", own.id), shell.day(own.booked_on)),
        Cell::text(payer(movement)),
        Cell::text(said),
        Cell::text(shell.money(amount(movement))),
        Cell::text(movement.row.account.clone().unwrap_or_default()).and_under(numbers(movement)),
        Cell::chip(state_chip(shell, own.state)),
    ]
}

/// What waits for somebody
#[get("/desk/bank")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (shell, cursor, filter) = (&desk.shell, params.cursor.as_deref(), params.filter());
    let part = Part::read(
        &state.db,
        cursor,
        filter,
        |one: &Movement| one.row.own.id,
        bank::list_entries,
    )
    .await?;
    let list = List::new(shell, PATH)
        .keep("view", params.view())
        .keep("statement", &params.statement)
        .by_text("q", "bank-filter", &params.q)
        .by_text("account", "desk-filter-account", &params.account)
        .column("bank-booked-on", "id nowrap")
        .column("bank-payer", "")
        .column("bank-text", "")
        .column("desk-pay-amount-head", "num")
        .column("bank-proposed", "")
        .column("word-state", "")
        .rows(part.rows.iter().map(|one| row(shell, one)))
        .none("bank-empty")
        .export()
        .counted("bank-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("nav-bank", list)
        .views("bank-view", &VIEWS)
        .primary(STATEMENTS, "bank-files")
        .answer()
}

/// The entries of the list as a file
#[get("/desk/bank/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let read = move |connection: &mut _| bank::list_entries(connection, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

#[derive(Template)]
#[template(path = "bank/templates/bank_entry.html")]
struct EntryPage<'a> {
    shell: &'a Shell,
    link: String,
    title: String,
    state: Chip,
    facts: Vec<(&'static str, String)>,
    said: String,
    reasons: Vec<String>,
    /// Link, number and amount.
    proposed: Vec<(String, String, String)>,
    account: String,
    payment: Option<String>,
    waits: bool,
    may_accept: bool,
    came_in: bool,
    went_out: bool,
    may_reopen: bool,
    note: String,
    /// Open invoices of the account that is looked at: value and text.
    invoices: Vec<(String, String)>,
    /// The same, to say of each how much is paid.
    allocations: Vec<words::Row>,
    /// The refund that it is, or may be.
    refund: Option<String>,
    form: Form,
}

/// Whose open invoices are shown to choose from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EntryParams {
    account: String,
}

async fn entry_page(
    state: &AppState,
    shell: &Shell,
    keeps_books: bool,
    (id, account): (BankEntryId, String),
    form: Form,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let movement = bank::get_entry(connection, id)?;
        let code = match account.trim() {
            "" => movement.row.account.clone().unwrap_or_default(),
            code => code.to_owned(),
        };
        let found = accounts::find_by_code(connection, &code)?;
        let open = match &found {
            Some(account) => open_items::list_open(connection, account.id)?,
            None => Vec::new(),
        };
        let known = words::read(connection, &open)?;
        Ok((movement, code, open, known))
    };
    let (movement, account, open, known) = state.db.read(read).await?;
    let own = &movement.row.own;
    let waits = keeps_books && matches!(own.state, State::Proposed | State::Unknown | State::Outgoing);
    let came_in = own.direction == Direction::Credit && own.amount_minor > 0;
    let takes_back = own.is_reversal && own.direction == Direction::Debit;
    let option = |item: &open_items::OpenItem| {
        let open = shell.money(Money::new(item.open_minor, own.currency));
        (item.invoice_id.to_string(), format!("{} ({open})", item.number))
    };
    let stays = (String::new(), shell.t("bank-on-account"));
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let facts = [
        ("bank-booked-on", shell.day(own.booked_on)),
        (
            "bank-value-on",
            own.value_on.map(|day| shell.day(day)).unwrap_or_default(),
        ),
        ("bank-payer", text(&own.payer_name)),
        ("bank-payer-iban", text(&own.payer_iban)),
        ("word-reference", text(&own.reference)),
        ("bank-end-to-end", text(&own.end_to_end_id)),
        ("bank-code", text(&own.bank_code)),
        ("bank-reference", text(&own.bank_reference)),
        ("bank-account", movement.row.bank_account.clone()),
    ];
    let payment = own
        .payment_id
        .or(own.takes_back_id)
        .filter(|_| own.state == State::Booked);
    let page = EntryPage {
        shell,
        link: format!("{PATH}/{id}"),
        title: shell.t1("bank-entry-of", "amount", shell.money(amount(&movement))),
        state: state_chip(shell, own.state),
        facts: facts.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
        said: own.remittance.clone(),
        reasons: movement.reasons.iter().map(|reason| shell.say(reason)).collect(),
        proposed: movement
            .proposed
            .iter()
            .map(|(id, number, money)| (format!("/desk/invoices/{id}"), number.clone(), shell.money(*money)))
            .collect(),
        payment: payment.map(|id| format!("/desk/payments/{id}")),
        waits,
        may_accept: waits && (own.takes_back_id.is_some() || (came_in && own.account_id.is_some())),
        came_in: came_in && !takes_back,
        went_out: own.direction == Direction::Debit,
        may_reopen: keeps_books
            && (own.state == State::Ignored || (own.state == State::Booked && own.payment_id.is_some())),
        note: text(&own.note),
        allocations: words::rows(shell, &form, &open, &known, own.currency),
        refund: own.refund_id.map(|id| format!("/desk/refunds/{id}")),
        invoices: std::iter::once(stays).chain(open.iter().map(option)).collect(),
        account,
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// One entry
#[get("/desk/bank/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<BankEntryId>,
    Query(params): Query<EntryParams>,
) -> Result<HttpResponse> {
    let form = Form::of(&desk.shell, [("account", params.account.as_str())]);
    let keeps_books = desk.may::<MayKeepBooks>();
    entry_page(&state, &desk.shell, keeps_books, (id, params.account), form).await
}

/// Back to the list with a word, or to the entry with what is wrong.
async fn answer(
    state: &AppState,
    shell: &Shell,
    id: BankEntryId,
    fields: Fields,
    (decided, told): (Result<Movement>, &str),
) -> Result<HttpResponse> {
    let account = fields.get("account").to_owned();
    match decided {
        Ok(_) => Ok(see_other(PATH.to_owned()).flash(Tone::Ok, shell.t(told)).into()),
        Err(error @ Error::Invalid(_)) => {
            let form = Form::sent(shell, fields).refused(shell, error)?;
            entry_page(state, shell, true, (id, account), form).await
        }
        Err(error @ Error::Conflict { .. }) => {
            let text = shell.error_text(&error);
            Ok(see_other(format!("{PATH}/{id}")).flash(Tone::Warn, text).into())
        }
        Err(error) => Err(error),
    }
}

/// Books an entry
#[post("/desk/bank/{id}/book")]
pub async fn book(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<BankEntryId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let booking = match fields.get("do") {
        "named" => Booking {
            account: fields.filled("account").map(str::to_owned),
            invoice_ids: fields.filled("invoice").map(|id| vec![id.parse().ok()]),
            ..Booking::default()
        },
        "allocated" => {
            let read = move |connection: &mut Connection| bank::get_entry(connection, id);
            let currency = state.db.read(read).await?.row.own.currency;
            let mut form = Form::sent(&desk.shell, fields.clone());
            let allocations = words::written(&mut form, currency);
            if form.is_refused() {
                let account = form.value("account").to_owned();
                return entry_page(&state, &desk.shell, true, (id, account), form).await;
            }
            Booking {
                account: fields.filled("account").map(str::to_owned),
                allocations,
                ..Booking::default()
            }
        }
        "refund" => Booking {
            account: fields.filled("account").map(str::to_owned),
            ..Booking::default()
        },
        "taken_back" => Booking {
            payment_id: Some(fields.get("payment_id").trim().parse().ok()),
            ..Booking::default()
        },
        _ => Booking::default(),
    };
    let decided = state
        .db
        .write(move |tx| deciding::book(tx, id, &booking, &actor, now()))
        .await;
    answer(&state, &desk.shell, id, fields, (decided, "bank-booked")).await
}

/// Says that an entry is no payment of an account
#[post("/desk/bank/{id}/ignore")]
pub async fn ignore(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<BankEntryId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, reason) = (desk.staff.actor(), fields.get("reason").to_owned());
    let decided = state
        .db
        .write(move |tx| deciding::ignore(tx, id, &reason, &actor, now()))
        .await;
    answer(&state, &desk.shell, id, fields, (decided, "bank-ignored")).await
}

/// Looks at an entry again
#[post("/desk/bank/{id}/reopen")]
pub async fn reopen(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<BankEntryId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, reason) = (desk.staff.actor(), fields.get("reason").to_owned());
    let decided = state
        .db
        .write(move |tx| deciding::reopen(tx, id, &reason, &actor, now()))
        .await;
    answer(&state, &desk.shell, id, fields, (decided, "bank-reopened")).await
}
