//! What anybody can cause again and again is counted, so that the record tells of it without growing with it: within an
//! hour the first times each, then the hundredth, the thousandth and so on.

use chrono::TimeDelta;

use crate::clock::Timestamp;
use crate::db::{Connection, sql};
use crate::error::Result;

/// How long times are counted together.
pub const WINDOW: TimeDelta = TimeDelta::hours(1);

/// Counts that it happened once more; how often it did since the window began.
pub fn count(tx: &mut Connection, source: &str, now: Timestamp) -> Result<i64> {
    sql(
        "INSERT INTO audit_tallies (source, begun_at, times) VALUES ($1, $2, 1) \
         ON CONFLICT (source) DO UPDATE SET \
         times = CASE WHEN audit_tallies.begun_at <= $3 THEN 1 ELSE audit_tallies.times + 1 END, \
         begun_at = CASE WHEN audit_tallies.begun_at <= $3 THEN excluded.begun_at ELSE audit_tallies.begun_at END \
         RETURNING times",
    )
    .bind(source)
    .bind(now)
    .bind(now - WINDOW)
    .one(tx)
}

/// True where the record tells of the time with this number: of each up to `each`, then of the powers of ten.
pub fn is_told(times: i64, each: i64) -> bool {
    let is_power = |mut times: i64| {
        while times > 1 && times % 10 == 0 {
            times /= 10;
        }
        times == 1
    };
    times <= each || is_power(times)
}

/// Forgets up to `rows_max` counts that began before `before`; how many it were.
pub fn delete(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql("DELETE FROM audit_tallies WHERE source IN \
           (SELECT source FROM audit_tallies WHERE begun_at < $1 ORDER BY begun_at LIMIT $2)")
    .bind(before)
    .bind(rows_max)
    .run(tx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_times_are_told_each_and_then_the_powers_of_ten() {
        let told: Vec<_> = (1..=100_000).filter(|times| is_told(*times, 5)).collect();
        assert_eq!(told, [1, 2, 3, 4, 5, 10, 100, 1_000, 10_000, 100_000]);
        assert!(!is_told(20, 5) && !is_told(200, 5) && is_told(100, 100) && !is_told(101, 100));
    }
}
