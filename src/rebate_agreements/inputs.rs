//! What staff give of an agreement: read from JSON or from a form and, as cells of a row, checked as the import files are.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Agreement;
use super::rules::{Basis, Method, Period, Scope, Settlement, Tier};
use crate::kept::{self, DecimalText};
use crate::money::{Currency, Money};
use crate::tax::rules::percent;

/// A new agreement of rebates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateRebateAgreement)]
pub struct NewAgreement {
    /// At most 64 characters; never changes.
    #[schema(example = "RB-NORD-2026")]
    pub(in crate::rebate_agreements) rebate: String,
    /// Code of the account.
    pub(in crate::rebate_agreements) account: String,
    /// What it is called.
    #[schema(max_length = 200)]
    pub(in crate::rebate_agreements) name: String,
    /// ISO 4217; that of the account.
    pub(in crate::rebate_agreements) currency: String,
    #[schema(value_type = Period)]
    pub(in crate::rebate_agreements) period: String,
    #[schema(value_type = Method)]
    pub(in crate::rebate_agreements) method: String,
    #[schema(value_type = Basis)]
    pub(in crate::rebate_agreements) basis: String,
    #[schema(value_type = Scope)]
    pub(in crate::rebate_agreements) scope: String,
    /// Name of the category or number of the article; nothing where all counts.
    #[serde(default)]
    pub(in crate::rebate_agreements) key: Option<String>,
    /// Days on which what is invoiced first counts, both included; without an end if that is left out.
    #[schema(value_type = String, format = Date)]
    pub(in crate::rebate_agreements) valid_from: String,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub(in crate::rebate_agreements) valid_to: Option<String>,
    /// `credit_note` if left out.
    #[serde(default)]
    #[schema(value_type = Option<Settlement>)]
    pub(in crate::rebate_agreements) settlement: Option<String>,
    #[serde(default)]
    #[schema(max_items = 20)]
    pub(in crate::rebate_agreements) tiers: Vec<TierInput>,
}

/// From a turnover in the period on so much of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RebateTierBody)]
pub struct TierInput {
    /// Turnover without tax.
    #[schema(example = "250000.00")]
    pub(in crate::rebate_agreements) threshold: DecimalText,
    /// Percent.
    #[schema(example = "2.5")]
    pub(in crate::rebate_agreements) rate: DecimalText,
}

/// What to change of an agreement; what is left out stays. What it counts, and how, stays once something was accrued.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeRebateAgreement)]
pub struct AgreementChange {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::rebate_agreements) name: Option<String>,
    /// Once something was accrued no earlier than it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub(in crate::rebate_agreements) valid_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Settlement>)]
    pub(in crate::rebate_agreements) settlement: Option<String>,
    /// All there are from now on. What was accrued is trued up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 20)]
    pub(in crate::rebate_agreements) tiers: Option<Vec<TierInput>>,
}

pub(in crate::rebate_agreements) fn tier_input(tier: &Tier, currency: Currency) -> TierInput {
    TierInput {
        threshold: DecimalText(Money::new(tier.threshold_minor, currency).to_string()),
        rate: DecimalText(percent(tier.rate_ppm)),
    }
}

impl From<&Agreement> for NewAgreement {
    fn from(agreement: &Agreement) -> Self {
        let kept = &agreement.kept;
        let tiers = agreement.scale.tiers.iter();
        Self {
            rebate: kept.code.clone(),
            account: kept.account.clone(),
            name: kept.name.clone(),
            currency: kept.currency.code().to_owned(),
            period: kept.period.name().to_owned(),
            method: kept.method.name().to_owned(),
            basis: kept.basis.name().to_owned(),
            scope: kept.scope().name().to_owned(),
            key: kept.key().map(str::to_owned),
            valid_from: kept.valid_from.to_string(),
            valid_to: kept.valid_to.map(|to| to.to_string()),
            settlement: Some(kept.settlement.name().to_owned()),
            tiers: tiers.map(|tier| tier_input(tier, kept.currency)).collect(),
        }
    }
}

/// The columns of a row.
pub(in crate::rebate_agreements) fn cells(
    input: &impl Serialize,
    layout: &crate::sheets::Layout,
) -> crate::error::Result<kept::Row> {
    kept::row(input, &[layout.required, layout.optional])
}
