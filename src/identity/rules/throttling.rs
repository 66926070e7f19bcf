//! Guessing gets slow: how many failures are looked at in a quarter of an hour.

use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};

/// How long a failed sign-in counts.
pub const FAILURE_WINDOW: TimeDelta = TimeDelta::minutes(15);

/// How many failures the window may hold; one more and nothing is looked at any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of a mail address from one network address: strangers elsewhere lock nobody out.
    pub pair: i64,
    /// Of a mail address from anywhere.
    pub person: i64,
    /// Of a network address.
    pub address: i64,
}

/// So many never happen in the window.
const NO_LIMIT: i64 = 1_000_000_000;

/// Of signing in with a wrong password.
pub const SIGN_IN_LIMITS: Limits = Limits {
    pair: 10,
    person: NO_LIMIT,
    address: 100,
};
/// Of asking for a new password: each one may send a mail to somebody.
pub const RESET_LIMITS: Limits = Limits {
    pair: 3,
    person: 3,
    address: 100,
};

/// Of giving a code of a second factor. Only who knows the password comes so far, so strangers lock nobody out.
pub const CODE_LIMITS: Limits = Limits {
    pair: NO_LIMIT,
    person: 5,
    address: NO_LIMIT,
};

/// Of a program with a wrong secret. What is right is never held off, so strangers lock no program out.
pub const CLIENT_LIMITS: Limits = Limits {
    pair: 10,
    person: NO_LIMIT,
    address: 100,
};

/// Failures of a person from anywhere from which on answers are slow.
const SLOW_FROM: i64 = 10;
/// How much slower each of them makes an answer, and the slowest there is.
const SLOWER_MS: i64 = 100;
const SLOWEST_MS: i64 = 5_000;

/// How long somebody waits of whom so many sign-ins failed from anywhere: guessing gets slow, and nobody is locked out.
pub fn delay(failures: i64) -> Duration {
    let beyond = failures.saturating_sub(SLOW_FROM).max(0);
    let ms = beyond.saturating_mul(SLOWER_MS).min(SLOWEST_MS);
    Duration::from_millis(u64::try_from(ms).unwrap_or(0))
}

/// The failures that matter: in each row of failures within the window, newest first, the one just beyond the limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Failures {
    /// When the first failure beyond the limit of person and address together happened, if there are so many.
    pub pair_beyond: Option<NaiveDateTime>,
    /// When the person's first failure beyond the limit happened, if there are so many.
    pub person_beyond: Option<NaiveDateTime>,
    /// When the address's first failure beyond the limit happened, if there are so many.
    pub address_beyond: Option<NaiveDateTime>,
    /// Failures of the person from anywhere, as far as they are counted.
    pub of_person: i64,
}

/// Seconds until a sign-in is looked at again; `None` when it is at once. Right or wrong password makes no difference.
pub fn throttled(failures: Failures, now: NaiveDateTime) -> Option<u64> {
    let latest = failures
        .pair_beyond
        .max(failures.person_beyond)
        .max(failures.address_beyond)?;
    let wait = latest.checked_add_signed(FAILURE_WINDOW)?.signed_duration_since(now);
    // Whole seconds, rounded up: coming back in time must succeed.
    u64::try_from(wait.num_milliseconds())
        .ok()
        .filter(|ms| *ms > 0)
        .map(|ms| ms.div_ceil(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        format!("2026-11-02T{text}").parse().expect("a time")
    }

    #[test]
    fn too_many_failures_throttle_until_they_are_old_enough() {
        let check = |person: Option<&str>, address: Option<&str>, now, expected| {
            let failures = Failures {
                person_beyond: person.map(at),
                address_beyond: address.map(at),
                ..Failures::default()
            };
            assert_eq!(throttled(failures, at(now)), expected);
        };
        check(None, None, "10:00:00", None);
        check(Some("10:00:00"), None, "10:00:00", Some(900));
        check(Some("10:00:00"), None, "10:14:59.500", Some(1));
        check(Some("10:00:00"), None, "10:15:00", None);
        check(None, Some("10:00:00"), "10:05:00", Some(600));
        check(Some("10:01:00"), Some("10:00:00"), "10:05:00", Some(660));
    }

    #[test]
    fn many_failures_from_anywhere_only_slow_answers_down() {
        for (failures, ms) in [(0, 0), (10, 0), (11, 100), (30, 2_000), (60, 5_000), (i64::MAX, 5_000)] {
            assert_eq!(delay(failures), Duration::from_millis(ms), "{failures}");
        }
    }
}
