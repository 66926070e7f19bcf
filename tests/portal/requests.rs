//! What every request and every answer have in common, whatever they are about.

use reqwest::Method;
use serde_json::json;

use crate::app::TestApp;

#[tokio::test]
async fn every_answer_has_a_request_id() {
    let app = TestApp::start().await;
    let client = app.anonymous();
    for path in ["/livez", "/api/v1/me", "/nowhere", "/api/openapi.json"] {
        let given = client.send_anywhere(Method::GET, path, &[], None).await;
        assert!(given.header("x-request-id").len() >= 8, "{path}");
        let headers = [("X-Request-Id", "my-request-1234")];
        let taken = client.send_anywhere(Method::GET, path, &headers, None).await;
        assert_eq!(taken.header("x-request-id"), "my-request-1234", "{path}");
        let headers = [("X-Request-Id", "with space")];
        let refused = client.send_anywhere(Method::GET, path, &headers, None).await;
        assert_ne!(refused.header("x-request-id"), "with space", "{path}");
    }
}

#[tokio::test]
async fn head_is_answered_as_get_without_the_body() {
    let app = TestApp::start().await;
    let client = app.anonymous();
    for path in ["/livez", "/sign-in", "/api/openapi.json", "/api/v1/me", "/nowhere"] {
        let get = client.send_anywhere(Method::GET, path, &[], None).await;
        let head = client.send_anywhere(Method::HEAD, path, &[], None).await;
        assert_eq!((head.status, head.text.as_str()), (get.status, ""), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
    }
}

#[tokio::test]
async fn a_problem_has_the_members_of_rfc_9457_and_the_request_id() {
    let app = TestApp::start().await;
    let answer = app.anonymous().get("/me").await;
    let id = answer.header("x-request-id").to_owned();
    let problem = answer.problem(401, "unauthenticated");
    assert_eq!(problem["request_id"], id.as_str());
    assert!(problem["type"].as_str().unwrap().ends_with("/unauthenticated"));
    for member in ["title", "detail"] {
        assert!(!problem[member].as_str().unwrap().is_empty(), "{member}");
    }
    assert_eq!((&problem["errors"], &problem["params"]), (&json!([]), &json!({})));
}

#[tokio::test]
async fn a_problem_carries_the_values_of_its_sentences() {
    let app = TestApp::start().await;
    let me = app.staff("admin").await;
    let long = json!({"name": "x".repeat(201)});
    let answer = me.change(Method::PATCH, "/me", "*", Some(long)).await;
    let problem = answer.problem(422, "validation_failed");
    let fault = &problem["errors"][0];
    assert_eq!(fault["params"], json!({"max": 200}), "{problem}");
    assert!(
        fault["detail"].as_str().unwrap().contains("1 to 200 characters"),
        "{problem}"
    );
}

#[tokio::test]
async fn an_unknown_address_is_not_found() {
    let app = TestApp::start().await;
    let page = app.anonymous().send_anywhere(Method::GET, "/nowhere", &[], None).await;
    assert_eq!(page.status, 404);
    for path in [
        "/api/v1/nowhere",
        "/api/v1",
        "/api/v1/me/",
        "/api/v1//me",
        "/api/v1/orders/a/b/c",
    ] {
        let answer = app.anonymous().send_anywhere(Method::GET, path, &[], None).await;
        answer.problem(404, "not_found");
    }
}

#[tokio::test]
async fn a_method_an_address_does_not_have_is_told_with_those_it_has() {
    let app = TestApp::start().await;
    for (method, path, allowed) in [
        (Method::DELETE, "/api/v1/me", "GET, PATCH"),
        (Method::TRACE, "/api/v1/me", "GET, PATCH"),
        (Method::GET, "/api/v1/auth/login", "POST"),
        (Method::PUT, "/api/v1/orders", "POST"),
        (Method::POST, "/livez", "GET"),
    ] {
        let answer = app.anonymous().send_anywhere(method, path, &[], None).await;
        assert!(
            answer.header("allow").contains(allowed),
            "{path}: {}",
            answer.header("allow")
        );
        answer.problem(405, "method_not_allowed");
    }
}

#[tokio::test]
async fn a_body_that_is_not_announced_as_json_is_refused() {
    let app = TestApp::start().await;
    let body = json!({"email": "ada@acme.example", "password": "x"}).to_string();
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""] {
        let headers = [("Content-Type", media_type)];
        let answer = app
            .anonymous()
            .send(Method::POST, "/auth/login", &headers, Some(body.clone()))
            .await;
        answer.problem(415, "unsupported_media_type");
    }
    let headers = [("Content-Type", "application/json; charset=utf-8")];
    let answer = app
        .anonymous()
        .send(Method::POST, "/auth/login", &headers, Some(body))
        .await;
    answer.problem(401, "invalid_credentials");
}

#[tokio::test]
async fn a_body_above_the_limit_is_refused() {
    let app = TestApp::start().await;
    let body = json!({"email": "x".repeat(3 << 20), "password": "x"}).to_string();
    let answer = app.anonymous().send(Method::POST, "/auth/login", &[], Some(body)).await;
    answer.problem(413, "payload_too_large");
}

#[tokio::test]
async fn a_body_that_is_not_json_is_malformed() {
    let app = TestApp::start().await;
    for body in [
        "",
        "{",
        "{\"email\":}",
        "nonsense",
        "{} {}",
        "{\"email\":\"\u{1}\"}",
        "[1,]",
    ] {
        let answer = app
            .anonymous()
            .send(Method::POST, "/auth/login", &[], Some(body.to_owned()))
            .await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.text);
        answer.problem(400, "malformed_json");
    }
}

#[tokio::test]
async fn a_body_of_the_wrong_shape_is_told_with_its_place() {
    let app = TestApp::start().await;
    for (body, pointer, code) in [
        (
            json!({"email": "a@b.example", "password": "x", "passwort": 1}),
            "/passwort",
            "unknown_field",
        ),
        (json!({"email": "a@b.example"}), "/password", "required"),
        (json!({"email": 7, "password": "x"}), "/email", "wrong_type"),
        (json!({"email": null, "password": "x"}), "/email", "wrong_type"),
        (
            json!({"email": "a\u{0}@b.example", "password": "x"}),
            "/email",
            "value_invalid",
        ),
        (json!([]), "", "wrong_type"),
        (json!("text"), "", "wrong_type"),
    ] {
        let answer = app.anonymous().post("/auth/login", body.clone()).await;
        assert_eq!(answer.status, 422, "{body}: {}", answer.text);
        assert_eq!(answer.faults(), [(pointer.to_owned(), code.to_owned())], "{body}");
    }
}

#[tokio::test]
async fn who_calls_is_settled_before_what_is_asked() {
    let app = TestApp::with_accounts().await;
    let viewer = app.person("ACME", "viewer").await;
    for (client, status, code) in [(app.anonymous(), 401, "unauthenticated"), (viewer, 403, "forbidden")] {
        for body in ["nonsense", "{\"unknown\":1}", ""] {
            let answer = client.send(Method::POST, "/orders", &[], Some(body.to_owned())).await;
            answer.problem(status, code);
        }
    }
}

#[tokio::test]
async fn bad_parameters_are_told_by_name() {
    let app = TestApp::with_accounts().await;
    let buyer = app.person("ACME", "buyer").await;
    for (query, pointer, code) in [
        ("limit=0", "/limit", "value_invalid"),
        ("limit=201", "/limit", "value_invalid"),
        ("limit=-1", "/limit", "value_invalid"),
        ("limit=ten", "/limit", "wrong_type"),
        ("limmit=10", "/limmit", "unknown_field"),
        ("cursor=nonsense", "/cursor", "cursor_invalid"),
        ("state=sold", "/state", "value_invalid"),
        ("po_number=a%0D%0Ab", "/po_number", "value_invalid"),
        ("cursor=%07", "/cursor", "value_invalid"),
    ] {
        let answer = buyer.get(&format!("/orders?{query}")).await;
        assert_eq!(answer.status, 422, "{query}: {}", answer.text);
        assert_eq!(answer.faults(), [(pointer.to_owned(), code.to_owned())], "{query}");
    }
    buyer.get("/orders?limit=200").await.expect(200);
}

#[tokio::test]
async fn control_characters_in_the_address_of_a_page_are_refused() {
    let app = TestApp::with_accounts().await;
    let browser = app.browse_as("ACME", "buyer").await;
    for path in [
        "/sign-in?next=/orders%0D%0AX:%20y",
        "/orders?page=1%01",
        "/orders?q=a%00b",
        "/products?q=%1B",
        "/orders/export.csv?q=a%7Fb",
    ] {
        assert_eq!(browser.get(path).await.status, 422, "{path}");
    }
    for field in ["next", "back", "page", "list"] {
        let refused = browser.post("/quick-order", &[(field, "/orders\r\nX: y")]).await;
        assert!([404, 405, 422].contains(&refused.status), "{field}: {}", refused.status);
        let refused = browser.post("/sign-in", &[(field, "/orders\r\nX: y")]).await;
        assert_eq!(refused.status, 422, "{field}");
    }
    // A cell of a table that was copied brings its tab along.
    assert_eq!(browser.get("/orders?q=4711%09").await.status, 200);
}

#[tokio::test]
async fn the_service_tells_that_it_lives_and_is_ready() {
    let app = TestApp::start().await;
    for path in ["/livez", "/readyz"] {
        let answer = app.anonymous().send_anywhere(Method::GET, path, &[], None).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    }
}

#[tokio::test]
async fn answers_tell_the_browser_to_keep_its_distance() {
    let app = TestApp::start().await;
    let from_elsewhere = [("Origin", "https://evil.example")];
    let answer = app.anonymous().send(Method::GET, "/me", &from_elsewhere, None).await;
    for (header, value) in [
        ("access-control-allow-origin", ""),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(answer.header(header), value);
    }
    let policy = answer.header("content-security-policy");
    assert_eq!(policy, "default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
}
