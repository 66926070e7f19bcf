//! The settings: flags and `PORTAL_*` variables, read once at the start, checked with all problems listed.

mod mail;
mod metrics;
mod reading;
mod sign_in;
mod traces;
mod transport;
mod webhooks;
mod einvoices;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use url::Url;

pub use self::einvoices::EinvoiceConfig;
pub use self::mail::{MailConfig, Mailing, Way, WorkerConfig, Working};
pub use self::metrics::{Metrics, MetricsConfig, Secret};
use self::reading::{address, drain, is_loopback, number, public_url};
pub use self::sign_in::{RequireMfa, SignIn, SignInConfig};
pub use self::traces::{Tracing, TracingConfig};
pub use self::transport::Transport;
pub use self::webhooks::WebhookConfig;
use crate::breached::Breached;
use crate::db::Target;
use crate::http::Network;
use crate::outbound::Hosts;

const DATA_DIR: &str = "./portal-data";

/// What every command takes, before or after its own arguments.
#[derive(Clone, clap::Args)]
#[command(next_help_heading = "Of every command")]
pub struct Config {
    /// Where the portal keeps its files [default: ./portal-data]
    #[arg(long, global = true, env = "PORTAL_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,

    /// sqlite://NAME in the data directory, sqlite:///absolute/path, or postgres://user:password@host/database; a host that is
    /// another machine needs ?sslmode=verify-full, or another sslmode on purpose
    #[arg(
        long,
        global = true,
        env = "PORTAL_DATABASE_URL",
        value_name = "URL",
        default_value = "sqlite://portal.db",
        hide_env_values = true
    )]
    database_url: String,

    /// What is logged: error, warn, info, debug, trace; or by module, as in "info,portal::db=debug" [default: info]
    #[arg(long, global = true, env = "PORTAL_LOG", value_name = "FILTER")]
    log: Option<String>,
}

impl Config {
    /// Where files are kept.
    pub fn data_dir(&self) -> &Path {
        self.data_dir.as_deref().unwrap_or_else(|| Path::new(DATA_DIR))
    }

    /// The same settings with another default for the data directory, for a command with one of its own.
    #[must_use]
    pub fn with_data_dir_or(mut self, default: &str) -> Self {
        self.data_dir.get_or_insert_with(|| PathBuf::from(default));
        self
    }

    /// The database that is meant.
    pub fn target(&self) -> Result<Target, Problems> {
        let parsed = Target::parse(&self.database_url, self.data_dir());
        parsed
            .and_then(|target| self.transport().map(|_| target))
            .map_err(|problem| Problems(vec![format!("--database-url {problem}")]))
    }

    /// How it is reached.
    #[expect(
        clippy::disallowed_methods,
        reason = "settings are read here; libpq reads its own from the environment"
    )]
    pub fn transport(&self) -> Result<Transport, String> {
        match self.database_url.starts_with("sqlite:") {
            true => Ok(Transport::Local),
            false => transport::of_url(&self.database_url, |name| std::env::var(name).ok()),
        }
    }

    /// What is logged.
    pub fn log(&self) -> &str {
        self.log.as_deref().unwrap_or("info")
    }

    /// The same settings with another default for what is logged.
    #[must_use]
    pub fn with_log_or(mut self, default: &str) -> Self {
        self.log.get_or_insert_with(|| default.to_owned());
        self
    }
}

/// Without the database's password.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("data_dir", &self.data_dir())
            .field("database", &self.target().ok())
            .field("log", &self.log())
            .finish()
    }
}

/// What `serve` takes; read by [`ServeConfig::check`], which finds all faults and not only the first.
#[derive(Debug, Clone, clap::Args)]
pub struct ServeConfig {
    /// Where to listen; port 0 takes a free one
    #[arg(
        long,
        env = "PORTAL_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080"
    )]
    listen: String,

    /// Under which address people reach the portal; must be https:// unless it listens on loopback only
    #[arg(long, env = "PORTAL_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,

    /// Browsers are told to stay with https for hosts below the public address too; only where all of these have https
    #[arg(long, env = "PORTAL_HSTS_SUBDOMAINS", value_parser = clap::builder::FalseyValueParser::new())]
    hsts_subdomains: bool,

    /// The proxies before the portal, by commas: addresses or networks like 10.0.0.0/8. They alone are believed where a
    /// request comes from (Forwarded, X-Forwarded-For)
    #[arg(long, env = "PORTAL_TRUSTED_PROXIES", value_name = "ADDRESSES")]
    trusted_proxies: Option<String>,

    /// Requests a second that a person may send, after a burst of 1,000; 0 = no limit
    #[arg(long, env = "PORTAL_RATE_LIMIT", value_name = "N", default_value = "300")]
    rate_limit: String,

    /// Leave mails and housekeeping to other nodes
    #[arg(long, env = "PORTAL_NO_WORKER", value_parser = clap::builder::FalseyValueParser::new())]
    no_worker: bool,

    /// Connections to the database; 0 = as many as suit the cores
    #[arg(long, env = "PORTAL_DATABASE_CONNECTIONS", value_name = "N", default_value = "0")]
    database_connections: String,

    #[command(flatten)]
    sign_in: SignInConfig,

    /// How long a server that is asked to end goes on taking requests, while /readyz says that it ends, in seconds
    #[arg(long, env = "PORTAL_DRAIN_SECONDS", value_name = "S", default_value = "0")]
    drain_seconds: String,

    #[command(flatten)]
    metrics: MetricsConfig,

    #[command(flatten)]
    tracing: TracingConfig,

    #[command(flatten)]
    mail: MailConfig,

    #[command(flatten)]
    webhooks: WebhookConfig,

    #[command(flatten)]
    einvoices: EinvoiceConfig,
}

/// The checked settings of `serve`.
#[derive(Debug, Clone)]
pub struct Serving {
    /// The database.
    pub target: Target,
    /// Where files are kept.
    pub data_dir: PathBuf,
    pub listen: SocketAddr,
    /// The address people use.
    pub public_url: Option<Url>,
    /// Browsers stay with https for hosts below the public address, too.
    pub hsts_subdomains: bool,
    /// Passwords that nobody may choose.
    pub breached: Option<Breached>,
    /// Whom to believe where requests come from; nothing where a proxy that isn't named must stand before the portal.
    pub proxies: Option<Vec<Network>>,
    /// Where to serve metrics, and to whom.
    pub metrics: Option<Metrics>,
    /// Where traces go.
    pub tracing: Option<Tracing>,
    /// How long requests are taken after the end was asked for.
    pub drain: Duration,
    /// Requests a second and person; 0 = no limit.
    pub rate_limit: u32,
    /// True when this node sends mails and does the housekeeping.
    pub worker: bool,
    /// Connections to the database; 0 = automatic.
    pub database_connections: usize,
    /// How people prove who they are.
    pub sign_in: SignIn,
    /// How mails leave.
    pub mailing: Mailing,
    /// Where webhooks may go beside the internet.
    pub webhook_hosts: Hosts,
    /// Where e-invoices are left for an access point.
    pub einvoice_dir: Option<PathBuf>,
}

impl Serving {
    /// What whoever runs the portal is told at each start: what these settings leave unguarded.
    pub fn warnings(&self) -> Vec<&'static str> {
        let is_nearby = self.public_url.as_ref().is_none_or(is_loopback);
        let by_password =
            "nobody must have a second factor (--require-mfa staff or all): whoever learns a password signs in";
        let in_clear = "metrics are served beyond this machine without TLS: their token is for a network of your own";
        let is_far = |metrics: &Metrics| !metrics.listen.ip().is_loopback();
        let by_password = (!is_nearby && self.sign_in.require_mfa.is_none()).then_some(by_password);
        let in_clear = self.metrics.as_ref().is_some_and(is_far).then_some(in_clear);
        by_password.into_iter().chain(in_clear).collect()
    }
}

/// Who may reach what is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Audience {
    /// Whoever the network lets through; passwords then need TLS.
    World,
    /// Only programs of this machine.
    ThisMachine,
}

/// Everything that is wrong with the settings, a line each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct Problems(pub Vec<String>);

impl ServeConfig {
    /// The settings as values, or everything that is wrong with them.
    pub fn check(&self, config: &Config) -> Result<Serving, Problems> {
        self.check_for(config, Audience::World)
    }

    /// The same for what must be seen on this machine alone, whatever stands before it.
    pub fn check_on_loopback(&self, config: &Config) -> Result<Serving, Problems> {
        self.check_for(config, Audience::ThisMachine)
    }

    fn check_for(&self, config: &Config, audience: Audience) -> Result<Serving, Problems> {
        let mut problems = Vec::new();
        let mut keep = |problem: String| problems.push(problem);
        let target = config
            .target()
            .map_err(|found| found.0.into_iter().for_each(&mut keep))
            .ok();
        let public_url = self
            .public_url
            .as_deref()
            .and_then(|text| public_url(text).map_err(|why| keep(format!("--public-url {why}"))).ok());
        let listen = address(&self.listen)
            .map_err(|why| keep(format!("--listen {why}")))
            .ok();
        let metrics = self.metrics.check(&mut keep);
        let tracing = self.tracing.check(&mut keep);
        let drain = drain(&self.drain_seconds)
            .map_err(|why| keep(format!("--drain-seconds {why}")))
            .unwrap_or_default();
        let sign_in = self.sign_in.check(&mut keep);
        let rate_limit = number(&self.rate_limit)
            .map_err(|why| keep(format!("--rate-limit {why}")))
            .ok();
        let connections = number::<u16>(&self.database_connections)
            .map_err(|why| keep(format!("--database-connections {why}")))
            .ok();
        let mut named = Vec::new();
        let listed = self.trusted_proxies.as_deref().unwrap_or_default();
        for text in listed.split(',').map(str::trim).filter(|text| !text.is_empty()) {
            match text.parse::<Network>() {
                Ok(network) if network.is_everybody() => keep(format!(
                    "--trusted-proxies {text} names everybody: whoever calls could then say from where; name the networks of the proxies, such as 10.0.0.0/8, or leave it out"
                )),
                Ok(network) => named.push(network),
                Err(why) => keep(format!("--trusted-proxies {why}")),
            }
        }
        // Beyond this machine people come by TLS, which the portal leaves to a proxy.
        let is_nearby = public_url.as_ref().is_none_or(is_loopback);
        let proxies = Some(named).filter(|named| is_nearby || !named.is_empty());
        let breached = self.sign_in.breached(&mut keep);
        let mailing = self.mail.check(config, &mut keep);
        let webhook_hosts = self.webhooks.check(&mut keep);
        let einvoice_dir = self.einvoices.check(&mut keep);
        let is_https = public_url.as_ref().is_some_and(|url| url.scheme() == "https");
        if listen.is_some_and(|listen| !listen.ip().is_loopback()) {
            let remedy = match audience {
                Audience::World if is_https => None,
                Audience::World => Some("put it behind TLS and name the address with --public-url https://…"),
                Audience::ThisMachine => Some("its passwords are known to everybody; choose one like 127.0.0.1:8080"),
            };
            if let Some(remedy) = remedy {
                keep(format!(
                    "--listen {} can be reached from outside: {remedy}",
                    self.listen
                ));
            }
        }
        match (target, listen, rate_limit, connections, mailing) {
            (Some(target), Some(listen), Some(rate_limit), Some(connections), Some(mailing)) if problems.is_empty() => {
                Ok(Serving {
                    target,
                    data_dir: config.data_dir().to_owned(),
                    listen,
                    public_url,
                    hsts_subdomains: self.hsts_subdomains,
                    breached,
                    proxies,
                    metrics,
                    tracing,
                    drain,
                    rate_limit,
                    worker: !self.no_worker,
                    database_connections: usize::from(connections),
                    sign_in,
                    mailing,
                    webhook_hosts,
                    einvoice_dir,
                })
            }
            _ => Err(Problems(problems)),
        }
    }
}

#[cfg(test)]
mod tests;
