//! Rebates: accruals of agreements whose terms changed are derived again, and what periods that are over earned is proposed to be paid.
//! Both follow from what is stored, so whoever dies in between has done nothing twice.

use std::time::Duration;

use actix_web::web::Data;

use super::Ended;
use crate::clock::{self, Timestamp};
use crate::db::Database;
use crate::error::Result;
use crate::invoices::rebates::agreed;
use crate::measures;
use crate::rebate_agreements;
use crate::state::AppState;

/// How often a worker looks whether something is to be done.
const POLL: Duration = Duration::from_secs(10);
/// Agreements that are looked for at a time.
const AT_ONCE: i64 = 100;

/// Does what is due; how many agreements it were.
pub async fn step(db: &Database, now: Timestamp) -> Result<usize> {
    let due = db
        .read(|connection| rebate_agreements::list_due(connection, AT_ONCE))
        .await?;
    let (mut count, mut failed) = (0, None);
    for id in due {
        // One that can't be derived holds up none of the others.
        match db.write(move |tx| rebate_agreements::derive(tx, id, now)).await {
            Ok(()) => count += 1,
            Err(error) => failed = Some(error),
        }
    }
    if db.read(move |connection| agreed::is_any_due(connection, now)).await? {
        count += db.write(move |tx| agreed::propose(tx, AT_ONCE, now)).await?;
    }
    failed.map_or(Ok(count), Err)
}

/// Works until the process is asked to end.
pub async fn run(state: Data<AppState>, mut ended: Ended) {
    while !*ended.borrow_and_update() {
        let mut did = 0;
        if state.readiness.is_ready() {
            let done = step(&state.db, clock::now()).await;
            measures::ran("rebates", done.is_ok(), clock::real());
            match done {
                Ok(count) => did = count,
                Err(error) => tracing::warn!(%error, "rebates could not be brought up to date; it is tried again"),
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
