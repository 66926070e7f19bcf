//! Documents leave for buyers' systems: written as things happen, sent one after the other for each purchase order. A worker
//! that dies lets go of what it has within minutes; the same document goes out again under the same number.

use std::time::{Duration, Instant};

use actix_web::web::Data;
use chrono::TimeDelta;
use futures_util::future::join_all;

use super::Ended;
use crate::clock::{self, Timestamp};
use crate::error::Result;
use crate::measures;
use crate::outbound::{Courier, Failure};
use crate::punchout::outgoing::{self, Parcel};
use crate::state::AppState;

/// How often a worker looks whether something is to be sent.
const POLL: Duration = Duration::from_secs(2);
/// Documents that are sent at a time.
const AT_ONCE: i64 = 8;

/// Sends documents.
#[derive(Debug)]
pub struct Punchout {
    state: Data<AppState>,
    courier: Courier,
}

impl Punchout {
    /// With nothing in hand.
    pub fn new(state: Data<AppState>, courier: Courier) -> Self {
        Self { state, courier }
    }

    /// Writes what happened, and sends what is due; how much was done.
    pub async fn step(&self, now: Timestamp) -> Result<usize> {
        let db = &self.state.db;
        // What takes long is not to be taken for the moment at which it began.
        let began = Instant::now();
        let later = || now + TimeDelta::from_std(began.elapsed()).unwrap_or_default();
        let mut done = 0;
        if db.read(outgoing::is_skipping_due).await? {
            db.write(outgoing::skip).await?;
        }
        while db.read(outgoing::is_event_waiting).await? {
            let at = later();
            let looked_at = db.write(move |tx| outgoing::step(tx, at)).await?;
            done += looked_at;
            if looked_at == 0 {
                break;
            }
        }
        let now = later();
        if !db
            .read(move |connection| outgoing::is_sending_due(connection, now))
            .await?
        {
            return Ok(done);
        }
        let parcels = db.write(move |tx| outgoing::claim(tx, now, AT_ONCE)).await?;
        let sent = join_all(parcels.into_iter().map(|parcel| self.send(parcel, &later))).await;
        for outcome in sent {
            outcome?;
            done += 1;
        }
        Ok(done)
    }

    async fn send(&self, parcel: Parcel, later: &impl Fn() -> Timestamp) -> Result<()> {
        let outcome = match &parcel.url {
            Some(url) => self.courier.post_xml(url, parcel.body.clone()).await,
            None => Err(Failure::Refused),
        };
        tracing::debug!(document = %parcel.row.id, kind = parcel.row.kind, "a document was tried");
        let now = later();
        let write = move |tx: &mut _| outgoing::settle(tx, &parcel, &outcome, now);
        self.state.db.write(write).await
    }

    /// Works until the process is asked to end.
    pub async fn run(self, mut ended: Ended) {
        while !*ended.borrow_and_update() {
            let mut did = 0;
            if self.state.readiness.is_ready() {
                let stepped = self.step(clock::now()).await;
                measures::ran("punchout", stepped.is_ok(), clock::real());
                match stepped {
                    Ok(done) => did = done,
                    Err(error) => {
                        tracing::warn!(%error, "documents for buyers' systems could not go on; it is tried again")
                    }
                }
            }
            if did == 0 {
                tokio::select! {
                    () = tokio::time::sleep(POLL) => {}
                    _ = ended.changed() => {}
                }
            }
        }
    }
}
