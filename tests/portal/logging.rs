//! What the program logs: lines that machines read, with the address of whoever called and without secrets.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};

use crate::app::PASSWORD;
use crate::client::Client;
use crate::program::Installation;

/// JSON in which no object names a key twice.
struct Strict;

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if !seen.insert(key.clone()) {
                return Err(serde::de::Error::custom(format!("{key} stands twice")));
            }
            map.next_value::<Self>()?;
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self, A::Error> {
        while seq.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }
}

#[test]
fn a_key_that_stands_twice_is_found() {
    assert!(serde_json::from_str::<Strict>(r#"{"a": 1, "b": [{"a": null}]}"#).is_ok());
    assert!(serde_json::from_str::<Strict>(r#"{"a": 1, "b": [{"a": 1, "a": 2}]}"#).is_err());
    assert!(serde_json::from_str::<IgnoredAny>(r#"{"a": 1, "a": 2}"#).is_ok());
}

#[tokio::test]
async fn each_line_of_the_log_is_json_with_each_key_once() {
    let installation = Installation::by_default();
    let (serving, log) = installation.serve_logged();
    let add = [
        "user",
        "add",
        "--email",
        "a@s.example",
        "--staff-role",
        "admin",
        "--password-stdin",
    ];
    installation.succeed(&add, PASSWORD);
    let client = Client::anonymous(&serving.base);
    let credentials = json!({"email": "a@s.example", "password": PASSWORD});
    let tokens = client.post("/auth/login", credentials).await.expect(200);
    let wrong = json!({"email": "a@s.example", "password": "not the password"});
    client
        .post("/auth/login", wrong)
        .await
        .problem(401, "invalid_credentials");
    let staff = client.with_token(tokens["access_token"].as_str().unwrap());
    staff.get("/me").await.expect(200);
    staff.get("/orders").await.problem(403, "forbidden");
    drop(serving);
    let text = std::fs::read_to_string(log).unwrap();
    for line in text.lines() {
        serde_json::from_str::<Strict>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    }
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of_requests: Vec<_> = lines.iter().filter(|line| line["span"]["name"] == "request").collect();
    assert!(of_requests.len() > 3, "{text}");
    assert!(
        of_requests.iter().all(|line| line["span"]["from"] == "127.0.0.1"),
        "{of_requests:#?}"
    );
    for secret in [PASSWORD, "not the password", tokens["refresh_token"].as_str().unwrap()] {
        assert!(!text.contains(secret), "{secret}");
    }
}
