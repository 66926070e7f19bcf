//! What stands in bodies and parameters.

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::clock::{now, rfc3339};
use crate::error::Result;
use crate::events::{self, EventType};
use crate::http::{Limit, tag};
use crate::outbound::Failure;
use crate::webhooks::rules::{Because, Content, DeliveryState, State};
use crate::webhooks::{AttemptRow, DeliveryRow, EndpointRow, Wanted};

/// Where events are sent to.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookEndpointView {
    #[schema(example = "whe_0BGK1J3Z00004")]
    id: String,
    #[schema(example = "https://erp.acme.example/portal-events")]
    url: String,
    description: String,
    /// The types of events it gets; null for all that it may get.
    #[schema(required, value_type = Option<Vec<EventType>>)]
    kinds: Option<Vec<String>>,
    content: Content,
    state: State,
    /// Why it is switched off.
    #[schema(required)]
    disabled_because: Option<Because>,
    /// RFC 3339, UTC
    #[schema(required)]
    disabled_at: Option<String>,
    /// Signs what is sent. Only in the answer to adding the endpoint and to rotating the secret; null ever after.
    #[schema(required, example = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")]
    secret: Option<String>,
    /// Until when the secret before signs too; null where only one signs.
    #[schema(required)]
    old_secret_until: Option<String>,
    /// Deliveries that wait; it stops counting at some thousand.
    waiting: i64,
    /// Failed attempts since the last that went well.
    failures: i32,
    /// RFC 3339, UTC; null while attempts go well.
    #[schema(required)]
    failing_since: Option<String>,
    /// RFC 3339, UTC
    #[schema(required)]
    last_success_at: Option<String>,
    /// A replay runs.
    replaying: bool,
    /// RFC 3339, UTC
    created_at: String,
    /// What `If-Match` of a change wants.
    #[schema(example = "\"3\"")]
    etag: String,
}

impl WebhookEndpointView {
    pub(super) fn new(row: EndpointRow, waiting: i64, shows_secret: bool) -> Self {
        let old_until = row.old_secret.as_ref().and(row.old_secret_until);
        Self {
            id: row.id.to_string(),
            kinds: row.kinds.as_deref().and_then(|kinds| serde_json::from_str(kinds).ok()),
            url: row.url,
            description: row.description,
            content: row.content,
            state: row.state,
            disabled_because: row.disabled_because,
            disabled_at: row.disabled_at.map(rfc3339),
            secret: shows_secret.then_some(row.secret),
            old_secret_until: old_until.filter(|until| *until > now()).map(rfc3339),
            waiting,
            failures: row.failures,
            failing_since: row.failing_since.map(rfc3339),
            last_success_at: row.last_success_at.map(rfc3339),
            replaying: row.replay_until.is_some(),
            created_at: rfc3339(row.created_at),
            etag: tag(row.version),
        }
    }
}

/// A new endpoint.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhookEndpoint {
    /// `https://…` at a public address, port 443 or 8443.
    #[schema(example = "https://erp.acme.example/portal-events", max_length = 2000)]
    url: String,
    #[schema(max_length = 200)]
    description: Option<String>,
    /// The types of events it gets; all that it may get where this is left out or null.
    #[schema(value_type = Option<Vec<EventType>>)]
    kinds: Option<Vec<String>>,
    /// `full` where this is left out.
    #[schema(value_type = Option<Content>)]
    content: Option<String>,
}

impl From<NewWebhookEndpoint> for Wanted {
    fn from(new: NewWebhookEndpoint) -> Self {
        Self {
            url: Some(new.url),
            description: new.description,
            content: new.content,
            kinds: Some(new.kinds),
        }
    }
}

/// What to change of an endpoint; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeWebhookEndpoint {
    #[schema(max_length = 2000)]
    url: Option<String>,
    #[schema(max_length = 200)]
    description: Option<String>,
    /// Null for all types.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Vec<EventType>>)]
    kinds: Option<Option<Vec<String>>>,
    #[schema(value_type = Option<Content>)]
    content: Option<String>,
}

impl From<ChangeWebhookEndpoint> for Wanted {
    fn from(change: ChangeWebhookEndpoint) -> Self {
        Self {
            url: change.url,
            description: change.description,
            content: change.content,
            kinds: change.kinds,
        }
    }
}

/// A list that is there, be it null.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Vec<String>>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// How a secret is changed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RotateWebhookSecret {
    /// How many hours the secret before signs too; 24 where this is left out, 0 for not at all.
    #[schema(minimum = 0, maximum = 72)]
    pub(super) old_secret_hours: Option<i64>,
}

/// A span of time whose events are sent once more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayWebhooks {
    /// RFC 3339; at most 30 days ago.
    #[schema(example = "2026-11-28T00:00:00Z", format = DateTime)]
    pub(super) from: String,
    /// RFC 3339; now where this is left out.
    #[schema(format = DateTime)]
    pub(super) to: Option<String>,
}

/// What a replay will send.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookReplayView {
    /// How many events.
    pub(super) events: i64,
}

/// Which deliveries to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListWebhookDeliveries {
    /// Only those in this state.
    pub(super) state: Option<DeliveryState>,
    /// Rows of a page.
    #[serde(default)]
    pub(super) limit: Limit,
    /// `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
}

/// An event on its way to an endpoint.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookDeliveryView {
    #[schema(example = "whd_0BGK1J3Z00004")]
    id: String,
    endpoint: String,
    /// Its id, as in `GET /events` and in `webhook-id`; null for a test.
    #[schema(required, example = "evt_0BGK1J3Z00004")]
    event: Option<String>,
    /// Of the event, or `webhook.test`.
    #[serde(rename = "type")]
    #[schema(example = "order.accepted")]
    kind: String,
    /// The id of the object it is about.
    #[schema(example = "ord_0B9Q4Z8K2M3N4")]
    subject: String,
    state: DeliveryState,
    /// Attempts since it was queued, or sent again, last.
    attempts_made: i32,
    /// The last status that was answered.
    #[schema(required)]
    last_status: Option<i32>,
    /// How the last attempt failed; null where it went well.
    #[schema(required, value_type = Option<Failure>)]
    last_error: Option<String>,
    /// RFC 3339, UTC; null unless it is due.
    #[schema(required)]
    next_attempt_at: Option<String>,
    /// RFC 3339, UTC
    created_at: String,
    /// When it was delivered or given up: RFC 3339, UTC
    #[schema(required)]
    settled_at: Option<String>,
    /// The last 100 attempts, the newest first; only where one delivery is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) attempts: Option<Vec<WebhookAttemptView>>,
}

/// An attempt to send an event.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookAttemptView {
    /// RFC 3339, UTC
    attempted_at: String,
    duration_ms: i32,
    /// The status that was answered.
    #[schema(required)]
    status: Option<i32>,
    /// How it failed; null where it went well.
    #[schema(required, value_type = Option<Failure>)]
    error: Option<String>,
    /// The first 2 KiB of the answer.
    #[schema(required)]
    answer: Option<String>,
}

/// What a delivery is about.
pub fn subject(row: &DeliveryRow) -> String {
    match row.event_id {
        Some(_) => events::subject(&row.kind, row.subject_id),
        None => row.endpoint_id.to_string(),
    }
}

impl From<DeliveryRow> for WebhookDeliveryView {
    fn from(row: DeliveryRow) -> Self {
        Self {
            id: row.id.to_string(),
            endpoint: row.endpoint_id.to_string(),
            event: row.event_id.map(|id| id.to_string()),
            subject: subject(&row),
            kind: row.kind,
            attempts_made: row.attempts,
            last_status: row.last_status,
            last_error: row.last_error,
            next_attempt_at: (row.state == DeliveryState::Due).then(|| rfc3339(row.next_attempt_at)),
            state: row.state,
            created_at: rfc3339(row.created_at),
            settled_at: row.settled_at.map(rfc3339),
            attempts: None,
        }
    }
}

impl WebhookDeliveryView {
    /// The same with its attempts.
    pub(super) fn with(self, attempts: Vec<WebhookAttemptView>) -> Self {
        Self {
            attempts: Some(attempts),
            ..self
        }
    }
}

impl From<AttemptRow> for WebhookAttemptView {
    fn from(row: AttemptRow) -> Self {
        Self {
            attempted_at: rfc3339(row.attempted_at),
            duration_ms: row.duration_ms,
            status: row.status,
            error: row.error,
            answer: row.answer,
        }
    }
}
