//! Signing keys: changed while people work, and taken out of use.

use data_encoding::BASE64URL_NOPAD;
use portal::audit::Actor;
use portal::clock;
use portal::identity::key_keeping::{self, Told, Use};
use serde_json::{Value, json};

use super::{actions, invited, log_in, look_up, run};
use crate::app::{PASSWORD, TestApp};
use crate::program::Installation;

async fn rotate(app: &TestApp) -> i64 {
    let write = |tx: &mut _| key_keeping::rotate(tx, &Actor::program("command"), clock::now());
    app.db().write(write).await.unwrap()
}

async fn retire(app: &TestApp, id: i64, now_already: bool) -> portal::error::Result<()> {
    let write = move |tx: &mut _| key_keeping::retire(tx, &Actor::program("command"), id, now_already, clock::now());
    app.db().write(write).await
}

async fn keys(app: &TestApp) -> Vec<Told> {
    app.db().read(key_keeping::list).await.unwrap()
}

/// The key that a token names.
fn key_of(token: &str) -> String {
    let header = BASE64URL_NOPAD
        .decode(token.split('.').next().unwrap().as_bytes())
        .unwrap();
    serde_json::from_slice::<Value>(&header).unwrap()["kid"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_new_key_signs_and_the_old_one_goes_on_proving() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let sign_in = |node: crate::client::Client| {
        let email = email.clone();
        async move {
            let tokens = log_in(&node, &email, PASSWORD).await.expect(200);
            tokens["access_token"].as_str().unwrap().to_owned()
        }
    };
    let first = sign_in(app.anonymous()).await;
    let browser = app.browse_as_person(&email).await;
    assert_eq!(key_of(&first), "1");
    assert_eq!(rotate(&app).await, 2);

    // A node that was there before takes it up without a restart, one that starts at once.
    let node = app.another_node().await;
    let second = sign_in(node.anonymous()).await;
    assert_eq!(key_of(&second), "2");
    // One more session of theirs each time would end the first.
    let taken_up = async {
        loop {
            let email = app.add_person("ACME", "buyer").await;
            let tokens = log_in(&app.anonymous(), &email, PASSWORD).await.expect(200);
            if key_of(tokens["access_token"].as_str().unwrap()) == "2" {
                break;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), taken_up)
        .await
        .expect("within seconds");
    for token in [&first, &second] {
        for client in [app.anonymous(), node.anonymous()] {
            client.with_token(token).get("/me").await.expect(200);
        }
    }
    browser.page("/orders").await;
    assert!(actions(&app).await.contains(&"key.rotate".to_owned()));
}

#[tokio::test]
async fn a_retired_key_proves_nothing() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let link = invited(&app, &admin, "guest@acme.example", "buyer").await;
    let browser = app.browse_as("ACME", "buyer").await;
    let refused = retire(&app, 1, true).await.unwrap_err();
    assert_eq!(refused.code().name(), "key_in_use");
    rotate(&app).await;
    // Sessions of it may go on for a month.
    let refused = retire(&app, 1, false).await.unwrap_err();
    assert_eq!(refused.code().name(), "key_in_use");
    admin.get("/me").await.expect(200);
    retire(&app, 1, true).await.unwrap();
    retire(&app, 1, true).await.unwrap();
    assert!(retire(&app, 9, true).await.is_err());
    app.is_out_soon(&admin).await;
    let node = app.another_node().await;
    assert!(
        browser
            .at(&node.base)
            .get("/orders")
            .await
            .goes_to()
            .starts_with("/sign-in")
    );
    // What is in mails stays good, and people sign in anew.
    look_up(&app, &link).await.expect(200);
    app.person("ACME", "buyer").await.get("/me").await.expect(200);
    let told = keys(&app).await;
    assert_eq!(told.len(), 2);
    assert!(matches!((told[0].does, told[1].does), (Use::Retired(_), Use::Signs)));
    let nobody = json!({"email": "nobody@acme.example"});
    assert_eq!(app.anonymous().post("/auth/forgot-password", nobody).await.status, 202);
}

#[tokio::test]
async fn the_commands_change_keys_and_help_who_lost_everything() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "admin").await;
    app.sign_in(&email).await;
    let installation = Installation::on(app.db().target());
    let says = |arguments: &[&str], input: &str, code: i32, part: &str| {
        let output = installation.run(arguments, input);
        assert_eq!(output.code, Some(code), "{arguments:?}: {output:?}");
        let text = if code == 0 { &output.stdout } else { &output.stderr };
        assert!(text.contains(part), "{arguments:?}: {output:?}");
    };
    says(&["keys", "rotate"], "", 0, "key 2 signs from now on");
    says(&["keys", "list"], "", 0, "proves what it signed, until");
    says(&["keys", "retire", "2"], "", 1, "This key signs.");
    says(&["keys", "retire", "1"], "", 1, "may go on until");
    says(&["keys", "retire", "1", "--now"], "", 0, "key 1 is retired");
    says(&["keys", "retire", "9"], "", 1, "There is no key 9.");

    let reset = |email: &'static str| ["user", "reset-second-factor", "--email", email];
    says(&reset("nobody@acme.example"), "", 1, "There is no person");
    app.add_person_named("lost@acme.example", "ACME", "admin").await;
    says(&reset("lost@acme.example"), "", 1, "There is no second factor.");
    let set_up = "INSERT INTO second_factors (person_id, secret, created_at, confirmed_at, last_step) \
                  SELECT id, 'AAAA', created_at, created_at, 0 FROM people WHERE email = 'lost@acme.example'";
    run(&app, set_up).await;
    says(&reset("lost@acme.example"), "", 0, "has no second factor any more");
    app.sign_in("lost@acme.example").await;

    let add = [
        "user",
        "add",
        "--email",
        "new@acme.example",
        "--account",
        "ACME",
        "--role",
        "buyer",
        "--password-stdin",
    ];
    says(&add, "Password-2026!\n", 1, "others try first");
    says(&add, "Acme-Works-2026\n", 1, "others know of you");
}
