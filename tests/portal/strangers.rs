//! Where requests come from, and that strangers who guess lock nobody out.

use portal::http::Origins;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{Node, PASSWORD, TestApp};
use crate::browser::Browser;
use crate::client::Answer;

/// A node behind a proxy of this machine.
async fn behind_a_proxy(app: &TestApp) -> Node {
    let origins = Origins::behind(&["127.0.0.1".parse().unwrap()]);
    app.node_with(|state| state.with_origins(origins)).await
}

async fn log_in(node: &Node, from: &str, email: &str, password: &str) -> Answer {
    let credentials = json!({"email": email, "password": password}).to_string();
    let headers = [("X-Forwarded-For", from)];
    node.anonymous()
        .send(Method::POST, "/auth/login", &headers, Some(credentials))
        .await
}

/// Failures of this person, or of somebody else, from this address: as many as the table then has.
async fn fail(app: &TestApp, email: &str, address: &str, times: usize) {
    let hash = portal::identity::tokens::fingerprint(email);
    for _ in 0..times {
        let (hash, address) = (hash.clone(), address.to_owned());
        let write = move |tx: &mut portal::db::Connection| {
            portal::db::sql("INSERT INTO sign_in_failures (id, email_hash, address, failed_at) VALUES ($1, $2, $3, $4)")
                .bind(portal::ids::next())
                .bind(hash.clone())
                .bind(address.clone())
                .bind(portal::clock::now())
                .run(tx)
        };
        app.db().write(write).await.unwrap();
    }
}

#[tokio::test]
async fn strangers_elsewhere_lock_nobody_out() {
    let app = TestApp::with_accounts().await;
    let node = behind_a_proxy(&app).await;
    let email = app.add_person("ACME", "buyer").await;
    fail(&app, &email, "203.0.113.1", 10).await;
    log_in(&node, "203.0.113.1", &email, "not the password")
        .await
        .problem(429, "throttled");
    log_in(&node, "203.0.113.1", &email, PASSWORD)
        .await
        .problem(429, "throttled");
    log_in(&node, "198.51.100.7", &email, "not the password")
        .await
        .problem(401, "invalid_credentials");
    let tokens = log_in(&node, "198.51.100.7", &email, PASSWORD).await.expect(200);
    // What a caller writes itself stands left of what the proxy writes.
    log_in(&node, "198.51.100.7, 203.0.113.1", &email, PASSWORD)
        .await
        .problem(429, "throttled");
    let client = node.anonymous().with_token(tokens["access_token"].as_str().unwrap());
    let list: Value = client.get("/me/sessions").await.expect(200);
    assert_eq!(list["data"][0]["address"], "198.51.100.7", "{list}");
}

#[tokio::test]
async fn a_hundred_failures_of_one_address_are_its_own() {
    let app = TestApp::with_accounts().await;
    let node = behind_a_proxy(&app).await;
    let email = app.add_person("ACME", "buyer").await;
    fail(&app, "nobody@acme.example", "203.0.113.1", 101).await;
    log_in(&node, "203.0.113.1", &email, PASSWORD)
        .await
        .problem(429, "throttled");
    log_in(&node, "198.51.100.7", &email, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn where_a_proxy_hides_everybody_nobody_is_counted_by_address() {
    let app = TestApp::with_accounts().await;
    let node = app.node_with(|state| state.with_origins(Origins::hidden())).await;
    let email = app.add_person("ACME", "buyer").await;
    fail(&app, "nobody@acme.example", "", 101).await;
    fail(&app, &email, "", 11).await;
    log_in(&node, "203.0.113.1", &email, "not the password")
        .await
        .problem(401, "invalid_credentials");
    let tokens = log_in(&node, "203.0.113.1", &email, PASSWORD).await.expect(200);
    let client = node.anonymous().with_token(tokens["access_token"].as_str().unwrap());
    let list: Value = client.get("/me/sessions").await.expect(200);
    assert_eq!(list["data"][0]["address"], Value::Null, "{list}");
}

#[tokio::test]
async fn a_device_known_from_before_passes_and_guesses_no_more_than_others() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let other = app.add_person("ACME", "buyer").await;
    let known = app.browse_as_person(&email).await;
    fail(&app, &email, "127.0.0.1", 11).await;
    let sign_in = async |browser: &Browser, email: &str, password: &str| {
        browser
            .post("/sign-in", &[("email", email), ("password", password)])
            .await
            .status
    };
    assert_eq!(sign_in(&app.browser(), &email, PASSWORD).await, 429);
    assert_eq!(sign_in(&known, &email, PASSWORD).await, 303);
    // It is known for its own person alone, and does not guess for ever.
    fail(&app, &other, "127.0.0.1", 11).await;
    assert_eq!(sign_in(&known, &other, PASSWORD).await, 429);
    for _ in 0..10 {
        assert_eq!(sign_in(&known, &email, "not the password").await, 401);
    }
    assert_eq!(sign_in(&known, &email, "not the password").await, 429);
    assert_eq!(sign_in(&known, &email, PASSWORD).await, 429);
}
