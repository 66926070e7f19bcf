//! Erasures that somebody asked for are done, a piece at a time.

use std::time::Duration;

use actix_web::web::Data;

use super::Ended;
use crate::clock;
use crate::db::Database;
use crate::error::Result;
use crate::measures;
use crate::operations::erasing;
use crate::state::AppState;

/// How often is looked for erasures that run.
const POLL: Duration = Duration::from_secs(2);

/// Does pieces of what runs until nothing is left; how many it were.
pub async fn step(db: &Database) -> Result<usize> {
    let mut pieces = 0;
    // A look costs nothing; the transaction would take a lock each time.
    while let Some(id) = db.read(erasing::running).await? {
        db.write(move |tx| erasing::step(tx, id, clock::now())).await?;
        pieces += 1;
    }
    Ok(pieces)
}

/// Works until the process is asked to end.
pub async fn run(state: Data<AppState>, mut ended: Ended) {
    while !*ended.borrow_and_update() {
        if state.readiness.is_ready() {
            let done = step(&state.db).await;
            measures::ran("erasures", done.is_ok(), clock::real());
            if let Err(error) = done {
                tracing::warn!(%error, "somebody could not be forgotten yet; it is tried again");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            _ = ended.changed() => {}
        }
    }
}
