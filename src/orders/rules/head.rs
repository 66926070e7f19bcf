//! What the head of an order may hold: its number, its day, its notes.

use chrono::NaiveDate;

use super::OrderTexts;
use crate::error::{Code, FieldError};
use crate::keys;
use crate::orders::sentences;
use crate::sentences::Sentence;

/// Longest purchase order number, in characters.
pub const PO_NUMBER_CHARS_MAX: usize = 64;
/// Longest note of an order, a line or a cancellation, in characters.
pub const NOTE_CHARS_MAX: usize = 1_000;

/// Why a text is no purchase order number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PoNumberFault {
    /// Nothing but blanks.
    Missing,
    /// So many characters without the blanks around it.
    TooLong(usize),
    /// A sign that nobody sees or what a spreadsheet made of it, and what to do about it.
    Unfit(Sentence),
}

/// What is wrong with a purchase order number, whoever sends it.
pub fn po_number_fault(text: &str) -> Option<PoNumberFault> {
    let text = text.trim();
    match text.chars().count() {
        0 => Some(PoNumberFault::Missing),
        chars if chars > PO_NUMBER_CHARS_MAX => Some(PoNumberFault::TooLong(chars)),
        _ => keys::invisible(text)
            .or_else(|| keys::artefact(text))
            .map(PoNumberFault::Unfit),
    }
}

/// The key under which a purchase order number is unique.
pub fn po_key(po_number: &str) -> String {
    keys::folded(po_number)
}

/// The faults of a head that somebody sends on the day `today` of the supplier.
pub fn check_head(
    po_number: &str,
    requested_on: Option<NaiveDate>,
    texts: &OrderTexts,
    today: NaiveDate,
) -> Vec<FieldError> {
    let mut faults = Vec::new();
    match po_number_fault(po_number) {
        None => {}
        Some(PoNumberFault::Missing) => faults.push(FieldError::new(
            "/po_number",
            Code::Required,
            sentences::name_po_number(),
        )),
        Some(PoNumberFault::TooLong(chars)) => {
            let detail = sentences::po_number_too_long(chars, PO_NUMBER_CHARS_MAX);
            faults.push(FieldError::new("/po_number", Code::ValueTooLong, detail));
        }
        Some(PoNumberFault::Unfit(detail)) => {
            faults.push(FieldError::new("/po_number", Code::ValueInvalid, detail));
        }
    }
    if let Some(day) = requested_on.filter(|day| *day < today) {
        let detail = sentences::day_has_passed(day, today);
        faults.push(FieldError::new("/requested_date", Code::DateInPast, detail));
    }
    let too_long = |(name, chars_max, text)| check_text(&format!("/{name}"), text, chars_max);
    faults.extend(texts.each().filter_map(too_long));
    faults
}

/// The fault of a note that is too long.
pub fn check_note(pointer: &str, note: Option<&str>) -> Option<FieldError> {
    check_text(pointer, note, NOTE_CHARS_MAX)
}

fn check_text(pointer: &str, text: Option<&str>, chars_max: usize) -> Option<FieldError> {
    let chars = text?.chars().count();
    let detail = || sentences::note_too_long(chars, chars_max);
    (chars > chars_max).then(|| FieldError::new(pointer, Code::ValueTooLong, detail()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purchase_order_number_has_something_to_read_and_fits() {
        let (longest, longer) = ("ü".repeat(64), format!(" {} ", "ü".repeat(65)));
        for (text, fault) in [
            ("4711", None),
            (" 4711\t", None),
            (longest.as_str(), None),
            ("", Some(PoNumberFault::Missing)),
            (" \t", Some(PoNumberFault::Missing)),
            (longer.as_str(), Some(PoNumberFault::TooLong(65))),
            ("47\u{a0}11", None),
            (
                "4711\u{200f}",
                keys::invisible("4711\u{200f}").map(PoNumberFault::Unfit),
            ),
            ("47\t11", keys::invisible("47\t11").map(PoNumberFault::Unfit)),
        ] {
            assert_eq!(po_number_fault(text), fault, "'{text}'");
        }
        for text in ["=\"00123\"", " 4.01E+12 ", "4711.0", "#N/A"] {
            let expected = keys::artefact(text.trim()).map(PoNumberFault::Unfit);
            assert!(expected.is_some() && po_number_fault(text) == expected, "'{text}'");
        }
        assert_eq!(po_key(" Ab-1 "), "ab-1");
        assert_eq!(po_key("PO\u{a0} 1"), "po 1");
    }

    #[test]
    fn all_faults_of_a_head_come_at_once() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-11-02");
        let long = "x".repeat(NOTE_CHARS_MAX + 1);
        let noted = |text: &str| OrderTexts::read(|_| Some(text.to_owned()));
        assert!(check_head("1", Some(today), &noted("note"), today).is_empty());
        let faults = check_head(" ", Some(day("2026-11-01")), &noted(&long), today);
        let found: Vec<_> = faults
            .iter()
            .map(|fault| (fault.pointer.as_str(), fault.code))
            .collect();
        assert_eq!(
            found,
            [
                ("/po_number", Code::Required),
                ("/requested_date", Code::DateInPast),
                ("/note", Code::ValueTooLong)
            ]
        );
    }
}
