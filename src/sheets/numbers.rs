//! How a file writes its numbers: `1.000` is one thousand or one. It is declared, or shown by a number of the file that
//! can be read in one way only; else what can be read in two ways is refused.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::records::Records;
use crate::names::names;
use crate::typed::{self, Typed};

names! {
    /// The decimal sign of a file.
    pub enum NumberStyle as NumberStyle {
        /// `1,234.5`
        Point = "point",
        /// `1.234,5`
        Comma = "comma",
    }
}

impl NumberStyle {
    /// Reads `point` or `comma`.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::from_name(text).ok_or_else(|| "is neither point nor comma".to_owned())
    }

    fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// The numbers of a file.
#[derive(Debug)]
pub(super) struct Numbers<'a> {
    /// The file's bytes and what parts its cells.
    file: (&'a [u8], u8),
    columns: &'a [&'static str],
    decimals: &'static [&'static str],
    declared: Option<NumberStyle>,
    /// What the file shows; looked for when it first matters.
    shown: OnceCell<Option<NumberStyle>>,
}

impl<'a> Numbers<'a> {
    pub(super) fn new(
        file: (&'a [u8], u8),
        columns: &'a [&'static str],
        decimals: &'static [&'static str],
        declared: Option<NumberStyle>,
    ) -> Self {
        Self {
            file,
            columns,
            decimals,
            declared,
            shown: OnceCell::new(),
        }
    }

    /// The number as a plain decimal, what is none as it is; else the two it may be, the larger first.
    pub(super) fn read<'t>(&self, text: &'t str) -> Result<Cow<'t, str>, (String, String)> {
        if is_plain(text) {
            return Ok(Cow::Borrowed(text));
        }
        match typed::number(text) {
            Typed::Missing | Typed::Bad => Ok(Cow::Borrowed(text)),
            Typed::Value(number) => Ok(Cow::Owned(number)),
            Typed::Ambiguous(thousands, decimal) => match self.style() {
                Some(style) if text.contains(style.sign()) => Ok(Cow::Owned(decimal)),
                Some(_) => Ok(Cow::Owned(thousands)),
                None => Err((thousands, decimal)),
            },
        }
    }

    /// What the file shows, else what was said; nothing where the two are at odds.
    fn style(&self) -> Option<NumberStyle> {
        let shown = *self.shown.get_or_init(|| self.look());
        match (shown, self.declared) {
            (Some(shown), Some(declared)) if shown != declared => None,
            (shown, declared) => shown.or(declared),
        }
    }

    /// The style of the numbers that can be read in one way only; none where there are none, or of both styles.
    fn look(&self) -> Option<NumberStyle> {
        let places = self.columns.iter().enumerate();
        let places: Vec<_> = places
            .filter(|(_, column)| self.decimals.contains(column))
            .map(|(place, _)| place)
            .collect();
        let mut records = Records::new(self.file.0, self.file.1);
        // The header.
        records.next();
        let mut shown = None;
        while records.next() {
            let cells = places
                .iter()
                .filter_map(|place| std::str::from_utf8(records.record.get(*place)?).ok());
            for style in cells.filter_map(style_of) {
                match shown {
                    Some(other) if other != style => return None,
                    _ => shown = Some(style),
                }
            }
        }
        shown
    }
}

/// True for digits, perhaps with a point behind which not just three stand: nothing to think about.
fn is_plain(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !whole.is_empty() && digits(whole) && digits(fraction) && fraction.len() != 3
}

/// The style of a number that can be read in one way only, if it has a sign that tells.
fn style_of(text: &str) -> Option<NumberStyle> {
    let Typed::Value(_) = typed::number(text) else {
        return None;
    };
    let last = text.chars().rev().find(|c| matches!(c, '.' | ','))?;
    // A sign that stands twice parts groups.
    let is_decimal = text.matches(last).count() == 1;
    match (last, is_decimal) {
        ('.', true) | (',', false) => Some(NumberStyle::Point),
        _ => Some(NumberStyle::Comma),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, declared: Option<NumberStyle>, text: &str) -> Result<String, (String, String)> {
        let numbers = Numbers::new((file.as_bytes(), b';'), &["sku", "price"], &["price"], declared);
        numbers.read(text).map(Cow::into_owned)
    }

    #[test]
    fn what_can_be_two_numbers_is_what_the_file_shows() {
        let two = || Err(("1000".to_owned(), "1".to_owned()));
        let one = |text: &str| Ok(text.to_owned());
        for (file, text, expected) in [
            ("sku;price\nA;1.000\n", "1.000", two()),
            ("sku;price\nA;1.000\nB;2.61\n", "1.000", one("1")),
            ("sku;price\nA;1.000\nB;2,61\n", "1.000", one("1000")),
            ("sku;price\nA;1.000\nB;1.000.000\n", "1.000", one("1000")),
            ("sku;price\nA;1,000\nB;1,000.5\n", "1,000", one("1000")),
            // A file of two minds tells nothing.
            ("sku;price\nA;1.000\nB;2,61\nC;2.61\n", "1.000", two()),
            // What is no number with decimals shows nothing.
            ("sku;price\n1,5;1.000\n", "1.000", two()),
            ("sku;price\n", "2,61", one("2.61")),
            ("sku;price\n", "0.125", one("0.125")),
            ("sku;price\n", "12.5", one("12.5")),
            ("sku;price\n", "many", one("many")),
        ] {
            assert_eq!(read(file, None, text), expected, "{text} in {file}");
        }
        for (file, declared, expected) in [
            ("sku;price\n", NumberStyle::Comma, one("1000")),
            ("sku;price\nA;2,61\n", NumberStyle::Comma, one("1000")),
            // What was said is not what the file shows: somebody is wrong.
            ("sku;price\nA;2,61\n", NumberStyle::Point, two()),
        ] {
            assert_eq!(read(file, Some(declared), "1.000"), expected, "{declared:?} of {file}");
        }
    }
}
