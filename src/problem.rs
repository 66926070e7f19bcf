//! Errors as answers: RFC 9457 problem details.
//!
//! A handler's error first becomes a bare answer with status and headers ([`actix_web::ResponseError`]); the outermost
//! middleware ([`crate::http::answer`]) writes the problem into it, because only it knows the request's id.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use serde::Serialize;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::error::{Code, Error, FieldError};
use crate::sentences::{self, Params, Sentence};

pub const MEDIA_TYPE: &str = "application/problem+json";
/// Seconds after which a request that met a passing fault may come again.
const UNAVAILABLE_RETRY_S: u64 = 2;

/// What went wrong with a request.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// A relative URI that ends in the code.
    #[serde(rename = "type")]
    #[schema(example = "/problems/unknown_sku")]
    pub type_: String,
    /// The same short sentence for every occurrence.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong this time, and what to do.
    pub detail: String,
    /// The values in `detail` by their names: numbers as numbers, everything else as text.
    pub params: Params,
    /// The stable, machine-readable name of the fault.
    #[schema(value_type = ErrorCode, example = "validation_failed")]
    pub code: &'static str,
    /// The id of the request, as in `X-Request-Id`.
    pub request_id: String,
    /// Every fault of the input with its place.
    pub errors: Vec<FieldProblem>,
}

/// One fault of the input.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// JSON Pointer (RFC 6901) into the body; for a parameter `/` and its name.
    #[schema(example = "/lines/3/quantity")]
    pub pointer: String,
    /// The stable, machine-readable name of the fault.
    #[schema(value_type = ErrorCode)]
    pub code: &'static str,
    /// What is wrong, and what would be right.
    pub detail: String,
    /// The values in `detail` by their names: numbers as numbers, everything else as text.
    pub params: Params,
}

/// The names of faults, for the API document.
#[derive(Debug)]
pub struct ErrorCode;

impl PartialSchema for ErrorCode {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("The name of a fault; names are added."))
            .enum_values(Some(Code::ALL.iter().map(|code| code.name())))
            .into()
    }
}

impl ToSchema for ErrorCode {}

/// What was done all the same, and what somebody should know of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Warning {
    /// The stable, machine-readable name of what is told.
    #[schema(example = "invoice_paid_already")]
    pub code: String,
    /// What there is to know, and what to do.
    pub detail: String,
    /// The values in `detail` by their names: numbers as numbers, everything else as text.
    pub params: Params,
}

impl From<&Sentence> for Warning {
    fn from(sentence: &Sentence) -> Self {
        Self {
            code: sentence.name().to_owned(),
            detail: sentence.to_string(),
            params: sentence.params(),
        }
    }
}

impl Problem {
    /// The problem that stands for `error`.
    pub fn new(error: &Error, request_id: &str) -> Self {
        let errors = match error {
            Error::Invalid(errors) => errors.iter().map(FieldProblem::from).collect(),
            _ => Vec::new(),
        };
        Self {
            errors,
            params: error.sentence().params(),
            ..Self::plain(error.code(), detail(error), request_id)
        }
    }

    /// A problem without an [`Error`] behind it: what the framework refused by itself.
    pub fn of_status(status: StatusCode, request_id: &str) -> Self {
        let code = match status.as_u16() {
            401 => Code::Unauthenticated,
            403 => Code::Forbidden,
            404 => Code::NotFound,
            405 => Code::MethodNotAllowed,
            408 => Code::RequestTimeout,
            413 => Code::PayloadTooLarge,
            415 => Code::UnsupportedMediaType,
            503 => Code::Unavailable,
            500.. => Code::Internal,
            _ => Code::BadRequest,
        };
        Self::plain(code, format!("{}.", code.title()), request_id)
    }

    fn plain(code: Code, detail: String, request_id: &str) -> Self {
        Self {
            type_: format!("/problems/{}", code.name()),
            title: code.title(),
            status: code.status(),
            detail,
            params: Params::default(),
            code: code.name(),
            request_id: request_id.to_owned(),
            errors: Vec::new(),
        }
    }

    /// The problem as an answer's body.
    pub fn to_json(&self) -> String {
        visible(&serde_json::to_string(self).expect("a problem is plain data"))
    }
}

/// JSON whose texts hold no sign that no answer of ours holds: what a caller sent is repeated, but not its control characters.
fn visible(json: &str) -> String {
    const INSTEAD: char = char::REPLACEMENT_CHARACTER;
    let (mut shown, mut signs) = (String::with_capacity(json.len()), json.chars());
    while let Some(sign) = signs.next() {
        match sign {
            '\u{7f}' => shown.push(INSTEAD),
            // The others are written as escapes in JSON; those of ends of lines and tabs are common in texts.
            '\\' => match signs.next() {
                Some('b' | 'f') => shown.push(INSTEAD),
                Some('u') => {
                    signs.by_ref().take(4).for_each(drop);
                    shown.push(INSTEAD);
                }
                Some(other) => shown.extend(['\\', other]),
                None => shown.push('\\'),
            },
            plain => shown.push(plain),
        }
    }
    shown
}

impl From<&FieldError> for FieldProblem {
    fn from(error: &FieldError) -> Self {
        Self {
            pointer: error.pointer.clone(),
            code: error.code.name(),
            detail: error.detail.to_string(),
            params: error.detail.params(),
        }
    }
}

/// What the caller may know: nothing of our own faults but that they happened.
fn detail(error: &Error) -> String {
    match error {
        Error::Invalid(errors) => match errors.as_slice() {
            [] => error.sentence().to_string(),
            [only] => format!("{}: {}", only.pointer, only.detail),
            [first, rest @ ..] => format!("{}: {} (and {} more)", first.pointer, first.detail, rest.len()),
        },
        other => other.sentence().to_string(),
    }
}

/// Status and headers; the middleware adds the body.
impl actix_web::ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status_code());
        match self {
            Self::Unauthenticated { .. } => {
                answer.insert_header((WWW_AUTHENTICATE, r#"Bearer realm="portal""#));
            }
            Self::Refused {
                code: Code::InsufficientScope,
                detail,
            } => {
                // The scope that would do (RFC 6750, section 3.1).
                let scope = detail.params().text("scope").unwrap_or_default().to_owned();
                let value = format!(r#"Bearer realm="portal", error="insufficient_scope", scope="{scope}""#);
                answer.insert_header((WWW_AUTHENTICATE, value));
            }
            Self::Throttled { retry_after_s } => {
                answer.insert_header((RETRY_AFTER, retry_after_s.to_string()));
            }
            Self::Unavailable(_) => {
                answer.insert_header((RETRY_AFTER, UNAVAILABLE_RETRY_S.to_string()));
            }
            _ => {}
        }
        answer.finish()
    }
}

/// The answer to a method that a known path does not have; `allowed` is the value of `Allow`.
pub fn method_not_allowed(allowed: &str) -> HttpResponse {
    let error = Error::malformed(Code::MethodNotAllowed, sentences::address_takes(allowed));
    let mut answer = HttpResponse::from_error(error);
    if let Ok(value) = allowed.parse() {
        answer.headers_mut().insert(ALLOW, value);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_of_callers_are_not_repeated() {
        let text = "a\u{0}b\u{16}c\u{7f}d\u{8}e\u{c}\n\t\"\\u0016\\ ü";
        let json = serde_json::to_string(text).unwrap();
        let shown: String = serde_json::from_str(&visible(&json)).unwrap();
        assert_eq!(shown, "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e\u{fffd}\n\t\"\\u0016\\ ü");
    }

    #[test]
    fn a_problem_names_every_fault() {
        let error = Error::Invalid(vec![
            FieldError::new("/lines/0/sku", Code::UnknownSku, sentences::unknown_product("X1")),
            FieldError::new("/note", Code::ValueTooLong, sentences::at_most_characters(20_usize)),
        ]);
        let problem = serde_json::to_value(Problem::new(&error, "req_1")).expect("plain data");
        assert_eq!(
            problem,
            serde_json::json!({
                "type": "/problems/validation_failed",
                "title": "The request has wrong values",
                "status": 422,
                "detail": "/lines/0/sku: There is no product X1. (and 1 more)",
                "params": {},
                "params": {},
                "code": "validation_failed",
                "request_id": "req_1",
                "errors": [
                    {"pointer": "/lines/0/sku", "code": "unknown_sku", "detail": "There is no product X1.", "params": {"sku": "X1"}},
                    {"pointer": "/note", "code": "value_too_long", "detail": "At most 20 characters fit.", "params": {"max": 20}},
                ],
            })
        );
    }

    #[test]
    fn our_own_faults_are_told_without_their_reason() {
        for error in [
            Error::internal("SELECT secret"),
            Error::Unavailable("host secret is down".to_owned()),
        ] {
            assert!(!Problem::new(&error, "req_1").to_json().contains("secret"));
        }
    }

    #[test]
    fn the_status_of_a_plain_problem_is_that_of_its_code() {
        for status in [400, 401, 403, 404, 405, 408, 413, 415, 500, 503] {
            let status = StatusCode::from_u16(status).expect("a status");
            assert_eq!(Problem::of_status(status, "").status, status.as_u16());
        }
    }
}
