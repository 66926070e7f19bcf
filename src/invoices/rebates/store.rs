//! What is left of what an account was invoiced.

use chrono::NaiveDate;

use super::rules::Left;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId};
use crate::tax::rules::Treatment;

/// At most `limit` lines of the account's invoices of these days, the newest invoice first, with what is left of them.
pub fn list_left(
    connection: &mut Connection,
    account_id: AccountId,
    (from, to): (NaiveDate, NaiveDate),
    limit: i64,
) -> Result<Vec<Left>> {
    let rows: Vec<(InvoiceId, i32, String, i64, i64)> =
        sql("SELECT i.id, l.position, l.tax_category, l.tax_rate_ppm, \
         CAST(l.net_minor - COALESCE((SELECT SUM(k.net_minor) FROM credit_notes c \
         JOIN credit_note_lines k ON k.credit_note_id = c.id \
         WHERE c.invoice_id = i.id AND k.invoice_line_id = l.id), 0) AS BIGINT) \
         FROM invoices i JOIN invoice_lines l ON l.invoice_id = i.id \
         WHERE i.account_id = $1 AND i.issued_on >= $2 AND i.issued_on <= $3 ORDER BY i.id DESC, l.position LIMIT $4")
        .bind(account_id)
        .bind(from)
        .bind(to)
        .bind(limit)
        .rows(connection)?;
    let line = |(invoice_id, position, category, rate_ppm, minor)| Left {
        invoice_id,
        position,
        treatment: Treatment { category, rate_ppm },
        minor,
    };
    Ok(rows.into_iter().map(line).collect())
}
