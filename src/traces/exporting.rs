//! Spans leave for a collector by OTLP over HTTP, as JSON (OpenTelemetry Protocol 1.x): in batches, beside everything else. What a
//! collector doesn't take is dropped and counted; nothing waits for it.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value as Json, json};
use tokio::sync::{mpsc, watch};

use super::recording::{Finished, Recording, Value};
use super::switch_on;
use crate::clock::Timestamp;
use crate::config::Tracing;
use crate::error::{Error, Result};
use crate::measures;

/// Spans that wait to be sent.
const WAITING_MAX: usize = 8_192;
/// Spans in one request.
const BATCH_MAX: usize = 512;
/// How long spans wait for others.
const GATHER: Duration = Duration::from_secs(2);
const TIMEOUT: Duration = Duration::from_secs(10);

/// Kinds of spans, as the protocol numbers them.
const INTERNAL: u8 = 1;
const SERVER: u8 = 2;
const CLIENT: u8 = 3;
/// The status of a span that failed.
const FAILED: u8 = 2;

/// Sends spans.
#[derive(Debug)]
pub struct Exporter {
    finished: mpsc::Receiver<Finished>,
    client: reqwest::Client,
    endpoint: String,
    headers: HeaderMap,
}

/// What records spans, and what sends them; run it with [`Exporter::run`]. `client` follows no proxy and no redirect.
pub fn start(tracing: &Tracing, client: reqwest::Client) -> Result<(Recording, Exporter)> {
    let (sender, finished) = mpsc::channel(WAITING_MAX);
    let mut headers = HeaderMap::new();
    for (name, value) in &tracing.headers {
        let name = HeaderName::try_from(name.as_str()).map_err(Error::internal)?;
        let mut value = HeaderValue::try_from(value.0.as_str()).map_err(Error::internal)?;
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    switch_on(tracing.one_in);
    let exporter = Exporter {
        finished,
        client,
        endpoint: tracing.endpoint.to_string(),
        headers,
    };
    Ok((Recording::new(sender), exporter))
}

impl Exporter {
    /// Sends until the process is asked to end, and then what is left.
    pub async fn run(mut self, mut ended: watch::Receiver<bool>) {
        let mut batch = Vec::new();
        let mut has_failed = false;
        loop {
            let is_over = *ended.borrow_and_update();
            let gathered = tokio::select! {
                count = self.finished.recv_many(&mut batch, BATCH_MAX) => count,
                () = tokio::time::sleep(GATHER), if is_over => 0,
                _ = ended.changed(), if !is_over => continue,
            };
            if gathered == 0 {
                return;
            }
            if batch.len() < BATCH_MAX && !is_over {
                tokio::time::sleep(GATHER).await;
                let room = BATCH_MAX.saturating_sub(batch.len());
                while batch.len() < BATCH_MAX && room > 0 {
                    match self.finished.try_recv() {
                        Ok(next) => batch.push(next),
                        Err(_) => break,
                    }
                }
            }
            let count = u64::try_from(batch.len()).unwrap_or(u64::MAX);
            let sent = self.send(&batch).await;
            batch.clear();
            let outcome = if sent.is_ok() { "sent" } else { "failed" };
            metrics::counter!(measures::TRACES_SENT, "outcome" => outcome).increment(count);
            match sent {
                Ok(()) => has_failed = false,
                // Told once, until it goes again.
                Err(why) if !has_failed => {
                    has_failed = true;
                    tracing::warn!(why, "the collector takes no traces");
                }
                Err(_) => {}
            }
        }
    }

    async fn send(&self, batch: &[Finished]) -> Result<(), String> {
        let body = document(batch).to_string();
        let request = self.client.post(&self.endpoint).headers(self.headers.clone());
        let request = request.header("content-type", "application/json").body(body);
        let answer = tokio::time::timeout(TIMEOUT, request.send()).await;
        match answer {
            Ok(Ok(answer)) if answer.status().is_success() => Ok(()),
            Ok(Ok(answer)) => Err(format!("it answered {}", answer.status())),
            Ok(Err(error)) => Err(error.without_url().to_string()),
            Err(_) => Err("it did not answer in time".to_owned()),
        }
    }
}

/// The body of a request.
fn document(batch: &[Finished]) -> Json {
    let resource = [
        attribute("service.name", &Value::Text("portal".to_owned())),
        attribute("service.version", &Value::Text(env!("CARGO_PKG_VERSION").to_owned())),
        attribute("process.pid", &Value::Number(i64::from(std::process::id()))),
    ];
    json!({
        "resourceSpans": [{
            "resource": { "attributes": resource },
            "scopeSpans": [{
                "scope": { "name": "portal" },
                "spans": batch.iter().map(span).collect::<Vec<_>>(),
            }],
        }],
    })
}

fn span(finished: &Finished) -> Json {
    let field = |wanted: &str| finished.fields.iter().rev().find(|(name, _)| *name == wanted);
    let text = |wanted: &str| match field(wanted) {
        Some((_, Value::Text(text))) => Some(text.as_str()),
        _ => None,
    };
    let kind = match finished.name {
        "request" => SERVER,
        "webhook" | "mail" | "document" => CLIENT,
        _ => INTERNAL,
    };
    let name = match (finished.name, text("method"), text("route")) {
        ("request", Some(method), Some(route)) => format!("{method} {route}"),
        ("request", Some(method), None) => method.to_owned(),
        _ => finished.name.to_owned(),
    };
    let is_failed = match field("status") {
        Some((_, Value::Number(status))) if finished.name == "request" => *status >= 500,
        _ => text("error").is_some(),
    };
    let attributes: Vec<_> = finished
        .fields
        .iter()
        .map(|(name, value)| attribute(known_name(name), value))
        .collect();
    let mut span = json!({
        "traceId": finished.context.trace_text(),
        "spanId": format!("{:016x}", finished.context.span),
        "name": name,
        "kind": kind,
        "startTimeUnixNano": nanos(finished.began),
        "endTimeUnixNano": nanos(finished.ended),
        "attributes": attributes,
    });
    if let (Some(parent), Some(object)) = (finished.parent, span.as_object_mut()) {
        object.insert("parentSpanId".to_owned(), json!(format!("{parent:016x}")));
    }
    if let (true, Some(object)) = (is_failed, span.as_object_mut()) {
        let message = text("error").unwrap_or_default();
        object.insert("status".to_owned(), json!({ "code": FAILED, "message": message }));
    }
    span
}

/// What the conventions of OpenTelemetry call an attribute.
fn known_name(name: &'static str) -> &'static str {
    match name {
        "method" => "http.request.method",
        "path" => "url.path",
        "route" => "http.route",
        "status" => "http.response.status_code",
        "from" => "client.address",
        "id" => "portal.request_id",
        "error" => "error.type",
        other => other,
    }
}

fn attribute(name: &str, value: &Value) -> Json {
    let value = match value {
        Value::Text(text) => json!({ "stringValue": text }),
        // Numbers of 64 bits are texts in the protocol's JSON.
        Value::Number(number) => json!({ "intValue": number.to_string() }),
        Value::Flag(flag) => json!({ "boolValue": flag }),
    };
    json!({ "key": name, "value": value })
}

fn nanos(at: Timestamp) -> String {
    at.and_utc().timestamp_nanos_opt().unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traces::Context;

    #[test]
    fn a_span_is_written_as_the_protocol_wants_it() {
        let at = Timestamp::default();
        let finished = Finished {
            context: Context::parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").expect("good"),
            parent: Some(1),
            name: "request",
            began: at,
            ended: at + chrono::TimeDelta::milliseconds(2),
            fields: vec![
                ("method", Value::Text("GET".to_owned())),
                ("route", Value::Text("/api/v1/me".to_owned())),
                ("status", Value::Number(503)),
            ],
        };
        let document = document(&[finished]);
        let span = &document["resourceSpans"][0]["scopeSpans"][0]["spans"][0];
        assert_eq!(span["traceId"], "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_eq!(span["spanId"], "00f067aa0ba902b7");
        assert_eq!(span["parentSpanId"], "0000000000000001");
        assert_eq!(span["name"], "GET /api/v1/me");
        assert_eq!(span["kind"], 2);
        assert_eq!(span["endTimeUnixNano"], "2000000");
        assert_eq!(span["status"]["code"], 2);
        let status = &span["attributes"][2];
        assert_eq!(status["key"], "http.response.status_code");
        assert_eq!(status["value"]["intValue"], "503");
    }
}
