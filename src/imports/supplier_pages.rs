//! Imports on the desk: files in, what they would do, what is wrong with them, apply.

use std::borrow::Cow;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::order::FILES;
use super::rules::{FILES_MAX, SENT_BYTES_MAX, State, UNPACKED_BYTES_MAX, may_import};
use super::runs::{self, BadRow, FILES_KEPT_DAYS, FaultFilter, FileCounts, Findings, Run};
use super::supplier_api::{importer, receive};
use super::unpacking;
use crate::clock::{self, Days};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{Limit, Page, PathId, Upload};
use crate::identity::caller::{Confirmed, Desk, MayReadDesk};
use crate::ids::{ImportFaultId, ImportRunId};
use crate::sheets::numbers::NumberStyle;
use crate::state::AppState;
use crate::web::export::{Export, Exported, READ_MAX, Value, csv_row, told_as_text};
use crate::web::list::{Cell, List, Part};
use crate::web::lists::typed_days;
use crate::web::{Banner, Chip, Fields, Form, Pager, Shape, Shell, Tone, see_other};

/// Bad rows that are read at once for the file of all of them.
const DOWNLOADED_AT_ONCE: i64 = 5_000;

const PATH: &str = "/desk/imports";

type Reader = Desk<MayReadDesk>;

/// Which imports, and where the list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    from: String,
    to: String,
    cursor: Option<String>,
}

/// Where a list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageParams {
    file: String,
    code: String,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "imports/templates/imports.html")]
struct ImportsPage<'a> {
    shell: &'a Shell,
    form: Form,
    /// How much may be sent, and which files the reader imports; empty for who imports none.
    hint: String,
    /// How the files write numbers: value and text.
    styles: Vec<(String, String)>,
    list: List<'a>,
}

fn state_chip(shell: &Shell, run: &Run) -> Chip {
    let (tone, shape) = match run.state {
        State::Checking | State::Applying => (Tone::Info, Shape::Ring),
        State::Ready if run.row.bad > 0 => (Tone::Warn, Shape::Half),
        State::Ready => (Tone::Info, Shape::Dot),
        State::Done if run.row.bad > 0 => (Tone::Warn, Shape::Half),
        State::Done => (Tone::Ok, Shape::Dot),
        State::Failed => (Tone::Bad, Shape::Diamond),
    };
    let text = match run.state {
        State::Done if run.row.bad > 0 => shell.t1("imp-state-done-with", "count", run.row.bad),
        state => shell.name("imp-state", state.name()),
    };
    Chip::new(tone, shape, text)
}

/// The names of the files that were looked at.
fn files(run: &Run) -> Vec<&str> {
    let findings = run.findings.iter();
    findings
        .flat_map(|findings| &findings.files)
        .map(|file| file.file.as_str())
        .collect()
}

const FILE: Export<Run> = Export {
    name: "imports",
    columns: &[&[
        ("id", |run| Value::text(run.row.id.to_string())),
        ("state", |run| Value::text(run.state.name())),
        ("started_at", |run| Value::Moment(run.row.started_at)),
        ("started_by", |run| Value::text(&run.row.started_by)),
        ("changed_at", |run| Value::Moment(run.row.changed_at)),
        ("applied_by", |run| {
            Value::maybe(run.row.applied_by.as_ref(), Value::text)
        }),
        ("files", |run| Value::text(files(run).join(", "))),
        ("file_count", |run| Value::number(run.row.files)),
        ("valid", |run| {
            Value::maybe(run.findings.as_ref(), |found| Value::number(found.valid()))
        }),
        ("bad", |run| Value::number(run.row.bad)),
    ]],
};

fn row(shell: &Shell, run: &Run) -> Vec<Cell> {
    let findings = run.findings.clone().unwrap_or_default();
    let names = files(run);
    let files = match names.is_empty() {
        true => shell.t1("imp-files-sent", "count", run.row.files),
        false => names.join(", "),
    };
    vec![
        Cell::link(format!("{PATH}/{}", run.row.id), shell.moment(run.row.started_at)),
        Cell::chip(state_chip(shell, run)),
        Cell::text(&run.row.started_by),
        Cell::text(files),
        Cell::text(shell.language.decimal(findings.valid())),
        Cell::text(shell.language.decimal(run.row.bad)),
    ]
}

async fn page(state: &AppState, desk: &Reader, params: &ListParams, form: Form) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let (days, [from_fault, to_fault]) = typed_days(shell, &params.from, &params.to);
    let read = |connection: &mut Connection, (_, days): &(&str, Days), before, limit| {
        runs::list(connection, *days, before, limit)
    };
    let (cursor, filter) = (params.cursor.as_deref(), (PATH, days));
    let part = Part::read(&state.db, cursor, filter, |run: &Run| run.row.id, read).await?;
    let own = FILES.iter().filter(|file| may_import(&desk.staff.roles, file, true));
    let megabytes = |bytes: u64| (bytes / 1024 / 1024).to_string();
    let own = own.copied().collect::<Vec<_>>().join(", ");
    let limits = [
        (
            "sent",
            megabytes(u64::try_from(SENT_BYTES_MAX).unwrap_or(u64::MAX)).into(),
        ),
        ("unpacked", megabytes(UNPACKED_BYTES_MAX).into()),
        ("files", FILES_MAX.into()),
        ("days", FILES_KEPT_DAYS.into()),
    ];
    let limits = shell.language.text_with("imp-limits", &limits);
    let person_id = desk.staff.person_id;
    let last = state
        .db
        .read(move |connection| runs::last_numbers(connection, person_id))
        .await?;
    let last = last.map_or("", NumberStyle::name);
    let styles = ["", "point", "comma"].into_iter();
    let page = ImportsPage {
        shell,
        form: form.or(&Form::of(shell, [("numbers", last)])),
        styles: styles
            .map(|name| {
                (
                    name.to_owned(),
                    shell.name("imp-numbers", if name.is_empty() { "shown" } else { name }),
                )
            })
            .collect(),
        hint: match own.is_empty() {
            true => String::new(),
            false => format!("{limits} {}", shell.t1("imp-yours", "files", own)),
        },
        list: List::new(shell, PATH)
            .headed("imports-heading", "imp-last")
            .by_day("from", "imp-from", &params.from, &from_fault)
            .by_day("to", "list-to", &params.to, &to_fault)
            .column("imp-started", "id nowrap")
            .column("imp-state", "")
            .column("imp-by", "")
            .column("imp-files", "")
            .column("imp-valid", "num")
            .column("word-bad-rows", "num")
            .rows(part.rows.iter().map(|run| row(shell, run)))
            .none("imp-empty")
            .export()
            .counted("imp-shown", &part),
    };
    shell.page_with(page.form.status(), &page)
}

/// A field for files and the last imports
#[get("/desk/imports")]
pub async fn list(state: web::Data<AppState>, desk: Reader, wanted: web::Query<ListParams>) -> Result<HttpResponse> {
    page(&state, &desk, &wanted, Form::new(&desk.shell)).await
}

/// The imports as a file
#[get("/desk/imports/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Reader,
    request: HttpRequest,
    wanted: web::Query<ListParams>,
) -> Result<HttpResponse> {
    let (days, _) = typed_days(&desk.shell, &wanted.from, &wanted.to);
    let read = move |connection: &mut Connection| runs::list(connection, days, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// Takes files and has them checked
#[post("/desk/imports")]
pub async fn create(state: web::Data<AppState>, desk: Reader, form: Upload) -> Result<HttpResponse> {
    let importer = importer(&desk.staff);
    let created = async {
        let (sent, numbers) = receive(form).await?;
        let files = state.uploads.run(move || unpacking::unpack(sent)).await?;
        let write = move |tx: &mut Connection| runs::create(tx, &importer, &files, numbers, clock::now());
        state.db.write(write).await
    };
    match created.await {
        Ok(id) => Ok(see_other(format!("{PATH}/{id}")).into()),
        Err(error) => {
            let form = Form::of(&desk.shell, [("files", "")]).refused(&desk.shell, error)?;
            page(&state, &desk, &ListParams::default(), form).await
        }
    }
}

#[derive(Template)]
#[template(path = "imports/templates/import.html")]
struct ImportPage<'a> {
    shell: &'a Shell,
    id: ImportRunId,
    state: State,
    chip: Chip,
    title: String,
    facts: Vec<(&'static str, String)>,
    banner: Option<Banner>,
    step: String,
    percent: i64,
    counts: Vec<FileCounts>,
    left_alone: String,
    notes: Vec<String>,
    valid: u64,
    bad: i64,
    may_apply: bool,
    /// File, fault, words, how many, whether it is chosen.
    groups: Vec<Group>,
    rows: Vec<BadRow>,
    is_filtered: bool,
    download: String,
    pager: Option<Pager>,
}

struct Group {
    file: String,
    text: String,
    count: String,
    path: String,
    chosen: bool,
}

impl ImportPage<'_> {
    fn is_running(&self) -> bool {
        self.state.is_running()
    }
}

fn banner(shell: &Shell, run: &Run, findings: &Findings) -> Option<Banner> {
    match run.state {
        State::Failed => {
            let failure = run.failure.as_ref().map(|failure| shell.say(failure));
            Some(Banner::new(Tone::Bad, shell.t("imp-failed")).with_details(failure))
        }
        State::Done => {
            let tone = if run.row.bad > 0 { Tone::Warn } else { Tone::Ok };
            Some(Banner::new(tone, shell.t1("imp-done", "count", findings.valid())))
        }
        State::Ready if findings.valid() == 0 && run.row.bad == 0 => {
            Some(Banner::new(Tone::Info, shell.t("imp-nothing-new")))
        }
        _ => None,
    }
}

fn group(shell: &Shell, id: ImportRunId, wanted: &PageParams, (file, code, count): (String, String, i64)) -> Group {
    let query = [("file", file.as_str()), ("code", code.as_str())];
    Group {
        text: shell
            .language
            .try_text(&format!("problem-{}", code.replace('_', "-")))
            .unwrap_or_else(|| code.clone()),
        count: shell.language.decimal(count),
        path: crate::web::components::address(&format!("{PATH}/{id}"), query),
        chosen: wanted.file == file && wanted.code == code,
        file,
    }
}

/// One import: how far it is, what it does, what is wrong
#[get("/desk/imports/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Reader,
    PathId(id): PathId<ImportRunId>,
    wanted: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let mut wanted = wanted.into_inner();
    for text in [&mut wanted.file, &mut wanted.code] {
        *text = text.replace('\0', "");
    }
    let filter = FaultFilter {
        file: wanted.file.clone(),
        code: wanted.code.clone(),
    };
    let page = Page::new(Limit::default(), wanted.cursor.clone());
    let (after, rows_max): (Option<ImportFaultId>, _) = (page.after(&(id, &filter))?, page.fetch());
    let asked = filter.clone();
    let read = move |connection: &mut Connection| {
        let run = runs::get(connection, id)?;
        let groups = runs::count_faults(connection, id)?;
        Ok((run, groups, runs::list_faults(connection, id, &asked, after, rows_max)?))
    };
    let (run, groups, found) = state.db.read(read).await?;
    let (rows, next) = page.cut(&(id, &filter), found, |row| row.id)?;
    let shell = &desk.shell;
    let findings = run.findings.clone().unwrap_or_default();
    let path = format!("{PATH}/{id}");
    let query = [("file", wanted.file.as_str()), ("code", wanted.code.as_str())];
    let shown = shell.t1("imp-rows-shown", "count", rows.len());
    let pager = Pager::new(shell, &path, &query, wanted.cursor.as_deref(), next.as_deref(), shown);
    let may = |file: &FileCounts| may_import(&desk.staff.roles, &file.file, true);
    let mut facts = vec![
        ("imp-by", run.row.started_by.clone()),
        ("imp-started", shell.moment(run.row.started_at)),
    ];
    if let Some(name) = &run.row.applied_by {
        facts.push(("imp-applied-by", name.clone()));
    }
    facts.push(("imp-changed", shell.moment(run.row.changed_at)));
    let page = ImportPage {
        shell,
        id,
        state: run.state,
        chip: state_chip(shell, &run),
        title: shell.t1("imp-title", "started", shell.moment(run.row.started_at)),
        facts,
        banner: banner(shell, &run, &findings),
        step: run.step.as_ref().map(|step| shell.say(step)).unwrap_or_default(),
        percent: if run.row.total > 0 {
            run.row.done.saturating_mul(100) / run.row.total
        } else {
            0
        },
        left_alone: findings.left_alone.join(", "),
        valid: findings.valid(),
        bad: run.row.bad,
        may_apply: run.state == State::Ready && findings.files.iter().all(may) && findings.valid() > 0,
        groups: groups
            .into_iter()
            .map(|found| group(shell, id, &wanted, found))
            .collect(),
        is_filtered: query.iter().any(|(_, value)| !value.is_empty()),
        download: crate::web::components::address(&format!("{path}/bad-rows.csv"), query),
        pager: (!rows.is_empty()).then_some(pager),
        rows,
        counts: findings.files,
        notes: findings.notes.iter().map(|note| shell.say(note)).collect(),
    };
    shell.page(&page)
}

/// Has an import applied
#[post("/desk/imports/{id}/apply")]
pub async fn apply(
    state: web::Data<AppState>,
    desk: Confirmed<Reader>,
    PathId(id): PathId<ImportRunId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (importer, keep_valid) = (importer(&desk.staff), fields.get("rows") == "valid");
    let applied = state
        .db
        .write(move |tx| runs::apply(tx, &importer, id, keep_valid, clock::now()))
        .await;
    let to = see_other(format!("{PATH}/{id}"));
    match applied {
        Ok(_) => Ok(to.into()),
        Err(error @ Error::Conflict { .. }) => Ok(to.flash(Tone::Bad, desk.shell.error_text(&error)).into()),
        Err(Error::Invalid(_)) => Err(Error::Forbidden),
        Err(error) => Err(error),
    }
}

/// The bad rows as a file
#[get("/desk/imports/{id}/bad-rows.csv")]
pub async fn download(
    state: web::Data<AppState>,
    desk: Reader,
    PathId(id): PathId<ImportRunId>,
    wanted: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let wanted = wanted.into_inner();
    let filter = FaultFilter {
        file: wanted.file.replace('\0', ""),
        code: wanted.code.replace('\0', ""),
    };
    let mut text = "\u{feff}".to_owned();
    csv_row(
        &mut text,
        ["file", "row", "column", "code", "value", "remedy"].map(Cow::Borrowed),
    );
    let (mut after, mut count) = (None, 0);
    loop {
        let asked = filter.clone();
        let read = move |connection: &mut Connection| {
            runs::get(connection, id)?;
            runs::list_faults(connection, id, &asked, after, DOWNLOADED_AT_ONCE)
        };
        let rows = state.db.read(read).await?;
        for row in &rows {
            let line = row.line.to_string();
            let remedy = desk.shell.say(&row.remedy);
            let cells = [&row.file, &line, &row.place, &row.code, &row.value, &remedy];
            csv_row(&mut text, cells.map(|cell| Cow::Owned(told_as_text(cell))));
        }
        count += rows.len();
        match rows.last() {
            Some(last) => after = Some(last.id),
            None => break,
        }
    }
    let file = format!("bad-rows-{id}.csv");
    let mut answer = HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")))
        .body(text);
    answer.extensions_mut().insert(Exported { file, rows: count });
    Ok(answer)
}
