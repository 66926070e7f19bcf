//! The audit record is sealed beside the requests, soon after each entry.

use std::time::Duration;

use actix_web::web::Data;

use super::Ended;
use crate::audit::sealing;
use crate::clock;
use crate::measures;
use crate::state::AppState;

/// How often is looked for entries that are not sealed.
const INTERVAL: Duration = Duration::from_secs(2);

/// Seals until the process is asked to end.
pub async fn run(state: Data<AppState>, mut ended: Ended) {
    while !*ended.borrow_and_update() {
        if state.readiness.is_ready() {
            let sealed = sealing::step(&state.db).await;
            measures::ran("sealing", sealed.is_ok(), clock::real());
            match sealed {
                Ok(0) => {}
                Ok(entries) => tracing::debug!(entries, "sealed entries of the audit record"),
                Err(error) => tracing::warn!(%error, "the audit record could not be sealed; it is tried again"),
            }
        }
        tokio::select! {
            () = tokio::time::sleep(INTERVAL) => {}
            _ = ended.changed() => {}
        }
    }
}
