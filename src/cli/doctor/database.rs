//! The database: its version, schema and clock; keys, nodes, queues and backups as it knows them.

use chrono::TimeDelta;

use super::{Finding, State, above, fail, ok, warn};
use crate::clock::{self, Timestamp, rfc3339};
use crate::db::{Connection, Database, Engine, migrations, server};
use crate::error::Result;
use crate::identity::key_keeping;
use crate::operations::marks;
use crate::operations::nodes::{self, Node};
use crate::operations::queues::{self, Queue};

/// The oldest PostgreSQL that is tested with.
const POSTGRES_MIN: u32 = 15;
/// Seconds by which clocks may differ.
const SKEW_WARNS_S: i64 = 2;
const SKEW_FAILS_S: i64 = 30;
/// Days after which a signing key is old.
const KEY_DAYS: i64 = 365;
/// How long what is due may wait, in seconds.
const QUEUE_WARNS_S: i64 = 300;
const QUEUE_FAILS_S: i64 = 3_600;
/// How old the last backup may be, in hours.
const BACKUP_WARNS_H: i64 = 26;
const BACKUP_FAILS_H: i64 = 24 * 7;
/// Hundredths of the server's connections that may be taken.
const CONNECTIONS_WARN_PERCENT: i64 = 80;

/// Looks at a database that could be opened.
pub(super) fn look(database: &Database) -> Vec<Finding> {
    let looked = database.read_now(|connection| {
        let mut findings = vec![version(connection)?];
        findings.extend(connections(connection)?);
        let (schema, is_current) = schema(connection, database.engine())?;
        findings.push(schema);
        if is_current {
            findings.extend(inside(connection)?);
        }
        Ok(findings)
    });
    looked.unwrap_or_else(|error| {
        let remedy = "Look into the log of the database; portal check tells whether what it holds adds up";
        vec![fail("database", error.to_string(), remedy)]
    })
}

fn version(connection: &mut Connection) -> Result<Finding> {
    const CHECK: &str = "engine";
    let (version, mib) = (server::version(connection)?, server::size(connection)? / 1_048_576);
    Ok(match connection.engine() {
        Engine::Sqlite => ok(CHECK, format!("SQLite {version}, {mib} MiB")),
        Engine::Postgres => {
            let major = version
                .split(['.', ' '])
                .next()
                .and_then(|text| text.parse::<u32>().ok());
            let found = format!("PostgreSQL {version}, {mib} MiB");
            match major {
                Some(major) if major < POSTGRES_MIN => warn(
                    CHECK,
                    found,
                    format!("Bring the server to PostgreSQL {POSTGRES_MIN} or newer"),
                ),
                _ => ok(CHECK, found),
            }
        }
    })
}

fn connections(connection: &mut Connection) -> Result<Option<Finding>> {
    Ok(server::connections(connection)?.map(|(most, open)| {
        let found = format!("{open} of {most} connections of the server are open");
        match open * 100 / most.max(1) {
            percent if percent >= CONNECTIONS_WARN_PERCENT => warn(
                "connections",
                found,
                "Raise max_connections of the server, or lower --database-connections of the nodes",
            ),
            _ => ok("connections", found),
        }
    }))
}

fn schema(connection: &mut Connection, engine: Engine) -> Result<(Finding, bool)> {
    const CHECK: &str = "schema";
    if !migrations::is_current(connection)? {
        let remedy = match engine {
            Engine::Sqlite => "portal migrate, or the next start of portal serve, brings it up to date",
            Engine::Postgres => "Bring it up to date with: portal migrate; until then /readyz answers 503",
        };
        let found = "The schema is older than the program";
        return Ok((fail(CHECK, found, remedy), false));
    }
    let unknown = migrations::unknown(connection)?;
    Ok(match unknown.last() {
        Some(version) => (
            warn(
                CHECK,
                format!("The schema is newer than the program: it has {version}"),
                "Bring this node to the newer version; docs/upgrading.md tells how long both may run side by side",
            ),
            true,
        ),
        None => (ok(CHECK, "The schema is that of the program"), true),
    })
}

fn inside(connection: &mut Connection) -> Result<Vec<Finding>> {
    let now = clock::real();
    let mut findings = vec![clocks(connection, now)?];
    findings.extend(key(key_keeping::signs_since(connection)?, now));
    let queues = queues::list(connection, now)?;
    findings.extend(living(&nodes::list(connection, now)?, &queues));
    findings.extend(queues.iter().map(|queue| waiting(queue, now)));
    let last = marks::find(connection, marks::BACKUP)?;
    findings.push(backup(
        last.map(|mark| (mark.done_at, mark.details)),
        connection.engine(),
        now,
    ));
    Ok(findings)
}

fn clocks(connection: &mut Connection, now: Timestamp) -> Result<Finding> {
    const CHECK: &str = "clock";
    const REMEDY: &str = "Let all machines follow the same time (chrony, systemd-timesyncd)";
    if let Some(theirs) = server::clock(connection)? {
        let skew = (clock::real() - theirs).num_milliseconds();
        let found = format!("This machine's clock is {skew} ms ahead of the database's");
        match above(skew.abs() / 1_000, SKEW_WARNS_S, SKEW_FAILS_S) {
            State::Ok => {}
            State::Warn => return Ok(warn(CHECK, found, REMEDY)),
            State::Fail => return Ok(fail(CHECK, found, REMEDY)),
        }
    }
    let ahead = server::newest(connection)?.map_or(0, |newest| (newest - now).num_seconds());
    Ok(match above(ahead, SKEW_WARNS_S, SKEW_FAILS_S) {
        State::Ok => ok(CHECK, format!("It is {}", rfc3339(now))),
        _ => fail(
            CHECK,
            format!(
                "Something was written down {ahead} s from now: the clock was set back, or another node's is ahead"
            ),
            REMEDY,
        ),
    })
}

fn key(since: Option<Timestamp>, now: Timestamp) -> Option<Finding> {
    const CHECK: &str = "signing_key";
    let days = (now - since?).num_days();
    let found = format!("The key that signs is {days} days old");
    Some(match days >= KEY_DAYS {
        true => warn(
            CHECK,
            found,
            "Make a new one with: portal keys rotate; the old one goes on proving what it signed",
        ),
        false => ok(CHECK, found),
    })
}

fn living(nodes: &[Node], queues: &[Queue]) -> Vec<Finding> {
    const CHECK: &str = "nodes";
    let told = |node: &Node| {
        let works = if node.works { " with worker" } else { "" };
        format!(
            "{} {} on {} (pid {}){works}",
            node.role.name(),
            node.version,
            node.host,
            node.pid
        )
    };
    let all = nodes.iter().map(told).collect::<Vec<_>>().join("; ");
    let mut findings = Vec::new();
    let is_waiting = queues.iter().any(|queue| queue.waiting > 0);
    findings.push(match nodes {
        [] if is_waiting => fail(
            CHECK,
            "No process serves or works, and something waits",
            "Start portal serve",
        ),
        [] => warn(CHECK, "No process serves or works", "Start portal serve"),
        nodes if nodes.iter().all(|node| !node.works) => fail(
            CHECK,
            format!("Nobody sends mails and webhooks: {all}"),
            "Start one node without --no-worker, or portal worker",
        ),
        _ => ok(CHECK, all),
    });
    let differs = nodes.iter().any(|node| node.version != env!("CARGO_PKG_VERSION"));
    if differs {
        findings.push(warn(
            CHECK,
            format!(
                "Nodes have other versions than this program ({})",
                env!("CARGO_PKG_VERSION")
            ),
            "Bring all nodes to one version; docs/upgrading.md tells how",
        ));
    }
    findings
}

fn waiting(queue: &Queue, now: Timestamp) -> Finding {
    let name = queue_name(queue.name);
    let (age, overdue) = (queue.age_s(now), queue.overdue_s(now));
    let found = match queue.waiting {
        0 => "Nothing is due".to_owned(),
        count => format!("{count} due, the oldest for {age} s"),
    };
    let remedy = format!("See section queue-{} of docs/runbook.md", queue.name);
    match above(age, QUEUE_WARNS_S, QUEUE_FAILS_S) {
        State::Fail => fail(name, found, remedy),
        State::Warn => warn(name, found, remedy),
        State::Ok if overdue >= QUEUE_WARNS_S => warn(
            name,
            format!("{found}; a lease is over for {overdue} s and nobody took it"),
            remedy,
        ),
        State::Ok if queue.parked > 0 => warn(
            name,
            format!("{found}; {} were given up", queue.parked),
            "Staff see them on the desk and send them again; see docs/runbook.md",
        ),
        State::Ok => ok(name, found),
    }
}

fn queue_name(name: &str) -> &'static str {
    match name {
        "events" => "queue_events",
        "mails" => "queue_mails",
        "webhooks" => "queue_webhooks",
        "punchout" => "queue_punchout",
        "einvoices" => "queue_einvoices",
        "bulk" => "queue_bulk",
        "imports" => "queue_imports",
        _ => "queue_audit",
    }
}

fn backup(last: Option<(Timestamp, String)>, engine: Engine, now: Timestamp) -> Finding {
    const CHECK: &str = "backup";
    let remedy = match engine {
        Engine::Sqlite => "Write one with: portal backup FILE, every night",
        Engine::Postgres => "Write one with pg_dump every night, and tell it with: portal backup --note TEXT",
    };
    let Some((at, details)) = last else {
        return warn(CHECK, "No backup is known", remedy);
    };
    let age: TimeDelta = now - at;
    let found = format!("The last was written {} h ago ({details})", age.num_hours());
    match above(age.num_hours(), BACKUP_WARNS_H, BACKUP_FAILS_H) {
        State::Ok => ok(CHECK, found),
        State::Warn => warn(CHECK, found, remedy),
        State::Fail => fail(CHECK, found, remedy),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::default() + TimeDelta::hours(hours)
    }

    #[test]
    fn a_backup_gets_old() {
        let state = |hours| backup(Some((at(0), "x".to_owned())), Engine::Sqlite, at(hours)).state;
        assert_eq!([state(1), state(26), state(200)], [State::Ok, State::Warn, State::Fail]);
        assert_eq!(backup(None, Engine::Postgres, at(0)).state, State::Warn);
    }

    #[test]
    fn what_waits_too_long_is_told() {
        let queue = |minutes: i64, parked| Queue {
            name: "mails",
            waiting: 1,
            due_since: Some(at(1) - TimeDelta::minutes(minutes)),
            parked,
            leases: 0,
            overdue_since: None,
        };
        let state = |minutes, parked| waiting(&queue(minutes, parked), at(1)).state;
        assert_eq!(
            [state(1, 0), state(1, 2), state(6, 0), state(61, 0)],
            [State::Ok, State::Warn, State::Warn, State::Fail]
        );
    }

    #[test]
    fn every_queue_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> = queues::NAMES.iter().map(|name| queue_name(name)).collect();
        assert_eq!(names.len(), queues::NAMES.len());
    }
}
