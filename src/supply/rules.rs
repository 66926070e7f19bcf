//! What is expected, how much of it is still to come and whether it is late.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub use crate::names::states::ExpectedReceiptState as State;
use chrono::{Days, NaiveDate};

/// How far ahead something may be expected, in days.
const AHEAD_DAYS_MAX: u64 = 3_650;

/// What is still to come, in base steps.
pub fn rest(state: State, quantity: i64, received: i64) -> i64 {
    match state {
        State::Open => quantity.saturating_sub(received).max(0),
        State::Received | State::Closed => 0,
    }
}

/// Where it stands once so much of it came.
pub fn state_of(quantity: i64, received: i64) -> State {
    match received >= quantity {
        true => State::Received,
        false => State::Open,
    }
}

/// True if it should have come before today.
pub fn is_late(state: State, expected_on: NaiveDate, today: NaiveDate) -> bool {
    state == State::Open && expected_on < today
}

/// The last day on which something may be expected.
pub fn last_day(today: NaiveDate) -> NaiveDate {
    today
        .checked_add_days(Days::new(AHEAD_DAYS_MAX))
        .unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_open_is_still_to_come() {
        for (state, quantity, received, expected) in [
            (State::Open, 100, 0, 100),
            (State::Open, 100, 60, 40),
            (State::Open, 100, 120, 0),
            (State::Received, 100, 100, 0),
            (State::Closed, 100, 60, 0),
        ] {
            assert_eq!(
                rest(state, quantity, received),
                expected,
                "{state} {received} of {quantity}"
            );
        }
        assert_eq!((state_of(100, 99), state_of(100, 100)), (State::Open, State::Received));
    }

    #[test]
    fn late_is_what_is_open_behind_its_day() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let today = day("2026-12-12");
        for (state, on, expected) in [
            (State::Open, "2026-12-11", true),
            (State::Open, "2026-12-12", false),
            (State::Received, "2026-12-11", false),
            (State::Closed, "2026-12-11", false),
        ] {
            assert_eq!(is_late(state, day(on), today), expected, "{state} {on}");
        }
    }
}
