//! Rows of files for an access point.

use crate::clock::Timestamp;
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, CreditNoteId, InvoiceId};
use crate::invoices::einvoice::Source;
use crate::invoices::einvoice::rules::Format;
use crate::invoices::einvoice::rules::outgoing::State;
use crate::row;

/// Characters of an error that are kept.
const ERROR_CHARS_MAX: usize = 500;

row! {
    /// A file for an access point.
    #[derive(Debug, Clone)]
    pub struct FileRow in einvoice_files {
        pub invoice_id: Option<InvoiceId>,
        pub account_id: AccountId,
        pub format: Format,
        pub name: String,
        pub state: State,
        pub attempts: i32,
        pub next_attempt_at: Timestamp,
        pub leased_until: Option<Timestamp>,
        pub written_at: Option<Timestamp>,
        pub error: Option<String>,
        pub credit_note_id: Option<CreditNoteId>,
    }
}

pub fn insert(batch: &mut Batch, rows: &[FileRow]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    batch.add(insertion(rows)?);
    Ok(())
}

/// The files of a document, the first format first.
pub fn list_of(connection: &mut Connection, source: Source) -> Result<Vec<FileRow>> {
    match source {
        Source::Invoice(id) => select::<FileRow>("WHERE invoice_id = $1 ORDER BY length(name), name")
            .bind(id)
            .rows(connection),
        Source::CreditNote(id) => select::<FileRow>("WHERE credit_note_id = $1 ORDER BY length(name), name")
            .bind(id)
            .rows(connection),
    }
}

pub fn list(connection: &mut Connection, names: &[String]) -> Result<Vec<FileRow>> {
    select::<FileRow>("WHERE name {in texts $1} ORDER BY name")
        .bind(sets::json(names)?)
        .rows(connection)
}

/// True while a file is due that nobody has.
pub fn is_due(connection: &mut Connection, now: Timestamp) -> Result<bool> {
    sql(
        "SELECT EXISTS (SELECT 1 FROM einvoice_files WHERE state = {einvoice_file_state due} AND next_attempt_at <= $1 \
         AND (leased_until IS NULL OR leased_until <= $1))",
    )
    .bind(now)
    .one(connection)
}

/// Takes files that are due, those first that wait longest.
pub fn claim(tx: &mut Connection, now: Timestamp, until: Timestamp, rows_max: i64) -> Result<Vec<String>> {
    sql(
        "UPDATE einvoice_files SET leased_until = $2 WHERE name IN (SELECT name FROM einvoice_files \
         WHERE state = {einvoice_file_state due} AND next_attempt_at <= $1 AND (leased_until IS NULL \
         OR leased_until <= $1) ORDER BY next_attempt_at LIMIT $3 {lock skip locked}) RETURNING name",
    )
    .bind(now)
    .bind(until)
    .bind(rows_max)
    .rows(tx)
}

pub fn settle_written(tx: &mut Connection, name: &str, attempts: i32, now: Timestamp) -> Result<()> {
    sql(
        "UPDATE einvoice_files SET state = {einvoice_file_state written}, attempts = $2, written_at = $3, \
         leased_until = NULL, error = NULL \
         WHERE name = $1",
    )
    .bind(name)
    .bind(i64::from(attempts))
    .bind(now)
    .run(tx)
    .map(drop)
}

pub fn settle_failed(tx: &mut Connection, name: &str, (attempts, next): (i32, Timestamp), why: &str) -> Result<()> {
    let why: String = why.chars().filter(|sign| *sign != '\0').take(ERROR_CHARS_MAX).collect();
    sql(
        "UPDATE einvoice_files SET attempts = $2, next_attempt_at = $3, leased_until = NULL, error = $4 \
         WHERE name = $1",
    )
    .bind(name)
    .bind(i64::from(attempts))
    .bind(next)
    .bind(why)
    .run(tx)
    .map(drop)
}
