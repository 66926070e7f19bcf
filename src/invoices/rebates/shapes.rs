//! Rebates as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;

use super::Rebate;
use crate::clock::rfc3339;
use crate::invoices::credits::CreditNote;
use crate::invoices::credits::shapes::CreditNoteHeadView;
use crate::money::Money;
use crate::tax::rules::percent;

/// A rebate and what it is paid by.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RebateView {
    #[schema(example = "rbt_0B9Q4Z8K2M3N4")]
    id: String,
    /// Days on which the invoices were issued, both included.
    from: NaiveDate,
    to: NaiveDate,
    /// Of what was left of these invoices without tax, of each tax rate; or `net`.
    #[schema(required, example = "2.5")]
    percent: Option<String>,
    /// So much without tax.
    #[schema(required)]
    net: Option<String>,
    /// What else stands on the credit notes.
    #[schema(required)]
    note: Option<String>,
    by: String,
    /// RFC 3339, UTC
    at: String,
    /// ISO 4217
    currency: &'static str,
    net_total: String,
    tax_total: String,
    gross_total: String,
    /// The newest first.
    credit_notes: Vec<CreditNoteHeadView>,
}

impl From<Rebate> for RebateView {
    fn from(Rebate { head, credit_notes }: Rebate) -> Self {
        let amount = |minor| Money::new(minor, head.currency).to_string();
        let sum = |of: fn(&CreditNote) -> Money| amount(credit_notes.iter().map(|credit| of(credit).minor).sum());
        Self {
            id: head.id.to_string(),
            from: head.issued_from,
            to: head.issued_to,
            percent: head.percent_ppm.map(percent),
            net: head.net_minor.map(amount),
            by: head.created_by,
            at: rfc3339(head.created_at),
            currency: head.currency.code(),
            net_total: sum(|credit| credit.net),
            tax_total: sum(|credit| credit.tax),
            gross_total: sum(|credit| credit.gross),
            note: head.note,
            credit_notes: credit_notes.into_iter().map(CreditNoteHeadView::from).collect(),
        }
    }
}
