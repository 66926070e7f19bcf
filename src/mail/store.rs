//! Rows of messages.

use chrono::TimeDelta;

use super::rules::{Kind, Reason, State};
use super::{Draft, Filter, Listed, Message};
use crate::binds;
use crate::clock::{Period, Timestamp};
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, select, selection, sql};
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
        "SELECT EXISTS (SELECT 1 FROM messages WHERE state = {mail_state due} AND next_attempt_at <= $1 \
         AND (leased_until IS NULL OR leased_until <= $1))",
    )
    .bind(now)
    .one(connection)
}

/// Leases up to `rows_max` due messages for `time`, those that wait longest first: nobody else takes them meanwhile.
/// Passes over those another worker is leasing right now.
pub fn lease(
    tx: &mut Connection,
    lease: i64,
    now: Timestamp,
    time: TimeDelta,
    rows_max: i64,
) -> Result<Vec<MessageId>> {
    let mut rows: Vec<(Timestamp, MessageId)> = sql(
        "UPDATE messages SET lease = $1, leased_until = $3 WHERE id IN (SELECT id FROM messages \
         WHERE state = {mail_state due} \
         AND next_attempt_at <= $2 AND (leased_until IS NULL OR leased_until <= $2) ORDER BY next_attempt_at, id \
         LIMIT $4 {lock skip locked}) RETURNING next_attempt_at, id",
    )
    .bind(lease)
    .bind(now)
    .bind(now + time)
    .bind(rows_max)
    .rows(tx)?;
    // Neither engine returns them in the order of the inner query.
    rows.sort_unstable();
    Ok(rows.into_iter().map(|(_, id)| id).collect())
}

/// Begins an attempt of a message that is still leased by `lease`: it is counted, and the message held for `time` from
/// now. `None` where somebody else has it or it was dealt with.
pub fn confirm(
    tx: &mut Connection,
    id: MessageId,
    lease: i64,
    now: Timestamp,
    time: TimeDelta,
) -> Result<Option<Message>> {
    sql(
        "UPDATE messages SET attempts = attempts + 1, leased_until = $3 WHERE id = $1 AND lease = $2 \
         AND state = {mail_state due} \
         RETURNING id, lease, kind, account_id, event_id, person_id, email, name, locale, reason, attempts, issue",
    )
    .bind(id)
    .bind(lease)
    .bind(now + time)
    .first(tx)
}

/// Ends an attempt that went well; false where another worker has taken the message meanwhile.
pub fn settle_sent(tx: &mut Connection, message: &Message, subject: &str, now: Timestamp) -> Result<bool> {
    let changed = sql(
        "UPDATE messages SET state = {mail_state sent}, sent_at = $3, subject = $4, last_error = NULL, lease = NULL, \
         leased_until = NULL WHERE id = $1 AND lease = $2 AND state = {mail_state due}",
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
         lease = NULL, leased_until = NULL WHERE id = $1 AND lease = $2 AND state = {mail_state due}",
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

/// Gives back what is leased by `lease` and was not tried.
pub fn release(tx: &mut Connection, lease: i64) -> Result<()> {
    sql("UPDATE messages SET lease = NULL, leased_until = NULL WHERE lease = $1 AND state = {mail_state due}")
        .bind(lease)
        .run(tx)?;
    Ok(())
}

/// Messages for the desk, the newest first, behind `after`.
pub fn list(
    connection: &mut Connection,
    (filter, queued): (&Filter, Period),
    after: impl Into<Walk<MessageId>>,
    rows_max: i64,
) -> Result<Vec<Listed>> {
    let mut seek = Seek::new(connection, &selection::<Listed>());
    seek.and_if("m.state = $1", filter.state);
    seek.of_account("m.account_id", filter.account.as_deref());
    seek.and_if("m.kind = $1", filter.kind);
    seek.within("m.created_at", queued);
    let walk = after.into().map(|id| binds![id]);
    seek.part(["m.id"], Way::Down, "m.id", walk, rows_max)?.rows(connection)
}

/// A message as the desk sees it.
pub fn find(connection: &mut Connection, id: MessageId) -> Result<Option<Listed>> {
    select::<Listed>("WHERE m.id = $1").bind(id).first(connection)
}

/// How many messages were given up.
pub fn count_parked(connection: &mut Connection) -> Result<i64> {
    sql("SELECT COUNT(*) FROM messages WHERE state = {mail_state parked}").one(connection)
}

/// A message as it would be written once more.
pub fn find_message(connection: &mut Connection, id: MessageId) -> Result<Option<Message>> {
    select::<Message>("WHERE id = $1").bind(id).first(connection)
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
        "UPDATE messages SET issue = issue + CASE WHEN state = {mail_state sent} THEN 1 \
         ELSE 0 END, state = {mail_state due}, attempts = 0, \
         next_attempt_at = $2, sent_at = NULL, lease = NULL, leased_until = NULL WHERE id = $1",
    )
    .bind(id)
    .bind(now)
    .run(tx)?;
    Ok(())
}

/// Deletes messages sent before a moment, at most so many.
pub fn delete_sent(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql(
        "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE state = {mail_state sent} \
         AND sent_at < $1 LIMIT $2)",
    )
    .bind(before)
    .bind(rows_max)
    .run(tx)
}
