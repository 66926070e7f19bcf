//! Rows of events: numbers given out after the commit, and reading by them.

use super::{Audience, Event, Happened};
use crate::clock::Timestamp;
use crate::db::{Connection, select, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, EventId};
use crate::row;

row! {
    struct EventRow from "events" {
        id: EventId = "id",
        sequence: Option<i64> = "sequence",
        kind: String = "type",
        account_id: Option<AccountId> = "account_id",
        subject_id: i64 = "subject_id",
        occurred_at: Timestamp = "occurred_at",
        data: String = "data",
    }
}

fn happened(row: EventRow) -> Result<Happened> {
    Ok(Happened {
        id: row.id,
        sequence: row.sequence.unwrap_or_default(),
        account_id: row.account_id,
        subject_id: row.subject_id,
        occurred_at: row.occurred_at,
        event: Event::read(&row.kind, serde_json::from_str(&row.data).map_err(Error::internal)?)?,
    })
}

/// True while an event has no number yet.
pub fn is_any_unsequenced(connection: &mut Connection) -> Result<bool> {
    sql("SELECT EXISTS (SELECT 1 FROM events WHERE sequence IS NULL)").one(connection)
}

/// Gives the events without a number those behind `last`, in the order of their ids; how many it were.
pub fn update_sequences(tx: &mut Connection, last: i64, rows_max: i64) -> Result<usize> {
    sql("UPDATE events SET sequence = numbered.sequence FROM (\
           SELECT id, $1 + ROW_NUMBER() OVER (ORDER BY id) AS sequence FROM (\
             SELECT id FROM events WHERE sequence IS NULL ORDER BY id LIMIT $2) AS waiting) AS numbered \
         WHERE events.id = numbered.id")
    .bind(last)
    .bind(rows_max)
    .run(tx)
}

/// The number of an event in the account's feed.
pub fn find_in_feed(connection: &mut Connection, account_id: AccountId, id: EventId) -> Result<Option<i64>> {
    sql(
        "SELECT sequence FROM events WHERE account_id = $1 AND id = $2 AND sequence IS NOT NULL \
         AND type NOT IN ('password_reset.requested', 'access.changed', 'mail.parked', \
         'webhook_endpoint.failing', 'webhook_endpoint.disabled')",
    )
    .bind(account_id)
    .bind(id.0)
    .first(connection)
}

/// The account's events with larger numbers than `after`, in their order. What concerns a person's access or our own
/// mails is in no feed; what names its people only in the feed of those who manage them.
pub fn list_feed(
    connection: &mut Connection,
    account_id: AccountId,
    audience: Audience,
    after: i64,
    rows_max: i64,
) -> Result<Vec<Happened>> {
    let condition = match audience {
        Audience::Managers => {
            "WHERE account_id = $1 AND sequence > $2 AND type NOT IN ('password_reset.requested', 'access.changed', 'mail.parked', \
             'webhook_endpoint.failing', 'webhook_endpoint.disabled') ORDER BY sequence LIMIT $3"
        }
        Audience::Members => {
            "WHERE account_id = $1 AND sequence > $2 AND type NOT IN ('password_reset.requested', 'access.changed', 'mail.parked', \
             'webhook_endpoint.failing', 'webhook_endpoint.disabled', 'invitation.created', 'member.added', 'member.changed', 'member.removed') ORDER BY sequence LIMIT $3"
        }
    };
    let rows: Vec<EventRow> = select::<EventRow>(condition)
        .bind(account_id)
        .bind(after)
        .bind(rows_max)
        .rows(connection)?;
    rows.into_iter().map(happened).collect()
}

/// The account's events about these objects, the newest first, older than `before`.
pub fn list_about(
    connection: &mut Connection,
    account_id: AccountId,
    subject_ids: &[i64],
    before: Option<EventId>,
    rows_max: i64,
) -> Result<Vec<Happened>> {
    let rows: Vec<EventRow> =
        select::<EventRow>("WHERE account_id = $1 AND subject_id {in ids $2} AND id < $3 ORDER BY id DESC LIMIT $4")
            .bind(account_id)
            .bind(sets::json(subject_ids)?)
            .bind(before.map_or(i64::MAX, |id| id.0))
            .bind(rows_max)
            .rows(connection)?;
    rows.into_iter().map(happened).collect()
}

/// Events of everybody with larger numbers than `after`, in their order.
pub fn list_after(connection: &mut Connection, after: i64, rows_max: i64) -> Result<Vec<Happened>> {
    let rows: Vec<EventRow> = select::<EventRow>("WHERE sequence > $1 ORDER BY sequence LIMIT $2")
        .bind(after)
        .bind(rows_max)
        .rows(connection)?;
    rows.into_iter().map(happened).collect()
}

/// The events with these ids, in no order.
pub fn list_by_id(connection: &mut Connection, ids: &[EventId]) -> Result<Vec<Happened>> {
    let rows: Vec<EventRow> = select::<EventRow>("WHERE id {in ids $1}")
        .bind(sets::json(ids)?)
        .rows(connection)?;
    rows.into_iter().map(happened).collect()
}

/// The events of an account, or of everybody, with a number and ids from behind `after` to before `until`, in the order
/// of their ids.
pub fn list_of_span(
    connection: &mut Connection,
    account_id: Option<AccountId>,
    (after, until): (EventId, EventId),
    rows_max: i64,
) -> Result<Vec<Happened>> {
    const OF_ACCOUNT: &str =
        "WHERE id > $1 AND id < $2 AND account_id = $4 AND sequence IS NOT NULL ORDER BY id LIMIT $3";
    const OF_ALL: &str = "WHERE id > $1 AND id < $2 AND sequence IS NOT NULL ORDER BY id LIMIT $3";
    let select = select::<EventRow>(if account_id.is_some() { OF_ACCOUNT } else { OF_ALL });
    let select = select.bind(after).bind(until).bind(rows_max);
    let rows: Vec<EventRow> = match account_id {
        Some(id) => select.bind(id).rows(connection)?,
        None => select.rows(connection)?,
    };
    rows.into_iter().map(happened).collect()
}

/// How many such events there are of each type; it stops counting behind `rows_max`.
pub fn count_of_span(
    connection: &mut Connection,
    account_id: Option<AccountId>,
    (after, until): (EventId, EventId),
    rows_max: i64,
) -> Result<Vec<(String, i64)>> {
    let of_account = sql(
        "SELECT type, COUNT(*) FROM (SELECT type FROM events WHERE id > $1 AND id < $2 AND account_id = $4 \
         AND sequence IS NOT NULL LIMIT $3) AS span GROUP BY type",
    );
    let of_all = sql(
        "SELECT type, COUNT(*) FROM (SELECT type FROM events WHERE id > $1 AND id < $2 \
         AND sequence IS NOT NULL LIMIT $3) AS span GROUP BY type",
    );
    match account_id {
        Some(id) => of_account
            .bind(after)
            .bind(until)
            .bind(rows_max)
            .bind(id)
            .rows(connection),
        None => of_all.bind(after).bind(until).bind(rows_max).rows(connection),
    }
}

pub fn find(connection: &mut Connection, id: EventId) -> Result<Option<Happened>> {
    let row: Option<EventRow> = select::<EventRow>("WHERE id = $1").bind(id.0).first(connection)?;
    row.map(happened).transpose()
}

/// Writes down how many mails events came to.
pub fn update_mails(tx: &mut Connection, mails: &[(EventId, i32)]) -> Result<()> {
    if mails.is_empty() {
        return Ok(());
    }
    sql("UPDATE events SET mails = d.mails FROM {tuples $1: id bigint, mails integer} d WHERE events.id = d.id")
        .bind(sets::json(mails)?)
        .run(tx)?;
    Ok(())
}

/// Events whose mails are not there, with how many there are and should be. Those from before `kept_since` are left
/// out: their mails may be gone.
pub fn list_wrong_mails(connection: &mut Connection, kept_since: Timestamp) -> Result<Vec<(i64, i32, i32)>> {
    sql(
        "SELECT e.id, CAST(COALESCE(m.mails, 0) AS INTEGER), COALESCE(e.mails, 0) FROM events e \
         LEFT JOIN (SELECT event_id, COUNT(*) AS mails FROM messages GROUP BY event_id) m ON m.event_id = e.id \
         WHERE COALESCE(m.mails, 0) <> COALESCE(e.mails, 0) AND e.occurred_at > $1 ORDER BY e.id",
    )
    .bind(kept_since)
    .rows(connection)
}
