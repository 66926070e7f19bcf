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

/// True if the first record has more cells than this: told before it is taken apart, so that no header fills the memory.
pub(super) fn is_wider(bytes: &[u8], sign: u8, most: usize) -> bool {
    let mut cells = 1_usize;
    let (mut is_begun, mut is_cell_begun, mut is_quoted, mut is_closed) = (false, false, false, false);
    for byte in bytes.iter().copied() {
        if is_quoted {
            (is_quoted, is_closed) = (byte != b'"', byte == b'"');
            continue;
        }
        match byte {
            // Breaks before the first record are passed over.
            b'\r' | b'\n' if !is_begun => continue,
            b'\r' | b'\n' => return false,
            // Quotes are those that a cell begins with; of two within it both are one sign of its text.
            b'"' if !is_cell_begun || is_closed => (is_quoted, is_cell_begun) = (true, true),
            _ if byte == sign => {
                cells += 1;
                is_cell_begun = false;
            }
            _ => is_cell_begun = true,
        }
        (is_begun, is_closed) = (true, false);
        if cells > most {
            return true;
        }
    }
    false
}

/// True for a cell with nothing to read.
pub(super) fn is_blank(cell: &[u8]) -> bool {
    cell.iter().all(u8::is_ascii_whitespace)
}

/// An offset into a slice that is in memory.
fn index(offset: u64) -> usize {
    usize::try_from(offset).expect("an offset into memory fits")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn five_million_columns_are_too_many_before_they_are_taken_apart() {
        let wide = ",".repeat(5_000_000);
        assert!(is_wider(wide.as_bytes(), b',', 16_384));
        assert!(!is_wider(wide.as_bytes(), b';', 16_384));
        // A break, and a sign within quotes, are none between cells.
        let tall = "sku,name\n".repeat(100_000);
        assert!(!is_wider(tall.as_bytes(), b',', 2));
        let quoted = format!("sku,\"{wide}\"\n");
        assert!(!is_wider(quoted.as_bytes(), b',', 2));
    }

    proptest! {
        #[test]
        fn a_record_is_as_wide_as_its_cells_are_many(text in "[a,;\"\r\n]{0,24}", most in 1_usize..6) {
            let mut records = Records::new(text.as_bytes(), b',');
            let is_wide = records.next() && records.record.len() > most;
            prop_assert_eq!(is_wider(text.as_bytes(), b',', most), is_wide, "{:?}", text);
        }
    }
}
