//! What the CSV reader does not tell: lines as editors count them, and quotes that don't close.

use crate::sentences::Sentence;
use crate::sheets::sentences;

/// Counts lines while offsets grow. `\n`, `\r\n` and a lone `\r` end a line.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            offset: 0,
            line: 1,
        }
    }

    /// The line of the byte at `offset`, which is not before the last one asked.
    pub(super) fn at(&mut self, offset: usize) -> u64 {
        let passed = self.bytes.get(self.offset..offset).unwrap_or_default();
        let after = self.bytes.get(self.offset + 1..).unwrap_or_default();
        let ends = passed.iter().enumerate().filter(|(place, byte)| match byte {
            b'\n' => true,
            b'\r' => after.get(*place) != Some(&b'\n'),
            _ => false,
        });
        self.line += u64::try_from(ends.count()).expect("a count of bytes in memory fits");
        self.offset = offset;
        self.line
    }
}

/// The first offset from `start` on that is not a line break.
pub(super) fn skip_breaks(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

/// What is wrong with the quotes of one record, which readers would mend by guessing.
pub(super) fn fault(record: &[u8], sign: u8) -> Option<Sentence> {
    enum State {
        CellStart,
        Plain,
        Quoted,
        QuoteInQuoted,
    }
    if !record.contains(&b'"') {
        return None;
    }
    let mut state = State::CellStart;
    for byte in record {
        state = match (state, byte) {
            (State::CellStart, b'"') => State::Quoted,
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::Quoted, _) | (State::QuoteInQuoted, b'"') => State::Quoted,
            (_, b'\r' | b'\n') => State::CellStart,
            (_, byte) if *byte == sign => State::CellStart,
            (State::QuoteInQuoted, _) => {
                return Some(sentences::text_after_quote());
            }
            (State::CellStart | State::Plain, _) => State::Plain,
        };
    }
    matches!(state, State::Quoted).then(sentences::quote_never_closes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_an_editor() {
        let text = b"a\r\nb\nc\rd";
        let mut lines = Lines::new(text);
        let found: Vec<_> = [0, 3, 5, 7].map(|offset| lines.at(offset)).into();
        assert_eq!(found, [1, 2, 3, 4]);
    }

    #[test]
    fn wrong_quotes_are_seen() {
        for good in [
            "a,b",
            "\"a\",b",
            "\"a,\"\"b\"\"\nc\",d\r\n",
            "12\" pipe",
            "\"\"\r\n",
            "\"\"\"a\"",
        ] {
            assert_eq!(fault(good.as_bytes(), b','), None, "{good}");
        }
        for bad in ["\"a", "a,\"b\nc,d\n", "\"a\"b", "\"a\" ,b"] {
            assert!(fault(bad.as_bytes(), b',').is_some(), "{bad}");
        }
        assert_eq!(fault(b"\"a,\";b", b';'), None);
        assert!(fault(b"\"a\",b;c", b';').is_some());
    }
}
