//! Housekeeping: what is too old to be asked for goes, a little at a time so that nobody waits for it.

use std::time::Duration;

use actix_web::web::Data;
use chrono::TimeDelta;

use crate::audit::{sealing, tallies};
use crate::clock::{self, Timestamp};
use crate::db::{Connection, Database, changes, folding};
use crate::error::Result;
use crate::identity::idempotency::KEPT_DAYS;
use crate::identity::rules::FAILURE_WINDOW;
use crate::measures;
use crate::operations::nodes;
use crate::state::AppState;
use crate::{accounts, bulk, identity, imports, mail, punchout, webhooks};

/// Rows deleted in one transaction.
const BATCH_ROWS: usize = 500;
const START_DELAY: Duration = Duration::from_secs(60);
const INTERVAL: Duration = Duration::from_secs(3_600);

/// Deletes rows from before a moment, at most so many; how many there were.
type Delete = fn(&mut Connection, Timestamp, i64) -> Result<usize>;

/// Deletes everything that is too old at `now`; the number of rows.
pub async fn step(db: &Database, now: Timestamp) -> Result<usize> {
    let kinds: [(Delete, TimeDelta); 17] = [
        (identity::delete_idempotency_keys, TimeDelta::days(KEPT_DAYS)),
        (identity::delete_failures, FAILURE_WINDOW),
        (tallies::delete, tallies::WINDOW),
        // Sessions are deleted by the moment they end by themselves.
        (identity::delete_sessions, TimeDelta::zero()),
        // For a while their links still say why they don't open.
        (identity::delete_password_resets, TimeDelta::days(30)),
        (accounts::invitations::delete_expired, TimeDelta::days(30)),
        (mail::delete_sent, TimeDelta::days(mail::KEPT_DAYS)),
        (webhooks::delete_attempts, TimeDelta::days(webhooks::rules::KEPT_DAYS)),
        (webhooks::delete_old, TimeDelta::days(webhooks::rules::KEPT_DAYS)),
        // Of endpoints that somebody removed.
        (webhooks::delete_removed, TimeDelta::zero()),
        (bulk::delete_ended, TimeDelta::days(bulk::rules::KEPT_DAYS)),
        (bulk::delete_broken_off, TimeDelta::hours(1)),
        (punchout::delete_documents, TimeDelta::days(punchout::rules::KEPT_DAYS)),
        (punchout::delete_sessions, TimeDelta::days(30)),
        (nodes::delete, TimeDelta::days(1)),
        // Somebody may be asked for it with its last minute.
        (changes::delete, TimeDelta::days(changes::KEPT_DAYS + 1)),
        (
            imports::runs::delete_files,
            TimeDelta::days(imports::runs::FILES_KEPT_DAYS),
        ),
    ];
    // Rows that a node of an older version has written, or that a migration was kept from filling.
    while db.write(folding::fill).await? > 0 {}
    let mut deleted = 0;
    for (delete, kept) in kinds {
        loop {
            let rows_max = i64::try_from(BATCH_ROWS).unwrap_or(i64::MAX);
            let rows = db.write(move |tx| delete(tx, now - kept, rows_max)).await?;
            deleted += rows;
            if rows < BATCH_ROWS {
                break;
            }
        }
    }
    Ok(deleted)
}

/// Steps every hour for as long as the process serves.
pub async fn run(state: Data<AppState>) {
    tokio::time::sleep(START_DELAY).await;
    loop {
        state.rate_limit.forget_idle();
        if state.readiness.is_ready() {
            let done = step(&state.db, clock::now()).await;
            measures::ran("housekeeping", done.is_ok(), clock::real());
            match done {
                Ok(rows) => tracing::debug!(rows, "housekeeping"),
                // It is tried again at the next turn.
                Err(error) => tracing::warn!(%error, "housekeeping failed"),
            }
            // In a log that is kept elsewhere this shows later that nothing was cut off since.
            if let Ok(head) = state.db.read(sealing::head).await {
                tracing::info!(place = head.place, hash = %head.hash, "the audit record ends here");
            }
        }
        tokio::time::sleep(INTERVAL).await;
    }
}
