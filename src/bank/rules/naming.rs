//! Which numbers of invoices a payer may have written: in a field for references, or in free text, with blanks, dashes and
//! line ends in the middle.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::HashSet;

use super::Entry;
use crate::values::references;

/// Digits of the year that a number begins with.
const YEAR_DIGITS: usize = 4;
/// Digits of a number's place in its year, at least.
const PLACE_DIGITS: usize = 6;
/// Longest number that is looked for, in digits.
const DIGITS_MAX: usize = 18;
/// So many pieces may make one number.
const PIECES_MAX: usize = 5;
/// A reference with the blanks in it, in characters.
const REFERENCE_CHARS_MAX: usize = 40;
/// Most numbers that are looked for in one text.
const NAMED_MAX: usize = 200;

/// A number that may be meant, as invoices have it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Named {
    pub number: String,
    pub how: How,
}

/// How it is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// By a reference with check digits.
    Reference,
    /// Whole, in free text.
    Number,
    /// Without the zeros in its middle: `2026-42`.
    Short,
}

/// All numbers that an entry may name, the strongest first, each once.
pub fn named(entry: &Entry) -> Vec<Named> {
    let mut found = Vec::new();
    for text in [
        entry.reference.as_deref(),
        Some(entry.remittance.as_str()),
        entry.end_to_end_id.as_deref(),
    ]
    .into_iter()
    .flatten()
    {
        for reference in references_in(text) {
            found.extend(number_of(&reference).map(|number| Named {
                number,
                how: How::Reference,
            }));
        }
    }
    for text in [
        Some(entry.remittance.as_str()),
        entry.reference.as_deref(),
        entry.end_to_end_id.as_deref(),
    ]
    .into_iter()
    .flatten()
    {
        found.extend(in_text(text));
    }
    found.sort_by_key(|named| named.how);
    let mut seen = HashSet::new();
    found.retain(|named| seen.insert(named.number.clone()));
    found.truncate(NAMED_MAX);
    found
}

/// What is said by references: the whole text as one, and `RF…` and `+++…+++` inside it.
fn references_in(text: &str) -> Vec<String> {
    let bodies = |text: &str| references::read(text).into_iter().map(|found| found.body);
    let mut found: Vec<String> = bodies(text).collect();
    let upper = text.to_ascii_uppercase();
    for (at, _) in upper.match_indices("RF") {
        let rest = upper.get(at..).unwrap_or_default();
        // As far as letters, digits and single blanks go; the longest that is right.
        let mut bare = String::new();
        let mut longest = None;
        for sign in rest.chars().take(REFERENCE_CHARS_MAX) {
            match sign {
                sign if sign.is_ascii_alphanumeric() => bare.push(sign),
                ' ' | '-' | '\n' => continue,
                _ => break,
            }
            if bare.len() > 25 {
                break;
            }
            if bare.len() > 4 {
                let body = references::read(&bare);
                let rf = body.into_iter().find(|found| found.kind == references::Kind::Rf);
                longest = rf.map(|found| found.body).or(longest);
            }
        }
        found.extend(longest);
    }
    for marked in text
        .split("+++")
        .skip(1)
        .step_by(2)
        .chain(text.split("***").skip(1).step_by(2))
    {
        found.extend(bodies(marked));
    }
    found
}

/// The number of an invoice that so many letters and digits are, if they may be one.
fn number_of(bare: &str) -> Option<String> {
    let is_digits = bare.bytes().all(|byte| byte.is_ascii_digit());
    let (year, place) = bare.split_at_checked(YEAR_DIGITS)?;
    let fits = is_digits && place.len() >= PLACE_DIGITS && bare.len() <= DIGITS_MAX && is_year(year);
    // Behind six places a number has no zeros before it.
    let is_own = place.len() == PLACE_DIGITS || !place.starts_with('0');
    (fits && is_own).then(|| format!("{year}-{place}"))
}

fn is_year(text: &str) -> bool {
    text.len() == YEAR_DIGITS && (text.starts_with("20") || text.starts_with("21"))
}

/// A run of digits, and whether only blanks, dashes and the like stand between it and the one before.
struct Run<'a> {
    digits: &'a str,
    goes_on: bool,
    /// The number of a credit note begins with it: `CN-2026-000042`.
    is_of_credit: bool,
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut rest = text;
    let mut goes_on = false;
    while let Some(start) = rest.find(|sign: char| sign.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let is_gap = before.chars().count() <= 2 && before.chars().all(|sign| " -–/._:\n\r".contains(sign));
        let end = from.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(from.len());
        let (digits, behind) = from.split_at(end);
        runs.push(Run {
            digits,
            goes_on: goes_on && is_gap,
            is_of_credit: ends_with_credit(before),
        });
        goes_on = true;
        rest = behind;
    }
    runs
}

/// True where the mark of credit notes stands at the end, as a word of its own.
fn ends_with_credit(text: &str) -> bool {
    let bare = text
        .trim_end_matches([' ', '-', '–', '/', '.', ':', '\n', '\r'])
        .to_ascii_uppercase();
    let rest = bare.strip_suffix("CN");
    rest.is_some_and(|rest| !rest.ends_with(|sign: char| sign.is_alphanumeric()))
}

fn in_text(text: &str) -> Vec<Named> {
    let runs = runs(text);
    let mut found = Vec::new();
    for (start, first) in runs.iter().enumerate().filter(|(_, run)| !run.is_of_credit) {
        let mut digits = String::new();
        for (count, run) in runs.iter().skip(start).take(PIECES_MAX).enumerate() {
            if count > 0 && !run.goes_on {
                break;
            }
            digits.push_str(run.digits);
            if digits.len() > DIGITS_MAX {
                break;
            }
            found.extend(number_of(&digits).map(|number| Named {
                number,
                how: How::Number,
            }));
        }
        // A day has a third number behind it: `2026-11-30`.
        let is_day = runs
            .get(start + 2)
            .is_some_and(|run| run.goes_on && run.digits.len() <= 2);
        let next = runs.get(start + 1);
        let next = next.filter(|run| run.goes_on && is_year(first.digits) && !(is_day && run.digits.len() <= 2));
        let place = next.map(|run| run.digits.trim_start_matches('0'));
        if let Some(place) = place.filter(|place| !place.is_empty() && place.len() < PLACE_DIGITS) {
            found.push(Named {
                number: format!("{}-{place:0>6}", first.digits),
                how: How::Short,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::rules::matching::tests::entry;

    fn names(remittance: &str, reference: Option<&str>) -> Vec<(String, How)> {
        let entry = Entry {
            remittance: remittance.to_owned(),
            reference: reference.map(str::to_owned),
            ..entry(100)
        };
        named(&entry)
            .into_iter()
            .map(|named| (named.number, named.how))
            .collect()
    }

    #[test]
    fn a_number_is_found_however_it_is_written() {
        for text in [
            "2026-000042",
            "Invoice 2026-000042 dated 2 Nov",
            "RE2026000042",
            "Rg.Nr. 2026 000042",
            "2026/000042",
            "2026-0000\n42",
            "20 26 00 00 42",
            "thanks for 2026–000042!",
        ] {
            let found = names(text, None);
            assert!(
                found.contains(&("2026-000042".to_owned(), How::Number)),
                "{text}: {found:?}"
            );
        }
        assert_eq!(names("2026-42", None), [("2026-000042".to_owned(), How::Short)]);
        assert_eq!(names("2026-1234567", None), [("2026-1234567".to_owned(), How::Number)]);
        for none in [
            "",
            "order 10482",
            "1999-000042",
            "2026",
            "2026-0",
            "thank you",
            "2026.000 042.7 and 1",
        ] {
            let found = names(none, None);
            assert!(found.iter().all(|(_, how)| *how != How::Reference), "{none}: {found:?}");
        }
        assert!(names("1999-000042", None).is_empty());
        for credit in [
            "CN-2026-000042",
            "our credit note cn 2026/000042",
            "CN2026000042",
            "CN-2026-42",
        ] {
            assert!(names(credit, None).is_empty(), "{credit}");
        }
        let both = names("2026-000043 less CN-2026-000042", None);
        assert_eq!(both, [("2026-000043".to_owned(), How::Number)]);
        assert_eq!(names("BCN 2026-000042", None).len(), 1);
        assert!(names("order 10482 of 2026-11-30", None).is_empty());
    }

    #[test]
    fn a_reference_is_stronger_than_text_and_each_number_comes_once() {
        let reference = |text: &str| names("2026-000042", Some(text));
        assert_eq!(
            reference("RF02 2026 0000 42"),
            [("2026-000042".to_owned(), How::Reference)]
        );
        assert_eq!(
            names("SVWZ RF02202600 0042 thanks", None).first(),
            Some(&("2026-000042".to_owned(), How::Reference))
        );
        assert_eq!(
            names("pay +++202/6000/04236+++", None).first(),
            Some(&("2026-000042".to_owned(), How::Reference))
        );
        let two = names("2026-000042 and 2026-000043", None);
        assert_eq!(two.len(), 2, "{two:?}");
    }
}
