//! Files that people sent, as answers.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};

/// A file to be kept, never shown in a page of the portal: whatever is in it runs nowhere.
pub fn attachment(name: &str, media_type: String, bytes: Vec<u8>) -> HttpResponse {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || "-._ ".contains(c) {
            c
        } else {
            '_'
        }
    };
    let ascii: String = name.chars().map(plain).collect();
    let encoded: String = name.bytes().map(encoded).collect();
    let named = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}");
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((CONTENT_DISPOSITION, named))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(bytes)
}

/// A byte of a name (RFC 8187).
fn encoded(byte: u8) -> String {
    match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    }
}
