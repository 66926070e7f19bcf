//! Contracts begin, go on and end on their days, and what lags behind or comes to its last day for notice is told. What is to be done follows
//! from what is stored, and is stored with its event, so it is done once, whoever does it.

use std::time::Duration;

use actix_web::web::Data;
use chrono::TimeDelta;

use super::Ended;
use crate::audit::Actor;
use crate::clock::{self, Timestamp};
use crate::contracts::working;
use crate::db::{Connection, Database};
use crate::error::Result;
use crate::ids::ContractId;
use crate::measures;
use crate::state::AppState;

/// How often a worker looks whether a contract begins or ends.
const POLL: Duration = Duration::from_secs(30);
/// How often it looks at deadlines and pace of all.
const ALL_EVERY: TimeDelta = TimeDelta::hours(1);

/// Does what is due, with `of_all` also what is to be told; how many contracts something became of.
pub async fn step(db: &Database, of_all: bool, now: Timestamp) -> Result<usize> {
    let (mut after, mut count, mut failed) = (ContractId(0), 0, None);
    loop {
        let from = after;
        let read = move |connection: &mut Connection| working::due(connection, (from, of_all), now);
        let (due, last) = db.read(read).await?;
        for id in due {
            let write = move |tx: &mut Connection| working::settle(tx, id, &Actor::program("worker"), now);
            // One that can't be settled holds up none of the others.
            match db.write(write).await {
                Ok(true) => count += 1,
                Ok(false) => {}
                Err(error) => failed = Some(error),
            }
        }
        match last {
            Some(last) => after = last,
            None => return failed.map_or(Ok(count), Err),
        }
    }
}

/// Works until the process is asked to end.
pub async fn run(state: Data<AppState>, mut ended: Ended) {
    let mut looked: Option<Timestamp> = None;
    while !*ended.borrow_and_update() {
        if state.readiness.is_ready() {
            let now = clock::now();
            let of_all = looked.is_none_or(|looked| now - looked >= ALL_EVERY);
            let done = step(&state.db, of_all, now).await;
            measures::ran("contracts", done.is_ok(), clock::real());
            match done {
                Ok(_) if of_all => looked = Some(now),
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "contracts could not be looked at; it is tried again"),
            }
        }
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            _ = ended.changed() => {}
        }
    }
}
