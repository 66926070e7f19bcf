//! Who is reminded of what, when new orders are held for it, and what being late costs.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod assessing;
pub mod holding;
pub mod policy;

use chrono::NaiveDate;

use crate::ids::{InvoiceId, ReminderPolicyId};
use crate::money::Currency;
use crate::names::names;

pub use self::assessing::{Assessed, Outcome, Standing, assess};
pub use self::policy::{Level, Policy};
pub use crate::names::states::ReminderRunState as RunState;

/// Reminders there are: a friendly one, a reminder, the last call.
pub const LEVELS_MAX: usize = 3;

names! {
    /// Why somebody is not reminded.
    pub enum Excluded as ReminderExcluded {
        /// The invoice is disputed, or claimed about.
        Disputed = "disputed",
        /// It is promised to be paid until a day.
        Promised = "promised",
        /// Less is overdue than is worth a reminder.
        BelowSmallest = "below_smallest",
        /// What the account has paid or got credited and what settled no invoice yet covers it.
        Covered = "covered",
        AccountClosed = "account_closed",
        /// The account is never reminded, for a reason that somebody gave.
        AccountExcluded = "account_excluded",
        /// Nobody of the account gets mails of this kind.
        NoAddress = "no_address",
        /// No policy is set.
        NoPolicy = "no_policy",
        /// Staff took it out of the run.
        TakenOut = "taken_out",
        /// It was paid after it was proposed, or nothing is due a step more.
        NothingDue = "nothing_due",
    }
}

names! {
    /// What the worker does by itself on working days.
    pub enum Automatic as RemindersAutomatic {
        Off = "off",
        /// It proposes a run.
        Propose = "propose",
        /// It proposes a run and releases it.
        Release = "release",
    }
}

names! {
    /// What became of a promise.
    pub enum PromiseState as PromiseState {
        /// Its day has not passed.
        Open = "open",
        /// All of it is paid.
        Kept = "kept",
        /// Its day has passed and something is open.
        Broken = "broken",
    }
}

impl PromiseState {
    /// The state of a promise of which so much is open; its day still counts.
    pub fn of(open_minor: i64, promised_on: NaiveDate, today: NaiveDate) -> Self {
        match open_minor {
            ..=0 => Self::Kept,
            _ if today > promised_on => Self::Broken,
            _ => Self::Open,
        }
    }
}

/// What is left of an invoice, and how it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub invoice_id: InvoiceId,
    /// Of the invoice.
    pub number: String,
    pub due_on: NaiveDate,
    /// Above zero.
    pub open_minor: i64,
    /// The highest level it was asked for at; 0 is none.
    pub level: i32,
    /// When it was.
    pub reminded_on: Option<NaiveDate>,
    /// The day up to which interest was booked.
    pub interest_until: Option<NaiveDate>,
    /// Why it is disputed.
    pub disputed: Option<String>,
    /// The last day on which it was promised to be paid.
    pub promised_until: Option<NaiveDate>,
    /// Staff took it out.
    pub is_taken_out: bool,
}

impl Item {
    /// Days after its due day, negative before it.
    pub fn overdue_days(&self, today: NaiveDate) -> i64 {
        today.signed_duration_since(self.due_on).num_days()
    }

    /// Why it is not asked for on that day, if so.
    pub fn excluded(&self, today: NaiveDate) -> Option<Excluded> {
        if self.is_taken_out {
            Some(Excluded::TakenOut)
        } else if self.disputed.is_some() {
            Some(Excluded::Disputed)
        } else if self.promised_until.is_some_and(|until| today <= until) {
            Some(Excluded::Promised)
        } else {
            None
        }
    }
}

/// An account that owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debtor {
    pub currency: Currency,
    pub is_closed: bool,
    /// Somebody said that it is never reminded.
    pub is_excluded: bool,
    pub has_address: bool,
    /// What it paid or got credited and what settled no invoice, minor units.
    pub on_account_minor: i64,
    /// Its policy, or the house's.
    pub policy_id: Option<ReminderPolicyId>,
    /// Staff took it out of the run.
    pub is_taken_out: bool,
    /// The one due first first.
    pub items: Vec<Item>,
}

/// What is left to pay of what is overdue, with what being late costs, less what is on account; minor units.
pub fn balance_minor(overdue_minor: i64, costs_minor: i64, on_account_minor: i64) -> i64 {
    overdue_minor
        .saturating_add(costs_minor)
        .saturating_sub(on_account_minor)
}

/// The number of a reminder: `R-2026-000042`.
pub fn number((year, sequence): (i32, i64)) -> String {
    format!("R-{year}-{sequence:06}")
}

#[cfg(test)]
mod tests;
