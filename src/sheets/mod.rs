//! Reads one import file: checks its header, then hands out its rows one by one, collecting every fault.
//!
//! Row numbers are the lines an editor shows; the header is line 1. A record whose cells hold line breaks has the
//! number of its first line. Empty lines are skipped.

mod cells;
pub mod claims;
mod keys;
pub mod plan;
mod progress;
mod quoting;
mod records;
pub mod report;
pub mod sentences;
mod values;

pub use self::cells::Cells;
use self::cells::Origin;
pub use self::keys::Keys;
pub use self::progress::Progress;
use self::report::Fault;
use crate::error::{Code, FieldError};
use crate::sentences::{Sentence, unknown_account, unknown_price_list, unknown_product};
use records::Records;

/// The name of a file and its columns.
#[derive(Debug)]
pub struct Layout {
    /// `prices.csv`.
    pub file: &'static str,
    /// Columns that must be there; whether a cell may be empty is for its reader to say.
    pub required: &'static [&'static str],
    /// Columns that may be missing.
    pub optional: &'static [&'static str],
}

impl Layout {
    fn knows(&self, column: &str) -> Option<&'static str> {
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
    let detail = match fault.code {
        Code::UnknownSku => unknown_product(fault.value),
        Code::UnknownAccount => unknown_account(fault.value),
        Code::UnknownPriceList => unknown_price_list(fault.value),
        _ => fault.remedy,
    };
    FieldError::new(format!("/{}", fault.column), fault.code, detail)
}

/// A file on its way in.
#[derive(Debug)]
pub struct Sheet {
    layout: &'static Layout,
    bytes: Vec<u8>,
    /// Between cells: a comma, a semicolon or a tab.
    sign: u8,
    /// Where each column stands; none if the header is wrong, then no row is read.
    columns: Option<Vec<&'static str>>,
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
/// Rows between two moves of the progress bar.
const ROWS_BETWEEN_MOVES: u64 = 1024;

impl Sheet {
    /// Reads the header of a file.
    pub fn open(layout: &'static Layout, bytes: Vec<u8>, progress: &Progress) -> Self {
        let mut sheet = Self {
            layout,
            bytes,
            sign: b',',
            columns: None,
            faults: Vec::new(),
            unreadable: Vec::new(),
            progress: progress.clone(),
        };
        sheet.read_header();
        sheet
    }

    /// The file's name.
    pub fn file(&self) -> &'static str {
        self.layout.file
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
        let mut records = Records::new(&self.bytes, self.sign);
        // The header was read before.
        records.next();
        let (mut moved_to, mut count) = (0, 0_u64);
        while records.next() {
            if records.is_blank() {
                continue;
            }
            match cells::decode(self.layout.file, records.line, columns, &records) {
                Ok(text) => {
                    let mut cells = Cells::new(Origin::File, (self.layout.file, records.line), columns, &text);
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
                            .map(|cell| String::from_utf8_lossy(cell).into_owned())
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
            value: value.into(),
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
        [b';', b'\t']
            .into_iter()
            .fold(b',', |best, sign| match known(sign) > known(best) {
                true => sign,
                false => best,
            })
    }

    fn read_header(&mut self) {
        if self.bytes.starts_with(BOM) {
            self.bytes.drain(..BOM.len());
        }
        self.sign = self.sign_between();
        let mut records = Records::new(&self.bytes, self.sign);
        let mut names = Vec::new();
        if records.next() {
            names = records
                .record
                .iter()
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
                value: value.to_owned(),
                remedy,
            });
        };
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
                None => refuse(name, Code::UnknownColumn, name, known_columns(self.layout)),
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

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: Layout = Layout {
        file: "things.csv",
        required: &["code", "name"],
        optional: &["days"],
    };

    /// The good rows as `code|name|days` and the faults as `row column code`.
    fn read(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
        let mut sheet = Sheet::open(&LAYOUT, bytes.to_vec(), &Progress::hidden());
        let rows = sheet.rows(|cells| {
            let (code, name, days) = (
                cells.code("code", 5),
                cells.text("name", 20),
                cells.integer_or("days", 0..=9, 7),
            );
            Some(format!("{}|{}|{}", code?, name?, days?))
        });
        let faults = sheet.into_faults();
        let shown = faults
            .iter()
            .map(|f| format!("{} {} {}", f.row, f.column, f.code.name()));
        (rows, shown.collect())
    }

    fn check(bytes: &[u8], rows: &[&str], faults: &[&str]) {
        let found = read(bytes);
        let text = String::from_utf8_lossy(bytes);
        assert_eq!(found.0, rows, "{text}");
        assert_eq!(found.1, faults, "{text}");
    }

    #[test]
    fn rows_are_read_by_the_names_of_their_columns() {
        check(b"code,name\nA,Nail\n", &["A|Nail|7"], &[]);
        check(b"days,name,code\r\n3,Nail,A\r\n,Bolt,B", &["A|Nail|3", "B|Bolt|7"], &[]);
        check(b"\xEF\xBB\xBFcode,name\nA,Nail", &["A|Nail|7"], &[]);
        check(b"code,name\n", &[], &[]);
    }

    #[test]
    fn a_file_is_read_as_spreadsheets_save_it() {
        check(b"code;name\r\nA;\"x; y\"\r\nB;1,5\r\n", &["A|x; y|7", "B|1,5|7"], &[]);
        check(b"code\tname\nA\tNail, long\n", &["A|Nail, long|7"], &[]);
        check(
            b"code;name;;\nA;Nail;;\nB;Bolt; ;\n;;;\n ; ;;\n",
            &["A|Nail|7", "B|Bolt|7"],
            &[],
        );
        check(b"code,name,,\n,,,\nA,Nail,,x\nB,Bolt\n", &["B|Bolt|7"], &["3  bad_csv"]);
        check(
            "code,name\n\"=\"\"1\"\"\",a\n1E+5,b\n47.0,c\nA\u{200b},d\n".as_bytes(),
            &[],
            &[
                "2 code value_invalid",
                "3 code value_invalid",
                "4 code value_invalid",
                "5 code value_invalid",
            ],
        );
    }

    #[test]
    fn text_is_kept_as_it_is() {
        check("code,name\nA,  Größe  1 \n".as_bytes(), &["A|  Größe  1 |7"], &[]);
        check(
            b"code,name\nA,\"a, \"\"b\"\"\nc\"\nB,12\" pipe\n",
            &["A|a, \"b\"\nc|7", "B|12\" pipe|7"],
            &[],
        );
    }

    #[test]
    fn a_wrong_header_is_told_completely_and_no_row_is_read() {
        check(
            b"code,colour,code\nA,red,B\n",
            &[],
            &[
                "1 colour unknown_column",
                "1 code duplicate_column",
                "1 name missing_column",
            ],
        );
        check(b"", &[], &["1 code missing_column", "1 name missing_column"]);
        check(b"code,name,\xff\nA,B,C\n", &[], &["1  invalid_utf8"]);
        check(
            b"Code,name\nA,B\n",
            &[],
            &["1 Code unknown_column", "1 code missing_column"],
        );
    }

    #[test]
    fn every_bad_row_is_told_with_the_line_an_editor_shows() {
        check(b"code,name\nA\nB,b,b\nC,c\n", &["C|c|7"], &["2  bad_csv", "3  bad_csv"]);
        check(
            b"code,name\r\n\r\nA,\"x\r\ny\"\r\n,n\r\nB,\xff\r\n",
            &["A|x\r\ny|7"],
            &["5 code required", "6 name invalid_utf8"],
        );
        check(b"code,name\nA,a\0b\n", &[], &["2 name value_invalid"]);
        check(
            b"code,name\nTOOLONG,\n A,a\n",
            &[],
            &["2 code value_too_long", "2 name required", "3 code value_invalid"],
        );
        check(
            b"code,name,days\nA,a,ten\nB,b,10\nC,c,1.5\nD,d,+1\n",
            &[],
            &[
                "2 days bad_number",
                "3 days bad_number",
                "4 days bad_number",
                "5 days bad_number",
            ],
        );
    }

    #[test]
    fn quotes_that_do_not_close_swallow_nothing_silently() {
        check(b"code,name\nA,\"open\nB,b\nC,c\n", &[], &["2  bad_csv"]);
        check(b"code,name\nA,\"closed\" open\nB,b\n", &["B|b|7"], &["2  bad_csv"]);
    }
}
