//! Opening the database for a command.

use std::path::Path;

use super::Failure;
use crate::config::Config;
use crate::db::{Database, Target, migrations};

/// Connections a command needs; big imports read and write at once.
const CONNECTIONS: usize = 2;

/// The database a command works on: it must be there and up to date. Nothing is created.
pub fn open_existing(config: &Config) -> Result<Database, Failure> {
    let target = config.target()?;
    if !target.exists() {
        return Err(Failure::new(format!(
            "There is no database at {target}. Make one with: portal migrate"
        )));
    }
    let database = Database::open(target, CONNECTIONS)?;
    if !database.read_now(migrations::is_current)? {
        return Err(Failure::new(format!(
            "The database {} is not up to date. Bring it up to date with: portal migrate",
            database.target()
        )));
    }
    database.claim_node()?;
    Ok(database)
}

/// The database, with its file and folders made where they are missing; its schema as it is.
pub fn open_or_create(config: &Config, target: Target, connections: usize) -> Result<Database, Failure> {
    create_folder(config.data_dir())?;
    if let Target::Sqlite(file) = &target
        && let Some(folder) = file.parent()
    {
        create_folder(folder)?;
    }
    Ok(Database::open(target, connections)?)
}

/// Makes a folder that only its owner may enter: the database holds signing keys.
fn create_folder(folder: &Path) -> Result<(), Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| Failure::new(format!("The folder {} can't be made: {error}", folder.display())))
}
