//! The portal's cookies and how they are set: never readable by scripts, never sent along from other sites' forms.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::{HeaderMap, HeaderValue, SET_COOKIE};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::components::{Banner, Tone};
use crate::http;

/// What stands before the names of cookies that only this host sets.
const HOST_ONLY: &str = "__Host-";
/// Who is signed in.
pub const SESSION: &str = "portal_session";
/// Who signed in here before; opens nothing.
pub const DEVICE: &str = "portal_device";
/// What the step before has to say; shown once.
pub const FLASH: &str = "portal_flash";
/// Light or dark.
pub const THEME: &str = "portal_theme";
/// The language of somebody who isn't signed in.
pub const LANGUAGE: &str = "portal_language";

const FLASH_LIFETIME: Duration = Duration::minutes(2);
const CHOICE_LIFETIME: Duration = Duration::days(365);

/// A cookie of ours. `secure`: the portal is reached by https.
fn ours(name: &'static str, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .finish()
}

/// The cookie of a session: until the browser is closed, or `kept` for that long.
pub fn session(token: String, kept: Option<chrono::TimeDelta>, secure: bool) -> Cookie<'static> {
    let mut cookie = ours(SESSION, token, secure);
    if let Some(kept) = kept {
        cookie.set_max_age(Duration::seconds(kept.num_seconds()));
    }
    cookie
}

/// The cookie of a device that somebody signed in at.
pub fn device(token: String, secure: bool) -> Cookie<'static> {
    let mut cookie = ours(DEVICE, token, secure);
    cookie.set_max_age(CHOICE_LIFETIME);
    cookie
}

/// A choice of the reader that outlives the session.
pub fn choice(name: &'static str, value: &'static str) -> Cookie<'static> {
    let mut cookie = ours(name, value.to_owned(), false);
    cookie.set_max_age(CHOICE_LIFETIME);
    cookie
}

/// What the next page says.
pub fn flash(banner: &Banner) -> Cookie<'static> {
    let text = utf8_percent_encode(&banner.text, NON_ALPHANUMERIC);
    let mut cookie = ours(FLASH, format!("{}.{text}", banner.tone.name()), false);
    cookie.set_max_age(FLASH_LIFETIME);
    cookie
}

/// Takes the cookie away.
pub fn removed(name: &'static str) -> Cookie<'static> {
    let mut cookie = ours(name, String::new(), false);
    cookie.set_max_age(Duration::ZERO);
    cookie
}

/// What the step before has to say.
pub fn read_flash(request: &HttpRequest) -> Option<Banner> {
    let cookie = sent(request, FLASH)?;
    let (tone, text) = cookie.value().split_once('.')?;
    let text = percent_decode_str(text).decode_utf8().ok()?.into_owned();
    Some(Banner::new(Tone::from_name(tone)?, text))
}

/// The value of a cookie.
pub fn read(request: &HttpRequest, name: &str) -> Option<String> {
    sent(request, name).map(|cookie| cookie.value().to_owned())
}

fn sent(request: &HttpRequest, name: &str) -> Option<Cookie<'static>> {
    match http::is_https(request) {
        true => request.cookie(&format!("{HOST_ONLY}{name}")),
        false => request.cookie(name),
    }
}

/// Where the portal is reached by https, browsers keep its cookies only if this host set them by https for all of it; none
/// of a neighbour or of a connection in the clear is taken for one.
pub fn harden(headers: &mut HeaderMap) {
    let cookies: Vec<_> = headers.remove(SET_COOKIE).collect();
    for cookie in cookies {
        let hardened = cookie
            .to_str()
            .ok()
            .filter(|text| text.starts_with("portal_"))
            .map(|text| {
                let secure = if text.contains("; Secure") { "" } else { "; Secure" };
                HeaderValue::from_str(&format!("{HOST_ONLY}{text}{secure}"))
            });
        headers.append(SET_COOKIE, hardened.and_then(Result::ok).unwrap_or(cookie));
    }
}
