//! An account's balance is the sum of its entries.

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
    Ok(rows.into_iter().map(breach).collect())
}
