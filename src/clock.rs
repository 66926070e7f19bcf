//! The only source of the present and of randomness, so that everything else is a function of its arguments.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, TimeDelta, Utc};
use chrono_tz::Tz;

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
}
