//! Deliveries in words and signs, for pages.

use chrono::NaiveDate;

use super::rules::{Shipment, State};
use crate::web::{Chip, Shape, Shell, Tone};

/// Where a delivery is.
pub fn state_chip(shell: &Shell, state: State) -> Chip {
    let tone = match state {
        State::Shipped => Tone::Info,
        State::Delivered => Tone::Ok,
    };
    Chip::new(tone, Shape::Dot, shell.name("shipment-state", state.name()))
}

/// When it arrived, or when it should.
pub fn arrival(shell: &Shell, shipment: &Shipment, promised_on: Option<NaiveDate>) -> String {
    match (shipment.delivered_at, promised_on) {
        (Some(at), _) => shell.moment(at),
        (None, Some(on)) => shell.t1("shipments-expected", "day", shell.day(on)),
        (None, None) => String::new(),
    }
}
