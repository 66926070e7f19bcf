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
    create_private_folder(config.data_dir())?;
    keep_folder_private(config.data_dir())?;
    if let Target::Sqlite(file) = &target
        && let Some(folder) = file.parent()
    {
        create_private_folder(folder)?;
        refuse_open_folder(folder)?;
    }
    if let Target::Sqlite(file) = &target {
        keep_private(file)?;
    }
    Ok(Database::open(target, connections)?)
}

/// Makes a folder that only its owner may enter: the database holds signing keys.
pub fn create_private_folder(folder: &Path) -> Result<(), Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| Failure::new(format!("The folder {} can't be made: {error}", folder.display())))
}

/// Nobody else reads the file, be it there already; what SQLite puts beside it has the rights of the file.
fn keep_private(file: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let cannot = |error: std::io::Error| {
        Failure::new(format!(
            "The file {} can't be kept from others: {error}",
            file.display()
        ))
    };
    let mut options = std::fs::OpenOptions::new();
    options
        .create(true)
        .append(true)
        .mode(OWNER_ONLY)
        .open(file)
        .map_err(cannot)?;
    for ending in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(ending);
        let Ok(found) = std::fs::metadata(&path) else { continue };
        if found.permissions().mode() & OTHERS != 0 {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(OWNER_ONLY)).map_err(cannot)?;
        }
    }
    Ok(())
}

/// Nobody else looks into the folder of ours, whoever made it: the database and the mails lie there.
fn keep_folder_private(folder: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    let why = |reason: String| {
        Failure::new(format!(
            "Others can read the data folder {}, where the database and the mails lie: {reason}",
            folder.display()
        ))
    };
    let found = std::fs::metadata(folder).map_err(|error| why(error.to_string()))?;
    let mode = found.permissions().mode();
    if mode & OTHERS == 0 {
        return Ok(());
    }
    if mode & STICKY != 0 {
        return Err(why("it is everybody's. Name one of your own by --data-dir".to_owned()));
    }
    let private = std::fs::Permissions::from_mode(mode & 0o7700);
    std::fs::set_permissions(folder, private)
        .map_err(|error| why(format!("{error}. Have its owner run: chmod 700 {}", folder.display())))
}

/// In a folder that everybody may write to, anybody could put another database in place of ours.
fn refuse_open_folder(folder: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(folder).map_or(0, |found| found.permissions().mode());
    if mode & WORLD_WRITES != 0 && mode & STICKY == 0 {
        return Err(Failure::new(format!(
            "Everybody may write to the folder {}, so anybody could replace the database. Take that away with: chmod o-w {}",
            folder.display(),
            folder.display()
        )));
    }
    Ok(())
}

/// Rights of a file as the system counts them.
const OWNER_ONLY: u32 = 0o600;
const OTHERS: u32 = 0o077;
const WORLD_WRITES: u32 = 0o002;
const STICKY: u32 = 0o1000;

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).expect("there").permissions().mode() & 0o777
    }

    #[test]
    fn the_database_is_its_owners_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("portal.db");
        keep_private(&file).expect("made");
        assert_eq!(mode(&file), 0o600);
        let wal = folder.path().join("portal.db-wal");
        for path in [&file, &wal] {
            std::fs::write(path, "x").expect("written");
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).expect("set");
        }
        keep_private(&file).expect("mended");
        assert_eq!((mode(&file), mode(&wal)), (0o600, 0o600));
        assert_eq!(std::fs::read_to_string(&file).expect("read"), "x");
    }

    #[test]
    fn a_data_folder_that_others_may_read_is_closed_or_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        for (before, after) in [
            (0o700, 0o700),
            (0o755, 0o700),
            (0o777, 0o700),
            (0o750, 0o700),
            (0o500, 0o500),
        ] {
            std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(before)).expect("set");
            keep_folder_private(folder.path()).expect("closed");
            assert_eq!(mode(folder.path()), after, "{before:o}");
        }
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o1777)).expect("set");
        assert!(keep_folder_private(folder.path()).is_err());
        assert_eq!(mode(folder.path()), 0o777, "it stays everybody's");
    }

    #[test]
    fn a_folder_that_everybody_writes_to_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        for (mode, good) in [
            (0o700, true),
            (0o755, true),
            (0o775, true),
            (0o777, false),
            (0o1777, true),
        ] {
            std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).expect("set");
            assert_eq!(refuse_open_folder(folder.path()).is_ok(), good, "{mode:o}");
        }
    }
}
