//! Serial shipping container codes (SSCC): 18 digits that name one package for good.
//!
//! Source: GS1 General Specifications, release 24: section 3.2 (application identifier 00) for the parts, section 7.9 for the check
//! digit. Extension digit, company prefix and serial reference fill 17 digits, the 18th is the check digit. What the extension
//! digit says is left to the company, so here it is the first digit of the serial number, which makes ten times as many.

use crate::values::is_company_prefix;

/// Digits before the check digit.
const BODY_DIGITS: usize = 17;

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digit that makes the sum of all digits, from the right three times and once in turn, a multiple of ten.
pub fn check_digit(body: &str) -> Option<u32> {
    let mut sum = 0_u32;
    let mut is_tripled = true;
    for sign in body.chars().rev() {
        let digit = sign.to_digit(10)?;
        sum = sum.checked_add(if is_tripled { digit * 3 } else { digit })?;
        is_tripled = !is_tripled;
    }
    Some((10 - sum % 10) % 10)
}

/// How many packages can be numbered with a company prefix.
pub fn capacity(prefix: &str) -> i64 {
    let digits = BODY_DIGITS.saturating_sub(prefix.len());
    let digits = u32::try_from(digits).unwrap_or_default();
    10_i64.checked_pow(digits).unwrap_or(i64::MAX)
}

/// The code with this serial number; none where the prefix is none, or all its numbers are given out.
pub fn sscc(prefix: &str, serial: i64) -> Option<String> {
    if !is_company_prefix(prefix) || !(0..capacity(prefix)).contains(&serial) {
        return None;
    }
    let digits = BODY_DIGITS.checked_sub(prefix.len())?;
    let number = format!("{serial:0digits$}");
    let (extension, reference) = number.split_at_checked(1)?;
    let body = format!("{extension}{prefix}{reference}");
    let check = check_digit(&body)?;
    Some(format!("{body}{check}"))
}

/// True for 18 digits of which the last is the check digit of the others.
pub fn is_sscc(text: &str) -> bool {
    let parts = text.split_at_checked(BODY_DIGITS);
    parts.is_some_and(|(body, check)| {
        is_digits(text)
            && text.len() == BODY_DIGITS + 1
            && check_digit(body).is_some_and(|digit| digit.to_string() == check)
    })
}

/// For people to read: in groups of four.
pub fn printed(sscc: &str) -> String {
    let digits: Vec<char> = sscc.chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(String::from_iter).collect();
    groups.join("\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_check_digit_is_that_of_published_numbers() {
        // The SSCC of the GS1 General Specifications' figures, GTINs of every length.
        for number in [
            "106141411234567897",
            "001234560000000018",
            "4006381333931",
            "96385074",
            "614141000036",
            "10614141000415",
        ] {
            let (body, check) = number.split_at(number.len() - 1);
            assert_eq!(
                check_digit(body).map(|digit| digit.to_string()).as_deref(),
                Some(check),
                "{number}"
            );
        }
        assert_eq!(check_digit("12x"), None);
    }

    #[test]
    fn a_code_is_extension_prefix_serial_and_check_digit() {
        for (prefix, serial, body) in [
            ("0614141", 1_123_456_789, Some("10614141123456789")),
            ("4012345", 0, Some("04012345000000000")),
            ("4012345", 9_999_999_999, Some("94012345999999999")),
            ("4012345", 10_000_000_000, None),
            ("4012345", -1, None),
            ("401234567890", 99_999, Some("94012345678909999")),
            ("401234567890", 100_000, None),
            ("401", 1, None),
            ("4012345678901", 1, None),
            ("40x2345", 1, None),
        ] {
            let made = sscc(prefix, serial);
            assert_eq!(made.as_deref().map(|made| &made[..17]), body, "{prefix} {serial}");
            assert!(made.as_deref().is_none_or(is_sscc), "{made:?}");
        }
        assert_eq!(sscc("0614141", 1_123_456_789).as_deref(), Some("106141411234567897"));
        assert!(!is_sscc("106141411234567890"));
        assert!(!is_sscc("1061414112345678"));
        assert!(!is_sscc("10614141123456789７"));
        assert_eq!(
            printed("106141411234567897"),
            "1061\u{a0}4141\u{a0}1234\u{a0}5678\u{a0}97"
        );
    }

    proptest! {
        #[test]
        fn no_two_serials_of_a_prefix_have_one_code(prefix in "[0-9]{4,12}", one: u32, other: u32) {
            let last = capacity(&prefix);
            let (one, other) = (i64::from(one) % last, i64::from(other) % last);
            let (first, second) = (sscc(&prefix, one), sscc(&prefix, other));
            prop_assert!(first.as_deref().is_some_and(is_sscc));
            prop_assert_eq!(first == second, one == other);
        }

        #[test]
        fn one_wrong_digit_is_noticed(serial in 0_i64..1_000_000, place in 0_usize..18, by in 1_u8..10) {
            let good = sscc("4012345", serial).expect("a code");
            let mut bytes = good.into_bytes();
            bytes[place] = b'0' + (bytes[place] - b'0' + by) % 10;
            prop_assert!(!is_sscc(std::str::from_utf8(&bytes).expect("digits")));
        }
    }
}
