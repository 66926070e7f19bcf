//! `portal worker`: sends mails and keeps house until it is asked to end.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use actix_web::web::Data;
use tokio::sync::watch;

use super::serve::{await_schema, become_ready, end_signals, finish, start_worker, warn_of_transport};
use super::{Failure, Outcome, logging};
use crate::config::{Config, WorkerConfig, Working};
use crate::db::Database;
use crate::documents::Typesetter;
use crate::http::metrics;
use crate::operations::nodes::{Process, Role};
use crate::state::AppState;
use crate::traces::exporting::Exporter;
use crate::worker::{beating, gauges};

/// What is left to tell at the end may take so long.
const END_TIMEOUT: Duration = Duration::from_secs(10);

pub(super) fn run(config: &Config, worker: &WorkerConfig) -> Outcome {
    let working = worker.check(config)?;
    let exporter = logging::start(config, working.tracing.as_ref())?;
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
    actix_web::rt::System::new().block_on(work(state, &working, config.data_dir(), exporter))
}

async fn work(state: Data<AppState>, working: &Working, data_dir: &Path, exporter: Option<Exporter>) -> Outcome {
    let (end_traces, traces_end) = watch::channel(false);
    let traces = exporter.map(|exporter| actix_web::rt::spawn(exporter.run(traces_end)));
    if !become_ready(&state).await? {
        tracing::warn!("the schema is old: waiting until somebody runs portal migrate");
        actix_web::rt::spawn(await_schema(state.clone()));
    }
    if let Some(served) = &working.metrics {
        metrics::serve(served)?;
    }
    let (end, ended) = watch::channel(false);
    let process = Process::new(Role::Work, true);
    let beating = actix_web::rt::spawn(beating::run(state.clone(), process, ended.clone()));
    if working.metrics.is_some() {
        actix_web::rt::spawn(gauges::run(state.clone(), data_dir.to_owned(), ended.clone()));
    }
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
    let _ = tokio::time::timeout(END_TIMEOUT, beating).await;
    let _ = end_traces.send(true);
    if let Some(traces) = traces {
        let _ = tokio::time::timeout(END_TIMEOUT, traces).await;
    }
    tracing::info!("ended");
    Ok(())
}
