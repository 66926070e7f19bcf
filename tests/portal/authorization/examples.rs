//! The examples of the API document: every operation that takes something has one, and each is sent as it stands there. What is an
//! object of the account's own gets a real id, what may be there but once a text of its own, and the day is today.
//!
//! `PORTAL_WRITE_EXAMPLES=1` writes into `src/app/examples.json` what operations without an example are sent by the table.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::{Value, json};

use super::table::{Callers, Row};
use super::world::{World, today};
use super::{named, table};
use crate::client::{Answer, Client, unique};
use crate::openapi::{Operation, document, operations};

/// Stands in examples for what may be there but once.
const ONCE: &str = "20417";
/// Behind the prefix of an id.
const SAMPLE: &str = "0BGK1J3Z00002";
/// Stands for today where the supplier is.
const TODAY: &str = "2026-12-01";
const WRITTEN: &str = "src/app/examples.json";

fn id_of(operation: &Operation) -> &str {
    operation.about["operationId"].as_str().unwrap()
}

/// Names of what is in the path.
fn in_path(name: &str) -> Vec<&str> {
    let parts = name.split('{').skip(1);
    parts.filter_map(|rest| rest.split('}').next()).collect()
}

/// What the document gives as an example of each media type.
fn bodies(operation: &Operation) -> BTreeMap<String, Option<Value>> {
    let content = operation.about["requestBody"]["content"].as_object().cloned();
    let content = content.unwrap_or_default().into_iter();
    content
        .map(|(kind, about)| (kind, about.get("example").cloned()))
        .collect()
}

#[test]
fn every_operation_that_takes_something_has_an_example() {
    let mut missing = Vec::new();
    for operation in operations(&document()) {
        for name in in_path(&operation.name) {
            let parameters = operation.about["parameters"].as_array().unwrap();
            let parameter = parameters.iter().find(|one| one["name"] == name && one["in"] == "path");
            if parameter.is_none_or(|parameter| parameter["example"].is_null()) {
                missing.push(format!("{} {{{name}}}", operation.name));
            }
        }
        for (kind, example) in bodies(&operation) {
            if example.is_none() {
                missing.push(format!("{} {kind}", operation.name));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_example_is_of_an_operation() {
    let known: BTreeSet<_> = operations(&document())
        .iter()
        .map(|one| id_of(one).to_owned())
        .collect();
    let written: BTreeMap<String, Value> = serde_json::from_str(&std::fs::read_to_string(WRITTEN).unwrap()).unwrap();
    let odd: Vec<_> = written.keys().filter(|id| !known.contains(*id)).collect();
    assert!(odd.is_empty(), "{odd:?}");
}

/// Who may, for one request.
async fn caller(world: &World, row: &Row) -> Client {
    match row.callers {
        Callers::Anybody => world.anonymous(),
        Callers::SignedIn => world.new_member("buyer").await,
        Callers::Account(roles) if row.ends_session => world.new_member(roles[0]).await,
        Callers::Desk(roles) if row.ends_session => world.new_staff(roles[0]).await,
        Callers::Account(roles) => world.member(roles[0]).clone(),
        Callers::Desk(roles) => world.staff(roles[0]).clone(),
    }
}

/// An example as it is sent: with this id in the place of its own.
fn filled(text: &str, id: &str, once: &str) -> String {
    let prefix = id.split('_').next().unwrap_or_default();
    let today = today().to_string();
    text.replace(&format!("{prefix}_{SAMPLE}"), id)
        .replace(ONCE, once)
        .replace(TODAY, &today)
}

/// A body of this kind with what announces it.
fn packed(kind: &str, example: &Value, fill: &dyn Fn(&str) -> String) -> (String, String) {
    match (kind, example) {
        ("multipart/form-data", Value::Object(fields)) => {
            let mut text = String::new();
            for (name, value) in fields {
                let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
                for value in values {
                    let value = fill(value.as_str().unwrap());
                    let file = match (name.as_str(), value.starts_with("%PDF")) {
                        (_, true) => "; filename=\"paper.pdf\"",
                        ("file", _) => "; filename=\"list.csv\"",
                        ("files", _) => "; filename=\"stock.csv\"",
                        _ => "",
                    };
                    text.push_str(&format!(
                        "--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
                    ));
                }
            }
            (format!("{kind}; boundary=edge"), format!("{text}--edge--\r\n"))
        }
        ("application/x-www-form-urlencoded", Value::Object(fields)) => {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            for (name, value) in fields {
                form.append_pair(name, &fill(value.as_str().unwrap()));
            }
            (kind.to_owned(), form.finish())
        }
        (_, Value::String(text)) => (kind.to_owned(), fill(text)),
        (_, example) => (kind.to_owned(), fill(&example.to_string())),
    }
}

async fn send(row: &Row, client: &Client, path: &str, body: Option<(String, String)>) -> Answer {
    let (method, _) = row.method_and_path();
    let key = unique();
    let mut headers = vec![("Idempotency-Key", key.as_str())];
    if row.if_match {
        headers.push(("If-Match", "*"));
    }
    let (kind, body) = body.unzip();
    if let Some(kind) = &kind {
        headers.push(("Content-Type", kind.as_str()));
    }
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    client.send(method, path, &headers, body).await
}

#[tokio::test]
async fn every_example_is_answered_as_the_document_says() {
    let world = World::start().await;
    let document = document();
    let mut wrong = Vec::new();
    for operation in operations(&document)
        .iter()
        .filter(|operation| !operation.is_of_oauth())
    {
        let row = table().find(|row| row.operation == operation.name).unwrap();
        let success = operation.about["responses"].as_object().unwrap();
        let success = success.keys().find(|status| status.starts_with('2')).unwrap();
        // A table that sends no form is told so; an example is one.
        let expected = match row.success {
            415 => success.parse().unwrap(),
            other => other,
        };
        let bodies = bodies(operation);
        let bodies: Vec<_> = match bodies.is_empty() {
            true => vec![None],
            false => bodies.into_iter().map(Some).collect(),
        };
        for body in bodies {
            let client = caller(&world, row).await;
            let (mut id, path) = named(&world, row, &client).await;
            if operation.name == "POST /api/v1/supplier/refunds" {
                id = world.more_than_owed("ACME").await;
            }
            let once = unique();
            let fill = |text: &str| filled(text, &id, &once);
            let body = body.and_then(|(kind, example)| Some(packed(&kind, &example?, &fill)));
            let path = path.replace("{id}", &id).replace("{link}", &id);
            let answer = send(row, &client, &path, body.clone()).await;
            if answer.status != expected {
                wrong.push(format!(
                    "{} {expected} {}\n  {}\n  {}",
                    operation.name,
                    answer.status,
                    body.map(|(_, text)| text).unwrap_or_default(),
                    answer.text
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn the_examples_of_tokens_are_answered_as_the_document_says() {
    let world = World::start().await;
    let added = world.program_at("/clients").await;
    let (id, secret) = (
        added["client"]["id"].as_str().unwrap(),
        added["secret"]["secret"].as_str().unwrap(),
    );
    let basic = data_encoding::BASE64.encode(format!("{id}:{secret}").as_bytes());
    let basic = format!("Basic {basic}");
    for operation in operations(&document())
        .iter()
        .filter(|operation| operation.is_of_oauth())
    {
        let (method, path) = operation.name.split_once(' ').unwrap();
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        for (kind, example) in bodies(operation) {
            let (kind, text) = packed(&kind, &example.unwrap(), &|text| filled(text, id, ONCE));
            let headers = [("Content-Type", kind.as_str()), ("Authorization", basic.as_str())];
            let answer = world
                .anonymous()
                .send_anywhere(method.clone(), path, &headers, Some(text))
                .await;
            assert_eq!(answer.status, 200, "{}: {}", operation.name, answer.text);
        }
    }
}

/// Ids as they stand in examples.
fn sampled(path: &str, named: &str) -> Vec<(String, String)> {
    let parts = path.split('/').zip(named.split('/'));
    let holes = parts.filter_map(|(part, value)| Some((part.strip_prefix('{')?.strip_suffix('}')?, value)));
    holes
        .map(|(name, value)| {
            let sample = match value.split_once('_') {
                Some((prefix, rest)) if rest.len() == SAMPLE.len() => format!("{prefix}_{SAMPLE}"),
                _ => "the-text-behind-the-last-slash-of-the-link".to_owned(),
            };
            (name.to_owned(), sample)
        })
        .collect()
}

#[tokio::test]
async fn what_has_no_example_is_written_from_the_table() {
    let mut written: BTreeMap<String, Value> =
        serde_json::from_str(&std::fs::read_to_string(WRITTEN).unwrap()).unwrap();
    let missing = |operation: &Operation| !written.contains_key(id_of(operation));
    let document = document();
    let all = operations(&document);
    let lacking: Vec<_> = all
        .iter()
        .filter(|operation| !operation.is_of_oauth() && missing(operation))
        .filter(|operation| !in_path(&operation.name).is_empty() || !bodies(operation).is_empty())
        .collect();
    if std::env::var_os("PORTAL_WRITE_EXAMPLES").is_none() {
        let names: Vec<_> = lacking.iter().map(|operation| &operation.name).collect();
        assert!(names.is_empty(), "{names:#?}");
        return;
    }
    let world = World::start().await;
    let today = today().to_string();
    for operation in lacking {
        let row = table().find(|row| row.operation == operation.name).unwrap();
        let client = caller(&world, row).await;
        let (id, path) = named(&world, row, &client).await;
        let path = path.replace("{id}", &id).replace("{link}", &id);
        let (_, template) = row.method_and_path();
        let prefix = id.split_once('_').map(|(prefix, _)| prefix).unwrap_or_default();
        let mut example = json!({});
        let samples: BTreeMap<_, _> = sampled(template, &path).into_iter().collect();
        if !samples.is_empty() {
            example["path"] = json!(samples);
        }
        if let Some(body) = row.body {
            let text = body(ONCE).to_string().replace("{id}", &format!("{prefix}_{SAMPLE}"));
            let body: Value = serde_json::from_str(&text.replace(&today, TODAY)).unwrap();
            let kinds = bodies(operation);
            let is_json = kinds.contains_key("application/json") && !body.is_null();
            if is_json {
                example["body"] = json!({"application/json": body});
            }
        }
        written.insert(id_of(operation).to_owned(), example);
    }
    let text = serde_json::to_string_pretty(&written).unwrap();
    std::fs::write(WRITTEN, format!("{text}\n")).unwrap();
}
