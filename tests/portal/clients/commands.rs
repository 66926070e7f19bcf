//! `portal client`.

use reqwest::Method;

use super::{add, ask, refused, token};
use crate::app::TestApp;
use crate::program::Installation;

#[tokio::test]
async fn the_command_adds_lists_rotates_and_revokes() {
    let app = TestApp::with_accounts().await;
    let installation = Installation::on(app.db().target());
    let run = |arguments: &[&str], code: i32| {
        let output = installation.run(&[&["client"], arguments].concat(), "");
        assert_eq!(output.code, Some(code), "{arguments:?}: {output:?}");
        if code == 0 { output.stdout } else { output.stderr }
    };
    let named = [
        "add",
        "--account",
        "ACME",
        "--name",
        "Nightly",
        "--scopes",
        "orders:read,catalogue:read",
    ];
    let printed = run(&named, 0);
    let (id, secret) = printed.trim().split_once('\n').expect("an id and a secret");
    token(&app.anonymous(), id, secret, "")
        .await
        .get("/products")
        .await
        .expect(200);
    let listed = run(&["list", "--account", "ACME"], 0);
    let ending = &secret[secret.len() - 4..];
    for part in [id, "active", "Nightly", "catalogue:read orders:read", ending] {
        assert!(listed.contains(part), "{part}: {listed}");
    }
    assert!(!listed.contains(secret), "{listed}");
    assert_eq!(run(&["list", "--supplier"], 0), "");

    let second = run(&["rotate", id], 0);
    ask(&app.anonymous(), id, second.trim(), "").await.expect(200);
    let told = run(&["rotate", id], 1);
    let oldest = told
        .split_whitespace()
        .find(|word| word.starts_with("cls_"))
        .expect("the one to retire")
        .trim_end_matches(',');
    let third = run(&["rotate", id, "--retire", oldest], 0);
    refused(ask(&app.anonymous(), id, secret, "").await, 401, "invalid_client");
    ask(&app.anonymous(), id, third.trim(), "").await.expect(200);

    run(&["revoke", id], 0);
    refused(ask(&app.anonymous(), id, third.trim(), "").await, 401, "invalid_client");
    assert!(run(&["revoke", "cli_0000000000000"], 1).contains("no program"));
    assert!(
        run(
            &["add", "--account", "NOBODY", "--name", "A", "--scopes", "orders:read"],
            1
        )
        .contains("NOBODY")
    );
    assert!(
        run(
            &["add", "--account", "ACME", "--name", "A", "--scopes", "stock:write"],
            1
        )
        .contains("stock:write")
    );
    assert!(run(&["list"], 2).contains("--account"));
}

#[tokio::test]
async fn a_program_that_was_added_by_the_command_is_kept_by_admins() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let (first, _) = add(&admin, "/clients", &["orders:read"]).await;
    let installation = Installation::on(app.db().target());
    installation.succeed(
        &[
            "client",
            "add",
            "--account",
            "ACME",
            "--name",
            "B",
            "--scopes",
            "orders:read",
        ],
        "",
    );
    let listed = admin.get("/clients").await.expect(200);
    let ids: Vec<_> = listed["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|client| client["created_by"].clone())
        .collect();
    assert_eq!(ids[1], "command");
    assert_eq!(listed["data"][0]["id"], first);
    let path = format!("/clients/{}", listed["data"][1]["id"].as_str().unwrap());
    let change = serde_json::json!({"name": "C"});
    admin.change(Method::PATCH, &path, "*", Some(change)).await.expect(200);
}
