//! What invoiced lines would cost by prices that were mended since, and what that comes to.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::NaiveDate;

use super::sentences;
use crate::catalogue::rules::OrderQuantity;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{AccountId, InvoiceId, InvoiceLineId};
use crate::money::{Currency, UnitPrice, round_half_away};
use crate::names::names;
pub use crate::names::states::PriceCorrectionState as State;
use crate::pricing::rules::{Priced, Reckoning};
use crate::quantity::Quantity;

/// Longest note, in characters.
pub const NOTE_CHARS_MAX: usize = 300;
/// Most days of a run.
pub const DAYS_MAX: i64 = 366;
/// Most accounts that a run names.
pub const ACCOUNTS_MAX: usize = 50;
/// Most invoiced lines that a run looks at.
pub const LOOKED_AT_MAX: i64 = 50_000;
/// Most lines that a run corrects: all of it is released at once.
pub const LINES_MAX: usize = 2_000;

names! {
    /// What became of a line.
    pub enum Outcome as PriceCorrectionOutcome {
        /// It waits with its run.
        Proposed = "proposed",
        /// It is credited or invoiced.
        Done = "done",
        /// When the run was released it was no more what it had been: it was credited, corrected, or priced otherwise.
        Changed = "changed",
    }
}

/// Which invoiced lines to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Days on which their invoices were issued, both included.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Codes of accounts; all where none is named.
    pub accounts: Vec<String>,
    /// Code of a list that the price comes from, or came from.
    pub price_list: Option<String>,
    /// What stands on the documents.
    pub note: Option<String>,
}

/// The same with texts trimmed and in bounds, the list's code at most so long; tells all faults at once.
pub fn checked(scope: &Scope, today: NaiveDate, code_chars_max: usize) -> Result<Scope> {
    let filled = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        text.map(str::to_owned)
    };
    let mut accounts: Vec<String> = scope.accounts.iter().map(|code| code.trim().to_owned()).collect();
    accounts.retain(|code| !code.is_empty());
    let checked = Scope {
        accounts,
        price_list: filled(&scope.price_list),
        note: filled(&scope.note),
        ..scope.clone()
    };
    let mut faults = Vec::new();
    if checked.to < checked.from {
        let detail = sentences::correction_days_turned(checked.from, checked.to);
        faults.push(FieldError::new("/to", Code::ValueInvalid, detail));
    } else if (checked.to - checked.from).num_days() >= DAYS_MAX {
        let detail = sentences::correction_days_too_many(DAYS_MAX);
        faults.push(FieldError::new("/to", Code::ValueInvalid, detail));
    } else if checked.from > today {
        let detail = sentences::correction_days_to_come(checked.from, today);
        faults.push(FieldError::new("/from", Code::ValueInvalid, detail));
    }
    if checked.accounts.len() > ACCOUNTS_MAX {
        let detail = sentences::correction_accounts_too_many(ACCOUNTS_MAX);
        faults.push(FieldError::new("/accounts", Code::ValueInvalid, detail));
    }
    for (field, text, most) in [
        ("/price_list", &checked.price_list, code_chars_max),
        ("/note", &checked.note, NOTE_CHARS_MAX),
    ] {
        let chars = text.as_ref().map_or(0, |text| text.chars().count());
        if chars > most {
            let detail = crate::invoices::corrections::sentences::correction_text_too_long(chars, most);
            faults.push(FieldError::new(field, Code::ValueTooLong, detail));
        }
    }
    match faults.is_empty() {
        true => Ok(checked),
        false => Err(Error::Invalid(faults)),
    }
}

/// What a price is: so much for so many of a unit, by which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    pub unit_price: UnitPrice,
    pub unit: String,
    pub base: i32,
    /// Code of the list it comes from.
    pub list: String,
}

impl Price {
    fn is_like(&self, other: &Self) -> bool {
        (self.unit_price, self.unit.as_str(), self.base) == (other.unit_price, other.unit.as_str(), other.base)
    }
}

impl From<&Priced> for Price {
    fn from(priced: &Priced) -> Self {
        Self {
            unit_price: priced.unit_price,
            unit: priced.price_unit.clone(),
            base: priced.price_base,
            list: priced.explanation.price_list.clone(),
        }
    }
}

/// An invoiced line as it stands: what it cost by its invoice and by all corrections of its price since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub id: InvoiceLineId,
    pub invoice_id: InvoiceId,
    pub account_id: AccountId,
    /// All of it.
    pub quantity: OrderQuantity,
    pub base_unit: String,
    pub base_decimals: u8,
    pub currency: Currency,
    /// What of it is not credited, steps of the ordered unit.
    pub left: i64,
    /// What of its net is not credited, minor units.
    pub left_minor: i64,
    /// What all of it costs so far, minor units.
    pub base_minor: i64,
    /// At which price.
    pub price: Price,
    /// How it was reckoned, where the price alone doesn't tell; unknown once it was corrected.
    pub reckoning: Option<Reckoning>,
    /// Its price was corrected before, so that only `base_minor` tells what it costs.
    pub is_corrected: bool,
    /// The day its price is of.
    pub priced_on: NaiveDate,
}

/// What is wrong with the price of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub standing: Standing,
    pub price: Price,
    /// What all of it is to cost, minor units.
    pub should_minor: i64,
    /// What that comes to of what is left of it, minor units: below zero is credited, above is invoiced.
    pub minor: i64,
}

/// What a line would cost by another price; none where that is the same. What was given back of it is as it was: only of what is
/// left something is credited or invoiced, and never more is credited than what is left to credit.
pub fn difference(standing: Standing, priced: &Priced) -> Result<Option<Difference>> {
    let price = Price::from(priced);
    // Once it was corrected only what it came to then tells whether it is the same.
    let is_reckoned_alike = !standing.is_corrected && standing.reckoning == priced.explanation.reckoning;
    let is_same = price.is_like(&standing.price) && is_reckoned_alike;
    if is_same || standing.left == 0 {
        return Ok(None);
    }
    let too_large = || Error::refused(Code::AmountTooLarge, crate::invoices::sentences::invoice_too_large());
    let in_base = price.unit == standing.base_unit;
    let (quantity, currency) = (standing.quantity, standing.currency);
    let by = (price.unit_price, price.base, in_base);
    let should = priced
        .explanation
        .net_of(quantity, by, standing.base_decimals, currency);
    let should_minor = should.ok_or_else(too_large)?;
    let whole = i128::from(should_minor) - i128::from(standing.base_minor);
    let minor = round_half_away(whole * i128::from(standing.left), quantity.ordered.steps.into());
    let minor = minor.ok_or_else(too_large)?.max(-standing.left_minor);
    Ok((minor != 0).then_some(Difference {
        standing,
        price,
        should_minor,
        minor,
    }))
}

/// True where a line is of the list that is looked for: its price comes from it, or came from it.
pub fn is_of(difference: &Difference, list: Option<&str>) -> bool {
    list.is_none_or(|code| difference.price.list == code || difference.standing.price.list == code)
}

/// What is left of the quantity of a line.
pub fn left_quantity(difference: &Difference) -> Quantity {
    Quantity::new(difference.standing.left, difference.standing.quantity.ordered.decimals)
}

/// The number of a run: `PC-2026-000042`.
pub fn number((year, sequence): (i32, i64)) -> String {
    format!("PC-{year}-{sequence:06}")
}

#[cfg(test)]
mod tests;
