//! Refunds are in the ledger, and come to what they were taken from.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::RefundId;

/// Everything about refunds that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for (check, statement) in CHECKS {
        let rows: Vec<(i64, i64, i64)> = sql(statement).rows(connection)?;
        let breach =
            |(id, stored, derived): (i64, i64, i64)| Breach::differs(check, RefundId(id).to_string(), stored, derived);
        breaches.extend(rows.into_iter().map(breach));
    }
    Ok(breaches)
}

/// Refund, what is stored, what it should be: where they differ.
const CHECKS: [(&str, &str); 3] = [
    (
        "the ledger books each refund, and that it was taken back",
        "SELECT r.id, CAST(CASE WHEN r.reversed_at IS NULL THEN r.amount_minor ELSE 0 END AS BIGINT), \
         CAST(COALESCE(e.booked, 0) AS BIGINT) FROM refunds r \
         LEFT JOIN (SELECT refund_id, SUM(receivable_minor) AS booked FROM ledger_entries GROUP BY refund_id) e \
         ON e.refund_id = r.id \
         WHERE COALESCE(e.booked, 0) <> CASE WHEN r.reversed_at IS NULL THEN r.amount_minor ELSE 0 END ORDER BY r.id",
    ),
    (
        "a refund is the sum of what it was taken from",
        "SELECT r.id, r.amount_minor, CAST(COALESCE(p.amount, 0) AS BIGINT) FROM refunds r \
         LEFT JOIN (SELECT refund_id, SUM(amount_minor) AS amount FROM refund_parts GROUP BY refund_id) p ON p.refund_id = r.id \
         WHERE r.amount_minor <> COALESCE(p.amount, 0) ORDER BY r.id",
    ),
    (
        "a refund is taken from payments and credit notes of its account",
        "SELECT r.id, r.account_id, COALESCE(y.account_id, c.account_id) FROM refunds r JOIN refund_parts p ON p.refund_id = r.id \
         LEFT JOIN payments y ON y.id = p.payment_id LEFT JOIN credit_notes c ON c.id = p.credit_note_id \
         WHERE r.account_id <> COALESCE(y.account_id, c.account_id) ORDER BY r.id",
    ),
];
