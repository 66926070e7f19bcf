//! Numbers that are given out one transaction after the other.

use super::{Connection, sql};
use crate::error::Result;

/// What a counter stands at, locked until the transaction ends: the next one to lock it sees everything that was
/// committed before.
pub fn lock(tx: &mut Connection, name: &str) -> Result<i64> {
    sql("SELECT value FROM counters WHERE name = $1 {lock}")
        .bind(name)
        .one(tx)
}

/// Moves a counter that is locked.
pub fn update(tx: &mut Connection, name: &str, value: i64) -> Result<()> {
    sql("UPDATE counters SET value = $2 WHERE name = $1")
        .bind(name)
        .bind(value)
        .run(tx)?;
    Ok(())
}

/// Things that are numbered one after the other: on PostgreSQL by a sequence, so that none waits for another's commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbered {
    Order,
    Shipment,
}

pub fn next_number(tx: &mut Connection, of: Numbered) -> Result<i64> {
    let name = match of {
        Numbered::Order => "order_number",
        Numbered::Shipment => "shipment_number",
    };
    sql(
        "{sqlite: UPDATE counters SET value = value + 1 WHERE name = $1 RETURNING value}\
         {postgres: SELECT nextval(CAST($1 || 's' AS regclass))}",
    )
    .bind(name)
    .one(tx)
}
