//! What happens beside the requests: events become mails and webhooks, both are sent, what is too old goes.
//!
//! Any number of workers may run, in servers and by themselves (`portal worker`). Which of them does what, they settle
//! in the database: the one that has locked the cursor looks at the next events, a message belongs to the one that has
//! leased it.

pub mod beating;
pub mod bulk;
pub mod contracts;
pub mod einvoices;
pub mod ending;
pub mod erasing;
pub mod gauges;
mod circuit;
mod fan_out;
pub mod importing;
pub mod housekeeping;
pub mod sealing;
mod letters;
pub mod price_changes;
pub mod promises;
mod registry;
mod sending;
pub mod punchout;
pub mod quotas;
pub mod rebates;
pub mod reminders;
pub mod statements;
pub mod sandboxes;
pub mod webhooks;

pub use self::letters::preview;

use std::time::Duration;

use actix_web::web::Data;
use tokio::sync::watch;
use url::Url;

use self::circuit::Circuit;
use crate::clock::{self, Timestamp};
use crate::db::Database;
use crate::error::Result;
use crate::mail::Mailer;
use crate::measures;
use crate::state::AppState;

/// How often a worker looks whether somebody else left it something to do, while there was something lately.
const POLL: Duration = Duration::from_millis(500);
/// The same when there was nothing for a while.
const POLL_IDLE: Duration = Duration::from_secs(1);
/// Turns without anything to do after which it looks more rarely.
const IDLE_TURNS: u32 = 20;
/// How long a worker that was woken waits for more to come: one look at ten events is cheaper than ten.
const GATHER: Duration = Duration::from_millis(50);
/// How long it waits after the database did not answer.
const AFTER_FAILURE: Duration = Duration::from_secs(2);

/// How mails leave this process.
#[derive(Debug)]
pub struct MailSettings {
    /// By which way.
    pub mailer: Mailer,
    /// The address mails come from; the supplier's, if none was chosen.
    pub from: Option<String>,
    /// Where the portal is for whoever reads a mail.
    pub public_url: Url,
    /// After how many failed attempts a message is given up.
    pub attempts_max: i32,
}

/// What a step did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stepped {
    /// Events looked at for mails.
    pub events: usize,
    /// Messages tried.
    pub attempts: usize,
}

impl Stepped {
    /// True when there was something to do.
    pub fn did_anything(self) -> bool {
        self.events + self.attempts > 0
    }
}

/// Turns true when the process is asked to end.
pub type Ended = watch::Receiver<bool>;

#[derive(Debug)]
pub struct Worker {
    state: Data<AppState>,
    settings: MailSettings,
    circuit: Circuit,
}

impl Worker {
    /// A worker with nothing in hand.
    pub fn new(state: Data<AppState>, settings: MailSettings) -> Self {
        Self {
            state,
            settings,
            circuit: Circuit::default(),
        }
    }

    fn db(&self) -> &Database {
        &self.state.db
    }

    /// Makes mails of the next events and sends the next due ones. `now` is the moment it begins.
    pub async fn step(&mut self, now: Timestamp, ended: &Ended) -> Result<Stepped> {
        let events = fan_out::step(self.db(), now).await?;
        let attempts = sending::step(self, now, ended).await?;
        Ok(Stepped { events, attempts })
    }

    /// Steps until the process is asked to end; the message in hand is finished.
    pub async fn run(mut self, mut ended: Ended) {
        let mut idle_turns = 0;
        let mut writes = self.db().writes();
        while !*ended.borrow_and_update() {
            let wait = if !self.state.readiness.is_ready() {
                POLL_IDLE
            } else {
                let stepped = self.step(clock::now(), &ended).await;
                measures::ran("mails", stepped.is_ok(), clock::real());
                match stepped {
                    Ok(stepped) if stepped.did_anything() => {
                        idle_turns = 0;
                        continue;
                    }
                    Ok(_) => {
                        idle_turns += 1;
                        if idle_turns < IDLE_TURNS { POLL } else { POLL_IDLE }
                    }
                    Err(error) => {
                        tracing::warn!(%error, "the worker could not go on; it tries again");
                        tokio::time::sleep(AFTER_FAILURE).await;
                        continue;
                    }
                }
            };
            tokio::select! {
                () = writes.next() => tokio::time::sleep(GATHER).await,
                () = tokio::time::sleep(wait) => {}
                _ = ended.changed() => {}
            }
        }
    }
}
