//! How late open amounts are.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::NaiveDate;

/// Open amounts by days after the due day, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ageing {
    /// Due today or later.
    pub not_due: i64,
    /// 1 to 30 days late.
    pub late_1_30: i64,
    /// 31 to 60 days late.
    pub late_31_60: i64,
    /// 61 to 90 days late.
    pub late_61_90: i64,
    /// More than 90 days late.
    pub late_over_90: i64,
}

impl Ageing {
    /// The ageing of open items (due day and minor units) on a day.
    pub fn of(items: impl IntoIterator<Item = (NaiveDate, i64)>, today: NaiveDate) -> Self {
        let mut ageing = Self::default();
        for (due_on, open_minor) in items {
            let bucket = match today.signed_duration_since(due_on).num_days() {
                ..=0 => &mut ageing.not_due,
                1..=30 => &mut ageing.late_1_30,
                31..=60 => &mut ageing.late_31_60,
                61..=90 => &mut ageing.late_61_90,
                91.. => &mut ageing.late_over_90,
            };
            *bucket = bucket.saturating_add(open_minor);
        }
        ageing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invoice_is_late_from_the_day_after_its_due_day() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let today = day("2026-11-23");
        let check = |due: &str, expected: Ageing| assert_eq!(Ageing::of([(day(due), 5)], today), expected, "{due}");
        let none = Ageing::default();
        check("2026-12-01", Ageing { not_due: 5, ..none });
        check("2026-11-23", Ageing { not_due: 5, ..none });
        check("2026-11-22", Ageing { late_1_30: 5, ..none });
        check("2026-10-24", Ageing { late_1_30: 5, ..none });
        check("2026-10-23", Ageing { late_31_60: 5, ..none });
        check("2026-09-24", Ageing { late_31_60: 5, ..none });
        check("2026-09-23", Ageing { late_61_90: 5, ..none });
        check("2026-08-25", Ageing { late_61_90: 5, ..none });
        check(
            "2026-08-24",
            Ageing {
                late_over_90: 5,
                ..none
            },
        );
    }
}
