//! What happened, written in the transaction that made it happen. Feeds, mails and webhooks read it from here.

use diesel::prelude::*;

use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::schema::events;
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

/// Writes `event` down.
pub fn record(tx: &mut Connection, event: &Event, now: Timestamp) -> Result<EventId> {
    let id = EventId::new();
    diesel::insert_into(events::table)
        .values((
            events::id.eq(id),
            events::type_.eq(event.kind),
            events::account_id.eq(event.account_id),
            events::subject_id.eq(event.subject_id),
            events::occurred_at.eq(now),
            events::data.eq(event.data.to_string()),
        ))
        .execute(tx)?;
    Ok(id)
}
