//! Cash discount: who pays within some days may keep a part. What an invoice offers is reckoned when it is issued.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::money::round_half_away;
use crate::names::names;

/// Steps that an account may have.
pub const STEPS_MAX: usize = 2;
/// Days a step may give.
pub const DAYS_MAX: i32 = 180;
/// Below a half, in parts per million.
pub const PERCENT_MAX_PPM: i64 = 500_000;
/// A hundredth of a percent, the least that e-invoices can say.
pub const PERCENT_STEP_PPM: i64 = 100;
/// One, in parts per million.
const WHOLE_PPM: i128 = 1_000_000;

names! {
    /// Whether the statement of an account goes out by mail.
    pub enum StatementMail as StatementMail {
        /// Only when somebody asks.
        Off = "off",
        /// Of each month, on the first day of the next.
        Monthly = "monthly",
    }
}

/// Who pays within so many days keeps so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub days: i32,
    /// Parts per million.
    pub percent_ppm: i64,
}

/// The same of an invoice: by which day, and how much of its gross.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub days: i32,
    /// Parts per million.
    pub percent_ppm: i64,
    /// The last day.
    pub until: NaiveDate,
    /// Minor units.
    pub minor: i64,
}

/// What is wrong with steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There are too many.
    TooMany,
    /// Of the step at this place: the days.
    Days(usize),
    /// The percentage.
    Percent(usize),
    /// A later step gives more days, and less.
    Order(usize),
}

/// What is wrong with the steps of an account that is to pay within so many days: each later, each smaller, none after the invoice is due.
pub fn faults(steps: &[Step], terms_days: i32) -> Vec<Fault> {
    let mut faults = Vec::new();
    if steps.len() > STEPS_MAX {
        faults.push(Fault::TooMany);
    }
    let most = terms_days.clamp(0, DAYS_MAX);
    for (place, step) in steps.iter().enumerate() {
        if !(0..=most).contains(&step.days) {
            faults.push(Fault::Days(place));
        }
        if step.percent_ppm <= 0 || step.percent_ppm >= PERCENT_MAX_PPM || step.percent_ppm % PERCENT_STEP_PPM != 0 {
            faults.push(Fault::Percent(place));
        }
    }
    let pairs = steps.iter().zip(steps.iter().skip(1)).enumerate();
    for (place, (one, next)) in pairs {
        if next.days <= one.days || next.percent_ppm >= one.percent_ppm {
            faults.push(Fault::Order(place + 1));
        }
    }
    faults
}

/// So much of an amount, rounded half up.
pub fn part(minor: i64, percent_ppm: i64) -> i64 {
    round_half_away(i128::from(minor) * i128::from(percent_ppm), WHOLE_PPM).unwrap_or_default()
}

/// What an invoice offers; nothing of one over nothing.
pub fn offers(gross_minor: i64, issued_on: NaiveDate, steps: &[Step]) -> Vec<Offer> {
    let offer = |step: &Step| {
        let minor = part(gross_minor, step.percent_ppm);
        (minor > 0).then(|| Offer {
            days: step.days,
            percent_ppm: step.percent_ppm,
            until: issued_on + TimeDelta::days(step.days.into()),
            minor,
        })
    };
    steps.iter().filter_map(offer).collect()
}

/// What XRechnung says of a cash discount in BT-20 (BR-DE-18): a line each that programs read, each ended.
pub fn structured(offers: &[Offer]) -> String {
    let line = |offer: &Offer| {
        let hundredths = offer.percent_ppm / PERCENT_STEP_PPM;
        format!(
            "#SKONTO#TAGE={}#PROZENT={}.{:02}#\n",
            offer.days,
            hundredths / 100,
            hundredths % 100
        )
    };
    offers.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn step(days: i32, percent_ppm: i64) -> Step {
        Step { days, percent_ppm }
    }

    #[test]
    fn steps_are_later_and_smaller_and_none_is_after_the_invoice_is_due() {
        let check = |steps: &[Step], terms, expected: &[Fault]| assert_eq!(faults(steps, terms), expected, "{steps:?}");
        check(&[], 30, &[]);
        check(&[step(10, 20_000)], 30, &[]);
        check(&[step(7, 30_000), step(14, 20_000)], 14, &[]);
        check(&[step(0, 10_000)], 0, &[]);
        check(&[step(31, 20_000)], 30, &[Fault::Days(0)]);
        check(&[step(-1, 20_000)], 30, &[Fault::Days(0)]);
        check(&[step(10, 0)], 30, &[Fault::Percent(0)]);
        check(&[step(10, 500_000)], 30, &[Fault::Percent(0)]);
        check(&[step(10, 20_001)], 30, &[Fault::Percent(0)]);
        check(&[step(14, 30_000), step(7, 20_000)], 30, &[Fault::Order(1)]);
        check(&[step(7, 20_000), step(14, 20_000)], 30, &[Fault::Order(1)]);
        let three = [step(7, 30_000), step(14, 20_000), step(20, 10_000)];
        check(&three, 30, &[Fault::TooMany]);
    }

    #[test]
    fn an_invoice_offers_a_part_of_its_gross_until_a_day() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
        let made = offers(119_000, day(2), &[step(7, 30_000), step(14, 20_000)]);
        let told: Vec<_> = made.iter().map(|offer| (offer.until, offer.minor)).collect();
        assert_eq!(told, [(day(9), 3_570), (day(16), 2_380)]);
        assert_eq!(
            structured(&made),
            "#SKONTO#TAGE=7#PROZENT=3.00#\n#SKONTO#TAGE=14#PROZENT=2.00#\n"
        );
        assert_eq!(offers(0, day(2), &[step(7, 30_000)]), []);
        assert_eq!(
            structured(&offers(100_000, day(2), &[step(10, 22_500)])),
            "#SKONTO#TAGE=10#PROZENT=2.25#\n"
        );
    }

    proptest! {
        #[test]
        fn a_part_is_never_more_than_the_whole(minor in 0_i64..1_000_000_000_000, ppm in 0_i64..PERCENT_MAX_PPM) {
            let part = part(minor, ppm);
            prop_assert!(0 <= part && part <= minor);
            prop_assert!((i128::from(part) * WHOLE_PPM - i128::from(minor) * i128::from(ppm)).abs() * 2 <= WHOLE_PPM);
        }
    }
}
