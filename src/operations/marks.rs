//! When something was last done that leaves no other trace.

use crate::clock::Timestamp;
use crate::db::{Connection, select, sql};
use crate::error::Result;
use crate::row;

/// What marks are called.
pub const BACKUP: &str = "backup";

row! {
    /// That something was done.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Mark from "operation_marks" {
        pub done_at: Timestamp = "done_at",
        /// What of it is worth knowing.
        pub details: String = "details",
    }
}

/// When it was last done.
pub fn find(connection: &mut Connection, name: &str) -> Result<Option<Mark>> {
    select::<Mark>("WHERE name = $1").bind(name).first(connection)
}

/// Writes down that it was done.
pub fn set(tx: &mut Connection, name: &str, details: &str, now: Timestamp) -> Result<()> {
    sql(
        "INSERT INTO operation_marks (name, done_at, details) VALUES ($1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET done_at = excluded.done_at, details = excluded.details",
    )
    .bind(name)
    .bind(now)
    .bind(details)
    .run(tx)
    .map(drop)
}
