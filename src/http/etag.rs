//! `ETag` and `If-Match` (RFC 9110): the version of a thing, sent with it and required with each change.

use actix_web::dev::Payload;
use actix_web::http::header::{ETAG, HeaderName, IF_MATCH};
use actix_web::{FromRequest, HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;

use super::precedence::AfterCaller;
use crate::error::{Code, Error};
use crate::sentences;
use crate::version::Expected;

/// The versions that the caller's `If-Match` names; without the header `precondition_required`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfMatch(pub Expected);

/// The same where the header may be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaybeIfMatch(pub Option<Expected>);

impl FromRequest for MaybeIfMatch {
    type Error = Error;
    type Future = AfterCaller<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let sent = request.headers().get_all(IF_MATCH);
        let lines: Vec<_> = sent.map(|value| value.to_str().unwrap_or_default()).collect();
        let expected = (!lines.is_empty()).then(|| parse(&lines.join(",")));
        AfterCaller::new(request, Ok(Self(expected)))
    }
}

/// The header with `version`.
pub fn etag(version: i64) -> (HeaderName, String) {
    (ETAG, tag(version))
}

pub fn versioned(mut answer: HttpResponseBuilder, version: i64, body: &impl Serialize) -> HttpResponse {
    answer.insert_header(etag(version)).json(body)
}

/// The tag of `version`: its number in quotes.
pub fn tag(version: i64) -> String {
    format!("\"{version}\"")
}

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = AfterCaller<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let sent = request.headers().get_all(IF_MATCH);
        let lines: Vec<_> = sent.map(|value| value.to_str().unwrap_or_default()).collect();
        let outcome = if lines.is_empty() {
            Err(Error::malformed(Code::PreconditionRequired, sentences::send_if_match()))
        } else {
            Ok(Self(parse(&lines.join(","))))
        };
        AfterCaller::new(request, outcome)
    }
}

/// What the header's lines mean, joined by commas. A tag that is not one of ours fits no version; a weak one never
/// does (RFC 9110, 13.1.1).
fn parse(text: &str) -> Expected {
    if text.split(',').any(|part| part.trim() == "*") {
        return Expected::Any;
    }
    let version = |part: &str| {
        let tag = part.trim().strip_prefix('"')?.strip_suffix('"')?;
        // What was read has a digest behind its version.
        let digits = tag.split_once('.').map_or(tag, |(version, _)| version);
        digits
            .parse::<i64>()
            .ok()
            .filter(|version| version.to_string() == digits)
    };
    Expected::OneOf(text.split(',').filter_map(version).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_numbers_in_quotes() {
        for (text, expected) in [
            ("\"7\"", Expected::OneOf(vec![7])),
            (" \"7\" , \"12\"", Expected::OneOf(vec![7, 12])),
            ("*", Expected::Any),
            ("W/\"7\"", Expected::OneOf(Vec::new())),
            ("7", Expected::OneOf(Vec::new())),
            ("\"7.aZ_-9\"", Expected::OneOf(vec![7])),
            ("\"07\"", Expected::OneOf(Vec::new())),
            ("\"seven\"", Expected::OneOf(Vec::new())),
            ("", Expected::OneOf(Vec::new())),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
        assert_eq!(parse(&tag(7)), Expected::OneOf(vec![7]));
    }
}
