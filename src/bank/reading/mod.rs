//! Files of banks become entries. The form of a file is told by its content. A file that says one thing twice and not the same is
//! refused, naming where.
//!
//! - [`camt`]: ISO 20022 camt.053 and camt.054, versions 02, 04 and 08
//! - [`mt940`]: SWIFT MT940 with the forms of German and Dutch banks in field 86
//! - [`csv`]: lists, with their columns named

pub mod camt;
pub mod csv;
pub mod mt940;
#[cfg(test)]
mod tests;
mod xml;

use super::rules::{Statement, adds_up, closing_of};
use super::sentences;
use crate::money::{Currency, Money};
use crate::quantity::Decimal;
use crate::sentences::Sentence;

/// Bytes of a file.
pub const BYTES_MAX: usize = 32 * 1024 * 1024;
/// Entries of a file.
pub const ENTRIES_MAX: usize = 100_000;
/// Statements of a file, each with statements of the database of its own.
pub const STATEMENTS_MAX: usize = 1_000;
/// Characters that are kept of what a payer wrote, of names and of references.
const REMITTANCE_CHARS_MAX: usize = 1_000;
const TEXT_CHARS_MAX: usize = 140;

/// What is read of a file, or what is wrong with it.
pub type Read<T> = Result<T, Sentence>;

/// The statements of a file. `mapping` says what the columns of a list are.
pub fn read(bytes: &[u8], mapping: &csv::Mapping) -> Read<Vec<Statement>> {
    if bytes.len() > BYTES_MAX {
        return Err(sentences::bank_file_too_large(BYTES_MAX / 1024 / 1024));
    }
    let text = decoded(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let begins = text.trim_start();
    let statements = if begins.starts_with('<') {
        camt::read(begins)?
    } else if mt940::is_one(begins) {
        mt940::read(begins)?
    } else if mapping.is_given() {
        csv::read(text, mapping)?
    } else {
        return Err(sentences::bank_file_unknown());
    };
    if statements.is_empty() {
        return Err(sentences::bank_file_empty());
    }
    if statements.len() > STATEMENTS_MAX {
        return Err(sentences::bank_file_too_many_statements(STATEMENTS_MAX));
    }
    match statements.iter().find(|statement| !adds_up(statement)) {
        Some(statement) => Err(unbalanced(statement)),
        None => Ok(statements),
    }
}

/// Banks write UTF-8, and old systems Windows-1252.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

fn unbalanced(statement: &Statement) -> Sentence {
    let text = |minor: Option<i128>| {
        let minor = minor.and_then(|minor| i64::try_from(minor).ok());
        minor.map_or_else(
            || "?".to_owned(),
            |minor| Money::new(minor, statement.currency).to_string(),
        )
    };
    sentences::bank_file_unbalanced(
        &statement.account,
        text(statement.opening_minor.map(i128::from)),
        text(statement.closing_minor.map(i128::from)),
        text(closing_of(statement)),
        statement.currency.code(),
    )
}

/// An amount as a file of a bank has it, with a point.
fn minor(place: &str, text: &str, currency: Currency) -> Read<i64> {
    let broken = || sentences::bank_file_broken(place, text);
    let amount = Decimal::parse(text.trim()).ok().ok_or_else(broken)?;
    let minor = amount.scaled(currency.exponent()).ok().ok_or_else(broken)?;
    if minor < 0 { Err(broken()) } else { Ok(minor) }
}

fn currency(place: &str, code: &str) -> Read<Currency> {
    Currency::of_payments(code.trim()).ok_or_else(|| sentences::bank_file_currency(place, code.trim()))
}

/// A text of one line, no longer than is kept; none where nothing is there.
fn line(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let kept: String = words
        .join(" ")
        .chars()
        .filter(|sign| !sign.is_control())
        .take(TEXT_CHARS_MAX)
        .collect();
    (!kept.is_empty()).then_some(kept)
}

/// What a payer wrote: lines stay lines.
fn remittance(text: &str) -> String {
    let is_kept = |sign: &char| *sign == '\n' || !sign.is_control();
    text.trim().chars().filter(is_kept).take(REMITTANCE_CHARS_MAX).collect()
}

/// An IBAN without blanks; none where it is none.
fn iban(text: &str) -> Option<String> {
    let bare = super::rules::identity::account(text);
    crate::values::is_iban(&bare).then_some(bare)
}
