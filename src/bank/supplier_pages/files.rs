//! Files of banks on the desk: a field for one, and the statements that were taken in.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::{PATH, STATEMENTS};
use crate::bank::reading::csv::DayOrder;
use crate::bank::rules::State;
use crate::bank::supplier_api::take;
use crate::bank::{self, Counted};
use crate::clock::Days;
use crate::db::Connection;
use crate::error::Result;
use crate::http::Upload;
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::money::Money;
use crate::sheets::numbers::NumberStyle;
use crate::state::AppState;
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, Part};
use crate::web::lists::typed_days;
use crate::web::{Form, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "bank/templates/bank_statements.html")]
struct StatementsPage<'a> {
    shell: &'a Shell,
    form: Form,
    may_take: bool,
    numbers: Vec<(String, String)>,
    days: Vec<(String, String)>,
    list: List<'a>,
}

fn statement_row(shell: &Shell, one: &Counted) -> Vec<Cell> {
    let row = &one.row;
    let waiting = one.count(State::Proposed) + one.count(State::Unknown);
    let id = row.id.to_string();
    let path = address(PATH, [("view", "every"), ("statement", id.as_str())]);
    let closing = row
        .closing_minor
        .map(|minor| shell.money(Money::new(minor, row.currency)));
    vec![
        Cell::link(path, shell.moment(row.imported_at)),
        Cell::text(&row.file).and_under(row.format.name()),
        Cell::mono(&row.bank_account),
        Cell::text(shell.language.decimal(row.entry_count)),
        Cell::text(shell.language.decimal(one.count(State::Booked))),
        Cell::text(shell.language.decimal(waiting)),
        Cell::text(closing.unwrap_or_default()),
    ]
}

const FILE: Export<Counted> = Export {
    name: "bank-statements",
    columns: &[&[
        ("id", |one| Value::text(one.row.id.to_string())),
        ("imported_at", |one| Value::Moment(one.row.imported_at)),
        ("imported_by", |one| Value::text(&one.row.imported_by)),
        ("file", |one| Value::text(&one.row.file)),
        ("format", |one| Value::text(one.row.format.name())),
        ("bank_account", |one| Value::text(&one.row.bank_account)),
        ("number", |one| Value::maybe(one.row.number.as_ref(), Value::text)),
        ("first_on", |one| Value::maybe(one.row.first_on, Value::Day)),
        ("last_on", |one| Value::maybe(one.row.last_on, Value::Day)),
        ("currency", |one| Value::text(one.row.currency.code())),
        ("opening", |one| balance(one, one.row.opening_minor)),
        ("closing", |one| balance(one, one.row.closing_minor)),
        ("entry_count", |one| Value::number(one.row.entry_count)),
        ("booked", |one| Value::number(one.count(State::Booked))),
        ("proposed", |one| Value::number(one.count(State::Proposed))),
        ("unknown", |one| Value::number(one.count(State::Unknown))),
    ]],
};

fn balance(one: &Counted, minor: Option<i64>) -> Value {
    Value::maybe(minor, |minor| Value::number(Money::new(minor, one.row.currency)))
}

async fn page(
    state: &AppState,
    shell: &Shell,
    may_take: bool,
    params: &PageParams,
    form: Form,
) -> Result<HttpResponse> {
    let (days, [from_fault, to_fault]) = typed_days(shell, &params.from, &params.to);
    let read = |connection: &mut Connection, (_, days): &(&str, Days), before, limit| {
        bank::list_statements(connection, *days, before, limit)
    };
    let (cursor, filter) = (params.cursor.as_deref(), (STATEMENTS, days));
    let part = Part::read(&state.db, cursor, filter, |one: &Counted| one.row.id, read).await?;
    let option = |family: &str, name: &str| {
        let key = if name.is_empty() { "shown" } else { name };
        (name.to_owned(), shell.name(family, key))
    };
    let with_none =
        |names: &[&'static str]| -> Vec<&'static str> { std::iter::once("").chain(names.iter().copied()).collect() };
    let page = StatementsPage {
        shell,
        form,
        may_take,
        numbers: with_none(NumberStyle::NAMES)
            .into_iter()
            .map(|name| option("imp-numbers", name))
            .collect(),
        days: with_none(DayOrder::NAMES)
            .into_iter()
            .map(|name| option("bank-days", name))
            .collect(),
        list: List::new(shell, STATEMENTS)
            .headed("bank-statements-heading", "bank-statements")
            .by_day("from", "bank-statements-from", &params.from, &from_fault)
            .by_day("to", "list-to", &params.to, &to_fault)
            .column("bank-imported", "id nowrap")
            .column("bank-file", "")
            .column("bank-account", "")
            .column("bank-entries", "num")
            .column("bank-count-booked", "num")
            .column("bank-count-waiting", "num")
            .column("bank-closing", "num")
            .rows(part.rows.iter().map(|one| statement_row(shell, one)))
            .none("bank-statements-empty")
            .export()
            .counted("bank-statements-shown", &part),
    };
    shell.page_with(page.form.status(), &page)
}

/// Which statements, and where the list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageParams {
    from: String,
    to: String,
    cursor: Option<String>,
}

/// A field for a file, and the statements that were taken in
#[get("/desk/bank/statements")]
pub async fn statements(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<PageParams>,
) -> Result<HttpResponse> {
    let form = Form::new(&desk.shell);
    let may_take = desk.may::<MayKeepBooks>();
    page(&state, &desk.shell, may_take, &params, form).await
}

/// The statements as a file
#[get("/desk/bank/statements/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<PageParams>,
) -> Result<HttpResponse> {
    let (days, _) = typed_days(&desk.shell, &params.from, &params.to);
    let read = move |connection: &mut Connection| bank::list_statements(connection, days, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// Takes in a file
#[post("/desk/bank/statements")]
pub async fn upload(state: web::Data<AppState>, desk: Desk<MayKeepBooks>, form: Upload) -> Result<HttpResponse> {
    let shell = &desk.shell;
    match take(&state, form, desk.staff.actor()).await {
        Ok((taken, is_known)) => {
            let count = |state| taken.iter().map(|one| one.count(state)).sum::<i64>();
            let (tone, text) = match is_known {
                true => (Tone::Info, shell.t("bank-known")),
                false => {
                    let waiting = count(State::Proposed) + count(State::Unknown);
                    (
                        Tone::Ok,
                        shell.t2("bank-taken", "booked", count(State::Booked), "waiting", waiting),
                    )
                }
            };
            Ok(see_other(PATH.to_owned()).flash(tone, text).into())
        }
        Err(error) => {
            let form = Form::of(shell, [("file", "")]).refused(shell, error)?;
            page(&state, shell, true, &PageParams::default(), form).await
        }
    }
}
