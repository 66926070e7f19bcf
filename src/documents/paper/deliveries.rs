//! What stands on the papers of a delivery: its note, the labels of its packages, the list by which it is picked.

use chrono::NaiveDate;

use super::{Amount, Article};
use crate::parties::Address;
use crate::parties::{Buyer, Seller};
use crate::quantity::Quantity;

/// What lies in a delivery. No prices: whoever takes the goods in need not know them.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryNote {
    /// The shipment's number.
    pub number: String,
    /// The day it left.
    pub shipped_on: NaiveDate,
    /// The buyer's order number; of several orders all of them.
    pub po_number: String,
    /// The seller's order number; of several orders all of them.
    pub order_number: String,
    /// Who carries it.
    pub carrier: Option<String>,
    /// The carrier's number for it.
    pub tracking_number: Option<String>,
    /// Who sells.
    pub seller: Seller,
    /// Who buys.
    pub buyer: Buyer,
    /// Where it goes.
    pub ship_to: Address,
    /// When that place takes goods in.
    pub windows: Option<String>,
    pub lines: Vec<DeliveryNoteLine>,
    /// What lies in which package; none where that is not told.
    pub packages: Vec<Packed>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryNoteLine {
    /// The order's number and the account's own number of it, where lines of several orders are in it.
    pub order: Option<(String, String)>,
    /// The order line's position.
    pub position: i32,
    pub article: Article,
    /// How much of it lies in this delivery.
    pub amount: Amount,
    /// How much was ordered, in the ordered unit.
    pub ordered: Quantity,
    /// The line that it is sent instead of: its position and article.
    pub instead_of: Option<(i32, Article)>,
}

/// A package of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    pub position: i32,
    /// Its number, 18 digits.
    pub sscc: String,
    /// By its code in UN/ECE Recommendation 21.
    pub kind: &'static str,
    pub weight_grams: Option<i64>,
    /// Length, width and height in millimetres.
    pub sides: [Option<i32>; 3],
    /// Position of the order's line, with the order's number where there are several, and how much of it.
    pub items: Vec<(String, Amount)>,
}

/// Labels of packages, one a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PackageLabels {
    /// Of the shipment, or of the order while it is being packed.
    pub number: String,
    pub printed_on: NaiveDate,
    pub seller: Seller,
    /// Where they go.
    pub ship_to: Address,
    pub labels: Vec<PackageLabel>,
}

/// The label of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageLabel {
    /// Names of texts (`label-NAME`) and what they say.
    pub facts: Vec<(&'static str, String)>,
    /// Which of how many.
    pub place: (usize, usize),
    /// What names the package.
    pub sscc: Symbol,
    /// What else scanners may read.
    pub others: Vec<Symbol>,
}

/// A row of bars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// In modules.
    pub width: u32,
    /// Where each bar begins and how wide it is.
    pub bars: Vec<(u32, u32)>,
    /// What it says.
    pub printed: String,
}

/// What is to be picked in a warehouse.
#[derive(Debug, Clone, PartialEq)]
pub struct PickList {
    /// Its code.
    pub warehouse: String,
    pub printed_on: NaiveDate,
    pub seller: Seller,
    pub lines: Vec<PickLine>,
}

/// What is to be picked of a line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickLine {
    pub location: Option<String>,
    pub article: Article,
    pub amount: Amount,
    pub order_number: String,
    /// The order's line.
    pub position: i32,
    pub account: String,
    pub ship_to: String,
}
