//! What is settled without money as REST shows it.

use chrono::NaiveDate;
use serde::Serialize;

use super::{TaxRow, WriteOff, why};
use crate::clock::rfc3339;
use crate::money::{Currency, Money};
use crate::names::sets::WriteOffKind;
use crate::problem::Warning;
use crate::tax::rules::percent;

/// What of an invoice is settled without money.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WriteOffHeadView {
    #[schema(example = "wof_0B9Q4Z8K2M3N4")]
    id: String,
    /// Code of the account.
    account: String,
    invoice_id: String,
    invoice_number: String,
    #[schema(inline)]
    kind: WriteOffKind,
    amount: String,
    /// What of it is net; all of it where tax is not less.
    net_amount: String,
    /// By how much tax is less.
    tax_amount: String,
    currency: &'static str,
    booked_on: NaiveDate,
    /// The payment it came with.
    #[schema(required)]
    payment_id: Option<String>,
    /// Why, where a rule says so.
    #[schema(required)]
    explanation: Option<Warning>,
    /// Why, where somebody says so.
    #[schema(required)]
    reason: Option<String>,
    /// RFC 3339, UTC
    recorded_at: String,
    recorded_by: String,
    /// When it was taken back. RFC 3339, UTC
    #[schema(required)]
    reversed_at: Option<String>,
    #[schema(required)]
    reversal_reason: Option<String>,
}

/// The same with what it lowers by rate.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WriteOffView {
    #[serde(flatten)]
    head: WriteOffHeadView,
    /// Of a cash discount.
    taxes: Vec<WriteOffTaxView>,
}

/// By how much net and tax of a rate are less.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WriteOffTaxView {
    /// UNCL5305
    #[schema(example = "S")]
    category: String,
    /// Percent
    #[schema(example = "19")]
    rate: String,
    base: String,
    amount: String,
}

impl From<WriteOff> for WriteOffHeadView {
    fn from(found: WriteOff) -> Self {
        let explanation = why(&found).as_ref().map(Warning::from);
        let own = found.own;
        let money = |minor| Money::new(minor, own.currency).to_string();
        Self {
            id: own.id.to_string(),
            account: found.account,
            invoice_id: own.invoice_id.to_string(),
            invoice_number: found.number,
            kind: own.kind,
            amount: money(own.amount_minor),
            net_amount: money(own.amount_minor - found.tax_minor),
            tax_amount: money(found.tax_minor),
            currency: own.currency.code(),
            booked_on: own.booked_on,
            payment_id: own.payment_id.map(|id| id.to_string()),
            explanation,
            reason: own.reason,
            recorded_at: rfc3339(own.recorded_at),
            recorded_by: own.recorded_by,
            reversed_at: own.reversed_at.map(rfc3339),
            reversal_reason: own.reversal_reason,
        }
    }
}

impl WriteOffView {
    pub fn new(found: WriteOff, taxes: Vec<TaxRow>) -> Self {
        let currency: Currency = found.own.currency;
        let money = |minor| Money::new(minor, currency).to_string();
        let view = |tax: TaxRow| WriteOffTaxView {
            category: tax.category,
            rate: percent(tax.rate_ppm),
            base: money(tax.base_minor),
            amount: money(tax.amount_minor),
        };
        Self {
            taxes: taxes.into_iter().map(view).collect(),
            head: found.into(),
        }
    }
}
