//! References of payments that banks carry in a field of their own and whose check digits tell a slip: ISO 11649 (`RF`), and
//! those of Belgium, Switzerland, Finland and Norway. Each has the number of an invoice in it, perhaps behind zeros.
//!
//! Sources: ISO 11649:2009; Febelfin, structured communication (OGM/VCS); SIX, Swiss Implementation Guidelines QR-bill,
//! annex B (modulo 10, recursive); Finance Finland, creditor reference (weights 7, 3, 1); Finans Norge, KID (modulo 10 or 11).
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::names::names;

names! {
    /// Which kind of reference it is.
    pub enum Kind as PaymentReferenceKind {
        /// ISO 11649.
        Rf = "rf",
        /// Of Belgium.
        Ogm = "ogm",
        /// Of a Swiss QR bill.
        Qr = "qr",
        Finnish = "finnish",
        /// Of Norway.
        Kid = "kid",
    }
}

/// A reference whose check digits are right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub kind: Kind,
    /// What it says beside its check digits, without zeros before it.
    pub body: String,
}

/// Longest body of an `RF` reference.
const RF_BODY_MAX: usize = 21;
/// Numbers of institutes that a QR-IBAN has.
const QR_INSTITUTES: std::ops::RangeInclusive<u32> = 30_000..=31_999;
/// Digits of a Swiss QR reference without its check digit.
const QR_BODY: usize = 26;

/// The letters and digits of a number, in capitals, without zeros before them: what two ways to write it have in common.
pub fn bare(number: &str) -> String {
    let kept = number.chars().filter(char::is_ascii_alphanumeric);
    let text: String = kept.map(|sign| sign.to_ascii_uppercase()).collect();
    text.trim_start_matches('0').to_owned()
}

/// The `RF` reference of a number; none where the number has no letter or digit, or too many.
pub fn rf(number: &str) -> Option<String> {
    let body = bare(number);
    if body.is_empty() || body.len() > RF_BODY_MAX {
        return None;
    }
    let check = 98 - modulo_97(&format!("{body}RF00"))?;
    Some(format!("RF{check:02}{body}"))
}

/// The Swiss QR reference of a number, 27 digits; none of one without a digit above zero, or with too many.
pub fn qr(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let body = digits.trim_start_matches('0');
    if body.is_empty() || body.len() > QR_BODY {
        return None;
    }
    let body = format!("{body:0>QR_BODY$}");
    let check = modulo_10_recursive(&body)?;
    Some(format!("{body}{check}"))
}

/// The reference by which an invoice of this number is paid to this account: QR-IBANs take QR references alone.
pub fn of_payment(iban: Option<&str>, number: &str) -> Option<String> {
    match iban.is_some_and(is_qr_iban) {
        true => qr(number),
        false => rf(number),
    }
}

/// What a payer is asked to state: the number itself, which is found in any text, or to a QR-IBAN, which takes no text, its reference.
pub fn stated(iban: Option<&str>, number: &str) -> String {
    let reference = iban.filter(|iban| is_qr_iban(iban)).and_then(|_| qr(number));
    reference.map_or_else(|| number.to_owned(), |reference| printed_qr(&reference))
}

/// True for the IBAN of an account in Switzerland or Liechtenstein that takes nothing but QR references.
pub fn is_qr_iban(iban: &str) -> bool {
    let bare: String = iban.chars().filter(|sign| !sign.is_whitespace()).collect();
    let country = bare.get(..2).unwrap_or_default().to_ascii_uppercase();
    let institute: Option<u32> = bare.get(4..9).and_then(|digits| digits.parse().ok());
    matches!(country.as_str(), "CH" | "LI") && institute.is_some_and(|institute| QR_INSTITUTES.contains(&institute))
}

/// A reference in groups, as it is printed: a QR reference of five digits from the right, any other of four signs.
pub fn printed(reference: &str) -> String {
    match reference.bytes().all(|byte| byte.is_ascii_digit()) {
        true => printed_qr(reference),
        false => in_groups_of_four(reference),
    }
}

fn printed_qr(reference: &str) -> String {
    let (first, rest) = reference.split_at_checked(2).unwrap_or((reference, ""));
    let signs: Vec<char> = rest.chars().collect();
    let groups = signs.chunks(5).map(String::from_iter);
    std::iter::once(first.to_owned())
        .chain(groups)
        .collect::<Vec<_>>()
        .join(" ")
}

fn in_groups_of_four(reference: &str) -> String {
    let signs: Vec<char> = reference.chars().collect();
    let groups: Vec<String> = signs.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// What may be meant by a reference: several kinds have nothing but digits, and one may pass for another.
pub fn read(text: &str) -> Vec<Reference> {
    let bare: String = text
        .chars()
        .filter(|sign| !matches!(sign, ' ' | '+' | '*' | '/' | '.' | '-'))
        .map(|sign| sign.to_ascii_uppercase())
        .collect();
    let found = |kind: Kind, body: Option<&str>| {
        let body = body?.trim_start_matches('0');
        (!body.is_empty()).then(|| Reference {
            kind,
            body: body.to_owned(),
        })
    };
    [
        found(Kind::Rf, rf_body(&bare)),
        found(Kind::Ogm, ogm_body(&bare)),
        found(Kind::Qr, qr_body(&bare)),
        found(Kind::Finnish, finnish_body(&bare)),
        found(Kind::Kid, kid_body(&bare)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn rf_body(bare: &str) -> Option<&str> {
    let behind = bare.strip_prefix("RF")?;
    let (check, body) = behind.split_at_checked(2)?;
    let is_right = !body.is_empty() && body.len() <= RF_BODY_MAX && check.bytes().all(|byte| byte.is_ascii_digit());
    (is_right && modulo_97(&format!("{body}RF{check}")) == Some(1)).then_some(body)
}

/// Twelve digits; the last two are the rest of the first ten by 97, or 97 for none.
fn ogm_body(bare: &str) -> Option<&str> {
    let (body, check) = digits(bare, 12..=12)?.split_at_checked(10)?;
    let rest = body.parse::<u64>().ok()? % 97;
    let wanted = if rest == 0 { 97 } else { rest };
    (check.parse::<u64>().ok()? == wanted).then_some(body)
}

/// 27 digits; the last is the check digit.
fn qr_body(bare: &str) -> Option<&str> {
    let (body, check) = digits(bare, 27..=27)?.split_at_checked(26)?;
    (modulo_10_recursive(body)? == check.parse::<u32>().ok()?).then_some(body)
}

/// The check digit of a Swiss QR reference: each digit is carried through a table (DIN 1333's recursive modulo 10).
fn modulo_10_recursive(body: &str) -> Option<u32> {
    const TABLE: [u32; 10] = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];
    let mut carry = 0_u32;
    for sign in body.chars() {
        let place = usize::try_from((carry + sign.to_digit(10)?) % 10).ok()?;
        carry = *TABLE.get(place)?;
    }
    Some((10 - carry) % 10)
}

/// 4 to 20 digits; weights 7, 3, 1 from the right, what is missing to the next ten is the last.
fn finnish_body(bare: &str) -> Option<&str> {
    let bare = digits(bare, 4..=20)?;
    let (body, check) = bare.split_at_checked(bare.len().checked_sub(1)?)?;
    let weighted = body.chars().rev().zip([7, 3, 1].into_iter().cycle());
    let sum = weighted.map(|(sign, weight)| sign.to_digit(10).unwrap_or_default() * weight);
    let wanted = (10 - sum.sum::<u32>() % 10) % 10;
    (check.parse::<u32>().ok()? == wanted).then_some(body)
}

/// 4 to 25 digits, the last by modulo 10 (every second digit doubled) or 11 (weights 2 to 7; where it would be 10 it is `-`, which
/// goes with the marks between digits and is not taken).
fn kid_body(bare: &str) -> Option<&str> {
    let bare = digits(bare, 4..=25)?;
    let (body, check) = bare.split_at_checked(bare.len().checked_sub(1)?)?;
    let check = check.parse::<u32>().ok()?;
    let values = || body.chars().rev().filter_map(|sign| sign.to_digit(10));
    let doubled = values().zip([2, 1].into_iter().cycle());
    let by_10 = doubled.map(|(value, weight)| value * weight / 10 + value * weight % 10);
    let by_10 = (10 - by_10.sum::<u32>() % 10) % 10;
    let weighted = values().zip((2..=7).cycle());
    let by_11 = (11 - weighted.map(|(value, weight)| value * weight).sum::<u32>() % 11) % 11;
    (check == by_10 || check == by_11).then_some(body)
}

fn digits(bare: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<&str> {
    (lengths.contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit())).then_some(bare)
}

/// The number that letters and digits stand for, modulo 97 (ISO 7064).
fn modulo_97(text: &str) -> Option<u32> {
    text.chars().try_fold(0_u32, |rest, sign| {
        let value = sign.to_digit(36)?;
        let shift = if value < 10 { 10 } else { 100 };
        Some((rest * shift + value) % 97)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_account_decides_which_reference_is_stated() {
        let qr_iban = Some("CH44 3199 9123 0008 8901 2");
        assert_eq!(stated(qr_iban, "2026-000042"), "00 00000 00000 00002 02600 00425");
        assert_eq!(of_payment(qr_iban, "2026-000042"), qr("2026-000042"));
        for other in [Some("CH58 0079 1123 0008 8901 2"), None] {
            assert_eq!(stated(other, "2026-000042"), "2026-000042");
            assert_eq!(of_payment(other, "2026-000042"), rf("2026-000042"));
        }
    }

    #[test]
    fn the_reference_of_a_number_has_the_check_digits_of_iso_11649() {
        // The standard's own example.
        assert_eq!(rf("539007547034").as_deref(), Some("RF18539007547034"));
        assert_eq!(rf("2026-000042").as_deref(), Some("RF022026000042"));
        assert_eq!(printed("RF022026000042"), "RF02 2026 0000 42");
        for none in ["", "---", "2026-000042-000000000000000001"] {
            assert_eq!(rf(none), None, "{none}");
        }
    }

    #[test]
    fn each_country_reads_its_own_and_a_wrong_digit_is_told() {
        for (kind, good, body) in [
            (Kind::Rf, "RF18 5390 0754 7034", "539007547034"),
            (Kind::Rf, "rf18539007547034", "539007547034"),
            (Kind::Ogm, "+++090/9337/55493+++", "909337554"),
            (Kind::Ogm, "***010/8068/17183***", "108068171"),
            (
                Kind::Qr,
                "21 00000 00003 13947 14300 09017",
                "21000000000313947143000901",
            ),
            (Kind::Finnish, "1232", "123"),
            (Kind::Kid, "2345676", "234567"),
        ] {
            let bodies: Vec<_> = read(good).into_iter().filter(|found| found.kind == kind).collect();
            assert_eq!(bodies.len(), 1, "{good}");
            assert_eq!(bodies[0].body, body, "{good}");
        }
        for bad in [
            "",
            "RF",
            "RF19539007547034",
            "RF18",
            "RF1853900754703A",
            "+++090/9337/55494+++",
            "210000000003139471430009018",
            "invoice",
            "RF18 5390 0754 7034 5390 0754 7034",
        ] {
            let kinds = read(bad);
            assert!(
                kinds
                    .iter()
                    .all(|found| !matches!(found.kind, Kind::Rf | Kind::Ogm | Kind::Qr)),
                "{bad}: {kinds:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_reference_is_read_back_and_one_changed_digit_is_not(number in "[1-9][0-9]{3}-[0-9]{6}", place in 2_usize..14, by in 1_u32..9) {
            let reference = rf(&number).expect("a reference");
            let found = read(&printed(&reference));
            let own = found.iter().find(|found| found.kind == Kind::Rf).map(|found| found.body.clone());
            prop_assert_eq!(own, Some(bare(&number)));
            let mut signs: Vec<char> = reference.chars().collect();
            let digit = signs[place].to_digit(10).expect("a digit");
            signs[place] = char::from_digit((digit + by) % 10, 10).expect("a digit");
            let slip: String = signs.into_iter().collect();
            prop_assert!(read(&slip).iter().all(|found| found.kind != Kind::Rf), "{}", slip);
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,40}") {
            let _ = (read(&text), rf(&text), printed(&text));
        }
    }
}
