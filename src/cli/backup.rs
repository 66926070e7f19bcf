//! `portal backup` and `portal restore`: all that an installation with the embedded database holds, in one file. A server may
//! work meanwhile.

mod archive;
mod encrypting;

use std::fs;
use std::path::{Path, PathBuf};

use self::archive::{Archive, Packed};
use self::encrypting::Encryption;
use super::{Failure, Outcome, check, opening};
use crate::accounts::sandboxes;
use crate::audit::sealing;
use crate::clock;
use crate::config::Config;
use crate::db::{Database, Target, copying, folder_beside, migrations};
use crate::operations::marks;
use crate::sandbox;

/// What the embedded database is called in a backup.
const DATABASE: &str = "portal.db";
/// Folders of the data folder that belong to an installation: mails that wait as files, papers of one's own, and their letters.
const FOLDERS: &[&str] = &["mail", "templates", "fonts"];
/// Where the databases of sandboxes are in a backup.
const SANDBOXES: &str = "sandboxes";

/// What to write.
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// The file to write, a ZIP archive; it must not be there yet. Beside it there must be room for a copy of the database
    #[arg(required_unless_present = "note")]
    file: Option<PathBuf>,

    /// Write nothing, and note that a backup was just made in another way: by pg_dump, or a snapshot of the disk
    #[arg(long, value_name = "TEXT", conflicts_with = "file")]
    note: Option<String>,

    #[command(flatten)]
    encryption: Encryption,
}

/// What to read.
#[derive(Debug, clap::Args)]
pub struct Restore {
    /// A file that `portal backup` wrote
    file: PathBuf,

    /// The file of the key that opens an encrypted one; without it a passphrase is asked for
    #[arg(long, value_name = "FILE")]
    identity: Option<PathBuf>,
}

pub(super) fn backup(config: &Config, wanted: &Backup) -> Outcome {
    let database = opening::open_existing(config)?;
    let Some(file) = &wanted.file else {
        let text = wanted.note.clone().unwrap_or_default();
        database.write_now(move |tx| marks::set(tx, marks::BACKUP, &text, clock::real()))?;
        println!("It is noted that a backup was made");
        return Ok(());
    };
    if let Target::Postgres(_) = database.target() {
        return Err(Failure::new(
            "A PostgreSQL server has tools of its own for this. Write a backup with: pg_dump --format=custom --file=portal.dump \
             DATABASE_URL, or set up continuous archiving",
        ));
    }
    if file.exists() {
        return Err(Failure::new(format!(
            "{} is there already. Name a new file: a backup never replaces another",
            file.display()
        )));
    }
    let room = Scratch::beside(file)?;
    let copy = room.path().join(DATABASE);
    database.copy_to(&copy)?;
    let mut packed = vec![Packed::new(DATABASE, copy)];
    for row in database.read_now(sandboxes::list)? {
        let name = sandbox::database_name(&row);
        let copy = room.path().join(format!("{name}.db"));
        sandbox::open(&database, &row)?.copy_to(&copy)?;
        packed.push(Packed::new(&format!("{SANDBOXES}/{name}.db"), copy));
    }
    for folder in FOLDERS {
        packed.extend(archive::files_below(&config.data_dir().join(folder), folder)?);
    }
    let part = room.path().join("archive.zip");
    let mut bytes = archive::write(&part, packed)?;
    let mut ready = part;
    if wanted.encryption.is_wanted() {
        let encrypted = room.path().join("archive.age");
        wanted.encryption.encrypt(&ready, &encrypted)?;
        archive::keep_private(&encrypted)?;
        bytes = fs::metadata(&encrypted)?.len();
        ready = encrypted;
    }
    archive::put(&ready, file)?;
    archive::sync_folder(file)?;
    let head = database.read_now(sealing::head)?;
    eprintln!("The audit record ends at {}:{}", head.place, head.hash);
    let text = format!("{}, {bytes} bytes", file.display());
    database.write_now(move |tx| marks::set(tx, marks::BACKUP, &text, clock::real()))?;
    println!("{} holds everything: {bytes} bytes", file.display());
    Ok(())
}

pub(super) fn restore(config: &Config, wanted: &Restore) -> Outcome {
    let Target::Sqlite(database) = config.target()? else {
        return Err(Failure::new(
            "A PostgreSQL server has tools of its own for this. Restore with: pg_restore --dbname=DATABASE_URL portal.dump",
        ));
    };
    if database.exists() || folder_beside(&database).exists() {
        return Err(Failure::new(format!(
            "There is a database at {} already. Restore into an empty folder (--data-dir), or move it away first",
            database.display()
        )));
    }
    opening::create_private_folder(config.data_dir())?;
    let room = Scratch::beside(&config.data_dir().join(DATABASE))?;
    let mut file = wanted.file.clone();
    if encrypting::is_encrypted(&file) {
        let opened = room.path().join("archive.zip");
        encrypting::decrypt(&file, wanted.identity.as_deref(), &opened)?;
        file = opened;
    }
    let mut archive = Archive::open(&file)?;
    archive.unpack(room.path())?;
    let restored = room.path().join(DATABASE);
    refuse_what_cannot_be_served(&restored)?;
    let sandboxes = room.path().join(SANDBOXES);
    if sandboxes.exists() {
        fs::rename(&sandboxes, folder_beside(&database))?;
    }
    for folder in FOLDERS {
        let from = room.path().join(folder);
        let to = config.data_dir().join(folder);
        if from.exists() && !to.exists() {
            fs::rename(&from, &to)?;
        }
    }
    // Last, so that what was interrupted is no installation.
    fs::rename(&restored, &database)?;
    archive::sync_folder(&database)?;
    println!("{} is restored", database.display());
    drop(room);
    let opened = Database::open(Target::Sqlite(database), 1)?;
    if !opened.read_now(migrations::is_current)? {
        println!(
            "It is of an older version of the program: bring it up to date with portal migrate, then run portal check."
        );
        return Ok(());
    }
    drop(opened);
    check::run(config, &check::Compared::default())
}

/// A file that is damaged, or of a version of the program that is newer than this one.
fn refuse_what_cannot_be_served(file: &Path) -> Outcome {
    let faults = copying::faults(file)?;
    if let Some(first) = faults.first() {
        return Err(Failure::new(format!("The database in the backup is damaged: {first}")));
    }
    let database = Database::open(Target::Sqlite(file.to_owned()), 1)?;
    let unknown = database.read_now(migrations::unknown)?;
    match unknown.first() {
        Some(version) => Err(Failure::new(format!(
            "The backup was made by a newer version of the program (its schema has {version}). Restore it with that one"
        ))),
        None => Ok(()),
    }
}

/// A folder for what is in the making, gone in the end.
struct Scratch(PathBuf);

impl Scratch {
    /// Beside a file that will be there, on the same disk.
    fn beside(file: &Path) -> Result<Self, Failure> {
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let path = file.with_file_name(name);
        // What another process of this number left behind.
        let _ = fs::remove_dir_all(&path);
        opening::create_private_folder(&path)?;
        Ok(Self(path))
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
