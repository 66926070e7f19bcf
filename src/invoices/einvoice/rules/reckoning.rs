//! What the amounts of a document must come to: the formulas of EN 16931, exact to the last minor unit.

use std::collections::BTreeMap;

use super::document::{Adjustment, Document, Line};
use crate::money::{Currency, Money, UnitPrice, round_half_away};
use crate::tax::rules::Treatment;

/// Parts per million in a whole.
const WHOLE_PPM: i128 = 1_000_000;

fn power(exponent: u8) -> Option<i128> {
    10_i128.checked_pow(u32::from(exponent))
}

/// Quantity times price by its base, rounded once: BT-131 without allowances and charges.
pub fn line_net(line: &Line, currency: Currency) -> Option<Money> {
    // The price of all of it is what it costs.
    let (quantity, base) = if line.quantity == line.base {
        (1, 1)
    } else {
        let quantity = i128::from(line.quantity.steps).checked_mul(power(line.base.decimals)?)?;
        let base = i128::from(line.base.steps).checked_mul(power(line.quantity.decimals)?)?;
        (quantity, base)
    };
    let product = quantity
        .checked_mul(i128::from(line.price.micros))?
        .checked_mul(power(currency.exponent())?)?;
    let divisor = base.checked_mul(power(UnitPrice::DECIMALS)?)?;
    round_half_away(product, divisor).map(|minor| Money::new(minor, currency))
}

/// The same with the allowances and charges of the line. They are whole minor units, so rounding before or after them is one.
pub fn whole_line_net(line: &Line, currency: Currency) -> Option<Money> {
    let bare = line_net(line, currency)?;
    line.adjustments.iter().try_fold(bare, apply)
}

/// A sum with an allowance taken away or a charge added.
fn apply(sum: Money, adjustment: &Adjustment) -> Option<Money> {
    let minor = adjustment.amount.minor;
    let signed = if adjustment.is_charge {
        minor
    } else {
        minor.checked_neg()?
    };
    sum.checked_add(Money::new(signed, adjustment.amount.currency))
}

/// The part of a base that an allowance or charge is.
pub fn part((base, ppm): (Money, i64)) -> Option<Money> {
    let product = i128::from(base.minor).checked_mul(i128::from(ppm))?;
    round_half_away(product, WHOLE_PPM).map(|minor| Money::new(minor, base.currency))
}

pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Money>) -> Option<Money> {
    amounts.into_iter().try_fold(Money::zero(currency), Money::checked_add)
}

/// The allowances or the charges of the document.
pub fn adjusted(document: &Document, is_charge: bool) -> Option<Money> {
    let of_kind = document.adjustments.iter().filter(|one| one.is_charge == is_charge);
    sum(document.currency, of_kind.map(|one| one.amount))
}

/// `one` less `other`.
pub fn less(one: Money, other: Money) -> Option<Money> {
    one.checked_add(Money::new(other.minor.checked_neg()?, other.currency))
}

/// What each category and rate taxes: its lines less its allowances with its charges.
pub fn bases(document: &Document) -> Option<BTreeMap<Treatment, Money>> {
    let mut bases = BTreeMap::new();
    for line in &document.lines {
        let base = bases
            .entry(line.treatment.clone())
            .or_insert_with(|| Money::zero(document.currency));
        *base = base.checked_add(line.net)?;
    }
    for adjustment in &document.adjustments {
        let treatment = adjustment.treatment.clone()?;
        let base = bases.entry(treatment).or_insert_with(|| Money::zero(document.currency));
        *base = apply(*base, adjustment)?;
    }
    Some(bases)
}

/// The tax of a base, rounded once.
pub fn tax(base: Money, rate_ppm: i64) -> Option<Money> {
    part((base, rate_ppm))
}
