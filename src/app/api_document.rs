//! The API document as it is served, and the answer to requests that no route takes.

use std::sync::LazyLock;

use actix_web::dev::ResourceDef;
use actix_web::{HttpRequest, HttpResponse, Responder, get};

use super::document;
use crate::error::{Error, Result};
use crate::http::openapi;
use crate::problem;
/// The document as text and the paths of all routes; made once.
struct Table {
    json: String,
    /// The same for who reads it here: the place is where it was read.
    served: String,
    paths: Vec<(ResourceDef, String)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut api = document();
    let json = api.to_pretty_json().expect("the document is plain data");
    api.servers = Some(vec![openapi::server("/")]);
    let documented = api.paths.paths.iter().map(|(path, item)| {
        let methods: Vec<_> = openapi::operations(item).map(|(method, _)| method).collect();
        (ResourceDef::new(path.as_str()), methods.join(", "))
    });
    let others = ["/livez", "/readyz", "/api/openapi.json", "/api/docs/"].map(|path| (path.into(), "GET".to_owned()));
    Table {
        paths: documented.chain(others).collect(),
        json,
        served: api.to_pretty_json().expect("the document is plain data"),
    }
});

/// The API document as indented JSON.
pub fn document_json() -> &'static str {
    &TABLE.json
}

/// The API document
#[get("/api/openapi.json")]
pub async fn openapi_json() -> impl Responder {
    HttpResponse::Ok()
        .content_type("application/json")
        .body(TABLE.served.as_str())
}

/// Answers what no route takes: a known path with another method, or an unknown path.
pub async fn unknown(request: HttpRequest) -> Result<HttpResponse> {
    let known = TABLE.paths.iter().find(|(path, _)| path.is_match(request.path()));
    match known {
        Some((_, methods)) => Ok(problem::method_not_allowed(methods)),
        None => Err(Error::NotFound),
    }
}
