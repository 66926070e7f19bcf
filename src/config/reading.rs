//! The texts of settings as values.

use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Duration;

use url::Url;

pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    let wrong = || format!("{text} is not an address like 127.0.0.1:8080");
    text.to_socket_addrs()
        .ok()
        .and_then(|mut all| all.next())
        .ok_or_else(wrong)
}

pub(super) fn public_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("{text} is not a URL: {error}"))?;
    match url.scheme() {
        "http" | "https" if url.has_host() => Ok(url),
        _ => Err(format!("{text} must start with https:// or http://")),
    }
}

pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// Longer than any balancer needs.
const DRAIN_S_MAX: u64 = 600;

pub(super) fn drain(text: &str) -> Result<Duration, String> {
    let seconds = number::<u64>(text)?;
    match seconds <= DRAIN_S_MAX {
        true => Ok(Duration::from_secs(seconds)),
        false => Err(format!("{text} is more than {DRAIN_S_MAX}")),
    }
}

pub(super) fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse()
        .ok()
        .ok_or_else(|| format!("{text} is not a number that fits"))
}
