//! Imports that staff began are worked on here: one at a time, beside the mails, on a thread of their own.

use std::time::Duration;

use actix_web::web::Data;

use super::Ended;
use crate::clock;
use crate::cpu::Pool;
use crate::db::Database;
use crate::error::Result;
use crate::imports::{Progress, runs};
use crate::measures;
use crate::state::AppState;

/// How often is looked whether there is something to do.
const POLL: Duration = Duration::from_secs(1);
/// How often is said how far it is; much more often than a lease lasts.
const TELL: Duration = Duration::from_secs(1);

/// Does the next piece of work, if there is one; false when there was none.
pub async fn step(db: &Database, pool: &Pool) -> Result<bool> {
    if !db.read(|connection| runs::is_waiting(connection, clock::now())).await? {
        return Ok(false);
    }
    let Some(leased) = db.write(|tx| runs::lease(tx, clock::now())).await? else {
        return Ok(false);
    };
    let (id, progress) = (leased.id, Progress::hidden());
    let (working, seen) = (db.clone(), progress.clone());
    let work = pool.run(move || runs::work(&working, &leased, &progress));
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return done.map(|()| true),
            () = tokio::time::sleep(TELL) => {
                let seen = seen.clone();
                db.write(move |tx| runs::keep(tx, id, &seen, clock::now())).await?;
            }
        }
    }
}

/// Steps until the process is asked to end. A piece of work that is cut off goes on elsewhere, or at the next start.
pub async fn run(state: Data<AppState>, pool: Pool, ended: Ended) {
    while !*ended.borrow() {
        let did = match state.readiness.is_ready() {
            false => false,
            true => step(&state.db, &pool)
                .await
                .inspect(|_| measures::ran("imports", true, clock::real()))
                .unwrap_or_else(|error| {
                    measures::ran("imports", false, clock::real());
                    tracing::warn!(%error, "imports could not go on; they are tried again");
                    false
                }),
        };
        if !did {
            tokio::time::sleep(POLL).await;
        }
    }
}
