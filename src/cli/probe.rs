//! `portal probe`: whether the server of this machine takes requests.

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::{Failure, Outcome};

const TIMEOUT: Duration = Duration::from_secs(3);
/// More of an answer is not looked at.
const ANSWER_BYTES_MAX: u64 = 4_096;

/// Where the server is.
#[derive(Debug, clap::Args)]
pub struct Probe {
    /// Where it listens
    #[arg(
        long,
        env = "PORTAL_LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080"
    )]
    listen: String,
}

pub(super) fn run(wanted: &Probe) -> Outcome {
    let unknown = || Failure::new(format!("--listen {} is not an address", wanted.listen));
    let mut address = wanted.listen.to_socket_addrs()?.next().ok_or_else(unknown)?;
    if address.ip().is_unspecified() {
        // It listens everywhere, so also here.
        let here = match address {
            SocketAddr::V4(_) => IpAddr::from([127, 0, 0, 1]),
            SocketAddr::V6(_) => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1_u16]),
        };
        address.set_ip(here);
    }
    let answer = ask(address).map_err(|error| Failure::new(format!("{address} does not answer: {error}")))?;
    match answer.lines().next() {
        Some(line) if line.split(' ').nth(1) == Some("200") => Ok(()),
        Some(line) => Err(Failure::new(format!("{address} takes no requests: {line}"))),
        None => Err(Failure::new(format!("{address} says nothing"))),
    }
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    write!(
        stream,
        "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
