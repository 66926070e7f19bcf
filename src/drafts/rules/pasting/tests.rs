//! Lists as people paste them, and lines that may mean two things.

use super::*;
use proptest::prelude::*;

fn lines(text: &str) -> Vec<(String, String, String)> {
    let table = Table::read(text);
    let Guess {
        columns, has_header, ..
    } = table.guess();
    let lines = table.lines(columns, has_header);
    lines
        .into_iter()
        .map(|line| (line.key, line.quantity, line.unit))
        .collect()
}

#[test]
fn lists_are_read_however_they_are_written() {
    let check = |text: &str, expected: &[(&str, &str, &str)]| {
        let found = lines(text);
        let found: Vec<_> = found
            .iter()
            .map(|(k, q, u)| (k.as_str(), q.as_str(), u.as_str()))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    };
    check(
        "NW-1\t16\tXCT\nNW-2\t4\tXCT",
        &[("NW-1", "16", "XCT"), ("NW-2", "4", "XCT")],
    );
    check("NW-1;16\r\nNW-2;4\r\n", &[("NW-1", "16", ""), ("NW-2", "4", "")]);
    check(
        "\u{feff}NW-1,16,XCT\nNW-2,4,XCT",
        &[("NW-1", "16", "XCT"), ("NW-2", "4", "XCT")],
    );
    check(
        "NW-1 16\n\n  NW-2   4 XCT  ",
        &[("NW-1", "16", ""), ("NW-2", "4", "XCT")],
    );
    check("NW-1 1,5\nNW-2 2,5", &[("NW-1", "1,5", ""), ("NW-2", "2,5", "")]);
    check(
        "NW-1 16pcs\nWood screw zinc 4 cartons",
        &[("NW-1", "16", "pcs"), ("Wood screw zinc", "4", "cartons")],
    );
    check(
        "16x NW-1\n16 x NW-2\nNW-3 x16",
        &[("NW-1", "16", ""), ("NW-2", "16", ""), ("NW-3", "x16", "")],
    );
    check(
        "NW-1 x 16\nHB-0840 M8 x 40\nM8 x40\n4 x 40 screws\n4x 40 mm screws",
        &[
            ("NW-1 x 16", "", ""),
            ("HB-0840 M8 x 40", "", ""),
            ("M8 x40", "", ""),
            ("4 x 40 screws", "", ""),
            ("4x 40 mm screws", "", ""),
        ],
    );
    check(
        "HB-0840 M8x 40\nHB-0840 M8 * 40\nHB-0840 M8 / 40\nHB-0840 4× 40\nBOX 16\n16 * NW-2",
        &[
            ("HB-0840 M8x 40", "", ""),
            ("HB-0840 M8 * 40", "", ""),
            ("HB-0840 M8 / 40", "", ""),
            ("HB-0840 4× 40", "", ""),
            ("BOX", "16", ""),
            ("NW-2", "16", ""),
        ],
    );
    check(
        "HB 0840\nHB 00 pcs\nHB 0\nHB 0,5\nHB 840",
        &[
            ("HB 0840", "", ""),
            ("HB 00 pcs", "", ""),
            ("HB", "0", ""),
            ("HB", "0,5", ""),
            ("HB", "840", ""),
        ],
    );
    check(
        "NW-1 5\u{a0}500 pcs\nNW-1 5 500 pcs\nNW-1 5 500\nNW-1 5500 pcs",
        &[
            ("NW-1", "5\u{a0}500", "pcs"),
            ("NW-1 5 500 pcs", "", ""),
            ("NW-1 5 500", "", ""),
            ("NW-1", "5500", "pcs"),
        ],
    );
    check("NW-1\nNW-2", &[("NW-1", "", ""), ("NW-2", "", "")]);
    check("Part number;Qty\nNW-1;16", &[("NW-1", "16", "")]);
    check("\u{feff}sep=;\r\nPart number;Qty\r\nNW-1;16", &[("NW-1", "16", "")]);
    check(
        "\"NW;1\";16\n\"say \"\"x\"\"\";4",
        &[("NW;1", "16", ""), ("say \"x\"", "4", "")],
    );
    check("NW-1;3\" pipe;16\nNW-2;4;5", &[("NW-1", "16", ""), ("NW-2", "5", "")]);
    check("4006381333931 24", &[("4006381333931", "24", "")]);
    check(
        "NW-1;16 St.;\nNW-2;1.000;",
        &[("NW-1", "16", "St."), ("NW-2", "1.000", "")],
    );
    check("wood screw", &[("wood screw", "", "")]);
    check("", &[]);
}

#[test]
fn a_number_in_groups_has_its_readings() {
    let check = |key: &str, expected: &[(&str, &str, &str)]| {
        let line = TypedLine {
            key: key.to_owned(),
            ..TypedLine::default()
        };
        let found = readings(&line);
        let found: Vec<_> = found
            .iter()
            .map(|line| (line.key.as_str(), line.quantity.as_str(), line.unit.as_str()))
            .collect();
        assert_eq!(found, expected, "{key}");
    };
    check("NW-1 5 500 pcs", &[("NW-1 5", "500", "pcs"), ("NW-1", "5 500", "pcs")]);
    check("NW-1 5 500pcs", &[("NW-1 5", "500", "pcs"), ("NW-1", "5 500", "pcs")]);
    check(
        "NW-1 1 250 500",
        &[
            ("NW-1 1 250", "500", ""),
            ("NW-1 1", "250 500", ""),
            ("NW-1", "1 250 500", ""),
        ],
    );
    check("HB-0840 M8 x 40", &[]);
    check("5 500", &[]);
    check("NW-1 16", &[]);
    check("NW-1 5 500 or so", &[]);
    check("", &[]);
}

#[test]
fn a_key_and_a_quantity_may_be_one_number() {
    let check = |key: &str, quantity: &str, unit: &str, expected: Option<&str>| {
        let line = TypedLine {
            key: key.to_owned(),
            quantity: quantity.to_owned(),
            unit: unit.to_owned(),
            ..TypedLine::default()
        };
        let found = joined(&line).map(|line| (line.key, line.quantity));
        assert_eq!(
            found,
            expected.map(|key| (key.to_owned(), String::new())),
            "{key} {quantity}"
        );
    };
    check("P", "200", "", Some("P 200"));
    check("P", "200", "pcs", None);
    check("P", "2,5", "", None);
    check("P", "", "", None);
    check("", "200", "", None);
    assert!(Table::read("P 200\nP 300").is_by_blanks);
    assert!(!Table::read("P\t200").is_by_blanks);
}

#[test]
fn a_cell_of_several_lines_is_one_cell_if_its_quotes_pair() {
    let table = Table::read("NW-1;16;\"first\nsecond\"\nNW-2;4;x");
    assert_eq!(table.rows.len(), 2);
    let table = Table::read("NW-1;16;\"first\nNW-2;4;x");
    assert_eq!(table.rows.len(), 2);
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn nothing_that_was_pasted_is_lost(text in "([a-z0-9 ]{0,6}[\\t;, \"\\n\\rx.]){0,30}") {
        let table = Table::read(&text);
        let mut found: Vec<char> = table.rows.iter().flatten().flat_map(|cell| letters(cell).chars().collect::<Vec<_>>()).collect();
        let mut wanted: Vec<char> = letters(&text).chars().collect();
        found.sort_unstable();
        wanted.sort_unstable();
        // The `x` of `16 x NW-1` is the only thing that goes.
        let without_x = |chars: Vec<char>| chars.into_iter().filter(|c| *c != 'x').collect::<Vec<_>>();
        prop_assert_eq!(without_x(found), without_x(wanted));
    }

    #[test]
    fn each_line_is_a_row(rows in proptest::collection::vec("[A-Z]{2}-[0-9]{3}[;\t ][0-9]{1,3}", 1..40)) {
        let table = Table::read(&rows.join("\n"));
        prop_assert_eq!(table.rows.len(), rows.len());
    }

    #[test]
    fn reading_never_panics(text in "\\PC{0,200}") {
        let table = Table::read(&text);
        let Guess { columns, has_header, .. } = table.guess();
        prop_assert_eq!(table.lines(columns, has_header).len() + usize::from(has_header), table.rows.len());
    }
}
