//! Accounts at banks: IBAN (ISO 13616) and BIC (ISO 9362).

use super::is_country;

/// How long the IBANs of a country are. Source: SWIFT, IBAN Registry.
const IBAN_LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 \
    DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 \
    KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 \
    QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

/// True for an IBAN: the length of its country, and the check digits are right. It may have the blanks it is printed with.
pub fn is_iban(text: &str) -> bool {
    let bare: String = text.chars().filter(|sign| *sign != ' ').collect();
    let is_plain = bare
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let (Some(country), Some(check)) = (bare.get(..2), bare.get(2..4)) else {
        return false;
    };
    let mut known = IBAN_LENGTHS.split_whitespace();
    let fits = known.any(|entry| entry.split_at_checked(2) == Some((country, bare.len().to_string().as_str())));
    let digits = check.bytes().all(|byte| byte.is_ascii_digit()) && !matches!(check, "00" | "01" | "99");
    is_plain && fits && digits && text.trim() == text && remainder(&bare) == Some(1)
}

/// The number that an IBAN stands for, with country and check digits behind, modulo 97 (ISO 7064).
fn remainder(bare: &str) -> Option<u32> {
    let mut moved = bare.chars().skip(4).chain(bare.chars().take(4));
    moved.try_fold(0, |rest: u32, sign| {
        let value = sign.to_digit(36)?;
        let shift = if value < 10 { 10 } else { 100 };
        Some((rest * shift + value) % 97)
    })
}

/// True for the reference of a direct debit mandate: at most 35 of the letters that banks pass on (EPC130-08).
pub fn is_mandate_reference(text: &str) -> bool {
    let is_passed_on = |sign: char| sign.is_ascii_alphanumeric() || "+?/-:().,' ".contains(sign);
    let is_bounded = !text.is_empty() && text.len() <= 35 && text.trim() == text;
    is_bounded && text.chars().all(is_passed_on)
}

/// True for the identifier of who collects direct debits: country, check digits, three signs of its own choice, and what its country
/// knows it by (EPC262-08). The three signs don't count for the check.
pub fn is_creditor_id(text: &str) -> bool {
    let is_plain = text
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let (Some(country), Some(check), Some(own)) = (text.get(..2), text.get(2..4), text.get(7..)) else {
        return false;
    };
    let is_of_country = country.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_bounded = (8..=35).contains(&text.len()) && check.bytes().all(|byte| byte.is_ascii_digit());
    is_plain && is_of_country && is_bounded && remainder(&format!("{country}{check}{own}")) == Some(1)
}

/// True for a BIC: who (4), the country (2), the place (2), perhaps the branch (3).
pub fn is_bic(text: &str) -> bool {
    let is_plain = text
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let country = text.get(4..6).unwrap_or_default();
    matches!(text.len(), 8 | 11) && is_plain && (is_country(country) || country == "XK")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_has_its_countrys_length_and_right_check_digits() {
        for good in [
            "DE89370400440532013000",
            "DE89 3704 0044 0532 0130 00",
            "NL91ABNA0417164300",
            "GB82 WEST 1234 5698 7654 32",
            "MT84MALT011000012345MTLCAST001S",
            "NO9386011117947",
        ] {
            assert!(is_iban(good), "{good}");
        }
        for bad in [
            "",
            "DE88370400440532013000",
            "DE8937040044053201300",
            "de89370400440532013000",
            "NL91ABNA0417164301",
            "XX89370400440532013000",
            " DE89370400440532013000",
            "DE89-3704-0044-0532-0130-00",
            "DE00000000000000000000",
            "N/A",
        ] {
            assert!(!is_iban(bad), "{bad}");
        }
    }

    #[test]
    fn a_bic_has_eight_or_eleven_signs_and_a_country() {
        for good in ["COBADEFF", "COBADEFFXXX", "ABNANL2A", "NCBKXKPR", "1SBADE21"] {
            assert!(is_bic(good), "{good}");
        }
        for bad in [
            "",
            "COBADEF",
            "COBAXXFF",
            "cobadeff",
            "COBADEFFX",
            "COBADEFFXXXX",
            "COBA DEF",
            "COBAD3FF",
        ] {
            assert!(!is_bic(bad), "{bad}");
        }
    }

    #[test]
    fn creditors_and_their_mandates_are_known_by_their_form() {
        // The example of the EPC, and Germany's.
        for id in ["DE98ZZZ09999999999", "NL79ZZZ999999990000", "DE98ABC09999999999"] {
            assert!(is_creditor_id(id), "{id}");
        }
        for none in [
            "",
            "DE98",
            "DE97ZZZ09999999999",
            "de98ZZZ09999999999",
            "DE98ZZZ0999999999 ",
            "98DEZZZ09999999999",
        ] {
            assert!(!is_creditor_id(none), "{none}");
        }
        assert!(is_mandate_reference("MREF-2026/0042") && is_mandate_reference("A (B)"));
        assert!(!is_mandate_reference("") && !is_mandate_reference(" A") && !is_mandate_reference("Ä"));
        assert!(!is_mandate_reference(&"A".repeat(36)));
    }
}
