//! What REST of payments and of what banks tell have in common.

use serde::{Deserialize, Serialize};

use super::shares::Allocation;
use crate::kept::DecimalText;
use crate::names::sets::WriteOffKind;

/// What of a payment is for an invoice, and what is settled beside it without money.
#[derive(Debug, Clone, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AllocatePayment {
    /// An open invoice of the account, each once.
    invoice_id: String,
    /// Of the payment; nothing if left out.
    #[schema(example = "980.00")]
    amount: Option<DecimalText>,
    /// At most what the invoice offers, also after its days.
    #[schema(example = "20.00")]
    cash_discount: Option<DecimalText>,
    /// At most the tolerance.
    #[schema(example = "0.02")]
    small_difference: Option<DecimalText>,
    /// What banks kept.
    #[schema(example = "5.00")]
    bank_charges: Option<DecimalText>,
}

impl From<AllocatePayment> for Allocation {
    fn from(body: AllocatePayment) -> Self {
        let given = [
            (WriteOffKind::CashDiscount, body.cash_discount),
            (WriteOffKind::SmallDifference, body.small_difference),
            (WriteOffKind::BankCharges, body.bank_charges),
        ];
        let given = given.into_iter().filter_map(|(kind, text)| Some((kind, text?.0)));
        Self {
            invoice_id: body.invoice_id.parse().ok(),
            amount: body.amount.map(|text| text.0),
            given: given.collect(),
        }
    }
}
