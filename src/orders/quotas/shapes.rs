//! Quotas and modes as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Drawn, KeptMode};
use crate::accounts::rules::Tier;
use crate::inventory::quotas::rules::{DECIMALS, Mode, Period, Scope, Weights};
use crate::quantity::Quantity;

fn amount(micros: i64) -> String {
    Quantity::new(micros, DECIMALS).to_string()
}

/// What is kept for an account, alone or with the others of its tier, in base units.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuotaView {
    #[schema(example = "quo_0BGK1J3Z00004")]
    id: String,
    quota: String,
    scope: Scope,
    /// Number of the article or name of the category.
    key: String,
    period: Period,
    /// In each period.
    quantity: String,
    /// First day of the running period.
    starts_on: NaiveDate,
    /// First day of the next one.
    ends_on: NaiveDate,
    /// From this day on what is left is everybody's.
    released_on: NaiveDate,
    /// What was drawn in the running period; of a category by all its articles together.
    used: String,
    /// What is still kept: nothing once it is released.
    left: String,
}

impl From<Drawn> for QuotaView {
    fn from(drawn: Drawn) -> Self {
        Self {
            id: drawn.kept.id.to_string(),
            scope: drawn.kept.scope(),
            key: drawn.kept.key().to_owned(),
            quota: drawn.kept.code,
            period: drawn.kept.period,
            quantity: amount(drawn.kept.quantity_micros),
            starts_on: drawn.starts_on,
            ends_on: drawn.ends_on,
            released_on: drawn.released_on,
            used: amount(drawn.drawn_micros),
            left: amount(drawn.left_micros),
        }
    }
}

/// A quota as staff see it: with whom it is for.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplierQuotaView {
    #[serde(flatten)]
    quota: QuotaView,
    /// Code of the account; null for quotas of a tier.
    #[schema(required)]
    account: Option<String>,
    /// The accounts of this tier together; null for quotas of an account.
    #[schema(required)]
    tier: Option<Tier>,
    /// Null: it is kept to the end of the period.
    #[schema(required)]
    released_after_days: Option<i32>,
}

impl From<Drawn> for SupplierQuotaView {
    fn from(drawn: Drawn) -> Self {
        Self {
            account: drawn.kept.account.clone(),
            tier: drawn.kept.tier,
            released_after_days: drawn.kept.released_after_days,
            quota: drawn.into(),
        }
    }
}

/// How an article or the articles of a category are shared where there is not enough for all who wait.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllocationModeView {
    #[schema(example = "alm_0BGK1J3Z00004")]
    id: String,
    scope: Scope,
    /// Number of the article or name of the category.
    key: String,
    mode: Mode,
    /// What the tiers weigh in a fair share, best tier first.
    #[schema(example = "4:3:2:1")]
    weights: String,
}

impl From<KeptMode> for AllocationModeView {
    fn from(mode: KeptMode) -> Self {
        Self {
            id: mode.id.to_string(),
            scope: mode.scope(),
            key: mode.key().to_owned(),
            mode: mode.mode,
            weights: mode.weights.unwrap_or_else(|| Weights::default().to_string()),
        }
    }
}
