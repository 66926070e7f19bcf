//! Rows of jobs and of their pieces.

use diesel::prelude::*;

use super::rules::{Format, Kind, Mode, State};
use crate::clock::Timestamp;
use crate::db::schema::bulk_pieces;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Connection, insert, select, selection, sql};
use crate::error::Result;
use crate::ids::{AccountId, BulkJobId, PersonId};
use crate::sentences::Sentence;
use crate::{binds, row};

row! {
    /// A job that is seen.
    #[derive(Debug, Clone)]
    pub struct JobRow from "bulk_jobs j JOIN people p ON p.id = j.started_by LEFT JOIN accounts a ON a.id = j.account_id" {
        pub id: BulkJobId = "j.id",
        /// Nothing for the supplier's.
        pub account_id: Option<AccountId> = "j.account_id",
        /// Its code.
        pub account: Option<String> = "a.code",
        pub kind: Kind = "j.kind",
        pub mode: Mode = "j.mode",
        pub format: Format = "j.format",
        /// The columns, as the first line of a file.
        pub head: String = "j.head",
        pub state: State = "j.state",
        pub person_id: PersonId = "j.started_by",
        /// The name of who began it.
        pub started_by: String = "p.name",
        /// `per_…` or `cli_…`.
        pub actor: String = "j.actor",
        pub request_id: String = "j.request_id",
        pub address: Option<String> = "j.address",
        pub created_at: Timestamp = "j.created_at",
        pub begun_at: Option<Timestamp> = "j.begun_at",
        pub ended_at: Option<Timestamp> = "j.ended_at",
        pub changed_at: Timestamp = "j.changed_at",
        pub pieces: i64 = "j.piece_count",
        /// The first piece that is not done.
        pub next_piece: i64 = "j.next_piece",
        pub rows: i64 = "j.row_count",
        pub bytes: i64 = "j.byte_count",
        pub done: i64 = "j.done_count",
        pub accepted: i64 = "j.accepted_count",
        pub rejected: i64 = "j.rejected_count",
        pub unchanged: i64 = "j.unchanged_count",
        pub failure: Option<Sentence> = "j.failure",
        pub version: i64 = "j.version",
    }
}

row! {
    /// A job whose rows come in.
    #[derive(Debug, Clone)]
    pub struct NewJob into bulk_jobs {
        pub id: BulkJobId,
        pub account_id: Option<AccountId>,
        pub kind: Kind,
        pub mode: Mode,
        pub format: Format,
        pub head: String,
        pub state: State,
        pub started_by: PersonId,
        pub actor: String,
        pub request_id: String,
        pub address: Option<String>,
        pub created_at: Timestamp,
        pub changed_at: Timestamp,
        pub due_at: Timestamp,
        pub piece_count: i64,
        pub next_piece: i64,
        pub row_count: i64,
        pub byte_count: i64,
        pub done_count: i64,
        pub accepted_count: i64,
        pub rejected_count: i64,
        pub unchanged_count: i64,
        pub version: i64,
    }
}

/// What is counted of rows that are done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub done: i64,
    pub accepted: i64,
    pub rejected: i64,
    pub unchanged: i64,
}

pub fn insert_job(tx: &mut Connection, row: NewJob) -> Result<()> {
    insert(tx, &[row])
}

/// Adds a piece of a job whose rows come in; where it lies for long, housekeeping sees that somebody is at it.
pub fn insert_piece(
    tx: &mut Connection,
    id: BulkJobId,
    (number, first_row, rows): (i64, i64, i64),
    content: &[u8],
    now: Timestamp,
) -> Result<()> {
    diesel::insert_into(bulk_pieces::table)
        .values((
            bulk_pieces::job_id.eq(id),
            bulk_pieces::number.eq(number),
            bulk_pieces::first_row.eq(first_row),
            bulk_pieces::row_count.eq(rows),
            bulk_pieces::rejected_count.eq(0),
            bulk_pieces::content.eq(content),
        ))
        .execute(tx)?;
    sql("UPDATE bulk_jobs SET changed_at = $2 WHERE id = $1")
        .bind(id)
        .bind(now)
        .run(tx)?;
    Ok(())
}

/// A job whose rows have all come waits for its turn.
pub fn update_queued(
    tx: &mut Connection,
    id: BulkJobId,
    (pieces, rows, bytes): (i64, i64, i64),
    head: &str,
    now: Timestamp,
) -> Result<()> {
    sql(
        "UPDATE bulk_jobs SET state = {bulk_state queued}, piece_count = $2, row_count = $3, byte_count = $4, head = $5, \
         changed_at = $6, due_at = $6 WHERE id = $1",
    )
    .bind(id)
    .bind(pieces)
    .bind(rows)
    .bind(bytes)
    .bind(head)
    .bind(now)
    .run(tx)?;
    Ok(())
}

/// How many jobs of an account, or of the supplier, are not over.
pub fn count_open(connection: &mut Connection, account_id: Option<AccountId>) -> Result<i64> {
    sql(
        "SELECT COUNT(*) FROM bulk_jobs WHERE state IN ({bulk_state queued}, {bulk_state running}) \
         AND COALESCE(account_id, 0) = $1",
    )
    .bind(account_id.map_or(0, |id| id.0))
    .one(connection)
}

/// A job of whom the scope is for.
pub fn find(connection: &mut Connection, scope: Scope, id: BulkJobId) -> Result<Option<JobRow>> {
    let found = select::<JobRow>("WHERE j.id = $1 AND j.state <> {bulk_state receiving}")
        .bind(id)
        .first(connection)?;
    Ok(found.filter(|job: &JobRow| scope.account_id().is_none_or(|own| job.account_id == Some(own))))
}

/// The same, locked until the transaction ends.
pub fn lock(tx: &mut Connection, scope: Scope, id: BulkJobId) -> Result<Option<JobRow>> {
    let _: Option<i64> = sql("SELECT id FROM bulk_jobs WHERE id = $1 {lock}")
        .bind(id)
        .first(tx)?;
    find(tx, scope, id)
}

/// Which jobs; nothing = all.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
pub struct Filter {
    pub kind: Option<Kind>,
    pub state: Option<State>,
}

/// Up to `rows_max` jobs, the newest first, older than `before`.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: Filter,
    before: impl Into<Walk<BulkJobId>>,
    rows_max: i64,
) -> Result<Vec<JobRow>> {
    let mut seek = Seek::new(connection, &selection::<JobRow>());
    seek.and("j.state <> {bulk_state receiving}", []);
    seek.and_if("j.account_id = $1", scope.account_id());
    seek.and_if("j.kind = $1", filter.kind);
    seek.and_if("j.state = $1", filter.state);
    let walk = before.into().map(|id| binds![id]);
    seek.part(["j.id"], Way::Down, "j.id", walk, rows_max)?.rows(connection)
}

/// A piece: its number, its first row, its rows.
pub type PieceHead = (i64, i64, i64);

/// A piece with what was sent.
pub fn find_piece(connection: &mut Connection, id: BulkJobId, number: i64) -> Result<Option<(PieceHead, Vec<u8>)>> {
    let found: Option<(i64, i64, i64, Vec<u8>)> = bulk_pieces::table
        .filter(bulk_pieces::job_id.eq(id).and(bulk_pieces::number.eq(number)))
        .select((
            bulk_pieces::number,
            bulk_pieces::first_row,
            bulk_pieces::row_count,
            bulk_pieces::content,
        ))
        .first(connection)
        .optional()?;
    Ok(found.map(|(number, first_row, rows, content)| ((number, first_row, rows), content)))
}

/// The number of the first piece at `from` or behind it that is done, of those with rejected rows where only they are
/// wanted, and what became of it.
pub fn find_outcome(
    connection: &mut Connection,
    id: BulkJobId,
    from: i64,
    only_rejected: bool,
) -> Result<Option<(i64, String)>> {
    let statement = if only_rejected {
        sql(
            "SELECT number, outcome FROM bulk_pieces WHERE job_id = $1 AND number >= $2 AND outcome IS NOT NULL \
             AND rejected_count > 0 ORDER BY number LIMIT 1",
        )
    } else {
        sql(
            "SELECT number, outcome FROM bulk_pieces WHERE job_id = $1 AND number >= $2 AND outcome IS NOT NULL \
             ORDER BY number LIMIT 1",
        )
    };
    statement.bind(id).bind(from).first(connection)
}

/// Notes what became of a piece.
pub fn update_piece(tx: &mut Connection, id: BulkJobId, number: i64, rejected: i64, outcome: &str) -> Result<()> {
    sql("UPDATE bulk_pieces SET outcome = $3, rejected_count = $4 WHERE job_id = $1 AND number = $2")
        .bind(id)
        .bind(number)
        .bind(outcome)
        .bind(rejected)
        .run(tx)?;
    Ok(())
}

/// True if it is somebody's turn to work on a job that nobody works on.
pub fn is_waiting(connection: &mut Connection, now: Timestamp) -> Result<bool> {
    sql(
        "SELECT EXISTS (SELECT 1 FROM bulk_jobs j WHERE j.state IN ({bulk_state queued}, {bulk_state running}) \
         AND j.due_at <= $1 \
         AND (j.leased_until IS NULL OR j.leased_until <= $1) AND NOT EXISTS (SELECT 1 FROM bulk_jobs o \
         WHERE o.kind = j.kind AND o.id < j.id AND o.state IN ({bulk_state queued}, {bulk_state running}) \
         AND COALESCE(o.account_id, 0) = COALESCE(j.account_id, 0)))",
    )
    .bind(now)
    .one(connection)
}

/// Leases the job whose turn it is: those of one kind of an account, or of the supplier, one after the other.
pub fn lease(tx: &mut Connection, lease: i64, now: Timestamp, until: Timestamp) -> Result<Option<BulkJobId>> {
    sql(
        "UPDATE bulk_jobs SET lease = $1, leased_until = $3, state = {bulk_state running}, begun_at = COALESCE(begun_at, $2), \
         changed_at = $2, version = version + 1 WHERE id = (SELECT j.id FROM bulk_jobs j \
         WHERE j.state IN ({bulk_state queued}, {bulk_state running}) \
         AND j.due_at <= $2 AND (j.leased_until IS NULL OR j.leased_until <= $2) AND NOT EXISTS (SELECT 1 FROM \
         bulk_jobs o WHERE o.kind = j.kind AND o.id < j.id AND o.state IN ({bulk_state queued}, {bulk_state running}) \
         AND COALESCE(o.account_id, 0) = COALESCE(j.account_id, 0)) ORDER BY j.due_at LIMIT 1 {lock skip locked}) \
         RETURNING id",
    )
    .bind(lease)
    .bind(now)
    .bind(until)
    .first(tx)
}

/// Holds a leased job for longer.
pub fn renew(tx: &mut Connection, id: BulkJobId, lease: i64, until: Timestamp) -> Result<()> {
    sql("UPDATE bulk_jobs SET leased_until = $3 WHERE id = $1 AND lease = $2")
        .bind(id)
        .bind(lease)
        .bind(until)
        .run(tx)?;
    Ok(())
}

/// Lets a leased job go; it is behind the others then.
pub fn let_go(tx: &mut Connection, id: BulkJobId, lease: i64, now: Timestamp) -> Result<()> {
    sql("UPDATE bulk_jobs SET lease = NULL, leased_until = NULL, due_at = $3 WHERE id = $1 AND lease = $2")
        .bind(id)
        .bind(lease)
        .bind(now)
        .run(tx)?;
    Ok(())
}

/// Takes the step from the piece `from` to the piece `to` of a leased job. False where somebody else has the job, or took
/// the step, or the job is over: then nothing may be written.
pub fn advance(
    tx: &mut Connection,
    (id, lease): (BulkJobId, i64),
    (from, to): (i64, i64),
    now: Timestamp,
) -> Result<bool> {
    let touched = sql(
        "UPDATE bulk_jobs SET next_piece = $4, changed_at = $5, version = version + 1 \
         WHERE id = $1 AND lease = $2 AND next_piece = $3 AND state = {bulk_state running}",
    )
    .bind(id)
    .bind(lease)
    .bind(from)
    .bind(to)
    .bind(now)
    .run(tx)?;
    Ok(touched == 1)
}

/// True while a job is worked on under this lease.
pub fn is_held(connection: &mut Connection, (id, lease): (BulkJobId, i64)) -> Result<bool> {
    sql("SELECT EXISTS (SELECT 1 FROM bulk_jobs WHERE id = $1 AND lease = $2 AND state = {bulk_state running})")
        .bind(id)
        .bind(lease)
        .one(connection)
}

/// Adds to what is counted of a job.
pub fn count(tx: &mut Connection, id: BulkJobId, counts: Counts) -> Result<()> {
    sql(
        "UPDATE bulk_jobs SET done_count = done_count + $2, accepted_count = accepted_count + $3, \
         rejected_count = rejected_count + $4, unchanged_count = unchanged_count + $5 WHERE id = $1",
    )
    .bind(id)
    .bind(counts.done)
    .bind(counts.accepted)
    .bind(counts.rejected)
    .bind(counts.unchanged)
    .run(tx)?;
    Ok(())
}

/// Ends a job that is not over yet, and is still held by the lease of who ends it; false where it is.
pub fn update_ended(
    tx: &mut Connection,
    id: BulkJobId,
    state: State,
    failure: Option<&Sentence>,
    (lease, now): (Option<i64>, Timestamp),
) -> Result<bool> {
    let failure = failure.map(serde_json::to_string).transpose();
    let touched = sql(
        "UPDATE bulk_jobs SET state = $2, failure = $3, ended_at = $4, changed_at = $4, lease = NULL, leased_until = NULL, \
         version = version + 1 WHERE id = $1 AND state IN ({bulk_state queued}, {bulk_state running}) AND ($5 = 0 \
              OR lease = $5)",
    )
    .bind(id)
    .bind(state)
    .bind(failure.map_err(crate::error::Error::internal)?)
    .bind(now)
    .bind(lease.unwrap_or(0))
    .run(tx)?;
    Ok(touched == 1)
}

/// Takes a job away whose rows did not all come: its pieces, a few at a time, then itself. One that is queued after all, since
/// only the answer was lost, stays.
pub fn delete_received(tx: &mut Connection, id: BulkJobId, rows_max: i64) -> Result<usize> {
    let pieces = sql(
        "DELETE FROM bulk_pieces WHERE job_id = $1 AND number IN (SELECT number FROM bulk_pieces WHERE job_id = $1 \
         ORDER BY number LIMIT $2) AND EXISTS (SELECT 1 FROM bulk_jobs WHERE id = $1 AND state = {bulk_state receiving})",
    )
    .bind(id)
    .bind(rows_max)
    .run(tx)?;
    if pieces == 0 {
        sql("DELETE FROM bulk_jobs WHERE id = $1 AND state = {bulk_state receiving}")
            .bind(id)
            .run(tx)?;
    }
    Ok(pieces)
}

/// Deletes up to `rows_max` pieces of jobs that ended before `before`, or that stopped coming in before then, and jobs that have no
/// pieces left; how many.
pub fn delete_old(tx: &mut Connection, before: Timestamp, are_broken_off: bool, rows_max: i64) -> Result<usize> {
    let of = match are_broken_off {
        true => "state = {bulk_state receiving}",
        false => "state IN ({bulk_state succeeded}, {bulk_state failed}, {bulk_state cancelled})",
    };
    let pieces = crate::db::composed(format!(
        "DELETE FROM bulk_pieces WHERE (job_id, number) IN (SELECT p.job_id, p.number FROM bulk_jobs j JOIN bulk_pieces p \
         ON p.job_id = j.id WHERE j.changed_at < $1 AND j.{of} LIMIT $2)"
    ))
    .bind(before)
    .bind(rows_max)
    .run(tx)?;
    let jobs = crate::db::composed(format!(
        "DELETE FROM bulk_jobs WHERE id IN (SELECT j.id FROM bulk_jobs j WHERE j.changed_at < $1 AND j.{of} \
         AND NOT EXISTS (SELECT 1 FROM bulk_pieces p WHERE p.job_id = j.id) LIMIT $2)"
    ))
    .bind(before)
    .bind(rows_max)
    .run(tx)?;
    Ok(pieces + jobs)
}
