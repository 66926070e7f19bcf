//! Exact money: amounts in minor units of an ISO 4217 currency, unit prices in millionths of the major unit.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::fmt;

use crate::quantity::{Decimal, DecimalError, write_scaled};

/// An ISO 4217 currency with a minor unit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Currency {
    currency: iso_currency::Currency,
    exponent: u8,
}

impl Currency {
    /// The currency with this alphabetic code (`EUR`); `None` for unknown codes and for those without a minor unit
    /// (gold, test codes).
    pub fn from_code(code: &str) -> Option<Self> {
        let currency = iso_currency::Currency::from_code(code)?;
        let exponent = u8::try_from(currency.exponent()?).ok()?;
        Some(Self { currency, exponent })
    }

    /// The same for currencies that goods are paid in: no fund, no unit of account.
    pub fn of_payments(code: &str) -> Option<Self> {
        let known = Self::from_code(code)?;
        Some(known).filter(|known| !known.currency.is_fund() && !known.currency.is_special())
    }

    /// The alphabetic code.
    pub fn code(self) -> &'static str {
        self.currency.code()
    }

    /// Digits behind the decimal point (0 for JPY, 2 for EUR, 3 for BHD).
    pub fn exponent(self) -> u8 {
        self.exponent
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount: whole minor units (cents) of a currency.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// Minor units: cents of EUR, yen of JPY, fils of BHD.
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    /// `minor` minor units.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing.
    pub fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The sum; `None` on overflow or when the currencies differ.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        (self.currency == other.currency)
            .then(|| self.minor.checked_add(other.minor))?
            .map(|minor| Self::new(minor, self.currency))
    }

    /// Reads `12.30`; more decimals than the currency has are an error.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, DecimalError> {
        Decimal::parse(text)?
            .scaled(currency.exponent())
            .map(|minor| Self::new(minor, currency))
    }
}

/// Exactly the currency's decimals: `12.30`, `1230`, `12.300`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.minor, self.currency.exponent(), false)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} {}", self.currency.code())
    }
}

/// A price in millionths of the currency's major unit, for a price base of a unit that stands beside it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitPrice {
    /// Millionths of the major unit.
    pub micros: i64,
}

impl UnitPrice {
    /// Decimals a price may have.
    pub const DECIMALS: u8 = 6;

    /// Reads `320.140619`; more than six decimals are an error.
    pub fn parse(text: &str) -> Result<Self, DecimalError> {
        Decimal::parse(text)?
            .scaled(Self::DECIMALS)
            .map(|micros| Self { micros })
    }
}

/// No trailing zeros: `2.5`, `320.140619`.
impl fmt::Display for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.micros, Self::DECIMALS, true)
    }
}

impl fmt::Debug for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// `numerator / denominator` rounded to the nearest whole number, a half away from zero (commercial rounding).
/// `None` if the denominator is not positive or the result needs more than 63 bits.
pub fn round_half_away(numerator: i128, denominator: i128) -> Option<i64> {
    if denominator <= 0 {
        return None;
    }
    let (whole, rest) = (numerator / denominator, numerator % denominator);
    let up = rest.abs() >= denominator - rest.abs();
    i64::try_from(if up { whole + numerator.signum() } else { whole }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn currencies_have_the_decimals_of_iso_4217() {
        for (code, exponent) in [("EUR", 2), ("JPY", 0), ("BHD", 3), ("CLF", 4), ("HUF", 2)] {
            assert_eq!(
                Currency::from_code(code).map(Currency::exponent),
                Some(exponent),
                "{code}"
            );
        }
        for code in ["XAU", "XXX", "eur", "EU", "ABC"] {
            assert_eq!(Currency::from_code(code), None, "{code}");
        }
    }

    #[test]
    fn money_prints_exactly_its_currencys_decimals() {
        let check = |minor, code, expected: &str| {
            let currency = Currency::from_code(code).expect("known");
            assert_eq!(Money::new(minor, currency).to_string(), expected);
            assert_eq!(Money::parse(expected, currency), Ok(Money::new(minor, currency)));
        };
        check(1230, "EUR", "12.30");
        check(-5, "EUR", "-0.05");
        check(1230, "JPY", "1230");
        check(1230, "BHD", "1.230");
        check(i64::MAX / 10, "EUR", "9223372036854775.80");
    }

    #[test]
    fn prices_print_without_trailing_zeros() {
        for text in ["2.5", "320.140619", "7", "0.000001"] {
            assert_eq!(UnitPrice::parse(text).map(|p| p.to_string()).as_deref(), Ok(text));
        }
        assert_eq!(UnitPrice::parse("1.0000001"), Err(DecimalError::TooManyDecimals));
    }

    #[test]
    fn halves_round_away_from_zero() {
        for (n, d, expected) in [
            (5, 2, 3),
            (-5, 2, -3),
            (4, 3, 1),
            (-4, 3, -1),
            (2665, 10, 267),
            (1, 2, 1),
            (0, 7, 0),
        ] {
            assert_eq!(round_half_away(n, d), Some(expected), "{n}/{d}");
        }
        assert_eq!(round_half_away(1, 0), None);
        assert_eq!(round_half_away(i128::MAX, 1), None);
    }

    proptest! {
        #[test]
        fn rounding_is_symmetric_and_at_most_half_off(n in -1_000_000_000_i128..1_000_000_000, d in 1_i128..100_000) {
            let rounded = i128::from(round_half_away(n, d).expect("fits"));
            prop_assert_eq!(round_half_away(-n, d).map(i128::from), Some(-rounded));
            prop_assert!((rounded * d - n).abs() * 2 <= d);
        }
    }
}
