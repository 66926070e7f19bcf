//! Reads one import file: checks its header, then hands out its rows one by one, collecting every fault.
//!
//! Row numbers are the lines an editor shows; the header is line 1. A record whose cells hold line breaks has the
//! number of its first line. Empty lines are skipped.

mod cells;
pub mod claims;
pub mod export;
mod keys;
pub mod numbers;
pub mod plan;
mod progress;
mod quoting;
mod records;
pub mod report;
mod seen;
pub mod sentences;
#[cfg(test)]
mod tests;
mod values;

pub use self::cells::Cells;
use self::cells::Origin;
pub use self::keys::Keys;
use self::numbers::{NumberStyle, Numbers};
pub use self::progress::Progress;
use self::report::Fault;
pub use self::seen::Seen;
use crate::error::{Code, FieldError};
use crate::sentences::{Sentence, unknown_account, unknown_price_list, unknown_product};
use records::{Records, is_wider};

/// The name of a file and its columns.
#[derive(Debug)]
pub struct Layout {
    /// `prices.csv`.
    pub file: &'static str,
    /// Columns that must be there; whether a cell may be empty is for its reader to say.
    pub required: &'static [&'static str],
    /// Columns that may be missing.
    pub optional: &'static [&'static str],
    /// Columns of numbers with decimals: they show how a file writes its numbers.
    pub decimals: &'static [&'static str],
}

impl Layout {
    /// The column of this name, if the file may have it.
    pub fn knows(&self, column: &str) -> Option<&'static str> {
        let mut all = self.required.iter().chain(self.optional);
        all.find(|known| **known == column).copied()
    }
}

/// One row that comes from a form or a request instead of a file: `values` are cells by column, and what they must be
/// is the same. Everything wrong with it at once. `line` is its place among others that came with it.
pub fn one_row<Row>(
    layout: &'static Layout,
    line: u64,
    values: &[(&'static str, String)],
    parse: impl FnOnce(&mut Cells<'_>) -> Option<Row>,
) -> Result<Row, Vec<Fault>> {
    let columns: Vec<_> = values.iter().map(|(column, _)| *column).collect();
    let record: csv::StringRecord = values.iter().map(|(_, value)| value.as_str()).collect();
    let mut cells = Cells::new(Origin::Request, (layout.file, line), &columns, &record);
    let row = parse(&mut cells);
    match (row, cells.into_faults()) {
        (Some(row), faults) if faults.is_empty() => Ok(row),
        (_, faults) => Err(faults),
    }
}

/// Checks what was typed into a form or sent by REST as a row of the file is checked. Each fault points at its column.
pub fn check_row<Row>(
    layout: &'static Layout,
    values: &[(&'static str, String)],
    parse: impl FnOnce(&mut Cells<'_>) -> Option<Row>,
) -> Result<Row, Vec<FieldError>> {
    let checked = one_row(layout, 1, values, parse);
    checked.map_err(|faults| faults.into_iter().map(outside_a_file).collect())
}

/// The fault where there is no file that could mend it.
fn outside_a_file(fault: Fault) -> FieldError {
    FieldError::new(format!("/{}", fault.column), fault.code, fault.remedy_outside_a_file())
}

impl Fault {
    /// What to do about it where there is no file that could mend it.
    pub fn remedy_outside_a_file(&self) -> Sentence {
        match self.code {
            Code::UnknownSku => unknown_product(&self.value),
            Code::UnknownAccount => unknown_account(&self.value),
            Code::UnknownPriceList => unknown_price_list(&self.value),
            _ => self.remedy.clone(),
        }
    }
}

/// A file on its way in.
#[derive(Debug)]
pub struct Sheet {
    layout: &'static Layout,
    bytes: Vec<u8>,
    /// Between cells: a comma, a semicolon or a tab.
    sign: u8,
    /// How its numbers are written, if somebody said so.
    number_style: Option<NumberStyle>,
    /// Where each column stands; none if the header is wrong, then no row is read.
    columns: Option<Vec<&'static str>>,
    /// Keys of what came before, where this is a piece of more.
    seen: Option<Seen>,
    faults: Vec<Fault>,
    unreadable: Vec<Unreadable>,
    progress: Progress,
}

/// A row whose form is wrong: as many of its cells as can be told.
#[derive(Debug)]
pub struct Unreadable {
    /// The row's line.
    pub line: u64,
    cells: Vec<String>,
}

const BOM: &[u8] = b"\xEF\xBB\xBF";
/// What may part cells, the usual one first.
const SIGNS: [u8; 3] = [b',', b';', b'\t'];
/// Most columns of a file; the widest import file has twelve.
const COLUMNS_MAX: usize = 100;
/// Most cells of a header that is taken apart, empty ones behind the last column among them: as many as a spreadsheet has.
const HEADER_CELLS_MAX: usize = 16_384;
/// Most faults of a file; whoever has more has one that they share.
const FAULTS_MAX: usize = 100_000;
/// Rows between two moves of the progress bar.
const ROWS_BETWEEN_MOVES: u64 = 1024;

impl Sheet {
    /// Reads the header of a file whose numbers are written in this style, if somebody said so.
    pub fn open(
        layout: &'static Layout,
        bytes: Vec<u8>,
        number_style: Option<NumberStyle>,
        progress: &Progress,
    ) -> Self {
        let mut sheet = Self {
            layout,
            bytes,
            sign: b',',
            number_style,
            columns: None,
            seen: None,
            faults: Vec::new(),
            unreadable: Vec::new(),
            progress: progress.clone(),
        };
        sheet.read_header();
        sheet
    }

    /// The same file behind others: keys that those had are a fault here.
    #[must_use]
    pub fn behind(self, seen: &Seen) -> Self {
        Self {
            seen: Some(seen.clone()),
            ..self
        }
    }

    /// The file's name.
    pub fn file(&self) -> &'static str {
        self.layout.file
    }

    /// The columns its header names, if nothing is wrong with it.
    pub fn columns(&self) -> Option<&[&'static str]> {
        self.columns.as_deref()
    }

    /// What parts its cells.
    pub fn sign(&self) -> u8 {
        self.sign
    }

    /// Of each row its line and the cells of these columns, as far as they can be read.
    pub fn cells_of(&self, wanted: &[&str]) -> Vec<(u64, Vec<String>)> {
        let Some(columns) = &self.columns else {
            return Vec::new();
        };
        let place = |name: &&str| columns.iter().position(|column| column == name);
        let places: Vec<_> = wanted.iter().map(place).collect();
        let mut records = Records::new(&self.bytes, self.sign);
        records.next();
        let mut rows = Vec::new();
        while records.next() {
            if records.is_blank() {
                continue;
            }
            let cell = |place: &Option<usize>| {
                let cell = place.and_then(|place| records.record.get(place)).unwrap_or_default();
                report::shortened(&String::from_utf8_lossy(cell))
            };
            rows.push((records.line, places.iter().map(cell).collect()));
        }
        rows
    }

    /// True if the header names this column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.as_ref().is_some_and(|columns| columns.contains(&column))
    }

    /// Of `(column of the file, column of the table)` the table's columns that the file brings.
    pub fn brings(&self, columns: &[(&str, &'static str)]) -> Vec<&'static str> {
        let present = columns.iter().filter(|(column, _)| self.has(column));
        present.map(|(_, stored)| *stored).collect()
    }

    /// Reads every row with `parse`; the good ones. A row is bad if `parse` gives none or finds a fault in it.
    pub fn rows<Row>(&mut self, mut parse: impl FnMut(&mut Cells<'_>) -> Option<Row>) -> Vec<Row> {
        let Some(columns) = &self.columns else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        let numbers = Numbers::new(
            (&self.bytes, self.sign),
            columns,
            self.layout.decimals,
            self.number_style,
        );
        let mut records = Records::new(&self.bytes, self.sign);
        // The header was read before.
        records.next();
        let (mut moved_to, mut count) = (0, 0_u64);
        while records.next() {
            if records.is_blank() {
                continue;
            }
            if self.faults.len() >= FAULTS_MAX {
                // What was not looked at is not imported, nor is what stood before it.
                rows.clear();
                self.faults.push(Fault {
                    file: self.layout.file,
                    row: records.line,
                    column: String::new(),
                    code: Code::PayloadTooLarge,
                    value: String::new(),
                    remedy: sentences::too_many_faults(FAULTS_MAX),
                });
                break;
            }
            match cells::decode(self.layout.file, records.line, columns, &records) {
                Ok(text) => {
                    let cells = Cells::new(Origin::File, (self.layout.file, records.line), columns, &text);
                    let mut cells = cells.with_numbers(&numbers).behind(self.seen.as_ref());
                    let row = parse(&mut cells);
                    match (row, cells.into_faults()) {
                        (Some(row), faults) if faults.is_empty() => rows.push(row),
                        (_, faults) => self.faults.extend(faults),
                    }
                }
                Err(faults) => {
                    self.faults.extend(faults);
                    self.unreadable.push(Unreadable {
                        line: records.line,
                        cells: records
                            .record
                            .iter()
                            .take(columns.len())
                            .map(|cell| report::shortened(&String::from_utf8_lossy(cell)))
                            .collect(),
                    });
                }
            }
            count += 1;
            if count.is_multiple_of(ROWS_BETWEEN_MOVES) {
                self.progress.advance(records.offset - moved_to);
                moved_to = records.offset;
            }
        }
        self.progress.advance(records.offset - moved_to);
        rows
    }

    /// The rows whose form was wrong, once [`Self::rows`] was called.
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }

    /// What stands in such a row where the column should be.
    pub fn likely_cell<'r>(&self, row: &'r Unreadable, column: &str) -> Option<&'r str> {
        let place = self.columns.as_ref()?.iter().position(|name| *name == column)?;
        row.cells.get(place).map(String::as_str)
    }

    /// Adds a fault that shows only when several rows are seen together.
    pub fn add_fault(&mut self, row: u64, column: &str, code: Code, value: impl Into<String>, remedy: Sentence) {
        self.add(Fault {
            file: self.layout.file,
            row,
            column: column.to_owned(),
            code,
            value: report::shortened(&value.into()),
            remedy,
        });
    }

    /// Adds a fault of this file.
    pub fn add(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Everything found wrong.
    pub fn into_faults(self) -> Vec<Fault> {
        let mut faults = self.faults;
        faults.sort_by_key(|fault| fault.row);
        faults
    }

    /// What parts the cells: what makes the most columns of the header; a comma among equals.
    fn sign_between(&self) -> u8 {
        let known = |sign: u8| {
            let mut records = Records::new(&self.bytes, sign);
            records.next();
            let names = records.record.iter().filter_map(|cell| std::str::from_utf8(cell).ok());
            names.filter(|name| self.layout.knows(name).is_some()).count()
        };
        let [first, others @ ..] = SIGNS;
        others
            .into_iter()
            .fold(first, |best, sign| match known(sign) > known(best) {
                true => sign,
                false => best,
            })
    }

    fn read_header(&mut self) {
        if self.bytes.starts_with(BOM) {
            self.bytes.drain(..BOM.len());
        }
        let is_wide = |sign: &u8| is_wider(&self.bytes, *sign, HEADER_CELLS_MAX);
        if SIGNS.iter().any(is_wide) {
            self.faults.push(Fault {
                file: self.layout.file,
                row: 1,
                column: String::new(),
                code: Code::PayloadTooLarge,
                value: String::new(),
                remedy: sentences::at_most_columns(COLUMNS_MAX),
            });
            return;
        }
        self.sign = self.sign_between();
        let mut records = Records::new(&self.bytes, self.sign);
        let mut names = Vec::new();
        if records.next() {
            names = records
                .record
                .iter()
                .take(COLUMNS_MAX + 1)
                .map(|cell| String::from_utf8(cell.to_vec()))
                .collect();
        }
        // Spreadsheets leave empty columns behind the last one.
        while names.len() > 1
            && names
                .last()
                .is_some_and(|name| name.as_ref().is_ok_and(|name| name.trim().is_empty()))
        {
            names.pop();
        }
        let line = records.line.max(1);
        let mut columns = Vec::new();
        let mut refuse = |column: &str, code, value: &str, remedy: Sentence| {
            self.faults.push(Fault {
                file: self.layout.file,
                row: line,
                column: column.to_owned(),
                code,
                value: report::shortened(value),
                remedy,
            });
        };
        if names.len() > COLUMNS_MAX {
            refuse("", Code::PayloadTooLarge, "", sentences::at_most_columns(COLUMNS_MAX));
            return;
        }
        for name in &names {
            let name = match name {
                Ok(name) => name.as_str(),
                Err(error) => {
                    let shown = String::from_utf8_lossy(error.as_bytes());
                    refuse("", Code::InvalidUtf8, &shown, sentences::save_as_utf8());
                    continue;
                }
            };
            match self.layout.knows(name) {
                None => refuse(
                    &report::shortened(name),
                    Code::UnknownColumn,
                    name,
                    known_columns(self.layout),
                ),
                Some(known) if columns.contains(&known) => {
                    refuse(name, Code::DuplicateColumn, name, sentences::keep_one());
                }
                Some(known) => columns.push(known),
            }
        }
        for missing in self.layout.required.iter().filter(|name| !columns.contains(name)) {
            refuse(missing, Code::MissingColumn, "", known_columns(self.layout));
        }
        self.columns = self.faults.is_empty().then_some(columns);
    }
}

fn known_columns(layout: &Layout) -> Sentence {
    match layout.optional {
        [] => sentences::header_needs(layout.required),
        some => sentences::header_needs_and_may_have(layout.required, some),
    }
}
