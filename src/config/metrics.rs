//! Where metrics are served, and to whom.

use std::fmt;
use std::net::SocketAddr;

use super::address;

/// A token that is shorter can be guessed.
const TOKEN_BYTES_MIN: usize = 16;

/// What every command that serves metrics takes.
#[derive(Debug, Clone, clap::Args)]
pub struct MetricsConfig {
    /// Where to serve metrics for Prometheus [default: nowhere]
    #[arg(long, env = "PORTAL_METRICS_LISTEN", value_name = "ADDRESS")]
    metrics_listen: Option<String>,

    /// What Prometheus must send as bearer token; needed where metrics are served beyond loopback
    #[arg(long, env = "PORTAL_METRICS_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    metrics_token: Option<Secret>,
}

/// The checked settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    /// Where to serve them.
    pub listen: SocketAddr,
    /// The bearer token that must be sent.
    pub token: Option<Secret>,
}

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl MetricsConfig {
    /// The settings as values; what is wrong with them goes to `keep`.
    pub(super) fn check(&self, keep: &mut impl FnMut(String)) -> Option<Metrics> {
        if self
            .metrics_token
            .as_ref()
            .is_some_and(|token| token.0.len() < TOKEN_BYTES_MIN)
        {
            keep(format!("--metrics-token is shorter than {TOKEN_BYTES_MIN} characters"));
        }
        let text = self.metrics_listen.as_deref()?;
        let listen = address(text)
            .map_err(|why| keep(format!("--metrics-listen {why}")))
            .ok()?;
        if !listen.ip().is_loopback() && self.metrics_token.is_none() {
            keep(format!(
                "--metrics-listen {text} can be reached from outside: name a token with --metrics-token"
            ));
        }
        Some(Metrics {
            listen,
            token: self.metrics_token.clone(),
        })
    }
}
