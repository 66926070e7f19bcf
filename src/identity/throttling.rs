//! Who fails too often is not looked at for a while: failures are counted by mail address and network address together, and
//! by network address. Those of a mail address from anywhere only slow answers down, for anybody can make them.

use std::net::IpAddr;
use std::time::Duration;

use super::rules::{self, CLIENT_LIMITS, CODE_LIMITS, FAILURE_WINDOW, Limits, RESET_LIMITS, SIGN_IN_LIMITS};
use super::store;
use super::tokens::fingerprint;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::ids::{PersonId, SessionId};
use crate::measures;

/// What failures are counted by.
#[derive(Debug, Clone)]
pub struct Source {
    email_hash: String,
    /// Where they come from; nothing where that is unknown.
    address: Option<String>,
    limits: Limits,
}

impl Source {
    /// Somebody who gives a password.
    pub fn of_sign_in(email: &str, address: Option<IpAddr>) -> Self {
        Self {
            email_hash: fingerprint(email),
            address: address.map(counted_address),
            limits: SIGN_IN_LIMITS,
        }
    }

    /// The same person at a device known from the session in which they signed in there before: what strangers do
    /// elsewhere does not matter here.
    #[must_use]
    pub fn at_device(self, known_by: SessionId) -> Self {
        Self {
            address: Some(format!("device {known_by}")),
            ..self
        }
    }

    /// The same person in a session, wherever it is used from.
    #[must_use]
    pub fn in_session(self, id: SessionId) -> Self {
        Self {
            address: Some(format!("session {id}")),
            ..self
        }
    }

    /// Somebody who gives a code of their second factor, from wherever.
    pub fn of_code(person_id: PersonId) -> Self {
        Self {
            email_hash: fingerprint(&format!("code {person_id}")),
            address: None,
            limits: CODE_LIMITS,
        }
    }

    /// A program that calls itself so, from wherever.
    pub fn of_client(named: &str, address: Option<IpAddr>) -> Self {
        Self {
            email_hash: fingerprint(&format!("client {named}")),
            address: address.map(|address| format!("client {}", counted_address(address))),
            limits: CLIENT_LIMITS,
        }
    }

    /// Somebody who asks for a new password. Counted apart, so that nobody is kept from signing in by it.
    pub fn of_reset(email: &str, address: Option<IpAddr>) -> Self {
        Self {
            email_hash: fingerprint(&format!("reset {email}")),
            address: address.map(|address| format!("reset {}", counted_address(address))),
            limits: RESET_LIMITS,
        }
    }

    /// [`Error::Throttled`] where the window holds more than the limits allow; else how long the answer takes.
    pub fn refuse_if_throttled(&self, connection: &mut Connection, now: Timestamp) -> Result<Duration> {
        let since = now - FAILURE_WINDOW;
        let address = self.address.as_deref();
        let failures = store::find_failures(connection, &self.email_hash, address, self.limits, since)?;
        match rules::throttled(failures, now) {
            Some(retry_after_s) => {
                metrics::counter!(measures::SIGN_IN_REFUSED, "how" => "refused").increment(1);
                Err(Error::Throttled { retry_after_s })
            }
            None => {
                let delay = rules::delay(failures.of_person);
                if !delay.is_zero() {
                    metrics::counter!(measures::SIGN_IN_REFUSED, "how" => "slowed").increment(1);
                }
                Ok(delay)
            }
        }
    }

    /// From here on until the transaction ends, attempts under the same mail address go one after the other.
    pub fn lock(&self, tx: &mut Connection) -> Result<()> {
        store::lock_failures(tx, &self.email_hash)
    }

    /// Writes a failure down.
    pub fn count(&self, tx: &mut Connection, now: Timestamp) -> Result<()> {
        store::insert_failure(tx, &self.email_hash, self.address.as_deref().unwrap_or_default(), now)
    }

    /// Forgets what failed: the person has proven otherwise who they are.
    pub fn forget(&self, tx: &mut Connection) -> Result<()> {
        store::delete_failures_of(tx, &self.email_hash)
    }
}

/// An IPv6 host has a whole /64 to choose its addresses from, so that counts as one.
fn counted_address(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_host_count_together() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(counted_address(address.parse().expect("an address")), expected);
        }
    }
}
