//! What may be set of a program that signs in by itself, and when it may call.

use std::net::IpAddr;

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use super::client_keys::{KeyFault, KeySet};
use super::scopes::{self, Scope, Side};
use super::{NAME_CHARS_MAX, is_name};
use crate::error::{Code, FieldError};
use crate::identity::sentences;
use crate::ids::AccountId;
use crate::names::names;
use crate::sentences::{at_most_characters, fill_this_in};
use crate::values::Network;

/// How long a token of a program is good.
pub const TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(10);
pub const DESCRIPTION_CHARS_MAX: usize = 1_000;
pub const NETWORKS_MAX: usize = 50;
/// Requests a minute that may be set.
pub const REQUESTS_MAX: i64 = 1_000_000;
/// Programs of an account, or of the supplier, that are not revoked.
pub const CLIENTS_MAX: i64 = 200;

names! {
    /// Whether a program may call.
    pub enum ClientState as ClientState {
        Active = "active",
        Expired = "expired",
        Revoked = "revoked",
    }
}

/// What people set of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    pub name: String,
    pub description: String,
    pub scopes: Vec<Scope>,
    /// Addresses and networks it may call from; none = any.
    pub networks: Vec<String>,
    /// The last day it may call on, by UTC.
    pub expires_on: Option<NaiveDate>,
    /// None = as many as a person.
    pub requests_per_minute: Option<i64>,
    /// The keys it may sign with.
    #[serde(skip)]
    pub keys: KeySet,
}

/// The same as it was given, before it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Given {
    pub name: String,
    pub description: String,
    pub scopes: Vec<String>,
    pub networks: Vec<String>,
    pub expires_on: Option<NaiveDate>,
    pub requests_per_minute: Option<i64>,
    /// A JWK set or PEM.
    pub public_keys: String,
}

/// On which side a program works whose account this is.
pub fn side(account_id: Option<AccountId>) -> Side {
    match account_id {
        Some(_) => Side::Account,
        None => Side::Supplier,
    }
}

impl Given {
    /// What is to be kept; else all that is wrong with it.
    pub fn check(&self, side: Side) -> Result<Settings, Vec<FieldError>> {
        let mut faults = Vec::new();
        let name = self.name.trim().to_owned();
        if !is_name(&name) {
            let detail = sentences::name_rule(NAME_CHARS_MAX);
            faults.push(FieldError::new("/name", Code::ValueInvalid, detail));
        }
        let description = self.description.trim().to_owned();
        if description.chars().count() > DESCRIPTION_CHARS_MAX {
            let detail = at_most_characters(DESCRIPTION_CHARS_MAX);
            faults.push(FieldError::new("/description", Code::ValueTooLong, detail));
        }
        let scopes = self.scopes(side, &mut faults);
        let networks = self.networks(&mut faults);
        let requests_per_minute = self.rate(&mut faults);
        let keys = KeySet::read(&self.public_keys).unwrap_or_else(|fault| {
            faults.push(FieldError::new("/public_keys", Code::ValueInvalid, key_sentence(fault)));
            KeySet::default()
        });
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Settings {
            name,
            description,
            scopes,
            networks,
            expires_on: self.expires_on,
            requests_per_minute,
            keys,
        })
    }

    fn scopes(&self, side: Side, faults: &mut Vec<FieldError>) -> Vec<Scope> {
        let offered = scopes::of_side(side);
        let is_offered = |name: &String| Scope::from_name(name).is_some_and(|scope| offered.contains(&scope));
        for (index, name) in self.scopes.iter().enumerate().filter(|(_, name)| !is_offered(name)) {
            let detail = sentences::no_such_scope(name);
            faults.push(FieldError::new(format!("/scopes/{index}"), Code::ValueInvalid, detail));
        }
        if self.scopes.is_empty() {
            faults.push(FieldError::new("/scopes", Code::Required, fill_this_in()));
        }
        offered
            .into_iter()
            .filter(|scope| self.scopes.iter().any(|name| name == scope.name()))
            .collect()
    }

    fn networks(&self, faults: &mut Vec<FieldError>) -> Vec<String> {
        let mut networks: Vec<String> = Vec::new();
        for (index, text) in self.networks.iter().enumerate() {
            match text.trim().parse::<Network>() {
                Ok(network) => networks.push(network.to_string()),
                Err(_) => {
                    let detail = sentences::no_network(text.chars().take(60).collect::<String>());
                    faults.push(FieldError::new(
                        format!("/networks/{index}"),
                        Code::ValueInvalid,
                        detail,
                    ));
                }
            }
        }
        if networks.len() > NETWORKS_MAX {
            let detail = sentences::too_many_networks(NETWORKS_MAX);
            faults.push(FieldError::new("/networks", Code::ValueInvalid, detail));
        }
        networks.dedup();
        networks
    }

    fn rate(&self, faults: &mut Vec<FieldError>) -> Option<i64> {
        let given = self.requests_per_minute?;
        if !(1..=REQUESTS_MAX).contains(&given) {
            let detail = sentences::requests_rule(REQUESTS_MAX);
            faults.push(FieldError::new("/requests_per_minute", Code::ValueInvalid, detail));
        }
        Some(given)
    }
}

fn key_sentence(fault: KeyFault) -> crate::sentences::Sentence {
    match fault {
        KeyFault::Unreadable => sentences::keys_unreadable(),
        KeyFault::Private => sentences::keys_private(),
        KeyFault::Unfit => sentences::keys_unfit(),
        KeyFault::TooMany => sentences::keys_too_many(super::client_keys::KEYS_MAX),
    }
}

/// True where a program may call from this address: one of its networks holds it, or it has none. An address that is
/// unknown is in no network.
pub fn may_call_from(networks: &[Network], address: Option<IpAddr>) -> bool {
    networks.is_empty()
        || address.is_some_and(|address| networks.iter().any(|network| network.contains(address.to_canonical())))
}

/// True on days on which a program may call.
pub fn is_in_time(expires_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    expires_on.is_none_or(|last| today <= last)
}

/// The scopes of a token: those that were asked for, all where nothing was; nothing where one of them is not the program's.
pub fn granted(own: &[Scope], asked: Option<&[Scope]>) -> Option<Vec<Scope>> {
    match asked {
        None | Some([]) => Some(own.to_vec()),
        Some(asked) => asked.iter().all(|scope| own.contains(scope)).then(|| asked.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> Given {
        Given {
            name: " ERP ".to_owned(),
            scopes: vec![
                "orders:write".to_owned(),
                "orders:read".to_owned(),
                "orders:read".to_owned(),
            ],
            networks: vec!["10.0.0.0/8".to_owned()],
            requests_per_minute: Some(600),
            ..Given::default()
        }
    }

    #[test]
    fn what_is_good_is_kept_in_one_form() {
        let settings = given().check(Side::Account).expect("good");
        assert_eq!(settings.name, "ERP");
        assert_eq!(settings.scopes, [Scope::OrdersRead, Scope::OrdersWrite]);
        assert_eq!(settings.networks, ["10.0.0.0/8"]);
        assert_eq!(settings.requests_per_minute, Some(600));
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let bad = Given {
            name: String::new(),
            description: "x".repeat(DESCRIPTION_CHARS_MAX + 1),
            scopes: vec![
                "orders:read".to_owned(),
                "stock:write".to_owned(),
                "nonsense".to_owned(),
            ],
            networks: vec!["10.0.0.0/8".to_owned(), "everywhere".to_owned()],
            requests_per_minute: Some(0),
            public_keys: "nonsense".to_owned(),
            ..Given::default()
        };
        let faults = bad.check(Side::Account).expect_err("faults");
        let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        let expected = [
            "/name",
            "/description",
            "/scopes/1",
            "/scopes/2",
            "/networks/1",
            "/requests_per_minute",
            "/public_keys",
        ];
        assert_eq!(pointers, expected);
        let none = Given {
            scopes: Vec::new(),
            ..given()
        }
        .check(Side::Supplier)
        .expect_err("no scope");
        assert_eq!(none[0].pointer, "/scopes");
    }

    #[test]
    fn an_address_is_in_a_network_or_there_is_none() {
        let networks: Vec<Network> = ["10.0.0.0/8", "2001:db8::/32"]
            .map(|text| text.parse().expect("a network"))
            .into();
        for (address, expected) in [
            (Some("10.1.2.3"), true),
            (Some("::ffff:10.1.2.3"), true),
            (Some("192.0.2.1"), false),
            (Some("2001:db8::1"), true),
            (None, false),
        ] {
            let address = address.map(|text| text.parse().expect("an address"));
            assert_eq!(may_call_from(&networks, address), expected, "{address:?}");
            assert!(may_call_from(&[], address));
        }
    }

    #[test]
    fn the_last_day_counts() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        assert!(is_in_time(None, day("2026-11-29")));
        assert!(is_in_time(Some(day("2026-11-29")), day("2026-11-29")));
        assert!(!is_in_time(Some(day("2026-11-28")), day("2026-11-29")));
    }

    #[test]
    fn a_token_has_no_more_than_its_program() {
        let own = [Scope::OrdersRead, Scope::OrdersWrite];
        assert_eq!(granted(&own, None), Some(own.to_vec()));
        assert_eq!(granted(&own, Some(&[])), Some(own.to_vec()));
        assert_eq!(granted(&own, Some(&[Scope::OrdersRead])), Some(vec![Scope::OrdersRead]));
        assert_eq!(granted(&own, Some(&[Scope::OrdersRead, Scope::StockRead])), None);
    }
}
