//! This process tells that it lives.

use std::time::Duration;

use actix_web::web::Data;

use super::Ended;
use crate::clock;
use crate::operations::nodes::{self, Process};
use crate::state::AppState;

/// How often.
const INTERVAL: Duration = Duration::from_secs(15);

/// Tells until the process is asked to end, and then that it is gone.
pub async fn run(state: Data<AppState>, process: Process, mut ended: Ended) {
    while !*ended.borrow_and_update() {
        if state.readiness.is_ready() {
            let this = process.clone();
            let told = state.db.write(move |tx| nodes::beat(tx, &this, clock::now())).await;
            if let Err(error) = told {
                tracing::warn!(%error, "it could not be told that this process lives; it is tried again");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(INTERVAL) => {}
            _ = ended.changed() => {}
        }
    }
    if state.readiness.is_ready()
        && let Err(error) = state.db.write(move |tx| nodes::leave(tx, process.id)).await
    {
        tracing::warn!(%error, "this process counts as living for a minute more");
    }
}
