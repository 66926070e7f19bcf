//! Returns as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;

use super::rules::{Return, ReturnLine, State};
use crate::clock::rfc3339;
use crate::ids::CreditNoteId;
use crate::quantity::Quantity;

/// A return without its lines.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReturnHeadView {
    #[schema(example = "ret_0B9Q4Z8K2M3N4")]
    id: String,
    /// Without gaps in the year it was announced, in a series of its own.
    #[schema(example = "RT-2026-000042")]
    number: String,
    /// Code of the account.
    account: String,
    order_id: String,
    order_number: String,
    po_number: String,
    shipment_id: String,
    shipment_number: String,
    /// The claim it comes from.
    #[schema(required)]
    claim_id: Option<String>,
    #[schema(required)]
    claim_number: Option<String>,
    state: State,
    /// What the account is told.
    #[schema(required)]
    note: Option<String>,
    announced_on: NaiveDate,
    #[schema(required)]
    received_at: Option<String>,
    #[schema(required)]
    inspected_at: Option<String>,
    #[schema(required)]
    closed_at: Option<String>,
}

/// A return.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReturnView {
    #[serde(flatten)]
    head: ReturnHeadView,
    /// The receipt of what can be sold again.
    #[schema(required)]
    receipt_id: Option<String>,
    /// What credits its goods: its own credit notes, and the one that its claim was settled by.
    credit_notes: Vec<CreditOfReturnView>,
    lines: Vec<ReturnLineView>,
}

/// A credit note of a return.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CreditOfReturnView {
    #[schema(example = "crn_0B9Q4Z8K2M3N4")]
    id: String,
    #[schema(example = "CN-2026-000042")]
    number: String,
}

/// A line of a return.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReturnLineView {
    /// On the shipment.
    position: i32,
    order_line_id: String,
    product_id: String,
    sku: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    name: String,
    unit: String,
    unit_code: String,
    /// What is to come, in that unit.
    quantity: String,
    base_unit: String,
    base_quantity: String,
    /// What of it can be sold again, in the base unit; null until it is inspected.
    #[schema(required)]
    to_stock: Option<String>,
    /// What of it is kept apart.
    #[schema(required)]
    quarantine: Option<String>,
    /// What of it is thrown away.
    #[schema(required)]
    scrap: Option<String>,
}

impl From<&Return> for ReturnHeadView {
    fn from(returned: &Return) -> Self {
        let (claim_id, claim_number) = returned.claim.clone().unzip();
        Self {
            id: returned.id.to_string(),
            number: returned.number.clone(),
            account: returned.account.0.clone(),
            order_id: returned.order_id.to_string(),
            order_number: returned.order_number.to_string(),
            po_number: returned.po_number.clone(),
            shipment_id: returned.shipment_id.to_string(),
            shipment_number: returned.shipment_number.to_string(),
            claim_id: claim_id.map(|id| id.to_string()),
            claim_number,
            state: returned.state,
            note: returned.note.clone(),
            announced_on: returned.announced_on,
            received_at: returned.received_at.map(rfc3339),
            inspected_at: returned.inspected_at.map(rfc3339),
            closed_at: returned.closed_at.map(rfc3339),
        }
    }
}

fn line(line: ReturnLine) -> ReturnLineView {
    let base = |steps: i64| Quantity::new(steps, line.base_decimals).to_string();
    ReturnLineView {
        position: line.position,
        order_line_id: line.order_line_id.to_string(),
        product_id: line.product_id.to_string(),
        base_quantity: base(line.quantity.base_steps),
        to_stock: line.found.map(|found| base(found.to_stock)),
        quarantine: line.found.map(|found| base(found.quarantine)),
        scrap: line.found.map(|found| base(found.scrap)),
        sku: line.sku,
        customer_part_number: line.customer_part_number,
        name: line.name,
        unit: line.unit,
        unit_code: line.unit_code,
        quantity: line.quantity.ordered.to_string(),
        base_unit: line.base_unit,
    }
}

impl From<Return> for ReturnView {
    fn from(returned: Return) -> Self {
        let credit = |(id, number): &(CreditNoteId, String)| CreditOfReturnView {
            id: id.to_string(),
            number: number.clone(),
        };
        Self {
            head: (&returned).into(),
            credit_notes: returned.credit_notes.iter().map(credit).collect(),
            receipt_id: returned.receipt_id.map(|id| id.to_string()),
            lines: returned.lines.into_iter().map(line).collect(),
        }
    }
}
