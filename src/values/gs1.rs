//! What GS1 gives a company that numbers things.

/// Digits of a company prefix.
const PREFIX_DIGITS_MIN: usize = 4;
/// Digits of the longest one.
const PREFIX_DIGITS_MAX: usize = 12;

/// True for what may be a GS1 company prefix.
pub fn is_company_prefix(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && (PREFIX_DIGITS_MIN..=PREFIX_DIGITS_MAX).contains(&text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_prefix_has_four_to_twelve_digits() {
        for (text, is_good) in [
            ("4012", true),
            ("401234567890", true),
            ("401", false),
            ("4012345678901", false),
            ("40 2345", false),
            ("４０１２３４５", false),
            ("", false),
        ] {
            assert_eq!(is_company_prefix(text), is_good, "{text}");
        }
    }
}
