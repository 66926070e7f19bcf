//! Every event is delivered, due or visible as failed: its messages are all there, in a state that makes sense.

use chrono::TimeDelta;

use super::{CURSOR, KEPT_DAYS};
use crate::checks::Breach;
use crate::clock;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::events::{self, SEQUENCE};
use crate::ids::{EventId, MessageId};

/// No lease is longer, whatever the clocks of two nodes say.
const LEASE_MAX: TimeDelta = TimeDelta::minutes(15);

/// Everything about events and messages that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = numbers(connection)?;
    breaches.extend(missing(connection)?);
    breaches.extend(states(connection)?);
    breaches.extend(leases(connection)?);
    breaches.extend(silent(connection)?);
    Ok(breaches)
}

/// The counters stand where the events say.
fn numbers(connection: &mut Connection) -> Result<Vec<Breach>> {
    let (given, largest, looked_at): (i64, i64, i64) =
        sql("SELECT (SELECT value FROM counters WHERE name = 'event_sequence'), \
         (SELECT CAST(COALESCE(MAX(sequence), 0) AS BIGINT) FROM events), \
         (SELECT value FROM counters WHERE name = 'mail_sequence')")
        .one(connection)?;
    let mut breaches = Vec::new();
    if given < largest {
        let check = "no event has a number that was not given out";
        breaches.push(Breach::differs(check, format!("counter {SEQUENCE}"), given, largest));
    }
    if looked_at > given {
        let check = "mails are made of events that have a number";
        breaches.push(Breach::differs(check, format!("counter {CURSOR}"), looked_at, given));
    }
    Ok(breaches)
}

/// No message of an event is lost.
fn missing(connection: &mut Connection) -> Result<Vec<Breach>> {
    // Housekeeping deletes what was sent long ago, event by event.
    let kept_since = clock::now() - TimeDelta::days(KEPT_DAYS - 1);
    let breach = |(id, stored, derived)| {
        let object = format!("event {}", EventId(id));
        Breach::differs("an event has all its mails", object, stored, derived)
    };
    let rows = events::list_wrong_mails(connection, kept_since)?;
    Ok(rows.into_iter().map(breach).collect())
}

fn states(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, String)> = sql("SELECT id, state FROM messages WHERE NOT (\
           (state = {mail_state due} AND sent_at IS NULL) OR \
           (state = {mail_state sent} AND sent_at IS NOT NULL AND subject IS NOT NULL AND attempts > 0 \
           AND lease IS NULL) OR \
           (state = {mail_state parked} AND sent_at IS NULL AND last_error IS NOT NULL AND attempts > 0 \
         AND lease IS NULL)) ORDER BY id")
    .rows(connection)?;
    let breach = |(id, state)| Breach {
        check: "a message is due, sent or parked",
        object: MessageId(id).to_string(),
        detail: format!("stored as {state}, which the rest of it contradicts"),
    };
    Ok(rows.into_iter().map(breach).collect())
}

fn leases(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<i64> =
        sql("SELECT id FROM messages WHERE (lease IS NULL) <> (leased_until IS NULL) OR leased_until > $1 ORDER BY id")
            .bind(clock::now() + LEASE_MAX)
            .rows(connection)?;
    let breach = |id| Breach {
        check: "a lease has a holder and an end",
        object: MessageId(id).to_string(),
        detail: "it is held by nobody, or for ever".to_owned(),
    };
    Ok(rows.into_iter().map(breach).collect())
}

/// Each mail that was given up has its event.
fn silent(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<i64> = sql(
        "SELECT m.id FROM messages m WHERE m.state = {mail_state parked} AND m.kind <> 'dead_letter' AND NOT EXISTS (\
           SELECT 1 FROM events e WHERE e.subject_id = m.id AND e.type = 'mail.parked') ORDER BY m.id",
    )
    .rows(connection)?;
    let breach = |id| Breach {
        check: "a parked message is an event",
        object: MessageId(id).to_string(),
        detail: "no event tells of it".to_owned(),
    };
    Ok(rows.into_iter().map(breach).collect())
}
