//! What a run finds of an account: each invoice's standing, and whether the account is reminded.

use chrono::NaiveDate;

use super::{Debtor, Excluded, Policy};

/// How an invoice stands in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Due today or later: it is told of, apart.
    NotDue,
    /// Not asked for.
    Excluded(Excluded),
    /// Asked for.
    Overdue {
        /// After the reminder.
        level: i32,
        /// It reaches the level by this reminder.
        is_new: bool,
    },
}

impl Standing {
    /// The level after the reminder; 0 where it is not asked for.
    pub fn level(self) -> i32 {
        match self {
            Self::Overdue { level, .. } => level,
            Self::NotDue | Self::Excluded(_) => 0,
        }
    }
}

/// What a run does about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// One reminder with all that is open; its level is the highest that an invoice reaches by it.
    Remind {
        level: i32,
    },
    Excluded(Excluded),
}

/// An account as a run finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessed {
    /// In the order of the account's items.
    pub standings: Vec<Standing>,
    pub outcome: Outcome,
    /// What is asked for, minor units.
    pub overdue_minor: i64,
}

/// What a run does on that day about an account with this policy.
pub fn assess(debtor: &Debtor, policy: Option<&Policy>, today: NaiveDate) -> Assessed {
    let mut standings = Vec::with_capacity(debtor.items.len());
    let (mut overdue_minor, mut new_level, mut first_excluded) = (0_i64, None, None);
    for item in &debtor.items {
        let standing = if item.overdue_days(today) <= 0 {
            Standing::NotDue
        } else if let Some(because) = item.excluded(today) {
            first_excluded = first_excluded.or(Some(because));
            Standing::Excluded(because)
        } else {
            let level = policy.map_or(item.level, |policy| policy.level_on(item, today));
            overdue_minor = overdue_minor.saturating_add(item.open_minor);
            let is_new = level > item.level;
            if is_new {
                new_level = new_level.max(Some(level));
            }
            Standing::Overdue { level, is_new }
        };
        standings.push(standing);
    }
    let outcome = outcome(debtor, policy, overdue_minor, new_level, first_excluded);
    Assessed {
        standings,
        outcome,
        overdue_minor,
    }
}

fn outcome(
    debtor: &Debtor,
    policy: Option<&Policy>,
    overdue_minor: i64,
    new_level: Option<i32>,
    first_excluded: Option<Excluded>,
) -> Outcome {
    let because = if debtor.is_taken_out {
        Excluded::TakenOut
    } else if debtor.is_closed {
        Excluded::AccountClosed
    } else if debtor.is_excluded {
        Excluded::AccountExcluded
    } else if let Some(policy) = policy {
        match new_level {
            None => first_excluded
                .filter(|_| overdue_minor == 0)
                .unwrap_or(Excluded::NothingDue),
            Some(_) if overdue_minor < policy.smallest_minor(debtor.currency) => Excluded::BelowSmallest,
            Some(_) if debtor.on_account_minor >= overdue_minor => Excluded::Covered,
            Some(_) if overdue_minor - debtor.on_account_minor < policy.smallest_minor(debtor.currency) => {
                Excluded::BelowSmallest
            }
            Some(_) if !debtor.has_address => Excluded::NoAddress,
            Some(level) => return Outcome::Remind { level },
        }
    } else {
        Excluded::NoPolicy
    };
    Outcome::Excluded(because)
}
