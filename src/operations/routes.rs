//! Which handlers are served.

use actix_web::web;

use super::erasing::{supplier_api, supplier_pages};
use crate::http::Routes;

/// Its part of the API.
pub fn rest(config: &mut Routes<'_>) {
    config
        .service(supplier_api::list_erasures)
        .service(supplier_api::erase)
        .service(supplier_api::show);
}

pub fn pages(config: &mut web::ServiceConfig) {
    config
        .service(supplier_pages::list)
        .service(supplier_pages::ask)
        .service(supplier_pages::erase)
        .service(supplier_pages::show);
}
