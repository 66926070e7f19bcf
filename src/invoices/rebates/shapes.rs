//! Rebates as REST shows them.

use serde::Serialize;

use super::Rebate;
use crate::invoices::credits::CreditNote;
use crate::invoices::credits::shapes::CreditNoteHeadView;
use crate::money::Money;

/// A rebate and what it is paid by.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RebateView {
    #[schema(example = "rbt_0B9Q4Z8K2M3N4")]
    id: String,
    /// ISO 4217
    currency: &'static str,
    net_total: String,
    tax_total: String,
    gross_total: String,
    /// The newest first.
    credit_notes: Vec<CreditNoteHeadView>,
}

impl RebateView {
    /// A rebate; none where it has no credit note.
    pub fn of(rebate: Rebate) -> Option<Self> {
        let currency = rebate.credit_notes.first()?.currency;
        let sum = |amount: fn(&CreditNote) -> Money| {
            let minor: i64 = rebate.credit_notes.iter().map(|credit| amount(credit).minor).sum();
            Money::new(minor, currency).to_string()
        };
        Some(Self {
            id: rebate.id.to_string(),
            currency: currency.code(),
            net_total: sum(|credit| credit.net),
            tax_total: sum(|credit| credit.tax),
            gross_total: sum(|credit| credit.gross),
            credit_notes: rebate.credit_notes.into_iter().map(CreditNoteHeadView::from).collect(),
        })
    }
}
