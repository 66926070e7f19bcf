//! Accounts under one parent trade in its currency and stand one below the other once; what they owe together is the sum of what
//! each of them does.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Every group that is none, or whose exposure is not that of its accounts.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(String, String)> = sql(
        "SELECT a.code, p.code FROM account_credits c JOIN accounts a ON a.id = c.account_id \
         JOIN accounts p ON p.id = c.parent_id WHERE a.currency <> p.currency OR EXISTS \
         (SELECT 1 FROM account_credits o WHERE o.account_id = c.parent_id AND o.parent_id IS NOT NULL) ORDER BY a.code",
    )
    .rows(connection)?;
    let breach = |(account, parent): (String, String)| Breach {
        check: "accounts stand under one parent of their currency",
        object: format!("account {account}"),
        detail: format!("it stands below {parent}, which has another currency or a parent itself"),
    };
    let mut breaches: Vec<_> = rows.into_iter().map(breach).collect();
    breaches.extend(exposures(connection)?);
    Ok(breaches)
}

/// Derives what groups owe and have committed from entries, and compares it with the balances that orders are held against.
fn exposures(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(String, i64, i64)> = sql(
        "SELECT p.code, CAST(COALESCE(SUM(b.held), 0) AS BIGINT), CAST(COALESCE(SUM(e.posted), 0) AS BIGINT) \
         FROM (SELECT c.parent_id AS root, c.account_id AS account_id FROM account_credits c WHERE c.parent_id IS NOT NULL \
         UNION SELECT c.parent_id, c.parent_id FROM account_credits c WHERE c.parent_id IS NOT NULL) m \
         JOIN accounts p ON p.id = m.root \
         LEFT JOIN (SELECT account_id, committed_minor + receivable_minor AS held FROM ledger_balances) b \
         ON b.account_id = m.account_id \
         LEFT JOIN (SELECT account_id, SUM(committed_minor + receivable_minor) AS posted FROM ledger_entries \
         GROUP BY account_id) e ON e.account_id = m.account_id \
         GROUP BY p.code HAVING COALESCE(SUM(b.held), 0) <> COALESCE(SUM(e.posted), 0) ORDER BY p.code",
    )
    .rows(connection)?;
    let breach = |(account, held, posted): (String, i64, i64)| {
        Breach::differs(
            "a group owes what its accounts do",
            format!("group of {account}"),
            held,
            posted,
        )
    };
    Ok(rows.into_iter().map(breach).collect())
}
