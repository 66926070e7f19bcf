//! Bulk jobs on pages, the same for the desk and for an account: how far each is, which rows were rejected.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, HeaderValue};
use actix_web::web::Data;
use askama::Template;
use serde::Deserialize;

use super::outcomes::{self, RowOutcome};
use super::rules::{Mode, State};
use super::shapes::{self, ListBulkResults, percent};
use super::{Filter, JobRow};
use crate::audit::Actor;
use crate::bulk;
use crate::clock;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::ids::BulkJobId;
use crate::state::AppState;
use crate::web::components::address;
use crate::web::list::{Cell, List, Part};
use crate::web::{Banner, Chip, Shape, Shell, Tone, see_other};

/// Rejected rows that are shown at once.
const ROWS_SHOWN: usize = 50;

/// Where a list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageParams {
    cursor: Option<String>,
}

/// Which rejected rows of a job.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RowParams {
    /// The piece they begin with, and the row before them.
    from: String,
    after: String,
}

/// Whose jobs are shown, and where.
pub struct Place<'a> {
    pub state: &'a AppState,
    pub shell: &'a Shell,
    pub scope: Scope,
    pub path: &'static str,
    /// The page above it, path and name.
    pub above: Option<(&'static str, &'static str)>,
}

fn chip(shell: &Shell, job: &JobRow) -> Chip {
    let (tone, shape) = match job.state {
        State::Receiving | State::Queued => (Tone::Neutral, Shape::Ring),
        State::Running => (Tone::Info, Shape::Ring),
        State::Succeeded if job.rejected > 0 => (Tone::Warn, Shape::Half),
        State::Succeeded => (Tone::Ok, Shape::Dot),
        State::Failed => (Tone::Bad, Shape::Diamond),
        State::Cancelled => (Tone::Neutral, Shape::Diamond),
    };
    Chip::new(tone, shape, shell.name("bulk-state", job.state.name()))
}

fn row(place: &Place<'_>, job: &JobRow) -> Vec<Cell> {
    let shell = place.shell;
    let mut cells = vec![
        Cell::link(format!("{}/{}", place.path, job.id), shell.moment(job.created_at)),
        Cell::chip(chip(shell, job)),
        Cell::text(shell.name("bulk-kind", job.kind.name())),
    ];
    if place.scope == Scope::All {
        cells.push(Cell::text(job.account.clone().unwrap_or_default()));
    }
    cells.extend([
        Cell::text(&job.started_by),
        Cell::text(shell.language.decimal(job.rows)),
        Cell::text(shell.language.decimal(job.rejected)),
    ]);
    cells
}

/// The list of jobs.
pub async fn list<'a>(place: &Place<'a>, wanted: &PageParams) -> Result<List<'a>> {
    let (shell, scope) = (place.shell, place.scope);
    let read = move |connection: &mut Connection, _: &&str, before, limit| {
        bulk::list(connection, scope, Filter::default(), before, limit)
    };
    let part = Part::read(
        &place.state.db,
        wanted.cursor.as_deref(),
        place.path,
        |job: &JobRow| job.id,
        read,
    )
    .await?;
    let mut list = List::new(shell, place.path)
        .column("imp-started", "id nowrap")
        .column("imp-state", "")
        .column("bulk-kind", "");
    if scope == Scope::All {
        list = list.column("word-account", "");
    }
    Ok(list
        .column("imp-by", "")
        .column("bulk-rows", "num")
        .column("bulk-rejected", "num")
        .rows(part.rows.iter().map(|job| row(place, job)))
        .none("bulk-empty")
        .counted("bulk-shown", &part))
}

/// A rejected row: its line, what tells it from others, column, what to do, code, what stands there.
struct Rejected {
    row: u64,
    key: String,
    field: String,
    remedy: String,
    code: String,
    value: String,
}

#[derive(Template)]
#[template(path = "bulk/templates/job.html")]
struct JobPage<'a> {
    shell: &'a Shell,
    above: Option<(&'static str, &'static str)>,
    list: &'static str,
    path: String,
    is_open: bool,
    may_cancel: bool,
    chip: Chip,
    title: String,
    banner: Option<Banner>,
    facts: Vec<(&'static str, String)>,
    /// What is counted of the rows.
    counts: Vec<(&'static str, String)>,
    percent: i64,
    rejected: Vec<Rejected>,
    /// The next rejected rows.
    next: Option<String>,
    has_rejected: bool,
}

fn banner(shell: &Shell, job: &JobRow) -> Option<Banner> {
    match job.state {
        State::Failed => {
            let failure = job.failure.as_ref().map(|failure| shell.say(failure));
            Some(Banner::new(Tone::Bad, shell.t("bulk-failed")).with_details(failure))
        }
        State::Cancelled => Some(Banner::new(Tone::Info, shell.t("bulk-cancelled"))),
        _ => None,
    }
}

fn rejected(shell: &Shell, row: RowOutcome) -> impl Iterator<Item = Rejected> {
    let key: Vec<_> = row.key.iter().map(|(_, value)| value.as_str()).collect();
    let key = key.join(" · ");
    row.faults.into_iter().map(move |fault| Rejected {
        row: row.row,
        key: key.clone(),
        field: fault.field,
        remedy: shell.say(&fault.remedy),
        code: fault.code,
        value: fault.value.chars().take(200).collect(),
    })
}

/// A piece, and the row in it before those that are meant.
type From = (i64, u64);

/// The rejected rows behind a place, and where the next begin.
fn rejected_from(
    connection: &mut Connection,
    job: &JobRow,
    (mut piece, after): From,
) -> Result<(Vec<RowOutcome>, Option<From>)> {
    let (mut rows, mut last) = (Vec::new(), None);
    while let Some((found, next)) = outcomes::next(connection, job, piece, true)? {
        for row in found.into_iter().filter(|row| row.row > after) {
            if rows.len() == ROWS_SHOWN {
                return Ok((rows, last));
            }
            last = Some((next - 1, row.row));
            rows.push(row);
        }
        piece = next;
    }
    Ok((rows, None))
}

/// One job; `may_cancel` says whether the reader may end it.
pub async fn show(
    place: &Place<'_>,
    id: BulkJobId,
    wanted: &RowParams,
    may_cancel: impl Fn(&JobRow) -> bool,
) -> Result<HttpResponse> {
    let (shell, scope) = (place.shell, place.scope);
    let from: From = (wanted.from.parse().unwrap_or(0), wanted.after.parse().unwrap_or(0));
    let read = move |connection: &mut Connection| {
        let job = bulk::get(connection, scope, id)?;
        let (rows, next) = rejected_from(connection, &job, from)?;
        Ok((job, rows, next))
    };
    let (job, rows, next) = place.state.db.read(read).await?;
    let path = format!("{}/{id}", place.path);
    let kind = shell.name("bulk-kind", job.kind.name());
    let mut facts = vec![
        ("imp-by", job.started_by.clone()),
        ("imp-started", shell.moment(job.created_at)),
        ("bulk-mode", shell.name("bulk-mode", mode(job.mode))),
    ];
    if let (Scope::All, Some(account)) = (scope, &job.account) {
        facts.push(("word-account", account.clone()));
    }
    if let Some(ended) = job.ended_at {
        facts.push(("bulk-ended", shell.moment(ended)));
    }
    let count = |number: i64| shell.language.decimal(number);
    let counts = vec![
        ("bulk-rows", count(job.rows)),
        ("bulk-done", count(job.done)),
        ("bulk-accepted", count(job.accepted)),
        ("imp-unchanged-rows", count(job.unchanged)),
        ("bulk-rejected", count(job.rejected)),
    ];
    let page = JobPage {
        shell,
        above: place.above,
        list: place.path,
        is_open: job.state.is_open(),
        may_cancel: job.state.is_open() && may_cancel(&job),
        chip: chip(shell, &job),
        title: shell.t1("bulk-title", "kind", kind),
        banner: banner(shell, &job),
        facts,
        counts,
        percent: percent(job.done, job.rows),
        has_rejected: job.rejected > 0,
        rejected: rows.into_iter().flat_map(|row| rejected(shell, row)).collect(),
        next: next.map(|(piece, row)| {
            let (piece, row) = (piece.to_string(), row.to_string());
            address(&path, [("from", piece.as_str()), ("after", row.as_str())])
        }),
        path,
    };
    shell.page(&page)
}

/// Names without what tells them apart on the wire.
fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::ValidRows => "valid-rows",
        Mode::AllOrNothing => "all-or-nothing",
    }
}

/// Cancels a job and leads back to it.
pub async fn cancel(place: &Place<'_>, actor: Actor, id: BulkJobId) -> Result<HttpResponse> {
    let scope = place.scope;
    let cancel = move |tx: &mut Connection| bulk::cancel(tx, &actor, scope, id, clock::now());
    let to = see_other(format!("{}/{id}", place.path));
    match place.state.db.write(cancel).await {
        Ok(_) => Ok(to.into()),
        Err(error @ Error::Conflict { .. }) => Ok(to.flash(Tone::Bad, place.shell.error_text(&error)).into()),
        Err(error) => Err(error),
    }
}

/// What became of each row, as a file.
pub async fn results(
    state: Data<AppState>,
    scope: Scope,
    id: BulkJobId,
    params: ListBulkResults,
) -> Result<HttpResponse> {
    let mut answer = shapes::results(state, scope, id, params).await?;
    let file = HeaderValue::try_from(format!("attachment; filename=\"{id}.ndjson\"")).map_err(Error::internal)?;
    answer.headers_mut().insert(CONTENT_DISPOSITION, file);
    Ok(answer)
}
