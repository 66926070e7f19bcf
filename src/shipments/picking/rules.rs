//! What is to be picked: what is reserved for orders that may leave and is not being packed.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::catalogue::rules::OrderQuantity;
use crate::ids::{OrderId, OrderLineId, SiteId, StockId};
use crate::names::names;
use crate::quantity::Quantity;

names! {
    /// In which order a pick list goes.
    #[derive(Default)]
    pub enum Sort as PickSort {
        /// Order by order, as the queue serves them; in an order by location.
        #[default]
        Order = "order",
        /// As one walks through the warehouse.
        Location = "location",
    }
}

/// What somebody wants to pick.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// In the warehouse with this code.
    pub warehouse: Option<String>,
    /// For the account with this code.
    pub account: Option<String>,
    pub sort: Sort,
}

/// What is to be picked of a line of an order, from one stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    pub keys: Keys,
    pub warehouse: String,
    /// Where it lies there.
    pub location: Option<String>,
    pub sku: String,
    pub name: String,
    pub customer_part_number: Option<String>,
    pub unit: String,
    pub unit_code: String,
    pub base_unit: String,
    pub base_decimals: u8,
    pub quantity: OrderQuantity,
    pub order_number: i64,
    pub po_number: String,
    /// Code and name of the account.
    pub account: (String, String),
    pub site_id: SiteId,
    /// Code of the site it goes to.
    pub ship_to: String,
    pub requested_on: Option<NaiveDate>,
}

/// Where a line stands in pick lists, however they are sorted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    /// Tier and class, best first.
    pub importance: (i64, i64),
    pub wanted_on: NaiveDate,
    pub queued_at: NaiveDateTime,
    pub order_id: OrderId,
    /// 1 where nobody knows where it lies.
    pub is_unplaced: i64,
    pub place: String,
    pub position: i32,
    pub order_line_id: OrderLineId,
    pub stock_id: StockId,
}

/// So many base steps of a line of `ordered`, in its unit.
pub fn part(ordered: (Quantity, i64), base_steps: i64) -> OrderQuantity {
    let (quantity, whole) = ordered;
    let steps = i128::from(quantity.steps) * i128::from(base_steps) / i128::from(whole).max(1);
    OrderQuantity {
        ordered: Quantity::new(i64::try_from(steps).unwrap_or(i64::MAX), quantity.decimals),
        base_steps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_told_in_the_ordered_unit() {
        let part = part((Quantity::new(12, 0), 1_200), 700);
        assert_eq!((part.ordered.to_string(), part.base_steps), ("7".to_owned(), 700));
    }
}
