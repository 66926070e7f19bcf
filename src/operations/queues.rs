//! What waits to be sent or done, how long, and who holds it: by one statement for each queue, which reads only what waits.

use crate::clock::Timestamp;
use crate::db::{Connection, Statement, sql};
use crate::error::Result;

/// How a queue stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    pub name: &'static str,
    /// What is due and not done.
    pub waiting: i64,
    /// Since when the oldest of it is due.
    pub due_since: Option<Timestamp>,
    /// What was given up.
    pub parked: i64,
    /// What workers hold.
    pub leases: i64,
    /// When the oldest lease ended that nobody gave back.
    pub overdue_since: Option<Timestamp>,
}

impl Queue {
    /// Seconds since the oldest is due.
    pub fn age_s(&self, now: Timestamp) -> i64 {
        seconds(self.due_since, now)
    }

    /// Seconds since the oldest lease is over.
    pub fn overdue_s(&self, now: Timestamp) -> i64 {
        seconds(self.overdue_since, now)
    }
}

fn seconds(since: Option<Timestamp>, now: Timestamp) -> i64 {
    since.map_or(0, |since| (now - since).num_seconds().max(0))
}

/// Due, since when; given up; held, and since when over.
type Row = (i64, Option<Timestamp>, i64, i64, Option<Timestamp>);

/// The queues by name, each with what reads it at the moment `$1`.
fn statements() -> [(&'static str, Statement); 8] {
    [
        (
            "events",
            sql(
                "SELECT COUNT(*), MIN(occurred_at), CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(NULL AS TIMESTAMP) FROM ( \
                 SELECT occurred_at FROM events WHERE sequence IS NULL AND occurred_at <= $1 UNION ALL \
                 SELECT occurred_at FROM events WHERE sequence > (SELECT value FROM counters WHERE name = 'mail_sequence') \
                 AND occurred_at <= $1 LIMIT 100000) w",
            ),
        ),
        (
            "mails",
            sql(
                "SELECT COUNT(CASE WHEN state = {mail_state due} AND next_attempt_at <= $1 THEN 1 END), \
                 MIN(CASE WHEN state = {mail_state due} AND next_attempt_at <= $1 THEN next_attempt_at END), \
                 COUNT(CASE WHEN state = {mail_state parked} THEN 1 END), COUNT(CASE WHEN state = {mail_state due} AND leased_until > $1 THEN 1 END), \
                 MIN(CASE WHEN state = {mail_state due} AND leased_until <= $1 THEN leased_until END) \
                 FROM messages WHERE state IN ({mail_state due}, {mail_state parked})",
            ),
        ),
        (
            "webhooks",
            sql(
                "SELECT COUNT(CASE WHEN state = {webhook_endpoint_state enabled} AND due_at <= $1 THEN 1 END), \
                 MIN(CASE WHEN state = {webhook_endpoint_state enabled} AND due_at <= $1 THEN due_at END), \
                 COUNT(CASE WHEN state = {webhook_endpoint_state disabled} THEN 1 END), \
                 COUNT(CASE WHEN leased_until > $1 THEN 1 END), MIN(CASE WHEN leased_until <= $1 THEN leased_until END) \
                 FROM webhook_endpoints",
            ),
        ),
        (
            "punchout",
            sql(
                "SELECT COUNT(CASE WHEN state = {punchout_document_state due} AND next_attempt_at <= $1 THEN 1 END), \
                 MIN(CASE WHEN state = {punchout_document_state due} AND next_attempt_at <= $1 THEN next_attempt_at END), \
                 COUNT(CASE WHEN state = {punchout_document_state parked} THEN 1 END), COUNT(CASE WHEN state = {punchout_document_state due} AND leased_until > $1 THEN 1 END), \
                 MIN(CASE WHEN state = {punchout_document_state due} AND leased_until <= $1 THEN leased_until END) \
                 FROM (SELECT state, next_attempt_at, leased_until FROM punchout_documents \
                 WHERE state = {punchout_document_state due} UNION ALL \
                 SELECT state, next_attempt_at, leased_until FROM punchout_documents \
                 WHERE state = {punchout_document_state parked}) d",
            ),
        ),
        (
            "einvoices",
            sql("SELECT COUNT(CASE WHEN next_attempt_at <= $1 THEN 1 END), \
                 MIN(CASE WHEN next_attempt_at <= $1 THEN next_attempt_at END), CAST(0 AS BIGINT), \
                 COUNT(CASE WHEN leased_until > $1 THEN 1 END), MIN(CASE WHEN leased_until <= $1 THEN leased_until END) \
                 FROM einvoice_files WHERE state = {einvoice_file_state due}"),
        ),
        (
            "bulk",
            sql(
                "SELECT COUNT(CASE WHEN due_at <= $1 THEN 1 END), MIN(CASE WHEN due_at <= $1 THEN due_at END), CAST(0 AS BIGINT), \
                 COUNT(CASE WHEN leased_until > $1 THEN 1 END), MIN(CASE WHEN leased_until <= $1 THEN leased_until END) \
                 FROM bulk_jobs WHERE state IN ({bulk_state queued}, {bulk_state running})",
            ),
        ),
        (
            "imports",
            sql(
                "SELECT COUNT(*), MIN(changed_at), CAST(0 AS BIGINT), COUNT(CASE WHEN leased_until > $1 THEN 1 END), \
                 MIN(CASE WHEN leased_until <= $1 THEN leased_until END) \
                 FROM import_runs WHERE state IN ({import_state checking}, {import_state applying}) AND changed_at <= $1",
            ),
        ),
        (
            "audit",
            sql(
                "SELECT COUNT(*), MIN(recorded_at), CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(NULL AS TIMESTAMP) FROM (SELECT recorded_at FROM audit_entries \
                 WHERE place IS NULL AND recorded_at <= $1 LIMIT 100000) w",
            ),
        ),
    ]
}

/// How all queues stand at a moment.
pub fn list(connection: &mut Connection, now: Timestamp) -> Result<Vec<Queue>> {
    let read = |(name, statement): (&'static str, Statement)| {
        let (waiting, due_since, parked, leases, overdue_since): Row = statement.bind(now).one(connection)?;
        Ok(Queue {
            name,
            waiting,
            due_since,
            parked,
            leases,
            overdue_since,
        })
    };
    statements().into_iter().map(read).collect()
}

/// How many names of queues there are, for tests.
pub const NAMES: [&str; 8] = [
    "events",
    "mails",
    "webhooks",
    "punchout",
    "einvoices",
    "bulk",
    "imports",
    "audit",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queues_are_named_as_they_are_told() {
        assert_eq!(statements().map(|(name, _)| name), NAMES);
    }
}
