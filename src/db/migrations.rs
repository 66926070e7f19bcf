//! The migrations inside the binary: the same names on both engines.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Connection, Database, Engine};
use crate::error::{Error, Result};
use crate::per_backend;

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// Brings the database up to date; the names of the migrations that ran.
pub fn run(database: &Database) -> Result<Vec<String>> {
    let mut connection = database.open_writer()?;
    if let Connection::Postgres(_) = connection {
        // Two that migrate at the same time wait for each other; the lock ends with the connection.
        super::execute(
            &mut connection,
            "SET lock_timeout = 0; SELECT pg_advisory_lock(7093285561)",
        )?;
    }
    let ran = match &mut connection {
        Connection::Postgres(inner) => inner.run_pending_migrations(POSTGRES),
        Connection::Sqlite(inner) => inner.run_pending_migrations(SQLITE),
    };
    ran.map(|versions| versions.iter().map(ToString::to_string).collect())
        .map_err(Error::internal)
}

/// True when no migration is pending.
pub fn is_current(connection: &mut Connection) -> Result<bool> {
    let migrations = match connection.engine() {
        Engine::Postgres => POSTGRES,
        Engine::Sqlite => SQLITE,
    };
    per_backend!(connection, inner => inner.has_pending_migration(migrations))
        .map(|pending| !pending)
        .map_err(Error::internal)
}
