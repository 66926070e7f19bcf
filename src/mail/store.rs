//! Rows of messages.

use diesel::prelude::*;

use super::rules::{Kind, Reason, State};
use super::{Draft, Filter, Listed, Message};
use crate::clock::Timestamp;
use crate::db::schema::{accounts, messages};
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::{AccountId, EventId, MessageId, PersonId};
use crate::row;

row! {
    struct NewMessage<'a> into messages {
        id: MessageId,
        kind: Kind,
        account_id: Option<AccountId>,
        event_id: EventId,
        person_id: Option<PersonId>,
        email: &'a str,
        name: &'a str,
        locale: &'a str,
        reason: Reason,
        state: State,
        attempts: i32,
        next_attempt_at: Timestamp,
        issue: i32,
        created_at: Timestamp,
    }
}

/// Inserts a due message for each draft.
pub fn insert(tx: &mut Connection, drafts: &[&Draft], now: Timestamp) -> Result<()> {
    let rows: Vec<_> = drafts
        .iter()
        .map(|draft| NewMessage {
            id: MessageId::new(),
            kind: draft.kind,
            account_id: draft.account_id,
            event_id: draft.event_id,
            person_id: draft.person_id,
            email: &draft.email,
            name: &draft.name,
            locale: &draft.locale,
            reason: draft.reason,
            state: State::Due,
            attempts: 0,
            next_attempt_at: now,
            issue: 0,
            created_at: now,
        })
        .collect();
    crate::db::insert(tx, &rows)
}

/// True when an event waits to be looked at for mails: one without a number, or one behind the cursor.
pub fn is_event_waiting(connection: &mut Connection) -> Result<bool> {
    sql("SELECT EXISTS (SELECT 1 FROM events WHERE sequence IS NULL) OR \
         (SELECT value FROM counters WHERE name = 'event_sequence') > \
         (SELECT value FROM counters WHERE name = 'mail_sequence')")
    .one(connection)
}

/// True when a message waits to be sent and nobody has leased it.
pub fn is_message_waiting(connection: &mut Connection, now: Timestamp) -> Result<bool> {
    sql(
        "SELECT EXISTS (SELECT 1 FROM messages WHERE state = 'due' AND next_attempt_at <= $1 \
         AND (leased_until IS NULL OR leased_until <= $1))",
    )
    .bind(now)
    .one(connection)
}

/// Leases due messages, those that wait longest first; passes over those another worker is leasing right now.
pub fn update_leased(
    tx: &mut Connection,
    lease: i64,
    now: Timestamp,
    until: Timestamp,
    rows_max: i64,
) -> Result<Vec<MessageId>> {
    let mut rows: Vec<(Timestamp, MessageId)> = sql(
        "UPDATE messages SET lease = $1, leased_until = $3 WHERE id IN (SELECT id FROM messages WHERE state = 'due' \
         AND next_attempt_at <= $2 AND (leased_until IS NULL OR leased_until <= $2) ORDER BY next_attempt_at, id \
         LIMIT $4 {lock skip locked}) RETURNING next_attempt_at, id",
    )
    .bind(lease)
    .bind(now)
    .bind(until)
    .bind(rows_max)
    .rows(tx)?;
    // Neither engine returns them in the order of the inner query.
    rows.sort_unstable();
    Ok(rows.into_iter().map(|(_, id)| id).collect())
}

/// Counts an attempt of a message that is still leased by `lease`, and holds it until `until`; `None` where somebody
/// else has it or it was dealt with.
pub fn update_attempted(tx: &mut Connection, id: MessageId, lease: i64, until: Timestamp) -> Result<Option<Message>> {
    type Row = (
        (i64, Kind, Option<i64>, i64, Option<i64>),
        (String, String, String, Reason),
        (i32, i32),
    );
    let row: Option<Row> = sql("UPDATE messages SET attempts = attempts + 1, leased_until = $3 \
         WHERE id = $1 AND lease = $2 AND state = 'due' \
         RETURNING id, kind, account_id, event_id, person_id, email, name, locale, reason, attempts, issue")
    .bind(id)
    .bind(lease)
    .bind(until)
    .first(tx)?;
    let Some(row) = row else { return Ok(None) };
    let ((id, kind, account_id, event_id, person_id), (email, name, locale, reason), (attempts, issue)) = row;
    Ok(Some(Message {
        id: MessageId(id),
        lease,
        kind,
        account_id: account_id.map(AccountId),
        event_id: EventId(event_id),
        person_id: person_id.map(PersonId),
        email,
        name,
        locale,
        reason,
        attempts,
        issue,
    }))
}

/// Marks a message as sent; false where another worker has taken it meanwhile.
pub fn update_sent(tx: &mut Connection, message: &Message, subject: &str, now: Timestamp) -> Result<bool> {
    let changed = sql(
        "UPDATE messages SET state = 'sent', sent_at = $3, subject = $4, last_error = NULL, lease = NULL, \
         leased_until = NULL WHERE id = $1 AND lease = $2 AND state = 'due'",
    )
    .bind(message.id)
    .bind(message.lease)
    .bind(now)
    .bind(subject)
    .run(tx)?;
    Ok(changed == 1)
}

/// What a failed attempt leaves behind.
#[derive(Debug)]
pub struct Failed<'a> {
    /// Due again, or parked.
    pub state: State,
    /// When it is tried again, if it is.
    pub next_attempt_at: Timestamp,
    /// What went wrong.
    pub error: &'a str,
    /// What its subject is, once it was rendered.
    pub subject: Option<&'a str>,
}

/// Writes a failed attempt down and gives the message back; false where another worker has taken it meanwhile.
pub fn update_failed(tx: &mut Connection, message: &Message, failed: &Failed<'_>) -> Result<bool> {
    let changed = sql(
        "UPDATE messages SET state = $3, next_attempt_at = $4, last_error = $5, subject = COALESCE($6, subject), \
         lease = NULL, leased_until = NULL WHERE id = $1 AND lease = $2 AND state = 'due'",
    )
    .bind(message.id)
    .bind(message.lease)
    .bind(failed.state.name())
    .bind(failed.next_attempt_at)
    .bind(failed.error)
    .bind(failed.subject.map(str::to_owned))
    .run(tx)?;
    Ok(changed == 1)
}

/// Gives back what is leased by `lease`.
pub fn update_released(tx: &mut Connection, lease: i64) -> Result<()> {
    sql("UPDATE messages SET lease = NULL, leased_until = NULL WHERE lease = $1 AND state = 'due'")
        .bind(lease)
        .run(tx)?;
    Ok(())
}

/// Messages for the desk, the newest first, behind `after`.
pub fn list(
    connection: &mut Connection,
    filter: &Filter,
    after: Option<MessageId>,
    rows_max: i64,
) -> Result<Vec<Listed>> {
    let mut query = listed().order(messages::id.desc()).limit(rows_max).into_boxed();
    if let Some(state) = filter.state {
        query = query.filter(messages::state.eq(state));
    }
    if let Some(account) = &filter.account {
        query = query.filter(accounts::code.eq(account));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(messages::kind.eq(kind));
    }
    if let Some(after) = after {
        query = query.filter(messages::id.lt(after));
    }
    Ok(query.load(connection)?)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn listed() -> _ {
    let account: diesel::dsl::Nullable<accounts::code> = accounts::code.nullable();
    messages::table.left_join(accounts::table).select((
        messages::id,
        messages::kind,
        messages::email,
        account,
        messages::subject,
        messages::state,
        messages::attempts,
        messages::last_error,
        messages::next_attempt_at,
        messages::sent_at,
        messages::created_at,
    ))
}

/// A message as the desk sees it.
pub fn find(connection: &mut Connection, id: MessageId) -> Result<Option<Listed>> {
    Ok(listed().filter(messages::id.eq(id)).first(connection).optional()?)
}

/// How many messages were given up.
pub fn count_parked(connection: &mut Connection) -> Result<i64> {
    sql("SELECT COUNT(*) FROM messages WHERE state = 'parked'").one(connection)
}

/// A message as it would be written once more.
pub fn find_message(connection: &mut Connection, id: MessageId) -> Result<Option<Message>> {
    type Row = (
        (Kind, Option<i64>, i64, Option<i64>),
        (String, String, String, Reason),
        (i32, i32),
    );
    let row: Option<Row> = sql(
        "SELECT kind, account_id, event_id, person_id, email, name, locale, reason, attempts, issue \
         FROM messages WHERE id = $1",
    )
    .bind(id)
    .first(connection)?;
    let Some(((kind, account_id, event_id, person_id), (email, name, locale, reason), (attempts, issue))) = row else {
        return Ok(None);
    };
    Ok(Some(Message {
        id,
        lease: 0,
        kind,
        account_id: account_id.map(AccountId),
        event_id: EventId(event_id),
        person_id: person_id.map(PersonId),
        email,
        name,
        locale,
        reason,
        attempts,
        issue,
    }))
}

/// State, account and address of a message, locked until the transaction ends.
pub fn lock(tx: &mut Connection, id: MessageId) -> Result<Option<(State, Option<AccountId>, String)>> {
    sql("SELECT state, account_id, email FROM messages WHERE id = $1 {lock}")
        .bind(id)
        .first(tx)
}

/// Makes a message due again, with all its attempts; one that was sent goes out as another issue.
pub fn update_due(tx: &mut Connection, id: MessageId, now: Timestamp) -> Result<()> {
    sql(
        "UPDATE messages SET issue = issue + CASE WHEN state = 'sent' THEN 1 ELSE 0 END, state = 'due', attempts = 0, \
         next_attempt_at = $2, sent_at = NULL, lease = NULL, leased_until = NULL WHERE id = $1",
    )
    .bind(id)
    .bind(now)
    .run(tx)?;
    Ok(())
}

/// Deletes messages sent before a moment, at most so many.
pub fn delete_sent(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql("DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE state = 'sent' AND sent_at < $1 LIMIT $2)")
        .bind(before)
        .bind(rows_max)
        .run(tx)
}
