//! Policies, what is set for accounts, and promises.

use chrono::NaiveDate;

use crate::binds;
use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::violations::is_unique_violation;
use crate::db::{Batch, Connection, insertion, select, selection, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, InvoiceId, PromiseId, ReminderPolicyId};
use crate::money::Currency;
use crate::reminders::rules::Automatic;
use crate::reminders::rules::policy::{Level, Policy};
use crate::row;

row! {
    struct PolicyRow in reminder_policies {
        id: ReminderPolicyId,
        code: String,
        name: String,
        currency: Currency,
        smallest_minor: i64,
        levels: String,
        hold_level: Option<i32>,
        hold_days: Option<i32>,
    }
}

impl PolicyRow {
    fn of(policy: &Policy) -> Result<Self> {
        Ok(Self {
            id: policy.id,
            code: policy.code.clone(),
            name: policy.name.clone(),
            currency: policy.currency,
            smallest_minor: policy.smallest_minor,
            levels: serde_json::to_string(&policy.levels).map_err(Error::internal)?,
            hold_level: policy.hold_level,
            hold_days: policy.hold_days,
        })
    }
}

fn policy(row: PolicyRow) -> Result<Policy> {
    let levels: Vec<Level> = serde_json::from_str(&row.levels).map_err(Error::internal)?;
    Ok(Policy {
        id: row.id,
        code: row.code,
        name: row.name,
        currency: row.currency,
        smallest_minor: row.smallest_minor,
        levels,
        hold_level: row.hold_level,
        hold_days: row.hold_days,
    })
}

/// At most `limit` policies by code, those behind `after`.
pub fn list_policies(connection: &mut Connection, walk: Walk<String>, limit: i64) -> Result<Vec<Policy>> {
    let seek = Seek::new(connection, &selection::<PolicyRow>());
    let rows: Vec<PolicyRow> = seek
        .part(["code"], Way::Up, "id", walk.map(|code| binds![code]), limit)?
        .rows(connection)?;
    rows.into_iter().map(policy).collect()
}

pub fn find_policy(connection: &mut Connection, id: ReminderPolicyId) -> Result<Option<Policy>> {
    let found = select::<PolicyRow>("WHERE id = $1").bind(id).first(connection)?;
    found.map(policy).transpose()
}

/// The same, locked until the transaction ends.
pub fn lock_policy(tx: &mut Connection, id: ReminderPolicyId) -> Result<Option<Policy>> {
    let found = select::<PolicyRow>("WHERE id = $1 {lock}").bind(id).first(tx)?;
    found.map(policy).transpose()
}

pub fn find_policy_by_code(connection: &mut Connection, code: &str) -> Result<Option<Policy>> {
    let found = select::<PolicyRow>("WHERE code = $1").bind(code).first(connection)?;
    found.map(policy).transpose()
}

/// Stores a new policy; false where there is one with its code.
pub fn insert_policy(tx: &mut Connection, policy: &Policy) -> Result<bool> {
    let inserted = insertion(&[PolicyRow::of(policy)?])?.run(tx);
    match inserted {
        Err(error) if is_unique_violation(&error, "reminder_policies_code", &["code"]) => Ok(false),
        inserted => inserted.map(|_| true),
    }
}

/// Stores a policy as it is now; its code stays.
pub fn update_policy(batch: &mut Batch, policy: &Policy) -> Result<()> {
    let row = PolicyRow::of(policy)?;
    batch.add(
        sql(
            "UPDATE reminder_policies SET name = $2, currency = $3, smallest_minor = $4, levels = $5, hold_level = $6, \
             hold_days = $7 WHERE id = $1",
        )
        .bind(row.id)
        .bind(row.name)
        .bind(row.currency.code())
        .bind(row.smallest_minor)
        .bind(row.levels)
        .bind(row.hold_level.map(i64::from))
        .bind(row.hold_days.map(i64::from)),
    );
    Ok(())
}

/// Stores policies, new ones or in the place of those with their codes: JSON rows.
pub fn put_policies(tx: &mut Connection, rows: &str) -> Result<()> {
    sql(
        "INSERT INTO reminder_policies (id, code, name, currency, smallest_minor, levels, hold_level, hold_days) \
         SELECT r.id, r.code, r.name, r.currency, r.smallest_minor, r.levels, r.hold_level, r.hold_days \
         FROM {rows $1: id bigint, code text, name text, currency text, smallest_minor bigint, levels text, \
         hold_level integer, hold_days integer} r WHERE true ON CONFLICT (code) DO UPDATE SET name = excluded.name, \
         currency = excluded.currency, smallest_minor = excluded.smallest_minor, levels = excluded.levels, \
         hold_level = excluded.hold_level, hold_days = excluded.hold_days",
    )
    .bind(rows)
    .run(tx)
    .map(drop)
}

/// Sets policies and exclusions of accounts: JSON rows with what each of them brings.
pub fn put_of_accounts(tx: &mut Connection, rows: &str) -> Result<()> {
    sql(
        "INSERT INTO account_reminders (account_id, policy_id, excluded) SELECT r.account_id, r.policy_id, r.excluded \
         FROM {rows $1: account_id bigint, policy_id bigint, excluded text} r WHERE true \
         ON CONFLICT (account_id) DO UPDATE SET policy_id = excluded.policy_id, excluded = excluded.excluded",
    )
    .bind(rows)
    .run(tx)
    .map(drop)
}

/// The code of the house's policy, and what the worker does by itself.
pub fn find_settings(connection: &mut Connection) -> Result<(Option<String>, Automatic)> {
    sql("SELECT p.code, s.automatic FROM reminder_settings s \
         LEFT JOIN reminder_policies p ON p.id = s.default_policy_id WHERE s.id = 1")
    .one(connection)
}

/// Locks what is set until the transaction ends: two workers propose no run of the same day.
pub fn lock_settings(tx: &mut Connection) -> Result<()> {
    let _: i64 = sql("SELECT id FROM reminder_settings WHERE id = 1 {lock}").one(tx)?;
    Ok(())
}

pub fn update_settings(batch: &mut Batch, default: Option<ReminderPolicyId>, automatic: Automatic) {
    batch.add(
        sql("UPDATE reminder_settings SET default_policy_id = $1, automatic = $2 WHERE id = 1")
            .bind(default.map(|id| id.0))
            .bind(automatic),
    );
}

row! {
    /// What is set for an account.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct AccountSettings {
        /// Code of its own policy.
        pub policy: Option<String>,
        /// Why it is never reminded.
        pub excluded: Option<String>,
        /// Its new orders are held since.
        pub held_since: Option<Timestamp>,
        /// When the key account manager was told that they will be.
        pub told_on: Option<NaiveDate>,
        /// The last day on which they are not, whatever it owes.
        pub stopped_until: Option<NaiveDate>,
        /// Why not.
        pub stop_reason: Option<String>,
    }
}

/// What is set for an account.
pub fn find_of_account(connection: &mut Connection, account_id: AccountId) -> Result<AccountSettings> {
    sql(
        "SELECT p.code, r.excluded, r.held_since, r.hold_told_on, r.hold_stopped_until, r.hold_stop_reason \
         FROM accounts a LEFT JOIN account_reminders r ON r.account_id = a.id \
         LEFT JOIN reminder_policies p ON p.id = r.policy_id WHERE a.id = $1",
    )
    .bind(account_id)
    .one(connection)
}

/// Locks what is set for an account until the transaction ends.
pub fn lock_of_account(tx: &mut Connection, account_id: AccountId) -> Result<()> {
    sql("INSERT INTO account_reminders (account_id) VALUES ($1) ON CONFLICT DO NOTHING")
        .bind(account_id)
        .run(tx)?;
    let _: AccountId = sql("SELECT account_id FROM account_reminders WHERE account_id = $1 {lock}")
        .bind(account_id)
        .one(tx)?;
    Ok(())
}

/// Sets policy and exclusion of an account.
pub fn update_of_account(
    batch: &mut Batch,
    account_id: AccountId,
    policy_id: Option<ReminderPolicyId>,
    excluded: Option<&str>,
) {
    batch.add(
        sql("UPDATE account_reminders SET policy_id = $2, excluded = $3 WHERE account_id = $1")
            .bind(account_id)
            .bind(policy_id.map(|id| id.0))
            .bind(excluded.map(str::to_owned)),
    );
}

/// Keeps the orders of an account from being held until a day.
pub fn update_stopped(batch: &mut Batch, account_id: AccountId, until: NaiveDate, reason: &str) {
    batch.add(
        sql("UPDATE account_reminders SET hold_stopped_until = $2, hold_stop_reason = $3 WHERE account_id = $1")
            .bind(account_id)
            .bind(until)
            .bind(reason),
    );
}

/// Says when somebody was told that the orders of an account will be held.
pub fn update_told(batch: &mut Batch, account_id: AccountId, (on, at): (NaiveDate, Timestamp)) {
    batch.add(
        sql("UPDATE account_reminders SET hold_told_on = $2, hold_told_at = $3 WHERE account_id = $1")
            .bind(account_id)
            .bind(on)
            .bind(at),
    );
}

/// Says since when the orders of an account are held; from nothing on, nobody was told that they will be.
pub fn update_held(batch: &mut Batch, account_id: AccountId, held_since: Option<Timestamp>) {
    batch.add(match held_since {
        Some(since) => sql("UPDATE account_reminders SET held_since = $2 WHERE account_id = $1")
            .bind(account_id)
            .bind(since),
        None => sql(
            "UPDATE account_reminders SET held_since = NULL, hold_told_on = NULL, hold_told_at = NULL \
             WHERE account_id = $1",
        )
        .bind(account_id),
    });
}

/// Accounts whose orders are held, or of which somebody was told that they will be.
pub fn list_holding(connection: &mut Connection) -> Result<Vec<AccountId>> {
    sql(
        "SELECT account_id FROM account_reminders WHERE held_since IS NOT NULL OR hold_told_on IS NOT NULL \
         ORDER BY account_id",
    )
    .rows(connection)
}

row! {
    /// A promise to pay.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Promise from "payment_promises p JOIN accounts a ON a.id = p.account_id" {
        pub id: PromiseId = "p.id",
        pub account_id: AccountId = "p.account_id",
        /// Code of the account.
        pub account: String = "a.code",
        pub currency: Currency = "a.currency",
        pub promised_on: NaiveDate = "p.promised_on",
        pub note: Option<String> = "p.note",
        pub recorded_at: Timestamp = "p.recorded_at",
        pub recorded_by: String = "p.recorded_by",
        /// What of its invoices is open, minor units.
        pub open_minor: i64 = "(SELECT CAST(COALESCE(SUM(o.open_minor), 0) AS BIGINT) FROM promised_invoices i \
            JOIN open_items o ON o.invoice_id = i.invoice_id WHERE i.promise_id = p.id)",
        /// Their ids, as JSON.
        pub invoices: Option<String> = "(SELECT {json i.invoice_id} FROM promised_invoices i WHERE i.promise_id = p.id)",
    }
}

row! {
    struct PromiseRow<'a> into payment_promises {
        id: PromiseId,
        account_id: AccountId,
        promised_on: NaiveDate,
        note: Option<&'a str>,
        recorded_at: Timestamp,
        recorded_by: &'a str,
    }
}

row! {
    struct PromisedRow into promised_invoices {
        promise_id: PromiseId,
        invoice_id: InvoiceId,
    }
}

/// Stores a promise to pay these invoices.
pub fn insert_promise(batch: &mut Batch, promise: &Promise, invoice_ids: &[InvoiceId]) -> Result<()> {
    batch.add(insertion(&[PromiseRow {
        id: promise.id,
        account_id: promise.account_id,
        promised_on: promise.promised_on,
        note: promise.note.as_deref(),
        recorded_at: promise.recorded_at,
        recorded_by: &promise.recorded_by,
    }])?);
    let row = |invoice_id: &InvoiceId| PromisedRow {
        promise_id: promise.id,
        invoice_id: *invoice_id,
    };
    batch.add(insertion(&invoice_ids.iter().map(row).collect::<Vec<_>>())?);
    Ok(())
}

pub fn find_promise(connection: &mut Connection, id: PromiseId) -> Result<Option<Promise>> {
    select::<Promise>("WHERE p.id = $1").bind(id).first(connection)
}

/// At most `limit` promises behind `after`, the newest first.
pub fn list_promises(
    connection: &mut Connection,
    account: Option<&str>,
    walk: Walk<PromiseId>,
    limit: i64,
) -> Result<Vec<Promise>> {
    let mut seek = Seek::new(connection, "SELECT p.id FROM payment_promises p");
    seek.of_account("p.account_id", account);
    let ids: Vec<PromiseId> = seek
        .part(["p.id"], Way::Down, "p.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    select::<Promise>("WHERE p.id {in ids $1} ORDER BY p.id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)
}
