//! What begins or ends on its day, beside the requests: on its release day the rest of a quota is everybody's, and serves the lines that
//! wait; of a pack whose day has come those hear who follow the catalogue. What is to be done follows from what is stored, so it is done
//! once, whoever does it.

use std::time::Duration;

use actix_web::web::Data;
use chrono::NaiveDate;

use super::Ended;
use crate::catalogue::units;
use crate::clock::{self, Timestamp};
use crate::db::{Connection, Database};
use crate::error::Result;
use crate::measures;
use crate::orders::quotas;
use crate::state::AppState;

/// How often a worker looks whether a day has begun.
const POLL: Duration = Duration::from_secs(30);
/// Packs that are noted in one transaction.
const NOTED_AT_ONCE: usize = 1_000;

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

/// Has packs noted whose day has come; how many it were.
pub async fn note_packs(db: &Database, now: Timestamp) -> Result<usize> {
    let due = db.read(move |connection| units::list_begun(connection, now)).await?;
    // Many begin on the first day of a year, and others want to write, too.
    for some in due.chunks(NOTED_AT_ONCE) {
        let some = some.to_vec();
        db.write(move |tx| units::note_begun(tx, &some)).await?;
    }
    Ok(due.len())
}

/// Does what is due. Packs are looked at once a day, and by a process that begins.
async fn turn(db: &Database, now: Timestamp, looked_on: &mut Option<NaiveDate>) -> Result<()> {
    release(db, now).await?;
    let today = db.read(move |connection| quotas::today(connection, now)).await?;
    if *looked_on != Some(today) {
        note_packs(db, now).await?;
        *looked_on = Some(today);
    }
    Ok(())
}

/// Works until the process is asked to end.
pub async fn run(state: Data<AppState>, mut ended: Ended) {
    let mut looked_on = None;
    while !*ended.borrow_and_update() {
        if state.readiness.is_ready() {
            let done = turn(&state.db, clock::now(), &mut looked_on).await;
            measures::ran("quotas", done.is_ok(), clock::real());
            if let Err(error) = done {
                tracing::warn!(%error, "what is due today could not be done; it is tried again");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            _ = ended.changed() => {}
        }
    }
}
