//! What a program calls itself.

use actix_web::HttpRequest;
use actix_web::http::header::USER_AGENT;

/// What the program calls itself; only its owner ever reads it, so the rest of an overlong name is no loss.
pub fn user_agent(request: &HttpRequest) -> Option<String> {
    const CHARS_MAX: usize = 300;
    let text = request.headers().get(USER_AGENT)?.to_str().ok()?;
    Some(text.chars().take(CHARS_MAX).collect())
}
