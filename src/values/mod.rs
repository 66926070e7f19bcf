//! What values of a kind look like that others read: mail addresses, phone numbers, VAT ids, accounts at banks,
//! electronic addresses, references of payments. One check
//! for each kind, that of its strictest reader, wherever such a value comes in.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod attachments;
mod bank;
mod country;
mod electronic;
pub mod exemptions;
mod gs1;
mod network;
pub mod references;
mod vat_id;

use lettre::Address;
use unicode_normalization::UnicodeNormalization;

use crate::keys;

pub use self::bank::{is_bic, is_creditor_id, is_iban, is_mandate_reference};
pub use self::country::is_country;
pub use self::electronic::{electronic_address, register_number};
pub use self::gs1::is_company_prefix;
pub use self::network::Network;
pub use self::vat_id::{EU_MEMBERS, VatId};

/// Bytes of a mail address at most (RFC 5321).
const MAIL_ADDRESS_BYTES_MAX: usize = 254;
/// Bytes before its `@` at most (RFC 5321).
const LOCAL_PART_BYTES_MAX: usize = 64;
/// Digits of a phone number with its country (E.164).
const PHONE_DIGITS_MAX: usize = 15;
/// Digits of the shortest ones there are.
const PHONE_DIGITS_MIN: usize = 3;

/// The mail address that a text is, as a mail is written to it; none where no mail can be.
pub fn mail_address(text: &str) -> Option<Address> {
    let is_short = text.len() <= MAIL_ADDRESS_BYTES_MAX;
    // A sign that nobody sees, or one that is another in another form (`ａ`), would make two of one address.
    let is_usual = text.nfkc().eq(text.nfc());
    let is_plain = is_usual && !text.contains(char::is_whitespace) && keys::invisible(text).is_none();
    let address: Address = text.parse().ok().filter(|_| is_short && is_plain)?;
    Some(address).filter(|address| address.user().len() <= LOCAL_PART_BYTES_MAX)
}

/// True for a number that can be dialled: perhaps with a plus, 3 to 15 digits (E.164), and the signs that people put
/// between them.
pub fn is_phone(text: &str) -> bool {
    let number = text.strip_prefix('+').unwrap_or(text);
    let is_between = |sign: char| {
        matches!(
            sign,
            ' ' | '\u{a0}' | '-' | '\u{2011}' | '\u{2013}' | '.' | '/' | '(' | ')'
        )
    };
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let closed = number.chars().try_fold(0_u8, |open, sign| match (open, sign) {
        (0, '(') => Some(1),
        (1, ')') => Some(0),
        (_, '(' | ')') => None,
        (open, _) => Some(open),
    });
    number.chars().all(|sign| sign.is_ascii_digit() || is_between(sign))
        && number.starts_with(|sign: char| sign.is_ascii_digit() || sign == '(')
        && number.ends_with(|sign: char| sign.is_ascii_digit())
        && (PHONE_DIGITS_MIN..=PHONE_DIGITS_MAX).contains(&digits)
        && closed == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_address_is_one_that_mails_are_written_to() {
        for good in [
            "a@b",
            "eva.ö@example.com",
            "ap+x@nord.example",
            "a@münchen.example",
            "a@mu\u{308}nchen.example",
            "o'neil@nord.example",
        ] {
            assert!(mail_address(good).is_some(), "{good}");
        }
        let long = format!("{}@b.de", "a".repeat(65));
        for bad in [
            "",
            "ab",
            "@b",
            "a@",
            "a b@c.de",
            "a@b@c",
            "a\n@b",
            "ad\u{200b}a@nord.example",
            "ada@nord\u{ad}.example",
            "\u{ff41}da@nord.example",
            "ada@nord\u{ff0e}example",
            "a,b@nord.example",
            "<x@nord.example>",
            "Ada <x@nord.example>",
            "orders at vale",
            "x@nord.example,y@nord.example",
            "x@nord.example;",
            "x@nord..example",
            ".x@nord.example",
            "x.@nord.example",
            "x@-nord.example",
            "\"a b\"@nord.example",
            &long,
        ] {
            assert!(mail_address(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_phone_number_can_be_dialled() {
        for good in [
            "+49 40 123456",
            "+49 (0)40 1234-56",
            "040/123456",
            "0031.20.1234567",
            "+1 (555) 010-9999",
            "(040) 12345",
            "112",
        ] {
            assert!(is_phone(good), "{good}");
        }
        for bad in [
            "",
            "+",
            "12",
            "+49 40 1234567890123456",
            "call me",
            "040 12345 x",
            "++4940123",
            "(040 12345",
            "040)12345(1",
            "49+40123",
            "\u{664}\u{664}\u{664}\u{664}\u{664}\u{664}",
        ] {
            assert!(!is_phone(bad), "{bad}");
        }
    }
}
