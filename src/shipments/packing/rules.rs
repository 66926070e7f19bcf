//! What is being packed, and what of an order it may hold.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::HashMap;

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::catalogue::rules::OrderQuantity;
use crate::error::{Code, FieldError};
use crate::ids::{AccountId, OrderId, OrderLineId, PackingId, ShipmentId};
pub use crate::names::sets::PackingState as State;
use crate::orders::rules::Order;
use crate::shipments::packages::rules::{Load, Of};
use crate::shipments::sentences;

/// What of an order is being packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packing {
    pub id: PackingId,
    pub account_id: AccountId,
    /// That account's code.
    pub account: String,
    pub order_id: OrderId,
    pub order_number: i64,
    /// The account's own number of the order.
    pub po_number: String,
    /// Code of the site it goes to.
    pub ship_to: String,
    pub state: State,
    pub carrier: Option<String>,
    pub tracking_number: Option<String>,
    pub opened_at: NaiveDateTime,
    /// When it left, or came to nothing.
    pub closed_at: Option<NaiveDateTime>,
    /// What it left as, and its number.
    pub shipment: Option<(ShipmentId, i64)>,
    pub version: i64,
    /// In the order of the order's; none where only its head was read.
    pub lines: Vec<Picked>,
}

/// What is being packed of a line of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    pub order_line_id: OrderLineId,
    /// The order line's.
    pub position: i32,
    pub sku: String,
    pub name: String,
    pub unit: String,
    pub unit_code: String,
    pub quantity: OrderQuantity,
}

/// Which of them somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    pub state: Option<State>,
    pub order_id: Option<OrderId>,
}

impl Packing {
    /// It as something to be packed.
    pub fn load(&self) -> Load {
        Load {
            of: Of::Packing(self.id),
            account_id: self.account_id,
            order_ids: vec![self.order_id],
            lines: self
                .lines
                .iter()
                .map(|line| (line.order_line_id, line.quantity))
                .collect(),
        }
    }
}

/// What is wrong where what lies in packages already is more than is to leave of a line.
pub fn packed_beyond(
    order: &Order,
    lines: &[(OrderLineId, OrderQuantity)],
    packed: &HashMap<OrderLineId, i64>,
) -> Vec<FieldError> {
    let left: HashMap<_, _> = lines.iter().map(|(id, quantity)| (*id, quantity.base_steps)).collect();
    let fault = |line: &crate::orders::rules::OrderLine| {
        let packed = packed.get(&line.id).copied().unwrap_or_default();
        let picked = left.get(&line.id).copied().unwrap_or_default();
        (packed > picked).then(|| {
            let detail = sentences::packed_beyond(line.part(packed).ordered, &line.unit, line.position);
            FieldError::new("/lines", Code::NotInShipment, detail)
        })
    };
    order.lines.iter().filter_map(fault).collect()
}

/// What is wrong where less is reserved by now than is being packed.
pub fn reserved_below(order: &Order, lines: &[Picked]) -> Vec<FieldError> {
    let reserved: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line)).collect();
    let fault = |picked: &Picked| {
        let line = reserved.get(&picked.order_line_id)?;
        (picked.quantity.base_steps > line.reserved).then(|| {
            let there = line.part(line.reserved).ordered;
            let detail = sentences::more_than_reserved(picked.quantity.ordered, &line.unit, line.position, there);
            FieldError::new("/lines", Code::NotReserved, detail)
        })
    };
    lines.iter().filter_map(fault).collect()
}
