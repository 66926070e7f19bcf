//! What a turnover earns, and how what was accrued follows it: never rounded but once, whatever came in which order.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

#[cfg(test)]
mod tests;

use chrono::{Datelike, Months, NaiveDate};

use crate::money::round_half_away;
use crate::names::names;

/// Parts per million of the whole.
pub const WHOLE_PPM: i64 = 1_000_000;
/// Most tiers of an agreement.
pub const TIERS_MAX: usize = 20;

names! {
    /// How often an agreement begins anew: by the calendar, within the days that it is valid.
    pub enum Period as RebatePeriod {
        Month = "month",
        Quarter = "quarter",
        Year = "year",
        /// All its days are one period.
        Term = "term",
    }
}

names! {
    /// What the rate of a tier is of.
    pub enum Method as RebateMethod {
        /// Of all that was bought in the period, from the first on.
        Retroactive = "retroactive",
        /// Of what lies within the tier.
        Incremental = "incremental",
    }
}

names! {
    /// When what was bought counts.
    pub enum Basis as RebateBasis {
        /// As it is invoiced.
        Invoiced = "invoiced",
        /// As far as its invoice is settled.
        Paid = "paid",
    }
}

names! {
    /// What is counted.
    pub enum Scope as RebateScope {
        All = "all",
        Category = "category",
        Sku = "sku",
    }
}

names! {
    /// What becomes of what was earned.
    pub enum Settlement as RebateSettlement {
        /// It settles what is open.
        CreditNote = "credit_note",
        /// It is paid out.
        Payout = "payout",
    }
}

names! {
    /// Why something was accrued.
    pub enum Cause as RebateCause {
        Invoiced = "invoiced",
        Credited = "credited",
        /// Something was paid or settled otherwise, or is open again.
        Settled = "settled",
        /// The terms of the agreement are others, or it came later than the invoice.
        Terms = "terms",
    }
}

/// From a turnover on, minor units, what is given back, parts per million.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    pub threshold_minor: i64,
    pub rate_ppm: i64,
}

/// How much a turnover earns. Tiers have thresholds of their own, the lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    pub method: Method,
    pub tiers: Vec<Tier>,
}

impl Scale {
    /// The tiers that a turnover has reached.
    pub fn reached(&self, turnover_minor: i64) -> usize {
        let mut tiers = self.tiers.iter();
        tiers
            .position(|tier| tier.threshold_minor > turnover_minor)
            .unwrap_or(self.tiers.len())
    }

    /// The tier that a turnover is in.
    pub fn tier(&self, turnover_minor: i64) -> Option<Tier> {
        let place = self.reached(turnover_minor).checked_sub(1)?;
        self.tiers.get(place).copied()
    }

    /// Its rate; nothing below the first tier.
    pub fn rate_ppm(&self, turnover_minor: i64) -> i64 {
        self.tier(turnover_minor).map_or(0, |tier| tier.rate_ppm)
    }

    /// What a turnover earns, minor units, rounded once. None where that can't be held.
    pub fn entitlement(&self, turnover_minor: i64) -> Option<i64> {
        let turnover = i128::from(turnover_minor.max(0));
        let parts = match self.method {
            Method::Retroactive => turnover * i128::from(self.rate_ppm(turnover_minor)),
            Method::Incremental => {
                let ends = self.tiers.iter().skip(1).map(|tier| Some(tier.threshold_minor));
                let within = |(tier, end): (&Tier, Option<i64>)| {
                    let from = i128::from(tier.threshold_minor);
                    let to = end.map_or(turnover, |end| turnover.min(i128::from(end)));
                    (to - from).max(0) * i128::from(tier.rate_ppm)
                };
                self.tiers.iter().zip(ends.chain([None])).map(within).sum()
            }
        };
        round_half_away(parts, WHOLE_PPM.into())
    }

    /// The next tier: how far it is, and how much more than now its threshold earns. None where there is none.
    pub fn next(&self, turnover_minor: i64) -> Option<Next> {
        let tier = self.tiers.get(self.reached(turnover_minor)).copied()?;
        Some(Next {
            missing_minor: tier.threshold_minor.checked_sub(turnover_minor.max(0))?,
            worth_minor: self.entitlement(tier.threshold_minor)? - self.entitlement(turnover_minor)?,
            tier,
        })
    }
}

/// What is ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    pub tier: Tier,
    /// What is still to be bought.
    pub missing_minor: i64,
    /// What having bought it earns on top.
    pub worth_minor: i64,
}

/// What a period came to so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub turnover_minor: i64,
    pub accrued_minor: i64,
}

/// By how much a change of turnover changes what is accrued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accrual {
    pub turnover_minor: i64,
    pub accrued_minor: i64,
    /// What of it is of what was bought before, at another rate.
    pub true_up_minor: i64,
    /// Of the tier that it ends in.
    pub rate_ppm: i64,
}

/// What a change of turnover accrues: what is owed after it less what was accrued before, so that all accruals together are what is
/// owed, to the last minor unit. None where that can't be held.
pub fn accrue(scale: &Scale, sums: &mut Sums, change_minor: i64) -> Option<Accrual> {
    let before = *sums;
    let turnover_minor = before.turnover_minor.checked_add(change_minor)?;
    let owed_minor = scale.entitlement(turnover_minor)?;
    let accrued_minor = owed_minor.checked_sub(before.accrued_minor)?;
    let rate_ppm = scale.rate_ppm(turnover_minor);
    *sums = Sums {
        turnover_minor,
        accrued_minor: owed_minor,
    };
    let is_another = rate_ppm != scale.rate_ppm(before.turnover_minor);
    let own = match scale.method {
        Method::Retroactive if is_another => {
            round_half_away(i128::from(change_minor) * i128::from(rate_ppm), WHOLE_PPM.into())?
        }
        Method::Retroactive | Method::Incremental if change_minor == 0 => 0,
        Method::Retroactive | Method::Incremental => accrued_minor,
    };
    Some(Accrual {
        turnover_minor: change_minor,
        accrued_minor,
        true_up_minor: accrued_minor - own,
        rate_ppm,
    })
}

/// What counts of a line, minor units without tax: `left_minor` is what is left of it, of its invoice `gross_minor` is left with tax
/// and `open_minor` is not settled. Credit that is itself a rebate lessens neither.
pub fn counts(basis: Basis, left_minor: i64, (gross_minor, open_minor): (i64, i64)) -> Option<i64> {
    match basis {
        Basis::Invoiced => Some(left_minor),
        Basis::Paid if gross_minor <= 0 => Some(0),
        Basis::Paid => {
            let settled = (gross_minor - open_minor).clamp(0, gross_minor);
            round_half_away(i128::from(left_minor) * i128::from(settled), gross_minor.into())
        }
    }
}

/// The days of the period in which a day lies, both included; none for a day on which the agreement is not valid. One without an end
/// has none as a term.
pub fn days_of(
    period: Period,
    (valid_from, valid_to): (NaiveDate, Option<NaiveDate>),
    day: NaiveDate,
) -> Option<(NaiveDate, NaiveDate)> {
    if day < valid_from || valid_to.is_some_and(|to| day > to) {
        return None;
    }
    let months = |first_month: u32, count: u32| {
        let first = NaiveDate::from_ymd_opt(day.year(), first_month, 1)?;
        Some((first, first.checked_add_months(Months::new(count))?.pred_opt()?))
    };
    let (from, to) = match period {
        Period::Month => months(day.month(), 1)?,
        Period::Quarter => months((day.month() - 1) / 3 * 3 + 1, 3)?,
        Period::Year => months(1, 12)?,
        Period::Term => (valid_from, valid_to?),
    };
    Some((from.max(valid_from), valid_to.map_or(to, |end| to.min(end))))
}

/// What a period is expected to earn of what was bought so far: if it goes on as until today, the rate at its end times that. What is
/// over is what it is.
pub fn expected(
    scale: &Scale,
    turnover_minor: i64,
    (from, to): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Option<Expected> {
    let whole = (to - from).num_days() + 1;
    let gone = ((today.min(to) - from).num_days() + 1).clamp(1, whole);
    let turnover = turnover_minor.max(0);
    let forecast_minor = round_half_away(i128::from(turnover) * i128::from(whole), gone.into())?;
    let earned = scale.entitlement(forecast_minor)?;
    let accrued_minor = match forecast_minor {
        0 => 0,
        forecast => round_half_away(i128::from(earned) * i128::from(turnover), forecast.into())?,
    };
    Some(Expected {
        forecast_minor,
        accrued_minor,
    })
}

/// What a period is expected to come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// Its turnover at its end.
    pub forecast_minor: i64,
    /// What of that is earned by what was bought so far.
    pub accrued_minor: i64,
}
