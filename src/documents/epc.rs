//! The code on an invoice that apps of banks read: a credit transfer in euros with everything filled in.
//!
//! Source: European Payments Council, EPC069-12 v3.1, Quick Response Code: guidelines to enable data capture for the initiation of a
//! SEPA credit transfer. Version 002 of the data, where the BIC may be left out; error correction M, at most version 13 of the code.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use crate::money::Money;
use crate::parties::Seller;
use crate::values;

/// Characters of the name of who is paid.
const NAME_CHARS_MAX: usize = 70;
/// Bytes of all the data.
const BYTES_MAX: usize = 331;
/// 999,999,999.99 euros.
const MINOR_MAX: i64 = 99_999_999_999;
/// Largest code there may be.
const VERSION_MAX: u8 = 13;

/// What the code says; none where the seller has no IBAN, or nothing in euros is to be paid.
pub fn payload(seller: &Seller, amount: Money, reference: &str) -> Option<String> {
    let iban: String = seller
        .iban
        .as_deref()?
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .collect();
    let is_payable = amount.currency.code() == "EUR" && (1..=MINOR_MAX).contains(&amount.minor);
    if !is_payable || !values::is_iban(&iban) {
        return None;
    }
    let bic = seller
        .bic
        .as_deref()
        .filter(|bic| values::is_bic(bic))
        .unwrap_or_default();
    let name = seller.address.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().take(NAME_CHARS_MAX).collect();
    // Service, version, UTF-8, kind; BIC, name, IBAN, amount; purpose, reference.
    let lines = [
        "BCD",
        "002",
        "1",
        "SCT",
        bic,
        name.trim(),
        &iban,
        &format!("EUR{amount}"),
        "",
        reference,
    ];
    Some(lines.join("\n")).filter(|text| text.len() <= BYTES_MAX)
}

/// How many squares a side has, and the dark ones as runs: column, row, how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub size: i32,
    pub runs: Vec<(i32, i32, i32)>,
}

/// The code of a text.
pub fn code(text: &str) -> Option<Code> {
    let segment = QrSegment::make_bytes(text.as_bytes());
    let (least, most) = (Version::MIN, Version::new(VERSION_MAX));
    let made = QrCode::encode_segments_advanced(&[segment], QrCodeEcc::Medium, least, most, None, true).ok()?;
    Some(drawn(&made))
}

/// The squares of a code.
pub(super) fn drawn(made: &QrCode) -> Code {
    let size = made.size();
    let mut runs: Vec<(i32, i32, i32)> = Vec::new();
    for row in 0..size {
        for column in (0..size).filter(|column| made.get_module(*column, row)) {
            match runs.last_mut() {
                Some((start, of, length)) if *of == row && *start + *length == column => *length += 1,
                _ => runs.push((column, row, 1)),
            }
        }
    }
    Code { size, runs }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use crate::parties::Address;

    fn seller(iban: Option<&str>, bic: Option<&str>) -> Seller {
        Seller {
            address: Address {
                name: "The  Supplier".to_owned(),
                country: "NL".to_owned(),
                ..Address::default()
            },
            iban: iban.map(str::to_owned),
            bic: bic.map(str::to_owned),
            ..Seller::default()
        }
    }

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, Currency::from_code(code).expect("a currency"))
    }

    #[test]
    fn the_code_says_whom_to_pay_how_much_and_for_what() {
        let of = |iban, bic, amount| payload(&seller(iban, bic), amount, "RF022026000042");
        let iban = Some("NL91 ABNA 0417 1643 00");
        assert_eq!(
            of(iban, Some("ABNANL2A"), money(12_100, "EUR")).as_deref(),
            Some("BCD\n002\n1\nSCT\nABNANL2A\nThe Supplier\nNL91ABNA0417164300\nEUR121.00\n\nRF022026000042")
        );
        assert!(of(iban, None, money(1, "EUR")).is_some_and(|text| text.contains("SCT\n\nThe Supplier")));
        for (iban, amount) in [
            (None, money(12_100, "EUR")),
            (Some("NL91ABNA0417164301"), money(12_100, "EUR")),
            (iban, money(12_100, "USD")),
            (iban, money(0, "EUR")),
            (iban, money(MINOR_MAX + 1, "EUR")),
        ] {
            assert_eq!(of(iban, None, amount), None, "{iban:?} {amount}");
        }
    }

    #[test]
    fn the_dark_squares_are_those_of_the_code() {
        let text = payload(
            &seller(Some("NL91ABNA0417164300"), None),
            money(12_100, "EUR"),
            "RF022026000042",
        );
        let text = text.expect("a payload");
        let code = code(&text).expect("a code");
        let made = QrCode::encode_binary(text.as_bytes(), QrCodeEcc::Medium).expect("a code");
        assert_eq!(code.size, made.size());
        let dark = code.runs.iter().map(|(_, _, length)| *length).sum::<i32>();
        let places = (0..made.size()).flat_map(|row| (0..made.size()).map(move |column| (column, row)));
        let wanted = places.filter(|(column, row)| made.get_module(*column, *row)).count();
        assert_eq!(usize::try_from(dark).expect("a count"), wanted);
        // The corner pattern.
        assert_eq!(code.runs.first(), Some(&(0, 0, 7)));
    }
}
