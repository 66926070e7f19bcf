//! What a partner's program has to show before it is ready for production.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::names::names;

names! {
    /// Something that happens to every program some day, and that it has to come through.
    pub enum Scenario as SandboxScenario {
        /// It says who it is.
        UserAgent = "user_agent",
        /// An order fails before anything is kept.
        RetryAfterError = "retry_after_error",
        /// An order is kept and the connection breaks before the answer.
        RetryAfterCut = "retry_after_cut",
        /// It is told to wait.
        WaitWhenTold = "wait_when_told",
        /// A webhook bears a wrong signature, the next a right one.
        WrongSignature = "wrong_signature",
        /// A webhook has members nobody knows.
        UnknownFields = "unknown_fields",
        /// A webhook is of a type nobody knows.
        UnknownEventType = "unknown_event_type",
        /// A webhook comes twice.
        DuplicateDelivery = "duplicate_delivery",
        /// It reads the feed of events to its end.
        CatchUp = "catch_up",
        /// A part of an order leaves.
        PartialShipment = "partial_shipment",
        /// An order is called off by the supplier.
        Rejection = "rejection",
    }
}

/// The scenarios that are not among these names, parted by blanks.
pub fn open(passed: &str) -> Vec<Scenario> {
    let is_open = |scenario: &Scenario| !passed.split(' ').any(|name| name == scenario.name());
    Scenario::ALL.into_iter().filter(is_open).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_passed_is_open() {
        assert_eq!(open("").len(), Scenario::ALL.len());
        assert!(open(&Scenario::NAMES.join(" ")).is_empty());
        assert!(!open("catch_up rejection").contains(&Scenario::CatchUp));
        assert!(open("catch_up").contains(&Scenario::Rejection));
    }
}
