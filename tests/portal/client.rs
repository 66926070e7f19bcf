//! A caller of the REST API: verbs with the bearer token, and answers that are easy to assert on.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use serde_json::{Value, json};

use crate::promises;

/// Somebody who calls, with or without a token.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    /// `http://127.0.0.1:…`
    base: String,
    token: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

/// What sends requests. Those of tests need no TLS, so it trusts nobody instead of reading whom the machine trusts.
pub fn http_client() -> reqwest::ClientBuilder {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider);
    let tls = tls.with_safe_default_protocol_versions().unwrap();
    let tls = tls
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder().tls_backend_preconfigured(tls)
}

impl Client {
    pub fn anonymous(base: &str) -> Self {
        Self {
            http: http_client().build().unwrap(),
            base: base.to_owned(),
            token: None,
        }
    }

    /// The same caller with `token`.
    pub fn with_token(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// The token it sends.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The same token at the node that `other` calls.
    pub fn at(&self, other: &Self) -> Self {
        Self {
            base: other.base.clone(),
            ..self.clone()
        }
    }

    /// `GET /api/v1{path}`
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], None).await
    }

    /// `POST /api/v1{path}` without an `Idempotency-Key`.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, &[], Some(body.to_string())).await
    }

    /// `POST /api/v1{path}` under the key `key`.
    pub async fn post_with_key(&self, path: &str, key: &str, body: Value) -> Answer {
        let headers = [("Idempotency-Key", key)];
        self.send(Method::POST, path, &headers, Some(body.to_string())).await
    }

    /// `PATCH`, `PUT` or `DELETE /api/v1{path}` of the version that `etag` names.
    pub async fn change(&self, method: Method, path: &str, etag: &str, body: Option<Value>) -> Answer {
        let headers = [("If-Match", etag)];
        self.send(method, path, &headers, body.map(|body| body.to_string()))
            .await
    }

    /// Places an order under a key of its own. `order` needs `lines` only; a PO number is made where it has none.
    pub async fn place_order(&self, mut order: Value) -> Answer {
        let unique = unique();
        let fields = order.as_object_mut().expect("an order is an object");
        fields
            .entry("po_number")
            .or_insert_with(|| format!("PO-{unique}").into());
        self.post_with_key("/orders", &format!("key-{unique}"), order).await
    }

    /// Asks the price of `quantity` of `unit` of `sku`; gives the line.
    pub async fn quote(&self, sku: &str, unit: &str, quantity: &str) -> Value {
        let lines = json!({"lines": [{"sku": sku, "unit": unit, "quantity": quantity}]});
        let quote = self.post("/prices/quote", lines).await.expect(200);
        quote["lines"][0].clone()
    }

    /// `POST /api/v1{path}` with a body that is no text.
    pub async fn send_bytes(&self, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let token = self.token.clone().unwrap_or_default();
        let mut request = self.http.post(format!("{}/api/v1{path}", self.base)).bearer_auth(token);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.body(body).send().await.unwrap();
        Answer::of(response).await
    }

    /// Any request below `/api/v1`; a body is announced as JSON unless `headers` say otherwise.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Answer {
        let path = format!("/api/v1{path}");
        self.send_anywhere(method, &path, headers, body).await
    }

    /// Any request.
    pub async fn send_anywhere(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Answer {
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(body) = body {
            if !headers
                .iter()
                .any(|(name, _)| name.eq_ignore_ascii_case(CONTENT_TYPE.as_str()))
            {
                request = request.header(CONTENT_TYPE, "application/json");
            }
            request = request.body(body);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        let answer = Answer::of(response).await;
        promises::hold(
            &method,
            path,
            answer.status,
            answer.header("content-type"),
            &answer.text,
        );
        answer
    }
}

impl Answer {
    async fn of(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.unwrap().to_vec();
        Self {
            status,
            headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }

    /// The body, when the status is the wanted one.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    /// The problem, when it is the wanted one.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status, "{problem}");
        problem
    }

    /// The pointers and codes of a refusal for wrong values.
    #[track_caller]
    pub fn faults(self) -> Vec<(String, String)> {
        let problem = self.problem(422, "validation_failed");
        let faults = problem["errors"].as_array().unwrap().iter();
        faults
            .map(|fault| {
                let text = |name: &str| fault[name].as_str().unwrap().to_owned();
                (text("pointer"), text("code"))
            })
            .collect()
    }

    /// The body; null for none.
    pub fn json(&self) -> Value {
        if self.text.is_empty() {
            return Value::Null;
        }
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// A header, empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("a header is text"))
    }
}

/// A text no other call of this run got.
pub fn unique() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{:05}", NEXT.fetch_add(1, Ordering::Relaxed))
}
