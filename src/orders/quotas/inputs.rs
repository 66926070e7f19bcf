//! What staff give of quotas and modes: read from JSON, from a form and, as cells of a row, checked as the import files are.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::rules::Tier;
use crate::inventory::quotas::rules::{Mode, Period, Scope};
use crate::kept::{self, DecimalText, IntegerText};

/// A new quota.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateQuota)]
pub struct NewQuota {
    /// At most 64 characters; never changes.
    #[schema(example = "Q-NORD-PUMPS")]
    pub(super) quota: String,
    #[schema(value_type = Scope)]
    pub(super) scope: String,
    /// Number of the article or name of the category.
    #[schema(example = "P-200")]
    pub(super) key: String,
    /// Code of the account; of account and tier one is given.
    pub(super) account: Option<String>,
    /// The accounts of a tier together.
    #[schema(value_type = Option<Tier>)]
    pub(super) tier: Option<String>,
    #[schema(value_type = Period)]
    pub(super) period: String,
    /// Base units in each period.
    pub(super) quantity: DecimalText,
    /// From so many days after the period's first on, what is left is everybody's; null: it is kept to the end of the period.
    #[schema(value_type = Option<i64>)]
    pub(super) released_after_days: Option<IntegerText>,
}

/// What to change of a quota; what is left out stays, null empties. Whom it is for and of what stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeQuota)]
pub struct QuotaChange {
    #[schema(value_type = Option<Period>)]
    period: Option<String>,
    /// Base units in each period.
    quantity: Option<DecimalText>,
    #[serde(default, deserialize_with = "emptied")]
    #[schema(value_type = Option<i64>)]
    released_after_days: Option<IntegerText>,
}

/// A number that null empties.
fn emptied<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<IntegerText>, D::Error> {
    let given: Option<IntegerText> = Option::deserialize(deserializer)?;
    Ok(Some(given.unwrap_or_else(|| IntegerText(String::new()))))
}

/// How an article or a category is shared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AllocationModeBody)]
pub struct NewMode {
    #[schema(value_type = Scope)]
    pub(super) scope: String,
    /// Number of the article or name of the category.
    pub(super) key: String,
    #[schema(value_type = Mode)]
    pub(super) mode: String,
    /// What the tiers weigh in a fair share, best tier first: four whole numbers from 1 to 1,000. `4:3:2:1` if left out.
    #[serde(default)]
    #[schema(example = "4:3:2:1")]
    pub(super) weights: Option<String>,
}

/// The columns of a row.
pub(super) fn cells(input: &impl Serialize, layout: &crate::sheets::Layout) -> crate::error::Result<kept::Row> {
    kept::row(input, &[layout.required, layout.optional])
}
