//! Photos and papers that people send: told by what is in them, never by what they are called.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::names::names;

/// No file is larger.
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Most points of a picture: whoever shows it unpacks all of them.
pub const PIXELS_MAX: u64 = 64_000_000;
/// Longest name that is kept, in characters.
const NAME_CHARS_MAX: usize = 100;
/// Where a PDF says that it ends, in bytes from its end.
const PDF_TAIL: usize = 2_048;

names! {
    /// What a file is.
    pub enum MediaType as ClaimMediaType {
        Jpeg = "image/jpeg",
        Png = "image/png",
        Pdf = "application/pdf",
    }
}

impl MediaType {
    fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

/// Why bytes are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// None of the three.
    Unknown,
    /// It begins like one of them and is none.
    Broken,
    /// A picture of so many points.
    TooManyPixels(u32, u32),
}

/// What the bytes are.
pub fn media_type(bytes: &[u8]) -> Result<MediaType, Fault> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let size = png(bytes).ok_or(Fault::Broken)?;
        return small(size, MediaType::Png);
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        let size = jpeg(bytes).ok_or(Fault::Broken)?;
        return small(size, MediaType::Jpeg);
    }
    if bytes.starts_with(b"%PDF-") {
        return match pdf(bytes) {
            true => Ok(MediaType::Pdf),
            false => Err(Fault::Broken),
        };
    }
    Err(Fault::Unknown)
}

fn small((width, height): (u32, u32), found: MediaType) -> Result<MediaType, Fault> {
    match u64::from(width) * u64::from(height) {
        0 => Err(Fault::Broken),
        pixels if pixels > PIXELS_MAX => Err(Fault::TooManyPixels(width, height)),
        _ => Ok(found),
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?.first_chunk::<4>()?;
    Some(u32::from_be_bytes(*four))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?.first_chunk::<2>()?;
    Some(u16::from_be_bytes(*two))
}

/// Width and height of a PNG whose chunks follow each other from the head to the end, with data between and nothing behind.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at: usize = 8;
    let (mut size, mut has_data) = (None, false);
    loop {
        let length = usize::try_from(u32_at(bytes, at)?).ok()?;
        let kind = bytes.get(at.checked_add(4)?..at.checked_add(8)?)?;
        // Length and kind before the data, the check sum behind.
        let next = at.checked_add(12)?.checked_add(length)?;
        if next > bytes.len() {
            return None;
        }
        match kind {
            b"IHDR" if at == 8 && length == 13 => size = Some((u32_at(bytes, 16)?, u32_at(bytes, 20)?)),
            _ if at == 8 => return None,
            b"IDAT" => has_data = true,
            b"IEND" => return size.filter(|_| has_data && next == bytes.len()),
            _ => {}
        }
        at = next;
    }
}

/// Width and height of a JPEG whose segments follow each other up to the picture, which ends: of its largest frame, as nobody
/// knows which one is shown.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at: usize = 2;
    let mut size: Option<(u32, u32)> = None;
    let points = |(width, height): (u32, u32)| u64::from(width) * u64::from(height);
    loop {
        if bytes.get(at) != Some(&0xff) {
            return None;
        }
        let marker = *bytes.get(at.checked_add(1)?)?;
        match marker {
            // Filling.
            0xff => {
                at = at.checked_add(1)?;
                continue;
            }
            // Those without a length; the end comes too early here.
            0x01 | 0xd0..=0xd7 => {
                at = at.checked_add(2)?;
                continue;
            }
            0xd8 | 0xd9 | 0x00 => return None,
            _ => {}
        }
        let length = usize::from(u16_at(bytes, at.checked_add(2)?)?);
        if length < 2 {
            return None;
        }
        match marker {
            // Frames; the others among them are tables.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let height = u32::from(u16_at(bytes, at.checked_add(5)?)?);
                let width = u32::from(u16_at(bytes, at.checked_add(7)?)?);
                if size.is_none_or(|known| points((width, height)) > points(known)) {
                    size = Some((width, height));
                }
            }
            // The picture itself.
            0xda => {
                let rest = bytes.get(at..)?;
                let ends = rest.windows(2).any(|two| two == [0xff, 0xd9]);
                return size.filter(|_| ends);
            }
            _ => {}
        }
        at = at.checked_add(2)?.checked_add(length)?;
    }
}

/// A version, and an end that says where the parts are. Nothing of it is unpacked here.
fn pdf(bytes: &[u8]) -> bool {
    let version = bytes.get(5..8).unwrap_or_default();
    let has_version = matches!(version, [b'1' | b'2', b'.', b'0'..=b'9']);
    let tail = bytes.get(bytes.len().saturating_sub(PDF_TAIL)..).unwrap_or_default();
    let has = |wanted: &[u8]| tail.windows(wanted.len()).any(|found| found == wanted);
    has_version && has(b"startxref") && has(b"%%EOF")
}

/// A name that says nothing of folders and holds nothing but visible characters, with an ending that fits what the file is.
pub fn cleaned(name: &str, media_type: MediaType) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_kept = |c: &char| !c.is_control() && !"\"<>:|?*%;".contains(*c) && !is_unseen(*c);
    let kept: String = last.chars().filter(is_kept).take(NAME_CHARS_MAX).collect();
    let kept = kept.trim_matches(['.', ' ']);
    let kept = if kept.is_empty() { "file" } else { kept };
    let ending = kept.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let fits = match media_type {
        MediaType::Jpeg => ["jpg", "jpeg"].contains(&ending.as_deref().unwrap_or_default()),
        other => ending.as_deref() == Some(other.extension()),
    };
    match fits {
        true => kept.to_owned(),
        false => format!("{kept}.{}", media_type.extension()),
    }
}

/// What turns the reading or is seen by nobody.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], kind, data, &[0; 4]].concat()
    }

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
        let parts = [chunk(b"IHDR", &head), chunk(b"IDAT", &[1, 2, 3]), chunk(b"IEND", &[])];
        [b"\x89PNG\r\n\x1a\n".to_vec(), parts.concat()].concat()
    }

    fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
        let frame = [&[8][..], &height.to_be_bytes(), &width.to_be_bytes(), &[1, 1, 0x11, 0]].concat();
        let length = u16::try_from(frame.len() + 2).unwrap().to_be_bytes();
        [
            &b"\xff\xd8\xff\xe0\0\x04JF\xff\xc0"[..],
            &length,
            &frame,
            b"\xff\xda\0\x02abc\xff\xd9",
        ]
        .concat()
    }

    /// The head of one before the other, so that it has two frames.
    fn two_frames(first: &[u8], second: &[u8]) -> Vec<u8> {
        let head = first.len() - b"\xff\xda\0\x02abc\xff\xd9".len();
        [&first[..head], &second[2..]].concat()
    }

    const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n";

    #[test]
    fn a_file_is_what_is_in_it() {
        let cut = |bytes: Vec<u8>| bytes[..bytes.len() - 3].to_vec();
        let behind = |bytes: Vec<u8>| [bytes, b"<script>".to_vec()].concat();
        for (bytes, expected) in [
            (png_of(4_000, 3_000), Ok(MediaType::Png)),
            (png_of(10_000, 10_000), Err(Fault::TooManyPixels(10_000, 10_000))),
            (
                png_of(u32::MAX, u32::MAX),
                Err(Fault::TooManyPixels(u32::MAX, u32::MAX)),
            ),
            (png_of(0, 10), Err(Fault::Broken)),
            (cut(png_of(10, 10)), Err(Fault::Broken)),
            (behind(png_of(10, 10)), Err(Fault::Broken)),
            (b"\x89PNG\r\n\x1a\n<html>".to_vec(), Err(Fault::Broken)),
            (jpeg_of(4_000, 3_000), Ok(MediaType::Jpeg)),
            (jpeg_of(60_000, 60_000), Err(Fault::TooManyPixels(60_000, 60_000))),
            (
                two_frames(&jpeg_of(60_000, 60_000), &jpeg_of(10, 10)),
                Err(Fault::TooManyPixels(60_000, 60_000)),
            ),
            (two_frames(&jpeg_of(10, 10), &jpeg_of(20, 20)), Ok(MediaType::Jpeg)),
            (b"\xff\xd8\xff<html>".to_vec(), Err(Fault::Broken)),
            (PDF.to_vec(), Ok(MediaType::Pdf)),
            (b"%PDF-1.7\n<html>".to_vec(), Err(Fault::Broken)),
            (b"<html><script>alert(1)</script></html>".to_vec(), Err(Fault::Unknown)),
            (
                b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
                Err(Fault::Unknown),
            ),
            (b"PK\x03\x04".to_vec(), Err(Fault::Unknown)),
            (b"GIF89a".to_vec(), Err(Fault::Unknown)),
            (Vec::new(), Err(Fault::Unknown)),
        ] {
            assert_eq!(media_type(&bytes), expected, "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn a_name_holds_no_folder_and_ends_as_what_it_is() {
        for (name, media_type, expected) in [
            ("photo.png", MediaType::Png, "photo.png"),
            ("Foto 1.JPEG", MediaType::Jpeg, "Foto 1.JPEG"),
            ("../../etc/passwd", MediaType::Png, "passwd.png"),
            ("C:\\temp\\x.html", MediaType::Png, "x.html.png"),
            ("a\"b\r\nc.pdf", MediaType::Pdf, "abc.pdf"),
            ("gnp.\u{202e}exe", MediaType::Png, "gnp.exe.png"),
            ("...", MediaType::Pdf, "file.pdf"),
            ("", MediaType::Jpeg, "file.jpg"),
            ("Schäden.pdf", MediaType::Pdf, "Schäden.pdf"),
        ] {
            assert_eq!(cleaned(name, media_type), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_read_to_an_end(
            head in 0_usize..3, bytes in proptest::collection::vec(any::<u8>(), 0..300), name in ".{0,200}",
        ) {
            let heads: [&[u8]; 3] = [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"];
            let bytes = [heads[head], &bytes].concat();
            let _ = media_type(&bytes);
            let name = cleaned(&name, MediaType::Png);
            prop_assert!(!name.contains(['/', '\\', '"', '\r', '\n']) && name.to_lowercase().ends_with(".png"));
        }
    }
}
