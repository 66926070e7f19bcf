//! Events become messages, each event once: the cursor is locked while its next events are looked at, and it moves in
//! the transaction that queues their messages.

use super::registry;
use crate::accounts::audiences::Audiences;
use crate::clock::Timestamp;
use crate::db::{Connection, Database};
use crate::error::Result;
use crate::mail;

/// Events looked at in one transaction.
const EVENTS_MAX: i64 = 200;

/// Looks at the next events; how many it were.
pub async fn step(db: &Database, now: Timestamp) -> Result<usize> {
    // A look costs nothing; the transaction would take a lock each time.
    if !db.read(mail::is_event_waiting).await? {
        return Ok(0);
    }
    let (events, messages) = db.write(move |tx| fan_out(tx, now)).await?;
    if messages > 0 {
        tracing::debug!(events, messages, "mails queued");
    }
    Ok(events)
}

fn fan_out(tx: &mut Connection, now: Timestamp) -> Result<(usize, usize)> {
    let events = mail::begin_fan_out(tx, EVENTS_MAX)?;
    let mut audiences = Audiences::begin(tx, now)?;
    let drafts = registry::drafts(tx, &mut audiences, &events, now)?;
    let messages = mail::end_fan_out(tx, &events, &drafts, now)?;
    Ok((events.len(), messages))
}
