//! What somebody's role refused them stands in the record: bounded, for a program can ask as often as it likes. Counted by
//! each process for itself and not in the database, which a flood of refused requests would keep busy.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use moka::future::Cache;
use serde_json::json;

use crate::audit::{self, Actor, tallies};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, PersonId};

/// Refusals of a person that are told each in an hour.
const EACH: i64 = 10;
const PEOPLE_MAX: u64 = 10_000;
/// Characters of an address that are kept.
const PATH_CHARS_MAX: usize = 200;

/// How often people were refused lately. Clones share it.
#[derive(Debug, Clone)]
pub struct Refusals {
    times: Cache<PersonId, Arc<AtomicI64>>,
}

impl Default for Refusals {
    fn default() -> Self {
        Self::new()
    }
}

impl Refusals {
    /// Nobody was refused yet.
    pub fn new() -> Self {
        let window = tallies::WINDOW.to_std().unwrap_or_default();
        let times = Cache::builder().max_capacity(PEOPLE_MAX).time_to_live(window).build();
        Self { times }
    }

    /// Counts a refusal; its number where the record tells of it.
    pub async fn count(&self, person_id: PersonId) -> Option<i64> {
        let times = self.times.get_with(person_id, async { Arc::default() }).await;
        let times = times.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        tallies::is_told(times, EACH).then_some(times)
    }
}

/// A request that somebody's role does not allow.
#[derive(Debug, Clone)]
pub struct Refused {
    pub actor: Actor,
    pub account_id: Option<AccountId>,
    pub method: String,
    pub path: String,
    /// How often the person was refused lately.
    pub times: i64,
}

/// Writes down what was refused.
pub fn record(tx: &mut Connection, refused: &Refused, now: Timestamp) -> Result<()> {
    let entry = audit::Entry {
        action: "access.refuse",
        account_id: refused.account_id,
        object: refused.path.chars().take(PATH_CHARS_MAX).collect(),
        details: json!({ "method": refused.method, "times": refused.times }),
    };
    audit::record(tx, &refused.actor, &entry, now)
}
