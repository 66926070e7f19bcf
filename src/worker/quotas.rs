//! Quotas beside the requests: on its release day the rest of a quota is everybody's, and serves the lines that wait. What is to be
//! done follows from what is stored, so it is done once, whoever does it.

use std::time::Duration;

use actix_web::web::Data;

use super::Ended;
use crate::clock::{self, Timestamp};
use crate::db::{Connection, Database};
use crate::error::Result;
use crate::measures;
use crate::orders::quotas;
use crate::state::AppState;

/// How often a worker looks whether a day has begun.
const POLL: Duration = Duration::from_secs(30);

/// Gives what is due to everybody; how many quotas it were.
pub async fn release(db: &Database, now: Timestamp) -> Result<usize> {
    let read = move |connection: &mut Connection| {
        let today = quotas::today(connection, now)?;
        quotas::due(connection, today)
    };
    let due = db.read(read).await?;
    let count = due.len();
    for (id, starts_on) in due {
        db.write(move |tx| quotas::release(tx, id, starts_on, now)).await?;
    }
    Ok(count)
}

/// Works until the process is asked to end.
pub async fn run(state: Data<AppState>, mut ended: Ended) {
    while !*ended.borrow_and_update() {
        if state.readiness.is_ready() {
            let done = release(&state.db, clock::now()).await;
            measures::ran("quotas", done.is_ok(), clock::real());
            if let Err(error) = done {
                tracing::warn!(%error, "quotas could not be released; it is tried again");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            _ = ended.changed() => {}
        }
    }
}
