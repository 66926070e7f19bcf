//! Changes of orders on the desk: those that accounts ask for, to take on or refuse; and a form for staff's own.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::rules::State;
use super::rules::listing::Filter;
use super::words::form::Changing;
use super::words::{Told, state_chip, told};
use super::{Change, deciding};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::http::{Params, PathId};
use crate::identity::caller::{Desk, MayReadDesk, MaySteer};
use crate::ids::{OrderChangeId, OrderId};
use crate::orders::changes;
use crate::orders::words as order_words;
use crate::state::AppState;
use crate::views;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Chip, Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/order-changes";
const VIEWS: [&str; 2] = ["requested", "all"];

/// Which lines the form shows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FormParams {
    /// How many lines stand before them.
    from: usize,
}

/// Which changes, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    q: String,
    account: String,
    cursor: Option<String>,
}

impl ListParams {
    fn view(&self) -> &'static str {
        let [first, ..] = VIEWS;
        VIEWS.into_iter().find(|view| *view == self.view).unwrap_or(first)
    }

    fn filter(&self) -> Filter {
        Filter {
            account: filled(&self.account),
            order_id: None,
            state: (self.view() == "requested").then_some(State::Requested),
            text: filled(&self.q),
        }
    }
}

fn sum(change: &Change, is: bool) -> &str {
    let sums = match is {
        true => &change.difference.is,
        false => &change.difference.was,
    };
    sums.gross_total.as_deref().unwrap_or(&sums.net_total)
}

const FILE: Export<Change> = Export {
    name: "order-changes",
    columns: &[&[
        ("account", |change| Value::text(&change.account.0)),
        ("account_name", |change| Value::text(&change.account.1)),
        ("order_number", |change| Value::text(change.order_number.to_string())),
        ("po_number", |change| Value::text(&change.po_number)),
        ("by", |change| Value::text(change.by.name())),
        ("state", |change| Value::text(change.state.name())),
        ("revision", |change| {
            Value::maybe(change.revision, |revision| Value::text(revision.to_string()))
        }),
        ("lines", |change| Value::text(change.difference.lines.len().to_string())),
        ("was_total", |change| Value::text(sum(change, false))),
        ("total", |change| Value::text(sum(change, true))),
        ("currency", |change| Value::text(&change.difference.currency)),
        ("reason", |change| Value::maybe(change.reason.as_ref(), Value::text)),
        ("created_at", |change| Value::Moment(change.created_at)),
        ("decided_at", |change| Value::maybe(change.decided_at, Value::Moment)),
        ("decision_reason", |change| {
            Value::maybe(change.decision_reason.as_ref(), Value::text)
        }),
    ]],
};

fn row(shell: &Shell, change: &Change) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", change.id), change.order_number.to_string()),
        Cell::mono(&change.po_number),
        Cell::text(&change.account.1),
        Cell::text(shell.moment(change.created_at)),
        Cell::text(shell.name("change-by", change.by.name())),
        Cell::text(change.difference.lines.len().to_string()),
        Cell::text(change.reason.clone().unwrap_or_default()),
        Cell::chip(state_chip(shell, change.state)),
    ]
}

/// Changes of orders
#[get("/desk/order-changes")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = |connection: &mut Connection, filter: &Filter, after: Option<OrderChangeId>, limit| {
        changes::list(connection, Scope::All, filter, after, limit)
    };
    let cursor = params.cursor.as_deref();
    let part = Part::read(&state.db, cursor, params.filter(), |change: &Change| change.id, read).await?;
    let list = List::new(shell, PATH)
        .keep("view", params.view())
        .by_text("q", "desk-claims-text", &params.q)
        .by_text("account", "desk-filter-account", &params.account)
        .column("word-order", "id nowrap")
        .column("desk-po", "p3")
        .column("word-account", "")
        .column("change-asked", "")
        .column("change-by", "p3")
        .column("word-lines", "num p3")
        .column("word-reason", "")
        .column("word-state", "")
        .rows(part.rows.iter().map(|change| row(shell, change)))
        .none("desk-changes-empty")
        .none_found("desk-changes-none-found")
        .export()
        .counted("changes-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("order-changes", list)
        .views("desk-changes-view", &VIEWS)
        .answer()
}

/// The changes of the list as a file
#[get("/desk/order-changes/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let read = move |connection: &mut _| changes::list(connection, Scope::All, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

#[derive(Template)]
#[template(path = "orders/changes/templates/desk_change.html")]
struct ChangePage<'a> {
    shell: &'a Shell,
    link: String,
    order: String,
    number: String,
    order_state: Chip,
    po_number: String,
    account: String,
    account_link: String,
    chip: Chip,
    asked: String,
    by: String,
    revision: String,
    reason: String,
    decision: String,
    currency: String,
    told: Told,
    may_decide: bool,
    form: Form,
}

async fn page<R>(state: &AppState, desk: &Desk<R>, id: OrderChangeId, form: Form) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| changes::get_for_staff(connection, id);
    let change = state.db.read(read).await?;
    let shell = &desk.shell;
    let page = ChangePage {
        shell,
        link: format!("{PATH}/{id}"),
        order: format!("/desk/orders/{}", change.order_id),
        number: change.order_number.to_string(),
        order_state: order_words::state_chip(shell, change.order_state),
        po_number: change.po_number.clone(),
        account: change.account.1.clone(),
        account_link: format!("/desk/accounts/{}", change.account_id),
        chip: state_chip(shell, change.state),
        asked: shell.moment(change.created_at),
        by: shell.name("change-by", change.by.name()),
        revision: change.revision.map(|revision| revision.to_string()).unwrap_or_default(),
        reason: change.reason.clone().unwrap_or_default(),
        decision: change.decision_reason.clone().unwrap_or_default(),
        currency: change.difference.currency.clone(),
        told: told(shell, &change.difference),
        may_decide: change.state.is_open() && desk.may::<MaySteer>(),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// One change of an order
#[get("/desk/order-changes/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<OrderChangeId>,
) -> Result<HttpResponse> {
    page(&state, &desk, id, Form::new(&desk.shell)).await
}

/// Back to the change, with what came of a step; a reason that is refused is told at its field.
async fn stepped(
    state: &AppState,
    desk: &Desk<MaySteer>,
    (id, fields): (OrderChangeId, Fields),
    done: Result<Change>,
    key: &str,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let to = see_other(format!("{PATH}/{id}"));
    match done {
        Ok(change) => {
            let text = shell.t1(key, "number", change.order_number.to_string());
            Ok(to.flash(Tone::Ok, text).into())
        }
        Err(error @ (Error::Conflict { .. } | Error::Refused { .. })) => {
            Ok(to.flash(Tone::Warn, shell.error_text(&error)).into())
        }
        Err(error) => {
            let form = Form::sent(shell, fields).refused(shell, error)?;
            page(state, desk, id, form).await
        }
    }
}

/// Takes it on
#[post("/desk/order-changes/{id}/accept")]
pub async fn accept(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderChangeId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, reason) = (desk.staff.actor(), fields.filled("reason").map(str::to_owned));
    let write = move |tx: &mut Connection| deciding::accept(tx, id, reason.as_deref(), &actor, now());
    let done = state.db.write(write).await;
    stepped(&state, &desk, (id, fields), done, "desk-change-accepted").await
}

/// Refuses it
#[post("/desk/order-changes/{id}/refuse")]
pub async fn refuse(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderChangeId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, reason) = (desk.staff.actor(), fields.get("reason").to_owned());
    let write = move |tx: &mut Connection| deciding::refuse(tx, id, &reason, &actor, now());
    let done = state.db.write(write).await;
    stepped(&state, &desk, (id, fields), done, "desk-change-refused").await
}

fn changing<'a>(state: &'a AppState, desk: &'a Desk<MaySteer>, id: OrderId) -> Changing<'a> {
    Changing {
        state,
        shell: &desk.shell,
        id,
        scope: Scope::All,
        person_id: desk.staff.person_id,
        actor: desk.staff.actor(),
    }
}

/// A form for a change
#[get("/desk/orders/{id}/change")]
pub async fn ask(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderId>,
    Params(params): Params<FormParams>,
) -> Result<HttpResponse> {
    changing(&state, &desk, id).ask(params.from).await
}

/// Shows what a change would come to, or makes it
#[post("/desk/orders/{id}/change")]
pub async fn take(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    changing(&state, &desk, id).take(fields).await
}
