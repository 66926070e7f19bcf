//! When goods leave and when they arrive. Days are calendar days of the supplier's zone; a calendar that is not there works every
//! day, so that without any goods arrive the article's lead time after they are there.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, LocalResult, NaiveDate, NaiveTime, TimeZone, Weekday};
use chrono_tz::Tz;

use crate::catalogue::rules::promised_on;
use crate::clock::{Timestamp, day_in};
use crate::ids::SiteId;

/// Days in a row without a working day after which a calendar is taken to have none.
const IDLE_DAYS_MAX: u32 = 1_000;
/// Minutes of a day.
pub const DAY_MINUTES: i32 = 24 * 60;
/// The most days on the way.
pub const TRANSIT_DAYS_MAX: i64 = 365;

const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mon"),
    (Weekday::Tue, "tue"),
    (Weekday::Wed, "wed"),
    (Weekday::Thu, "thu"),
    (Weekday::Fri, "fri"),
    (Weekday::Sat, "sat"),
    (Weekday::Sun, "sun"),
];

/// The days of a week on which a calendar works: a bit for each from Monday on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekdays(i32);

impl Weekdays {
    /// The stored form; none where no day is in it.
    pub fn of_bits(bits: i32) -> Option<Self> {
        (1..=127).contains(&bits).then_some(Self(bits))
    }

    /// The stored form.
    pub fn bits(self) -> i32 {
        self.0
    }

    /// Days by their numbers, 1 is Monday; none where no day is among them.
    pub fn of_numbers(numbers: impl IntoIterator<Item = i32>) -> Option<Self> {
        let days = numbers.into_iter().filter(|number| (1..=7).contains(number));
        Self::of_bits(days.fold(0, |bits, number| bits | (1 << (number - 1))))
    }

    /// The days that both have; none where they have none.
    fn shared(self, other: Self) -> Option<Self> {
        Self::of_bits(self.0 & other.0)
    }

    /// True if it works on that day of the week.
    pub fn has(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }

    /// Reads `mon tue wed`, `mon-fri`, `1-5`, `12345` or a sign for each day from Monday: `1111100`. Days are parted by blanks,
    /// commas or semicolons; Monday is 1.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        if text.len() == 7 && text.bytes().all(|sign| matches!(sign, b'0' | b'1')) {
            let bits = text
                .bytes()
                .rev()
                .fold(0, |bits, sign| bits * 2 + i32::from(sign == b'1'));
            return Self::of_bits(bits);
        }
        let mut bits = 0;
        for part in text.split(|sign: char| sign.is_whitespace() || sign == ',' || sign == ';') {
            match part.split_once('-') {
                _ if part.is_empty() => {}
                Some((from, to)) => {
                    let (from, to) = (day(from)?, day(to)?);
                    let span = (to + 7 - from) % 7;
                    bits |= (0..=span).fold(0, |bits, step| bits | (1 << ((from + step) % 7)));
                }
                None if part.len() > 1 && part.bytes().all(|sign| sign.is_ascii_digit()) => {
                    for (start, sign) in part.char_indices() {
                        bits |= 1 << day(part.get(start..start + sign.len_utf8())?)?;
                    }
                }
                None => bits |= 1 << day(part)?,
            }
        }
        Self::of_bits(bits)
    }

    /// Names of its days, from Monday on.
    pub fn names(self) -> Vec<&'static str> {
        let days = DAYS.iter().filter(|(day, _)| self.has(*day));
        days.map(|(_, name)| *name).collect()
    }
}

/// The place of a day from Monday, 0: by number from 1, by its English name or the first three letters of it.
fn day(text: &str) -> Option<u32> {
    if let Ok(number @ 1..=7) = text.parse::<u32>() {
        return Some(number - 1);
    }
    let meant: Weekday = text.parse().ok()?;
    Some(meant.num_days_from_monday())
}

/// Reads `14:30` as a minute of the day.
pub fn parse_cut_off(text: &str) -> Option<i32> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let is_number = |part: &str| matches!(part.len(), 1..=2) && part.bytes().all(|sign| sign.is_ascii_digit());
    if !is_number(hours) || minutes.len() != 2 || !is_number(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// The reverse of [`parse_cut_off`].
pub fn cut_off_text(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// On which days something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingCalendar {
    pub weekdays: Weekdays,
    /// Days off though they are weekdays of it.
    pub holidays: BTreeSet<NaiveDate>,
    /// The minute of the day from which on today is over.
    pub cut_off: Option<i32>,
    /// Working days on the way.
    pub transit_days: Option<i32>,
    /// Where its cut-off is read from the clock.
    pub zone: Tz,
}

impl WorkingCalendar {
    /// True if it works on that day.
    pub fn works_on(&self, day: NaiveDate) -> bool {
        self.weekdays.has(day.weekday()) && !self.holidays.contains(&day)
    }

    /// The first working day from `from` on; none where there is none for years.
    pub fn first_working(&self, from: NaiveDate) -> Option<NaiveDate> {
        let mut day = from;
        for _ in 0..IDLE_DAYS_MAX {
            if self.works_on(day) {
                return Some(day);
            }
            day = day.succ_opt()?;
        }
        None
    }

    /// So many working days after the first one from `from` on.
    fn later(&self, from: NaiveDate, days: i32) -> Option<NaiveDate> {
        let mut day = self.first_working(from)?;
        for _ in 0..days {
            day = self.first_working(day.succ_opt()?)?;
        }
        Some(day)
    }

    /// The day in its zone on which what is asked for at `now` is begun: today, or tomorrow from the cut-off on. Where a clock
    /// shows the cut-off twice the first time counts, where it never does the moment it jumps over it.
    pub fn begins(&self, now: Timestamp) -> NaiveDate {
        let here = now.and_utc().with_timezone(&self.zone).naive_local();
        let today = here.date();
        let Some(cut_off) = self.cut_off.and_then(time_of_day) else {
            return today;
        };
        let is_over = match self.zone.from_local_datetime(&today.and_time(cut_off)) {
            LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => now >= moment.naive_utc(),
            LocalResult::None => here.time() >= cut_off,
        };
        match is_over {
            true => today.succ_opt().unwrap_or(today),
            false => today,
        }
    }
}

fn time_of_day(minute: i32) -> Option<NaiveTime> {
    let minute = u32::try_from(minute).ok()?;
    NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)
}

/// From when goods are there to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum There {
    /// They lie in stock.
    Now(Timestamp),
    /// They come on that day.
    On(NaiveDate),
}

/// The calendars that have a say in when goods arrive.
#[derive(Debug, Clone, Default)]
pub struct Calendars {
    /// The supplier's.
    pub zone: Tz,
    pub of_supplier: Option<WorkingCalendar>,
    /// By code of the warehouse.
    pub of_warehouses: HashMap<String, WorkingCalendar>,
    pub of_sites: HashMap<SiteId, WorkingCalendar>,
}

impl Calendars {
    /// None: every day works.
    pub fn none(zone: Tz) -> Self {
        Self {
            zone,
            ..Self::default()
        }
    }

    /// Says that a site takes goods in on these weekdays only. Where its calendar has none of them, that holds.
    pub fn take_in_on(&mut self, site: SiteId, weekdays: Weekdays) {
        let zone = self.zone;
        let calendar = self.of_sites.entry(site).or_insert_with(|| WorkingCalendar {
            weekdays,
            holidays: BTreeSet::new(),
            cut_off: None,
            transit_days: None,
            zone,
        });
        if let Some(both) = calendar.weekdays.shared(weekdays) {
            calendar.weekdays = both;
        }
    }

    /// The day on which goods arrive at a site that are sent from a warehouse: begun on a working day of the warehouse (the
    /// supplier's where it has no calendar), after the article's lead time and then the way in such days, on the first day from
    /// then on on which the site takes goods. A site's own cut-off and way go before the warehouse's.
    pub fn arrives(
        &self,
        there: There,
        lead_time_days: i32,
        warehouse: Option<&str>,
        site: Option<SiteId>,
    ) -> Option<NaiveDate> {
        let own = warehouse.and_then(|code| self.of_warehouses.get(code));
        let sending = own.or(self.of_supplier.as_ref());
        let taking = site.and_then(|id| self.of_sites.get(&id));
        let begun = match there {
            There::On(day) => day,
            There::Now(now) => {
                let today = day_in(self.zone, now);
                let by = taking.filter(|calendar| calendar.cut_off.is_some()).or(sending);
                by.map_or(today, |calendar| calendar.begins(now).max(today))
            }
        };
        let way = [taking, sending]
            .into_iter()
            .flatten()
            .find_map(|calendar| calendar.transit_days);
        let days = lead_time_days.saturating_add(way.unwrap_or_default());
        let arrived = match sending {
            Some(calendar) => calendar.later(begun, days)?,
            None => promised_on(begun, days)?,
        };
        match taking {
            Some(calendar) => calendar.first_working(arrived),
            None => Some(arrived),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    fn calendar(weekdays: &str, cut_off: &str, transit: Option<i32>, zone: Tz, holidays: &[&str]) -> WorkingCalendar {
        WorkingCalendar {
            weekdays: Weekdays::parse(weekdays).expect("days"),
            holidays: holidays.iter().map(|text| day(text)).collect(),
            cut_off: parse_cut_off(cut_off),
            transit_days: transit,
            zone,
        }
    }

    #[test]
    fn weekdays_are_read_in_every_usual_form() {
        for (text, names) in [
            ("mon tue wed thu fri", "mon tue wed thu fri"),
            ("Mon-Fri", "mon tue wed thu fri"),
            ("1-5", "mon tue wed thu fri"),
            ("12345", "mon tue wed thu fri"),
            ("1,3;7", "mon wed sun"),
            ("1111100", "mon tue wed thu fri"),
            ("0000001", "sun"),
            ("sat-mon", "mon sat sun"),
            ("Monday", "mon"),
            ("5", "fri"),
        ] {
            let found = Weekdays::parse(text).map(|days| days.names().join(" "));
            assert_eq!(found.as_deref(), Some(names), "{text}");
        }
        for text in ["", "0", "8", "0000000", "mo-fr-sa", "mon-", "workdays", "1289"] {
            assert_eq!(Weekdays::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_cut_off_is_a_minute_of_the_day() {
        for (text, minute) in [("00:00", Some(0)), ("9:05", Some(545)), ("23:59", Some(1439))] {
            assert_eq!(parse_cut_off(text), minute, "{text}");
        }
        assert_eq!(cut_off_text(545), "09:05");
        for text in ["", "24:00", "12:60", "12", "1:5", "12:30:00", "-1:30", "+1:30"] {
            assert_eq!(parse_cut_off(text), None, "{text}");
        }
    }

    #[test]
    fn without_calendars_goods_arrive_after_the_lead_time() {
        let none = Calendars::none(Tz::Europe__Berlin);
        // Already Saturday in Berlin.
        let there = There::Now(at("2026-11-27T23:30:00"));
        assert_eq!(
            none.arrives(there, 2, Some("MAIN"), Some(SiteId(1))),
            Some(day("2026-11-30"))
        );
        assert_eq!(
            none.arrives(There::On(day("2026-12-12")), 0, None, None),
            Some(day("2026-12-12"))
        );
        assert_eq!(none.arrives(There::On(NaiveDate::MAX), 1, None, None), None);
    }

    #[test]
    fn a_cut_off_is_read_where_it_holds_also_in_nights_of_clock_changes() {
        use Tz::{America__New_York as NewYork, Asia__Tokyo as Tokyo, Europe__Berlin as Berlin};
        for (zone, cut_off, now, begins) in [
            (Berlin, "14:00", "2026-11-27T12:59:59", "2026-11-27"),
            (Berlin, "14:00", "2026-11-27T13:00:00", "2026-11-28"),
            (Berlin, "14:00", "2026-07-01T11:59:59", "2026-07-01"),
            (Berlin, "14:00", "2026-07-01T12:00:00", "2026-07-02"),
            (Berlin, "", "2026-11-27T22:59:59", "2026-11-27"),
            (Berlin, "", "2026-11-27T23:00:00", "2026-11-28"),
            (NewYork, "17:00", "2026-11-27T21:59:59", "2026-11-27"),
            (NewYork, "17:00", "2026-11-27T22:00:00", "2026-11-28"),
            (Tokyo, "09:00", "2026-11-26T23:59:59", "2026-11-27"),
            (Tokyo, "09:00", "2026-11-27T00:00:00", "2026-11-28"),
            // 02:00 to 03:00 is left out: the cut-off is when the clock jumps over it.
            (Berlin, "02:30", "2026-03-29T00:59:59", "2026-03-29"),
            (Berlin, "02:30", "2026-03-29T01:00:00", "2026-03-30"),
            (NewYork, "02:30", "2026-03-08T06:59:59", "2026-03-08"),
            (NewYork, "02:30", "2026-03-08T07:00:00", "2026-03-09"),
            // 02:00 to 03:00 comes twice: the first time counts, and what is over stays so.
            (Berlin, "02:30", "2026-10-25T00:29:59", "2026-10-25"),
            (Berlin, "02:30", "2026-10-25T00:30:00", "2026-10-26"),
            (Berlin, "02:30", "2026-10-25T01:10:00", "2026-10-26"),
            (Berlin, "03:00", "2026-10-25T01:59:59", "2026-10-25"),
            (Berlin, "03:00", "2026-10-25T02:00:00", "2026-10-26"),
            (Berlin, "00:00", "2026-11-27T12:00:00", "2026-11-28"),
        ] {
            let found = calendar("1-7", cut_off, None, zone, &[]).begins(at(now));
            assert_eq!(found, day(begins), "{zone} {cut_off} at {now}");
        }
    }

    #[test]
    fn goods_leave_on_working_days_and_arrive_on_days_the_site_takes_goods() {
        use Tz::{America__New_York as NewYork, Europe__Berlin as Berlin};
        let christmas = ["2026-12-24", "2026-12-25"];
        let mut all = Calendars::none(Berlin);
        all.of_supplier = Some(calendar("mon-fri", "", None, Berlin, &[]));
        let main = calendar("mon-fri", "14:00", Some(1), Berlin, &christmas);
        all.of_warehouses.insert("MAIN".to_owned(), main);
        all.of_sites
            .insert(SiteId(1), calendar("tue thu", "", None, Berlin, &[]));
        all.of_sites
            .insert(SiteId(2), calendar("1-7", "16:00", Some(3), NewYork, &["2026-12-29"]));
        let now = |text| There::Now(at(text));
        let on = |text| There::On(day(text));
        for (there, lead, warehouse, site, arrives) in [
            // Friday before and after the cut-off.
            (now("2026-11-27T12:00:00"), 0, "MAIN", None, "2026-11-30"),
            (now("2026-11-27T13:00:00"), 0, "MAIN", None, "2026-12-01"),
            (now("2026-11-27T13:00:00"), 2, "MAIN", None, "2026-12-03"),
            // Over Christmas and the week's end.
            (now("2026-12-23T12:00:00"), 0, "MAIN", None, "2026-12-28"),
            (on("2026-12-24"), 0, "MAIN", None, "2026-12-29"),
            // A warehouse without a calendar of its own goes by the supplier's.
            (on("2026-12-12"), 0, "EAST", None, "2026-12-14"),
            // The site takes goods on Tuesdays and Thursdays only.
            (now("2026-11-27T12:00:00"), 0, "MAIN", Some(1), "2026-12-01"),
            (now("2026-12-01T12:00:00"), 0, "MAIN", Some(1), "2026-12-03"),
            // Its own cut-off in its own zone, and its own way.
            (now("2026-12-01T20:59:59"), 0, "MAIN", Some(2), "2026-12-04"),
            (now("2026-12-01T21:00:00"), 0, "MAIN", Some(2), "2026-12-07"),
            (on("2026-12-22"), 0, "MAIN", Some(2), "2026-12-30"),
        ] {
            let found = all.arrives(there, lead, Some(warehouse), site.map(SiteId));
            assert_eq!(found, Some(day(arrives)), "{there:?} {lead} {warehouse} {site:?}");
        }
    }

    #[test]
    fn a_site_takes_goods_on_weekdays_of_its_calendar_and_of_its_windows() {
        let mut all = Calendars::none(Tz::Europe__Berlin);
        for (site, weekdays) in [(2, "mon-fri"), (3, "sat")] {
            let own = calendar(weekdays, "", None, Tz::Europe__Berlin, &["2026-12-01"]);
            all.of_sites.insert(SiteId(site), own);
        }
        assert_eq!(Weekdays::of_numbers([0, 8]), None);
        let windows = Weekdays::of_numbers([2, 2, 4, 7]).expect("days");
        assert_eq!(windows.names().join(" "), "tue thu sun");
        for site in 1..=3 {
            all.take_in_on(SiteId(site), windows);
        }
        // Tuesday, but a day off of the second; the third has no day that both name, so its calendar holds.
        for (site, arrives) in [
            (1, "2026-12-01"),
            (2, "2026-12-03"),
            (3, "2026-12-05"),
            (4, "2026-11-30"),
        ] {
            let found = all.arrives(There::On(day("2026-11-30")), 0, None, Some(SiteId(site)));
            assert_eq!(found, Some(day(arrives)), "{site}");
        }
    }

    #[test]
    fn a_calendar_without_a_working_day_gives_none() {
        let mut never = calendar("mon", "", None, Tz::UTC, &[]);
        never.holidays = (0..200)
            .map(|week| day("2026-11-30") + chrono::TimeDelta::days(7 * week))
            .collect();
        assert_eq!(never.first_working(day("2026-11-28")), None);
        let mut all = Calendars::none(Tz::UTC);
        all.of_supplier = Some(never);
        assert_eq!(all.arrives(There::On(day("2026-11-28")), 0, None, None), None);
    }
}
