//! How what is asked of a database server gets there. Beyond this machine it goes by TLS, or somebody says that it needn't:
//! passwords of people, prices and signing keys are in it.

use std::net::IpAddr;

use percent_encoding::percent_decode_str;

/// How a database is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// On this machine.
    Local,
    /// By TLS, and the server's certificate is for the name that it is called by.
    Verified,
    /// By TLS with whoever answers.
    Unverified,
    /// In the clear, because somebody said so.
    Clear,
}

impl Transport {
    /// What whoever runs the portal is told at each start.
    pub fn warning(self) -> Option<&'static str> {
        match self {
            Self::Local | Self::Verified => None,
            Self::Unverified => Some(
                "whose certificate the database server shows is not checked: somebody between could be the server \
                 (sslmode=verify-full checks it)",
            ),
            Self::Clear => Some(
                "the database is on another machine and reached without TLS: whoever sits between reads and changes all \
                 of it",
            ),
        }
    }
}

/// How `url` (`postgres://…`) is reached, with what libpq takes from the environment; the remedy where it would be by TLS or
/// not as it happens to come.
pub(super) fn of_url(url: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Transport, String> {
    let environment = |name: &str| environment(name).filter(|value| !value.is_empty());
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = place.split('/').next().unwrap_or_default();
    let hosts = authority.rsplit('@').next().unwrap_or_default();
    let parameter = |name: &str| {
        // The last one counts.
        let mut pairs = query.rsplit('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| decoded(value))
    };
    // libpq goes by the address where both are told, by the environment where neither is.
    let named: Vec<String> = match parameter("hostaddr").or_else(|| environment("PGHOSTADDR")) {
        Some(addresses) => addresses.split(',').map(str::to_owned).collect(),
        None => match parameter("host") {
            Some(hosts) => hosts.split(',').map(str::to_owned).collect(),
            None if hosts.is_empty() => environment("PGHOST")
                .unwrap_or_default()
                .split(',')
                .map(str::to_owned)
                .collect(),
            None => hosts.split(',').map(|host| decoded(without_port(host))).collect(),
        },
    };
    if parameter("service").or_else(|| environment("PGSERVICE")).is_none() && named.iter().all(|host| is_nearby(host)) {
        return Ok(Transport::Local);
    }
    match parameter("sslmode").or_else(|| environment("PGSSLMODE")).as_deref() {
        Some("verify-full") => Ok(Transport::Verified),
        Some("verify-ca" | "require") => Ok(Transport::Unverified),
        Some("disable") => Ok(Transport::Clear),
        _ => Err(
            "names another machine without saying how to get there: add ?sslmode=verify-full, with sslrootcert=FILE where \
             an authority of your own signed its certificate, or sslrootcert=system; sslmode=disable says that the network \
             between is yours alone"
                .to_owned(),
        ),
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// `host`, `host:5432`, `[::1]:5432`.
fn without_port(host: &str) -> &str {
    match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.split(':').next().unwrap_or_default(),
    }
}

/// True for this machine: a socket in its files, or loopback.
fn is_nearby(host: &str) -> bool {
    let is_loopback = || {
        host.parse()
            .is_ok_and(|address: IpAddr| address.to_canonical().is_loopback())
    };
    host.is_empty() || host.starts_with(['/', '@']) || host.eq_ignore_ascii_case("localhost") || is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str, environment: &[(&str, &str)]) -> Option<Transport> {
        let found = |name: &str| environment.iter().find(|(key, _)| *key == name);
        of_url(url, |name| found(name).map(|(_, value)| (*value).to_owned())).ok()
    }

    #[test]
    fn a_database_beyond_this_machine_is_reached_by_tls_or_on_purpose_without() {
        for (url, expected) in [
            ("postgres:///portal", Some(Transport::Local)),
            ("postgres://localhost/portal", Some(Transport::Local)),
            ("postgres://u:p%40ss@127.0.0.1:5432/portal", Some(Transport::Local)),
            ("postgres://u@[::1]:5432/portal?sslmode=prefer", Some(Transport::Local)),
            ("postgres://%2Fvar%2Frun%2Fpostgresql/portal", Some(Transport::Local)),
            ("postgres:///portal?host=/var/run/postgresql", Some(Transport::Local)),
            ("postgres://db.example/portal", None),
            ("postgresql://u:p@192.0.2.7:5432/portal", None),
            ("postgres://db.example/portal?sslmode=prefer", None),
            ("postgres://db.example/portal?sslmode=allow", None),
            ("postgres://localhost,db.example/portal", None),
            ("postgres:///portal?host=db.example", None),
            ("postgres://localhost/portal?hostaddr=192.0.2.7", None),
            ("postgres:///portal?service=far", None),
            ("postgres://localhost.example/portal", None),
            (
                "postgres://db.example/portal?sslmode=verify-full&sslrootcert=system",
                Some(Transport::Verified),
            ),
            (
                "postgres://db.example/portal?sslmode=verify-ca",
                Some(Transport::Unverified),
            ),
            (
                "postgres://db.example/portal?sslmode=require",
                Some(Transport::Unverified),
            ),
            ("postgres://db.example/portal?sslmode=disable", Some(Transport::Clear)),
        ] {
            assert_eq!(of(url, &[]), expected, "{url}");
        }
    }

    #[test]
    fn what_libpq_takes_from_the_environment_counts() {
        for (url, environment, expected) in [
            ("postgres:///portal", &[("PGHOST", "db.example")][..], None),
            ("postgres://localhost/portal", &[("PGHOSTADDR", "192.0.2.7")], None),
            ("postgres:///portal", &[("PGSERVICE", "far")], None),
            (
                "postgres://db.example/portal",
                &[("PGSSLMODE", "verify-full")],
                Some(Transport::Verified),
            ),
            (
                "postgres://db.example/portal?sslmode=disable",
                &[("PGSSLMODE", "verify-full")],
                Some(Transport::Clear),
            ),
            ("postgres:///portal", &[("PGHOST", "")], Some(Transport::Local)),
        ] {
            assert_eq!(of(url, environment), expected, "{url} {environment:?}");
        }
    }

    #[test]
    fn what_is_not_guarded_is_told_at_the_start() {
        let told = [
            Transport::Local,
            Transport::Verified,
            Transport::Unverified,
            Transport::Clear,
        ]
        .map(|transport| transport.warning().is_some());
        assert_eq!(told, [false, false, true, true]);
    }
}
