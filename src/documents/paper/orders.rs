//! What the seller says to an order: what was ordered, and for when it is promised.

use chrono::NaiveDate;

use super::{InvoiceLine, Totals};
use crate::money::{Currency, Money};
use crate::parties::{Address, Buyer, Seller};
use crate::quantity::Quantity;

/// What the seller says to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It came in; nobody has taken it on yet.
    Received,
    /// It waits for a release and is not taken on yet.
    OnHold,
    /// It is taken on.
    Confirmed,
    /// It was called off or turned down.
    Cancelled,
}

/// What was ordered, and for when it is promised.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderConfirmation {
    /// The seller's number.
    pub number: String,
    /// The buyer's number.
    pub po_number: String,
    /// The claim that goods come once more for, without charge.
    pub claim_number: Option<String>,
    /// Which form of the order this is; nothing for the first.
    pub revision: Option<i32>,
    /// The day of placing.
    pub ordered_on: NaiveDate,
    /// When the buyer wants it.
    pub requested_on: Option<NaiveDate>,
    /// `standard`, `priority` or `critical`.
    pub order_class: &'static str,
    /// What the seller says to it.
    pub standing: Standing,
    /// What the buyer says: texts by name; `paper-NAME` of the language files heads each.
    pub texts: Vec<(&'static str, String)>,
    /// What the buyer decided about what is not there.
    pub decided: Decided,
    /// What of its sum was called off, or is sent as something else.
    pub cancelled: Option<Money>,
    /// Days from invoice to due date.
    pub payment_terms_days: i32,
    /// Who sells.
    pub seller: Seller,
    /// Who buys.
    pub buyer: Buyer,
    /// Where it goes.
    pub ship_to: Address,
    /// Of all its amounts.
    pub currency: Currency,
    pub lines: Vec<OrderConfirmationLine>,
    /// What it comes to.
    pub totals: Totals,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderConfirmationLine {
    /// What it costs.
    pub line: InvoiceLine,
    /// When all of it is promised for; none while some of it waits for stock.
    pub promised_on: Option<NaiveDate>,
    /// What the buyer says.
    pub note: Option<String>,
    /// What the buyer decided about what of it is not there, where that is other than for the order.
    pub decided: Decided,
    /// What of it was called off, in its unit.
    pub cancelled: Option<Quantity>,
    /// The position of the line that it is sent instead of.
    pub instead_of: Option<i32>,
    /// The positions of the lines that are sent instead of it.
    pub sent_as: Vec<i32>,
}

/// What the buyer decided about what is not there; nothing where it is what is usual.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Decided {
    /// `partial` or `complete`.
    pub delivery: Option<&'static str>,
    /// `wait`, `until` or `cancel_rest`.
    pub backorder: Option<&'static str>,
    /// The last day on which it waits.
    pub cancel_after: Option<NaiveDate>,
}
