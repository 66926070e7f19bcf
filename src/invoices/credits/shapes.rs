//! Credit notes as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;

use super::rules::Reason;
use super::{Applied, CreditNote};
use crate::clock::rfc3339;
use crate::invoices::api::shapes::{BuyerView, InvoiceTaxView, SellerView};
use crate::quantity::Quantity;
use crate::tax::rules::percent;

/// A credit note without lines and tax table. Its amounts are above zero: it takes back so much.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CreditNoteHeadView {
    #[schema(example = "crn_0B9Q4Z8K2M3N4")]
    id: String,
    /// Without gaps in the year of issue, in a series of its own.
    #[schema(example = "CN-2026-000042")]
    number: String,
    /// Code of the account.
    account: String,
    invoice_id: String,
    invoice_number: String,
    order_id: String,
    order_number: String,
    po_number: String,
    reason: Reason,
    /// What else is said of it.
    #[schema(required)]
    note: Option<String>,
    /// The claim that it makes good.
    #[schema(required)]
    claim_id: Option<String>,
    #[schema(required, example = "CL-2026-000042")]
    claim_number: Option<String>,
    /// The return whose goods it takes back.
    #[schema(required)]
    return_id: Option<String>,
    #[schema(required, example = "RT-2026-000042")]
    return_number: Option<String>,
    /// The rebate that it is a part of.
    #[schema(required, example = "rbt_0B9Q4Z8K2M3N4")]
    rebate_id: Option<String>,
    /// ISO 4217
    currency: &'static str,
    net_total: String,
    tax_total: String,
    gross_total: String,
    /// What of it has settled no invoice.
    on_account: String,
    issued_on: NaiveDate,
    line_count: i32,
}

/// A credit note in the terms of EN 16931; it never changes but for what is left of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CreditNoteView {
    #[serde(flatten)]
    head: CreditNoteHeadView,
    /// RFC 3339, UTC
    issued_at: String,
    invoice_issued_on: NaiveDate,
    seller: SellerView,
    buyer: BuyerView,
    lines: Vec<CreditNoteLineView>,
    taxes: Vec<InvoiceTaxView>,
    /// The invoices it settled, in whole or in part.
    applied: Vec<CreditAppliedView>,
    /// What of it was paid back.
    refunded: String,
}

/// A line of a credit note.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CreditNoteLineView {
    /// The invoice's line.
    position: i32,
    sku: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    #[schema(required)]
    gtin: Option<String>,
    name: String,
    /// UN/ECE Rec 20/21; `C62`, one, where an amount is credited and no goods.
    unit_code: String,
    quantity: String,
    base_unit: String,
    base_quantity: String,
    /// The invoice's, for `price_base` × the price's unit. The line's net is less where amounts of it were credited before.
    unit_price: String,
    price_unit: String,
    price_base: i32,
    net: String,
    /// UNCL5305
    tax_category: String,
    /// Percent
    #[schema(example = "19")]
    tax_rate: String,
}

/// What of an invoice a credit note settled.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CreditAppliedView {
    invoice_id: String,
    invoice_number: String,
    amount: String,
}

impl From<CreditNote> for CreditNoteHeadView {
    fn from(credit: CreditNote) -> Self {
        let (claim_id, claim_number) = credit.claim.unzip();
        let (return_id, return_number) = credit.returned.unzip();
        Self {
            id: credit.id.to_string(),
            number: credit.number,
            account: credit.buyer.code,
            invoice_id: credit.invoice_id.to_string(),
            invoice_number: credit.invoice_number,
            order_id: credit.order_id.to_string(),
            order_number: credit.order_number.to_string(),
            po_number: credit.po_number,
            reason: credit.reason,
            note: credit.note,
            claim_id: claim_id.map(|id| id.to_string()),
            claim_number,
            return_id: return_id.map(|id| id.to_string()),
            return_number,
            rebate_id: credit.rebate_id.map(|id| id.to_string()),
            currency: credit.currency.code(),
            net_total: credit.net.to_string(),
            tax_total: credit.tax.to_string(),
            gross_total: credit.gross.to_string(),
            on_account: credit.open.to_string(),
            issued_on: credit.issued_on,
            line_count: credit.line_count,
        }
    }
}

impl CreditNoteView {
    /// A credit note and what it settled.
    pub fn new(mut credit: CreditNote, applied: Vec<Applied>) -> Self {
        let lines = std::mem::take(&mut credit.lines).into_iter().map(|credited| {
            let line = credited.line;
            CreditNoteLineView {
                position: line.position,
                sku: line.sku,
                customer_part_number: line.customer_part_number,
                gtin: line.gtin,
                name: line.name,
                unit_code: line.unit_code,
                quantity: line.quantity.ordered.to_string(),
                base_quantity: Quantity::new(line.quantity.base_steps, line.base_decimals).to_string(),
                base_unit: line.base_unit,
                unit_price: line.unit_price.to_string(),
                price_unit: line.price_unit,
                price_base: line.price_base,
                net: line.net.to_string(),
                tax_category: line.treatment.category,
                tax_rate: percent(line.treatment.rate_ppm),
            }
        });
        let taxes = std::mem::take(&mut credit.taxes).into_iter();
        let refunded = super::refunded(&credit, &applied).to_string();
        let applied = applied.into_iter().map(|(id, number, amount)| CreditAppliedView {
            invoice_id: id.to_string(),
            invoice_number: number,
            amount: amount.to_string(),
        });
        Self {
            issued_at: rfc3339(credit.issued_at),
            invoice_issued_on: credit.invoice_issued_on,
            seller: credit.seller.clone().into(),
            buyer: credit.buyer.clone().into(),
            lines: lines.collect(),
            taxes: taxes.map(|tax| InvoiceTaxView::new(tax, credit.currency)).collect(),
            applied: applied.collect(),
            refunded,
            head: credit.into(),
        }
    }
}
