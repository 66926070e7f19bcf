//! Which handlers are served.

use actix_web::web;

use super::{supplier_api, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(supplier_api::list_substitutes)
        .service(supplier_api::add_substitute)
        .service(supplier_api::get_substitute)
        .service(supplier_api::put_substitute)
        .service(supplier_api::remove_substitute);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(supplier_pages::show_all)
        .service(supplier_pages::export)
        .service(supplier_pages::add)
        .service(supplier_pages::remove)
        .service(supplier_pages::show_one)
        .service(supplier_pages::change);
}
