//! Reminders that were sent.

use chrono::NaiveDate;

use crate::binds;
use crate::clock::Timestamp;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId, ReminderId, ReminderRunId};
use crate::money::Currency;
use crate::row;

row! {
    /// A reminder as it is stored.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ReminderRow in reminders {
        pub id: ReminderId,
        pub account_id: AccountId,
        pub run_id: ReminderRunId,
        pub year: i32,
        pub sequence: i64,
        pub number: String,
        pub level: i32,
        pub sent_at: Timestamp,
        pub sent_on: NaiveDate,
        pub currency: Currency,
        pub overdue_minor: i64,
        pub not_due_minor: i64,
        pub fee_minor: i64,
        pub interest_minor: i64,
        pub on_account_minor: Option<i64>,
        pub text_en: Option<String>,
        pub text_de: Option<String>,
        pub sent_by: String,
    }
}

row! {
    /// A reminder with whom it went to and whether its costs were given up.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Reminder from "reminders r JOIN accounts a ON a.id = r.account_id \
        LEFT JOIN waived_reminders w ON w.reminder_id = r.id LEFT JOIN open_charges o ON o.reminder_id = r.id" {
        pub own: ReminderRow = "r.*",
        /// Code of the account.
        pub account: String = "a.code",
        pub account_name: String = "a.name",
        pub waived_at: Option<Timestamp> = "w.waived_at",
        pub waive_reason: Option<String> = "w.reason",
        /// What of fee and interest is to be paid still, minor units.
        pub charges_minor: i64 = "COALESCE(o.open_minor, 0)",
    }
}

row! {
    #[derive(Debug, Clone)]
    pub struct ItemRow in reminder_items {
        pub reminder_id: ReminderId,
        pub position: i32,
        pub invoice_id: InvoiceId,
        pub due_on: NaiveDate,
        pub overdue_days: i64,
        pub open_minor: i64,
        pub level: i32,
        pub interest_minor: i64,
    }
}

row! {
    /// An invoice that a reminder names; the level is 0 where it was not due yet, or late by too few days for the first one.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Item from "reminder_items r JOIN invoices i ON i.id = r.invoice_id" {
        pub invoice_id: InvoiceId = "r.invoice_id",
        pub number: String = "i.number",
        pub po_number: String = "i.po_number",
        pub issued_on: NaiveDate = "i.issued_on",
        pub due_on: NaiveDate = "r.due_on",
        pub overdue_days: i64 = "r.overdue_days",
        pub open_minor: i64 = "r.open_minor",
        pub level: i32 = "r.level",
        pub interest_minor: i64 = "r.interest_minor",
    }
}

/// The last of `count` numbers of a year. The row stays locked until the transaction ends, so numbers have no gap: take them
/// as late as possible.
pub fn next_sequences(tx: &mut Connection, year: i32, count: i64) -> Result<i64> {
    sql("INSERT INTO reminder_numbers (year, last) VALUES ($1, $2) \
         ON CONFLICT (year) DO UPDATE SET last = reminder_numbers.last + excluded.last RETURNING last")
    .bind(i64::from(year))
    .bind(count)
    .one(tx)
}

/// Stores reminders with what they name.
pub fn insert(batch: &mut Batch, reminders: &[ReminderRow], items: &[ItemRow]) -> Result<()> {
    batch.add(insertion(reminders)?);
    batch.add(insertion(items)?);
    Ok(())
}

/// At most `limit` reminders behind `after`, the newest first.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    account: Option<&str>,
    after: impl Into<Walk<ReminderId>>,
    limit: i64,
) -> Result<Vec<Reminder>> {
    let walk = after.into();
    // What SQLite walks; it keeps no statistics that would tell it.
    let index = match scope {
        _ if walk.among().is_some() => "",
        Scope::Account(_) => "{indexed reminders_of_account}",
        Scope::All if account.is_some() => "{indexed reminders_of_account}",
        Scope::All => "",
    };
    let mut seek = Seek::new(connection, &format!("SELECT r.id FROM reminders r {index}"));
    seek.and_if("r.account_id = $1", scope.account_id());
    seek.of_account("r.account_id", account);
    let ids: Vec<ReminderId> = seek
        .part(["r.id"], Way::Down, "r.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    select::<Reminder>("WHERE r.id {in ids $1} ORDER BY r.id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)
}

/// Whose reminder it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: ReminderId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM reminders WHERE id = $1")
        .bind(id)
        .first(connection)
}

pub fn find(connection: &mut Connection, account_id: AccountId, id: ReminderId) -> Result<Option<Reminder>> {
    select::<Reminder>("WHERE r.account_id = $1 AND r.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)
}

/// The invoices that a reminder names.
pub fn list_items(connection: &mut Connection, id: ReminderId) -> Result<Vec<Item>> {
    select::<Item>("WHERE r.reminder_id = $1 ORDER BY r.position")
        .bind(id)
        .rows(connection)
}

/// Gives up what a reminder costs.
pub fn insert_waived(batch: &mut Batch, (id, amount_minor): (ReminderId, i64), reason: &str, by: &str, now: Timestamp) {
    batch.add(
        sql("INSERT INTO waived_reminders (reminder_id, amount_minor, reason, waived_at, waived_by) VALUES ($1, $2, $3, $4, $5)")
            .bind(id)
            .bind(amount_minor)
            .bind(reason)
            .bind(now)
            .bind(by),
    );
}
