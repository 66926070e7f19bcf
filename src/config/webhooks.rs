//! Where webhooks may go.

use crate::outbound::Hosts;

/// Hosts that every portal may be told of.
#[derive(Debug, Clone, clap::Args)]
pub struct WebhookConfig {
    /// Hosts to which webhooks may be sent whatever their address, by http too, by commas: HOST or HOST:PORT. Others must be
    /// reached by https at a public address
    #[arg(long, env = "PORTAL_WEBHOOK_HOSTS", value_name = "HOSTS")]
    webhook_hosts: Option<String>,
}

impl WebhookConfig {
    /// The hosts, or what is wrong with them is kept.
    pub(super) fn check(&self, keep: &mut impl FnMut(String)) -> Hosts {
        let parsed = Hosts::parse(self.webhook_hosts.as_deref().unwrap_or_default());
        parsed.unwrap_or_else(|why| {
            keep(format!("--webhook-hosts {why}"));
            Hosts::default()
        })
    }
}
