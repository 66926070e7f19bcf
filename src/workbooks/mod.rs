//! Workbooks (XLSX) that people send: the cells of one sheet as people see them.
//!
//! A file is read strictly, with limits, and no number in it becomes a size, an index or the end of a loop before it was
//! compared with what is really there. What spreadsheets declare beside the cells (how many strings there are, how large
//! the sheet is, how formulas are shared) is not read at all.
//!
//! - [`kinds`]: what a file is, whatever it is called
//! - [`package`]: the parts of the archive, unpacked with limits
//! - [`contents`]: which sheets there are, shared strings, formats
//! - [`formats`]: what a number format makes of a number
//! - [`cells`]: the rows and cells of a sheet

mod cells;
mod contents;
mod formats;
pub mod kinds;
mod package;
#[cfg(test)]
pub(crate) mod tests;
mod xml;

use self::contents::Contents;
use self::package::Package;

/// Longest text of a cell, in bytes.
pub const CELL_BYTES_MAX: usize = 4_000;

/// Why a workbook can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is no workbook, or not a sound one.
    Broken,
    /// It unpacks to more than a list can need, or has more parts, sheets, texts or cells.
    TooLarge,
    /// No sheet is visible.
    NoSheet,
    /// It has no visible sheet of this name, but these.
    UnknownSheet(Vec<String>),
    /// A cell has a formula: what it shows is not what it holds.
    Formula(String),
    /// A cell has a text beyond [`CELL_BYTES_MAX`].
    LongCell(String),
    /// More rows than the reader takes.
    TooManyRows,
    /// More columns than the reader takes.
    TooManyColumns,
}

/// How much of a sheet its reader takes.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Rows with anything in them.
    pub rows: usize,
    /// Columns from the first one on.
    pub columns: u32,
}

/// The cells of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    pub name: String,
    /// Names of the other visible sheets.
    pub others: Vec<String>,
    /// The rows that have anything in them, in their order.
    pub rows: Vec<Row>,
    /// How many columns nobody sees that have anything in them.
    pub hidden_columns: usize,
}

impl Sheet {
    /// How many rows nobody sees, by a filter or by hand.
    pub fn hidden_rows(&self) -> usize {
        self.rows.iter().filter(|row| row.is_hidden).count()
    }
}

/// A row with anything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub is_hidden: bool,
    /// Its cells in their order, without empty ones.
    pub cells: Vec<Cell>,
}

/// A cell with anything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Counted from 0.
    pub column: u32,
    /// `B7`
    pub name: String,
    pub value: Value,
    /// The number behind a text that a format makes of it: `4711` where `004711` is shown.
    pub held: Option<String>,
    /// True for a number that its format doesn't show as it is: `3` where the cell holds 2.6, `50%`.
    pub shows_other: bool,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// As it stands there, or as a number format writes it that shows more than the number (`004711`).
    Text(String),
    /// A plain decimal.
    Number(String),
    /// A day, a day and a time or a time, as ISO 8601 writes them.
    Moment(String),
}

impl Value {
    /// What stands there.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Moment(text) => text,
        }
    }
}

/// Reads the visible sheet called `wanted`, or the first visible one.
pub fn read(bytes: &[u8], wanted: Option<&str>, limits: Limits) -> Result<Sheet, Fault> {
    let mut package = Package::open(bytes)?;
    let contents = Contents::read(&mut package)?;
    let visible: Vec<_> = contents.sheets.iter().filter(|sheet| sheet.is_visible).collect();
    let is_wanted = |name: &str| wanted.is_none_or(|wanted| name.trim().eq_ignore_ascii_case(wanted.trim()));
    let names = || visible.iter().map(|sheet| sheet.name.clone());
    let Some(chosen) = visible.iter().find(|sheet| is_wanted(&sheet.name)) else {
        return Err(if visible.is_empty() {
            Fault::NoSheet
        } else {
            Fault::UnknownSheet(names().collect())
        });
    };
    let text = package.part(&chosen.path)?.ok_or(Fault::Broken)?;
    let (rows, hidden_columns) = cells::read(&text, &contents, limits)?;
    Ok(Sheet {
        name: chosen.name.clone(),
        others: names().filter(|name| *name != chosen.name).collect(),
        rows,
        hidden_columns,
    })
}
