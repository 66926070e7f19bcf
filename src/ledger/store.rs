//! Balances and the entries they are the sum of.

use diesel::sql_types::BigInt;

use crate::clock::Timestamp;
use crate::db::{Batch, Connection, Statement, sql};
use crate::error::Result;
use crate::ids::{AccountId, LedgerEntryId, OrderId};

/// What the account has committed, minor units; `None` before its first order.
pub fn find_balance(connection: &mut Connection, account_id: AccountId) -> Result<Option<i64>> {
    sql::<BigInt>("SELECT committed_minor FROM ledger_balances WHERE account_id = $1")
        .bind(account_id)
        .first(connection)
}

/// The same, locked until the transaction ends: orders of one account are decided one after the other.
pub fn lock_balance(tx: &mut Connection, account_id: AccountId) -> Result<i64> {
    let locked = || {
        Statement::<BigInt>::per_engine(
            "SELECT committed_minor FROM ledger_balances WHERE account_id = $1",
            "SELECT committed_minor FROM ledger_balances WHERE account_id = $1 FOR NO KEY UPDATE",
        )
        .bind(account_id)
    };
    if let Some(balance) = locked().first(tx)? {
        return Ok(balance);
    }
    // The account's first order; a twin may have inserted the row in between.
    sql("INSERT INTO ledger_balances (account_id, committed_minor) VALUES ($1, 0) ON CONFLICT DO NOTHING")
        .bind(account_id)
        .run(tx)?;
    locked().one(tx)
}

/// One entry of the ledger.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Whose.
    pub account_id: AccountId,
    /// `order_committed`, `order_released`.
    pub kind: &'static str,
    /// By how much the commitment changes, minor units.
    pub committed_minor: i64,
    /// The order it is for.
    pub order_id: OrderId,
}

/// Appends the entry and moves the balance, which is locked already.
pub fn post(batch: &mut Batch, entry: Entry, now: Timestamp) {
    batch.add(
        sql(
            "INSERT INTO ledger_entries (id, account_id, kind, committed_minor, order_id, posted_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(LedgerEntryId::new().0)
        .bind(entry.account_id)
        .bind(entry.kind)
        .bind(entry.committed_minor)
        .bind(entry.order_id)
        .bind(now),
    );
    batch.add(
        sql("UPDATE ledger_balances SET committed_minor = committed_minor + $2 WHERE account_id = $1")
            .bind(entry.account_id)
            .bind(entry.committed_minor),
    );
}
