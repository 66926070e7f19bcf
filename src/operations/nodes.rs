//! Processes that serve or work tell every few seconds that they live, so that an operator sees who is there and of which version.

use chrono::TimeDelta;

use crate::clock::Timestamp;
use crate::db::{Connection, insert, select, sql};
use crate::error::Result;
use crate::ids::NodeId;
use crate::names::names;
use crate::row;

/// Who has not told for longer is gone.
pub const LIVES_FOR: TimeDelta = TimeDelta::seconds(60);

names! {
    /// What a process was started for.
    pub enum Role as NodeRole {
        /// It answers requests.
        Serve = "serve",
        /// It only sends and keeps house.
        Work = "work",
    }
}

/// This process.
#[derive(Debug, Clone)]
pub struct Process {
    pub id: NodeId,
    role: Role,
    /// It has a worker.
    works: bool,
    host: String,
}

row! {
    struct NodeRow<'a> into nodes {
        id: NodeId,
        role: Role,
        works: bool,
        version: &'a str,
        host: &'a str,
        pid: i64,
        started_at: Timestamp,
        beat_at: Timestamp,
    }
}

row! {
    /// A process that told that it lives.
    #[derive(Debug, Clone)]
    pub struct Node from "nodes" {
        pub id: NodeId = "id",
        pub role: Role = "role",
        pub works: bool = "works",
        pub version: String = "version",
        pub host: String = "host",
        pub pid: i64 = "pid",
        pub started_at: Timestamp = "started_at",
        pub beat_at: Timestamp = "beat_at",
    }
}

impl Process {
    /// This one.
    pub fn new(role: Role, works: bool) -> Self {
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        Self {
            id: NodeId::new(),
            role,
            works,
            host: host.trim().to_owned(),
        }
    }
}

/// Tells that this process lives; true where that was known before.
pub fn beat(tx: &mut Connection, process: &Process, now: Timestamp) -> Result<()> {
    let known = sql("UPDATE nodes SET beat_at = $2 WHERE id = $1")
        .bind(process.id)
        .bind(now)
        .run(tx)?;
    if known > 0 {
        return Ok(());
    }
    let row = NodeRow {
        id: process.id,
        role: process.role,
        works: process.works,
        version: env!("CARGO_PKG_VERSION"),
        host: &process.host,
        pid: i64::from(std::process::id()),
        started_at: now,
        beat_at: now,
    };
    insert(tx, &[row])
}

/// This process ends.
pub fn leave(tx: &mut Connection, id: NodeId) -> Result<()> {
    sql("DELETE FROM nodes WHERE id = $1").bind(id).run(tx).map(drop)
}

/// Those that live, the first that started first.
pub fn list(connection: &mut Connection, now: Timestamp) -> Result<Vec<Node>> {
    select::<Node>("WHERE beat_at > $1 ORDER BY id")
        .bind(now - LIVES_FOR)
        .rows(connection)
}

/// Forgets up to `rows_max` that have not told since `before`.
pub fn delete(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql("DELETE FROM nodes WHERE id IN (SELECT id FROM nodes WHERE beat_at < $1 ORDER BY beat_at LIMIT $2)")
        .bind(before)
        .bind(rows_max)
        .run(tx)
}
