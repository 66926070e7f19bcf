//! The only source of the present and of randomness, so that everything else is a function of its arguments.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, Utc};
use chrono_tz::Tz;

/// A moment in UTC with microseconds, as both engines store it.
pub type Timestamp = NaiveDateTime;

/// The present in UTC, cut to microseconds.
#[allow(clippy::disallowed_methods)]
pub fn now() -> Timestamp {
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
