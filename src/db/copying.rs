//! A copy of the whole database as it is at one moment, while others work with it.

use std::path::Path;

use diesel::connection::SimpleConnection;

use super::{Database, Engine, Target, composed};
use crate::error::{Error, Result};

impl Database {
    /// Writes what the database holds now into a new SQLite file; nobody waits for it, and no log grows beside the copy.
    /// PostgreSQL has tools of its own. Blocks.
    pub fn copy_to(&self, file: &Path) -> Result<()> {
        let (Engine::Sqlite, Some(name)) = (self.target().engine(), file.to_str()) else {
            return Err(Error::internal(
                "only an SQLite database is copied to a file with a name",
            ));
        };
        let mut connection = self.open_writer()?;
        composed("VACUUM INTO $1").bind(name).run(&mut connection).map(drop)
    }
}

/// Whether an SQLite file is whole, as it says itself; what is wrong with it, if not. Blocks.
pub fn faults(file: &Path) -> Result<Vec<String>> {
    let database = Database::open(Target::Sqlite(file.to_owned()), 1)?;
    let told: Vec<String> = database.read_now(|connection| composed("PRAGMA integrity_check").rows(connection))?;
    // So that all of it is in the one file.
    database
        .open_writer()?
        .batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(told.into_iter().filter(|line| line != "ok").collect())
}
