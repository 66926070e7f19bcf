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
    /// True for what gives programs their tokens: where it stands and how it fails, others decided.
    pub fn is_of_oauth(&self) -> bool {
        let (_, path) = self.name.split_once(' ').unwrap();
        path.starts_with("/oauth/") || path.starts_with("/.well-known/oauth-")
    }

    /// True where nobody has to sign in.
    pub fn is_public(&self) -> bool {
        self.about["security"] == serde_json::json!([{}])
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
    let (mut served, mut committed) = (answer.expect(200), document());
    assert_eq!(served["servers"][0]["url"], "/");
    served["servers"] = committed["servers"].take();
    committed["servers"] = served["servers"].clone();
    assert_eq!(served, committed);
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
        let is_ours = operation.name.contains(" /api/v1/") || operation.is_of_oauth();
        assert!(is_ours, "{}", operation.name);
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

/// Names of fields and parameters whose values are a closed set, wherever they stand.
const CLOSED: &[&str] = &[
    "cause",
    "function",
    "hold_reasons",
    "kind",
    "lacks",
    "level",
    "order_class",
    "role",
    "roles",
    "state",
    "status",
    "tier",
];

/// Every property and parameter with its name and where it stands.
fn described(document: &Value) -> Vec<(String, String, Value)> {
    let mut all = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        properties(name, schema, &mut all);
    }
    for operation in operations(document) {
        for parameter in operation.about["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap().to_owned();
            let mut schema = parameter["schema"].clone();
            schema["description"] = parameter["description"].clone();
            all.push((format!("{} {name}", operation.name), name, schema));
        }
    }
    all
}

fn properties(place: &str, schema: &Value, all: &mut Vec<(String, String, Value)>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        all.push((format!("{place}.{name}"), name.clone(), property.clone()));
        properties(&format!("{place}.{name}"), property, all);
    }
    for part in ["allOf", "oneOf", "anyOf"] {
        for schema in schema[part].as_array().into_iter().flatten() {
            properties(place, schema, all);
        }
    }
}

/// True for a text, or a list of texts, whose values the document doesn't name.
fn is_free_text(schema: &Value) -> bool {
    let is_text = schema["type"] == "string"
        || schema["type"]
            .as_array()
            .is_some_and(|types| types.contains(&"string".into()));
    let is_list = schema["items"].is_object() && is_free_text(&schema["items"]);
    (is_text && schema.get("enum").is_none() && schema.get("format").is_none()) || is_list
}

/// How many words in backquotes a description has that could be values.
fn quoted(text: &str) -> usize {
    let is_value = |word: &&str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'.')
    };
    text.split('`').skip(1).step_by(2).filter(is_value).count()
}

#[test]
fn closed_sets_are_named_by_the_document_and_not_by_prose() {
    let document = document();
    let mut values = BTreeSet::new();
    for schema in document["components"]["schemas"].as_object().unwrap().values() {
        values.extend(
            schema["enum"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str),
        );
    }
    assert!(values.contains("partly_shipped") && values.contains("order.placed"));
    for (place, name, schema) in described(&document) {
        if !is_free_text(&schema) {
            continue;
        }
        assert!(
            !CLOSED.contains(&name.as_str()),
            "{place} is a closed set, but any text in the document"
        );
        let description = schema["description"].as_str().unwrap_or_default();
        let names_values = description
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|word| values.contains(word))
            .count();
        assert!(
            names_values < 2 && quoted(description) < 3,
            "{place} tells its values in prose: {description}"
        );
    }
}

#[test]
fn every_type_of_event_is_documented_with_its_form() {
    let document = document();
    let types = document["components"]["schemas"]["EventType"]["enum"]
        .as_array()
        .unwrap();
    let forms = document["x-events"].as_object().unwrap();
    assert_eq!(types.len(), forms.len());
    for kind in types {
        let form = &forms[kind.as_str().unwrap()];
        assert_eq!(form["version"], 1, "{kind}");
        let pointer = form["data"]["$ref"].as_str().unwrap().trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{kind}: {pointer}");
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

/// What a reference leads to; the thing itself where it is none.
pub fn resolved<'d>(document: &'d Value, thing: &'d Value) -> &'d Value {
    let pointer = thing.get("$ref").and_then(Value::as_str);
    pointer.map_or(thing, |pointer| {
        document.pointer(pointer.trim_start_matches('#')).unwrap()
    })
}

fn is_told_as_oauth_has_it(operation: &Operation, response: &Value) -> bool {
    let schema = &response["content"]["application/json"]["schema"]["$ref"];
    operation.is_of_oauth() && *schema == "#/components/schemas/OAuthError"
}

#[test]
fn every_operation_tells_its_answers() {
    let document = document();
    for operation in operations(&document) {
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
        let failed = responses.iter().filter(|(status, _)| status.starts_with(['4', '5']));
        for (status, response) in failed.filter(|(_, response)| !is_told_as_oauth_has_it(&operation, response)) {
            let response = resolved(&document, response);
            let problem = &response["content"]["application/problem+json"];
            assert!(problem.is_object(), "{} {status} is no problem", operation.name);
        }
    }
}
