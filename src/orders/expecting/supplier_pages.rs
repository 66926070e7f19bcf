//! What is expected, on the desk: the list with what is late, a form for more of it and one for each.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::accounts;
use crate::catalogue;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Desk, MayMoveGoods, MayReadDesk};
use crate::ids::ExpectedReceiptId;
use crate::inventory;
use crate::orders::expecting;
use crate::state::AppState;
use crate::supply::inputs::NewExpected;
use crate::supply::rules::{State, is_late};
use crate::supply::{self, Expected, Filter, Place};
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Chip, Fields, Form, Shape, Shell, Tone, see_other};

const PATH: &str = "/desk/expected-receipts";
/// What is still to come where none is named.
const VIEWS: [&str; 3] = ["", "late", "any"];

/// Which view, what in it, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    q: String,
    cursor: Option<String>,
}

impl ListParams {
    fn asked(&self) -> Asked {
        Asked {
            view: VIEWS.into_iter().find(|view| *view == self.view).unwrap_or_default(),
            text: filled(&self.q),
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Serialize)]
struct Asked {
    view: &'static str,
    text: Option<String>,
}

/// What is expected of a text: a reference, else the number of a product.
fn filters(connection: &mut Connection, asked: &Asked) -> Result<Filter> {
    let mut filter = match asked.view {
        "late" => Filter {
            late: Some(true),
            ..Filter::default()
        },
        "any" => Filter::default(),
        _ => Filter {
            state: Some(State::Open),
            ..Filter::default()
        },
    };
    if let Some(text) = &asked.text {
        let found = catalogue::list_by_skus(connection, std::slice::from_ref(text))?;
        match found.into_iter().next() {
            Some((_, product)) => filter.product_id = Some(product.id.0),
            None => filter.reference = Some(text.clone()),
        }
    }
    Ok(filter)
}

fn chip(shell: &Shell, expected: &Expected, today: NaiveDate) -> Chip {
    let (tone, shape, key) = match expected.state {
        State::Open if is_late(expected.state, expected.expected_on, today) => (Tone::Bad, Shape::Diamond, "late"),
        State::Open if !expected.confirmed => (Tone::Warn, Shape::Ring, "unconfirmed"),
        State::Open => (Tone::Info, Shape::Ring, "open"),
        State::Received => (Tone::Ok, Shape::Dot, "received"),
        State::Closed => (Tone::Neutral, Shape::Diamond, "closed"),
    };
    Chip::new(tone, shape, shell.name("expected-state", key))
}

fn row(shell: &Shell, expected: &Expected, today: NaiveDate) -> Vec<Cell> {
    let amount = |steps| shell.language.quantity(expected.amount(steps));
    let late = is_late(expected.state, expected.expected_on, today);
    vec![
        Cell::code(format!("{PATH}/{}", expected.id), &expected.reference),
        Cell::link(format!("/desk/stock/{}", expected.product_id), &expected.sku).and_under(&expected.name),
        Cell::text(&expected.warehouse),
        Cell::text(shell.quantity(expected.amount(expected.quantity), &expected.base_unit)),
        Cell::text(amount(expected.rest())),
        Cell::text(shell.day(expected.expected_on)).late(late),
        Cell::text(expected.supplier.clone().unwrap_or_default()),
        Cell::chip(chip(shell, expected, today)),
    ]
}

const FILE: Export<Expected> = Export {
    name: "expected-receipts",
    columns: &[&[
        ("id", |one| Value::text(one.id.to_string())),
        ("reference", |one| Value::text(&one.reference)),
        ("sku", |one| Value::text(&one.sku)),
        ("name", |one| Value::text(&one.name)),
        ("warehouse", |one| Value::text(&one.warehouse)),
        ("base_unit", |one| Value::text(&one.base_unit)),
        ("quantity", |one| Value::number(one.amount(one.quantity))),
        ("received", |one| Value::number(one.amount(one.received))),
        ("outstanding", |one| Value::number(one.amount(one.rest()))),
        ("expected_on", |one| Value::Day(one.expected_on)),
        ("supplier", |one| Value::maybe(one.supplier.as_ref(), Value::text)),
        ("confirmed", |one| Value::text(one.confirmed.to_string())),
        ("state", |one| Value::text(one.state.name())),
    ]],
};

/// Expected goods, the first first
#[get("/desk/expected-receipts")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let zone = state.db.read(accounts::supplier_zone).await?;
    let today = day_in(zone, now());
    let asked = params.asked();
    let view = asked.view;
    let read = move |connection: &mut Connection, asked: &Asked, after: Option<Place>, limit| {
        let filter = filters(connection, asked)?;
        supply::list(connection, &filter, today, Walk::from(after), limit)
    };
    let part = Part::read(&state.db, params.cursor.as_deref(), asked, Expected::place, read).await?;
    let list = List::new(shell, PATH)
        .keep("view", view)
        .by_text("q", "expected-find", &params.q)
        .column("expected-reference", "id")
        .column("desk-sku", "plain")
        .column("desk-warehouse", "")
        .column("expected-quantity", "num")
        .column("expected-outstanding", "num")
        .column("expected-on", "")
        .column("expected-supplier", "")
        .column("word-state", "")
        .rows(part.rows.iter().map(|expected| row(shell, expected, today)))
        .none("expected-none")
        .none_found("expected-none-found")
        .export()
        .counted("expected-shown", &part);
    ListPage::new("expected", list)
        .below("/desk/stock", "word-stock")
        .views("expected-view", &VIEWS)
        .lead("expected-text")
        .action("/desk/calendars", "expected-calendars")
        .primary_if(
            desk.may::<MayMoveGoods>(),
            "/desk/expected-receipts/new",
            "expected-new",
        )
        .answer()
}

/// The expected goods of the list as a file
#[get("/desk/expected-receipts/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let asked = params.asked();
    let read = move |connection: &mut Connection| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        let filter = filters(connection, &asked)?;
        supply::list(connection, &filter, today, Walk::First, READ_MAX)
    };
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

#[derive(Template)]
#[template(path = "orders/templates/desk_expected.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    /// What is changed; none for a new one.
    expected: Option<&'a Expected>,
    title: String,
    chip: Option<Chip>,
    facts: Vec<(String, String)>,
    may_change: bool,
    receive: Option<String>,
    form: Form,
    warehouses: Vec<(String, String)>,
    flags: Vec<(String, String)>,
}

/// A form for what is expected, or one that is kept.
fn answer(
    shell: &Shell,
    (expected, may_change): (Option<&Expected>, bool),
    form: Form,
    (warehouses, today): (Vec<String>, NaiveDate),
) -> Result<HttpResponse> {
    let fact = |key: &str, text: String| (shell.t(key), text);
    let facts = expected.map(|expected| {
        let amount = |steps| shell.quantity(expected.amount(steps), &expected.base_unit);
        let all = [
            fact("line-product", format!("{} {}", expected.sku, expected.name)),
            fact("desk-warehouse", expected.warehouse.clone()),
            fact("expected-quantity", amount(expected.quantity)),
            fact("expected-received", amount(expected.received)),
            fact("expected-outstanding", amount(expected.rest())),
            fact("expected-on", shell.day(expected.expected_on)),
        ];
        let supplier = expected.supplier.clone().map(|from| fact("expected-supplier", from));
        all.into_iter().chain(supplier).collect()
    });
    let receive = expected
        .filter(|expected| may_change && expected.rest() > 0)
        .map(|expected| {
            let quantity = shell.language.quantity(expected.amount(expected.rest()));
            let asked = [
                ("sku", expected.sku.as_str()),
                ("quantity", quantity.as_str()),
                ("reference", expected.reference.as_str()),
                ("warehouse", expected.warehouse.as_str()),
            ];
            address("/desk/receipts/new", asked)
        });
    let page = FormPage {
        shell,
        expected,
        title: match expected {
            None => shell.t("expected-new"),
            Some(expected) => shell.t2(
                "expected-title",
                "sku",
                expected.sku.as_str(),
                "reference",
                expected.reference.as_str(),
            ),
        },
        chip: expected.map(|expected| chip(shell, expected, today)),
        facts: facts.unwrap_or_default(),
        may_change: may_change && expected.is_none_or(|expected| expected.state != State::Closed),
        receive,
        warehouses: warehouses.into_iter().map(|code| (code.clone(), code)).collect(),
        flags: ["true", "false"]
            .map(|flag| (flag.to_owned(), shell.name("expected-confirmed", flag)))
            .to_vec(),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// What the form chooses from, and today.
fn beside(connection: &mut Connection) -> Result<(Vec<String>, NaiveDate)> {
    let today = day_in(accounts::supplier_zone(connection)?, now());
    Ok((inventory::list_warehouses(connection)?, today))
}

/// A form for goods that are expected
#[get("/desk/expected-receipts/new")]
pub async fn show_new(state: web::Data<AppState>, desk: Desk<MayMoveGoods>) -> Result<HttpResponse> {
    let form = Form::of(&desk.shell, [("confirmed", "true")]);
    answer(&desk.shell, (None, true), form, state.db.read(beside).await?)
}

/// Expects goods
#[post("/desk/expected-receipts/new")]
pub async fn create(state: web::Data<AppState>, desk: Desk<MayMoveGoods>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    if let Some(given) = form.input::<NewExpected>(&["quantity"]) {
        let actor = desk.staff.actor();
        let add = move |tx: &mut Connection| expecting::add(tx, &actor, &given, now());
        match state.db.write(add).await {
            Ok(expected) => {
                let text = shell.t1("expected-added", "reference", expected.reference.as_str());
                let to = see_other(format!("{PATH}/{}", expected.id));
                return Ok(to.flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    answer(shell, (None, true), form, state.db.read(beside).await?)
}

/// One of what is expected
#[get("/desk/expected-receipts/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<ExpectedReceiptId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| Ok((supply::get(connection, id)?, beside(connection)?));
    let (expected, beside) = state.db.read(read).await?;
    let form = Form::stored(&desk.shell, &NewExpected::from(&expected));
    let may_change = desk.may::<MayMoveGoods>();
    answer(&desk.shell, (Some(&expected), may_change), form, beside)
}

/// Changes what is expected
#[post("/desk/expected-receipts/{id}")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<ExpectedReceiptId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor, seen) = (&desk.shell, desk.staff.actor(), fields.seen());
    let mut form = Form::sent(shell, fields);
    if let Some(given) = form.input(&["quantity"]) {
        let change = move |tx: &mut Connection| expecting::change(tx, &actor, id, &seen, &given, now());
        match state.db.write(change).await {
            Ok(expected) => {
                let text = shell.t1("expected-changed", "reference", expected.reference.as_str());
                return Ok(see_other(format!("{PATH}/{id}")).flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    let read = move |connection: &mut Connection| Ok((supply::get(connection, id)?, beside(connection)?));
    let (expected, beside) = state.db.read(read).await?;
    answer(shell, (Some(&expected), true), form, beside)
}

/// Expects nothing more of it
#[post("/desk/expected-receipts/{id}/close")]
pub async fn close(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<ExpectedReceiptId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor, seen) = (&desk.shell, desk.staff.actor(), fields.seen());
    let close = move |tx: &mut Connection| expecting::close(tx, &actor, id, &seen, now());
    match state.db.write(close).await {
        Ok(expected) => {
            let text = shell.t1("expected-closed-now", "reference", expected.reference.as_str());
            Ok(see_other(PATH).flash(Tone::Ok, text).into())
        }
        Err(error @ crate::error::Error::Conflict { .. }) => {
            let again = see_other(format!("{PATH}/{id}"));
            Ok(again.flash(Tone::Bad, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
