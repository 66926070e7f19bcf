//! Webhooks: events are sent to programs of accounts, and to the supplier's, as they happen.
//!
//! - [`rules`]: who hears what, what an answer means, when something is tried again
//! - [`queueing`]: events become deliveries, one for each endpoint that hears of them; replays
//! - [`settling`]: what came of attempts; the order of what is about one object
//! - [`payload`], [`signing`]: what is sent
//!
//! Who sends is [`crate::worker`]; where it may be sent to says [`crate::outbound`].

pub mod api;
pub mod checks;
pub mod mails;
pub mod pages;
pub mod payload;
pub mod queueing;
mod resending;
pub mod routes;
pub mod rules;
mod sentences;
pub mod settling;
pub mod shapes;
pub mod signing;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod words;

use chrono::TimeDelta;
use serde_json::json;

pub use self::resending::{attempts, deliveries, delivery, replay, resend, test};
pub use self::store::{AttemptRow, DeliveryRow, EndpointRow};
pub use self::store::{claim, let_go, renew};
pub use self::store::{
    delete_attempts, delete_old, is_any_orphan, is_event_waiting, is_lane_waiting, is_replay_waiting,
};

use self::rules::{Audience, Because, Content, ENDPOINTS_MAX, State};
use crate::audit::{self, Actor, Who};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Code, Error, FieldError, Result};
use crate::events::EventType;
use crate::identity::clients::lacks;
use crate::identity::rules::scopes::Scope;
use crate::ids::{AccountId, WebhookEndpointId};
use crate::limits;
use crate::outbound::Hosts;
use crate::sentences::{at_most_characters, no_control_characters};
use crate::version::Expected;

/// The longest an old secret may sign beside a new one, in hours.
const OVERLAP_MAX_H: i64 = 72;

/// Whose endpoints somebody keeps.
#[derive(Debug, Clone)]
pub struct Keeper {
    /// The account; nothing for the supplier.
    pub account_id: Option<AccountId>,
    pub actor: Actor,
    /// What may be told to them, and so to endpoints of theirs; nothing for a program that may not read events.
    pub hears: Option<Audience>,
}

impl Keeper {
    /// Refuses who would hear by an endpoint what they may not read.
    fn admit(&self, audience: Audience) -> Result<()> {
        match self.hears {
            None => Err(lacks(Scope::EventsRead)),
            Some(Audience::Members) if audience == Audience::Managers => Err(lacks(Scope::MembersRead)),
            Some(_) => Ok(()),
        }
    }
}

/// What somebody wants of an endpoint; what is left out stays, or is the usual at a new one.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub url: Option<String>,
    pub description: Option<String>,
    pub content: Option<String>,
    /// Inside, nothing for all types.
    pub kinds: Option<Option<Vec<String>>>,
}

/// The types that somebody may name.
pub fn known_kinds(audience: Audience) -> Vec<&'static str> {
    EventType::NAMES
        .iter()
        .copied()
        .filter(|kind| audience.may_hear(kind))
        .collect()
}

/// What is wrong with what somebody wants, all at once.
fn faults(wanted: &Wanted, audience: Audience, hosts: &Hosts) -> Vec<FieldError> {
    let mut faults = Vec::new();
    if let Some(url) = &wanted.url
        && let Err(why) = hosts.check(url)
    {
        faults.push(FieldError::new(
            "/url",
            Code::UrlRefused,
            sentences::url_refused(why.name()),
        ));
    }
    let description = wanted.description.as_deref().unwrap_or_default();
    if description.chars().count() > limits::NAME {
        let detail = at_most_characters(limits::NAME);
        faults.push(FieldError::new("/description", Code::ValueTooLong, detail));
    }
    if description.chars().any(char::is_control) {
        faults.push(FieldError::new(
            "/description",
            Code::ValueInvalid,
            no_control_characters(),
        ));
    }
    if let Some(content) = &wanted.content
        && Content::from_name(content).is_none()
    {
        let detail = sentences::content_is(Content::NAMES);
        faults.push(FieldError::new("/content", Code::ValueInvalid, detail));
    }
    if let Some(Some(kinds)) = &wanted.kinds {
        let known = known_kinds(audience);
        if kinds.is_empty() {
            faults.push(FieldError::new("/kinds", Code::Required, sentences::name_a_type()));
        }
        for (place, kind) in kinds.iter().enumerate() {
            let pointer = format!("/kinds/{place}");
            if !known.contains(&kind.as_str()) {
                let detail = sentences::unknown_event_type(kind, &known);
                faults.push(FieldError::new(pointer, Code::UnknownEventType, detail));
            } else if kinds.iter().take(place).any(|before| before == kind) {
                faults.push(FieldError::new(
                    pointer,
                    Code::ValueInvalid,
                    sentences::type_twice(kind),
                ));
            }
        }
    }
    faults
}

fn stored_kinds(kinds: Option<&[String]>) -> Result<Option<String>> {
    kinds
        .map(|kinds| serde_json::to_string(kinds).map_err(Error::internal))
        .transpose()
}

/// For the record: never a secret.
fn facts(row: &EndpointRow) -> serde_json::Value {
    json!({ "url": row.url, "description": row.description, "content": row.content, "kinds": row.kinds })
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    row: &EndpointRow,
    details: serde_json::Value,
    now: Timestamp,
) -> Result<()> {
    let entry = audit::Entry {
        action,
        account_id: row.account_id,
        object: row.id.to_string(),
        details,
    };
    audit::record(tx, actor, &entry, now)
}

/// Adds an endpoint, which gets what happens from now on.
pub fn add(
    tx: &mut Connection,
    keeper: &Keeper,
    hosts: &Hosts,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<EndpointRow> {
    let account_id = keeper.account_id;
    let audience = keeper.hears.unwrap_or(Audience::Members);
    keeper.admit(audience)?;
    let wanted = Wanted {
        url: Some(wanted.url.clone().unwrap_or_default()),
        ..wanted.clone()
    };
    let faults = faults(&wanted, audience, hosts);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let heard_after = queueing::latest(tx)?;
    if store::count(tx, account_id)? >= i64::try_from(ENDPOINTS_MAX).map_err(Error::internal)? {
        let detail = sentences::too_many_endpoints(ENDPOINTS_MAX);
        return Err(Error::conflict(Code::TooManyEndpoints, detail));
    }
    let id = WebhookEndpointId::new();
    let content = wanted.content.as_deref().and_then(Content::from_name);
    let kinds = wanted.kinds.flatten();
    let row = store::NewEndpoint {
        id,
        account_id,
        url: wanted.url.as_deref().unwrap_or_default(),
        description: wanted.description.as_deref().unwrap_or_default().trim(),
        content: content.unwrap_or(Content::Full),
        audience,
        kinds: stored_kinds(kinds.as_deref())?,
        state: State::Enabled,
        secret: &signing::new_secret(),
        version: 1,
        created_at: now,
        failures: 0,
        heard_after,
        client_id: match keeper.actor.who {
            Who::Client(id) => Some(id),
            Who::Person(_) | Who::Program(_) => None,
        },
    };
    store::insert_endpoint(tx, row)?;
    let row = find(tx, account_id, id)?;
    record(tx, &keeper.actor, "webhook_endpoint.add", &row, facts(&row), now)?;
    Ok(row)
}

/// An endpoint of the account, or of the supplier.
pub fn find(connection: &mut Connection, account_id: Option<AccountId>, id: WebhookEndpointId) -> Result<EndpointRow> {
    store::find(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// The endpoints of the account, or of the supplier, with how many deliveries wait for each.
pub fn list(
    connection: &mut Connection,
    account_id: Option<AccountId>,
    after: impl Into<Walk<WebhookEndpointId>>,
    rows_max: i64,
) -> Result<Vec<(EndpointRow, i64)>> {
    let rows = store::list(connection, account_id, after, rows_max)?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let waiting = store::list_standing(connection, &ids)?;
    let count = |id| {
        waiting
            .iter()
            .find(|(own, _)| *own == id)
            .map_or(0, |(_, count)| *count)
    };
    Ok(rows.into_iter().map(|row| (row.clone(), count(row.id))).collect())
}

/// How many deliveries wait for an endpoint; it stops counting behind some thousand.
pub fn count_waiting(connection: &mut Connection, id: WebhookEndpointId) -> Result<i64> {
    let counted = store::list_standing(connection, &[id])?;
    Ok(counted.first().map_or(0, |(_, count)| *count))
}

fn lock(tx: &mut Connection, keeper: &Keeper, id: WebhookEndpointId) -> Result<EndpointRow> {
    let row = store::lock(tx, keeper.account_id, id)?.ok_or(Error::NotFound)?;
    keeper.admit(row.audience)?;
    Ok(row)
}

/// Changes an endpoint.
pub fn change(
    tx: &mut Connection,
    keeper: &Keeper,
    hosts: &Hosts,
    id: WebhookEndpointId,
    (expected, wanted): (&Expected, &Wanted),
    now: Timestamp,
) -> Result<EndpointRow> {
    let before = lock(tx, keeper, id)?;
    expected.check(before.version)?;
    let faults = faults(wanted, before.audience, hosts);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let content = wanted.content.as_deref().and_then(Content::from_name);
    let description = wanted.description.as_deref().map(str::trim);
    let row = EndpointRow {
        url: wanted.url.clone().unwrap_or_else(|| before.url.clone()),
        description: description.unwrap_or(&before.description).to_owned(),
        content: content.unwrap_or(before.content),
        kinds: match &wanted.kinds {
            Some(kinds) => stored_kinds(kinds.as_deref())?,
            None => before.kinds.clone(),
        },
        ..before.clone()
    };
    if facts(&row) == facts(&before) {
        return Ok(before);
    }
    store::update(tx, &row)?;
    let details = json!({ "was": facts(&before), "is": facts(&row) });
    record(tx, &keeper.actor, "webhook_endpoint.change", &row, details, now)?;
    find(tx, keeper.account_id, id)
}

/// Takes an endpoint away, with what waits for it.
pub fn remove(
    tx: &mut Connection,
    keeper: &Keeper,
    id: WebhookEndpointId,
    expected: &Expected,
    now: Timestamp,
) -> Result<()> {
    let row = lock(tx, keeper, id)?;
    expected.check(row.version)?;
    store::remove(tx, id)?;
    record(tx, &keeper.actor, "webhook_endpoint.remove", &row, facts(&row), now)
}

/// Gives an endpoint a new secret. The one before signs beside it for a day, or as many hours as are asked for.
pub fn rotate(
    tx: &mut Connection,
    keeper: &Keeper,
    id: WebhookEndpointId,
    hours: Option<i64>,
    now: Timestamp,
) -> Result<EndpointRow> {
    let overlap = match hours {
        None => rules::ROTATION,
        Some(hours) if (0..=OVERLAP_MAX_H).contains(&hours) => TimeDelta::hours(hours),
        Some(_) => {
            let detail = sentences::overlap_is(OVERLAP_MAX_H);
            return Err(Error::invalid("/old_secret_hours", Code::ValueInvalid, detail));
        }
    };
    let row = lock(tx, keeper, id)?;
    store::update_secrets(tx, id, Some(&signing::new_secret()), (now, overlap))?;
    if overlap.is_zero() {
        store::update_secrets(tx, id, None, (now, overlap))?;
    }
    let details = json!({ "old_secret_hours": overlap.num_hours() });
    record(tx, &keeper.actor, "webhook_endpoint.rotate", &row, details, now)?;
    find(tx, keeper.account_id, id)
}

/// Has the old secret of an endpoint sign no more.
pub fn retire(tx: &mut Connection, keeper: &Keeper, id: WebhookEndpointId, now: Timestamp) -> Result<EndpointRow> {
    let row = lock(tx, keeper, id)?;
    if row.old_secret.is_some() {
        store::update_secrets(tx, id, None, (now, TimeDelta::zero()))?;
        record(tx, &keeper.actor, "webhook_endpoint.retire", &row, json!({}), now)?;
    }
    find(tx, keeper.account_id, id)
}

/// Switches an endpoint on: what waited is sent, and what happens from now on.
pub fn enable(tx: &mut Connection, keeper: &Keeper, id: WebhookEndpointId, now: Timestamp) -> Result<EndpointRow> {
    let row = lock(tx, keeper, id)?;
    if row.state == State::Enabled {
        return Err(Error::conflict(
            Code::WebhookStateForbids,
            sentences::endpoint_is_enabled(),
        ));
    }
    store::update_state(tx, id, None, now)?;
    store::sweep(tx, id, now)?;
    record(tx, &keeper.actor, "webhook_endpoint.enable", &row, json!({}), now)?;
    find(tx, keeper.account_id, id)
}

/// Switches an endpoint off: it is sent nothing, and what happens meanwhile is not kept for it.
pub fn disable(tx: &mut Connection, keeper: &Keeper, id: WebhookEndpointId, now: Timestamp) -> Result<EndpointRow> {
    let row = lock(tx, keeper, id)?;
    if row.state == State::Disabled {
        return Err(disabled());
    }
    store::update_state(tx, id, Some(Because::Person), now)?;
    record(tx, &keeper.actor, "webhook_endpoint.disable", &row, json!({}), now)?;
    find(tx, keeper.account_id, id)
}

fn disabled() -> Error {
    Error::conflict(Code::WebhookStateForbids, sentences::endpoint_is_disabled())
}

fn lock_enabled(tx: &mut Connection, keeper: &Keeper, id: WebhookEndpointId) -> Result<EndpointRow> {
    let row = lock(tx, keeper, id)?;
    match row.state {
        State::Enabled => Ok(row),
        State::Disabled => Err(disabled()),
    }
}

/// Deletes what belonged to endpoints that were removed, at most so many rows.
pub fn delete_removed(tx: &mut Connection, _: Timestamp, rows_max: i64) -> Result<usize> {
    let deliveries = store::delete_removed(tx, rows_max)?;
    let left = rows_max - i64::try_from(deliveries).unwrap_or(rows_max);
    match left {
        0 => Ok(deliveries),
        left => Ok(deliveries + store::delete_empty(tx, left)?),
    }
}
