//! JSON bodies: read up to a limit, parsed strictly, refused with the place of the fault.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::long::LongBodies;
use super::precedence::AfterCaller;
use super::shape;
use crate::error::{Code, Error, FieldError, Result};
use crate::sentences::{self, Sentence};

/// No body is larger: 5,000 order lines with notes fit.
pub const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;
/// A body has this long to arrive.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// A body that must be JSON of the shape `T`. Fails with `unsupported_media_type`, `payload_too_large`,
/// `request_timeout`, `malformed_json` or, with a pointer, `validation_failed`. A control character in any text, but for tabs and
/// line ends, is `value_invalid`.
#[derive(Debug)]
pub struct Body<T>(pub T);

/// As [`Body`]; no body at all is `T::default()`.
#[derive(Debug)]
pub struct OptionalBody<T>(pub T);

type Extraction<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

impl<T: DeserializeOwned + Send + Unpin + 'static> FromRequest for Body<T> {
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let outcome = async {
                check_media_type(&request)?;
                let bytes = receive(&request, payload).await?;
                read(&request, bytes).await
            };
            let outcome = outcome.await;
            AfterCaller::new(&request, outcome).await.map(Self)
        })
    }
}

impl<T: DeserializeOwned + Default + Send + Unpin + 'static> FromRequest for OptionalBody<T> {
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let outcome = async {
                let bytes = receive(&request, payload).await?;
                if bytes.is_empty() {
                    return Ok(T::default());
                }
                check_media_type(&request)?;
                read(&request, bytes).await
            };
            let outcome = outcome.await;
            AfterCaller::new(&request, outcome).await.map(Self)
        })
    }
}

fn header<'a>(request: &'a HttpRequest, name: &HeaderName) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

fn check_media_type(request: &HttpRequest) -> Result<()> {
    let media_type = header(request, &CONTENT_TYPE).and_then(|value| value.split(';').next());
    let is_json = media_type.is_some_and(|text| text.trim().eq_ignore_ascii_case("application/json"));
    // A packed body could unfold to any size.
    let is_plain = header(request, &CONTENT_ENCODING).is_none_or(|value| value.eq_ignore_ascii_case("identity"));
    if is_json && is_plain {
        return Ok(());
    }
    Err(Error::malformed(Code::UnsupportedMediaType, sentences::send_json()))
}

/// Reads a body up to [`BODY_BYTES_MAX`].
async fn receive(request: &HttpRequest, payload: Payload) -> Result<Bytes> {
    receive_at_most(request, payload, BODY_BYTES_MAX, || {
        sentences::body_has_at_most(BODY_BYTES_MAX / 1024 / 1024)
    })
    .await
}

/// Reads a body up to `bytes_max`; what is larger is refused saying `limit`.
pub async fn receive_at_most(
    request: &HttpRequest,
    payload: Payload,
    bytes_max: usize,
    limit: impl Fn() -> Sentence,
) -> Result<Bytes> {
    let too_large = || Error::malformed(Code::PayloadTooLarge, limit());
    let announced = header(request, &CONTENT_LENGTH).and_then(|value| value.parse::<usize>().ok());
    if announced.is_some_and(|length| length > bytes_max) {
        return Err(too_large());
    }
    let body = actix_web::body::BodyStream::new(payload);
    let received = actix_web::body::to_bytes_limited(body, bytes_max);
    match tokio::time::timeout(BODY_TIMEOUT, received).await {
        Ok(Ok(Ok(bytes))) => Ok(bytes),
        Ok(Ok(Err(broken))) => Err(Error::malformed(Code::BadRequest, sentences::body_broke_off(broken))),
        Ok(Err(_)) => Err(too_large()),
        Err(_) => Err(Error::malformed(Code::RequestTimeout, sentences::body_too_late())),
    }
}

/// Reads `bytes` as JSON of the shape `T`, on a thread of its own where they are many.
async fn read<T: DeserializeOwned + Send + 'static>(request: &HttpRequest, bytes: Bytes) -> Result<T> {
    match request.app_data::<LongBodies>().cloned() {
        Some(long) => long.beside(bytes.len(), move || parse(&bytes)).await,
        None => parse(&bytes),
    }
}

/// Reads `bytes` as JSON of the shape `T`.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    refuse_controls(bytes)?;
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let (path, inner) = (error.path().clone(), error.into_inner());
        let message = inner.to_string();
        let is_shape = inner.is_data() || message.starts_with("number out of range");
        // What follows the fault may still not be JSON, and that weighs more.
        if is_shape && serde_json::from_slice::<IgnoredAny>(bytes).is_ok() {
            shape::wrong_shape(&path, &message)
        } else {
            not_json(&inner)
        }
    })?;
    reader.end().map_err(|error| not_json(&error))?;
    Ok(value)
}

fn not_json(error: &serde_json::Error) -> Error {
    Error::malformed(Code::MalformedJson, sentences::not_json(error))
}

/// True for characters that say nothing in a text: XML 1.0 can't hold them, and neither engine keeps NUL.
fn is_control(sign: char) -> bool {
    sign.is_ascii_control() && !matches!(sign, '\t' | '\n' | '\r')
}

/// In JSON all of them but DEL can only stand as an escape, so most bodies need one search.
fn may_hold_controls(bytes: &[u8]) -> bool {
    let short = |pair: &[u8]| matches!(pair, br"\b" | br"\f" | [_, 0x7f]);
    let long = |five: &[u8]| matches!(five, br"\u000" | br"\u001" | br"\u007");
    bytes.windows(2).any(short) || bytes.windows(5).any(long)
}

fn refuse_controls(bytes: &[u8]) -> Result<()> {
    if !may_hold_controls(bytes) {
        return Ok(());
    }
    // What is not JSON is refused by the parser, with its place.
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else {
        return Ok(());
    };
    let mut found = Vec::new();
    find_controls(&value, &mut String::new(), &mut found);
    if found.is_empty() {
        return Ok(());
    }
    let fault = |pointer| FieldError::new(pointer, Code::ValueInvalid, sentences::no_control_characters());
    Err(Error::Invalid(found.into_iter().map(fault).collect()))
}

/// Collects the pointers of the texts in `value` that hold controls; its depth is bounded by the parser.
fn find_controls(value: &Value, pointer: &mut String, found: &mut Vec<String>) {
    let length = pointer.len();
    match value {
        Value::String(text) if text.contains(is_control) => found.push(pointer.clone()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                shape::push(pointer, &index.to_string());
                find_controls(item, pointer, found);
                pointer.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (name, item) in fields {
                if name.contains(is_control) {
                    found.push(pointer.clone());
                    continue;
                }
                shape::push(pointer, name);
                find_controls(item, pointer, found);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Order {
        note: String,
        lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Line {
        quantity: i64,
    }

    fn fault(body: &[u8]) -> (Code, String) {
        match parse::<Order>(body).expect_err("refused") {
            Error::Invalid(errors) => (errors[0].code, errors[0].pointer.clone()),
            other => (other.code(), String::new()),
        }
    }

    #[test]
    fn a_wrong_shape_is_told_with_its_place() {
        let check = |body: &str, code, pointer: &str| {
            assert_eq!(fault(body.as_bytes()), (code, pointer.to_owned()), "{body}");
        };
        check(
            r#"{"note":"a","lines":[{"quantity":1},{"quantity":"x"}]}"#,
            Code::WrongType,
            "/lines/1/quantity",
        );
        check(r#"{"note":"a","lines":[{}]}"#, Code::Required, "/lines/0/quantity");
        check(r#"{"note":"a"}"#, Code::Required, "/lines");
        check(r#"{"note":"a","lines":[],"x~/":1}"#, Code::UnknownField, "/x~0~1");
        check(r#"{"note":"a","note":"b","lines":[]}"#, Code::ValueInvalid, "/note");
        check(
            r#"{"note":"a","lines":[{"quantity":1e999}]}"#,
            Code::WrongType,
            "/lines/0/quantity",
        );
        check("[]", Code::WrongType, "");
        check("null", Code::WrongType, "");
    }

    #[test]
    fn what_is_not_json_is_malformed() {
        let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
        let deep_in_text = format!(r#"{{"note":"\u0000","lines":{}}}"#, "[".repeat(100_000));
        for body in [
            &b""[..],
            b"{",
            b"{} {}",
            br#"{"note":1,"lines":[]"#,
            br#"{"note":"a","lines":[]} x"#,
            b"{\"note\":\"\xff\",\"lines\":[]}",
            br#"{"note":"\ud800","lines":[]}"#,
            b"{\"note\":\"\0\",\"lines\":[]}",
            deep_in_text.as_bytes(),
        ] {
            assert_eq!(fault(body).0, Code::MalformedJson, "{}", String::from_utf8_lossy(body));
        }
        // Deep, but well-formed: of the wrong shape before the depth counts.
        assert_eq!(fault(&deep).0, Code::WrongType);
    }

    #[test]
    fn controls_are_refused_wherever_they_stand() {
        for control in [r"\u0000", r"\b", r"\f", r"\u000f", r"\u001B", "\u{7f}", r"\u007f"] {
            let body = format!(r#"{{"lines":[],"note":"{control}"}}"#);
            let expected = (Code::ValueInvalid, "/note".to_owned());
            assert_eq!(fault(body.as_bytes()), expected, "{control}");
        }
        let kept = parse::<Order>(br#"{"note":"a\tb\r\nc\u0009\u000a\u0075","lines":[]}"#).expect("read");
        assert_eq!(kept.note, "a\tb\r\nc\t\nu");
        assert_eq!(
            fault(br#"{"x":[{"y":"\u0000"}]}"#),
            (Code::ValueInvalid, "/x/0/y".to_owned())
        );
        // A backslash before "u0000" is text, not an escape.
        let harmless = parse::<Order>(br#"{"note":"\\u0000","lines":[]}"#).expect("read");
        assert_eq!(harmless.note, r"\u0000");
    }
}
