//! The day goods are promised for.

use chrono::{NaiveDate, TimeDelta};

/// The day for which goods of a product are promised that are reserved on the day `today` of the supplier; none beyond
/// all days. Everything that says when goods come asks it: product pages, drafts, orders, the allocation of stock.
pub fn promised_on(today: NaiveDate, lead_time_days: i32) -> Option<NaiveDate> {
    today.checked_add_signed(TimeDelta::days(lead_time_days.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_the_lead_time_from_today() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (days, expected) in [
            (0, "2026-12-30"),
            (1, "2026-12-31"),
            (3, "2027-01-02"),
            (3650, "2036-12-27"),
        ] {
            assert_eq!(promised_on(day("2026-12-30"), days), Some(day(expected)), "{days}");
        }
        assert_eq!(promised_on(NaiveDate::MAX, 1), None);
    }
}
