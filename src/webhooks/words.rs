//! What pages say of endpoints and deliveries.

use super::rules::{DeliveryState, State};
use super::settling::health;
use super::{DeliveryRow, EndpointRow};
use crate::web::{Chip, Shape, Shell, Tone};

/// How an endpoint does, in a word.
pub(super) fn endpoint_chip(shell: &Shell, row: &EndpointRow) -> Chip {
    let (tone, shape, name) = match (row.state, row.disabled_because) {
        (State::Disabled, Some(because)) => {
            let text = shell.name("webhook-off", because.name());
            let (tone, shape) = match because {
                super::rules::Because::Person => (Tone::Neutral, Shape::Ring),
                _ => (Tone::Bad, Shape::Diamond),
            };
            return Chip::new(tone, shape, text);
        }
        (State::Disabled, None) => (Tone::Neutral, Shape::Ring, "disabled"),
        (State::Enabled, _) if health(row).is_failing() => (Tone::Bad, Shape::Diamond, "failing"),
        (State::Enabled, _) if row.failures > 0 => (Tone::Warn, Shape::Half, "shaky"),
        (State::Enabled, _) if row.last_success_at.is_none() => (Tone::Info, Shape::Ring, "untried"),
        (State::Enabled, _) => (Tone::Ok, Shape::Dot, "well"),
    };
    Chip::new(tone, shape, shell.name("webhook-health", name))
}

/// What became of a delivery, in a word.
pub(super) fn delivery_chip(shell: &Shell, row: &DeliveryRow) -> Chip {
    let (tone, shape, name) = match row.state {
        DeliveryState::Delivered => (Tone::Ok, Shape::Dot, "delivered"),
        DeliveryState::Due if row.attempts > 0 => (Tone::Warn, Shape::Half, "again"),
        DeliveryState::Due => (Tone::Info, Shape::Ring, "due"),
        DeliveryState::Behind => (Tone::Neutral, Shape::Ring, "behind"),
        DeliveryState::Parked => (Tone::Bad, Shape::Diamond, "parked"),
    };
    Chip::new(tone, shape, shell.name("webhook-delivery", name))
}

/// A type of event, in plain words.
pub(super) fn kind(shell: &Shell, kind: &str) -> String {
    let key = format!("webhook-kind-{}", kind.replace(['.', '_'], "-"));
    shell.language.try_text(&key).unwrap_or_else(|| kind.to_owned())
}

/// How an attempt ended: a status, a failure in words, or both.
pub(super) fn ending(shell: &Shell, status: Option<i32>, error: Option<&str>) -> String {
    match (status, error) {
        (Some(status), _) => shell.t1("webhook-status", "status", status.to_string()),
        (None, Some(error)) => shell.name("webhook-failure", error),
        (None, None) => String::new(),
    }
}
