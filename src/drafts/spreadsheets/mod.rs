//! An uploaded file as a table: CSV in whatever encoding spreadsheets write, or the visible sheet of an XLSX workbook.
//!
//! What is no list is refused by what it is, whatever it is called. Lists have limits, wherever they come in: by a file,
//! by pasting, by the form of the check page.

#[cfg(test)]
mod tests;

use super::rules::LINES_MAX;
use super::rules::columns::Guess;
use super::rules::keys::either;
use super::rules::pasting::Table;
use crate::languages::Language;
use crate::typed::{self, Typed};
use crate::workbooks::kinds::{self, Foreign};
use crate::workbooks::{self, Limits, Sheet, Value};

/// Largest file, in bytes.
pub const BYTES_MAX: usize = 5 * 1024 * 1024;
/// Most columns of a list.
pub const COLUMNS_MAX: usize = 100;
/// Most separators of all lines of a text together.
const SEPARATORS_MAX: usize = 1_000_000;
/// Most lines of a text: a cell in quotes may have several.
const TEXT_LINES_MAX: usize = 10 * LINES_MAX;

/// Why a file can't be read as a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    /// Nothing is in it.
    Empty,
    /// More than [`BYTES_MAX`], or it holds too much.
    TooLarge,
    /// A workbook of Excel before 2007, or of another program.
    OldWorkbook,
    /// Something else altogether, whatever it is called.
    Foreign(Foreign),
    /// It says it is a workbook and isn't, or is no text.
    Broken,
    /// Every sheet is hidden.
    NoSheet,
    /// No visible sheet is called so; those there are.
    UnknownSheet(Vec<String>),
    /// A cell has a formula: what it shows is not what it holds.
    Formula(String),
    /// A cell has a text beyond all bounds.
    LongCell(String),
    /// A cell holds this day where a number is expected: spreadsheets make days of what looks like one.
    Moment(String, String),
    /// A cell holds this number where its format shows another one.
    OtherNumber(String, String),
    /// The sheet has nothing in it; the others that are visible.
    EmptySheet(String, Vec<String>),
    /// More rows than a draft has lines.
    TooManyRows,
    /// More columns than a list has.
    TooManyColumns,
}

impl From<workbooks::Fault> for FileFault {
    fn from(fault: workbooks::Fault) -> Self {
        match fault {
            workbooks::Fault::Broken => Self::Broken,
            workbooks::Fault::TooLarge => Self::TooLarge,
            workbooks::Fault::NoSheet => Self::NoSheet,
            workbooks::Fault::UnknownSheet(names) => Self::UnknownSheet(names),
            workbooks::Fault::Formula(cell) => Self::Formula(cell),
            workbooks::Fault::LongCell(cell) => Self::LongCell(cell),
            workbooks::Fault::TooManyRows => Self::TooManyRows,
            workbooks::Fault::TooManyColumns => Self::TooManyColumns,
        }
    }
}

/// A file as a table, and what a table can't say of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Uploaded {
    pub table: Table,
    /// The sheet of the workbook it was read from.
    pub sheet: Option<String>,
    /// The workbook's other visible sheets.
    pub others: Vec<String>,
    /// Rows that the workbook hides, which are in the table.
    pub hidden_rows: usize,
    /// Columns that the workbook hides, which are in the table.
    pub hidden_columns: usize,
    /// Cells that show more than the number they hold: row and column of the table, the number.
    held: Vec<(usize, usize, String)>,
    /// Cells that hold days: row and column of the table, name, text.
    moments: Vec<(usize, usize, String, String)>,
    /// Cells that hold numbers: row and column of the table.
    numbers: Vec<(usize, usize)>,
    /// Cells that hold another number than they show: row and column of the table, name, number.
    others_shown: Vec<(usize, usize, String, String)>,
}

/// Reads a file by what it is, whatever it is called; of a workbook the visible sheet of this name, or the first one.
pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Uploaded, FileFault> {
    if bytes.len() > BYTES_MAX {
        return Err(FileFault::TooLarge);
    }
    if let Some(kind) = kinds::foreign(bytes) {
        return Err(FileFault::Foreign(kind));
    }
    if kinds::is_compound(bytes) {
        return Err(FileFault::OldWorkbook);
    }
    let uploaded = if kinds::is_packed(bytes) {
        // One more than lines: the first row may name the columns.
        let limits = Limits {
            rows: LINES_MAX + 1,
            columns: u32::try_from(COLUMNS_MAX).unwrap_or(u32::MAX),
        };
        of_sheet(workbooks::read(bytes, sheet, limits)?)
    } else {
        Uploaded {
            table: of_text(&decode(bytes)?)?,
            ..Uploaded::default()
        }
    };
    match (uploaded.table.rows.is_empty(), uploaded.sheet) {
        (true, Some(sheet)) if !uploaded.others.is_empty() => Err(FileFault::EmptySheet(sheet, uploaded.others)),
        (true, _) => Err(FileFault::Empty),
        (false, sheet) => Ok(Uploaded { sheet, ..uploaded }),
    }
}

/// Reads a pasted text or the text of a file.
pub fn of_text(text: &str) -> Result<Table, FileFault> {
    check_shape(
        text,
        &[('\t', COLUMNS_MAX), (';', COLUMNS_MAX), (',', 10 * COLUMNS_MAX)],
    )?;
    fitting(Table::read(text))
}

/// Reads a text whose cells are parted by tabs alone, as the check page sends it.
pub fn of_tabs(text: &str) -> Result<Table, FileFault> {
    check_shape(text, &[('\t', COLUMNS_MAX)])?;
    let rows = text.split('\n').map(|row| row.split('\t').map(str::to_owned).collect());
    fitting(Table::new(rows))
}

/// Looks at a text before it is taken apart: every cell costs memory, be it empty.
fn check_shape(text: &str, separators: &[(char, usize)]) -> Result<(), FileFault> {
    let (mut lines, mut all) = (0_usize, 0_usize);
    for line in text.split(['\n', '\r']) {
        if line.trim().is_empty() {
            continue;
        }
        lines += 1;
        if lines > TEXT_LINES_MAX {
            return Err(FileFault::TooManyRows);
        }
        // Empty cells at the end don't count: spreadsheets write them for every column that ever had something.
        let filled =
            line.trim_end_matches(|sign: char| sign.is_whitespace() || separators.iter().any(|(s, _)| *s == sign));
        for (sign, most) in separators {
            all += line.matches(*sign).count();
            if filled.matches(*sign).count() >= *most {
                return Err(FileFault::TooManyColumns);
            }
        }
        if all > SEPARATORS_MAX {
            return Err(FileFault::TooManyColumns);
        }
    }
    Ok(())
}

fn fitting(table: Table) -> Result<Table, FileFault> {
    if table.rows.len() > LINES_MAX + 1 {
        return Err(FileFault::TooManyRows);
    }
    if table.width() > COLUMNS_MAX {
        return Err(FileFault::TooManyColumns);
    }
    Ok(table)
}

/// UTF-8 and UTF-16 by their marks, UTF-8 without one where it is well-formed, else what Excel writes in Western Europe.
fn decode(bytes: &[u8]) -> Result<String, FileFault> {
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
        },
    };
    if text.contains('\0') {
        Err(FileFault::Broken)
    } else {
        Ok(text)
    }
}

/// The cells of a sheet from its first column with anything in it on: nobody wants to be asked about an empty one.
fn of_sheet(sheet: Sheet) -> Uploaded {
    let (hidden_rows, hidden_columns) = (sheet.hidden_rows(), sheet.hidden_columns);
    let first = sheet
        .rows
        .iter()
        .filter_map(|row| row.cells.first())
        .map(|cell| cell.column)
        .min();
    let place = |column: u32| usize::try_from(column - first.unwrap_or(0)).unwrap_or(usize::MAX);
    let (mut rows, mut moments, mut numbers, mut held) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut others_shown = Vec::new();
    for (row, found) in sheet.rows.into_iter().enumerate() {
        let mut texts: Vec<String> = Vec::new();
        for cell in found.cells {
            let column = place(cell.column);
            texts.resize(column, String::new());
            texts.push(cell.value.text().to_owned());
            held.extend(cell.held.map(|number| (row, column, number)));
            if cell.shows_other {
                others_shown.push((row, column, cell.name.clone(), cell.value.text().to_owned()));
            }
            match cell.value {
                Value::Moment(text) => moments.push((row, column, cell.name, text)),
                Value::Number(_) => numbers.push((row, column)),
                Value::Text(_) => {}
            }
        }
        rows.push(texts);
    }
    Uploaded {
        table: Table {
            rows,
            is_by_blanks: false,
        },
        sheet: Some(sheet.name),
        others: sheet.others,
        hidden_rows,
        hidden_columns,
        held,
        moments,
        numbers,
        others_shown,
    }
}

impl Uploaded {
    /// What its columns seem to be. The first day that stands where a number must is a fault, and so is a number that its
    /// format shows as another one; a column of nothing but days that no heading names is another column, and the reader
    /// says which one.
    pub fn settled(mut self) -> Result<(Self, Guess), FileFault> {
        let guess = self.table.guess();
        let columns = [Some(guess.columns.key), guess.columns.quantity, guess.columns.unit];
        for column in columns.into_iter().flatten() {
            let below = |row: usize| row >= usize::from(guess.has_header);
            let mut days = self
                .moments
                .iter()
                .filter(|(row, place, ..)| *place == column && below(*row));
            let Some((_, _, name, text)) = days.next() else {
                continue;
            };
            let is_filled = |row: &Vec<String>| row.get(column).is_some_and(|cell| !cell.trim().is_empty());
            let filled = self
                .table
                .rows
                .iter()
                .skip(usize::from(guess.has_header))
                .filter(|row| is_filled(row));
            if guess.has_header || days.count() + 1 < filled.count() {
                return Err(FileFault::Moment(name.clone(), text.clone()));
            }
        }
        let is_read = |column: usize| columns.contains(&Some(column));
        let is_below = |row: usize| row >= usize::from(guess.has_header);
        let mut others = self.others_shown.iter();
        if let Some((.., name, number)) = others.find(|(row, column, ..)| is_read(*column) && is_below(*row)) {
            return Err(FileFault::OtherNumber(name.clone(), number.clone()));
        }
        // A number of the workbook is no typed text: nobody has to be asked how to read it.
        for (row, column) in &self.numbers {
            let cell = self.table.rows.get_mut(*row).and_then(|row| row.get_mut(*column));
            if let Some(cell) = cell
                && Some(*column) == guess.columns.quantity
                && matches!(typed::quantity(cell), Typed::Ambiguous(..))
            {
                *cell = typed::to_type(Language::En, cell);
            }
        }
        Ok((self, guess))
    }
}

impl Uploaded {
    /// What cells of the column `key` show and hold, where that differs.
    pub fn two_numbers(&self, key: usize) -> Vec<(String, String)> {
        let cells = self.held.iter().filter(|(_, column, _)| *column == key);
        let shown = |row: usize| self.table.rows.get(row)?.get(key).cloned();
        cells
            .filter_map(|(row, _, held)| Some((shown(*row)?, held.clone())))
            .collect()
    }

    /// Where both what a cell shows and what it holds is an article, the line asks which one is meant.
    pub fn ask(&mut self, key: usize, both: &[(String, String)]) {
        for (row, column, held) in &self.held {
            let cell = self.table.rows.get_mut(*row).and_then(|row| row.get_mut(*column));
            if let Some(cell) = cell
                && *column == key
                && both.iter().any(|(one, other)| one == cell && other == held)
            {
                *cell = either(cell, held);
            }
        }
    }
}
