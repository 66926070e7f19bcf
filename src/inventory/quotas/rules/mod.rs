//! Who may draw what is kept, and how what does not suffice is shared. All quantities are base steps unless said otherwise.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

mod sharing;
mod weights;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

pub use self::sharing::{Claim, share};
pub use self::weights::Weights;
use crate::accounts::rules::Tier;
use crate::ids::{AccountId, ProductId, QuotaId};
use crate::names::names;

names! {
    /// How what does not suffice is shared among those who wait.
    #[derive(Default)]
    pub enum Mode as AllocationMode {
        /// By rank: whoever comes first gets all of theirs.
        #[default]
        Strict = "strict",
        /// Each account the same, by the weight of its tier, but nobody more than they want.
        FairShare = "fair_share",
        /// Each account the same part of what it wants.
        Proportional = "proportional",
    }
}

names! {
    /// How often a quota begins anew.
    pub enum Period as QuotaPeriod {
        /// On Mondays (ISO 8601).
        Week = "week",
        Month = "month",
        Quarter = "quarter",
    }
}

names! {
    /// What a quota or a mode is about.
    pub enum Scope as QuotaScope {
        /// One article.
        Sku = "sku",
        /// All articles of a category: of each of them the whole quota is kept, all of them together draw it.
        Category = "category",
    }
}

/// Decimals of a quota's quantity: the most that any article has.
pub const DECIMALS: u8 = 6;

impl Period {
    /// First day of the period in which a day lies.
    pub fn start(self, day: NaiveDate) -> NaiveDate {
        let back = match self {
            Self::Week => day.weekday().num_days_from_monday(),
            Self::Month => day.day0(),
            Self::Quarter => {
                let month = day.checked_sub_months(Months::new(day.month0() % 3));
                return month.map_or(day, |month| Self::Month.start(month));
            }
        };
        day.checked_sub_days(Days::new(back.into())).unwrap_or(day)
    }

    /// First day of the period behind the one in which a day lies.
    pub fn end(self, day: NaiveDate) -> NaiveDate {
        let start = self.start(day);
        let end = match self {
            Self::Week => start.checked_add_days(Days::new(7)),
            Self::Month => start.checked_add_months(Months::new(1)),
            Self::Quarter => start.checked_add_months(Months::new(3)),
        };
        end.unwrap_or(NaiveDate::MAX)
    }
}

/// Whom a quota is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    Account(AccountId),
    /// The accounts of a tier together.
    Tier(Tier),
}

/// Who asks for stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimant {
    pub account_id: AccountId,
    pub tier: Tier,
}

impl Holder {
    /// True if it is for this account.
    pub fn covers(self, claimant: Claimant) -> bool {
        match self {
            Self::Account(id) => id == claimant.account_id,
            Self::Tier(tier) => tier == claimant.tier,
        }
    }
}

/// A quota as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    pub id: QuotaId,
    pub holder: Holder,
    /// The tier of the account, or the tier that it is for.
    pub tier: Tier,
    pub period: Period,
    /// Millionths of the base unit, in each period.
    pub quantity_micros: i64,
    /// From so many days after the period's first on it is everybody's; none: it is kept to the period's end.
    pub released_after_days: Option<i32>,
}

impl Quota {
    /// First day of the period of a day.
    pub fn starts_on(&self, today: NaiveDate) -> NaiveDate {
        self.period.start(today)
    }

    /// The day from which on what is left of it is everybody's: at the latest the next period's first.
    pub fn released_on(&self, today: NaiveDate) -> NaiveDate {
        let end = self.period.end(today);
        let days = self.released_after_days.and_then(|days| u64::try_from(days).ok());
        let released = days.and_then(|days| self.starts_on(today).checked_add_days(Days::new(days)));
        released.map_or(end, |released| released.min(end))
    }

    /// True while what is left of it is kept.
    pub fn is_kept(&self, today: NaiveDate) -> bool {
        today < self.released_on(today)
    }
}

/// A quota of a product's policy.
#[derive(Debug, Clone)]
pub struct Found {
    pub product_id: ProductId,
    /// Decimals of the product's base unit.
    pub decimals: u8,
    pub quota: Quota,
}

/// What is left of a quota in the running period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub quota_id: QuotaId,
    pub holder: Holder,
    /// Who of two holders comes first where there is not enough for both.
    pub tier: Tier,
    /// First day of the period.
    pub starts_on: NaiveDate,
    pub left: i64,
}

/// By what a product is handed out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    pub mode: Mode,
    /// Of the tiers, in a fair share; records from before they could be chosen have none.
    #[serde(default, skip_serializing_if = "Weights::is_default")]
    pub weights: Weights,
    /// By tier of the holder, then by id.
    pub kept: Vec<Kept>,
}

impl Policy {
    /// True if nothing but rank decides.
    pub fn is_plain(&self) -> bool {
        self.mode == Mode::Strict && self.kept.is_empty()
    }

    /// How much of what is free is kept by each quota: as far as it goes, the first first.
    pub fn keeps(&self, free: i64) -> Vec<i64> {
        let mut left = free.max(0);
        let keep = |kept: &Kept| {
            let keep = kept.left.clamp(0, left);
            left -= keep;
            keep
        };
        self.kept.iter().map(keep).collect()
    }

    /// What of so much free stock this account may have.
    pub fn free_for(&self, claimant: Claimant, free: i64) -> i64 {
        let keeps = self.keeps(free);
        let others = self
            .kept
            .iter()
            .zip(keeps)
            .filter(|(kept, _)| !kept.holder.covers(claimant));
        free - others.map(|(_, keep)| keep).sum::<i64>()
    }
}

/// Ten to the number of decimals that a base step has less than a quota.
fn micros_per_step(decimals: u8) -> i64 {
    10_i64.pow(u32::from(DECIMALS.saturating_sub(decimals)))
}

/// What was drawn of quotas: quota, period's first day, decimals of the product, base steps.
pub type Uses = Vec<(QuotaId, NaiveDate, u8, i64)>;

/// What was drawn of each quota in the period that begins on a day, in millionths.
pub fn drawn(uses: &Uses) -> HashMap<(QuotaId, NaiveDate), i64> {
    let mut drawn = HashMap::<_, i64>::new();
    for (quota_id, starts_on, decimals, steps) in uses {
        let sum = drawn.entry((*quota_id, *starts_on)).or_default();
        *sum = sum.saturating_add(steps.saturating_mul(micros_per_step(*decimals)));
    }
    drawn
}

/// The policies of products on a day; an article's own mode goes before its category's.
pub fn policies(
    found: Vec<Found>,
    uses: &Uses,
    modes: Vec<(ProductId, Mode, Weights)>,
    today: NaiveDate,
) -> Vec<(ProductId, Policy)> {
    let drawn = drawn(uses);
    let mut policies = BTreeMap::<ProductId, Policy>::new();
    for (product_id, mode, weights) in modes {
        let policy = policies.entry(product_id).or_default();
        (policy.mode, policy.weights) = (mode, weights);
    }
    for Found {
        product_id,
        decimals,
        quota,
    } in found
    {
        let starts_on = quota.starts_on(today);
        let drawn = drawn.get(&(quota.id, starts_on)).copied().unwrap_or_default();
        let left = quota.quantity_micros.saturating_sub(drawn) / micros_per_step(decimals);
        if quota.is_kept(today) && left > 0 {
            policies.entry(product_id).or_default().kept.push(Kept {
                quota_id: quota.id,
                holder: quota.holder,
                tier: quota.tier,
                starts_on,
                left,
            });
        }
    }
    for policy in policies.values_mut() {
        policy.kept.sort_by_key(|kept| (kept.tier, kept.quota_id));
    }
    policies.into_iter().filter(|(_, policy)| !policy.is_plain()).collect()
}
