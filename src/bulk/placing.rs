//! Orders of a job: each is placed as one that is sent by itself, under the key that its row brings, so that a row which
//! comes again makes no second order.

use std::sync::{Arc, Mutex, PoisonError};

use super::files::{RowFault, without_nul};
use super::outcomes::PieceOutcome;
use super::store::Counts;
use super::working::{Leased, ReadOrder};
use crate::audit::Who;
use crate::clock;
use crate::db::{Connection, Database, in_savepoint};
use crate::error::{Code, Error, FieldError, Result};
use crate::identity::idempotency;
use crate::orders::rules::PlacedBy;
use crate::orders::{self, OrderRequest, Orderer, Placed};

/// An order of a row.
pub struct Asked {
    pub key: idempotency::Request,
    pub request: OrderRequest,
}

type Rows = Vec<(u64, Result<Asked, Vec<RowFault>>)>;

/// The orders of a piece, or what is wrong with the form of each.
pub fn read(leased: &Leased, read_order: ReadOrder, first_row: u64, text: &[u8]) -> Result<Rows> {
    let lines = (first_row..).zip(text.split(|byte| *byte == b'\n'));
    let filled = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    filled
        .map(|(row, line)| {
            let asked = match read_order(leased.job.person_id, line.trim_ascii()) {
                Ok(asked) => Ok(asked),
                Err(error) => Err(faults(row, error)?),
            };
            Ok((row, asked))
        })
        .collect()
}

fn orderer(leased: &Leased) -> Result<Orderer> {
    let account_id = leased.job.account_id;
    Ok(Orderer {
        account_id: account_id.ok_or_else(|| Error::internal(format!("{} is of no account", leased.job.id)))?,
        by: Some(match leased.actor.who {
            Who::Client(id) => PlacedBy::Client(id),
            Who::Person(_) | Who::Program(_) => PlacedBy::Person(leased.job.person_id),
        }),
    })
}

/// What is wrong with a row; an error where it is no fault of the row's.
fn faults(row: u64, error: Error) -> Result<Vec<RowFault>> {
    let kept = |fault: FieldError| RowFault {
        row,
        field: without_nul(fault.pointer.trim_start_matches('/')),
        code: fault.code.name().to_owned(),
        value: String::new(),
        remedy: fault.detail,
    };
    match error {
        // A twin, of a worker that lost the job perhaps, still runs.
        Error::Conflict {
            code: Code::RequestInProgress,
            ..
        } => Err(Error::Unavailable("An order of this key is being placed.".to_owned())),
        Error::Invalid(wrong) => Ok(wrong.into_iter().map(kept).collect()),
        Error::Malformed { code, detail } | Error::Conflict { code, detail } | Error::Refused { code, detail } => {
            Ok(vec![kept(FieldError::new("", code, detail))])
        }
        other => Err(other),
    }
}

/// What placing the orders of a piece came to.
#[derive(Debug, Default)]
pub struct PlacedPiece {
    pub outcome: PieceOutcome,
    pub counts: Counts,
    /// What ended it before its end.
    pub broken: Option<Error>,
}

/// Places the orders one by one. A worker that is killed here leaves orders without saying so in the job: whoever goes on
/// finds them by their keys.
///
/// Before each order `is_ours` says whether the job is still to be done here.
pub fn place_each(db: &Database, leased: &Leased, rows: Rows, is_ours: &dyn Fn() -> Result<bool>) -> PlacedPiece {
    let mut placed = PlacedPiece::default();
    placed.broken = place_some(db, leased, rows, is_ours, &mut placed).err();
    placed.counts.rejected = placed.outcome.rejected();
    placed.counts.accepted = placed.counts.done - placed.counts.rejected;
    placed
}

fn place_some(
    db: &Database,
    leased: &Leased,
    rows: Rows,
    is_ours: &dyn Fn() -> Result<bool>,
    PlacedPiece { outcome, counts, .. }: &mut PlacedPiece,
) -> Result<()> {
    let orderer = orderer(leased)?;
    for (row, asked) in rows {
        if !is_ours()? {
            break;
        }
        let asked = match asked {
            Ok(asked) => asked,
            Err(wrong) => {
                outcome.faults.extend(wrong);
                counts.done += 1;
                continue;
            }
        };
        let (orderer, actor) = (orderer.clone(), leased.actor.clone());
        let placed =
            db.write_now(move |tx| orders::place(tx, &orderer, &actor, Some(&asked.key), &asked.request, clock::now()));
        match placed {
            Ok(placed) => note(leased, (row, placed), outcome, counts),
            Err(error) => outcome.faults.extend(faults(row, error)?),
        }
        counts.done += 1;
    }
    Ok(())
}

fn note(leased: &Leased, (row, placed): (u64, Placed), outcome: &mut PieceOutcome, counts: &mut Counts) {
    // One that this job placed before a kill is its own.
    if placed.replayed && placed.order.placed_at < leased.job.created_at {
        counts.unchanged += 1;
    }
    outcome.made.push((row, placed.order.id.to_string()));
}

/// Places all orders in this transaction; an error undoes them. What was wrong is left in `wrong`, for the transaction leaves
/// nothing else.
pub fn place_all(
    tx: &mut Connection,
    leased: &Leased,
    rows: &Rows,
    wrong: &Arc<Mutex<Vec<RowFault>>>,
) -> Result<(PieceOutcome, Counts)> {
    let orderer = orderer(leased)?;
    let (mut outcome, mut counts) = (PieceOutcome::default(), Counts::default());
    for (row, asked) in rows {
        counts.done += 1;
        let asked = match asked {
            Ok(asked) => asked,
            Err(faults) => {
                outcome.faults.extend(faults.iter().cloned());
                continue;
            }
        };
        let mut placed = None;
        // A row that the database refuses must not end the others' transaction.
        let tried = in_savepoint(tx, true, &mut |tx| {
            let now = clock::now();
            placed = Some(orders::place(
                tx,
                &orderer,
                &leased.actor,
                Some(&asked.key),
                &asked.request,
                now,
            )?);
            Ok(())
        });
        match (tried, placed) {
            (Ok(()), Some(placed)) => note(leased, (*row, placed), &mut outcome, &mut counts),
            (Ok(()), None) => return Err(Error::internal("an order was not tried")),
            (Err(error), _) => outcome.faults.extend(faults(*row, error)?),
        }
    }
    if !outcome.faults.is_empty() {
        *wrong.lock().unwrap_or_else(PoisonError::into_inner) = outcome.faults;
        return Err(undone());
    }
    counts.accepted = counts.done;
    Ok((outcome, counts))
}

/// What undoes a transaction in which a row proved bad.
pub fn undone() -> Error {
    Error::conflict(Code::BulkStateForbids, super::sentences::rows_were_bad(1))
}
