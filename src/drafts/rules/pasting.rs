//! A pasted list as a table: cells parted by tab, semicolon, comma or blanks, quoted or not. No line is lost: what can't be
//! told apart stays together in its line.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use super::TypedLine;
use super::columns::{Columns, Guess, guess};
use crate::typed::{quantity, split_unit};

/// The rows of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Rows of cells; a row may be short.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table of these rows; rows without anything in them are left out, and so are empty cells at their ends.
    pub fn new(rows: impl IntoIterator<Item = Vec<String>>) -> Self {
        let trimmed = |mut row: Vec<String>| {
            while row.last().is_some_and(|cell| cell.trim().is_empty()) {
                row.pop();
            }
            row
        };
        let rows = rows.into_iter().map(trimmed);
        Self {
            rows: rows.filter(|row| !row.is_empty()).collect(),
        }
    }

    /// Reads a pasted text or the text of a file.
    pub fn read(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<_> = text.split('\n').filter(|line| !line.trim().is_empty()).collect();
        match separator(&lines) {
            Some(separator) => Self::new(parted(&text, &lines, separator)),
            None => Self::new(lines.into_iter().map(by_blanks)),
        }
    }

    /// Most cells of a row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// What its columns seem to be.
    pub fn guess(&self) -> Guess {
        guess(&self.rows)
    }

    /// The rows as lines of a draft.
    pub fn lines(&self, columns: Columns, has_header: bool) -> Vec<TypedLine> {
        let cell = |row: &[String], place: Option<usize>| {
            let cell = place.and_then(|place| row.get(place));
            cell.cloned().unwrap_or_default()
        };
        let rows = self.rows.iter().skip(usize::from(has_header));
        let lines = rows.map(|row| TypedLine {
            key: cell(row, Some(columns.key)),
            quantity: cell(row, columns.quantity),
            unit: cell(row, columns.unit),
            note: cell(row, columns.note),
        });
        lines.map(TypedLine::tidied).collect()
    }
}

/// What parts the cells: the first of tab, semicolon and comma that at least half of the lines have. Commas that are
/// decimal signs part nothing.
fn separator(lines: &[&str]) -> Option<char> {
    let enough = |count: usize| count * 2 >= lines.len() && count > 0;
    let with = |sign: char| lines.iter().filter(|line| line.contains(sign)).count();
    let is_plain = |line: &&&str| {
        let cells = by_blanks(line);
        cells.get(1).is_some_and(|quantity| !quantity.is_empty()) && !cells.first().is_some_and(|key| key.contains(','))
    };
    ['\t', ';'].into_iter().find(|sign| enough(with(*sign))).or_else(|| {
        let by_comma = enough(with(',')) && lines.iter().filter(is_plain).count() * 2 < lines.len();
        by_comma.then_some(',')
    })
}

/// The cells of CSV. Where quotes don't pair they are signs like any other.
fn parted(text: &str, lines: &[&str], separator: char) -> Vec<Vec<String>> {
    let pairs = |text: &str| text.matches('"').count().is_multiple_of(2);
    let with_quotes = |text: &str| {
        let delimiter = u8::try_from(separator).unwrap_or(b'\t');
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let rows: Result<Vec<Vec<String>>, csv::Error> = reader
            .records()
            .map(|record| Ok(record?.iter().map(str::to_owned).collect()))
            .collect();
        rows.ok()
    };
    // A cell of several lines has its quotes on different ones; then they must at least open cells.
    let opens_cells = text.match_indices('"').all(|(place, _)| {
        let before = text.get(..place).and_then(|before| before.chars().next_back());
        let after = text.get(place + 1..).and_then(|after| after.chars().next());
        let bounds = |c: Option<char>| c.is_none_or(|c| c == separator || c == '\n' || c == '"');
        bounds(before) || bounds(after)
    });
    let quoted = pairs(text) && opens_cells;
    quoted.then(|| with_quotes(text)).flatten().unwrap_or_else(|| {
        let cells = |line: &&str| line.split(separator).map(str::to_owned).collect();
        lines.iter().map(cells).collect()
    })
}

/// Key, quantity and unit of a line whose parts are parted by blanks: the quantity is the last number, perhaps with a
/// unit behind it, or the first with an `x`.
fn by_blanks(line: &str) -> Vec<String> {
    let line = line.trim();
    let row = |key: &str, quantity: &str, unit: &str| {
        let mut row = vec![key.trim().to_owned()];
        if !quantity.is_empty() {
            row.push(quantity.trim().to_owned());
        }
        if !unit.is_empty() {
            row.push(unit.trim().to_owned());
        }
        row
    };
    let reads = |text: &str| quantity(text).is_readable();
    let Some((before, last)) = line.rsplit_once(char::is_whitespace) else {
        return row(line, "", "");
    };
    if let Some((first, rest)) = line.split_once(char::is_whitespace) {
        // `16x NW-40012` and `16 x NW-40012`.
        let times = first.strip_suffix(['x', 'X', '×']).filter(|number| reads(number));
        if let Some(number) = times {
            return row(rest, number, "");
        }
        let behind = rest
            .trim_start()
            .strip_prefix("x ")
            .or_else(|| rest.trim_start().strip_prefix("× "));
        if let Some(key) = behind.filter(|_| reads(first)) {
            return row(key, first, "");
        }
    }
    if let Some((number, unit)) = split_unit(last) {
        return row(before, number, unit);
    }
    if reads(last) {
        return row(before, last, "");
    }
    match before.trim_end().rsplit_once(char::is_whitespace) {
        Some((key, number)) if reads(number) && !last.chars().any(|c| c.is_ascii_digit()) => row(key, number, last),
        _ => row(line, "", ""),
    }
}

#[cfg(test)]
mod tests {
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
        check("NW-1\nNW-2", &[("NW-1", "", ""), ("NW-2", "", "")]);
        check("Part number;Qty\nNW-1;16", &[("NW-1", "16", "")]);
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
}
