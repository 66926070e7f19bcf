//! An uploaded file as a table: CSV in whatever encoding spreadsheets write, or the first sheet of an XLSX workbook.
//!
//! What is packed is unpacked once with a bound before anything reads it, and cells are read one by one: neither a file
//! that unpacks to gigabytes nor one that claims a million columns costs memory.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};

use super::rules::LINES_MAX;
use super::rules::pasting::Table;

/// Largest file, in bytes.
pub const BYTES_MAX: usize = 5 * 1024 * 1024;
/// Most that a workbook may unpack to, in bytes.
const UNPACKED_MAX: u64 = 100 * 1024 * 1024;
/// Most columns of a sheet.
const COLUMNS_MAX: u32 = 100;
/// Longest text of a cell, in bytes.
const CELL_MAX: usize = 4_000;

/// Why a file can't be read as a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    /// Nothing is in it.
    Empty,
    /// More than [`BYTES_MAX`], or it unpacks to too much.
    TooLarge,
    /// A workbook of Excel before 2007, or of another program.
    OldWorkbook,
    /// It says it is a workbook and isn't, or is no text.
    Broken,
    /// A cell has a formula: what it shows is not what it holds.
    Formula(String),
    /// A cell has a text beyond all bounds.
    LongCell(String),
    /// More rows than a draft has lines.
    TooManyRows,
    /// More columns than a list has.
    TooManyColumns,
}

/// Reads a file by what it is, whatever it is called.
pub fn read(bytes: &[u8]) -> Result<Table, FileFault> {
    if bytes.len() > BYTES_MAX {
        return Err(FileFault::TooLarge);
    }
    let table = match bytes {
        [b'P', b'K', 3, 4, ..] => workbook(bytes)?,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(FileFault::OldWorkbook),
        text => Table::read(&decode(text)?),
    };
    // One more than lines: the first row may name the columns.
    if table.rows.len() > LINES_MAX + 1 {
        return Err(FileFault::TooManyRows);
    }
    if table.width() > usize::try_from(COLUMNS_MAX).unwrap_or(usize::MAX) {
        return Err(FileFault::TooManyColumns);
    }
    if table.rows.is_empty() {
        return Err(FileFault::Empty);
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

/// Unpacks every part of the workbook without keeping it, so that what follows can trust the sizes.
fn check_unpacked(bytes: &[u8]) -> Result<(), FileFault> {
    let broken = |_| FileFault::Broken;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = UNPACKED_MAX;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(broken)?;
        let unpacked = std::io::copy(&mut part.take(left), &mut std::io::sink())
            .ok()
            .ok_or(FileFault::Broken)?;
        left -= unpacked;
        if left == 0 {
            return Err(FileFault::TooLarge);
        }
    }
    Ok(())
}

fn workbook(bytes: &[u8]) -> Result<Table, FileFault> {
    check_unpacked(bytes)?;
    let opened: Result<Xlsx<_>, calamine::XlsxError> = calamine::open_workbook_from_rs(Cursor::new(bytes));
    let mut workbook = opened.ok().ok_or(FileFault::Broken)?;
    let sheet = workbook.sheet_names().into_iter().next().ok_or(FileFault::Empty)?;
    let mut cells = workbook.worksheet_cells_reader(&sheet).ok().ok_or(FileFault::Broken)?;
    let (mut rows, mut row_number) = (Vec::<Vec<String>>::new(), None);
    while let Some(cell) = cells.next_cell_with_formula().ok().ok_or(FileFault::Broken)? {
        let (row, column) = cell.pos;
        if cell.formula.is_some() {
            return Err(FileFault::Formula(cell_name(row, column)));
        }
        let text = text_of(&cell.value);
        if text.trim().is_empty() {
            continue;
        }
        if text.len() > CELL_MAX {
            return Err(FileFault::LongCell(cell_name(row, column)));
        }
        if column >= COLUMNS_MAX {
            return Err(FileFault::TooManyColumns);
        }
        if row_number != Some(row) {
            row_number = Some(row);
            rows.push(Vec::new());
            if rows.len() > LINES_MAX + 1 {
                return Err(FileFault::TooManyRows);
            }
        }
        if let Some(row) = rows.last_mut() {
            let place = usize::try_from(column).unwrap_or(usize::MAX);
            if row.len() <= place {
                row.resize(place + 1, String::new());
            }
            if let Some(cell) = row.get_mut(place) {
                *cell = text;
            }
        }
    }
    Ok(Table::new(without_empty_columns(rows)))
}

/// Lists often begin in the second column; nobody wants to be asked about an empty one.
fn without_empty_columns(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let is_empty = |row: &Vec<String>| row.first().is_none_or(|cell| cell.trim().is_empty());
    while !rows.is_empty() && rows.iter().all(is_empty) && rows.iter().any(|row| row.len() > 1) {
        for row in &mut rows {
            if !row.is_empty() {
                row.remove(0);
            }
        }
    }
    rows
}

/// What a cell shows where nothing formats it. Spreadsheets keep every number as a double; the shortest text that reads
/// back as the same double is the number that was typed.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(moment) => moment.to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
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
    format!("{letters}{}", u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        for (row, column, expected) in [
            (0, 0, "A1"),
            (6, 1, "B7"),
            (0, 25, "Z1"),
            (0, 26, "AA1"),
            (9, 701, "ZZ10"),
        ] {
            assert_eq!(cell_name(row, column), expected);
        }
    }

    #[test]
    fn text_is_read_in_the_encodings_spreadsheets_write() {
        let expected = vec![vec!["Dübel".to_owned(), "4".to_owned()]];
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("Dübel;4".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for bytes in [
            "Dübel;4".as_bytes(),
            "\u{feff}Dübel;4\r\n".as_bytes(),
            b"D\xFCbel;4",
            utf16.as_slice(),
        ] {
            assert_eq!(read(bytes).map(|table| table.rows), Ok(expected.clone()));
        }
    }

    /// A workbook whose first sheet has this content.
    fn workbook_of(sheet_data: &str) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let parts = [
            (
                "_rels/.rels",
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned(),
            ),
            (
                "[Content_Types].xml",
                r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.to_owned(),
            ),
            (
                "xl/workbook.xml",
                r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>"#.to_owned(),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#.to_owned(),
            ),
            (
                "xl/worksheets/sheet1.xml",
                format!(
                    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet_data}</sheetData></worksheet>"#
                ),
            ),
        ];
        for (name, text) in parts {
            archive
                .start_file(name, zip::write::SimpleFileOptions::default())
                .unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn cell(name: &str, text: &str) -> String {
        format!(r#"<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>"#)
    }

    #[test]
    fn the_first_sheet_of_a_workbook_is_a_table() {
        let row = format!(
            r#"<row r="3">{}<c r="C3"><v>16</v></c></row><row r="5">{}<c r="C5"><v>2.5</v></c></row>"#,
            cell("B3", "NW-1"),
            r#"<c r="B5"><v>4006381333931</v></c>"#
        );
        let table = read(&workbook_of(&row)).unwrap();
        assert_eq!(table.rows, [["NW-1", "16"], ["4006381333931", "2.5"]]);
    }

    #[test]
    fn formulas_and_wild_sheets_are_refused() {
        let formula = r#"<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>"#;
        assert_eq!(read(&workbook_of(formula)), Err(FileFault::Formula("A1".to_owned())));
        let wide = format!(r#"<row r="1">{}</row>"#, cell("XFD1", "x"));
        assert_eq!(read(&workbook_of(&wide)), Err(FileFault::TooManyColumns));
        let far = format!(r#"<row r="1048576">{}</row>"#, cell("A1048576", "x"));
        assert_eq!(read(&workbook_of(&far)).map(|table| table.rows.len()), Ok(1));
        let long = format!(r#"<row r="1">{}</row>"#, cell("A1", &"x".repeat(CELL_MAX + 1)));
        assert_eq!(read(&workbook_of(&long)), Err(FileFault::LongCell("A1".to_owned())));
        let rows: Vec<_> = (1..=LINES_MAX + 2)
            .map(|n| format!(r#"<row r="{n}">{}</row>"#, cell(&format!("A{n}"), "x")))
            .collect();
        assert_eq!(read(&workbook_of(&rows.concat())), Err(FileFault::TooManyRows));
        assert_eq!(read(b"PK\x03\x04 nothing"), Err(FileFault::Broken));
        assert_eq!(read(b"\xD0\xCF\x11\xE0rest"), Err(FileFault::OldWorkbook));
        assert_eq!(read(b" \n \n"), Err(FileFault::Empty));
        assert_eq!(read(b"a\0b"), Err(FileFault::Broken));
    }

    #[test]
    fn a_workbook_that_unpacks_to_gigabytes_is_not_read() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive
            .start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default())
            .unwrap();
        let zeros = vec![b' '; 1024 * 1024];
        for _ in 0..=UNPACKED_MAX / (1024 * 1024) {
            archive.write_all(&zeros).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < BYTES_MAX);
        assert_eq!(read(&bytes), Err(FileFault::TooLarge));
    }
}
