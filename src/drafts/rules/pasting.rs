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
/// unit behind it, or the first with an `x`. What may be a dimension (`M8 x 40`) or the end of a longer number (`5 500`)
/// stays in the key, and the line asks.
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
    let words: Vec<&str> = line.split(is_gap).filter(|word| !word.is_empty()).collect();
    let rest = |from: usize| words.get(from..).unwrap_or_default().join(" ");
    let until = |end: usize| words.get(..end).unwrap_or_default().join(" ");
    let reads = |text: &str| quantity(text).is_readable();
    let word = |place: usize| words.get(place).copied().unwrap_or_default();
    // `16x NW-40012` and `16 x NW-40012`, but not `4 x 40 screws`.
    let times = word(0).strip_suffix(['x', 'X', '×']).filter(|number| reads(number));
    if let Some(number) = times.filter(|_| words.len() > 1 && !reads(word(1))) {
        return row(&rest(1), number, "");
    }
    if reads(word(0)) && is_times(word(1)) && words.len() > 2 && !reads(word(2)) {
        return row(&rest(2), word(0), "");
    }
    // The place of the number, and the unit behind it.
    let last = words.len().saturating_sub(1);
    let (place, number, unit) = match split_unit(word(last)) {
        Some((number, unit)) => (last, number, unit),
        None if reads(word(last)) => (last, word(last), ""),
        None if last > 0 && !word(last).chars().any(|c| c.is_ascii_digit()) && reads(word(last - 1)) => {
            (last - 1, word(last - 1), word(last))
        }
        None => return row(line, "", ""),
    };
    let before = place.checked_sub(1).map(word).unwrap_or_default();
    if place == 0 || is_times(before) || (number.starts_with(['x', 'X', '×']) && is_dimension(before)) {
        return row(line, "", "");
    }
    // Perhaps `5 500`, perhaps an article `NW-40012 5`.
    if is_group(number) && before.len() <= 3 && all_digits(before) {
        return row(line, "", "");
    }
    row(&until(place), number, unit)
}

/// What a line may mean whose number [`Table::read`] left in its key: each way to part `NW-1 5 500 pcs`.
pub fn readings(line: &TypedLine) -> Vec<TypedLine> {
    if !line.quantity.is_empty() || !line.unit.is_empty() {
        return Vec::new();
    }
    let words: Vec<&str> = line.key.split(' ').collect();
    let word = |place: usize| words.get(place).copied().unwrap_or_default();
    let last = words.len().saturating_sub(1);
    let (place, number, unit) = match split_unit(word(last)) {
        Some((number, unit)) => (last, number, unit),
        None if is_group(word(last)) => (last, word(last), ""),
        None => (last.saturating_sub(1), word(last.saturating_sub(1)), word(last)),
    };
    if !is_group(number) {
        return Vec::new();
    }
    let starts = (1..place).rev().take_while(|start| {
        let is_first = *start + 1 == place || is_group(word(*start + 1));
        is_first && word(*start).len() <= 3 && all_digits(word(*start))
    });
    let starts: Vec<usize> = starts.collect();
    if starts.is_empty() {
        return Vec::new();
    }
    let reading = |start: usize| {
        let groups = words
            .get(start..place)
            .unwrap_or_default()
            .iter()
            .copied()
            .chain([number]);
        TypedLine {
            key: words.get(..start).unwrap_or_default().join(" "),
            quantity: groups.collect::<Vec<_>>().join(" "),
            unit: unit.to_owned(),
            note: line.note.clone(),
        }
    };
    [place].into_iter().chain(starts).map(reading).collect()
}

/// What parts the words of a line; blanks that don't break stand inside of numbers.
fn is_gap(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn is_times(word: &str) -> bool {
    matches!(word, "x" | "X" | "×")
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Three digits, perhaps with decimals behind: the end of a number that is written in groups.
fn is_group(number: &str) -> bool {
    let whole = number.split(['.', ',']).next().unwrap_or_default();
    whole.len() == 3 && all_digits(whole)
}

/// The first measure of several, `M8`, `4,5`, `Ø8`: at most two letters or signs before a number.
fn is_dimension(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| c.is_alphabetic());
    let letters = word.chars().count() - number.chars().count();
    letters <= 2
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '/'))
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
