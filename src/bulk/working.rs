//! A job is worked on by whoever leases it, piece by piece. What a piece changes, what became of its rows and that it is done
//! are one transaction, so a job that is cut off goes on at the next piece, here or elsewhere, and nothing is done twice.

use std::time::{Duration, Instant};

use chrono::TimeDelta;

use super::checking::Known;
use super::files::{self, RowFault};
use super::outcomes::PieceOutcome;
use super::placing::{self, Asked};
use super::rules::{Kind, Mode, State};
use super::store::{self, Counts, JobRow};
use super::{at_once, record_end, sentences};
use crate::audit::{Actor, Origin, Who};
use crate::clock::{self, Timestamp};
use crate::db::seek::Scope;
use crate::db::{Connection, Database, violations};
use crate::error::{Error, Result};
use crate::identity::power::{Power, power};
use crate::ids::{BulkJobId, ClientId, PersonId};
use crate::sentences::Sentence;
use crate::sheets::Seen;
use crate::sheets::plan::Step;
use crate::sheets::report::Fault;

/// How often it is asked, at most, whether whoever sent the rows may still do so: a program that is revoked, or a person who lost
/// the role, changes nothing some seconds later.
const ASKED_EVERY: Duration = Duration::from_secs(2);
/// Whoever is at work says so more often than this, or somebody else goes on.
const LEASE: TimeDelta = TimeDelta::seconds(15);
/// How long others wait for their turn: so long, or as long as it took to begin, which is lost with each turn.
const TURN: Duration = Duration::from_secs(3);
/// After a piece nothing is done for as long as it took, so that others get on; but never shorter than this.
const PAUSE_MIN: Duration = Duration::from_millis(3);
const PAUSE_MAX: Duration = Duration::from_millis(500);
/// What rows are checked against is loaded anew after so many pieces.
const PIECES_KNOWN: i64 = 400;

/// Reads an order of a row, for this person or the row that stands for a program.
pub type ReadOrder = fn(Kind, PersonId, &[u8]) -> Result<Asked>;

/// A job that was leased.
#[derive(Debug, Clone)]
pub struct Leased {
    pub job: JobRow,
    pub(super) actor: Actor,
    lease: i64,
}

/// Leases the job whose turn it is, if there is one.
pub fn lease(tx: &mut Connection, now: Timestamp) -> Result<Option<Leased>> {
    let lease = i64::from_le_bytes(clock::random_bytes());
    let Some(id) = store::lease(tx, lease, now, now + LEASE)? else {
        return Ok(None);
    };
    let job = store::find(tx, Scope::All, id)?.ok_or_else(|| Error::internal(format!("{id} is gone")))?;
    let who = match (job.actor.parse::<PersonId>(), job.actor.parse::<ClientId>()) {
        (_, Ok(id)) => Who::Client(id),
        _ => Who::Person(job.person_id),
    };
    let origin = Origin {
        request_id: job.request_id.as_str().into(),
        address: job.address.as_deref().and_then(|text| text.parse().ok()),
    };
    let actor = Actor::new(who, Some(origin));
    Ok(Some(Leased { job, actor, lease }))
}

impl Leased {
    pub(super) fn id(&self) -> BulkJobId {
        self.job.id
    }

    /// The job, and the lease by which it is ours.
    pub(super) fn key(&self) -> (BulkJobId, i64) {
        (self.job.id, self.lease)
    }
}

/// Holds a leased job for longer.
pub fn keep(tx: &mut Connection, leased: &Leased, now: Timestamp) -> Result<()> {
    store::renew(tx, leased.id(), leased.lease, now + LEASE)
}

/// Works on a leased job: until it is over, somebody else has it, it is others' turn, or `is_ended` says so. What goes wrong is
/// stored in the job; an error means that it is to be tried again.
pub fn work(db: &Database, leased: &Leased, read_order: ReadOrder, is_ended: &dyn Fn() -> bool) -> Result<()> {
    let done = match db.read_now(|connection| may_still(connection, &leased.job))? {
        false => fail(db, leased, sentences::may_no_longer()),
        true => match (leased.job.kind, leased.job.mode) {
            (kind, Mode::ValidRows) if kind.is_of_orders() => {
                each_piece(db, leased, (&mut Orders(read_order), TURN), is_ended)
            }
            (kind, Mode::AllOrNothing) if kind.is_of_orders() => at_once::orders_at_once(db, leased, read_order),
            (_, Mode::ValidRows) => each_row(db, leased, is_ended),
            (_, Mode::AllOrNothing) => at_once::rows_at_once(db, leased),
        },
    };
    match done {
        Err(Error::Unavailable(reason)) => Err(Error::Unavailable(reason)),
        Err(error) => {
            tracing::warn!(%error, job = %leased.id(), "a bulk job could not go on");
            let failure = match &error {
                Error::Internal(_) => sentences::bulk_failed(),
                other => other.sentence(),
            };
            fail(db, leased, failure)
        }
        Ok(()) => {
            let (id, lease) = leased.key();
            db.write_now(move |tx| store::let_go(tx, id, lease, clock::now()))
        }
    }
}

/// Whoever sent the rows may still send such rows.
fn may_still(connection: &mut Connection, job: &JobRow) -> Result<bool> {
    let power = power(connection, job.person_id, clock::now())?;
    Ok(match power {
        Some(Power::Member(account_id, roles)) => job.account_id == Some(account_id) && job.kind.is_for_members(&roles),
        Some(Power::Staff(roles)) => job.account_id.is_none() && job.kind.is_for_staff(&roles),
        Some(Power::Program(account_id, scopes)) => job.account_id == account_id && scopes.contains(&job.kind.scope()),
        None => false,
    })
}

/// Ends a job that is still ours.
pub(super) fn end(
    tx: &mut Connection,
    leased: &Leased,
    state: State,
    failure: Option<&Sentence>,
    now: Timestamp,
) -> Result<()> {
    if store::update_ended(tx, leased.id(), state, failure, (Some(leased.lease), now))? {
        record_end(tx, &leased.actor, &leased.job, "bulk.end", now)?;
    }
    Ok(())
}

fn fail(db: &Database, leased: &Leased, failure: Sentence) -> Result<()> {
    let leased = leased.clone();
    db.write_now(move |tx| end(tx, &leased, State::Failed, Some(&failure), clock::now()))
}

/// A piece with its rows unpacked.
pub(super) struct Opened {
    number: i64,
    pub first_row: u64,
    rows: i64,
    pub text: Vec<u8>,
}

pub(super) fn piece(db: &Database, leased: &Leased, number: i64) -> Result<Opened> {
    let id = leased.id();
    let found = db.read_now(move |connection| store::find_piece(connection, id, number))?;
    let ((number, first_row, rows), content) =
        found.ok_or_else(|| Error::internal(format!("the piece {number} of {id} is gone")))?;
    Ok(Opened {
        number,
        first_row: u64::try_from(first_row).map_err(Error::internal)?,
        rows,
        text: files::unpacked(&content)?,
    })
}

/// How pieces of a job are done one by one.
trait Pieces {
    /// Does a piece; false where the job is not ours any more.
    fn step(&mut self, db: &Database, leased: &Leased, number: i64) -> Result<bool>;
}

fn each_row(db: &Database, leased: &Leased, is_ended: &dyn Fn() -> bool) -> Result<()> {
    let begun = Instant::now();
    let mut rows = Rows::begin(db, leased)?;
    each_piece(db, leased, (&mut rows, begun.elapsed().max(TURN)), is_ended)
}

fn each_piece(
    db: &Database,
    leased: &Leased,
    (pieces, turn): (&mut dyn Pieces, Duration),
    is_ended: &dyn Fn() -> bool,
) -> Result<()> {
    let begun = Instant::now();
    let mut asked = begun;
    let mut number = leased.job.next_piece;
    while number < leased.job.pieces {
        let started = Instant::now();
        if asked.elapsed() > ASKED_EVERY {
            if !db.read_now(|connection| may_still(connection, &leased.job))? {
                return fail(db, leased, sentences::may_no_longer());
            }
            asked = started;
        }
        if !pieces.step(db, leased, number)? {
            return Ok(());
        }
        number += 1;
        if number < leased.job.pieces {
            std::thread::sleep(started.elapsed().clamp(PAUSE_MIN, PAUSE_MAX));
            let is_others_turn =
                begun.elapsed() > turn && db.read_now(|connection| store::is_waiting(connection, clock::now()))?;
            if is_ended() || is_others_turn {
                break;
            }
        }
    }
    Ok(())
}

/// Notes what became of the rows of a piece.
fn told(tx: &mut Connection, leased: &Leased, (number, outcome, counts): (i64, &PieceOutcome, Counts)) -> Result<()> {
    store::update_piece(tx, leased.id(), number, outcome.rejected(), &outcome.written()?)?;
    store::count(tx, leased.id(), counts)
}

/// Notes in the transaction of a piece what became of it; the job ends with its last. False where it is not ours any more, and
/// then nothing of the piece may be kept.
pub(super) fn noted(
    tx: &mut Connection,
    leased: &Leased,
    (number, outcome, counts): (i64, &PieceOutcome, Counts),
    now: Timestamp,
) -> Result<()> {
    told(tx, leased, (number, outcome, counts))?;
    if number + 1 == leased.job.pieces {
        end(tx, leased, State::Succeeded, None, now)?;
    }
    Ok(())
}

struct Orders(ReadOrder);

impl Pieces for Orders {
    fn step(&mut self, db: &Database, leased: &Leased, number: i64) -> Result<bool> {
        let opened = piece(db, leased, number)?;
        let rows = placing::read(db, leased, self.0, (opened.first_row, &opened.text))?;
        let key = leased.key();
        let is_ours = || db.read_now(move |connection| store::is_held(connection, key));
        let placed = placing::place_each(db, leased, rows, &is_ours);
        let (outcome, counts) = (placed.outcome, placed.counts);
        if let Some(error) = placed.broken {
            // What is tried again finds its orders by their keys; of what is not, those that were placed are told.
            if !matches!(error, Error::Unavailable(_)) {
                let leased = leased.clone();
                db.write_now(move |tx| told(tx, &leased, (number, &outcome, counts)))?;
            }
            return Err(error);
        }
        let leased = leased.clone();
        db.write_now(move |tx| {
            let now = clock::now();
            let is_ours = store::advance(tx, leased.key(), (number, number + 1), now)?;
            if is_ours {
                noted(tx, &leased, (number, &outcome, counts), now)?;
            } else if store::lock(tx, Scope::All, leased.id())?.is_some_and(|job| job.state == State::Cancelled) {
                // Cancelled in the middle of the piece: the orders that were placed before are told.
                told(tx, &leased, (number, &outcome, counts))?;
            }
            Ok(is_ours)
        })
    }
}

/// Rows of tables, with what they are checked against.
pub(super) struct Rows {
    known: Known,
    pub(super) seen: Seen,
    pieces_known: i64,
}

/// A piece that was checked.
pub(super) struct Checked {
    pub number: i64,
    pub rows: i64,
    pub faults: Vec<RowFault>,
    pub unchanged: i64,
    /// Of each of its files which line is which row.
    lines: Vec<files::Lines>,
    /// What is to be done, each with the place of its file.
    pub steps: Vec<(usize, Step)>,
}

impl Checked {
    /// What is wrong with a row of the file in this place, as it is kept.
    pub(super) fn kept(&self, place: usize, fault: Fault) -> Option<RowFault> {
        self.lines.get(place).map(|lines| lines.kept(fault))
    }
}

impl Rows {
    pub(super) fn load(db: &Database, leased: &Leased) -> Result<Self> {
        Ok(Self {
            known: Known::load(db, leased.job.kind, clock::now())?,
            seen: Seen::default(),
            pieces_known: 0,
        })
    }

    /// Reads once more what is done already, for the keys that stand there.
    fn begin(db: &Database, leased: &Leased) -> Result<Self> {
        let mut rows = Self::load(db, leased)?;
        for number in 0..leased.job.next_piece {
            rows.check(db, leased, number)?;
            rows.seen.keep();
        }
        Ok(rows)
    }

    pub(super) fn check(&mut self, db: &Database, leased: &Leased, number: i64) -> Result<Checked> {
        self.seen.forget();
        let JobRow { kind, format, head, .. } = &leased.job;
        let opened = piece(db, leased, number)?;
        let files::Opened { parts, mut faults } = files::open(*kind, *format, head, opened.first_row, &opened.text)?;
        let (mut steps, mut all_lines, mut unchanged) = (Vec::new(), Vec::new(), 0);
        for (place, files::Part { sheet, lines }) in parts.into_iter().enumerate() {
            let checked = self.known.check(db, sheet.behind(&self.seen), clock::now())?;
            faults.extend(checked.faults.into_iter().map(|fault| lines.kept(fault)));
            for work in &checked.work {
                let mut done = 0;
                while let Some(step) = work.step(done)? {
                    done += step.rows;
                    steps.push((place, step));
                }
            }
            unchanged += super::count(checked.report.unchanged);
            all_lines.push(lines);
            self.seen.turn();
        }
        Ok(Checked {
            number: opened.number,
            rows: opened.rows,
            faults,
            unchanged,
            lines: all_lines,
            steps,
        })
    }

    fn write(&mut self, db: &Database, leased: &Leased, number: i64) -> Result<bool> {
        let checked = self.check(db, leased, number)?;
        let leased = leased.clone();
        db.write_now(move |tx| {
            let now = clock::now();
            if !store::advance(tx, leased.key(), (number, number + 1), now)? {
                return Ok(false);
            }
            let mut outcome = PieceOutcome {
                faults: checked.faults.clone(),
                ..PieceOutcome::default()
            };
            for (place, step) in &checked.steps {
                let late = (step.run)(tx)?;
                let late = late.into_iter().filter_map(|fault| checked.kept(*place, fault));
                outcome.faults.extend(late);
            }
            let rejected = outcome.rejected();
            let counts = Counts {
                done: checked.rows,
                accepted: checked.rows - rejected,
                rejected,
                unchanged: checked.unchanged,
            };
            noted(tx, &leased, (number, &outcome, counts), now)?;
            Ok(true)
        })
    }
}

impl Pieces for Rows {
    fn step(&mut self, db: &Database, leased: &Leased, number: i64) -> Result<bool> {
        self.pieces_known += 1;
        if self.pieces_known > PIECES_KNOWN {
            self.known = Known::load(db, leased.job.kind, clock::now())?;
            self.pieces_known = 0;
        }
        let written = match self.write(db, leased, number) {
            // What it was checked against has changed meanwhile.
            Err(error) if violations::is_stale(&error) => {
                self.known = Known::load(db, leased.job.kind, clock::now())?;
                self.write(db, leased, number)?
            }
            written => written?,
        };
        self.seen.keep();
        Ok(written)
    }
}
