//! Orders of a job: each is placed as one that is sent by itself, under the key that its row brings, so that a row which
//! comes again makes no second order.

use std::sync::{Arc, Mutex, PoisonError};

use super::files::{RowFault, without_nul};
use super::outcomes::PieceOutcome;
use super::rules::Kind;
use super::store::Counts;
use super::working::{Leased, ReadOrder};
use crate::accounts::files::accounts::Accounts;
use crate::audit::Who;
use crate::clock;
use crate::db::{Connection, Database, in_savepoint};
use crate::error::{Code, Error, FieldError, Result};
use crate::identity::idempotency;
use crate::orders::rules::PlacedBy;
use crate::orders::{self, OrderRequest, Orderer, Placed};
use crate::sentences::unknown_account;

/// An order of a row.
pub struct Asked {
    pub key: idempotency::Request,
    pub request: OrderRequest,
    /// Code of the account whose order it is; none where all of the job are one account's.
    pub account: Option<String>,
}

/// An order with whose it is.
pub struct Owned {
    asked: Asked,
    orderer: Orderer,
}

type Rows = Vec<(u64, Result<Owned, Vec<RowFault>>)>;

/// The orders of a piece, or what is wrong with the form of each.
pub fn read(db: &Database, leased: &Leased, read_order: ReadOrder, (first_row, text): (u64, &[u8])) -> Result<Rows> {
    let lines = (first_row..).zip(text.split(|byte| *byte == b'\n'));
    let filled = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    let known = match leased.job.kind {
        Kind::AccountOrders => Some(db.read_now(Accounts::load)?),
        _ => None,
    };
    filled
        .map(|(row, line)| {
            let asked = read_order(leased.job.kind, leased.job.person_id, line.trim_ascii());
            let owned = match asked.and_then(|asked| owned(leased, known.as_ref(), asked)) {
                Ok(owned) => Ok(owned),
                Err(error) => Err(faults(row, error)?),
            };
            Ok((row, owned))
        })
        .collect()
}

/// Whose an order is: the job's account's, or that of the account which its row names.
fn owned(leased: &Leased, known: Option<&Accounts>, asked: Asked) -> Result<Owned> {
    let account_id = match (leased.job.account_id, &asked.account, known) {
        (Some(account_id), _, _) => account_id,
        (None, Some(code), Some(known)) => {
            let unknown = || Error::invalid("/account", Code::UnknownAccount, unknown_account(code));
            known.get(code).ok_or_else(unknown)?.id
        }
        _ => return Err(Error::internal(format!("{} is of no account", leased.job.id))),
    };
    let orderer = Orderer {
        account_id,
        by: match (&leased.actor.who, leased.job.account_id) {
            (Who::Client(id), _) => Some(PlacedBy::Client(*id)),
            (_, Some(_)) => Some(PlacedBy::Person(leased.job.person_id)),
            // The supplier's people are none of the account's.
            (_, None) => None,
        },
    };
    Ok(Owned { asked, orderer })
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
        let actor = leased.actor.clone();
        let placed = db.write_now(move |tx| {
            let Owned { asked, orderer } = &asked;
            orders::place(tx, orderer, &actor, Some(&asked.key), &asked.request, clock::now())
        });
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
    let (mut outcome, mut counts) = (PieceOutcome::default(), Counts::default());
    for (row, asked) in rows {
        counts.done += 1;
        let Owned { asked, orderer } = match asked {
            Ok(owned) => owned,
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
                orderer,
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
