//! Rows that come as JSON objects: each names the fields it is about, and those that name the same make a file.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::files::{RowFault, without_nul};
use super::sentences;
use crate::error::{Code, Error, Result};
use crate::sentences::Sentence;
use crate::sheets::Layout;

pub(super) fn object(line: &[u8]) -> Result<Map<String, Value>, Sentence> {
    serde_json::from_slice(line).map_err(crate::sentences::not_json)
}

pub(super) fn written<'a>(cells: impl Iterator<Item = &'a str>) -> Result<Vec<u8>> {
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

/// Objects of the same fields on their way to be a file.
pub(super) struct Objects {
    pub(super) columns: Vec<&'static str>,
    pub(super) bytes: Vec<u8>,
    /// Which line is which row.
    pub(super) rows: HashMap<u64, u64>,
    /// The next line.
    line: u64,
}

impl Objects {
    pub(super) fn of(columns: Vec<&'static str>) -> Result<Self> {
        let mut bytes = written(columns.iter().copied())?;
        bytes.push(b'\n');
        Ok(Self {
            columns,
            bytes,
            rows: HashMap::new(),
            line: 2,
        })
    }

    pub(super) fn add(&mut self, row: u64, cells: &[String]) -> Result<()> {
        let record = written(cells.iter().map(String::as_str))?;
        self.rows.insert(self.line, row);
        self.line += 1 + breaks(&record);
        self.bytes.extend_from_slice(&record);
        self.bytes.push(b'\n');
        Ok(())
    }
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

/// The columns that an object names, in the order of their names, and its cells. What it doesn't name stays as it is.
pub(super) fn cells(layout: &Layout, row: u64, text: &[u8]) -> Result<(Vec<&'static str>, Vec<String>), Vec<RowFault>> {
    let fault = |field: &str, code: Code, value: String, remedy: Sentence| RowFault {
        row,
        field: without_nul(field),
        code: code.name().to_owned(),
        value: without_nul(&value),
        remedy,
    };
    let object = object(text).map_err(|remedy| vec![fault("", Code::MalformedJson, String::new(), remedy)])?;
    let (mut columns, mut cells, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    let missing = layout.required.iter().filter(|column| !object.contains_key(**column));
    faults.extend(missing.map(|column| fault(column, Code::Required, String::new(), sentences::field_needed())));
    let mut unknown = 0;
    for (field, value) in object {
        let Some(column) = layout.knows(&field) else {
            unknown += 1;
            if unknown <= UNKNOWN_TOLD {
                let shown: String = field.chars().take(200).collect();
                let known: Vec<_> = layout.required.iter().chain(layout.optional).copied().collect();
                let remedy = sentences::unknown_field(&known);
                faults.push(fault(&shown, Code::UnknownField, String::new(), remedy));
            }
            continue;
        };
        let cell = match value {
            Value::Null => Ok(String::new()),
            Value::String(text) => Ok(text),
            Value::Bool(flag) => Ok(flag.to_string()),
            Value::Number(number) if !number.is_f64() => Ok(number.to_string()),
            // By now its digits may be lost.
            Value::Number(number) if is_exact(&number.to_string(), text) => Ok(number.to_string()),
            other => Err(other.to_string().chars().take(200).collect()),
        };
        match cell {
            Ok(cell) => {
                columns.push(column);
                cells.push(cell);
            }
            Err(shown) => faults.push(fault(column, Code::WrongType, shown, sentences::text_or_number())),
        }
    }
    match faults.is_empty() {
        true => Ok((columns, cells)),
        false => Err(faults),
    }
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
