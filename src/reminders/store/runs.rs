//! Runs of reminders and what they propose.

use chrono::NaiveDate;

use crate::binds;
use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId, ReminderRunId};
use crate::money::Currency;
use crate::reminders::rules::{Excluded, RunState};
use crate::row;

row! {
    /// A run.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Run in reminder_runs {
        pub id: ReminderRunId,
        /// The day whose lateness counts.
        pub as_of: NaiveDate,
        pub state: RunState,
        pub created_at: Timestamp,
        pub created_by: String,
        /// When it was released or dropped.
        pub ended_at: Option<Timestamp>,
        pub ended_by: Option<String>,
    }
}

row! {
    /// What a run proposes for an account.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ProposalRow in reminder_proposals {
        pub run_id: ReminderRunId,
        pub account_id: AccountId,
        pub level: i32,
        pub overdue_minor: i64,
        pub on_account_minor: Option<i64>,
        pub excluded: Option<Excluded>,
        pub note: Option<String>,
    }
}

row! {
    /// The same for an invoice.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ItemRow in reminder_proposal_items {
        pub run_id: ReminderRunId,
        pub invoice_id: InvoiceId,
        pub account_id: AccountId,
        pub level: i32,
        pub overdue_days: i64,
        pub open_minor: i64,
        pub excluded: Option<Excluded>,
        pub note: Option<String>,
    }
}

row! {
    /// What a run proposes for an account, with whom it is about and what became of it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Proposal from "reminder_proposals p JOIN accounts a ON a.id = p.account_id \
        LEFT JOIN reminders r ON r.run_id = p.run_id AND r.account_id = p.account_id" {
        pub account_id: AccountId = "p.account_id",
        /// Code of the account.
        pub account: String = "a.code",
        pub account_name: String = "a.name",
        pub currency: Currency = "a.currency",
        pub level: i32 = "p.level",
        pub overdue_minor: i64 = "p.overdue_minor",
        /// What had settled no invoice as it was proposed, minor units.
        pub on_account_minor: Option<i64> = "p.on_account_minor",
        pub excluded: Option<Excluded> = "p.excluded",
        pub note: Option<String> = "p.note",
        /// Number of the reminder that was sent.
        pub reminder: Option<String> = "r.number",
    }
}

row! {
    /// What a run proposes for an invoice, with its number.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ProposedItem from "reminder_proposal_items p JOIN invoices i ON i.id = p.invoice_id" {
        pub account_id: AccountId = "p.account_id",
        pub invoice_id: InvoiceId = "p.invoice_id",
        pub number: String = "i.number",
        pub due_on: NaiveDate = "i.due_on",
        pub level: i32 = "p.level",
        pub overdue_days: i64 = "p.overdue_days",
        pub open_minor: i64 = "p.open_minor",
        pub excluded: Option<Excluded> = "p.excluded",
        pub note: Option<String> = "p.note",
    }
}

/// Stores a run with what it proposes.
pub fn insert(batch: &mut Batch, run: &Run, proposals: &[ProposalRow], items: &[ItemRow]) -> Result<()> {
    batch.add(insertion(std::slice::from_ref(run))?);
    batch.add(insertion(proposals)?);
    batch.add(insertion(items)?);
    Ok(())
}

pub fn find(connection: &mut Connection, id: ReminderRunId) -> Result<Option<Run>> {
    select::<Run>("WHERE id = $1").bind(id).first(connection)
}

/// The same, locked until the transaction ends: a run is decided on by one after the other.
pub fn lock(tx: &mut Connection, id: ReminderRunId) -> Result<Option<Run>> {
    select::<Run>("WHERE id = $1 {lock}").bind(id).first(tx)
}

/// A run of that day that was not dropped, or that was proposed by `by`, whatever became of it.
pub fn find_of_day(connection: &mut Connection, as_of: NaiveDate, by: &str) -> Result<Option<Run>> {
    select::<Run>("WHERE as_of = $1 AND (state <> {reminder_run_state dropped} OR created_by = $2) ORDER BY id LIMIT 1")
        .bind(as_of)
        .bind(by)
        .first(connection)
}

/// At most `limit` runs behind `after`, the newest first.
pub fn list(connection: &mut Connection, walk: Walk<ReminderRunId>, limit: i64) -> Result<Vec<Run>> {
    let seek = Seek::new(connection, "SELECT r.id FROM reminder_runs r");
    let ids: Vec<ReminderRunId> = seek
        .part(["r.id"], Way::Down, "r.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    select::<Run>("WHERE id {in ids $1} ORDER BY id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)
}

/// What a run proposes, by the accounts' codes.
pub fn list_proposals(connection: &mut Connection, id: ReminderRunId) -> Result<Vec<Proposal>> {
    select::<Proposal>("WHERE p.run_id = $1 ORDER BY a.code")
        .bind(id)
        .rows(connection)
}

/// The invoices of it, the one due first first.
pub fn list_items(connection: &mut Connection, id: ReminderRunId) -> Result<Vec<ProposedItem>> {
    select::<ProposedItem>("WHERE p.run_id = $1 ORDER BY p.account_id, i.due_on, p.invoice_id")
        .bind(id)
        .rows(connection)
}

/// Says what became of a run.
pub fn update_state(batch: &mut Batch, id: ReminderRunId, state: RunState, by: &str, now: Timestamp) {
    batch.add(
        sql("UPDATE reminder_runs SET state = $2, ended_at = $3, ended_by = $4 WHERE id = $1")
            .bind(id)
            .bind(state)
            .bind(now)
            .bind(by),
    );
}

/// Marks a run as changed, for those who follow the list.
pub fn touch(batch: &mut Batch, id: ReminderRunId) {
    batch.add(sql("UPDATE reminder_runs SET state = state WHERE id = $1").bind(id));
}

/// Says of accounts of a run why they are not reminded.
pub fn update_excluded(
    batch: &mut Batch,
    id: ReminderRunId,
    accounts: &[(AccountId, Excluded)],
    note: Option<&str>,
) -> Result<()> {
    let rows: Vec<_> = accounts.iter().map(|(id, because)| (*id, because.name())).collect();
    batch.add(
        sql(
            "UPDATE reminder_proposals SET excluded = d.because, note = COALESCE($3, note) \
             FROM {tuples $2: id bigint, because text} d \
             WHERE reminder_proposals.run_id = $1 AND reminder_proposals.account_id = d.id",
        )
        .bind(id)
        .bind(sets::json(&rows)?)
        .bind(note.map(str::to_owned)),
    );
    Ok(())
}

/// Says anew what a run proposes for an account.
pub fn update_proposal(batch: &mut Batch, row: &ProposalRow) {
    batch.add(
        sql(
            "UPDATE reminder_proposals SET level = $3, overdue_minor = $4, excluded = $5, on_account_minor = $6 \
             WHERE run_id = $1 AND account_id = $2",
        )
        .bind(row.run_id)
        .bind(row.account_id)
        .bind(i64::from(row.level))
        .bind(row.overdue_minor)
        .bind(row.excluded.map(|because| because.name().to_owned()))
        .bind(row.on_account_minor),
    );
}

/// Takes an invoice out of a run.
pub fn update_item_excluded(batch: &mut Batch, id: ReminderRunId, invoice_id: InvoiceId, note: &str) {
    batch.add(
        sql("UPDATE reminder_proposal_items SET excluded = 'taken_out', note = $3 WHERE run_id = $1 AND invoice_id = $2")
            .bind(id)
            .bind(invoice_id)
            .bind(note),
    );
}
