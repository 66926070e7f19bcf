//! The API document: what all operations have in common is written here, not at each handler.
//!
//! Handlers name their success and the failures of their own (404 of an action, 409); this adds sign-in, path
//! parameters, request ids and the failures that follow from an operation's form.

use utoipa::openapi::header::Header;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, Info, OpenApi, Ref, RefOr, Required, Response};
use utoipa::{PartialSchema, ToSchema};

use super::Limit;
use super::body::{BODY_BYTES_MAX, BODY_TIMEOUT};
use super::uploads::{UPLOAD_BYTES_MAX, UPLOAD_TIMEOUT};
use crate::problem::{MEDIA_TYPE, Problem};

/// What the document calls signing in by token.
pub const SCHEME: &str = "bearer";

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

/// Adds to a collected document what all its operations share.
pub fn complete(api: &mut OpenApi) {
    api.info = Info::new("Key account portal", env!("CARGO_PKG_VERSION"));
    api.info.description = Some(DESCRIPTION.to_owned());
    api.servers = None;
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
        .description(Some("The access_token of `POST /api/v1/auth/login`."))
        .build();
    components.add_security_scheme(SCHEME, SecurityScheme::Http(bearer));
    for (path, item) in &mut api.paths.paths {
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

const DESCRIPTION: &str = "Priority ordering for key accounts. Sign in with `POST /api/v1/auth/login` and send \
    `Authorization: Bearer …`. Money, prices and quantities are decimal strings, times RFC 3339 in UTC. Failures are \
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
    let (megabytes, seconds) = match takes_files {
        true => (UPLOAD_BYTES_MAX / 1024 / 1024, UPLOAD_TIMEOUT.as_secs()),
        false => (BODY_BYTES_MAX / 1024 / 1024, BODY_TIMEOUT.as_secs()),
    };
    let not_this = match takes_files {
        true => "The body is not multipart/form-data",
        false => "The body is not application/json",
    };
    let too_late = format!("The body did not arrive within {seconds} seconds");
    let too_large = format!("The body is larger than {megabytes} MiB");
    let takes_parameters = operation.parameters.iter().flatten().any(is_query);
    let names_object = path.contains('{');
    let takes_version = operation.parameters.iter().flatten().any(is_if_match);
    for (applies, status, description) in [
        (
            takes_body,
            "400",
            "The request can't be read, or lacks what every such request needs",
        ),
        (!is_public, "401", "No bearer token, or one that is not valid any more"),
        (!is_public, "403", "The caller's role does not allow this"),
        (names_object, "404", "There is no such object for this caller"),
        (takes_body, "408", too_late.as_str()),
        (takes_version, "412", "`If-Match` names another version than today's"),
        (takes_body, "413", too_large.as_str()),
        (takes_body, "415", not_this),
        (
            takes_body || takes_parameters,
            "422",
            "Values are wrong; `errors` names each with its place",
        ),
        (takes_version, "428", "`If-Match` is missing"),
        (true, "429", "Too many requests; `Retry-After` tells when to come again"),
        (true, "500", "A fault of ours"),
        (true, "503", "Not right now; the same request may succeed later"),
    ] {
        if applies {
            let responses = &mut operation.responses.responses;
            responses
                .entry(status.to_owned())
                .or_insert_with(|| RefOr::T(Response::new(description)));
        }
    }
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response {
            complete_response(status, response);
        }
    }
}

fn complete_response(status: &str, response: &mut Response) {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let mut id = Header::new(text());
    id.description = Some("The caller's own id, or a new one".to_owned());
    response.headers.insert("X-Request-Id".to_owned(), id.into());
    let is_failure = status.starts_with('4') || status.starts_with('5');
    if is_failure && response.content.is_empty() {
        let content = Content::new(Some(Ref::from_schema_name(Problem::name())));
        response.content.insert(MEDIA_TYPE.to_owned(), content.into());
    }
    let seconds = || Header::new(ObjectBuilder::new().schema_type(Type::Integer));
    if matches!(status, "429" | "503") {
        response.headers.insert("Retry-After".to_owned(), seconds().into());
    }
    if status == "401" {
        response
            .headers
            .insert("WWW-Authenticate".to_owned(), Header::new(text()).into());
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
