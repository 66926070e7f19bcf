//! Bulk jobs: a body of up to a million rows is taken in, answered with a job and worked off beside the requests.
//!
//! - [`records`]: the body is unpacked and cut into pieces while it comes; each is kept in the database, so any process
//!   can work on it
//! - [`files`], [`checking`]: rows of a piece are rows of an import file, with its checks and its statements
//! - [`placing`]: orders, each placed as one that is sent by itself
//! - [`working`]: a job is done piece by piece; what a piece changes, what became of it and how far the job is are one
//!   transaction, so that whoever goes on after a kill goes on behind it; [`at_once`]: all of it is
//! - [`outcomes`]: what became of each row

pub mod api;
mod at_once;
mod checking;
mod files;
mod objects;
pub mod outcomes;
pub mod pages;
mod placing;
pub mod records;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod words;
pub mod working;

use serde_json::json;

use self::records::{Piece, Read};
use self::rules::{Format, Kind, Mode, State, WAITING_MAX};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Code, Error, Result};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, BulkJobId, PersonId};

pub use self::files::packed;
pub use self::store::{Filter, JobRow, is_waiting, list};

/// Who sends rows.
#[derive(Debug, Clone)]
pub struct Sender {
    /// Of a program the row that stands for it.
    pub person_id: PersonId,
    /// Nothing for the supplier's.
    pub account_id: Option<AccountId>,
    pub actor: Actor,
}

/// What is sent, and how it is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Sent {
    pub kind: Kind,
    pub mode: Mode,
    pub format: Format,
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Begins a job whose rows come in; nobody sees it yet.
///
/// A body that comes again under its key is let in however many jobs wait: it will be the job it was.
pub fn begin(
    tx: &mut Connection,
    sender: &Sender,
    sent: Sent,
    (route, key): (&str, &str),
    now: Timestamp,
) -> Result<BulkJobId> {
    if store::count_open(tx, sender.account_id)? >= WAITING_MAX
        && !idempotency::is_known(tx, sender.person_id, (route, key), now)?
    {
        return Err(Error::conflict(
            Code::TooManyJobs,
            sentences::too_many_waiting(WAITING_MAX),
        ));
    }
    let id = BulkJobId::new();
    let origin = sender.actor.origin.as_ref();
    let row = store::NewJob {
        id,
        account_id: sender.account_id,
        kind: sent.kind,
        mode: sent.mode,
        format: sent.format,
        head: String::new(),
        state: State::Receiving,
        started_by: sender.person_id,
        actor: sender.actor.to_string(),
        request_id: origin.map(|origin| origin.request_id.to_string()).unwrap_or_default(),
        address: origin.and_then(audit::Origin::address_text),
        created_at: now,
        changed_at: now,
        due_at: now,
        piece_count: 0,
        next_piece: 0,
        row_count: 0,
        byte_count: 0,
        done_count: 0,
        accepted_count: 0,
        rejected_count: 0,
        unchanged_count: 0,
        version: 1,
    };
    store::insert_job(tx, row)?;
    Ok(id)
}

/// Keeps the piece with this number; `content` are its packed rows.
pub fn add_piece(
    tx: &mut Connection,
    id: BulkJobId,
    (number, piece): (i64, &Piece),
    content: &[u8],
    now: Timestamp,
) -> Result<()> {
    store::insert_piece(
        tx,
        id,
        (number, count(piece.first_row), count(piece.rows)),
        content,
        now,
    )
}

/// All rows have come: the job waits for its turn. The same body under the same key was a job already: that one, and true.
pub fn seal(
    tx: &mut Connection,
    sender: &Sender,
    (id, sent): (BulkJobId, Sent),
    (read, pieces): (&Read, i64),
    key: &idempotency::Request,
    now: Timestamp,
) -> Result<(JobRow, bool)> {
    let scope = sender.account_id.map_or(Scope::All, Scope::Account);
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((get(tx, scope, BulkJobId(created))?, true));
    }
    store::update_queued(tx, id, (pieces, count(read.rows), count(read.bytes)), &read.head, now)?;
    let details = json!({ "kind": sent.kind, "mode": sent.mode, "rows": read.rows });
    let entry = audit::Entry {
        action: "bulk.send",
        account_id: sender.account_id,
        object: id.to_string(),
        details,
    };
    audit::record(tx, &sender.actor, &entry, now)?;
    Ok((get(tx, scope, id)?, false))
}

/// Takes back a job whose rows did not all come, a little at a time; false once nothing is left.
pub fn take_back(tx: &mut Connection, id: BulkJobId) -> Result<bool> {
    const PIECES_AT_ONCE: i64 = 50;
    Ok(store::delete_received(tx, id, PIECES_AT_ONCE)? > 0)
}

/// A job that somebody sees.
pub fn get(connection: &mut Connection, scope: Scope, id: BulkJobId) -> Result<JobRow> {
    store::find(connection, scope, id)?.ok_or(Error::NotFound)
}

/// Ends a job; what is written stays, what is not will not be.
pub fn cancel(tx: &mut Connection, actor: &Actor, scope: Scope, id: BulkJobId, now: Timestamp) -> Result<JobRow> {
    let job = store::lock(tx, scope, id)?.ok_or(Error::NotFound)?;
    if !store::update_ended(tx, id, State::Cancelled, None, (None, now))? {
        return Err(Error::conflict(Code::BulkStateForbids, sentences::job_is_over()));
    }
    record_end(tx, actor, &job, "bulk.cancel", now)?;
    get(tx, scope, id)
}

fn record_end(tx: &mut Connection, actor: &Actor, job: &JobRow, action: &'static str, now: Timestamp) -> Result<()> {
    let details = store::find(tx, Scope::All, job.id)?.map(|job| {
        json!({
            "kind": job.kind, "state": job.state, "rows": job.rows, "accepted": job.accepted,
            "rejected": job.rejected, "unchanged": job.unchanged,
        })
    });
    let entry = audit::Entry {
        action,
        account_id: job.account_id,
        object: job.id.to_string(),
        details: details.unwrap_or_default(),
    };
    audit::record(tx, actor, &entry, now)
}

/// Housekeeping: jobs that ended before this moment go, with what was sent.
pub fn delete_ended(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    store::delete_old(tx, before, false, rows_max)
}

/// The same of jobs whose rows stopped coming in before this moment.
pub fn delete_broken_off(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    store::delete_old(tx, before, true, rows_max)
}
