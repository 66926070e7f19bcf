//! Getting a token with a secret.

use portal::clock;
use reqwest::Method;
use serde_json::json;

use super::{FORM, GRANT, add, add_with, ask, refused, token};
use crate::app::TestApp;
use crate::client::Client;

#[tokio::test]
async fn a_program_gets_a_token_for_its_secret_and_reads_with_it() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let (id, secret) = add(&admin, "/clients", &["orders:read", "catalogue:read"]).await;
    let answer = ask(&app.anonymous(), &id, &secret, "").await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let given = answer.expect(200);
    assert_eq!(given["token_type"], "Bearer");
    assert_eq!(given["expires_in"], 600);
    assert_eq!(given["scope"], "catalogue:read orders:read");
    assert!(given.get("refresh_token").is_none());
    let client = app.anonymous().with_token(given["access_token"].as_str().unwrap());
    client.get("/orders").await.expect(200);
    client.get("/products").await.expect(200);
    client.get("/invoices").await.problem(403, "insufficient_scope");
    let narrow = token(&app.anonymous(), &id, &secret, "catalogue:read").await;
    narrow.get("/products").await.expect(200);
    narrow.get("/orders").await.problem(403, "insufficient_scope");
}

#[tokio::test]
async fn a_token_is_one_of_rfc_9068_and_no_cookie() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let (id, secret) = add(&admin, "/clients", &["orders:read"]).await;
    let given = ask(&app.anonymous(), &id, &secret, "").await.expect(200);
    let text = given["access_token"].as_str().unwrap();
    assert_eq!(jsonwebtoken::decode_header(text).unwrap().typ.unwrap(), "at+jwt");
    let claims: serde_json::Value = jsonwebtoken::dangerous::insecure_decode_claims(text).unwrap();
    assert_eq!(
        (claims["sub"].as_str(), claims["client_id"].as_str()),
        (Some(id.as_str()), Some(id.as_str()))
    );
    assert_eq!(claims["scope"], "orders:read");
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 600);
    for name in ["iss", "aud", "jti"] {
        assert!(
            claims[name].as_str().is_some_and(|value| !value.is_empty()),
            "{name} in {claims}"
        );
    }
    let cookie = format!("session={text}");
    let page = app
        .anonymous()
        .send_anywhere(Method::GET, "/orders", &[("Cookie", cookie.as_str())], None)
        .await;
    assert!(page.text.contains("sign-in") || page.status == 303, "{}", page.text);
}

#[tokio::test]
async fn what_proves_nothing_gets_no_token() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let (id, secret) = add(&admin, "/clients", &["orders:read"]).await;
    let (other, _) = add(&admin, "/clients", &["orders:read"]).await;
    let nobody = app.anonymous();
    for (id, secret) in [
        (id.as_str(), "nonsense"),
        (id.as_str(), &secret[..secret.len() - 1]),
        (other.as_str(), secret.as_str()),
        ("cli_0000000000000", secret.as_str()),
        ("nonsense", secret.as_str()),
    ] {
        let answer = ask(&nobody, id, secret, "").await;
        assert_eq!(answer.header("www-authenticate"), r#"Basic realm="portal""#);
        refused(answer, 401, "invalid_client");
    }
    let form = |body: &'static str| nobody.send_anywhere(Method::POST, "/oauth/token", &[FORM], Some(body.to_owned()));
    refused(form(GRANT).await, 401, "invalid_client");
    refused(form("scope=orders:read").await, 400, "invalid_request");
    refused(
        form("grant_type=password&username=a&password=b").await,
        400,
        "unsupported_grant_type",
    );
    refused(
        form("grant_type=client_credentials&grant_type=password").await,
        400,
        "invalid_request",
    );
    // The secret in the body is no way in.
    let body = format!("{GRANT}&client_id={id}&client_secret={secret}");
    let answer = nobody
        .send_anywhere(Method::POST, "/oauth/token", &[FORM], Some(body))
        .await;
    refused(answer, 401, "invalid_client");
    let json = json!({"grant_type": "client_credentials"}).to_string();
    let answer = nobody
        .send_anywhere(Method::POST, "/oauth/token", &[], Some(json))
        .await;
    refused(answer, 400, "invalid_request");
    refused(
        ask(&nobody, &id, &secret, "scope=invoices:read").await,
        400,
        "invalid_scope",
    );
    refused(
        ask(&nobody, &id, &secret, "scope=orders:read+everything").await,
        400,
        "invalid_scope",
    );
    ask(&nobody, &id, &secret, "").await.expect(200);
}

#[tokio::test]
async fn guessing_is_held_off_and_a_right_secret_passes_all_the_same() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let (id, secret) = add(&admin, "/clients", &["orders:read"]).await;
    let nobody = app.anonymous();
    let mut statuses = Vec::new();
    for _ in 0..12 {
        statuses.push(ask(&nobody, &id, "kaps_guess", "").await.status);
    }
    assert_eq!(statuses[..11], [401; 11]);
    assert_eq!(statuses[11], 429);
    assert!(
        !ask(&nobody, &id, "kaps_guess", "")
            .await
            .header("retry-after")
            .is_empty()
    );
    ask(&nobody, &id, &secret, "").await.expect(200);
    let desk = app.staff("admin").await;
    let told = desk
        .get(&format!("/supplier/audit?object={id}&action=client.proof_failed"))
        .await
        .expect(200);
    assert_eq!(told["data"][0]["actor"], "visitor", "{told}");
}

async fn metadata(at: &Client) -> serde_json::Value {
    at.send_anywhere(Method::GET, "/.well-known/oauth-authorization-server", &[], None)
        .await
        .expect(200)
}

#[tokio::test]
async fn libraries_find_where_tokens_are() {
    let app = TestApp::start().await;
    let told = metadata(&app.anonymous()).await;
    assert_eq!(told["issuer"], app.base());
    assert_eq!(told["token_endpoint"], format!("{}/oauth/token", app.base()));
    assert_eq!(told["grant_types_supported"], json!(["client_credentials"]));
    let methods = json!(["client_secret_basic", "private_key_jwt"]);
    assert_eq!(told["token_endpoint_auth_methods_supported"], methods);
    assert!(
        told["scopes_supported"]
            .as_array()
            .unwrap()
            .contains(&"orders:write".into())
    );
    let public = Some("https://portal.example/".parse().unwrap());
    let node = app.node_with(|state| state.reached_at(public)).await;
    let told = metadata(&node.anonymous()).await;
    assert_eq!(told["issuer"], "https://portal.example");
}

#[tokio::test]
async fn a_program_ends_on_its_last_day_and_with_its_account() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let today = clock::now().date();
    let yesterday = today.pred_opt().unwrap().to_string();
    let body = json!({"name": "Trial", "scopes": ["orders:read"], "expires_on": today.to_string()});
    let (id, secret) = add_with(&admin, "/clients", body).await;
    let client = token(&app.anonymous(), &id, &secret, "").await;
    client.get("/orders").await.expect(200);
    let change = json!({"expires_on": yesterday});
    let path = format!("/clients/{id}");
    let changed = admin.change(Method::PATCH, &path, "*", Some(change)).await.expect(200);
    assert_eq!(changed["state"], "expired");
    client.get("/orders").await.problem(401, "unauthenticated");
    refused(ask(&app.anonymous(), &id, &secret, "").await, 401, "invalid_client");
    let change = json!({"expires_on": null});
    admin.change(Method::PATCH, &path, "*", Some(change)).await.expect(200);
    client.get("/orders").await.expect(200);

    app.close_account("ACME").await;
    let elsewhere = app.another_node().await;
    client
        .at(&elsewhere.anonymous())
        .get("/orders")
        .await
        .problem(401, "unauthenticated");
    refused(ask(&app.anonymous(), &id, &secret, "").await, 401, "invalid_client");
}

/// Gives a token back.
async fn revoke(at: &Client, id: &str, secret: &str, token: &str) -> crate::client::Answer {
    let basic = format!(
        "Basic {}",
        data_encoding::BASE64.encode(format!("{id}:{secret}").as_bytes())
    );
    let headers = [FORM, ("Authorization", basic.as_str())];
    let body = format!("token={token}&token_type_hint=access_token");
    at.send_anywhere(Method::POST, "/oauth/revoke", &headers, Some(body))
        .await
}

#[tokio::test]
async fn a_token_that_is_given_back_is_good_for_nothing_on_any_node() {
    let app = TestApp::with_accounts().await;
    let other_node = app.node_with(|state| state).await;
    let admin = app.person("ACME", "admin").await;
    let (id, secret) = add(&admin, "/clients", &["orders:read"]).await;
    let (other, others) = add(&admin, "/clients", &["orders:read"]).await;
    let (lost, kept) = (
        token(&app.anonymous(), &id, &secret, "").await,
        token(&app.anonymous(), &id, &secret, "").await,
    );
    let there = lost.at(&other_node.anonymous());
    there.get("/orders").await.expect(200);
    lost.get("/orders").await.expect(200);
    let text = lost.token().unwrap();
    // Another program's is left alone, and so is what is no token.
    refused(
        revoke(&app.anonymous(), &other, &others, text).await,
        400,
        "invalid_request",
    );
    refused(
        revoke(&app.anonymous(), &id, "nonsense", text).await,
        401,
        "invalid_client",
    );
    refused(revoke(&app.anonymous(), &id, &secret, "").await, 400, "invalid_request");
    assert_eq!(revoke(&app.anonymous(), &id, &secret, "nonsense").await.status, 200);
    lost.get("/orders").await.expect(200);
    let answer = revoke(&app.anonymous(), &id, &secret, text).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
    lost.get("/orders").await.problem(401, "unauthenticated");
    kept.get("/orders").await.expect(200);
    // Once more is the same.
    assert_eq!(revoke(&app.anonymous(), &id, &secret, text).await.status, 200);
    let began = std::time::Instant::now();
    while there.get("/orders").await.status != 401 {
        assert!(began.elapsed().as_secs() < 5, "the other node takes it still");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}
