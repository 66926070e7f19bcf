//! Sandboxes that this process has open: each is the portal once more, over a database of its own and by a clock of its own
//! ([why](../docs/decisions/0018-a-sandbox-is-a-database-beside.md)).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actix_web::web::Data;
use tokio::sync::{Semaphore, watch};

use crate::clock::Ahead;
use crate::db::Database;
use crate::ids::{AccountId, SandboxId};
use crate::state::AppState;

/// How long a process goes by what it has read of a sandbox.
const LIFETIME: Duration = Duration::from_secs(1);
/// Answers of a sandbox that are held back at a time.
const SLOW_MAX: usize = 20;

/// What a state over a sandbox knows of it.
#[derive(Debug, Clone)]
pub struct World {
    pub id: SandboxId,
    pub account_id: AccountId,
    /// Which of its databases this is: a reset gives it a new one.
    pub generation: i64,
    /// How far its clock is ahead.
    pub ahead: Ahead,
    /// The portal's own database, where it is kept that there is a sandbox.
    pub portal: Database,
    /// Answers that are held back.
    pub slow: Arc<Semaphore>,
    /// Turns true when it is closed here.
    ended: Arc<watch::Sender<bool>>,
}

impl World {
    pub fn new(id: SandboxId, account_id: AccountId, generation: i64, portal: Database) -> Self {
        Self {
            id,
            account_id,
            generation,
            ahead: Ahead::default(),
            portal,
            slow: Arc::new(Semaphore::new(SLOW_MAX)),
            ended: Arc::new(watch::Sender::new(false)),
        }
    }

    /// Where it is found, below the portal's address.
    pub fn path(&self) -> String {
        path(self.id)
    }

    /// Hears when it is closed.
    pub fn ended(&self) -> watch::Receiver<bool> {
        self.ended.subscribe()
    }
}

/// Where a sandbox is found, below the portal's address.
pub fn path(id: SandboxId) -> String {
    format!("/sandbox/{id}")
}

/// A path as it is asked for: the sandbox that it is in, and the path inside.
pub fn inside(path: &str) -> Option<(SandboxId, &str)> {
    let (id, _) = path.strip_prefix("/sandbox/")?.split_once('/')?;
    let rest = path.get("/sandbox/".len() + id.len()..)?;
    Some((id.parse().ok()?, rest))
}

#[derive(Debug)]
struct Open {
    state: Data<AppState>,
    read_at: Instant,
}

/// The sandboxes that are open. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Worlds(Arc<Mutex<HashMap<SandboxId, Open>>>);

impl Worlds {
    fn open(&self) -> MutexGuard<'_, HashMap<SandboxId, Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An open one of which something was read just now.
    pub fn fresh(&self, id: SandboxId) -> Option<Data<AppState>> {
        let open = self.open();
        let known = open.get(&id).filter(|open| open.read_at.elapsed() < LIFETIME)?;
        Some(known.state.clone())
    }

    /// An open one of this generation, whose clock is so far ahead.
    pub fn renewed(&self, id: SandboxId, generation: i64, ahead_s: i64) -> Option<Data<AppState>> {
        let mut open = self.open();
        let known = open.get_mut(&id)?;
        let world = known
            .state
            .sandbox
            .as_ref()
            .filter(|world| world.generation == generation)?;
        world.ahead.set(ahead_s);
        known.read_at = Instant::now();
        Some(known.state.clone())
    }

    /// Keeps one that was opened; whoever was first stays.
    pub fn keep(&self, id: SandboxId, state: Data<AppState>) -> Data<AppState> {
        let generation = |state: &AppState| state.sandbox.as_ref().map(|world| world.generation);
        let mut open = self.open();
        if let Some(known) = open.get(&id)
            && generation(&known.state) >= generation(&state)
        {
            return known.state.clone();
        }
        let read_at = Instant::now();
        let before = open.insert(
            id,
            Open {
                state: state.clone(),
                read_at,
            },
        );
        drop(open);
        before.iter().for_each(end);
        state
    }

    /// Closes one here.
    pub fn forget(&self, id: SandboxId) {
        let gone = self.open().remove(&id);
        gone.iter().for_each(end);
    }
}

fn end(open: &Open) {
    if let Some(world) = &open.state.sandbox {
        world.ended.send_replace(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_sandbox() {
        let id = SandboxId(5);
        let path = format!("/sandbox/{id}/api/v1/orders");
        assert_eq!(inside(&path), Some((id, "/api/v1/orders")));
        for path in [
            "/sandbox",
            "/sandbox/",
            "/sandbox/clients",
            "/sandbox/ord_1/x",
            "/api/v1/sandbox/x",
        ] {
            assert_eq!(inside(path), None, "{path}");
        }
        assert_eq!(inside(&format!("/sandbox/{id}")), None);
    }
}
