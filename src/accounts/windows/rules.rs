//! When a site takes goods in: spans of its weekdays.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use serde::Serialize;

use crate::accounts::sentences;
use crate::error::{Code, FieldError};

/// Minutes of a day.
pub const DAY: i32 = 24 * 60;
/// Most spans of a site.
pub const WINDOWS_MAX: usize = 50;
/// Weekdays as files and programs name them, Monday first.
pub const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A span of a weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Window {
    /// 1 is Monday, 7 Sunday.
    pub weekday: i32,
    /// Minutes of the day.
    pub from: i32,
    /// Behind `from`; the last is midnight.
    pub to: i32,
}

/// The number of a weekday by its name.
pub fn weekday(name: &str) -> Option<i32> {
    let name = name.trim().to_lowercase();
    let place = WEEKDAYS.iter().position(|known| *known == name)?;
    i32::try_from(place).ok()?.checked_add(1)
}

/// Its name.
pub fn weekday_name(weekday: i32) -> &'static str {
    let place = usize::try_from(weekday.saturating_sub(1)).unwrap_or_default();
    WEEKDAYS.get(place).copied().unwrap_or_default()
}

/// The minute of the day that `08:30` is; `24:00` is its end.
pub fn minute(text: &str) -> Option<i32> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let is_digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(hours) || !is_digits(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let minute = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && minute <= DAY).then_some(minute)
}

/// `08:30`
pub fn clock(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The spans that a text of one weekday says, `08:00-12:00, 13:00-17:00`; none where it says something else.
pub fn spans(text: &str) -> Option<Vec<(i32, i32)>> {
    let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let span = |part: &str| {
        let (from, to) = part.split_once(['-', '\u{2013}'])?;
        Some((minute(from)?, minute(to)?))
    };
    parts.map(span).collect()
}

/// What is wrong with spans: they end behind their beginning and don't overlap.
pub fn faults(windows: &[Window], at: impl Fn(usize) -> String) -> Vec<FieldError> {
    let mut faults = Vec::new();
    if windows.len() > WINDOWS_MAX {
        let detail = sentences::too_many_windows(WINDOWS_MAX);
        faults.push(FieldError::new("/windows", Code::ValueInvalid, detail));
    }
    for (place, window) in windows.iter().enumerate() {
        let before = windows.iter().take(place);
        let overlaps =
            |other: &Window| other.weekday == window.weekday && other.from < window.to && window.from < other.to;
        if window.from >= window.to {
            let detail = sentences::window_ends_before(clock(window.from), clock(window.to));
            faults.push(FieldError::new(at(place), Code::ValueInvalid, detail));
        } else if before.clone().any(overlaps) {
            let detail = sentences::windows_overlap(clock(window.from), clock(window.to));
            faults.push(FieldError::new(at(place), Code::ValueInvalid, detail));
        }
    }
    faults
}

/// Weekdays after each other, first and last, with their spans.
pub type Group = (i32, i32, Vec<(i32, i32)>);

/// The spans by weekday, days with the same spans after each other together: first day, last day, spans.
pub fn grouped(windows: &[Window]) -> Vec<Group> {
    let mut sorted = windows.to_vec();
    sorted.sort_unstable();
    let mut groups: Vec<Group> = Vec::new();
    for weekday in 1..=7 {
        let spans = sorted.iter().filter(|window| window.weekday == weekday);
        let spans: Vec<_> = spans.map(|window| (window.from, window.to)).collect();
        if spans.is_empty() {
            continue;
        }
        match groups.last_mut() {
            Some((_, last, same)) if *same == spans && *last + 1 == weekday => *last = weekday,
            _ => groups.push((weekday, weekday, spans)),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(weekday: i32, from: i32, to: i32) -> Window {
        Window { weekday, from, to }
    }

    #[test]
    fn a_minute_is_written_with_four_digits() {
        for (text, wanted) in [
            ("00:00", Some(0)),
            ("08:30", Some(510)),
            ("24:00", Some(DAY)),
            ("24:01", None),
            ("8:30", None),
            ("08:60", None),
            ("0830", None),
            ("-1:00", None),
            ("", None),
        ] {
            assert_eq!(minute(text), wanted, "{text}");
        }
        assert_eq!(clock(510), "08:30");
        assert_eq!(
            (weekday(" Mon "), weekday("sun"), weekday("day")),
            (Some(1), Some(7), None)
        );
        assert_eq!(weekday_name(7), "sun");
        assert_eq!(spans("08:00-12:00, 13:00–17:00"), Some(vec![(480, 720), (780, 1_020)]));
        assert_eq!(spans(""), Some(Vec::new()));
        assert_eq!(spans("mornings"), None);
    }

    #[test]
    fn spans_end_behind_their_beginning_and_do_not_overlap() {
        let pointers = |windows: &[Window]| {
            let faults = faults(windows, |place| format!("/windows/{place}"));
            faults.into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
        };
        assert!(pointers(&[window(1, 480, 720), window(1, 720, 800), window(2, 480, 720)]).is_empty());
        assert_eq!(pointers(&[window(1, 720, 720)]), ["/windows/0"]);
        assert_eq!(pointers(&[window(1, 480, 720), window(1, 700, 800)]), ["/windows/1"]);
        assert_eq!(
            pointers(&[window(1, 480, 720); 51]).first().map(String::as_str),
            Some("/windows")
        );
    }

    #[test]
    fn days_with_the_same_spans_stand_together() {
        let windows = [
            window(1, 480, 720),
            window(2, 480, 720),
            window(3, 480, 720),
            window(5, 480, 720),
            window(6, 540, 660),
        ];
        let span = vec![(480, 720)];
        assert_eq!(
            grouped(&windows),
            [(1, 3, span.clone()), (5, 5, span), (6, 6, vec![(540, 660)])]
        );
        assert!(grouped(&[]).is_empty());
    }
}
