//! Keys that people type and compare: purchase order numbers, SKUs, part numbers, codes, units, warehouses. The one rule
//! of when two of them are the same, and of what can't be one.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::sentences::{Sentence, excel_error, excel_exponent, excel_formula_text, excel_number, invisible_sign};

/// What spreadsheets show where they can't show a value, in the languages of the portal.
const SPREADSHEET_ERRORS: [&str; 11] = [
    "#N/A", "#NV", "#REF!", "#BEZUG!", "#VALUE!", "#WERT!", "#NAME?", "#NUM!", "#ZAHL!", "#NULL!", "#DIV/0!",
];

/// Before what only exactly itself is the same as: two keys from before this rule that look alike.
const EXACT: char = '\u{1}';

/// A key as it is compared: the forms of a sign made one (NFKC), signs that nobody sees left out, blanks of every kind
/// made one, none at the ends, without case.
pub fn folded(key: &str) -> String {
    let is_plain = key.bytes().all(|byte| byte.is_ascii_graphic());
    if is_plain {
        return key.to_ascii_lowercase();
    }
    let shown = key.nfkc().filter(|sign| sign.is_whitespace() || !is_invisible(*sign));
    // Upper case first, so that ß and SS are the same; what case makes of a sign may be in another form.
    let caseless = shown.flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    // The capital ẞ stays itself in upper case.
    let text: String = caseless.nfkc().collect::<String>().replace('ß', "ss");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as it is searched: without accents, in lower case, `ß` as `ss`. `Ärmel` gives `armel`.
pub fn searched(text: &str) -> String {
    let plain = text.nfkd().filter(|sign| !is_combining_mark(*sign));
    let folded: String = plain.flat_map(char::to_lowercase).collect();
    folded.replace('ß', "ss")
}

/// A key as lists sort it: without case, its groups of digits by their value, so that `A-2` stands before `A-10`. Two keys
/// never have the same; that of no key stands before all.
pub fn ordered(key: &str) -> String {
    if key.is_empty() {
        return String::new();
    }
    let mut form = String::with_capacity(2 * key.len() + 8);
    let folded = folded(key);
    let mut rest = folded.as_str();
    while let Some(start) = rest.find(|sign: char| sign.is_ascii_digit()) {
        let (before, digits) = rest.split_at(start);
        let end = digits.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(digits.len());
        let (digits, after) = digits.split_at(end);
        let value = digits.trim_start_matches('0');
        // More digits are more; a key has at most some hundred of them.
        form.extend([before, &format!("{:03}", value.len()), value]);
        rest = after;
    }
    form.extend([rest, "\u{1}", key]);
    form
}

/// True if two keys are the same key.
pub fn same(one: &str, other: &str) -> bool {
    one == other || folded(one) == folded(other)
}

/// The form in which a key is stored where another one of before has the compared form.
pub fn exactly(key: &str) -> String {
    format!("{EXACT}{key}")
}

/// What is looked up for a key: exactly it, and what is the same.
pub fn wanted(key: &str) -> [String; 2] {
    [exactly(key), folded(key)]
}

/// Every form that is looked up for these keys, each once.
pub fn all_wanted<'k>(keys: impl IntoIterator<Item = &'k str>) -> Vec<String> {
    let mut all: Vec<_> = keys.into_iter().flat_map(wanted).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Of rows with the stored form of their keys, the one that is meant by each of `keys`.
pub fn meant<Row: Clone>(keys: &[String], rows: Vec<(String, Row)>) -> Vec<(&String, Row)> {
    let rows: HashMap<String, Row> = rows.into_iter().collect();
    let row = |key: &str| wanted(key).iter().find_map(|form| rows.get(form)).cloned();
    keys.iter().filter_map(|key| Some((key, row(key)?))).collect()
}

/// True for signs that say nothing by themselves and that nobody sees: controls, format characters (Cf) and others that
/// are ignored where text is shown.
fn is_invisible(sign: char) -> bool {
    sign.is_control()
        || matches!(sign,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}'
            | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// True for signs that choose among the shapes of the sign before them, as names in Han signs have them.
fn is_selector(sign: char) -> bool {
    matches!(sign, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// What is to be done about the first sign of a key that nobody sees, if there is one.
pub fn invisible(key: &str) -> Option<Sentence> {
    let found = |sign: &char| is_invisible(*sign) && !is_selector(*sign);
    let (place, sign) = key.chars().enumerate().find(|(_, sign)| found(sign))?;
    Some(invisible_sign(format!("U+{:04X}", u32::from(sign)), place + 1))
}

/// What a spreadsheet made of a key, and what to do about it.
pub fn artefact(key: &str) -> Option<Sentence> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if key.starts_with("=\"") {
        return Some(excel_formula_text());
    }
    // 4.01E+12
    if let Some((mantissa, exponent)) = key.split_once("E+").or_else(|| key.split_once("e+"))
        && digits(exponent)
        && mantissa.split(['.', ',']).all(digits)
        && mantissa.matches(['.', ',']).count() <= 1
    {
        return Some(excel_exponent());
    }
    if SPREADSHEET_ERRORS.contains(&key) || (key.len() > 1 && key.bytes().all(|byte| byte == b'#')) {
        return Some(excel_error());
    }
    // 4711.0
    let (whole, fraction) = key.split_once(['.', ','])?;
    // `2,0` may be somebody's measure.
    let is_long = whole.len() > 3 || key.contains('.');
    (is_long && digits(whole) && !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0')).then(excel_number)
}

/// Things by their keys: found exactly, or by a key that is the same.
#[derive(Debug, Clone)]
pub struct Keyed<T> {
    by_key: HashMap<Arc<str>, T>,
    /// Keys by their compared form, where that differs.
    by_form: HashMap<String, Arc<str>>,
}

impl<T> Keyed<T> {
    /// The thing with exactly this key, and the key.
    pub fn get(&self, key: &str) -> Option<(&Arc<str>, &T)> {
        self.by_key.get_key_value(key)
    }

    /// Another key that is there and is the same as this one.
    pub fn alike(&self, key: &str) -> Option<&Arc<str>> {
        let form = folded(key);
        let is_other = |known: &&Arc<str>| ***known != *key;
        let itself = self.by_key.get_key_value(form.as_str()).map(|(known, _)| known);
        itself
            .filter(is_other)
            .or_else(|| self.by_form.get(&form).filter(is_other))
    }

    /// The thing that is meant: the one with exactly this key, else the one whose key is the same.
    pub fn meant(&self, key: &str) -> Option<(&Arc<str>, &T)> {
        self.get(key).or_else(|| self.get(self.alike(key)?))
    }

    /// Puts a thing under its key.
    pub fn insert(&mut self, key: &str, thing: T) {
        let form = folded(key);
        let key: Arc<str> = key.into();
        if form != *key {
            self.by_form.entry(form).or_insert_with(|| key.clone());
        }
        self.by_key.insert(key, thing);
    }

    /// All things, in no order.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.by_key.values()
    }
}

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Self {
            by_key: HashMap::new(),
            by_form: HashMap::new(),
        }
    }
}

impl<T> FromIterator<(String, T)> for Keyed<T> {
    fn from_iter<Pairs: IntoIterator<Item = (String, T)>>(pairs: Pairs) -> Self {
        let mut keyed = Self::default();
        for (key, thing) in pairs {
            keyed.insert(&key, thing);
        }
        keyed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_sorted_by_value() {
        let sorted = [
            "A", "A-1", "A-02", "A-2", "a-2", "A-2B", "A-9", "A-10", "A-10-2", "A-10-10", "A-100", "A-B", "B1",
            "\u{d6}1",
        ];
        let mut keys = sorted.to_vec();
        keys.reverse();
        keys.sort_by_key(|key| ordered(key));
        assert_eq!(keys, sorted);
        assert!(ordered("") < ordered("-"));
    }

    #[test]
    fn keys_that_look_alike_are_the_same() {
        for (one, other) in [
            ("PO 1", "PO  1"),
            ("PO 1", "po\u{a0}1"),
            ("PO 1", " PO\t1 "),
            ("PO 1", "PO\u{2003}1\u{200f}"),
            ("PO 1", "\u{feff}PO 1"),
            ("M\u{fc}ller", "Mu\u{308}ller"),
            ("M\u{dc}LLER", "m\u{fc}ller"),
            ("X-1", "x-\u{200b}1"),
            ("X-1", "\u{ff38}-\u{ff11}"),
            ("STRASSE", "Stra\u{df}e"),
            ("Stra\u{df}e", "STRA\u{1e9e}E"),
            ("A\u{ad}B", "ab"),
            ("\u{8fbb}\u{e0100}-1", "\u{8fbb}-1"),
            ("\u{3a3}\u{399}\u{3a3}", "\u{3c3}\u{3b9}\u{3c2}"),
        ] {
            assert!(same(one, other), "{one:?} {other:?}");
        }
        for (one, other) in [
            ("PO 1", "PO1"),
            ("X-1", "X1"),
            ("X-1", "X-1A"),
            ("O1", "01"),
            ("a", "\u{e4}"),
        ] {
            assert!(!same(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn signs_that_nobody_sees_are_named_with_their_place() {
        for (key, expected) in [
            ("X-1\u{200b}", Some("U+200B")),
            ("\u{202e}X", Some("U+202E")),
            ("A\tB", Some("U+0009")),
            ("A\u{feff}", Some("U+FEFF")),
            ("\u{8fbb}\u{e0100}-1", None),
            ("PO 1", None),
            ("PO\u{a0}1", None),
            ("\u{5d0}\u{5d1}-7", None),
            ("Gr\u{f6}\u{df}e", None),
        ] {
            let told = invisible(key).map(|sentence| sentence.to_string());
            assert_eq!(told.is_some(), expected.is_some(), "{key:?}");
            assert!(told.is_none_or(|told| told.contains(expected.unwrap())), "{key:?}");
        }
    }

    #[test]
    fn what_spreadsheets_make_of_keys_is_seen() {
        for bad in [
            "=\"00123\"",
            "4.01E+12",
            "4,01E+12",
            "1E+5",
            "4711.0",
            "4711.00",
            "4711,0",
            "#N/A",
            "#BEZUG!",
            "####",
        ] {
            assert!(artefact(bad).is_some(), "{bad}");
        }
        for good in [
            "4711", "V1.0", "12.5", "1E3", "E+5", "A.0", "10.", "A1E+5", "00123", "=A", "1.2.0", "#7", "#", "12,5",
            "#REF", "2,0", "100,00",
        ] {
            assert!(artefact(good).is_none(), "{good}");
        }
    }

    #[test]
    fn a_key_means_exactly_its_own_thing_before_one_that_looks_alike() {
        let keyed: Keyed<u8> = [("X-1", 1), ("x-1", 2), ("B 7", 3)]
            .map(|(key, n)| (key.to_owned(), n))
            .into_iter()
            .collect();
        let check = |key: &str, expected: Option<u8>| {
            assert_eq!(keyed.meant(key).map(|(_, thing)| *thing), expected, "{key}");
        };
        check("X-1", Some(1));
        check("x-1", Some(2));
        check("b  7", Some(3));
        check("B7", None);
        assert_eq!(keyed.alike("B\u{a0}7").map(|key| &**key), Some("B 7"));
        assert_eq!(keyed.alike("B 7"), None);
        let rows = vec![(folded("X-1"), 1), (exactly("x-1"), 2)];
        let keys = ["X-1", "x-1", "\u{ff38}-1", "y"].map(str::to_owned);
        let found: Vec<_> = meant(&keys, rows).into_iter().map(|(_, row)| row).collect();
        assert_eq!(found, [1, 2, 1]);
    }

    proptest! {
        #[test]
        fn the_compared_form_is_its_own(key in "\\PC{0,20}") {
            let form = folded(&key);
            prop_assert_eq!(folded(&form), form.clone());
            prop_assert!(invisible(&form).is_none());
        }
    }
}
