//! What contracts are: their states, terms, periods and deadlines. Days are the supplier's.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod pace;
#[cfg(test)]
mod tests;

use chrono::{Days, Months, NaiveDate};

use crate::clock::Timestamp;
use crate::contracts::sentences;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, CommitmentId, ContractId, ProductId};
use crate::money::{Currency, Money, UnitPrice, round_half_away};
use crate::names::names;
pub use crate::names::sets::{ContractChange as Change, ContractState as State};
use crate::quantity::Quantity;

names! {
    /// What becomes of a contract whose last day comes and of which nobody gave notice.
    #[derive(Default)]
    pub enum Renewal as ContractRenewal {
        /// It ends.
        #[default]
        None = "none",
        /// It goes on for another term.
        Auto = "auto",
    }
}

names! {
    /// What an account commits itself to.
    pub enum Kind as CommitmentKind {
        /// An amount without tax, in the contract's currency.
        Value = "value",
        /// Base units of an article.
        Quantity = "quantity",
    }
}

names! {
    /// What counts for a commitment.
    pub enum About as CommitmentScope {
        /// Whatever the account buys.
        All = "all",
        /// The articles of a category.
        Category = "category",
        /// One article.
        Sku = "sku",
    }
}

names! {
    /// In which time it is to be bought, each counted from the first day of the contract's term.
    pub enum Period as CommitmentPeriod {
        Month = "month",
        Quarter = "quarter",
        Year = "year",
        /// The whole term.
        Term = "term",
    }
}

/// Decimals of a committed quantity: the most that any article has.
pub const DECIMALS: u8 = 6;
/// Days before the last one for notice on which both sides are told of it.
pub const WARNED_DAYS: [i64; 3] = [90, 60, 30];
/// Longest notice, in days.
pub const NOTICE_DAYS_MAX: i64 = 3_650;
/// Longest further term, in months.
pub const RENEWAL_MONTHS_MAX: i64 = 120;
/// Commitments of one contract.
pub const COMMITMENTS_MAX: usize = 100;

/// Days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Window {
    /// How many days it has.
    pub fn days(self) -> i64 {
        (self.to - self.from).num_days().saturating_add(1).max(0)
    }

    /// How many of them have begun on a day.
    pub fn elapsed(self, today: NaiveDate) -> i64 {
        let until = today.min(self.to);
        (until - self.from).num_days().saturating_add(1).max(0)
    }

    /// The same days a year before.
    pub fn year_before(self) -> Self {
        let back = |day: NaiveDate| day.checked_sub_months(Months::new(12)).unwrap_or(day);
        // The day before the one that follows, so that a February has all of its days.
        let to = next_day(self.to);
        Self {
            from: back(self.from),
            to: day_before(back(to)),
        }
    }
}

pub(super) fn next_day(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX)
}

pub(super) fn day_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(1)).unwrap_or(NaiveDate::MIN)
}

/// The day so many months later; the last of its month where that has no such day.
pub(super) fn months_later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

impl Period {
    /// How many months it has; a term has its own.
    pub fn months(self) -> Option<u32> {
        match self {
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::Year => Some(12),
            Self::Term => None,
        }
    }

    /// The period of a term in which a day lies, and how long it would be if the term did not end before: the first where the day
    /// lies before the term, the last where it lies behind.
    pub fn of(self, term: Window, day: NaiveDate) -> (Window, i64) {
        let Some(months) = self.months() else {
            return (term, term.days());
        };
        let day = day.clamp(term.from, term.to.max(term.from));
        let mut count = 0_u32;
        // A term has 3,650 days at most before it is renewed by 120 months: few steps.
        loop {
            let from = months_later(term.from, count);
            let next = months_later(term.from, count.saturating_add(months));
            let whole = Window {
                from,
                to: day_before(next),
            };
            if day <= whole.to || next <= from {
                let to = whole.to.min(term.to);
                return (Window { from, to }, whole.days());
            }
            count = count.saturating_add(months);
        }
    }
}

/// Who accepted a contract, and below which sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    pub at: Timestamp,
    /// The name that was given.
    pub name: String,
    pub text: String,
}

/// A contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    pub id: ContractId,
    pub account_id: AccountId,
    /// Code and name of the account.
    pub account: (String, String),
    pub code: String,
    pub name: String,
    pub currency: Currency,
    pub valid_from: NaiveDate,
    /// Last day of the first term.
    pub first_to: NaiveDate,
    /// Last day of the last term there is so far.
    pub valid_to: NaiveDate,
    pub notice_days: Option<i32>,
    pub renewal: Renewal,
    pub renewal_months: Option<i32>,
    pub payment_terms_days: Option<i32>,
    pub free_freight_from: Option<Money>,
    pub state: State,
    pub offered_at: Option<Timestamp>,
    pub acceptance: Option<Acceptance>,
    /// When the supplier countersigned it, and the name of who did.
    pub signed: Option<(Timestamp, String)>,
    /// The last day, where it ends before its time, and why.
    pub ends_on: Option<NaiveDate>,
    pub end_reason: Option<String>,
}

/// What an account commits itself to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    pub id: CommitmentId,
    pub contract_id: ContractId,
    pub code: String,
    pub kind: Kind,
    pub about: About,
    pub product_id: Option<ProductId>,
    pub sku: Option<String>,
    pub product_name: Option<String>,
    /// Code of the article's base unit.
    pub base_unit: Option<String>,
    pub category: Option<String>,
    pub period: Period,
    /// Minor units of the contract's currency, or millionths of the base unit, in each period.
    pub committed: i64,
    /// Millionths of what is missing, or of the currency for each base unit that is.
    pub shortfall_micros: Option<i64>,
}

impl Commitment {
    /// Number of the article or name of the category; none for whatever is bought.
    pub fn key(&self) -> Option<&str> {
        self.sku.as_deref().or(self.category.as_deref())
    }

    /// An amount of it as a plain decimal.
    pub fn decimal(&self, amount: i64, currency: Currency) -> String {
        match self.kind {
            Kind::Value => Money::new(amount, currency).to_string(),
            Kind::Quantity => Quantity::new(amount, DECIMALS).to_string(),
        }
    }

    /// An amount reckoned by days, rounded half up to the decimals of what was committed.
    pub fn told_as_finely(&self, amount: i64) -> i64 {
        let steps = [1_000_000_i64, 100_000, 10_000, 1_000, 100, 10];
        let step = match self.kind {
            Kind::Value => None,
            Kind::Quantity => steps.into_iter().find(|step| self.committed % step == 0),
        };
        let told = |step: i64| round_half_away(i128::from(amount), i128::from(step))?.checked_mul(step);
        step.and_then(told).unwrap_or(amount)
    }

    /// The rate of a shortfall as it is written: a percentage, or a price.
    pub fn rate(&self) -> Option<String> {
        let micros = self.shortfall_micros?;
        Some(match self.kind {
            // Millionths of the whole are ten thousandths of a percent.
            Kind::Value => Quantity::new(micros, 4).to_string(),
            Kind::Quantity => UnitPrice { micros }.to_string(),
        })
    }

    /// What a shortfall costs, in minor units; none where nothing was agreed.
    pub fn cost(&self, missing: i64, currency: Currency) -> Option<i64> {
        let rate = i128::from(self.shortfall_micros?);
        let product = i128::from(missing).checked_mul(rate)?;
        match self.kind {
            Kind::Value => round_half_away(product, 1_000_000),
            Kind::Quantity => {
                let minor = 10_i128.checked_pow(u32::from(currency.exponent()))?;
                round_half_away(product.checked_mul(minor)?, 1_000_000_000_000)
            }
        }
    }
}

impl Contract {
    /// Its last day, as things stand.
    pub fn last_day(&self) -> NaiveDate {
        self.ends_on.map_or(self.valid_to, |day| day.min(self.valid_to))
    }

    /// True if its prices and terms hold on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        matches!(self.state, State::Signed | State::Active) && self.valid_from <= day && day <= self.last_day()
    }

    /// True if commitments can be measured: both sides were bound, for a day at least.
    pub fn is_measured(&self) -> bool {
        self.signed.is_some() && self.valid_from <= self.last_day()
    }

    /// The term in which a day lies: the first before it begins, the last behind it. It never goes beyond the last day.
    pub fn term_of(&self, day: NaiveDate) -> Window {
        let mut term = Window {
            from: self.valid_from,
            to: self.first_to,
        };
        let months = self
            .renewal_months
            .and_then(|months| u32::try_from(months).ok())
            .filter(|months| *months > 0);
        if let Some(months) = months {
            while day > term.to && term.to < self.valid_to {
                let from = next_day(term.to);
                term = Window {
                    from,
                    to: day_before(months_later(from, months)),
                };
            }
        }
        Window {
            to: term.to.min(self.last_day()),
            ..term
        }
    }

    /// The last day on which notice can be given for the end of its last term; without a notice period that end itself.
    pub fn notice_by(&self) -> NaiveDate {
        let days = u64::try_from(self.notice_days.unwrap_or_default()).unwrap_or_default();
        self.valid_to.checked_sub_days(Days::new(days)).unwrap_or(self.valid_to)
    }

    /// True if it goes on by itself and nobody gave notice.
    pub fn renews(&self) -> bool {
        self.renewal == Renewal::Auto && self.ends_on.is_none() && self.renewal_months.is_some()
    }

    /// The last day of the next term, once it is due: when the last day for notice has passed, at the latest on the last day.
    pub fn renewed_to(&self, today: NaiveDate) -> Option<NaiveDate> {
        let months = u32::try_from(self.renewal_months?).ok().filter(|months| *months > 0)?;
        let is_due = today > self.notice_by() || today >= self.valid_to;
        (self.state == State::Active && self.renews() && is_due)
            .then(|| day_before(months_later(next_day(self.valid_to), months)))
    }

    /// What its days make of it, where that is another state.
    pub fn state_on(&self, today: NaiveDate) -> Option<State> {
        let is_over = today > self.last_day();
        let over = if self.ends_on.is_some() {
            State::Terminated
        } else {
            State::Ended
        };
        match self.state {
            State::Signed if is_over => Some(over),
            State::Signed if self.valid_from <= today => Some(State::Active),
            State::Active if is_over => Some(over),
            _ => None,
        }
    }

    /// Which of the warnings before the deadline is due on a day: the nearest, with all that lie before it, so that a contract that is
    /// signed late is told of once.
    pub fn warned_days(&self, today: NaiveDate) -> Vec<i64> {
        let left = (self.notice_by() - today).num_days();
        if self.state != State::Active || self.ends_on.is_some() || left < 0 {
            return Vec::new();
        }
        WARNED_DAYS.into_iter().filter(|days| left <= *days).collect()
    }

    /// Refuses an act in this state.
    pub fn must_be(&self, states: &[State]) -> Result<()> {
        match states.contains(&self.state) {
            true => Ok(()),
            false => Err(Error::conflict(
                Code::ContractStateForbids,
                sentences::contract_is_in_state(&self.code, self.state.name()),
            )),
        }
    }
}
