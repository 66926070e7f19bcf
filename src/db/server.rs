//! What a database says of itself: its version, its clock.

use super::{Connection, Engine, composed, sql};
use crate::clock::Timestamp;
use crate::error::Result;

/// Which version answers: `3.53.1`, `17.2 (Debian …)`.
pub fn version(connection: &mut Connection) -> Result<String> {
    match connection.engine() {
        Engine::Sqlite => composed("SELECT sqlite_version()").one(connection),
        Engine::Postgres => composed("SELECT current_setting('server_version')::text").one(connection),
    }
}

/// The server's clock; nothing where it is ours.
pub fn clock(connection: &mut Connection) -> Result<Option<Timestamp>> {
    match connection.engine() {
        Engine::Sqlite => Ok(None),
        Engine::Postgres => {
            let theirs = composed("SELECT CAST(clock_timestamp() AT TIME ZONE 'UTC' AS TIMESTAMP)");
            theirs.one(connection).map(Some)
        }
    }
}

/// When the newest thing happened that is written down: a clock that was set back shows by it.
pub fn newest(connection: &mut Connection) -> Result<Option<Timestamp>> {
    sql("SELECT MAX(recorded_at) FROM (SELECT recorded_at FROM audit_entries ORDER BY id DESC LIMIT 100) e")
        .one(connection)
}

/// Bytes that the database takes.
pub fn size(connection: &mut Connection) -> Result<i64> {
    match connection.engine() {
        Engine::Sqlite => {
            composed("SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)")
                .one(connection)
        }
        Engine::Postgres => composed("SELECT pg_database_size(current_database())").one(connection),
    }
}

/// Connections that the server takes, and those that are open; nothing where it is no server.
pub fn connections(connection: &mut Connection) -> Result<Option<(i64, i64)>> {
    match connection.engine() {
        Engine::Sqlite => Ok(None),
        Engine::Postgres => composed(
            "SELECT CAST(current_setting('max_connections') AS BIGINT), (SELECT COUNT(*) FROM pg_stat_activity)",
        )
        .one(connection)
        .map(Some),
    }
}
