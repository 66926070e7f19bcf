//! The file of a backup: a ZIP archive of files with a list of them and their SHA-256.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::cli::Failure;
use crate::clock::{self, rfc3339};

/// The list of what is in it.
const MANIFEST: &str = "manifest.json";
/// Longer than any list is.
const MANIFEST_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Of the list and of how files are called.
const FORMAT: u32 = 1;
/// Bytes that are read at a time.
const PIECE: usize = 256 * 1024;

/// A file that goes into a backup.
#[derive(Debug)]
pub(super) struct Packed {
    name: String,
    from: PathBuf,
}

impl Packed {
    pub(super) fn new(name: &str, from: PathBuf) -> Self {
        Self {
            name: name.to_owned(),
            from,
        }
    }
}

/// Files of a folder and those below it, by their names behind `name`; none if there is no folder. What is no plain file or
/// folder is left out.
pub(super) fn files_below(folder: &Path, name: &str) -> Result<Vec<Packed>, Failure> {
    let mut found = Vec::new();
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let Ok(own) = entry.file_name().into_string() else {
            let what = entry.path();
            return Err(Failure::new(format!(
                "The name of {} isn't UTF-8: rename it",
                what.display()
            )));
        };
        let (kind, inside) = (entry.file_type()?, format!("{name}/{own}"));
        if kind.is_dir() {
            found.extend(files_below(&entry.path(), &inside)?);
        } else if kind.is_file() {
            found.push(Packed::new(&inside, entry.path()));
        }
    }
    Ok(found)
}

#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    /// RFC 3339, UTC
    made_at: String,
    /// Of the program.
    version: String,
    files: Vec<Listed>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Listed {
    name: String,
    bytes: u64,
    sha256: String,
}

fn new_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Writes the archive; how many bytes it has. A file that goes away meanwhile, as a mail does that somebody takes, is left out.
pub(super) fn write(to: &Path, files: Vec<Packed>) -> Result<u64, Failure> {
    let mut archive = ZipWriter::new(BufWriter::new(new_file(to)?));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .large_file(true)
        .unix_permissions(0o600);
    let mut listed = Vec::new();
    for Packed { name, from } in files {
        let file = match File::open(&from) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            file => file?,
        };
        archive.start_file(name.as_str(), options).map_err(broken)?;
        let (bytes, sha256) = pass(&mut BufReader::with_capacity(PIECE, file), &mut archive)?;
        listed.push(Listed { name, bytes, sha256 });
    }
    let manifest = Manifest {
        format: FORMAT,
        made_at: rfc3339(clock::real()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        files: listed,
    };
    archive.start_file(MANIFEST, options).map_err(broken)?;
    let text = serde_json::to_vec_pretty(&manifest).map_err(|error| Failure::new(error.to_string()))?;
    archive.write_all(&text)?;
    let file = archive
        .finish()
        .map_err(broken)?
        .into_inner()
        .map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

fn broken(error: zip::result::ZipError) -> Failure {
    Failure::new(format!("The archive of the backup is broken: {error}"))
}

/// Passes on all bytes; how many, and their SHA-256.
fn pass(from: &mut impl Read, to: &mut impl Write) -> io::Result<(u64, String)> {
    let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0_u64, vec![0; PIECE]);
    loop {
        let count = from.read(&mut piece)?;
        let Some(read) = piece.get(..count).filter(|read| !read.is_empty()) else {
            return Ok((bytes, data_encoding::HEXLOWER.encode(&hash.finalize())));
        };
        hash.update(read);
        to.write_all(read)?;
        bytes = bytes.saturating_add(read.len().try_into().unwrap_or(u64::MAX));
    }
}

/// Nobody else reads it, whoever wrote it.
pub(super) fn keep_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    File::open(path)?.sync_all()
}

/// Gives a finished file its name, which nothing else may have.
pub(super) fn put(part: &Path, file: &Path) -> Result<(), Failure> {
    // A rename would replace what somebody put there meanwhile; not every file system has links.
    match fs::hard_link(part, file) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Failure::new(format!("{} is there already", file.display())))
        }
        Err(_) => Ok(fs::rename(part, file)?),
        Ok(()) => Ok(()),
    }
}

/// What was renamed or made in the folder of a file stays so.
pub(super) fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()
}

/// A backup that is read.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    manifest: Manifest,
}

impl Archive {
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let no_backup = |why: &str| Failure::new(format!("{} is no backup of a portal: {why}", path.display()));
        let file = File::open(path).map_err(|error| no_backup(&error.to_string()))?;
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|error| no_backup(&error.to_string()))?;
        let listed = zip
            .by_name(MANIFEST)
            .map_err(|error| no_backup(&format!("it has no list of its files: {error}")))?;
        let manifest: Manifest = serde_json::from_reader(listed.take(MANIFEST_BYTES_MAX))
            .map_err(|error| no_backup(&format!("its list of files can't be read: {error}")))?;
        if manifest.format != FORMAT {
            return Err(no_backup(&format!(
                "it is of format {}, known is {FORMAT}",
                manifest.format
            )));
        }
        Ok(Self { zip, manifest })
    }

    /// Unpacks all files below a folder; each must be what the list says.
    pub(super) fn unpack(&mut self, folder: &Path) -> Result<(), Failure> {
        for listed in &self.manifest.files {
            let damaged = |why: &str| Failure::new(format!("{} in the backup is damaged: {why}", listed.name));
            let to = folder.join(inside(&listed.name).ok_or_else(|| damaged("its name leads elsewhere"))?);
            if let Some(above) = to.parent() {
                fs::create_dir_all(above)?;
            }
            let packed = self
                .zip
                .by_name(&listed.name)
                .map_err(|error| damaged(&error.to_string()))?;
            // Never more than it should be.
            let mut packed = packed.take(listed.bytes.saturating_add(1));
            let mut file = BufWriter::new(new_file(&to)?);
            let (bytes, sha256) = pass(&mut packed, &mut file).map_err(|error| damaged(&error.to_string()))?;
            if (bytes, &sha256) != (listed.bytes, &listed.sha256) {
                return Err(damaged("it isn't what the list of files says"));
            }
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        }
        Ok(())
    }
}

/// A path that stays below a folder.
fn inside(name: &str) -> Option<&Path> {
    let path = Path::new(name);
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    (is_inside && !name.is_empty()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(folder: &Path) -> PathBuf {
        let to = folder.join("backup.zip");
        fs::create_dir_all(folder.join("templates/own")).expect("made");
        fs::write(folder.join("templates/own/letter.typ"), "letter").expect("written");
        fs::write(folder.join("templates/logo.svg"), "logo").expect("written");
        let mut files = files_below(&folder.join("templates"), "templates").expect("listed");
        files.push(Packed::new("gone", folder.join("gone")));
        write(&to, files).expect("written");
        to
    }

    #[test]
    fn what_was_packed_comes_out_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = packed(folder.path());
        let out = folder.path().join("out");
        Archive::open(&file).expect("a backup").unpack(&out).expect("whole");
        let read = |name: &str| fs::read_to_string(out.join("templates").join(name)).expect("there");
        assert_eq!(
            (read("own/letter.typ"), read("logo.svg")),
            ("letter".to_owned(), "logo".to_owned())
        );
        assert!(!out.join("gone").exists());
    }

    #[test]
    fn a_byte_that_changed_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = packed(folder.path());
        let bytes = fs::read(&file).expect("there");
        let out = |place: usize| folder.path().join(format!("out-{place}"));
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            if let Some(byte) = changed.get_mut(place) {
                *byte ^= 1;
            }
            fs::write(&file, changed).expect("written");
            let outcome = Archive::open(&file).and_then(|mut archive| archive.unpack(&out(place)));
            // Bytes that say when a file was changed, or which system packed it, change nothing that comes out.
            if outcome.is_ok() {
                let letter = fs::read_to_string(out(place).join("templates/own/letter.typ"));
                assert_eq!(letter.expect("there"), "letter", "byte {place}");
            }
        }
        fs::write(&file, bytes.get(..bytes.len() / 2).unwrap_or_default()).expect("written");
        assert!(Archive::open(&file).is_err());
    }

    #[test]
    fn names_never_lead_out_of_the_folder() {
        for name in ["../portal.db", "/etc/passwd", "templates/../../x", "", "./x"] {
            assert_eq!(inside(name), None, "{name}");
        }
        assert!(inside("templates/own/letter.typ").is_some());
    }
}
