//! The only source of the present and of randomness, so that everything else is a function of its arguments.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::Serialize;

/// A moment in UTC with microseconds, as both engines store it.
pub type Timestamp = NaiveDateTime;

/// How far a sandbox's clock is set ahead. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Ahead(Arc<AtomicI64>);

impl Ahead {
    /// Sets it ahead by so many seconds of the real time.
    pub fn set(&self, seconds: i64) {
        self.0.store(seconds, Ordering::Relaxed);
    }

    fn time(&self) -> TimeDelta {
        TimeDelta::try_seconds(self.0.load(Ordering::Relaxed)).unwrap_or_default()
    }
}

tokio::task_local! {
    /// By which clock this task lives; by the real one where there is none.
    static AHEAD: Ahead;
}

/// Does something by a clock that is set ahead.
pub async fn by<T>(ahead: Ahead, doing: impl Future<Output = T>) -> T {
    AHEAD.scope(ahead, doing).await
}

/// True where this task lives by a sandbox's clock: it belongs to a sandbox.
pub fn is_a_sandboxes() -> bool {
    AHEAD.try_with(|_| ()).is_ok()
}

/// The clock of this task, to be taken along to another task or thread.
#[derive(Debug, Clone)]
pub struct Taken(Option<Ahead>);

/// Takes the clock of this task along.
pub fn taken() -> Taken {
    Taken(AHEAD.try_with(Clone::clone).ok())
}

impl Taken {
    /// Does something on this thread by the clock that was taken along.
    pub fn run<T>(&self, work: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(ahead) => AHEAD.sync_scope(ahead.clone(), work),
            None => work(),
        }
    }

    /// The same in a task.
    pub async fn live<T>(self, doing: impl Future<Output = T>) -> T {
        match self.0 {
            Some(ahead) => by(ahead, doing).await,
            None => doing.await,
        }
    }
}

/// The present in UTC, cut to microseconds; in a sandbox by its clock.
pub fn now() -> Timestamp {
    real() + ahead()
}

/// How far the clock of this task is ahead of the real one.
pub fn ahead() -> TimeDelta {
    AHEAD.try_with(Ahead::time).unwrap_or_default()
}

/// The real present, also in a sandbox: for what proves something to others, and for ids.
#[allow(clippy::disallowed_methods)]
pub fn real() -> Timestamp {
    Utc::now().naive_utc().trunc_subsecs(6)
}

/// The calendar day of `at` in the zone `zone`.
pub fn day_in(zone: Tz, at: Timestamp) -> NaiveDate {
    at.and_utc().with_timezone(&zone).date_naive()
}

/// Steps of a search for the first moment of a day, and how many of them make a day.
const STEP: TimeDelta = TimeDelta::minutes(15);
const STEPS_OF_A_DAY: i32 = 96;

/// The first moment of a day in the zone; where clocks skip midnight, that after the gap.
pub fn first_moment(zone: Tz, day: NaiveDate) -> Timestamp {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..STEPS_OF_A_DAY)
        .filter_map(|step| midnight.checked_add_signed(STEP.checked_mul(step)?))
        .find_map(|local| zone.from_local_datetime(&local).earliest())
        .map_or(midnight, |moment| moment.naive_utc())
}

/// Days that somebody looks for, both of them among them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Days {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Days {
    /// True where any day will do.
    pub fn is_any(self) -> bool {
        self == Self::default()
    }

    /// Their moments in the zone.
    pub fn period(self, zone: Tz) -> Period {
        // Beyond these years nothing happened, and not every engine writes them.
        let first = NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or_default();
        let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or_default();
        let next = self.to.filter(|to| *to < last).and_then(|to| to.max(first).succ_opt());
        Period {
            from: self.from.map(|from| first_moment(zone, from.clamp(first, last))),
            before: next.map(|next| first_moment(zone, next)),
        }
    }
}

/// A time that somebody looks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    /// At this moment or later.
    pub from: Option<Timestamp>,
    /// Before this one.
    pub before: Option<Timestamp>,
}

/// `at` as RFC 3339 in UTC with microseconds, as every answer prints it.
pub fn rfc3339(at: Timestamp) -> String {
    DateTime::<Utc>::from_naive_utc_and_offset(at, Utc).to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

/// Bytes from the operating system's generator, fit for keys and tokens.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    use rand::TryRng;
    let mut bytes = [0_u8; N];
    rand::rngs::SysRng
        .try_fill_bytes(&mut bytes)
        .expect("the operating system has randomness");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_clock_is_ahead_only_where_it_is_taken_along() {
        let ahead = Ahead::default();
        ahead.set(86_400);
        let is_ahead = || now() - real() > TimeDelta::hours(23);
        let told = by(ahead, async {
            let here = is_ahead();
            let taken = taken();
            let elsewhere = std::thread::scope(|scope| {
                let plain = scope.spawn(is_ahead).join();
                let along = scope.spawn(|| taken.run(is_ahead)).join();
                (plain.expect("no panic"), along.expect("no panic"))
            });
            let task = tokio::spawn(taken.clone().live(async move { is_ahead() })).await;
            (here, elsewhere, task.expect("no panic"))
        });
        assert_eq!(told.await, (true, (false, true), true));
        assert!(!is_ahead());
    }

    #[test]
    fn days_begin_and_end_where_the_zone_has_them() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let berlin = chrono_tz::Europe::Berlin;
        let of = |from, to| {
            let Period { from, before } = Days { from, to }.period(berlin);
            (from.map(rfc3339), before.map(rfc3339))
        };
        let moment = |text: &str| Some(format!("{text}:00:00.000000Z"));
        assert_eq!(of(None, None), (None, None));
        // The last day of October 2026 with summer time has 25 hours.
        let (from, to) = (day("2026-10-25"), day("2026-10-25"));
        assert_eq!(of(from, to), (moment("2026-10-24T22"), moment("2026-10-25T23")));
        assert_eq!(of(None, Some(NaiveDate::MAX)), (None, None));
    }
}
