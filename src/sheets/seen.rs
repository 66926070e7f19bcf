//! Keys of rows that came before, where what was sent is read piece by piece: a key that stands twice is a fault of the
//! later row, in whichever piece either stands.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Cells;

/// The keys of earlier pieces, eight bytes each. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Seen(Arc<Mutex<Marks>>);

#[derive(Debug, Default)]
struct Marks {
    before: HashSet<u64>,
    /// Of the files of this piece that were read.
    beside: HashSet<u64>,
    /// Of the file that is being read.
    now: Vec<u64>,
}

impl Seen {
    fn marks(&self) -> MutexGuard<'_, Marks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True if an earlier piece or file had the key; else it is noted. Keys of other columns are other keys. That two of a million
    /// keys have the same mark is less likely than one in ten million.
    pub(super) fn was_before<Key: Hash>(&self, column: &str, key: &Key) -> bool {
        let mut hasher = DefaultHasher::new();
        (column, std::any::type_name::<Key>(), key).hash(&mut hasher);
        let mark = hasher.finish();
        let mut marks = self.marks();
        let was = marks.before.contains(&mark) || marks.beside.contains(&mark);
        if !was {
            marks.now.push(mark);
        }
        was
    }

    /// Another file of the same piece follows.
    pub fn turn(&self) {
        let mut marks = self.marks();
        let now = std::mem::take(&mut marks.now);
        marks.beside.extend(now);
    }

    /// The piece is done: what it held was before from now on.
    pub fn keep(&self) {
        self.turn();
        let mut marks = self.marks();
        let beside = std::mem::take(&mut marks.beside);
        marks.before.extend(beside);
    }

    /// The piece is read once more.
    pub fn forget(&self) {
        let mut marks = self.marks();
        marks.beside.clear();
        marks.now.clear();
    }
}

impl<'a> Cells<'a> {
    /// The same row of a file that comes behind others.
    pub(super) fn behind(mut self, seen: Option<&'a Seen>) -> Self {
        self.seen = seen;
        self
    }

    /// True if a row of an earlier piece has this key.
    pub(super) fn was_before<Key: Hash>(&self, column: &str, key: &Key) -> bool {
        self.seen.is_some_and(|seen| seen.was_before(column, key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_was_before_once_its_piece_is_kept() {
        let seen = Seen::default();
        assert!(!seen.was_before("sku", &"A"));
        assert!(!seen.was_before("sku", &"A"), "the same piece");
        seen.forget();
        assert!(!seen.was_before("sku", &"A"));
        seen.turn();
        assert!(seen.was_before("sku", &"A"), "another file of the piece");
        seen.keep();
        assert!(seen.was_before("sku", &"A"));
        assert!(!seen.was_before("gtin", &"A") && !seen.was_before("sku", &"B"));
    }
}
