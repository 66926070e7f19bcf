//! The id of a request: in every answer, problem, log line and audit entry of it.

use std::fmt;
use std::sync::Arc;

use actix_web::dev::ServiceRequest;
use actix_web::http::header::HeaderName;
use actix_web::{HttpMessage, HttpRequest};

use crate::ids;

/// The header a caller may send and always gets.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request being answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The caller's own id when it is 8 to 64 letters, digits, `_` or `-`; else a new one.
    pub(super) fn choose(request: &ServiceRequest) -> Self {
        let sent = request.headers().get(HEADER).and_then(|value| value.to_str().ok());
        match sent {
            Some(text) if is_well_formed(text) => Self(text.into()),
            _ => Self(format!("req_{}", ids::encode(ids::next())).into()),
        }
    }

    /// The id given to `request`.
    pub fn of(request: &HttpRequest) -> Self {
        request
            .extensions()
            .get::<Self>()
            .cloned()
            .unwrap_or_else(|| Self("".into()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, to be kept.
    pub fn into_text(self) -> Arc<str> {
        self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_well_formed(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (8..=64).contains(&text.len()) && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_ids_are_taken_over() {
        for (text, expected) in [
            ("12345678", true),
            ("a-b_C-d_9", true),
            ("1234567", false),
            ("with space", false),
            ("line\nbreak", false),
            ("größeres", false),
        ] {
            assert_eq!(is_well_formed(text), expected, "{text}");
        }
        assert!(is_well_formed(&"x".repeat(64)));
        assert!(!is_well_formed(&"x".repeat(65)));
    }
}
