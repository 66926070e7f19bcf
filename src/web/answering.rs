//! The middleware of pages: forms of other sites are refused, errors become pages, whoever isn't signed in is sent to
//! sign in and comes back.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, LOCATION, ORIGIN,
    REFERER,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use askama::Template;

use super::components::address;
use super::cookies;
use super::redirect::{own_path, see_other};
use super::shell::{InSandbox, Shell, Theme};
use crate::clock;
use crate::error::{Code, Error};
use crate::http::{self, RequestId};
use crate::languages::Language;
use crate::sentences::unreadable_upload;
use crate::state::AppState;

/// What a page may load: only what this program serves.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'",
);
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Where forms of other sites lead: they carry their own proof, and no cookie counts there.
const OF_OTHERS: &[&str] = &["/punchout/oci", "/punchout/cxml"];

/// True for what browsers show: everything but the API, what gives programs their tokens, and what watches the process.
pub fn is_page(path: &str) -> bool {
    let is_for_programs = ["/api/", "/oauth/", "/.well-known/"]
        .iter()
        .any(|start| path.starts_with(start));
    !(is_for_programs || path == "/api" || path == "/livez" || path == "/readyz")
}

/// Answers requests for pages; others pass.
pub async fn answer<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    if !is_page(request.path()) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let is_https = http::is_https(&request);
    if let Err(error) = check(&request) {
        let (request, _) = request.into_parts();
        let page = error_page(&request, &error, status_of(&error));
        let mut response = ServiceResponse::new(request, page).map_into_right_body();
        protect(response.headers_mut(), is_https);
        return Ok(response);
    }
    let response = next.call(request).await?;
    let mut response = match response.response().error() {
        None => response.map_into_left_body(),
        Some(error) => {
            let status = error.as_response_error().status_code();
            let unreadable;
            let error = match error.as_error::<Error>() {
                Some(error) => error,
                // What the framework itself refuses: an ill-formed query, a form that isn't one.
                None => {
                    unreadable = match status {
                        StatusCode::NOT_FOUND => Error::NotFound,
                        status if status.is_client_error() => {
                            Error::malformed(Code::BadRequest, unreadable_upload(error))
                        }
                        _ => Error::internal(error.to_string()),
                    };
                    &unreadable
                }
            };
            if let Error::Internal(source) = error {
                tracing::error!(error = %source, "a page failed");
            }
            let page = match error {
                Error::Unauthenticated { .. } => to_sign_in(response.request()),
                Error::Refused {
                    code: Code::StepUpRequired,
                    ..
                } => to_confirm(response.request()),
                Error::Refused {
                    code: Code::SecondFactorMissing,
                    ..
                } => see_other("/profile/second-factor").into(),
                error => error_page(response.request(), error, status_of(error)),
            };
            response.into_response(page).map_into_right_body()
        }
    };
    protect(response.headers_mut(), is_https);
    Ok(response)
}

/// What is refused before any page looks at it: forms of other sites, and control characters in the address.
fn check(request: &ServiceRequest) -> Result<(), Error> {
    // Pages whose address is a secret name no origin, and no other site knows where their form goes.
    let names_none = !request.headers().contains_key(SEC_FETCH_SITE)
        && request
            .headers()
            .get(ORIGIN)
            .is_some_and(|origin| origin.as_bytes() == b"null");
    let is_secret = names_none && http::has_token(request.path());
    let is_for_others = OF_OTHERS.contains(&request.path());
    if !is_secret && !is_for_others && !comes_from_us(request.method(), request.headers()) {
        tracing::warn!("a form of another site was refused");
        return Err(Error::Forbidden);
    }
    http::refuse_controls(request.query_string())
}

/// Nothing else is loaded into a page, and nothing keeps it that doesn't say so.
fn protect(headers: &mut HeaderMap, is_https: bool) {
    if is_https {
        cookies::harden(headers);
    }
    let is_html = |value: &HeaderValue| value.as_bytes().starts_with(b"text/html");
    // What is shown in frames of other sites says so itself.
    if headers.get(CONTENT_TYPE).is_some_and(is_html) && !headers.contains_key(CONTENT_SECURITY_POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

fn status_of(error: &Error) -> StatusCode {
    StatusCode::from_u16(error.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// A request that changes something must come from a page of ours. Every browser of these years says where a form
/// stands, by `Sec-Fetch-Site` or by `Origin`; what says neither is no browser and carries no cookie that it
/// wasn't given.
fn comes_from_us(method: &Method, headers: &HeaderMap) -> bool {
    if [Method::GET, Method::HEAD].contains(method) {
        return true;
    }
    let text = |name: &HeaderName| headers.get(name).map(HeaderValue::as_bytes);
    match (text(&SEC_FETCH_SITE), text(&ORIGIN)) {
        (Some(site), _) => site == b"same-origin" || site == b"none",
        (None, Some(origin)) => {
            let host = text(&HOST).unwrap_or_default();
            let after_scheme = origin.split(|byte| *byte == b'/').nth(2);
            !host.is_empty() && after_scheme == Some(host)
        }
        // What says nothing of it is no browser; one that names a page of another site is.
        (None, None) => text(&REFERER).is_none_or(|referrer| {
            let host = text(&HOST).unwrap_or_default();
            referrer.split(|byte| *byte == b'/').nth(2) == Some(host)
        }),
    }
}

/// Sends the browser to sign in and back. What was typed into a form goes along, unless it has files: a 307 has the
/// browser send its fields again, to the sign-in. A script learns it from the status.
fn to_sign_in(request: &HttpRequest) -> HttpResponse {
    let header = |name| {
        request
            .headers()
            .get(name)
            .map(HeaderValue::as_bytes)
            .unwrap_or_default()
    };
    if header(SEC_FETCH_DEST) == b"empty" {
        return HttpResponse::Unauthorized().finish();
    }
    let is_read = [Method::GET, Method::HEAD].contains(request.method());
    let path = match is_read {
        true => request.uri().to_string(),
        // The page that the form stood on.
        false => referring_path(request).unwrap_or_else(|| "/".to_owned()),
    };
    let next = own_path(&path).filter(|path| *path != "/").unwrap_or_default();
    let was_signed_in = cookies::read(request, cookies::SESSION).is_some();
    let mut answer = if !is_read && header(CONTENT_TYPE).starts_with(b"application/x-www-form-urlencoded") {
        let to = request.uri().to_string();
        HttpResponse::TemporaryRedirect()
            .insert_header((
                LOCATION,
                address("/sign-in/interrupted", [("to", to.as_str()), ("next", next)]),
            ))
            .finish()
    } else {
        let ended = if was_signed_in { "1" } else { "" };
        see_other(address("/sign-in", [("next", next), ("ended", ended)])).into()
    };
    if was_signed_in {
        // Its session is over; nothing else would end this.
        cookies::forget_in_browser(answer.headers_mut());
        if let Err(error) = answer.add_cookie(&cookies::removed(cookies::SESSION)) {
            tracing::warn!(%error, "a cookie could not be removed");
        }
    }
    answer
}

/// Sends the browser to prove once more who it is and on, with what was typed unless that has files. A script learns it
/// from the status.
fn to_confirm(request: &HttpRequest) -> HttpResponse {
    let is = |name, expected: &[u8]| {
        let value = request.headers().get(name).map(HeaderValue::as_bytes);
        value.is_some_and(|value| value.starts_with(expected))
    };
    if is(SEC_FETCH_DEST, b"empty") {
        return HttpResponse::Forbidden().finish();
    }
    let stood_on = referring_path(request).unwrap_or_else(|| "/".to_owned());
    let next = own_path(&stood_on).unwrap_or("/");
    if is(CONTENT_TYPE, b"application/x-www-form-urlencoded") {
        let to = request.uri().to_string();
        let location = address("/confirm", [("to", to.as_str()), ("next", next)]);
        return HttpResponse::TemporaryRedirect()
            .insert_header((LOCATION, location))
            .finish();
    }
    see_other(address("/confirm", [("next", next)])).into()
}

fn referring_path(request: &HttpRequest) -> Option<String> {
    let referrer = request.headers().get(REFERER)?.to_str().ok()?;
    let url = url::Url::parse(referrer).ok()?;
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    Some(path)
}

/// What went wrong, as a page.
#[derive(Template)]
#[template(path = "web/templates/error.html")]
struct ErrorPage<'a> {
    shell: &'a Shell,
    heading: String,
    text: String,
    details: Vec<String>,
    reference: Option<String>,
}

fn error_page(request: &HttpRequest, error: &Error, status: StatusCode) -> HttpResponse {
    let shell = request.extensions().get::<Shell>().cloned();
    let shell = shell.unwrap_or_else(|| shell_of_request(request)).without_flash();
    let (heading, text) = match error {
        Error::NotFound => (shell.t("error-not-found"), shell.t("error-not-found-text")),
        Error::Forbidden => (shell.t("error-forbidden"), shell.t("error-forbidden-text")),
        Error::Throttled { .. } => (shell.t("error-throttled"), shell.error_text(error)),
        Error::Internal(_) => (shell.t("error-internal"), shell.t("error-internal-text")),
        Error::Unavailable(_) => (shell.t("error-unavailable"), shell.t("error-unavailable-text")),
        Error::Invalid(_) => (shell.t("error-invalid"), shell.t("error-invalid-text")),
        _ => (shell.t("error-refused"), shell.error_text(error)),
    };
    let details = match error {
        Error::Invalid(faults) => faults.iter().map(|fault| shell.fault(fault)).collect(),
        _ => Vec::new(),
    };
    let page = ErrorPage {
        shell: &shell,
        heading,
        text,
        details,
        reference: matches!(error, Error::Internal(_)).then(|| RequestId::of(request).to_string()),
    };
    let answer = shell.page_with(status, &page);
    answer.unwrap_or_else(|_| HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR))
}

/// The shell of a request that proved nothing: language and theme by cookies and by what the browser prefers.
pub fn shell_of_request(request: &HttpRequest) -> Shell {
    let theme = cookies::read(request, cookies::THEME).and_then(|name| Theme::from_name(&name));
    let sandbox = request
        .app_data::<Data<AppState>>()
        .filter(|state| state.sandbox.is_some());
    let mut shell = Shell::anonymous(language_of(request), theme.unwrap_or_default(), request.path());
    shell.sandbox = sandbox.map(|_| InSandbox {
        days_ahead: clock::ahead().num_days(),
    });
    shell
}

fn language_of(request: &HttpRequest) -> Language {
    if let Some(chosen) = cookies::read(request, cookies::LANGUAGE) {
        return Language::from_locale(&chosen);
    }
    let preferred = request.headers().get("accept-language");
    let preferred = preferred.and_then(|value| value.to_str().ok()).unwrap_or_default();
    // The first language of the list that is spoken here.
    let tags = preferred.split(',').filter_map(|part| part.split(';').next());
    let spoken = tags.map(str::trim).find(|tag| {
        let primary = tag.split('-').next().unwrap_or_default();
        Language::ALL
            .iter()
            .any(|language| language.name().eq_ignore_ascii_case(primary))
    });
    spoken.map(Language::from_locale).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_other_sites_are_told_from_ours() {
        for (headers, ours) in [
            (&[][..], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (
                &[
                    ("origin", "http://portal.example:8080"),
                    ("host", "portal.example:8080"),
                ],
                true,
            ),
            (
                &[("origin", "http://evil.example"), ("host", "portal.example:8080")],
                false,
            ),
            (
                &[("referer", "http://evil.example/page"), ("host", "portal.example")],
                false,
            ),
            (
                &[("referer", "https://portal.example/page"), ("host", "portal.example")],
                true,
            ),
            (&[("origin", "null"), ("host", "portal.example")], false),
            (&[("origin", "http://portal.example")], false),
        ] {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            assert_eq!(comes_from_us(&Method::POST, &map), ours, "{headers:?}");
            assert!(comes_from_us(&Method::GET, &map));
        }
    }

    #[test]
    fn the_api_and_the_probes_are_no_pages() {
        for (path, page) in [
            ("/", true),
            ("/api/v1/orders", false),
            ("/livez", false),
            ("/apiary", true),
            ("/desk", true),
        ] {
            assert_eq!(is_page(path), page, "{path}");
        }
    }
}
