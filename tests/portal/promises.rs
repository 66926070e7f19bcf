//! What the API document promises of answers: every answer that any test gets is held against it, so that a field of
//! another form, a status that isn't documented or a value out of its bounds fails where it is met.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::{Draft, Registry, Validator};
use reqwest::Method;
use serde_json::{Value, json};

use crate::openapi;

/// What the references of the document begin with once it has an address.
const ADDRESS: &str = "urn:portal:api";

static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi::document);
static REGISTRY: LazyLock<Registry<'static>> = LazyLock::new(|| {
    let resource = Draft::Draft202012.create_resource(DOCUMENT.clone());
    let registry = Registry::new().add(ADDRESS, resource).expect("an address");
    registry.prepare().expect("the references lead somewhere")
});
static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// Panics where an answer is not what the document says of `method path`. What is no path of the document, or none of
/// its methods, is not looked at.
pub fn hold(method: &Method, path: &str, status: u16, media_type: &str, text: &str) {
    let path = path.split('?').next().unwrap_or_default();
    let Some((template, operation)) = find(method, path) else {
        return;
    };
    let responses = &operation["responses"];
    let response = &responses[status.to_string()];
    assert!(
        response.is_object(),
        "{method} {template} answers {status}, which is not documented: {text}"
    );
    let response = openapi::resolved(&DOCUMENT, response);
    let media_type = media_type.split(';').next().unwrap_or_default();
    let Some(content) = response["content"].as_object() else {
        assert!(text.is_empty(), "{method} {template} {status} has a body: {text}");
        return;
    };
    let Some(content) = content.get(media_type) else {
        let documented: Vec<_> = content.keys().collect();
        panic!("{method} {template} {status} is {media_type}, documented as {documented:?}: {text}");
    };
    if !media_type.ends_with("json") {
        return;
    }
    let key = format!("{method} {template} {status}");
    if media_type == "application/x-ndjson" {
        return hold_lines(&key, &content["schema"], text);
    }
    let answer: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    if media_type == "application/problem+json" {
        hold_codes(&key, &operation["x-portal"]["error_codes"], &answer);
    }
    let validator = validator(&key, &content["schema"]);
    let faults: Vec<_> = validator
        .iter_errors(&answer)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{key} is not as documented: {faults:#?}\n{text}");
}

/// Panics where a line is not what the document says of it, or where the last doesn't say that it is.
fn hold_lines(key: &str, schema: &Value, text: &str) {
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (last, lines) = lines.split_last().expect("a last line");
    assert_eq!(last["end"], true, "{key}: {last}");
    // Between pages stands where to go on.
    let lines: Vec<_> = lines.iter().filter(|line| line["cursor"].is_null()).collect();
    assert_eq!(last["rows"], lines.len(), "{key}: {last}");
    let validator = validator(key, schema);
    let removed = self::validator("what is removed", &DOCUMENT["components"]["schemas"]["RemovedView"]);
    for line in lines {
        let is_removed = line.get("removed_at").is_some();
        let validator = if is_removed { &removed } else { &validator };
        let faults: Vec<_> = validator.iter_errors(line).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{key} is not as documented: {faults:#?}\n{line}");
    }
}

/// Panics where a refusal has a code that the operation doesn't tell.
fn hold_codes(key: &str, told: &Value, problem: &Value) {
    let faults = problem["errors"].as_array().into_iter().flatten();
    for code in faults.chain([problem]).map(|fault| &fault["code"]) {
        let is_told = told.as_array().is_some_and(|told| told.contains(code));
        assert!(
            is_told,
            "{key} answers {code}, which its codes don't name (src/app/codes.rs)"
        );
    }
}

/// The operation that answers, and its path.
fn find(method: &Method, path: &str) -> Option<(&'static str, &'static Value)> {
    let parts: Vec<_> = path.split('/').collect();
    let is_it = |template: &str| {
        let wanted: Vec<_> = template.split('/').collect();
        let fits = |(wanted, part): (&&str, &&str)| wanted == part || (wanted.starts_with('{') && !part.is_empty());
        wanted.len() == parts.len() && wanted.iter().zip(&parts).all(fits)
    };
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let all = paths.iter().filter(|(template, _)| is_it(template));
    // `/orders/preview` is meant by its own path before `/orders/{id}`.
    let (template, item) = all.min_by_key(|(template, _)| template.matches('{').count())?;
    let operation = item.get(method.as_str().to_lowercase())?;
    Some((template, operation))
}

fn validator(key: &str, schema: &Value) -> Arc<Validator> {
    if let Some(known) = VALIDATORS.lock().unwrap().get(key) {
        return known.clone();
    }
    let built = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_registry(&REGISTRY)
        .build(&addressed(schema))
        .unwrap_or_else(|error| panic!("{key}: {error}"));
    let built = Arc::new(built);
    VALIDATORS.lock().unwrap().insert(key.to_owned(), built.clone());
    built
}

/// The schema with references that begin with the document's address.
fn addressed(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| match value.as_str() {
                Some(reference) if name == "$ref" => (name.clone(), json!(format!("{ADDRESS}{reference}"))),
                _ => (name.clone(), addressed(value)),
            };
            Value::Object(members.iter().map(member).collect())
        }
        Value::Array(items) => items.iter().map(addressed).collect(),
        other => other.clone(),
    }
}

#[test]
#[should_panic(expected = "is not as documented")]
fn an_answer_of_another_form_is_noticed() {
    hold(&Method::GET, "/api/v1/me", 200, "application/json", r#"{"name": 5}"#);
}

#[test]
#[should_panic(expected = "which its codes don't name")]
fn a_code_that_is_not_documented_is_noticed() {
    let problem = json!({ "code": "po_number_used", "errors": [] }).to_string();
    hold(&Method::GET, "/api/v1/me", 403, "application/problem+json", &problem);
}

#[test]
#[should_panic(expected = "which is not documented")]
fn a_status_that_is_not_documented_is_noticed() {
    hold(&Method::GET, "/api/v1/me", 418, "application/json", "{}");
}
