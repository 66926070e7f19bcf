//! How many requests somebody may send, and what answers say of it.
//!
//! The headers are those of the draft `ratelimit-headers` (structured fields): `RateLimit-Policy` tells how many in which
//! time, `RateLimit` how many are left and after how many seconds all are there again.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::{HttpMessage, HttpRequest};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::{StateInformationMiddleware, StateSnapshot};
use governor::state::keyed::DefaultKeyedStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, Quota, RateLimiter};

use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::measures;

/// Requests that may come at once before the rate counts.
const BURST: u32 = 1_000;
/// Rates of their own that are kept in mind; beyond it all begin anew.
const OWN_MAX: usize = 10_000;
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

type Buckets = RateLimiter<PersonId, DefaultKeyedStateStore<PersonId>, DefaultClock, StateInformationMiddleware>;
type Bucket = RateLimiter<NotKeyed, InMemoryState, DefaultClock, StateInformationMiddleware>;
/// A rate of somebody's own, and what is left of it.
type Own = (Rate, Arc<Bucket>);
type Moment = <DefaultClock as Clock>::Instant;

/// A rate of somebody's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate(NonZeroU32);

impl Rate {
    /// So many requests a minute, all of which may come at once.
    pub fn a_minute(requests: i64) -> Self {
        let requests = u32::try_from(requests).ok().and_then(NonZeroU32::new);
        Self(requests.unwrap_or(NonZeroU32::MIN))
    }
}

/// What is left of a rate after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    policy: &'static str,
    quota: u32,
    window_s: u64,
    left: u32,
    all_in_s: u64,
}

impl Allowance {
    fn new(policy: &'static str, quota: Quota, left: u32) -> Self {
        let burst = quota.burst_size().get();
        // Whole seconds, rounded up.
        let seconds = |requests: u32| {
            let time = quota.replenish_interval().saturating_mul(requests);
            time.saturating_add(Duration::from_nanos(999_999_999)).as_secs()
        };
        Self {
            policy,
            quota: burst,
            window_s: seconds(burst).max(1),
            left,
            all_in_s: seconds(burst.saturating_sub(left)),
        }
    }

    /// Writes it into an answer.
    pub fn write(&self, headers: &mut HeaderMap) {
        let Self {
            policy,
            quota,
            window_s,
            left,
            all_in_s,
        } = self;
        let lines = [
            (POLICY, format!(r#""{policy}";q={quota};w={window_s}"#)),
            (LEFT, format!(r#""{policy}";r={left};t={all_in_s}"#)),
        ];
        for (name, value) in lines {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
    }
}

/// A token bucket per person and program, in this process. Clones share it.
#[derive(Debug, Clone)]
pub struct RateLimit {
    /// Of all who have no rate of their own; `None` = no limit.
    common: Option<(Quota, Arc<Buckets>)>,
    own: Arc<RwLock<HashMap<PersonId, Own>>>,
    clock: DefaultClock,
}

impl RateLimit {
    /// `per_second` requests a second with a burst of 1,000 (or of one second, if that is more); 0 is no limit.
    pub fn new(per_second: u32) -> Self {
        let burst = NonZeroU32::new(BURST.max(per_second));
        let common = NonZeroU32::new(per_second).zip(burst).map(|(rate, burst)| {
            let quota = Quota::per_second(rate).allow_burst(burst);
            let buckets = RateLimiter::keyed(quota).with_middleware::<StateInformationMiddleware>();
            (quota, Arc::new(buckets))
        });
        Self {
            common,
            own: Arc::default(),
            clock: DefaultClock::default(),
        }
    }

    /// `own`, or what everybody has in a minute where that is less.
    pub fn within_common(&self, own: Rate) -> Rate {
        let common = self.common.as_ref().map(|(quota, _)| {
            let minute_ns = Duration::from_secs(60).as_nanos();
            let requests = minute_ns / quota.replenish_interval().as_nanos().max(1);
            Rate::a_minute(i64::try_from(requests).unwrap_or(i64::MAX))
        });
        common.map_or(own, |common| Rate(common.0.min(own.0)))
    }

    /// Counts a request of `person`, by their own rate where they have one; [`Error::Throttled`] when it is one too many.
    /// The answer tells what is left.
    pub fn check(&self, request: &HttpRequest, person: PersonId, own: Option<Rate>) -> Result<()> {
        let (allowance, outcome) = self.count(person, own);
        if let Some(allowance) = allowance {
            request.extensions_mut().insert(allowance);
        }
        outcome
    }

    fn count(&self, person: PersonId, own: Option<Rate>) -> (Option<Allowance>, Result<()>) {
        if let Some(rate) = own {
            let checked = self.bucket(person, rate).check();
            return self.told("client", Quota::per_minute(rate.0), checked);
        }
        let Some((quota, buckets)) = &self.common else {
            return (None, Ok(()));
        };
        self.told("default", *quota, buckets.check_key(&person))
    }

    fn told(
        &self,
        policy: &'static str,
        quota: Quota,
        checked: Result<StateSnapshot, NotUntil<Moment>>,
    ) -> (Option<Allowance>, Result<()>) {
        match checked {
            Ok(state) => (
                Some(Allowance::new(policy, quota, state.remaining_burst_capacity())),
                Ok(()),
            ),
            Err(until) => {
                metrics::counter!(measures::HTTP_THROTTLED).increment(1);
                let retry_after_s = until.wait_time_from(self.clock.now()).as_secs() + 1;
                let allowance = Allowance::new(policy, quota, 0);
                (Some(allowance), Err(Error::Throttled { retry_after_s }))
            }
        }
    }

    /// Another rate begins with a full bucket.
    fn bucket(&self, person: PersonId, rate: Rate) -> Arc<Bucket> {
        let known = self.own.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bucket)) = known.get(&person).filter(|(known, _)| *known == rate) {
            return bucket.clone();
        }
        drop(known);
        let mut known = self.own.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= OWN_MAX {
            known.clear();
        }
        let (kept, bucket) = known.entry(person).or_insert_with(|| (rate, full(rate)));
        if *kept != rate {
            (*kept, *bucket) = (rate, full(rate));
        }
        bucket.clone()
    }

    /// Forgets the people whose bucket is full again.
    pub fn forget_idle(&self) {
        if let Some((_, buckets)) = &self.common {
            buckets.retain_recent();
            buckets.shrink_to_fit();
        }
    }
}

fn full(rate: Rate) -> Arc<Bucket> {
    let bucket = RateLimiter::direct(Quota::per_minute(rate.0));
    Arc::new(bucket.with_middleware::<StateInformationMiddleware>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(limit: &RateLimit, person: i64) -> Result<()> {
        limit.count(PersonId(person), None).1
    }

    fn headers(allowance: Option<Allowance>) -> (String, String) {
        let mut headers = HeaderMap::new();
        allowance.expect("a limit").write(&mut headers);
        let text = |name| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
                .to_owned()
        };
        (text(&POLICY), text(&LEFT))
    }

    #[test]
    fn a_person_is_throttled_after_the_burst_and_nobody_else() {
        let limit = RateLimit::new(1);
        for _ in 0..BURST {
            outcome(&limit, 1).expect("within the burst");
        }
        assert!(matches!(
            outcome(&limit, 1),
            Err(Error::Throttled { retry_after_s: 1..=2 })
        ));
        outcome(&limit, 2).expect("another person");
    }

    #[test]
    fn zero_is_no_limit() {
        let limit = RateLimit::new(0);
        assert!((0..5_000).all(|_| outcome(&limit, 1).is_ok()));
    }

    #[test]
    fn a_rate_of_ones_own_counts_and_what_is_left_is_told() {
        let limit = RateLimit::new(0);
        let own = Some(Rate::a_minute(2));
        let (allowance, first) = limit.count(PersonId(1), own);
        first.expect("the first");
        assert_eq!(
            headers(allowance),
            (r#""client";q=2;w=60"#.to_owned(), r#""client";r=1;t=30"#.to_owned())
        );
        limit.count(PersonId(1), own).1.expect("the second");
        let (allowance, third) = limit.count(PersonId(1), own);
        assert!(matches!(third, Err(Error::Throttled { retry_after_s: 1..=31 })));
        assert_eq!(headers(allowance).1, r#""client";r=0;t=60"#);
        limit.count(PersonId(2), own).1.expect("another");
        // Who is given another rate has all of it.
        limit.count(PersonId(1), Some(Rate::a_minute(3))).1.expect("more");
    }

    #[test]
    fn the_common_rate_is_told_with_its_burst() {
        let (allowance, _) = RateLimit::new(300).count(PersonId(1), None);
        let (policy, left) = headers(allowance);
        assert_eq!(policy, r#""default";q=1000;w=4"#);
        assert!(left.starts_with(r#""default";r=999;t="#), "{left}");
    }
}
