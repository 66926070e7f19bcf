//! What a program shows in a sandbox is judged by what it did.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use standardwebhooks::Webhook;

use super::{Boxed, bolts, id};
use crate::client::Client;
use crate::webhooks::{Deed, Receiver};

async fn begin(client: &Client, scenario: &str) {
    let begun = client.post("/sandbox/conformance", json!({"scenario": scenario})).await;
    begun.expect(200);
}

/// The scenario in the report.
async fn scenario(client: &Client, name: &str) -> Value {
    let report = client.get("/sandbox/conformance").await.expect(200);
    let mut all = report["scenarios"].as_array().unwrap().iter();
    all.find(|one| one["scenario"] == name).unwrap().clone()
}

async fn state(client: &Client, name: &str) -> String {
    scenario(client, name).await["state"].as_str().unwrap().to_owned()
}

/// Sends as a program that says who it is.
async fn send(client: &Client, method: Method, path: &str, key: &str, body: Option<Value>) -> u16 {
    let headers = [("User-Agent", "erp/1.0"), ("Idempotency-Key", key)];
    client
        .send(method, path, &headers, body.map(|body| body.to_string()))
        .await
        .status
}

fn order(po: &str) -> Option<Value> {
    let mut body = bolts("4");
    body["po_number"] = po.into();
    Some(body)
}

/// A receiver that verifies what it gets by this secret.
async fn verifying(secret: &'static std::sync::Mutex<String>) -> Receiver {
    Receiver::doing(move |got| {
        let webhook = Webhook::new(&secret.lock().unwrap()).unwrap();
        match webhook.verify(got.text.as_bytes(), &got.headers) {
            Ok(()) => Deed::status(204),
            Err(_) => Deed::status(401),
        }
    })
    .await
}

#[tokio::test]
async fn a_program_that_does_everything_right_is_ready() {
    static SECRET: std::sync::Mutex<String> = std::sync::Mutex::new(String::new());
    let boxed = Boxed::start().await;
    let program = boxed.program().await;
    assert_eq!(state(&program, "catch_up").await, "not_begun");
    let receiver = verifying(&SECRET).await;
    // An order before there is a receiver, so that nothing else is sent to it while it has no secret.
    assert_eq!(send(&program, Method::POST, "/orders", "a", order("PO-A")).await, 201);
    let endpoint = program
        .post("/webhook-endpoints", json!({"url": receiver.url}))
        .await
        .expect(201);
    endpoint["secret"]
        .as_str()
        .unwrap()
        .clone_into(&mut SECRET.lock().unwrap());

    begin(&program, "retry_after_error").await;
    assert_eq!(state(&program, "retry_after_error").await, "running");
    assert_eq!(send(&program, Method::POST, "/orders", "b", order("PO-B")).await, 500);
    assert_eq!(send(&program, Method::POST, "/orders", "b", order("PO-B")).await, 201);

    begin(&program, "retry_after_cut").await;
    let cut = {
        let url = format!("{}{}/api/v1/orders", boxed.node.base, boxed.path);
        let request = crate::client::http_client()
            .build()
            .unwrap()
            .post(url)
            .bearer_auth(program.token().unwrap());
        let request = request.header("Idempotency-Key", "c").header("User-Agent", "erp/1.0");
        let request = request
            .header("Content-Type", "application/json")
            .body(order("PO-C").unwrap().to_string());
        async { request.send().await?.text().await }.await
    };
    assert!(cut.is_err());
    assert_eq!(send(&program, Method::POST, "/orders", "c", order("PO-C")).await, 201);

    begin(&program, "wait_when_told").await;
    assert_eq!(send(&program, Method::GET, "/orders", "", None).await, 429);
    tokio::time::sleep(Duration::from_millis(2_050)).await;
    assert_eq!(send(&program, Method::GET, "/orders", "", None).await, 200);

    for name in [
        "wrong_signature",
        "unknown_fields",
        "unknown_event_type",
        "duplicate_delivery",
    ] {
        begin(&program, name).await;
        let told = scenario(&program, name).await;
        assert_eq!(told["state"], "passed", "{told}");
    }

    for name in ["partial_shipment", "rejection"] {
        begin(&program, name).await;
        assert_eq!(state(&program, name).await, "running");
        let listed = program.get("/orders").await.expect(200);
        for listed in listed["data"].as_array().unwrap() {
            send(&program, Method::GET, &format!("/orders/{}", id(listed)), "", None).await;
        }
    }

    begin(&program, "catch_up").await;
    let feed = program.get("/events?limit=200").await.expect(200);
    let last = id(feed["data"].as_array().unwrap().last().unwrap()).to_owned();
    assert_eq!(
        send(&program, Method::GET, &format!("/events?after={last}"), "", None).await,
        200
    );

    begin(&program, "user_agent").await;
    for _ in 0..3 {
        send(&program, Method::GET, "/orders", "", None).await;
    }
    let report = program.get("/sandbox/conformance").await.expect(200);
    assert_eq!(report["is_ready"], true, "{report:#}");
    let (staff, account) = (&boxed.staff, &boxed.account);
    let path = format!("/supplier/accounts/{account}/sandbox");
    assert_eq!(
        staff.get(&format!("{path}/conformance")).await.expect(200)["is_ready"],
        true
    );
    // It stays so after a reset, which forgets by what it was seen.
    boxed.keep("reset").await;
    assert_eq!(staff.get(&path).await.expect(200)["open_scenarios"], json!([]));
    let desk = boxed.app.browse_staff("admin").await.at(&boxed.node.base);
    let page = desk.page(&format!("/desk/accounts/{account}/clients/new")).await;
    assert!(
        page.contains("passed every scenario") && !page.contains("not_ready"),
        "{page}"
    );
}

#[tokio::test]
async fn a_program_that_does_it_wrong_is_told_by_what() {
    let boxed = Boxed::start().await;
    let program = boxed.program().await;
    begin(&program, "retry_after_error").await;
    assert_eq!(
        send(&program, Method::POST, "/orders", "first", order("PO-1")).await,
        500
    );
    assert_eq!(
        send(&program, Method::POST, "/orders", "second", order("PO-1")).await,
        201
    );
    let told = scenario(&program, "retry_after_error").await;
    assert_eq!(told["state"], "failed");
    let evidence = told["evidence"].to_string();
    assert!(
        evidence.contains("key=first") && evidence.contains("key=second"),
        "{evidence}"
    );
    begin(&program, "wait_when_told").await;
    assert_eq!(send(&program, Method::GET, "/orders", "", None).await, 429);
    assert_eq!(send(&program, Method::GET, "/orders", "", None).await, 200);
    assert_eq!(state(&program, "wait_when_told").await, "failed");
    begin(&program, "user_agent").await;
    program.send(Method::GET, "/orders", &[], None).await.expect(200);
    assert_eq!(state(&program, "user_agent").await, "failed");
    // Nobody takes webhooks.
    let refused = program
        .post("/sandbox/conformance", json!({"scenario": "wrong_signature"}))
        .await;
    refused.problem(409, "sandbox_state");
    // One that takes everything takes what is wrongly signed.
    let receiver = Receiver::start().await;
    program
        .post("/webhook-endpoints", json!({"url": receiver.url}))
        .await
        .expect(201);
    begin(&program, "wrong_signature").await;
    assert_eq!(state(&program, "wrong_signature").await, "failed");
    // Once more, and right.
    begin(&program, "retry_after_error").await;
    assert_eq!(
        send(&program, Method::POST, "/orders", "third", order("PO-3")).await,
        500
    );
    assert_eq!(
        send(&program, Method::POST, "/orders", "third", order("PO-3")).await,
        201
    );
    assert_eq!(state(&program, "retry_after_error").await, "passed");
    assert_eq!(program.get("/sandbox/conformance").await.expect(200)["is_ready"], false);
    let refused = program.post("/sandbox/conformance", json!({"scenario": "all"})).await;
    refused.problem(422, "validation_failed");
}

#[tokio::test]
async fn staff_confirm_access_for_programs_that_are_not_ready() {
    let boxed = Boxed::start().await;
    let desk = boxed.app.browse_staff("admin").await.at(&boxed.node.base);
    let path = format!("/desk/accounts/{}/clients", boxed.account);
    let page = desk.page(&format!("{path}/new")).await;
    assert!(
        page.contains("not passed yet") && page.contains("Refuses a wrong signature"),
        "{page}"
    );
    let fields = vec![("name", "ERP"), ("scopes", "orders:read")];
    let refused = desk.post(&path, &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.html);
    assert!(refused.html.contains("e-not_ready"), "{}", refused.html);
    let confirmed = [fields, vec![("not_ready", "1")]].concat();
    assert_eq!(desk.post(&path, &confirmed).await.status, 200);
    assert!(
        desk.page(&format!("/desk/accounts/{}/sandbox", boxed.account))
            .await
            .contains("11 scenarios open")
    );
}
