//! What changes credit, prices or roles needs a fresh proof of who asks.

use chrono::TimeDelta;
use portal::config::SignIn;
use portal::db::sql;
use reqwest::Method;
use serde_json::json;

use super::{invite, member_of, run, text};
use crate::app::{PASSWORD, TestApp};
use crate::client::Client;

/// Everybody proved who they are long ago.
async fn an_hour_later(app: &TestApp) {
    run(app, "UPDATE sessions SET proven_at = '2020-01-01 00:00:00'").await;
}

const CATALOGUE: &[(&str, &str)] = &[
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category\nBOLT,Bolt,H87,0,S\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account\nBASE,List prices,EUR,base,\n",
    ),
];

async fn confirm(client: &Client, proof: serde_json::Value) -> u16 {
    client.post("/me/confirm", proof).await.status
}

#[tokio::test]
async fn an_old_proof_changes_neither_credit_nor_prices_nor_roles() {
    let app = TestApp::with_accounts().await;
    app.import(CATALOGUE).await;
    let (staff, admin) = (app.staff("admin").await, app.person("ACME", "admin").await);
    let buyer = app.person("ACME", "buyer").await;
    let member = text(&member_of(&admin, &buyer).await, "id");
    let account = text(&admin.get("/account").await.expect(200), "id");
    let list = text(&staff.get("/supplier/price-lists").await.expect(200)["data"][0], "id");
    an_hour_later(&app).await;
    let node = app.another_node().await;
    let (staff, admin) = (staff.at(&node.anonymous()), admin.at(&node.anonymous()));

    let terms = format!("/supplier/accounts/{account}");
    let (of_staff, of_admin) = (
        format!("/supplier/members/{member}"),
        format!("/account/members/{member}"),
    );
    let price = json!({"price_list": "BASE", "sku": "BOLT", "unit": "H87", "min_quantity": "1", "price": "1"});
    let account = json!({"code": "NEW", "name": "New", "country": "NL", "currency": "EUR", "tier": "gold", "payment_terms_days": 30, "credit_limit": "5"});
    let guest = json!({"email": "guest@acme.example", "role": "admin"});
    let changes = [
        (&staff, Method::PATCH, terms.clone(), json!({"credit_limit": "5000"})),
        (&staff, Method::POST, "/supplier/accounts".to_owned(), account),
        (&staff, Method::POST, "/supplier/prices".to_owned(), price),
        (
            &staff,
            Method::PATCH,
            format!("/supplier/price-lists/{list}"),
            json!({"name": "Other"}),
        ),
        (&staff, Method::PATCH, of_staff, json!({"roles": ["viewer"]})),
        (&staff, Method::POST, format!("{terms}/invitations"), guest.clone()),
        (&admin, Method::PATCH, of_admin, json!({"roles": ["buyer"]})),
        (
            &admin,
            Method::POST,
            "/invitations".to_owned(),
            json!({"email": "other@acme.example", "role": "buyer"}),
        ),
        (&admin, Method::POST, "/me/second-factor".to_owned(), json!({})),
    ];
    for (client, method, path, body) in &changes {
        let answer = client.change(method.clone(), path, "*", Some(body.clone())).await;
        answer.problem(403, "step_up_required");
    }
    // Everything else goes on.
    staff.get("/supplier/orders").await.expect(200);
    admin.get("/account/members").await.expect(200);

    for client in [&staff, &admin] {
        let wrong = client
            .post("/me/confirm", json!({"password": "not the password"}))
            .await;
        assert_eq!(wrong.faults(), [("/password".to_owned(), "wrong_password".to_owned())]);
        let none = client.post("/me/confirm", json!({"code": "123456"})).await;
        assert_eq!(none.faults(), [("/password".to_owned(), "required".to_owned())]);
        assert_eq!(confirm(client, json!({"password": PASSWORD})).await, 204);
    }
    for (client, method, path, body) in changes {
        let answer = client.change(method.clone(), &path, "*", Some(body)).await;
        assert!(answer.status < 300, "{method} {path}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_proof_is_of_one_session_and_counts_failures() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "admin").await;
    let (one, other) = (app.sign_in(&email).await, app.sign_in(&email).await);
    an_hour_later(&app).await;
    let node = app.another_node().await;
    let (one, other) = (one.at(&node.anonymous()), other.at(&node.anonymous()));
    assert_eq!(confirm(&one, json!({"password": PASSWORD})).await, 204);
    invite(&one, "a@acme.example", "buyer").await;
    let body = json!({"email": "b@acme.example", "role": "buyer"});
    other
        .post("/invitations", body.clone())
        .await
        .problem(403, "step_up_required");
    // A sign-in is a proof.
    let fresh = app.sign_in(&email).await;
    assert_eq!(fresh.post("/invitations", body).await.status, 201);
    for _ in 0..10 {
        assert_eq!(confirm(&other, json!({"password": "not the password"})).await, 422);
    }
    for password in ["not the password", PASSWORD] {
        assert_eq!(confirm(&other, json!({ "password": password })).await, 429);
    }
    let told = |connection: &mut _| {
        sql("SELECT count(*) FROM audit_entries WHERE action = 'person.confirm_failed'").one::<i64>(connection)
    };
    assert_eq!(app.db().read_now(told).unwrap(), 10);
}

#[tokio::test]
async fn the_limit_of_a_proof_is_a_setting() {
    let app = TestApp::with_accounts().await;
    let admin = app.person("ACME", "admin").await;
    an_hour_later(&app).await;
    let never = |state: portal::state::AppState| {
        state.signing_in_by(SignIn {
            step_up: None,
            ..SignIn::default()
        })
    };
    let node = app.node_with(never).await;
    invite(&admin.at(&node.anonymous()), "a@acme.example", "buyer").await;
    let days = |state: portal::state::AppState| {
        state.signing_in_by(SignIn {
            step_up: Some(TimeDelta::days(36_500)),
            ..SignIn::default()
        })
    };
    let node = app.node_with(days).await;
    invite(&admin.at(&node.anonymous()), "b@acme.example", "buyer").await;
}

#[tokio::test]
async fn a_page_asks_for_the_proof_and_goes_on_with_what_was_typed() {
    let app = TestApp::with_accounts().await;
    let browser = app.browse_staff("admin").await;
    let accounts = app
        .staff("admin")
        .await
        .get("/supplier/accounts?q=ACME")
        .await
        .expect(200);
    let id = text(&accounts["data"][0], "id");
    an_hour_later(&app).await;
    let node = app.another_node().await;
    let browser = browser.at(&node.base);
    let path = format!("/desk/accounts/{id}/terms");
    let page = browser.page(&path).await;
    let version = page
        .split_once("name=\"version\" value=\"")
        .unwrap()
        .1
        .split_once('"')
        .unwrap()
        .0
        .to_owned();
    let fields = [
        ("version", version.as_str()),
        ("credit_limit", "7777.00"),
        ("name", "Acme <Works>"),
    ];
    let asked = browser.post(&path, &fields).await;
    assert_eq!(asked.status, 307);
    let to = asked.headers["location"].to_str().unwrap().to_owned();
    assert!(to.starts_with("/confirm?to="), "{to}");
    // The browser sends the same once more, to the page that asks.
    let shown = browser.post(&to, &fields).await;
    assert_eq!(shown.status, 200);
    for kept in ["name=\"credit_limit\" value=\"7777.00\"", "type=\"password\""] {
        assert!(shown.html.contains(kept), "{kept}: {}", shown.html);
    }
    let with = |password: &'static str| {
        fields
            .into_iter()
            .chain([("proof_password", password)])
            .collect::<Vec<_>>()
    };
    let wrong = browser.post(&to, &with("not the password")).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.html.contains("This is not your password.") && wrong.html.contains("7777.00"),
        "{}",
        wrong.html
    );
    let right = browser.post(&to, &with(PASSWORD)).await;
    assert_eq!(
        (right.status, right.headers["location"].to_str().unwrap()),
        (307, path.as_str())
    );
    let done = browser.post(&path, &with(PASSWORD)).await;
    assert_eq!(done.goes_to(), path);
    let page = browser.page(&path).await;
    assert!(page.contains("value=\"7777.00\"") && page.contains("Saved."), "{page}");
    // A link chooses nothing that goes on behind the proof.
    let linked = browser
        .page("/confirm?to=/desk/staff/per_1/end-sessions&next=/desk")
        .await;
    assert!(
        linked.contains("action=\"/confirm") && !linked.contains("end-sessions"),
        "{linked}"
    );
    // Elsewhere nothing is led to.
    let outside = browser
        .post("/confirm?to=//evil.example&next=//evil.example", &with(PASSWORD))
        .await;
    assert_eq!(outside.goes_to(), "/");
}

/// The minute is over in which a token goes on that another one has taken the place of.
async fn a_minute_later(app: &TestApp) {
    let later = "UPDATE sessions SET renewed_at = '2020-01-01 00:00:00' WHERE renewed_at IS NOT NULL";
    run(app, later).await;
}

#[tokio::test]
async fn a_proof_gives_a_program_another_token_and_ends_the_one_before() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "admin").await;
    let login = json!({"email": email, "password": PASSWORD});
    let first = app.anonymous().post("/auth/login", login).await.expect(200);
    let client = app.anonymous().with_token(&text(&first, "access_token"));
    assert_eq!(confirm(&client, json!({"password": PASSWORD})).await, 204);
    // What is under way goes on.
    client.get("/account").await.expect(200);
    a_minute_later(&app).await;
    let node = app.another_node().await;
    let (client, anonymous) = (client.at(&node.anonymous()), node.anonymous());
    client.get("/account").await.problem(401, "unauthenticated");
    let refresh = json!({"refresh_token": first["refresh_token"]});
    let next = anonymous.post("/auth/refresh", refresh.clone()).await.expect(200);
    let client = anonymous.with_token(&text(&next, "access_token"));
    client.get("/account").await.expect(200);
    // The refresh token of before is used up with that.
    anonymous
        .post("/auth/refresh", refresh)
        .await
        .problem(401, "invalid_refresh_token");
}

#[tokio::test]
async fn a_proof_gives_a_browser_another_token_and_ends_the_one_before() {
    let app = TestApp::with_accounts().await;
    let browser = app.browse_as("ACME", "admin").await;
    let before = browser.cookie("portal_session").unwrap();
    let wrong = browser
        .post("/confirm?next=/account", &[("proof_password", "not the password")])
        .await;
    assert_eq!(wrong.status, 422);
    assert_eq!(browser.cookie("portal_session"), Some(before.clone()));
    let proof = [("proof_password", PASSWORD)];
    assert_eq!(
        browser.post("/confirm?next=/account", &proof).await.goes_to(),
        "/account"
    );
    let after = browser.cookie("portal_session").unwrap();
    assert_ne!(before, after);
    let another_tab = app.browser();
    another_tab.set_cookie("portal_session", &before);
    another_tab.page("/account").await;
    a_minute_later(&app).await;
    let node = app.another_node().await;
    let (browser, another_tab) = (browser.at(&node.base), another_tab.at(&node.base));
    browser.page("/account").await;
    let out = another_tab.get("/account").await.goes_to();
    assert!(out.starts_with("/sign-in"), "{out}");
}
