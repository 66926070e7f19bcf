//! Statements of the month before go out by mail where that is set. What is due follows from what is stored, and each is stored with its
//! event: whoever dies in between has sent nothing twice, and the next one goes on.

use std::time::Duration;

use actix_web::web::Data;

use super::Ended;
use crate::audit::Actor;
use crate::clock::{self, Timestamp};
use crate::db::Database;
use crate::error::Result;
use crate::invoices::statement::monthly;
use crate::state::AppState;

/// How often a worker looks whether a month has ended somewhere.
const POLL: Duration = Duration::from_secs(60);
/// Accounts that are looked for at a time.
const AT_ONCE: i64 = 100;

/// Sends what is due; how many accounts were looked at.
pub async fn step(db: &Database, now: Timestamp) -> Result<usize> {
    let due = db
        .read(move |connection| monthly::due(connection, now, AT_ONCE))
        .await?;
    let count = due.len();
    for account_id in due {
        let actor = Actor::program("worker");
        db.write(move |tx| monthly::mail(tx, account_id, &actor, now)).await?;
    }
    Ok(count)
}

/// Works until the process is asked to end.
pub async fn run(state: Data<AppState>, mut ended: Ended) {
    while !*ended.borrow_and_update() {
        let mut did = 0;
        if state.readiness.is_ready() {
            match step(&state.db, clock::now()).await {
                Ok(done) => did = done,
                Err(error) => tracing::warn!(%error, "statements could not be mailed; it is tried again"),
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
