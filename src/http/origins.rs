//! Where a request comes from: the other end of the connection, or whom the proxies before the portal name.
//!
//! A name is believed only where a trusted proxy wrote it, so both headers are read from the right: what stands left of
//! the first address that is no proxy's may be anybody's invention.

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{FORWARDED, HeaderMap, HeaderName, X_FORWARDED_FOR};
use actix_web::middleware::Next;
use actix_web::web::Data;

use super::headers::is_https;
use crate::error::{Code, Error};
use crate::sentences;

pub use crate::values::Network;

/// Most addresses of a header that are looked at; no request passes more proxies.
const HOPS_MAX: usize = 32;

/// Whom to believe where requests come from. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    proxies: Arc<[Network]>,
    are_hidden: bool,
}

impl Origins {
    /// Believes these proxies.
    pub fn behind(proxies: &[Network]) -> Self {
        Self {
            proxies: proxies.into(),
            are_hidden: false,
        }
    }

    /// Something that isn't named stands before the portal: every connection is its, and nothing is known.
    pub fn hidden() -> Self {
        Self {
            are_hidden: true,
            ..Self::default()
        }
    }

    /// The address of whoever sent the request.
    fn of(&self, peer: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
        if self.are_hidden {
            return None;
        }
        let peer = peer.to_canonical();
        if !self.is_proxy(peer) {
            return Some(peer);
        }
        let forwarded = headers
            .contains_key(FORWARDED)
            .then(|| self.first_stranger(peer, headers, &FORWARDED));
        let listed = headers
            .contains_key(X_FORWARDED_FOR)
            .then(|| self.first_stranger(peer, headers, &X_FORWARDED_FOR));
        Some(match (forwarded, listed) {
            (None, None) => peer,
            (Some(one), None) | (None, Some(one)) => one,
            (Some(one), Some(other)) if one == other => one,
            // Proxies write one of the two; whoever sends the other one pretends.
            (Some(_), Some(_)) => peer,
        })
    }

    /// True where a connection came past the proxies that are named: in the clear, for it is they who end TLS. What calls
    /// from this machine is whoever runs it.
    fn is_past(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        !self.proxies.is_empty() && !peer.is_loopback() && !self.is_proxy(peer)
    }

    fn is_proxy(&self, address: IpAddr) -> bool {
        self.proxies.iter().any(|network| network.contains(address))
    }

    /// From the right the first address that is no proxy's; the last proxy before what can't be read.
    fn first_stranger(&self, peer: IpAddr, headers: &HeaderMap, name: &HeaderName) -> IpAddr {
        let lines: Vec<_> = headers.get_all(name).filter_map(|value| value.to_str().ok()).collect();
        let mut nearest = peer;
        for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')).take(HOPS_MAX) {
            let named = if name == FORWARDED {
                forwarded_for(hop)
            } else {
                Some(hop.trim())
            };
            match named.and_then(address) {
                None => break,
                Some(address) if self.is_proxy(address) => nearest = address,
                Some(address) => return address,
            }
        }
        nearest
    }
}

/// The address of whoever sent the request; nothing where an unnamed proxy hides it.
pub fn client_address(request: &HttpRequest) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    match request.app_data::<Data<Origins>>() {
        Some(origins) => origins.of(peer, request.headers()),
        None => Some(peer.to_canonical()),
    }
}

/// What tells of the process alone, and is asked by what starts it.
const PROBES: [&str; 2] = ["/livez", "/readyz"];

/// Answers what came by a proxy that is named; where people come by https, nothing else is listened to.
pub async fn by_proxy_alone<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let origins = request.app_data::<Data<Origins>>();
    let is_past = origins
        .zip(request.peer_addr())
        .is_some_and(|(origins, peer)| origins.is_past(peer.ip()));
    if is_past && is_https(&request) && !PROBES.contains(&request.path()) {
        let peer = request.peer_addr().map(|peer| peer.ip());
        tracing::warn!(?peer, "refused: it came past the proxies that --trusted-proxies names");
        return Err(Error::malformed(Code::BadRequest, sentences::came_past_the_proxy()).into());
    }
    next.call(request).await
}

/// The `for` of an element of `Forwarded` (RFC 7239), without quotes.
fn forwarded_for(element: &str) -> Option<&str> {
    let pair = element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| value.trim())
    })?;
    Some(pair.trim_matches('"'))
}

/// `192.0.2.7`, `192.0.2.7:80`, `2001:db8::1`, `[2001:db8::1]:80`.
fn address(text: &str) -> Option<IpAddr> {
    let found = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map(|(address, _)| address)?.parse().ok(),
        None => text.parse().ok().or_else(|| text.rsplit_once(':')?.0.parse().ok()),
    };
    found.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn only_what_trusted_proxies_wrote_is_believed() {
        let origins = Origins::behind(&[
            "10.0.0.0/8".parse().expect("a network"),
            "127.0.0.1".parse().expect("one"),
        ]);
        let check = |peer: &str, sent: &[(HeaderName, &'static str)], expected: &str| {
            let mut headers = HeaderMap::new();
            for (name, value) in sent {
                headers.append(name.clone(), HeaderValue::from_static(value));
            }
            assert_eq!(origins.of(ip(peer), &headers), Some(ip(expected)), "{peer} {sent:?}");
        };
        let (list, forwarded) = (X_FORWARDED_FOR, FORWARDED);
        check("203.0.113.9", &[(list.clone(), "198.51.100.1")], "203.0.113.9");
        check("127.0.0.1", &[], "127.0.0.1");
        check("127.0.0.1", &[(list.clone(), "198.51.100.1")], "198.51.100.1");
        check("::ffff:127.0.0.1", &[(list.clone(), "198.51.100.1")], "198.51.100.1");
        // What stands left of the nearest stranger is invented.
        check(
            "127.0.0.1",
            &[(list.clone(), "192.0.2.1, 198.51.100.1, 10.0.0.3")],
            "198.51.100.1",
        );
        check(
            "127.0.0.1",
            &[(list.clone(), "192.0.2.1"), (list.clone(), "198.51.100.1:4711")],
            "198.51.100.1",
        );
        check("127.0.0.1", &[(list.clone(), "10.0.0.2, 10.0.0.3")], "10.0.0.2");
        check("127.0.0.1", &[(list.clone(), "198.51.100.1, unknown")], "127.0.0.1");
        check(
            "127.0.0.1",
            &[(list.clone(), "198.51.100.1, _hidden, 10.0.0.3")],
            "10.0.0.3",
        );
        check(
            "127.0.0.1",
            &[(forwarded.clone(), "for=192.0.2.1, for=\"[2001:db8::7]:80\";proto=https")],
            "2001:db8::7",
        );
        check(
            "127.0.0.1",
            &[(forwarded.clone(), "proto=https;For=198.51.100.1")],
            "198.51.100.1",
        );
        // Of two headers that disagree one is the caller's own.
        let both = [(forwarded.clone(), "for=192.0.2.1"), (list.clone(), "198.51.100.1")];
        check("127.0.0.1", &both, "127.0.0.1");
        check(
            "127.0.0.1",
            &[(forwarded, "for=192.0.2.1"), (list, "192.0.2.1")],
            "192.0.2.1",
        );
        assert_eq!(Origins::hidden().of(ip("127.0.0.1"), &HeaderMap::new()), None);
    }

    #[actix_web::test]
    async fn where_proxies_are_named_nobody_comes_past_them_in_the_clear() {
        use actix_web::middleware::from_fn;
        use actix_web::test::{TestRequest, init_service, try_call_service};
        use actix_web::{App, HttpResponse, web};

        use crate::http::Https;

        for (is_https, proxies, peer, path, expected) in [
            (true, "10.0.0.0/8", "10.0.0.3:1", "/", 200),
            (true, "10.0.0.0/8", "203.0.113.9:1", "/", 400),
            (true, "10.0.0.0/8", "[2001:db8::7]:1", "/api/v1/me", 400),
            (true, "10.0.0.0/8", "203.0.113.9:1", "/readyz", 200),
            (true, "10.0.0.0/8", "127.0.0.1:1", "/", 200),
            (true, "", "203.0.113.9:1", "/", 200),
            (false, "10.0.0.0/8", "203.0.113.9:1", "/", 200),
        ] {
            let named: Vec<_> = proxies.parse::<Network>().into_iter().collect();
            let app = App::new()
                .app_data(Https(is_https))
                .app_data(Data::new(Origins::behind(&named)))
                .default_service(web::to(HttpResponse::Ok))
                .wrap(from_fn(by_proxy_alone));
            let app = init_service(app).await;
            let request = TestRequest::get()
                .uri(path)
                .peer_addr(peer.parse().expect("an address"));
            let status = match try_call_service(&app, request.to_request()).await {
                Ok(response) => response.status(),
                Err(error) => error.error_response().status(),
            };
            assert_eq!(status.as_u16(), expected, "{is_https} {proxies} {peer} {path}");
        }
    }
}
