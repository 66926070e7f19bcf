//! The `Authorization` header.

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;

/// The token of `Authorization: Bearer …` (RFC 6750).
pub fn bearer_token(request: &HttpRequest) -> Option<&str> {
    let value = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
