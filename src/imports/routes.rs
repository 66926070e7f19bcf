//! Which handlers are served.

use actix_web::web;

use super::{supplier_api, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(supplier_api::create)
        .service(supplier_api::list)
        .service(supplier_api::get_import)
        .service(supplier_api::list_bad_rows)
        .service(supplier_api::apply);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(supplier_pages::list)
        .service(supplier_pages::export)
        .service(supplier_pages::create)
        .service(supplier_pages::download)
        .service(supplier_pages::apply)
        .service(supplier_pages::show);
}
