//! Promises beside the requests: what was promised and did not come on its day is taken back, and what follows from calendars and
//! tiers that are others is promised again. What is to be done follows from what is stored: whoever dies in between has left
//! nothing half done, and the next one does it.

use std::time::Duration;

use actix_web::web::Data;

use super::Ended;
use crate::clock::{self, Timestamp};
use crate::db::Database;
use crate::error::Result;
use crate::measures;
use crate::orders::promising;
use crate::state::AppState;

/// How often a worker looks whether promises are to be made again.
const POLL: Duration = Duration::from_secs(1);
/// Products whose promises are made again in one transaction.
const AT_ONCE: i64 = 50;

/// Makes promises again that are due; of how many products.
pub async fn review(db: &Database, now: Timestamp) -> Result<usize> {
    let mut count = 0;
    loop {
        let due = db
            .read(move |connection| promising::list_due(connection, now, AT_ONCE))
            .await?;
        if due.is_empty() {
            return Ok(count);
        }
        count += due.len();
        db.write(move |tx| promising::review(tx, &due, now)).await?;
    }
}

/// Works until the process is asked to end.
pub async fn run(state: Data<AppState>, mut ended: Ended) {
    while !*ended.borrow_and_update() {
        if state.readiness.is_ready() {
            let done = review(&state.db, clock::now()).await;
            measures::ran("promises", done.is_ok(), clock::real());
            if let Err(error) = done {
                tracing::warn!(%error, "promises could not be made again; it is tried again");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            _ = ended.changed() => {}
        }
    }
}
