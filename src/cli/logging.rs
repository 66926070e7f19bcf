//! What the program logs, and where it sends traces.

use std::backtrace::Backtrace;
use std::io::IsTerminal;

use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

use super::{Failure, Outcome};
use crate::config::{Config, Tracing};
use crate::error::Result;
use crate::outbound::plain_client;
use crate::traces::exporting::{self, Exporter};
use crate::traces::{TARGET, WithCaller};

/// What tells of bodies, headers and mails at its lower levels: tokens are in all three.
const TALKATIVE: &[&str] = &[
    "actix_http",
    "actix_server",
    "actix_web",
    "h2",
    "hyper",
    "hyper_util",
    "lettre",
    "reqwest",
    "rustls",
];

/// What tells of requests that can't be read, as of errors: anybody sends as many as they like, and each is answered 400.
const UNREADABLE: &str = "actix_http::h1::dispatcher";

/// Logs to stderr: for people at a terminal, as JSON lines elsewhere. What sends traces, where a collector is set.
pub(super) fn start(config: &Config, tracing: Option<&Tracing>) -> Result<Option<Exporter>, Failure> {
    let filter = filter(config.log())?;
    if !std::io::stderr().is_terminal() {
        tell_panics();
    }
    let Some(tracing) = tracing else {
        let registry = tracing_subscriber::registry().with(filter);
        let log = fmt::layer().with_writer(std::io::stderr);
        return started(if std::io::stderr().is_terminal() {
            registry.with(log).try_init()
        } else {
            registry.with(log.json().event_format(lines())).try_init()
        })
        .map(|()| None);
    };
    let (recording, exporter) = exporting::start(tracing, plain_client()?)?;
    // A filter for each: what is for the collector alone is in no log.
    let wanted =
        filter_fn(|metadata| metadata.is_span() && (metadata.target() == TARGET || metadata.name() == "request"));
    let registry = tracing_subscriber::registry().with(recording.with_filter(wanted));
    let log = fmt::layer().with_writer(std::io::stderr);
    started(if std::io::stderr().is_terminal() {
        registry.with(log.with_filter(filter)).try_init()
    } else {
        registry
            .with(log.json().event_format(lines()).with_filter(filter))
            .try_init()
    })?;
    Ok(Some(exporter))
}

/// A panic is a line as any other, not text between lines that machines read.
fn tell_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let thread = std::thread::current();
        tracing::error!(
            panic = panic.payload_as_str().unwrap_or("without words"),
            at = %panic.location().map(ToString::to_string).unwrap_or_default(),
            thread = thread.name().unwrap_or_default(),
            backtrace = %Backtrace::capture(),
            "a thread panicked"
        );
    }));
}

fn lines() -> WithCaller {
    WithCaller(fmt::format().json().flatten_event(true))
}

fn started(outcome: Result<(), tracing_subscriber::util::TryInitError>) -> Outcome {
    outcome.map_err(|error| Failure::new(format!("Logging can't start: {error}")))
}

fn filter(wanted: &str) -> Result<EnvFilter, Failure> {
    let mut filter =
        EnvFilter::try_new(wanted).map_err(|error| Failure::new(format!("--log {wanted} is not a filter: {error}")))?;
    let quiet = TALKATIVE.iter().map(|module| format!("{module}=info"));
    for directive in quiet.chain([TARGET, UNREADABLE].map(|module| format!("{module}=off"))) {
        let parsed = directive
            .parse()
            .map_err(|error| Failure::new(format!("{directive}: {error}")))?;
        filter = filter.add_directive(parsed);
    }
    Ok(filter)
}
