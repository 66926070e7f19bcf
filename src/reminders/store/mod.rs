//! What is set for accounts that owe, what is disputed and promised.

pub mod disputes;
pub mod keeping;
pub mod runs;
pub mod sent;
pub mod tiers;

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::clock::Timestamp;
use crate::db::{Connection, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId, ReminderPolicyId};
use crate::money::Currency;
use crate::row;

/// The accounts of which something was due before `day` and is open.
pub fn list_late(connection: &mut Connection, day: NaiveDate) -> Result<Vec<AccountId>> {
    sql("SELECT DISTINCT account_id FROM open_items WHERE open_minor > 0 AND due_on < $1 ORDER BY account_id")
        .bind(day)
        .rows(connection)
}

/// Until when which of these accounts' invoices are promised.
pub fn promised(connection: &mut Connection, account_ids: &[AccountId]) -> Result<HashMap<InvoiceId, NaiveDate>> {
    let rows: Vec<(InvoiceId, NaiveDate)> = sql("SELECT i.invoice_id, MAX(p.promised_on) FROM payment_promises p \
         JOIN promised_invoices i ON i.promise_id = p.id WHERE p.account_id {in ids $1} GROUP BY i.invoice_id")
    .bind(sets::json(account_ids)?)
    .rows(connection)?;
    Ok(rows.into_iter().collect())
}

row! {
    /// What is set for an account that owes.
    #[derive(Debug, Clone)]
    pub struct DebtorRow {
        pub account_id: AccountId,
        pub currency: Currency,
        pub closed_at: Option<Timestamp>,
        pub excluded: Option<String>,
        pub policy_id: Option<ReminderPolicyId>,
        /// People who get reminders.
        pub members: i64,
        pub contacts: i64,
        /// Of payments and of credit notes, what settled no invoice.
        pub paid_minor: i64,
        pub credited_minor: i64,
        pub held_since: Option<Timestamp>,
        pub told_on: Option<NaiveDate>,
        pub told_at: Option<Timestamp>,
        pub stopped_until: Option<NaiveDate>,
    }
}

/// What is set for these accounts.
pub fn list_debtors(connection: &mut Connection, account_ids: &[AccountId]) -> Result<Vec<DebtorRow>> {
    sql(
        "SELECT a.id, a.currency, a.closed_at, r.excluded, COALESCE(r.policy_id, g.policy_id, t.policy_id, s.default_policy_id), \
         (SELECT COUNT(*) FROM people p WHERE p.account_id = a.id AND p.ended_at IS NULL AND NOT EXISTS \
         (SELECT 1 FROM muted_mails m WHERE m.person_id = p.id AND m.kind = 'reminder')), \
         (SELECT COUNT(*) FROM contacts c WHERE c.account_id = a.id AND c.email IS NOT NULL \
         AND {position}(c.mails, 'reminder') > 0), \
         (SELECT CAST(COALESCE(SUM(p.unapplied_minor), 0) AS BIGINT) FROM payments p WHERE p.account_id = a.id \
         AND p.reversed_at IS NULL), \
         (SELECT CAST(COALESCE(SUM(o.open_minor), 0) AS BIGINT) FROM open_credits o WHERE o.account_id = a.id), \
         r.held_since, r.hold_told_on, r.hold_told_at, r.hold_stopped_until FROM accounts a \
         LEFT JOIN account_reminders r ON r.account_id = a.id LEFT JOIN reminder_settings s ON s.id = 1 \
         LEFT JOIN account_credits k ON k.account_id = a.id LEFT JOIN account_reminders g ON g.account_id = k.parent_id \
         LEFT JOIN reminder_tiers t ON t.tier = a.tier \
         WHERE a.id {in ids $1} ORDER BY a.id",
    )
    .bind(sets::json(account_ids)?)
    .rows(connection)
}
