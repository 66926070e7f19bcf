//! What may be made to happen in a sandbox, and what a program has shown there.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

mod judging;

pub use self::judging::{Delivery, Facts, Judged, Request, Run, judge};

use crate::names::names;

/// The furthest that a clock is set ahead, in days.
pub const DAYS_MAX: i64 = 1_500;
/// Requests that may be made to fail at a time.
pub const TIMES_MAX: i64 = 100;
/// What a program that is told to wait has to wait, in seconds.
pub const RETRY_AFTER_S: u64 = 2;
/// For how long an answer is held back, in seconds.
pub const SLOW_S: u64 = 5;

names! {
    /// A failure that is made on request.
    pub enum Failure as SandboxFailure {
        /// 429 with `Retry-After`.
        TooManyRequests = "too_many_requests",
        /// 500 before anything is done.
        ErrorBefore = "error_before",
        /// It is done, and the answer is 500 all the same.
        ErrorAfter = "error_after",
        /// It is done, and the connection breaks instead of an answer.
        ConnectionCut = "connection_cut",
        /// It is begun late.
        Slow = "slow",
        /// It is done at once and answered late.
        Late = "late",
    }
}

names! {
    /// What the supplier does to an order.
    pub enum Act as SandboxAct {
        Accept = "accept",
        /// All that is reserved leaves.
        Ship = "ship",
        /// Some of it leaves.
        ShipPart = "ship_part",
        /// All that is on its way arrives.
        Deliver = "deliver",
        /// All that left is invoiced.
        Invoice = "invoice",
        /// All its invoices are paid.
        Pay = "pay",
        /// It is called off.
        Reject = "reject",
    }
}

names! {
    /// What became of a scenario.
    pub enum Progress as SandboxProgress {
        NotBegun = "not_begun",
        Running = "running",
        Passed = "passed",
        Failed = "failed",
    }
}

impl Failure {
    /// The one that a header or a body names; also by the status alone.
    pub fn named(text: &str) -> Option<Self> {
        match text.trim() {
            "429" => Some(Self::TooManyRequests),
            "500" => Some(Self::ErrorBefore),
            text => Self::from_name(text),
        }
    }

    /// Something was done, or is.
    pub fn is_done(self) -> bool {
        !matches!(self, Self::TooManyRequests | Self::ErrorBefore)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_named_by_its_name_or_its_status() {
        assert_eq!(Failure::named(" 429 "), Some(Failure::TooManyRequests));
        assert_eq!(Failure::named("500"), Some(Failure::ErrorBefore));
        assert_eq!(Failure::named("connection_cut"), Some(Failure::ConnectionCut));
        assert_eq!(Failure::named("503"), None);
    }
}
