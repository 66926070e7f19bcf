//! The last twelve months, as charts show them.

use chrono::{Datelike, Months, NaiveDate};

/// Months that are shown, this one included.
pub const MONTHS: u32 = 12;

/// The first day of the first month that is shown.
pub fn first_day(today: NaiveDate) -> NaiveDate {
    let first = today.with_day(1).unwrap_or(today);
    first.checked_sub_months(Months::new(MONTHS - 1)).unwrap_or(first)
}

/// The months that are shown, this one last, each with its amount from `found` (`2026-11` and amount), else zero.
pub fn months(today: NaiveDate, found: &[(String, i64)]) -> Vec<(NaiveDate, i64)> {
    let first = first_day(today);
    (0..MONTHS)
        .filter_map(|place| first.checked_add_months(Months::new(place)))
        .map(|month| {
            let name = format!("{:04}-{:02}", month.year(), month.month());
            let amount = found
                .iter()
                .find(|(key, _)| *key == name)
                .map_or(0, |(_, amount)| *amount);
            (month, amount)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_end_with_this_one() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        let found = [
            ("2026-11".to_owned(), 5),
            ("2025-12".to_owned(), 3),
            ("2025-11".to_owned(), 9),
        ];
        let months = months(day(2026, 11, 30), &found);
        assert_eq!(months.len(), 12);
        assert_eq!(months.first(), Some(&(day(2025, 12, 1), 3)));
        assert_eq!(months.last(), Some(&(day(2026, 11, 1), 5)));
        assert_eq!(months.iter().map(|(_, amount)| amount).sum::<i64>(), 8);
    }
}
