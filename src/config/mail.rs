//! The settings of mails and of the worker that sends them.

use std::fmt;
use std::path::PathBuf;

use url::Url;

use super::{
    Config, EinvoiceConfig, Metrics, MetricsConfig, Problems, Tracing, TracingConfig, WebhookConfig, number, public_url,
};
use crate::db::Target;
use crate::mail::{SmtpServer, parse_mail_address, parse_smtp_url};
use crate::outbound::Hosts;

/// How many attempts a mail may have.
const ATTEMPTS_MAX: i32 = 100;

/// What `serve` and `worker` take about mails.
#[derive(Clone, clap::Args)]
#[command(next_help_heading = "Mails")]
pub struct MailConfig {
    /// The server mails leave by: smtp://user:password@host:587?tls=required or smtps://… [default: files in DATA_DIR/mail]
    #[arg(long, env = "PORTAL_SMTP_URL", value_name = "URL", hide_env_values = true)]
    smtp_url: Option<String>,

    /// The address mails come from [default: the supplier's]
    #[arg(long, env = "PORTAL_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,

    /// After how many failed attempts a mail is given up
    #[arg(long, env = "PORTAL_MAIL_ATTEMPTS", value_name = "N", default_value = "12")]
    mail_attempts: String,
}

/// Without the server's password.
impl fmt::Debug for MailConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let server = self.smtp_url.as_deref().map(|url| parse_smtp_url(url).ok());
        f.debug_struct("MailConfig")
            .field("smtp_url", &server)
            .field("mail_from", &self.mail_from)
            .field("mail_attempts", &self.mail_attempts)
            .finish()
    }
}

/// The checked settings of mails.
#[derive(Debug, Clone)]
pub struct Mailing {
    /// The way they leave.
    pub way: Way,
    /// The address they come from.
    pub from: Option<String>,
    /// After how many failed attempts one is given up.
    pub attempts_max: i32,
}

/// The way mails leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Through this server.
    Smtp(SmtpServer),
    /// As files in this folder.
    Directory(PathBuf),
}

impl MailConfig {
    /// The settings as values; tells `keep` what is wrong with them.
    pub(super) fn check(&self, config: &Config, keep: &mut impl FnMut(String)) -> Option<Mailing> {
        let way = match self.smtp_url.as_deref() {
            None => Some(Way::Directory(config.data_dir().join("mail"))),
            Some(url) => match parse_smtp_url(url) {
                Ok(server) => Some(Way::Smtp(server)),
                Err(why) => {
                    // Never the URL itself: it may hold a password.
                    keep(format!("--smtp-url {why}"));
                    None
                }
            },
        };
        let mut is_good = true;
        if let Some(text) = self.mail_from.as_deref()
            && parse_mail_address(text).is_err()
        {
            keep(format!("--mail-from {text} is not a mail address"));
            is_good = false;
        }
        let attempts_max = match number::<i32>(&self.mail_attempts) {
            Ok(attempts) if (1..=ATTEMPTS_MAX).contains(&attempts) => Some(attempts),
            _ => {
                keep(format!(
                    "--mail-attempts {} is not from 1 to {ATTEMPTS_MAX}",
                    self.mail_attempts
                ));
                None
            }
        };
        is_good.then_some(())?;
        Some(Mailing {
            way: way?,
            from: self.mail_from.clone(),
            attempts_max: attempts_max?,
        })
    }
}

/// What `worker` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct WorkerConfig {
    /// Under which address people reach the portal; links in mails lead there [default: http://127.0.0.1:8080]
    #[arg(long, env = "PORTAL_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,

    /// Connections to the database; 0 = as many as suit the cores
    #[arg(long, env = "PORTAL_DATABASE_CONNECTIONS", value_name = "N", default_value = "0")]
    database_connections: String,

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

/// The checked settings of `worker`.
#[derive(Debug, Clone)]
pub struct Working {
    /// The database.
    pub target: Target,
    /// The address people use.
    pub public_url: Url,
    /// Where to serve metrics, and to whom.
    pub metrics: Option<Metrics>,
    /// Where traces go.
    pub tracing: Option<Tracing>,
    /// Connections to the database; 0 = automatic.
    pub database_connections: usize,
    /// How mails leave.
    pub mailing: Mailing,
    /// Where webhooks may go beside the internet.
    pub webhook_hosts: Hosts,
    /// Where e-invoices are left for an access point.
    pub einvoice_dir: Option<PathBuf>,
}

impl WorkerConfig {
    /// The settings as values, or everything that is wrong with them.
    pub fn check(&self, config: &Config) -> Result<Working, Problems> {
        const NEARBY: &str = "http://127.0.0.1:8080";
        let mut problems = Vec::new();
        let mut keep = |problem: String| problems.push(problem);
        let target = config
            .target()
            .map_err(|found| found.0.into_iter().for_each(&mut keep))
            .ok();
        let url = public_url(self.public_url.as_deref().unwrap_or(NEARBY))
            .map_err(|why| keep(format!("--public-url {why}")))
            .ok();
        let metrics = self.metrics.check(&mut keep);
        let tracing = self.tracing.check(&mut keep);
        let connections = number::<u16>(&self.database_connections)
            .map_err(|why| keep(format!("--database-connections {why}")))
            .ok();
        let mailing = self.mail.check(config, &mut keep);
        let webhook_hosts = self.webhooks.check(&mut keep);
        let einvoice_dir = self.einvoices.check(&mut keep);
        match (target, url, connections, mailing) {
            (Some(target), Some(public_url), Some(connections), Some(mailing)) if problems.is_empty() => Ok(Working {
                target,
                public_url,
                metrics,
                tracing,
                database_connections: usize::from(connections),
                mailing,
                webhook_hosts,
                einvoice_dir,
            }),
            _ => Err(Problems(problems)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        config: Config,
        #[command(flatten)]
        worker: WorkerConfig,
    }

    fn check(arguments: &[&str]) -> Result<Working, Problems> {
        let command = Command::parse_from([&["portal"], arguments].concat());
        command.worker.check(&command.config)
    }

    #[test]
    fn without_a_server_mails_become_files() {
        let working = check(&["--data-dir=/tmp/x"]).expect("the defaults are good");
        assert_eq!(working.mailing.way, Way::Directory(PathBuf::from("/tmp/x/mail")));
        assert_eq!((working.mailing.from, working.mailing.attempts_max), (None, 12));
        assert_eq!(working.public_url.as_str(), "http://127.0.0.1:8080/");
    }

    #[test]
    fn every_problem_is_told_at_once_and_no_password() {
        let problems = check(&[
            "--smtp-url=smtp://u:secret@mail.example?tls=none",
            "--mail-from=nobody",
            "--mail-attempts=0",
            "--public-url=ftp://x",
            "--database-connections=many",
            "--metrics-listen=x",
            "--database-url=mysql://x",
            "--webhook-hosts=a b",
            "--einvoice-dir=/there/is/no/such/folder",
        ])
        .expect_err("all wrong");
        assert_eq!(problems.0.len(), 9, "{problems}");
        assert!(!problems.to_string().contains("secret"), "{problems}");
    }

    #[test]
    fn the_password_is_not_printed() {
        let command = Command::parse_from(["portal", "--smtp-url=smtps://u:secret@mail.example"]);
        let working = command.worker.check(&command.config).expect("good");
        assert!(!format!("{:?} {working:?}", command.worker).contains("secret"));
    }
}
