//! How urgent an invoice is on a day.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::{NaiveDate, TimeDelta};

use super::{Invoice, State};

/// An invoice that is due within so many days is due soon.
pub const SOON_DAYS: i64 = 7;

/// The last day on which something is due soon.
pub fn soon(today: NaiveDate) -> NaiveDate {
    today
        .checked_add_signed(TimeDelta::days(SOON_DAYS))
        .unwrap_or(NaiveDate::MAX)
}

/// How an invoice stands for whoever has to pay it; the days are never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is left to pay.
    Paid,
    /// So many days late, in part or in whole.
    Overdue(i64),
    /// Due in so many days, at most [`SOON_DAYS`].
    DueSoon(i64),
    /// Paid in part; the rest is due in so many days.
    PartPaid(i64),
    /// Due in so many days.
    Open(i64),
}

impl Standing {
    /// How an invoice in this state, due on `due_on`, stands on the day `today`.
    pub fn of(state: State, due_on: NaiveDate, today: NaiveDate) -> Self {
        let days = due_on.signed_duration_since(today).num_days();
        match (state, days) {
            (State::Paid, _) => Self::Paid,
            (_, ..0) => Self::Overdue(days.saturating_neg()),
            (_, 0..=SOON_DAYS) => Self::DueSoon(days),
            (State::PartPaid, _) => Self::PartPaid(days),
            (State::Open, _) => Self::Open(days),
        }
    }

    /// How the invoice stands on the day `today`.
    pub fn of_invoice(invoice: &Invoice, today: NaiveDate) -> Self {
        Self::of(invoice.state(), invoice.due_on, today)
    }

    /// Its name in texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Overdue(_) => "overdue",
            Self::DueSoon(_) => "due_soon",
            Self::PartPaid(_) => "part_paid",
            Self::Open(_) => "open",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_late_counts_before_what_is_paid_in_part() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let today = day("2026-11-23");
        for (state, due_on, expected) in [
            (State::Paid, "2026-01-01", Standing::Paid),
            (State::Open, "2026-11-22", Standing::Overdue(1)),
            (State::PartPaid, "2026-11-11", Standing::Overdue(12)),
            (State::Open, "2026-11-23", Standing::DueSoon(0)),
            (State::PartPaid, "2026-11-30", Standing::DueSoon(7)),
            (State::PartPaid, "2026-12-01", Standing::PartPaid(8)),
            (State::Open, "2026-12-01", Standing::Open(8)),
        ] {
            assert_eq!(Standing::of(state, day(due_on), today), expected, "{state:?} {due_on}");
        }
    }
}
