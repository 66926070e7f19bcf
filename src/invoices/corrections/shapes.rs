//! Corrections of invoices as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;

use super::rules::{Difference, DifferentField, differences};
use super::{Correction, Preview};
use crate::invoices::api::shapes::{InvoiceHeadView, InvoiceLineView, InvoiceTaxView, InvoiceView};
use crate::invoices::credits::Applied;
use crate::invoices::credits::shapes::CreditNoteView;

/// A correction of an invoice: what was taken back, and what took its place.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvoiceCorrectionView {
    /// The wrong invoice. Nothing of it is left.
    corrected: InvoiceHeadView,
    credit_note: CreditNoteView,
    /// The invoice in its place.
    invoice: InvoiceView,
    differences: Vec<InvoiceDifferenceView>,
}

/// What is different of two invoices.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvoiceDifferenceView {
    #[schema(inline)]
    field: DifferentField,
    /// The line's position on the wrong invoice; null where it is of the whole.
    #[schema(required)]
    position: Option<i32>,
    was: String,
    becomes: String,
}

/// What a correction would come to. Nothing is stored.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvoiceCorrectionPreviewView {
    invoice_id: String,
    invoice_number: String,
    /// ISO 4217
    currency: &'static str,
    /// What the credit note would take back, with tax.
    credited_total: String,
    net_total: String,
    tax_total: String,
    /// What the invoice in its place would come to.
    gross_total: String,
    due_on: NaiveDate,
    payment_terms_days: i32,
    po_number: String,
    lines: Vec<InvoiceLineView>,
    taxes: Vec<InvoiceTaxView>,
    differences: Vec<InvoiceDifferenceView>,
    /// What payments for the wrong invoice would settle of it.
    payments_moved: String,
    /// What would stay on account.
    on_account: String,
}

impl From<Difference> for InvoiceDifferenceView {
    fn from(difference: Difference) -> Self {
        Self {
            field: difference.field,
            position: difference.line,
            was: difference.was,
            becomes: difference.is,
        }
    }
}

impl InvoiceCorrectionView {
    /// A correction and what its credit note settled.
    pub fn new(correction: Correction, applied: Vec<Applied>) -> Self {
        let found = differences(&correction.wrong, &correction.right);
        Self {
            differences: found.into_iter().map(InvoiceDifferenceView::from).collect(),
            corrected: correction.wrong.into(),
            credit_note: CreditNoteView::new(correction.credit, applied),
            invoice: correction.right.into(),
        }
    }
}

impl InvoiceCorrectionPreviewView {
    pub fn new(preview: Preview) -> Self {
        let found = differences(&preview.wrong, &preview.right);
        let (_, _, credited) = preview.taken_back;
        let (wrong, right) = (preview.wrong, preview.right);
        Self {
            invoice_id: wrong.id.to_string(),
            invoice_number: wrong.number,
            currency: right.currency.code(),
            credited_total: credited.to_string(),
            net_total: right.net.to_string(),
            tax_total: right.tax.to_string(),
            gross_total: right.gross.to_string(),
            due_on: right.due_on,
            payment_terms_days: right.payment_terms_days,
            po_number: right.po_number,
            taxes: right
                .taxes
                .into_iter()
                .map(|tax| InvoiceTaxView::new(tax, right.currency))
                .collect(),
            lines: right.lines.into_iter().map(InvoiceLineView::from).collect(),
            differences: found.into_iter().map(InvoiceDifferenceView::from).collect(),
            payments_moved: preview.moved.to_string(),
            on_account: preview.on_account.to_string(),
        }
    }
}
