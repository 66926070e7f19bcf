//! Amounts that are not rounded yet: whole trillionths of a millionth of the currency's smallest unit.

use crate::money::{Currency, UnitPrice, round_half_away};
use crate::quantity::{Content, steps_per_unit};

/// Digits behind the smallest unit that are gained at a time.
const NANO: i128 = 1_000_000_000;
/// The smallest unit of a currency.
const MINOR: i128 = NANO * NANO;
/// All of something, in parts per million.
pub const WHOLE_PPM: i64 = 1_000_000;
/// Prices are brought to one for so many.
const BASE_MAX: i32 = 1000;

/// An amount above or equal to zero, exact to eighteen places behind the smallest unit of its currency: prices of six decimals for a
/// thousand, and five discounts of whole percents one after the other, are held as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(i128);

/// So many base steps at a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtPrice {
    /// Base steps.
    pub steps: i64,
    pub price: UnitPrice,
    /// How many of its unit the price buys.
    pub base: i32,
}

impl Exact {
    /// An amount of the smallest unit.
    pub fn of_minor(minor: i64) -> Self {
        Self(i128::from(minor) * MINOR)
    }

    /// `numerator / denominator` smallest units; none where that can't be held.
    fn of(numerator: i128, denominator: i128) -> Option<Self> {
        if numerator < 0 || denominator <= 0 {
            return None;
        }
        let (mut value, mut rest) = (numerator / denominator, numerator % denominator);
        for _ in 0..2 {
            rest = rest.checked_mul(NANO)?;
            value = value.checked_mul(NANO)?.checked_add(rest / denominator)?;
            rest %= denominator;
        }
        let up = rest >= denominator - rest;
        value.checked_add(i128::from(up)).map(Self)
    }

    /// What steps cost at their prices, all kept for one unit of `content` base units of so many decimals.
    pub fn cost(parts: &[AtPrice], content: Content, decimals: u8, currency: Currency) -> Option<Self> {
        let mut numerator: i128 = 0;
        for part in parts {
            let times = i128::from(BASE_MAX.checked_div(part.base)?);
            let cost = i128::from(part.price.micros).checked_mul(i128::from(part.steps))?;
            numerator = numerator.checked_add(cost.checked_mul(times)?)?;
        }
        numerator = numerator.checked_mul(i128::from(content.denominator()))?;
        // micros × 10^exponent / 10^6 = micros / 10^(6 - exponent)
        let to_minor = steps_per_unit(UnitPrice::DECIMALS.checked_sub(currency.exponent())?);
        let denominator = i128::from(BASE_MAX)
            .checked_mul(i128::from(content.numerator()))?
            .checked_mul(i128::from(steps_per_unit(decimals)))?
            .checked_mul(i128::from(to_minor))?;
        Self::of(numerator, denominator)
    }

    /// `part / whole` of it.
    pub fn share(self, part: i128, whole: i128) -> Option<Self> {
        if part < 0 || whole <= 0 {
            return None;
        }
        let rest = (self.0 % whole).checked_mul(part)?;
        let up = rest % whole >= whole - rest % whole;
        (self.0 / whole)
            .checked_mul(part)?
            .checked_add(rest / whole)?
            .checked_add(i128::from(up))
            .map(Self)
    }

    /// So many parts per million of it.
    pub fn ppm(self, ppm: i64) -> Option<Self> {
        self.share(i128::from(ppm), i128::from(WHOLE_PPM))
    }

    /// What is left once something is taken off: never less than nothing.
    pub fn less(self, taken: Self) -> Self {
        Self((self.0 - taken.0).max(0))
    }

    /// Rounded to the smallest unit, a half up; none where that can't be held.
    pub fn rounded(self) -> Option<i64> {
        round_half_away(self.0, MINOR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euro() -> Currency {
        Currency::from_code("EUR").expect("known")
    }

    fn at(price: &str, base: i32, steps: i64) -> AtPrice {
        AtPrice {
            steps,
            price: UnitPrice::parse(price).expect("a price"),
            base,
        }
    }

    #[test]
    fn a_cost_is_exact_until_it_is_rounded() {
        let cost = |parts: &[AtPrice]| Exact::cost(parts, Content::ONE, 0, euro()).expect("held");
        assert_eq!(cost(&[at("7.333", 100, 250)]).rounded(), Some(1_833));
        let bands = [at("10", 1, 99), at("9", 1, 400), at("8", 1, 21)];
        assert_eq!(cost(&bands).rounded(), Some(475_800));
        assert_eq!(cost(&[at("0.005", 1, 1)]).rounded(), Some(1));
        assert_eq!(cost(&[at("0.004999", 1, 1)]).rounded(), Some(0));
    }

    #[test]
    fn shares_and_parts_per_million_keep_their_digits() {
        let cost = Exact::of_minor(10_000);
        let left = cost.less(cost.ppm(100_000).expect("held"));
        let left = left.less(left.ppm(50_000).expect("held"));
        assert_eq!(left.rounded(), Some(8_550));
        assert_eq!(Exact::of_minor(10).share(1, 3).and_then(Exact::rounded), Some(3));
        assert_eq!(Exact::of_minor(1).less(Exact::of_minor(2)), Exact::of_minor(0));
    }
}
