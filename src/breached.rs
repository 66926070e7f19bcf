//! Passwords that are known from breaches, in a file that is searched where it lies: it may have a billion lines.
//!
//! A line is the SHA-1 of a password in hexadecimal, in their order; what stands behind it (`:52579`) is left out. So Have I
//! Been Pwned gives them out, *ordered by hash*. No password leaves this machine to be looked up.

use std::fmt;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use data_encoding::HEXUPPER;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use crate::error::{Error, Result};

/// Characters of a hash.
const HASH_CHARS: usize = 40;
/// Bytes that are read at a place: the rest of one line and the hash of the next.
const WINDOW: usize = 256;
/// Places of a new file that are looked at: whether it is what it should be.
const SAMPLES: u64 = 64;
const NO_HASH: &str = "a line doesn't begin with the SHA-1 of a password, 40 hexadecimal digits";

/// A list of such passwords. Clones share the file.
#[derive(Clone)]
pub struct Breached(Arc<Listed>);

struct Listed {
    file: Mutex<File>,
    length: u64,
}

impl fmt::Debug for Breached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Breached({} bytes)", self.0.length)
    }
}

impl Breached {
    /// Opens a list; why it can't be one, if it can't.
    pub fn open(path: &Path) -> Result<Self, String> {
        let told = |why: &str| format!("{}: {why}", path.display());
        let unreadable = |error: std::io::Error| told(&error.to_string());
        let file = File::open(path).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        let listed = Listed {
            file: Mutex::new(file),
            length,
        };
        let mut before: Option<String> = None;
        for sample in 0..SAMPLES {
            let place = (length / SAMPLES).saturating_mul(sample);
            let Some((_, hash)) = listed.first_from(place).map_err(unreadable)? else {
                continue;
            };
            if !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(told(NO_HASH));
            }
            if before.as_ref().is_some_and(|before| *before > hash) {
                return Err(told(
                    "the lines don't follow each other by their hash; take the list that is ordered by hash",
                ));
            }
            before = Some(hash);
        }
        match before {
            Some(_) => Ok(Self(Arc::new(listed))),
            None if length == 0 => Err(told("is empty")),
            None => Err(told(NO_HASH)),
        }
    }

    /// True for a password that is in the list. Reads some forty places of the file: only where blocking is allowed.
    pub fn has(&self, password: &str) -> Result<bool> {
        let found = self.0.find(&hash_of(password));
        found.map_err(|error| Error::Unavailable(format!("the list of passwords from breaches can't be read: {error}")))
    }
}

fn hash_of(password: &str) -> String {
    HEXUPPER.encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes()).as_ref())
}

impl Listed {
    fn find(&self, wanted: &str) -> std::io::Result<bool> {
        // The line that is looked for begins in this range, if it is there.
        let (mut from, mut to) = (0_u64, self.length);
        while from < to {
            let middle = from.midpoint(to);
            match self.first_from(middle)? {
                Some((_, hash)) if hash == wanted => return Ok(true),
                Some((begin, hash)) if hash.as_str() < wanted => from = begin.saturating_add(1),
                _ => to = middle,
            }
        }
        Ok(false)
    }

    /// The first line that begins at `place` or behind it: where, and its hash in capitals. Nothing where none does, or where
    /// what begins there is shorter than a hash.
    fn first_from(&self, place: u64) -> std::io::Result<Option<(u64, String)>> {
        // A line begins where the file does, or behind the end of another.
        let begin = place.saturating_sub(1);
        let mut window = Vec::with_capacity(WINDOW);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(begin))?;
        (&mut *file)
            .take(u64::try_from(WINDOW).unwrap_or(u64::MAX))
            .read_to_end(&mut window)?;
        drop(file);
        let skipped = match place {
            0 => 0,
            _ => match window.iter().position(|byte| *byte == b'\n') {
                Some(end) => end + 1,
                None => return Ok(None),
            },
        };
        let hash = window.iter().skip(skipped).take(HASH_CHARS);
        let hash: String = hash.map(|byte| char::from(*byte).to_ascii_uppercase()).collect();
        if hash.chars().count() < HASH_CHARS {
            return Ok(None);
        }
        let at = begin.saturating_add(u64::try_from(skipped).unwrap_or(u64::MAX));
        Ok(Some((at, hash)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("passwords.txt");
        std::fs::write(&path, text).expect("written");
        (folder, path)
    }

    #[test]
    fn what_is_in_the_list_is_found_and_nothing_else() {
        for (end, count) in [("\n", 1), ("\r\n", 2), ("\n", 3), ("\n", 1000)] {
            let mut lines: Vec<_> = (0..count)
                .map(|number| format!("{}:{}", hash_of(&format!("known {number}")), number * 7919))
                .collect();
            lines.sort();
            let (_folder, path) = file(&lines.join(end));
            let breached = Breached::open(&path).expect("a list");
            for number in 0..count {
                assert!(
                    breached.has(&format!("known {number}")).expect("read"),
                    "{number} of {count}"
                );
                assert!(
                    !breached.has(&format!("new {number}")).expect("read"),
                    "{number} of {count}"
                );
            }
        }
        let (_folder, path) = file(&format!("{}\n", hash_of("small letters").to_lowercase()));
        assert!(
            Breached::open(&path)
                .expect("a list")
                .has("small letters")
                .expect("read")
        );
    }

    #[test]
    fn what_is_no_such_list_is_told() {
        let (one, two) = (hash_of("a"), hash_of("b"));
        let (less, more) = if one < two { (one, two) } else { (two, one) };
        for (text, told) in [
            (String::new(), "is empty"),
            ("hunter2\npassword1\n".to_owned(), "40 hexadecimal digits"),
            (
                "correct horse battery staple, once more and on\n".to_owned(),
                "40 hexadecimal digits",
            ),
            (format!("{more}:1\n{less}:2\n"), "ordered by hash"),
        ] {
            let (_folder, path) = file(&text);
            let why = Breached::open(&path).expect_err("no list");
            assert!(why.contains(told), "{text}: {why}");
        }
        let why = Breached::open(Path::new("/nowhere/passwords.txt")).expect_err("no file");
        assert!(why.starts_with("/nowhere/passwords.txt: "), "{why}");
    }
}
