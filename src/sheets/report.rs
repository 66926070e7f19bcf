//! What an import found and did.

use std::collections::HashSet;
use std::fmt;

use crate::error::{Code, Error, FieldError};
use crate::sentences::Sentence;

/// Something wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file's name.
    pub file: &'static str,
    /// The line an editor shows; the header is line 1.
    pub row: u64,
    /// The column; empty where the whole row is meant.
    pub column: String,
    pub code: Code,
    /// What stands there.
    pub value: String,
    /// What to do about it.
    pub remedy: Sentence,
}

/// The faults of a row that came from a request: each at the member that `pointer` makes of its column.
pub fn refused(faults: Vec<Fault>, pointer: impl Fn(&str) -> String) -> Error {
    let fault = |fault: Fault| FieldError::new(pointer(&fault.column), fault.code, fault.remedy);
    Error::Invalid(faults.into_iter().map(fault).collect())
}

/// Characters of a value that are shown; the place says where the rest is.
const SHOWN_CHARS_MAX: usize = 80;
/// Characters of a value that are kept: as much as the longest text may have.
const KEPT_CHARS_MAX: usize = 4_000;

/// A value of a file as a fault keeps it.
pub(super) fn shortened(value: &str) -> String {
    match value.char_indices().nth(KEPT_CHARS_MAX) {
        None => value.to_owned(),
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
    }
}

/// `prices.csv:17: price: bad_number: '1,5': The value is not a plain decimal number like 12.5.` on one line.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.row)?;
        if !self.column.is_empty() {
            write!(f, "{}: ", self.column.escape_debug())?;
        }
        let mut shown: String = self.value.chars().take(SHOWN_CHARS_MAX).collect();
        if shown.len() < self.value.len() {
            shown.push('…');
        }
        write!(f, "{}: '{}': {}", self.code.name(), shown.escape_debug(), self.remedy)
    }
}

/// What became of one file's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// The file's name.
    pub file: &'static str,
    /// Rows that weren't there.
    pub new: u64,
    /// Rows that changed something.
    pub changed: u64,
    /// Rows that were there already.
    pub unchanged: u64,
    /// Rows (of orders.csv: rows of orders) left out because of a fault.
    pub bad: u64,
}

impl FileReport {
    /// Counts the rows with a fault.
    pub fn count_bad(&mut self, faults: &[Fault]) {
        let rows: HashSet<_> = faults.iter().map(|fault| fault.row).collect();
        self.bad = u64::try_from(rows.len()).expect("a count of rows in memory fits");
    }
}

/// What became of a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// One for each import file, in the order they are applied.
    pub files: Vec<FileReport>,
    /// Everything wrong, by file and row.
    pub faults: Vec<Fault>,
    /// Files that are none of the import's.
    pub left_alone: Vec<String>,
    /// What else was done: sites generated.
    pub notes: Vec<Sentence>,
    /// False if nothing was written: for the faults or because it was only tried.
    pub applied: bool,
}

impl Report {
    /// True if no row was bad.
    pub fn is_good(&self) -> bool {
        self.faults.is_empty()
    }

    pub fn file(&self, name: &str) -> Option<&FileReport> {
        self.files.iter().find(|file| file.file == name)
    }
}

/// The report as people read it: every bad row, then one line a file.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.faults {
            writeln!(f, "{fault}")?;
        }
        writeln!(
            f,
            "{:<16} {:>9} {:>9} {:>9} {:>9}",
            "file", "new", "changed", "unchanged", "bad"
        )?;
        for file in &self.files {
            writeln!(
                f,
                "{:<16} {:>9} {:>9} {:>9} {:>9}",
                file.file, file.new, file.changed, file.unchanged, file.bad
            )?;
        }
        for name in &self.left_alone {
            writeln!(f, "left alone: {}", name.escape_debug())?;
        }
        for note in &self.notes {
            writeln!(f, "{note}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_one_line() {
        let mut fault = Fault {
            file: "prices.csv",
            row: 17,
            column: "price".to_owned(),
            code: Code::BadNumber,
            value: "1,\n5".to_owned(),
            remedy: crate::sentences::not_a_plain_number(),
        };
        assert_eq!(
            fault.to_string(),
            "prices.csv:17: price: bad_number: '1,\\n5': The value is not a plain decimal number like 12.5."
        );
        fault.column.clear();
        fault.value = "x".repeat(100);
        assert_eq!(
            fault.to_string(),
            format!("prices.csv:17: bad_number: '{}…': {}", "x".repeat(80), fault.remedy)
        );
    }
}
