//! The records of a file, each with the line it begins at and what is wrong with its quotes.

use csv::ByteRecord;

use super::quoting::{self, Lines};
use crate::sentences::Sentence;

/// The records of a file with the line each begins at.
pub(super) struct Records<'a> {
    reader: csv::Reader<&'a [u8]>,
    pub(super) record: ByteRecord,
    bytes: &'a [u8],
    lines: Lines<'a>,
    pub(super) line: u64,
    pub(super) offset: u64,
    pub(super) quoting_fault: Option<Sentence>,
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            reader: csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(bytes),
            record: ByteRecord::new(),
            bytes,
            lines: Lines::new(bytes),
            line: 0,
            offset: 0,
            quoting_fault: None,
        }
    }

    /// Moves to the next record; false at the end.
    pub(super) fn next(&mut self) -> bool {
        let start = self.offset;
        // Reading bytes from memory, of any number of cells, can't fail.
        if !matches!(self.reader.read_byte_record(&mut self.record), Ok(true)) {
            return false;
        }
        self.offset = self.reader.position().byte();
        let (start, end) = (index(start), index(self.offset));
        let begin = quoting::skip_breaks(self.bytes, start);
        self.line = self.lines.at(begin);
        self.quoting_fault = self.bytes.get(begin..end).and_then(quoting::fault);
        true
    }
}

/// An offset into a slice that is in memory.
fn index(offset: u64) -> usize {
    usize::try_from(offset).expect("an offset into memory fits")
}
