//! Makes the client from the API document. The document is OpenAPI 3.1 and progenitor reads 3.0, so it is brought there first: what
//! 3.0 says otherwise is said so, and what it can't say is left out.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value, json};

const DOCUMENT: &str = "../../../openapi/portal.json";
/// What the program calls. `PORTAL_CLIENT_WHOLE=1` takes all that progenitor can make.
const CALLED: &[&str] = &[
    "acceptOrder",
    "addWebhookEndpoint",
    "createShipment",
    "getInvoicePdf",
    "issueInvoice",
    "listEvents",
    "listProducts",
    "placeOrder",
    "previewOrder",
    "quote",
];
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn main() {
    println!("cargo::rerun-if-changed={DOCUMENT}");
    println!("cargo::rerun-if-env-changed=PORTAL_CLIENT_WHOLE");
    let whole = std::env::var_os("PORTAL_CLIENT_WHOLE").is_some();
    let text = std::fs::read_to_string(DOCUMENT).expect("the document is there");
    let mut document: Value = serde_json::from_str(&text).expect("the document is JSON");
    keep(&mut document, &|operation| whole || CALLED.contains(&operation));
    lower(&mut document);
    drop_unused(&mut document);
    let spec: openapiv3::OpenAPI = serde_json::from_value(document).expect("it is OpenAPI 3.0 now");
    let mut settings = progenitor::GenerationSettings::default();
    settings.with_interface(progenitor::InterfaceStyle::Builder);
    let mut generator = progenitor::Generator::new(&settings);
    let tokens = generator.generate_tokens(&spec).expect("progenitor makes a client of it");
    let syntax = syn::parse2(tokens).expect("what it makes is Rust");
    let out = std::env::var("OUT_DIR").expect("cargo says where to");
    std::fs::write(Path::new(&out).join("client.rs"), prettyplease::unparse(&syntax)).expect("it is written");
}

/// Leaves the operations that are called and that progenitor can make.
fn keep(document: &mut Value, is_called: &dyn Fn(&str) -> bool) {
    let object = document.as_object_mut().expect("an object");
    // What it is sent, and how it is set up, is no part of a client.
    for name in ["webhooks", "security", "tags", "servers", "x-events"] {
        object.remove(name);
    }
    object.insert("openapi".to_owned(), json!("3.0.3"));
    let paths = document["paths"].as_object_mut().expect("paths");
    for path in paths.values_mut() {
        let methods = path.as_object_mut().expect("methods");
        methods.retain(|method, operation| {
            METHODS.contains(&method.as_str())
                && is_called(operation["operationId"].as_str().unwrap_or_default())
                && can_be_made(operation)
        });
        for operation in methods.values_mut() {
            simplify(operation);
        }
    }
    paths.retain(|_, methods| methods.as_object().is_some_and(|methods| !methods.is_empty()));
}

/// False for forms with files and for rows: progenitor knows JSON, forms and bytes alone.
fn can_be_made(operation: &Value) -> bool {
    let content = operation["requestBody"]["content"].as_object();
    content.is_none_or(|content| content.len() == 1 && content.contains_key("application/json"))
}

/// Answers as progenitor takes them: one kind of success, one of failure. The token goes with every request.
fn simplify(operation: &mut Value) {
    let object = operation.as_object_mut().expect("an operation");
    for name in ["security", "x-portal", "x-badges"] {
        object.remove(name);
    }
    // progenitor knows no body that may be left out.
    if object.get("requestBody").is_some_and(|body| body["required"] != true) {
        object.remove("requestBody");
    }
    let Some(responses) = object.get_mut("responses").and_then(Value::as_object_mut) else {
        return;
    };
    let success = responses.iter().find(|(status, _)| status.starts_with('2'));
    let success = success.map(|(status, response)| (status.clone(), response.clone()));
    let problem = json!({"$ref": "#/components/schemas/Problem"});
    let failure = json!({"description": "Refused", "content": {"application/json": {"schema": problem}}});
    responses.clear();
    if let Some((status, mut response)) = success {
        if let Some(response) = response.as_object_mut() {
            response.remove("headers");
        }
        responses.insert(status, response);
    }
    responses.insert("4XX".to_owned(), failure.clone());
    responses.insert("5XX".to_owned(), failure);
}

/// Says in the words of 3.0 what is said in those of 3.1.
fn lower(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(lower),
        Value::Object(object) => {
            object.values_mut().for_each(lower);
            lower_schema(object);
        }
        _ => {}
    }
}

fn lower_schema(object: &mut Map<String, Value>) {
    // Beside a reference nothing else counts.
    if let Some(reference) = object.get("$ref").cloned() {
        object.clear();
        object.insert("$ref".to_owned(), reference);
        return;
    }
    for name in ["example", "examples", "propertyNames", "contentEncoding", "contentMediaType"] {
        // A field of this name is one of the properties, whose values are objects.
        if !object.get(name).is_some_and(|value| value.is_object() && value.get("type").is_some()) {
            object.remove(name);
        }
    }
    if let Some(Value::Array(types)) = object.get("type") {
        let types: Vec<_> = types.iter().filter(|one| **one != "null").cloned().collect();
        if let [only] = types.as_slice() {
            object.insert("type".to_owned(), only.clone());
            object.insert("nullable".to_owned(), json!(true));
        } else {
            object.remove("type");
        }
    }
    for name in ["oneOf", "anyOf"] {
        let Some(Value::Array(choices)) = object.get(name) else {
            continue;
        };
        let rest: Vec<_> = choices.iter().filter(|one| one["type"] != "null").cloned().collect();
        if rest.len() == choices.len() {
            continue;
        }
        object.remove(name);
        object.insert("nullable".to_owned(), json!(true));
        match rest.len() {
            1 => object.insert("allOf".to_owned(), Value::Array(rest)),
            _ => object.insert(name.to_owned(), Value::Array(rest)),
        };
    }
    for (name, plain) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(bound) = object.get(name).filter(|bound| bound.is_number()).cloned() {
            object.insert(plain.to_owned(), bound);
            object.insert(name.to_owned(), json!(true));
        }
    }
    if let Some(only) = object.remove("const") {
        object.insert("enum".to_owned(), json!([only]));
    }
}

/// Schemas that nothing leads to would be types that nobody uses.
fn drop_unused(document: &mut Value) {
    let mut used = BTreeSet::new();
    let mut todo = vec![document["paths"].clone()];
    while let Some(next) = todo.pop() {
        for name in references(&next) {
            if used.insert(name.clone()) {
                todo.push(document["components"]["schemas"][&name].clone());
            }
        }
    }
    let components = document["components"].as_object_mut().expect("components");
    components.retain(|name, _| name == "schemas");
    let schemas = components["schemas"].as_object_mut().expect("schemas");
    schemas.retain(|name, _| used.contains(name));
}

fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(object) => {
            let own = object.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|path| path.strip_prefix("#/components/schemas/"));
            let inner = object.values().flat_map(references);
            own.map(str::to_owned).into_iter().chain(inner).collect()
        }
        _ => Vec::new(),
    }
}
