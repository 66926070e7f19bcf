//! Guessing gets slow: how many failures are looked at in a quarter of an hour.

use chrono::{NaiveDateTime, TimeDelta};

/// How long a failed sign-in counts.
pub const FAILURE_WINDOW: TimeDelta = TimeDelta::minutes(15);

/// How many failures the window may hold; one more and nothing is looked at any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of a mail address.
    pub person: i64,
    /// Of a network address.
    pub address: i64,
}

/// Of signing in with a wrong password.
pub const SIGN_IN_LIMITS: Limits = Limits {
    person: 10,
    address: 100,
};
/// Of asking for a new password: each one may send a mail to somebody.
pub const RESET_LIMITS: Limits = Limits {
    person: 3,
    address: 100,
};

/// The failures that matter: in each row of failures within the window, newest first, the one just beyond the limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Failures {
    /// When the person's first failure beyond the limit happened, if there are so many.
    pub person_beyond: Option<NaiveDateTime>,
    /// When the address's first failure beyond the limit happened, if there are so many.
    pub address_beyond: Option<NaiveDateTime>,
}

/// Seconds until a sign-in is looked at again; `None` when it is at once. Right or wrong password makes no difference.
pub fn throttled(failures: Failures, now: NaiveDateTime) -> Option<u64> {
    let latest = failures.person_beyond.max(failures.address_beyond)?;
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
}
