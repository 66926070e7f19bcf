//! `If-None-Match` (RFC 9110, 13.1.2): whoever has a thing as it is isn't sent it again.
//!
//! The tag of a thing that is read is made of what is sent: the version alone would hide what changes beside it, such as
//! what an account owes. A version that the handler named stands before it, so that the tag is good for `If-Match` too.

use actix_web::body::{EitherBody, MessageBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use crate::error::Error;

/// Bytes of the digest in a tag: enough that no two states of a thing meet.
const DIGEST_BYTES: usize = 12;

/// Tags what `request` reads of one thing, and answers 304 where the caller has it.
pub async fn conditional<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    let is_read = request.method() == Method::GET;
    let wanted: Vec<_> = request.headers().get_all(IF_NONE_MATCH).cloned().collect();
    let response = next.call(request).await?;
    if !is_read || response.status() != StatusCode::OK || !is_of_one(&response) {
        return Ok(response.map_into_left_body());
    }
    let (request, response) = response.into_parts();
    let (mut response, body) = response.into_parts();
    let body = to_bytes(body)
        .await
        .map_err(|error| Error::internal(error.into().to_string()))?;
    let version = response.headers().get(ETAG).and_then(|tag| tag.to_str().ok());
    let tag = tag_of(version, &body);
    let is_had = wanted.iter().any(|wanted| names(wanted, &tag));
    let tag = HeaderValue::try_from(tag).map_err(Error::internal)?;
    response.headers_mut().insert(ETAG, tag);
    let body = if is_had {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().remove(CONTENT_TYPE);
        actix_web::body::BoxBody::new(())
    } else {
        actix_web::body::BoxBody::new(body)
    };
    Ok(ServiceResponse::new(
        request,
        response.set_body(EitherBody::right(body)),
    ))
}

/// True for JSON that tells of one thing: lists are long, and hardly ever the same twice.
fn is_of_one<B>(response: &ServiceResponse<B>) -> bool {
    let is_json = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind == "application/json");
    is_json && response.request().match_pattern().is_some_and(|path| names_one(&path))
}

/// Last parts of paths where one thing is read, beside those that are ids or settings.
const SINGLE: [&str; 18] = [
    "account",
    "availability",
    "claim-terms",
    "conformance",
    "credit",
    "delivery-windows",
    "margin-floors",
    "me",
    "notifications",
    "order-choices",
    "pace",
    "payment-terms",
    "preview",
    "program-values",
    "punchout",
    "sandbox",
    "second-factor",
    "statement",
];

/// Whether what is read at the path is one thing. The API document asks as well.
pub fn names_one(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    // The team of an account, beside the list that it has of it itself.
    let is_team = path.ends_with("/accounts/{id}/team");
    last.ends_with('}') || last.ends_with("-settings") || is_team || SINGLE.contains(&last)
}

fn tag_of(version: Option<&str>, body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let digest = BASE64URL_NOPAD.encode(digest.get(..DIGEST_BYTES).unwrap_or_default());
    match version.map(|tag| tag.trim_matches('"')) {
        Some(version) => format!("\"{version}.{digest}\""),
        None => format!("\"{digest}\""),
    }
}

/// True where the header names the tag; weak ones do too (RFC 9110, 8.8.3.2).
fn names(header: &HeaderValue, tag: &str) -> bool {
    let text = header.to_str().unwrap_or_default();
    let same = |one: &str| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag;
    text.split(',').any(|one| same(one.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_changes_with_what_is_sent_and_with_the_version() {
        let tags = [
            tag_of(None, b"{}"),
            tag_of(None, b"{} "),
            tag_of(Some("\"7\""), b"{}"),
            tag_of(Some("\"8\""), b"{}"),
        ];
        for (place, tag) in tags.iter().enumerate() {
            assert!(tag.len() > 2 && tag.starts_with('"') && tag.ends_with('"'), "{tag}");
            assert!(!tags.iter().skip(place + 1).any(|other| other == tag), "{tag}");
        }
    }

    #[test]
    fn what_the_caller_has_is_named_in_any_form() {
        let tag = tag_of(Some("\"7\""), b"{}");
        for (header, expected) in [
            (tag.clone(), true),
            (format!("W/{tag}"), true),
            (format!("\"other\", {tag}"), true),
            ("*".to_owned(), true),
            ("\"7\"".to_owned(), false),
            (String::new(), false),
        ] {
            let header = HeaderValue::try_from(header).expect("visible");
            assert_eq!(names(&header, &tag), expected, "{header:?}");
        }
    }
}
