//! What became of the rows of a job, read back a piece at a time.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::files;
pub use super::files::RowFault;
use super::rules::{Kind, Outcome};
use super::store::{self, JobRow};
use crate::db::Connection;
use crate::error::{Error, Result};

/// What became of a piece, as it is kept: what isn't told was accepted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PieceOutcome {
    pub faults: Vec<RowFault>,
    /// Rows that made or found something, and its outside id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub made: Vec<(u64, String)>,
    /// Good rows are not written either.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_applied: bool,
}

impl PieceOutcome {
    /// Rows with a fault.
    pub fn rejected(&self) -> i64 {
        let mut rows: Vec<_> = self.faults.iter().map(|fault| fault.row).collect();
        rows.sort_unstable();
        rows.dedup();
        i64::try_from(rows.len()).unwrap_or(i64::MAX)
    }

    pub fn written(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::internal)
    }
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowOutcome {
    /// The line it stands in.
    pub row: u64,
    /// Column and value of what tells it from others.
    pub key: Vec<(&'static str, String)>,
    pub outcome: Outcome,
    /// What it made, or found made already.
    pub made: Option<String>,
    pub faults: Vec<RowFault>,
}

/// The rows of the next piece from `from` on that is done, and where to go on; nothing behind the last.
pub fn next(
    connection: &mut Connection,
    job: &JobRow,
    from: i64,
    only_rejected: bool,
) -> Result<Option<(Vec<RowOutcome>, i64)>> {
    let Some((number, json)) = store::find_outcome(connection, job.id, from, only_rejected)? else {
        return Ok(None);
    };
    let outcome: PieceOutcome = serde_json::from_str(&json).map_err(Error::internal)?;
    let Some(((_, first_row, _), content)) = store::find_piece(connection, job.id, number)? else {
        return Ok(None);
    };
    let first_row = u64::try_from(first_row).map_err(Error::internal)?;
    let text = files::unpacked(&content)?;
    let mut keys = match job.kind {
        kind if kind.is_of_orders() => keys_of_orders(kind, first_row, &text),
        kind => {
            let opened = files::open(kind, job.format, &job.head, first_row, &text)?;
            let keys = opened.parts.iter().flat_map(|part| {
                let cells = part.sheet.cells_of(kind.key()).into_iter();
                cells.map(|(line, cells)| (part.lines.row(line), cells))
            });
            keys.collect()
        }
    };
    let mut faults: HashMap<u64, Vec<RowFault>> = HashMap::new();
    for fault in outcome.faults {
        if !keys.iter().any(|(row, _)| *row == fault.row) && !faults.contains_key(&fault.row) {
            keys.push((fault.row, Vec::new()));
        }
        faults.entry(fault.row).or_default().push(fault);
    }
    let mut made: HashMap<u64, String> = outcome.made.into_iter().collect();
    keys.sort_by_key(|(row, _)| *row);
    let rows = keys.into_iter().map(|(row, cells)| {
        let faults = faults.remove(&row).unwrap_or_default();
        let key = job.kind.key().iter().copied().zip(cells);
        RowOutcome {
            row,
            key: key.filter(|(_, value)| !value.is_empty()).collect(),
            outcome: match (faults.is_empty(), outcome.not_applied) {
                (false, _) => Outcome::Rejected,
                (true, true) => Outcome::NotApplied,
                (true, false) => Outcome::Accepted,
            },
            made: made.remove(&row),
            faults,
        }
    });
    let wanted = rows.filter(|row| !only_rejected || row.outcome == Outcome::Rejected);
    Ok(Some((wanted.collect(), number + 1)))
}

fn keys_of_orders(kind: Kind, first_row: u64, text: &[u8]) -> Vec<(u64, Vec<String>)> {
    let lines = (first_row..).zip(text.split(|byte| *byte == b'\n'));
    let filled = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    filled
        .map(|(row, line)| {
            let order: serde_json::Value = serde_json::from_slice(line).unwrap_or_default();
            let value = |name: &&str| {
                let value = order.get(*name).and_then(serde_json::Value::as_str);
                value.unwrap_or_default().chars().take(255).collect()
            };
            (row, kind.key().iter().map(value).collect())
        })
        .collect()
}
