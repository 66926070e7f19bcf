//! What events say of things that are not there.

use chrono::NaiveDate;
use portal::events::payloads::{
    InvoiceIssued, MailParked, OrderHead, OrderPlaced, PaymentReceived, ShipmentCreated, ShipmentHead,
};
use portal::ids::{OrderId, ShipmentId};
use portal::names::sets::{MailKind, OrderClass, OrderState};

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 29).unwrap()
}

/// The head of an order.
pub fn head(order_id: OrderId) -> OrderHead {
    OrderHead {
        order_id,
        number: "1001".to_owned(),
        order_number: "1001".to_owned(),
        po_number: "PO-1".to_owned(),
        ship_to: "MAIN".to_owned(),
        order_class: OrderClass::Standard,
    }
}

/// An order that was placed.
pub fn placed() -> OrderPlaced {
    OrderPlaced {
        order: head(OrderId::new()),
        state: OrderState::Placed,
        currency: "EUR".to_owned(),
        net_total: "100.00".to_owned(),
        gross_total: None,
        by_staff: None,
    }
}

/// A shipment that left.
pub fn shipped() -> ShipmentCreated {
    ShipmentCreated {
        shipment: ShipmentHead {
            order_id: OrderId::new(),
            number: "3001".to_owned(),
            order_number: "1001".to_owned(),
            po_number: "PO-1".to_owned(),
            ship_to: "MAIN".to_owned(),
            order_class: OrderClass::Standard,
            carrier: None,
            tracking_number: None,
            tracking_url: None,
            consignment_number: None,
        },
        packages: Vec::new(),
        lines: Vec::new(),
    }
}

/// An invoice that was issued.
pub fn issued() -> InvoiceIssued {
    InvoiceIssued {
        order_id: OrderId::new(),
        shipment_id: ShipmentId::new(),
        number: "2026-000001".to_owned(),
        order_number: "1001".to_owned(),
        po_number: "PO-1".to_owned(),
        ship_to: "MAIN".to_owned(),
        order_class: OrderClass::Standard,
        currency: "EUR".to_owned(),
        net_total: "100.00".to_owned(),
        tax_total: "21.00".to_owned(),
        gross_total: "121.00".to_owned(),
        issued_on: day(),
        due_on: day(),
        kind: None,
        preceding_number: None,
    }
}

/// Money that was received.
pub fn received(amount: &str) -> PaymentReceived {
    PaymentReceived {
        amount: amount.to_owned(),
        currency: "EUR".to_owned(),
        received_on: day(),
        reference: None,
        applied: Vec::new(),
        charges: Vec::new(),
        on_account: "0.00".to_owned(),
        paid_already: None,
    }
}

/// A mail that was given up.
pub fn parked() -> MailParked {
    MailParked {
        account_id: None,
        kind: MailKind::OrderPlaced,
        email: "a@acme.example".to_owned(),
        subject: None,
        attempts: 12,
        error: "no such mailbox".to_owned(),
        obsolete: false,
    }
}
