//! Order minimums at the desk: all of them with a form for a new one, and one to change or take away.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::{KeptMinimum, MinimumInput, NewMinimum};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{Page, PathId};
use crate::identity::caller::{Confirmed, Desk, MayReadDesk, MaySetPrices};
use crate::ids::OrderMinimumId;
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List};
use crate::web::lists::filled;
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/order-minimums";
/// The field that people type a number into.
const NUMBERS: [&str; 1] = ["minimum"];

/// Which order minimums to show.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct PageParams {
    /// Code of an account: only its own.
    account: String,
    cursor: Option<String>,
}

fn cells(shell: &Shell, kept: &KeptMinimum, may_edit: bool) -> Vec<Cell> {
    let account = match may_edit {
        true => Cell::link(format!("{PATH}/{}", kept.id), &kept.account),
        false => Cell::text(&kept.account),
    };
    vec![account.and_under(&kept.name), Cell::text(shell.money(kept.minimum))]
}

/// It has the columns of the import file.
const FILE: Export<KeptMinimum> = Export {
    name: "order-minimums",
    columns: &[&[
        ("account", |one| Value::text(&one.account)),
        ("minimum", |one| Value::number(one.minimum)),
        ("currency", |one| Value::text(one.minimum.currency.code())),
    ]],
};

#[derive(Template)]
#[template(path = "pricing/templates/order_minimums.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    may_edit: bool,
    account: &'a str,
    /// The form of a new one.
    form: Form,
    has_none: bool,
    list: List<'a>,
}

async fn show(
    state: &AppState,
    (shell, may_edit): (&Shell, bool),
    asked: &PageParams,
    form: Form,
) -> Result<HttpResponse> {
    let page = Page::shown(asked.cursor.clone());
    let filter = ("desk-order-minimums", asked.account.as_str());
    let (after, fetch): (Option<OrderMinimumId>, _) = (page.after(&filter)?, page.fetch());
    let account = filled(&asked.account);
    let read = move |connection: &mut Connection| super::list(connection, account.as_deref(), after, fetch);
    let found = state.db.read(read).await?;
    let (found, next) = page.cut(&filter, found, |kept| kept.id)?;
    let shown = shell.t1("minimums-shown", "count", found.len());
    let answer = ListPage {
        shell,
        may_edit,
        account: &asked.account,
        has_none: found.is_empty(),
        list: List::new(shell, PATH)
            .keep("account", &asked.account)
            .column("minimum-account", "id")
            .column("minimum-value", "num")
            .rows(found.iter().map(|kept| cells(shell, kept, may_edit)))
            .none("minimums-none")
            .export()
            .pages(shown, asked.cursor.as_deref(), next.as_deref()),
        form,
    };
    shell.page_with(answer.form.status(), &answer)
}

/// What orders of accounts must come to
#[get("/desk/order-minimums")]
pub async fn show_all(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let may_edit = desk.may::<MaySetPrices>();
    let form = Form::of(&desk.shell, [("account", asked.account.as_str())]);
    show(&state, (&desk.shell, may_edit), &asked, form).await
}

/// The same as a file
#[get("/desk/order-minimums/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let account = filled(&asked.account);
    let read = move |connection: &mut Connection| super::list(connection, account.as_deref(), None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// Sets one
#[post("/desk/order-minimums")]
pub async fn add(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    if let Some(new) = form.input::<NewMinimum>(&NUMBERS) {
        let actor = desk.staff.actor();
        match state.db.write(move |tx| super::add(tx, &new, &actor, now())).await {
            Ok(added) => {
                let text = shell.t1("minimum-added", "account", added.account.as_str());
                return Ok(see_other(PATH).flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    show(&state, (shell, true), &PageParams::default(), form).await
}

#[derive(Template)]
#[template(path = "pricing/templates/order_minimum.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    kept: &'a KeptMinimum,
    version: i64,
    form: Form,
}

fn one(shell: &Shell, kept: &KeptMinimum, form: Form) -> Result<HttpResponse> {
    let page = OnePage {
        shell,
        kept,
        version: super::version(kept),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// The form of one
#[get("/desk/order-minimums/{id}")]
pub async fn show_one(
    state: web::Data<AppState>,
    desk: Desk<MaySetPrices>,
    PathId(id): PathId<OrderMinimumId>,
) -> Result<HttpResponse> {
    let kept = state.db.read(move |connection| super::get(connection, id)).await?;
    let form = Form::stored(&desk.shell, &NewMinimum::from(&kept));
    one(&desk.shell, &kept, form)
}

/// Changes one
#[post("/desk/order-minimums/{id}")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<OrderMinimumId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    if let Some(input) = form.input::<MinimumInput>(&NUMBERS) {
        let (actor, seen) = (desk.staff.actor(), form.fields().seen());
        let change = move |tx: &mut Connection| super::change(tx, id, &seen, &input, &actor, now());
        match state.db.write(change).await {
            Ok(changed) => {
                let text = shell.t1("minimum-changed", "account", changed.account.as_str());
                return Ok(see_other(PATH).flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    let kept = state.db.read(move |connection| super::get(connection, id)).await?;
    one(shell, &kept, form)
}

/// Takes one away
#[post("/desk/order-minimums/{id}/remove")]
pub async fn remove(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<OrderMinimumId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen) = (desk.staff.actor(), fields.seen());
    let remove = move |tx: &mut Connection| super::remove(tx, id, &seen, &actor, now());
    match state.db.write(remove).await {
        Ok(removed) => {
            let text = desk.shell.t1("minimum-removed", "account", removed.account.as_str());
            Ok(see_other(PATH).flash(Tone::Ok, text).into())
        }
        Err(error @ Error::Conflict { .. }) => {
            let again = see_other(format!("{PATH}/{id}"));
            Ok(again.flash(Tone::Bad, desk.shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
