//! What was read lately and is kept in mind for the next who ask: two seconds at most, and here no longer than until one of its
//! topics is written ([`super::topics`]). So whoever writes sees it at once at the process that wrote, and everybody everywhere
//! within two seconds.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use moka::future::Cache;

use super::topics::{Heard, Topics};
use super::{Connection, Database};
use crate::error::{Error, Result};

/// Five seconds are promised; this leaves room for a slow database.
const LIFETIME: Duration = Duration::from_secs(2);

/// What a feature keeps in mind of a database.
pub trait Remembering: 'static {
    type Key: Hash + Eq + Copy + Send + Sync + 'static;
    type Value: Clone + Send + Sync + 'static;
    /// What makes it old.
    const TOPICS: Topics;
    /// Things at a time.
    const MOST: u64;
}

/// What is kept in mind of a database, by what it is.
pub(super) type Minds = Arc<RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>>;

impl Database {
    /// What is kept in mind of this database, of one kind.
    pub fn remembered<R: Remembering>(&self) -> Remembered<R::Key, R::Value> {
        let kind = TypeId::of::<R>();
        let known = self.minds.read().unwrap_or_else(PoisonError::into_inner);
        let found = known.get(&kind).and_then(|any| any.downcast_ref());
        if let Some(found) = found {
            return Remembered::clone(found);
        }
        drop(known);
        let fresh = || -> Arc<dyn Any + Send + Sync> {
            Arc::new(Remembered::<R::Key, R::Value>::new(self, R::TOPICS, R::MOST))
        };
        let mut known = self.minds.write().unwrap_or_else(PoisonError::into_inner);
        let kept = known.entry(kind).or_insert_with(fresh);
        let kept = kept.downcast_ref().cloned();
        kept.unwrap_or_else(|| Remembered::new(self, R::TOPICS, R::MOST))
    }
}

/// Things by key, at a moment: what was read before the last write has another place than what is read now, also where it comes
/// in late.
#[derive(Debug, Clone)]
pub struct Remembered<K, V>
where
    K: Hash + Eq + Copy + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    cache: Cache<(K, u64), V>,
    heard: Heard,
    topics: Topics,
}

impl<K, V> Remembered<K, V>
where
    K: Hash + Eq + Copy + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// Nothing yet of what is read from this database and belongs to these topics; `most` things at a time.
    pub fn new(database: &Database, topics: Topics, most: u64) -> Self {
        Self {
            cache: Cache::builder().max_capacity(most).time_to_live(LIFETIME).build(),
            heard: database.heard.clone(),
            topics,
        }
    }

    fn place(&self, key: K) -> (K, u64) {
        (key, self.heard.of(self.topics))
    }

    /// What is known without asking the database.
    pub async fn known(&self, key: K) -> Option<V> {
        self.cache.get(&self.place(key)).await
    }

    /// What is known, or else what `read` finds in a snapshot.
    pub async fn get(
        &self,
        database: &Database,
        key: K,
        read: impl Fn(&mut Connection) -> Result<V> + Send + 'static,
    ) -> Result<V> {
        match self.known(key).await {
            Some(known) => Ok(known),
            None => self.load(key, database.read(read)).await,
        }
    }

    /// What is known, or is read now. Who asks at the same time waits for one reading.
    pub async fn load(&self, key: K, reading: impl Future<Output = Result<V>>) -> Result<V> {
        let read = self.cache.try_get_with(self.place(key), reading).await;
        // The error is shared by all who waited for it.
        read.map_err(|shared| match &*shared {
            Error::Unavailable(reason) => Error::Unavailable(reason.clone()),
            Error::NotFound => Error::NotFound,
            other => Error::internal(other.to_string()),
        })
    }

    /// Forgets one thing here: another process may have written it.
    pub async fn forget(&self, key: K) {
        self.cache.invalidate(&self.place(key)).await;
    }
}
