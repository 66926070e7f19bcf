//! Refunds as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;

use super::rules::Source;
use super::{Booked, Part, Refund};
use crate::clock::rfc3339;

/// Money that was paid back.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RefundHeadView {
    #[schema(example = "rfd_0B9Q4Z8K2M3N4")]
    id: String,
    /// Code of the account.
    account: String,
    amount: String,
    currency: &'static str,
    paid_on: NaiveDate,
    /// What the account reads on its statement.
    #[schema(required)]
    reference: Option<String>,
    /// Where it went.
    #[schema(required)]
    iban: Option<String>,
    /// The entry of a bank that it is.
    #[schema(required)]
    bank_entry_id: Option<String>,
    /// RFC 3339, UTC
    recorded_at: String,
    recorded_by: String,
    /// When it was taken back. RFC 3339, UTC
    #[schema(required)]
    reversed_at: Option<String>,
    #[schema(required)]
    reversal_reason: Option<String>,
}

/// A refund with what it was taken from.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RefundView {
    #[serde(flatten)]
    head: RefundHeadView,
    parts: Vec<RefundPartView>,
}

/// What a refund was taken from: a payment or a credit note.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RefundPartView {
    #[schema(required)]
    payment_id: Option<String>,
    #[schema(required)]
    credit_note_id: Option<String>,
    #[schema(required)]
    credit_note_number: Option<String>,
    amount: String,
}

impl From<Refund> for RefundHeadView {
    fn from(refund: Refund) -> Self {
        Self {
            id: refund.id.to_string(),
            account: refund.account,
            amount: refund.amount.to_string(),
            currency: refund.amount.currency.code(),
            paid_on: refund.paid_on,
            reference: refund.reference,
            iban: refund.iban,
            bank_entry_id: refund.bank_entry_id.map(|id| id.to_string()),
            recorded_at: rfc3339(refund.recorded_at),
            recorded_by: refund.recorded_by,
            reversed_at: refund.reversed_at.map(rfc3339),
            reversal_reason: refund.reversal_reason,
        }
    }
}

impl From<Booked> for RefundView {
    fn from(booked: Booked) -> Self {
        let part = |part: Part| {
            let (payment_id, credit_note_id) = match part.source {
                Source::Payment(id) => (Some(id.to_string()), None),
                Source::CreditNote(id) => (None, Some(id.to_string())),
            };
            RefundPartView {
                payment_id,
                credit_note_id,
                credit_note_number: part.number,
                amount: part.amount.to_string(),
            }
        };
        Self {
            parts: booked.parts.into_iter().map(part).collect(),
            head: booked.refund.into(),
        }
    }
}
