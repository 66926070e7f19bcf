//! What happened, written in the transaction that made it happen. Feeds, mails and webhooks read it from here.

use diesel::sql_types::Untyped;
use serde::Serialize;

use crate::clock::Timestamp;
use crate::db::sets::{self, Kind, Table};
use crate::db::{Batch, Statement, sql};
use crate::error::Result;
use crate::ids::{AccountId, EventId};

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// What: `order.placed`.
    pub kind: &'static str,
    /// Whose feed it belongs to.
    pub account_id: Option<AccountId>,
    /// The id of the object it is about.
    pub subject_id: i64,
    /// What a reader needs beside the object itself.
    pub data: serde_json::Value,
}

/// The change that writes `event` down.
pub fn recording(event: &Event, now: Timestamp) -> Statement<Untyped> {
    sql("INSERT INTO events (id, type, account_id, subject_id, occurred_at, data) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(EventId::new().0)
        .bind(event.kind)
        .bind(event.account_id.map(|id| id.0))
        .bind(event.subject_id)
        .bind(now)
        .bind(event.data.to_string())
}

static EVENTS: Table = Table::new(
    "events",
    &[
        ("id", Kind::BigInt),
        ("type", Kind::Text),
        ("account_id", Kind::BigInt),
        ("subject_id", Kind::BigInt),
        ("occurred_at", Kind::Timestamp),
        ("data", Kind::Text),
    ],
);

#[derive(Serialize)]
struct EventRow {
    id: EventId,
    #[serde(rename = "type")]
    kind: &'static str,
    account_id: Option<AccountId>,
    subject_id: i64,
    #[serde(serialize_with = "sets::timestamp")]
    occurred_at: Timestamp,
    data: String,
}

/// The change that writes many events down, in their order.
pub fn record_all(batch: &mut Batch, events: &[Event], now: Timestamp) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = events
        .iter()
        .map(|event| EventRow {
            id: EventId::new(),
            kind: event.kind,
            account_id: event.account_id,
            subject_id: event.subject_id,
            occurred_at: now,
            data: event.data.to_string(),
        })
        .collect();
    batch.add(EVENTS.insertion(&rows)?);
    Ok(())
}
