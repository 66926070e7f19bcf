//! Which entry of a bank is which, however often and in whichever file it comes.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::{Direction, Entry, Format, Statement};

/// What tells an entry from every other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    /// Of the sum: every file that has the sum has this.
    pub sum: String,
    /// Place in the sum.
    pub place: i64,
}

/// The identities of the entries of a file's statements, in their order.
///
/// The bank's own reference tells a sum apart, with its amount, day and side, since a bank may use one again: a statement and a notification of the same
/// sum have it both. Without one it is told apart by all that is said of it, and by how many that are quite alike came before it
/// in the file, so that two payments that are alike stay two, and the same day read twice stays one. What has a reference is counted in its
/// statement alone: two statements of a file that overlap name one movement twice.
pub fn of_file(statements: &[Statement]) -> Vec<Vec<Identity>> {
    let mut without_reference = HashMap::new();
    let of = |statement| of_statement(statement, &mut without_reference);
    statements.iter().map(of).collect()
}

/// `without_reference` counts through the file what is alike.
fn of_statement(statement: &Statement, without_reference: &mut HashMap<[u8; 32], u32>) -> Vec<Identity> {
    let mut alike: HashMap<[u8; 32], u32> = HashMap::new();
    let mut sum_of: HashMap<u32, String> = HashMap::new();
    let mut identities = Vec::with_capacity(statement.entries.len());
    for entry in &statement.entries {
        let sum = sum_of.entry(entry.part.sum).or_insert_with(|| {
            let digest = digest(statement, entry);
            let counts = match own_reference(entry) {
                Some(_) => &mut alike,
                None => &mut *without_reference,
            };
            let count = counts.entry(digest).or_default();
            *count += 1;
            let mut hasher = Sha256::new();
            hasher.update(digest);
            hasher.update(count.to_be_bytes());
            data_encoding::HEXLOWER.encode(&hasher.finalize())
        });
        identities.push(Identity {
            sum: sum.clone(),
            place: entry.part.place.into(),
        });
    }
    identities
}

fn digest(statement: &Statement, entry: &Entry) -> [u8; 32] {
    let mut hasher = Sha256::new();
    let mut add = |text: &str| {
        hasher.update(text.len().to_be_bytes());
        hasher.update(text.as_bytes());
    };
    add(&account(&statement.account));
    add(entry.currency.code());
    add(match entry.direction {
        Direction::Credit => "credit",
        Direction::Debit => "debit",
    });
    add(&entry.part.sum_minor.to_string());
    add(&entry.booked_on.to_string());
    match own_reference(entry) {
        Some(reference) => add(reference),
        None => {
            add("");
            add(&entry.value_on.map(|day| day.to_string()).unwrap_or_default());
            for text in [
                &entry.payer_name,
                &entry.payer_iban,
                &entry.reference,
                &entry.end_to_end_id,
            ] {
                add(&folded(text.as_deref().unwrap_or_default()));
            }
            add(&folded(&entry.remittance));
        }
    }
    hasher.finalize().into()
}

/// The bank's own reference of the sum.
fn own_reference(entry: &Entry) -> Option<&str> {
    entry.sum_reference.as_deref().filter(|text| !is_empty_reference(text))
}

/// An entry of another file, of the same account, day and amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    pub format: Format,
    /// The bank's own reference of it.
    pub reference: Option<String>,
    /// It is no part of a sum.
    pub is_alone: bool,
    pub payer_iban: Option<String>,
    pub end_to_end_id: Option<String>,
    pub remittance: String,
}

/// True where an entry is for certain another one than that of another file: both have a reference of the bank's for the same thing, these
/// are not the same, and what is said of them isn't either.
pub fn is_told_apart(entry: &Entry, format: Format, other: &Other) -> bool {
    let is_camt = |format: Format| matches!(format, Format::Camt053 | Format::Camt054);
    let is_same_kind = format == other.format || (is_camt(format) && is_camt(other.format));
    // The reference of a part says nothing about that of a sum.
    let is_alone = other.is_alone && entry.servicer_reference == entry.sum_reference;
    let (Some(own), Some(reference)) = (own_reference(entry), other.reference.as_deref()) else {
        return false;
    };
    let text = |text: &Option<String>| folded(text.as_deref().unwrap_or_default());
    let looks_same = entry.payer_iban == other.payer_iban
        && text(&entry.end_to_end_id) == text(&other.end_to_end_id)
        && folded(&entry.remittance) == folded(&other.remittance);
    is_same_kind && is_alone && own != reference && !looks_same
}

/// The account without blanks; banks write it with and without.
pub fn account(text: &str) -> String {
    let kept = text.chars().filter(|sign| !sign.is_whitespace());
    kept.map(|sign| sign.to_ascii_uppercase()).collect()
}

/// What banks write where they have no reference.
pub fn is_empty_reference(text: &str) -> bool {
    let text = text.trim();
    matches!(
        text.to_ascii_uppercase().as_str(),
        "" | "NONREF" | "NOTPROVIDED" | "NOTAVAIL" | "NOT PROVIDED" | "EREF" | "0"
    )
}

fn folded(text: &str) -> String {
    let kept = text.chars().filter(|sign| sign.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::rules::matching::tests::entry;

    #[test]
    fn only_what_the_bank_names_another_and_looks_another_is_told_apart() {
        let named = |reference: &str, text: &str| Entry {
            servicer_reference: Some(reference.to_owned()),
            sum_reference: Some(reference.to_owned()),
            remittance: text.to_owned(),
            ..entry(6_050)
        };
        let other = Other {
            format: Format::Camt054,
            reference: Some("R1".to_owned()),
            is_alone: true,
            payer_iban: None,
            end_to_end_id: None,
            remittance: "half of it".to_owned(),
        };
        let part = Entry {
            sum_reference: Some("S1".to_owned()),
            ..named("R2", "the rest")
        };
        let bare = Entry {
            sum_reference: None,
            servicer_reference: None,
            ..named("R2", "the rest")
        };
        let of_part = Other {
            is_alone: false,
            ..other.clone()
        };
        let of_list = Other {
            format: Format::Csv,
            ..other.clone()
        };
        for (entry, format, other, is_told) in [
            (named("R2", "the rest"), Format::Camt053, &other, true),
            (named("R2", "Half of it"), Format::Camt053, &other, false),
            (named("R1", "the rest"), Format::Camt053, &other, false),
            (part, Format::Camt053, &other, false),
            (bare.clone(), Format::Camt053, &other, false),
            (named("R2", "the rest"), Format::Camt053, &of_part, false),
            (named("R2", "the rest"), Format::Mt940, &other, false),
            (named("R2", "the rest"), Format::Camt053, &of_list, false),
            (named("R2", "the rest"), Format::Csv, &of_list, true),
            (bare, Format::Csv, &of_list, false),
        ] {
            assert_eq!(
                is_told_apart(&entry, format, other),
                is_told,
                "{entry:?} {format:?} {other:?}"
            );
        }
    }
}
