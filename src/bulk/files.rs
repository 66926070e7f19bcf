//! A piece of a job as a piece of an import file: the columns, checks and statements are those of the import.

use std::collections::HashMap;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use super::objects::{Objects, cells, object, written};
use super::rules::{Format, Kind};
use crate::accounts::contacts::Contact;
use crate::accounts::files::{accounts, supplier};
use crate::accounts::keeping::Kept;
use crate::accounts::sites::Site;
use crate::accounts::team::files as team;
use crate::catalogue::assortments::files as assortment;
use crate::catalogue::early::files as early;
use crate::catalogue::products::files as products;
use crate::catalogue::units::files as units;
use crate::error::{Code, Error, FieldError, Result};
use crate::orders::entitlements::files as entitlements;
use crate::pricing::files::{price_lists, prices};
use crate::sentences::Sentence;
use crate::sheets::numbers::NumberStyle;
use crate::sheets::report::Fault;
use crate::sheets::{Layout, Progress, Sheet};
use crate::substitutes::files as substitutes;
use crate::{inventory, supply, tax};

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
        Kind::Supplier => &supplier::LAYOUT,
        Kind::TaxRates => &tax::files::LAYOUT,
        Kind::Accounts => &accounts::LAYOUT,
        Kind::Sites => &Site::noun().layout,
        Kind::Contacts => &Contact::noun().layout,
        Kind::Products => &products::LAYOUT,
        Kind::Units => &units::LAYOUT,
        Kind::PriceLists => &price_lists::LAYOUT,
        Kind::Prices => &prices::LAYOUT,
        Kind::Assortments => &assortment::LAYOUT,
        Kind::EarlyAccess => &early::LAYOUT,
        Kind::Substitutes => &substitutes::LAYOUT,
        Kind::Entitlements => &entitlements::LAYOUT,
        Kind::Team => &team::LAYOUT,
        Kind::Stock => &inventory::files::LAYOUT,
        Kind::ExpectedReceipts => &supply::files::LAYOUT,
        Kind::Orders | Kind::AccountOrders => return None,
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

/// A piece as files: one for the rows of the same columns, for what a row doesn't say stays as it is.
pub struct Opened {
    pub parts: Vec<Part>,
    /// Rows that are none of a file's: their form is wrong.
    pub faults: Vec<RowFault>,
}

/// Rows of the same columns as a file, and which of its lines are which rows.
pub struct Part {
    pub sheet: Sheet,
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
    // Programs write numbers one way.
    let opened = |bytes| Sheet::open(layout, bytes, Some(NumberStyle::Point), &Progress::hidden());
    if format == Format::Csv {
        let mut bytes = format!("{head}\n").into_bytes();
        bytes.extend_from_slice(text);
        let part = Part {
            sheet: opened(bytes),
            lines: Lines::From(first_row),
        };
        return Ok(Opened {
            parts: vec![part],
            faults: Vec::new(),
        });
    }
    let (mut files, mut faults) = (Vec::<Objects>::new(), Vec::new());
    for (row, text) in (first_row..).zip(text.split(|byte| *byte == b'\n')) {
        if text.trim_ascii().is_empty() {
            continue;
        }
        match cells(layout, row, text) {
            Ok((columns, cells)) => {
                let place = files.iter().position(|file| file.columns == columns);
                let place = match place {
                    Some(place) => place,
                    None => {
                        files.push(Objects::of(columns)?);
                        files.len().saturating_sub(1)
                    }
                };
                if let Some(file) = files.get_mut(place) {
                    file.add(row, &cells)?;
                }
            }
            Err(wrong) => faults.extend(wrong),
        }
    }
    let part = |file: Objects| Part {
        sheet: opened(file.bytes),
        lines: Lines::Told(file.rows),
    };
    Ok(Opened {
        parts: files.into_iter().map(part).collect(),
        faults,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(text: &str) -> Opened {
        open(Kind::Stock, Format::Ndjson, "", 7, text.as_bytes()).expect("opened")
    }

    #[test]
    fn rows_of_other_columns_are_another_file_and_keep_their_lines() {
        let opened = opened(
            "{\"warehouse\":\"N\",\"sku\":\"A\",\"on_hand\":1}\n\
             {\"warehouse\":\"N\",\"sku\":\"B\",\"on_hand\":2,\"location\":\"A-1\"}\n\
             {\"on_hand\":3,\"warehouse\":\"N\",\"sku\":\"C\"}\n",
        );
        assert!(opened.faults.is_empty(), "{:?}", opened.faults);
        let rows: Vec<Vec<_>> = opened
            .parts
            .into_iter()
            .map(|part| {
                let cells = part.sheet.cells_of(&["sku"]);
                let row = |(line, cells): (u64, Vec<String>)| (part.lines.row(line), cells.concat());
                cells.into_iter().map(row).collect()
            })
            .collect();
        let row = |row, sku: &str| (row, sku.to_owned());
        assert_eq!(rows, [vec![row(7, "A"), row(9, "C")], vec![row(8, "B")]]);
    }

    #[test]
    fn objects_become_rows_that_know_where_they_stood() {
        let opened = opened(
            "{\"warehouse\":\"N\",\"sku\":\"A\\nB\",\"on_hand\":12.5}\n\n{\"sku\":\"C\",\"warehouse\":\"N\",\"on_hand\":\"3\"}\n",
        );
        assert!(opened.faults.is_empty(), "{:?}", opened.faults);
        let Some(mut part) = opened.parts.into_iter().next() else {
            panic!("there is a file")
        };
        let rows = part.sheet.rows(|cells| {
            Some((
                cells.line(),
                cells.raw("sku").to_owned(),
                cells.raw("on_hand").to_owned(),
            ))
        });
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(line, sku, on_hand)| (part.lines.row(line), sku, on_hand))
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
