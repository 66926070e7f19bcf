//! Countries: ISO 3166-1.

use iso_currency::Country;

/// True for an ISO 3166-1 alpha-2 code, in upper case.
pub fn is_country(text: &str) -> bool {
    text.len() == 2 && text.parse::<Country>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_those_of_the_standard() {
        for good in ["DE", "GR", "GB", "NL", "US"] {
            assert!(is_country(good), "{good}");
        }
        for bad in ["", "xx", "XX", "de", "EL", "XI", "UK", "EU", "DEU", "D", "276"] {
            assert!(!is_country(bad), "{bad}");
        }
    }
}
