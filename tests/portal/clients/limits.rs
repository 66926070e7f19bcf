//! From where, how often and how lately programs call.

use portal::http::{Origins, RateLimit};
use portal::state::AppState;
use reqwest::Method;
use serde_json::json;

use super::{add, add_with, ask, refused, token};
use crate::app::TestApp;

#[tokio::test]
async fn a_program_calls_from_its_networks_alone() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let body = json!({"name": "Nightly", "scopes": ["orders:read"], "networks": ["192.0.2.0/24"]});
    let (id, secret) = add_with(&admin, "/clients", body).await;
    let path = format!("/clients/{id}");
    let nobody = app.anonymous();
    refused(ask(&nobody, &id, &secret, "").await, 400, "unauthorized_client");
    let here = json!({"networks": ["127.0.0.0/8", "192.0.2.0/24"]});
    admin.change(Method::PATCH, &path, "*", Some(here)).await.expect(200);
    let client = token(&nobody, &id, &secret, "").await;
    client.get("/orders").await.expect(200);
    let there = json!({"networks": ["192.0.2.0/24"]});
    admin.change(Method::PATCH, &path, "*", Some(there)).await.expect(200);
    // A token is good nowhere else either.
    client.get("/orders").await.problem(403, "network_not_allowed");
    // What a trusted proxy says of where a request comes from is what counts.
    let proxied = app
        .node_with(|state| state.with_origins(Origins::behind(&["127.0.0.1".parse().unwrap()])))
        .await;
    let client = client.at(&proxied.anonymous());
    for (from, status) in [("192.0.2.7", 200), ("198.51.100.7", 403)] {
        let answer = client
            .send(Method::GET, "/orders", &[("X-Forwarded-For", from)], None)
            .await;
        assert_eq!(answer.status, status, "{from}: {}", answer.text);
    }
    // Where nobody knows from where, no network holds it.
    let hidden = app.node_with(|state| state.with_origins(Origins::hidden())).await;
    client
        .at(&hidden.anonymous())
        .get("/orders")
        .await
        .problem(403, "network_not_allowed");
}

#[tokio::test]
async fn what_happens_to_members_only_programs_hear_that_may_read_them() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let (id, secret) = add(&admin, "/clients", &["events:read", "members:read"]).await;
    for (scopes, hears) in [("events:read members:read", true), ("events:read", false)] {
        let program = token(&app.anonymous(), &id, &secret, scopes).await;
        let events = program.get("/events").await;
        assert_eq!(events.text.contains("member.added"), hears, "{scopes}: {}", events.text);
    }
}

#[tokio::test]
async fn a_program_has_a_rate_of_its_own_and_its_answers_tell_it() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let body = json!({"name": "Nightly", "scopes": ["orders:read"], "requests_per_minute": 3});
    let (id, secret) = add_with(&admin, "/clients", body).await;
    let client = token(&app.anonymous(), &id, &secret, "").await;
    for left in [2, 1, 0] {
        let answer = client.get("/orders").await;
        assert_eq!(answer.header("ratelimit-policy"), r#""client";q=3;w=60"#);
        let told = answer.header("ratelimit").to_owned();
        assert!(told.starts_with(&format!(r#""client";r={left};t="#)), "{told}");
        answer.expect(200);
    }
    let answer = client.get("/orders").await;
    assert!(
        answer.header("ratelimit").starts_with(r#""client";r=0;t="#),
        "{:?}",
        answer.headers
    );
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=21).contains(&wait), "{wait}");
    answer.problem(429, "throttled");
    // Nobody else waits for it.
    let (other, secret) = add(&admin, "/clients", &["orders:read"]).await;
    let other = token(&app.anonymous(), &other, &secret, "").await.get("/orders").await;
    assert_eq!(other.header("ratelimit"), "", "this portal limits nobody else");
    other.expect(200);
}

#[tokio::test]
async fn when_and_from_where_a_program_called_last_is_known() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let (id, secret) = add(&admin, "/clients", &["orders:read"]).await;
    let path = format!("/clients/{id}");
    assert!(admin.get(&path).await.expect(200)["last_used_at"].is_null());
    token(&app.anonymous(), &id, &secret, "")
        .await
        .get("/orders")
        .await
        .expect(200);
    // It is written down on the side.
    let seen = async {
        loop {
            let shown = admin.get(&path).await.expect(200);
            if !shown["last_used_at"].is_null() {
                return shown;
            }
        }
    };
    let shown = tokio::time::timeout(std::time::Duration::from_secs(5), seen)
        .await
        .unwrap();
    assert_eq!(shown["last_used_from"], "127.0.0.1");
    assert_eq!(shown["etag"], "\"1\"", "using it changes nothing of it");
}

#[tokio::test]
async fn who_has_no_rate_of_their_own_is_told_the_common_one() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let (id, secret) = add(&admin, "/clients", &["orders:read"]).await;
    let limited = |mut state: AppState| {
        state.rate_limit = RateLimit::new(300);
        state
    };
    let node = app.node_with(limited).await;
    let program = token(&node.anonymous(), &id, &secret, "").await;
    for caller in [admin.at(&node.anonymous()), program] {
        for left in ["999", "99"] {
            let answer = caller.get("/orders").await;
            assert_eq!(answer.header("ratelimit-policy"), r#""default";q=1000;w=4"#);
            let told = answer.header("ratelimit").to_owned();
            assert!(told.starts_with(&format!(r#""default";r={left}"#)), "{told}");
            answer.expect(200);
        }
    }
}

#[tokio::test]
async fn what_an_account_gives_its_programs_is_within_what_everybody_has() {
    let app = TestApp::with_accounts().await;
    let node = app
        .node_with(|mut state| {
            state.rate_limit = RateLimit::new(2);
            state
        })
        .await;
    let generous = json!({"name": "Nightly", "scopes": ["orders:read"], "requests_per_minute": 100_000});
    let admin = app.person("ACME", "admin").await.at(&node.anonymous());
    let (id, secret) = add_with(&admin, "/clients", generous.clone()).await;
    let answer = token(&node.anonymous(), &id, &secret, "").await.get("/orders").await;
    assert_eq!(answer.header("ratelimit-policy"), r#""client";q=120;w=60"#);
    // The supplier gives its own as it likes.
    let staff = app.staff("admin").await.at(&node.anonymous());
    let (id, secret) = add_with(&staff, "/supplier/clients", generous).await;
    let program = token(&node.anonymous(), &id, &secret, "").await;
    let answer = program.get("/supplier/orders").await;
    assert_eq!(answer.header("ratelimit-policy"), r#""client";q=100000;w=60"#);
}
