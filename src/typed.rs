//! Numbers, amounts, percentages and days as people type them: with a comma or a point, with groups, with a unit behind.
//! The one reader of all pages; REST and files take plain decimals and ISO days. What can be read in two ways is asked,
//! never guessed, whatever the reader's language.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::{Datelike, NaiveDate};

use crate::languages::Language;

/// What a typed text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed<T> {
    /// Nothing is there.
    Missing,
    /// This; numbers as plain decimals.
    Value(T),
    /// Either of two: `1.000` is one thousand or one, `03/04/2026` a day in April or in March.
    Ambiguous(T, T),
    /// Nothing of the kind.
    Bad,
}

impl<T> Typed<T> {
    /// The same with each reading made into something else.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Typed<U> {
        match self {
            Self::Missing => Typed::Missing,
            Self::Value(value) => Typed::Value(change(value)),
            Self::Ambiguous(one, other) => Typed::Ambiguous(change(one), change(other)),
            Self::Bad => Typed::Bad,
        }
    }

    /// True for one number or two.
    pub fn is_readable(&self) -> bool {
        matches!(self, Self::Value(_) | Self::Ambiguous(..))
    }
}

/// Signs between groups that are never a decimal sign.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}')
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// True for `12`, `345` then groups of exactly three.
fn is_grouped<'a>(mut groups: impl Iterator<Item = &'a str>) -> bool {
    let first = groups.next().unwrap_or_default();
    let starts = all_digits(first) && first.len() <= 3 && !first.starts_with('0');
    starts && groups.all(|group| all_digits(group) && group.len() == 3)
}

/// A number. A sign that can only be a decimal sign is one, in whatever language; a minus stays, for the check that
/// refuses it. Of two readings the first takes the sign for one between thousands.
pub fn number(text: &str) -> Typed<String> {
    let text = text.trim();
    if text.is_empty() {
        return Typed::Missing;
    }
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    read_digits(digits).map(|number| format!("{sign}{number}"))
}

/// A number of things, perhaps with the sign of times before it: `x16`.
pub fn quantity(text: &str) -> Typed<String> {
    let text = text.trim();
    match text.strip_prefix(['x', 'X', '×']) {
        Some("") => Typed::Bad,
        Some(number_of) => number(number_of),
        None => number(text),
    }
}

/// An amount, perhaps with its currency before or behind it: `EUR 1,250.50`, `1.250,50 €`.
pub fn amount(text: &str, currency_code: &str) -> Typed<String> {
    let sign = match currency_code {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        code => code,
    };
    let text = text.trim();
    let bare = [currency_code, sign].into_iter().find_map(|mark| {
        let rest = text.strip_prefix(mark).or_else(|| text.strip_suffix(mark))?;
        Some(rest.trim()).filter(|rest| !rest.is_empty())
    });
    number(bare.unwrap_or(text))
}

/// A percentage, with or without its sign: `2.5`, `2,5 %`.
pub fn percentage(text: &str) -> Typed<String> {
    let text = text.trim();
    number(text.strip_suffix('%').unwrap_or(text))
}

/// A day: as `2026-03-14`, with points (the day first), with slashes (asked where either could be the month) or with
/// the month's name as the portal writes it in this language.
pub fn day(language: Language, text: &str) -> Typed<NaiveDate> {
    let text = text.trim();
    if text.is_empty() {
        return Typed::Missing;
    }
    let sign = text.chars().find(|c| !c.is_ascii_digit());
    let parts: Vec<&str> = match sign {
        Some('-') => text.split('-').collect(),
        Some('/') => text.split('/').collect(),
        _ => text.split(['.', ' ']).filter(|part| !part.is_empty()).collect(),
    };
    let [first, second, third] = parts.as_slice() else {
        return Typed::Bad;
    };
    let read = |year: &str, month: Option<u32>, day: &str| {
        let year = Some(year).filter(|year| year.len() == 4 && all_digits(year))?;
        let day = Some(day).filter(|day| day.len() <= 2 && all_digits(day))?;
        let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month?, day.parse().ok()?)?;
        Some(day).filter(|day| day.year() >= 1)
    };
    let numbered = |month: &str| month.parse().ok().filter(|_| month.len() <= 2 && all_digits(month));
    let named = |month: &str| {
        let name_of = |number: &u32| language.text(&format!("month-short-{number}"));
        (1..=12).find(|number| name_of(number).trim_end_matches('.').eq_ignore_ascii_case(month))
    };
    let (one, other) = match sign {
        Some('-') => (read(first, numbered(second), third), None),
        Some('/') => (
            read(third, numbered(second), first),
            read(third, numbered(first), second).filter(|_| first != second),
        ),
        _ => (read(third, numbered(second).or_else(|| named(second)), first), None),
    };
    match (one, other) {
        (Some(one), Some(other)) if one != other => Typed::Ambiguous(one, other),
        (Some(day), _) | (None, Some(day)) => Typed::Value(day),
        (None, None) => Typed::Bad,
    }
}

/// A plain decimal as a field shows it: with the language's decimal sign, without groups, and never with exactly three
/// decimals behind other digits, which could be read as thousands.
pub fn to_type(language: Language, plain: &str) -> String {
    let mut text = plain.to_owned();
    if let Some((whole, fraction)) = plain.split_once('.')
        && fraction.len() == 3
        && whole.trim_start_matches('-') != "0"
    {
        text.push('0');
    }
    match language {
        Language::En => text,
        Language::De => text.replace('.', ","),
    }
}

fn read_digits(text: &str) -> Typed<String> {
    let number = |whole: &str, fraction: &str| {
        let trimmed = fraction.trim_end_matches('0');
        Typed::Value(if trimmed.is_empty() {
            whole.to_owned()
        } else {
            format!("{whole}.{trimmed}")
        })
    };
    let ungrouped = |text: &str| text.replace(is_space, "");
    let last = text.rfind(['.', ',']);
    let Some(last) = last else {
        // No sign at all: digits, perhaps in groups of three.
        let is_number = all_digits(text) || is_grouped(text.split(is_space));
        return if is_number {
            number(&ungrouped(text), "")
        } else {
            Typed::Bad
        };
    };
    let (whole, rest) = text.split_at(last);
    let (sign, fraction) = rest.split_at(1);
    if !all_digits(fraction) {
        return Typed::Bad;
    }
    if whole.is_empty() {
        return number("0", fraction);
    }
    let other = if sign == "." { ',' } else { '.' };
    if whole.contains(sign) {
        // The same sign twice can only part groups: 1.000.000.
        let groups = text.split(sign);
        return if is_grouped(groups) {
            number(&text.replace(sign, ""), "")
        } else {
            Typed::Bad
        };
    }
    if whole.contains(other) || whole.contains(is_space) {
        // Groups by another sign, so this one is the decimal sign: 1.000,5.
        let groups = whole.split(|c: char| c == other || is_space(c));
        return if is_grouped(groups) {
            number(&ungrouped(whole).replace(other, ""), fraction)
        } else {
            Typed::Bad
        };
    }
    if !all_digits(whole) {
        return Typed::Bad;
    }
    if is_grouped([whole, fraction].into_iter()) {
        let Typed::Value(decimal) = number(whole, fraction) else {
            return Typed::Bad;
        };
        return Typed::Ambiguous(format!("{whole}{fraction}"), decimal);
    }
    number(whole, fraction)
}

/// Number and unit of `16pcs` or `16 Karton`; nothing where it isn't a number with letters behind.
pub fn split_unit(text: &str) -> Option<(&str, &str)> {
    let start = text.find(|c: char| c.is_alphabetic())?;
    let (number, unit) = text.split_at(start);
    let number = number.trim_end();
    let reads = quantity(number).is_readable();
    // An `x` before the number is no unit, and a letter inside it makes a part number of it.
    let is_unit = !unit.chars().any(|c| c.is_ascii_digit());
    (reads && is_unit).then_some((number, unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ambiguous(thousands: &str, decimal: &str) -> Typed<String> {
        Typed::Ambiguous(thousands.to_owned(), decimal.to_owned())
    }

    #[test]
    fn a_quantity_is_read_in_every_way_people_write_it_or_asked() {
        let number = |text: &str| Typed::Value(text.to_owned());
        for (text, expected) in [
            ("", Typed::Missing),
            ("  ", Typed::Missing),
            ("16", number("16")),
            (" 16 ", number("16")),
            ("x16", number("16")),
            ("×16", number("16")),
            ("x", Typed::Bad),
            ("016", number("016")),
            ("1,5", number("1.5")),
            ("1.5", number("1.5")),
            ("1,50", number("1.5")),
            ("12,25", number("12.25")),
            ("0,5", number("0.5")),
            ("0,500", number("0.5")),
            ("0.125", number("0.125")),
            (",5", number("0.5")),
            ("1.000", ambiguous("1000", "1")),
            ("1,000", ambiguous("1000", "1")),
            ("12,500", ambiguous("12500", "12.5")),
            ("123.456", ambiguous("123456", "123.456")),
            ("1234,567", number("1234.567")),
            ("1.000.000", number("1000000")),
            ("1,000,000", number("1000000")),
            ("1.000,5", number("1000.5")),
            ("1,000.50", number("1000.5")),
            ("1 000", number("1000")),
            ("1\u{a0}000", number("1000")),
            ("1'000", number("1000")),
            ("1 000,5", number("1000.5")),
            ("1 000,500", number("1000.5")),
            ("-5", number("-5")),
            ("\u{2212}1.000", ambiguous("-1000", "-1")),
            ("1.00.000", Typed::Bad),
            ("1,0000,000", Typed::Bad),
            ("1,", Typed::Bad),
            ("1e3", Typed::Bad),
            ("12 34", Typed::Bad),
            ("ten", Typed::Bad),
            ("1/2", Typed::Bad),
        ] {
            assert_eq!(quantity(text), expected, "{text:?}");
        }
    }

    #[test]
    fn numbers_have_no_sign_of_times_amounts_a_currency_and_percentages_their_sign() {
        let value = |text: &str| Typed::Value(text.to_owned());
        for (read, expected) in [
            (number("x16"), Typed::Bad),
            (number("1.250,50"), value("1250.5")),
            (amount("EUR 1,250.50", "EUR"), value("1250.5")),
            (amount("1.250,50 €", "EUR"), value("1250.5")),
            (amount("1.250 €", "EUR"), ambiguous("1250", "1.25")),
            (amount("CHF12", "CHF"), value("12")),
            (amount("12 USD", "EUR"), Typed::Bad),
            (amount("EUR", "EUR"), Typed::Bad),
            (amount("", "EUR"), Typed::Missing),
            (percentage("2,5 %"), value("2.5")),
            (percentage("-3%"), value("-3")),
            (percentage("2.125 %"), ambiguous("2125", "2.125")),
            (percentage("two"), Typed::Bad),
        ] {
            assert_eq!(read, expected);
        }
    }

    #[test]
    fn a_day_is_read_in_every_way_people_write_it_or_asked() {
        let on = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        let march = || Typed::Value(on(2026, 3, 14));
        for (text, english, german) in [
            ("", Typed::Missing, Typed::Missing),
            ("2026-03-14", march(), march()),
            (" 14.3.2026 ", march(), march()),
            ("14.03.2026", march(), march()),
            ("14/03/2026", march(), march()),
            ("03/14/2026", march(), march()),
            ("14 Mar 2026", march(), Typed::Bad),
            ("03/03/2026", Typed::Value(on(2026, 3, 3)), Typed::Value(on(2026, 3, 3))),
            ("14.3.26", Typed::Bad, Typed::Bad),
            ("31.02.2026", Typed::Bad, Typed::Bad),
            ("0000-01-01", Typed::Bad, Typed::Bad),
            ("tomorrow", Typed::Bad, Typed::Bad),
        ] {
            assert_eq!(day(Language::En, text), english, "{text}");
            assert_eq!(day(Language::De, text), german, "{text}");
        }
        let asked = Typed::Ambiguous(on(2026, 4, 3), on(2026, 3, 4));
        assert_eq!(day(Language::En, "03/04/2026"), asked);
        for language in Language::ALL {
            for month in 1..=12 {
                let date = on(2026, month, 9);
                assert_eq!(day(language, &language.date(date)), Typed::Value(date));
            }
        }
    }

    #[test]
    fn what_a_field_shows_is_read_back_as_it_was() {
        for text in ["0", "2.5", "2.125", "-2.125", "0.125", "1234.5", "1000", "320.140619"] {
            for language in Language::ALL {
                let shown = to_type(language, text);
                assert_eq!(number(&shown), Typed::Value(text.to_owned()), "{shown}");
            }
        }
    }

    #[test]
    fn letters_behind_a_number_are_its_unit() {
        for (text, expected) in [
            ("16pcs", Some(("16", "pcs"))),
            ("16 Karton", Some(("16", "Karton"))),
            ("2,5 kg", Some(("2,5", "kg"))),
            ("1.000 St.", Some(("1.000", "St."))),
            ("16", None),
            ("pcs", None),
            ("NW-40012", None),
            ("4A12", None),
            ("x16", None),
        ] {
            assert_eq!(split_unit(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_numbers_are_plain(text in "\\PC{0,20}") {
            if let Typed::Value(number) = quantity(&text) {
                prop_assert!(crate::quantity::Decimal::parse(&number) != Err(crate::quantity::DecimalError::NotANumber), "{}", number);
            }
        }

        #[test]
        fn what_either_language_prints_is_read_or_asked(steps in 0_i64..10_000_000_000, decimals in 0_u8..4) {
            let plain = crate::quantity::Quantity::new(steps, decimals).to_string();
            let english = crate::languages::Language::En.decimal(&plain);
            let german = crate::languages::Language::De.decimal(&plain);
            for text in [english, german] {
                match quantity(&text) {
                    Typed::Value(number) => prop_assert_eq!(&number, &plain),
                    Typed::Ambiguous(thousands, decimal) => prop_assert!(thousands == plain || decimal == plain),
                    other => prop_assert!(false, "{} is {:?}", text, other),
                }
            }
        }
    }
}
