//! What comes in is unpacked and cut into rows while it comes, and rows are gathered into pieces: never more than a piece
//! and one row are held.

use std::io::Write;

use flate2::write::GzDecoder;
use sha2::{Digest, Sha256};

use super::files;
use super::rules::{BYTES_MAX, Format, Kind, Mode, PIECE_BYTES};
use super::sentences;
use crate::error::{Code, Error, Result};

/// Packed bytes are unpacked so many at a time: packed as well as can be, they become a thousand times as many.
const UNPACKED_AT_ONCE: usize = 4 * 1024;

/// Rows that are kept together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The line its first row stands in.
    pub first_row: u64,
    pub rows: u64,
    /// As they were sent, each with its line break.
    pub text: Vec<u8>,
}

/// A body on its way in.
pub struct Reader {
    unpacking: Option<GzDecoder<Vec<u8>>>,
    cutter: Cutter,
}

/// What was read in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The columns as the first line of a file; empty for orders.
    pub head: String,
    pub rows: u64,
    /// Unpacked.
    pub bytes: u64,
    /// SHA-256 of the unpacked bytes, in hexadecimal.
    pub hash: String,
}

impl Reader {
    pub fn new(kind: Kind, mode: Mode, format: Format, is_packed: bool) -> Self {
        Self {
            unpacking: is_packed.then(|| GzDecoder::new(Vec::new())),
            cutter: Cutter::new(kind, mode, format),
        }
    }

    /// Reads the next bytes of the body.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let Some(unpacking) = &mut self.unpacking else {
            return self.cutter.push(bytes);
        };
        for part in bytes.chunks(UNPACKED_AT_ONCE) {
            unpacking.write_all(part).map_err(broken)?;
            let unpacked = std::mem::take(unpacking.get_mut());
            self.cutter.push(&unpacked)?;
        }
        Ok(())
    }

    /// A piece that is complete, if there is one.
    pub fn take(&mut self) -> Option<Piece> {
        self.cutter.done.pop_front()
    }

    /// The body is complete: what was read in all. What is left is to be taken.
    pub fn end(&mut self) -> Result<Read> {
        if let Some(unpacking) = self.unpacking.take() {
            let rest = unpacking.finish().map_err(broken)?;
            self.cutter.push(&rest)?;
        }
        self.cutter.end()
    }
}

fn broken(error: std::io::Error) -> Error {
    Error::malformed(Code::BadRequest, sentences::not_gzip(error))
}

struct Cutter {
    kind: Kind,
    mode: Mode,
    format: Format,
    /// Of the first line; none until it came.
    head: Option<String>,
    /// The row that is coming in.
    row: Vec<u8>,
    /// Where in a cell of CSV it ends so far.
    place: Place,
    /// Lines that ended.
    lines: u64,
    /// The line that the row begins in.
    row_line: u64,
    piece: Piece,
    done: std::collections::VecDeque<Piece>,
    rows: u64,
    bytes: u64,
    hash: Sha256,
}

impl Cutter {
    fn new(kind: Kind, mode: Mode, format: Format) -> Self {
        Self {
            kind,
            mode,
            format,
            head: kind.is_of_orders().then(String::new),
            row: Vec::new(),
            place: Place::Start,
            lines: 0,
            row_line: 1,
            piece: empty(),
            done: std::collections::VecDeque::new(),
            rows: 0,
            bytes: 0,
            hash: Sha256::new(),
        }
    }

    fn push(&mut self, bytes: &[u8]) -> Result<()> {
        self.hash.update(bytes);
        self.bytes = self
            .bytes
            .saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if self.bytes > BYTES_MAX {
            let detail = sentences::at_most_megabytes_of_rows(BYTES_MAX / 1024 / 1024);
            return Err(Error::malformed(Code::PayloadTooLarge, detail));
        }
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.row.extend_from_slice(line);
            if self.row.len() > self.kind.row_bytes_max() {
                let detail = sentences::row_too_long(self.row_line, self.kind.row_bytes_max() / 1024);
                return Err(Error::malformed(Code::PayloadTooLarge, detail));
            }
            if self.format == Format::Csv {
                self.place = behind(self.place, line);
            }
            if line.ends_with(b"\n") {
                self.lines += 1;
                if self.place != Place::Quoted {
                    self.end_row()?;
                }
            }
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<()> {
        let mut row = std::mem::take(&mut self.row);
        let line = self.row_line;
        self.row_line = self.lines + 1;
        self.place = Place::Start;
        if line == 1 && row.starts_with(files::BOM) {
            row.drain(..files::BOM.len());
        }
        // A spreadsheet writes a row of nothing as a row of separators.
        let is_nothing = |byte: &u8| byte.is_ascii_whitespace() || (self.format == Format::Csv && b",;".contains(byte));
        let is_blank = row.iter().all(is_nothing);
        if self.head.is_none() && !is_blank {
            self.head = Some(files::head(self.kind, self.format, &row)?);
            if self.format == Format::Csv {
                return Ok(());
            }
        }
        if self.piece.text.is_empty() {
            self.piece.first_row = line;
        }
        if !is_blank {
            self.rows += 1;
            self.piece.rows += 1;
            let rows_max = self.kind.rows_max(self.mode);
            if self.rows > rows_max {
                let detail = sentences::at_most_rows(rows_max);
                return Err(Error::malformed(Code::PayloadTooLarge, detail));
            }
        }
        if self.head.is_none() {
            return Ok(());
        }
        self.piece.text.extend_from_slice(&row);
        if self.piece.rows >= self.kind.piece_rows() || self.piece.text.len() >= PIECE_BYTES {
            self.end_piece();
        }
        Ok(())
    }

    fn end_piece(&mut self) {
        let piece = std::mem::replace(&mut self.piece, empty());
        if piece.rows > 0 {
            self.done.push_back(piece);
        }
    }

    fn end(&mut self) -> Result<Read> {
        if !self.row.is_empty() {
            self.lines += 1;
            self.row.push(b'\n');
            self.end_row()?;
        }
        self.end_piece();
        if self.rows == 0 {
            return Err(Error::malformed(Code::BadRequest, sentences::no_rows()));
        }
        Ok(Read {
            head: self.head.clone().unwrap_or_default(),
            rows: self.rows,
            bytes: self.bytes,
            hash: data_encoding::HEXLOWER.encode(&self.hash.clone().finalize()),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before a cell.
    Start,
    Plain,
    Quoted,
    /// Behind a quote that ends the cell or stands for itself.
    Quote,
}

/// Where the bytes lead. A quote opens only at the start of a cell: an inch is no quote.
fn behind(place: Place, bytes: &[u8]) -> Place {
    if place != Place::Quoted && place != Place::Quote && !bytes.contains(&b'"') {
        return match bytes.last() {
            Some(b',' | b';' | b'\t' | b'\n' | b'\r') => Place::Start,
            Some(_) => Place::Plain,
            None => place,
        };
    }
    bytes.iter().fold(place, |place, byte| match (place, byte) {
        (Place::Start | Place::Quote, b'"') | (Place::Quoted, 0..=33 | 35..) => Place::Quoted,
        (Place::Quoted, _) => Place::Quote,
        (_, b',' | b';' | b'\t' | b'\n' | b'\r') => Place::Start,
        _ => Place::Plain,
    })
}

fn empty() -> Piece {
    Piece {
        first_row: 1,
        rows: 0,
        text: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: Kind, format: Format, body: &[u8], at_once: usize) -> Result<(Read, Vec<Piece>)> {
        let mut reader = Reader::new(kind, Mode::ValidRows, format, false);
        for part in body.chunks(at_once) {
            reader.push(part)?;
        }
        let read = reader.end()?;
        Ok((read, std::iter::from_fn(|| reader.take()).collect()))
    }

    #[test]
    fn rows_are_cut_the_same_wherever_the_body_is_cut() {
        let body = b"\xEF\xBB\xBFwarehouse,sku,on_hand\r\nN,\"A\n\"\"1\",2\r\n\r\nN,B,3";
        for at_once in [1, 2, 5, 1000] {
            let (all, pieces) = read(Kind::Stock, Format::Csv, body, at_once).expect("good");
            assert_eq!((all.rows, all.head.as_str()), (2, "warehouse,sku,on_hand"), "{at_once}");
            assert_eq!(pieces.len(), 1);
            assert_eq!((pieces[0].first_row, pieces[0].rows), (2, 2));
            assert_eq!(pieces[0].text, b"N,\"A\n\"\"1\",2\r\n\r\nN,B,3\n");
        }
    }

    #[test]
    fn a_row_of_separators_is_none() {
        let body = b"warehouse,sku,on_hand\n,,\nN,A,1\n , ,\n";
        let (all, pieces) = read(Kind::Stock, Format::Csv, body, 4).expect("good");
        assert_eq!((all.rows, pieces[0].first_row, pieces[0].rows), (1, 2, 1));
        assert_eq!(
            read(Kind::Stock, Format::Csv, b"warehouse,sku,on_hand\n,,\n", 9)
                .expect_err("nothing")
                .code(),
            Code::BadRequest
        );
    }

    #[test]
    fn an_inch_is_no_quote() {
        let body = b"warehouse,sku,on_hand\nN,12\" pipe,1\nN,B,2\n";
        let (all, _) = read(Kind::Stock, Format::Csv, body, 3).expect("good");
        assert_eq!(all.rows, 2);
    }

    #[test]
    fn many_rows_are_many_pieces_that_know_their_lines() {
        let body: String = (0..4_500)
            .map(|n| format!("{{\"warehouse\":\"N\",\"sku\":\"{n}\",\"on_hand\":1}}\n"))
            .collect();
        let (all, pieces) = read(Kind::Stock, Format::Ndjson, body.as_bytes(), 777).expect("good");
        assert_eq!(all.rows, 4_500);
        let places: Vec<_> = pieces.iter().map(|piece| (piece.first_row, piece.rows)).collect();
        assert_eq!(
            places,
            [(1, 1_000), (1_001, 1_000), (2_001, 1_000), (3_001, 1_000), (4_001, 500)]
        );
    }

    #[test]
    fn what_is_too_long_or_nothing_is_refused_at_once() {
        let long = vec![b'x'; 70 * 1024];
        let refused = read(Kind::Stock, Format::Csv, &long, 1000).expect_err("too long");
        assert_eq!(refused.code(), Code::PayloadTooLarge);
        assert_eq!(
            read(Kind::Stock, Format::Csv, b"\n \n", 9).expect_err("nothing").code(),
            Code::BadRequest
        );
        assert!(read(Kind::Stock, Format::Csv, b"warehouse,sku,on_hand\n", 9).is_err());
        let mut packed = Reader::new(Kind::Stock, Mode::ValidRows, Format::Csv, true);
        assert_eq!(
            packed
                .push(b"no gzip at all, but long enough")
                .expect_err("not packed")
                .code(),
            Code::BadRequest
        );
    }

    #[test]
    fn what_is_packed_unfolds_only_to_the_limit() {
        use flate2::{Compression, write::GzEncoder};
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let line = format!("warehouse,sku,on_hand\n{}", "\n".repeat(4_000_000));
        encoder.write_all(line.as_bytes()).expect("packed");
        let bomb = encoder.finish().expect("packed");
        let mut reader = Reader::new(Kind::Stock, Mode::ValidRows, Format::Csv, true);
        // As if the rest had come already: to unfold all of it takes minutes where nothing is optimised.
        reader.cutter.bytes = BYTES_MAX - 3_000_000;
        let refused = bomb.chunks(64 * 1024).find_map(|part| reader.push(part).err());
        assert_eq!(refused.expect("refused").code(), Code::PayloadTooLarge);
    }
}
