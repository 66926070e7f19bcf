//! REST for supplier staff: imports.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, Responder, get, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::rules::{SENT_BYTES_MAX, State};
use super::runs::{self, BadRow, FaultFilter, FileCounts, Importer, Run};
use super::sentences;
use super::unpacking::{self, Sent};
use crate::clock::{self, Days, rfc3339};
use crate::db::changes::Followed;
use crate::error::{Code, Error, Result};
use crate::http::{Body, Limit, List, Page, Params, PathId, Since, Upload};
use crate::identity::caller::{Confirmed, MayReadDesk, Staff};
use crate::ids::{ImportFaultId, ImportRunId};
use crate::sheets::numbers::NumberStyle;
use crate::state::AppState;

/// One of the staff as who imports.
pub(super) fn importer<R>(staff: &Staff<R>) -> Importer {
    Importer {
        person_id: staff.person_id,
        roles: staff.roles.clone(),
        scopes: staff.scopes().cloned(),
        actor: staff.actor(),
    }
}

/// The files of a form, as they were sent: those of the fields `files`.
pub(super) async fn receive(form: Upload) -> Result<(Vec<Sent>, Option<NumberStyle>)> {
    let received = form.receive(SENT_BYTES_MAX).await?;
    if received.is_too_large {
        let megabytes = SENT_BYTES_MAX / 1024 / 1024;
        let detail = sentences::at_most_megabytes(megabytes);
        return Err(Error::invalid("/files", Code::PayloadTooLarge, detail));
    }
    let numbers = match received.get("numbers") {
        "" => None,
        name => {
            let unknown = || {
                let names = NumberStyle::ALL.map(NumberStyle::name);
                Error::invalid(
                    "/numbers",
                    Code::ValueInvalid,
                    crate::sheets::sentences::give_one_of(names),
                )
            };
            Some(NumberStyle::from_name(name).ok_or_else(unknown)?)
        }
    };
    let files = received.files.into_iter().filter(|file| file.field == "files");
    // An empty field of a form that nothing was chosen in has no name.
    let files = files.filter(|file| !file.name.is_empty());
    Ok((files.map(|file| (file.name, file.bytes)).collect(), numbers))
}

/// An import.
#[derive(Serialize, ToSchema)]
pub struct ImportView {
    #[schema(example = "imp_0BGK1J3Z00004")]
    id: String,
    state: State,
    /// Who began it.
    started_by: String,
    #[schema(format = DateTime)]
    started_at: String,
    /// When it last moved.
    #[schema(format = DateTime)]
    changed_at: String,
    /// Who had it applied.
    #[schema(required)]
    applied_by: Option<String>,
    /// What is being done.
    step: String,
    /// How much of it is done, of `total`.
    done: i64,
    total: i64,
    /// Rows that can't be imported.
    bad: i64,
    /// One for each import file, in the order they are applied; empty until it was checked.
    files: Vec<FileView>,
    /// Files that are none of the import's.
    left_alone: Vec<String>,
    /// What else there is to say.
    notes: Vec<String>,
    /// Why it could not go on.
    #[schema(required)]
    failure: Option<String>,
}

/// What becomes of one file's rows.
#[derive(Serialize, ToSchema)]
pub struct FileView {
    #[schema(example = "prices.csv")]
    file: String,
    /// Rows that weren't there.
    new: u64,
    /// Rows that change something.
    changed: u64,
    /// Rows that are there already.
    unchanged: u64,
    /// Rows left out because of a fault.
    bad: u64,
}

impl From<FileCounts> for FileView {
    fn from(counts: FileCounts) -> Self {
        Self {
            file: counts.file,
            new: counts.new,
            changed: counts.changed,
            unchanged: counts.unchanged,
            bad: counts.bad,
        }
    }
}

impl From<Run> for ImportView {
    fn from(run: Run) -> Self {
        let findings = run.findings.unwrap_or_default();
        Self {
            id: run.row.id.to_string(),
            state: run.state,
            started_by: run.row.started_by,
            started_at: rfc3339(run.row.started_at),
            changed_at: rfc3339(run.row.changed_at),
            applied_by: run.row.applied_by,
            step: run.step.map(|step| step.to_string()).unwrap_or_default(),
            done: run.row.done,
            total: run.row.total,
            bad: run.row.bad,
            files: findings.files.into_iter().map(FileView::from).collect(),
            left_alone: findings.left_alone,
            notes: findings.notes.iter().map(ToString::to_string).collect(),
            failure: run.failure.map(|failure| failure.to_string()),
        }
    }
}

/// The files of an import.
#[derive(ToSchema)]
#[allow(dead_code, reason = "only described")]
pub struct ImportForm {
    /// CSV files under the names of the import, or ZIP archives of them; 32 MB in all, 64 MB unpacked, 32 files.
    #[schema(value_type = Vec<String>, format = Binary)]
    files: Vec<Vec<u8>>,
    /// The decimal sign of the files, where they don't show it themselves.
    #[schema(value_type = Option<NumberStyle>)]
    numbers: Option<NumberStyle>,
}

/// Begin an import
///
/// The files are checked beside the request; nothing changes until the import is applied. Each role imports what it may
/// change by hand, `admin` everything.
#[utoipa::path(tag = "supplier", operation_id = "createImport", request_body(content = ImportForm, content_type = "multipart/form-data"), responses(
    (status = 201, body = ImportView, description = "The import"),
))]
#[post("/supplier/imports")]
pub async fn create(staff: Staff<MayReadDesk>, state: Data<AppState>, form: Upload) -> Result<impl Responder> {
    let (sent, numbers) = receive(form).await?;
    let files = state.uploads.run(move || unpacking::unpack(sent)).await?;
    let importer = importer(&staff);
    let run = state
        .db
        .write(move |tx| {
            let id = runs::create(tx, &importer, &files, numbers, clock::now())?;
            runs::get(tx, id)
        })
        .await?;
    Ok(HttpResponse::Created().json(ImportView::from(run)))
}

/// Which imports to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListImports {
    /// Only those begun on this day or later.
    from: Option<NaiveDate>,
    /// Only those begun on this day or before.
    to: Option<NaiveDate>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Imports
///
/// The newest first.
#[utoipa::path(tag = "supplier", operation_id = "listImports", params(ListImports), responses(
    (status = 200, body = List<ImportView>, description = "A page of imports"),
))]
#[get("/supplier/imports")]
pub async fn list(
    _staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    Params(params): Params<ListImports>,
) -> Result<impl Responder> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let days = Days {
        from: params.from,
        to: params.to,
    };
    let read = move |connection: &mut _, walk, rows_max| runs::list(connection, days, walk, rows_max);
    let id = |run: &Run| run.row.id;
    let filter = ("imports", days);
    let list = (Followed::all("imports"), &filter);
    Ok(Json(
        page.list(&state.db, list, read, (id, id, ImportView::from)).await?,
    ))
}

/// One import
#[utoipa::path(tag = "supplier", operation_id = "getImport", responses(
    (status = 200, body = ImportView, description = "The import"),
))]
#[get("/supplier/imports/{id}")]
pub async fn get_import(
    _staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    PathId(id): PathId<ImportRunId>,
) -> Result<impl Responder> {
    let run = state.db.read(move |connection| runs::get(connection, id)).await?;
    Ok(Json(ImportView::from(run)))
}

/// Which bad rows.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListBadRows {
    /// Only those of this file.
    #[serde(default)]
    #[param(required = false, example = "prices.csv")]
    file: String,
    /// Only those with this fault.
    #[serde(default)]
    #[param(required = false, example = "bad_number")]
    code: String,
    /// Rows of a page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A bad row.
#[derive(Serialize, ToSchema)]
pub struct BadRowView {
    #[schema(example = "prices.csv")]
    file: String,
    /// The line an editor shows; the header is line 1.
    row: i64,
    /// Empty where the whole row is meant.
    column: String,
    #[schema(example = "bad_number")]
    code: String,
    /// What stands there.
    value: String,
    /// What to do about it.
    detail: String,
    /// The values in `detail` by their names.
    params: crate::sentences::Params,
}

impl From<BadRow> for BadRowView {
    fn from(row: BadRow) -> Self {
        Self {
            file: row.file,
            row: row.line,
            column: row.place,
            code: row.code,
            value: row.value,
            params: row.remedy.params(),
            detail: row.remedy.to_string(),
        }
    }
}

/// The bad rows of an import
///
/// By file and row.
#[utoipa::path(tag = "supplier", operation_id = "listBadRows", params(ListBadRows), responses(
    (status = 200, body = List<BadRowView>, description = "A page of bad rows"),
))]
#[get("/supplier/imports/{id}/bad-rows")]
pub async fn list_bad_rows(
    _staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    PathId(id): PathId<ImportRunId>,
    params: Params<ListBadRows>,
) -> Result<impl Responder> {
    let wanted = FaultFilter {
        file: params.0.file,
        code: params.0.code,
    };
    let page = Page::new(params.0.limit, params.0.cursor);
    let filter = (id, &wanted);
    let (after, rows_max): (Option<ImportFaultId>, _) = (page.after(&filter)?, page.fetch());
    let asked = wanted.clone();
    let found = state
        .db
        .read(move |connection| {
            runs::get(connection, id)?;
            runs::list_faults(connection, id, &asked, after, rows_max)
        })
        .await?;
    Ok(Json(List::of(&page, &filter, found, |row| row.id, BadRowView::from)?))
}

/// How to apply.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyImport {
    /// True: bad rows are left out. False: nothing is written while there are any.
    #[serde(default)]
    keep_valid: bool,
}

/// Apply an import
///
/// One that was checked. Its rows are checked once more and written beside the request.
#[utoipa::path(tag = "supplier", operation_id = "applyImport", request_body = ApplyImport, responses(
    (status = 200, body = ImportView, description = "The import, being applied"),
    (status = 409, description = "`import_state`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/imports/{id}/apply")]
pub async fn apply(
    staff: Confirmed<Staff<MayReadDesk>>,
    state: Data<AppState>,
    PathId(id): PathId<ImportRunId>,
    body: Body<ApplyImport>,
) -> Result<impl Responder> {
    let (importer, keep_valid) = (importer(&staff), body.0.keep_valid);
    let run = state
        .db
        .write(move |tx| runs::apply(tx, &importer, id, keep_valid, clock::now()))
        .await?;
    Ok(Json(ImportView::from(run)))
}
