//! What is left to pay of each invoice. Rows change only while the account's balance is locked.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::clock::Timestamp;
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{self, AccountId, CreditNoteId, InvoiceId, OrderId, PaymentId};
use crate::money::Currency;
use crate::row;

row! {
    /// What is left of an invoice.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct OpenItem from "open_items o JOIN invoices i ON i.id = o.invoice_id" {
        pub invoice_id: InvoiceId = "o.invoice_id",
        pub number: String = "i.number",
        pub issued_on: NaiveDate = "i.issued_on",
        pub due_on: NaiveDate = "o.due_on",
        /// What it came to, minor units.
        pub gross_minor: i64 = "i.gross_minor",
        /// What is left, minor units; above zero.
        pub open_minor: i64 = "o.open_minor",
        /// The level of the last reminder of it; 0 before the first.
        pub reminder_level: i32 = "o.reminder_level",
        /// The day on which it was last asked for at a new level.
        pub reminded_on: Option<NaiveDate> = "o.reminded_on",
        /// The day up to which interest of it was booked.
        pub interest_until: Option<NaiveDate> = "o.interest_until",
    }
}

row! {
    struct OwnedItem from "open_items o JOIN invoices i ON i.id = o.invoice_id" {
        account_id: AccountId = "o.account_id",
        item: OpenItem = "*",
    }
}

/// Opens an item for a new invoice.
pub fn open(
    batch: &mut Batch,
    account_id: AccountId,
    order_id: OrderId,
    invoice_id: InvoiceId,
    due_on: NaiveDate,
    minor: i64,
) {
    batch.add(
        sql(
            "INSERT INTO open_items (invoice_id, account_id, order_id, due_on, open_minor) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(invoice_id)
        .bind(account_id)
        .bind(order_id)
        .bind(due_on)
        .bind(minor),
    );
}

/// The account's open items, the one due first first.
pub fn list_open(connection: &mut Connection, account_id: AccountId) -> Result<Vec<OpenItem>> {
    select::<OpenItem>("WHERE o.account_id = $1 AND o.open_minor > 0 ORDER BY o.due_on, o.invoice_id")
        .bind(account_id)
        .rows(connection)
}

row! {
    /// What is left of an invoice, and whose it is.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Known from "open_items o JOIN invoices i ON i.id = o.invoice_id JOIN accounts a ON a.id = o.account_id" {
        pub invoice_id: InvoiceId = "o.invoice_id",
        pub number: String = "i.number",
        pub account_id: AccountId = "o.account_id",
        /// That account's code.
        pub account: String = "a.code",
        pub currency: Currency = "i.currency",
        /// Minor units; zero where it is paid.
        pub open_minor: i64 = "o.open_minor",
    }
}

/// These invoices, whosever they are; for what has looked at whose already.
pub fn list_by_id(connection: &mut Connection, ids: &[InvoiceId]) -> Result<Vec<Known>> {
    select::<Known>("WHERE o.invoice_id {in ids $1} ORDER BY o.invoice_id")
        .bind(sets::json(ids)?)
        .rows(connection)
}

/// The invoices with these numbers; for staff.
pub fn list_by_number(connection: &mut Connection, numbers: &[String]) -> Result<Vec<Known>> {
    select::<Known>("WHERE i.number {in texts $1} ORDER BY o.invoice_id")
        .bind(sets::json(numbers)?)
        .rows(connection)
}

/// What is open of these accounts, the first due first; for staff.
pub fn list_known_of(connection: &mut Connection, account_ids: &[AccountId]) -> Result<Vec<Known>> {
    select::<Known>("WHERE o.account_id {in ids $1} AND o.open_minor > 0 ORDER BY o.due_on, o.invoice_id")
        .bind(sets::json(account_ids)?)
        .rows(connection)
}

/// What is open with one of these amounts, in minor units, at most so many; for staff.
pub fn list_open_with(connection: &mut Connection, amounts: &[i64], limit: i64) -> Result<Vec<Known>> {
    select::<Known>("WHERE o.open_minor {in ids $1} AND o.open_minor > 0 ORDER BY o.due_on, o.invoice_id LIMIT $2")
        .bind(sets::json(amounts)?)
        .bind(limit)
        .rows(connection)
}

/// The open items of these accounts, of each the one due first first.
pub fn list_open_of(connection: &mut Connection, account_ids: &[AccountId]) -> Result<Vec<(AccountId, OpenItem)>> {
    let rows: Vec<OwnedItem> = select::<OwnedItem>(
        "WHERE o.account_id {in ids $1} AND o.open_minor > 0 ORDER BY o.account_id, o.due_on, o.invoice_id",
    )
    .bind(sets::json(account_ids)?)
    .rows(connection)?;
    Ok(rows.into_iter().map(|row| (row.account_id, row.item)).collect())
}

/// What of these accounts' invoices was due before `today` and is not paid, minor units; nothing of those that owe nothing.
pub fn overdue(
    connection: &mut Connection,
    account_ids: &[AccountId],
    today: NaiveDate,
) -> Result<HashMap<AccountId, i64>> {
    let rows: Vec<(AccountId, i64)> = sql(
        "SELECT account_id, CAST(SUM(open_minor) AS BIGINT) FROM open_items WHERE account_id {in ids $1} AND \
         open_minor > 0 AND due_on < $2 GROUP BY account_id",
    )
    .bind(sets::json(account_ids)?)
    .bind(today)
    .rows(connection)?;
    Ok(rows.into_iter().collect())
}

row! {
    /// What an account owes on invoices.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Owing {
        /// Code of the account.
        pub account: String,
        /// What it is called.
        pub name: String,
        /// Of the account.
        pub currency: Currency,
        /// Invoices that are open.
        pub invoices: i64,
        /// What is left of them, minor units.
        pub open_minor: i64,
        /// The day the oldest is due.
        pub due_on: NaiveDate,
    }
}

/// Accounts with open invoices, the one whose oldest is due first first; for staff.
pub fn list_owing(connection: &mut Connection, limit: i64) -> Result<Vec<Owing>> {
    sql(
        "SELECT a.code, a.name, a.currency, COUNT(*), CAST(SUM(o.open_minor) AS BIGINT), MIN(o.due_on) \
         FROM open_items o JOIN accounts a ON a.id = o.account_id WHERE o.open_minor > 0 \
         GROUP BY a.code, a.name, a.currency ORDER BY MIN(o.due_on), a.code LIMIT $1",
    )
    .bind(limit)
    .rows(connection)
}

/// What is overdue on a day: how many invoices, and the sum of what is left by currency.
pub fn sum_overdue(connection: &mut Connection, today: NaiveDate) -> Result<Vec<(String, i64, i64)>> {
    sql(
        "SELECT a.currency, COUNT(*), CAST(SUM(o.open_minor) AS BIGINT) FROM open_items o \
         JOIN accounts a ON a.id = o.account_id WHERE o.open_minor > 0 AND o.due_on < $1 \
         GROUP BY a.currency ORDER BY a.currency",
    )
    .bind(today)
    .rows(connection)
}

/// What an account has open: how many invoices and how much, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub open: (i64, i64),
    /// What of it is late.
    pub overdue: (i64, i64),
    /// What of it is due today or soon.
    pub due_soon: (i64, i64),
}

/// What the account has open on the day `today`; soon is until `soon`, that day included.
pub fn sums(connection: &mut Connection, account_id: AccountId, today: NaiveDate, soon: NaiveDate) -> Result<Sums> {
    let (open, overdue, due_soon) = sql("SELECT COUNT(*), CAST(COALESCE(SUM(open_minor), 0) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN due_on < $2 THEN 1 ELSE 0 END), 0) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN due_on < $2 THEN open_minor ELSE 0 END), 0) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN due_on >= $2 AND due_on <= $3 THEN 1 ELSE 0 END), 0) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN due_on >= $2 AND due_on <= $3 THEN open_minor ELSE 0 END), 0) AS BIGINT) \
         FROM open_items WHERE account_id = $1 AND open_minor > 0")
    .bind(account_id)
    .bind(today)
    .bind(soon)
    .one(connection)?;
    Ok(Sums {
        open,
        overdue,
        due_soon,
    })
}

row! {
    struct ApplicationRow into payment_applications {
        id: i64,
        payment_id: PaymentId,
        invoice_id: InvoiceId,
        amount_minor: i64,
        applied_at: Timestamp,
    }
}

row! {
    struct CreditApplicationRow into credit_applications {
        id: i64,
        credit_note_id: CreditNoteId,
        invoice_id: InvoiceId,
        amount_minor: i64,
        applied_at: Timestamp,
    }
}

/// Settles invoices by a payment, or opens them again where the amount is negative. Each invoice once.
pub fn apply(batch: &mut Batch, payment_id: PaymentId, amounts: &[(InvoiceId, i64)], now: Timestamp) -> Result<()> {
    if amounts.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = amounts
        .iter()
        .map(|(invoice_id, amount_minor)| ApplicationRow {
            id: ids::next(),
            payment_id,
            invoice_id: *invoice_id,
            amount_minor: *amount_minor,
            applied_at: now,
        })
        .collect();
    batch.add(insertion(&rows)?);
    settle(batch, amounts)
}

/// Settles invoices by several payments: which payment, which invoice, how much.
pub fn apply_all(batch: &mut Batch, parts: &[(PaymentId, InvoiceId, i64)], now: Timestamp) -> Result<()> {
    if parts.is_empty() {
        return Ok(());
    }
    let row = |&(payment_id, invoice_id, amount_minor): &(PaymentId, InvoiceId, i64)| ApplicationRow {
        id: ids::next(),
        payment_id,
        invoice_id,
        amount_minor,
        applied_at: now,
    };
    batch.add(insertion(&parts.iter().map(row).collect::<Vec<_>>())?);
    settle_sums(batch, parts.iter().map(|&(_, invoice_id, minor)| (invoice_id, minor)))
}

/// Settles invoices by a credit note. Each invoice once.
pub fn apply_credit<'a>(
    batch: &mut Batch,
    credit_note_id: CreditNoteId,
    amounts: impl Iterator<Item = &'a (InvoiceId, i64)>,
    now: Timestamp,
) -> Result<()> {
    let part = |&(invoice_id, minor): &(InvoiceId, i64)| (credit_note_id, invoice_id, minor);
    apply_credits(batch, &amounts.map(part).collect::<Vec<_>>(), now)
}

/// Settles invoices by several credit notes: which credit note, which invoice, how much.
pub fn apply_credits(batch: &mut Batch, parts: &[(CreditNoteId, InvoiceId, i64)], now: Timestamp) -> Result<()> {
    if parts.is_empty() {
        return Ok(());
    }
    let row = |&(credit_note_id, invoice_id, amount_minor): &(CreditNoteId, InvoiceId, i64)| CreditApplicationRow {
        id: ids::next(),
        credit_note_id,
        invoice_id,
        amount_minor,
        applied_at: now,
    };
    batch.add(insertion(&parts.iter().map(row).collect::<Vec<_>>())?);
    settle_sums(batch, parts.iter().map(|&(_, invoice_id, minor)| (invoice_id, minor)))
}

/// Settles invoices without money, or opens them again where the amount is negative.
pub fn write_off(batch: &mut Batch, parts: impl Iterator<Item = (InvoiceId, i64)>) -> Result<()> {
    settle_sums(batch, parts)
}

/// An invoice that a reminder asks for.
#[derive(Debug, Clone, Copy)]
pub struct Reminded {
    pub invoice_id: InvoiceId,
    /// Its level by this reminder.
    pub level: i32,
    /// It has reached the level by it.
    pub is_new: bool,
    /// Interest of it was booked.
    pub has_interest: bool,
}

/// Says that these invoices were asked for on a day, with interest until another. One statement: the changes of a batch see each
/// row as it was before all of them, so two of the same row would lose one.
pub fn remind(batch: &mut Batch, items: &[Reminded], (sent_on, interest_until): (NaiveDate, NaiveDate)) -> Result<()> {
    let row = |item: &Reminded| {
        let (is_new, has_interest) = (i64::from(item.is_new), i64::from(item.has_interest));
        (item.invoice_id, i64::from(item.level), is_new, has_interest)
    };
    let rows: Vec<_> = items.iter().map(row).collect();
    batch.add(
        sql("UPDATE open_items SET \
             reminder_level = CASE WHEN d.is_new = 1 THEN d.level ELSE open_items.reminder_level END, \
             reminded_on = CASE WHEN d.is_new = 1 THEN $2 ELSE open_items.reminded_on END, \
             interest_until = CASE WHEN d.has_interest = 1 THEN $3 ELSE open_items.interest_until END \
             FROM {tuples $1: id bigint, level bigint, is_new bigint, has_interest bigint} d \
             WHERE open_items.invoice_id = d.id")
        .bind(sets::json(&rows)?)
        .bind(sent_on)
        .bind(interest_until),
    );
    Ok(())
}

/// Takes off what is left of invoices what several parts come to: each invoice once, however many parts it takes.
fn settle_sums(batch: &mut Batch, parts: impl Iterator<Item = (InvoiceId, i64)>) -> Result<()> {
    let mut amounts: HashMap<InvoiceId, i64> = HashMap::new();
    for (invoice_id, minor) in parts {
        *amounts.entry(invoice_id).or_default() += minor;
    }
    settle(batch, &amounts.into_iter().collect::<Vec<_>>())
}

/// Takes so much off what is left of these invoices.
fn settle(batch: &mut Batch, amounts: &[(InvoiceId, i64)]) -> Result<()> {
    let change = sql(
        "UPDATE open_items SET open_minor = open_minor - d.amount FROM {tuples $1: id bigint, amount bigint} d \
         WHERE open_items.invoice_id = d.id",
    )
    .bind(sets::json(amounts)?);
    batch.add(change);
    Ok(())
}

/// What a payment settled of which invoice, with the invoices' numbers; what was taken back is left out.
pub fn list_applied(connection: &mut Connection, payment_id: PaymentId) -> Result<Vec<(InvoiceId, String, i64)>> {
    sql(
        "SELECT a.invoice_id, i.number, CAST(SUM(a.amount_minor) AS BIGINT) FROM payment_applications a \
         JOIN invoices i ON i.id = a.invoice_id WHERE a.payment_id = $1 \
         GROUP BY a.invoice_id, i.number HAVING SUM(a.amount_minor) <> 0 ORDER BY a.invoice_id",
    )
    .bind(payment_id)
    .rows(connection)
}
