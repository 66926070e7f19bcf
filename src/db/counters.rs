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
