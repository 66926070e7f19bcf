//! The rows and cells of a sheet.

use std::collections::BTreeSet;

use super::contents::{Contents, unescaped};
use super::formats::{self, Format};
use super::xml::{Element, Step, walk};
use super::{CELL_BYTES_MAX, Cell, Fault, Limits, Row, Value};

/// The last row and the last column that spreadsheets have.
const ROWS_OF_ALL: u32 = 1_048_576;
const COLUMNS_OF_ALL: u32 = 16_384;
/// Most cells of a sheet, empty ones too: sheets may be formatted to their end.
const CELLS_MAX: usize = 2_000_000;

/// Which text is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taking {
    Nothing,
    /// That of `v`.
    Value,
    /// That of `t` within `is`.
    Inline,
}

/// The cell that is being read.
struct Current {
    column: u32,
    kind: String,
    style: Option<usize>,
    has_formula: bool,
    value: String,
    inline: String,
}

struct Reading<'a> {
    contents: &'a Contents,
    limits: Limits,
    in_data: bool,
    /// Of the row that is being read, or was read last; 0 before the first.
    row: u32,
    in_row: bool,
    next_column: u32,
    taking: Taking,
    is_phonetic: bool,
    cells_seen: usize,
    current: Option<Current>,
    is_hidden: bool,
    /// Which columns the sheet hides, as far as its reader takes them.
    hidden: Vec<bool>,
    /// Those of them that have anything in them.
    hidden_columns: BTreeSet<u32>,
    ranges_seen: u32,
    cells: Vec<Cell>,
    rows: Vec<Row>,
}

/// The rows of a sheet that have anything in them, and how many columns with anything in them it hides.
pub(super) fn read(text: &str, contents: &Contents, limits: Limits) -> Result<(Vec<Row>, usize), Fault> {
    let mut reading = Reading {
        contents,
        limits,
        in_data: false,
        row: 0,
        in_row: false,
        next_column: 0,
        taking: Taking::Nothing,
        is_phonetic: false,
        cells_seen: 0,
        current: None,
        is_hidden: false,
        hidden: vec![false; usize::try_from(limits.columns.min(COLUMNS_OF_ALL)).unwrap_or(0)],
        hidden_columns: BTreeSet::new(),
        ranges_seen: 0,
        cells: Vec::new(),
        rows: Vec::new(),
    };
    let mut is_sheet = false;
    walk(text, |step| match step {
        Step::Open(element) => {
            is_sheet |= element.is("worksheet");
            reading.open(&element)
        }
        Step::Text(text) => {
            reading.take(&text);
            Ok(())
        }
        Step::Close(name) => reading.close(&name),
    })?;
    match is_sheet {
        true => Ok((reading.rows, reading.hidden_columns.len())),
        false => Err(Fault::Broken),
    }
}

impl Reading<'_> {
    fn open(&mut self, element: &Element<'_>) -> Result<(), Fault> {
        if element.is("sheetData") {
            self.in_data = true;
        } else if element.is("col") && !self.in_data {
            self.hide(element)?;
        } else if !self.in_data {
            return Ok(());
        } else if element.is("row") {
            self.begin_row(element)?;
        } else if element.is("c") && self.in_row {
            self.begin_cell(element)?;
        } else if let Some(cell) = &mut self.current {
            if element.is("v") {
                self.taking = Taking::Value;
            } else if element.is("f") {
                cell.has_formula = true;
            } else if element.is("rPh") {
                self.is_phonetic = true;
            } else if element.is("t") && !self.is_phonetic {
                self.taking = Taking::Inline;
            }
        }
        Ok(())
    }

    /// Columns of the same look, by the numbers of the first and the last, counted from 1.
    fn hide(&mut self, element: &Element<'_>) -> Result<(), Fault> {
        self.ranges_seen += 1;
        if self.ranges_seen > COLUMNS_OF_ALL {
            return Err(Fault::Broken);
        }
        if !element.has("hidden")? && !is_nothing(element.attribute("width")?) {
            return Ok(());
        }
        let place = |name| -> Result<usize, Fault> {
            let text = element.attribute(name)?.ok_or(Fault::Broken)?;
            text.trim().parse().ok().ok_or(Fault::Broken)
        };
        let (first, last) = (place("min")?.saturating_sub(1), place("max")?.min(self.hidden.len()));
        if let Some(columns) = self.hidden.get_mut(first..last) {
            columns.fill(true);
        }
        Ok(())
    }

    fn take(&mut self, text: &str) {
        let Some(cell) = &mut self.current else { return };
        match self.taking {
            Taking::Nothing => {}
            Taking::Value => cell.value.push_str(text),
            Taking::Inline => cell.inline.push_str(text),
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Fault> {
        match name {
            "v" | "t" => self.taking = Taking::Nothing,
            "rPh" => self.is_phonetic = false,
            "c" => {
                if let Some(cell) = self.current.take() {
                    self.end_cell(cell)?;
                }
            }
            "row" if self.in_row => self.end_row()?,
            "sheetData" => self.in_data = false,
            _ => {}
        }
        Ok(())
    }

    fn begin_row(&mut self, element: &Element<'_>) -> Result<(), Fault> {
        let number = match element.attribute("r")? {
            Some(text) => text.trim().parse().ok().ok_or(Fault::Broken)?,
            None => self.row.saturating_add(1),
        };
        // Rows stand in their order, each once.
        if self.in_row || number <= self.row || number > ROWS_OF_ALL {
            return Err(Fault::Broken);
        }
        (self.row, self.in_row, self.next_column) = (number, true, 0);
        self.is_hidden = element.has("hidden")? || is_nothing(element.attribute("ht")?);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Fault> {
        self.in_row = false;
        if self.cells.is_empty() {
            return Ok(());
        }
        if self.rows.len() >= self.limits.rows {
            return Err(Fault::TooManyRows);
        }
        self.rows.push(Row {
            is_hidden: self.is_hidden,
            cells: std::mem::take(&mut self.cells),
        });
        Ok(())
    }

    fn begin_cell(&mut self, element: &Element<'_>) -> Result<(), Fault> {
        self.cells_seen += 1;
        if self.cells_seen > CELLS_MAX {
            return Err(Fault::TooLarge);
        }
        let column = match element.attribute("r")? {
            Some(name) => {
                let (column, row) = place(&name).ok_or(Fault::Broken)?;
                if row != self.row {
                    return Err(Fault::Broken);
                }
                column
            }
            None => self.next_column,
        };
        if self.current.is_some() || column < self.next_column || column >= COLUMNS_OF_ALL {
            return Err(Fault::Broken);
        }
        self.next_column = column + 1;
        self.taking = Taking::Nothing;
        let style = element.attribute("s")?;
        self.current = Some(Current {
            column,
            kind: element.attribute("t")?.unwrap_or_default(),
            style: style.and_then(|style| style.trim().parse().ok()),
            has_formula: false,
            value: String::new(),
            inline: String::new(),
        });
        Ok(())
    }

    fn end_cell(&mut self, cell: Current) -> Result<(), Fault> {
        let name = || cell_name(self.row, cell.column);
        if cell.has_formula {
            return Err(Fault::Formula(name()));
        }
        let Some(value) = self.value_of(&cell)? else {
            return Ok(());
        };
        if value.text().trim().is_empty() {
            return Ok(());
        }
        if value.text().len() > CELL_BYTES_MAX {
            return Err(Fault::LongCell(name()));
        }
        if cell.column >= self.limits.columns {
            return Err(Fault::TooManyColumns);
        }
        if self.hidden.get(usize::try_from(cell.column).unwrap_or(usize::MAX)) == Some(&true) {
            self.hidden_columns.insert(cell.column);
        }
        let is_number = matches!(cell.kind.as_str(), "" | "n");
        let held = match (&value, cell.value.trim().parse()) {
            (Value::Text(shown), Ok(number)) if is_number => Some(formats::plain(number)).filter(|held| held != shown),
            _ => None,
        };
        let format = cell.style.and_then(|style| self.contents.formats.get(style));
        let shows_other = match (&value, format) {
            (Value::Number(plain), Some(format)) => formats::hides(format, plain),
            _ => false,
        };
        self.cells.push(Cell {
            column: cell.column,
            name: name(),
            value,
            held,
            shows_other,
        });
        Ok(())
    }

    fn value_of(&self, cell: &Current) -> Result<Option<Value>, Fault> {
        let given = cell.value.trim();
        let text = match cell.kind.as_str() {
            "inlineStr" => unescaped(&cell.inline).into_owned(),
            _ if given.is_empty() => return Ok(None),
            "s" => {
                let number = given.parse().ok().ok_or(Fault::Broken)?;
                self.contents.strings.get(number).ok_or(Fault::Broken)?.to_owned()
            }
            "str" | "e" => unescaped(&cell.value).into_owned(),
            "b" => match given {
                "1" | "true" => "TRUE".to_owned(),
                "0" | "false" => "FALSE".to_owned(),
                _ => return Err(Fault::Broken),
            },
            "d" => return Ok(Some(Value::Moment(given.to_owned()))),
            "" | "n" => return self.number(cell.style, given).map(Some),
            _ => return Err(Fault::Broken),
        };
        Ok(Some(Value::Text(text)))
    }

    fn number(&self, style: Option<usize>, text: &str) -> Result<Value, Fault> {
        let number: f64 = text
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
            .ok_or(Fault::Broken)?;
        let plain = formats::plain(number);
        let format = style.and_then(|style| self.contents.formats.get(style));
        Ok(match format {
            Some(Format::Moment) => match formats::moment(number, self.contents.is_1904) {
                Some(moment) => Value::Moment(moment),
                None => Value::Number(plain),
            },
            Some(Format::Digits(pieces)) if plain.bytes().all(|byte| byte.is_ascii_digit()) => {
                Value::Text(formats::filled(pieces, &plain))
            }
            _ => Value::Number(plain),
        })
    }
}

/// True for a height or a width of nothing, which hides as well.
fn is_nothing(measure: Option<String>) -> bool {
    let is_zero = |text: &str| !text.is_empty() && text.bytes().all(|sign| matches!(sign, b'0' | b'.'));
    measure.is_some_and(|text| is_zero(text.trim()))
}

/// Column, from 0, and row, from 1, of `B7`.
fn place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, row) = name.split_at_checked(digits)?;
    if letters.is_empty() || letters.len() > 3 || row.len() > 7 {
        return None;
    }
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        letter
            .is_ascii_uppercase()
            .then(|| column * 26 + u32::from(letter - b'A') + 1)
    })?;
    let row = row
        .bytes()
        .all(|digit| digit.is_ascii_digit())
        .then(|| row.parse().ok())??;
    Some((column.checked_sub(1)?, row))
}

/// `B7`
fn cell_name(row: u32, column: u32) -> String {
    let (mut letters, mut rest) = (Vec::new(), column);
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => break,
        }
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{row}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_height_or_a_width_of_nothing_hides() {
        for (measure, expected) in [
            (None, false),
            (Some("0"), true),
            (Some("0.0"), true),
            (Some("12.75"), false),
            (Some(""), false),
        ] {
            assert_eq!(is_nothing(measure.map(str::to_owned)), expected, "{measure:?}");
        }
    }

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        for (row, column, name) in [
            (1, 0, "A1"),
            (7, 1, "B7"),
            (1, 25, "Z1"),
            (1, 26, "AA1"),
            (10, 701, "ZZ10"),
            (1_048_576, 16_383, "XFD1048576"),
        ] {
            assert_eq!(cell_name(row, column), name);
            assert_eq!(place(name), Some((column, row)));
        }
        for name in ["", "A", "1", "a1", "AAAA1", "A12345678", "Ä1", "A1B", "$A$1", "A-1"] {
            assert_eq!(place(name), None, "{name}");
        }
    }
}
