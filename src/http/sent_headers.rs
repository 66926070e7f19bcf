//! What a request says in its headers: whose it is, of which program, under which key it is safe to repeat.

use actix_web::dev::Payload;
use actix_web::http::header::{AUTHORIZATION, ContentType, USER_AGENT};
use actix_web::{FromRequest, HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;

use super::long::JsonText;
use super::precedence::AfterCaller;
use crate::error::{Code, Error, Result};
use crate::sentences;

/// Characters of a program's name that are kept.
const USER_AGENT_CHARS_MAX: usize = 300;
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The token of `Authorization: Bearer …` (RFC 6750).
pub fn bearer_token(request: &HttpRequest) -> Option<&str> {
    let value = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// What the program calls itself; only its owner ever reads it, so the rest of an overlong name is no loss.
pub fn user_agent(request: &HttpRequest) -> Option<String> {
    let text = request.headers().get(USER_AGENT)?.to_str().ok()?;
    Some(text.chars().take(USER_AGENT_CHARS_MAX).collect())
}

/// What was created and, where it has an address of its own, its path; the answer to a repeated request says that it is
/// one.
pub fn created(path: Option<String>, replayed: bool, body: impl Serialize) -> HttpResponse {
    creation(path, replayed).json(body)
}

/// The same of what is written already.
pub fn created_text(path: String, replayed: bool, body: JsonText) -> HttpResponse {
    creation(Some(path), replayed)
        .content_type(ContentType::json())
        .body(body.0)
}

fn creation(path: Option<String>, replayed: bool) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Created();
    if let Some(path) = path {
        answer.insert_header(("Location", path));
    }
    if replayed {
        answer.insert_header(("Idempotency-Replayed", "true"));
    }
    answer
}

/// The caller's `Idempotency-Key`: 1 to 255 visible ASCII characters, given once; else `idempotency_key_required`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

impl FromRequest for IdempotencyKey {
    type Error = Error;
    type Future = AfterCaller<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let outcome = sent(request).and_then(|key| key.map(Self).ok_or_else(required));
        AfterCaller::new(request, outcome)
    }
}

/// The `Idempotency-Key`, where one is sent.
#[derive(Debug)]
pub struct MaybeIdempotencyKey(pub Option<String>);

impl FromRequest for MaybeIdempotencyKey {
    type Error = Error;
    type Future = AfterCaller<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        AfterCaller::new(request, sent(request).map(Self))
    }
}

/// 1 to 255 visible ASCII characters.
pub fn is_idempotency_key(value: &[u8]) -> bool {
    (1..=255).contains(&value.len()) && value.iter().all(u8::is_ascii_graphic)
}

/// The key that a request has; one that is none, or more than one, is refused.
fn sent(request: &HttpRequest) -> Result<Option<String>> {
    let mut values = request.headers().get_all(IDEMPOTENCY_KEY);
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => parse(value.as_bytes()).map(Some),
        _ => Err(required()),
    }
}

fn parse(value: &[u8]) -> Result<String> {
    let text = std::str::from_utf8(value).ok().filter(|_| is_idempotency_key(value));
    text.map(str::to_owned).ok_or_else(required)
}

fn required() -> Error {
    Error::malformed(Code::IdempotencyKeyRequired, sentences::send_idempotency_key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_visible_ascii() {
        for (value, expected) in [
            (&b"8e03978e-40d5"[..], true),
            (b"\"quoted\"", true),
            (b"", false),
            (b"two words", false),
            (b"caf\xc3\xa9", false),
            (&[b'x'; 255], true),
            (&[b'x'; 256], false),
        ] {
            assert_eq!(parse(value).is_ok(), expected, "{value:?}");
        }
    }
}
