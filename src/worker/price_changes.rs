//! Price changes are worked on here: what they come to, and their rows into the lists and out of them; a little at a time, so that
//! others who write get on. How far each is stands in the database, so any node goes on with any of them.

use std::time::{Duration, Instant};

use actix_web::web::Data;

use super::Ended;
use crate::clock::{self, Timestamp};
use crate::db::Database;
use crate::error::Result;
use crate::measures;
use crate::pricing::changes::{announcing, applying, previewing};
use crate::state::AppState;

/// How often a worker looks whether there is something to do.
const POLL: Duration = Duration::from_secs(2);
/// After a step nothing is done for as long as it took, but never shorter or longer than this.
const PAUSE_MIN: Duration = Duration::from_millis(3);
const PAUSE_MAX: Duration = Duration::from_millis(500);

/// Does the next part of what waits; false where nothing does.
pub async fn step(db: &Database, now: Timestamp) -> Result<bool> {
    if db.read(applying::is_waiting).await? {
        return db.write(move |tx| applying::step(tx, now)).await;
    }
    if let Some(id) = db.read(move |connection| announcing::find(connection, now)).await? {
        db.write(move |tx| announcing::tell(tx, id, now)).await?;
        return Ok(true);
    }
    previewing::step(db, now).await
}

/// Works until the process is asked to end.
pub async fn run(state: Data<AppState>, mut ended: Ended) {
    while !*ended.borrow_and_update() {
        let mut wait = POLL;
        if state.readiness.is_ready() {
            let begun = Instant::now();
            let done = step(&state.db, clock::now()).await;
            measures::ran("price_changes", done.is_ok(), clock::real());
            match done {
                Ok(true) => wait = begun.elapsed().clamp(PAUSE_MIN, PAUSE_MAX),
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "price changes could not go on; they are tried again"),
            }
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = ended.changed() => {}
        }
    }
}
