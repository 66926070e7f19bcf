//! What a file's good rows will change: compared with what is stored, then written in chunks, each one short transaction.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::Serialize;

use super::Sheet;
use super::report::{Fault, FileReport};
use crate::db::sets::{self, Upsert};
use crate::db::{Connection, Database};
use crate::error::Result;
use crate::ids::{AccountId, ProductId};
use crate::sentences::Sentence;

/// Rows a statement takes: enough that statements cost little, few enough that a lock is held well below a second.
pub const CHUNK_ROWS: usize = 2000;

/// A row as it is stored; serialises under the names of its table's columns.
pub trait Row: Serialize + Send + Sync + 'static {
    /// The id the row gets if it is new.
    fn id(&self) -> i64;
    /// True if an order within `scope` may depend on the row.
    fn concerns(&self, scope: &Scope) -> bool;
    /// Adds to `scope` what the row needs beside it.
    fn widen(&self, _scope: &mut Scope) {}
}

/// What orders are about.
#[derive(Debug, Default)]
pub struct Scope {
    /// Who orders.
    pub accounts: HashSet<AccountId>,
    /// What is ordered.
    pub products: HashSet<ProductId>,
    /// Accounts that get an assortment: one row of it decides that they don't see everything.
    pub restricted: HashSet<AccountId>,
}

/// Some rows on their way to the database.
#[derive(Debug)]
pub struct Chunk {
    /// The rows as the one parameter they travel in.
    pub json: String,
    pub ids: Vec<i64>,
}

/// Writes a chunk; the faults that show only now, of rows it left out.
type Write = dyn Fn(&mut Connection, &Chunk) -> Result<Vec<Fault>> + Send + Sync;

/// What one transaction does; the faults that show only now.
pub type Run = Box<dyn Fn(&mut Connection) -> Result<Vec<Fault>> + Send>;

/// One short transaction's work; gives the faults that show only now, of rows it left out.
pub struct Step {
    /// Rows it writes.
    pub rows: usize,
    /// Writes them. May run twice, like every write.
    pub run: Run,
}

/// Rows to write with the way to write them.
pub trait Work: Send + Sync {
    /// Rows to write.
    fn len(&self) -> usize;
    /// True if there is nothing to write.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The step that starts at row `from`; none behind the last row.
    fn step(&self, from: usize) -> Result<Option<Step>>;
    /// Adds to `scope` what its rows need beside them.
    fn widen(&self, scope: &mut Scope);
    /// All rows that orders within `scope` may depend on, as one step; none if there are none.
    fn concerning(&self, scope: &Scope) -> Result<Option<Step>>;
}

struct Rows<R> {
    rows: Vec<R>,
    write: Arc<Write>,
}

impl<R: Row> Rows<R> {
    fn step_of(&self, rows: &[&R]) -> Result<Step> {
        let chunk = Chunk {
            json: sets::json(rows)?,
            ids: rows.iter().map(|row| row.id()).collect(),
        };
        let write = self.write.clone();
        Ok(Step {
            rows: rows.len(),
            run: Box::new(move |tx| write(tx, &chunk)),
        })
    }
}

impl<R: Row> Work for Rows<R> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn step(&self, from: usize) -> Result<Option<Step>> {
        let rows: Vec<_> = self.rows.iter().skip(from).take(CHUNK_ROWS).collect();
        (!rows.is_empty()).then(|| self.step_of(&rows)).transpose()
    }

    fn widen(&self, scope: &mut Scope) {
        for row in &self.rows {
            row.widen(scope);
        }
    }

    fn concerning(&self, scope: &Scope) -> Result<Option<Step>> {
        let rows: Vec<_> = self.rows.iter().filter(|row| row.concerns(scope)).collect();
        (!rows.is_empty()).then(|| self.step_of(&rows)).transpose()
    }
}

/// A file with all its rows checked.
pub struct Checked {
    /// The counts.
    pub report: FileReport,
    /// Everything wrong in it.
    pub faults: Vec<Fault>,
    /// What else there is to say.
    pub notes: Vec<Sentence>,
    /// What is to be written, in order.
    pub work: Vec<Box<dyn Work>>,
}

impl Checked {
    /// The result of `sheet` before its good rows are added.
    pub fn new(sheet: Sheet) -> Self {
        let mut report = FileReport {
            file: sheet.file(),
            new: 0,
            changed: 0,
            unchanged: 0,
            bad: 0,
        };
        let faults = sheet.into_faults();
        report.count_bad(&faults);
        Self {
            report,
            faults,
            notes: Vec::new(),
            work: Vec::new(),
        }
    }

    /// Adds good rows: those that `upsert` would write are written by `write`.
    pub fn add<R: Row>(
        &mut self,
        db: &Database,
        rows: Vec<R>,
        upsert: Upsert,
        write: impl Fn(&mut Connection, &Chunk) -> Result<Vec<Fault>> + Send + Sync + 'static,
    ) -> Result<()> {
        let changes = differing(db, &upsert, rows)?;
        self.report.new += changes.new;
        self.report.changed += changes.changed;
        self.report.unchanged += changes.unchanged;
        self.add_work(changes.rows, write);
        Ok(())
    }

    /// Adds good rows that `upsert` alone writes.
    pub fn upsert<R: Row>(&mut self, db: &Database, rows: Vec<R>, upsert: Upsert) -> Result<()> {
        self.add(db, rows, upsert, move |tx, chunk| {
            upsert.run(tx, &chunk.json)?;
            Ok(Vec::new())
        })
    }

    /// Adds rows that are known to change something.
    pub fn add_work<R: Row>(
        &mut self,
        rows: Vec<R>,
        write: impl Fn(&mut Connection, &Chunk) -> Result<Vec<Fault>> + Send + Sync + 'static,
    ) {
        self.work.push(Box::new(Rows {
            rows,
            write: Arc::new(write),
        }));
    }
}

struct Changes<R> {
    rows: Vec<R>,
    new: u64,
    changed: u64,
    unchanged: u64,
}

/// Of `rows` those that `upsert` would write.
fn differing<R: Row>(db: &Database, upsert: &Upsert, mut rows: Vec<R>) -> Result<Changes<R>> {
    let total = rows.len();
    let mut states = HashMap::new();
    for chunk in rows.chunks(CHUNK_ROWS) {
        let json = sets::json(chunk)?;
        states.extend(db.read_now(|connection| upsert.compare(connection, &json))?);
    }
    rows.retain(|row| states.contains_key(&row.id()));
    rows.shrink_to_fit();
    let new = states.values().filter(|is_new| **is_new).count();
    Ok(Changes {
        new: count(new),
        changed: count(rows.len() - new),
        unchanged: count(total - rows.len()),
        rows,
    })
}

/// A number of things in memory.
pub fn count(len: usize) -> u64 {
    u64::try_from(len).expect("a count of things in memory fits")
}
