//! What may travel together: shipments of several orders of one account to one of its sites.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::error::{Code, FieldError};
use crate::ids::{AccountId, ConsignmentId, OrderId, OrderLineId, ShipmentId};
use crate::orders::rules::Order;
use crate::shipments::packages::rules::{Asked as AskedPackage, Load, Of};
use crate::shipments::rules::Shipment;
pub use crate::shipments::rules::State;
use crate::shipments::sentences;

/// Fewest and most orders of which something travels together.
pub const ORDERS_MIN: usize = 2;
/// The same.
pub const ORDERS_MAX: usize = 50;

/// Shipments that travel together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consignment {
    pub id: ConsignmentId,
    pub account_id: AccountId,
    /// That account's code.
    pub account: String,
    /// Code of the site it goes to.
    pub ship_to: String,
    /// What people call it, from the same numbers as shipments.
    pub number: i64,
    pub state: State,
    pub carrier: Option<String>,
    pub tracking_number: Option<String>,
    /// Where the carrier tells how far it is.
    pub tracking_url: Option<String>,
    /// How many shipments, each of an order of its own.
    pub shipment_count: i32,
    pub shipped_at: NaiveDateTime,
    /// The day it left, in the supplier's zone.
    pub shipped_on: NaiveDate,
    pub delivered_at: Option<NaiveDateTime>,
    /// Who took it in.
    pub received_by: Option<String>,
    pub version: i64,
    /// By the numbers of their orders; none where only the head was read.
    pub shipments: Vec<Shipment>,
}

impl Consignment {
    /// It as something to be packed: what lies in its packages is of any of its orders.
    pub fn load(&self) -> Load {
        let lines = self.shipments.iter().flat_map(|shipment| &shipment.lines);
        Load {
            of: Of::Consignment(self.id),
            account_id: self.account_id,
            order_ids: self.order_ids(),
            lines: lines.map(|line| (line.order_line_id, line.quantity)).collect(),
        }
    }

    /// Its orders by id, as they are locked.
    pub fn order_ids(&self) -> Vec<OrderId> {
        let mut ids: Vec<_> = self.shipments.iter().map(|shipment| shipment.order_id).collect();
        ids.sort_unstable();
        ids
    }

    /// The shipment with which its packages are kept: the first one.
    pub fn home(&self) -> Option<ShipmentId> {
        self.shipments.iter().map(|shipment| shipment.id).min()
    }
}

/// Which consignments somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    pub state: Option<State>,
    /// Of the account with this code.
    pub account: Option<String>,
    /// With a shipment of this order.
    pub order_id: Option<OrderId>,
}

/// What of an order is to travel with others.
#[derive(Debug, Clone, Default)]
pub struct AskedOrder {
    /// None where its id is ill-formed.
    pub order_id: Option<OrderId>,
    /// Line (none where its id is ill-formed) and quantity in its unit, as written; all that is reserved if nothing is said.
    pub lines: Option<Vec<(Option<OrderLineId>, String)>>,
}

/// What is to travel together.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub orders: Vec<AskedOrder>,
    pub carrier: Option<String>,
    pub tracking_number: Option<String>,
    /// What it is packed into: all of it, or nothing is said of it.
    pub packages: Vec<AskedPackage>,
}

impl Asked {
    /// The orders that are named.
    pub fn order_ids(&self) -> Vec<OrderId> {
        self.orders.iter().filter_map(|order| order.order_id).collect()
    }
}

/// What is wrong with the orders as they are named: too few, too many, one twice, one without lines.
pub fn faults(orders: &[AskedOrder]) -> Vec<FieldError> {
    let mut faults = Vec::new();
    if !(ORDERS_MIN..=ORDERS_MAX).contains(&orders.len()) {
        let detail = sentences::consignment_orders(orders.len(), ORDERS_MIN, ORDERS_MAX);
        faults.push(FieldError::new("/orders", Code::ValueInvalid, detail));
    }
    let mut seen = Vec::with_capacity(orders.len());
    for (place, order) in orders.iter().enumerate() {
        if order.lines.as_ref().is_some_and(Vec::is_empty) {
            let detail = sentences::name_lines_or_none();
            faults.push(FieldError::new(
                format!("/orders/{place}/lines"),
                Code::Required,
                detail,
            ));
        }
        let at = format!("/orders/{place}/order_id");
        match order.order_id {
            None => faults.push(FieldError::new(at, Code::UnknownOrder, sentences::no_order())),
            Some(id) if seen.contains(&id) => {
                faults.push(FieldError::new(
                    at,
                    Code::DuplicateKey,
                    sentences::consignment_order_twice(),
                ));
            }
            Some(id) => seen.push(id),
        }
    }
    faults
}

/// What is wrong where an order goes elsewhere than the first one: each at its place in the request.
pub fn elsewhere(orders: &[&Order]) -> Vec<FieldError> {
    let Some((first, others)) = orders.split_first() else {
        return Vec::new();
    };
    let fault = |(place, order): (usize, &&Order)| {
        let is_same = (order.account_id, order.site_id) == (first.account_id, first.site_id);
        (!is_same).then(|| {
            let detail = sentences::consignment_elsewhere(order.number, &order.ship_to, first.number, &first.ship_to);
            FieldError::new(format!("/orders/{place}/order_id"), Code::ValueInvalid, detail)
        })
    };
    (1..).zip(others).filter_map(fault).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;

    fn asked(ids: &[i64]) -> Vec<AskedOrder> {
        let order = |id: &i64| AskedOrder {
            order_id: (*id > 0).then(|| OrderId::of(*id)),
            lines: None,
        };
        ids.iter().map(order).collect()
    }

    fn told(orders: &[AskedOrder]) -> Vec<String> {
        let fault = |fault: FieldError| format!("{} {}", fault.pointer, fault.code.name());
        faults(orders).into_iter().map(fault).collect()
    }

    #[test]
    fn orders_that_travel_together_are_several_and_each_once() {
        assert_eq!(told(&asked(&[1, 2])), Vec::<String>::new());
        assert_eq!(told(&asked(&[])), ["/orders value_invalid"]);
        assert_eq!(told(&asked(&[1])), ["/orders value_invalid"]);
        assert_eq!(told(&asked(&[1, 2, 1])), ["/orders/2/order_id duplicate_key"]);
        assert_eq!(told(&asked(&[1, 0])), ["/orders/1/order_id unknown_order"]);
        let many: Vec<_> = (1..=51).collect();
        assert_eq!(told(&asked(&many)), ["/orders value_invalid"]);
        let mut lineless = asked(&[1, 2]);
        lineless[1].lines = Some(Vec::new());
        assert_eq!(told(&lineless), ["/orders/1/lines required"]);
    }
}
