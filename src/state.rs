//! What handlers share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use url::Url;

use crate::breached::Breached;
use crate::config::SignIn;
use crate::cpu;
use crate::db::{Connection, Database};
use crate::documents::paper::Paper;
use crate::documents::{Press, Typesetter};
use crate::error::Result;
use crate::http::{LongBodies, Origins, Pdf, RateLimit};
use crate::outbound::Hosts;
use crate::worlds::{World, Worlds};

/// Password hashes at a time: each takes 19 MiB.
const CPU_THREADS: usize = 2;
/// Files that people send: each is read in a second at most and lies in memory as it waits.
pub const UPLOADS: cpu::Limits = cpu::Limits {
    threads: 1,
    long: 1,
    long_after: Duration::MAX,
    waiting: 20,
    of_one: 4,
    priority: cpu::Priority::Patient,
};
/// Files that are made for people of what a list finds; and sandboxes, one after the other.
pub const EXPORTS: cpu::Limits = cpu::Limits {
    threads: 1,
    long: 1,
    long_after: Duration::MAX,
    waiting: 20,
    of_one: 4,
    priority: cpu::Priority::Patient,
};

/// What handlers share.
#[derive(Debug)]
pub struct AppState {
    pub db: Database,
    /// Threads for work that blocks: password hashes.
    pub cpu: cpu::Pool,
    /// Reads the files that people send.
    pub uploads: cpu::Fair,
    /// Reads and writes long JSON.
    pub long_bodies: LongBodies,
    /// Makes the files that people take away.
    pub exports: cpu::Fair,
    /// Makes, fills and opens sandboxes.
    pub sandboxes: cpu::Fair,
    /// Makes papers, one after the other.
    pub press: Press,
    /// How many requests a person may send.
    pub rate_limit: RateLimit,
    /// Whether requests should come.
    pub readiness: Readiness,
    /// Pages are reached by https, so cookies never travel in the clear.
    pub is_https: bool,
    /// Browsers stay with https for hosts below the portal's, too.
    pub hsts_subdomains: bool,
    /// Where people reach the portal, if that is set.
    pub public_url: Option<Url>,
    /// Whom to believe where requests come from.
    pub origins: Origins,
    /// How people prove who they are.
    pub sign_in: SignIn,
    /// Passwords that are known from breaches, where a list of them is.
    pub breached: Option<Breached>,
    /// Where webhooks may go beside the internet.
    pub webhook_hosts: Hosts,
    /// Sandboxes that are open here.
    pub worlds: Worlds,
    /// Set where this is a sandbox.
    pub sandbox: Option<World>,
}

impl AppState {
    /// The state over `db`; `rate_limit` requests a second and person, 0 = no limit. Not ready yet: see [`Readiness`].
    pub fn new(db: Database, rate_limit: u32, typesetter: Typesetter) -> Result<Self> {
        let cpu = cpu::Pool::new("cpu", CPU_THREADS, cpu::Priority::Ordinary)?;
        Ok(Self {
            db,
            cpu,
            uploads: cpu::Fair::new("uploads", UPLOADS)?,
            long_bodies: LongBodies::new()?,
            exports: cpu::Fair::new("exports", EXPORTS)?,
            sandboxes: cpu::Fair::new("sandboxes", EXPORTS)?,
            press: Press::new(typesetter)?,
            rate_limit: RateLimit::new(rate_limit),
            readiness: Readiness::default(),
            is_https: false,
            hsts_subdomains: false,
            public_url: None,
            origins: Origins::default(),
            sign_in: SignIn::default(),
            breached: None,
            webhook_hosts: Hosts::default(),
            worlds: Worlds::default(),
            sandbox: None,
        })
    }

    /// The portal once more, over the database of a sandbox. What works and how it is reached they share.
    #[must_use]
    pub fn beside(&self, db: Database, world: World) -> Self {
        let public_url = self.public_url.as_ref().and_then(|url| url.join(&world.path()).ok());
        let readiness = Readiness::default();
        readiness.set_ready();
        Self {
            db,
            cpu: self.cpu.clone(),
            uploads: self.uploads.clone(),
            sandboxes: self.sandboxes.clone(),
            long_bodies: self.long_bodies.clone(),
            exports: self.exports.clone(),
            press: self.press.clone(),
            rate_limit: self.rate_limit.clone(),
            readiness,
            is_https: self.is_https,
            hsts_subdomains: self.hsts_subdomains,
            public_url,
            origins: self.origins.clone(),
            sign_in: self.sign_in,
            breached: self.breached.clone(),
            webhook_hosts: self.webhook_hosts.clone(),
            worlds: Worlds::default(),
            sandbox: Some(world),
        }
    }

    /// Prints the paper that `read` makes of the database.
    pub async fn print<F>(&self, read: F) -> Result<Pdf>
    where
        F: Fn(&mut Connection) -> Result<Paper> + Send + 'static,
    {
        let paper = self.db.read(read).await?;
        let file_name = paper.file_name();
        let bytes = self.press.print(paper).await?;
        Ok(Pdf { file_name, bytes })
    }

    /// The same state where requests come by proxies.
    #[must_use]
    pub fn with_origins(mut self, origins: Origins) -> Self {
        self.origins = origins;
        self
    }

    /// The same state where people prove who they are in this way.
    #[must_use]
    pub fn signing_in_by(mut self, sign_in: SignIn) -> Self {
        self.sign_in = sign_in;
        self
    }

    /// The same state where webhooks may go to these hosts too.
    #[must_use]
    pub fn reaching(mut self, webhook_hosts: Hosts) -> Self {
        self.webhook_hosts = webhook_hosts;
        self
    }

    /// The same state for a portal that people reach at this address.
    #[must_use]
    pub fn reached_at(mut self, public_url: Option<Url>) -> Self {
        self.public_url = public_url;
        self
    }

    /// The same state for a portal that people reach by https.
    #[must_use]
    pub fn behind_https(mut self, is_https: bool) -> Self {
        self.is_https = is_https;
        self
    }

    /// The same state that refuses passwords of this list.
    #[must_use]
    pub fn refusing_breached(mut self, breached: Option<Breached>) -> Self {
        self.breached = breached;
        self
    }

    /// The same state where hosts below the portal's are reached by https alone, too.
    #[must_use]
    pub fn with_subdomains(mut self, hsts_subdomains: bool) -> Self {
        self.hsts_subdomains = hsts_subdomains;
        self
    }
}

/// What a probe must know beside the database. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Readiness {
    is_ready: Arc<AtomicBool>,
    is_draining: Arc<AtomicBool>,
}

impl Readiness {
    /// The schema is current and this process has its number.
    pub fn set_ready(&self) {
        self.is_ready.store(true, Ordering::Release);
    }

    /// True when requests can be answered.
    pub fn is_ready(&self) -> bool {
        self.is_ready.load(Ordering::Acquire)
    }

    /// The process is about to end: what runs is finished, nothing new should come.
    pub fn set_draining(&self) {
        self.is_draining.store(true, Ordering::Release);
    }

    /// True when the process is about to end.
    pub fn is_draining(&self) -> bool {
        self.is_draining.load(Ordering::Acquire)
    }
}
