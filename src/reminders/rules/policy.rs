//! A policy: when which reminder goes out and what it costs.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Item;
use crate::ids::ReminderPolicyId;
use crate::money::{Currency, Money, round_half_away};

/// Days of a year that interest is counted by (act/365).
const DAYS_OF_A_YEAR: i128 = 365;
/// Parts of a rate of 1.
const PARTS: i128 = 1_000_000;

/// A reminder of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// An invoice that is so many days late reaches it.
    pub days_overdue: i32,
    /// But not before so many days after the level before.
    pub days_between: i32,
    /// Of each reminder, minor units of the policy's currency; 0: none.
    pub fee_minor: i64,
    /// Of a year, parts per million; 0: none.
    pub interest_ppm: i64,
    /// What it says; the built-in words if nothing.
    pub text_en: Option<String>,
    pub text_de: Option<String>,
}

/// How a house asks for what is overdue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    pub id: ReminderPolicyId,
    pub code: String,
    pub name: String,
    /// Of its amounts. For accounts of another one there is neither a fee nor a smallest amount.
    pub currency: Currency,
    /// Accounts that owe less are not reminded.
    pub smallest_minor: i64,
    /// One to three, the friendliest first.
    pub levels: Vec<Level>,
    /// New orders are held once an invoice has reached this level.
    pub hold_level: Option<i32>,
    /// New orders are held once an invoice is so many days late.
    pub hold_days: Option<i32>,
}

impl Policy {
    /// What it says of a level, counted from 1.
    pub fn level(&self, level: i32) -> Option<&Level> {
        let place = usize::try_from(level).ok()?.checked_sub(1)?;
        self.levels.get(place)
    }

    /// What a reminder of the level costs an account of this currency, minor units.
    pub fn fee_minor(&self, level: i32, currency: Currency) -> i64 {
        match self.level(level) {
            Some(level) if self.currency == currency => level.fee_minor,
            _ => 0,
        }
    }

    /// The least that is worth a reminder of an account of its own currency.
    pub fn smallest_amount(&self) -> Money {
        Money::new(self.smallest_minor, self.currency)
    }

    /// The least that is worth a reminder of an account of this currency, minor units.
    pub fn smallest_minor(&self, currency: Currency) -> i64 {
        if self.currency == currency {
            self.smallest_minor
        } else {
            0
        }
    }

    /// The level that an item has on that day: the next one once its days have come, never more than one at once, and none
    /// twice on the same day.
    pub fn level_on(&self, item: &Item, today: NaiveDate) -> i32 {
        let next = item.level.saturating_add(1);
        let Some(level) = self.level(next) else {
            return item.level;
        };
        let is_late = item.overdue_days(today) >= i64::from(level.days_overdue.max(1));
        let since = item.reminded_on.map(|on| today.signed_duration_since(on).num_days());
        let has_waited = since.is_none_or(|days| days >= i64::from(level.days_between.max(1)));
        if is_late && has_waited { next } else { item.level }
    }

    /// Interest of an item that a reminder of the level books on that day, minor units: of what is open, from the day after it
    /// was due or interest was booked until. None where it can't be held.
    pub fn interest_minor(&self, level: i32, item: &Item, today: NaiveDate) -> Option<i64> {
        let ppm = self.level(level).map_or(0, |level| level.interest_ppm);
        let from = item.interest_until.map_or(item.due_on, |until| until.max(item.due_on));
        let days = today.signed_duration_since(from).num_days().max(0);
        let parts = i128::from(item.open_minor)
            .checked_mul(i128::from(ppm))?
            .checked_mul(i128::from(days))?;
        round_half_away(parts, DAYS_OF_A_YEAR.checked_mul(PARTS)?)
    }
}
