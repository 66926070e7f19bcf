//! Price corrections as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;

use super::rules::{Outcome, State};
use super::{Line, Run, Sum, Whole};
use crate::clock::rfc3339;
use crate::money::{Money, UnitPrice};

/// A price correction without its lines.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PriceCorrectionHeadView {
    #[schema(example = "pco_0B9Q4Z8K2M3N4")]
    id: String,
    /// Without gaps in the year it was made.
    #[schema(example = "PC-2026-000042")]
    number: String,
    #[schema(inline)]
    state: State,
    /// Days on which the invoices were issued, both included.
    from: NaiveDate,
    to: NaiveDate,
    /// Codes of accounts; all where it is empty.
    accounts: Vec<String>,
    /// Code of the list that prices come from, or came from.
    #[schema(required)]
    price_list: Option<String>,
    #[schema(required)]
    note: Option<String>,
    line_count: i32,
    /// Invoiced lines that were left out because there is no price for them now, or their unit is another one.
    skipped_count: i32,
    /// RFC 3339, UTC
    created_at: String,
    created_by: String,
    /// RFC 3339, UTC
    #[schema(required)]
    ended_at: Option<String>,
    #[schema(required)]
    ended_by: Option<String>,
}

/// A price correction: what invoiced lines would cost by the prices as they are kept now for the day they were ordered.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PriceCorrectionView {
    #[serde(flatten)]
    head: PriceCorrectionHeadView,
    totals: Vec<PriceCorrectionTotalView>,
    lines: Vec<PriceCorrectionLineView>,
}

/// What a price correction comes to, without tax.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PriceCorrectionTotalView {
    /// ISO 4217
    currency: &'static str,
    /// What was too dear.
    credited: String,
    /// What was too cheap.
    invoiced: String,
}

/// A line of an invoice and what it is off its price.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PriceCorrectionLineView {
    /// Code of the account.
    account: String,
    invoice_id: String,
    invoice_number: String,
    position: i32,
    sku: String,
    name: String,
    /// UN/ECE Rec 20/21
    unit_code: String,
    /// What is left of it: without what was credited.
    quantity: String,
    /// The day the price is of.
    priced_on: NaiveDate,
    was: PriceCorrectionPriceView,
    becomes: PriceCorrectionPriceView,
    /// ISO 4217
    currency: &'static str,
    /// Without tax, of what is left: below zero it is credited, above zero it is invoiced.
    difference: String,
    #[schema(inline)]
    outcome: Outcome,
    #[schema(required)]
    credit_note_id: Option<String>,
    #[schema(required)]
    credit_note_number: Option<String>,
    /// The invoice of the difference.
    #[schema(required)]
    difference_invoice_id: Option<String>,
    #[schema(required)]
    difference_invoice_number: Option<String>,
}

/// A price, and what all of a line costs by it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PriceCorrectionPriceView {
    /// For `price_base` × `price_unit`.
    unit_price: String,
    price_unit: String,
    price_base: i32,
    /// Code of the list it comes from.
    price_list: String,
    /// All of the line as it was invoiced.
    net: String,
}

impl From<Run> for PriceCorrectionHeadView {
    fn from(run: Run) -> Self {
        Self {
            id: run.id.to_string(),
            accounts: run.account_codes(),
            number: run.number,
            state: run.state,
            from: run.issued_from,
            to: run.issued_to,
            price_list: run.price_list,
            note: run.note,
            line_count: run.line_count,
            skipped_count: run.skipped_count,
            created_at: rfc3339(run.created_at),
            created_by: run.created_by,
            ended_at: run.ended_at.map(rfc3339),
            ended_by: run.ended_by,
        }
    }
}

impl From<Sum> for PriceCorrectionTotalView {
    fn from(sum: Sum) -> Self {
        Self {
            currency: sum.credited.currency.code(),
            credited: sum.credited.to_string(),
            invoiced: sum.invoiced.to_string(),
        }
    }
}

impl From<Line> for PriceCorrectionLineView {
    fn from(line: Line) -> Self {
        let money = |minor| Money::new(minor, line.currency).to_string();
        let price = |micros: i64, unit: &str, base: i32, list: &str, minor: i64| PriceCorrectionPriceView {
            unit_price: UnitPrice { micros }.to_string(),
            price_unit: unit.to_owned(),
            price_base: base,
            price_list: list.to_owned(),
            net: money(minor),
        };
        Self {
            was: price(
                line.was_micros,
                &line.was_unit,
                line.was_base,
                &line.was_list,
                line.base_minor,
            ),
            becomes: price(
                line.price_micros,
                &line.price_unit,
                line.price_base,
                &line.price_list,
                line.should_minor,
            ),
            currency: line.currency.code(),
            difference: money(line.difference_minor),
            account: line.account,
            invoice_id: line.invoice_id.to_string(),
            invoice_number: line.invoice,
            position: line.position,
            sku: line.sku,
            name: line.name,
            unit_code: line.unit_code,
            quantity: line.quantity.to_string(),
            priced_on: line.priced_on,
            outcome: line.outcome,
            credit_note_id: line.credit_note_id.map(|id| id.to_string()),
            credit_note_number: line.credit_note,
            difference_invoice_id: line.difference_id.map(|id| id.to_string()),
            difference_invoice_number: line.difference,
        }
    }
}

impl From<Whole> for PriceCorrectionView {
    fn from(whole: Whole) -> Self {
        Self {
            totals: whole.sums().into_iter().map(PriceCorrectionTotalView::from).collect(),
            lines: whole.lines.into_iter().map(PriceCorrectionLineView::from).collect(),
            head: whole.run.into(),
        }
    }
}
