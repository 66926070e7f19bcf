//! `portal worker`: sends mails and keeps house until it is asked to end.

use std::io::Write;

use actix_web::web::Data;
use tokio::sync::watch;

use super::serve::{await_schema, become_ready, end_signals, finish, start_logging, start_worker, warn_of_transport};
use super::{Failure, Outcome};
use crate::config::{Config, WorkerConfig, Working};
use crate::db::Database;
use crate::documents::Typesetter;
use crate::http::metrics;
use crate::state::AppState;

pub(super) fn run(config: &Config, worker: &WorkerConfig) -> Outcome {
    let working = worker.check(config)?;
    start_logging(config)?;
    warn_of_transport(config);
    if !working.target.exists() {
        return Err(Failure::new(format!(
            "There is no database at {}. Make one with: portal migrate",
            working.target
        )));
    }
    let database = Database::open(working.target.clone(), working.database_connections)?;
    // Nobody sends it requests.
    let typesetter = Typesetter::new(Some(config.data_dir()))?;
    let state = AppState::new(database, 0, typesetter)?.reaching(working.webhook_hosts.clone());
    let state = Data::new(state);
    actix_web::rt::System::new().block_on(work(state, &working))
}

async fn work(state: Data<AppState>, working: &Working) -> Outcome {
    if !become_ready(&state).await? {
        tracing::warn!("the schema is old: waiting until somebody runs portal migrate");
        actix_web::rt::spawn(await_schema(state.clone()));
    }
    if let Some(served) = &working.metrics {
        metrics::serve(served)?;
    }
    let (end, ended) = watch::channel(false);
    let worker = start_worker(
        &state,
        &working.mailing,
        working.public_url.clone(),
        working.einvoice_dir.clone(),
        ended,
    )?;
    println!("Working on {}", state.db.target());
    // Whoever waits for this line reads it through a pipe.
    std::io::stdout().flush()?;
    end_signals()?.recv().await;
    tracing::info!("ending: finishing the mail in hand");
    // The worker may have gone already.
    let _ = end.send(true);
    finish(worker).await;
    tracing::info!("ended");
    Ok(())
}
