//! Webhooks that try an endpoint: wrongly signed, with what nobody knows, twice.

use serde_json::{Value, json};

use super::rules::Delivery;
use super::sentences;
use crate::accounts::sandboxes::rules::Scenario;
use crate::clock;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::events::VERSION;
use crate::ids::{AccountId, EventId};
use crate::outbound::Courier;
use crate::webhooks::rules::State;
use crate::webhooks::{self, EndpointRow, signing};

/// Endpoints of an account that are looked at.
const ENDPOINTS: i64 = 50;

/// The endpoint that is tried: the account's first that is on.
pub fn endpoint(connection: &mut Connection, account_id: AccountId) -> Result<EndpointRow> {
    let all = webhooks::list(connection, Some(account_id), None, ENDPOINTS)?;
    let found = all
        .into_iter()
        .map(|(row, _)| row)
        .find(|row| row.state == State::Enabled);
    found.ok_or_else(|| Error::conflict(Code::SandboxStateForbids, sentences::sandbox_endpoint_needed()))
}

/// True for what is shown by answers to webhooks.
pub fn is_probed(scenario: Scenario) -> bool {
    matches!(
        scenario,
        Scenario::WrongSignature | Scenario::UnknownFields | Scenario::UnknownEventType | Scenario::DuplicateDelivery
    )
}

fn body(id: &str, kind: &str, endpoint: &EndpointRow) -> Value {
    json!({
        "id": id, "type": kind, "version": VERSION, "timestamp": clock::rfc3339(clock::now()),
        "subject": endpoint.id.to_string(), "content": "full", "data": { "endpoint": endpoint.id.to_string() },
    })
}

/// What is sent for a scenario, in this order: what it is, its id, its body.
fn parcels(scenario: Scenario, endpoint: &EndpointRow) -> Vec<(&'static str, String, Value)> {
    let id = EventId::new().to_string();
    let test = body(&id, webhooks::rules::TEST, endpoint);
    match scenario {
        Scenario::WrongSignature => vec![
            ("wrong_signature", id.clone(), test.clone()),
            ("right_signature", id, test),
        ],
        Scenario::UnknownFields => {
            let mut strange = test;
            if let Some(members) = strange.as_object_mut() {
                members.insert("sandbox_unknown".to_owned(), json!({ "nested": [1, null, "ä"] }));
            }
            if let Some(data) = strange.get_mut("data").and_then(Value::as_object_mut) {
                data.insert("sandbox_unknown".to_owned(), json!(true));
            }
            vec![("unknown_fields", id, strange)]
        }
        Scenario::UnknownEventType => vec![("unknown_event_type", id.clone(), body(&id, "sandbox.unknown", endpoint))],
        _ => vec![("first", id.clone(), test.clone()), ("again", id, test)],
    }
}

/// Sends what a scenario wants to an endpoint and tells what it answered. Each answer is waited for, 20 seconds at most.
pub async fn probe(courier: &Courier, scenario: Scenario, endpoint: &EndpointRow) -> Result<Vec<Delivery>> {
    let mut deliveries = Vec::new();
    for (what, webhook_id, body) in parcels(scenario, endpoint) {
        let at = clock::real();
        let strange = signing::new_secret();
        let secret = if what == "wrong_signature" {
            &strange
        } else {
            &endpoint.secret
        };
        let body = body.to_string();
        let headers = signing::headers(&webhook_id, at.and_utc().timestamp(), &body, &[secret])?;
        let answer = courier.post(&endpoint.url, &headers, body).await;
        deliveries.push(Delivery {
            at,
            webhook_id,
            what: what.to_owned(),
            status: answer.ok().map(|answer| answer.status),
        });
    }
    Ok(deliveries)
}
