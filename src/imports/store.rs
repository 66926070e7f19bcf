//! Rows of imports that staff began on the desk or by REST.

use diesel::deserialize::{self, FromSql};
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::clock::{Period, Timestamp};
use crate::db::schema::import_files;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Backend, Column, Connection, Kind, select, selection, sql};
use crate::error::Result;
use crate::ids::{ImportFaultId, ImportRunId, PersonId};
use crate::sentences::Sentence;
use crate::sheets::numbers::NumberStyle;
use crate::{binds, row};

/// Stores a run and its files.
pub fn insert(
    tx: &mut Connection,
    id: ImportRunId,
    started_by: PersonId,
    files: &[(String, Vec<u8>)],
    numbers: Option<NumberStyle>,
    now: Timestamp,
) -> Result<()> {
    sql(
        "INSERT INTO import_runs (id, state, started_by, started_at, changed_at, file_count, keep_valid, step, done_count, \
           total_count, bad_count, numbers) VALUES ($1, 'checking', $2, $3, $3, $4, 0, '', 0, 0, 0, $5)",
    )
    .bind(id.0)
    .bind(started_by)
    .bind(now)
    .bind(i64::try_from(files.len()).unwrap_or(i64::MAX))
    .bind(numbers.map(|style| style.name().to_owned()))
    .run(tx)?;
    for (name, content) in files {
        diesel::insert_into(import_files::table)
            .values((
                import_files::run_id.eq(id),
                import_files::name.eq(name),
                import_files::content.eq(content),
            ))
            .execute(tx)?;
    }
    Ok(())
}

pub fn list_files(connection: &mut Connection, id: ImportRunId) -> Result<Vec<(String, Vec<u8>)>> {
    Ok(import_files::table
        .filter(import_files::run_id.eq(id))
        .order(import_files::name)
        .select((import_files::name, import_files::content))
        .load(connection)?)
}

row! {
    /// A run as it is stored.
    #[derive(Debug, Clone)]
    pub struct RunRow from "import_runs r JOIN people p ON p.id = r.started_by LEFT JOIN people a ON a.id = r.applied_by" {
        pub id: ImportRunId = "r.id",
        /// The name of its state.
        pub state: String = "r.state",
        /// Who began it.
        pub started_by: String = "p.name",
        pub started_at: Timestamp = "r.started_at",
        /// When it last moved.
        pub changed_at: Timestamp = "r.changed_at",
        /// Who had it applied.
        pub applied_by: Option<String> = "a.name",
        /// What is being done.
        pub step: String = "r.step",
        /// How much of it is done.
        pub done: i64 = "r.done_count",
        /// Of how much.
        pub total: i64 = "r.total_count",
        /// How many bad rows were found.
        pub bad: i64 = "r.bad_count",
        /// How many files there are.
        pub files: i64 = "r.file_count",
        /// The report, as JSON.
        pub report: Option<String> = "r.report",
        /// Why it could not go on.
        pub failure: Option<String> = "r.failure",
    }
}

/// The run with this id.
pub fn find(connection: &mut Connection, id: ImportRunId) -> Result<Option<RunRow>> {
    select::<RunRow>("WHERE r.id = $1").bind(id.0).first(connection)
}

/// Up to `rows_max` runs, the newest first, older than `before`.
pub fn list(
    connection: &mut Connection,
    started: Period,
    before: impl Into<Walk<ImportRunId>>,
    rows_max: i64,
) -> Result<Vec<RunRow>> {
    let mut seek = Seek::new(connection, &selection::<RunRow>());
    seek.within("r.started_at", started);
    let walk = before.into().map(|id| binds![id]);
    seek.part(["r.id"], Way::Down, "r.id", walk, rows_max)?.rows(connection)
}

/// Moves a run that is ready to be applied; false when it is not ready any more.
pub fn update_applying(
    tx: &mut Connection,
    id: ImportRunId,
    by: PersonId,
    keep_valid: bool,
    now: Timestamp,
) -> Result<bool> {
    let touched = sql(
        "UPDATE import_runs SET state = {import_state applying}, applied_by = $2, keep_valid = $3, changed_at = $4, step = '', \
           done_count = 0, total_count = 0, leased_until = NULL WHERE id = $1 AND state = {import_state ready}",
    )
    .bind(id.0)
    .bind(by)
    .bind(i64::from(keep_valid))
    .bind(now)
    .run(tx)?;
    Ok(touched == 1)
}

/// True if a run waits for somebody to work on it.
pub fn is_waiting(connection: &mut Connection, now: Timestamp) -> Result<bool> {
    let found: Option<ImportRunId> = sql("SELECT id FROM import_runs \
         WHERE state IN ({import_state checking}, {import_state applying}) \
           AND (leased_until IS NULL OR leased_until < $1) LIMIT 1")
    .bind(now)
    .first(connection)?;
    Ok(found.is_some())
}

/// What this person said last of the numbers in their files.
pub fn find_last_numbers(connection: &mut Connection, person_id: PersonId) -> Result<Option<NumberStyle>> {
    let last: Option<Option<NumberStyle>> =
        sql("SELECT numbers FROM import_runs WHERE started_by = $1 ORDER BY id DESC LIMIT 1")
            .bind(person_id)
            .first(connection)?;
    Ok(last.flatten())
}

/// A run to work on: its id, its state, whether bad rows are left out, how its files write numbers.
pub type LeasedRow = (ImportRunId, String, bool, Option<NumberStyle>);

/// Leases the oldest run that waits for somebody to work on it, unless another one is at work.
pub fn lease(tx: &mut Connection, now: Timestamp, until: Timestamp) -> Result<Option<LeasedRow>> {
    let leased: Option<(ImportRunId, String, i64, Option<NumberStyle>)> = sql(
        "UPDATE import_runs SET leased_until = $2 WHERE id = (SELECT id FROM import_runs WHERE state IN \
         ('checking', 'applying') AND (leased_until IS NULL OR leased_until < $1) AND NOT EXISTS (SELECT 1 FROM \
         import_runs o WHERE o.state IN ({import_state checking}, {import_state applying}) \
         AND o.leased_until >= $1) ORDER BY id LIMIT 1 {lock skip locked}) RETURNING id, state, keep_valid, numbers",
    )
    .bind(now)
    .bind(until)
    .first(tx)?;
    Ok(leased.map(|(id, state, keep_valid, numbers)| (id, state, keep_valid != 0, numbers)))
}

/// Says how far a run is, and that somebody is still at work on it.
pub fn update_progress(
    tx: &mut Connection,
    id: ImportRunId,
    (step, done, total): (&str, i64, i64),
    now: Timestamp,
    until: Timestamp,
) -> Result<()> {
    sql(
        "UPDATE import_runs SET step = $2, done_count = $3, total_count = $4, changed_at = $5, leased_until = $6 WHERE id = $1",
    )
    .bind(id.0)
    .bind(step)
    .bind(done)
    .bind(total)
    .bind(now)
    .bind(until)
    .run(tx)
    .map(drop)
}

/// Ends a piece of work on a run.
pub fn update_state(
    tx: &mut Connection,
    id: ImportRunId,
    state: &str,
    (bad, report, failure): (i64, Option<&str>, Option<&str>),
    now: Timestamp,
) -> Result<()> {
    sql(
        "UPDATE import_runs SET state = $2, bad_count = $3, report = COALESCE($4, report), failure = $5, changed_at = $6, \
           step = '', leased_until = NULL WHERE id = $1",
    )
    .bind(id.0)
    .bind(state)
    .bind(bad)
    .bind(report.map(str::to_owned))
    .bind(failure.map(str::to_owned))
    .bind(now)
    .run(tx)
    .map(drop)
}

row! {
    /// A bad row.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct FaultRow in import_faults {
        /// Its id; grows in the order of the report.
        pub id: ImportFaultId,
        pub run_id: ImportRunId,
        /// The file's name.
        pub file: String,
        /// The line an editor shows.
        pub line: i64,
        /// The column; empty where the whole row is meant.
        pub place: String,
        /// The name of the fault.
        pub code: String,
        /// What stands there.
        pub value: String,
        /// What to do about it; its JSON in the database.
        pub remedy: Sentence,
    }
}

/// Stored as its JSON.
impl Column for Sentence {
    type Sql = Text;
    const KIND: Kind = Kind::Text;

    fn json<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let json = serde_json::to_string(self).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&json)
    }
}

impl FromSql<Text, Backend> for Sentence {
    fn from_sql(bytes: <Backend as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(serde_json::from_str(&<String as FromSql<Text, Backend>>::from_sql(
            bytes,
        )?)?)
    }
}

/// Adds bad rows.
pub fn insert_faults(tx: &mut Connection, faults: &[FaultRow]) -> Result<()> {
    crate::db::insert(tx, faults)
}

/// Deletes all bad rows of a run: it is looked at again.
pub fn delete_faults(tx: &mut Connection, id: ImportRunId) -> Result<()> {
    sql("DELETE FROM import_faults WHERE run_id = $1")
        .bind(id.0)
        .run(tx)
        .map(drop)
}

/// Up to `rows_max` bad rows of a run behind `after`, of one file or of one fault where they are named.
pub fn list_faults(
    connection: &mut Connection,
    id: ImportRunId,
    (file, code): (&str, &str),
    after: Option<ImportFaultId>,
    rows_max: i64,
) -> Result<Vec<FaultRow>> {
    select::<FaultRow>(
        "WHERE run_id = $1 AND id > $2 AND ($3 = '' OR file = $3) AND ($4 = '' OR code = $4) ORDER BY id LIMIT $5",
    )
    .bind(id)
    .bind(after.map_or(i64::MIN, |id| id.0))
    .bind(file)
    .bind(code)
    .bind(rows_max)
    .rows(connection)
}

/// How often each fault was found in each file.
pub fn count_faults(connection: &mut Connection, id: ImportRunId) -> Result<Vec<(String, String, i64)>> {
    sql("SELECT file, code, COUNT(*) FROM import_faults WHERE run_id = $1 GROUP BY file, code ORDER BY file, code")
        .bind(id.0)
        .rows(connection)
}

/// Deletes the files of up to `rows_max` runs that last moved before `before`; how many files there were. Reports stay.
pub fn delete_files(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql(
        "DELETE FROM import_files WHERE run_id IN (SELECT f.run_id FROM import_files f JOIN import_runs r ON r.id = f.run_id \
           WHERE r.changed_at < $1 ORDER BY f.run_id LIMIT $2)",
    )
    .bind(before)
    .bind(rows_max)
    .run(tx)
}
