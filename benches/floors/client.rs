//! The least HTTP/1.1 client there can be: it shares the machine with what it measures.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

/// A connection that is kept.
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// A whole answer.
pub struct Answer<'a> {
    pub head: &'a str,
    pub body: &'a [u8],
}

impl Client {
    pub fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            buffer: vec![0; 1 << 18],
        }
    }

    /// Sends a request and reads the whole answer, which must be a good one.
    pub fn send(&mut self, request: &[u8]) -> Answer<'_> {
        self.stream.write_all(request).unwrap();
        let (mut filled, mut whole) = (0, None);
        let (head_end, end) = loop {
            filled += match self.stream.read(&mut self.buffer[filled..]).unwrap() {
                0 => panic!("the server hung up"),
                read => read,
            };
            whole = whole.or_else(|| whole_of(&self.buffer[..filled]));
            match whole {
                Some((head_end, end)) if filled >= end => break (head_end, end),
                Some((_, end)) if end > self.buffer.len() => self.buffer.resize(end, 0),
                _ => {}
            }
        };
        let head = std::str::from_utf8(&self.buffer[..head_end]).unwrap();
        let body = &self.buffer[head_end + 4..end];
        let is_good = matches!(head.as_bytes().get(9), Some(b'2' | b'3'));
        assert!(is_good, "{head}\n{}", String::from_utf8_lossy(body));
        Answer { head, body }
    }
}

/// Where the head ends, and where all of it does.
fn whole_of(bytes: &[u8]) -> Option<(usize, usize)> {
    let head_end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..head_end]).unwrap();
    let (_, length) = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))?;
    Some((head_end, head_end + 4 + length.parse::<usize>().unwrap()))
}
