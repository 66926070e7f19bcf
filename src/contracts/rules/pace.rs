//! How far a commitment is: what is fulfilled, what should be by today, what it comes to by the end, and what would be missing.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::NaiveDate;

use super::{Commitment, Contract, Window, day_before, months_later, next_day};
use crate::money::{Currency, round_half_away};
use crate::names::names;

/// Below this part of what is expected by today both sides are told, in percent.
pub const LOW_PERCENT: i64 = 90;
/// Nobody is told before so much of the period has gone, in percent.
pub const TOLD_FROM_PERCENT: i64 = 25;
/// The year before tells a season only where so much of it was bought by the same day, in percent of its whole.
const SEASON_FROM_PERCENT: i64 = 5;
/// Most slices of a picture.
const SLICES_MAX: u32 = 24;
/// A period of so many days at most is cut into weeks.
const WEEKLY_DAYS_MAX: i64 = 62;

names! {
    /// By what the rest of a period is foreseen.
    pub enum Basis as PaceBasis {
        /// Every day alike.
        Linear = "linear",
        /// As the same days of the year before went.
        Season = "season",
    }
}

/// What a commitment is measured over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The period.
    pub window: Window,
    /// What is committed for it: less for one that the end of the term cuts short, by its days.
    pub committed: i64,
    /// The period in parts, in their order.
    pub slices: Vec<Window>,
    /// The same parts a year before.
    pub year_before: Vec<Window>,
    /// The days of the year before that had gone by the same day.
    pub before_today: Window,
}

/// What was bought, as it was summed for a [`Span`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bought {
    pub slices: Vec<i64>,
    pub year_before: Vec<i64>,
    pub before_today: i64,
}

/// How far a commitment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    pub window: Window,
    pub committed: i64,
    pub fulfilled: i64,
    /// What should be fulfilled by today.
    pub expected: i64,
    /// What it comes to by the end, every day alike; none before the period begins.
    pub linear: Option<i64>,
    /// The same as the year before went, where that tells a season.
    pub season: Option<i64>,
    pub basis: Basis,
    /// What would be missing at the end, by the basis.
    pub shortfall: i64,
    /// What that costs in minor units; none where nothing was agreed.
    pub cost: Option<i64>,
    /// Last day of each part, what should be bought by then, and what was: none of a part that has not begun.
    pub points: Vec<(NaiveDate, i64, Option<i64>)>,
    /// True once nothing can be added any more.
    pub is_over: bool,
}

/// `amount` of `part` in `whole`, rounded half up; none of nothing.
fn share(amount: i64, part: i64, whole: i64) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    round_half_away(i128::from(amount).checked_mul(part.into())?, whole.into())
}

/// The days over which a commitment is measured on a day.
pub fn span(contract: &Contract, commitment: &Commitment, today: NaiveDate) -> Span {
    let term = contract.term_of(today);
    let (window, whole_days) = commitment.period.of(term, today);
    // What ends before its time is not committed for days that never come.
    let whole_days = match commitment.period.months() {
        Some(_) => whole_days,
        None => whole_days.max(uncut(contract, term)),
    };
    let committed = share(commitment.committed, window.days(), whole_days).unwrap_or(commitment.committed);
    let slices = slices(window);
    let year_before = slices.iter().map(|slice| slice.year_before()).collect();
    let gone = Window {
        to: today.clamp(window.from, window.to.max(window.from)),
        ..window
    };
    Span {
        window,
        committed,
        slices,
        year_before,
        before_today: gone.year_before(),
    }
}

/// How many days a term would have had if nobody had ended it.
fn uncut(contract: &Contract, term: Window) -> i64 {
    let whole = Contract {
        ends_on: None,
        ..contract.clone()
    }
    .term_of(term.from);
    whole.days()
}

/// A period in parts: weeks of a short one, else months, as many together as a picture has room for.
fn slices(window: Window) -> Vec<Window> {
    let mut slices = Vec::new();
    if window.days() <= 0 {
        return slices;
    }
    let weekly = window.days() <= WEEKLY_DAYS_MAX;
    let months = u32::try_from(window.days() / 28)
        .unwrap_or(SLICES_MAX)
        .div_ceil(SLICES_MAX)
        .max(1);
    let mut count = 0_u32;
    let mut from = window.from;
    while from <= window.to {
        count = count.saturating_add(1);
        let next = match weekly {
            true => from.checked_add_days(chrono::Days::new(7)).unwrap_or(NaiveDate::MAX),
            false => months_later(window.from, count.saturating_mul(months)),
        };
        let to = day_before(next).min(window.to);
        slices.push(Window { from, to });
        if to >= window.to || next <= from {
            break;
        }
        from = next_day(to);
    }
    slices
}

fn sum(parts: &[i64]) -> i64 {
    parts.iter().fold(0, |sum: i64, part| sum.saturating_add(*part))
}

/// What of the whole should be there by the end of each part, by the year before or by days.
fn expectations(span: &Span, bought: &Bought, is_season: bool) -> Vec<i64> {
    let (total, days) = (sum(&bought.year_before), span.window.days());
    let mut so_far = 0_i64;
    let by_season = bought.year_before.iter().map(|part| {
        so_far = so_far.saturating_add(*part);
        share(span.committed, so_far.max(0), total).unwrap_or_default()
    });
    let by_days = span.slices.iter().map(|slice| {
        let gone = Window {
            to: slice.to,
            ..span.window
        }
        .days();
        share(span.committed, gone, days).unwrap_or_default()
    });
    if is_season {
        by_season.collect()
    } else {
        by_days.collect()
    }
}

/// How far a commitment is on a day.
pub fn pace(commitment: &Commitment, span: &Span, bought: &Bought, currency: Currency, today: NaiveDate) -> Pace {
    let (elapsed, days) = (span.window.elapsed(today), span.window.days());
    let is_over = today > span.window.to;
    let fulfilled = sum(&bought.slices);
    let linear = if is_over {
        Some(fulfilled)
    } else {
        share(fulfilled, days, elapsed)
    };
    let (then, total) = (bought.before_today, sum(&bought.year_before));
    let enough = i128::from(then) * 100 >= i128::from(total) * i128::from(SEASON_FROM_PERCENT);
    let is_season = then > 0 && total >= then && enough && elapsed > 0;
    let season = match (is_season, is_over) {
        (true, true) => Some(fulfilled),
        (true, false) => share(fulfilled, total, then),
        (false, _) => None,
    };
    let basis = if season.is_some() { Basis::Season } else { Basis::Linear };
    let expected = match (is_over, is_season) {
        (true, _) => span.committed,
        (false, true) => share(span.committed, then, total).unwrap_or_default(),
        (false, false) => share(span.committed, elapsed, days).unwrap_or_default(),
    };
    let forecast = season.or(linear);
    let shortfall = forecast.map_or(0, |forecast| span.committed.saturating_sub(forecast).max(0));
    let mut so_far = 0_i64;
    let points = expectations(span, bought, is_season)
        .into_iter()
        .zip(&span.slices)
        .zip(&bought.slices);
    let points = points.map(|((expected, slice), part)| {
        so_far = so_far.saturating_add(*part);
        (slice.to, expected, (slice.from <= today).then_some(so_far))
    });
    Pace {
        window: span.window,
        committed: span.committed,
        fulfilled,
        expected,
        linear,
        season,
        basis,
        shortfall,
        cost: commitment.cost(shortfall, currency),
        points: points.collect(),
        is_over,
    }
}

impl Pace {
    /// What it comes to by the end, by its basis.
    pub fn forecast(&self) -> Option<i64> {
        self.season.or(self.linear)
    }

    /// What is fulfilled of what should be by today, in whole percent; none where nothing should be yet.
    pub fn percent(&self) -> Option<i64> {
        share(100, self.fulfilled, self.expected)
    }

    /// True if both sides should hear of it.
    pub fn is_low(&self, today: NaiveDate) -> bool {
        let gone = i128::from(self.window.elapsed(today)) * 100;
        let is_time = gone >= i128::from(self.window.days()) * i128::from(TOLD_FROM_PERCENT);
        let is_behind = i128::from(self.fulfilled) * 100 < i128::from(self.expected) * i128::from(LOW_PERCENT);
        !self.is_over && is_time && is_behind
    }
}
