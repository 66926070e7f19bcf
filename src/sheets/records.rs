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
    /// Between cells.
    sign: u8,
    pub(super) line: u64,
    pub(super) offset: u64,
    pub(super) quoting_fault: Option<Sentence>,
}

impl<'a> Records<'a> {
    /// The records of a file whose cells this sign parts.
    pub(super) fn new(bytes: &'a [u8], sign: u8) -> Self {
        Self {
            reader: csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(sign)
                .from_reader(bytes),
            record: ByteRecord::new(),
            bytes,
            lines: Lines::new(bytes),
            sign,
            line: 0,
            offset: 0,
            quoting_fault: None,
        }
    }

    /// True for a row of empty cells, as spreadsheets leave them.
    pub(super) fn is_blank(&self) -> bool {
        self.record.len() > 1 && self.quoting_fault.is_none() && self.record.iter().all(is_blank)
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
        self.quoting_fault = self
            .bytes
            .get(begin..end)
            .and_then(|record| quoting::fault(record, self.sign));
        true
    }
}

/// True for a cell with nothing to read.
pub(super) fn is_blank(cell: &[u8]) -> bool {
    cell.iter().all(u8::is_ascii_whitespace)
}

/// An offset into a slice that is in memory.
fn index(offset: u64) -> usize {
    usize::try_from(offset).expect("an offset into memory fits")
}
