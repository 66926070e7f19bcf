//! A piece of a job as a piece of an import file: the columns, checks and statements are those of the import.

use std::collections::HashMap;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::rules::{Format, Kind};
use super::sentences;
use crate::accounts::contacts::Contact;
use crate::accounts::files::accounts;
use crate::accounts::keeping::Kept;
use crate::accounts::sites::Site;
use crate::accounts::team::files as team;
use crate::catalogue::assortments::files as assortment;
use crate::catalogue::products::files as products;
use crate::catalogue::units::files as units;
use crate::error::{Code, Error, FieldError, Result};
use crate::inventory;
use crate::pricing::files::{price_lists, prices};
use crate::sentences::Sentence;
use crate::sheets::numbers::NumberStyle;
use crate::sheets::report::Fault;
use crate::sheets::{Layout, Progress, Sheet};

pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Something wrong with a row, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// The line the row stands in.
    pub row: u64,
    /// The column or field; empty where the whole row is meant.
    pub field: String,
    /// The name of the fault.
    pub code: String,
    /// What stands there.
    pub value: String,
    pub remedy: Sentence,
}

/// The import file that such rows are rows of; orders are none.
pub fn layout(kind: Kind) -> Option<&'static Layout> {
    Some(match kind {
        Kind::Accounts => &accounts::LAYOUT,
        Kind::Sites => &Site::noun().layout,
        Kind::Contacts => &Contact::noun().layout,
        Kind::Products => &products::LAYOUT,
        Kind::Units => &units::LAYOUT,
        Kind::PriceLists => &price_lists::LAYOUT,
        Kind::Prices => &prices::LAYOUT,
        Kind::Assortments => &assortment::LAYOUT,
        Kind::Team => &team::LAYOUT,
        Kind::Stock => &inventory::files::LAYOUT,
        Kind::Orders => return None,
    })
}

fn laid_out(kind: Kind) -> Result<&'static Layout> {
    layout(kind).ok_or_else(|| Error::internal(format!("{kind} are rows of no file")))
}

/// The columns that the first line names: the header of CSV, the fields of the first object. What is wrong with them is
/// wrong with every row.
pub fn head(kind: Kind, format: Format, line: &[u8]) -> Result<String> {
    let layout = laid_out(kind)?;
    let named = match format {
        Format::Csv => line.to_vec(),
        Format::Ndjson => {
            let first = object(line).map_err(|detail| Error::malformed(Code::MalformedJson, detail))?;
            let mut named = written(first.keys().map(String::as_str))?;
            named.push(b'\n');
            named
        }
    };
    let sheet = Sheet::open(layout, named, None, &Progress::hidden());
    let sign = char::from(sheet.sign()).to_string();
    match sheet.columns() {
        Some(columns) => Ok(columns.join(&sign)),
        None => {
            let fault = |fault: Fault| FieldError::new(format!("/{}", fault.column), fault.code, fault.remedy);
            Err(Error::Invalid(sheet.into_faults().into_iter().map(fault).collect()))
        }
    }
}

fn object(line: &[u8]) -> Result<Map<String, Value>, Sentence> {
    serde_json::from_slice(line).map_err(crate::sentences::not_json)
}

fn written<'a>(cells: impl Iterator<Item = &'a str>) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(cells).map_err(Error::internal)?;
    let mut bytes = writer
        .into_inner()
        .map_err(|error| Error::internal(error.to_string()))?;
    if bytes.ends_with(b"\n") {
        bytes.pop();
    }
    Ok(bytes)
}

/// Rows packed for their stay in the database.
pub fn packed(text: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).map_err(Error::internal)?;
    encoder.finish().map_err(Error::internal)
}

pub fn unpacked(content: &[u8]) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    GzDecoder::new(content)
        .read_to_end(&mut text)
        .map_err(Error::internal)?;
    Ok(text)
}

/// A piece as a file, and which of its lines are which rows.
pub struct Opened {
    pub sheet: Sheet,
    /// Rows that are none of the file's: their form is wrong.
    pub faults: Vec<RowFault>,
    pub lines: Lines,
}

/// Which line of a file is which row.
pub enum Lines {
    /// The lines of the file follow those of the rows.
    From(u64),
    /// Each is told.
    Told(HashMap<u64, u64>),
}

impl Lines {
    /// The row of a line of the file.
    pub fn row(&self, line: u64) -> u64 {
        match self {
            Self::From(first) => (first + line).saturating_sub(2),
            Self::Told(rows) => rows.get(&line).copied().unwrap_or(line),
        }
    }

    /// What is wrong with a row of the file, as it is kept.
    pub fn kept(&self, fault: Fault) -> RowFault {
        RowFault {
            row: self.row(fault.row),
            field: without_nul(&fault.column),
            code: fault.code.name().to_owned(),
            value: without_nul(&fault.value),
            remedy: fault.remedy_outside_a_file(),
        }
    }
}

/// Neither engine keeps NUL in a text.
pub fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// Opens rows that begin in the line `first_row`.
pub fn open(kind: Kind, format: Format, head: &str, first_row: u64, text: &[u8]) -> Result<Opened> {
    let layout = laid_out(kind)?;
    let mut bytes = format!("{head}\n").into_bytes();
    let mut faults = Vec::new();
    let lines = match format {
        Format::Csv => {
            bytes.extend_from_slice(text);
            Lines::From(first_row)
        }
        Format::Ndjson => {
            let columns: Vec<_> = head.split(',').collect();
            let (mut rows, mut line) = (HashMap::new(), 2);
            for (row, text) in (first_row..).zip(text.split(|byte| *byte == b'\n')) {
                if text.trim_ascii().is_empty() {
                    continue;
                }
                match cells(&columns, row, text) {
                    Ok(cells) => {
                        let record = written(cells.iter().map(String::as_str))?;
                        rows.insert(line, row);
                        line += 1 + breaks(&record);
                        bytes.extend_from_slice(&record);
                        bytes.push(b'\n');
                    }
                    Err(wrong) => faults.extend(wrong),
                }
            }
            Lines::Told(rows)
        }
    };
    // Programs write numbers one way.
    let sheet = Sheet::open(layout, bytes, Some(NumberStyle::Point), &Progress::hidden());
    Ok(Opened { sheet, faults, lines })
}

/// Ends of lines as an editor counts them.
fn breaks(record: &[u8]) -> u64 {
    let ends = record.iter().enumerate().filter(|(place, byte)| match byte {
        b'\n' => true,
        b'\r' => record.get(place + 1) != Some(&b'\n'),
        _ => false,
    });
    u64::try_from(ends.count()).unwrap_or(u64::MAX)
}

/// Fields of a row that are told to be unknown; of a row of nothing else each would cost more than the row.
const UNKNOWN_TOLD: usize = 10;

/// The cells of an object, in the order of the columns.
fn cells(columns: &[&str], row: u64, text: &[u8]) -> Result<Vec<String>, Vec<RowFault>> {
    let fault = |field: &str, code: Code, value: String, remedy: Sentence| RowFault {
        row,
        field: without_nul(field),
        code: code.name().to_owned(),
        value: without_nul(&value),
        remedy,
    };
    let mut object = object(text).map_err(|remedy| vec![fault("", Code::MalformedJson, String::new(), remedy)])?;
    let (mut cells, mut faults) = (Vec::with_capacity(columns.len()), Vec::new());
    for column in columns {
        match object.remove(*column) {
            None => faults.push(fault(column, Code::Required, String::new(), sentences::same_fields())),
            Some(Value::Null) => cells.push(String::new()),
            Some(Value::String(text)) => cells.push(text),
            Some(Value::Bool(flag)) => cells.push(flag.to_string()),
            Some(Value::Number(number)) if !number.is_f64() => cells.push(number.to_string()),
            // By now its digits may be lost.
            Some(Value::Number(number)) if is_exact(&number.to_string(), text) => cells.push(number.to_string()),
            Some(other) => {
                let shown: String = other.to_string().chars().take(200).collect();
                faults.push(fault(column, Code::WrongType, shown, sentences::text_or_number()));
            }
        }
    }
    for field in object.keys().take(UNKNOWN_TOLD) {
        let shown: String = field.chars().take(200).collect();
        let remedy = sentences::unknown_field(columns);
        faults.push(fault(&shown, Code::UnknownField, String::new(), remedy));
    }
    if faults.is_empty() { Ok(cells) } else { Err(faults) }
}

/// True if the number stands in the text in just these digits.
fn is_exact(number: &str, text: &[u8]) -> bool {
    let is_digit =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E'));
    let number = number.as_bytes();
    (0..text.len()).any(|start| {
        text.get(start..).is_some_and(|rest| rest.starts_with(number))
            && !is_digit(text.get(start + number.len()))
            && !(start > 0 && is_digit(text.get(start - 1)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(text: &str) -> Opened {
        open(Kind::Stock, Format::Ndjson, "warehouse,sku,on_hand", 7, text.as_bytes()).expect("opened")
    }

    #[test]
    fn objects_become_rows_that_know_where_they_stood() {
        let mut opened = opened(
            "{\"warehouse\":\"N\",\"sku\":\"A\\nB\",\"on_hand\":12.5}\n\n{\"sku\":\"C\",\"warehouse\":\"N\",\"on_hand\":\"3\"}\n",
        );
        assert!(opened.faults.is_empty(), "{:?}", opened.faults);
        let rows = opened.sheet.rows(|cells| {
            Some((
                cells.line(),
                cells.raw("sku").to_owned(),
                cells.raw("on_hand").to_owned(),
            ))
        });
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(line, sku, on_hand)| (opened.lines.row(line), sku, on_hand))
            .collect();
        let row = |row, sku: &str, on_hand: &str| (row, sku.to_owned(), on_hand.to_owned());
        assert_eq!(rows, [row(7, "A\nB", "12.5"), row(9, "C", "3")]);
    }

    #[test]
    fn an_object_of_another_form_is_a_fault_of_its_row() {
        for (text, field, code) in [
            ("{\"warehouse\":\"N\",\"sku\":\"A\"}", "on_hand", Code::Required),
            (
                "{\"warehouse\":\"N\",\"sku\":\"A\",\"on_hand\":[1]}",
                "on_hand",
                Code::WrongType,
            ),
            (
                "{\"warehouse\":\"N\",\"sku\":\"A\",\"on_hand\":1,\"x\":1}",
                "x",
                Code::UnknownField,
            ),
            (
                "{\"warehouse\":\"N\",\"sku\":\"A\",\"on_hand\":0.12345678901234567890}",
                "on_hand",
                Code::WrongType,
            ),
            ("[1]", "", Code::MalformedJson),
            ("nonsense", "", Code::MalformedJson),
        ] {
            let faults = opened(text).faults;
            let found: Vec<_> = faults
                .iter()
                .map(|fault| (fault.row, fault.field.as_str(), fault.code.as_str()))
                .collect();
            assert_eq!(found, [(7, field, code.name())], "{text}");
        }
    }

    #[test]
    fn the_first_line_is_checked_at_once() {
        let head = |format, line: &str| head(Kind::Stock, format, line.as_bytes());
        assert_eq!(
            head(Format::Csv, "sku;warehouse;on_hand\r\n").expect("good"),
            "sku;warehouse;on_hand"
        );
        let object = "{\"sku\":\"A\",\"warehouse\":\"N\",\"on_hand\":1}";
        assert_eq!(head(Format::Ndjson, object).expect("good"), "on_hand,sku,warehouse");
        assert_eq!(
            head(Format::Csv, "sku,colour\n").expect_err("refused").code(),
            Code::ValidationFailed
        );
        assert_eq!(
            head(Format::Ndjson, "{").expect_err("refused").code(),
            Code::MalformedJson
        );
    }

    #[test]
    fn every_key_is_a_column() {
        for kind in Kind::ALL {
            let Some(layout) = layout(kind) else { continue };
            for column in kind.key() {
                let mut all = layout.required.iter().chain(layout.optional);
                assert!(all.any(|known| known == column), "{kind} {column}");
            }
        }
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let text = b"a,b,c\n".repeat(1_000);
        let packed = packed(&text).expect("packed");
        assert!(packed.len() < text.len() / 10);
        assert_eq!(unpacked(&packed).expect("unpacked"), text);
    }
}
