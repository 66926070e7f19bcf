//! Which URLs are taken. What a name leads to is asked when something is sent; here it is the form that counts.

use std::net::IpAddr;

use url::{Host, Url};

use super::addresses::is_public;
use crate::names::names;

/// Ports of hosts that nobody has named.
const PORTS: [u16; 2] = [443, 8443];
/// A URL has at most so many characters.
pub const URL_CHARS_MAX: usize = 2_000;

names! {
    /// Why a URL is not taken.
    pub enum Refused as RefusedUrl {
        /// It can't be read as one, or only by guessing.
        Unreadable = "unreadable",
        NotHttps = "not_https",
        /// It holds a name or a password.
        Credentials = "credentials",
        /// It holds `#…`, which is never sent.
        Fragment = "fragment",
        /// Another port than 443 or 8443, or than those the host is named with.
        Port = "port",
        /// An address that is not the internet's, or the name of this machine or of one nearby.
        Address = "address",
    }
}

/// A host that the operator lets be reached, whatever its address.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    host: String,
    port: Option<u16>,
}

/// The hosts that the operator names: they may have any address, any port unless one is named, and need no TLS.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hosts(Vec<Named>);

impl Hosts {
    /// Reads `erp.example,10.1.2.3:8080,[fd00::1]:8443`; what is wrong with it otherwise.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(named).collect::<Result<_, _>>().map(Self)
    }

    /// The same and these too.
    #[must_use]
    pub fn and(mut self, more: &Self) -> Self {
        self.0.extend(more.0.iter().cloned());
        self
    }

    /// True for a host that is named, at this port.
    fn has(&self, host: &str, port: u16) -> bool {
        let is = |named: &Named| named.host == host && named.port.is_none_or(|own| own == port);
        self.0.iter().any(is)
    }

    /// True for a host that is named, at whichever port.
    pub fn has_name(&self, host: &str) -> bool {
        self.0.iter().any(|named| named.host == host)
    }

    /// The URL that is meant, if something may be sent there as far as its form tells.
    pub fn check(&self, text: &str) -> Result<Url, Refused> {
        // What a parser drops or mends, another one may read in another way.
        let is_plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control() && c != '\\');
        if !is_plain || text.chars().count() > URL_CHARS_MAX {
            return Err(Refused::Unreadable);
        }
        let url = Url::parse(text).ok().ok_or(Refused::Unreadable)?;
        let (_, rest) = text.split_once("://").ok_or(Refused::Unreadable)?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refused::NotHttps);
        }
        if authority.contains('@') || !url.username().is_empty() || url.password().is_some() {
            return Err(Refused::Credentials);
        }
        if url.fragment().is_some() {
            return Err(Refused::Fragment);
        }
        let host = url.host().ok_or(Refused::Unreadable)?;
        let port = url.port_or_known_default().ok_or(Refused::Unreadable)?;
        if self.has(&host_text(&host), port) {
            return Ok(url);
        }
        // Its addresses are not looked at, so it is reached at the ports that are named and at no other.
        if self.has_name(&host_text(&host)) {
            return Err(Refused::Port);
        }
        if url.scheme() != "https" {
            return Err(Refused::NotHttps);
        }
        let is_taken = match host {
            Host::Ipv4(address) => is_public(IpAddr::V4(address)),
            Host::Ipv6(address) => is_public(IpAddr::V6(address)),
            Host::Domain(name) => is_far(name),
        };
        if !is_taken {
            return Err(Refused::Address);
        }
        if !PORTS.contains(&port) {
            return Err(Refused::Port);
        }
        Ok(url)
    }
}

/// A host as it is compared: without brackets, names without the dot at their end.
fn host_text<S: AsRef<str>>(host: &Host<S>) -> String {
    match host {
        Host::Domain(name) => name.as_ref().trim_end_matches('.').to_owned(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    }
}

/// False for names that mean this machine or one nearby wherever they are asked for.
fn is_far(name: &str) -> bool {
    const NEARBY: [&str; 7] = [
        "localhost",
        "local",
        "localdomain",
        "internal",
        "intranet",
        "lan",
        "home.arpa",
    ];
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let is_nearby = |ending: &&str| {
        let before = name.strip_suffix(*ending);
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    name.contains('.') && !NEARBY.iter().any(is_nearby)
}

fn named(text: &str) -> Result<Named, String> {
    let wrong = || format!("{text} is not a host like erp.example, 10.1.2.3 or [fd00::1], with or without a port");
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    };
    let port = port.map(str::parse::<u16>).transpose().ok().ok_or_else(wrong)?;
    let host = Host::parse(host).ok().ok_or_else(wrong)?;
    Ok(Named {
        host: host_text(&host),
        port,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_of_the_internet_are_taken() {
        for url in [
            "https://erp.example/hooks",
            "https://erp.example:8443/hooks?of=portal",
            "https://erp.example:443",
            "https://8.8.8.8/",
            "https://[2606:4700:4700::1111]/",
            "https://bücher.example/",
            "https://xn--bcher-kva.example./",
            "https://localhost.example/",
            "HTTPS://ERP.EXAMPLE/",
        ] {
            assert!(Hosts::default().check(url).is_ok(), "{url}");
        }
    }

    #[test]
    fn what_is_not_taken_is_told_by_why() {
        use Refused::{Address, Credentials, Fragment, NotHttps, Port, Unreadable};
        for (url, why) in [
            ("", Unreadable),
            ("erp.example/hooks", Unreadable),
            ("https://", Unreadable),
            ("https:erp.example", Unreadable),
            ("https:/erp.example", Unreadable),
            ("https:\\\\erp.example", Unreadable),
            ("https://erp.example\\@127.0.0.1/", Unreadable),
            ("https://erp.example/ x", Unreadable),
            ("https://erp.exa\tmple/", Unreadable),
            ("https://erp.example/\u{0}", Unreadable),
            ("https://[fe80::1%25eth0]/", Unreadable),
            ("https://[fe80::1%eth0]/", Unreadable),
            ("https://erp.example:99999/", Unreadable),
            ("https://1.2.3.4.5/", Unreadable),
            ("https://256.1.1.1/", Unreadable),
            ("https://127.0.0.09/", Unreadable),
            ("http://erp.example/", NotHttps),
            ("ftp://erp.example/", NotHttps),
            ("file:///etc/passwd", NotHttps),
            ("gopher://erp.example/", NotHttps),
            ("unix:///var/run/docker.sock", NotHttps),
            ("https://ada@erp.example/", Credentials),
            ("https://ada:secret@erp.example/", Credentials),
            ("https://@erp.example/", Credentials),
            ("https://:@erp.example/", Credentials),
            ("https://erp.example@127.0.0.1/", Credentials),
            ("https://erp.example/#x", Fragment),
            ("https://erp.example:22/", Port),
            ("https://erp.example:80/", Port),
            ("https://erp.example:0/", Port),
            ("https://8.8.8.8:6379/", Port),
            ("https://localhost/", Address),
            ("https://LOCALHOST./", Address),
            ("https://a.localhost/", Address),
            ("https://printer.local/", Address),
            ("https://metadata.google.internal/", Address),
            ("https://intranet/", Address),
            ("https://127.0.0.1/", Address),
            ("https://127.0.0.1./", Address),
            ("https://2130706433/", Address),
            ("https://0x7f000001/", Address),
            ("https://0x7f.1/", Address),
            ("https://0177.0.0.1/", Address),
            ("https://127.1/", Address),
            ("https://127.0.1/", Address),
            ("https://0/", Address),
            ("https://%31%32%37.0.0.1/", Address),
            ("https://１２７.０.０.１/", Address),
            ("https://①②⑦.0.0.1/", Address),
            ("https://127。0。0。1/", Address),
            ("https://[::1]/", Address),
            ("https://[::]/", Address),
            ("https://[::ffff:127.0.0.1]/", Address),
            ("https://[::ffff:7f00:1]/", Address),
            ("https://[::127.0.0.1]/", Address),
            ("https://[64:ff9b::7f00:1]/", Address),
            ("https://[2002:7f00:1::]/", Address),
            ("https://[2001:0:53aa:64c::1]/", Address),
            ("https://[fd00:ec2::254]/", Address),
            ("https://[fe80::1]/", Address),
            ("https://169.254.169.254/latest/meta-data/", Address),
            ("https://2852039166/", Address),
            ("https://0xa9fea9fe/", Address),
            ("https://10.0.0.1:8443/", Address),
            ("https://100.64.0.1/", Address),
            ("https://192.0.2.1/", Address),
            ("https://224.0.0.1/", Address),
            ("https://255.255.255.255/", Address),
        ] {
            assert_eq!(Hosts::default().check(url), Err(why), "{url}");
        }
        let long = format!("https://erp.example/{}", "x".repeat(URL_CHARS_MAX));
        assert_eq!(Hosts::default().check(&long), Err(Unreadable));
    }

    #[test]
    fn hosts_that_are_named_need_neither_tls_nor_a_public_address() {
        let hosts = Hosts::parse("erp.lan, 10.1.2.3:8080 ,[fd00::1]:8443,localhost,hooks.example:9000").expect("good");
        for (url, expected) in [
            ("http://erp.lan/", true),
            ("http://ERP.LAN.:99/", true),
            ("http://10.1.2.3:8080/", true),
            ("http://0x0a010203:8080/", true),
            ("https://[fd00::1]:8443/", true),
            ("http://localhost:3000/", true),
            ("http://10.1.2.3/", false),
            ("http://10.1.2.3:8081/", false),
            ("https://[fd00::1]/", false),
            ("http://hooks.example:9000/", true),
            ("https://hooks.example/", false),
            ("http://sub.erp.lan/", false),
            ("http://127.0.0.1:3000/", false),
            ("http://ada@erp.lan/", false),
        ] {
            assert_eq!(hosts.check(url).is_ok(), expected, "{url}");
        }
        for text in ["erp example", "a:b", "a:99999", "[fd00::1", "http://erp.lan"] {
            assert!(Hosts::parse(text).is_err(), "{text}");
        }
        assert_eq!(Hosts::parse(" , "), Ok(Hosts::default()));
    }
}
