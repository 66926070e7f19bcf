//! The part of the API document that tells what is sent to webhook endpoints: an operation for each type of event.

use serde_json::{Value, json};
use utoipa::openapi::path::{PathItem, Paths};

use crate::events;
use crate::webhooks::payload::DOCUMENTS;
use crate::webhooks::rules::{Audience, TEST};

/// What every webhook is, by the types of events that an endpoint may get.
pub fn webhooks() -> Paths {
    let documented = events::documented();
    let kinds = documented.as_object().into_iter().flatten();
    let told = kinds.filter(|(kind, _)| Audience::Supplier.may_hear(kind));
    let mut paths = Paths::new();
    for (kind, entry) in told {
        let data = entry.get("data").cloned().unwrap_or_default();
        let thin = json!({
            "type": "object", "description": "What a thin webhook says: what to ask for, and where REST has it.",
            "required": ["id", "url"],
            "properties": { "id": { "type": "string" }, "url": { "type": ["string", "null"], "format": "uri" } },
        });
        add(&mut paths, kind, json!({ "oneOf": [data, thin] }));
    }
    let endpoint = json!({
        "type": "object", "required": ["endpoint"], "properties": { "endpoint": { "type": "string" } },
    });
    add(&mut paths, TEST, endpoint);
    paths
}

fn add(paths: &mut Paths, kind: &str, data: Value) {
    let header = |name: &str, description: &str| {
        json!({
            "name": name, "in": "header", "required": true, "description": description, "schema": { "type": "string" },
        })
    };
    let words: Vec<String> = kind.split(['.', '_']).map(capital).collect();
    let item = json!({ "post": {
        "tags": ["webhooks"],
        "operationId": format!("on{}", words.concat()),
        "summary": format!("An event of the type {kind}"),
        "description": "Sent to webhook endpoints that get this type, by Standard Webhooks 1.0.",
        "security": [],
        "parameters": [
            header("webhook-id", "The id of the event, the same at each attempt"),
            header("webhook-timestamp", "The moment of the attempt in seconds since 1970"),
            header("webhook-signature", "`v1,` and the signature in base 64; two while a secret is rotated"),
        ],
        "requestBody": { "required": true, "content": { "application/json": { "schema": body(kind, data) } } },
        "responses": {
            "2XX": { "description": "Taken; everything else is tried again" },
            "410": { "description": "Nothing is wanted any more: the endpoint is switched off" },
        },
    } });
    let item: PathItem = serde_json::from_value(item).expect("what stands here is a path of the document");
    paths.paths.insert(kind.to_owned(), item);
}

fn body(kind: &str, data: Value) -> Value {
    let mut body = plain_body(kind, data);
    if let Some(properties) = body
        .get_mut("properties")
        .and_then(Value::as_object_mut)
        .filter(|_| ["invoice.issued", "credit_note.issued"].contains(&kind))
    {
        let urls = DOCUMENTS.map(|(name, _)| (name.to_owned(), json!({ "type": "string", "format": "uri" })));
        let urls = json!({
            "type": "object", "description": "Where REST has the paper and the e-invoices",
            "properties": Value::Object(urls.into_iter().collect()),
        });
        properties.insert("documents".to_owned(), urls);
    }
    body
}

fn plain_body(kind: &str, data: Value) -> Value {
    json!({
        "type": "object",
        "required": ["id", "type", "version", "timestamp", "subject", "content", "data"],
        "properties": {
            "id": { "type": "string", "description": "The same as `webhook-id`" },
            "type": { "type": "string", "enum": [kind] },
            "version": { "type": "integer", "description": "Of the form of `data`" },
            "timestamp": { "type": "string", "format": "date-time", "description": "When it happened" },
            "sequence": { "type": "integer", "description": "Its place among all events" },
            "subject": { "type": "string", "description": "The id of the object it is about" },
            "account": { "type": "string", "description": "Whose event it is; only for the supplier" },
            "content": { "$ref": "#/components/schemas/WebhookContent" },
            "note": { "type": "string", "description": "Why a full webhook is thin: it was larger than 20,000 bytes" },
            "data": data,
        },
    })
}

/// `placed` as `Placed`.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
