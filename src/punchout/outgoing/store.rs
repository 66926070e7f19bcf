//! Rows of documents on their way out.

use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::db::{Connection, insert, select, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderId, ProductId, PunchoutAttemptId, PunchoutDocumentId};
use crate::punchout::rules::Sending;
use crate::row;

row! {
    /// A document on its way out.
    #[derive(Debug, Clone)]
    pub struct OutRow from "punchout_documents" {
        pub id: PunchoutDocumentId = "id",
        pub account_id: AccountId = "account_id",
        pub kind: String = "kind",
        pub payload_id: String = "payload_id",
        pub request: String = "request",
        pub attempts: i32 = "attempts",
        pub created_at: Timestamp = "created_at",
    }
}

row! {
    /// How an attempt ended.
    #[derive(Debug, Clone)]
    pub struct AttemptRow in punchout_attempts {
        pub id: PunchoutAttemptId,
        pub document_id: PunchoutDocumentId,
        pub attempted_at: Timestamp,
        pub status: i32,
        pub status_text: String,
        pub answer: String,
    }
}

/// The categories of an order's articles.
pub fn categories(connection: &mut Connection, order_id: OrderId) -> Result<HashMap<ProductId, String>> {
    let rows: Vec<(ProductId, String)> = sql(
        "SELECT DISTINCT p.id, p.category FROM order_lines l JOIN products p ON p.id = l.product_id \
         WHERE l.order_id = $1 AND p.category IS NOT NULL",
    )
    .bind(order_id)
    .rows(connection)?;
    Ok(rows.into_iter().collect())
}

pub fn is_event_waiting(connection: &mut Connection) -> Result<bool> {
    sql(
        "SELECT EXISTS (SELECT 1 FROM punchout_setups) AND (EXISTS (SELECT 1 FROM events WHERE sequence IS NULL) OR \
         (SELECT value FROM counters WHERE name = 'punchout_sequence') < \
         (SELECT value FROM counters WHERE name = 'event_sequence'))",
    )
    .one(connection)
}

pub fn is_skipping_due(connection: &mut Connection) -> Result<bool> {
    sql("SELECT NOT EXISTS (SELECT 1 FROM punchout_setups) AND \
         (SELECT value FROM counters WHERE name = 'punchout_sequence') < \
         (SELECT value FROM counters WHERE name = 'event_sequence')")
    .one(connection)
}

/// Looks at nothing that happened until now, in one statement: a set-up that is made meanwhile loses nothing.
pub fn skip(tx: &mut Connection) -> Result<()> {
    sql(
        "UPDATE counters SET value = (SELECT value FROM counters WHERE name = 'event_sequence') \
         WHERE name = 'punchout_sequence' AND NOT EXISTS (SELECT 1 FROM punchout_setups)",
    )
    .run(tx)
    .map(drop)
}

/// Puts a document among those that are sent.
pub fn queue(tx: &mut Connection, id: PunchoutDocumentId, now: Timestamp) -> Result<()> {
    sql(
        "UPDATE punchout_documents SET state = {punchout_document_state due}, attempts = 0, next_attempt_at = $2 \
         WHERE id = $1",
    )
    .bind(id)
    .bind(now)
    .run(tx)
    .map(drop)
}

/// The same of one that was sent or given up; false where it waits.
pub fn requeue(tx: &mut Connection, id: PunchoutDocumentId, now: Timestamp) -> Result<bool> {
    let changed = sql(
        "UPDATE punchout_documents SET state = {punchout_document_state due}, next_attempt_at = $2, attempts = 0 \
         WHERE id = $1 AND state IN ({punchout_document_state sent}, {punchout_document_state parked})",
    )
    .bind(id)
    .bind(now)
    .run(tx)?;
    Ok(changed > 0)
}

/// True while a document is due that nobody has.
pub fn is_sending_due(connection: &mut Connection, now: Timestamp) -> Result<bool> {
    sql(
        "SELECT EXISTS (SELECT 1 FROM punchout_documents WHERE state = {punchout_document_state due} \
         AND next_attempt_at <= $1 AND (leased_until IS NULL OR leased_until <= $1))",
    )
    .bind(now)
    .one(connection)
}

/// Takes documents that are due, the oldest of each order.
pub fn claim(
    tx: &mut Connection,
    now: Timestamp,
    until: Timestamp,
    (rows_max, of_account_max): (i64, i64),
) -> Result<Vec<PunchoutDocumentId>> {
    sql(
        "UPDATE punchout_documents SET leased_until = $2 WHERE id IN (SELECT id FROM punchout_documents d \
         WHERE d.state = {punchout_document_state due} AND d.next_attempt_at <= $1 AND (d.leased_until IS NULL \
         OR d.leased_until <= $1) AND d.id IN (SELECT c.id FROM (SELECT b.id, \
             row_number() OVER (PARTITION BY b.account_id ORDER BY b.next_attempt_at, b.id) AS place \
           FROM punchout_documents b \
           WHERE b.state = {punchout_document_state due} AND b.next_attempt_at <= $1 AND (b.leased_until IS NULL \
           OR b.leased_until <= $1) \
           AND NOT EXISTS (SELECT 1 FROM punchout_documents e WHERE e.state = {punchout_document_state due} \
             AND e.order_id = b.order_id AND e.id < b.id)) c WHERE c.place <= $4) \
         ORDER BY d.next_attempt_at LIMIT $3 {lock skip locked}) RETURNING id",
    )
    .bind(now)
    .bind(until)
    .bind(rows_max)
    .bind(of_account_max)
    .rows(tx)
}

pub fn find(connection: &mut Connection, id: PunchoutDocumentId) -> Result<Option<OutRow>> {
    select::<OutRow>("WHERE id = $1").bind(id).first(connection)
}

pub fn settle(
    tx: &mut Connection,
    id: PunchoutDocumentId,
    (state, attempts, next): (Sending, i32, Timestamp),
    (status, text, answer): (i32, &str, &str),
) -> Result<()> {
    sql("UPDATE punchout_documents SET state = $2, attempts = $3, next_attempt_at = $4, leased_until = NULL, status = $5, \
         status_text = $6, answer = $7 WHERE id = $1")
    .bind(id)
    .bind(state)
    .bind(i64::from(attempts))
    .bind(next)
    .bind(i64::from(status))
    .bind(text)
    .bind(answer)
    .run(tx)
    .map(drop)
}

pub fn insert_attempt(
    tx: &mut Connection,
    id: PunchoutDocumentId,
    now: Timestamp,
    (status, text, answer): (i32, &str, &str),
) -> Result<()> {
    let row = AttemptRow {
        id: PunchoutAttemptId::new(),
        document_id: id,
        attempted_at: now,
        status,
        status_text: text.to_owned(),
        answer: answer.to_owned(),
    };
    insert(tx, &[row])
}

/// The attempts of a document, the newest first.
pub fn list_attempts(connection: &mut Connection, id: PunchoutDocumentId) -> Result<Vec<AttemptRow>> {
    select::<AttemptRow>("WHERE document_id = $1 ORDER BY id DESC LIMIT 50")
        .bind(id)
        .rows(connection)
}

/// The last document of a kind about an order.
pub fn find_last(connection: &mut Connection, order_id: OrderId, kind: &str) -> Result<Option<String>> {
    sql(
        "SELECT payload_id FROM punchout_documents WHERE order_id = $1 AND kind = $2 AND direction = 'out' \
         ORDER BY id DESC LIMIT 1",
    )
    .bind(order_id)
    .bind(kind)
    .first(connection)
}
