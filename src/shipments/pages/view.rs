//! How deliveries are told on pages. Other pages print them by it too.

use chrono::NaiveDate;

use crate::shipments::rules::{Shipment, State};
use crate::web::{Chip, Shape, Shell, Tone};

/// The word for where a delivery is.
pub fn chip(shell: &Shell, state: State) -> Chip {
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
