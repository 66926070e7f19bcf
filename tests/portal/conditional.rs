//! `If-None-Match`: whoever has a thing as it is isn't sent it again.

use reqwest::Method;
use serde_json::json;

use crate::app::TestApp;
use crate::client::{Answer, Client};
use crate::openapi::{document, resolved};

/// What is read there is a short list that is always whole, by another name than `data`.
const SHORT_LISTS: &[&str] = &[
    "/api/v1/consignments/{id}/packages",
    "/api/v1/orders/{id}/substitutes",
    "/api/v1/sandbox/failures",
    "/api/v1/shipments/{id}/packages",
    "/api/v1/supplier/consignments/{id}/packages",
    "/api/v1/supplier/orders/{id}/substitutes",
    "/api/v1/supplier/packings/{id}/packages",
    "/api/v1/supplier/prices/{id}/history",
    "/api/v1/supplier/shipments/{id}/packages",
];

async fn read(client: &Client, path: &str, tag: &str) -> Answer {
    client.send(Method::GET, path, &[("If-None-Match", tag)], None).await
}

#[tokio::test]
async fn what_the_caller_has_is_not_sent_again_until_it_changes() {
    let app = TestApp::with_accounts().await;
    let staff = app.staff("admin").await;
    let accounts = staff.get("/supplier/accounts").await.expect(200);
    let path = format!("/supplier/accounts/{}", accounts["data"][0]["id"].as_str().unwrap());
    let first = staff.get(&path).await;
    let tag = first.header("etag").to_owned();
    assert!(!tag.is_empty());

    let same = read(&staff, &path, &tag).await;
    assert_eq!(
        (same.status, same.text.as_str(), same.header("etag")),
        (304, "", tag.as_str())
    );
    assert_eq!(read(&staff, &path, "\"other\"").await.status, 200);

    // The tag of what was read is good for a change.
    let changed = staff
        .change(Method::PATCH, &path, &tag, Some(json!({ "name": "Acme Works Ltd" })))
        .await;
    changed.expect(200);
    let after = read(&staff, &path, &tag).await;
    assert_eq!(after.status, 200);
    assert_ne!(after.header("etag"), tag);
    // It names the version that was: another change of that one is refused.
    let late = staff
        .change(Method::PATCH, &path, &tag, Some(json!({ "name": "Acme" })))
        .await;
    late.problem(412, "precondition_failed");
}

#[tokio::test]
async fn what_changes_beside_the_version_changes_the_tag() {
    let app = TestApp::with_accounts().await;
    let member = app.person("ACME", "admin").await;
    let tag = member.get("/me").await.header("etag").to_owned();
    assert_eq!(read(&member, "/me", &tag).await.status, 304);
    let other = app.person("ACME", "admin").await;
    assert_eq!(read(&other, "/me", &tag).await.status, 200);
    // Lists have none.
    assert_eq!(member.get("/orders").await.header("etag"), "");
}

#[test]
fn whatever_is_read_of_one_thing_has_a_tag() {
    let document = document();
    let mut without = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let responses = &operations["get"]["responses"];
        let content = &responses["200"]["content"]["application/json"];
        let schema = resolved(&document, &content["schema"]);
        let is_one = content.is_object() && schema["properties"].get("data").is_none();
        if path.starts_with("/api/v1") && is_one && responses.get("304").is_none() {
            without.push(path.as_str());
        }
        let is_list = schema["properties"].get("data").is_some() && schema["properties"].get("next_cursor").is_some();
        assert!(!is_list || responses.get("304").is_none(), "{path} is a list");
    }
    without.sort_unstable();
    assert_eq!(without, SHORT_LISTS);
}

#[tokio::test]
async fn settings_are_not_sent_again_until_they_change() {
    let app = TestApp::with_accounts().await;
    let (staff, member) = (app.staff("admin").await, app.person("ACME", "admin").await);
    for (client, path) in [
        (&staff, "/supplier/credit-settings"),
        (&staff, "/supplier/claim-terms"),
        (&staff, "/supplier/notifications"),
        (&member, "/account/notifications"),
        (&member, "/account/order-choices"),
    ] {
        let tag = client.get(path).await.header("etag").to_owned();
        assert!(!tag.is_empty(), "{path}");
        assert_eq!(read(client, path, &tag).await.status, 304, "{path}");
        assert_eq!(read(client, path, "\"other\"").await.status, 200, "{path}");
    }
}
