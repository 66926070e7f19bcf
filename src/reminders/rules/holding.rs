//! When new orders of an account are held for what it owes.

use chrono::{NaiveDate, TimeDelta};

use super::{Debtor, Item, Policy};
use crate::clock::Timestamp;

/// How long before orders are held the key account manager knows.
const AHEAD: TimeDelta = TimeDelta::days(1);

/// How the orders of an account stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// New orders are held.
    pub is_held: bool,
    /// The day on which the key account manager was told that they will be.
    pub told_on: Option<NaiveDate>,
    /// The moment of it; nothing where that was not kept yet.
    pub told_at: Option<Timestamp>,
    /// The last day on which somebody keeps them from being held.
    pub stopped_until: Option<NaiveDate>,
}

/// What is to be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing.
    Stay,
    /// Tell the key account manager; orders are held a day later at the earliest.
    Tell,
    /// Hold new orders.
    Hold,
    /// Take new orders again, and those that were held.
    Release,
    /// What was told is off.
    Forget,
}

/// True if the policy holds the orders of this account on that day. What is disputed or promised holds none, nor does what is
/// covered by what is on account.
pub fn is_due(policy: &Policy, debtor: &Debtor, today: NaiveDate) -> bool {
    let asked = |item: &&Item| item.overdue_days(today) > 0 && item.excluded(today).is_none();
    let overdue_minor = debtor
        .items
        .iter()
        .filter(asked)
        .fold(0_i64, |sum, item| sum.saturating_add(item.open_minor));
    overdue_minor > debtor.on_account_minor
        && debtor.items.iter().filter(asked).any(|item| {
            let days = item.overdue_days(today);
            let is_late = policy.hold_days.is_some_and(|least| days >= i64::from(least.max(1)));
            let is_at_level = policy.hold_level.is_some_and(|least| item.level >= least);
            is_late || is_at_level
        })
}

/// The next step of an account on that day. Whoever nobody can remind is told of nothing, so new orders of theirs are not held
/// either: the run says so to finance.
pub fn step(policy: Option<&Policy>, debtor: &Debtor, held: Held, today: NaiveDate) -> Step {
    let is_stopped = |day: NaiveDate| held.stopped_until.is_some_and(|until| day <= until);
    let holds = |day: NaiveDate| !is_stopped(day) && policy.is_some_and(|policy| is_due(policy, debtor, day));
    let tomorrow = today.succ_opt().unwrap_or(today);
    match (held.is_held, held.told_on) {
        (true, _) if holds(today) => Step::Stay,
        (true, _) => Step::Release,
        (false, Some(_)) if !debtor.has_address => Step::Forget,
        (false, None) if !debtor.has_address => Step::Stay,
        (false, Some(told)) if holds(today) && told < today => Step::Hold,
        (false, Some(_)) if holds(today) || holds(tomorrow) => Step::Stay,
        (false, Some(_)) => Step::Forget,
        (false, None) if holds(today) || holds(tomorrow) => Step::Tell,
        (false, None) => Step::Stay,
    }
}

/// The same at a moment of the day: whoever was told late in the evening has a day all the same.
pub fn step_at(policy: Option<&Policy>, debtor: &Debtor, held: Held, today: NaiveDate, now: Timestamp) -> Step {
    match step(policy, debtor, held, today) {
        Step::Hold if held.told_at.is_some_and(|told| now.signed_duration_since(told) < AHEAD) => Step::Stay,
        step => step,
    }
}
