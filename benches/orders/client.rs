//! The least HTTP/1.1 client there can be: it shares the machine with what it measures.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
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

    /// Sends a request and reads the whole answer, which must be a 2xx.
    pub fn send(&mut self, request: &[u8]) -> String {
        self.stream.write_all(request).unwrap();
        let mut filled = 0;
        loop {
            filled += match self.stream.read(&mut self.buffer[filled..]).unwrap() {
                0 => panic!("the server hung up"),
                read => read,
            };
            let text = &self.buffer[..filled];
            let Some(head_end) = text.windows(4).position(|window| window == b"\r\n\r\n") else {
                continue;
            };
            let head = String::from_utf8_lossy(&text[..head_end]).to_lowercase();
            let length = head
                .split("content-length: ")
                .nth(1)
                .and_then(|rest| rest.lines().next())
                .unwrap();
            let whole = head_end + 4 + length.trim().parse::<usize>().unwrap();
            if whole > self.buffer.len() {
                self.buffer.resize(whole, 0);
            }
            if filled >= whole {
                let body = String::from_utf8_lossy(&self.buffer[head_end + 4..whole]).into_owned();
                assert!(head.starts_with("http/1.1 2"), "{head}\n{body}");
                return body;
            }
        }
    }
}
