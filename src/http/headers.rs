//! The outermost middleware: gives every request its id, every answer its headers, every failure its problem.

use std::borrow::Cow;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::Method;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderValue,
    REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use tracing::field::Empty;
use tracing::{Instrument, Span};
use url::Url;

use super::origins::client_address;
use super::rate_limit::Allowance;
use super::request_id::{self, RequestId};
use crate::cpu;
use crate::error::Error;
use crate::problem::{MEDIA_TYPE, Problem};
use crate::traces;

const API: &str = "/api/v1";
/// The place of a request in its caller's trace.
const TRACEPARENT: &str = "traceparent";
const CSP_API: HeaderValue = HeaderValue::from_static("default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
/// The vendored browser of the API document styles its elements in place and draws icons from `data:`.
const CSP_DOCS: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// Answers `request`; wrap the whole application with it. HEAD is answered as GET is: the server leaves the body out
/// (RFC 9110, section 9.3.2).
pub async fn answer<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    let id = RequestId::choose(&request);
    request.extensions_mut().insert(id.clone());
    let path = without_token(request.path());
    let from = client_address(request.request()).map(tracing::field::display);
    let span = tracing::info_span!(
        "request", %id, method = %request.method(), path = %path, from, route = Empty, status = Empty
    );
    let sent = request.headers().get(TRACEPARENT).and_then(|value| value.to_str().ok());
    traces::begin(&span, sent.and_then(traces::Context::parse));
    let policies = Policies::of(&request);
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let answering = caught(next.call(request)).instrument(span.clone());
    let outcome = cpu::for_a_request(answering).await;
    let _entered = span.enter();
    match outcome {
        Ok(response) => {
            let allowance = response.request().extensions().get::<Allowance>().copied();
            let mut response = with_problem(response, &id);
            policies.write(response.headers_mut(), &id);
            if let Some(allowance) = allowance {
                allowance.write(response.headers_mut());
            }
            tell_collector(&span, response.request(), response.status());
            tracing::debug!(status = response.status().as_u16(), "answered");
            Ok(response)
        }
        Err(error) => {
            let problem = to_problem(error.as_error(), error.as_response_error().status_code(), &id);
            let mut response = HttpResponse::from_error(error);
            *response.status_mut() = status_of(&problem);
            tell_status(&span, response.status());
            let mut response = response.set_body(problem.to_json()).map_into_boxed_body();
            response
                .headers_mut()
                .insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
            policies.write(response.headers_mut(), &id);
            Err(InternalError::from_response("refused", response).into())
        }
    }
}

/// What a collector of traces is told of an answer.
fn tell_collector(span: &Span, request: &HttpRequest, status: StatusCode) {
    if traces::is_on() {
        span.record(
            "route",
            request.match_pattern().unwrap_or_else(|| "unmatched".to_owned()),
        );
        tell_status(span, status);
    }
}

fn tell_status(span: &Span, status: StatusCode) {
    if traces::is_on() {
        span.record("status", i64::from(status.as_u16()));
    }
}

/// Runs `answering`; a panic in it becomes an error like any other, and the connection lives on.
async fn caught<T>(answering: impl Future<Output = Result<T, actix_web::Error>>) -> Result<T, actix_web::Error> {
    let mut answering = pin!(answering);
    poll_fn(move |context| {
        let polled = catch_unwind(AssertUnwindSafe(|| answering.as_mut().poll(context)));
        polled.unwrap_or_else(|_| Poll::Ready(Err(Error::internal("a handler panicked").into())))
    })
    .await
}

/// Writes the problem into an answer that failed, unless its handler wrote JSON of its own.
fn with_problem<B: MessageBody>(response: ServiceResponse<B>, id: &RequestId) -> ServiceResponse<EitherBody<B>> {
    let status = response.status();
    let is_told = || {
        let media_type = response.headers().get(CONTENT_TYPE);
        media_type.is_some_and(|value| [MEDIA_TYPE.as_bytes(), b"application/json"].contains(&value.as_bytes()))
    };
    if !(status.is_client_error() || status.is_server_error()) || is_told() || is_page(&response) {
        return response.map_into_left_body();
    }
    let error = response.response().error().and_then(|error| error.as_error());
    let problem = to_problem(error, status, id);
    let mut response = response.map_body(|_, _| EitherBody::right(actix_web::body::BoxBody::new(problem.to_json())));
    *response.response_mut().status_mut() = status_of(&problem);
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    response
}

/// Pages render their failures themselves.
fn is_page<B>(response: &ServiceResponse<B>) -> bool {
    let media_type = response.headers().get(CONTENT_TYPE);
    media_type.is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}

/// The problem for what went wrong; faults of ours are logged here, and only here.
fn to_problem(error: Option<&Error>, status: StatusCode, id: &RequestId) -> Problem {
    match error {
        Some(Error::Internal(source)) => {
            tracing::error!(error = chain(source.as_ref()), "a request failed");
        }
        Some(Error::Unavailable(reason)) => tracing::warn!(reason, "a request could not be answered"),
        None if status.is_server_error() => tracing::error!(%status, "a request failed"),
        _ => {}
    }
    match error {
        Some(error) => Problem::new(error, id.as_str()),
        None => Problem::of_status(status, id.as_str()),
    }
}

fn status_of(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The error and everything that caused it.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

/// Where what follows opens or changes something for whoever has it: the link of a mail.
const WITH_TOKEN: &[&str] = &[
    "/reset/",
    "/invitations/",
    "/unsubscribe/",
    "/punchout/start/",
    "/punchout/s/",
    "/api/v1/invitations/",
    "/api/v1/notifications/unsubscribe/",
];

/// True for a path that nobody knows but who was sent it.
pub fn has_token(path: &str) -> bool {
    matches!(without_token(path), Cow::Owned(_))
}

/// A path as it may be told: a token opens an account for whoever reads it.
fn without_token(path: &str) -> Cow<'_, str> {
    match WITH_TOKEN.iter().find(|start| path.starts_with(**start)) {
        Some(start) => Cow::Owned(format!("{start}…")),
        None => Cow::Borrowed(path),
    }
}

/// Whether people reach the portal by https; given to the application.
#[derive(Debug, Clone, Copy)]
pub struct Https(pub bool);

/// Whether browsers stay with https for hosts below the portal's too; given to the application.
#[derive(Debug, Clone, Copy)]
pub struct SubdomainsToo(pub bool);

/// Where people reach the portal, as browsers name it; given to the application. Pages of other sites read nothing.
#[derive(Debug, Clone)]
pub struct OwnOrigin(Option<HeaderValue>);

impl OwnOrigin {
    /// The origin of this address.
    pub fn of(public_url: Option<&Url>) -> Self {
        let origin = public_url.map(|url| url.origin().ascii_serialization());
        Self(origin.and_then(|origin| HeaderValue::try_from(origin).ok()))
    }
}

/// True where people reach the portal by https.
pub fn is_https(request: &impl HasData) -> bool {
    request.https().is_some_and(|https| https.0)
}

/// Requests before and after they are routed.
pub trait HasData {
    /// What the application was given.
    fn https(&self) -> Option<Https>;
}

impl HasData for ServiceRequest {
    fn https(&self) -> Option<Https> {
        self.app_data::<Https>().copied()
    }
}

impl HasData for HttpRequest {
    fn https(&self) -> Option<Https> {
        self.app_data::<Https>().copied()
    }
}

/// What the browser may do with an answer, by its address.
struct Policies {
    own_origin: Option<HeaderValue>,
    is_api: bool,
    is_docs: bool,
    has_token: bool,
    is_https: bool,
    subdomains_too: bool,
}

impl Policies {
    fn of(request: &ServiceRequest) -> Self {
        let (path, is_https) = (request.path(), is_https(request));
        let own_origin = request.app_data::<OwnOrigin>().and_then(|own| own.0.clone());
        Self {
            own_origin,
            is_api: path.starts_with(API) || path.starts_with("/oauth/"),
            is_docs: path.starts_with("/api/docs"),
            has_token: has_token(path),
            is_https,
            subdomains_too: request.app_data::<SubdomainsToo>().is_some_and(|too| too.0),
        }
    }

    /// Adds the headers; a handler's own policy stays.
    fn write(&self, headers: &mut HeaderMap, id: &RequestId) {
        if let Ok(value) = HeaderValue::from_str(id.as_str()) {
            headers.insert(request_id::HEADER, value);
        }
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        // Pages tell each other where a form stood, so that whoever must sign in anew comes back to it.
        let policy = if self.is_api || self.is_docs || self.has_token {
            "no-referrer"
        } else {
            "same-origin"
        };
        headers.insert(REFERRER_POLICY, HeaderValue::from_static(policy));
        if self.is_https {
            let stay = match self.subdomains_too {
                true => "max-age=31536000; includeSubDomains",
                false => "max-age=31536000",
            };
            headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(stay));
        }
        if self.is_api {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            if let Some(origin) = &self.own_origin {
                headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            }
        }
        if !headers.contains_key(CONTENT_SECURITY_POLICY) {
            let policy = if self.is_docs { CSP_DOCS } else { CSP_API };
            headers.insert(CONTENT_SECURITY_POLICY, policy);
        }
        // Only who names pages that may show an answer in a frame lets it be shown in one.
        let policy = headers
            .get(CONTENT_SECURITY_POLICY)
            .and_then(|policy| policy.to_str().ok());
        if policy.is_none_or(|policy| !policy.contains("frame-ancestors") || policy.contains("frame-ancestors 'none'"))
        {
            headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, init_service, try_call_service};
    use actix_web::{App, web};

    async fn panics() -> HttpResponse {
        panic!("a secret in a message");
    }

    async fn fails() -> Result<HttpResponse, Error> {
        Err(Error::internal("a secret in an error"))
    }

    async fn answered_by_the_handler() -> HttpResponse {
        HttpResponse::ServiceUnavailable().json("own words")
    }

    /// Status, `X-Request-Id` and body of the answer to a request for `path`.
    async fn ask(path: &str, id: &str) -> (u16, String, String) {
        let app = App::new()
            .route("/panics", web::get().to(panics))
            .route("/fails", web::get().to(fails))
            .route("/answered", web::get().to(answered_by_the_handler))
            .wrap(from_fn(answer));
        let app = init_service(app).await;
        let request = TestRequest::get().uri(path).insert_header(("x-request-id", id));
        let response = match try_call_service(&app, request.to_request()).await {
            Ok(response) => response.into_parts().1.map_into_boxed_body(),
            Err(error) => error.error_response(),
        };
        let header = |name: &str| {
            let value = response.headers().get(name).expect("the header is there");
            value.to_str().expect("text").to_owned()
        };
        assert_eq!(header("x-content-type-options"), "nosniff");
        let (status, id) = (response.status().as_u16(), header("x-request-id"));
        let body = actix_web::body::to_bytes(response.into_body()).await.expect("a body");
        (status, id, String::from_utf8(body.to_vec()).expect("text"))
    }

    #[actix_web::test]
    async fn a_fault_of_ours_is_told_by_its_id_alone() {
        for path in ["/panics", "/fails"] {
            let (status, id, body) = ask(path, "my-own-id").await;
            assert_eq!((status, id.as_str()), (500, "my-own-id"), "{path}");
            assert!(
                body.contains(r#""request_id":"my-own-id""#) && body.contains(r#""code":"internal""#),
                "{body}"
            );
            assert!(!body.contains("secret"), "{body}");
        }
    }

    #[test]
    fn links_of_mails_are_not_told() {
        for (path, told) in [
            ("/reset/secret", "/reset/…"),
            ("/invitations/secret", "/invitations/…"),
            ("/unsubscribe/secret", "/unsubscribe/…"),
            (
                "/api/v1/notifications/unsubscribe/secret",
                "/api/v1/notifications/unsubscribe/…",
            ),
            ("/orders/ord_1", "/orders/ord_1"),
        ] {
            assert_eq!(without_token(path), told);
        }
    }

    #[actix_web::test]
    async fn an_unfit_id_is_replaced() {
        let (status, id, body) = ask("/nowhere", "bad id").await;
        assert_eq!(status, 404);
        assert!(id.starts_with("req_") && body.contains(&id), "{id} {body}");
    }

    #[actix_web::test]
    async fn what_a_handler_tells_itself_stands() {
        let (status, _, body) = ask("/answered", "my-own-id").await;
        assert_eq!((status, body.as_str()), (503, "\"own words\""));
    }
}
