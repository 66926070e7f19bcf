//! Headers, rows and cells of import files: read, told, and within their limits.

use super::*;

const LAYOUT: Layout = Layout {
    file: "things.csv",
    required: &["code", "name"],
    optional: &["days"],
    decimals: &[],
};

/// The good rows as `code|name|days` and the faults as `row column code`.
fn read(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let mut sheet = Sheet::open(&LAYOUT, bytes.to_vec(), None, &Progress::hidden());
    let rows = sheet.rows(|cells| {
        let (code, name, days) = (
            cells.code("code", 5),
            cells.text("name", 20),
            cells.integer_or("days", 0..=9, 7),
        );
        Some(format!("{}|{}|{}", code?, name?, days?))
    });
    let faults = sheet.into_faults();
    let shown = faults
        .iter()
        .map(|f| format!("{} {} {}", f.row, f.column, f.code.name()));
    (rows, shown.collect())
}

fn check(bytes: &[u8], rows: &[&str], faults: &[&str]) {
    let found = read(bytes);
    let text = String::from_utf8_lossy(bytes);
    assert_eq!(found.0, rows, "{text}");
    assert_eq!(found.1, faults, "{text}");
}

#[test]
fn rows_are_read_by_the_names_of_their_columns() {
    check(b"code,name\nA,Nail\n", &["A|Nail|7"], &[]);
    check(b"days,name,code\r\n3,Nail,A\r\n,Bolt,B", &["A|Nail|3", "B|Bolt|7"], &[]);
    check(b"\xEF\xBB\xBFcode,name\nA,Nail", &["A|Nail|7"], &[]);
    check(b"code,name\n", &[], &[]);
}

#[test]
fn a_file_is_read_as_spreadsheets_save_it() {
    check(b"code;name\r\nA;\"x; y\"\r\nB;1,5\r\n", &["A|x; y|7", "B|1,5|7"], &[]);
    check(b"code\tname\nA\tNail, long\n", &["A|Nail, long|7"], &[]);
    check(
        b"code;name;;\nA;Nail;;\nB;Bolt; ;\n;;;\n ; ;;\n",
        &["A|Nail|7", "B|Bolt|7"],
        &[],
    );
    check(b"code,name,,\n,,,\nA,Nail,,x\nB,Bolt\n", &["B|Bolt|7"], &["3  bad_csv"]);
    check(
        "code,name\n\"=\"\"1\"\"\",a\n1E+5,b\n47.0,c\nA\u{200b},d\n".as_bytes(),
        &[],
        &[
            "2 code value_invalid",
            "3 code value_invalid",
            "4 code value_invalid",
            "5 code value_invalid",
        ],
    );
}

#[test]
fn text_is_kept_as_it_is() {
    check("code,name\nA,  Größe  1 \n".as_bytes(), &["A|  Größe  1 |7"], &[]);
    check(
        b"code,name\nA,\"a, \"\"b\"\"\nc\"\nB,12\" pipe\n",
        &["A|a, \"b\"\nc|7", "B|12\" pipe|7"],
        &[],
    );
}

#[test]
fn a_wrong_header_is_told_completely_and_no_row_is_read() {
    check(
        b"code,colour,code\nA,red,B\n",
        &[],
        &[
            "1 colour unknown_column",
            "1 code duplicate_column",
            "1 name missing_column",
        ],
    );
    check(b"", &[], &["1 code missing_column", "1 name missing_column"]);
    check(b"code,name,\xff\nA,B,C\n", &[], &["1  invalid_utf8"]);
    check(
        b"Code,name\nA,B\n",
        &[],
        &["1 Code unknown_column", "1 code missing_column"],
    );
}

#[test]
fn every_bad_row_is_told_with_the_line_an_editor_shows() {
    check(b"code,name\nA\nB,b,b\nC,c\n", &["C|c|7"], &["2  bad_csv", "3  bad_csv"]);
    check(
        b"code,name\r\n\r\nA,\"x\r\ny\"\r\n,n\r\nB,\xff\r\n",
        &["A|x\r\ny|7"],
        &["5 code required", "6 name invalid_utf8"],
    );
    check(b"code,name\nA,a\0b\n", &[], &["2 name value_invalid"]);
    check(
        b"code,name\nTOOLONG,\n A,a\n",
        &[],
        &["2 code value_too_long", "2 name required", "3 code value_invalid"],
    );
    check(
        b"code,name,days\nA,a,ten\nB,b,10\nC,c,1.5\nD,d,+1\n",
        &[],
        &[
            "2 days bad_number",
            "3 days bad_number",
            "4 days bad_number",
            "5 days bad_number",
        ],
    );
}

#[test]
fn headers_rows_and_faults_have_limits() {
    let wide = format!("code,name{}\nA,a\n", ",x".repeat(5_000_000));
    assert_eq!(read(wide.as_bytes()), (vec![], vec!["1  payload_too_large".to_owned()]));
    let row = format!("code,name\nA{}\nB,b\n", ",x".repeat(1_000_000));
    assert_eq!(
        read(row.as_bytes()),
        (vec!["B|b|7".to_owned()], vec!["2  bad_csv".to_owned()])
    );
    let bad = format!("code,name\nA,a\n{}", "x\n".repeat(FAULTS_MAX + 1));
    let (rows, faults) = read(bad.as_bytes());
    assert_eq!((rows.len(), faults.len()), (0, FAULTS_MAX + 1));
    assert!(faults.iter().any(|fault| fault.ends_with("payload_too_large")));
    let long = format!("code,name\n{},a\n", "x".repeat(1_000_000));
    let mut sheet = Sheet::open(&LAYOUT, long.into_bytes(), None, &Progress::hidden());
    sheet.rows(|cells| cells.code("code", 5).map(drop));
    assert!(sheet.into_faults()[0].value.len() < 5_000);
}

#[test]
fn mutilated_files_are_read_or_told() {
    use crate::workbooks::tests::{Numbers, rounds};
    let sound = b"code,name,days\nA,\"a, \"\"b\"\"\nc\",1\r\nB,b,\n";
    let pieces: [&[u8]; 5] = [b"\"", b",,,", b"\r\n", b"\xFF", b"\0"];
    let mut numbers = Numbers(3);
    for _ in 0..rounds(5_000) {
        let mut bytes = sound.to_vec();
        numbers.mutate(&mut bytes, &pieces);
        read(&bytes);
    }
}

#[test]
fn quotes_that_do_not_close_swallow_nothing_silently() {
    check(b"code,name\nA,\"open\nB,b\nC,c\n", &[], &["2  bad_csv"]);
    check(b"code,name\nA,\"closed\" open\nB,b\n", &["B|b|7"], &["2  bad_csv"]);
}

#[test]
fn a_header_of_millions_of_columns_is_refused_by_the_limit() {
    for sign in [",", ";", "\t"] {
        let wide = format!("code{sign}name{}\nA{sign}Nail\n", sign.repeat(5_000_000));
        let (rows, faults) = read(wide.as_bytes());
        assert_eq!(
            (rows.len(), faults),
            (0, vec!["1  payload_too_large".to_owned()]),
            "{sign}"
        );
    }
    // Empty columns behind the last one, as many as a spreadsheet has.
    let empty = format!("code,name{}\nA,Nail\n", ",".repeat(16_382));
    check(empty.as_bytes(), &["A|Nail|7"], &[]);
    let named = format!("code,name{}\nA,Nail\n", ",x".repeat(99));
    check(named.as_bytes(), &[], &["1  payload_too_large"]);
}
