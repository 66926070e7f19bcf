//! A pasted list as a table: cells parted by tab, semicolon, comma or blanks, quoted or not. No line is lost: what can't be
//! told apart stays together in its line.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

#[cfg(test)]
mod tests;

use super::TypedLine;
use super::columns::{Columns, Guess, guess};
use crate::typed::{quantity, split_unit};

/// The rows of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Rows of cells; a row may be short.
    pub rows: Vec<Vec<String>>,
    /// True where blanks alone part the cells.
    pub is_by_blanks: bool,
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
            is_by_blanks: false,
        }
    }

    /// Reads a pasted text or the text of a file.
    pub fn read(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        // A first line of its own tells Excel what parts the cells.
        let text = match text.split_once('\n') {
            Some((first, below)) if first.len() == 5 && first.starts_with("sep=") => below,
            _ => text.as_str(),
        };
        let lines: Vec<_> = text.split('\n').filter(|line| !line.trim().is_empty()).collect();
        match separator(&lines) {
            Some(separator) => Self::new(parted(text, &lines, separator)),
            None => Self {
                is_by_blanks: true,
                ..Self::new(lines.into_iter().map(by_blanks))
            },
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
    let times = word(0).strip_suffix(TIMES).filter(|number| reads(number));
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
    let is_measure = is_times(before)
        || before == "/"
        || before.strip_suffix(TIMES).is_some_and(is_dimension)
        || (number.starts_with(TIMES) && is_dimension(before));
    if place == 0 || is_measure || is_padded(number) {
        return row(line, "", "");
    }
    // Perhaps `5 500`, perhaps an article `NW-40012 5`.
    if is_group(number) && before.len() <= 3 && all_digits(before) {
        return row(line, "", "");
    }
    row(&until(place), number, unit)
}

/// Key and quantity of a line that blanks alone part, as the one number that they may be: `P 200`.
pub fn joined(line: &TypedLine) -> Option<TypedLine> {
    let may_be_one = !line.key.is_empty() && line.unit.is_empty() && all_digits(&line.quantity);
    may_be_one.then(|| TypedLine {
        key: format!("{} {}", line.key, line.quantity),
        quantity: String::new(),
        ..line.clone()
    })
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

/// What stands between the measures of a thing, and between a number of things and the thing.
const TIMES: [char; 4] = ['x', 'X', '×', '*'];

fn is_times(word: &str) -> bool {
    word.strip_prefix(TIMES).is_some_and(str::is_empty)
}

/// A number with zeros before it, as numbers of articles are written and quantities are not: `HB 0840`.
fn is_padded(number: &str) -> bool {
    number.len() > 1 && number.starts_with('0') && all_digits(number)
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
