//! Where the handlers of the API are registered: with the server, or for the API document. The document is large, and a
//! server starts without it.

use actix_web::dev::HttpServiceFactory;
use actix_web::web::ServiceConfig;
use utoipa::openapi::path::Paths;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{Info, OpenApi, RefOr};
use utoipa_actix_web::OpenApiFactory;

/// Takes handlers, one after the other.
pub struct Routes<'a>(Taker<'a>);

enum Taker<'a> {
    Server(&'a mut ServiceConfig),
    Document(&'a mut OpenApi),
}

impl<'a> Routes<'a> {
    /// Handlers are served by `config`.
    pub fn served(config: &'a mut ServiceConfig) -> Self {
        Self(Taker::Server(config))
    }

    /// Adds a handler.
    pub fn service<F>(&mut self, handler: F) -> &mut Self
    where
        F: HttpServiceFactory + OpenApiFactory + 'static,
    {
        match &mut self.0 {
            Taker::Server(config) => {
                config.service(handler);
            }
            Taker::Document(api) => {
                let mut schemas: Vec<(String, RefOr<Schema>)> = Vec::new();
                handler.schemas(&mut schemas);
                api.components.get_or_insert_default().schemas.extend(schemas);
                api.paths.merge(handler.paths());
            }
        }
        self
    }

    /// Adds those of `more`.
    pub fn configure(&mut self, more: impl FnOnce(&mut Routes<'_>)) -> &mut Self {
        more(self);
        self
    }
}

/// Adds the handlers of a part of the API.
pub type Part = fn(&mut Routes<'_>);

/// The document of handlers, each under its prefix; what they have in common is still to be filled in.
pub fn documented<const N: usize>(parts: [(&str, Part); N]) -> OpenApi {
    let empty = || OpenApi::new(Info::default(), Paths::new());
    parts.into_iter().fold(empty(), |all, (prefix, part)| {
        let mut api = empty();
        part(&mut Routes(Taker::Document(&mut api)));
        all.nest(prefix, api)
    })
}
