//! What a shipment takes along.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::sentences;
use crate::catalogue::rules::OrderQuantity;
use crate::error::{Code, FieldError};
use crate::ids::{AccountId, ConsignmentId, OrderId, OrderLineId, ProductId, ShipmentId, ShipmentLineId};
use crate::inventory::rules::Take;
use crate::names::names;
pub use crate::names::sets::ShipmentState as State;
use crate::orders::rules::choices::held_together;
use crate::orders::rules::{Order, OrderLine};

/// Longest name of a carrier or tracking number, in characters.
pub const CARRIER_CHARS_MAX: usize = 100;

/// Something that may be done to a shipment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// It arrived, says the supplier.
    Deliver,
}

impl State {
    /// The state after `action`, or none where it is not allowed.
    pub fn after(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::Shipped, Action::Deliver) => Some(Self::Delivered),
            (Self::Delivered, Action::Deliver) => None,
        }
    }
}

names! {
    /// In which order a list of shipments goes.
    #[derive(Default)]
    pub enum Sort as ShipmentSort {
        /// The last that left first.
        #[default]
        Newest = "newest",
        /// The first that left first.
        Oldest = "oldest",
    }
}

/// Which shipments somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// In this state.
    pub state: Option<State>,
    /// Of the account with this code.
    pub account: Option<String>,
    /// Of this order.
    pub order_id: Option<OrderId>,
    /// Without an invoice.
    pub to_invoice: bool,
    /// Its number or its order's, or part of the tracking number or of the account's own number; for staff part of the
    /// account's code or name too.
    pub text: Option<String>,
}

/// Where a well-known carrier tells how far a parcel is; none for others. What the supplier keeps of its carriers comes before
/// it ([`super::carriers`]).
pub fn tracking_url(carrier: &str, tracking_number: &str) -> Option<String> {
    const KNOWN: [(&str, &str); 8] = [
        ("dhl", "https://www.dhl.com/global-en/home/tracking.html?tracking-id="),
        ("dpd", "https://tracking.dpd.de/status/en_US/parcel/"),
        ("gls", "https://gls-group.eu/track/"),
        ("ups", "https://www.ups.com/track?tracknum="),
        ("fedex", "https://www.fedex.com/fedextrack/?trknbr="),
        ("postnl", "https://jouw.postnl.nl/track-and-trace/"),
        ("dachser", "https://elogistics.dachser.com/shp2s/?search="),
        (
            "schenker",
            "https://eschenker.dbschenker.com/app/tracking-public/?refNumber=",
        ),
    ];
    let carrier = carrier.to_lowercase();
    let mut words = carrier.split(|c: char| !c.is_alphanumeric());
    let number: String = tracking_number.split_whitespace().collect();
    let is_plain = !number.is_empty() && number.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let (_, start) = words.find_map(|word| KNOWN.iter().find(|(name, _)| *name == word))?;
    is_plain.then(|| format!("{start}{number}"))
}

/// A shipment. Without `lines` where only its head was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipment {
    pub id: ShipmentId,
    /// Whose goods.
    pub account_id: AccountId,
    /// That account's code.
    pub account: String,
    pub order_id: OrderId,
    /// That order's number.
    pub order_number: i64,
    /// The account's own number of that order.
    pub po_number: String,
    /// Code of the site it goes to.
    pub ship_to: String,
    /// What people call it; grows, may have gaps.
    pub number: i64,
    /// Where it stands.
    pub state: State,
    /// Who carries it.
    pub carrier: Option<String>,
    /// What the carrier calls it.
    pub tracking_number: Option<String>,
    /// How many lines it has.
    pub line_count: i32,
    /// When it left.
    pub shipped_at: NaiveDateTime,
    /// The day it left, in the supplier's zone.
    pub shipped_on: NaiveDate,
    /// When it arrived.
    pub delivered_at: Option<NaiveDateTime>,
    /// Who took it in.
    pub received_by: Option<String>,
    /// Where the carrier tells how far it is.
    pub tracking_url: Option<String>,
    /// Grows with every change.
    pub version: i64,
    /// What it travels with: shipments of other orders, and the number of them all.
    pub consignment: Option<(ConsignmentId, i64)>,
    /// The invoice of it and its number, once there is one.
    pub invoice: Option<(i64, String)>,
    /// The lines in the order of the order's.
    pub lines: Vec<ShipmentLine>,
}

/// A part of an order's line in a shipment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShipmentLine {
    pub id: ShipmentLineId,
    /// From 1.
    pub position: i32,
    /// The order's line.
    pub order_line_id: OrderLineId,
    pub product_id: ProductId,
    /// The supplier's number.
    pub sku: String,
    /// The account's number.
    pub customer_part_number: Option<String>,
    /// The account's name for it, or the supplier's.
    pub name: String,
    /// The ordered unit.
    pub unit: String,
    /// Its UN/ECE Rec 20/21 code.
    pub unit_code: String,
    /// UN/ECE Rec 20 code of the base unit.
    pub base_unit: String,
    /// One base step is 10^-`base_decimals` of the base unit.
    pub base_decimals: u8,
    /// In the ordered unit, and in base steps.
    pub quantity: OrderQuantity,
}

/// A part of a line that leaves, and from which stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The order's line.
    pub order_line_id: OrderLineId,
    /// In the ordered unit, and in base steps.
    pub quantity: OrderQuantity,
    /// Where it lies.
    pub takes: Vec<Take>,
}

/// What leaves of an order: the parts that are named (line and quantity in the line's unit, as written), else all that
/// is reserved. `reserved` is what is reserved for its lines, by line and stock. In the order of the lines; all faults
/// at once.
pub fn parts(
    order: &Order,
    reserved: &[(OrderLineId, Take)],
    named: Option<&[(Option<OrderLineId>, String)]>,
) -> Result<Vec<Part>, Vec<FieldError>> {
    let wanted = match named {
        None => {
            let reserved = || order.lines.iter().filter(|line| line.reserved > 0);
            // What leaves whole stays behind until all of it is there, where something else may leave.
            let held = held_together(order);
            let free: Vec<_> = reserved().filter(|line| !held.contains(&line.id)).collect();
            let leaves = match free.is_empty() {
                true => reserved().collect(),
                false => free,
            };
            leaves
                .into_iter()
                .map(|line| (line, line.part(line.reserved)))
                .collect()
        }
        Some(named) => wanted(order, named)?,
    };
    let wanted = wanted.into_iter().map(|(line, quantity)| (line.id, quantity));
    Ok(taken(reserved, wanted))
}

/// So much of each line with the stock it is taken from.
pub fn taken(
    reserved: &[(OrderLineId, Take)],
    wanted: impl IntoIterator<Item = (OrderLineId, OrderQuantity)>,
) -> Vec<Part> {
    let mut stock = HashMap::<OrderLineId, Vec<Take>>::new();
    for (line, take) in reserved {
        stock.entry(*line).or_default().push(*take);
    }
    let part = |(order_line_id, quantity): (OrderLineId, OrderQuantity)| {
        let mut left = quantity.base_steps;
        let mut takes = Vec::new();
        for take in stock.remove(&order_line_id).unwrap_or_default() {
            let taken = take.quantity.min(left);
            if taken > 0 {
                left -= taken;
                takes.push(Take {
                    quantity: taken,
                    ..take
                });
            }
        }
        Part {
            order_line_id,
            quantity,
            takes,
        }
    };
    wanted.into_iter().map(part).collect()
}

/// The order as whoever ships it finds it: what is being packed of its lines is reserved for that.
pub fn less_picked(order: &Order, picked: &HashMap<OrderLineId, i64>) -> Order {
    let mut free = order.clone();
    for line in &mut free.lines {
        let picked = picked.get(&line.id).copied().unwrap_or_default();
        line.reserved = line.reserved.saturating_sub(picked).max(0);
    }
    free
}

/// The named parts by position.
fn wanted<'a>(
    order: &'a Order,
    named: &[(Option<OrderLineId>, String)],
) -> Result<Vec<(&'a OrderLine, OrderQuantity)>, Vec<FieldError>> {
    let mut faults = Vec::new();
    let mut wanted = BTreeMap::new();
    let ordered: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line)).collect();
    for (index, (id, text)) in named.iter().enumerate() {
        let at = |field: &str| format!("/lines/{index}/{field}");
        let Some(line) = id.and_then(|id| ordered.get(&id).copied()) else {
            let detail = sentences::no_line(order.number);
            faults.push(FieldError::new(at("order_line_id"), Code::UnknownLine, detail));
            continue;
        };
        let quantity = match line.parse_part(text) {
            Ok(quantity) => quantity,
            Err(fault) => {
                faults.push(FieldError::new(at("quantity"), fault.code, fault.detail));
                continue;
            }
        };
        if quantity.base_steps > line.reserved {
            let reserved = line.part(line.reserved).ordered;
            let detail = sentences::more_than_reserved(quantity.ordered, &line.unit, line.position, reserved);
            faults.push(FieldError::new(at("quantity"), Code::NotReserved, detail));
        } else if wanted.insert(line.position, (line, quantity)).is_some() {
            let detail = sentences::line_twice(line.position);
            faults.push(FieldError::new(at("order_line_id"), Code::DuplicateKey, detail));
        }
    }
    if faults.is_empty() {
        Ok(wanted.into_values().collect())
    } else {
        Err(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shipment_arrives_once() {
        let table = [
            (State::Shipped, Action::Deliver, Some(State::Delivered)),
            (State::Delivered, Action::Deliver, None),
        ];
        for (state, action, after) in table {
            assert_eq!(state.after(action), after, "{state} {action:?}");
        }
    }
}
