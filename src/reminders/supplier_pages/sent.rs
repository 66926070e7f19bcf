//! Reminders that were sent, on the desk.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::Deserialize;

use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::http::{Params, PathId};
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::ids::ReminderId;
use crate::reminders::api;
use crate::reminders::pages::{OfDesk, REMINDER, level_chip, page};
use crate::reminders::sent::{self, Item, Reminder};
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/reminders/sent";

/// Whose, and from where on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    account: String,
    cursor: Option<String>,
}

const FILE: Export<Reminder> = Export {
    name: "reminders",
    columns: &[
        &[
            ("account", |one| Value::text(&one.account)),
            ("account_name", |one| Value::text(&one.account_name)),
        ],
        REMINDER,
    ],
};

fn row(shell: &Shell, reminder: &Reminder) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", reminder.own.id), &reminder.own.number),
        Cell::text(shell.day(reminder.own.sent_on)),
        Cell::text(&reminder.account_name),
        Cell::chip(level_chip(shell, reminder.own.level)),
        Cell::text(shell.money(reminder.money(reminder.own.overdue_minor))),
    ]
}

/// Reminders that were sent
#[get("/desk/reminders/sent")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = |connection: &mut Connection, account: &Option<String>, after, limit| {
        sent::list(connection, Scope::All, account.as_deref(), after, limit)
    };
    let account = filled(&params.account);
    let part = Part::read(
        &state.db,
        params.cursor.as_deref(),
        account,
        |one: &Reminder| one.own.id,
        read,
    )
    .await?;
    let list = List::new(shell, PATH)
        .by_text("account", "desk-filter-account", &params.account)
        .column("reminder-number", "id nowrap")
        .column("reminder-sent", "")
        .column("word-account", "")
        .column("reminder-kind", "")
        .column("reminder-overdue", "num")
        .rows(part.rows.iter().map(|one| row(shell, one)))
        .none("reminders-none-sent")
        .export()
        .counted("reminders-shown", &part);
    ListPage::new("reminders-sent", list)
        .below("/desk/reminders", "reminder-runs")
        .answer()
}

/// The reminders of the list as a file
#[get("/desk/reminders/sent/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let account = filled(&params.account);
    let read =
        move |connection: &mut Connection| sent::list(connection, Scope::All, account.as_deref(), None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

fn answer(desk_may: bool, shell: &Shell, (reminder, items): (Reminder, Vec<Item>), form: Form) -> Result<HttpResponse> {
    let own = OfDesk {
        account: Some((
            format!("/desk/accounts/{}/reminders", reminder.own.account_id),
            reminder.account_name.clone(),
        )),
        may_waive: desk_may && reminder.costs_minor() > 0 && reminder.waived_at.is_none(),
        form,
    };
    page(shell, (PATH, "/desk/invoices"), (&reminder, &items), own)
}

/// One reminder
#[get("/desk/reminders/sent/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<ReminderId>,
) -> Result<HttpResponse> {
    let found = state
        .db
        .read(move |connection| sent::get_for_staff(connection, id))
        .await?;
    answer(desk.may::<MayKeepBooks>(), &desk.shell, found, Form::new(&desk.shell))
}

/// The reminder on paper
#[get("/desk/reminders/sent/{id}/pdf")]
pub async fn print(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<ReminderId>,
) -> Result<HttpResponse> {
    let account_id = state
        .db
        .read(move |connection| sent::account_of(connection, id))
        .await?;
    api::print(&state, account_id, id).await
}

/// Gives up fee and interest
#[post("/desk/reminders/sent/{id}/waive")]
pub async fn waive(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<ReminderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, shell) = (desk.staff.actor(), &desk.shell);
    let reason = fields.get("reason").to_owned();
    let waived = state
        .db
        .write(move |tx| sent::waive(tx, id, &reason, &actor, now()))
        .await;
    let to = see_other(format!("{PATH}/{id}"));
    match waived {
        Ok(_) => Ok(to.flash(Tone::Ok, shell.t("reminder-waived-now")).into()),
        Err(error @ Error::Conflict { .. }) => Ok(to.flash(Tone::Warn, shell.error_text(&error)).into()),
        Err(error @ Error::Invalid(_)) => {
            let form = Form::sent(shell, fields).refused(shell, error)?;
            let found = state
                .db
                .read(move |connection| sent::get_for_staff(connection, id))
                .await?;
            answer(true, shell, found, form)
        }
        Err(error) => Err(error),
    }
}
