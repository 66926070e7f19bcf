//! Bulk jobs are worked on here: one at a time, beside the mails, on a thread of its own. Jobs take turns.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::web::Data;

use super::Ended;
use crate::bulk::shapes::read_order;
use crate::bulk::{self, working};
use crate::clock;
use crate::cpu::Pool;
use crate::db::Database;
use crate::error::Result;
use crate::measures;
use crate::state::AppState;

/// How often is looked whether there is something to do.
const POLL: Duration = Duration::from_millis(500);
/// How often a job that is worked on is held for longer; much more often than a lease lasts.
const HOLD: Duration = Duration::from_secs(2);

/// Has a turn at the next job, if there is one; false when there was none. Ends at the next piece once `is_ended` says so.
pub async fn step(db: &Database, pool: &Pool, is_ended: &Arc<AtomicBool>) -> Result<bool> {
    if !db.read(|connection| bulk::is_waiting(connection, clock::now())).await? {
        return Ok(false);
    }
    let Some(leased) = db.write(|tx| working::lease(tx, clock::now())).await? else {
        return Ok(false);
    };
    let (working, own, ends) = (db.clone(), leased.clone(), is_ended.clone());
    let work = pool.run(move || working::work(&working, &own, read_order, &|| ends.load(Ordering::Acquire)));
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return done.map(|()| true),
            () = tokio::time::sleep(HOLD) => {
                let held = leased.clone();
                if let Err(error) = db.write(move |tx| working::keep(tx, &held, clock::now())).await {
                    tracing::warn!(%error, "a bulk job could not be held");
                }
            }
        }
    }
}

/// Steps until the process is asked to end. A job that is cut off goes on elsewhere, or at the next start.
pub async fn run(state: Data<AppState>, pool: Pool, ended: Ended) {
    let is_ended = Arc::new(AtomicBool::new(false));
    let (mut ends, told) = (ended.clone(), is_ended.clone());
    tokio::spawn(async move {
        let _ = ends.wait_for(|is_ended| *is_ended).await;
        told.store(true, Ordering::Release);
    });
    while !*ended.borrow() {
        let did = match state.readiness.is_ready() {
            false => false,
            true => step(&state.db, &pool, &is_ended)
                .await
                .inspect(|_| measures::ran("bulk", true, clock::real()))
                .unwrap_or_else(|error| {
                    measures::ran("bulk", false, clock::real());
                    tracing::warn!(%error, "bulk jobs could not go on; they are tried again");
                    false
                }),
        };
        if !did {
            tokio::time::sleep(POLL).await;
        }
    }
}
