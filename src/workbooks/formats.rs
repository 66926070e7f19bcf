//! What a number format makes of a number: a day, or digits with signs between them that belong to what is read.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

/// More digits than that no number of a spreadsheet has.
const DIGITS_MAX: usize = 64;

/// What a format shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Format {
    /// The number itself, however it is grouped or coloured.
    Number,
    /// The number rounded to so many decimals.
    Rounded(usize),
    /// Something else than the number: a percentage, thousands, nothing at all.
    Other,
    /// A day or a time.
    Moment,
    /// A whole number with zeros before it or signs around it: `000000`, `"NW-"00000`. `None` is a digit.
    Digits(Vec<Option<char>>),
}

/// A format that every spreadsheet has.
pub(super) fn built_in(id: &str) -> Format {
    match id.trim().parse() {
        Ok(14..=22 | 27..=36 | 45..=47 | 50..=58) => Format::Moment,
        Ok(1 | 3 | 5 | 6 | 37 | 38 | 41 | 42) => Format::Rounded(0),
        Ok(2 | 4 | 7 | 8 | 39 | 40 | 43 | 44) => Format::Rounded(2),
        Ok(9 | 10) => Format::Other,
        _ => Format::Number,
    }
}

/// Reads the code of a format; of several parts the first one, which is that of numbers above zero.
pub(super) fn read(code: &str) -> Format {
    let code = code.trim();
    if code.is_empty() || code.eq_ignore_ascii_case("general") {
        return Format::Number;
    }
    let (mut pieces, mut is_plain, mut signs) = (Vec::new(), true, code.chars());
    let mut shown = String::new();
    while let Some(sign) = signs.next() {
        match sign {
            ';' => break,
            // As wide as the next sign, or filled up with it.
            '_' | '*' => {
                signs.next();
                is_plain = false;
            }
            '"' => pieces.extend(signs.by_ref().take_while(|sign| *sign != '"').map(Some)),
            '\\' => pieces.extend(signs.next().map(Some)),
            '[' => {
                let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                let elapsed = inside
                    .chars()
                    .all(|sign| matches!(sign.to_ascii_lowercase(), 'h' | 'm' | 's'));
                if elapsed && !inside.is_empty() {
                    return Format::Moment;
                }
                // Conditions and currencies; a colour changes nothing.
                is_plain &= inside.chars().all(char::is_alphabetic);
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => return Format::Moment,
            '0' => pieces.push(None),
            '-' | ' ' | '/' | '(' | ')' | ':' | '+' | '$' => pieces.push(Some(sign)),
            _ => is_plain = false,
        }
        if matches!(sign, '0' | '#' | '?' | '.' | ',' | '%' | '/' | '@' | 'E' | 'e') {
            shown.push(sign);
        }
        if pieces.len() > DIGITS_MAX {
            is_plain = false;
            pieces.clear();
        }
    }
    let digits = pieces.iter().filter(|piece| piece.is_none()).count();
    // `0 "pcs"` is a number with its unit, `"A"0` a number of something.
    let has_head = pieces.first().is_some_and(Option::is_some);
    match is_plain && (digits > 1 || digits == 1 && has_head) {
        true => Format::Digits(pieces),
        false => of_number(&shown),
    }
}

/// What the signs of a format that stand for the number make of it.
fn of_number(shown: &str) -> Format {
    let is_digit = |sign: char| matches!(sign, '0' | '#' | '?');
    // Fractions, exponents and texts show the number, and so does `General` with a unit.
    if shown.contains(['/', '@', 'E', 'e']) {
        return Format::Number;
    }
    let (whole, decimals) = shown.split_once('.').unwrap_or((shown, ""));
    // A comma behind the last digit leaves thousands out.
    let is_scaled = [whole, decimals].iter().any(|part| part.ends_with(','));
    if shown.contains('%') || is_scaled || !shown.contains(is_digit) {
        return Format::Other;
    }
    Format::Rounded(decimals.chars().filter(|sign| is_digit(*sign)).count())
}

/// True where such a format shows another number than this plain decimal.
pub(super) fn hides(format: &Format, plain: &str) -> bool {
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    match format {
        Format::Rounded(shown) => decimals > *shown,
        Format::Digits(_) => decimals > 0,
        Format::Other => true,
        Format::Number | Format::Moment => false,
    }
}

/// The digits of a whole number as such a format shows them.
pub(super) fn filled(pieces: &[Option<char>], digits: &str) -> String {
    let mut left = digits.chars().rev();
    let first = pieces.iter().position(Option::is_none);
    let mut shown = Vec::new();
    for (place, piece) in pieces.iter().enumerate().rev() {
        match piece {
            Some(sign) => shown.push(*sign),
            None => {
                shown.push(left.next().unwrap_or('0'));
                if Some(place) == first {
                    shown.extend(left.by_ref());
                }
            }
        }
    }
    shown.into_iter().rev().collect()
}

/// A number as a plain decimal, of at most the fifteen digits that spreadsheets show where it isn't whole.
pub(super) fn plain(number: f64) -> String {
    let exact = number.to_string();
    let digits = exact.bytes().filter(u8::is_ascii_digit).count();
    if !exact.contains('.') || digits <= 15 {
        return exact;
    }
    let rounded = format!("{number:.14e}");
    rounded.parse::<f64>().map_or(exact, |rounded| rounded.to_string())
}

/// What a moment's number means: days since 1900, in which spreadsheets count a 29 February that never was, or since
/// 1904. Nothing where it means none.
pub(super) fn moment(number: f64, is_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    let whole: i64 = format!("{:.0}", number.floor()).parse().ok()?;
    let seconds: i64 = format!("{:.0}", ((number - number.floor()) * 86_400.0).round())
        .parse()
        .ok()?;
    let (base, days) = match (is_1904, whole) {
        (true, days) => (NaiveDate::from_ymd_opt(1904, 1, 1)?, days),
        (false, 0) => {
            let time = NaiveTime::MIN + TimeDelta::try_seconds(seconds)?;
            return Some(time.format("%H:%M").to_string());
        }
        (false, 60) => return None,
        (false, days) if days < 60 => (NaiveDate::from_ymd_opt(1899, 12, 31)?, days),
        (false, days) => (NaiveDate::from_ymd_opt(1899, 12, 30)?, days),
    };
    let moment = base.and_time(NaiveTime::MIN);
    let moment = moment.checked_add_signed(TimeDelta::try_days(days)?)?;
    let moment = moment.checked_add_signed(TimeDelta::try_seconds(seconds)?)?;
    Some(match seconds {
        0 => moment.format("%Y-%m-%d").to_string(),
        _ => moment.format("%Y-%m-%d %H:%M").to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_what_they_show() {
        for (code, expected) in [
            ("General", Format::Number),
            ("0", Format::Rounded(0)),
            ("0.00", Format::Rounded(2)),
            ("#,##0", Format::Rounded(0)),
            ("#,##0.00 \"EUR\"", Format::Rounded(2)),
            ("_-* #,##0.0_-", Format::Rounded(1)),
            ("0%", Format::Other),
            ("0.00 %", Format::Other),
            ("0,", Format::Other),
            ("#,##0.0,,\"m\"", Format::Other),
            (";;;", Format::Other),
            ("[>3]\"many\";0", Format::Other),
            ("# ?/?", Format::Number),
            ("General \"pcs\"", Format::Number),
            ("0.00E+00", Format::Number),
            ("@", Format::Number),
            ("[Red]0.00", Format::Rounded(2)),
            ("yyyy-mm-dd", Format::Moment),
            ("dd.mm.yy", Format::Moment),
            ("d/m", Format::Moment),
            ("[$-407]d. mmm", Format::Moment),
            ("[h]:mm", Format::Moment),
            ("00", Format::Digits(vec![None, None])),
            ("\"A\"0;\"m\"0", Format::Digits(vec![Some('A'), None])),
            ("0 \"pcs\"", Format::Rounded(0)),
        ] {
            assert_eq!(read(code), expected, "{code}");
        }
        assert_eq!(built_in("14"), Format::Moment);
        assert_eq!(built_in("0"), Format::Number);
        assert_eq!(built_in("1"), Format::Rounded(0));
        assert_eq!(built_in("9"), Format::Other);
    }

    #[test]
    fn a_format_that_shows_another_number_is_known() {
        for (code, plain, expected) in [
            ("General", "2.6", false),
            ("0", "2", false),
            ("0", "2.6", true),
            ("0.00", "2.6", false),
            ("0.00", "2.625", true),
            ("#,##0.000", "1234.625", false),
            ("000000", "4711", false),
            ("000000", "4711.5", true),
            ("0%", "1", true),
            ("#,##0,", "5000", true),
            (";;;", "5", true),
        ] {
            assert_eq!(hides(&read(code), plain), expected, "{code} {plain}");
        }
    }

    #[test]
    fn digits_are_shown_with_their_zeros_and_signs() {
        for (code, digits, expected) in [
            ("000000", "4711", "004711"),
            ("000000", "12345678", "12345678"),
            ("00-00", "123", "01-23"),
            ("\"NW-\"00000", "40012", "NW-40012"),
            ("00\\-0", "98765", "9876-5"),
        ] {
            let Format::Digits(pieces) = read(code) else {
                panic!("{code}");
            };
            assert_eq!(filled(&pieces, digits), expected, "{code} {digits}");
        }
    }

    #[test]
    fn numbers_are_those_that_were_typed() {
        for (number, expected) in [
            (16.0, "16"),
            (2.125, "2.125"),
            (0.1 + 0.2, "0.3"),
            (1_234_567_890_123_456.0, "1234567890123456"),
            (4_006_381_333_931.0, "4006381333931"),
            (-0.5, "-0.5"),
        ] {
            assert_eq!(plain(number), expected);
        }
    }

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        for (number, is_1904, expected) in [
            (1.0, false, Some("1900-01-01")),
            (59.0, false, Some("1900-02-28")),
            (60.0, false, None),
            (61.0, false, Some("1900-03-01")),
            (46_307.0, false, Some("2026-10-12")),
            (46_307.5, false, Some("2026-10-12 12:00")),
            (44_845.0, true, Some("2026-10-12")),
            (0.25, false, Some("06:00")),
            (2_958_465.0, false, Some("9999-12-31")),
            (2_958_466.0, false, None),
            (-1.0, false, None),
            (1e300, true, None),
        ] {
            assert_eq!(moment(number, is_1904).as_deref(), expected, "{number}");
        }
    }
}
