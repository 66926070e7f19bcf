//! When goods come: when an order arrives, what is late and what is at risk of it. The day a line is promised for is
//! [`promised_on`](crate::catalogue::rules::promised_on).
//!
//! An order's arrival speaks of what is still to leave: whatever left is on its way, and its shipment says when it comes.
//! Pages, lists, mails and the API read it here; where a list has it from the database, that gives the facts only.

use chrono::{Days, NaiveDate};

use super::Order;

/// Days ahead within which what still waits for stock is at risk.
const SOON_DAYS: u64 = 3;

/// What of an order is still to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outstanding {
    pub lines: i64,
    /// Those of them that wait for stock and have no day; a line has its day once all of it is reserved or promised of what is
    /// expected.
    pub waiting: i64,
    /// The first day that is promised for one of the others.
    pub first: Option<NaiveDate>,
    pub last: Option<NaiveDate>,
}

/// When what is still to leave arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Nothing is still to leave.
    Gone,
    /// All of it by this day.
    By(NaiveDate),
    /// So many lines have no day yet.
    Waiting(i64),
}

impl Outstanding {
    /// What is still to leave of an order with its lines.
    pub fn of(order: &Order) -> Self {
        let mut all = Self::default();
        for line in order
            .lines
            .iter()
            .filter(|line| line.reserved > 0 || line.backordered > 0)
        {
            all.lines += 1;
            all.waiting += i64::from(line.backordered > 0 && line.promised_on.is_none());
            all.first = [all.first, line.promised_on].into_iter().flatten().min();
            all.last = all.last.max(line.promised_on);
        }
        all
    }

    /// When it arrives.
    pub fn arrival(self) -> Arrival {
        match (self.lines, self.waiting, self.last) {
            (0, ..) => Arrival::Gone,
            (_, 0, Some(last)) => Arrival::By(last),
            // A lead time beyond all days.
            (lines, 0, None) => Arrival::Waiting(lines),
            (_, waiting, _) => Arrival::Waiting(waiting),
        }
    }

    /// The day by which all of it arrives, where it has one.
    pub fn arrives_on(self) -> Option<NaiveDate> {
        match self.arrival() {
            Arrival::By(day) => Some(day),
            Arrival::Gone | Arrival::Waiting(_) => None,
        }
    }

    /// True if a promise is broken, or comes after the day that the account wants it on.
    pub fn is_late(self, today: NaiveDate, requested_on: Option<NaiveDate>) -> bool {
        let is_broken = self.first.is_some_and(|first| first < today);
        let after = requested_on.zip(self.last).is_some_and(|(wanted, last)| last > wanted);
        is_broken || after
    }

    /// True if it may become late: a promise is due, or something waits though it is wanted within days.
    pub fn is_at_risk(self, today: NaiveDate, requested_on: Option<NaiveDate>) -> bool {
        let is_due = self.first.is_some_and(|first| first <= today);
        let is_wanted = requested_on.is_some_and(|wanted| wanted <= soon(today));
        is_due || (self.waiting > 0 && is_wanted)
    }
}

/// The last day on which what waits is at risk.
pub fn soon(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(SOON_DAYS)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    fn outstanding(lines: i64, waiting: i64, first: &str, last: &str) -> Outstanding {
        Outstanding {
            lines,
            waiting,
            first: day(first),
            last: day(last),
        }
    }

    #[test]
    fn an_order_arrives_when_the_last_of_what_is_still_to_leave_does() {
        let by = |text| Arrival::By(day(text).unwrap());
        for (outstanding, arrival) in [
            (outstanding(0, 0, "", ""), Arrival::Gone),
            (outstanding(1, 0, "2026-11-05", "2026-11-05"), by("2026-11-05")),
            (outstanding(2, 0, "2026-11-05", "2026-11-09"), by("2026-11-09")),
            (outstanding(2, 1, "2026-11-05", "2026-11-05"), Arrival::Waiting(1)),
            (outstanding(2, 2, "", ""), Arrival::Waiting(2)),
            (outstanding(1, 0, "", ""), Arrival::Waiting(1)),
        ] {
            assert_eq!(outstanding.arrival(), arrival, "{outstanding:?}");
            let on = match arrival {
                Arrival::By(day) => Some(day),
                _ => None,
            };
            assert_eq!(outstanding.arrives_on(), on, "{outstanding:?}");
        }
    }

    #[test]
    fn late_is_what_is_broken_or_comes_after_it_is_wanted_and_at_risk_what_is_due_or_waits_though_wanted_soon() {
        let today = day("2026-11-10").unwrap();
        for (outstanding, wanted, is_late, is_at_risk) in [
            (outstanding(0, 0, "", ""), "2026-11-01", false, false),
            (outstanding(1, 0, "2026-11-09", "2026-11-09"), "", true, true),
            (outstanding(2, 0, "2026-11-09", "2026-11-20"), "2026-11-30", true, true),
            (outstanding(1, 0, "2026-11-10", "2026-11-10"), "", false, true),
            (outstanding(1, 0, "2026-11-11", "2026-11-11"), "", false, false),
            (outstanding(1, 0, "2026-11-12", "2026-11-12"), "2026-11-11", true, false),
            (
                outstanding(1, 0, "2026-11-12", "2026-11-12"),
                "2026-11-12",
                false,
                false,
            ),
            (outstanding(1, 1, "", ""), "", false, false),
            (outstanding(1, 1, "", ""), "2026-11-13", false, true),
            (outstanding(1, 1, "", ""), "2026-11-14", false, false),
            (outstanding(1, 1, "", ""), "2026-11-01", false, true),
        ] {
            let case = format!("{outstanding:?}, wanted '{wanted}'");
            assert_eq!(outstanding.is_late(today, day(wanted)), is_late, "{case}");
            assert_eq!(outstanding.is_at_risk(today, day(wanted)), is_at_risk, "{case}");
        }
    }
}
