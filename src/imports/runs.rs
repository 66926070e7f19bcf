//! Imports that staff begin on the desk or by REST: sent, checked, looked at, applied. The work is done beside the
//! requests by whoever leases it, so it goes on when the page is left and after the process that did it has died:
//! checking changes nothing, and applying once more finds what is left.

use std::sync::Arc;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::order::FILES;
use super::rules::{State, may_import, scope};
use super::sentences;
use super::store::{self, FaultRow, RunRow};
use super::unpacking::Sent;
use super::{Folder, Options, Progress, run_folder};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{self, Days, Timestamp};
use crate::db::seek::Walk;
use crate::db::{Connection, Database};
use crate::error::{Code, Error, FieldError, Result};
use crate::identity::clients::lacks;
use crate::identity::rules::StaffRole;
use crate::identity::rules::scopes::Scope;
use crate::ids::{ImportFaultId, ImportRunId, PersonId};
use crate::sentences::Sentence;
use crate::sheets::numbers::NumberStyle;
use crate::sheets::report::{Fault, FileReport, Report};

pub use super::store::{FaultRow as BadRow, count_faults, delete_files, is_waiting};

/// Days that the files of an import are kept; its report stays.
pub const FILES_KEPT_DAYS: i64 = 30;
/// Whoever is at work says so more often than this, or somebody else goes on.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// Bad rows stored in one transaction.
const FAULTS_AT_ONCE: usize = 1_000;

/// One of the staff who imports.
#[derive(Debug, Clone)]
pub struct Importer {
    pub person_id: PersonId,
    pub roles: Arc<[StaffRole]>,
    /// Of a program: what it may do.
    pub scopes: Option<Arc<[Scope]>>,
    /// For the audit record.
    pub actor: Actor,
}

/// What became of one file's rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCounts {
    /// The file's name.
    pub file: String,
    /// Rows that weren't there.
    pub new: u64,
    /// Rows that change something.
    pub changed: u64,
    /// Rows that are there already.
    pub unchanged: u64,
    /// Rows left out because of a fault.
    pub bad: u64,
}

/// What was found, without the bad rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// One for each import file, in the order they are applied.
    pub files: Vec<FileCounts>,
    /// Files that are none of the import's.
    pub left_alone: Vec<String>,
    /// What else there is to say.
    pub notes: Vec<Sentence>,
    /// True once it was written.
    pub applied: bool,
}

impl Findings {
    fn of(report: &Report) -> Self {
        let counts = |file: &FileReport| FileCounts {
            file: file.file.to_owned(),
            new: file.new,
            changed: file.changed,
            unchanged: file.unchanged,
            bad: file.bad,
        };
        Self {
            files: report.files.iter().map(counts).collect(),
            left_alone: report.left_alone.clone(),
            notes: report.notes.clone(),
            applied: report.applied,
        }
    }

    /// Rows that are written: new and changed ones.
    pub fn valid(&self) -> u64 {
        self.files.iter().map(|file| file.new + file.changed).sum()
    }

    /// Rows that can't be.
    pub fn bad(&self) -> u64 {
        self.files.iter().map(|file| file.bad).sum()
    }
}

/// An import.
#[derive(Debug, Clone)]
pub struct Run {
    /// How far it is.
    pub state: State,
    /// Who, when, how far.
    pub row: RunRow,
    /// What was found, once it was looked at.
    pub findings: Option<Findings>,
    /// What is being done, while it runs.
    pub step: Option<Sentence>,
    /// Why it could not go on.
    pub failure: Option<Sentence>,
}

impl TryFrom<RunRow> for Run {
    type Error = Error;

    fn try_from(row: RunRow) -> Result<Self> {
        let state = State::from_name(&row.state);
        let findings = row.report.as_deref().map(serde_json::from_str).transpose();
        let step = (!row.step.is_empty())
            .then(|| serde_json::from_str(&row.step))
            .transpose();
        let failure = row.failure.as_deref().map(serde_json::from_str).transpose();
        Ok(Self {
            state: state.ok_or_else(|| Error::internal(format!("{}: unknown state {}", row.id, row.state)))?,
            findings: findings.map_err(Error::internal)?,
            step: step.map_err(Error::internal)?,
            failure: failure.map_err(Error::internal)?,
            row,
        })
    }
}

/// Begins an import: its files will be looked at. Those the importer may not change by hand either are refused.
pub fn create(
    tx: &mut Connection,
    importer: &Importer,
    files: &[Sent],
    numbers: Option<NumberStyle>,
    now: Timestamp,
) -> Result<ImportRunId> {
    refuse_foreign(importer, files.iter().map(|(name, _)| name.as_str()))?;
    let id = ImportRunId::new();
    store::insert(tx, id, importer.person_id, files, numbers, now)?;
    let names: Vec<_> = files.iter().map(|(name, _)| name).collect();
    record(tx, importer, "import.check", id, json!({ "files": names }), now)?;
    Ok(id)
}

fn refuse_foreign<'n>(importer: &Importer, names: impl Iterator<Item = &'n str>) -> Result<()> {
    let names: Vec<_> = names.collect();
    // A program imports what it may write by its other scopes.
    let known = names.iter().filter(|name| FILES.contains(name));
    let lacking = known.map(|name| scope(name)).find(|scope| {
        let scopes = importer.scopes.as_ref();
        scopes.is_some_and(|scopes| !scopes.contains(scope))
    });
    if let Some(scope) = lacking {
        return Err(lacks(scope));
    }
    let refused = names
        .into_iter()
        .filter(|name| !may_import(&importer.roles, name, FILES.contains(name)));
    let fault = |name: &str| FieldError::new("/files", Code::RoleNotAllowed, sentences::role_imports_not(name));
    let faults: Vec<_> = refused.map(fault).collect();
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(faults)),
    }
}

fn record(
    tx: &mut Connection,
    importer: &Importer,
    action: &'static str,
    id: ImportRunId,
    details: serde_json::Value,
    now: Timestamp,
) -> Result<()> {
    let entry = audit::Entry {
        action,
        account_id: None,
        object: id.to_string(),
        details,
    };
    audit::record(tx, &importer.actor, &entry, now)
}

/// Writes down what the command did with a folder.
pub fn record_command(tx: &mut Connection, folder: &str, report: &Report, now: Timestamp) -> Result<()> {
    let findings = Findings::of(report);
    let files: Vec<_> = findings.files.iter().map(|counts| &counts.file).collect();
    let entry = audit::Entry {
        action: if findings.applied {
            "import.apply"
        } else {
            "import.check"
        },
        account_id: None,
        object: folder.to_owned(),
        details: json!({ "files": files, "rows": findings.valid(), "left_out": findings.bad() }),
    };
    audit::record(tx, &Actor::program("import"), &entry, now)
}

/// Has a checked import written. `keep_valid`: bad rows are left out; without it nothing is written while there are any.
pub fn apply(
    tx: &mut Connection,
    importer: &Importer,
    id: ImportRunId,
    keep_valid: bool,
    now: Timestamp,
) -> Result<Run> {
    let run = get(tx, id)?;
    let findings = run.findings.unwrap_or_default();
    refuse_foreign(importer, findings.files.iter().map(|file| file.file.as_str()))?;
    let wrong = |detail| Error::conflict(Code::ImportStateForbids, detail);
    if run.state != State::Ready {
        return Err(wrong(sentences::only_checked_applies()));
    }
    if findings.bad() > 0 && !keep_valid {
        return Err(wrong(sentences::has_bad_rows()));
    }
    if !store::update_applying(tx, id, importer.person_id, keep_valid, now)? {
        return Err(wrong(sentences::applied_meanwhile()));
    }
    let details = json!({ "rows": findings.valid(), "left_out": findings.bad() });
    record(tx, importer, "import.apply", id, details, now)?;
    get(tx, id)
}

/// The import with this id.
pub fn get(connection: &mut Connection, id: ImportRunId) -> Result<Run> {
    store::find(connection, id)?.ok_or(Error::NotFound)?.try_into()
}

/// What this person said last of the numbers in their files.
pub fn last_numbers(connection: &mut Connection, person_id: PersonId) -> Result<Option<NumberStyle>> {
    store::find_last_numbers(connection, person_id)
}

/// Up to `rows_max` imports begun on these days, the newest first, older than `before`.
pub fn list(
    connection: &mut Connection,
    days: Days,
    before: impl Into<Walk<ImportRunId>>,
    rows_max: i64,
) -> Result<Vec<Run>> {
    let started = accounts::period(connection, days)?;
    let rows = store::list(connection, started, before, rows_max)?;
    rows.into_iter().map(Run::try_from).collect()
}

/// Which bad rows; empty = all.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FaultFilter {
    /// Of this file.
    pub file: String,
    /// With this fault.
    pub code: String,
}

/// Up to `rows_max` bad rows of an import behind `after`, in the order of the report.
pub fn list_faults(
    connection: &mut Connection,
    id: ImportRunId,
    filter: &FaultFilter,
    after: Option<ImportFaultId>,
    rows_max: i64,
) -> Result<Vec<FaultRow>> {
    store::list_faults(connection, id, (&filter.file, &filter.code), after, rows_max)
}

/// A piece of work that was leased.
#[derive(Debug, Clone)]
pub struct Leased {
    pub id: ImportRunId,
    options: Options,
}

/// Leases the next piece of work, if there is one and nobody else imports.
pub fn lease(tx: &mut Connection, now: Timestamp) -> Result<Option<Leased>> {
    let leased = store::lease(tx, now, now + LEASE)?;
    Ok(leased.map(|(id, state, keep_valid, numbers)| Leased {
        id,
        options: Options {
            dry_run: state == State::Checking.name(),
            keep_valid,
            numbers,
        },
    }))
}

/// Says how far the work is and keeps the lease.
pub fn keep(tx: &mut Connection, id: ImportRunId, progress: &Progress, now: Timestamp) -> Result<()> {
    let (step, done, total) = progress.seen();
    let step = step.map(|step| serde_json::to_string(&step)).transpose();
    let step = step.map_err(Error::internal)?.unwrap_or_default();
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    store::update_progress(tx, id, (&step, count(done), count(total)), now, now + LEASE)
}

/// Does a leased piece of work; blocks until it is done. What goes wrong is stored in the run.
pub fn work(db: &Database, leased: &Leased, progress: &Progress) -> Result<()> {
    let id = leased.id;
    let outcome = import(db, leased, progress);
    let now = clock::now();
    match outcome {
        Ok(report) => {
            store_faults(db, id, &report.faults)?;
            let findings = Findings::of(&report);
            let state = match (leased.options.dry_run, report.applied) {
                (true, _) => State::Ready,
                (false, true) => State::Done,
                // A row went bad since it was looked at, and bad rows were not to be left out.
                (false, false) => State::Ready,
            };
            let json = serde_json::to_string(&findings).map_err(Error::internal)?;
            let bad = i64::try_from(findings.bad()).unwrap_or(i64::MAX);
            db.write_now(move |tx| store::update_state(tx, id, state.name(), (bad, Some(&json), None), now))
        }
        Err(error) => {
            tracing::warn!(%error, import = %id, "an import could not go on");
            let failure = match &error {
                Error::Internal(_) => sentences::failed_on_our_side(),
                other => other.sentence(),
            };
            let failure = serde_json::to_string(&failure).map_err(Error::internal)?;
            db.write_now(move |tx| store::update_state(tx, id, State::Failed.name(), (0, None, Some(&failure)), now))
        }
    }
}

fn import(db: &Database, leased: &Leased, progress: &Progress) -> Result<Report> {
    let id = leased.id;
    let files = db.read_now(move |connection| store::list_files(connection, id))?;
    if files.is_empty() {
        let detail = sentences::files_gone(FILES_KEPT_DAYS);
        return Err(Error::malformed(Code::ValueInvalid, detail));
    }
    run_folder(db, &Folder::from_memory(files), leased.options, clock::now(), progress)
}

/// Puts the bad rows in the place of those that were found before.
fn store_faults(db: &Database, id: ImportRunId, faults: &[Fault]) -> Result<()> {
    db.write_now(move |tx| store::delete_faults(tx, id))?;
    for faults in faults.chunks(FAULTS_AT_ONCE) {
        let row = |fault: &Fault| FaultRow {
            id: ImportFaultId::new(),
            run_id: id,
            file: fault.file.to_owned(),
            line: i64::try_from(fault.row).unwrap_or(i64::MAX),
            place: without_nul(&fault.column),
            code: fault.code.name().to_owned(),
            value: without_nul(&fault.value),
            remedy: fault.remedy.clone(),
        };
        let rows: Vec<_> = faults.iter().map(row).collect();
        db.write_now(move |tx| store::insert_faults(tx, &rows))?;
    }
    Ok(())
}

/// Neither engine keeps NUL in a text; a file may hold it.
fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
