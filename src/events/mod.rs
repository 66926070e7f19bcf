//! What happened, written in the transaction that made it happen. Feeds, mails and webhooks read it from here.

use diesel::sql_types::Untyped;

use crate::clock::Timestamp;
use crate::db::{Statement, sql};
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
