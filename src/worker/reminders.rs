//! Reminders beside the requests: a run is proposed on working days where that is set, and orders of accounts are held for what
//! they owe and released once they have paid. What is to be done follows from what is stored: whoever dies in between has
//! left nothing half done, and the next one does it.

use std::time::Duration;

use actix_web::web::Data;
use chrono::{Datelike, TimeDelta, Weekday};

use super::Ended;
use crate::accounts;
use crate::audit::Actor;
use crate::clock::{self, Timestamp, day_in};
use crate::db::{Connection, Database};
use crate::error::Result;
use crate::measures;
use crate::reminders::rules::Automatic;
use crate::reminders::{holds, releasing, runs, settings};
use crate::state::AppState;

/// How often a worker looks whether an account has paid whose orders are held.
const POLL: Duration = Duration::from_secs(2);
/// How often it looks at all accounts that are late.
const ALL_EVERY: TimeDelta = TimeDelta::minutes(10);

fn actor() -> Actor {
    Actor::program("worker")
}

/// Does what is to be done about orders of accounts that are late, or only of those whose orders are held or will be; how many
/// it were.
pub async fn hold(db: &Database, of_all: bool, now: Timestamp) -> Result<usize> {
    let due = db.read(move |connection| holds::due(connection, of_all, now)).await?;
    let count = due.len();
    for account_id in due {
        db.write(move |tx| holds::settle(tx, account_id, &actor(), now)).await?;
    }
    Ok(count)
}

/// Proposes the run of a working day, and releases it, where that is set; true if there is a new one.
pub async fn propose(db: &Database, now: Timestamp) -> Result<bool> {
    let read = |connection: &mut Connection| Ok((settings::get(connection)?.1, accounts::supplier_zone(connection)?));
    let (automatic, zone) = db.read(read).await?;
    let is_working_day = !matches!(day_in(zone, now).weekday(), Weekday::Sat | Weekday::Sun);
    if automatic == Automatic::Off || !is_working_day {
        return Ok(false);
    }
    let write = move |tx: &mut Connection| {
        let Some(id) = runs::propose_once(tx, &actor(), now)? else {
            return Ok(false);
        };
        if automatic == Automatic::Release {
            releasing::release(tx, id, &actor(), now)?;
        }
        Ok(true)
    };
    db.write(write).await
}

/// Works until the process is asked to end.
pub async fn run(state: Data<AppState>, mut ended: Ended) {
    let mut last: Option<Timestamp> = None;
    while !*ended.borrow_and_update() {
        if state.readiness.is_ready() {
            let now = clock::now();
            let of_all = last.is_none_or(|last| now - last >= ALL_EVERY);
            let mut done = hold(&state.db, of_all, now).await.map(drop);
            if of_all && done.is_ok() {
                done = propose(&state.db, now).await.map(drop);
                last = Some(now);
            }
            measures::ran("reminders", done.is_ok(), clock::real());
            if let Err(error) = done {
                tracing::warn!(%error, "reminders could not go on; it is tried again");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            _ = ended.changed() => {}
        }
    }
}
