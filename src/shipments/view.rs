//! Shipments in words and signs, for pages.

use super::rules::State;
use crate::web::{Chip, Shape, Shell, Tone};

/// Where a shipment stands, for staff.
pub fn state_chip(shell: &Shell, state: State) -> Chip {
    let (tone, shape) = match state {
        State::Shipped => (Tone::Info, Shape::Half),
        State::Delivered => (Tone::Ok, Shape::Dot),
    };
    Chip::new(tone, shape, state_name(shell, state))
}

/// What the state is called.
pub fn state_name(shell: &Shell, state: State) -> String {
    shell.name("desk-shipment-state", state.name())
}
