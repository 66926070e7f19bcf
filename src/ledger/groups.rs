//! Exposure of accounts that stand under one parent. Whoever adds to it on a group's limit has locked the balances of all its
//! accounts, so that two of them never use the same last of it.

use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::AccountId;

/// What an account and its whole group have committed and owe, minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exposures {
    pub own: i64,
    pub group: i64,
}

/// Both of an account whose group stands under `root`, which may be the account itself: one statement.
pub fn find(connection: &mut Connection, account_id: AccountId, root: AccountId) -> Result<Exposures> {
    let (own, group) = sql(
        "SELECT CAST(COALESCE(SUM(CASE WHEN b.account_id = $2 THEN b.committed_minor + b.receivable_minor ELSE 0 END), 0) \
         AS BIGINT), CAST(COALESCE(SUM(b.committed_minor + b.receivable_minor), 0) AS BIGINT) FROM ledger_balances b \
         WHERE b.account_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT c.account_id FROM account_credits c \
         WHERE c.parent_id = $1)",
    )
    .bind(root)
    .bind(account_id)
    .one(connection)?;
    Ok(Exposures { own, group })
}

/// The same, with the balances of all accounts of the group locked until the transaction ends, in the order of their ids.
pub fn lock(tx: &mut Connection, account_id: AccountId, root: AccountId) -> Result<Exposures> {
    let locked = |tx: &mut Connection| -> Result<Vec<AccountId>> {
        sql(
            "SELECT b.account_id FROM ledger_balances b WHERE b.account_id IN (SELECT CAST($1 AS BIGINT) UNION ALL \
             SELECT c.account_id FROM account_credits c WHERE c.parent_id = $1) ORDER BY b.account_id {lock}",
        )
        .bind(root)
        .rows(tx)
    };
    if !locked(tx)?.contains(&account_id) {
        // The account's first order. All of the group get their rows, so that twins of it wait for each other.
        sql(
            "INSERT INTO ledger_balances (account_id, committed_minor) SELECT a.id, 0 FROM accounts a WHERE a.id = $1 \
             OR a.id IN (SELECT c.account_id FROM account_credits c WHERE c.parent_id = $1) ORDER BY a.id \
             ON CONFLICT DO NOTHING",
        )
        .bind(root)
        .run(tx)?;
        locked(tx)?;
    }
    // Asked for once more: an account of the group may have got its first order while this waited for the locks.
    find(tx, account_id, root)
}
