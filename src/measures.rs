//! What the program measures: one table of names, units and meanings, which the exporter describes and `docs/metrics.md` tells.
//! Names stay: a chart that somebody drew goes on. Nothing is counted where no exporter listens.

use std::time::{Duration, Instant};

use metrics::Unit;

/// How something is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It only grows.
    Counter,
    /// It is now.
    Gauge,
    /// How often it was how much.
    Histogram,
}

impl Kind {
    /// As Prometheus calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// Something that is measured.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    pub name: &'static str,
    pub kind: Kind,
    /// What it is counted in; nothing for numbers of things.
    pub unit: Option<Unit>,
    pub labels: &'static [&'static str],
    pub help: &'static str,
}

macro_rules! measures {
    ($($konst:ident $name:literal $kind:ident $unit:ident [$($label:literal),*] $help:literal;)*) => {
        $(
            #[doc = $help]
            pub const $konst: &str = $name;
        )*

        /// All of them, in the order they are told.
        pub const ALL: &[Measure] = &[$(Measure {
            name: $name,
            kind: Kind::$kind,
            unit: measures!(@unit $unit),
            labels: &[$($label),*],
            help: $help,
        }),*];
    };
    (@unit none) => { None };
    (@unit s) => { Some(Unit::Seconds) };
    (@unit bytes) => { Some(Unit::Bytes) };
}

measures! {
    HTTP_SECONDS "http_request_duration_seconds" Histogram s ["method", "route", "status"] "Time to answer a request, by operation and status";
    HTTP_THROTTLED "http_requests_throttled_total" Counter none [] "Requests refused because their sender sent too many";
    SIGN_INS "sign_ins_total" Counter none ["outcome"] "Sign-ins by password: succeeded, code_needed or failed";
    SIGN_IN_REFUSED "sign_in_attempts_throttled_total" Counter none ["how"] "Passwords, codes and secrets that were refused after too many failures, or answered slowly: refused or slowed";
    POOL_WAIT "db_pool_wait_seconds" Histogram s ["access"] "Time that work waited for a thread of the database: read or write";
    CONNECTION_WAIT "db_connection_wait_seconds" Histogram s [] "Time that a thread waited for a connection";
    CONNECTIONS "db_connections" Gauge none ["state"] "Connections of this node: idle or busy";
    WRITER_WAIT "db_writer_wait_seconds" Histogram s [] "Time that a write waited for the one writer of SQLite";
    GROUP_WRITES "db_group_commit_writes" Histogram none [] "Writes that shared one commit of SQLite";
    WRITE_LOCK "db_write_lock_seconds" Histogram s [] "Time that a group of writes held the lock of SQLite, its commit included";
    TRANSACTION "db_transaction_seconds" Histogram s [] "Time from the begin to the end of a writing transaction of PostgreSQL";
    RETRIES "db_retries_total" Counter none ["cause"] "Transactions that were run again: collision or connection_lost";
    ALLOCATION "allocation_duration_seconds" Histogram s ["cause"] "Time that serving waiting lines from free stock took";
    MAILS_SENT "mails_sent_total" Counter none ["kind"] "Mails sent";
    MAILS_FAILED "mails_failed_total" Counter none ["kind"] "Attempts to send a mail that failed";
    MAILS_PARKED "mails_parked_total" Counter none ["kind"] "Mails given up";
    WEBHOOKS_DELIVERED "webhooks_delivered_total" Counter none [] "Webhooks that an endpoint took";
    WEBHOOKS_FAILED "webhooks_failed_total" Counter none [] "Attempts to send a webhook that failed";
    WEBHOOKS_PARKED "webhooks_parked_total" Counter none [] "Webhooks given up";
    WEBHOOK_SECONDS "webhook_attempt_seconds" Histogram s [] "Time that an attempt to send a webhook took";
    WORKER_RUNS "worker_runs_total" Counter none ["task", "outcome"] "Turns of the worker's tasks: ok or failed";
    WORKER_SUCCESS "worker_last_success_timestamp_seconds" Gauge s ["task"] "When a task of this process's worker last went well";
    QUEUE_WAITING "queue_waiting" Gauge none ["queue"] "What waits in a queue and is due";
    QUEUE_AGE "queue_oldest_due_seconds" Gauge s ["queue"] "How long the oldest of what is due has been due";
    QUEUE_PARKED "queue_parked" Gauge none ["queue"] "What was given up and waits for somebody";
    QUEUE_LEASES "queue_leases" Gauge none ["queue"] "What workers hold now";
    LEASE_AGE "queue_lease_overdue_seconds" Gauge s ["queue"] "How long the oldest lease is over that nobody gave back or took";
    NODES "nodes" Gauge none ["version", "works"] "Processes that told within a minute that they live; works: yes or no";
    CLOCK_SKEW "clock_skew_seconds" Gauge s [] "How far this machine's clock is ahead of the database's";
    KEY_AGE "signing_key_age_seconds" Gauge s [] "Age of the key that signs tokens";
    BACKUP "backup_last_success_timestamp_seconds" Gauge s [] "When the last backup that is known ended; 0 where none is";
    DISK_FREE "disk_free_bytes" Gauge bytes ["of"] "Room that is left where the data folder is";
    DISK_SIZE "disk_size_bytes" Gauge bytes ["of"] "Size of the disk where the data folder is";
    LOOKED_AT "gauges_last_success_timestamp_seconds" Gauge s [] "When the database was last looked at for queues, nodes and backups";
    TRACES_SENT "traces_spans_total" Counter none ["outcome"] "Spans for the collector of traces: sent, failed or dropped";
    INFO "portal_info" Gauge none ["version", "engine"] "1, with the version of the program and the engine of its database";
    MEMORY "process_resident_memory_bytes" Gauge bytes [] "Memory that the process has";
    CPU "process_cpu_seconds_total" Counter s [] "Time that the process has worked on all cores";
    FILES "process_open_fds" Gauge none [] "Files and connections that the process has open";
    FILES_MAX "process_max_fds" Gauge none [] "Files and connections that it may have open";
    STARTED "process_start_time_seconds" Gauge s [] "When the process began";
}

/// Steps in which times are told.
pub const SECONDS_STEPS: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];
/// Steps in which numbers of writes are told.
pub const WRITES_STEPS: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];

/// Tells the exporter what each means.
pub fn describe() {
    for measure in ALL {
        let unit = measure.unit.unwrap_or(Unit::Count);
        match measure.kind {
            Kind::Counter => metrics::describe_counter!(measure.name, unit, measure.help),
            Kind::Gauge => metrics::describe_gauge!(measure.name, unit, measure.help),
            Kind::Histogram => metrics::describe_histogram!(measure.name, unit, measure.help),
        }
    }
}

/// Notes that something without labels took so long since `began`.
pub fn since(name: &'static str, began: Instant) {
    metrics::histogram!(name).record(began.elapsed().as_secs_f64());
}

/// Notes when it is dropped how long something took.
#[derive(Debug)]
pub struct Timed {
    name: &'static str,
    label: (&'static str, &'static str),
    began: Instant,
}

/// Times what follows, until the value is dropped.
pub fn timed(name: &'static str, label: (&'static str, &'static str)) -> Timed {
    Timed {
        name,
        label,
        began: Instant::now(),
    }
}

impl Drop for Timed {
    fn drop(&mut self) {
        let (key, value) = self.label;
        metrics::histogram!(self.name, key => value).record(self.began.elapsed().as_secs_f64());
    }
}

/// Notes a turn of a task of the worker; `now` is the real time. What is done for a sandbox is not told.
pub fn ran(task: &'static str, went_well: bool, now: crate::clock::Timestamp) {
    if crate::clock::is_a_sandboxes() {
        return;
    }
    let outcome = if went_well { "ok" } else { "failed" };
    metrics::counter!(WORKER_RUNS, "task" => task, "outcome" => outcome).increment(1);
    if went_well {
        metrics::gauge!(WORKER_SUCCESS, "task" => task).set(moment(now));
    }
}

/// A moment as Prometheus counts them: seconds since 1970.
pub fn moment(at: crate::clock::Timestamp) -> f64 {
    let micros = at.and_utc().timestamp_micros();
    Duration::from_micros(u64::try_from(micros).unwrap_or_default()).as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_units_are_as_prometheus_wants_them() {
        for measure in ALL {
            let name = measure.name;
            let is_plain = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            assert!(is_plain, "{name}");
            assert_eq!(name.ends_with("_total"), measure.kind == Kind::Counter, "{name}");
            let stem = name.trim_end_matches("_total");
            match measure.unit {
                Some(Unit::Seconds) => assert!(stem.ends_with("_seconds"), "{name}"),
                Some(Unit::Bytes) => assert!(stem.ends_with("_bytes"), "{name}"),
                _ => assert!(!stem.ends_with("_seconds") && !stem.ends_with("_bytes"), "{name}"),
            }
            assert!(!measure.help.ends_with('.'), "{name}");
            assert_eq!(ALL.iter().filter(|other| other.name == name).count(), 1, "{name}");
        }
    }

    #[test]
    fn a_moment_is_seconds_since_1970() {
        let at = crate::clock::Timestamp::default() + chrono::TimeDelta::milliseconds(1_500);
        assert!((moment(at) - 1.5).abs() < 1e-9);
    }
}
