//! What a bank tells of its account, and what may become of it.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod identity;
pub mod matching;
pub mod naming;
pub mod refunding;

use chrono::NaiveDate;

use crate::money::{Currency, Money};
use crate::names::names;
pub use crate::names::states::BankEntryState as State;

names! {
    /// What a file is written in.
    pub enum Format as BankFormat {
        /// ISO 20022: statements of an account.
        Camt053 = "camt.053",
        /// ISO 20022: single movements, perhaps of a sum that the statement has.
        Camt054 = "camt.054",
        /// SWIFT: a statement of an account.
        Mt940 = "mt940",
        Csv = "csv",
    }
}

names! {
    /// Which way money went.
    pub enum Direction as BankDirection {
        /// It came in.
        Credit = "credit",
        /// It went out.
        Debit = "debit",
    }
}

/// A movement of an account at a bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The bank's own reference of the movement.
    pub servicer_reference: Option<String>,
    /// The bank's own reference of the sum that it is a part of; the same as its own where it stands alone.
    pub sum_reference: Option<String>,
    pub booked_on: NaiveDate,
    pub value_on: Option<NaiveDate>,
    /// Minor units; zero or above.
    pub minor: i64,
    pub currency: Currency,
    pub direction: Direction,
    /// It takes an earlier movement back.
    pub is_reversal: bool,
    /// Who is on the other side.
    pub payer_name: Option<String>,
    /// Their account.
    pub payer_iban: Option<String>,
    /// What they wrote, as it came.
    pub remittance: String,
    /// What they gave in the field for a reference.
    pub reference: Option<String>,
    pub end_to_end_id: Option<String>,
    /// The bank's code of what kind of movement it is.
    pub bank_code: Option<String>,
    /// What the bank kept for itself, minor units.
    pub charges_minor: i64,
    /// What it is a part of: place of the sum in the file, its amount, and the place in it.
    pub part: Part,
}

/// Of which sum of the account an entry is a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Place of the sum in its statement.
    pub sum: u32,
    /// The sum, minor units.
    pub sum_minor: i64,
    /// Its place in the sum.
    pub place: u32,
}

impl Entry {
    pub fn amount(&self) -> Money {
        Money::new(self.minor, self.currency)
    }

    /// What the account has more by it, minor units.
    pub fn signed_minor(&self) -> i64 {
        match self.direction {
            Direction::Credit => self.minor,
            Direction::Debit => self.minor.saturating_neg(),
        }
    }

    /// It takes money back that had come in.
    pub fn takes_back(&self) -> bool {
        self.is_reversal && self.direction == Direction::Debit
    }
}

/// What a file tells of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub format: Format,
    /// The account, as the bank names it: an IBAN, mostly.
    pub account: String,
    pub currency: Currency,
    /// The bank's number of it.
    pub number: Option<String>,
    /// What the account had before, minor units; below zero where it is overdrawn.
    pub opening_minor: Option<i64>,
    /// What it had after.
    pub closing_minor: Option<i64>,
    pub entries: Vec<Entry>,
    /// Movements that the bank has not booked yet: they are left out.
    pub pending: u32,
}

/// What a statement should close with, in wide minor units; none where it names no balance before.
pub fn closing_of(statement: &Statement) -> Option<i128> {
    let entries = statement.entries.iter().map(|entry| i128::from(entry.signed_minor()));
    Some(i128::from(statement.opening_minor?) + entries.sum::<i128>())
}

/// True unless both balances are named and what moved is not what lies between them.
pub fn adds_up(statement: &Statement) -> bool {
    match (closing_of(statement), statement.closing_minor) {
        (Some(derived), Some(closing)) => derived == i128::from(closing),
        _ => true,
    }
}
