//! What a rule makes of a price, and when a price change may go on.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::NaiveDate;

use super::sentences;
use crate::error::{Code, Error, Result};
use crate::money::{UnitPrice, round_half_away};
pub use crate::names::states::PriceChangeState as State;
use crate::quantity::Decimal;

/// Most rows of a price change.
pub const ROWS_MAX: i64 = 200_000;
/// Rows that are sent at once.
pub const SENT_MAX: usize = 10_000;
/// Most days before it that buyers are told.
pub const NOTICE_DAYS_MAX: i64 = 365;
/// Longest title.
pub const TITLE_MAX: usize = 120;
/// Longest note.
pub const NOTE_MAX: usize = 500;
/// Parts per million of the whole.
const WHOLE_PPM: i64 = 1_000_000;
/// A price beyond this is none.
const MICROS_MAX: i64 = 1_000_000_000_000_000_000;

/// By how much prices change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// Parts per million, also below zero.
    Percent(i64),
    /// Millionths of the major unit for the same price base, also below zero.
    Amount(i64),
}

/// Which prices there are after rounding: all that are `ending` beyond a multiple of `step`, in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    step: i64,
    ending: i64,
}

impl Rounding {
    /// `0.05` is to multiples of it; `0.09`, `0.99`, `9` are to prices that end so: where all digits are nines.
    pub fn parse(text: &str) -> Option<Self> {
        let decimal = Decimal::parse(text).ok().filter(|decimal| decimal.is_positive())?;
        let micros = decimal.scaled(UnitPrice::DECIMALS).ok()?;
        let digits = micros.to_string();
        let nines = digits.trim_end_matches('0');
        let unit = 10_i64.checked_pow(u32::try_from(digits.len().checked_sub(nines.len())?).ok()?)?;
        match nines.bytes().all(|digit| digit == b'9') {
            true => Some(Self {
                step: micros.checked_add(unit)?,
                ending: micros,
            }),
            false => Some(Self {
                step: micros,
                ending: 0,
            }),
        }
    }

    /// The nearest of its prices, the dearer one of two; above zero.
    fn rounded(self, micros: i64) -> Option<i64> {
        let beyond = micros.checked_sub(self.ending)?;
        let down = beyond.div_euclid(self.step);
        let rest = beyond.rem_euclid(self.step);
        let multiple = if rest >= self.step - rest {
            down.checked_add(1)?
        } else {
            down
        };
        let near = multiple.checked_mul(self.step)?.checked_add(self.ending)?;
        match near {
            1.. => Some(near),
            // The least of its prices.
            _ if self.ending > 0 => Some(self.ending),
            _ => Some(self.step),
        }
    }
}

/// What a price becomes; none where that is not above zero or can't be held.
pub fn adjusted(price: UnitPrice, by: Adjustment, rounding: Option<Rounding>) -> Option<UnitPrice> {
    let micros = match by {
        Adjustment::Percent(ppm) => {
            let factor = i128::from(WHOLE_PPM) + i128::from(ppm);
            round_half_away(i128::from(price.micros).checked_mul(factor)?, WHOLE_PPM.into())?
        }
        Adjustment::Amount(amount) => price.micros.checked_add(amount)?,
    };
    if micros <= 0 {
        return None;
    }
    let micros = match rounding {
        None => micros,
        Some(rounding) => rounding.rounded(micros)?,
    };
    (micros < MICROS_MAX).then_some(UnitPrice { micros })
}

/// Its rows and days may be changed.
pub fn must_be_open(state: State, title: &str) -> Result<()> {
    match state {
        State::Draft | State::Rejected => Ok(()),
        _ => Err(Error::conflict(
            Code::PriceChangeStateForbids,
            sentences::price_change_not_draft(title),
        )),
    }
}

/// It waits for somebody's decision.
pub fn must_be_submitted(state: State, title: &str) -> Result<()> {
    match state {
        State::Submitted => Ok(()),
        _ => Err(Error::conflict(
            Code::PriceChangeStateForbids,
            sentences::price_change_not_submitted(title),
        )),
    }
}

/// Some of its rows stand in the lists, or will.
pub fn must_be_applied(state: State, title: &str) -> Result<()> {
    match state {
        State::Approved | State::Applied => Ok(()),
        _ => Err(Error::conflict(
            Code::PriceChangeStateForbids,
            sentences::price_change_not_applied(title),
        )),
    }
}

/// Nothing is changed for days that are over.
pub fn must_be_ahead(day: NaiveDate, today: NaiveDate) -> Result<()> {
    match day < today {
        true => Err(Error::invalid(
            "/effective_on",
            Code::DateInPast,
            sentences::price_change_day_passed(day),
        )),
        false => Ok(()),
    }
}

/// Four eyes: whoever made it, changed its rows or sent it in does not approve it.
pub fn must_be_anothers(authors: &[String], approver: &str) -> Result<()> {
    match authors.iter().any(|author| author == approver) {
        true => Err(Error::conflict(Code::OwnPriceChange, sentences::price_change_own())),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn price(text: &str) -> UnitPrice {
        UnitPrice::parse(text).unwrap()
    }

    fn percent(text: &str) -> Adjustment {
        Adjustment::Percent(Decimal::parse(text).unwrap().scaled(4).unwrap())
    }

    #[test]
    fn a_percentage_is_rounded_to_multiples_or_endings() {
        for (before, by, rounding, after) in [
            ("10", "3.5", None, Some("10.35")),
            ("1.99", "5", Some("0.05"), Some("2.1")),
            ("1.99", "5", Some("0.09"), Some("2.09")),
            ("1.99", "5", Some("0.99"), Some("1.99")),
            ("12.40", "5", Some("0.99"), Some("12.99")),
            ("103", "-4", Some("9"), Some("99")),
            ("103", "-4", Some("1"), Some("99")),
            ("0.01", "1", Some("0.05"), Some("0.05")),
            ("0.01", "1", Some("0.99"), Some("0.99")),
            ("5", "-100", None, None),
            ("5", "-250", Some("0.05"), None),
        ] {
            let rounding = rounding.map(|text| Rounding::parse(text).unwrap());
            let found = adjusted(price(before), percent(by), rounding);
            assert_eq!(found.map(|price| price.to_string()).as_deref(), after, "{before} {by}");
        }
    }

    #[test]
    fn an_amount_is_added_to_the_price_of_the_same_base() {
        let by = Adjustment::Amount(price("0.25").micros);
        assert_eq!(adjusted(price("1.1"), by, None), Some(price("1.35")));
        let by = Adjustment::Amount(-price("2").micros);
        assert_eq!(adjusted(price("1.1"), by, None), None);
    }

    #[test]
    fn what_is_no_rounding_is_none() {
        for text in ["0", "-0.05", "x", "", "0.0000001"] {
            assert_eq!(Rounding::parse(text), None, "{text}");
        }
    }

    #[test]
    fn nobody_approves_what_is_their_own() {
        let authors = ["per_1".to_owned(), "per_2".to_owned()];
        assert!(must_be_anothers(&authors, "per_2").is_err());
        assert!(must_be_anothers(&authors, "per_3").is_ok());
    }

    proptest! {
        #[test]
        fn what_is_rounded_ends_as_asked_and_is_the_nearest(micros in 1_i64..10_000_000_000, text in prop::sample::select(vec!["0.01", "0.05", "0.10", "0.25", "0.5", "1", "0.09", "0.9", "0.99", "9", "9.99", "0.095"])) {
            let rounding = Rounding::parse(text).unwrap();
            let rounded = rounding.rounded(micros).unwrap();
            prop_assert!(rounded > 0);
            prop_assert_eq!((rounded - rounding.ending).rem_euclid(rounding.step), 0);
            let least = if rounding.ending > 0 { rounding.ending } else { rounding.step };
            prop_assert!(rounded == least || (rounded - micros).abs() * 2 <= rounding.step);
            prop_assert_eq!(rounding.rounded(rounded), Some(rounded));
        }

        #[test]
        fn a_dearer_price_stays_the_dearer_one(a in 1_i64..10_000_000_000, more in 0_i64..1_000_000, ppm in -900_000_i64..900_000, text in prop::sample::select(vec!["0.01", "0.05", "0.09", "0.99"])) {
            let rounding = Rounding::parse(text);
            let by = Adjustment::Percent(ppm);
            let of = |micros| adjusted(UnitPrice { micros }, by, rounding);
            if let (Some(cheap), Some(dear)) = (of(a), of(a + more)) {
                prop_assert!(cheap <= dear);
            }
        }

        #[test]
        fn a_rise_without_rounding_is_never_a_loss(micros in 1_i64..10_000_000_000, ppm in 0_i64..5_000_000) {
            let risen = adjusted(UnitPrice { micros }, Adjustment::Percent(ppm), None).unwrap();
            prop_assert!(risen.micros >= micros);
        }
    }
}
