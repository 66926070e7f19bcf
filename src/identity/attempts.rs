//! Attempts to pass by the guards that leave no row: requests beyond somebody's rate, tokens that none of our keys signed,
//! and requests for what is another's, which are answered like those for what doesn't exist. Told in the log, as often as somebody can bear to read; counted by each process for itself.

use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use moka::future::Cache;

use crate::audit::tallies;
use crate::ids::PersonId;

/// Attempts of one that are told each in an hour.
const EACH: i64 = 3;
/// Of so many it is known how often they tried.
const KNOWN_MAX: u64 = 10_000;

/// How often something happened lately, by who caused it.
#[derive(Debug, Clone)]
struct Times<K>(Cache<K, Arc<AtomicI64>>)
where
    K: Hash + Eq + Send + Sync + 'static;

impl<K> Times<K>
where
    K: Hash + Eq + Send + Sync + 'static,
{
    fn new() -> Self {
        let window = tallies::WINDOW.to_std().unwrap_or_default();
        Self(Cache::builder().max_capacity(KNOWN_MAX).time_to_live(window).build())
    }

    /// Counts it once more; its number where it is told.
    async fn count(&self, who: K) -> Option<i64> {
        let times = self.0.get_with(who, async { Arc::default() }).await;
        let times = times.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        tallies::is_told(times, EACH).then_some(times)
    }
}

/// Attempts of this process. Clones share them.
#[derive(Debug, Clone)]
pub struct Attempts {
    beyond_rate: Times<PersonId>,
    not_found: Times<PersonId>,
    forged: Times<Option<IpAddr>>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self::new()
    }
}

impl Attempts {
    /// Nobody tried anything yet.
    pub fn new() -> Self {
        Self {
            beyond_rate: Times::new(),
            not_found: Times::new(),
            forged: Times::new(),
        }
    }

    /// A person or a program sent more requests than their rate allows.
    pub async fn beyond_rate(&self, person_id: PersonId) {
        if let Some(times) = self.beyond_rate.count(person_id).await {
            tracing::warn!(person = %person_id, times, "a request beyond the rate was refused");
        }
    }

    /// A person or a program asked for what is not there for them: another's, a typing error, or a guess.
    pub async fn not_found(&self, person_id: PersonId) {
        if let Some(times) = self.not_found.count(person_id).await {
            tracing::warn!(person = %person_id, times, "what is not there for them was asked for");
        }
    }

    /// Somebody came with a token or a cookie that none of our keys signed.
    pub async fn forged(&self, address: Option<IpAddr>) {
        if let Some(times) = self.forged.count(address).await {
            tracing::warn!(times, "a token that none of our keys signed was refused");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_flood_is_told_in_a_few_lines_for_each() {
        let times = Times::new();
        let mut told = Vec::new();
        for _ in 0..1_000 {
            told.extend(times.count(1).await);
        }
        assert_eq!(told, [1, 2, 3, 10, 100, 1_000]);
        assert_eq!(times.count(2).await, Some(1));
    }
}
