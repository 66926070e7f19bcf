//! The API document: the committed one is what the handlers give, whole and consistent in itself.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;

use crate::app::TestApp;

/// One operation of the document.
pub struct Operation {
    /// `GET /api/v1/orders/{id}`
    pub name: String,
    /// What the document says of it.
    pub about: Value,
}

impl Operation {
    /// True where nobody has to sign in.
    pub fn is_public(&self) -> bool {
        self.about["security"] == Value::Array(Vec::new())
    }
}

/// The committed document.
pub fn document() -> Value {
    serde_json::from_str(&committed()).unwrap()
}

/// Its operations, in order.
pub fn operations(document: &Value) -> Vec<Operation> {
    let paths = document["paths"].as_object().unwrap();
    let mut operations = Vec::new();
    for (path, methods) in paths {
        for (method, about) in methods.as_object().unwrap() {
            if ["get", "post", "put", "patch", "delete"].contains(&method.as_str()) {
                operations.push(Operation {
                    name: format!("{} {path}", method.to_uppercase()),
                    about: about.clone(),
                });
            }
        }
    }
    operations
}

fn committed() -> String {
    std::fs::read_to_string("openapi/portal.json").unwrap()
}

#[test]
fn the_committed_document_is_what_the_handlers_give() {
    let given = format!("{}\n", portal::app::document_json());
    let is_current = committed() == given;
    assert!(
        is_current,
        "openapi/portal.json is old: cargo run -- openapi > openapi/portal.json"
    );
}

#[tokio::test]
async fn the_document_is_served() {
    let app = TestApp::start().await;
    let answer = app
        .anonymous()
        .send_anywhere(Method::GET, "/api/openapi.json", &[], None)
        .await;
    assert_eq!(answer.expect(200), document());
}

#[tokio::test]
async fn the_document_is_browsable_without_any_other_host() {
    let app = TestApp::start().await;
    let client = app.anonymous();
    let mut page = client.send_anywhere(Method::GET, "/api/docs/", &[], None).await;
    if page.status == 404 {
        page = client.send_anywhere(Method::GET, "/api/docs", &[], None).await;
    }
    assert_eq!(page.status, 200, "{}", page.text);
    for outside in ["src=\"http", "href=\"http", "src=\"//", "href=\"//"] {
        assert!(!page.text.contains(outside), "{outside}: {}", page.text);
    }
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("http"),
        "{policy}"
    );
}

#[test]
fn every_operation_is_below_the_version() {
    let document = document();
    assert_eq!(document["openapi"].as_str().unwrap().split('.').next(), Some("3"));
    for operation in operations(&document) {
        assert!(operation.name.contains(" /api/v1/"), "{}", operation.name);
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let mut references = Vec::new();
    collect_references(&document, &mut references);
    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap_or(&reference);
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect_references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                found.push(reference.to_owned());
            }
            members.values().for_each(|member| collect_references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_references(item, found)),
        _ => {}
    }
}

#[test]
fn every_operation_has_a_name_of_its_own_and_words() {
    let mut names = BTreeSet::new();
    for operation in operations(&document()) {
        let id = operation.about["operationId"].as_str().unwrap_or_default().to_owned();
        assert!(!id.is_empty() && names.insert(id.clone()), "{}: {id:?}", operation.name);
        let summary = operation.about["summary"].as_str().unwrap_or_default();
        assert!(!summary.is_empty(), "{} has no summary", operation.name);
        assert!(operation.about["tags"][0].is_string(), "{} has no tag", operation.name);
    }
}

#[test]
fn every_operation_tells_its_answers() {
    for operation in operations(&document()) {
        let responses = operation.about["responses"].as_object().unwrap();
        let has = |status: &str| responses.contains_key(status);
        assert!(
            responses.keys().any(|status| status.starts_with('2')),
            "{}",
            operation.name
        );
        for status in ["429", "500", "503"] {
            assert!(has(status), "{} lacks {status}", operation.name);
        }
        for status in ["401", "403"] {
            assert!(
                operation.is_public() || has(status),
                "{} lacks {status}",
                operation.name
            );
        }
        if operation.name.contains('{') {
            assert!(has("404"), "{} lacks 404", operation.name);
        }
        if operation.about.get("requestBody").is_some() {
            for status in ["400", "413", "415", "422"] {
                assert!(has(status), "{} lacks {status}", operation.name);
            }
        }
        for (status, response) in responses.iter().filter(|(status, _)| status.starts_with(['4', '5'])) {
            let problem = &response["content"]["application/problem+json"];
            assert!(problem.is_object(), "{} {status} is no problem", operation.name);
        }
    }
}
