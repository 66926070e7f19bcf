//! Price changes on the desk: the list, a form for a new one, and one with what it comes to.

pub mod filling;
pub mod one;
pub mod rows;

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::rules::State;
use super::{Change, Plan};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::Params;
use crate::identity::caller::{Confirmed, Desk, MayReadDesk, MaySetPrices};
use crate::ids::PriceChangeId;
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::{Chip, Fields, Form, Shape, Shell, Tone, see_other};

const PATH: &str = "/desk/price-changes";

/// From where on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

fn state_chip(shell: &Shell, state: State) -> Chip {
    let (tone, shape) = match state {
        State::Draft | State::Approved | State::RollingBack => (Tone::Info, Shape::Half),
        State::Submitted => (Tone::Warn, Shape::Ring),
        State::Rejected => (Tone::Bad, Shape::Ring),
        State::Applied => (Tone::Ok, Shape::Dot),
        State::RolledBack => (Tone::Neutral, Shape::Dot),
    };
    Chip::new(tone, shape, shell.name("price-change-state", state.name()))
}

fn row(shell: &Shell, change: &Change) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", change.id), &change.title),
        Cell::chip(state_chip(shell, change.state)),
        Cell::text(shell.day(change.effective_on)),
        Cell::text(shell.language.decimal(change.row_count)),
        Cell::text(shell.moment(change.created_at)),
    ]
}

const FILE: Export<Change> = Export {
    name: "price-changes",
    columns: &[&[
        ("id", |change| Value::text(change.id.to_string())),
        ("title", |change| Value::text(&change.title)),
        ("state", |change| Value::text(change.state.name())),
        ("effective_on", |change| Value::Day(change.effective_on)),
        ("rows", |change| Value::number(change.row_count)),
        ("note", |change| Value::maybe(change.note.as_ref(), Value::text)),
        ("created_at", |change| Value::Moment(change.created_at)),
        ("submitted_at", |change| {
            Value::maybe(change.submitted_at, Value::Moment)
        }),
        ("decided_at", |change| Value::maybe(change.decided_at, Value::Moment)),
        ("applied_at", |change| Value::maybe(change.applied_at, Value::Moment)),
        ("rolled_back_at", |change| {
            Value::maybe(change.rolled_back_at, Value::Moment)
        }),
    ]],
};

/// Price changes
#[get("/desk/price-changes")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = |connection: &mut Connection, (): &(), after: Option<PriceChangeId>, limit| {
        super::list(connection, after, limit)
    };
    let id = |change: &Change| change.id;
    let part = Part::read(&state.db, params.cursor.as_deref(), (), id, read).await?;
    let list = List::new(shell, PATH)
        .column("price-change-title", "id")
        .column("word-state", "")
        .column("price-change-day", "")
        .column("price-change-rows", "num")
        .column("price-change-made", "p3")
        .rows(part.rows.iter().map(|change| row(shell, change)))
        .none("price-changes-none")
        .export()
        .counted("price-changes-shown", &part);
    ListPage::new("nav-price-changes", list)
        .lead("price-changes-lead")
        .primary_if(
            desk.may::<MaySetPrices>(),
            "/desk/price-changes/new",
            "price-change-new",
        )
        .answer()
}

/// The price changes of the list as a file
#[get("/desk/price-changes/export.{format}")]
pub async fn export(state: web::Data<AppState>, desk: Desk<MayReadDesk>, request: HttpRequest) -> Result<HttpResponse> {
    let read = |connection: &mut Connection| super::list(connection, Walk::First, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

#[derive(Template)]
#[template(path = "pricing/templates/price_change_new.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    form: Form,
}

fn form_page(shell: &Shell, form: Form) -> Result<HttpResponse> {
    shell.page_with(form.status(), &FormPage { shell, form })
}

/// A plan as a form says it; none after noting what can't be read.
fn typed(form: &mut Form) -> Option<Plan> {
    let effective_on = form.day("effective_on");
    let notice_days = match form.value("notice_days").is_empty() {
        true => Some(None),
        false => form.number("notice_days").map(|text| text.parse().ok().or(Some(-1))),
    };
    Some(Plan {
        title: form.value("title").to_owned(),
        note: form.filled("note"),
        effective_on: effective_on?,
        notice_days: notice_days?,
    })
}

/// The form of a new price change
#[get("/desk/price-changes/new")]
pub async fn show_new(desk: Desk<MaySetPrices>) -> Result<HttpResponse> {
    form_page(&desk.shell, Form::new(&desk.shell))
}

/// Plans a price change
#[post("/desk/price-changes")]
pub async fn create(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let Some(plan) = typed(&mut form) else {
        return form_page(shell, form);
    };
    let actor = desk.staff.actor();
    match state.db.write(move |tx| super::create(tx, &plan, &actor, now())).await {
        Ok(change) => {
            let to = see_other(format!("{PATH}/{}", change.id));
            Ok(to.flash(Tone::Ok, shell.t("price-change-created")).into())
        }
        Err(error) => form_page(shell, form.refused(shell, error)?),
    }
}
