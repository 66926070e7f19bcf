//! Workbooks whose parts are mutated and packed again: bytes of a whole archive rarely keep their sums. An input is the rows
//! of a sheet, shared strings, formats, settings and a second sheet, parted by a record separator.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use portal::drafts::spreadsheets;
use portal::workbooks::{self, Limits};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

fn part(data: &[u8], place: usize) -> &[u8] {
    data.split(|byte| *byte == 0x1e).nth(place).unwrap_or_default()
}

fn within(before: &str, inside: &[u8], after: &str) -> Vec<u8> {
    [before.as_bytes(), inside, after.as_bytes()].concat()
}

fn workbook(data: &[u8]) -> Option<Vec<u8>> {
    let sheet = |place| {
        let (before, after) = (format!(r#"<worksheet xmlns="{MAIN}"><sheetData>"#), "</sheetData></worksheet>");
        within(&before, part(data, place), after)
    };
    let related = |all: &str| format!(r#"<Relationships xmlns="{PACKAGE}">{all}</Relationships>"#).into_bytes();
    let to = |id: &str, kind: &str, path: &str| {
        format!(r#"<Relationship Id="{id}" Type="{KINDS}/{kind}" Target="{path}"/>"#)
    };
    let sheets = r#"<sheets><sheet name="A" sheetId="1" r:id="r1"/><sheet name="B" sheetId="2" r:id="r2"/></sheets>"#;
    let parts = [
        ("_rels/.rels", related(&to("d", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/_rels/workbook.xml.rels",
            related(
                &[
                    to("r1", "worksheet", "worksheets/a.xml"),
                    to("r2", "worksheet", "worksheets/b.xml"),
                    to("s", "sharedStrings", "s.xml"),
                    to("f", "styles", "f.xml"),
                ]
                .concat(),
            ),
        ),
        (
            "xl/workbook.xml",
            within(
                &format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{KINDS}">"#),
                part(data, 3),
                &format!("{sheets}</workbook>"),
            ),
        ),
        ("xl/worksheets/a.xml", sheet(0)),
        ("xl/worksheets/b.xml", sheet(4)),
        ("xl/s.xml", within(&format!(r#"<sst xmlns="{MAIN}" "#), part(data, 1), "</sst>")),
        (
            "xl/f.xml",
            within(&format!(r#"<styleSheet xmlns="{MAIN}">"#), part(data, 2), "</styleSheet>"),
        ),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        archive.start_file(name, stored).ok()?;
        archive.write_all(&bytes).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

fuzz_target!(|data: &[u8]| {
    let Some(bytes) = workbook(data) else { return };
    if let Ok(uploaded) = spreadsheets::read(&bytes, None)
        && let Ok((uploaded, guess)) = uploaded.settled()
    {
        assert!(uploaded.table.rows.len() <= 5_001, "no more rows than a draft has lines");
        uploaded.table.lines(guess.columns, guess.has_header);
    }
    let limits = Limits { rows: 100, columns: 20 };
    let _ = workbooks::read(&bytes, Some("B"), limits);
});
