//! Files as spreadsheets write them, and files that only are called lists.

use super::*;
use crate::workbooks::tests::{Numbers, archive, cell, parts, rounds, workbook};

fn table(bytes: &[u8]) -> Vec<Vec<String>> {
    read(bytes, None).expect("read").table.rows
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
        assert_eq!(table(bytes), expected);
    }
}

#[test]
fn the_sheet_of_a_workbook_is_a_table() {
    let row = format!(
        r#"<row r="3">{}<c r="C3"><v>16</v></c></row><row r="5" hidden="1">{}<c r="C5"><v>2.5</v></c></row>"#,
        cell("B3", "NW-1"),
        r#"<c r="B5"><v>4006381333931</v></c>"#
    );
    let uploaded = read(&workbook(&row), None).expect("read");
    assert_eq!(uploaded.hidden_columns, 0);
    assert_eq!(uploaded.table.rows, [["NW-1", "16"], ["4006381333931", "2.5"]]);
    assert_eq!((uploaded.sheet.as_deref(), uploaded.hidden_rows), (Some("List"), 1));
}

#[test]
fn what_is_no_list_is_refused_by_what_it_is() {
    let formula = r#"<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>"#;
    for (bytes, expected) in [
        (&workbook(formula)[..], FileFault::Formula("A1".to_owned())),
        (&workbook(""), FileFault::Empty),
        (b"PK\x03\x04 nothing", FileFault::Broken),
        (b"\xD0\xCF\x11\xE0rest", FileFault::OldWorkbook),
        (b"<html><table><tr><td>NW-1", FileFault::Foreign(Foreign::Html)),
        (b"%PDF-1.7", FileFault::Foreign(Foreign::Pdf)),
        (b" \n \n", FileFault::Empty),
        (b"a\0b", FileFault::Broken),
    ] {
        assert_eq!(read(bytes, None), Err(expected), "{}", String::from_utf8_lossy(bytes));
    }
}

/// A workbook of two columns: the first with style 0, the second with style 1, which shows days.
fn with_days(rows: &str) -> Vec<u8> {
    let styles = r#"<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>"#;
    archive(&parts(&[("List", "visible", rows)], "", styles, ""))
}

#[test]
fn a_day_is_no_quantity_and_no_part_number() {
    let heading = format!(
        r#"<row r="1">{}{}</row>"#,
        cell("A1", "Part number"),
        cell("B1", "Quantity")
    );
    let settled = |rows: &str| read(&with_days(rows), None).expect("read").settled();
    let quantity = format!(
        r#"{heading}<row r="2">{}<c r="B2" s="1"><v>46307</v></c></row>"#,
        cell("A2", "NW-1")
    );
    let day = "2026-10-12".to_owned();
    assert_eq!(settled(&quantity), Err(FileFault::Moment("B2".to_owned(), day.clone())));
    let number = r#"<row r="2"><c r="A2" s="1"><v>46307</v></c><c r="B2"><v>3</v></c></row>"#;
    assert_eq!(
        settled(&format!("{heading}{number}")),
        Err(FileFault::Moment("A2".to_owned(), day.clone()))
    );
    // Without headings a single one among part numbers is a fault, a column of days is another column.
    let mixed = format!(
        r#"<row r="1">{}<c r="B1"><v>3</v></c></row>{number}"#,
        cell("A1", "NW-1")
    );
    assert_eq!(settled(&mixed), Err(FileFault::Moment("A2".to_owned(), day)));
    let column = format!(
        r#"<row r="1"><c r="A1" s="1"><v>46307</v></c>{}<c r="C1"><v>3</v></c></row>"#,
        cell("B1", "NW-1")
    );
    assert!(settled(&column).is_ok());
}

#[test]
fn a_number_that_its_format_shows_as_another_one_is_no_quantity() {
    let styles = r#"<numFmts><numFmt numFmtId="170" formatCode="0,"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="1"/><xf numFmtId="9"/><xf numFmtId="170"/><xf numFmtId="2"/></cellXfs>"#;
    let heading = format!(
        r#"<row r="1">{}{}{}</row>"#,
        cell("A1", "Part number"),
        cell("B1", "Quantity"),
        cell("C1", "Discount")
    );
    let settled = |cells: &str| {
        let rows = format!(r#"{heading}<row r="2">{}{cells}</row>"#, cell("A2", "NW-1"));
        let bytes = archive(&parts(&[("List", "visible", &rows)], "", styles, ""));
        read(&bytes, None).expect("read").settled().map(|_| ())
    };
    for (style, number, is_other) in [
        (0, "2.6", false),
        (1, "2.6", true),
        (1, "2", false),
        (2, "0.5", true),
        (3, "5000", true),
        (4, "2.6", false),
        (4, "2.625", true),
    ] {
        let expected = match is_other {
            true => Err(FileFault::OtherNumber("B2".to_owned(), number.to_owned())),
            false => Ok(()),
        };
        let found = settled(&format!(r#"<c r="B2" s="{style}"><v>{number}</v></c>"#));
        assert_eq!(found, expected, "{number} in style {style}");
    }
    // What nobody orders by may look as it likes.
    let beside = r#"<c r="B2"><v>3</v></c><c r="C2" s="2"><v>0.5</v></c>"#;
    assert_eq!(settled(beside), Ok(()));
}

#[test]
fn of_an_empty_sheet_the_others_are_named() {
    let row = format!(r#"<row r="1">{}<c r="B1"><v>3</v></c></row>"#, cell("A1", "NW-1"));
    let bytes = archive(&parts(
        &[("Cover", "visible", ""), ("List", "visible", &row)],
        "",
        "",
        "",
    ));
    assert_eq!(
        read(&bytes, None),
        Err(FileFault::EmptySheet("Cover".to_owned(), vec!["List".to_owned()]))
    );
    assert_eq!(
        read(&bytes, Some("List")).map(|uploaded| uploaded.table.rows.len()),
        Ok(1)
    );
}

#[test]
fn a_number_of_a_workbook_is_read_in_one_way() {
    let row = format!(r#"<row r="1">{}<c r="B1"><v>2.125</v></c></row>"#, cell("A1", "NW-1"));
    let (uploaded, guess) = read(&workbook(&row), None).and_then(Uploaded::settled).expect("read");
    let lines = uploaded.table.lines(guess.columns, guess.has_header);
    assert_eq!(typed::quantity(&lines[0].quantity), Typed::Value("2.125".to_owned()));
}

#[test]
fn lists_have_limits_wherever_they_come_in() {
    let tabs = format!("NW-1{}x", "\t".repeat(2_000_000));
    let wide = format!("NW-1{}x", "\t".repeat(COLUMNS_MAX));
    let commas = format!("NW-1{}x", ",".repeat(COLUMNS_MAX));
    for text in [tabs.as_str(), &wide] {
        assert_eq!(of_text(text), Err(FileFault::TooManyColumns));
        assert_eq!(of_tabs(text), Err(FileFault::TooManyColumns));
    }
    assert_eq!(of_text(&commas), Err(FileFault::TooManyColumns));
    let fits = format!("NW-1{}x", "\t".repeat(COLUMNS_MAX - 1));
    assert_eq!(of_text(&fits).map(|table| table.width()), Ok(COLUMNS_MAX));
    // Empty cells at the end are none, but even those can be too many.
    assert_eq!(
        of_text(&format!("NW-1;2{}", ";".repeat(5_000))).map(|table| table.width()),
        Ok(2)
    );
    assert_eq!(
        of_text(&format!("NW-1;2{}", ";".repeat(1_500_000))),
        Err(FileFault::TooManyColumns)
    );
    assert_eq!(of_text(&"x\n".repeat(LINES_MAX + 2)), Err(FileFault::TooManyRows));
    assert_eq!(of_tabs(&"x\n".repeat(1_000_000)), Err(FileFault::TooManyRows));
}

#[test]
fn mutilated_lists_are_read_or_refused() {
    let sound: [&[u8]; 4] = [
        b"Part number;Quantity;Unit;Note\r\nNW-40012;16;carton;\"a \"\"b\"\"\nc\"\r\nNW-40020;1.000,5;;\r\n",
        b"\xEF\xBB\xBFNW-1\t16\tXCT\nNW-2\t4\t\n",
        b"\xFF\xFEN\0W\0-\x001\0\t\x001\x006\0\n\0",
        b"16 x NW-1\nNW-2 4 cartons\nD\xFCbel 1,5",
    ];
    let pieces: [&[u8]; 6] = [b"\"", b"\t\t\t\t", b";;;;", b"\r\n\r", b"\xF0\x9F\x94\xA9", b"<html>"];
    let mut numbers = Numbers(7);
    for _ in 0..rounds(5_000) {
        let mut bytes = sound[numbers.below(sound.len())].to_vec();
        numbers.mutate(&mut bytes, &pieces);
        if let Ok((uploaded, guess)) = read(&bytes, None).and_then(Uploaded::settled) {
            let lines = uploaded.table.lines(guess.columns, guess.has_header);
            assert_eq!(lines.len() + usize::from(guess.has_header), uploaded.table.rows.len());
        }
    }
}
