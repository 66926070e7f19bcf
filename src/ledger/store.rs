//! Balances and the entries they are the sum of.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::rules::Kind;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection, insertion, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{
    AccountId, CreditNoteId, InvoiceId, LedgerEntryId, OrderId, PaymentId, RefundId, ReminderId, WriteOffId,
};
use crate::row;

/// What the account has committed and owes, minor units; `None` before its first order.
pub fn find_balance(connection: &mut Connection, account_id: AccountId) -> Result<Option<(i64, i64)>> {
    sql("SELECT committed_minor, receivable_minor FROM ledger_balances WHERE account_id = $1")
        .bind(account_id)
        .first(connection)
}

/// Both together, of several accounts; none of one before its first order.
pub fn list_balances(connection: &mut Connection, account_ids: &[AccountId]) -> Result<Vec<(AccountId, i64)>> {
    sql("SELECT account_id, committed_minor + receivable_minor FROM ledger_balances WHERE account_id {in ids $1}")
        .bind(sets::json(account_ids)?)
        .rows(connection)
}

/// The same, locked until the transaction ends: what moves one account's balance is decided one after the other.
///
/// With whether something was agreed with it by which it earns rebates: asked here, it costs nobody a statement.
pub fn lock_balance(tx: &mut Connection, account_id: AccountId) -> Result<(i64, i64, bool)> {
    let locked = || {
        sql(
            "SELECT b.committed_minor, b.receivable_minor, EXISTS (SELECT 1 FROM rebate_agreements g WHERE g.account_id = $1) \
             FROM ledger_balances b WHERE b.account_id = $1 {lock of b}",
        )
        .bind(account_id)
    };
    if let Some(balance) = locked().first(tx)? {
        return Ok(balance);
    }
    // The account's first order; a twin may have inserted the row in between.
    sql("INSERT INTO ledger_balances (account_id, committed_minor) VALUES ($1, 0) ON CONFLICT DO NOTHING")
        .bind(account_id)
        .run(tx)?;
    locked().one(tx)
}

/// Locks the balances of several accounts, in the order of their ids, so that two who lock several never wait in a circle.
pub fn lock_balances(tx: &mut Connection, account_ids: &[AccountId]) -> Result<()> {
    let ids = sets::json(account_ids)?;
    sql(
        "INSERT INTO ledger_balances (account_id, committed_minor) SELECT a.id, 0 FROM accounts a WHERE a.id {in ids $1} \
         ON CONFLICT DO NOTHING",
    )
    .bind(ids.clone())
    .run(tx)?;
    let _: Vec<AccountId> =
        sql("SELECT account_id FROM ledger_balances WHERE account_id {in ids $1} ORDER BY account_id {lock}")
            .bind(ids)
            .rows(tx)?;
    Ok(())
}

/// What is still committed for an order, minor units.
pub fn find_committed(connection: &mut Connection, order_id: OrderId) -> Result<i64> {
    sql("SELECT CAST(COALESCE(SUM(committed_minor), 0) AS BIGINT) FROM ledger_entries WHERE order_id = $1")
        .bind(order_id)
        .one(connection)
}

/// What invoices of an order come to.
pub fn find_billed(connection: &mut Connection, order_id: OrderId) -> Result<i64> {
    sql(
        "SELECT CAST(COALESCE(SUM(receivable_minor), 0) AS BIGINT) FROM ledger_entries WHERE order_id = $1 \
         AND kind = 'invoice'",
    )
    .bind(order_id)
    .one(connection)
}

/// One entry of the ledger. Amounts are minor units.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Whose.
    pub account_id: AccountId,
    pub kind: Kind,
    /// By how much the commitment changes.
    pub committed_minor: i64,
    /// By how much the debt changes.
    pub receivable_minor: i64,
    pub order_id: Option<OrderId>,
    /// The invoice it books.
    pub invoice_id: Option<InvoiceId>,
    /// The payment it books.
    pub payment_id: Option<PaymentId>,
    /// The credit note it books.
    pub credit_note_id: Option<CreditNoteId>,
    /// The reminder whose fee or interest it books.
    pub reminder_id: Option<ReminderId>,
    /// What was settled without money, that it books.
    pub write_off_id: Option<WriteOffId>,
    /// The refund it books.
    pub refund_id: Option<RefundId>,
    /// The day of the statement it stands under, for what changes the debt.
    pub booked_on: Option<NaiveDate>,
}

/// Appends the entry and moves the balance, which is locked already.
pub fn post(batch: &mut Batch, entry: Entry, now: Timestamp) {
    batch.add(
        sql(
            "INSERT INTO ledger_entries (id, account_id, kind, committed_minor, receivable_minor, order_id, \
             invoice_id, payment_id, credit_note_id, booked_on, posted_at, reminder_id, write_off_id, refund_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        )
        .bind(LedgerEntryId::new().0)
        .bind(entry.account_id)
        .bind(entry.kind)
        .bind(entry.committed_minor)
        .bind(entry.receivable_minor)
        .bind(entry.order_id.map(|id| id.0))
        .bind(entry.invoice_id.map(|id| id.0))
        .bind(entry.payment_id.map(|id| id.0))
        .bind(entry.credit_note_id.map(|id| id.0))
        .bind(entry.booked_on)
        .bind(now)
        .bind(entry.reminder_id.map(|id| id.0))
        .bind(entry.write_off_id.map(|id| id.0))
        .bind(entry.refund_id.map(|id| id.0)),
    );
    batch.add(
        sql("UPDATE ledger_balances SET committed_minor = committed_minor + $2, \
             receivable_minor = receivable_minor + $3 WHERE account_id = $1")
        .bind(entry.account_id)
        .bind(entry.committed_minor)
        .bind(entry.receivable_minor),
    );
}

row! {
    struct EntryRow into ledger_entries {
        id: LedgerEntryId,
        account_id: AccountId,
        kind: Kind,
        committed_minor: i64,
        receivable_minor: i64,
        order_id: Option<OrderId>,
        invoice_id: Option<InvoiceId>,
        payment_id: Option<PaymentId>,
        credit_note_id: Option<CreditNoteId>,
        reminder_id: Option<ReminderId>,
        write_off_id: Option<WriteOffId>,
        refund_id: Option<RefundId>,
        booked_on: Option<NaiveDate>,
        posted_at: Timestamp,
    }
}

/// Appends entries and moves the balances of their accounts, which are locked already.
pub fn post_all(batch: &mut Batch, entries: &[Entry], now: Timestamp) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let row = |entry: &Entry| EntryRow {
        id: LedgerEntryId::new(),
        account_id: entry.account_id,
        kind: entry.kind,
        committed_minor: entry.committed_minor,
        receivable_minor: entry.receivable_minor,
        order_id: entry.order_id,
        invoice_id: entry.invoice_id,
        payment_id: entry.payment_id,
        credit_note_id: entry.credit_note_id,
        reminder_id: entry.reminder_id,
        write_off_id: entry.write_off_id,
        refund_id: entry.refund_id,
        booked_on: entry.booked_on,
        posted_at: now,
    };
    batch.add(insertion(&entries.iter().map(row).collect::<Vec<_>>())?);
    let mut moved: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    let too_large = || Error::internal("entries come to more than a balance can hold");
    for entry in entries {
        let (committed, receivable) = moved.entry(entry.account_id.0).or_default();
        *committed = committed.checked_add(entry.committed_minor).ok_or_else(too_large)?;
        *receivable = receivable.checked_add(entry.receivable_minor).ok_or_else(too_large)?;
    }
    let moved: Vec<_> = moved
        .into_iter()
        .map(|(id, (committed, receivable))| (id, committed, receivable))
        .collect();
    batch.add(
        sql(
            "UPDATE ledger_balances SET committed_minor = committed_minor + d.committed, \
             receivable_minor = receivable_minor + d.receivable \
             FROM {tuples $1: id bigint, committed bigint, receivable bigint} d WHERE ledger_balances.account_id = d.id",
        )
        .bind(sets::json(&moved)?),
    );
    Ok(())
}
