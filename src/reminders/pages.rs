//! The account's reminders: the list, one with the invoices it names, its paper.

use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use super::api;
use super::sent::{self, Item, Reminder};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{Params, PathId};
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::ReminderId;
use crate::state::AppState;
use crate::web::export::{Column, Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::{Chip, Form, Shape, Shell, Tone};

const PATH: &str = "/reminders";

/// From where on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

/// How urgent a reminder is.
pub(super) fn level_chip(shell: &Shell, level: i32) -> Chip {
    let (tone, shape) = match level {
        ..=1 => (Tone::Info, Shape::Ring),
        2 => (Tone::Warn, Shape::Half),
        _ => (Tone::Bad, Shape::Diamond),
    };
    Chip::new(tone, shape, shell.name("reminder-level", &level.to_string()))
}

/// Columns of a reminder.
pub(super) const REMINDER: &[Column<Reminder>] = &[
    ("id", |one| Value::text(one.own.id.to_string())),
    ("number", |one| Value::text(&one.own.number)),
    ("level", |one| Value::number(one.own.level)),
    ("sent_on", |one| Value::Day(one.own.sent_on)),
    ("sent_at", |one| Value::Moment(one.own.sent_at)),
    ("currency", |one| Value::text(one.own.currency.code())),
    ("overdue_total", |one| Value::number(one.money(one.own.overdue_minor))),
    ("not_due_total", |one| Value::number(one.money(one.own.not_due_minor))),
    ("fee", |one| Value::number(one.money(one.own.fee_minor))),
    ("interest", |one| Value::number(one.money(one.own.interest_minor))),
    ("charges", |one| Value::number(one.money(one.charges_minor))),
    ("on_account", |one| {
        Value::maybe(one.own.on_account_minor.map(|minor| one.money(minor)), Value::number)
    }),
    ("balance", |one| {
        Value::maybe(one.balance_minor().map(|minor| one.money(minor)), Value::number)
    }),
    ("waived_at", |one| Value::maybe(one.waived_at, Value::Moment)),
    ("waive_reason", |one| {
        Value::maybe(one.waive_reason.as_ref(), Value::text)
    }),
];

fn row(shell: &Shell, reminder: &Reminder) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", reminder.own.id), &reminder.own.number),
        Cell::text(shell.day(reminder.own.sent_on)),
        Cell::chip(level_chip(shell, reminder.own.level)),
        Cell::text(shell.money(reminder.money(reminder.own.overdue_minor))),
    ]
}

/// My reminders
#[get("/reminders")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (shell, scope) = (&visitor.shell, Scope::Account(visitor.customer.account_id));
    let read =
        move |connection: &mut Connection, (): &(), after, limit| sent::list(connection, scope, None, after, limit);
    let part = Part::read(&state.db, params.cursor.as_deref(), (), |one| one.own.id, read).await?;
    let list = List::new(shell, PATH)
        .column("reminder-number", "id nowrap")
        .column("reminder-sent", "")
        .column("reminder-kind", "")
        .column("reminder-overdue", "num")
        .rows(part.rows.iter().map(|one| row(shell, one)))
        .none("reminders-none")
        .export()
        .counted("reminders-shown", &part);
    ListPage::new("reminders", list)
        .below("/invoices", "invoices")
        .action("/statement", "statement")
        .answer()
}

/// My reminders as a file
#[get("/reminders/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let scope = Scope::Account(visitor.customer.account_id);
    let read = move |connection: &mut Connection| sent::list(connection, scope, None, None, READ_MAX);
    let rows = state.db.read(read).await?;
    let file = Export {
        name: "reminders",
        columns: &[REMINDER],
    };
    file.answer(&state.exports, &visitor.shell, &request, rows).await
}

struct Line {
    link: String,
    number: String,
    po_number: String,
    due: String,
    late: String,
    is_late: bool,
    open: String,
}

/// What the desk has more on the page.
#[derive(Default)]
pub(super) struct OfDesk {
    /// Address and name of the account.
    pub account: Option<(String, String)>,
    /// Fee and interest may be given up.
    pub may_waive: bool,
    pub form: Form,
}

#[derive(Template)]
#[template(path = "reminders/templates/reminder.html")]
struct ReminderPage<'a> {
    shell: &'a Shell,
    /// Where reminders are listed.
    list: &'static str,
    link: String,
    number: &'a str,
    chip: Chip,
    sent: String,
    /// Key of the label and amount.
    sums: Vec<(&'static str, String)>,
    waived: Option<String>,
    lines: Vec<Line>,
    desk: OfDesk,
}

/// The page of a reminder: in the portal, or on the desk.
pub(super) fn page(
    shell: &Shell,
    (reminders, invoices): (&'static str, &'static str),
    (reminder, items): (&Reminder, &[Item]),
    desk: OfDesk,
) -> Result<HttpResponse> {
    let own = &reminder.own;
    let money = |minor| shell.money(reminder.money(minor));
    let sums = [
        ("reminder-overdue", own.overdue_minor),
        ("reminder-open-not-due", own.not_due_minor),
        ("reminder-fee", own.fee_minor),
        ("reminder-interest", own.interest_minor),
        ("reminder-on-account", own.on_account_minor.unwrap_or_default()),
        ("reminder-balance", reminder.balance_minor().unwrap_or_default()),
        ("reminder-charges-open", reminder.charges_minor),
    ];
    let line = |item: &Item| Line {
        link: format!("{invoices}/{}", item.invoice_id),
        number: item.number.clone(),
        po_number: item.po_number.clone(),
        due: shell.day(item.due_on),
        late: match item.overdue_days {
            ..=0 => shell.t("reminder-not-due"),
            days => shell.t1("reminder-days-late", "days", days),
        },
        is_late: item.overdue_days > 0,
        open: money(item.open_minor),
    };
    let waived = reminder.waived_at.map(|at| {
        let reason = reminder.waive_reason.clone().unwrap_or_default();
        shell.t2("reminder-waived", "moment", shell.moment(at), "reason", reason)
    });
    shell.page_with(
        desk.form.status(),
        &ReminderPage {
            shell,
            list: reminders,
            link: format!("{reminders}/{}", own.id),
            number: &own.number,
            chip: level_chip(shell, own.level),
            sent: shell.day(own.sent_on),
            sums: sums
                .into_iter()
                .filter(|(_, minor)| *minor != 0)
                .map(|(key, minor)| (key, money(minor)))
                .collect(),
            waived,
            lines: items.iter().map(line).collect(),
            desk,
        },
    )
}

/// One of my reminders
#[get("/reminders/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ReminderId>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| sent::get(connection, account_id, id);
    let (reminder, items) = state.db.read(read).await?;
    let desk = OfDesk {
        form: Form::new(&visitor.shell),
        ..OfDesk::default()
    };
    page(&visitor.shell, (PATH, "/invoices"), (&reminder, &items), desk)
}

/// The reminder on paper
#[get("/reminders/{id}/pdf")]
pub async fn print(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ReminderId>,
) -> Result<HttpResponse> {
    api::print(&state, visitor.customer.account_id, id).await
}
