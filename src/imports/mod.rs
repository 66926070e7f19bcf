//! Reads a folder of import files, checks every row of every file, then applies them.
//!
//! - [`folder`]: the files, on disk or in memory. [`crate::sheets`]: the rows and cells of one. Each feature's `files` turn rows
//!   into what is stored, see `LAYOUT` and `check` there.
//! - Checking looks at what is stored and at the good rows of the files before. A row that depends on a bad one is bad
//!   itself. Rows that would change nothing are not written ([`crate::sheets::plan`]).
//! - Applying goes file by file, in chunks of [`crate::sheets::plan::CHUNK_ROWS`] rows, each one short transaction, so that a server
//!   may run meanwhile. A run that is killed leaves whole chunks; the next one finds the rest.
//!
//! - [`runs`]: imports that staff begin on the desk or by REST; [`unpacking`]: what they send.
//!
//! Texts have at most so many characters ([`crate::limits`]): codes of accounts, sites, lists and warehouses, SKUs, part numbers
//! and purchase order numbers 64, keys of sale units 16, names, streets, cities and categories 200, descriptions 4,000,
//! postal codes and VAT ids 20, IBAN 42, BIC 11, mail addresses 254, phone numbers 40. Codes have no blanks at their
//! ends and no control characters; every other text is kept as it is.

mod folder;
pub mod routes;
pub mod rules;
pub mod runs;
pub mod sentences;
mod order;
mod rehearsal;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod unpacking;

use std::path::Path;

pub use self::folder::Folder;
pub use self::order::{promise_again, serve_waiting};
pub use crate::sheets::Progress;
pub use crate::sheets::numbers::NumberStyle;
pub use crate::sheets::report::{FileReport, Report};

use self::order::{FILES, check_all};
use crate::clock::Timestamp;
use crate::db::{Database, Engine, violations};
use crate::error::{Code, Error, Result};
use crate::sheets::plan::{Checked, Step, Work, count};
use crate::sheets::report::Fault;

/// How to import.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Check only.
    pub dry_run: bool,
    /// Leave bad rows out instead of applying nothing.
    pub keep_valid: bool,
    /// How the files write numbers; none where they show it themselves.
    pub numbers: Option<NumberStyle>,
}

/// Between two chunks on SQLite: its waiting writers poll, so a lock that is taken again at once would starve them.
const PAUSE_BETWEEN_CHUNKS: std::time::Duration = std::time::Duration::from_millis(3);

/// Imports the folder `dir`. Bad rows are in the report; an error means that the import could not go on.
pub fn run(db: &Database, dir: &Path, options: Options, now: Timestamp, progress: &Progress) -> Result<Report> {
    run_folder(db, &Folder::open(dir)?, options, now, progress)
}

/// Imports a folder that may be in memory.
pub fn run_folder(
    db: &Database,
    folder: &Folder,
    options: Options,
    now: Timestamp,
    progress: &Progress,
) -> Result<Report> {
    let (known, others): (Vec<_>, Vec<_>) = folder.names().partition(|name| FILES.contains(name));
    if known.is_empty() {
        return Err(Error::malformed(Code::ValueInvalid, sentences::no_import_file(FILES)));
    }
    progress.start(known.iter().map(|name| folder.size(name)).sum());
    let mut checked = check_all(db, folder, options.numbers, now, progress)?;
    let mut report = Report {
        left_alone: others.into_iter().map(str::to_owned).collect(),
        faults: checked
            .iter_mut()
            .flat_map(|file| std::mem::take(&mut file.faults))
            .collect(),
        notes: checked
            .iter_mut()
            .flat_map(|file| std::mem::take(&mut file.notes))
            .collect(),
        ..Report::default()
    };
    if !options.dry_run && (report.faults.is_empty() || options.keep_valid) {
        apply_all(db, &checked, &mut report, progress)?;
        report.applied = true;
    }
    report.files = checked.into_iter().map(|file| file.report).collect();
    recount(&mut report);
    progress.finish();
    Ok(report)
}

fn apply_all(db: &Database, checked: &[Checked], report: &mut Report, progress: &Progress) -> Result<()> {
    let rows = checked.iter().flat_map(|file| &file.work).map(|work| count(work.len()));
    progress.start(rows.sum());
    for file in checked {
        progress.say(sentences::applying(file.report.file));
        for work in &file.work {
            report.faults.extend(apply(db, work.as_ref(), progress)?);
        }
    }
    Ok(())
}

fn apply(db: &Database, work: &dyn Work, progress: &Progress) -> Result<Vec<Fault>> {
    let (mut faults, mut done) = (Vec::new(), 0);
    while let Some(step) = work.step(done)? {
        if done > 0 && db.engine() == Engine::Sqlite {
            std::thread::sleep(PAUSE_BETWEEN_CHUNKS);
        }
        let Step { rows, run } = step;
        faults.extend(db.write_now(run).map_err(explained)?);
        done += rows;
        progress.advance(count(rows));
    }
    Ok(faults)
}

/// What was checked may have been changed since, by another import that ran at the same time.
fn explained(error: Error) -> Error {
    if !violations::is_stale(&error) {
        return error;
    }
    tracing::warn!(%error, "a chunk was refused");
    Error::conflict(Code::ImportStateForbids, sentences::changed_by_another_import())
}

/// Rows that proved bad only when they were applied count as bad, not as written.
fn recount(report: &mut Report) {
    for file in &mut report.files {
        let before = file.bad;
        let faults: Vec<_> = report
            .faults
            .iter()
            .filter(|fault| fault.file == file.file)
            .cloned()
            .collect();
        file.count_bad(&faults);
        let late = file.bad - before;
        let of_changed = late.min(file.changed);
        file.changed -= of_changed;
        file.new = file.new.saturating_sub(late - of_changed);
    }
}
