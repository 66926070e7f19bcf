//! Passwords that are known from breaches, where whoever runs the portal has a list of them: nobody chooses one.

use std::io::Write;

use data_encoding::HEXUPPER;
use portal::breached::Breached;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use serde_json::json;
use tempfile::NamedTempFile;

use super::{NEW_PASSWORD, invited, log_in, reset, reset_token};
use crate::app::{PASSWORD, TestApp};
use crate::client::Client;
use crate::program::Installation;

/// A list of a thousand, these among them; the words of the second have the letters of other keyboards.
fn list(known: &[&str]) -> NamedTempFile {
    let others = (0..1_000).map(|number| format!("somebody's {number}"));
    let hash = |password: &str| HEXUPPER.encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes()).as_ref());
    let mut lines: Vec<_> = others.map(|other| hash(&other)).collect();
    lines.extend(known.iter().map(|password| hash(password)));
    lines.sort();
    let mut file = NamedTempFile::new().unwrap();
    for line in lines {
        writeln!(file, "{line}:3\r").unwrap();
    }
    file
}

#[tokio::test]
async fn passwords_known_from_breaches_are_refused_where_there_is_a_list_of_them() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let admin = app.person("ACME", "admin").await;
    let file = list(&[NEW_PASSWORD, "gr\u{fc}n wie die Wiese"]);
    let breached = Breached::open(file.path()).unwrap();
    let node = app.node_with(|state| state.refusing_breached(Some(breached))).await;
    let anonymous = Client::anonymous(&node.base);
    let tokens = log_in(&anonymous, &email, PASSWORD).await.expect(200);
    let buyer = anonymous.with_token(tokens["access_token"].as_str().unwrap());
    let refused = |pointer: &str| vec![(pointer.to_owned(), "password_common".to_owned())];

    // By oneself, in either form of the letters; by a link; with an invitation.
    for new in [NEW_PASSWORD, "gr\u{fc}n wie die Wiese", "gru\u{308}n wie die Wiese"] {
        let change = json!({"current_password": PASSWORD, "new_password": new});
        let faults = buyer.post("/me/password", change).await.faults();
        assert_eq!(faults, refused("/new_password"), "{new}");
    }
    let token = reset_token(&app, &email).await;
    let answer = reset(&anonymous, &token, NEW_PASSWORD).await;
    assert_eq!(answer.faults(), refused("/new_password"));
    let token = invited(&app, &admin, "new@acme.example", "buyer").await;
    let accepted = json!({"token": token, "name": "New", "password": NEW_PASSWORD});
    let answer = anonymous.post("/invitations/accept", accepted).await;
    assert_eq!(answer.faults(), refused("/password"));

    // What stands in no list is taken, and the old one goes on opening.
    let change = json!({"current_password": PASSWORD, "new_password": "four kettles hum at noon"});
    assert_eq!(buyer.post("/me/password", change).await.status, 204);
    log_in(&anonymous, &email, "four kettles hum at noon").await.expect(200);
}

#[tokio::test]
async fn whoever_adds_people_by_command_is_refused_them_too() {
    let installation = Installation::by_default();
    let file = list(&[NEW_PASSWORD]);
    let path = file.path().to_str().unwrap();
    let add = |email: &'static str| {
        [
            "user",
            "add",
            "--email",
            email,
            "--staff-role",
            "admin",
            "--password-stdin",
            "--breached-passwords",
            path,
        ]
        .map(str::to_owned)
    };
    installation.succeed(&["migrate"], "");
    let run = |email, password| {
        let arguments = add(email);
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        installation.run(&arguments, password)
    };
    let refused = run("a@s.example", NEW_PASSWORD);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.stderr.contains("others try first"), "{refused:?}");
    let taken = run("a@s.example", PASSWORD);
    assert_eq!(taken.code, Some(0), "{taken:?}");
    let nowhere = ["serve", "--breached-passwords", "/nowhere/list.txt"];
    let refused = installation.run(&nowhere, "");
    assert_ne!(refused.code, Some(0));
    assert!(
        refused.stderr.contains("--breached-passwords /nowhere/list.txt: "),
        "{refused:?}"
    );
}
