//! Rebates, and what is left of what an account was invoiced.

use chrono::NaiveDate;

use super::rules::Left;
use crate::clock::Timestamp;
use crate::db::{Connection, select, sql};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId, RebateAgreementId, RebateId};
use crate::money::Currency;
use crate::row;
use crate::tax::rules::Treatment;

row! {
    /// A rebate without its credit notes.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Head in rebates {
        pub id: RebateId,
        pub account_id: AccountId,
        /// Days on which the invoices were issued, both included.
        pub issued_from: NaiveDate,
        pub issued_to: NaiveDate,
        /// Of what was left of them; or an amount.
        pub percent_ppm: Option<i64>,
        /// Without tax.
        pub net_minor: Option<i64>,
        pub currency: Currency,
        pub note: Option<String>,
        pub created_at: Timestamp,
        pub created_by: String,
        /// Also where one of its days had a rebate; not known of those that are older than this.
        pub again: Option<bool>,
    }
}

pub fn find(connection: &mut Connection, id: RebateId) -> Result<Option<Head>> {
    select::<Head>("WHERE id = $1").bind(id).first(connection)
}

/// A rebate of the account for one of these days.
pub fn find_of_days(
    connection: &mut Connection,
    account_id: AccountId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Option<Head>> {
    select::<Head>(
        "WHERE account_id = $1 AND issued_from <= $3 AND issued_to >= $2 ORDER BY issued_to DESC, id DESC LIMIT 1",
    )
    .bind(account_id)
    .bind(from)
    .bind(to)
    .first(connection)
}

/// At most `limit` lines of the account's invoices of these days, the oldest invoice first, with what is left of them.
pub fn list_left(
    connection: &mut Connection,
    account_id: AccountId,
    (from, to): (NaiveDate, NaiveDate),
    limit: i64,
) -> Result<Vec<Left>> {
    let rows: Vec<(InvoiceId, String, i32, String, i64, i64)> =
        sql("SELECT i.id, i.number, l.position, l.tax_category, l.tax_rate_ppm, \
         CAST(l.net_minor - COALESCE((SELECT SUM(k.net_minor) FROM credit_notes c \
         JOIN credit_note_lines k ON k.credit_note_id = c.id \
         WHERE c.invoice_id = i.id AND k.invoice_line_id = l.id), 0) AS BIGINT) \
         FROM invoices i JOIN invoice_lines l ON l.invoice_id = i.id \
         WHERE i.account_id = $1 AND i.issued_on >= $2 AND i.issued_on <= $3 ORDER BY i.id, l.position LIMIT $4")
        .bind(account_id)
        .bind(from)
        .bind(to)
        .bind(limit)
        .rows(connection)?;
    Ok(rows.into_iter().map(line).collect())
}

fn line(
    (invoice_id, invoice, position, category, rate_ppm, minor): (InvoiceId, String, i32, String, i64, i64),
) -> Left {
    Left {
        invoice_id,
        invoice,
        position,
        treatment: Treatment { category, rate_ppm },
        minor,
    }
}

/// At most `limit` lines of which an agreement accrued something until the period that begins on a day, the newest invoice first, with
/// what is left of them. `settled_first`: those of invoices that are settled before those of others.
pub fn list_left_of_agreement(
    connection: &mut Connection,
    (account_id, agreement_id): (AccountId, RebateAgreementId),
    until: NaiveDate,
    settled_first: bool,
    limit: i64,
) -> Result<Vec<Left>> {
    let rows: Vec<(InvoiceId, String, i32, String, i64, i64)> =
        sql("SELECT i.id, i.number, l.position, l.tax_category, l.tax_rate_ppm, \
         CAST(l.net_minor - COALESCE((SELECT SUM(k.net_minor) FROM credit_notes c \
         JOIN credit_note_lines k ON k.credit_note_id = c.id \
         WHERE c.invoice_id = i.id AND k.invoice_line_id = l.id), 0) AS BIGINT) \
         FROM invoices i JOIN invoice_lines l ON l.invoice_id = i.id JOIN open_items o ON o.invoice_id = i.id \
         WHERE i.account_id = $1 AND l.id {in SELECT b.invoice_line_id FROM rebate_accruals b WHERE b.agreement_id = $2 \
         AND b.period_from <= $3} ORDER BY CASE WHEN o.open_minor > 0 THEN $4 ELSE 0 END, i.id DESC, l.position LIMIT $5")
        .bind(account_id)
        .bind(agreement_id)
        .bind(until)
        .bind(i64::from(settled_first))
        .bind(limit)
        .rows(connection)?;
    Ok(rows.into_iter().map(line).collect())
}
