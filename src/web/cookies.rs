//! The portal's cookies and how they are set: never readable by scripts, never sent along from other sites' forms.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::{CLEAR_SITE_DATA, COOKIE, HeaderMap, HeaderValue, SET_COOKIE};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::components::{Banner, Tone};
use crate::http;
use crate::ids::SandboxId;

/// What stands before the names of cookies that only this host sets.
const HOST_ONLY: &str = "__Host-";
/// Who is signed in.
pub const SESSION: &str = "portal_session";
/// Who signed in here before; opens nothing.
pub const DEVICE: &str = "portal_device";
/// Which sandbox pages are of, and as whom.
pub const SANDBOX: &str = "portal_sandbox";
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

/// The cookie that leads pages into a sandbox, with the session there; until the browser is closed.
pub fn sandbox(id: SandboxId, token: &str, secure: bool) -> Cookie<'static> {
    ours(SANDBOX, format!("{id}.{token}"), secure)
}

/// Where the cookies of a request lead into a sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntoSandbox {
    pub id: SandboxId,
    /// Of the session there, and of the portal's.
    pub tokens: (String, String),
    /// The header for it, which has the session there in place of the portal's.
    pub header: String,
}

/// Where the cookies of a request lead into a sandbox, if they do and bring a session of the portal, too.
pub fn into_sandbox(headers: &HeaderMap, is_https: bool) -> Option<IntoSandbox> {
    let named = |name: &str| {
        if is_https {
            format!("{HOST_ONLY}{name}")
        } else {
            name.to_owned()
        }
    };
    let texts = headers.get_all(COOKIE).filter_map(|value| value.to_str().ok());
    let pairs: Vec<(&str, &str)> = texts
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .collect();
    let leading = named(SANDBOX);
    let (_, value) = pairs.iter().find(|(name, _)| *name == leading)?;
    let (id, token) = value.split_once('.')?;
    let id = id.parse().ok()?;
    let (session, device) = (named(SESSION), named(DEVICE));
    let (_, of_portal) = pairs.iter().find(|(name, _)| *name == session)?;
    let own = [leading.as_str(), session.as_str(), device.as_str()];
    let others = pairs.iter().filter(|(name, _)| !own.contains(name));
    let mut kept: Vec<_> = others.map(|(name, value)| format!("{name}={value}")).collect();
    kept.push(format!("{session}={token}"));
    Some(IntoSandbox {
        id,
        tokens: (token.to_owned(), (*of_portal).to_owned()),
        header: kept.join("; "),
    })
}

/// Takes out of an answer what it says of sessions: a sandbox's session is none of the portal's.
pub fn without_session(headers: &mut HeaderMap) {
    let cookies: Vec<_> = headers.remove(SET_COOKIE).collect();
    let is_session = |value: &HeaderValue| {
        let name = value.to_str().unwrap_or_default().split('=').next().unwrap_or_default();
        [SESSION, DEVICE].contains(&name.trim_start_matches(HOST_ONLY))
    };
    for cookie in cookies {
        if !is_session(&cookie) {
            headers.append(SET_COOKIE, cookie);
        }
    }
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

/// Has the browser forget what it keeps of pages and in its stores. Cookies are taken away by name: those of a neighbour
/// below the same name of a host would go, too.
pub fn forget_in_browser(headers: &mut HeaderMap) {
    headers.insert(CLEAR_SITE_DATA, HeaderValue::from_static(r#""cache", "storage""#));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_leads_into_a_sandbox_with_the_session_there() {
        let id = SandboxId(7);
        let mut headers = HeaderMap::new();
        let sent = format!("portal_session=mine; portal_theme=dark; portal_sandbox={id}.a.b.c; portal_device=x");
        headers.insert(COOKIE, HeaderValue::from_str(&sent).expect("a header"));
        let expected = IntoSandbox {
            id,
            tokens: ("a.b.c".to_owned(), "mine".to_owned()),
            header: "portal_theme=dark; portal_session=a.b.c".to_owned(),
        };
        assert_eq!(into_sandbox(&headers, false), Some(expected));
        assert_eq!(into_sandbox(&headers, true), None);
        headers.insert(COOKIE, HeaderValue::from_static("portal_session=mine"));
        assert_eq!(into_sandbox(&headers, false), None);
    }

    #[test]
    fn an_answer_of_a_sandbox_says_nothing_of_sessions() {
        let mut headers = HeaderMap::new();
        for text in [
            "portal_session=; Max-Age=0",
            "__Host-portal_device=x",
            "portal_flash=ok.done",
        ] {
            headers.append(SET_COOKIE, HeaderValue::from_static(text));
        }
        without_session(&mut headers);
        let left: Vec<_> = headers.get_all(SET_COOKIE).collect();
        assert_eq!(left, ["portal_flash=ok.done"]);
    }
}
