//! Jobs that are done wholly or not at all: everything is checked, then everything is one transaction.

use std::sync::{Arc, Mutex, PoisonError};

use super::files::RowFault;
use super::outcomes::PieceOutcome;
use super::placing::{self, undone};
use super::rules::State;
use super::sentences;
use super::store::{self, Counts};
use super::working::{Checked, Leased, ReadOrder, Rows, end, noted, piece};
use crate::clock;
use crate::db::Database;
use crate::error::Result;

/// What a transaction that undoes itself found wrong, by the number of the piece.
type Wrong<T> = Arc<Mutex<Vec<(i64, T)>>>;

/// All rows are checked first; then they are written in one transaction, or none is.
pub fn rows_at_once(db: &Database, leased: &Leased) -> Result<()> {
    let mut rows = Rows::load(db, leased)?;
    let mut pieces = Vec::new();
    for number in 0..leased.job.pieces {
        pieces.push(rows.check(db, leased, number)?);
        rows.seen.keep();
    }
    drop(rows);
    let faults_of = |piece: &Checked| (piece.number, piece.faults.clone());
    let mut faults: Vec<_> = pieces.iter().map(faults_of).collect();
    if faults.iter().all(|(_, faults)| faults.is_empty()) {
        let wrong: Wrong<RowFault> = Arc::default();
        let (found, own) = (wrong.clone(), leased.clone());
        let written = db.write_now(move |tx| {
            let now = clock::now();
            if !store::advance(tx, own.key(), (0, own.job.pieces), now)? {
                return Ok(());
            }
            let mut late = Vec::new();
            for piece in &pieces {
                for (place, step) in &piece.steps {
                    let faults = (step.run)(tx)?;
                    let kept = faults.into_iter().filter_map(|fault| piece.kept(*place, fault));
                    late.extend(kept.map(|fault| (piece.number, fault)));
                }
            }
            if !late.is_empty() {
                *found.lock().unwrap_or_else(PoisonError::into_inner) = late;
                return Err(undone());
            }
            for piece in &pieces {
                let counts = Counts {
                    done: piece.rows,
                    accepted: piece.rows,
                    rejected: 0,
                    unchanged: piece.unchanged,
                };
                noted(tx, &own, (piece.number, &PieceOutcome::default(), counts), now)?;
            }
            Ok(())
        });
        let late = std::mem::take(&mut *wrong.lock().unwrap_or_else(PoisonError::into_inner));
        if late.is_empty() {
            return written;
        }
        for (number, fault) in late {
            if let Some((_, faults)) = faults.iter_mut().find(|(own, _)| *own == number) {
                faults.push(fault);
            }
        }
    }
    reject(db, leased, faults)
}

/// Nothing was written; which rows were bad is noted.
fn reject(db: &Database, leased: &Leased, faults: Vec<(i64, Vec<RowFault>)>) -> Result<()> {
    let leased = leased.clone();
    db.write_now(move |tx| {
        let now = clock::now();
        if !store::advance(tx, leased.key(), (0, leased.job.pieces), now)? {
            return Ok(());
        }
        let mut rejected = 0;
        for (number, faults) in &faults {
            let outcome = PieceOutcome {
                faults: faults.clone(),
                not_applied: true,
                ..PieceOutcome::default()
            };
            rejected += outcome.rejected();
            store::update_piece(tx, leased.id(), *number, outcome.rejected(), &outcome.written()?)?;
        }
        let counts = Counts {
            done: leased.job.rows,
            rejected,
            ..Counts::default()
        };
        store::count(tx, leased.id(), counts)?;
        end(
            tx,
            &leased,
            State::Failed,
            Some(&sentences::rows_were_bad(rejected)),
            now,
        )
    })
}

/// All orders are placed in one transaction, or none is.
pub fn orders_at_once(db: &Database, leased: &Leased, read_order: ReadOrder) -> Result<()> {
    let mut pieces = Vec::new();
    for number in 0..leased.job.pieces {
        let opened = piece(db, leased, number)?;
        pieces.push((
            number,
            placing::read(db, leased, read_order, (opened.first_row, &opened.text))?,
        ));
    }
    let wrong: Wrong<Vec<RowFault>> = Arc::default();
    let (found, own) = (wrong.clone(), leased.clone());
    let written = db.write_now(move |tx| {
        let now = clock::now();
        if !store::advance(tx, own.key(), (0, own.job.pieces), now)? {
            return Ok(());
        }
        found.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let mut all = Vec::new();
        for (number, rows) in &pieces {
            let faults: Arc<Mutex<Vec<RowFault>>> = Arc::default();
            let placed = placing::place_all(tx, &own, rows, &faults);
            let faults = std::mem::take(&mut *faults.lock().unwrap_or_else(PoisonError::into_inner));
            match placed {
                Ok((outcome, counts)) => noted(tx, &own, (*number, &outcome, counts), now)?,
                Err(_) if !faults.is_empty() => {}
                Err(error) => return Err(error),
            }
            all.push((*number, faults));
        }
        if all.iter().any(|(_, faults)| !faults.is_empty()) {
            *found.lock().unwrap_or_else(PoisonError::into_inner) = all;
            return Err(undone());
        }
        Ok(())
    });
    let faults = std::mem::take(&mut *wrong.lock().unwrap_or_else(PoisonError::into_inner));
    match faults.is_empty() {
        true => written,
        false => reject(db, leased, faults),
    }
}
