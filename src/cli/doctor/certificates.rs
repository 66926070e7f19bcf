//! The certificate that a server shows: whether it is trusted here, and how long it is good.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDateTime;
use rustls::ClientConnection;
use rustls::pki_types::ServerName;

use super::{Finding, fail, ok, warn};
use crate::clock::Timestamp;
use crate::outbound::tls;

const TIMEOUT: Duration = Duration::from_secs(10);
/// Days that are left when it is told.
const DAYS_WARN: i64 = 21;
const DAYS_FAIL: i64 = 3;
/// Longer than any line of a mail server.
const LINE_BYTES_MAX: usize = 4_096;

/// What is said before a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Greeting {
    None,
    /// A mail server is asked for STARTTLS.
    Smtp,
}

/// Looks at the certificate of a server.
pub(super) fn look(check: &'static str, host: &str, port: u16, greeting: Greeting, now: Timestamp) -> Finding {
    const REMEDY: &str = "Renew it, and look why that did not happen by itself";
    match shown(host, port, greeting) {
        Ok(until) => {
            let days = (until - now).num_days();
            let found = format!("The certificate of {host}:{port} is good for {days} days more");
            match days {
                days if days < DAYS_FAIL => fail(check, found, REMEDY),
                days if days < DAYS_WARN => warn(check, found, REMEDY),
                _ => ok(check, found),
            }
        }
        Err(why) => fail(
            check,
            format!("{host}:{port} can't be trusted: {why}"),
            "Look whether it runs, which certificate it shows, and whether this machine knows who signed it (package ca-certificates)",
        ),
    }
}

/// Until when the certificate is good that a server shows.
fn shown(host: &str, port: u16, greeting: Greeting) -> Result<Timestamp, String> {
    let told = |error: std::io::Error| error.to_string();
    let address = (host, port)
        .to_socket_addrs()
        .map_err(told)?
        .next()
        .ok_or("its name is unknown")?;
    let mut socket = TcpStream::connect_timeout(&address, TIMEOUT).map_err(told)?;
    socket.set_read_timeout(Some(TIMEOUT)).map_err(told)?;
    socket.set_write_timeout(Some(TIMEOUT)).map_err(told)?;
    if greeting == Greeting::Smtp {
        start_tls(&mut socket)?;
    }
    let config = tls().map_err(|error| error.to_string())?;
    let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
    let mut connection = ClientConnection::new(Arc::new(config), name).map_err(|error| error.to_string())?;
    while connection.is_handshaking() {
        connection.complete_io(&mut socket).map_err(told)?;
    }
    let certificate = connection
        .peer_certificates()
        .and_then(<[_]>::first)
        .ok_or("it shows no certificate")?;
    not_after(certificate).ok_or_else(|| "its certificate can't be read".to_owned())
}

/// Asks a mail server to protect the connection.
fn start_tls(socket: &mut TcpStream) -> Result<(), String> {
    expect(socket, "220")?;
    for (line, wanted) in [("EHLO portal.invalid\r\n", "250"), ("STARTTLS\r\n", "220")] {
        socket.write_all(line.as_bytes()).map_err(|error| error.to_string())?;
        expect(socket, wanted)?;
    }
    Ok(())
}

/// Reads an answer of some lines; the last has a blank behind its number.
fn expect(socket: &mut TcpStream, wanted: &str) -> Result<(), String> {
    loop {
        let line = line(socket)?;
        if !line.starts_with(wanted) {
            return Err(format!("it says {line}"));
        }
        if line.as_bytes().get(3) != Some(&b'-') {
            return Ok(());
        }
    }
}

fn line(socket: &mut TcpStream) -> Result<String, String> {
    let mut line = Vec::new();
    let mut byte = [0_u8; 1];
    while line.len() < LINE_BYTES_MAX && !line.ends_with(b"\r\n") {
        match socket.read(&mut byte).map_err(|error| error.to_string())? {
            0 => return Err("it hung up".to_owned()),
            _ => line.extend(byte),
        }
    }
    Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
}

/// The end of a certificate's validity (RFC 5280, section 4.1).
fn not_after(certificate: &[u8]) -> Option<Timestamp> {
    let (_, whole, _) = element(certificate)?;
    let (_, mut rest, _) = element(whole)?;
    let (tag, _, behind) = element(rest)?;
    // The version, where there is one.
    if tag == 0xa0 {
        rest = behind;
    }
    // Serial number, algorithm, issuer.
    for _ in 0..3 {
        rest = element(rest)?.2;
    }
    let (_, validity, _) = element(rest)?;
    let (_, _, behind) = element(validity)?;
    let (tag, text, _) = element(behind)?;
    let text = std::str::from_utf8(text).ok()?;
    match tag {
        // UTCTime: years from 1950 to 2049.
        0x17 => {
            let century = if text.get(..2)? < "50" { "20" } else { "19" };
            NaiveDateTime::parse_from_str(&format!("{century}{text}"), "%Y%m%d%H%M%SZ").ok()
        }
        0x18 => NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%SZ").ok(),
        _ => None,
    }
}

/// Tag, content, and what stands behind the first element of DER.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (
                digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)),
                rest,
            )
        }
        _ => return None,
    };
    let (content, behind) = rest.split_at_checked(length)?;
    Some((*tag, content, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn der(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u8::try_from(content.len()).expect("short");
        match length {
            0..=0x7f => [&[tag, length][..], content].concat(),
            _ => [&[tag, 0x81, length][..], content].concat(),
        }
    }

    fn certificate(until: &[u8], tag: u8) -> Vec<u8> {
        let validity = der(0x30, &[der(0x17, b"260101000000Z"), der(tag, until)].concat());
        let parts = [
            der(0xa0, &[2, 1, 2]),
            der(2, &[1]),
            der(0x30, &[5, 0]),
            der(0x30, &[0; 130]),
            validity,
        ];
        der(0x30, &der(0x30, &parts.concat()))
    }

    #[test]
    fn the_end_of_a_certificate_is_read() {
        let read = |until: &[u8], tag| not_after(&certificate(until, tag)).map(|at| at.to_string());
        assert_eq!(read(b"270115120000Z", 0x17).as_deref(), Some("2027-01-15 12:00:00"));
        assert_eq!(read(b"20510115120000Z", 0x18).as_deref(), Some("2051-01-15 12:00:00"));
        assert_eq!(read(b"never", 0x17), None);
    }

    #[test]
    fn what_is_no_certificate_is_refused() {
        let good = certificate(b"270115120000Z", 0x17);
        for length in 0..good.len() {
            assert_eq!(not_after(good.get(..length).expect("shorter")), None, "{length}");
        }
        assert_eq!(not_after(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), None);
    }
}
