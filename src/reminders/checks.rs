//! Reminders add up, have numbers without a gap, are in the ledger with what they cost, and went as far as invoices say.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Object, what is stored, what it should be: where they differ.
const DIFFERENCES: [(&str, &str, &str); 4] = [
    (
        "a reminder asks for the sum of its invoices",
        "reminder",
        "SELECT r.number, r.overdue_minor + r.not_due_minor, CAST(COALESCE(SUM(i.open_minor), 0) AS BIGINT) FROM reminders r \
         LEFT JOIN reminder_items i ON i.reminder_id = r.id GROUP BY r.id, r.number, r.overdue_minor, r.not_due_minor \
         HAVING r.overdue_minor + r.not_due_minor <> COALESCE(SUM(i.open_minor), 0) ORDER BY r.number",
    ),
    (
        "a reminder's interest is the sum of its invoices'",
        "reminder",
        "SELECT r.number, r.interest_minor, CAST(COALESCE(SUM(i.interest_minor), 0) AS BIGINT) FROM reminders r \
         LEFT JOIN reminder_items i ON i.reminder_id = r.id GROUP BY r.id, r.number, r.interest_minor \
         HAVING r.interest_minor <> COALESCE(SUM(i.interest_minor), 0) ORDER BY r.number",
    ),
    (
        "the ledger books what a reminder costs",
        "reminder",
        "SELECT number, due, booked FROM (SELECT r.number AS number, \
         CASE WHEN w.reminder_id IS NULL THEN r.fee_minor + r.interest_minor ELSE 0 END AS due, \
         CAST(COALESCE(e.booked, 0) AS BIGINT) AS booked FROM reminders r \
         LEFT JOIN waived_reminders w ON w.reminder_id = r.id \
         LEFT JOIN (SELECT reminder_id, SUM(receivable_minor) AS booked FROM ledger_entries GROUP BY reminder_id) e \
         ON e.reminder_id = r.id) q WHERE due <> booked ORDER BY number",
    ),
    (
        "an invoice is at the level of its last reminder",
        "invoice",
        "SELECT i.number, CAST(o.reminder_level AS BIGINT), CAST(COALESCE(r.level, 0) AS BIGINT) FROM open_items o \
         JOIN invoices i ON i.id = o.invoice_id LEFT JOIN (SELECT invoice_id, MAX(level) AS level FROM reminder_items \
         GROUP BY invoice_id) r ON r.invoice_id = o.invoice_id WHERE o.reminder_level <> COALESCE(r.level, 0) ORDER BY i.number",
    ),
];

/// Everything about reminders that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = numbers(connection)?;
    for (check, what, statement) in DIFFERENCES {
        let rows: Vec<(String, i64, i64)> = sql(statement).rows(connection)?;
        let breach = |(number, stored, derived): (String, i64, i64)| {
            Breach::differs(check, format!("{what} {number}"), stored, derived)
        };
        breaches.extend(rows.into_iter().map(breach));
    }
    Ok(breaches)
}

fn numbers(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i32, i64, i64, i64)> = sql(
        "SELECT n.year, n.last, CAST(COALESCE(r.count, 0) AS BIGINT), CAST(COALESCE(r.last, 0) AS BIGINT) \
         FROM reminder_numbers n LEFT JOIN (SELECT year, COUNT(*) AS count, MAX(sequence) AS last FROM reminders \
         GROUP BY year) r ON r.year = n.year \
         WHERE n.last <> COALESCE(r.count, 0) OR n.last <> COALESCE(r.last, 0) ORDER BY n.year",
    )
    .rows(connection)?;
    let breach = |(year, given, count, last): (i32, i64, i64, i64)| Breach {
        check: "reminder numbers have no gap",
        object: format!("year {year}"),
        detail: format!("{given} numbers given out, {count} reminders, the last of them {last}"),
    };
    Ok(rows.into_iter().map(breach).collect())
}
