//! Quantities as people type them: with a comma or a point, with groups, with a unit behind. What can be read in two
//! ways is asked, never guessed.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

/// What a typed quantity says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedQuantity {
    /// Nothing is there.
    Missing,
    /// A number, as a plain decimal.
    Number(String),
    /// One group of three behind a single sign: thousands in one language, decimals in another.
    Ambiguous {
        /// `1.000` read as one thousand.
        thousands: String,
        /// `1.000` read as one.
        decimal: String,
    },
    /// No number.
    Unreadable,
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

/// Reads a typed quantity. A sign that can only be a decimal sign is one, in whatever language; a minus stays, for the
/// check that refuses it.
pub fn read_quantity(text: &str) -> TypedQuantity {
    let text = text.trim();
    let text = text.strip_prefix(['x', 'X', '×']).unwrap_or(text).trim_start();
    if text.is_empty() {
        return TypedQuantity::Missing;
    }
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    match read_digits(digits) {
        TypedQuantity::Number(number) => TypedQuantity::Number(format!("{sign}{number}")),
        TypedQuantity::Ambiguous { thousands, decimal } => TypedQuantity::Ambiguous {
            thousands: format!("{sign}{thousands}"),
            decimal: format!("{sign}{decimal}"),
        },
        other => other,
    }
}

fn read_digits(text: &str) -> TypedQuantity {
    let number = |whole: &str, fraction: &str| {
        let trimmed = fraction.trim_end_matches('0');
        TypedQuantity::Number(if trimmed.is_empty() {
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
            TypedQuantity::Unreadable
        };
    };
    let (whole, rest) = text.split_at(last);
    let (sign, fraction) = rest.split_at(1);
    if !all_digits(fraction) {
        return TypedQuantity::Unreadable;
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
            TypedQuantity::Unreadable
        };
    }
    if whole.contains(other) || whole.contains(is_space) {
        // Groups by another sign, so this one is the decimal sign: 1.000,5.
        let groups = whole.split(|c: char| c == other || is_space(c));
        return if is_grouped(groups) {
            number(&ungrouped(whole).replace(other, ""), fraction)
        } else {
            TypedQuantity::Unreadable
        };
    }
    if !all_digits(whole) {
        return TypedQuantity::Unreadable;
    }
    if is_grouped([whole, fraction].into_iter()) {
        let TypedQuantity::Number(decimal) = number(whole, fraction) else {
            return TypedQuantity::Unreadable;
        };
        return TypedQuantity::Ambiguous {
            thousands: format!("{whole}{fraction}"),
            decimal,
        };
    }
    number(whole, fraction)
}

/// Number and unit of `16pcs` or `16 Karton`; nothing where it isn't a number with letters behind.
pub fn split_unit(text: &str) -> Option<(&str, &str)> {
    let start = text.find(|c: char| c.is_alphabetic())?;
    let (number, unit) = text.split_at(start);
    let number = number.trim_end();
    let reads = matches!(
        read_quantity(number),
        TypedQuantity::Number(_) | TypedQuantity::Ambiguous { .. }
    );
    // An `x` before the number is no unit, and a letter inside it makes a part number of it.
    let is_unit = !unit.chars().any(|c| c.is_ascii_digit());
    (reads && is_unit).then_some((number, unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ambiguous(thousands: &str, decimal: &str) -> TypedQuantity {
        TypedQuantity::Ambiguous {
            thousands: thousands.to_owned(),
            decimal: decimal.to_owned(),
        }
    }

    #[test]
    fn a_quantity_is_read_in_every_way_people_write_it_or_asked() {
        let number = |text: &str| TypedQuantity::Number(text.to_owned());
        for (text, expected) in [
            ("", TypedQuantity::Missing),
            ("  ", TypedQuantity::Missing),
            ("16", number("16")),
            (" 16 ", number("16")),
            ("x16", number("16")),
            ("×16", number("16")),
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
            ("1.00.000", TypedQuantity::Unreadable),
            ("1,0000,000", TypedQuantity::Unreadable),
            ("1,", TypedQuantity::Unreadable),
            ("1e3", TypedQuantity::Unreadable),
            ("12 34", TypedQuantity::Unreadable),
            ("ten", TypedQuantity::Unreadable),
            ("1/2", TypedQuantity::Unreadable),
        ] {
            assert_eq!(read_quantity(text), expected, "{text:?}");
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
            if let TypedQuantity::Number(number) = read_quantity(&text) {
                prop_assert!(crate::quantity::Decimal::parse(&number) != Err(crate::quantity::DecimalError::NotANumber), "{}", number);
            }
        }

        #[test]
        fn what_either_language_prints_is_read_or_asked(steps in 0_i64..10_000_000_000, decimals in 0_u8..4) {
            let plain = crate::quantity::Quantity::new(steps, decimals).to_string();
            let english = crate::languages::Language::En.decimal(&plain);
            let german = crate::languages::Language::De.decimal(&plain);
            for text in [english, german] {
                match read_quantity(&text) {
                    TypedQuantity::Number(number) => prop_assert_eq!(&number, &plain),
                    TypedQuantity::Ambiguous { thousands, decimal } => prop_assert!(thousands == plain || decimal == plain),
                    other => prop_assert!(false, "{} is {:?}", text, other),
                }
            }
        }
    }
}
