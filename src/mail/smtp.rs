//! Sending through an SMTP server.
//!
//! A passed password must not travel in the clear, so TLS is required unless the server is this machine or the operator
//! says otherwise, and without TLS no password is sent to another machine.

use std::fmt;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::compose::Composed;
use super::mailer::SendError;
use crate::error::{Error, Result};

/// Each step of the conversation may take this long; the whole is bounded by [`Smtp::timeout`].
const STEP_TIMEOUT: Duration = Duration::from_secs(20);
/// A worker sends one mail after the other; the second connection is for the moment after a failed one.
const CONNECTIONS_MAX: u32 = 2;
const SUBMISSION_PORT: u16 = 587;
const SUBMISSIONS_PORT: u16 = 465;

/// Replies that concern us and not the message: closing down, sign-in refused.
const NOT_ABOUT_THE_MESSAGE: [u16; 6] = [421, 454, 530, 534, 535, 538];

/// How the conversation is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// TLS from the first byte.
    Wrapped,
    /// STARTTLS or nothing.
    Required,
    /// STARTTLS where the server offers it.
    Opportunistic,
    /// In the clear.
    None,
}

/// Where and how to send, from a URL.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpServer {
    host: String,
    port: u16,
    protection: Protection,
    credentials: Option<(String, String)>,
}

/// Reads `smtp://user:password@host:587?tls=required|opportunistic|none` or `smtps://…`.
pub fn parse_smtp_url(text: &str) -> Result<SmtpServer, String> {
    let url = Url::parse(text).map_err(|error| format!("is not a URL: {error}"))?;
    let wrapped = match url.scheme() {
        "smtp" => false,
        "smtps" => true,
        _ => return Err("must start with smtp:// or smtps://".to_owned()),
    };
    let host = url
        .host_str()
        .filter(|host| !host.is_empty())
        .ok_or("names no server")?;
    if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
        return Err("ends after the port, but for ?tls=…".to_owned());
    }
    let is_here = is_loopback(host);
    let mut protection = match (wrapped, is_here) {
        (true, _) => Protection::Wrapped,
        (false, true) => Protection::None,
        (false, false) => Protection::Required,
    };
    for (name, value) in url.query_pairs() {
        protection = match (&*name, &*value) {
            ("tls", _) if wrapped => return Err("with smtps:// is always protected; leave ?tls= out".to_owned()),
            ("tls", "required") => Protection::Required,
            ("tls", "opportunistic") => Protection::Opportunistic,
            ("tls", "none") => Protection::None,
            ("tls", _) => return Err("knows tls=required, tls=opportunistic and tls=none".to_owned()),
            _ => return Err(format!("does not know the parameter {name}")),
        };
    }
    let decode = |text: &str| {
        let text = percent_decode_str(text).decode_utf8();
        text.map(String::from)
            .ok()
            .ok_or_else(|| "holds a user or password that is not UTF-8".to_owned())
    };
    let credentials = match (url.username(), url.password()) {
        ("", None) => None,
        (user, Some(password)) if !user.is_empty() => Some((decode(user)?, decode(password)?)),
        _ => return Err("needs both a user and a password, or neither".to_owned()),
    };
    if !is_here && protection == Protection::None {
        return Err(
            "would send mails in the clear to another machine; use tls=required or tls=opportunistic".to_owned(),
        );
    }
    if !is_here && protection == Protection::Opportunistic && credentials.is_some() {
        return Err("would send the password in the clear where TLS is not offered; use tls=required".to_owned());
    }
    let usual_port = if wrapped { SUBMISSIONS_PORT } else { SUBMISSION_PORT };
    Ok(SmtpServer {
        host: host.to_owned(),
        port: url.port().unwrap_or(usual_port),
        protection,
        credentials,
    })
}

fn is_loopback(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Err(_) => false,
    }
}

/// Without user and password.
impl fmt::Display for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.protection {
            Protection::Wrapped => "smtps",
            _ => "smtp",
        };
        let who = if self.credentials.is_some() { "***@" } else { "" };
        write!(f, "{scheme}://{who}{}:{}", self.host, self.port)
    }
}

impl fmt::Debug for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} ({:?})", self.protection)
    }
}

/// An SMTP server with its connections.
pub struct Smtp {
    server: SmtpServer,
    timeout: Duration,
    transport: RwLock<AsyncSmtpTransport<Tokio1Executor>>,
}

impl Smtp {
    /// Connects to nothing yet.
    pub fn new(server: SmtpServer, timeout: Duration) -> Result<Self> {
        let transport = RwLock::new(server.transport()?);
        Ok(Self {
            server,
            timeout,
            transport,
        })
    }

    /// How long a mail may take.
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// Sends a mail; the server has taken it when this returns.
    pub async fn send(&self, mail: &Composed) -> Result<(), SendError> {
        let transport = self.transport.read().unwrap_or_else(PoisonError::into_inner).clone();
        let sent = transport.send_raw(&mail.envelope, &mail.bytes).await;
        // The pool takes a connection back in a task of its own; the next mail is to find it there.
        tokio::task::yield_now().await;
        sent.map(drop).map_err(explained)
    }

    /// Drops every connection: one that was left amid a mail would take what follows for the rest of it.
    pub fn reset(&self) -> Result<()> {
        *self.transport.write().unwrap_or_else(PoisonError::into_inner) = self.server.transport()?;
        Ok(())
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.server.fmt(f)
    }
}

impl SmtpServer {
    /// Where it is.
    pub fn place(&self) -> (&str, u16) {
        (&self.host, self.port)
    }

    /// How the conversation is protected.
    pub fn protection(&self) -> Protection {
        self.protection
    }

    /// Connects, protects the connection and signs in, and sends nothing.
    pub async fn greet(&self) -> Result<(), SendError> {
        let transport = self
            .transport()
            .map_err(|error| SendError::Unreachable(error.to_string()))?;
        match transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(SendError::Unreachable("it hung up".to_owned())),
            Err(error) => Err(explained(error)),
        }
    }

    fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>> {
        let parameters = || TlsParameters::new(self.host.clone()).map_err(Error::internal);
        let tls = match self.protection {
            Protection::Wrapped => Tls::Wrapper(parameters()?),
            Protection::Required => Tls::Required(parameters()?),
            Protection::Opportunistic => Tls::Opportunistic(parameters()?),
            Protection::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.host)
            .port(self.port)
            .tls(tls)
            .timeout(Some(STEP_TIMEOUT))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS_MAX));
        if let Some((user, password)) = &self.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(builder.build())
    }
}

fn explained(error: lettre::transport::smtp::Error) -> SendError {
    let text = error.to_string();
    match error.status().map(u16::from) {
        Some(code) if !NOT_ABOUT_THE_MESSAGE.contains(&code) => SendError::Refused(text),
        _ => SendError::Unreachable(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_server_port_and_protection() {
        for (url, host, port, protection) in [
            ("smtp://mail.example", "mail.example", 587, Protection::Required),
            (
                "smtp://mail.example:25?tls=opportunistic",
                "mail.example",
                25,
                Protection::Opportunistic,
            ),
            ("smtps://u:p@mail.example", "mail.example", 465, Protection::Wrapped),
            ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, Protection::None),
            ("smtp://[::1]:2525/", "[::1]", 2525, Protection::None),
            ("smtp://localhost?tls=required", "localhost", 587, Protection::Required),
        ] {
            let server = parse_smtp_url(url).unwrap_or_else(|why| panic!("{url} {why}"));
            let read = (server.host.as_str(), server.port, server.protection);
            assert_eq!(read, (host, port, protection), "{url}");
        }
    }

    #[test]
    fn a_url_that_is_wrong_or_unsafe_is_refused() {
        for url in [
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://mail.example?tls=none",
            "smtp://u:p@mail.example?tls=opportunistic",
            "smtp://mail.example?tls=maybe",
            "smtp://mail.example?timeout=3",
            "smtps://mail.example?tls=none",
            "smtp://user@mail.example",
            "smtp://:p@mail.example",
            "smtp://mail.example/inbox",
        ] {
            assert!(parse_smtp_url(url).is_err(), "{url}");
        }
    }

    // The pool of connections must not be dropped outside a runtime.
    #[tokio::test]
    async fn user_and_password_are_decoded_and_never_printed() {
        let server = parse_smtp_url("smtp://me%40x:se%3Acret@mail.example").expect("good");
        assert_eq!(server.credentials, Some(("me@x".to_owned(), "se:cret".to_owned())));
        let printed = format!(
            "{server} {server:?} {:?}",
            Smtp::new(server.clone(), STEP_TIMEOUT).expect("no network")
        );
        assert!(!printed.contains("cret") && !printed.contains("me@x"), "{printed}");
    }
}
