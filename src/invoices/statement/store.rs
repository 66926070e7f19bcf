//! An account's statement: what changed its debt, day by day.

use chrono::NaiveDate;

use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId, LedgerEntryId, PaymentId};
use crate::invoices::statement::{Document, Entry};
use crate::ledger::rules::Kind;

/// What the account owed before a day, minor units.
pub fn balance_before(connection: &mut Connection, account_id: AccountId, day: NaiveDate) -> Result<i64> {
    sql(
        "SELECT CAST(COALESCE(SUM(receivable_minor), 0) AS BIGINT) FROM ledger_entries \
         WHERE account_id = $1 AND booked_on < $2",
    )
    .bind(account_id)
    .bind(day)
    .one(connection)
}

type Row = (
    (LedgerEntryId, NaiveDate, Kind, i64),
    (Option<InvoiceId>, Option<String>, Option<String>, Option<NaiveDate>),
    (Option<PaymentId>, Option<String>),
);

/// At most `limit` entries of the account between two days, both included, in the order they are booked, behind the
/// entry `after`.
pub fn list_entries(
    connection: &mut Connection,
    account_id: AccountId,
    (from, to): (NaiveDate, NaiveDate),
    after: Option<(NaiveDate, LedgerEntryId)>,
    limit: i64,
) -> Result<Vec<Entry>> {
    let (after_day, after_id) = after.unwrap_or((from, LedgerEntryId(0)));
    let rows: Vec<Row> = sql(
        "SELECT e.id, e.booked_on, e.kind, e.receivable_minor, e.invoice_id, i.number, i.po_number, i.due_on, \
         e.payment_id, p.reference FROM ledger_entries e LEFT JOIN invoices i ON i.id = e.invoice_id \
         LEFT JOIN payments p ON p.id = e.payment_id \
         WHERE e.account_id = $1 AND e.booked_on >= $2 AND e.booked_on <= $3 AND (e.booked_on, e.id) > ($4, $5) \
         ORDER BY e.booked_on, e.id LIMIT $6",
    )
    .bind(account_id)
    .bind(from)
    .bind(to)
    .bind(after_day)
    .bind(after_id.0)
    .bind(limit)
    .rows(connection)?;
    let entry =
        |((id, booked_on, kind, minor), (invoice_id, number, po_number, due_on), (payment_id, reference)): Row| {
            let document = match (invoice_id, payment_id) {
                (Some(id), _) => Document::Invoice {
                    id,
                    number: number.unwrap_or_default(),
                    po_number: po_number.unwrap_or_default(),
                    due_on,
                },
                (None, payment_id) => Document::Payment {
                    id: payment_id.unwrap_or(PaymentId(0)),
                    reference,
                },
            };
            Entry {
                id,
                booked_on,
                kind,
                minor,
                document,
            }
        };
    Ok(rows.into_iter().map(entry).collect())
}
