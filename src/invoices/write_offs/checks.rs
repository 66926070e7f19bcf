//! What is settled without money is in the ledger, comes to net and tax by rate, and is never more than its invoice.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::WriteOffId;

/// Everything about it that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for (check, statement) in CHECKS {
        let rows: Vec<(i64, i64, i64)> = sql(statement).rows(connection)?;
        let breach = |(id, stored, derived): (i64, i64, i64)| {
            Breach::differs(check, WriteOffId(id).to_string(), stored, derived)
        };
        breaches.extend(rows.into_iter().map(breach));
    }
    Ok(breaches)
}

/// Which, what is stored, what it should be: where they differ.
const CHECKS: [(&str, &str); 4] = [
    (
        "the ledger books what is settled without money, and that it was taken back",
        "SELECT w.id, CAST(CASE WHEN w.reversed_at IS NULL THEN -w.amount_minor ELSE 0 END AS BIGINT), \
         CAST(COALESCE(e.booked, 0) AS BIGINT) FROM write_offs w \
         LEFT JOIN (SELECT write_off_id, SUM(receivable_minor) AS booked FROM ledger_entries GROUP BY write_off_id) e \
         ON e.write_off_id = w.id \
         WHERE COALESCE(e.booked, 0) <> CASE WHEN w.reversed_at IS NULL THEN -w.amount_minor ELSE 0 END ORDER BY w.id",
    ),
    (
        "a cash discount is the net and the tax by which its rates are less",
        "SELECT w.id, w.amount_minor, CAST(COALESCE(t.amount, 0) AS BIGINT) FROM write_offs w \
         LEFT JOIN (SELECT write_off_id, SUM(base_minor + amount_minor) AS amount FROM write_off_taxes GROUP BY write_off_id) t \
         ON t.write_off_id = w.id WHERE COALESCE(t.amount, 0) <> CASE w.kind WHEN 'cash_discount' THEN w.amount_minor ELSE 0 END \
         ORDER BY w.id",
    ),
    (
        "what is settled without money is of an invoice of its account",
        "SELECT w.id, w.account_id, i.account_id FROM write_offs w JOIN invoices i ON i.id = w.invoice_id \
         WHERE w.account_id <> i.account_id ORDER BY w.id",
    ),
    (
        "what came with a payment does not outlast it",
        "SELECT w.id, w.amount_minor, CAST(0 AS BIGINT) FROM write_offs w JOIN payments p ON p.id = w.payment_id \
         WHERE w.reversed_at IS NULL AND p.reversed_at IS NOT NULL ORDER BY w.id",
    ),
];
