//! Sound workbooks are read as people see them; unsound, hostile and mutilated ones are refused, and nothing more.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use super::*;

const LIMITS: Limits = Limits {
    rows: 5_001,
    columns: 100,
};
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An archive of these parts.
pub fn archive(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive
            .start_file(name.as_str(), zip::write::SimpleFileOptions::default())
            .expect("begun");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

/// The parts of a workbook with sheets of these names, states and rows, and what else stands in its strings, styles and
/// settings.
pub fn parts(sheets: &[(&str, &str, &str)], strings: &str, styles: &str, settings: &str) -> Vec<(String, String)> {
    let (mut listed, mut related, mut parts) = (String::new(), String::new(), Vec::new());
    for (number, (name, state, rows)) in sheets.iter().enumerate() {
        let number = number + 1;
        write!(
            listed,
            r#"<sheet name="{name}" sheetId="{number}" state="{state}" r:id="rId{number}"/>"#
        )
        .expect("text");
        write!(
            related,
            r#"<Relationship Id="rId{number}" Type="{KINDS}/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        )
        .expect("text");
        let text = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#);
        parts.push((format!("xl/worksheets/sheet{number}.xml"), text));
    }
    for (kind, name, text) in [("sharedStrings", "sst", strings), ("styles", "styleSheet", styles)] {
        write!(
            related,
            r#"<Relationship Id="{kind}" Type="{KINDS}/{kind}" Target="/xl/{kind}.xml"/>"#
        )
        .expect("text");
        parts.push((
            format!("xl/{kind}.xml"),
            format!(r#"<{name} xmlns="{MAIN}">{text}</{name}>"#),
        ));
    }
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let whole =
        |inside: &str| format!(r#"<?xml version="1.0"?><Relationships xmlns="{package}">{inside}</Relationships>"#);
    let document = format!(r#"<Relationship Id="rId1" Type="{KINDS}/officeDocument" Target="xl/workbook.xml"/>"#);
    parts.push(("_rels/.rels".to_owned(), whole(&document)));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), whole(&related)));
    let workbook =
        format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{KINDS}">{settings}<sheets>{listed}</sheets></workbook>"#);
    parts.push(("xl/workbook.xml".to_owned(), workbook));
    parts
}

/// A workbook of one sheet with these rows.
pub fn workbook(rows: &str) -> Vec<u8> {
    archive(&parts(&[("List", "visible", rows)], "", "", ""))
}

/// `<c>` with a text in it.
pub fn cell(name: &str, text: &str) -> String {
    format!(r#"<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// The texts of the rows, as `A1=text` each.
fn shown(sheet: &Sheet) -> Vec<String> {
    let cells = sheet.rows.iter().flat_map(|row| &row.cells);
    cells
        .map(|cell| format!("{}={}", cell.name, cell.value.text()))
        .collect()
}

fn fault(bytes: &[u8]) -> Fault {
    read(bytes, None, LIMITS).expect_err("refused")
}

#[test]
fn cells_are_read_as_they_are_shown() {
    let styles = r#"<numFmts><numFmt numFmtId="164" formatCode="000000"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/></cellXfs>"#;
    let rows = r#"<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>4711</v></c><c r="C2" s="2"><v>46307</v></c><c r="D2" s="3"><v>46307.25</v></c></row>
        <row><c t="b"><v>1</v></c><c/><c t="e"><v>#N/A</v></c><c t="str"><v>x &amp; y</v></c><c><v>4.0063813339310000E+12</v></c><c s="1"><v>1.5</v></c></row>
        <row r="9" hidden="1"><c r="B9" t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r></is></c></row>"#;
    let strings = "<si><t>no</t></si><si><t xml:space=\"preserve\"> a_x000D_b</t></si>";
    let book = archive(&parts(&[("List", "visible", rows)], strings, styles, ""));
    let sheet = read(&book, None, LIMITS).expect("read");
    assert_eq!(
        shown(&sheet),
        [
            "A2= a\rb",
            "B2=004711",
            "C2=2026-10-12",
            "D2=2026-10-12 06:00",
            "A3=TRUE",
            "C3=#N/A",
            "D3=x & y",
            "E3=4006381333931",
            "F3=1.5",
            "B9=rich"
        ]
    );
    assert_eq!(sheet.hidden_rows(), 1);
    assert!(matches!(sheet.rows[0].cells[2].value, Value::Moment(_)));
    assert!(matches!(sheet.rows[0].cells[1].value, Value::Text(_)));
    let since_1904 = parts(
        &[("List", "visible", rows)],
        strings,
        styles,
        "<workbookPr date1904=\"1\"/>",
    );
    let sheet = read(&archive(&since_1904), None, LIMITS).expect("read");
    assert!(
        shown(&sheet).contains(&"C2=2030-10-13".to_owned()),
        "{:?}",
        shown(&sheet)
    );
}

#[test]
fn the_visible_sheet_is_read_or_the_one_that_is_named() {
    let row = |text: &str| format!(r#"<row r="1">{}</row>"#, cell("A1", text));
    let (old, first, second) = (row("old"), row("first"), row("second"));
    let sheets = [
        ("Old", "hidden", old.as_str()),
        ("List", "visible", &first),
        ("More", "visible", &second),
    ];
    let book = archive(&parts(&sheets, "", "", ""));
    let read = |wanted| read(&book, wanted, LIMITS);
    let sheet = read(None).expect("read");
    assert_eq!(
        (shown(&sheet), sheet.others),
        (vec!["A1=first".to_owned()], vec!["More".to_owned()])
    );
    assert_eq!(shown(&read(Some(" more ")).expect("read")), ["A1=second"]);
    let names = vec!["List".to_owned(), "More".to_owned()];
    assert_eq!(read(Some("Old")), Err(Fault::UnknownSheet(names)));
    let hidden = archive(&parts(&[("Old", "veryHidden", &old)], "", "", ""));
    assert_eq!(fault(&hidden), Fault::NoSheet);
}

#[test]
fn numbers_in_a_file_are_no_sizes() {
    let row = format!(r#"<row r="1">{}</row>"#, cell("A1", "x"));
    let one = [("List", "visible", row.as_str())];
    let mut book = parts(&one, "<si><t>a</t></si>", "", "");
    for (_, text) in &mut book {
        *text = text.replace("<sst ", "<sst count=\"4294967295\" uniqueCount=\"4294967295\" ");
        *text = text.replace(
            "<sheetData>",
            "<dimension ref=\"A1:XFD1048576\"/><cols><col min=\"1\" max=\"4294967295\"/></cols><sheetData>",
        );
        *text = text.replace("<styleSheet ", "<styleSheet count=\"18446744073709551615\" ");
    }
    assert_eq!(shown(&read(&archive(&book), None, LIMITS).expect("read")), ["A1=x"]);
    let formula = r#"<row r="1"><c r="A1"><f t="shared" si="4294967295" ref="A1:XFD1048576">1</f><v>2</v></c></row>"#;
    assert_eq!(fault(&workbook(formula)), Fault::Formula("A1".to_owned()));
    for rows in [
        r#"<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="s"><v>-1</v></c></row>"#,
        r#"<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>"#,
        r#"<row r="0"><c r="A0"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="ZZZ1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A2"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>"#,
        r#"<row r="2"/><row r="1"/>"#,
        r#"<row r="1"><c r="A1"><v>NaN</v></c></row>"#,
        r#"<row r="1"><c r="A1"><v>1e999</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="x"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A1"><v>1</v>"#,
        r#"<row r="1"><c r="A1"><v>&wrong;</v></c></row>"#,
    ] {
        assert_eq!(fault(&workbook(rows)), Fault::Broken, "{rows}");
    }
    // A style that isn't there shows the number itself.
    let styled = workbook(r#"<row r="1"><c r="A1" s="4294967295"><v>1</v></c></row>"#);
    assert_eq!(shown(&read(&styled, None, LIMITS).expect("read")), ["A1=1"]);
}

#[test]
fn sheets_beyond_the_limits_are_refused() {
    let wide = format!(r#"<row r="1">{}</row>"#, cell("XFD1", "x"));
    assert_eq!(fault(&workbook(&wide)), Fault::TooManyColumns);
    let far = format!(r#"<row r="1048576">{}</row>"#, cell("A1048576", "x"));
    assert_eq!(
        shown(&read(&workbook(&far), None, LIMITS).expect("read")),
        ["A1048576=x"]
    );
    let long = format!(r#"<row r="1">{}</row>"#, cell("A1", &"x".repeat(CELL_BYTES_MAX + 1)));
    assert_eq!(fault(&workbook(&long)), Fault::LongCell("A1".to_owned()));
    let rows: String = (1..=LIMITS.rows + 1)
        .map(|n| format!(r#"<row r="{n}">{}</row>"#, cell(&format!("A{n}"), "x")))
        .collect();
    assert_eq!(fault(&workbook(&rows)), Fault::TooManyRows);
    let deep = format!("{}{}", "<a>".repeat(1_000), "</a>".repeat(1_000));
    assert_eq!(fault(&workbook(&deep)), Fault::Broken);
    let many: Vec<_> = (0..2_100).map(|n| (format!("{n}"), String::new())).collect();
    assert_eq!(fault(&archive(&many)), Fault::TooLarge);
    let packed = workbook(&" ".repeat(9 * 1024 * 1024));
    assert!(packed.len() < 20_000);
    assert_eq!(fault(&packed), Fault::TooLarge);
    let strings = "<si/>".repeat(500_001);
    assert_eq!(
        fault(&archive(&parts(&[("A", "visible", "")], &strings, "", ""))),
        Fault::TooLarge
    );
}

#[test]
fn what_is_no_workbook_is_refused() {
    let entities = r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>"#;
    let mut book = parts(&[("List", "visible", "")], "", "", "");
    for (_, text) in &mut book {
        text.insert_str(0, entities);
    }
    assert_eq!(fault(&archive(&book)), Fault::Broken);
    assert_eq!(fault(b"PK\x03\x04 nothing"), Fault::Broken);
    assert_eq!(
        fault(&archive(&[("word/document.xml".to_owned(), "<w/>".to_owned())])),
        Fault::Broken
    );
    let names = parts(&[("List", "visible", "")], "", "", "");
    for gone in [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/_rels/workbook.xml.rels",
    ] {
        let rest: Vec<_> = names.iter().filter(|(name, _)| name != gone).cloned().collect();
        assert!(read(&archive(&rest), None, LIMITS).is_err(), "{gone}");
    }
    let packed = workbook("");
    for end in (0..packed.len()).step_by(7) {
        assert!(read(&packed[..end], None, LIMITS).is_err(), "{end}");
    }
}

/// How often a test of mutilated input runs: `usual`, or as many times that as `PORTAL_MUTATIONS` says.
#[allow(clippy::disallowed_methods, reason = "no setting of the program")]
pub fn rounds(usual: usize) -> usize {
    let times = std::env::var("PORTAL_MUTATIONS")
        .ok()
        .map(|times| times.parse().expect("a number"));
    usual * times.unwrap_or(1)
}

/// A small generator of numbers: the same ones each time.
pub struct Numbers(pub u64);

impl Numbers {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end.max(1)
    }

    /// Changes a few places of `bytes`: other values, cuts, repetitions, and pieces out of `pieces`.
    pub fn mutate(&mut self, bytes: &mut Vec<u8>, pieces: &[&[u8]]) {
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(5) {
                0 => bytes
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|byte| *byte = byte.wrapping_add(97)),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let copy = bytes[at..end].to_vec();
                    bytes.splice(at..at, copy);
                }
                3 => {
                    let digits = bytes
                        .iter()
                        .enumerate()
                        .skip(at)
                        .find(|(_, byte)| byte.is_ascii_digit());
                    let from = digits.map_or(at, |(place, _)| place);
                    let length = bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                    let huge: [&[u8]; 6] = [
                        b"4294967295",
                        b"18446744073709551615",
                        b"-1",
                        b"0",
                        b"1e308",
                        b"99999999999999999999999",
                    ];
                    let number = huge[self.below(huge.len())].to_vec();
                    bytes.splice(from..from + length, number);
                }
                _ => {
                    let piece = pieces[self.below(pieces.len())].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
    }
}

#[test]
fn mutilated_workbooks_are_read_or_refused() {
    let styles = r#"<numFmts count="1"><numFmt numFmtId="164" formatCode="000000"/></numFmts><cellXfs count="2"><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs>"#;
    let rows = r#"<row r="1" spans="1:3" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="0"><v>4711</v></c><c r="C1" s="1"><v>46307</v></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><t>NW-1</t></is></c><c r="B2"><v>16</v></c></row>"#;
    let sound = parts(
        &[("List", "visible", rows), ("Old", "hidden", rows)],
        "<si><t>NW-2</t></si>",
        styles,
        "",
    );
    let pieces: [&[u8]; 10] = [
        b"<row r=\"1048576\">",
        b"<c r=\"XFD1048576\"><v>1</v></c>",
        b"<f t=\"shared\" si=\"4294967295\" ref=\"A1:XFD1048576\"/>",
        b"</c></row></sheetData>",
        b"<!DOCTYPE x>",
        b"<![CDATA[",
        b"&#x10FFFF;",
        b"_xFFFF_",
        b"formatCode=\"\\\"",
        b"\xFF\xFE\0",
    ];
    let mut numbers = Numbers(11);
    let (mut good, mut bad) = (0, 0);
    for _ in 0..rounds(1_500) {
        let mut mutilated = sound.clone();
        let chosen = numbers.below(mutilated.len());
        let mut text = std::mem::take(&mut mutilated[chosen].1).into_bytes();
        numbers.mutate(&mut text, &pieces);
        mutilated[chosen].1 = String::from_utf8_lossy(&text).into_owned();
        let mut bytes = archive(&mutilated);
        // Now and then the archive itself.
        if numbers.below(3) == 0 {
            numbers.mutate(&mut bytes, &pieces);
        }
        match read(&bytes, None, LIMITS) {
            Ok(sheet) => {
                good += 1;
                assert!(sheet.rows.len() <= LIMITS.rows);
            }
            Err(_) => bad += 1,
        }
    }
    assert!(good > 50 && bad > 50, "{good} {bad}");
}
