//! What guards somebody's access is changed by a fresh proof alone: passkeys, second factors, other sessions, acting.

use reqwest::Method;
use reqwest::header::LOCATION;
use serde_json::json;

use super::passkeys::{Authenticator, add, named_node};
use super::{actions, member_of, run, text};
use crate::app::{PASSWORD, TestApp};
use crate::browser::Browser;

const FACTOR: &str = "/profile/second-factor";

/// Everybody proved who they are long ago.
async fn an_hour_later(app: &TestApp) {
    run(app, "UPDATE sessions SET proven_at = '2020-01-01 00:00:00'").await;
}

/// The page that asks for a proof, from where a form was sent.
async fn is_asked(browser: &Browser, path: &str, fields: &[(&str, &str)]) {
    let shown = browser.post(path, fields).await;
    assert_eq!(shown.status, 307, "{path}: {}", shown.html);
    let to = shown.headers[LOCATION].to_str().unwrap();
    assert!(to.starts_with("/confirm?to="), "{path}: {to}");
}

#[tokio::test]
async fn passkeys_and_other_peoples_factors_are_changed_by_a_fresh_proof_alone() {
    let app = TestApp::with_accounts().await;
    let node = named_node(&app).await;
    let email = app.add_person("ACME", "admin").await;
    let browser = app.browse_as_person(&email).await.at(&node.base);
    assert_eq!(add(&browser, &Authenticator::new("key-1")).await.status, 200);
    let page = browser.page(FACTOR).await;
    let id = page
        .split_once("/profile/passkeys/")
        .unwrap()
        .1
        .split_once("/remove")
        .unwrap()
        .0
        .to_owned();
    let (admin, staff) = (app.person("ACME", "admin").await, app.staff("admin").await);
    let colleague = app.person("ACME", "buyer").await;
    let member = text(&member_of(&admin, &colleague).await, "id");
    let of_staff = text(&app.staff("warehouse").await.get("/me").await.expect(200), "id");

    an_hour_later(&app).await;
    let node = named_node(&app).await;
    let (browser, admin, staff) = (
        browser.at(&node.base),
        admin.at(&node.anonymous()),
        staff.at(&node.anonymous()),
    );
    is_asked(&browser, "/profile/passkeys", &[("token", "x")]).await;
    is_asked(&browser, &format!("/profile/passkeys/{id}/remove"), &[]).await;
    is_asked(&browser, FACTOR, &[]).await;
    for (client, path) in [
        (&admin, format!("/account/members/{member}/second-factor")),
        (&staff, format!("/supplier/members/{member}/second-factor")),
        (&staff, format!("/supplier/staff/{of_staff}/second-factor")),
    ] {
        let answer = client.send(Method::DELETE, &path, &[], None).await;
        answer.problem(403, "step_up_required");
    }
}

#[tokio::test]
async fn other_sessions_are_ended_by_a_fresh_proof() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let (mine, other) = (app.sign_in(&email).await, app.sign_in(&email).await);
    let browser = app.browse_as_person(&email).await;
    let listed = mine.get("/me/sessions").await.expect(200);
    // The newest first: the browser's, the other one, mine.
    let ids: Vec<_> = listed["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|session| text(session, "id"))
        .collect();
    let [_, others, own] = ids.as_slice() else {
        panic!("{ids:?}")
    };
    let (others, own) = (others.clone(), own.clone());
    an_hour_later(&app).await;
    let node = app.another_node().await;
    let (mine, browser) = (mine.at(&node.anonymous()), browser.at(&node.base));
    let end = |id: String| {
        let mine = &mine;
        async move {
            mine.send(Method::DELETE, &format!("/me/sessions/{id}"), &[], None)
                .await
        }
    };
    end(others.clone()).await.problem(403, "step_up_required");
    is_asked(&browser, &format!("/profile/sessions/{others}/end"), &[]).await;
    is_asked(&browser, "/profile/sessions/end-others", &[]).await;
    let proof = json!({"password": PASSWORD});
    assert_eq!(mine.post("/me/confirm", proof).await.status, 204);
    assert_eq!(end(others).await.status, 204);
    app.is_out_soon(&other).await;
    // One's own needs none: signing out is never held up.
    an_hour_later(&app).await;
    assert_eq!(end(own).await.status, 204);
    let actions = actions(&app).await;
    let confirmed = actions.iter().filter(|action| *action == "session.confirm").count();
    assert_eq!(confirmed, 1, "{actions:?}");
}

#[tokio::test]
async fn acting_for_an_account_begins_with_a_fresh_proof() {
    let app = TestApp::with_accounts().await;
    let staff = app.staff("admin").await;
    let found = staff.get("/supplier/accounts?q=ACME").await.expect(200);
    let path = format!("/desk/accounts/{}/act-for", text(&found["data"][0], "id"));
    let browser = app.browse_staff("customer_service").await;
    an_hour_later(&app).await;
    let node = app.another_node().await;
    let browser = browser.at(&node.base);
    let reason = [("reason", "they asked on the phone")];
    is_asked(&browser, &path, &reason).await;
    let to = browser.post(&path, &reason).await.headers[LOCATION]
        .to_str()
        .unwrap()
        .to_owned();
    let proven = browser
        .post(
            &to,
            &[("reason", "they asked on the phone"), ("proof_password", PASSWORD)],
        )
        .await;
    assert_eq!(proven.status, 307, "{}", proven.html);
    assert_eq!(browser.post(&path, &reason).await.goes_to(), "/");
    let page = browser.page("/orders").await;
    assert!(page.contains("Acme Works"), "{page}");
}
