//! What waits of orders after the last day on which it should is called off, beside the requests.

use std::time::Duration;

use actix_web::web::Data;

use super::Ended;
use crate::accounts;
use crate::audit::Actor;
use crate::clock::{self, Timestamp, day_in};
use crate::db::{Connection, Database};
use crate::error::{Error, Result};
use crate::measures;
use crate::orders::ending;
use crate::orders::rules::State;
use crate::shipments;
use crate::state::AppState;

/// How often a worker looks whether a day is over.
const POLL: Duration = Duration::from_secs(60);
/// Orders looked at in a round; those that are being packed are left for the next.
const ORDERS_MAX: i64 = 500;

/// Calls off what is due; of how many orders it was.
pub async fn step(db: &Database, now: Timestamp) -> Result<usize> {
    let read = move |connection: &mut Connection| {
        let today = day_in(accounts::supplier_zone(connection)?, now);
        Ok((ending::due(connection, today, ORDERS_MAX)?, today))
    };
    let mut count = 0;
    let (orders, today) = db.read(read).await?;
    for order in orders {
        let end = move |tx: &mut Connection| {
            let ended = ending::end_overstayed(tx, order, today, &Actor::program("worker"), now)?;
            // All else of it may have arrived already.
            if let Some(order) = ended.as_ref().filter(|order| order.state == State::Shipped) {
                shipments::finish_order(tx, order, now)?;
            }
            Ok(ended.is_some())
        };
        match db.write(end).await {
            Ok(ended) => count += usize::from(ended),
            Err(Error::Conflict { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}

/// Works until the process is asked to end.
pub async fn run(state: Data<AppState>, mut ended: Ended) {
    while !*ended.borrow_and_update() {
        if state.readiness.is_ready() {
            let done = step(&state.db, clock::now()).await;
            measures::ran("ending", done.is_ok(), clock::real());
            if let Err(error) = done {
                tracing::warn!(%error, "what waits too long could not be called off; it is tried again");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(POLL) => {}
            _ = ended.changed() => {}
        }
    }
}
