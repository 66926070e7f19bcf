//! The client that posts to other people's servers. It resolves a name once, takes only checked addresses, and connects to
//! those; it follows no redirect, knows no proxy and no cookie, unpacks nothing, and reads little of an answer.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use rustls::{ClientConfig, RootCertStore};

use super::addresses::is_public;
use super::hosts::Hosts;
use crate::error::{Error, Result};
use crate::names::names;
use crate::traces;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// From the first look-up to the last byte of the answer.
pub const TIMEOUT: Duration = Duration::from_secs(20);
/// Bytes that are read of an answer.
const ANSWER_BYTES_MAX: usize = 64 * 1024;
/// Connections to one host that are kept for the next request.
const IDLE_CONNECTIONS_MAX: usize = 8;
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

names! {
    /// Why an attempt to send something came to nothing.
    pub enum Failure as WebhookFailure {
        /// The URL, or what its name leads to, may not be reached.
        Refused = "refused",
        /// Nothing is known by this name, or nobody answers there.
        NoConnection = "no_connection",
        /// No trusted certificate, or no common way to encrypt.
        Tls = "tls",
        /// The connection or the answer took too long.
        TimedOut = "timed_out",
        /// The connection ended before the answer did.
        Broken = "broken",
        /// It answered with another status than 2xx.
        Status = "status",
    }
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// `Retry-After`, as it was sent.
    pub retry_after: Option<String>,
    /// The beginning of the body.
    pub body: Vec<u8>,
}

/// Answers what a name leads to.
type Look = dyn Fn(&str) -> Vec<IpAddr> + Send + Sync;

/// Who knows names.
#[derive(Clone)]
pub enum Names {
    /// The machine's resolver.
    System,
    /// A list of a test.
    Scripted(Arc<Look>),
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "System",
            Self::Scripted(_) => "Scripted",
        })
    }
}

/// A name led to an address that may not be reached.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to an address that may not be reached")]
struct Forbidden;

/// Looks names up and lets pass only what may be reached. One bad address spoils the answer: which one a connection
/// would take is not for whoever answers to decide.
#[derive(Debug, Clone)]
struct Guard {
    hosts: Arc<Hosts>,
    names: Names,
}

impl Guard {
    async fn look_up(self, name: String) -> Result<Vec<SocketAddr>, Box<dyn std::error::Error + Send + Sync>> {
        let found: Vec<SocketAddr> = match &self.names {
            Names::System => tokio::net::lookup_host((name.as_str(), 0)).await?.collect(),
            Names::Scripted(look) => look(&name).into_iter().map(|ip| SocketAddr::new(ip, 0)).collect(),
        };
        let is_free = self.hosts.has_name(name.trim_end_matches('.'));
        if !is_free && !found.iter().all(|address| is_public(address.ip())) {
            return Err(Box::new(Forbidden));
        }
        if found.is_empty() {
            return Err(Box::new(io::Error::from(io::ErrorKind::NotFound)));
        }
        Ok(found)
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, name) = (self.clone(), name.as_str().to_owned());
        Box::pin(async move {
            let found: Addrs = Box::new(guard.look_up(name).await?.into_iter());
            Ok(found)
        })
    }
}

/// Posts to other people's servers. Clones share their connections.
#[derive(Debug, Clone)]
pub struct Courier {
    client: reqwest::Client,
    hosts: Arc<Hosts>,
}

impl Courier {
    /// A courier that also reaches the named hosts.
    pub fn new(hosts: Hosts, names: Names) -> Result<Self> {
        let hosts = Arc::new(hosts);
        let guard = Guard {
            hosts: hosts.clone(),
            names,
        };
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls()?)
            .dns_resolver(Arc::new(guard))
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .http1_only()
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_max_idle_per_host(IDLE_CONNECTIONS_MAX)
            .user_agent(concat!("portal-webhooks/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(Error::internal)?;
        Ok(Self { client, hosts })
    }

    /// Posts a JSON body. The URL is checked anew: an address in it never meets a resolver, and the operator may have
    /// taken a host off the list since it was stored.
    pub async fn post(&self, url: &str, headers: &[(&'static str, String)], body: String) -> Result<Answer, Failure> {
        self.post_as("application/json", url, headers, body).await
    }

    /// The same with a body of XML.
    pub async fn post_xml(&self, url: &str, body: String) -> Result<Answer, Failure> {
        self.post_as("text/xml; charset=UTF-8", url, &[], body).await
    }

    async fn post_as(
        &self,
        media_type: &str,
        url: &str,
        headers: &[(&'static str, String)],
        body: String,
    ) -> Result<Answer, Failure> {
        let url = self.hosts.check(url).map_err(|why| {
            tracing::debug!(%why, "a webhook's URL is not taken");
            Failure::Refused
        })?;
        let mut request = self.client.post(url).header("content-type", media_type);
        if let Some(context) = traces::current() {
            request = request.header("traceparent", context.to_string());
        }
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let mut response = request.body(body).send().await.map_err(|error| failure(&error))?;
        let retry_after = response.headers().get("retry-after");
        let mut answer = Answer {
            status: response.status().as_u16(),
            retry_after: retry_after.and_then(|value| value.to_str().ok()).map(str::to_owned),
            body: Vec::new(),
        };
        // Who answered has the event, whatever becomes of the rest.
        while answer.body.len() < ANSWER_BYTES_MAX
            && let Ok(Some(chunk)) = response.chunk().await
        {
            let room = ANSWER_BYTES_MAX - answer.body.len();
            answer.body.extend(chunk.iter().take(room));
        }
        Ok(answer)
    }
}

/// A client for what the operator names: a collector, the portal's own address. It follows no redirect and knows no proxy.
pub fn plain_client() -> Result<reqwest::Client> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls()?)
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TIMEOUT)
        .user_agent(concat!("portal/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(Error::internal)
}

/// Certificates are checked against the machine's authorities.
pub fn tls() -> Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    let (added, _) = roots.add_parsable_certificates(found.certs);
    if added == 0 {
        tracing::warn!("this machine has no list of certificate authorities: webhooks by https will fail");
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(Error::internal)?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// Inside an error of reading and writing, which may stand in another one, the cause is not its source.
fn is_of_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let inside = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    error.is::<rustls::Error>() || inside.is_some_and(|inside| is_of_tls(inside))
}

fn failure(error: &reqwest::Error) -> Failure {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    let (mut is_forbidden, mut is_tls) = (false, false);
    while let Some(inner) = cause {
        is_forbidden |= inner.is::<Forbidden>();
        is_tls |= is_of_tls(inner);
        cause = inner.source();
    }
    match () {
        () if is_forbidden => Failure::Refused,
        () if is_tls => Failure::Tls,
        () if error.is_timeout() => Failure::TimedOut,
        () if error.is_connect() => Failure::NoConnection,
        () => Failure::Broken,
    }
}
