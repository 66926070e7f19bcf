//! Ways back in: what a link to a new password leaves in force, codes for who lost an authenticator, and how long things last.

use std::collections::HashSet;

use chrono::TimeDelta;
use portal::clock;
use portal::db::sql;
use portal::identity::passwords;
use portal::identity::rules::totp;
use portal::identity::tokens::fingerprint;
use serde_json::{Value, json};

use super::factors::{PATH, challenge, finish, set_up, shown};
use super::passkeys::{Authenticator, add, named_node};
use super::{NEW_PASSWORD, log_in, reset, reset_token, run, text};
use crate::app::{PASSWORD, TestApp};
use crate::client::Client;

async fn factor(client: &Client) -> Value {
    client.get(PATH).await.expect(200)
}

#[tokio::test]
async fn a_new_password_by_a_link_leaves_the_second_factor_in_force() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let (secret, codes) = set_up(&app, &app.sign_in(&email).await).await;
    let token = reset_token(&app, &email).await;
    let answer = reset(&app.anonymous(), &token, NEW_PASSWORD).await;
    assert!(answer.status < 300, "{}", answer.text);
    assert!(
        !answer.text.contains("access_token"),
        "the link alone opens nothing: {}",
        answer.text
    );
    log_in(&app.anonymous(), &email, PASSWORD)
        .await
        .problem(401, "invalid_credentials");
    let problem = log_in(&app.anonymous(), &email, NEW_PASSWORD)
        .await
        .problem(401, "second_factor_required");
    let challenge = text(&problem["params"], "challenge");
    let tokens = finish(&app, &challenge, &shown(&secret, 1)).await.expect(200);
    let client = app.anonymous().with_token(&text(&tokens, "access_token"));
    assert_eq!(factor(&client).await["recovery_codes_left"], codes.len());
}

#[tokio::test]
async fn secrets_and_codes_of_people_are_long_and_differ() {
    let app = TestApp::with_accounts().await;
    let (mut secrets, mut codes) = (HashSet::new(), HashSet::new());
    for _ in 0..3 {
        let (secret, own) = set_up(&app, &app.person("ACME", "buyer").await).await;
        // Base 32 has five bits a character.
        assert_eq!(secret.len() * 5, 160, "{secret}");
        secrets.insert(secret);
        for code in own {
            assert_eq!(code.replace('-', "").len() * 5, 140, "{code}");
            codes.insert(code);
        }
    }
    assert_eq!((secrets.len(), codes.len()), (3, 30));
}

#[tokio::test]
async fn recovery_codes_of_before_open_until_they_are_used() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    set_up(&app, &app.sign_in(&email).await).await;
    let stored = fingerprint("abcdefghijklmnop");
    let write = move |tx: &mut _| {
        sql("UPDATE recovery_codes SET code_hash = $1 WHERE code_hash = (SELECT MIN(code_hash) FROM recovery_codes)")
            .bind(stored.clone())
            .run(tx)
    };
    assert_eq!(app.db().write(write).await.unwrap(), 1);
    let typed = "ABCD-EFGH-IJKL-MNOP";
    finish(&app, &challenge(&app, &email).await, typed).await.expect(200);
    let again = finish(&app, &challenge(&app, &email).await, typed).await;
    assert_eq!(again.faults(), [("/code".to_owned(), "wrong_code".to_owned())]);
}

#[tokio::test]
async fn who_has_passkeys_alone_renews_recovery_codes_by_a_fresh_proof() {
    let app = TestApp::with_accounts().await;
    let node = named_node(&app).await;
    let email = app.add_person("ACME", "buyer").await;
    let browser = app.browse_as_person(&email).await.at(&node.base);
    let added = add(&browser, &Authenticator::new("key-1")).await;
    let first = added
        .html
        .split_once("<li><code>")
        .unwrap()
        .1
        .split_once('<')
        .unwrap()
        .0
        .to_owned();
    let path = "/profile/second-factor/recovery-codes";
    let renewed = browser.post(path, &[]).await;
    assert_eq!(renewed.html.matches("<li><code>").count(), 10, "{}", renewed.html);
    assert!(!renewed.html.contains(&first));
    run(&app, "UPDATE sessions SET proven_at = '2020-01-01 00:00:00'").await;
    let node = named_node(&app).await;
    assert_eq!(
        browser.at(&node.base).post(path, &[]).await.status,
        307,
        "a proof is asked for"
    );
}

#[tokio::test]
async fn who_removes_an_authenticator_beside_a_passkey_is_told_so() {
    let app = TestApp::with_accounts().await;
    let node = named_node(&app).await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.sign_in(&email).await;
    let (secret, _) = set_up(&app, &client).await;
    let (problem, browser) = (challenge(&app, &email).await, crate::browser::Browser::new(&node.base));
    let fields = [
        ("challenge", problem.as_str()),
        ("code", &shown(&secret, 1)),
        ("next", "/"),
    ];
    assert_eq!(browser.post("/sign-in/code", &fields).await.goes_to(), "/");
    run(&app, "UPDATE second_factors SET last_step = 0").await;
    assert_eq!(
        add(&browser, &Authenticator::new("key-1")).await.goes_to(),
        PATH.replace("/me", "/profile")
    );
    let removed = browser
        .post("/profile/second-factor/remove", &[("code", &shown(&secret, 0))])
        .await;
    removed.goes_to();
    let page = browser.page("/profile/second-factor").await;
    assert!(page.contains("A passkey goes on protecting your access."), "{page}");
    assert!(
        page.contains("recovery codes are left"),
        "they stay with the passkey: {page}"
    );
    let mails = app.mails().await;
    let told = mails
        .iter()
        .find(|mail| mail.texts.subject.ends_with("your authenticator was removed"));
    let told = &told.unwrap_or_else(|| panic!("{mails:#?}")).texts;
    assert!(told.text.contains("asks for a passkey"), "{}", told.text);
}

#[tokio::test]
async fn passwords_do_not_grow_old() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    // Somebody who came ten years ago, and has not been here since.
    run(
        &app,
        "UPDATE people SET created_at = '2016-01-01 00:00:00', last_sign_in_at = '2016-01-02 00:00:00'",
    )
    .await;
    let client = app.sign_in(&email).await;
    client.get("/orders").await.expect(200);
}

#[tokio::test]
async fn a_hash_of_before_becomes_one_of_today_at_the_next_sign_in() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let read = |connection: &mut _| sql("SELECT password_hash FROM people").rows(connection);
    let before: Vec<String> = app.db().read(read).await.unwrap();
    assert!(
        before
            .iter()
            .all(|hash| hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")),
        "{before:?}"
    );
    let old = weak_hash();
    let write = move |tx: &mut _| sql("UPDATE people SET password_hash = $1").bind(old.clone()).run(tx);
    app.db().write(write).await.unwrap();
    log_in(&app.anonymous(), &email, "not the password")
        .await
        .problem(401, "invalid_credentials");
    app.sign_in(&email).await.get("/me").await.expect(200);
    let after: Vec<String> = app.db().read(read).await.unwrap();
    assert!(
        after
            .iter()
            .any(|hash| hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")),
        "{after:?}"
    );
    let hashes = after
        .iter()
        .filter(|hash| passwords::verify(PASSWORD, Some(hash)).unwrap())
        .count();
    assert_eq!(hashes, after.len(), "it is the same password");
    app.sign_in(&email).await.get("/me").await.expect(200);
}

/// The hash of everybody's password as it would have been made with little effort.
fn weak_hash() -> String {
    use argon2::password_hash::{PasswordHasher, Salt};
    let params = argon2::Params::new(8, 1, 1, None).unwrap();
    let hasher = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let salt = Salt::from_b64("d2VhayBzYWx0IHdlYWs").unwrap();
    let hash = hasher.hash_password(PASSWORD.as_bytes(), salt).unwrap().to_string();
    assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
    hash
}

#[tokio::test]
async fn codes_of_yesterday_open_nothing() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let (secret, _) = set_up(&app, &app.sign_in(&email).await).await;
    for ago in [TimeDelta::minutes(2), TimeDelta::days(1)] {
        let old = totp::shown_code(&secret, clock::now() - ago).unwrap();
        let answer = finish(&app, &challenge(&app, &email).await, &old).await;
        assert_eq!(
            answer.faults(),
            [("/code".to_owned(), "wrong_code".to_owned())],
            "{ago}"
        );
    }
    let body = json!({"challenge": challenge(&app, &email).await, "code": shown(&secret, 0)});
    app.anonymous().post("/auth/second-factor", body).await.expect(200);
}
