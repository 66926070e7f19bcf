//! Rows as files: CSV and XLSX with raw numbers and ISO dates.
//!
//! A list says once what its file has ([`Export`]). At most [`READ_MAX`] of its rows are read.
//!
//! A text that a spreadsheet would take for a formula is written as text: CSV puts an apostrophe before it, and before each
//! cell that some program would see within it; XLSX says what a cell holds.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Color, ExcelDateTime, Format as Look, Workbook, XlsxError};

use crate::clock::{Timestamp, rfc3339};
use crate::error::{Error, Result};

/// Most rows of a file.
pub const ROWS_MAX: usize = 10_000;
/// How many rows to read for a file: one more than it may have tells that they are too many.
pub const READ_MAX: i64 = 10_001;
/// Digits that a spreadsheet keeps of a number; a longer one is written as text.
const DIGITS_MAX: usize = 15;
/// What a cell of a workbook holds, in units of UTF-16.
const CELL_UNITS_MAX: usize = 32_767;

/// The two kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180 with a byte order mark, so that spreadsheets read it as UTF-8.
    Csv,
    /// A workbook of one sheet.
    Xlsx,
}

impl Format {
    /// What the name of a file ends in.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words, numbers of things, codes.
    Text(String),
    /// A plain decimal (`-12.50`), as amounts and quantities print themselves.
    Number(String),
    Day(NaiveDate),
    /// A moment, UTC.
    Moment(Timestamp),
    /// Nothing.
    Empty,
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number that prints itself as a plain decimal.
    pub fn number(number: impl std::fmt::Display) -> Self {
        Self::Number(number.to_string())
    }

    /// What the function makes of a value, or nothing where there is none.
    pub fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }

    fn as_csv(&self) -> String {
        match self {
            Self::Text(text) => told_as_text(text),
            Self::Number(text) => text.clone(),
            Self::Day(day) => day.to_string(),
            Self::Moment(at) => rfc3339(*at),
            Self::Empty => String::new(),
        }
    }
}

/// What spreadsheets calculate where they find it in a file of text. Some read signs of full width as the usual ones, and
/// look behind any blank and what shows nothing.
fn is_like_a_formula(text: &str) -> bool {
    text.trim_start_matches(is_blank).starts_with(['\t', '\r', '\n']) || is_calculated(text)
}

/// True where a calculation begins with the first sign that shows.
fn is_calculated(text: &str) -> bool {
    let signs = [
        '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{2212}',
    ];
    text.trim_start_matches(is_blank).starts_with(signs)
}

fn is_blank(sign: char) -> bool {
    let shows_nothing = matches!(
        sign,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    );
    sign.is_whitespace() && !sign.is_control() || shows_nothing
}

/// A text that no spreadsheet calculates, whatever it parts cells by: one that parts them by semicolons heeds no quotes in
/// a file of commas, so a cell may begin behind each of them, and behind each end of a line.
pub fn told_as_text(text: &str) -> String {
    let mut told = String::with_capacity(text.len() + 1);
    if is_like_a_formula(text) && !is_calculated(text) {
        told.push('\'');
    }
    for piece in text.split_inclusive([';', '\t', '\r', '\n']) {
        if is_calculated(piece) {
            told.push('\'');
        }
        told.push_str(piece);
    }
    told
}

/// A cell of CSV. Semicolons are quoted too: where they part lists, a spreadsheet would begin another cell behind one.
pub fn csv_cell(text: &str) -> Cow<'_, str> {
    match text.contains(['"', ',', ';', '\t', '\r', '\n']) {
        true => Cow::Owned(format!("\"{}\"", text.replace('"', "\"\""))),
        false => Cow::Borrowed(text),
    }
}

/// A row of CSV.
pub fn csv_row<'a>(out: &mut String, cells: impl IntoIterator<Item = Cow<'a, str>>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        out.push_str(&csv_cell(&cell));
    }
    out.push_str("\r\n");
}

/// A column: its heading, the name the REST answers use, so that it is the same in every language, and what a row has in
/// it.
pub type Column<R> = (&'static str, fn(&R) -> Value);

/// A list as a file.
#[derive(Debug)]
pub struct Export<R: 'static> {
    /// Name of the file without its ending, of ASCII letters, digits and `-`.
    pub name: &'static str,
    /// Its columns, those that it shares with other files apart.
    pub columns: &'static [&'static [Column<R>]],
}

impl<R: 'static> Export<R> {
    /// The rows as CSV, for what goes out by itself.
    pub fn csv(&self, rows: &[R]) -> Vec<u8> {
        into_csv(self.columns, rows)
    }
}

/// The columns of a file.
pub type Columns<R> = &'static [&'static [Column<R>]];

/// The rows as a file.
pub fn into_bytes<R>(columns: Columns<R>, rows: &[R], format: Format) -> Result<Vec<u8>> {
    match format {
        Format::Csv => Ok(into_csv(columns, rows)),
        Format::Xlsx => into_xlsx(columns, rows).map_err(Error::internal),
    }
}

fn into_csv<R>(columns: Columns<R>, rows: &[R]) -> Vec<u8> {
    let columns = || columns.iter().copied().flatten();
    let mut text = "\u{feff}".to_owned();
    csv_row(&mut text, columns().map(|(heading, _)| Cow::Borrowed(*heading)));
    for row in rows {
        csv_row(&mut text, columns().map(|(_, cell)| Cow::Owned(cell(row).as_csv())));
    }
    text.into_bytes()
}

fn into_xlsx<R>(columns: Columns<R>, rows: &[R]) -> Result<Vec<u8>, XlsxError> {
    let columns = || (0_u16..).zip(columns.iter().copied().flatten());
    let mut book = Workbook::new();
    let head = Look::new().set_bold().set_background_color(Color::RGB(0x00EB_EFF3));
    let of_day = Look::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet();
    sheet.set_freeze_panes(1, 0)?;
    for (column, (heading, _)) in columns() {
        sheet.write_string_with_format(0, column, *heading, &head)?;
        sheet.set_column_width(column, 18)?;
    }
    for (line, row) in (1_u32..).zip(rows) {
        for (column, (_, cell)) in columns() {
            let cell = cell(row);
            match &cell {
                Value::Number(number) => match as_spreadsheet_number(number) {
                    Some(number) => sheet.write_number(line, column, number)?,
                    None => sheet.write_string(line, column, number)?,
                },
                Value::Text(text) => sheet.write_string(line, column, fitting(text))?,
                Value::Day(day) => match as_spreadsheet_day(*day) {
                    Some(day) => sheet.write_datetime_with_format(line, column, &day, &of_day)?,
                    None => sheet.write_string(line, column, cell.as_csv())?,
                },
                Value::Moment(_) => sheet.write_string(line, column, cell.as_csv())?,
                Value::Empty => continue,
            };
        }
    }
    book.save_to_buffer()
}

/// A text as a cell of a workbook holds it. What is longer ends with how long it is: CSV has all of it.
fn fitting(text: &str) -> Cow<'_, str> {
    let length = text.encode_utf16().count();
    if length <= CELL_UNITS_MAX {
        return Cow::Borrowed(text);
    }
    let told = format!("… ({length})");
    let room = CELL_UNITS_MAX.saturating_sub(told.encode_utf16().count());
    let mut left = room;
    let kept = text
        .chars()
        .take_while(|sign| match left.checked_sub(sign.len_utf16()) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        });
    Cow::Owned(kept.chain(told.chars()).collect())
}

/// Spreadsheets know no other numbers; one that they can't keep to its last digit stays a text.
fn as_spreadsheet_number(plain: &str) -> Option<f64> {
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    plain.parse().ok().filter(|_| digits <= DIGITS_MAX)
}

/// Spreadsheets know days from 1900 on.
fn as_spreadsheet_day(day: NaiveDate) -> Option<ExcelDateTime> {
    let part = |number: u32| u8::try_from(number).ok();
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, part(day.month())?, part(day.day())?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = [Value; 5];

    const COLUMNS: Columns<Row> = &[
        &[
            ("a", |[cell, ..]: &Row| cell.clone()),
            ("b", |[_, cell, ..]: &Row| cell.clone()),
            ("c", |[_, _, cell, ..]: &Row| cell.clone()),
        ],
        &[
            ("d", |[.., cell, _]: &Row| cell.clone()),
            ("e", |[.., cell]: &Row| cell.clone()),
        ],
    ];

    fn written(format: Format) -> Vec<u8> {
        let day = "2026-12-03".parse().expect("a day");
        let row = [
            Value::text("=HYPERLINK(\"x\")"),
            Value::number("-12.50"),
            Value::Day(day),
            Value::text("a, \"b\""),
            Value::Empty,
        ];
        into_bytes(COLUMNS, &[row], format).expect("written")
    }

    #[test]
    fn csv_has_raw_numbers_iso_days_and_no_formulas() {
        let text = String::from_utf8(written(Format::Csv)).expect("UTF-8");
        let expected = "\u{feff}a,b,c,d,e\r\n\"'=HYPERLINK(\"\"x\"\")\",-12.50,2026-12-03,\"a, \"\"b\"\"\",\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn cells_are_quoted_wherever_a_spreadsheet_would_part_them() {
        let mut text = String::new();
        csv_row(&mut text, ["a", "a;=1", "\"b\"", "c\td", ""].map(Cow::Borrowed));
        assert_eq!(text, "a,\"a;=1\",\"\"\"b\"\"\",\"c\td\",\r\n");
    }

    #[test]
    fn what_looks_like_a_formula_is_told_as_text() {
        for (text, expected) in [
            ("=1", true),
            ("+49 40", true),
            ("-A", true),
            ("@x", true),
            ("\t=1", true),
            (" =1", true),
            ("\u{ff1d}1", true),
            ("\u{ff0b}49 40", true),
            ("\u{ff0d}A", true),
            ("\u{ff20}x", true),
            ("\u{3000}\u{ff1d}1", true),
            ("\u{feff}\u{feff} +1", true),
            ("\u{feff}=1", true),
            ("\u{3000}@x", true),
            ("\u{2003}=1", true),
            ("\u{202e}\u{2009}=1", true),
            ("A=1", false),
            ("", false),
            ("2026-1", false),
        ] {
            assert_eq!(is_like_a_formula(text), expected, "{text:?}");
        }
    }

    #[test]
    fn no_cell_that_begins_within_a_text_is_calculated() {
        for (text, expected) in [
            ("=1", "'=1"),
            ("\t=1", "'\t'=1"),
            ("\u{2003}=1", "'\u{2003}=1"),
            ("\u{2060}@x", "'\u{2060}@x"),
            ("a;=1+1;b", "a;'=1+1;b"),
            ("a; \u{ff0b}1", "a;' \u{ff0b}1"),
            ("a\r\n=1", "a\r\n'=1"),
            ("a\r\n\r\nb; c\td", "a\r\n\r\nb; c\td"),
            ("2026-1; A=1", "2026-1; A=1"),
            ("", ""),
        ] {
            assert_eq!(told_as_text(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_workbook_holds_numbers_as_numbers_and_texts_as_texts() {
        use crate::workbooks::{self, Limits, Value as Held};
        let limits = Limits { rows: 10, columns: 10 };
        let rows = workbooks::read(&written(Format::Xlsx), None, limits)
            .expect("a workbook")
            .rows;
        let held: Vec<_> = rows
            .into_iter()
            .skip(1)
            .flat_map(|row| row.cells)
            .map(|cell| cell.value)
            .collect();
        assert_eq!(
            held,
            [
                Held::Text("=HYPERLINK(\"x\")".to_owned()),
                Held::Number("-12.5".to_owned()),
                Held::Moment("2026-12-03".to_owned()),
                Held::Text("a, \"b\"".to_owned()),
            ]
        );
    }

    #[test]
    fn a_text_too_long_for_a_workbook_ends_with_its_length() {
        let fits = "x".repeat(CELL_UNITS_MAX);
        assert_eq!(fitting(&fits), fits);
        for sign in ["x", "\u{1f600}"] {
            let long = sign.repeat(CELL_UNITS_MAX + 1);
            let cut = fitting(&long);
            let units = long.encode_utf16().count();
            assert!(cut.ends_with(&format!("{sign}… ({units})")), "{sign}");
            assert!((CELL_UNITS_MAX - 1..=CELL_UNITS_MAX).contains(&cut.encode_utf16().count()));
        }
    }

    #[test]
    fn numbers_beyond_what_spreadsheets_keep_stay_texts() {
        assert_eq!(as_spreadsheet_number("1234567890123.45"), Some(1_234_567_890_123.45));
        assert_eq!(as_spreadsheet_number("12345678901234.56"), None);
    }
}
