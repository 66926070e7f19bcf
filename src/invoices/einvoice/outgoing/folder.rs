//! A folder that an access point takes files from.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes a file whole: under another name until it is on the disk, so that nobody ever reads half of it. One that is there
/// already is not written again; if something else is in it, that stays, and is an error.
pub fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let whole = folder.join(name);
    match fs::read(&whole) {
        Ok(there) if there == bytes => return Ok(()),
        Ok(_) => {
            let what = format!("{} is there with something else in it", whole.display());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, what));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    // What takes files by their ending does not see it.
    let unfinished = folder.join(format!("{name}.part"));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
    let mut file = options.open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, &whole)?;
    // The name is safe only with the folder.
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_and_once() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let files = || {
            let all = fs::read_dir(folder.path()).expect("there");
            all.map(|file| file.expect("read").file_name()).collect::<Vec<_>>()
        };
        write(folder.path(), "1.xml", b"one").expect("written");
        write(folder.path(), "1.xml", b"one").expect("there already");
        assert_eq!(files(), ["1.xml"]);
        let other = write(folder.path(), "1.xml", b"two").expect_err("another");
        assert_eq!(other.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(folder.path().join("1.xml")).expect("read"), b"one");
        // What a process that died left behind is overwritten.
        fs::write(folder.path().join("2.xml.part"), b"half").expect("written");
        write(folder.path(), "2.xml", b"whole").expect("written");
        assert_eq!(fs::read(folder.path().join("2.xml")).expect("read"), b"whole");
        assert_eq!(files().len(), 2);
        assert!(write(&folder.path().join("gone"), "1.xml", b"one").is_err());
    }
}
