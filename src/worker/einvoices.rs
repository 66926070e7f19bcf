//! E-invoices leave for an access point: files in the folder of `--einvoice-dir`. A worker that dies lets go of what it has within
//! minutes; the same file is written again under the same name.

use std::path::PathBuf;
use std::time::Duration;

use actix_web::web::Data;

use super::Ended;
use crate::clock::{self, Timestamp};
use crate::cpu::Pool;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::invoices::einvoice::outgoing::{self, Content, Parcel, folder};
use crate::measures;
use crate::state::AppState;

/// How often a worker looks whether something is to be written.
const POLL: Duration = Duration::from_secs(2);
/// Files that are taken at a time.
const AT_ONCE: i64 = 16;

/// Writes e-invoices into a folder.
#[derive(Debug)]
pub struct Einvoices {
    state: Data<AppState>,
    folder: PathBuf,
    thread: Pool,
}

impl Einvoices {
    /// With nothing in hand.
    pub fn new(state: Data<AppState>, folder: PathBuf, thread: Pool) -> Self {
        Self { state, folder, thread }
    }

    /// Writes what is due; how many files were tried.
    pub async fn step(&self, now: Timestamp) -> Result<usize> {
        let db = &self.state.db;
        if !db.read(move |connection| outgoing::is_due(connection, now)).await? {
            return Ok(0);
        }
        let parcels = db.write(move |tx| outgoing::claim(tx, now, AT_ONCE)).await?;
        let count = parcels.len();
        for parcel in parcels {
            let outcome = self.write(&parcel).await.map_err(|error| error.to_string());
            db.write(move |tx| outgoing::settle(tx, &parcel, &outcome, now)).await?;
        }
        Ok(count)
    }

    async fn write(&self, parcel: &Parcel) -> Result<()> {
        let own = parcel.clone();
        let read = move |connection: &mut Connection| outgoing::content(connection, &own);
        let bytes = match self.state.db.read(read).await? {
            Content::Xml(bytes) => bytes,
            Content::Paper(paper) => self.state.press.print(*paper).await?,
        };
        let (folder, name) = (self.folder.clone(), parcel.name.clone());
        let writing = move || {
            folder::write(&folder, &name, &bytes)
                .map_err(|error| Error::Unavailable(format!("{}: {error}", folder.display())))
        };
        self.thread.run(writing).await
    }

    /// Works until the process is asked to end.
    pub async fn run(self, mut ended: Ended) {
        while !*ended.borrow_and_update() {
            let mut did = 0;
            if self.state.readiness.is_ready() {
                let stepped = self.step(clock::now()).await;
                measures::ran("einvoices", stepped.is_ok(), clock::real());
                match stepped {
                    Ok(done) => did = done,
                    Err(error) => tracing::warn!(%error, "e-invoices could not go on; it is tried again"),
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
