//! Signing in, staying signed in and being out.

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{PASSWORD, TestApp};
use crate::client::{Answer, Client};

async fn log_in(client: &Client, email: &str, password: &str) -> Answer {
    let credentials = json!({"email": email, "password": password});
    client.post("/auth/login", credentials).await
}

async fn refresh(client: &Client, token: &Value) -> Answer {
    client.post("/auth/refresh", json!({"refresh_token": token})).await
}

fn bearer(client: &Client, tokens: &Value) -> Client {
    client.with_token(tokens["access_token"].as_str().unwrap())
}

/// The problem without what differs from request to request.
fn refusal(answer: Answer, status: u16, code: &str) -> Value {
    let mut problem = answer.problem(status, code);
    problem.as_object_mut().unwrap().remove("request_id");
    problem
}

#[tokio::test]
async fn a_person_signs_in_and_is_known() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let tokens = log_in(&app.anonymous(), &email, PASSWORD).await.expect(200);
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 900);
    let me = bearer(&app.anonymous(), &tokens).get("/me").await.expect(200);
    assert_eq!(me["email"], email.as_str());
    assert_eq!(me["roles"], json!(["buyer"]));
    assert_eq!(me["account"], "ACME");
}

#[tokio::test]
async fn the_mail_address_is_compared_without_case_and_edges() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let written = format!(" {} ", email.to_uppercase());
    log_in(&app.anonymous(), &written, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn staff_has_no_account() {
    let app = TestApp::with_accounts().await;
    let me = app.staff("warehouse").await.get("/me").await.expect(200);
    assert_eq!(me["account"], Value::Null);
    assert_eq!(me["roles"], json!(["warehouse"]));
}

#[tokio::test]
async fn an_unknown_person_gets_the_answer_of_a_wrong_password() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.anonymous();
    let wrong = log_in(&client, &email, "not the password").await;
    let unknown = log_in(&client, "nobody@acme.example", "not the password").await;
    assert_eq!(
        refusal(wrong, 401, "invalid_credentials"),
        refusal(unknown, 401, "invalid_credentials")
    );
}

#[tokio::test]
async fn a_refresh_token_works_once() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.anonymous();
    let first = log_in(&client, &email, PASSWORD).await.expect(200);
    let second = refresh(&client, &first["refresh_token"]).await.expect(200);
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    bearer(&client, &second).get("/me").await.expect(200);
    let third = refresh(&client, &second["refresh_token"]).await.expect(200);
    bearer(&client, &third).get("/me").await.expect(200);
}

#[tokio::test]
async fn a_refresh_token_used_twice_ends_the_family() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.anonymous();
    let first = log_in(&client, &email, PASSWORD).await.expect(200);
    let other = log_in(&client, &email, PASSWORD).await.expect(200);
    let second = refresh(&client, &first["refresh_token"]).await.expect(200);
    let reused = refresh(&client, &first["refresh_token"]).await;
    reused.problem(401, "invalid_refresh_token");
    let of_family = refresh(&client, &second["refresh_token"]).await;
    of_family.problem(401, "invalid_refresh_token");
    app.is_out_soon(&bearer(&client, &second)).await;
    // Another sign-in of the same person is another family.
    refresh(&client, &other["refresh_token"]).await.expect(200);
}

#[tokio::test]
async fn parallel_use_of_one_refresh_token_gives_one_successor() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.anonymous();
    let tokens = log_in(&client, &email, PASSWORD).await.expect(200);
    let uses = (0..8).map(|_| refresh(&client, &tokens["refresh_token"]));
    let answers = futures::future::join_all(uses).await;
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        1,
        "{statuses:?}"
    );
    assert!(
        statuses.iter().all(|status| [200, 401].contains(status)),
        "{statuses:?}"
    );
}

#[tokio::test]
async fn after_sign_out_nothing_of_the_session_works() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.anonymous();
    let tokens = log_in(&client, &email, PASSWORD).await.expect(200);
    let signed_in = bearer(&client, &tokens);
    let out = json!({"refresh_token": tokens["refresh_token"]});
    assert_eq!(signed_in.post("/auth/logout", out).await.status, 204);
    let again = refresh(&client, &tokens["refresh_token"]).await;
    again.problem(401, "invalid_refresh_token");
    app.is_out_soon(&signed_in).await;
}

#[tokio::test]
async fn the_eleventh_failure_throttles_the_person_and_nobody_else() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let other = app.add_person("ACME", "buyer").await;
    let client = app.anonymous();
    for _ in 0..10 {
        let failed = log_in(&client, &email, "not the password").await;
        failed.problem(401, "invalid_credentials");
    }
    for password in ["not the password", PASSWORD] {
        let throttled = log_in(&client, &email, password).await;
        let seconds: u64 = throttled.header("retry-after").parse().unwrap();
        assert!((1..=900).contains(&seconds), "{seconds}");
        throttled.problem(429, "throttled");
    }
    log_in(&client, &other, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn parallel_failures_all_count() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.anonymous();
    let attempts = (0..20).map(|_| log_in(&client, &email, "not the password"));
    let answers = futures::future::join_all(attempts).await;
    let refused = answers.iter().filter(|answer| answer.status == 401).count();
    assert!(refused <= 10, "{refused} guesses were answered");
    log_in(&client, &email, PASSWORD).await.problem(429, "throttled");
}

#[tokio::test]
async fn an_unknown_address_is_throttled_like_a_person() {
    let app = TestApp::with_accounts().await;
    let client = app.anonymous();
    for _ in 0..10 {
        let failed = log_in(&client, "nobody@acme.example", "not the password").await;
        failed.problem(401, "invalid_credentials");
    }
    let throttled = log_in(&client, "nobody@acme.example", "not the password").await;
    throttled.problem(429, "throttled");
}

#[tokio::test]
async fn an_ended_person_is_out() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.anonymous();
    let tokens = log_in(&client, &email, PASSWORD).await.expect(200);
    app.end_person(&email).await;
    let login = log_in(&client, &email, PASSWORD).await;
    login.problem(401, "invalid_credentials");
    let renewed = refresh(&client, &tokens["refresh_token"]).await;
    renewed.problem(401, "invalid_refresh_token");
    app.is_out_soon(&bearer(&client, &tokens)).await;
}

#[tokio::test]
async fn the_people_of_a_closed_account_are_out() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "admin").await;
    let client = app.anonymous();
    let tokens = log_in(&client, &email, PASSWORD).await.expect(200);
    app.close_account("ACME").await;
    let login = log_in(&client, &email, PASSWORD).await;
    login.problem(401, "invalid_credentials");
    let renewed = refresh(&client, &tokens["refresh_token"]).await;
    renewed.problem(401, "invalid_refresh_token");
    app.is_out_soon(&bearer(&client, &tokens)).await;
    // Others are not touched.
    app.person("RIVAL", "buyer").await.get("/me").await.expect(200);
}

#[tokio::test]
async fn only_an_access_token_opens_the_door() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.anonymous();
    let tokens = log_in(&client, &email, PASSWORD).await.expect(200);
    let access = tokens["access_token"].as_str().unwrap();
    let parts: Vec<_> = access.split('.').collect();
    let unsigned = data_encoding::BASE64URL_NOPAD.encode(br#"{"alg":"none","typ":"at+jwt"}"#);
    let flipped = |part: &str| {
        let last = if part.ends_with('A') { 'Q' } else { 'A' };
        format!("{}{last}", &part[..part.len() - 1])
    };
    let middle = &parts[1][..parts[1].len() - 2];
    for (what, token) in [
        ("a refresh token", tokens["refresh_token"].as_str().unwrap().to_owned()),
        (
            "another signature",
            format!("{}.{}.{}", parts[0], parts[1], flipped(parts[2]).replacen('_', "-", 1)),
        ),
        ("cut claims", format!("{}.{middle}.{}", parts[0], parts[2])),
        ("no signature", format!("{}.{}.", parts[0], parts[1])),
        ("no algorithm", format!("{unsigned}.{}.", parts[1])),
        ("two parts", format!("{}.{}", parts[0], parts[1])),
        ("nothing", String::new()),
        ("garbage", "garbage".to_owned()),
    ] {
        let answer = client.with_token(&token).get("/me").await;
        assert_eq!(answer.status, 401, "{what}: {}", answer.text);
        assert!(answer.header("www-authenticate").starts_with("Bearer"), "{what}");
        answer.problem(401, "unauthenticated");
    }
    let as_refresh = refresh(&client, &tokens["access_token"]).await;
    as_refresh.problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn other_schemes_of_authorization_are_refused() {
    let app = TestApp::with_accounts().await;
    for value in ["Basic YWRhOnNlY3JldA==", "Bearer", "Bearer ", "bearer", "Token abc", ""] {
        let headers = [("Authorization", value)];
        let answer = app.anonymous().send(Method::GET, "/me", &headers, None).await;
        answer.problem(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_token_survives_a_restart_and_holds_on_every_node() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let tokens = log_in(&app.anonymous(), &email, PASSWORD).await.expect(200);
    let other_node = app.another_node().await;
    bearer(&other_node.anonymous(), &tokens).get("/me").await.expect(200);
    refresh(&other_node.anonymous(), &tokens["refresh_token"])
        .await
        .expect(200);
}
