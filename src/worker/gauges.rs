//! What Prometheus is told of how things stand: looked at every few seconds, by nodes that have metrics served.

use std::path::PathBuf;
use std::time::Duration;

use actix_web::web::Data;

use super::Ended;
use crate::clock::{self, Timestamp};
use crate::db::{Connection, server};
use crate::error::Result;
use crate::identity::key_keeping;
use crate::measures::{self, moment};
use crate::operations::marks;
use crate::operations::nodes::{self, Node};
use crate::operations::queues::{self, Queue};
use crate::state::AppState;

/// How often.
const INTERVAL: Duration = Duration::from_secs(15);

/// What the database says.
struct Looked {
    queues: Vec<Queue>,
    nodes: Vec<Node>,
    backup: Option<Timestamp>,
    key: Option<Timestamp>,
    /// What its clock says and ours said.
    clocks: Option<(Timestamp, Timestamp)>,
}

fn look(connection: &mut Connection, now: Timestamp) -> Result<Looked> {
    Ok(Looked {
        queues: queues::list(connection, now)?,
        nodes: nodes::list(connection, now)?,
        backup: marks::find(connection, marks::BACKUP)?.map(|mark| mark.done_at),
        key: key_keeping::signs_since(connection)?,
        clocks: server::clock(connection)?.map(|theirs| (theirs, clock::real())),
    })
}

/// Looks until the process is asked to end.
pub async fn run(state: Data<AppState>, data_dir: PathBuf, mut ended: Ended) {
    let engine = match state.db.engine() {
        crate::db::Engine::Postgres => "postgresql",
        crate::db::Engine::Sqlite => "sqlite",
    };
    let version = env!("CARGO_PKG_VERSION");
    metrics::gauge!(measures::INFO, "version" => version, "engine" => engine).set(1.0);
    metrics::gauge!(measures::STARTED).set(moment(clock::real()));
    while !*ended.borrow_and_update() {
        of_process();
        of_disk(&data_dir);
        let (open, idle) = state.db.connections();
        metrics::gauge!(measures::CONNECTIONS, "state" => "idle").set(f64::from(idle));
        metrics::gauge!(measures::CONNECTIONS, "state" => "busy").set(f64::from(open.saturating_sub(idle)));
        if state.readiness.is_ready() {
            match state.db.read(|connection| look(connection, clock::real())).await {
                Ok(looked) => tell(&looked, clock::real()),
                Err(error) => tracing::warn!(%error, "queues could not be looked at; it is tried again"),
            }
        }
        tokio::select! {
            () = tokio::time::sleep(INTERVAL) => {}
            _ = ended.changed() => {}
        }
    }
}

/// Larger numbers than these are told as this.
fn number(count: i64) -> f64 {
    f64::from(i32::try_from(count).unwrap_or(i32::MAX))
}

fn tell(looked: &Looked, now: Timestamp) {
    for queue in &looked.queues {
        let gauge = |name, value| metrics::gauge!(name, "queue" => queue.name).set(value);
        gauge(measures::QUEUE_WAITING, number(queue.waiting));
        gauge(measures::QUEUE_AGE, number(queue.age_s(now)));
        gauge(measures::QUEUE_PARKED, number(queue.parked));
        gauge(measures::QUEUE_LEASES, number(queue.leases));
        gauge(measures::LEASE_AGE, number(queue.overdue_s(now)));
    }
    let mut versions: Vec<&str> = looked.nodes.iter().map(|node| node.version.as_str()).collect();
    versions.push(env!("CARGO_PKG_VERSION"));
    versions.sort_unstable();
    versions.dedup();
    for version in versions {
        for (works, told) in [(true, "yes"), (false, "no")] {
            let those = looked
                .nodes
                .iter()
                .filter(|node| node.version == version && node.works == works);
            let count = number(i64::try_from(those.count()).unwrap_or(i64::MAX));
            metrics::gauge!(measures::NODES, "version" => version.to_owned(), "works" => told).set(count);
        }
    }
    metrics::gauge!(measures::BACKUP).set(looked.backup.map_or(0.0, moment));
    if let Some(since) = looked.key {
        metrics::gauge!(measures::KEY_AGE).set(number((now - since).num_seconds()));
    }
    if let Some((theirs, ours)) = looked.clocks {
        let ahead_ms = i32::try_from((ours - theirs).num_milliseconds()).unwrap_or(i32::MAX);
        metrics::gauge!(measures::CLOCK_SKEW).set(f64::from(ahead_ms) / 1_000.0);
    }
    metrics::gauge!(measures::LOOKED_AT).set(moment(now));
}

fn of_disk(folder: &std::path::Path) {
    #[cfg(target_os = "linux")]
    if let Ok(disk) = rustix::fs::statvfs(folder) {
        let bytes = |blocks: u64| {
            // Whole mebibytes are near enough, and an exact number of them fits.
            let mebibytes = blocks.saturating_mul(disk.f_frsize) / 1_048_576;
            f64::from(u32::try_from(mebibytes).unwrap_or(u32::MAX)) * 1_048_576.0
        };
        metrics::gauge!(measures::DISK_FREE, "of" => "data").set(bytes(disk.f_bavail));
        metrics::gauge!(measures::DISK_SIZE, "of" => "data").set(bytes(disk.f_blocks));
    }
}

/// What the system knows of this process.
fn of_process() {
    let text = |name: &str| std::fs::read_to_string(format!("/proc/self/{name}")).unwrap_or_default();
    let value = |text: &str, key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key))?;
        line.split_whitespace().next()?.parse::<u32>().ok()
    };
    if let Some(kibibytes) = value(&text("status"), "VmRSS:") {
        metrics::gauge!(measures::MEMORY).set(f64::from(kibibytes) * 1_024.0);
    }
    if let Some(files) = value(&text("limits").replace("Max open files", "files:"), "files:") {
        metrics::gauge!(measures::FILES_MAX).set(f64::from(files));
    }
    if let Ok(files) = std::fs::read_dir("/proc/self/fd") {
        metrics::gauge!(measures::FILES).set(f64::from(u32::try_from(files.count()).unwrap_or(u32::MAX)));
    }
    #[cfg(target_os = "linux")]
    if let Ok(spent) = Duration::try_from(rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime)) {
        metrics::counter!(measures::CPU).absolute(spent.as_secs());
    }
}
