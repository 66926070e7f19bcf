//! Global Trade Item Numbers (GS1 General Specifications): 8, 12, 13 or 14 digits, the last one a check digit.

/// The number as 14 digits, in which all its forms compare equal; none if its length or check digit is wrong.
pub fn gtin14(text: &str) -> Option<String> {
    let digits: Vec<u32> = text
        .chars()
        .map(|c| c.to_digit(10).filter(|_| c.is_ascii_digit()))
        .collect::<Option<_>>()?;
    if !matches!(digits.len(), 8 | 12 | 13 | 14) {
        return None;
    }
    // From the right, the check digit itself counts once, the next one three times, and so on in turn.
    let weighted: u32 = digits
        .iter()
        .rev()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    // Zeros alone have a right check digit and are nobody's number.
    (weighted.is_multiple_of(10) && weighted > 0).then(|| format!("{text:0>14}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_compares_as_14_digits() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(gtin14(text).as_deref(), expected, "{text}");
        check("96385074", Some("00000096385074"));
        check("036000291452", Some("00036000291452"));
        check("4006381333931", Some("04006381333931"));
        check("04006381333931", Some("04006381333931"));
        check("10614141000415", Some("10614141000415"));
    }

    #[test]
    fn wrong_lengths_digits_and_signs_are_refused() {
        for text in [
            "",
            "4006381333932",
            "406381333931",
            "123456789",
            "00000000",
            "00000000000000",
            "４００６３８１３３３９３１",
            "400638133393X",
            " 96385074",
        ] {
            assert_eq!(gtin14(text), None, "{text}");
        }
    }
}
