//! The cells of one row: read by column, each fault noted where it is.
//!
//! Readers give `None` after noting a fault. A row is read completely before the first `?`, so that all its faults are
//! reported at once. For optional cells an outer `None` is a fault, an inner one an empty or absent cell.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Tz;
use csv::StringRecord;

use super::numbers::Numbers;
use super::records::{Records, is_blank};
use super::seen::Seen;
use crate::error::Code;
use crate::keys::{self, Keyed};
use crate::quantity::{Decimal, DecimalError};
use crate::sentences::{Sentence, at_most_characters, fill_it_in, write_it_as};
use crate::sheets::report::{Fault, shortened};
use crate::sheets::sentences;

/// The cells of one row.
#[derive(Debug)]
pub struct Cells<'a> {
    file: &'static str,
    line: u64,
    columns: &'a [&'static str],
    record: &'a StringRecord,
    origin: Origin,
    /// How the file writes numbers; none for plain decimals.
    numbers: Option<&'a Numbers<'a>>,
    /// Keys of what came before the file, where it is a piece of more.
    pub(super) seen: Option<&'a Seen>,
    faults: Vec<Fault>,
}

/// Where a row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    File,
    /// A form or a request.
    Request,
}

impl<'a> Cells<'a> {
    pub(super) fn new(
        origin: Origin,
        (file, line): (&'static str, u64),
        columns: &'a [&'static str],
        record: &'a StringRecord,
    ) -> Self {
        Self {
            file,
            line,
            columns,
            record,
            origin,
            numbers: None,
            seen: None,
            faults: Vec::new(),
        }
    }

    /// The same row of a file that writes numbers so.
    pub(super) fn with_numbers(self, numbers: &'a Numbers<'a>) -> Self {
        Self {
            numbers: Some(numbers),
            ..self
        }
    }

    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.faults
    }

    fn note<T>(&mut self, column: &str, code: Code, value: String, remedy: Sentence) -> Option<T> {
        self.faults.push(Fault {
            file: self.file,
            row: self.line,
            column: column.to_owned(),
            code,
            value: shortened(&value),
            remedy,
        });
        None
    }

    /// Notes that the cell's value is wrong; always `None`.
    pub fn refuse<T>(&mut self, column: &'static str, code: Code, remedy: Sentence) -> Option<T> {
        let value = self.raw(column).to_owned();
        self.note(column, code, value, remedy)
    }

    /// True if something in the row was found wrong.
    pub fn has_faults(&self) -> bool {
        !self.faults.is_empty()
    }

    /// The row's line in the file.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The cell as it is; empty if the column is absent.
    pub fn raw(&self, column: &'static str) -> &'a str {
        let place = self.columns.iter().position(|name| *name == column);
        place.and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    /// True if the row has this column, be its cell empty.
    pub fn has(&self, column: &str) -> bool {
        self.columns.contains(&column)
    }

    /// The cell unless empty or absent.
    pub fn given(&self, column: &'static str) -> Option<&'a str> {
        Some(self.raw(column)).filter(|text| !text.is_empty())
    }

    /// The cell; empty is a fault.
    pub fn required(&mut self, column: &'static str) -> Option<&'a str> {
        match self.given(column) {
            None => self.refuse(column, Code::Required, fill_it_in()),
            given => given,
        }
    }

    /// A text of at most `chars_max` characters.
    pub fn text(&mut self, column: &'static str, chars_max: usize) -> Option<&'a str> {
        let text = self.required(column)?;
        self.short(column, text, chars_max)
    }

    /// A text of at most `chars_max` characters or none.
    pub fn optional_text(&mut self, column: &'static str, chars_max: usize) -> Option<Option<&'a str>> {
        match self.given(column) {
            None => Some(None),
            Some(text) => self.short(column, text, chars_max).map(Some),
        }
    }

    /// A code people type and compare: no blanks at its ends, no sign that nobody sees, nothing that a spreadsheet made
    /// of another one.
    pub fn code(&mut self, column: &'static str, chars_max: usize) -> Option<&'a str> {
        let text = self.text(column, chars_max)?;
        self.typed(column, text)
    }

    /// Such a code or none.
    pub fn optional_code(&mut self, column: &'static str, chars_max: usize) -> Option<Option<&'a str>> {
        match self.optional_text(column, chars_max)? {
            None => Some(None),
            Some(text) => self.typed(column, text).map(Some),
        }
    }

    fn short(&mut self, column: &'static str, text: &'a str, chars_max: usize) -> Option<&'a str> {
        if text.chars().count() > chars_max {
            return self.refuse(column, Code::ValueTooLong, at_most_characters(chars_max));
        }
        Some(text)
    }

    fn typed(&mut self, column: &'static str, text: &'a str) -> Option<&'a str> {
        if text.trim() != text {
            return self.refuse(column, Code::ValueInvalid, sentences::blanks_or_controls());
        }
        match keys::invisible(text).or_else(|| keys::artefact(text)) {
            Some(remedy) => self.refuse(column, Code::ValueInvalid, remedy),
            None => Some(text),
        }
    }

    /// What the key in a cell means, and its key; an unknown one is the fault `code`. A file writes keys as they are,
    /// people may write one that is the same.
    pub fn named<'k, T>(
        &mut self,
        column: &'static str,
        known: &'k Keyed<T>,
        (code, remedy): (Code, Sentence),
    ) -> Option<(&'k Arc<str>, &'k T)> {
        let text = self.required(column)?;
        if let Some(found) = known.get(text) {
            return Some(found);
        }
        match (known.alike(text), self.origin) {
            (Some(alike), Origin::Request) => known.get(alike),
            (Some(alike), Origin::File) => self.looks_like(column, alike),
            (None, _) => self.refuse(column, code, keys::artefact(text).unwrap_or(remedy)),
        }
    }

    /// Notes that the cell's key looks like one that is there; always `None`.
    pub fn looks_like<T>(&mut self, column: &'static str, known: &str) -> Option<T> {
        self.refuse(column, Code::LookAlike, write_it_as(known))
    }

    /// A key as a file's rows are told apart by it; a fault where it is new and looks like one of `known`.
    pub fn unlike<T>(&mut self, column: &'static str, key: &str, known: &Keyed<T>) -> Option<String> {
        match (known.get(key), known.alike(key)) {
            (None, Some(alike)) => self.looks_like(column, alike),
            (Some(_), Some(_)) => Some(keys::exactly(key)),
            (_, None) => Some(keys::folded(key)),
        }
    }

    /// True for a row of a file.
    pub fn is_of_a_file(&self) -> bool {
        self.origin == Origin::File
    }

    /// What `read` makes of the cell, whose `None` is the fault `code`; empty is a fault.
    pub fn parsed<T>(
        &mut self,
        column: &'static str,
        code: Code,
        remedy: Sentence,
        read: impl FnOnce(&'a str) -> Option<T>,
    ) -> Option<T> {
        let text = self.required(column)?;
        match read(text) {
            None => self.refuse(column, code, remedy),
            value => value,
        }
    }

    /// The same where an empty cell is none.
    pub fn optional_parsed<T>(
        &mut self,
        column: &'static str,
        code: Code,
        remedy: Sentence,
        read: impl FnOnce(&'a str) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.given(column) {
            None => Some(None),
            Some(_) => self.parsed(column, code, remedy, read).map(Some),
        }
    }

    /// A code of some standard: so many upper-case letters and digits.
    pub fn upper_code(
        &mut self,
        column: &'static str,
        chars: RangeInclusive<usize>,
        remedy: Sentence,
    ) -> Option<&'a str> {
        self.parsed(column, Code::ValueInvalid, remedy, |text| {
            let upper = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
            (chars.contains(&text.len()) && text.bytes().all(upper)).then_some(text)
        })
    }

    /// A tax category of UNCL5305: `S`, `AA`, `Z`.
    pub fn tax_category(&mut self, column: &'static str) -> Option<&'a str> {
        self.upper_code(column, 1..=3, sentences::give_tax_category())
    }

    /// A unit of UN/ECE Recommendation 20 or 21: `H87`, `XCT`.
    pub fn unit_code(&mut self, column: &'static str) -> Option<&'a str> {
        self.upper_code(column, 2..=3, sentences::give_unit_code())
    }

    /// A whole number in `range`, digits only.
    pub fn integer(&mut self, column: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        let remedy = sentences::give_whole_number(*range.start(), *range.end());
        self.parsed(column, Code::BadNumber, remedy, |text| {
            let plain = text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|value| plain && range.contains(value))
        })
    }

    /// The same with a default for an empty cell.
    pub fn integer_or(&mut self, column: &'static str, range: RangeInclusive<i64>, default: i64) -> Option<i64> {
        match self.given(column) {
            None => Some(default),
            Some(_) => self.integer(column, range),
        }
    }

    /// The number in the cell as a plain decimal; what is none stays as it is. What can be two numbers is a fault.
    pub fn plain_number(&mut self, column: &'static str) -> Option<Cow<'a, str>> {
        let text = self.raw(column);
        let Some(numbers) = self.numbers else {
            return Some(Cow::Borrowed(text));
        };
        match numbers.read(text) {
            Ok(plain) => Some(plain),
            Err((thousands, decimal)) => {
                let remedy = sentences::two_numbers(thousands, decimal);
                self.refuse(column, Code::AmbiguousNumber, remedy)
            }
        }
    }

    /// A decimal in units of 10^-`decimals`. Nothing is rounded.
    pub fn scaled(&mut self, column: &'static str, decimals: u8) -> Option<i64> {
        self.required(column)?;
        let text = self.plain_number(column)?;
        match Decimal::parse(&text).and_then(|decimal| decimal.scaled(decimals)) {
            Ok(value) => Some(value),
            Err(DecimalError::TooManyDecimals) => {
                self.refuse(column, Code::BadNumber, sentences::at_most_decimals(decimals))
            }
            Err(error) => self.refuse(column, Code::BadNumber, error.sentence()),
        }
    }

    /// The same, not below zero.
    pub fn not_negative(&mut self, column: &'static str, decimals: u8) -> Option<i64> {
        match self.scaled(column, decimals)? {
            negative if negative < 0 => self.refuse(column, Code::BadNumber, sentences::not_below_zero()),
            value => Some(value),
        }
    }

    /// A day `YYYY-MM-DD`, years 1 to 9999, or none.
    pub fn optional_day(&mut self, column: &'static str) -> Option<Option<NaiveDate>> {
        self.optional_parsed(column, Code::BadDate, sentences::write_the_day(), day)
    }

    /// The same; `default` for an empty cell.
    pub fn day_or(&mut self, column: &'static str, default: NaiveDate) -> Option<NaiveDate> {
        Some(self.optional_day(column)?.unwrap_or(default))
    }

    /// One of these names.
    pub fn one_of(&mut self, column: &'static str, names: &[&str]) -> Option<&'a str> {
        let remedy = sentences::give_one_of(names);
        self.parsed(column, Code::ValueInvalid, remedy, |text| {
            names.contains(&text).then_some(text)
        })
    }

    /// True or false; false for an empty cell.
    pub fn flag(&mut self, column: &'static str) -> Option<bool> {
        match self.given(column) {
            None => Some(false),
            Some(_) => self.one_of(column, &["true", "false"]).map(|flag| flag == "true"),
        }
    }

    /// Any of these names, parted by blanks, commas or semicolons; each once, in the order of `names`.
    pub fn some_of<'n>(&mut self, column: &'static str, names: &[&'n str]) -> Option<Vec<&'n str>> {
        let remedy = sentences::give_some_of(names);
        self.parsed(column, Code::ValueInvalid, remedy, |text| {
            let given = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
            let given: Vec<_> = given.filter(|name| !name.is_empty()).collect();
            let is_known = given.iter().all(|name| names.contains(name));
            is_known.then(|| names.iter().filter(|name| given.contains(name)).copied().collect())
        })
    }

    /// An IANA time zone; UTC for an empty cell.
    pub fn time_zone_or_utc(&mut self, column: &'static str) -> Option<&'static str> {
        let remedy = sentences::give_time_zone();
        let zone = self.optional_parsed(column, Code::UnknownTimeZone, remedy, |text| text.parse::<Tz>().ok())?;
        Some(zone.unwrap_or(Tz::UTC).name())
    }
}

/// The record as text if its form is right.
pub(super) fn decode(
    file: &'static str,
    row: u64,
    columns: &[&'static str],
    records: &Records<'_>,
) -> Result<StringRecord, Vec<Fault>> {
    let record = &records.record;
    let fault = |column: &str, code, cell: &[u8], remedy: Sentence| Fault {
        file,
        row,
        column: column.to_owned(),
        code,
        value: shortened(&String::from_utf8_lossy(cell)),
        remedy,
    };
    let first = record.get(0).unwrap_or_default();
    if let Some(remedy) = records.quoting_fault.clone() {
        return Err(vec![fault("", Code::BadCsv, first, remedy)]);
    }
    // Empty cells behind the last column say nothing.
    let behind = record.iter().skip(columns.len()).all(is_blank);
    let found = if behind {
        record.len().min(columns.len())
    } else {
        record.len()
    };
    let wanted = columns.len();
    if found != wanted {
        let remedy = sentences::cells_differ(found, wanted);
        return Err(vec![fault("", Code::BadCsv, first, remedy)]);
    }
    let wrong = record.iter().zip(columns).filter_map(|(cell, column)| {
        if std::str::from_utf8(cell).is_err() {
            return Some(fault(column, Code::InvalidUtf8, cell, sentences::save_as_utf8()));
        }
        let nul = cell.contains(&0);
        nul.then(|| fault(column, Code::ValueInvalid, cell, sentences::remove_nul()))
    });
    let wrong: Vec<_> = wrong.collect();
    if wrong.is_empty() {
        Ok(StringRecord::from_byte_record(record.clone()).expect("every cell is UTF-8"))
    } else {
        Err(wrong)
    }
}

/// A day written `YYYY-MM-DD` exactly.
fn day(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| {
            if matches!(place, 4 | 7) {
                byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        });
    let first = NaiveDate::from_ymd_opt(1, 1, 1)?;
    text.parse().ok().filter(|day| shaped && *day >= first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_exactly_one_form() {
        for good in ["2024-02-29", "0001-01-01", "9999-12-31"] {
            assert!(day(good).is_some(), "{good}");
        }
        for bad in [
            "2023-02-29",
            "2024-2-1",
            "0000-01-01",
            "01.02.2024",
            "2024-02-01T00:00",
            "+2024-02-1",
            "20240201",
        ] {
            assert_eq!(day(bad), None, "{bad}");
        }
    }
}
