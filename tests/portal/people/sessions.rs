//! What somebody is signed in with.

use reqwest::Method;
use serde_json::{Value, json};

use super::{actions, count, log_in, member_of, run, text};
use crate::app::{PASSWORD, TestApp};
use crate::browser::Browser;
use crate::client::Client;

async fn sessions(client: &Client) -> Vec<Value> {
    let list = client.get("/me/sessions").await.expect(200);
    list["data"].as_array().unwrap().clone()
}

async fn end(client: &Client, id: &str) -> u16 {
    client
        .send(Method::DELETE, &format!("/me/sessions/{id}"), &[], None)
        .await
        .status
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let this = app.sign_in(&email).await;
    let credentials = json!({"email": email, "password": PASSWORD}).to_string();
    let headers = [("User-Agent", "Warehouse terminal 7")];
    let answer = app
        .anonymous()
        .send(Method::POST, "/auth/login", &headers, Some(credentials))
        .await;
    let tokens = answer.expect(200);
    let other = app.anonymous().with_token(tokens["access_token"].as_str().unwrap());

    let list = sessions(&this).await;
    assert_eq!(list.len(), 2);
    assert_eq!(
        (&list[0]["user_agent"], &list[0]["address"], &list[0]["current"]),
        (&json!("Warehouse terminal 7"), &json!("127.0.0.1"), &json!(false))
    );
    assert_eq!(list[1]["current"], true);
    assert_eq!(list[0]["refreshed_at"], list[0]["created_at"]);
    let refreshing = json!({"refresh_token": tokens["refresh_token"]});
    app.anonymous().post("/auth/refresh", refreshing).await.expect(200);
    let list = sessions(&this).await;
    assert!(
        text(&list[0], "refreshed_at") > text(&list[0], "created_at"),
        "{}",
        list[0]
    );

    assert_eq!(end(&this, &text(&list[0], "id")).await, 204);
    other.get("/me").await.problem(401, "unauthenticated");
    app.is_out_soon(&other).await;
    assert_eq!(end(&this, &text(&list[0], "id")).await, 404);
    assert_eq!(sessions(&this).await.len(), 1);
    assert!(actions(&app).await.contains(&"session.end".to_owned()));
}

#[tokio::test]
async fn sessions_of_others_do_not_exist() {
    let app = TestApp::with_accounts().await;
    let client = app.person("ACME", "admin").await;
    let staff = app.staff("admin").await;
    let colleague = app.person("ACME", "buyer").await;
    for other in [&staff, &colleague] {
        let id = text(&sessions(other).await[0], "id");
        assert_eq!(end(&client, &id).await, 404);
        other.get("/me").await.expect(200);
    }
    // Staff end their own ones as members do.
    let id = text(&sessions(&staff).await[0], "id");
    assert_eq!(end(&staff, &id).await, 204);
    app.is_out_soon(&staff).await;
}

async fn sign_in_at(browser: &Browser, email: &str) {
    let shown = browser
        .post("/sign-in", &[("email", email), ("password", PASSWORD)])
        .await;
    assert_eq!(shown.goes_to(), "/");
}

#[tokio::test]
async fn a_browser_is_in_one_session_at_a_time() {
    let app = TestApp::with_accounts().await;
    let (email, colleague) = (
        app.add_person("ACME", "buyer").await,
        app.add_person("ACME", "buyer").await,
    );
    let (browser, elsewhere) = (app.browser(), app.browser());
    let program = app.sign_in(&email).await;
    sign_in_at(&elsewhere, &email).await;
    sign_in_at(&browser, &email).await;
    assert_eq!(sessions(&program).await.len(), 3);
    // Signed in again, with the cookie of the session still there.
    sign_in_at(&browser, &email).await;
    assert_eq!(sessions(&program).await.len(), 3);
    // The browser was closed, and remembers only that the person was here.
    let device = browser.cookie("portal_device").unwrap();
    let opened = app.browser();
    opened.set_cookie("portal_device", &device);
    sign_in_at(&opened, &email).await;
    assert_eq!(sessions(&program).await.len(), 3);
    // Somebody else at the same browser ends what they find.
    sign_in_at(&opened, &colleague).await;
    assert_eq!(sessions(&program).await.len(), 2);
    // A wrong password ends nothing.
    let wrong = elsewhere
        .post("/sign-in", &[("email", &email), ("password", "not the password")])
        .await;
    assert_eq!(wrong.status, 401);
    assert_eq!(sessions(&program).await.len(), 2);
    elsewhere.page("/orders").await;
}

#[tokio::test]
async fn a_session_that_nobody_uses_ends() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let tokens = log_in(&app.anonymous(), &email, PASSWORD).await.expect(200);
    let client = app.anonymous().with_token(tokens["access_token"].as_str().unwrap());
    let browser = app.browse_as_person(&email).await;
    // Two hours for a browser, two weeks for a program.
    let lasting = "SELECT COUNT(*) FROM sessions WHERE idle_at < expires_at AND last_used_at = created_at";
    assert_eq!(count(&app, lasting).await, 2);
    run(&app, "UPDATE sessions SET idle_at = created_at").await;
    let node = app.another_node().await;
    client
        .at(&node.anonymous())
        .get("/me")
        .await
        .problem(401, "unauthenticated");
    assert!(
        browser
            .at(&node.base)
            .get("/orders")
            .await
            .goes_to()
            .starts_with("/sign-in")
    );
    let refreshing = json!({"refresh_token": tokens["refresh_token"]});
    app.anonymous()
        .post("/auth/refresh", refreshing)
        .await
        .problem(401, "invalid_refresh_token");
    assert_eq!(sessions(&app.sign_in(&email).await).await.len(), 1);
}

#[tokio::test]
async fn use_keeps_a_session_alive() {
    let app = TestApp::with_accounts().await;
    let client = app.person("ACME", "buyer").await;
    run(&app, "UPDATE sessions SET last_used_at = '2020-01-01 00:00:00'").await;
    let node = app.another_node().await;
    client.at(&node.anonymous()).get("/me").await.expect(200);
    // It is written down beside the request.
    let used = async { while text(&sessions(&client).await[0], "last_used_at").starts_with("2020") {} };
    tokio::time::timeout(std::time::Duration::from_secs(20), used)
        .await
        .expect("written down");
}

#[tokio::test]
async fn the_oldest_of_too_many_sessions_ends() {
    let app = TestApp::with_accounts().await;
    let email = app.add_person("ACME", "buyer").await;
    let oldest = app.sign_in(&email).await;
    let second = app.sign_in(&email).await;
    for _ in 0..18 {
        app.sign_in(&email).await;
    }
    assert_eq!(sessions(&second).await.len(), 20);
    let newest = app.sign_in(&email).await;
    assert_eq!(sessions(&newest).await.len(), 20);
    app.is_out_soon(&oldest).await;
    second.get("/me").await.expect(200);
}

#[tokio::test]
async fn admins_end_the_sessions_of_their_people() {
    let app = TestApp::with_accounts().await;
    let (admin, rival) = (app.person("ACME", "admin").await, app.person("RIVAL", "admin").await);
    let (service, chief) = (app.staff("customer_service").await, app.staff("admin").await);
    let email = app.add_person("ACME", "buyer").await;
    app.mails().await;
    let end_all = |client: &Client, path: String| {
        let client = client.clone();
        async move { client.send(Method::DELETE, &path, &[], None).await }
    };
    for (who, path) in [(&admin, "/account/members"), (&service, "/supplier/members")] {
        let members = [app.sign_in(&email).await, app.sign_in(&email).await];
        let id = text(&member_of(&admin, &members[0]).await, "id");
        end_all(&rival, format!("/account/members/{id}/sessions"))
            .await
            .problem(404, "not_found");
        assert_eq!(end_all(who, format!("{path}/{id}/sessions")).await.status, 204);
        for member in &members {
            app.is_out_soon(member).await;
        }
        let mails = app.mails().await;
        assert_eq!((mails.len(), mails[0].email.as_str()), (1, email.as_str()));
        assert!(
            mails[0].texts.subject.ends_with("you were signed out everywhere"),
            "{}",
            mails[0].texts.subject
        );
        // Nothing to end is nothing to tell.
        assert_eq!(end_all(who, format!("{path}/{id}/sessions")).await.status, 204);
        assert!(app.mails().await.is_empty());
    }
    let id = text(&service.get("/me").await.expect(200), "id");
    let path = format!("/supplier/staff/{id}/sessions");
    end_all(&service, path.clone()).await.problem(403, "forbidden");
    assert_eq!(end_all(&chief, path).await.status, 204);
    app.is_out_soon(&service).await;
    let member = text(&admin.get("/me").await.expect(200), "id");
    end_all(&chief, format!("/supplier/staff/{member}/sessions"))
        .await
        .problem(404, "not_found");
    assert!(actions(&app).await.contains(&"session.end_all".to_owned()));
}

#[tokio::test]
async fn pages_end_the_sessions_of_others() {
    let app = TestApp::with_accounts().await;
    let (admin, staff) = (app.browse_as("ACME", "admin").await, app.browse_staff("admin").await);
    let email = app.add_person("ACME", "buyer").await;
    let client = app.sign_in(&email).await;
    let id = text(&client.get("/me").await.expect(200), "id");
    assert!(
        admin
            .page(&format!("/account/members/{id}"))
            .await
            .contains("End all sessions")
    );
    let ended = admin.post(&format!("/account/members/{id}/end-sessions"), &[]).await;
    assert_eq!(ended.goes_to(), format!("/account/members/{id}"));
    app.is_out_soon(&client).await;

    let colleague = app.staff("finance").await;
    let id = text(&colleague.get("/me").await.expect(200), "id");
    let page = staff.page("/desk/staff").await;
    assert!(page.contains(&format!("/desk/staff/{id}/end-sessions")), "{page}");
    assert_eq!(
        staff
            .post(&format!("/desk/staff/{id}/end-sessions"), &[])
            .await
            .goes_to(),
        "/desk/staff"
    );
    app.is_out_soon(&colleague).await;
    let reader = app.browse_staff("warehouse").await;
    let page = reader.page("/desk/staff").await;
    assert!(page.contains("finance") && !page.contains("end-sessions"), "{page}");
}
