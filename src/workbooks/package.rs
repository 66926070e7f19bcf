//! The parts of the archive that a workbook is, unpacked with limits.

use std::io::{Cursor, Read};

use super::Fault;

/// Most entries of the archive.
const ENTRIES_MAX: usize = 2_000;
/// Most that one part unpacks to, in bytes: 5,000 rows of 100 columns fit.
const PART_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// Most that all parts that are read unpack to together, in bytes.
const UNPACKED_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Beyond this size a part may unpack to at most [`RATIO_MAX`] times what it is packed to. Real sheets stay below 60.
const RATIO_COUNTS_FROM: u64 = 4 * 1024 * 1024;
const RATIO_MAX: u64 = 400;

/// An archive.
pub(super) struct Package<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).ok().ok_or(Fault::Broken)?;
        if archive.len() > ENTRIES_MAX {
            return Err(Fault::TooLarge);
        }
        Ok(Self {
            archive,
            left: UNPACKED_BYTES_MAX,
        })
    }

    /// The text of a part; nothing where there is none.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<String>, Fault> {
        let part = match self.archive.by_name(path) {
            Ok(part) => part,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(Fault::Broken),
        };
        let packed = part.compressed_size();
        let most = match packed.saturating_mul(RATIO_MAX) {
            few if few < RATIO_COUNTS_FROM => RATIO_COUNTS_FROM,
            enough => enough,
        };
        let most = most.min(PART_BYTES_MAX).min(self.left);
        let mut bytes = Vec::new();
        // What an archive says of its sizes need not be true.
        let read = part.take(most.saturating_add(1)).read_to_end(&mut bytes);
        let read = read
            .ok()
            .and_then(|read| u64::try_from(read).ok())
            .ok_or(Fault::Broken)?;
        if read > most {
            return Err(Fault::TooLarge);
        }
        self.left -= read;
        let text = String::from_utf8(bytes).ok().ok_or(Fault::Broken)?;
        Ok(Some(match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }))
    }
}
