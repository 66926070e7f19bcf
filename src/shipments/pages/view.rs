//! How deliveries are told on pages. Other pages print them by it too.

use crate::shipments::rules::State;
use crate::web::{Chip, Shape, Shell, Tone};

/// The word for where a delivery is.
pub fn chip(shell: &Shell, state: State) -> Chip {
    let tone = match state {
        State::Shipped => Tone::Info,
        State::Delivered => Tone::Ok,
    };
    Chip::new(tone, Shape::Dot, shell.name("shipment-state", state.name()))
}
