//! How many requests a second a person may send.

use std::num::NonZeroU32;
use std::sync::Arc;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};

use crate::error::{Error, Result};
use crate::ids::PersonId;

/// Requests that may come at once before the rate counts.
const BURST: u32 = 1_000;

/// A token bucket per person, in this process. Clones share it.
#[derive(Debug, Clone)]
pub struct RateLimit {
    /// `None` = no limit.
    buckets: Option<Arc<DefaultKeyedRateLimiter<PersonId>>>,
    clock: DefaultClock,
}

impl RateLimit {
    /// `per_second` requests a second with a burst of 1,000 (or of one second, if that is more); 0 is no limit.
    pub fn new(per_second: u32) -> Self {
        let burst = NonZeroU32::new(BURST.max(per_second));
        let buckets = NonZeroU32::new(per_second).zip(burst).map(|(rate, burst)| {
            let quota = Quota::per_second(rate).allow_burst(burst);
            Arc::new(DefaultKeyedRateLimiter::keyed(quota))
        });
        Self {
            buckets,
            clock: DefaultClock::default(),
        }
    }

    /// Counts a request of `person`; [`Error::Throttled`] when it is one too many.
    pub fn check(&self, person: PersonId) -> Result<()> {
        let Some(buckets) = &self.buckets else {
            return Ok(());
        };
        buckets.check_key(&person).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            Error::Throttled {
                retry_after_s: wait.as_secs() + 1,
            }
        })
    }

    /// Forgets the people whose bucket is full again.
    pub fn forget_idle(&self) {
        if let Some(buckets) = &self.buckets {
            buckets.retain_recent();
            buckets.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_throttled_after_the_burst_and_nobody_else() {
        let limit = RateLimit::new(1);
        for _ in 0..BURST {
            limit.check(PersonId(1)).expect("within the burst");
        }
        assert!(matches!(
            limit.check(PersonId(1)),
            Err(Error::Throttled { retry_after_s: 1..=2 })
        ));
        limit.check(PersonId(2)).expect("another person");
    }

    #[test]
    fn zero_is_no_limit() {
        let limit = RateLimit::new(0);
        assert!((0..5_000).all(|_| limit.check(PersonId(1)).is_ok()));
    }
}
