//! Balances and the entries they are the sum of.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::clock::Timestamp;
use crate::db::schema::{ledger_balances, ledger_entries};
use crate::db::{Connection, Statement, sql};
use crate::error::{Error, Result};
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

/// Appends the entry and moves the balance; the balance is locked already.
pub fn post(tx: &mut Connection, entry: Entry, now: Timestamp) -> Result<()> {
    diesel::insert_into(ledger_entries::table)
        .values((
            ledger_entries::id.eq(LedgerEntryId::new()),
            ledger_entries::account_id.eq(entry.account_id),
            ledger_entries::kind.eq(entry.kind),
            ledger_entries::committed_minor.eq(entry.committed_minor),
            ledger_entries::order_id.eq(entry.order_id),
            ledger_entries::posted_at.eq(now),
        ))
        .execute(tx)?;
    let moved = diesel::update(ledger_balances::table.find(entry.account_id))
        .set(ledger_balances::committed_minor.eq(ledger_balances::committed_minor + entry.committed_minor))
        .execute(tx)?;
    match moved {
        1 => Ok(()),
        _ => Err(Error::internal(format!("{} has no balance", entry.account_id))),
    }
}
