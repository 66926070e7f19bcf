//! What counts on the start page: what is due soon, what is nearly used up.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::{Days, NaiveDate};

/// Days from which on an invoice is due soon.
pub const SOON_DAYS: u64 = 7;
/// Percent of a credit limit from which on it is nearly used.
const NEARLY_PERCENT: i128 = 90;

/// How much of a credit limit is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credit {
    /// There is room.
    Free,
    /// Little is left.
    Nearly,
    /// Nothing is left: further orders are put on hold.
    Used,
}

/// What `exposure` means under `limit`, both in minor units.
pub fn credit(limit: i64, exposure: i64) -> Credit {
    if exposure >= limit {
        Credit::Used
    } else if i128::from(exposure) * 100 >= i128::from(limit) * NEARLY_PERCENT {
        Credit::Nearly
    } else {
        Credit::Free
    }
}

/// The last day that counts as soon.
pub fn soon(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(SOON_DAYS)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credit_is_nearly_used_from_nine_tenths_on() {
        for (limit, exposure, expected) in [
            (1000, 0, Credit::Free),
            (1000, 899, Credit::Free),
            (1000, 900, Credit::Nearly),
            (1000, 999, Credit::Nearly),
            (1000, 1000, Credit::Used),
            (1000, 2000, Credit::Used),
            (0, 0, Credit::Used),
            (1000, -5, Credit::Free),
            (i64::MAX, i64::MAX - 1, Credit::Nearly),
        ] {
            assert_eq!(credit(limit, exposure), expected, "{exposure} of {limit}");
        }
    }
}
