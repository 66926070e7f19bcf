//! What processes keep in mind of who calls: it costs the database nothing, is seen at once where it is changed, and soon
//! everywhere else.

use reqwest::Method;
use serde_json::{Value, json};

use super::member_of;
use super::members::{may_buy, soon};
use crate::app::TestApp;
use crate::browser::Browser;
use crate::client::Client;
use crate::clients::{add, token};

/// Statements that `asked` takes, the fewest of five tries: a moment ago may be too long ago.
async fn statements(app: &TestApp, asked: impl AsyncFn()) -> u64 {
    let mut fewest = u64::MAX;
    for _ in 0..5 {
        let before = app.db().statements();
        asked().await;
        fewest = fewest.min(app.db().statements() - before);
    }
    fewest
}

async fn is_out(client: &Client) -> bool {
    client.get("/me").await.status == 401
}

#[tokio::test]
async fn who_called_a_moment_ago_is_known_without_a_statement() {
    let app = TestApp::with_accounts().await;
    for client in [app.person("ACME", "buyer").await, app.staff("finance").await] {
        let me = statements(&app, async || drop(client.get("/me").await.expect(200))).await;
        assert_eq!(me, 0);
    }
}

#[tokio::test]
async fn whoever_signs_in_leaves_the_others_known() {
    let app = TestApp::with_accounts().await;
    let client = app.person("ACME", "buyer").await;
    let email = app.add_person("RIVAL", "buyer").await;
    let mut fewest = u64::MAX;
    for _ in 0..5 {
        client.get("/me").await.expect(200);
        app.sign_in(&email).await;
        let before = app.db().statements();
        client.get("/me").await.expect(200);
        fewest = fewest.min(app.db().statements() - before);
    }
    assert_eq!(fewest, 0);
}

#[tokio::test]
async fn a_name_is_new_at_once_where_it_was_changed_and_soon_elsewhere() {
    let app = TestApp::with_accounts().await;
    let client = app.person("ACME", "buyer").await;
    let node = app.another_node().await;
    let elsewhere = client.at(&node.anonymous());
    for name in ["Ada", "Eva", "Ida"] {
        assert_ne!(elsewhere.get("/me").await.expect(200)["name"], name);
        let me = client.get("/me").await;
        let etag = me.header("etag").to_owned();
        let change = Some(json!({ "name": name }));
        client.change(Method::PATCH, "/me", &etag, change).await.expect(200);
        assert_eq!(client.get("/me").await.expect(200)["name"], name);
        soon("the name is new", async || {
            elsewhere.get("/me").await.expect(200)["name"] == name
        })
        .await;
    }
}

#[tokio::test]
async fn whoever_signs_out_is_out_at_once_and_soon_everywhere() {
    let app = TestApp::with_accounts().await;
    let client = app.person("ACME", "buyer").await;
    let node = app.another_node().await;
    let elsewhere = client.at(&node.anonymous());
    elsewhere.get("/me").await.expect(200);
    assert_eq!(client.post("/auth/logout", json!({})).await.status, 204);
    assert!(is_out(&client).await);
    soon("the session is over", async || is_out(&elsewhere).await).await;
}

#[tokio::test]
async fn a_right_that_was_taken_away_opens_nothing_however_many_ask_meanwhile() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let client = app.person("ACME", "buyer").await;
    let member = member_of(&admin, &client).await;
    let path = format!("/account/members/{}", member["id"].as_str().unwrap());
    let asking: Vec<_> = (0..6)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { while client.get("/me").await.status == 200 {} })
        })
        .collect();
    for round in 0..12 {
        let (role, may) = if round % 2 == 0 {
            ("viewer", false)
        } else {
            ("buyer", true)
        };
        let change = Some(json!({ "roles": [role] }));
        admin.change(Method::PATCH, &path, "*", change).await.expect(200);
        // Whatever was being read as it changed.
        assert_eq!(may_buy(&client).await, may, "round {round}");
    }
    asking.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn a_closed_account_is_out_at_once_where_it_was_closed() {
    let app = TestApp::with_accounts().await;
    let (admin, rival) = (app.person("ACME", "admin").await, app.person("RIVAL", "buyer").await);
    let (id, secret) = add(&admin, "/clients", &["orders:read"]).await;
    let program = token(&app.anonymous(), &id, &secret, "").await;
    let browser = app.browse_as("ACME", "buyer").await;
    let node = app.another_node().await;
    let elsewhere = admin.at(&node.anonymous());
    program.get("/orders").await.expect(200);
    browser.page("/orders").await;
    elsewhere.get("/me").await.expect(200);
    app.close_account("ACME").await;
    assert!(is_out(&admin).await);
    program.get("/orders").await.problem(401, "unauthenticated");
    assert!(browser.get("/orders").await.goes_to().starts_with("/sign-in"));
    soon("the account is closed", async || is_out(&elsewhere).await).await;
    rival.get("/me").await.expect(200);
}

#[tokio::test]
async fn whoever_is_ended_is_out_at_once_where_it_was_done() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let client = app.sign_in(&email).await;
    client.get("/me").await.expect(200);
    app.end_person(&email).await;
    assert!(is_out(&client).await);
}

/// A page that says for whom it is read.
async fn around(browser: &Browser) -> String {
    browser.page("/profile").await
}

#[tokio::test]
async fn pages_of_accounts_never_have_anything_of_others_around_them() {
    let app = TestApp::with_accounts().await;
    let readers = [
        (app.browse_as("ACME", "buyer").await, "Acme Works", "Rival Works"),
        (app.browse_as("RIVAL", "buyer").await, "Rival Works", "Acme Works"),
    ];
    let desk = app.browse_staff("finance").await;
    for _ in 0..3 {
        for (browser, own, other) in &readers {
            let html = around(browser).await;
            assert!(html.contains(own) && !html.contains(other), "{html}");
        }
        let html = around(&desk).await;
        assert!(!html.contains("Acme Works") && !html.contains("Rival Works"), "{html}");
    }
}

#[tokio::test]
async fn what_an_account_is_called_is_new_at_once_and_soon_elsewhere() {
    let app = TestApp::with_accounts().await;
    let browser = app.browse_as("ACME", "buyer").await;
    let node = app.another_node().await;
    let elsewhere = browser.at(&node.base);
    assert!(around(&elsewhere).await.contains("Acme Works"));
    assert!(around(&browser).await.contains("Acme Works"));
    app.import(&[(
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\nACME,Acme Mills,NL,EUR,gold,30,\n",
    )])
    .await;
    assert!(around(&browser).await.contains("Acme Mills"));
    soon("the name is new", async || {
        around(&elsewhere).await.contains("Acme Mills")
    })
    .await;
}

#[tokio::test]
async fn whoever_shows_a_page_again_costs_one_statement_around_it() {
    let app = TestApp::with_accounts().await;
    let (buyer, staff) = (app.browse_as("ACME", "buyer").await, app.browse_staff("finance").await);
    // A page with nothing on it that is read.
    for (browser, expected) in [(&buyer, 1), (&staff, 0)] {
        let taken = statements(&app, async || drop(browser.page("/profile/password").await)).await;
        assert_eq!(taken, expected);
    }
}

#[tokio::test]
async fn lines_of_a_draft_are_counted_as_they_are_on_every_node() {
    let app = TestApp::with_accounts().await;
    let browser = app.browse_as("ACME", "buyer").await;
    let node = app.another_node().await;
    let elsewhere = browser.at(&node.base);
    let badge = |html: &str| html.contains("class=\"button draft\"");
    assert!(!badge(&around(&elsewhere).await));
    let pasted = browser.post("/quick-order/paste", &[("text", "NOTHING;1")]).await;
    assert_eq!(pasted.goes_to(), "/quick-order");
    assert!(badge(&around(&elsewhere).await) && badge(&around(&browser).await));
}

#[tokio::test]
async fn a_program_is_known_without_a_statement_and_forgotten_at_once() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    let (id, secret) = add(&admin, "/clients", &["orders:read"]).await;
    let program = token(&app.anonymous(), &id, &secret, "").await;
    let by_program = statements(&app, async || drop(program.get("/orders").await.expect(200))).await;
    let by_person = statements(&app, async || drop(admin.get("/orders").await.expect(200))).await;
    assert_eq!(by_program, by_person, "the list alone");
    let revoked: Value = admin
        .post(&format!("/clients/{id}/revoke"), json!({}))
        .await
        .expect(200);
    assert_eq!(revoked["state"], "revoked");
    program.get("/orders").await.problem(401, "unauthenticated");
}
