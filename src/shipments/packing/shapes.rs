//! What is being packed, as REST shows it.

use serde::Serialize;

use super::rules::{Packing, Picked, State};
use crate::clock::rfc3339;

/// What of an order is being packed, without its lines.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PackingHeadView {
    #[schema(example = "pck_0B9Q4Z8K2M3N4")]
    id: String,
    /// Code of the account.
    account: String,
    order_id: String,
    order_number: String,
    po_number: String,
    /// Code of the site it goes to.
    ship_to: String,
    state: State,
    #[schema(required)]
    carrier: Option<String>,
    #[schema(required)]
    tracking_number: Option<String>,
    /// RFC 3339, UTC
    opened_at: String,
    /// When it left, or came to nothing. RFC 3339, UTC
    #[schema(required)]
    closed_at: Option<String>,
    /// What it left as.
    #[schema(required)]
    shipment_id: Option<String>,
}

/// The same with its lines.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PackingView {
    #[serde(flatten)]
    head: PackingHeadView,
    lines: Vec<PackingLineView>,
}

/// What is being packed of a line of the order.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PackingLineView {
    order_line_id: String,
    /// The order line's.
    position: i32,
    sku: String,
    name: String,
    unit: String,
    /// In the ordered unit.
    quantity: String,
}

impl From<Packing> for PackingHeadView {
    fn from(packing: Packing) -> Self {
        Self {
            id: packing.id.to_string(),
            account: packing.account,
            order_id: packing.order_id.to_string(),
            order_number: packing.order_number.to_string(),
            po_number: packing.po_number,
            ship_to: packing.ship_to,
            state: packing.state,
            carrier: packing.carrier,
            tracking_number: packing.tracking_number,
            opened_at: rfc3339(packing.opened_at),
            closed_at: packing.closed_at.map(rfc3339),
            shipment_id: packing.shipment.map(|(id, _)| id.to_string()),
        }
    }
}

impl From<Packing> for PackingView {
    fn from(mut packing: Packing) -> Self {
        let line = |line: Picked| PackingLineView {
            order_line_id: line.order_line_id.to_string(),
            position: line.position,
            sku: line.sku,
            name: line.name,
            unit: line.unit,
            quantity: line.quantity.ordered.to_string(),
        };
        let lines = std::mem::take(&mut packing.lines);
        Self {
            head: packing.into(),
            lines: lines.into_iter().map(line).collect(),
        }
    }
}
