//! The payment part of an invoice that is paid to an account in Switzerland or Liechtenstein: what its code says, and who stands on it.
//!
//! Source: SIX, Swiss Payment Standards, Implementation Guidelines for the QR-bill, version 2.3: data of version 0200 with structured
//! addresses, error correction M, at most version 25 of the code, the Swiss cross in its middle.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use super::epc::{self, Code};
use crate::money::Money;
use crate::parties::{Address, Buyer, Seller};
use crate::values::{self, references};

/// Countries whose accounts are paid so.
const COUNTRIES: [&str; 2] = ["CH", "LI"];
/// Of an address.
const NAME_CHARS_MAX: usize = 70;
const STREET_CHARS_MAX: usize = 70;
const NUMBER_CHARS_MAX: usize = 16;
const CODE_CHARS_MAX: usize = 16;
const TOWN_CHARS_MAX: usize = 35;
/// 999,999,999.99
const MINOR_MAX: i64 = 99_999_999_999;
/// Bytes of all the data.
const BYTES_MAX: usize = 997;
/// Largest code there may be.
const VERSION_MAX: u8 = 25;

/// A structured address, as the code says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    pub street: String,
    pub number: String,
    pub postal_code: String,
    pub town: String,
    pub country: String,
}

/// What the payer's bank is told to find the invoice by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// 27 digits, to a QR-IBAN.
    Qr(String),
    /// ISO 11649, to any other IBAN.
    Creditor(String),
}

impl Reference {
    fn kind(&self) -> &'static str {
        match self {
            Self::Qr(_) => "QRR",
            Self::Creditor(_) => "SCOR",
        }
    }

    /// As the code says it.
    fn bare(&self) -> &str {
        match self {
            Self::Qr(text) | Self::Creditor(text) => text,
        }
    }

    /// As it is printed.
    pub fn printed(&self) -> String {
        references::printed(self.bare())
    }
}

/// A payment part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// Without blanks.
    pub iban: String,
    pub creditor: Party,
    /// None where the address lacks something: then the payer writes it.
    pub debtor: Option<Party>,
    pub amount: Money,
    pub reference: Reference,
    /// What else the payment says.
    pub message: String,
}

/// The payment part of an invoice; none where it is paid to an account elsewhere, in another currency, or the supplier's address lacks
/// something.
pub fn bill(seller: &Seller, buyer: &Buyer, amount: Money, number: &str) -> Option<Bill> {
    let bare = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
    let iban = bare(seller.iban.as_deref()?).to_ascii_uppercase();
    let country = iban.get(..2)?;
    let is_payable = COUNTRIES.contains(&country)
        && values::is_iban(&iban)
        && matches!(amount.currency.code(), "CHF" | "EUR")
        && (1..=MINOR_MAX).contains(&amount.minor);
    // A supplier abroad with an account there is paid so by accounts there.
    let is_of_country = [&seller.address, &buyer.address]
        .iter()
        .any(|address| COUNTRIES.contains(&address.country.as_str()));
    if !is_payable || !is_of_country {
        return None;
    }
    let reference = match references::is_qr_iban(&iban) {
        true => Reference::Qr(references::qr(number)?),
        false => Reference::Creditor(references::rf(number)?),
    };
    Some(Bill {
        creditor: party(&seller.address)?,
        debtor: party(&buyer.address),
        iban,
        amount,
        reference,
        message: printable(number)?,
    })
}

/// A text of the letters that the standard knows, in one line; none where it has others.
fn printable(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_known = |sign: char| matches!(sign, ' '..='~' | '\u{a0}'..='\u{17f}' | '\u{218}'..='\u{21b}' | '\u{20ac}');
    line.chars().all(is_known).then_some(line)
}

fn party(address: &Address) -> Option<Party> {
    let cut = |text: &str, most: usize| printable(text).map(|text| text.chars().take(most).collect::<String>());
    let filled = |text: Option<&str>, most| {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        cut(text, most)
            .filter(|cut| cut.chars().count() == text.split_whitespace().collect::<Vec<_>>().join(" ").chars().count())
    };
    let (street, number) = street_and_number(address.street.as_deref().unwrap_or_default());
    Some(Party {
        name: cut(&address.name, NAME_CHARS_MAX).filter(|name| !name.is_empty())?,
        street: cut(street, STREET_CHARS_MAX)?,
        number: cut(number, NUMBER_CHARS_MAX)?,
        postal_code: filled(address.postal_code.as_deref(), CODE_CHARS_MAX)?,
        town: filled(address.city.as_deref(), TOWN_CHARS_MAX)?,
        country: address.country().map(str::to_owned)?,
    })
}

/// `Bahnhofstrasse 12a` is a street and a number; what does not end in one is a street alone.
fn street_and_number(street: &str) -> (&str, &str) {
    let street = street.trim();
    match street.rsplit_once(char::is_whitespace) {
        Some((name, number))
            if number.chars().next().is_some_and(|sign| sign.is_ascii_digit())
                && number.chars().count() <= NUMBER_CHARS_MAX =>
        {
            (name.trim(), number)
        }
        _ => (street, ""),
    }
}

/// What the code says, line by line.
pub fn payload(bill: &Bill) -> String {
    let mut lines: Vec<&str> = vec!["SPC", "0200", "1", &bill.iban];
    let party = |party: &'_ Party| -> [String; 7] {
        [
            "S".to_owned(),
            party.name.clone(),
            party.street.clone(),
            party.number.clone(),
            party.postal_code.clone(),
            party.town.clone(),
            party.country.clone(),
        ]
    };
    let creditor = party(&bill.creditor);
    let debtor = bill.debtor.as_ref().map(party).unwrap_or_default();
    let amount = bill.amount.to_string();
    lines.extend(creditor.iter().map(String::as_str));
    // Whom the creditor passes it on to: for the future, always empty.
    lines.extend([""; 7]);
    lines.extend([amount.as_str(), bill.amount.currency.code()]);
    lines.extend(debtor.iter().map(String::as_str));
    lines.extend([bill.reference.kind(), bill.reference.bare(), &bill.message, "EPD"]);
    lines.join("\n")
}

/// The code; none where it would say too much.
pub fn code(bill: &Bill) -> Option<Code> {
    let text = payload(bill);
    if text.len() > BYTES_MAX {
        return None;
    }
    let segment = QrSegment::make_bytes(text.as_bytes());
    let (least, most) = (Version::MIN, Version::new(VERSION_MAX));
    let made = QrCode::encode_segments_advanced(&[segment], QrCodeEcc::Medium, least, most, None, false).ok()?;
    Some(epc::drawn(&made))
}

#[cfg(test)]
mod tests;
