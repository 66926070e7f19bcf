//! The portal's cookies and how they are set: never readable by scripts, never sent along from other sites' forms.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::components::{Banner, Tone};

/// Who is signed in.
pub const SESSION: &str = "portal_session";
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
    let cookie = request.cookie(FLASH)?;
    let (tone, text) = cookie.value().split_once('.')?;
    let text = percent_decode_str(text).decode_utf8().ok()?.into_owned();
    Some(Banner::new(Tone::from_name(tone)?, text))
}

/// The value of a cookie.
pub fn read(request: &HttpRequest, name: &str) -> Option<String> {
    request.cookie(name).map(|cookie| cookie.value().to_owned())
}
