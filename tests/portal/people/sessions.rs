//! What somebody is signed in with.

use reqwest::Method;
use serde_json::{Value, json};

use super::{actions, text};
use crate::app::{PASSWORD, TestApp};
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
