//! A folder of import files, on disk or in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::sentences;
use crate::error::{Code, Error, Result};
use crate::workbooks::kinds;

/// Files by name.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    files: BTreeMap<String, Source>,
}

#[derive(Debug, Clone)]
enum Source {
    Path(PathBuf),
    Memory(Vec<u8>),
}

impl Folder {
    /// Lists the files of a folder on disk; each is read when its turn comes.
    pub fn open(dir: &Path) -> Result<Self> {
        let unreadable = |error: std::io::Error| {
            Error::malformed(Code::ValueInvalid, sentences::file_unreadable(dir.display(), error))
        };
        let mut files = BTreeMap::new();
        for entry in std::fs::read_dir(dir).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if let Some(name) = path.file_name().filter(|_| path.is_file()) {
                files.insert(name.to_string_lossy().into_owned(), Source::Path(path));
            }
        }
        Ok(Self { files })
    }

    pub fn from_memory(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let files = files.into_iter().map(|(name, bytes)| (name, Source::Memory(bytes)));
        Self { files: files.collect() }
    }

    /// The names of all files, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Bytes of a file; 0 if it is not there.
    pub(super) fn size(&self, name: &str) -> u64 {
        match self.files.get(name) {
            Some(Source::Path(path)) => path.metadata().map_or(0, |data| data.len()),
            Some(Source::Memory(bytes)) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            None => 0,
        }
    }

    /// The content of a file, if it is there. What is no list is refused by what it is; of what was sent, that was done
    /// when it was unpacked.
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let path = match self.files.get(name) {
            None => return Ok(None),
            Some(Source::Memory(bytes)) => return Ok(Some(bytes.clone())),
            Some(Source::Path(path)) => path,
        };
        let bytes = std::fs::read(path)
            .map_err(|error| Error::malformed(Code::ValueInvalid, sentences::file_unreadable(path.display(), error)))?;
        match kinds::no_text(&bytes) {
            Some(kind) => Err(Error::malformed(
                Code::UnreadableFile,
                sentences::file_is_foreign(name, kind.name()),
            )),
            None => Ok(Some(bytes)),
        }
    }
}
