//! The migrations inside the binary: the same names on both engines.

use diesel::migration::{Migration, MigrationSource};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use diesel::Connection as _;

use super::{Connection, Database, Engine, Statement, folding, sql};
use crate::error::{Error, Result};

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// The migration whose columns the program fills.
const FOLDS_KEYS: &str = "0103";

/// Brings the database up to date; the names of the migrations that ran.
pub fn run(database: &Database) -> Result<Vec<String>> {
    let mut connection = database.open_writer()?;
    if let Connection::Postgres(_) = connection {
        // Two that migrate at the same time wait for each other; the lock ends with the connection. A migration may take
        // as long as the data need.
        super::execute(
            &mut connection,
            "SET lock_timeout = 0; SET statement_timeout = 0; SELECT pg_advisory_lock(7093285561)",
        )?;
    }
    let ran = match &mut connection {
        Connection::Postgres(inner) => inner.run_pending_migrations(POSTGRES),
        Connection::Sqlite(inner) => inner.run_pending_migrations(SQLITE),
    };
    let ran: Vec<String> = ran
        .map(|versions| versions.iter().map(ToString::to_string).collect())
        .map_err(Error::internal)?;
    if ran.iter().any(|version| version == FOLDS_KEYS) {
        connection.transaction(folding::refill_orders)?;
        // If this is cut short, housekeeping goes on with it.
        while connection.transaction(folding::fill)? > 0 {}
    }
    Ok(ran)
}

/// True when no migration is pending. Changes nothing: the library's own question creates its table where it is missing,
/// which a snapshot refuses.
pub fn is_current(connection: &mut Connection) -> Result<bool> {
    let known = known(connection)?;
    let ever_ran: bool = Statement::per_engine(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '__diesel_schema_migrations')",
        "SELECT to_regclass('__diesel_schema_migrations') IS NOT NULL",
    )
    .one(connection)?;
    if !ever_ran {
        return Ok(false);
    }
    let ran: Vec<String> = sql("SELECT version FROM __diesel_schema_migrations").rows(connection)?;
    Ok(known.iter().all(|version| ran.contains(version)))
}

/// Migrations that ran and that this program doesn't know: a newer one made them.
pub fn unknown(connection: &mut Connection) -> Result<Vec<String>> {
    let known = known(connection)?;
    let ran: Vec<String> = sql("SELECT version FROM __diesel_schema_migrations ORDER BY version").rows(connection)?;
    Ok(ran.into_iter().filter(|version| !known.contains(version)).collect())
}

/// Versions of all migrations of this program.
fn known(connection: &Connection) -> Result<Vec<String>> {
    match connection.engine() {
        Engine::Postgres => versions::<diesel::pg::Pg>(&POSTGRES),
        Engine::Sqlite => versions::<diesel::sqlite::Sqlite>(&SQLITE),
    }
}

fn versions<DB: diesel::backend::Backend>(migrations: &EmbeddedMigrations) -> Result<Vec<String>>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let migrations = MigrationSource::<DB>::migrations(migrations).map_err(Error::internal)?;
    Ok(migrations
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect())
}
