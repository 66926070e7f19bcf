//! What a set-up may hold, where a basket may go back to, how prices and quantities are written.
//!
//! - [`lines`]: which line of ours is which of the buyer's; [`prices`]: a price as each protocol has it

#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod lines;
pub mod prices;

use std::net::IpAddr;

use url::{Host, Url};

use crate::names::names;
pub use crate::names::states::PunchoutSending as Sending;

/// Days that documents are kept.
pub const KEPT_DAYS: i64 = 400;
/// Documents that are taken of an account in a minute.
pub const DOCUMENTS_A_MINUTE: i64 = 300;
/// Minutes in which a link opens its session.
pub const START_MINUTES: i64 = 5;
/// Hours that a session lasts at most.
pub const SESSION_HOURS: i64 = 8;
/// Lines of a basket.
pub const LINES_MAX: usize = 500;
/// Hosts, frames and rows of a map at most.
pub const ROWS_MAX: usize = 500;
/// Characters of a code, an identity, a host.
pub const CODE_CHARS_MAX: usize = 200;
/// Characters of a document that are kept.
pub const DOCUMENT_CHARS_KEPT: usize = 300_000;

names! {
    /// Whether what comes is real.
    #[derive(Default)]
    pub enum Mode as PunchoutMode {
        #[default]
        Test = "test",
        Production = "production",
    }
}

names! {
    /// How the basket is packed into the form that brings it back.
    #[derive(Default)]
    pub enum Transport as PunchoutTransport {
        #[default]
        Base64 = "base64",
        Urlencoded = "urlencoded",
    }
}

names! {
    /// What a session speaks.
    pub enum Protocol as PunchoutProtocol {
        Cxml = "cxml",
        Oci = "oci",
    }
}

names! {
    /// What a session is for.
    pub enum Operation as PunchoutOperation {
        /// A new basket.
        Create = "create",
        /// One that was taken back before.
        Edit = "edit",
        /// Looking, nothing else.
        Inspect = "inspect",
    }
}

names! {
    /// How a session ended.
    pub enum Ended as PunchoutEnded {
        Returned = "returned",
        Cancelled = "cancelled",
    }
}

names! {
    /// Signs of the form that brings a basket back by OCI.
    #[derive(Default)]
    pub enum Charset as PunchoutCharset {
        #[default]
        Utf8 = "utf-8",
        Latin1 = "iso-8859-1",
    }
}

names! {
    /// Which way a document went.
    pub enum Direction as PunchoutDirection {
        In = "in",
        Out = "out",
    }
}

/// A text from outside as every database keeps it.
pub fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// A credential as it is compared: domains in any case, identities exactly.
pub fn credential_key(domain: &str, identity: &str) -> String {
    format!("{}\n{}", domain.trim().to_lowercase(), identity.trim())
}

/// True for this machine, under whichever name.
fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
        Host::Ipv4(address) => IpAddr::V4(*address).is_loopback(),
        Host::Ipv6(address) => IpAddr::V6(*address).is_loopback(),
    }
}

/// The address a basket may go back to: https, or http on this machine; one of these hosts, at the port that is named
/// with it or the usual one; nothing hidden in it.
pub fn return_url(text: &str, hosts: &[String]) -> Option<Url> {
    if text.chars().count() > 2_000
        || text
            .chars()
            .any(|sign| sign.is_whitespace() || sign.is_control() || sign == '\\')
    {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let host = url.host()?;
    let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&host));
    let is_plain = url.username().is_empty() && url.password().is_none();
    let name = url.host_str()?.to_lowercase();
    let with_port = url.port().map(|port| format!("{name}:{port}"));
    let is_known = hosts.iter().any(|known| {
        let known = known.trim().to_lowercase();
        match &with_port {
            Some(with_port) => known == *with_port,
            None => known == name,
        }
    });
    (is_safe && is_plain && is_known).then_some(url)
}

/// True for `erp.example` and `erp.example:8443`.
pub fn is_host(text: &str) -> bool {
    let Ok(url) = Url::parse(&format!("https://{text}/")) else {
        return false;
    };
    let is_bare = url.path() == "/" && url.query().is_none() && url.username().is_empty() && !text.contains(['/', '@']);
    is_bare && text.chars().count() <= CODE_CHARS_MAX && url.host_str().is_some_and(|host| !host.is_empty())
}

/// True for what `frame-ancestors` takes: `https://erp.example`, `https://*.erp.example`, http on this machine alone.
pub fn is_frame(text: &str) -> bool {
    let plain = text.replacen("://*.", "://", 1);
    let Some((scheme, host)) = plain.split_once("://") else {
        return false;
    };
    let Ok(url) = Url::parse(&plain) else { return false };
    let is_safe = scheme == "https" || (scheme == "http" && url.host().is_some_and(|host| is_loopback(&host)));
    let is_word = |sign: char| sign.is_ascii_alphanumeric() || "-.:[]".contains(sign);
    is_safe && is_host(host) && host.chars().all(is_word)
}

/// The first so many characters, cut between two of them.
pub fn cut(text: &str, chars_max: usize) -> &str {
    match text.char_indices().nth(chars_max) {
        Some((end, _)) => text.get(..end).unwrap_or_default(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basket_goes_back_to_known_hosts_alone() {
        let hosts = [
            "erp.example".to_owned(),
            "test.example:8443".to_owned(),
            "127.0.0.1:9000".to_owned(),
        ];
        for taken in [
            "https://erp.example/back?x=1",
            "https://ERP.example/back",
            "https://test.example:8443/",
            "http://127.0.0.1:9000/back",
        ] {
            assert!(return_url(taken, &hosts).is_some(), "{taken}");
        }
        for refused in [
            "http://erp.example/back",
            "https://erp.example:8443/back",
            "https://test.example/",
            "https://erp.example.evil.example/",
            "https://erp.example@evil.example/",
            "https://evil.example/#erp.example",
            "https://user:pw@erp.example/",
            "javascript:alert(1)",
            "//erp.example/",
            "https://erp.example\\@evil.example/",
            "",
        ] {
            assert!(return_url(refused, &hosts).is_none(), "{refused}");
        }
    }

    #[test]
    fn frames_and_hosts_are_what_they_seem() {
        for good in [
            "https://erp.example",
            "https://*.erp.example",
            "https://erp.example:8443",
            "http://localhost:9000",
        ] {
            assert!(is_frame(good), "{good}");
        }
        for bad in [
            "*",
            "https://*",
            "http://erp.example",
            "https://erp.example/x",
            "https://a;b",
            "'self'",
            "https:",
            "",
        ] {
            assert!(!is_frame(bad), "{bad}");
        }
        assert!(is_host("erp.example") && is_host("erp.example:8443"));
        assert!(
            !is_host("https://erp.example") && !is_host("a b") && !is_host("") && !is_host("a/b") && !is_host("u@h")
        );
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(cut("äöü", 2), "äö");
        assert_eq!(cut("äö", 2), "äö");
    }

    #[test]
    fn domains_are_compared_in_any_case() {
        assert_eq!(credential_key("DUNS", " 1a "), credential_key("duns", "1a"));
        assert_ne!(credential_key("DUNS", "1A"), credential_key("DUNS", "1a"));
    }
}
