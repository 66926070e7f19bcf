//! New passwords: with the old one, or with the link of a mail.

use portal::http::Origins;
use reqwest::Method;
use serde_json::{Value, json};

use super::{NEW_PASSWORD, actions, count, how_many, invited, log_in, reset, reset_token, run};
use crate::app::{PASSWORD, TestApp};
use crate::client::{Answer, Client};

async fn change(client: &Client, current: &str, new: &str) -> Answer {
    let body = json!({"current_password": current, "new_password": new});
    client.post("/me/password", body).await
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let (this, other) = (app.sign_in(&email).await, app.sign_in(&email).await);
    assert_eq!(change(&this, PASSWORD, NEW_PASSWORD).await.status, 204);
    this.get("/me").await.expect(200);
    app.is_out_soon(&other).await;
    log_in(&app.anonymous(), &email, PASSWORD)
        .await
        .problem(401, "invalid_credentials");
    log_in(&app.anonymous(), &email, NEW_PASSWORD).await.expect(200);
    assert!(actions(&app).await.contains(&"person.change_password".to_owned()));
}

#[tokio::test]
async fn a_wrong_current_password_counts_as_a_failed_sign_in() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.sign_in(&email).await;
    for _ in 0..10 {
        let faults = change(&client, "not the password", NEW_PASSWORD).await.faults();
        assert_eq!(faults, [("/current_password".to_owned(), "wrong_password".to_owned())]);
    }
    change(&client, "not the password", NEW_PASSWORD)
        .await
        .problem(429, "throttled");
    change(&client, PASSWORD, NEW_PASSWORD).await.problem(429, "throttled");
    log_in(&app.anonymous(), &email, PASSWORD)
        .await
        .problem(429, "throttled");
    client.get("/me").await.expect(200);
}

#[tokio::test]
async fn asking_for_a_new_password_takes_the_same_work_for_whoever_asks() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let gone = app.add_person("ACME", "buyer").await;
    app.end_person(&gone).await;
    // The first one makes the key that signs links.
    reset_token(&app, &app.add_person("ACME", "buyer").await).await;
    let mut counts = Vec::new();
    for asking in [email.as_str(), "nobody@acme.example", gone.as_str()] {
        let before = app.db().statements();
        let answer = app
            .anonymous()
            .post("/auth/forgot-password", json!({"email": asking}))
            .await;
        assert_eq!(answer.status, 202);
        counts.push(app.db().statements() - before);
    }
    assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
    let requested = "SELECT COUNT(*) FROM events WHERE type = 'password_reset.requested'";
    assert_eq!(count(&app, requested).await, 2);
}

#[tokio::test]
async fn guesses_in_a_session_count_from_whatever_address() {
    let app = TestApp::with_accounts().await;
    let origins = Origins::behind(&["127.0.0.1".parse().unwrap()]);
    let node = app.node_with(|state| state.with_origins(origins)).await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.sign_in(&email).await.at(&node.anonymous());
    let guess = async |place: usize, current: &str| {
        let body = json!({"current_password": current, "new_password": NEW_PASSWORD}).to_string();
        let from = format!("198.51.100.{place}");
        let headers = [("X-Forwarded-For", from.as_str())];
        client.send(Method::POST, "/me/password", &headers, Some(body)).await
    };
    for place in 0..10 {
        guess(place, "not the password").await.problem(422, "validation_failed");
    }
    guess(11, "not the password").await.problem(429, "throttled");
    guess(12, PASSWORD).await.problem(429, "throttled");
    // Elsewhere they sign in as ever.
    log_in(&app.anonymous(), &email, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_new_password_keeps_the_rules() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.sign_in(&email).await;
    let token = reset_token(&app, &email).await;
    for bad in ["x".repeat(11), "x".repeat(129)] {
        let expected = [("/new_password".to_owned(), "value_invalid".to_owned())];
        assert_eq!(change(&client, PASSWORD, &bad).await.faults(), expected);
        assert_eq!(reset(&client, &token, &bad).await.faults(), expected);
    }
    let long: String = "vier Kessel brummen am Mittag ".repeat(5).chars().take(128).collect();
    assert_eq!(reset(&client, &token, &long).await.status, 204);
}

/// Passwords that others guess, and why each is refused for somebody at Acme Works, whose supplier is The Supplier.
const GUESSED: [(&str, &str); 4] = [
    ("Password-2026!", "password_common"),
    ("qwertzuiop123", "password_common"),
    ("ACME-Works-2026", "password_personal"),
    ("the.supplier.1234", "password_personal"),
];

#[tokio::test]
async fn what_others_guess_is_no_password_at_any_entry() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    app.add_person_named("wolkenstein@acme.example", "ACME", "buyer").await;
    let client = app.sign_in("wolkenstein@acme.example").await;
    let token = reset_token(&app, "wolkenstein@acme.example").await;
    let invitation = invited(&app, &admin, "guest@acme.example", "buyer").await;
    let accept = |name: &str, password: &str| {
        let body = json!({"token": invitation, "name": name, "password": password});
        async { app.anonymous().post("/invitations/accept", body).await.faults() }
    };
    for (password, code) in GUESSED.into_iter().chain([("W0lkenstein-99", "password_personal")]) {
        let expected = [("/new_password".to_owned(), code.to_owned())];
        assert_eq!(
            change(&client, PASSWORD, password).await.faults(),
            expected,
            "{password}"
        );
        assert_eq!(reset(&client, &token, password).await.faults(), expected, "{password}");
    }
    for (password, code) in GUESSED.into_iter().chain([("Mirabella-1988", "password_personal")]) {
        let found = accept("Mirabella Vogt", password).await;
        assert_eq!(found, [("/password".to_owned(), code.to_owned())], "{password}");
    }
    // Neither is used up by it.
    assert_eq!(reset(&client, &token, NEW_PASSWORD).await.status, 204);
    let page = app.browser();
    let credentials = [("email", "wolkenstein@acme.example"), ("password", NEW_PASSWORD)];
    assert_eq!(page.post("/sign-in", &credentials).await.goes_to(), "/");
    let fields = [("current_password", NEW_PASSWORD), ("new_password", "Wolkenstein2026")];
    let shown = page.post("/profile/password", &fields).await;
    assert_eq!(shown.status, 422);
    assert!(shown.html.contains("little more than “wolkenstein”"), "{}", shown.html);
}

#[tokio::test]
async fn of_changes_at_once_one_wins() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.sign_in(&email).await;
    let passwords: Vec<_> = (0..5).map(|n| format!("{n} kettles hum at noon")).collect();
    let changes = passwords.iter().map(|password| change(&client, PASSWORD, password));
    let answers = futures::future::join_all(changes).await;
    assert_eq!(
        (how_many(&answers, 204), how_many(&answers, 422)),
        (1, 4),
        "{answers:?}"
    );
    let winner = answers.iter().position(|answer| answer.status == 204).unwrap();
    log_in(&app.anonymous(), &email, &passwords[winner]).await.expect(200);
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_once() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let session = app.sign_in(&email).await;
    let client = app.anonymous();
    let (token, second) = (
        reset_token(&app, &email).await,
        reset_token(&app, &email.to_uppercase()).await,
    );
    assert_eq!(reset(&client, &token, NEW_PASSWORD).await.status, 204);
    app.is_out_soon(&session).await;
    log_in(&client, &email, PASSWORD)
        .await
        .problem(401, "invalid_credentials");
    log_in(&client, &email, NEW_PASSWORD).await.expect(200);
    for used in [&token, &second] {
        reset(&client, used, PASSWORD).await.problem(409, "token_used");
    }
    reset(&client, "made-up", PASSWORD).await.problem(422, "token_unknown");
    let actions = actions(&app).await;
    for action in ["password_reset.request", "person.reset_password"] {
        assert!(actions.iter().any(|done| done == action), "{action} in {actions:?}");
    }
}

#[tokio::test]
async fn a_completed_reset_lets_its_person_in_however_often_somebody_failed() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.anonymous();
    for _ in 0..10 {
        log_in(&client, &email, "not the password")
            .await
            .problem(401, "invalid_credentials");
    }
    for password in ["not the password", PASSWORD] {
        log_in(&client, &email, password).await.problem(429, "throttled");
    }
    let token = reset_token(&app, &email).await;
    assert_eq!(reset(&client, &token, NEW_PASSWORD).await.status, 204);
    log_in(&client, &email, NEW_PASSWORD).await.expect(200);
}

#[tokio::test]
async fn of_resets_at_once_one_wins() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let tokens = [reset_token(&app, &email).await, reset_token(&app, &email).await];
    let client = app.anonymous();
    let resets = (0..6).map(|n| reset(&client, &tokens[n % 2], NEW_PASSWORD));
    let answers = futures::future::join_all(resets).await;
    assert_eq!(
        (how_many(&answers, 204), how_many(&answers, 409)),
        (1, 5),
        "{answers:?}"
    );
    log_in(&client, &email, NEW_PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_link_to_a_new_password_lasts_an_hour_and_no_longer_than_its_reason() {
    let app = TestApp::with_accounts().await;
    let client = app.anonymous();
    let email = app.add_person("ACME", "buyer").await;
    let token = reset_token(&app, &email).await;
    run(&app, "UPDATE password_resets SET expires_at = created_at").await;
    reset(&client, &token, NEW_PASSWORD).await.problem(409, "token_expired");

    let token = reset_token(&app, &email).await;
    let session = app.sign_in(&email).await;
    assert_eq!(change(&session, PASSWORD, NEW_PASSWORD).await.status, 204);
    reset(&client, &token, PASSWORD).await.problem(409, "token_used");

    let leaver = app.add_person("ACME", "buyer").await;
    let token = reset_token(&app, &leaver).await;
    app.close_account("ACME").await;
    reset(&client, &token, NEW_PASSWORD)
        .await
        .problem(409, "token_withdrawn");
}

#[tokio::test]
async fn nobody_learns_who_has_an_address() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let ended = app.add_person("ACME", "buyer").await;
    app.end_person(&ended).await;
    let client = app.anonymous();
    let ask = |email: String| client.post("/auth/forgot-password", json!({ "email": email }));
    for email in [email.as_str(), &ended, "nobody@acme.example", "not an address"] {
        let answer = ask(email.to_owned()).await;
        assert_eq!((answer.status, answer.text.as_str()), (202, ""), "{email}");
    }
    assert_eq!(count(&app, "SELECT count(*) FROM password_resets").await, 1);
    let requested = "SELECT count(*) FROM events WHERE type = 'password_reset.requested' AND data = '{}'";
    assert_eq!(count(&app, requested).await, 1);
    // Three in a quarter of an hour are answered, whoever is asked for.
    for email in [email.as_str(), "nobody@acme.example"] {
        for _ in 0..2 {
            assert_eq!(ask(email.to_owned()).await.status, 202);
        }
        let refused = ask(email.to_owned()).await;
        let seconds: u64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=900).contains(&seconds), "{seconds}");
        refused.problem(429, "throttled");
    }
    // Nobody is kept from signing in by it.
    log_in(&client, &email, PASSWORD).await.expect(200);
}

#[tokio::test]
async fn staff_reset_their_password_too() {
    let app = TestApp::with_accounts().await;
    app.add_staff_named("piet@supplier.example", "warehouse").await;
    let token = reset_token(&app, "piet@supplier.example").await;
    assert_eq!(reset(&app.anonymous(), &token, NEW_PASSWORD).await.status, 204);
    let tokens = log_in(&app.anonymous(), "piet@supplier.example", NEW_PASSWORD)
        .await
        .expect(200);
    let me = app.anonymous().with_token(tokens["access_token"].as_str().unwrap());
    assert_eq!(me.get("/me").await.expect(200)["account"], Value::Null);
}
