//! Failures on request: by a header or by what waits, in sandboxes and nowhere else.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;

use super::{Boxed, bolts, id};
use crate::client::{Client, unique};

async fn order(client: &Client, key: &str, po: &str, failure: &str) -> crate::client::Answer {
    let mut body = bolts("2");
    body["po_number"] = po.into();
    let headers = [("Idempotency-Key", key), ("Sandbox-Failure", failure)];
    client
        .send(Method::POST, "/orders", &headers, Some(body.to_string()))
        .await
}

async fn count(client: &Client) -> usize {
    client.get("/orders").await.expect(200)["data"]
        .as_array()
        .unwrap()
        .len()
}

#[tokio::test]
async fn an_order_fails_before_or_after_it_is_kept() {
    let boxed = Boxed::start().await;
    let program = boxed.program().await;
    let told = order(&program, "k1", "PO-1", "429").await;
    assert_eq!(told.header("retry-after"), "2");
    told.problem(429, "throttled");
    order(&program, "k1", "PO-1", "500").await.problem(500, "internal");
    order(&program, "k1", "PO-1", "error_before")
        .await
        .problem(500, "internal");
    assert_eq!(count(&program).await, 0);
    order(&program, "k1", "PO-1", "error_after")
        .await
        .problem(500, "internal");
    assert_eq!(count(&program).await, 1);
    let again = order(&program, "k1", "PO-1", "").await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    again.expect(201);
    assert_eq!(count(&program).await, 1);
}

#[tokio::test]
async fn a_connection_breaks_after_the_order_is_kept() {
    let boxed = Boxed::start().await;
    let program = boxed.program().await;
    program
        .post(
            "/sandbox/failures",
            json!({"failure": "connection_cut", "times": 1, "only_orders": true}),
        )
        .await
        .expect(200);
    // Only an order meets it.
    assert_eq!(count(&program).await, 0);
    let url = format!("{}{}/api/v1/orders", boxed.node.base, boxed.path);
    let mut body = bolts("2");
    body["po_number"] = "PO-CUT".into();
    let http = crate::client::http_client().build().unwrap();
    let token = program.token().unwrap();
    let send = || {
        let request = http.post(&url).bearer_auth(token).header("Idempotency-Key", "cut");
        request
            .header("Content-Type", "application/json")
            .body(body.to_string())
            .send()
    };
    let cut = async { send().await?.text().await }.await;
    assert!(cut.is_err(), "{cut:?}");
    assert_eq!(count(&program).await, 1);
    let again = send().await.unwrap();
    assert_eq!(again.status(), 201);
    assert_eq!(count(&program).await, 1);
}

#[tokio::test]
async fn so_many_requests_fail_and_no_more() {
    let boxed = Boxed::start().await;
    let program = boxed.program().await;
    let waiting = program
        .post("/sandbox/failures", json!({"failure": "429", "times": 2}))
        .await
        .expect(200);
    assert_eq!(waiting["failures"][0]["times"], 2);
    for _ in 0..2 {
        program.get("/orders").await.problem(429, "throttled");
    }
    program.get("/orders").await.expect(200);
    program
        .post("/sandbox/failures", json!({"failure": "500", "times": 5}))
        .await
        .expect(200);
    let none = program
        .post("/sandbox/failures", json!({"failure": "500", "times": 0}))
        .await
        .expect(200);
    assert_eq!(none["failures"], json!([]));
    program.get("/orders").await.expect(200);
    for (failure, times) in [("503", 1), ("500", 101), ("500", -1)] {
        let refused = program
            .post("/sandbox/failures", json!({"failure": failure, "times": times}))
            .await;
        refused.problem(422, "validation_failed");
    }
}

#[tokio::test]
async fn a_late_answer_is_late_and_the_work_is_done() {
    let boxed = Boxed::start().await;
    let program = boxed.program().await;
    let began = Instant::now();
    let late = order(&program, "late", "PO-LATE", "late");
    let (answer, kept) = tokio::join!(late, async {
        while count(&program).await == 0 {
            assert!(began.elapsed() < Duration::from_secs(4), "it is kept at once");
        }
        began.elapsed()
    });
    assert!(kept < Duration::from_secs(4) && began.elapsed() >= Duration::from_secs(5));
    answer.expect(201);
}

#[tokio::test]
async fn the_portal_fails_for_nobody() {
    let boxed = Boxed::start().await;
    let key = unique();
    for failure in ["429", "500", "connection_cut", "error_after", "slow"] {
        let headers = [("Sandbox-Failure", failure), ("Idempotency-Key", key.as_str())];
        let answer = boxed.admin.send(Method::GET, "/orders", &headers, None).await;
        assert_eq!(answer.status, 200, "{failure}");
    }
    // What waits in the sandbox waits there.
    boxed
        .admin
        .post("/sandbox/failures", json!({"failure": "500", "times": 9}))
        .await
        .expect(200);
    let order = boxed.admin.place_order(bolts("1")).await.expect(201);
    boxed.admin.get(&format!("/orders/{}", id(&order))).await.expect(200);
}

#[tokio::test]
async fn who_proves_nothing_meets_no_failure() {
    let boxed = Boxed::start().await;
    let program = boxed.program().await;
    program
        .post("/sandbox/failures", json!({"failure": "429", "times": 1}))
        .await
        .expect(200);
    let stranger = boxed.inside();
    for headers in [&[][..], &[("Sandbox-Failure", "error_before")]] {
        let refused = stranger.send(Method::GET, "/orders", headers, None).await;
        refused.problem(401, "unauthenticated");
        let nowhere = stranger.send(Method::GET, "/nowhere", headers, None).await;
        nowhere.problem(404, "not_found");
    }
    // It still waits for whom it was meant.
    program.get("/orders").await.problem(429, "throttled");
    program.get("/orders").await.expect(200);
}
