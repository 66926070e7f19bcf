//! `portal serve`: serves until it is asked to end.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use actix_web::web::Data;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use url::Url;

use super::{Outcome, logging, opening};
use crate::app;
use crate::config::{Config, Mailing, ServeConfig, Serving, Transport, Way};
use crate::cpu::{Pool, Priority};
use crate::db::{Database, Engine, migrations};
use crate::documents::Typesetter;
use crate::error::Result;
use crate::http::{Origins, metrics};
use crate::mail::Mailer;
use crate::operations::nodes::{Process, Role};
use crate::outbound::{Courier, Names};
use crate::state::AppState;
use crate::traces::exporting::Exporter;
use crate::worker::einvoices::Einvoices;
use crate::worker::punchout::Punchout;
use crate::worker::sandboxes::Sandboxes;
use crate::worker::webhooks::Webhooks;
use crate::worker::{
    Ended, MailSettings, Worker, beating, bulk, contracts, ending, erasing, gauges, housekeeping, importing,
    price_changes, promises, quotas, rebates, reminders, sealing, statements,
};

/// How often a node with an old schema looks whether somebody has migrated.
const SCHEMA_POLL: Duration = Duration::from_secs(1);
/// How long the mail server has for a mail.
const SMTP_TIMEOUT: Duration = Duration::from_secs(60);
/// How long the mail in hand may take at the end.
const WORKER_END_TIMEOUT: Duration = Duration::from_secs(20);

pub(super) fn run(config: &Config, serve: &ServeConfig) -> Outcome {
    let serving = serve.check(config)?;
    let exporter = logging::start(config, serving.tracing.as_ref())?;
    warn_of_transport(config);
    for warning in serving.warnings() {
        tracing::warn!("{warning}");
    }
    let database = opening::open_or_create(config, serving.target.clone(), serving.database_connections)?;
    serve_on(database, &serving, exporter, |_| {})
}

/// Says at each start what of the way to the database is not guarded.
pub(super) fn warn_of_transport(config: &Config) {
    if let Some(warning) = config.transport().ok().and_then(Transport::warning) {
        tracing::warn!("{warning}");
    }
}

/// Serves an open database with these settings; blocks until a signal ends it. `announce` is told the address before
/// the line that says so.
pub fn serve_on(
    database: Database,
    serving: &Serving,
    exporter: Option<Exporter>,
    announce: impl FnOnce(SocketAddr),
) -> Outcome {
    if database.engine() == Engine::Sqlite {
        migrations::run(&database)?;
    }
    let typesetter = Typesetter::new(Some(&serving.data_dir))?;
    let is_https = serving.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
    let state = AppState::new(database, serving.rate_limit, typesetter)?;
    let origins = match &serving.proxies {
        Some(proxies) => Origins::behind(proxies),
        None => {
            tracing::warn!(
                "the proxy before the portal is not named by --trusted-proxies: where requests come from is unknown, and \
                 failed sign-ins are not counted by address"
            );
            Origins::hidden()
        }
    };
    let state = Data::new(
        state
            .behind_https(is_https)
            .with_subdomains(serving.hsts_subdomains)
            .refusing_breached(serving.breached.clone())
            .with_origins(origins)
            .signing_in_by(serving.sign_in)
            .reaching(serving.webhook_hosts.clone())
            .reached_at(serving.public_url.clone()),
    );
    actix_web::rt::System::new().block_on(serve_state(state, serving, exporter, announce))
}

async fn serve_state(
    state: Data<AppState>,
    serving: &Serving,
    exporter: Option<Exporter>,
    announce: impl FnOnce(SocketAddr),
) -> Outcome {
    let (end_traces, traces_end) = watch::channel(false);
    let traces = exporter.map(|exporter| actix_web::rt::spawn(exporter.run(traces_end)));
    if !become_ready(&state).await? {
        tracing::warn!("the schema is old: answering 503 until somebody runs portal migrate");
        actix_web::rt::spawn(await_schema(state.clone()));
    }
    if let Some(served) = &serving.metrics {
        metrics::serve(served)?;
    }
    let (server, address) = app::server(state.clone(), serving.listen, serving.metrics.is_some())?;
    let (end, ended) = watch::channel(false);
    let process = Process::new(Role::Serve, serving.worker);
    let beating = actix_web::rt::spawn(beating::run(state.clone(), process, ended.clone()));
    if serving.metrics.is_some() {
        actix_web::rt::spawn(gauges::run(state.clone(), serving.data_dir.clone(), ended.clone()));
    }
    let worker = match serving.worker {
        true => {
            let nearby = || Url::parse(&format!("http://{address}")).expect("an address makes a URL");
            let public_url = serving.public_url.clone().unwrap_or_else(nearby);
            Some(start_worker(
                &state,
                &serving.mailing,
                public_url,
                serving.einvoice_dir.clone(),
                ended,
            )?)
        }
        false => None,
    };
    let handle = server.handle();
    let mut signals = end_signals()?;
    let drain = serving.drain;
    actix_web::rt::spawn(async move {
        signals.recv().await;
        // Whoever leads requests here learns it from /readyz, and leads the next ones elsewhere.
        state.readiness.set_draining();
        if !drain.is_zero() {
            tracing::info!(
                seconds = drain.as_secs(),
                "ending: requests are taken until others get them"
            );
            tokio::select! {
                () = tokio::time::sleep(drain) => {}
                // Asked twice is meant.
                () = signals.recv() => {}
            }
        }
        tracing::info!("ending: finishing what runs");
        // The worker may have gone already.
        let _ = end.send(true);
        handle.stop(true).await;
    });
    announce(address);
    println!("Listening on http://{address}");
    // Whoever waits for this line reads it through a pipe.
    std::io::stdout().flush()?;
    server.await?;
    if let Some(worker) = worker {
        finish(worker).await;
    }
    let _ = tokio::time::timeout(WORKER_END_TIMEOUT, beating).await;
    let _ = end_traces.send(true);
    if let Some(traces) = traces {
        let _ = tokio::time::timeout(WORKER_END_TIMEOUT, traces).await;
    }
    tracing::info!("ended");
    Ok(())
}

/// Starts sending mails and webhooks, and the housekeeping.
pub(super) fn start_worker(
    state: &Data<AppState>,
    mailing: &Mailing,
    public_url: Url,
    einvoice_dir: Option<PathBuf>,
    ended: Ended,
) -> Result<JoinHandle<()>> {
    let mails = MailSettings {
        mailer: match &mailing.way {
            Way::Smtp(server) => Mailer::smtp(server.clone(), SMTP_TIMEOUT)?,
            Way::Directory(folder) => Mailer::directory(folder.clone())?,
        },
        from: mailing.from.clone(),
        public_url,
        attempts_max: mailing.attempts_max,
    };
    tracing::info!(way = ?mails.mailer, public_url = %mails.public_url, "sending mails");
    actix_web::rt::spawn(housekeeping::run(state.clone()));
    actix_web::rt::spawn(sealing::run(state.clone(), ended.clone()));
    actix_web::rt::spawn(reminders::run(state.clone(), ended.clone()));
    actix_web::rt::spawn(statements::run(state.clone(), ended.clone()));
    actix_web::rt::spawn(quotas::run(state.clone(), ended.clone()));
    actix_web::rt::spawn(rebates::run(state.clone(), ended.clone()));
    actix_web::rt::spawn(contracts::run(state.clone(), ended.clone()));
    actix_web::rt::spawn(price_changes::run(state.clone(), ended.clone()));
    actix_web::rt::spawn(ending::run(state.clone(), ended.clone()));
    actix_web::rt::spawn(erasing::run(state.clone(), ended.clone()));
    actix_web::rt::spawn(promises::run(state.clone(), ended.clone()));
    let patient = |name| Pool::new(name, 1, Priority::Patient);
    actix_web::rt::spawn(importing::run(state.clone(), patient("imports")?, ended.clone()));
    actix_web::rt::spawn(bulk::run(state.clone(), patient("bulk")?, ended.clone()));
    if let Some(folder) = einvoice_dir {
        tracing::info!(folder = %folder.display(), "e-invoices for an access point");
        let einvoices = Einvoices::new(state.clone(), folder, patient("einvoices")?);
        actix_web::rt::spawn(einvoices.run(ended.clone()));
    }
    let courier = Courier::new(state.webhook_hosts.clone(), Names::System)?;
    let punchout = Punchout::new(state.clone(), courier.clone());
    let sandboxes = Sandboxes::new(state.clone(), courier.clone(), mails.public_url.clone())?;
    let webhooks = Webhooks::new(state.clone(), courier, mails.public_url.clone());
    let worker = Worker::new(state.clone(), mails);
    Ok(actix_web::rt::spawn(async move {
        let webhooks = actix_web::rt::spawn(webhooks.run(ended.clone()));
        let punchout = actix_web::rt::spawn(punchout.run(ended.clone()));
        let sandboxes = actix_web::rt::spawn(sandboxes.run(ended.clone()));
        worker.run(ended).await;
        if let Err(error) = webhooks.await {
            tracing::error!(%error, "webhooks broke off");
        }
        if let Err(error) = punchout.await {
            tracing::error!(%error, "documents for buyers' systems broke off");
        }
        if let Err(error) = sandboxes.await {
            tracing::error!(%error, "sandboxes broke off");
        }
    }))
}

/// Lets a worker finish the message in hand. One that takes too long goes out again after its lease.
pub(super) async fn finish(worker: JoinHandle<()>) {
    if tokio::time::timeout(WORKER_END_TIMEOUT, worker).await.is_err() {
        tracing::warn!("the mail in hand was not finished in time");
    }
}

/// Draws this process's number once the schema is current; false while it is old.
pub(super) async fn become_ready(state: &Data<AppState>) -> Result<bool> {
    if !state.db.read(migrations::is_current).await? {
        return Ok(false);
    }
    let database = state.db.clone();
    state.cpu.run(move || database.claim_node()).await?;
    state.readiness.set_ready();
    Ok(true)
}

pub(super) async fn await_schema(state: Data<AppState>) {
    loop {
        tokio::time::sleep(SCHEMA_POLL).await;
        match become_ready(&state).await {
            Ok(true) => break,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the schema can't be read"),
        }
    }
    tracing::info!("the schema is current");
}

/// Hears SIGTERM and SIGINT.
pub(super) struct EndSignals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

pub(super) fn end_signals() -> std::io::Result<EndSignals> {
    Ok(EndSignals {
        terminate: signal(SignalKind::terminate())?,
        interrupt: signal(SignalKind::interrupt())?,
    })
}

impl EndSignals {
    pub(super) async fn recv(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
