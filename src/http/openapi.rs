//! The API document: what all operations have in common is written here, not at each handler.
//!
//! Handlers name their success and the failures of their own (404 of an action, 409); this adds sign-in, path
//! parameters, request ids and the failures that follow from an operation's form.

use utoipa::openapi::header::Header;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{
    ClientCredentials, Flow, HttpAuthScheme, HttpBuilder, OAuth2, Scopes, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Components, Contact, Content, Info, OpenApi, Ref, RefOr, Required, Response, Server};
use utoipa::{PartialSchema, ToSchema};

use super::Limit;
use super::conditional::names_one;
use super::rows::NDJSON;
use crate::problem::{MEDIA_TYPE, Problem};

/// What the document calls signing in by token.
pub const SCHEME: &str = "bearer";
/// What it calls programs that sign in by themselves.
pub const PROGRAMS: &str = "oauth2";

/// The methods and operations of a path.
pub fn operations(item: &PathItem) -> impl Iterator<Item = (&'static str, &Operation)> {
    [
        ("GET", &item.get),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| operation.as_ref().map(|operation| (method, operation)))
}

/// Adds how programs sign in, with all scopes and what each is for.
pub fn add_programs(api: &mut OpenApi, scopes: impl IntoIterator<Item = (&'static str, String)>) {
    // The next token comes from where the first did.
    let granted = ClientCredentials::with_refresh_url(
        "/oauth/token",
        Scopes::from_iter(scopes.into_iter().map(|(name, about)| (name.to_owned(), about))),
        "/oauth/token",
    );
    let description = "Programs get tokens for their id and secret, or for an assertion that they sign (RFC 7523). Tokens and \
        assertions are JWTs that are checked as RFC8725 asks.";
    let scheme = OAuth2::with_description([Flow::ClientCredentials(granted)], description);
    let components = api.components.get_or_insert_default();
    components.add_security_scheme(PROGRAMS, SecurityScheme::OAuth2(scheme));
}

/// Adds to a collected document what all its operations share.
pub fn complete(api: &mut OpenApi) {
    api.info = Info::new("Key account portal", env!("CARGO_PKG_VERSION"));
    api.info.description = Some(DESCRIPTION.to_owned());
    let mut contact = Contact::new();
    contact.name = Some("The supplier whose portal it is".to_owned());
    api.info.contact = Some(contact);
    api.servers = Some(vec![server("https://portal.example.org")]);
    api.security = Some(vec![SecurityRequirement::new(SCHEME, Vec::<String>::new())]);
    let components = api.components.get_or_insert_default();
    let mut schemas = vec![
        (Problem::name().into_owned(), Problem::schema()),
        // Schemas of parameters are not collected from the handlers.
        (Limit::name().into_owned(), Limit::schema()),
    ];
    Problem::schemas(&mut schemas);
    components.schemas.extend(schemas);
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("The `access_token` of `POST /api/v1/auth/login`: a JWT as RFC 9068 has it, made and checked as RFC8725 asks."))
        .build();
    components.add_security_scheme(SCHEME, SecurityScheme::Http(bearer));
    add_headers(components);
    add_failures(components);
    for (path, item) in &mut api.paths.paths {
        if let Some(reading) = item.get.as_mut().filter(|_| names_one(path)) {
            add_condition(reading);
        }
        let methods = [
            &mut item.get,
            &mut item.post,
            &mut item.put,
            &mut item.patch,
            &mut item.delete,
        ];
        for operation in methods.into_iter().flatten() {
            complete_operation(path, operation);
        }
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

const DESCRIPTION: &str = "Priority ordering for key accounts. Sign in with `POST /api/v1/auth/login`, or as a program with \
    `POST /oauth/token`, and send `Authorization: Bearer …`. Money, prices and quantities are decimal strings, times RFC 3339 in UTC. Failures are \
    `application/problem+json` (RFC 9457) whose `code` is stable. Every answer has `X-Request-Id`. A body has at most \
    2 MiB and 30 seconds to arrive, a form with files 32 MiB and 120 seconds.";

fn complete_operation(path: &str, operation: &mut Operation) {
    // `security(())` means that nobody has to sign in; the attribute can't say so without an empty alternative.
    let is_public = operation
        .security
        .as_ref()
        .is_some_and(|ways| ways.contains(&SecurityRequirement::default()));
    if is_public {
        operation.security = Some(Vec::new());
    }
    add_path_parameters(path, operation);
    let takes_body = operation.request_body.is_some();
    let takes_files = matches!(&operation.request_body,
        Some(RefOr::T(body)) if body.content.contains_key("multipart/form-data"));
    let takes_form = matches!(&operation.request_body,
        Some(RefOr::T(body)) if body.content.contains_key(FORM));
    let takes_rows = matches!(&operation.request_body,
        Some(RefOr::T(body)) if body.content.contains_key(NDJSON));
    let (late, large, not_this) = match (takes_files, takes_form, takes_rows) {
        (true, _, _) => ("FilesLate", "FilesTooLarge", "NotFiles"),
        (_, true, _) => ("BodyLate", "FormTooLarge", "NotForm"),
        (_, _, true) => ("RowsLate", "RowsTooLarge", "NotRows"),
        _ => ("BodyLate", "BodyTooLarge", "NotJson"),
    };
    let takes_parameters = operation.parameters.iter().flatten().any(is_query);
    let names_object = path.contains('{');
    let takes_version = operation.parameters.iter().flatten().any(is_if_match);
    for (applies, failure) in [
        (true, "Malformed"),
        (!is_public, "Unauthenticated"),
        (is_public, "NotNeeded"),
        (!is_public, "Forbidden"),
        (names_object, "NotFound"),
        (takes_body, late),
        (takes_version, "OtherVersion"),
        (takes_body, large),
        (takes_body, not_this),
        (takes_body || takes_parameters, "WrongValues"),
        (takes_version, "VersionMissing"),
        (true, "Throttled"),
        (true, "Fault"),
        (true, "Unavailable"),
    ] {
        if applies && let Some((_, status, _)) = FAILURES.iter().find(|(name, ..)| *name == failure) {
            let responses = &mut operation.responses.responses;
            responses
                .entry((*status).to_owned())
                .or_insert_with(|| RefOr::Ref(Ref::from_response_name(failure)));
        }
    }
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response {
            complete_response(status, response);
        }
    }
}

/// What is read of one thing has a tag, and isn't sent again to whoever names it.
fn add_condition(reading: &mut Operation) {
    let responses = &mut reading.responses.responses;
    let Some(RefOr::T(found)) = responses.get_mut("200") else {
        return;
    };
    let tag = || RefOr::Ref(Ref::new("#/components/headers/ETag"));
    found.headers.insert("ETag".to_owned(), tag());
    let mut same = Response::new("The caller has it as it is");
    same.headers.insert("ETag".to_owned(), tag());
    responses.insert("304".to_owned(), same.into());
    let parameter = ParameterBuilder::new()
        .name("If-None-Match")
        .parameter_in(ParameterIn::Header)
        .description(Some("The `ETag` of what the caller has"))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)));
    let parameters = reading.parameters.get_or_insert_default();
    parameters.push(RefOr::T(parameter.build()));
}

/// Failures that follow from an operation's form: name, status, words.
const FAILURES: &[(&str, &str, &str)] = &[
    (
        "Malformed",
        "400",
        "The request can't be read, or lacks what every such request needs",
    ),
    (
        "NotNeeded",
        "401",
        "Never: nobody has to sign in for this, and a token that is sent is not looked at",
    ),
    (
        "Unauthenticated",
        "401",
        "No bearer token, or one that is not valid any more",
    ),
    ("Forbidden", "403", "The caller's role or scope does not allow this"),
    ("NotFound", "404", "There is no such object for this caller"),
    ("BodyLate", "408", "The body did not arrive within 30 seconds"),
    ("FilesLate", "408", "The body did not arrive within 120 seconds"),
    (
        "RowsLate",
        "408",
        "Nothing came for 30 seconds, or the body did not arrive within 30 minutes",
    ),
    ("OtherVersion", "412", "`If-Match` names another version than today's"),
    ("BodyTooLarge", "413", "The body is larger than 2 MiB"),
    ("FilesTooLarge", "413", "The body is larger than 32 MiB"),
    (
        "RowsTooLarge",
        "413",
        "The body holds more rows or bytes than one job takes, or a row is too long",
    ),
    ("FormTooLarge", "413", "The form is larger than 32 KiB"),
    ("NotJson", "415", "The body is not application/json"),
    (
        "NotRows",
        "415",
        "The body is neither application/x-ndjson nor text/csv, or packed other than by gzip",
    ),
    ("NotForm", "415", "The body is not application/x-www-form-urlencoded"),
    ("NotFiles", "415", "The body is not multipart/form-data"),
    (
        "WrongValues",
        "422",
        "Values are wrong; `errors` names each with its place",
    ),
    ("VersionMissing", "428", "`If-Match` is missing"),
    (
        "Throttled",
        "429",
        "Too many requests; `Retry-After` tells when to come again",
    ),
    ("Fault", "500", "A fault of ours"),
    (
        "Unavailable",
        "503",
        "Not right now; the same request may succeed later",
    ),
];

fn add_failures(components: &mut Components) {
    for (name, status, description) in FAILURES {
        let mut response = Response::new(*description);
        complete_response(status, &mut response);
        components.responses.insert((*name).to_owned(), response.into());
    }
}

/// Headers of answers: name, words, and whether it is a number.
const HEADERS: &[(&str, &str, bool)] = &[
    (
        "Access-Control-Allow-Origin",
        "The portal's own address: pages of other sites read nothing.",
        false,
    ),
    (
        "ETag",
        "For `If-None-Match`, and for `If-Match` where it can be changed.",
        false,
    ),
    (
        "RateLimit",
        "What is left: requests `r` until `t` seconds have passed.",
        false,
    ),
    (
        "RateLimit-Policy",
        "How many requests `q` may come in how many seconds `w`.",
        false,
    ),
    ("Retry-After", "Seconds to wait.", true),
    ("WWW-Authenticate", "How to sign in (RFC 6750).", false),
    ("X-Request-Id", "The caller's own id, or a new one.", false),
];

fn add_headers(components: &mut Components) {
    for (name, description, is_number) in HEADERS {
        let kind = if *is_number { Type::Integer } else { Type::String };
        let mut header = Header::new(ObjectBuilder::new().schema_type(kind));
        header.description = Some((*description).to_owned());
        components.headers.insert((*name).to_owned(), header.into());
    }
}

/// A place where the API is.
pub fn server(url: &str) -> Server {
    let mut server = Server::new(url);
    server.description = Some("production: each supplier has one of its own".to_owned());
    let internal = utoipa::openapi::extensions::Extensions::builder().add("x-internal", false);
    server.extensions = Some(internal.build());
    server
}

fn complete_response(status: &str, response: &mut Response) {
    let is_failure = status.starts_with('4') || status.starts_with('5');
    if response.description.is_empty() {
        response.description = if is_failure { "Refused" } else { "Done" }.to_owned();
    }
    if is_failure && response.content.is_empty() {
        let content = Content::new(Some(Ref::from_schema_name(Problem::name())));
        response.content.insert(MEDIA_TYPE.to_owned(), content.into());
    }
    let headers = [
        ("Access-Control-Allow-Origin", true),
        ("RateLimit", true),
        ("RateLimit-Policy", true),
        ("Retry-After", matches!(status, "429" | "503")),
        ("WWW-Authenticate", status == "401"),
        ("X-Request-Id", true),
    ];
    for (name, _) in headers.into_iter().filter(|(_, applies)| *applies) {
        let header = Ref::new(format!("#/components/headers/{name}"));
        response.headers.insert(name.to_owned(), RefOr::Ref(header));
    }
}

fn is_query(parameter: &RefOr<Parameter>) -> bool {
    matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query)
}

fn is_if_match(parameter: &RefOr<Parameter>) -> bool {
    matches!(parameter, RefOr::T(parameter)
        if parameter.parameter_in == ParameterIn::Header && parameter.name == "If-Match")
}

/// Every `{name}` of the path is a parameter; handlers need not say so.
fn add_path_parameters(path: &str, operation: &mut Operation) {
    let names = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    for name in names {
        let parameters = operation.parameters.get_or_insert_default();
        let is_there = |p: &RefOr<Parameter>| matches!(p, RefOr::T(p) if p.name == name);
        if parameters.iter().any(is_there) {
            continue;
        }
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)));
        parameters.push(RefOr::T(parameter.build()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::body::{BODY_BYTES_MAX, BODY_TIMEOUT};
    use super::super::uploads::{UPLOAD_BYTES_MAX, UPLOAD_TIMEOUT};
    use super::*;

    #[test]
    fn the_limits_are_those_that_are_told() {
        let words = |name: &str| {
            FAILURES
                .iter()
                .find(|(failure, ..)| *failure == name)
                .expect("it is there")
                .2
        };
        for (name, said) in [
            ("BodyTooLarge", format!(" {} MiB", BODY_BYTES_MAX / 1024 / 1024)),
            ("FilesTooLarge", format!(" {} MiB", UPLOAD_BYTES_MAX / 1024 / 1024)),
            ("BodyLate", format!(" {} seconds", BODY_TIMEOUT.as_secs())),
            ("FilesLate", format!(" {} seconds", UPLOAD_TIMEOUT.as_secs())),
        ] {
            assert!(words(name).ends_with(&said), "{name}: {said}");
        }
    }
}
