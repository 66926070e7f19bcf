//! Keys that rows of a file have had.

use std::collections::HashMap;
use std::hash::Hash;

use super::{Cells, sentences};
use crate::error::Code;

/// Keys of a file's rows: a key that stands twice is a fault of the later row.
#[derive(Debug)]
pub struct Keys<Key> {
    lines: HashMap<Key, u32>,
}

impl<Key: Eq + Hash> Keys<Key> {
    /// No keys yet.
    pub fn new() -> Self {
        Self { lines: HashMap::new() }
    }

    /// The line of the row with this key; 0 where there is none.
    pub fn line(&self, key: &Key) -> u64 {
        self.lines.get(key).copied().unwrap_or_default().into()
    }

    /// Notes the key of a row; `column` is where a fault is shown. None if the key was there.
    pub fn note(&mut self, cells: &mut Cells<'_>, column: &'static str, key: Key) -> Option<()> {
        // A file of four billion lines does not fit in memory.
        let line = u32::try_from(cells.line()).unwrap_or(u32::MAX);
        if cells.was_before(column, &key) {
            return cells.refuse(column, Code::DuplicateKey, sentences::same_key_before());
        }
        match self.lines.entry(key) {
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(line);
                Some(())
            }
            std::collections::hash_map::Entry::Occupied(taken) => {
                // Lines of a piece are not those of what was sent.
                let remedy = match cells.seen {
                    Some(_) => sentences::same_key_before(),
                    None => sentences::same_key(*taken.get()),
                };
                cells.refuse(column, Code::DuplicateKey, remedy)
            }
        }
    }
}

impl<Key: Eq + Hash> Default for Keys<Key> {
    fn default() -> Self {
        Self::new()
    }
}
