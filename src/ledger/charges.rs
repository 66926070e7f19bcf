//! What is left to pay of fees and interest of reminders. Rows change only while the account's balance is locked.

use chrono::NaiveDate;

use crate::clock::Timestamp;
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{self, AccountId, PaymentId, ReminderId};
use crate::row;

row! {
    /// What a reminder costs.
    #[derive(Debug, Clone, Copy)]
    pub struct Charge into open_charges {
        pub reminder_id: ReminderId,
        pub account_id: AccountId,
        pub charged_on: NaiveDate,
        /// Fee and interest, minor units; above zero.
        pub amount_minor: i64,
        /// What is left of it.
        pub open_minor: i64,
    }
}

row! {
    /// What is left of what a reminder costs.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct OpenCharge from "open_charges o JOIN reminders r ON r.id = o.reminder_id" {
        pub reminder_id: ReminderId = "o.reminder_id",
        pub account_id: AccountId = "o.account_id",
        /// Of the reminder.
        pub number: String = "r.number",
        /// Minor units; above zero.
        pub open_minor: i64 = "o.open_minor",
    }
}

row! {
    struct ApplicationRow into charge_applications {
        id: i64,
        payment_id: PaymentId,
        reminder_id: ReminderId,
        amount_minor: i64,
        applied_at: Timestamp,
    }
}

/// Opens what reminders cost.
pub fn open(batch: &mut Batch, charges: &[Charge]) -> Result<()> {
    if !charges.is_empty() {
        batch.add(insertion(charges)?);
    }
    Ok(())
}

/// What is open of an account, the oldest first.
pub fn list_open(connection: &mut Connection, account_id: AccountId) -> Result<Vec<OpenCharge>> {
    select::<OpenCharge>("WHERE o.account_id = $1 AND o.open_minor > 0 ORDER BY o.charged_on, o.reminder_id")
        .bind(account_id)
        .rows(connection)
}

/// The same of several accounts, of each the oldest first.
pub fn list_open_of(connection: &mut Connection, account_ids: &[AccountId]) -> Result<Vec<OpenCharge>> {
    select::<OpenCharge>(
        "WHERE o.account_id {in ids $1} AND o.open_minor > 0 ORDER BY o.account_id, o.charged_on, o.reminder_id",
    )
    .bind(sets::json(account_ids)?)
    .rows(connection)
}

/// What an account still owes of fees and interest, minor units.
pub fn sum_open(connection: &mut Connection, account_id: AccountId) -> Result<i64> {
    sql("SELECT CAST(COALESCE(SUM(open_minor), 0) AS BIGINT) FROM open_charges WHERE account_id = $1 AND open_minor > 0")
        .bind(account_id)
        .one(connection)
}

/// Settles what reminders cost by payments, or opens it again where the amount is negative: which payment, which reminder, how
/// much.
pub fn apply(batch: &mut Batch, parts: &[(PaymentId, ReminderId, i64)], now: Timestamp) -> Result<()> {
    if parts.is_empty() {
        return Ok(());
    }
    let row = |&(payment_id, reminder_id, amount_minor): &(PaymentId, ReminderId, i64)| ApplicationRow {
        id: ids::next(),
        payment_id,
        reminder_id,
        amount_minor,
        applied_at: now,
    };
    batch.add(insertion(&parts.iter().map(row).collect::<Vec<_>>())?);
    let parts: Vec<_> = parts.iter().map(|(_, id, minor)| (*id, *minor)).collect();
    // Several payments may settle parts of one.
    batch.add(
        sql(
            "UPDATE open_charges SET open_minor = open_minor - d.amount FROM (SELECT t.id AS id, CAST(SUM(t.amount) AS BIGINT) AS amount \
             FROM {tuples $1: id bigint, amount bigint} t GROUP BY t.id) d WHERE open_charges.reminder_id = d.id",
        )
        .bind(sets::json(&parts)?),
    );
    Ok(())
}

/// Nothing more of what a reminder costs is asked for, and payments settled nothing of it: which payment settled how much.
pub fn give_up(batch: &mut Batch, reminder_id: ReminderId, paid: &[(PaymentId, i64)], now: Timestamp) -> Result<()> {
    let row = |&(payment_id, minor): &(PaymentId, i64)| ApplicationRow {
        id: ids::next(),
        payment_id,
        reminder_id,
        amount_minor: -minor,
        applied_at: now,
    };
    if !paid.is_empty() {
        batch.add(insertion(&paid.iter().map(row).collect::<Vec<_>>())?);
    }
    // One change of the row: a batch that changes it twice would lose one.
    batch.add(sql("UPDATE open_charges SET open_minor = 0 WHERE reminder_id = $1").bind(reminder_id));
    Ok(())
}

/// What payments settled of what a reminder costs; what was taken back is left out.
pub fn list_payments(connection: &mut Connection, reminder_id: ReminderId) -> Result<Vec<(PaymentId, i64)>> {
    sql(
        "SELECT payment_id, CAST(SUM(amount_minor) AS BIGINT) FROM charge_applications WHERE reminder_id = $1 \
         GROUP BY payment_id HAVING SUM(amount_minor) <> 0 ORDER BY payment_id",
    )
    .bind(reminder_id)
    .rows(connection)
}

/// What a payment settled of which reminder's costs, with the reminders' numbers; what was taken back is left out.
pub fn list_applied(connection: &mut Connection, payment_id: PaymentId) -> Result<Vec<(ReminderId, String, i64)>> {
    sql(
        "SELECT a.reminder_id, r.number, CAST(SUM(a.amount_minor) AS BIGINT) FROM charge_applications a \
         JOIN reminders r ON r.id = a.reminder_id WHERE a.payment_id = $1 \
         GROUP BY a.reminder_id, r.number HAVING SUM(a.amount_minor) <> 0 ORDER BY a.reminder_id",
    )
    .bind(payment_id)
    .rows(connection)
}
