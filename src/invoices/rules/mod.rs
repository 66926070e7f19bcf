//! Invoices and payments as values and decisions.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod ageing;
pub mod billing;
pub mod due;
pub mod listing;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::accounts::rules::{Address, Buyer, Seller};
use crate::catalogue::rules::OrderQuantity;
use crate::ids::{AccountId, InvoiceId, InvoiceLineId, OrderId, OrderLineId, ShipmentId};
use crate::invoices::terms::rules::Offer;
use crate::languages::Language;
use crate::money::{Currency, Money, UnitPrice};
use crate::names::names;
pub use crate::names::sets::InvoiceKind as Kind;
use crate::pricing::rules::PriceSteps;
use crate::tax::rules::{TaxGroup, Treatment};

names! {
    /// How far an invoice is paid.
    pub enum State as InvoiceState {
        /// Nothing of it.
        Open = "open",
        /// A part.
        PartPaid = "part_paid",
        /// All of it.
        Paid = "paid",
    }
}

impl State {
    /// The state of an invoice of which so much is left.
    pub fn of(open_minor: i64, gross_minor: i64) -> Self {
        if open_minor == 0 {
            Self::Paid
        } else if open_minor < gross_minor {
            Self::PartPaid
        } else {
            Self::Open
        }
    }
}

/// The invoice that another one corrects, or adds to. BG-3
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preceding {
    pub id: InvoiceId,
    /// BT-25
    pub number: String,
    /// BT-26
    pub issued_on: NaiveDate,
}

/// An invoice in the terms of EN 16931. Frozen when issued, but for what is left to pay. Without lines
/// and taxes where only its head was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    pub id: InvoiceId,
    /// Whose. BT-46
    pub account_id: AccountId,
    /// The order it bills.
    pub order_id: OrderId,
    /// The shipment it bills.
    pub shipment_id: ShipmentId,
    /// Year of issue and place in it: without gaps from 1.
    pub sequence: (i32, i64),
    /// BT-1
    pub number: String,
    /// BT-5
    pub currency: Currency,
    /// When exactly.
    pub issued_at: NaiveDateTime,
    /// In the supplier's zone. BT-2
    pub issued_on: NaiveDate,
    /// When the goods left. BT-72
    pub delivered_on: NaiveDate,
    /// BT-9
    pub due_on: NaiveDate,
    pub payment_terms_days: i32,
    /// How it is to be paid, in words; none in those that are older than this. BT-20
    pub terms: Option<String>,
    /// What it may be paid with less, the one with the least days first.
    pub cash_discount: Vec<Offer>,
    /// Of its words; none in those that are older than this.
    pub language: Option<Language>,
    /// BT-13
    pub po_number: String,
    /// BT-14
    pub order_number: i64,
    /// BT-16
    pub shipment_number: i64,
    /// BG-4
    pub seller: Seller,
    /// BG-7
    pub buyer: Buyer,
    /// BG-15
    pub ship_to: Address,
    /// BT-106, BT-109
    pub net: Money,
    /// BT-110
    pub tax: Money,
    /// BT-112
    pub gross: Money,
    /// How many lines it has.
    pub line_count: i32,
    pub issued_by: String,
    /// What is left to pay.
    pub open: Money,
    /// What it is for.
    pub kind: Kind,
    /// What it corrects or adds to.
    pub preceding: Option<Preceding>,
    /// The invoice that took its place.
    pub corrected_by: Option<(InvoiceId, String)>,
    /// What else is said of it. BT-22
    pub note: Option<String>,
    /// What a payer is asked to write; none in those that are older than this, which say their number. BT-83
    pub remittance: Option<String>,
    /// The days it is about, both included. BG-14
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// BG-25
    pub lines: Vec<InvoiceLine>,
    /// BG-23
    pub taxes: Vec<InvoiceTax>,
}

impl Invoice {
    /// How far it is paid.
    pub fn state(&self) -> State {
        State::of(self.open.minor, self.gross.minor)
    }
}

/// A line of an invoice. BG-25
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceLine {
    pub id: InvoiceLineId,
    /// BT-126
    pub position: i32,
    /// The order's line.
    pub order_line_id: OrderLineId,
    /// BT-132
    pub order_position: i32,
    /// BT-155
    pub sku: String,
    /// BT-156
    pub customer_part_number: Option<String>,
    /// BT-157
    pub gtin: Option<String>,
    /// BT-153
    pub name: String,
    /// The ordered unit.
    pub unit: String,
    /// BT-130
    pub unit_code: String,
    /// BT-129, and in base steps.
    pub quantity: OrderQuantity,
    /// UN/ECE Rec 20 code.
    pub base_unit: String,
    /// One base step is 10^-`base_decimals` of the base unit.
    pub base_decimals: u8,
    /// BT-146
    pub unit_price: UnitPrice,
    /// The unit the price is kept for. BT-150
    pub price_unit: String,
    /// BT-149
    pub price_base: i32,
    /// BT-131
    pub net: Money,
    /// How the net comes about, where the price doesn't tell. BG-27
    pub price_steps: Option<PriceSteps>,
    /// BT-151, BT-152
    pub treatment: Treatment,
}

/// A row of the tax table. BG-23
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceTax {
    /// BT-118, BT-119, BT-116, BT-117
    pub group: TaxGroup,
    /// BT-121
    pub reason_code: Option<String>,
    /// BT-120
    pub reason: Option<String>,
}

/// The number of an invoice: `2026-000042`.
pub fn number((year, sequence): (i32, i64)) -> String {
    format!("{year}-{sequence:06}")
}

/// The day an invoice is due; the last day there is where the calendar ends.
pub fn due_on(issued_on: NaiveDate, payment_terms_days: i32) -> NaiveDate {
    issued_on
        .checked_add_signed(TimeDelta::days(payment_terms_days.into()))
        .unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_and_due_days_count_calendar_days() {
        assert_eq!(number((2026, 42)), "2026-000042");
        assert_eq!(number((2026, 1_234_567)), "2026-1234567");
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        assert_eq!(due_on(day("2026-11-23"), 0), day("2026-11-23"));
        assert_eq!(due_on(day("2028-02-01"), 30), day("2028-03-02"));
    }

    #[test]
    fn the_state_follows_from_what_is_left() {
        for (open, gross, expected) in [
            (100, 100, State::Open),
            (1, 100, State::PartPaid),
            (0, 100, State::Paid),
            (0, 0, State::Paid),
        ] {
            assert_eq!(State::of(open, gross), expected, "{open} of {gross}");
        }
    }
}
