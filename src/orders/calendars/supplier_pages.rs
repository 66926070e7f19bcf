//! Calendars on the desk: a form for a new one, one of them with its days off.

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::inputs::{CalendarChange, NewCalendar};
use crate::calendars::Calendar;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayMoveGoods, MayReadDesk};
use crate::ids::CalendarId;
use crate::inventory;
use crate::state::AppState;
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/calendars";

#[derive(Template)]
#[template(path = "orders/templates/desk_calendar.html")]
struct CalendarPage<'a> {
    shell: &'a Shell,
    /// What is changed; none for a new one.
    shown: Option<Shown>,
    title: String,
    may_keep: bool,
    warehouses: Vec<(String, String)>,
    form: Form,
    days: Form,
}

struct Shown {
    link: String,
    code: String,
    of: String,
    version: i64,
    /// Days off in words.
    holidays: Vec<String>,
}

/// Whose a calendar is, in words.
fn of(shell: &Shell, calendar: &Calendar) -> String {
    let kept = &calendar.kept;
    match (&kept.warehouse, &kept.account, &kept.site) {
        (Some(warehouse), ..) => shell.t1("calendars-of-warehouse", "warehouse", warehouse.as_str()),
        (None, Some(account), Some(site)) => {
            shell.t2("calendars-of-site", "site", site.as_str(), "account", account.as_str())
        }
        _ => shell.t("calendars-of-supplier"),
    }
}

fn answer(
    shell: &Shell,
    (calendar, may_keep): (Option<&Calendar>, bool),
    (form, days): (Form, Option<Form>),
    warehouses: Vec<String>,
) -> Result<HttpResponse> {
    let status = days.as_ref().map_or(form.status(), Form::status);
    let lines = |calendar: &Calendar| {
        let days: Vec<_> = calendar.holidays.iter().map(NaiveDate::to_string).collect();
        Form::of(shell, [("days", days.join("\n"))])
    };
    let shown = calendar.map(|calendar| Shown {
        link: format!("{PATH}/{}", calendar.kept.id),
        code: calendar.kept.code.clone(),
        of: of(shell, calendar),
        version: super::version(calendar),
        holidays: calendar.holidays.iter().map(|day| shell.day(*day)).collect(),
    });
    let none = (String::new(), shell.t("calendar-of-none"));
    let page = CalendarPage {
        shell,
        title: match &shown {
            Some(shown) => shell.t1("calendar-title", "code", shown.code.as_str()),
            None => shell.t("calendar-new"),
        },
        shown,
        may_keep,
        warehouses: std::iter::once(none)
            .chain(warehouses.into_iter().map(|code| (code.clone(), code)))
            .collect(),
        days: days.unwrap_or_else(|| calendar.map_or_else(|| Form::new(shell), lines)),
        form,
    };
    shell.page_with(status, &page)
}

/// Whose the new calendar is to be.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewParams {
    account: String,
    site: String,
    warehouse: String,
}

/// A form for a new calendar
#[get("/desk/calendars/new")]
pub async fn show_new(
    state: Data<AppState>,
    desk: Desk<MayMoveGoods>,
    Query(params): Query<NewParams>,
) -> Result<HttpResponse> {
    let values = [
        ("weekdays", "mon-fri".to_owned()),
        ("account", params.account),
        ("site", params.site),
        ("warehouse", params.warehouse),
    ];
    let warehouses = state.db.read(inventory::list_warehouses).await?;
    let form = Form::of(&desk.shell, values);
    answer(&desk.shell, (None, true), (form, None), warehouses)
}

/// Adds a calendar
#[post("/desk/calendars/new")]
pub async fn create(state: Data<AppState>, desk: Desk<MayMoveGoods>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    if let Some(given) = form.input::<NewCalendar>(&[]) {
        let actor = desk.staff.actor();
        let add = move |tx: &mut Connection| super::add(tx, &given, &actor, now());
        match state.db.write(add).await {
            Ok(calendar) => {
                let text = shell.t1("calendar-added", "code", calendar.kept.code.as_str());
                let to = see_other(format!("{PATH}/{}", calendar.kept.id));
                return Ok(to.flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    let warehouses = state.db.read(inventory::list_warehouses).await?;
    answer(shell, (None, true), (form, None), warehouses)
}

async fn page<R>(
    state: &AppState,
    desk: &Desk<R>,
    id: CalendarId,
    (form, days): (Option<Form>, Option<Form>),
) -> Result<HttpResponse> {
    let calendar = state.db.read(move |connection| super::get(connection, id)).await?;
    let shell = &desk.shell;
    let form = form.unwrap_or_else(|| Form::stored(shell, &NewCalendar::from(&calendar)));
    let may_keep = desk.may::<MayMoveGoods>();
    answer(shell, (Some(&calendar), may_keep), (form, days), Vec::new())
}

/// One calendar
#[get("/desk/calendars/{id}")]
pub async fn show(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<CalendarId>,
) -> Result<HttpResponse> {
    page(&state, &desk, id, (None, None)).await
}

/// Changes a calendar
#[post("/desk/calendars/{id}")]
pub async fn change(
    state: Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<CalendarId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, seen) = (&desk.shell, fields.seen());
    let mut form = Form::sent(shell, fields);
    if let Some(given) = form.input::<CalendarChange>(&[]) {
        let actor = desk.staff.actor();
        let change = move |tx: &mut Connection| super::change(tx, id, &seen, &given, &actor, now());
        match state.db.write(change).await {
            Ok(calendar) => {
                let text = shell.t1("calendar-changed", "code", calendar.kept.code.as_str());
                return Ok(see_other(format!("{PATH}/{id}")).flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    page(&state, &desk, id, (Some(form), None)).await
}

/// The days that a text names, a line for each.
fn read_days(text: &str) -> Result<Vec<NaiveDate>, String> {
    let parts = text
        .split(|sign: char| sign.is_whitespace() || sign == ',' || sign == ';')
        .filter(|part| !part.is_empty());
    parts
        .map(|part| part.parse().ok().ok_or_else(|| part.to_owned()))
        .collect()
}

/// Says the days off of a calendar anew
#[post("/desk/calendars/{id}/holidays")]
pub async fn set_holidays(
    state: Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<CalendarId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, seen) = (&desk.shell, fields.seen());
    let mut form = Form::sent(shell, fields);
    match read_days(form.text("days")) {
        Err(wrong) => form.note("days", shell.t1("calendar-day-wrong", "text", wrong)),
        Ok(days) => {
            let actor = desk.staff.actor();
            let set = move |tx: &mut Connection| super::set_holidays(tx, id, &seen, &days, &actor, now());
            match state.db.write(set).await {
                Ok(calendar) => {
                    let text = shell.t1("calendar-changed", "code", calendar.kept.code.as_str());
                    return Ok(see_other(format!("{PATH}/{id}")).flash(Tone::Ok, text).into());
                }
                Err(error) => form = form.refused(shell, error)?,
            }
        }
    }
    page(&state, &desk, id, (None, Some(form))).await
}

/// Removes a calendar
#[post("/desk/calendars/{id}/remove")]
pub async fn remove(
    state: Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<CalendarId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor, seen) = (&desk.shell, desk.staff.actor(), fields.seen());
    let remove = move |tx: &mut Connection| super::remove(tx, id, &seen, &actor, now());
    match state.db.write(remove).await {
        Ok(()) => Ok(see_other(PATH).flash(Tone::Ok, shell.t("calendar-removed")).into()),
        Err(error @ Error::Conflict { .. }) => {
            let again = see_other(format!("{PATH}/{id}"));
            Ok(again.flash(Tone::Bad, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
