//! What an account has committed and owes; credit is decided here. Entries are only ever added: a correction is a new
//! one, and a balance is the sum of its entries.

pub mod charges;
pub mod checks;
pub mod groups;
pub mod open_items;
pub mod rules;
mod store;

use std::collections::HashMap;

use chrono::NaiveDate;

use self::rules::Kind;
use self::store::Entry;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::Result;
use crate::ids::{AccountId, CreditNoteId, InvoiceId, OrderId, PaymentId, RefundId, ReminderId, WriteOffId};

pub use self::store::{find_billed, find_committed, lock_balances};

/// What counts against the account's credit limit, minor units: open invoices less unapplied payments, and the gross of
/// its orders from placed to delivered that is not invoiced yet.
pub fn exposure(connection: &mut Connection, account_id: AccountId) -> Result<i64> {
    let (committed, receivable) = store::find_balance(connection, account_id)?.unwrap_or_default();
    Ok(committed.saturating_add(receivable))
}

/// [`exposure`] of several accounts; one without an entry owes nothing.
pub fn exposures(connection: &mut Connection, account_ids: &[AccountId]) -> Result<HashMap<AccountId, i64>> {
    Ok(store::list_balances(connection, account_ids)?.into_iter().collect())
}

/// [`exposure`], locked until the transaction ends.
pub fn lock_exposure(tx: &mut Connection, account_id: AccountId) -> Result<i64> {
    let (committed, receivable, _) = store::lock_balance(tx, account_id)?;
    Ok(committed.saturating_add(receivable))
}

/// The same for whoever changes what was invoiced or settled: true where the account earns rebates.
pub fn lock_earning(tx: &mut Connection, account_id: AccountId) -> Result<bool> {
    store::lock_balance(tx, account_id).map(|(_, _, earns)| earns)
}

/// Locks the exposures of several accounts until the transaction ends, in the order of their ids.
pub fn lock_all(tx: &mut Connection, account_ids: &[AccountId]) -> Result<()> {
    store::lock_balances(tx, account_ids)
}

/// What the account owes, minor units: open invoices less unapplied payments.
pub fn receivable(connection: &mut Connection, account_id: AccountId) -> Result<i64> {
    Ok(store::find_balance(connection, account_id)?.unwrap_or_default().1)
}

/// An entry that moves nothing yet.
fn entry(account_id: AccountId, kind: Kind) -> Entry {
    Entry {
        account_id,
        kind,
        committed_minor: 0,
        receivable_minor: 0,
        order_id: None,
        invoice_id: None,
        payment_id: None,
        credit_note_id: None,
        reminder_id: None,
        write_off_id: None,
        refund_id: None,
        booked_on: None,
    }
}

/// An order was placed: its gross is committed. The account's exposure is locked already.
pub fn commit(batch: &mut Batch, account_id: AccountId, order_id: OrderId, minor: i64, now: Timestamp) {
    let entry = Entry {
        committed_minor: minor,
        order_id: Some(order_id),
        ..entry(account_id, Kind::OrderCommitted)
    };
    store::post(batch, entry, now);
}

/// An order left the queue: its gross is free again. The account's exposure is locked already.
pub fn release(batch: &mut Batch, account_id: AccountId, order_id: OrderId, minor: i64, now: Timestamp) {
    let entry = Entry {
        committed_minor: -minor,
        order_id: Some(order_id),
        ..entry(account_id, Kind::OrderReleased)
    };
    store::post(batch, entry, now);
}

/// An invoice as the ledger books it.
#[derive(Debug, Clone, Copy)]
pub struct Invoiced {
    /// Whose.
    pub account_id: AccountId,
    /// The order it bills.
    pub order_id: OrderId,
    pub invoice_id: InvoiceId,
    /// What it comes to, minor units.
    pub gross_minor: i64,
    /// What of the order's commitment it takes the place of, minor units.
    pub released_minor: i64,
    pub issued_on: NaiveDate,
}

/// An invoice was issued: what was committed is owed. The account's exposure is locked already.
pub fn invoice(batch: &mut Batch, invoiced: Invoiced, now: Timestamp) {
    let entry = Entry {
        committed_minor: -invoiced.released_minor,
        receivable_minor: invoiced.gross_minor,
        order_id: Some(invoiced.order_id),
        invoice_id: Some(invoiced.invoice_id),
        booked_on: Some(invoiced.issued_on),
        ..entry(invoiced.account_id, Kind::Invoice)
    };
    store::post(batch, entry, now);
}

/// A credit note was issued: so much less is owed, as of that day. The account's exposure is locked already.
pub fn credit(
    batch: &mut Batch,
    account_id: AccountId,
    credit_note_id: CreditNoteId,
    (gross_minor, issued_on): (i64, NaiveDate),
    now: Timestamp,
) {
    let entry = Entry {
        receivable_minor: -gross_minor,
        credit_note_id: Some(credit_note_id),
        booked_on: Some(issued_on),
        ..entry(account_id, Kind::CreditNote)
    };
    store::post(batch, entry, now);
}

/// Money as the ledger books it.
#[derive(Debug, Clone, Copy)]
pub struct Paid {
    /// From whom.
    pub account_id: AccountId,
    pub payment_id: PaymentId,
    /// How much, minor units.
    pub minor: i64,
    /// When it was received, or taken back.
    pub on: NaiveDate,
}

/// Money was received. The account's exposure is locked already.
pub fn pay(batch: &mut Batch, paid: Paid, now: Timestamp) {
    let entry = Entry {
        receivable_minor: -paid.minor,
        payment_id: Some(paid.payment_id),
        booked_on: Some(paid.on),
        ..entry(paid.account_id, Kind::Payment)
    };
    store::post(batch, entry, now);
}

/// Money was received, from several accounts or often from one. Their exposures are locked already.
pub fn pay_all(batch: &mut Batch, paid: &[Paid], now: Timestamp) -> Result<()> {
    let entry = |paid: &Paid| Entry {
        receivable_minor: -paid.minor,
        payment_id: Some(paid.payment_id),
        booked_on: Some(paid.on),
        ..entry(paid.account_id, Kind::Payment)
    };
    store::post_all(batch, &paid.iter().map(entry).collect::<Vec<_>>(), now)
}

/// A payment turned out not to be one. The account's exposure is locked already.
pub fn reverse(batch: &mut Batch, paid: Paid, now: Timestamp) {
    let entry = Entry {
        receivable_minor: paid.minor,
        payment_id: Some(paid.payment_id),
        booked_on: Some(paid.on),
        ..entry(paid.account_id, Kind::PaymentReversal)
    };
    store::post(batch, entry, now);
}

/// What a reminder costs, as the ledger books it.
#[derive(Debug, Clone, Copy)]
pub struct Charged {
    /// Whose.
    pub account_id: AccountId,
    pub reminder_id: ReminderId,
    /// Fee, interest, or that both were given up.
    pub kind: Kind,
    /// By how much more is owed, minor units; below zero where it was given up.
    pub minor: i64,
    pub on: NaiveDate,
}

/// Reminders cost something, or no more. The accounts' exposure is locked already.
pub fn charge_all(batch: &mut Batch, charged: &[Charged], now: Timestamp) -> Result<()> {
    let entry = |charged: &Charged| Entry {
        receivable_minor: charged.minor,
        reminder_id: Some(charged.reminder_id),
        booked_on: Some(charged.on),
        ..entry(charged.account_id, charged.kind)
    };
    store::post_all(batch, &charged.iter().map(entry).collect::<Vec<_>>(), now)
}

/// What is settled without money, or owed again, as the ledger books it.
#[derive(Debug, Clone, Copy)]
pub struct WrittenOff {
    /// Whose.
    pub account_id: AccountId,
    pub write_off_id: WriteOffId,
    /// What it was, or that it is owed again.
    pub kind: Kind,
    /// By how much more is owed, minor units; below zero where it is given up.
    pub minor: i64,
    pub on: NaiveDate,
}

/// Something was settled without money, or is owed again. The accounts' exposures are locked already.
pub fn write_off_all(batch: &mut Batch, written: &[WrittenOff], now: Timestamp) -> Result<()> {
    let entry = |written: &WrittenOff| Entry {
        receivable_minor: written.minor,
        write_off_id: Some(written.write_off_id),
        booked_on: Some(written.on),
        ..entry(written.account_id, written.kind)
    };
    store::post_all(batch, &written.iter().map(entry).collect::<Vec<_>>(), now)
}

/// Money was paid back, or did not leave after all where `minor` is below zero. The account's exposure is locked already.
pub fn refund(
    batch: &mut Batch,
    account_id: AccountId,
    refund_id: RefundId,
    (kind, minor, on): (Kind, i64, NaiveDate),
    now: Timestamp,
) {
    let entry = Entry {
        receivable_minor: minor,
        refund_id: Some(refund_id),
        booked_on: Some(on),
        ..entry(account_id, kind)
    };
    store::post(batch, entry, now);
}
