//! Webhooks of sandboxes leave as those of the portal do: each sandbox has a sender of its own, over its database and by its
//! clock. Their mails are never written: nobody outside is told of what happens in one.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use actix_web::web::Data;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use url::Url;

use super::webhooks::Webhooks;
use super::{Ended, bulk};
use crate::accounts::sandboxes;
use crate::clock::{self, Timestamp};
use crate::cpu::{Pool, Priority};
use crate::error::Result;
use crate::ids::SandboxId;
use crate::measures;
use crate::outbound::Courier;
use crate::sandbox::{self, view};
use crate::state::AppState;

/// How often it is looked which sandboxes there are.
const POLL: Duration = Duration::from_secs(2);
/// How often it is looked whether databases were left over.
const CLEAN_EVERY: Duration = Duration::from_secs(600);

/// Senders of sandboxes that run.
#[derive(Debug)]
pub struct Sandboxes {
    state: Data<AppState>,
    courier: Courier,
    /// Where the portal is for whoever reads a webhook.
    public_url: Url,
    /// Bulk jobs of all of them are worked on here.
    pool: Pool,
    running: HashMap<SandboxId, (i64, watch::Sender<bool>, JoinHandle<()>)>,
    /// When it was last looked whether something was left over.
    cleaned: Option<Instant>,
}

impl Sandboxes {
    /// With nothing in hand.
    pub fn new(state: Data<AppState>, courier: Courier, public_url: Url) -> Result<Self> {
        Ok(Self {
            state,
            courier,
            public_url,
            pool: Pool::new("sandboxes", 1, Priority::Patient)?,
            running: HashMap::new(),
            cleaned: None,
        })
    }

    /// Starts and ends senders until the process is asked to end.
    pub async fn run(mut self, mut ended: Ended) {
        while !*ended.borrow_and_update() {
            if self.state.readiness.is_ready() {
                let stepped = self.step().await;
                measures::ran("sandboxes", stepped.is_ok(), clock::real());
                if let Err(error) = stepped {
                    tracing::warn!(%error, "sandboxes could not be looked at; it is tried again");
                }
                if let Err(error) = self.clean(clock::real()).await {
                    tracing::warn!(%error, "what sandboxes left over could not be removed; it is tried again");
                }
            }
            tokio::select! {
                () = tokio::time::sleep(POLL) => {}
                _ = ended.changed() => {}
            }
        }
        for (_, (_, end, sender)) in self.running.drain() {
            let _ = end.send(true);
            let _ = sender.await;
        }
    }

    /// Removes, now and then, databases that were left over.
    async fn clean(&mut self, now: Timestamp) -> Result<()> {
        if self.cleaned.is_some_and(|cleaned| cleaned.elapsed() < CLEAN_EVERY) {
            return Ok(());
        }
        self.cleaned = Some(Instant::now());
        let db = self.state.db.clone();
        self.pool.run(move || sandbox::remove_left(&db, now)).await.map(drop)
    }

    async fn step(&mut self) -> Result<()> {
        let rows = self.state.db.read(sandboxes::list).await?;
        let stands =
            |id: &SandboxId, generation: i64| rows.iter().any(|row| row.id == *id && row.generation == generation);
        let worlds = self.state.worlds.clone();
        self.running.retain(|id, (generation, end, _)| {
            let stays = stands(id, *generation);
            if !stays {
                let _ = end.send(true);
                worlds.forget(*id);
            }
            stays
        });
        for row in rows {
            if self.running.contains_key(&row.id) {
                // Its clock may have been set ahead.
                worlds.renewed(row.id, row.generation, row.ahead_s);
                continue;
            }
            let inside = match view::find(&self.state, row.id).await {
                Ok(Some(inside)) => inside,
                Ok(None) => continue,
                Err(error) => {
                    // It holds up no other.
                    tracing::warn!(%error, sandbox = %row.id, "a sandbox can't be opened");
                    continue;
                }
            };
            let Some(world) = inside.sandbox.clone() else { continue };
            let (end, ended) = watch::channel(false);
            let public_url = self.public_url.join(&format!("{}/", world.path()));
            let webhooks = Webhooks::new(
                inside.clone(),
                self.courier.clone(),
                public_url.unwrap_or_else(|_| self.public_url.clone()),
            );
            let bulk = bulk::run(inside, self.pool.clone(), ended.clone());
            let sender = clock::by(world.ahead, async move {
                tokio::join!(webhooks.run(ended), bulk);
            });
            self.running
                .insert(row.id, (world.generation, end, tokio::spawn(sender)));
        }
        Ok(())
    }
}
