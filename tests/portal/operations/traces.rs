//! Traces: a caller's goes on in the portal, the portal's in webhooks; a collector gets spans; lines of the log say whose.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::app::PASSWORD;
use crate::client::Client;
use crate::fresh::Fresh;
use crate::program::Installation;
use crate::webhooks::Receiver;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";
const TIMEOUT: Duration = Duration::from_secs(60);

fn installed(fresh: &Fresh) -> Installation {
    let installation = Installation::on(fresh.db().target());
    let folder = tempfile::TempDir::new().unwrap();
    for (name, text) in [
        ("supplier.csv", "name,country,currency\nThe Supplier,NL,EUR\n"),
        (
            "accounts.csv",
            "account,name,country,currency,tier,payment_terms_days,credit_limit\nACME,Acme Works,NL,EUR,gold,30,\n",
        ),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    installation.succeed(&["import", folder.path().to_str().unwrap()], "");
    let admin = "user add --email ada@acme.example --account ACME --role admin --password-stdin";
    installation.succeed(&admin.split(' ').collect::<Vec<_>>(), PASSWORD);
    installation
}

async fn signed_in(base: &str) -> Client {
    let client = Client::anonymous(base);
    let credentials = json!({"email": "ada@acme.example", "password": PASSWORD});
    let tokens = client.post("/auth/login", credentials).await.expect(200);
    client.with_token(tokens["access_token"].as_str().unwrap())
}

/// What a collector got, span by span.
fn spans(collector: &Receiver) -> Vec<Value> {
    let mut spans = Vec::new();
    for got in collector.got() {
        let resource = &got.body()["resourceSpans"][0];
        assert_eq!(resource["resource"]["attributes"][0]["value"]["stringValue"], "portal");
        spans.extend(resource["scopeSpans"][0]["spans"].as_array().unwrap().clone());
    }
    spans
}

/// Waits until the collector got a span that `is` the wanted one.
async fn arrived(collector: &Receiver, is: impl Fn(&Value) -> bool) -> Value {
    let started = Instant::now();
    loop {
        if let Some(found) = spans(collector).into_iter().find(|span| is(span)) {
            return found;
        }
        assert!(started.elapsed() < TIMEOUT, "{:#?}", spans(collector));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_collector_gets_requests_and_what_they_did_and_webhooks_carry_the_trace() {
    let fresh = Fresh::migrated();
    let installation = installed(&fresh);
    let (collector, receiver) = (Receiver::start().await, Receiver::start().await);
    let endpoint = collector.url.replace("/hooks", "");
    let serving = installation.serve_with(&[
        "--otlp-endpoint",
        &endpoint,
        "--otlp-headers",
        "authorization=Bearer of-the-collector",
        "--webhook-hosts",
        "127.0.0.1",
    ]);
    let client = signed_in(&serving.base).await;
    client
        .post("/webhook-endpoints", json!({"url": receiver.url}))
        .await
        .expect(201);
    let sent = format!("00-{TRACE}-{PARENT}-01");
    let guest = json!({"email": "guest@acme.example", "role": "buyer"});
    let headers = [("traceparent", sent.as_str()), ("Content-Type", "application/json")];
    let answer = client
        .send(reqwest::Method::POST, "/invitations", &headers, Some(guest.to_string()))
        .await;
    answer.expect(201);

    let request = arrived(&collector, |span| {
        span["traceId"] == TRACE && span["parentSpanId"] == PARENT
    })
    .await;
    assert_eq!(request["name"], "POST /api/v1/invitations");
    assert_eq!(request["kind"], 2);
    let attributes = request["attributes"].as_array().unwrap();
    let status = attributes.iter().find(|one| one["key"] == "http.response.status_code");
    assert_eq!(status.unwrap()["value"]["intValue"], "201");
    let below = arrived(&collector, |span| span["parentSpanId"] == request["spanId"]).await;
    assert_eq!((&below["traceId"], &below["name"]), (&json!(TRACE), &json!("database")));

    receiver.until(1).await;
    let carried = receiver.got()[0].header("traceparent").to_owned();
    let parts: Vec<_> = carried.split('-').collect();
    let webhook = arrived(&collector, |span| span["spanId"] == parts[2]).await;
    assert_eq!(
        (&webhook["traceId"], &webhook["name"]),
        (&json!(parts[1]), &json!("webhook"))
    );

    // Nothing of who somebody is or by what they came in.
    let told: String = collector.got().iter().map(|got| got.text.clone()).collect();
    for secret in [
        "guest@acme.example",
        "ada@acme.example",
        PASSWORD,
        client.token().unwrap(),
    ] {
        assert!(!told.contains(secret), "{secret}");
    }
    assert_eq!(collector.got()[0].header("authorization"), "Bearer of-the-collector");
    assert!(collector.got()[0].header("content-type").contains("json"));
    serving.terminate();
    assert!(serving.ended().success());
}

#[tokio::test]
async fn what_a_caller_does_not_keep_is_not_sent_and_a_collector_that_is_gone_stops_nothing() {
    let fresh = Fresh::migrated();
    let installation = installed(&fresh);
    let collector = Receiver::start().await;
    let endpoint = collector.url.replace("/hooks", "/v1/traces");
    let serving = installation.serve_with(&["--no-worker", "--otlp-endpoint", &endpoint]);
    let client = signed_in(&serving.base).await;
    for (flags, parent) in [("00", "1111111111111111"), ("01", "2222222222222222")] {
        let sent = format!("00-{TRACE}-{parent}-{flags}");
        let headers = [("traceparent", sent.as_str())];
        client
            .send(reqwest::Method::GET, "/me", &headers, None)
            .await
            .expect(200);
    }
    arrived(&collector, |span| span["parentSpanId"] == "2222222222222222").await;
    assert!(
        !spans(&collector)
            .iter()
            .any(|span| span["parentSpanId"] == "1111111111111111")
    );
    serving.terminate();
    assert!(serving.ended().success());

    let nowhere = installation.serve_with(&["--no-worker", "--otlp-endpoint", "http://127.0.0.1:1"]);
    signed_in(&nowhere.base).await.get("/me").await.expect(200);
    nowhere.terminate();
    assert!(nowhere.ended().success());
}

#[tokio::test]
async fn lines_of_the_log_say_who_asked_and_in_which_trace() {
    let fresh = Fresh::migrated();
    let installation = installed(&fresh);
    let (serving, log) = installation.serve_logged_with("portal=debug", &["--no-worker"]);
    let client = signed_in(&serving.base).await;
    let sent = format!("00-{TRACE}-{PARENT}-01");
    let headers = [("traceparent", sent.as_str()), ("X-Request-Id", "asked-by-a-test")];
    let me = client
        .send(reqwest::Method::GET, "/me", &headers, None)
        .await
        .expect(200);
    let account = client.get("/account").await.expect(200);
    drop(serving);
    let text = std::fs::read_to_string(log).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of_request = lines
        .iter()
        .find(|line| line["span"]["id"] == "asked-by-a-test" && line["message"] == "answered")
        .unwrap_or_else(|| panic!("{text}"));
    let caller = json!({"account": account["id"], "person": me["id"], "trace": TRACE});
    assert_eq!(of_request["caller"], caller);
    assert!(!text.contains(client.token().unwrap()));
}
