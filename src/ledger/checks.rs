//! An account's balance is the sum of its entries; what reminders cost is paid by what settled it.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Every balance that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(String, i64, i64, i64, i64)> = sql(
        "SELECT a.code, CAST(COALESCE(b.committed_minor, 0) AS BIGINT), CAST(COALESCE(e.committed, 0) AS BIGINT), \
         CAST(COALESCE(b.receivable_minor, 0) AS BIGINT), CAST(COALESCE(e.receivable, 0) AS BIGINT) \
         FROM accounts a LEFT JOIN ledger_balances b ON b.account_id = a.id \
         LEFT JOIN (SELECT account_id, SUM(committed_minor) AS committed, SUM(receivable_minor) AS receivable \
         FROM ledger_entries GROUP BY account_id) e ON e.account_id = a.id \
         WHERE COALESCE(b.committed_minor, 0) <> COALESCE(e.committed, 0) \
         OR COALESCE(b.receivable_minor, 0) <> COALESCE(e.receivable, 0) ORDER BY a.code",
    )
    .rows(connection)?;
    let breach = |(account, committed, posted, receivable, booked): (String, i64, i64, i64, i64)| {
        Breach::differs(
            "a balance is the sum of its entries",
            format!("account {account}"),
            format!("{committed} committed, {receivable} owed"),
            format!("{posted} committed, {booked} owed"),
        )
    };
    let mut breaches: Vec<_> = rows.into_iter().map(breach).collect();
    breaches.extend(charges(connection)?);
    Ok(breaches)
}

/// Every charge of a reminder that is not what the reminder costs less what payments settled.
fn charges(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(String, i64, i64, i64, i64)> = sql(
        "SELECT number, amount, costs, open, due FROM (SELECT r.number AS number, \
         CAST(COALESCE(o.amount_minor, 0) AS BIGINT) AS amount, r.fee_minor + r.interest_minor AS costs, \
         CAST(COALESCE(o.open_minor, 0) AS BIGINT) AS open, CAST(CASE WHEN w.reminder_id IS NULL \
         THEN r.fee_minor + r.interest_minor ELSE 0 END - COALESCE(p.paid, 0) AS BIGINT) AS due FROM reminders r \
         LEFT JOIN open_charges o ON o.reminder_id = r.id LEFT JOIN waived_reminders w ON w.reminder_id = r.id \
         LEFT JOIN (SELECT reminder_id, SUM(amount_minor) AS paid FROM charge_applications GROUP BY reminder_id) p \
         ON p.reminder_id = r.id) q WHERE amount <> costs OR open <> due ORDER BY number",
    )
    .rows(connection)?;
    let breach = |(number, amount, costs, open, due): (String, i64, i64, i64, i64)| {
        Breach::differs(
            "what a reminder costs is open until it is paid or given up",
            format!("reminder {number}"),
            format!("{open} of {amount} open"),
            format!("{due} of {costs} open"),
        )
    };
    Ok(rows.into_iter().map(breach).collect())
}
