//! An account's statement: what changed its debt, day by day.

use chrono::NaiveDate;

use crate::db::{Connection, select, sql};
use crate::error::Result;
use crate::ids::{AccountId, CreditNoteId, InvoiceId, LedgerEntryId, PaymentId, RefundId, ReminderId, WriteOffId};
use crate::invoices::statement::{Document, Entry};
use crate::ledger::rules::Kind;
use crate::row;

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

row! {
    struct EntryRow from "ledger_entries e LEFT JOIN invoices i ON i.id = e.invoice_id \
        LEFT JOIN payments p ON p.id = e.payment_id LEFT JOIN credit_notes c ON c.id = e.credit_note_id \
        LEFT JOIN invoices ci ON ci.id = c.invoice_id LEFT JOIN reminders r ON r.id = e.reminder_id \
        LEFT JOIN write_offs w ON w.id = e.write_off_id LEFT JOIN invoices wi ON wi.id = w.invoice_id \
        LEFT JOIN refunds f ON f.id = e.refund_id" {
        id: LedgerEntryId = "e.id",
        booked_on: NaiveDate = "e.booked_on",
        kind: Kind = "e.kind",
        minor: i64 = "e.receivable_minor",
        invoice_id: Option<InvoiceId> = "e.invoice_id",
        number: Option<String> = "i.number",
        po_number: Option<String> = "i.po_number",
        due_on: Option<NaiveDate> = "i.due_on",
        payment_id: Option<PaymentId> = "e.payment_id",
        reference: Option<String> = "p.reference",
        credit_note_id: Option<CreditNoteId> = "e.credit_note_id",
        credit_note: Option<String> = "c.number",
        credited_po_number: Option<String> = "ci.po_number",
        reminder_id: Option<ReminderId> = "e.reminder_id",
        reminder: Option<String> = "r.number",
        write_off_id: Option<WriteOffId> = "e.write_off_id",
        settled_id: Option<InvoiceId> = "w.invoice_id",
        settled: Option<String> = "wi.number",
        refund_id: Option<RefundId> = "e.refund_id",
        refund: Option<String> = "f.reference",
    }
}

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
    let rows: Vec<EntryRow> = select::<EntryRow>(
        "WHERE e.account_id = $1 AND e.booked_on >= $2 AND e.booked_on <= $3 AND (e.booked_on, e.id) > ($4, $5) \
         ORDER BY e.booked_on, e.id LIMIT $6",
    )
    .bind(account_id)
    .bind(from)
    .bind(to)
    .bind(after_day)
    .bind(after_id.0)
    .bind(limit)
    .rows(connection)?;
    let entry = |row: EntryRow| Entry {
        id: row.id,
        booked_on: row.booked_on,
        kind: row.kind,
        minor: row.minor,
        document: document(row),
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// What an entry books.
fn document(row: EntryRow) -> Document {
    if let (Some(id), Some(invoice_id)) = (row.write_off_id, row.settled_id) {
        return Document::WriteOff {
            id,
            invoice_id,
            number: row.settled.unwrap_or_default(),
        };
    }
    if let Some(id) = row.refund_id {
        return Document::Refund {
            id,
            reference: row.refund,
        };
    }
    match (row.invoice_id, row.credit_note_id, row.reminder_id) {
        (Some(id), ..) => Document::Invoice {
            id,
            number: row.number.unwrap_or_default(),
            po_number: row.po_number.unwrap_or_default(),
            due_on: row.due_on,
        },
        (None, Some(id), _) => Document::CreditNote {
            id,
            number: row.credit_note.unwrap_or_default(),
            po_number: row.credited_po_number.unwrap_or_default(),
        },
        (None, None, Some(id)) => Document::Reminder {
            id,
            number: row.reminder.unwrap_or_default(),
        },
        (None, None, None) => Document::Payment {
            id: row.payment_id.unwrap_or(PaymentId(0)),
            reference: row.reference,
        },
    }
}
