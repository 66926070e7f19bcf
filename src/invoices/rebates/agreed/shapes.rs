//! Settlements as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Settlement, State, Whole};
use crate::clock::rfc3339;
use crate::invoices::credits::shapes::CreditNoteHeadView;
use crate::money::Money;
use crate::rebate_agreements::rules::Settlement as PaidBy;

/// What of an agreement is to be paid, or was.
#[derive(Debug, Serialize, ToSchema)]
pub struct RebateSettlementHeadView {
    #[schema(example = "rbs_0BGK1J3Z00004")]
    id: String,
    agreement_id: String,
    /// Code of the agreement.
    rebate: String,
    name: String,
    /// Code of the account.
    account: String,
    settlement: PaidBy,
    /// Days of the last period it is about, both included.
    from: NaiveDate,
    to: NaiveDate,
    state: State,
    /// ISO 4217
    currency: &'static str,
    /// Without tax: what is due, or what was paid.
    amount: String,
    /// RFC 3339, UTC
    proposed_at: String,
    /// RFC 3339, UTC; null until it is approved.
    #[schema(required)]
    approved_at: Option<String>,
    /// Who approved it.
    #[schema(required)]
    approved_by: Option<String>,
}

impl From<Settlement> for RebateSettlementHeadView {
    fn from(found: Settlement) -> Self {
        Self {
            id: found.id.to_string(),
            agreement_id: found.agreement_id.to_string(),
            rebate: found.code,
            name: found.name,
            account: found.account,
            settlement: found.settlement,
            from: found.period_from,
            to: found.period_to,
            state: found.state,
            currency: found.currency.code(),
            amount: Money::new(found.amount_minor, found.currency).to_string(),
            proposed_at: rfc3339(found.proposed_at),
            approved_at: found.decided_at.map(rfc3339),
            approved_by: found.decided_by,
        }
    }
}

/// The same with what it is paid by.
#[derive(Debug, Serialize, ToSchema)]
pub struct RebateSettlementView {
    #[serde(flatten)]
    head: RebateSettlementHeadView,
    /// The newest first.
    credit_notes: Vec<CreditNoteHeadView>,
}

impl From<Whole> for RebateSettlementView {
    fn from(whole: Whole) -> Self {
        Self {
            head: whole.settlement.into(),
            credit_notes: whole.credit_notes.into_iter().map(CreditNoteHeadView::from).collect(),
        }
    }
}
