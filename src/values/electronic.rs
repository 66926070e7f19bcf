//! Electronic addresses (EN 16931's BT-34, BT-49) and numbers in registers (BT-30, BT-47), written `SCHEME:NUMBER` as Peppol writes
//! its participants: `0088:4012345000009`.

use super::{VatId, mail_address};

/// Schemes of electronic addresses. Source: CEF, Electronic Address Scheme code list (EAS), with the VAT numbers of `VAT_SCHEMES`.
const ADDRESS_SCHEMES: &[&str] = &[
    "0002", "0007", "0009", "0037", "0060", "0088", "0096", "0097", "0106", "0130", "0135", "0142", "0151", "0177",
    "0183", "0184", "0188", "0190", "0191", "0192", "0193", "0195", "0196", "0198", "0199", "0200", "0201", "0202",
    "0203", "0204", "0205", "0208", "0209", "0210", "0211", "0212", "0213", "0215", "0216", "0218", "0221", "0225",
    "0230", "0235", "0240", "9913", "9915", "9918", "9919", "9959", "AN", "AQ", "AS", "AU", "EM",
];
/// Schemes whose numbers are VAT ids, with the letters they begin with.
const VAT_SCHEMES: &[(&str, &str)] = &[
    ("9910", "HU"),
    ("9914", "AT"),
    ("9920", "ES"),
    ("9922", "AD"),
    ("9923", "AL"),
    ("9924", "BA"),
    ("9925", "BE"),
    ("9926", "BG"),
    ("9927", "CH"),
    ("9928", "CY"),
    ("9929", "CZ"),
    ("9930", "DE"),
    ("9931", "EE"),
    ("9932", "GB"),
    ("9933", "EL"),
    ("9934", "HR"),
    ("9935", "IE"),
    ("9936", "LI"),
    ("9937", "LT"),
    ("9938", "LU"),
    ("9939", "LV"),
    ("9940", "MC"),
    ("9941", "ME"),
    ("9942", "MK"),
    ("9943", "MT"),
    ("9944", "NL"),
    ("9945", "PL"),
    ("9946", "PT"),
    ("9947", "RO"),
    ("9948", "RS"),
    ("9949", "SI"),
    ("9950", "SK"),
    ("9951", "SM"),
    ("9952", "TR"),
    ("9953", "VA"),
    ("9957", "FR"),
];
/// Schemes of registers that companies stand in (ISO 6523 ICD).
const REGISTERS: &[&str] = &[
    "0002", "0007", "0009", "0037", "0060", "0088", "0096", "0106", "0130", "0135", "0142", "0151", "0183", "0184",
    "0188", "0190", "0191", "0192", "0195", "0196", "0198", "0199", "0200", "0204", "0208", "0209", "0210", "0211",
    "0212", "0213", "0216", "0221", "0230", "0240",
];
/// Signs of a number behind its scheme.
const NUMBER_CHARS_MAX: usize = 100;

/// A number and the list it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme<'a> {
    /// None where no list is named.
    pub scheme: Option<&'a str>,
    pub number: &'a str,
}

/// The electronic address that a text is; none where its scheme is not known or the number not one of it.
pub fn electronic_address(text: &str) -> Option<Scheme<'_>> {
    let (scheme, number) = text.split_once(':')?;
    let vat = VAT_SCHEMES.iter().find(|(known, _)| *known == scheme);
    let fits = match (scheme, vat) {
        (_, Some((_, letters))) => number.starts_with(letters) && VatId::parse(number).is_some(),
        ("EM", None) => mail_address(number).is_some(),
        _ => ADDRESS_SCHEMES.contains(&scheme) && is_plain(number) && has_check_digits(scheme, number),
    };
    fits.then_some(Scheme {
        scheme: Some(scheme),
        number,
    })
}

/// The number in a register that a text is: `0002:732829320`, or without a scheme `HRB 12345`.
pub fn register_number(text: &str) -> Option<Scheme<'_>> {
    let is_scheme = |scheme: &str| scheme.len() == 4 && scheme.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once(':') {
        Some((scheme, number)) if is_scheme(scheme) => {
            let fits = REGISTERS.contains(&scheme) && is_plain(number) && has_check_digits(scheme, number);
            fits.then_some(Scheme {
                scheme: Some(scheme),
                number,
            })
        }
        _ => (!text.is_empty() && text.trim() == text).then_some(Scheme {
            scheme: None,
            number: text,
        }),
    }
}

/// Letters, digits and the signs that numbers are written with.
fn is_plain(number: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.' | '_' | ':' | '/' | '+');
    (1..=NUMBER_CHARS_MAX).contains(&number.len()) && number.chars().all(is_sign)
}

/// True where the number is as long as its scheme has it and its check digits are right, as far as the scheme has some.
fn has_check_digits(scheme: &str, number: &str) -> bool {
    let digits: Option<Vec<u32>> = number.chars().map(|sign| sign.to_digit(10)).collect();
    let of = |length: usize| digits.as_ref().filter(|digits| digits.len() == length);
    match scheme {
        "0088" => of(13).is_some_and(|digits| is_weighted(digits, &[1, 3], 10)),
        "0192" => of(9).is_some_and(|digits| is_norwegian(digits)),
        "0208" => of(10).is_some_and(|digits| is_belgian(digits)),
        "0007" => of(10).is_some_and(|digits| is_luhn(digits)),
        "0002" => of(9).is_some_and(|digits| is_luhn(digits)),
        "0009" => of(14).is_some_and(|digits| is_luhn(digits) || number.starts_with("356000000")),
        "0184" => of(8).is_some() || number.strip_prefix("DK").is_some_and(|rest| is_digits(rest, 8)),
        "0106" | "0190" => digits.is_some(),
        _ => true,
    }
}

fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The sum of the digits by their weights, over and over, is a multiple of `modulus`.
fn is_weighted(digits: &[u32], weights: &[u32], modulus: u32) -> bool {
    let sum: u32 = digits
        .iter()
        .zip(weights.iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    sum.is_multiple_of(modulus)
}

/// Modulo 11 with the weights of the Norwegian register.
fn is_norwegian(digits: &[u32]) -> bool {
    is_weighted(digits, &[3, 2, 7, 6, 5, 4, 3, 2, 1], 11)
}

/// The last two digits are 97 less the rest of the first eight by 97.
fn is_belgian(digits: &[u32]) -> bool {
    let number = digits
        .iter()
        .fold(0_u64, |number, digit| number * 10 + u64::from(*digit));
    97 - number / 100 % 97 == number % 100
}

/// The check of cards, French companies and Swedish organisations.
fn is_luhn(digits: &[u32]) -> bool {
    let doubled = digits
        .iter()
        .rev()
        .zip([1, 2].into_iter().cycle())
        .map(|(digit, weight)| {
            let product = digit * weight;
            product / 10 + product % 10
        });
    doubled.sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_electronic_address_has_a_known_scheme_and_a_number_of_it() {
        for good in [
            "0088:4012345000009",
            "0208:0403170701",
            "0192:923829644",
            "0007:5567321707",
            "0002:732829320",
            "0009:73282932000074",
            "0184:DK12345674",
            "0204:04011000-12345-34",
            "9930:DE123456789",
            "9933:EL123456789",
            "EM:rechnung@nord.example",
            "9959:12-3456789",
        ] {
            assert!(electronic_address(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "0088",
            "0088:",
            "0088:4012345000008",
            "0088:401234500000",
            "0208:0403170702",
            "0192:923829645",
            "0007:5567321708",
            "0002:732829321",
            "9930:123456789",
            "9930:FRK7399859412",
            "9999:1",
            "EM:nobody",
            "0060:12 34",
            " 0088:4012345000009",
        ] {
            assert!(electronic_address(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_register_number_may_have_no_scheme() {
        let scheme = |text| register_number(text).map(|number| (number.scheme, number.number));
        assert_eq!(scheme("HRB 12345"), Some((None, "HRB 12345")));
        assert_eq!(scheme("0002:732829320"), Some((Some("0002"), "732829320")));
        assert_eq!(scheme("AG Hamburg: HRB 1"), Some((None, "AG Hamburg: HRB 1")));
        for bad in ["", " HRB", "0002:732829321", "9930:DE123456789", "4711:1"] {
            assert_eq!(scheme(bad), None, "{bad}");
        }
    }
}
