//! Programs that sign in by themselves: kept, proven, limited, revoked; what they do is told as theirs.

mod assertions;
mod commands;
mod keeping;
mod limits;
mod orders;
mod tokens;

use data_encoding::BASE64;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Client};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const GRANT: &str = "grant_type=client_credentials";

/// Asks for a token; `form` is what is sent beside the grant.
pub async fn ask(at: &Client, id: &str, secret: &str, form: &str) -> Answer {
    let basic = format!("Basic {}", BASE64.encode(format!("{id}:{secret}").as_bytes()));
    let headers = [FORM, ("Authorization", basic.as_str())];
    let body = format!("{GRANT}&{form}");
    at.send_anywhere(Method::POST, "/oauth/token", &headers, Some(body))
        .await
}

/// Why there is no token.
#[track_caller]
fn refused(answer: Answer, status: u16, error: &str) -> String {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "application/json", "{}", answer.text);
    assert_eq!(answer.header("cache-control"), "no-store");
    let told = answer.json();
    assert_eq!(told["error"], error, "{told}");
    told["error_description"].as_str().unwrap().to_owned()
}

/// A caller with a token of the program for these scopes; all it has where none are named.
pub async fn token(at: &Client, id: &str, secret: &str, scopes: &str) -> Client {
    let form = match scopes {
        "" => String::new(),
        scopes => format!("scope={}", scopes.replace(' ', "+")),
    };
    let given = ask(at, id, secret, &form).await.expect(200);
    at.with_token(given["access_token"].as_str().unwrap())
}

/// A new program: its id and its secret.
pub async fn add(by: &Client, path: &str, scopes: &[&str]) -> (String, String) {
    add_with(by, path, json!({"name": "Nightly", "scopes": scopes})).await
}

async fn add_with(by: &Client, path: &str, body: Value) -> (String, String) {
    let added = by.post(path, body).await.expect(201);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&added["client"]["id"]), text(&added["secret"]["secret"]))
}
