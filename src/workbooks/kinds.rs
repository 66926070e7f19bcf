//! What a file is by what stands in it, whatever it is called.

use crate::names::names;

names! {
    /// What people send although it is no list.
    pub enum Foreign as ForeignFile {
        /// A web page; many programs call one `.xls`.
        Html = "html",
        Xml = "xml",
        Pdf = "pdf",
        Rtf = "rtf",
        /// A mail or a web archive.
        Mail = "mail",
        OpenDocument = "open_document",
        /// A workbook with a password.
        Locked = "locked",
        Picture = "picture",
        /// Another archive.
        Archive = "archive",
    }
}

/// How much of the beginning is looked at.
const SEEN: usize = 2_000;
/// Headers of mails and web archives; two of them make one.
const HEADERS: &[&str] = &[
    "bcc",
    "cc",
    "content-transfer-encoding",
    "content-type",
    "date",
    "delivered-to",
    "dkim-signature",
    "from",
    "message-id",
    "mime-version",
    "received",
    "reply-to",
    "return-path",
    "subject",
    "to",
];
const BEGINNINGS: &[(&[u8], Foreign)] = &[
    (b"%PDF-", Foreign::Pdf),
    (b"{\\rtf", Foreign::Rtf),
    (b"\x89PNG", Foreign::Picture),
    (b"\xFF\xD8\xFF", Foreign::Picture),
    (b"GIF8", Foreign::Picture),
    (b"II*\0", Foreign::Picture),
    (b"MM\0*", Foreign::Picture),
    (b"\x1F\x8B", Foreign::Archive),
    (b"7z\xBC\xAF", Foreign::Archive),
    (b"Rar!", Foreign::Archive),
];

/// What the file is instead of a list as text. Nothing for a text, for an archive of ours ([`is_packed`]) and for an old
/// workbook ([`is_compound`]).
pub fn foreign(bytes: &[u8]) -> Option<Foreign> {
    if is_compound(bytes) {
        return in_compound(bytes);
    }
    if is_packed(bytes) {
        // The first entry of an OpenDocument file says so, unpacked.
        let start = bytes.get(..SEEN.min(bytes.len())).unwrap_or_default();
        return holds(start, b"application/vnd.oasis.opendocument").then_some(Foreign::OpenDocument);
    }
    let begins = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning));
    if let Some((_, kind)) = begins {
        return Some(*kind);
    }
    let start = bytes.get(..SEEN.min(bytes.len())).unwrap_or_default();
    let text = match encoding_rs::Encoding::for_bom(start) {
        Some((encoding, _)) => encoding.decode(start).0,
        None => String::from_utf8_lossy(start),
    };
    in_text(text.trim_start())
}

/// What the file is instead of a text, a workbook and any other archive too.
pub fn no_text(bytes: &[u8]) -> Option<Foreign> {
    let is_archive = is_packed(bytes) || is_compound(bytes);
    foreign(bytes).or(is_archive.then_some(Foreign::Archive))
}

/// True for a ZIP archive, which a workbook is.
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// True for what Excel wrote before 2007, and many other programs.
pub fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

fn in_compound(bytes: &[u8]) -> Option<Foreign> {
    let named = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        holds(bytes, &name)
    };
    if named("EncryptedPackage") {
        return Some(Foreign::Locked);
    }
    named("__substg1.0").then_some(Foreign::Mail)
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn in_text(text: &str) -> Option<Foreign> {
    if text.starts_with("%PDF-") {
        return Some(Foreign::Pdf);
    }
    if let Some(rest) = text.strip_prefix('<') {
        let lower = text.to_ascii_lowercase();
        let is_page = ["<html", "<!doctype html", "<table", "<body", "<meta", "<head"];
        if is_page.iter().any(|mark| lower.contains(mark)) {
            return Some(Foreign::Html);
        }
        let opens = rest.starts_with(['?', '!']) || rest.starts_with(char::is_alphabetic);
        return (opens && text.contains('>')).then_some(Foreign::Xml);
    }
    let is_header = |line: &&str| {
        let name = line.split_once(':').map(|(name, _)| name.to_ascii_lowercase());
        name.is_some_and(|name| HEADERS.contains(&name.as_str()) || name.starts_with("x-") && !name.contains(' '))
    };
    (text.lines().take(20).filter(is_header).count() >= 2).then_some(Foreign::Mail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_what_stands_in_them() {
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("<html><table>".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for (bytes, expected) in [
            (
                &b"<html><body><table><tr><td>NW-1</td></tr></table>"[..],
                Some(Foreign::Html),
            ),
            (b"\xEF\xBB\xBF\r\n<!DOCTYPE html>", Some(Foreign::Html)),
            (utf16.as_slice(), Some(Foreign::Html)),
            (b"<?xml version=\"1.0\"?><Workbook>", Some(Foreign::Xml)),
            (b"<list><row/></list>", Some(Foreign::Xml)),
            (b"%PDF-1.7", Some(Foreign::Pdf)),
            (b"{\\rtf1\\ansi", Some(Foreign::Rtf)),
            (
                b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related",
                Some(Foreign::Mail),
            ),
            (b"Return-Path: <a@b.example>\nReceived: from x\n", Some(Foreign::Mail)),
            (b"\x89PNG\r\n\x1A\n", Some(Foreign::Picture)),
            (b"\x1F\x8B\x08", Some(Foreign::Archive)),
            (
                b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                Some(Foreign::OpenDocument),
            ),
            (
                b"\xD0\xCF\x11\xE0....E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
                Some(Foreign::Locked),
            ),
            (b"\xD0\xCF\x11\xE0....W\0o\0r\0k\0b\0o\0o\0k\0", None),
            (b"PK\x03\x04....[Content_Types].xml", None),
            (b"NW-1;16\nNW-2;4", None),
            (b"Date: 2026-11-29\nNW-1;16", None),
            (b"< 10 mm;16", None),
            (b"<10 mm;16", None),
            (b"", None),
        ] {
            assert_eq!(foreign(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_workbook_is_no_text() {
        for (bytes, expected) in [
            (&b"PK\x03\x04....[Content_Types].xml"[..], Some(Foreign::Archive)),
            (b"\xD0\xCF\x11\xE0....W\0o\0r\0k\0b\0o\0o\0k\0", Some(Foreign::Archive)),
            (b"%PDF-1.7", Some(Foreign::Pdf)),
            (b"sku,name\nNW-1,a", None),
        ] {
            assert_eq!(no_text(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
