//! Price corrections on the desk: the list, a form that looks for differences, and one with its lines.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::rules::{Outcome, Scope, State};
use super::{Line, Run, Whole};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Error, Result};
use crate::http::{Params, PathId};
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::identity::idempotency;
use crate::ids::PriceCorrectionId;
use crate::money::{Money, UnitPrice};
use crate::pricing::view::price_text;
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::{Chip, Fields, Form, Shape, Shell, Tone, see_other};

const PATH: &str = "/desk/price-corrections";
/// Lines that the page shows; all of them are in the file.
const LINES_SHOWN: usize = 200;

/// From where on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

fn state_chip(shell: &Shell, state: State) -> Chip {
    let (tone, shape) = match state {
        State::Preview => (Tone::Warn, Shape::Ring),
        State::Released => (Tone::Ok, Shape::Dot),
        State::Discarded => (Tone::Neutral, Shape::Dot),
    };
    Chip::new(tone, shape, shell.name("price-correction-state", state.name()))
}

fn days(shell: &Shell, run: &Run) -> String {
    format!("{} – {}", shell.day(run.issued_from), shell.day(run.issued_to))
}

fn row(shell: &Shell, run: &Run) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", run.id), &run.number),
        Cell::chip(state_chip(shell, run.state)),
        Cell::text(days(shell, run)),
        Cell::text(run.line_count.to_string()),
        Cell::text(shell.moment(run.created_at)),
        Cell::text(run.ended_at.map(|at| shell.moment(at)).unwrap_or_default()),
    ]
}

const RUNS: Export<Run> = Export {
    name: "price-corrections",
    columns: &[&[
        ("id", |run| Value::text(run.id.to_string())),
        ("number", |run| Value::text(&run.number)),
        ("state", |run| Value::text(run.state.name())),
        ("issued_from", |run| Value::Day(run.issued_from)),
        ("issued_to", |run| Value::Day(run.issued_to)),
        ("line_count", |run| Value::number(run.line_count)),
        ("skipped_count", |run| Value::number(run.skipped_count)),
        ("note", |run| Value::maybe(run.note.as_ref(), Value::text)),
        ("created_at", |run| Value::Moment(run.created_at)),
        ("ended_at", |run| Value::maybe(run.ended_at, Value::Moment)),
    ]],
};

/// Price corrections
#[get("/desk/price-corrections")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = |connection: &mut Connection, (): &(), after: Option<PriceCorrectionId>, limit| {
        super::list(connection, after.into(), limit)
    };
    let part = Part::read(&state.db, params.cursor.as_deref(), (), |run: &Run| run.id, read).await?;
    let list = List::new(shell, PATH)
        .column("price-correction-head", "id nowrap")
        .column("word-state", "")
        .column("price-correction-days", "")
        .column("word-lines", "num")
        .column("price-correction-made", "p3")
        .column("price-correction-ended", "p3")
        .rows(part.rows.iter().map(|run| row(shell, run)))
        .none("price-corrections-none")
        .export()
        .counted("price-corrections-shown", &part);
    let mut page = ListPage::new("price-corrections", list);
    if desk.may::<MayKeepBooks>() {
        page = page.action("/desk/price-corrections/new", "price-correction-new");
    }
    page.answer()
}

/// The price corrections of the list as a file
#[get("/desk/price-corrections/export.{format}")]
pub async fn export_runs(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let read = |connection: &mut Connection| super::list(connection, Walk::First, READ_MAX);
    let rows = state.db.read(read).await?;
    RUNS.answer(&state.exports, &desk.shell, &request, rows).await
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_price_correction_new.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    form: Form,
}

fn form_page(shell: &Shell, form: Form) -> Result<HttpResponse> {
    shell.page_with(form.status(), &FormPage { shell, form })
}

/// A form for a price correction
#[get("/desk/price-corrections/new")]
pub async fn ask(desk: Desk<MayKeepBooks>) -> Result<HttpResponse> {
    form_page(&desk.shell, Form::new(&desk.shell))
}

/// Looks for what would cost something else
#[post("/desk/price-corrections")]
pub async fn preview(state: web::Data<AppState>, desk: Desk<MayKeepBooks>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let days = (form.day("from"), form.day("to"));
    let (Some(from), Some(to)) = days else {
        return form_page(shell, form);
    };
    let codes = form.filled("accounts").unwrap_or_default();
    let codes = codes.split([',', ';', ' ', '\n']).map(str::trim);
    let scope = Scope {
        from,
        to,
        accounts: codes.filter(|code| !code.is_empty()).map(str::to_owned).collect(),
        price_list: form.filled("price_list"),
        note: form.filled("note"),
    };
    let key = (form.fields().form_key()?, form.content());
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/price-corrections", key.0, &key.1)?;
    let actor = desk.staff.actor();
    let write = move |tx: &mut Connection| super::preview(tx, &key, &scope, &actor, now());
    match state.db.write(write).await {
        Ok((whole, _)) => {
            let text = shell.t1("price-correction-found", "lines", whole.lines.len());
            let tone = if whole.lines.is_empty() { Tone::Info } else { Tone::Ok };
            Ok(see_other(format!("{PATH}/{}", whole.run.id)).flash(tone, text).into())
        }
        Err(error) => form_page(shell, form.refused(shell, error)?),
    }
}

struct LineRow {
    account_link: String,
    account: String,
    invoice_link: String,
    invoice: String,
    article: String,
    name: String,
    quantity: String,
    was: String,
    becomes: String,
    difference: String,
    is_credit: bool,
    outcome: String,
    /// Link and number of its credit note or invoice.
    document: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_price_correction.html")]
struct RunPage<'a> {
    shell: &'a Shell,
    link: String,
    number: String,
    chip: Chip,
    days: String,
    accounts: String,
    price_list: Option<String>,
    note: Option<String>,
    made: String,
    ended: Option<String>,
    /// How many lines were left out, in words.
    skipped: Option<String>,
    /// Credited and invoiced.
    totals: Vec<(String, String)>,
    rows: Vec<LineRow>,
    /// How many lines are in the file alone, in words.
    more: Option<String>,
    may_decide: bool,
    form: Form,
}

fn line(shell: &Shell, line: &Line) -> LineRow {
    let price = |micros: i64, unit: &str, base: i32, code: &str| {
        let text = price_text(shell.language, UnitPrice { micros }, base, unit, line.currency);
        format!("{text} ({code})")
    };
    let document = match (&line.credit_note, &line.difference) {
        (Some(number), _) => line
            .credit_note_id
            .map(|id| (format!("/desk/credit-notes/{id}"), number.clone())),
        (None, Some(number)) => line
            .difference_id
            .map(|id| (format!("/desk/invoices/{id}"), number.clone())),
        (None, None) => None,
    };
    LineRow {
        account_link: format!("/desk/accounts/{}", line.account_id),
        account: line.account_name.clone(),
        invoice_link: format!("/desk/invoices/{}", line.invoice_id),
        invoice: line.invoice.clone(),
        article: line.sku.clone(),
        name: line.name.clone(),
        quantity: shell.quantity(line.quantity, &line.unit_code),
        was: price(line.was_micros, &line.was_unit, line.was_base, &line.was_list),
        becomes: price(line.price_micros, &line.price_unit, line.price_base, &line.price_list),
        difference: shell.money(Money::new(line.difference_minor, line.currency)),
        is_credit: line.difference_minor < 0,
        outcome: match line.outcome {
            Outcome::Proposed | Outcome::Done => String::new(),
            Outcome::Changed => shell.name("price-correction-outcome", line.outcome.name()),
        },
        document,
    }
}

fn page(may_decide: bool, shell: &Shell, whole: &Whole, form: Form) -> Result<HttpResponse> {
    let run = &whole.run;
    let codes = run.account_codes();
    let sums = whole.sums();
    let more = whole.lines.len().saturating_sub(LINES_SHOWN);
    let total = |sum: &super::Sum| (shell.money(sum.credited), shell.money(sum.invoiced));
    shell.page_with(
        form.status(),
        &RunPage {
            shell,
            link: format!("{PATH}/{}", run.id),
            number: run.number.clone(),
            chip: state_chip(shell, run.state),
            days: days(shell, run),
            accounts: match codes.is_empty() {
                true => shell.t("price-correction-all-accounts"),
                false => codes.join(", "),
            },
            price_list: run.price_list.clone(),
            note: run.note.clone(),
            made: shell.moment(run.created_at),
            ended: run.ended_at.map(|at| shell.moment(at)),
            skipped: (run.skipped_count > 0).then(|| shell.t1("price-correction-skipped", "lines", run.skipped_count)),
            totals: sums.iter().map(total).collect(),
            rows: whole
                .lines
                .iter()
                .take(LINES_SHOWN)
                .map(|one| line(shell, one))
                .collect(),
            more: (more > 0).then(|| shell.t1("price-correction-more", "lines", more)),
            may_decide: may_decide && run.state == State::Preview,
            form,
        },
    )
}

/// One price correction
#[get("/desk/price-corrections/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<PriceCorrectionId>,
) -> Result<HttpResponse> {
    let whole = state.db.read(move |connection| super::get(connection, id)).await?;
    page(desk.may::<MayKeepBooks>(), &desk.shell, &whole, Form::new(&desk.shell))
}

const FILE: Export<Line> = Export {
    name: "price-correction",
    columns: &[&[
        ("account", |line| Value::text(&line.account)),
        ("invoice", |line| Value::text(&line.invoice)),
        ("position", |line| Value::number(line.position)),
        ("sku", |line| Value::text(&line.sku)),
        ("name", |line| Value::text(&line.name)),
        ("quantity", |line| Value::number(line.quantity)),
        ("unit", |line| Value::text(&line.unit_code)),
        ("priced_on", |line| Value::Day(line.priced_on)),
        ("was_price", |line| {
            Value::number(UnitPrice {
                micros: line.was_micros,
            })
        }),
        ("was_price_base", |line| Value::number(line.was_base)),
        ("was_price_unit", |line| Value::text(&line.was_unit)),
        ("was_price_list", |line| Value::text(&line.was_list)),
        ("price", |line| {
            Value::number(UnitPrice {
                micros: line.price_micros,
            })
        }),
        ("price_base", |line| Value::number(line.price_base)),
        ("price_unit", |line| Value::text(&line.price_unit)),
        ("price_list", |line| Value::text(&line.price_list)),
        ("currency", |line| Value::text(line.currency.code())),
        ("difference", |line| {
            Value::number(Money::new(line.difference_minor, line.currency))
        }),
        ("outcome", |line| Value::text(line.outcome.name())),
        ("credit_note", |line| {
            Value::maybe(line.credit_note.as_ref(), Value::text)
        }),
        ("difference_invoice", |line| {
            Value::maybe(line.difference.as_ref(), Value::text)
        }),
    ]],
};

/// The lines of a price correction as a file
#[get("/desk/price-corrections/{id}/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<PriceCorrectionId>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let whole = state.db.read(move |connection| super::get(connection, id)).await?;
    FILE.answer(&state.exports, &desk.shell, &request, whole.lines).await
}

fn decided(shell: &Shell, id: PriceCorrectionId, done: Result<Whole>, key: &str) -> Result<HttpResponse> {
    let to = see_other(format!("{PATH}/{id}"));
    match done {
        Ok(_) => Ok(to.flash(Tone::Ok, shell.t(key)).into()),
        Err(error @ (Error::Conflict { .. } | Error::Refused { .. })) => {
            Ok(to.flash(Tone::Warn, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}

/// Issues what a price correction proposes
#[post("/desk/price-corrections/{id}/release")]
pub async fn release(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<PriceCorrectionId>,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let done = state.db.write(move |tx| super::release(tx, id, &actor, now())).await;
    decided(&desk.shell, id, done, "price-correction-released")
}

/// Discards a price correction
#[post("/desk/price-corrections/{id}/discard")]
pub async fn discard(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<PriceCorrectionId>,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let done = state.db.write(move |tx| super::discard(tx, id, &actor, now())).await;
    decided(&desk.shell, id, done, "price-correction-discarded")
}
